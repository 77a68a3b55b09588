// SPDX-License-Identifier: BSL-1.0
// An IMAP client session as a list of operations. The first field is the setting (see `setting`), each other one an
// operation (see `session_run::perform`). The list runs once as it is, with events, output and octets in any order; and
// then with every event read at once, the server's octets whole, one by one and in pieces. Whatever it is:
//   - nothing is read or written that is not there (sanitizers), and nothing comes from the heap
//   - the pieces tell what the whole tells
//   - a misuse changes nothing and puts nothing out; a command has the next tag
//   - states follow each other as the table has it; a fatal error and a close stay what they are
//   - each command is answered once; an exchange that is not proved is no login
//   - a deadline never moves back within a wait, and where it has passed nothing is waited for
//   - where TLS is required, no login goes out before it

#include <mailwire/imap.hpp>
#include <mailwire/sasl/plain.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "imap_client_setting.hpp"
#include "scripted_mechanism.hpp"
#include "session_driver.hpp"

using namespace mailwire;
using namespace mailwire::fuzz;
using namespace mailwire::imap;

namespace {

class session_run : public session_driver<session_run, client> {
public:
    session_run(const setting& s, cutter pieces, bool pumped)
        : session_driver(pieces, pumped), setting_(s), in_(s.in), out_(s.out), tape_(s.tape), elided_(s.elided),
          commands_(s.commands), session_({in_, out_, tape_, elided_, commands_}, s.options) {}

    bool stopped() const { return stopped_; }

    void perform(const operation& op) {
        if (op.code < 7) {
            move(session_, op, server_lines, 5000);
        } else {
            told_.add("call", name_of(op.code == 7 ? send(op) : op.code < 13 ? exchange(op) : rest(op)));
        }
        if (pumped_) pump();
        if (stopped_) return;
        check_wait();
        told_.add("state", std::to_string(static_cast<int>(session_.state())) + ' ' +
                               std::to_string(static_cast<int>(session_.mode())) + ' ' +
                               std::to_string(session_.in_flight_count()) + ' ' + std::to_string(session_.modes()) +
                               ' ' + std::to_string(session_.mailbox().exists()) + ' ' +
                               std::to_string(session_.deadline()));
    }

private:
    friend session_driver;

    // h: a command, with values of the text where it has some
    misuse send(const operation& op) {
        const std::uint32_t n = op.text.empty() ? 1 : static_cast<unsigned char>(op.text.front()) % 8U;
        const text value(op.text);
        switch (op.argument % 22) {
        case 0:
            return send(login{value, "secret"});
        case 1:
            return send(imap::authenticate{"X-OWN", op.text});
        case 2:
            return send(starttls{});
        case 3:
            return send(capability{});
        case 4:
            return send(noop{});
        case 5:
            return send(logout{});
        case 6:
            return send(enable{{"CONDSTORE", value}});
        case 7:
            return send(imap::select{value});
        case 8:
            return send(examine{value});
        case 9:
            return send(idle{});
        case 10:
            return send(append{.mailbox = value, .message = value});
        case 11:
            return send(append{.mailbox = "a", .message = text::streamed(n * n * n)});
        case 12:
            return send(list{value, value});
        case 13:
            return send(close{});
        case 14:
            return send(unselect{});
        case 15:
            return send(fetch{.messages = n + 1, .att = {fetch_uid{}, fetch_body_peek{}}});
        case 16:
            return send(uid_fetch{.messages = n + 1, .macro = fetch_macro::full});
        case 17:
            return send(store{n + 1, store_action::add, false, {value}});
        case 18:
            return send(search{.keys = {key::subject{value}, key::unseen{}}});
        case 19:
            return send(expunge{});
        case 20:
            return send(compress{});
        default:
            return send(unauthenticate{});
        }
    }

    template <typename Command> misuse send(const Command& command) {
        constexpr bool login =
            effect_of<Command>() == command_effect::logs_in || effect_of<Command>() == command_effect::authenticates;
        return put_command(
            login, [&] { return session_.send(command); }, true);
    }

    template <typename Call> misuse put_command(bool login, Call f, bool proved) {
        sent_command sent;
        const std::string_view line = grown_by([&] { return (sent = f()).fault; });
        if (!sent) return sent.fault;
        const std::string start = "A" + std::to_string(++number_) + ' ';
        require(sent.number == number_ && line.starts_with(start), "a command has the next tag");
        require(line.ends_with("\r\n"), "what goes out is whole lines");
        require(!login || session_.secure() || setting_.options.tls == tls_policy::optional, "TLS comes first");
        if (login) proved_ = proved;
        return misuse::none;
    }

    // i a login by a mechanism, j answer, k respond, l cancel, m DONE
    misuse exchange(const operation& op) {
        if (op.code == 8 && op.argument % 3 == 0) return authenticate(first_ = scripted_client<true>(op.text), 0);
        if (op.code == 8 && op.argument % 3 == 1) return authenticate(second_ = scripted_client<false>(op.text), 1);
        if (op.code == 8) return authenticate(plain_ = sasl::plain_client({"user", "pencil", op.text}), 2);
        if (op.code == 9) return mechanism_ == 0 ? answer(first_) : mechanism_ == 1 ? answer(second_) : answer(plain_);
        misuse m = misuse::none;
        (void)grown_by([&] {
            return m = op.code == 10   ? session_.respond(op.text)
                       : op.code == 11 ? session_.cancel()
                                       : session_.end_idle();
        });
        if (m == misuse::none && op.code != 12) proved_ = op.code == 10;
        return m;
    }
    template <typename M> misuse authenticate(M& mechanism, int which) {
        const misuse m = put_command(
            true, [&] { return session_.authenticate(mechanism); }, false);
        if (m != misuse::none) return m;
        mechanism_ = which;
        proved_ = mechanism.complete();
        return m;
    }
    template <typename M> misuse answer(M& mechanism) {
        misuse m = misuse::none;
        const std::string_view line = grown_by([&] { return m = session_.answer(mechanism); });
        if (m == misuse::none) proved_ = line != "*\r\n" && mechanism.complete();
        return m;
    }

    // n TLS, o compression has begun, p octets of a literal
    misuse rest(const operation& op) {
        const bool was_secure = session_.secure();
        const std::uint64_t missing = session_.literal_missing();
        if (op.code == 15) {
            const misuse m = without_heap([&] { return session_.literal(op.text); });
            const std::uint64_t taken = m == misuse::none ? op.text.size() : 0;
            require(session_.literal_missing() + taken == missing, "a literal has the octets that were announced");
            return m;
        }
        const misuse m =
            without_heap([&] { return op.code == 13 ? session_.tls_started() : session_.compression_started(); });
        require(session_.secure() == (was_secure || (op.code == 13 && m == misuse::none)),
                "TLS is there once it has begun");
        if (m != misuse::none) return m;
        require(next().kind == client_event_kind::need_input || closing_, "nothing that came before is read behind it");
        if (op.code == 13) require(!session_.capabilities().known(), "what was learnt is forgotten");
        return m;
    }

    // What a call puts out: where it is a misuse, nothing.
    template <typename Call> std::string_view grown_by(Call f) {
        before_ = session_.output();
        const client_state state = session_.state();
        const client_mode mode = session_.mode();
        const std::size_t in_flight = session_.in_flight_count();
        const std::uint64_t missing = session_.literal_missing();
        const instant due = session_.deadline();
        const misuse m = without_heap(f);
        const std::string_view line = grown(session_, before_);
        require(m != misuse::none || !over(), "nothing is sent when the session is over");
        const bool same = state == session_.state() && mode == session_.mode() && due == session_.deadline() &&
                          in_flight == session_.in_flight_count() && missing == session_.literal_missing();
        require(m == misuse::none || (same && line.empty()), "a misuse changes nothing");
        require(state == session_.state(), "no call changes the state");
        return line;
    }

    client_event next() {
        before_ = session_.output();
        const client_state from = session_.state();
        const std::size_t in_flight = session_.in_flight_count();
        const client_event e = without_heap([&] { return session_.next(); });
        const std::string_view line = grown(session_, before_);
        const bool goes_on = e.kind == client_event_kind::need_output;
        require(line.empty() || goes_on || (line == "*\r\n" && e.error), "what goes out unasked was waited for");
        if (line == "*\r\n" && e.error) proved_ = false;
        require(leads<client_input>(from, session_.state(), client_inputs, 2), "states follow the table");
        require(in_flight - session_.in_flight_count() <= 1, "one command is answered at a time");
        check_event(e, from, in_flight);
        note_end(e.error, e.kind == client_event_kind::closed);
        return e;
    }

    void check_event(const client_event& e, client_state from, std::size_t in_flight) {
        require((e.kind == client_event_kind::error) == bool(e.error), "an error has a reason");
        require((session_.state() == client_state::failed) == is_fatal(e.error.code), "only a fatal error fails");
        require(e.command <= number_, "what is answered was asked");
        if (in_flight != session_.in_flight_count()) require(e.command != 0 || e.error, "an answer says to what it is");
        const bool enters = from == client_state::not_authenticated && session_.state() == client_state::authenticated;
        if (enters) require(e.kind == client_event_kind::done && proved_, "who has not proved it is not in");
        if (e.kind != client_event_kind::need_input) return;
        require(session_.deadline() == never || session_.deadline() > now_, "who is late is not waited for");
        const bool challenged = session_.mode() == client_mode::challenged;
        require(challenged || !without_heap([&] { return session_.prepare(); }).empty(),
                "there is room for what is needed");
    }

    // A wait ends with an answer, and with the mode.
    void check_wait() {
        if (session_.mode() != waits_in_ || over()) forget_deadline();
        waits_in_ = session_.mode();
        if (!over()) check_deadline(session_);
    }

    void pump() {
        do {
            drain();
        } while (!stopped_ && (flush(session_) || receive(session_)));
        if (stopped_ || !at_end()) return;
        session_.closed();
        drain();
    }

    // Reads all events. Whether a server that speaks out of turn behind STARTTLS is told before or after the turn depends
    // on when its octets come, so that what is told while the handshake is due does not count; behind COMPRESS the story
    // ends where there are octets that nobody inflates.
    void drain() {
        while (!over() && !stopped_) {
            const client_event e = next();
            if (e.kind == client_event_kind::need_input) return;
            if (e.kind == client_event_kind::literal_data) {
                told_.add_run("octets", e.octets);
            } else if (session_.mode() != client_mode::tls && e.kind != client_event_kind::need_output) {
                told_.add("event", described(e));
            }
            if (e.kind == client_event_kind::start_tls) return;
            if (e.kind == client_event_kind::start_compression) {
                stopped_ = !e.octets.empty() || !wire_.empty();
                return;
            }
            (void)flush(session_);
        }
    }

    const setting& setting_;
    std::vector<char> in_;
    std::vector<char> out_;
    std::vector<token> tape_;
    std::vector<std::uint32_t> elided_;
    std::vector<in_flight> commands_;
    client session_;
    std::string before_;
    std::uint32_t number_ = 0;
    client_mode waits_in_ = client_mode::lines;
    scripted_client<true> first_;
    scripted_client<false> second_;
    sasl::plain_client plain_{{}};
    int mechanism_ = 0;
    bool proved_ = true;
    bool stopped_ = false;
};

story run(std::string_view operations, const setting& s, cutter pieces, bool pumped) {
    session_run session(s, pieces, pumped);
    for (int left = 300; left != 0 && !operations.empty() && !session.stopped(); --left)
        session.perform(take_operation(operations, 16));
    return session.told();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view operations = octets_of(data, size);
    const setting s = setting_of(take_field(operations));
    (void)run(operations, s, cutter::whole(), false);
    const story whole = run(operations, s, cutter::whole(), true);
    whole.require_same(run(operations, s, cutter::single(), true));
    whole.require_same(run(operations, s, cutter::seeded(s.seed), true));
    return 0;
}
