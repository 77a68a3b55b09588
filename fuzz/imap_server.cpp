// SPDX-License-Identifier: BSL-1.0
// An IMAP server session as a list of operations. The first field is the setting (see `setting`), each other one an
// operation (see `session_run::perform`). The list runs once as it is, with events, output and octets in any order; and
// then with every event read at once, the client's octets whole, one by one and in pieces. Whatever it is:
//   - nothing is read or written that is not there (sanitizers), and nothing comes from the heap
//   - the pieces tell what the whole tells
//   - a misuse changes nothing and puts nothing out
//   - a command is handed on once, and answered once: by the program, or by the session
//   - states follow each other as the table has it; a fatal error and a close stay what they are
//   - nobody is in but by an OK to a login, which an exchange that is not complete refuses
//   - a deadline never moves back within a wait, and where it has passed nothing is waited for
//   - where TLS is required, no login is handed on before it

#include <mailwire/imap.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "imap_server_setting.hpp"
#include "scripted_mechanism.hpp"
#include "session_driver.hpp"

using namespace mailwire;
using namespace mailwire::fuzz;
using namespace mailwire::imap;

namespace {

class session_run : public session_driver<session_run, server> {
public:
    session_run(const setting& s, cutter pieces, bool pumped)
        : session_driver(pieces, pumped), setting_(s), in_(s.in), out_(s.out), tape_(s.tape), elided_(s.elided),
          session_({in_, out_, tape_, elided_}, s.options) {}

    bool stopped() const { return stopped_; }

    void perform(const operation& op) {
        if (op.code < 7) {
            move(session_, op, client_lines, 10000);
        } else {
            told_.add("call", op.code == 13 ? step(op) : name_of(op.code == 12 ? literal(op.text) : call(op)));
        }
        if (pumped_) pump();
        if (stopped_) return;
        check_wait();
        told_.add("state", std::to_string(static_cast<int>(session_.state())) + ' ' +
                               std::to_string(static_cast<int>(session_.mode())) + ' ' +
                               std::to_string(session_.modes()) + ' ' + std::to_string(session_.deadline()));
    }

private:
    friend session_driver;

    // h greet, i finish, j data, k a status, l accept a literal, o a challenge, p IDLE begins, q TLS, r compression begins
    misuse call(const operation& op) {
        switch (op.code) {
        case 7:
            return put([&] { return greet(op); });
        case 8:
            return finish(op);
        case 9:
            return put([&] { return data(op); });
        case 10:
            return goodbye([&] { return status(op); });
        case 11:
            return pass([&] { return session_.accept_literal(); });
        case 14:
            return challenge(op.text);
        case 15:
            return pass([&] { return session_.begin_idle(); });
        default:
            return change(op.code == 16);
        }
    }

    misuse greet(const operation& op) {
        constexpr std::array<condition, 4> conditions{condition::ok, condition::preauth, condition::bye, condition::no};
        status_response greeting{conditions[op.argument % 4], {}, op.text};
        static constexpr text names[] = {"IMAP4rev1", "IMAP4rev2", "IDLE",    "ENABLE",           "STARTTLS",
                                         "LITERAL+",  "CONDSTORE", "UIDONLY", "COMPRESS=DEFLATE", "UNAUTHENTICATE"};
        const code_capability code{names};
        if (op.argument / 4U % 2U == 1) greeting.code = code;
        return session_.greet(greeting);
    }

    misuse finish(const operation& op) {
        constexpr std::array<condition, 4> conditions{condition::ok, condition::no, condition::bad, condition::bye};
        const condition c = conditions[op.argument % 4];
        const server_state from = session_.state();
        const misuse m = pass([&] { return session_.finish({c, {}, op.text}); });
        const bool entered = from == server_state::not_authenticated && session_.state() == server_state::authenticated;
        require(!entered || (login_ && c == condition::ok && proved_), "who has not proved it is not in");
        return m;
    }

    misuse data(const operation& op) {
        const std::uint32_t n = op.text.empty() ? 1 : static_cast<unsigned char>(op.text.front());
        const text value(op.text);
        const body_section body{.value = value};
        const body_section streamed{.value = text::streamed(n * 5U)};
        switch (op.argument % 11) {
        case 0:
            return session_.send(exists{n});
        case 1:
            return session_.send(expunge_data{n % 8U});
        case 2:
            return session_.send(fetch_data{.number = n, .att = {uid{n}, body}});
        case 3:
            return session_.send(fetch_data{.number = 1, .att = {streamed, body}});
        case 4:
            return session_.send(list_data{.delimiter = "/", .mailbox = value});
        case 5:
            return session_.send(capability_data{{"IMAP4rev1", "LITERAL-", value}});
        case 6:
            return session_.send(capability_data{{"IMAP4rev2", "AUTH=PLAIN", "STARTTLS"}});
        case 7:
            return session_.send(enabled_data{{"CONDSTORE", value}});
        case 8:
            return session_.send(vanished_data{sequence_set(n)});
        case 9:
            return session_.send(uidfetch_data{.uid = n, .att = {body}});
        default:
            return session_.send(flags_data{{"\\Seen", value}});
        }
    }

    misuse status(const operation& op) {
        constexpr std::array<condition, 4> conditions{condition::ok, condition::no, condition::bye, condition::bad};
        status_response s{conditions[op.argument % 4], {}, op.text};
        const code_closed closed;
        static constexpr text names[] = {"IMAP4rev2", "IDLE"};
        const code_capability announced{names};
        if (op.argument / 4U % 3U == 1) s.code = closed;
        if (op.argument / 4U % 3U == 2) s.code = announced;
        return session_.send(s);
    }

    misuse literal(std::string_view octets) {
        const std::uint64_t missing = session_.literal_missing();
        const misuse m = without_heap([&] { return session_.literal(octets); });
        const std::uint64_t taken = m == misuse::none ? octets.size() : 0;
        require(session_.literal_missing() + taken == missing, "a literal has the octets that were announced");
        return m;
    }

    // Behind BYE nothing is owed.
    template <typename Call> misuse goodbye(Call f) {
        const misuse m = put(f);
        if (session_.state() == server_state::logged_out) owed_ = false;
        return m;
    }

    // A call after which it is the client's turn.
    template <typename Call> misuse pass(Call f) {
        const misuse m = put(f);
        require(m != misuse::none || owed_, "nobody speaks twice");
        if (m == misuse::none) owed_ = false;
        return m;
    }

    misuse challenge(std::string_view octets) {
        const misuse m = pass([&] { return session_.challenge(octets); });
        if (m == misuse::none) proved_ = true;
        return m;
    }

    // n: a step of a mechanism
    const char* step(const operation& op) {
        if (fresh_) script_ = scripted_server<true>(op.text);
        if (fresh_) slow_ = scripted_server<false>(op.text);
        return op.argument % 2 == 0 ? step(script_) : step(slow_);
    }
    template <typename M> const char* step(M& mechanism) {
        before_ = session_.output();
        const server_mode mode = session_.mode();
        const sasl::step s = without_heap([&] { return session_.step(mechanism); });
        const std::string_view line = grown(session_, before_);
        const bool due = mode == server_mode::authenticating && s.fault != sasl::fault::unexpected_message;
        const bool goes_out = due && s.status == sasl::status::more;
        require(goes_out ? line.starts_with("+ ") && line.ends_with("\r\n") : line.empty(), "a challenge is one line");
        require(goes_out == (mode != session_.mode()), "the client's turn begins with a challenge");
        if (mode == server_mode::authenticating) proved_ = mechanism.complete();
        if (goes_out) fresh_ = owed_ = false;
        return sasl::name_of(s.fault);
    }

    misuse change(bool tls) {
        const bool was_secure = session_.secure();
        const misuse m = put([&] { return tls ? session_.tls_started() : session_.compression_started(); });
        require(session_.secure() == (was_secure || (tls && m == misuse::none)), "TLS is there once it has begun");
        if (m != misuse::none) return m;
        require(!tls || !session_.announced().known(), "what was announced is void");
        require(next().kind == server_event_kind::need_input || over() || closing_,
                "nothing that came before is read behind it");
        return m;
    }

    // A call that puts lines out, or nothing.
    template <typename Call> misuse put(Call f) {
        before_ = session_.output();
        const server_state state = session_.state();
        const server_mode mode = session_.mode();
        const std::uint32_t modes = session_.modes();
        const std::uint64_t missing = session_.literal_missing();
        const instant due = session_.deadline();
        const misuse m = without_heap(f);
        const std::string_view lines = grown(session_, before_);
        const bool same = state == session_.state() && mode == session_.mode() && modes == session_.modes() &&
                          due == session_.deadline() && missing == session_.literal_missing();
        require(m == misuse::none || (same && lines.empty()), "a misuse changes nothing");
        require(m != misuse::none || !over(), "nothing is said when the session is over");
        require(lines.empty() || lines.ends_with("\r\n"), "what goes out is whole lines");
        require(leads<server_input>(state, session_.state(), server_inputs, 1), "states follow the table");
        return m;
    }

    server_event next() {
        before_ = session_.output();
        const server_state from = session_.state();
        const bool owed = owed_;
        const server_event e = without_heap([&] { return session_.next(); });
        const std::string_view lines = grown(session_, before_);
        const bool answers = e.kind == server_event_kind::error || e.kind == server_event_kind::cancelled ||
                             e.kind == server_event_kind::need_output;
        require(lines.empty() || (answers && lines.ends_with("\r\n")), "what the session says itself is whole lines");
        const server_state now = session_.state();
        if (e.kind == server_event_kind::error && now != server_state::failed) {
            require(!lines.empty(), "a line that is refused is answered");
        }
        if (owed) {
            const bool waits = e.kind == server_event_kind::need_answer || e.error.code == errc::timed_out;
            require(waits || over() || closing_, "what is owed comes first");
        }
        require(leads<server_input>(from, now, server_inputs, 2), "states follow the table");
        require(from == now || now >= server_state::logged_out, "nobody is in without an answer");
        check_event(e);
        note_end(e.error, e.kind == server_event_kind::closed);
        if (over() || now == server_state::logged_out) owed_ = false;
        return e;
    }

    void check_event(const server_event& e) {
        const server_state now = session_.state();
        require((e.kind == server_event_kind::error) == bool(e.error), "an error has a reason");
        require((now == server_state::failed) == is_fatal(e.error.code), "only a fatal error fails");
        require(e.kind != server_event_kind::need_output || !session_.output().empty() ||
                    session_.literal_missing() != 0,
                "what has to be sent is there");
        if (e.kind == server_event_kind::need_input) {
            require(!without_heap([&] { return session_.prepare(); }).empty(), "there is room for what is needed");
            require(session_.deadline() == never || session_.deadline() > now_, "who is late is not waited for");
        }
        const bool asks = e.kind == server_event_kind::command || e.kind == server_event_kind::literal_begin;
        if (asks || e.kind == server_event_kind::response || e.kind == server_event_kind::done) owed_ = true;
        if (e.kind != server_event_kind::command) return;
        command_effect effect = command_effect::none;
        visit<everything>(e.command.value(), [&]<typename C>(const C&) { effect = effect_of<C>(); });
        login_ = effect == command_effect::logs_in || effect == command_effect::authenticates;
        fresh_ = proved_ = true;
        require(!login_ || session_.secure() || setting_.options.tls == tls_policy::optional, "TLS comes first");
    }

    // A wait ends with an answer and with the state.
    void check_wait() {
        if (session_.state() != waits_in_ || over()) forget_deadline();
        waits_in_ = session_.state();
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

    // Reads all events. Octets behind STARTTLS and COMPRESS are an error if they come before its answer and none if they
    // come later, so that the story ends there.
    void drain() {
        while (!over() && !stopped_) {
            const server_event e = next();
            const auto mode = session_.mode();
            stopped_ = mode == server_mode::asked_for_tls || mode == server_mode::asked_for_compression;
            if (stopped_) return;
            if (e.kind == server_event_kind::need_input || e.kind == server_event_kind::need_answer) return;
            if (e.kind == server_event_kind::literal_data) {
                told_.add_run("octets", e.octets);
            } else if (e.kind != server_event_kind::need_output) {
                told_.add("event", described(e));
            }
            if (!flush(session_) && e.kind == server_event_kind::need_output) return;
        }
    }

    const setting& setting_;
    std::vector<char> in_;
    std::vector<char> out_;
    std::vector<token> tape_;
    std::vector<std::uint32_t> elided_;
    server session_;
    std::string before_;
    scripted_server<true> script_;
    scripted_server<false> slow_;
    server_state waits_in_ = server_state::greeting;
    bool owed_ = false;  // it is the program's turn
    bool login_ = false; // the last command was one
    bool fresh_ = true;  // no step of the exchange has been taken
    bool proved_ = true;
    bool stopped_ = false;
};

story run(std::string_view operations, const setting& s, cutter pieces, bool pumped) {
    session_run session(s, pieces, pumped);
    for (int left = 300; left != 0 && !operations.empty() && !session.stopped(); --left)
        session.perform(take_operation(operations, 18));
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
