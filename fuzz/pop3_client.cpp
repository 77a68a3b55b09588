// SPDX-License-Identifier: BSL-1.0
// A POP3 client session as a list of operations. The first field is the setting (see `setting`), each other one an
// operation (see `session_run::perform`). The list runs once as it is, with events, output and octets in any order; and
// then with every event read at once, the server's octets whole, one by one and in pieces. Whatever it is:
//   - nothing is read or written that is not there (sanitizers), and nothing comes from the heap
//   - the pieces tell what the whole tells
//   - a misuse changes nothing and puts nothing out; what goes out is whole lines
//   - states follow each other as the table has it; a fatal error and a close stay what they are
//   - each answer is that of the oldest command in flight; an exchange that is not proved is no login
//   - a deadline never moves back, and where it has passed nothing is waited for
//   - where TLS is required, nothing goes out before it but CAPA, STLS and QUIT

#include <mailwire/pop3/client.hpp>
#include <mailwire/sasl/login.hpp>
#include <mailwire/sasl/plain.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "pop3_client_setting.hpp"
#include "scripted_mechanism.hpp"
#include "session_driver.hpp"

using namespace mailwire;
using namespace mailwire::fuzz;
using namespace mailwire::pop3;

namespace {

class session_run : public session_driver<session_run, client> {
public:
    session_run(const setting& s, cutter pieces, bool pumped)
        : session_driver(pieces, pumped), setting_(s), in_(s.in), out_(s.out), in_flight_(s.in_flight),
          session_({in_, out_, in_flight_}, s.options) {}

    void perform(const operation& op) {
        if (op.code < 7) {
            move(session_, op, server_lines, 5000);
        } else {
            const misuse m = op.code == 7 ? send(op) : op.code < 14 ? exchange(op) : start_tls();
            told_.add("call", name_of(m));
        }
        if (pumped_) pump();
        check_deadline(session_);
        told_.add("state", std::to_string(static_cast<int>(session_.state())) + ' ' +
                               std::to_string(session_.in_flight()) + ' ' + std::to_string(session_.deadline()));
    }

private:
    friend session_driver;

    // h: a command, with values of the text where it has some
    misuse send(const operation& op) {
        const std::uint32_t n = op.text.empty() ? 1 : static_cast<unsigned char>(op.text.front()) % 8U;
        constexpr std::string_view digest = "c4c9334bac560ecc979e58001b3e22fb";
        switch (op.argument % 19) {
        case 0:
            return send(user{op.text});
        case 1:
            return send(pass{op.text});
        case 2:
            return send(apop{op.text, digest});
        case 3:
            return send(auth{"PLAIN", op.text});
        case 4:
            return send(auth{op.text, {}});
        case 5:
            return send(stls{});
        case 6:
            return send(utf8{});
        case 7:
            return send(capa{});
        case 8:
            return send(stat{});
        case 9:
            return send(list{n});
        case 10:
            return send(uidl{n});
        case 11:
            return send(retr{n});
        case 12:
            return send(dele{n});
        case 13:
            return send(top{n, 10});
        case 14:
            return send(noop{});
        case 15:
            return send(rset{});
        case 16:
            return send(lang{op.text});
        case 17:
            return send(quit{});
        default:
            return list_mechanisms();
        }
    }

    template <typename Command> misuse send(const Command& command) {
        const client_state before = session_.state();
        const misuse m = call([&] { return session_.send(command); });
        if (m != misuse::none) return m;
        note_sent(command, before);
        proved_ = true;
        return m;
    }

    misuse list_mechanisms() {
        const client_state before = session_.state();
        const misuse m = call([&] { return session_.list_mechanisms(); });
        if (m == misuse::none) note_sent(auth{}, before);
        return m;
    }

    template <typename Command> void note_sent(const Command& command, client_state before) {
        std::uint32_t message = 0;
        if constexpr (requires { command.message; }) message = command.message;
        asked_.push_back({id_of<Command>, message, command.answer(), command.role()});
        require(session_.state() == next_state(before, action_of(before, sending(command.role()))),
                "a command leads where the table says");
    }

    // i, j, k: a login by PLAIN, LOGIN, a script; l answer, m respond, n cancel
    misuse exchange(const operation& op) {
        if (op.code == 8) return authenticate(plain_ = sasl::plain_client({"user", "pencil", op.text}), 0);
        if (op.code == 9) return authenticate(login_ = sasl::login_client({"user", "pencil"}), 1);
        if (op.code == 10 && op.argument % 2 == 0) return authenticate(first_ = scripted_client<true>(op.text), 2);
        if (op.code == 10) return authenticate(second_ = scripted_client<false>(op.text), 3);
        if (op.code == 12) return call([&] { return session_.respond(op.text); });
        if (op.code == 13) {
            const misuse m = call([&] { return session_.cancel(); });
            if (m == misuse::none) proved_ = false;
            return m;
        }
        if (mechanism_ == 0) return answer(plain_);
        if (mechanism_ == 1) return answer(login_);
        return mechanism_ == 2 ? answer(first_) : answer(second_);
    }

    template <typename M> misuse authenticate(M& mechanism, int which) {
        const client_state before = session_.state();
        const misuse m = call([&] { return session_.authenticate(mechanism); });
        if (m != misuse::none) return m;
        note_sent(auth{M::name(), {}}, before);
        mechanism_ = which;
        proved_ = mechanism.complete();
        return m;
    }

    template <typename M> misuse answer(M& mechanism) {
        const misuse m = call([&] { return session_.answer(mechanism); });
        if (m == misuse::none) proved_ = mechanism.complete();
        return m;
    }

    // o
    misuse start_tls() {
        const bool was_secure = session_.secure();
        const misuse m = without_heap([&] { return session_.tls_started(); });
        require(m != misuse::none || session_.secure(), "TLS is there once it has begun");
        require(m == misuse::none || session_.secure() == was_secure, "a misuse changes nothing");
        require(m != misuse::none || !session_.capabilities().known, "what was learnt is forgotten");
        if (m == misuse::none) check_silence(session_, in_.size());
        return m;
    }

    // A call that puts one line out, or nothing.
    template <typename Call> misuse call(Call f) {
        const std::string before(session_.output());
        const client_state state = session_.state();
        const std::size_t in_flight = session_.in_flight();
        const instant due = session_.deadline();
        const misuse m = without_heap(f);
        const std::string_view line = grown(session_, before);
        if (m == misuse::none) {
            require(!over(), "nothing is sent when the session is over");
            check_line(line);
        } else {
            const bool same = state == session_.state() && in_flight == session_.in_flight();
            require(same && line.empty() && due == session_.deadline(), "a misuse changes nothing");
        }
        return m;
    }

    void check_line(std::string_view line) const {
        require(line.size() > 2 || line == "\r\n", "something goes out");
        require(line.find_first_of(std::string_view("\r\n\0", 3)) == line.size() - 2 && line.ends_with("\r\n"),
                "what goes out is one line");
        const bool harmless = line == "CAPA\r\n" || line == "STLS\r\n" || line == "QUIT\r\n";
        require(harmless || session_.secure() || setting_.options.tls == tls_policy::optional, "TLS comes first");
    }

    client_event next() {
        const std::string before(session_.output());
        const client_state from = session_.state();
        const std::size_t in_flight = session_.in_flight();
        const client_event e = without_heap([&] { return session_.next(); });
        const std::string_view line = grown(session_, before);
        require(line.empty() || (line == "*\r\n" && e.error), "only a cancel goes out unasked");
        if (!line.empty()) proved_ = false;
        require(leads<client_input>(from, session_.state(), client_inputs, 2), "states follow the table");
        check_event(e, in_flight);
        note_end(e.error, e.kind == client_event_kind::closed);
        return e;
    }

    void check_event(const client_event& e, std::size_t in_flight) {
        require((e.kind == client_event_kind::error) == bool(e.error), "an error has a reason");
        if (session_.state() == client_state::failed) require(is_fatal(e.error.code), "only a fatal error fails");
        if (e.command != unknown_id) {
            require(!asked_.empty() && e.command == asked_.front().id && e.message == asked_.front().message,
                    "the oldest command is answered first");
        }
        require(in_flight - session_.in_flight() <= 1, "one answer ends at a time");
        const bool login = in_flight != session_.in_flight() && asked_.front().role == command_role::auth;
        if (login && session_.state() == client_state::transaction) require(proved_, "who has not proved it is not in");
        if (in_flight != session_.in_flight()) asked_.pop_front();
        require(asked_.size() == session_.in_flight(), "each command has one answer");
        if (e.kind == client_event_kind::start_tls) check_silence(session_, in_.size());
        if (e.kind != client_event_kind::need_input) return;
        require(session_.deadline() == never || session_.deadline() > now_, "who is late is not waited for");
        const bool challenged = session_.state() == client_state::challenged;
        require(challenged || !session_.output().empty() || !without_heap([&] { return session_.prepare(); }).empty(),
                "there is room for what is needed");
    }

    void pump() {
        do {
            drain();
        } while (flush(session_) || receive(session_));
        if (!at_end()) return;
        session_.closed();
        drain();
    }

    // Reads all events. Whether a server that speaks out of turn behind STLS is told before or after the turn depends
    // on when its octets come, so that what is told while the handshake is due does not count.
    void drain() {
        while (!over()) {
            const client_event e = next();
            if (e.kind == client_event_kind::need_input) return;
            if (e.kind == client_event_kind::body) {
                told_.add_run("body", e.body);
            } else if (session_.state() != client_state::tls) {
                told_.add("event", described(e));
            }
            if (e.kind == client_event_kind::start_tls) return;
            (void)flush(session_);
        }
    }

    const setting& setting_;
    std::vector<char> in_;
    std::vector<char> out_;
    std::vector<pending_command> in_flight_;
    client session_;
    std::deque<pending_command> asked_;
    sasl::plain_client plain_{{}};
    sasl::login_client login_{{}};
    scripted_client<true> first_;
    scripted_client<false> second_;
    int mechanism_ = 0;
    bool proved_ = true;
};

story run(std::string_view operations, const setting& s, cutter pieces, bool pumped) {
    session_run session(s, pieces, pumped);
    for (int left = 500; left != 0 && !operations.empty(); --left)
        session.perform(take_operation(operations, 15));
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
