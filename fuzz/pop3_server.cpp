// SPDX-License-Identifier: BSL-1.0
// A POP3 server session as a list of operations. The first field is the setting (see `setting`), each other one an
// operation (see `session_run::perform`). The list runs once as it is, with events, output and octets in any order; and
// then with every event read at once, the client's octets whole, one by one and in pieces. Whatever it is:
//   - nothing is read or written that is not there (sanitizers), and nothing comes from the heap
//   - the pieces tell what the whole tells
//   - a misuse changes nothing and puts nothing out; what goes out is whole lines, and a message is stuffed
//   - every line of the client gets exactly one answer: by the program, or by the session, which repeats no octet of it
//   - states follow each other as the table has it; a fatal error and a close stay what they are
//   - nobody is in but by ok() to a login, which an exchange that is not complete refuses; only QUIT leads to the
//     update
//   - a deadline never moves back, and where it has passed nothing is waited for
//   - where TLS is required, no login is handed on before it

#include <mailwire/pop3/server.hpp>
#include <mailwire/sasl/login.hpp>
#include <mailwire/sasl/plain.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pop3_server_setting.hpp"
#include "scripted_mechanism.hpp"
#include "session_driver.hpp"

using namespace mailwire;
using namespace mailwire::fuzz;
using namespace mailwire::pop3;

namespace {

struct site {
    bool check(std::string_view, std::string_view) const { return true; }
    bool allows(std::string_view, std::string_view) const { return true; }
};

class session_run : public session_driver<session_run, server> {
public:
    session_run(const setting& s, cutter pieces, bool pumped)
        : session_driver(pieces, pumped), setting_(s), in_(s.in), out_(s.out), session_({in_, out_}, s.options) {}

    bool stopped() const { return stopped_; }

    void perform(const operation& op) {
        if (op.code < 7) {
            move(session_, op, client_lines, 10000);
        } else {
            told_.add("call", op.code < 13 ? name_of(answer(op)) : op.code == 13 ? step(op) : rest(op));
        }
        if (pumped_) pump();
        if (stopped_) return;
        check_deadline(session_);
        told_.add("state",
                  std::to_string(static_cast<int>(session_.state())) + ' ' + std::to_string(session_.deadline()));
    }

private:
    friend session_driver;

    enum class owed { nothing, greeting, answer, lines, message };

    // h greet, i ok, j err, k the only line of an answer, l a line of an answer, m the end of the lines
    misuse answer(const operation& op) {
        switch (op.code) {
        case 7:
            return greet(op);
        case 8:
            return first_line(true, [&] { return session_.ok(op.text); });
        case 9:
            return first_line(false, [&] { return session_.err({op.argument % 2 == 0 ? "AUTH" : ""}, op.text); });
        case 10:
            return only_line(op);
        case 11:
            return listed_line(op);
        default:
            return end_of_lines();
        }
    }

    misuse greet(const operation& op) {
        const greeting g{{}, op.text, op.argument % 2 == 0 ? "<1896.697170952@dbc.mtview.ca.us>" : ""};
        const bool due = owed_ == owed::greeting && session_.state() == server_state::greeting;
        const misuse m = call([&] { return session_.greet(g); });
        require(due == (m != misuse::wrong_state), "a greeting is due once");
        if (m == misuse::none) owed_ = owed::nothing;
        return m;
    }

    misuse only_line(const operation& op) {
        const std::uint32_t n = op.argument;
        if (owed_ == owed::lines) return misuse::none; // see listed_line
        switch (form_) {
        case answer_form::drop_listing:
            return first_line(true, [&] { return session_.send(drop_listing{n, n, op.text}); });
        case answer_form::scan_listing:
            return first_line(true, [&] { return session_.send(scan_listing{n, n, op.text}); });
        case answer_form::unique_id:
            return first_line(true, [&] { return session_.send(unique_id{n, op.text}); });
        default:
            return first_line(true, [&] { return session_.send(language{"fr", op.text}); });
        }
    }

    misuse listed_line(const operation& op) {
        if (owed_ == owed::answer) return misuse::none; // see only_line
        const misuse m = call([&] {
            switch (op.argument % 5) {
            case 0:
                return session_.send(scan_listing{1, 120, op.text});
            case 1:
                return session_.send(unique_id{1, op.text});
            case 2:
                return session_.send(language_listing{"fr", op.text});
            case 3:
                return session_.send(mechanism_listing{op.text});
            default:
                return session_.send(capability::implementation{op.text});
            }
        });
        require(owed_ == owed::lines || m == misuse::wrong_state, "lines belong to a listing");
        return m;
    }

    misuse end_of_lines() {
        const bool due = owed_ == owed::lines || owed_ == owed::message;
        const std::string before(session_.output());
        const misuse m = without_heap([&] { return session_.end_of_lines(); });
        require(due == (m != misuse::wrong_state), "lines end where there are some");
        const std::string_view more = grown(session_, before);
        require(m == misuse::none ? more.ends_with(".\r\n") : more.empty(), "they end with a dot");
        if (m == misuse::none && owed_ == owed::message) check_message(more);
        if (m == misuse::none) owed_ = owed::nothing;
        return m;
    }

    void check_message(std::string_view ending) {
        dot_stuffer whole(setting_.options.feeds);
        std::vector<char> wire(2 * given_.size() + 1);
        const stuffed done = whole.next(given_, wire);
        require(std::string_view(wire.data(), done.written) == put_ && done.used == given_.size() &&
                    whole.ending() == ending,
                "a message goes out as it does whole");
    }

    // The first line of an answer, by any of the calls.
    template <typename Call> misuse first_line(bool ok, Call f) {
        const server_state from = session_.state();
        const std::string before(session_.output());
        const misuse m = call(f);
        if (owed_ != owed::answer) require(m == misuse::wrong_state, "a command has one answer");
        if (owed_ == owed::answer && !ok) require(m != misuse::wrong_state, "a command can be refused");
        if (m != misuse::none) return m;
        require(grown(session_, before).starts_with(ok ? "+OK" : "-ERR"), "an answer says what the program says");
        const server_input input = answering(role_, ok);
        require(session_.state() == next_state(from, action_of(from, input)), "an answer leads where the table says");
        if (ok && role_ == command_role::auth) require(proved_, "who has not proved it is not in");
        owed_ = !ok || !is_multi_line(form_) ? owed::nothing : form_ == answer_form::body ? owed::message : owed::lines;
        given_.clear();
        put_.clear();
        return m;
    }

    // n: a step of a mechanism
    const char* step(const operation& op) {
        if (session_.state() != server_state::exchange) {
            script_ = scripted_server<true>(op.text);
            slow_ = scripted_server<false>(op.text);
            plain_ = sasl::plain_server<site>(site_, memory_);
            login_ = sasl::login_server<site>(site_, memory_);
        }
        switch (op.argument % 4) {
        case 0:
            return step(script_);
        case 1:
            return step(slow_);
        case 2:
            return step(plain_);
        default:
            return step(login_);
        }
    }
    template <typename M> const char* step(M& mechanism) {
        const std::string before(session_.output());
        const server_state from = session_.state();
        const sasl::step s = without_heap([&] { return session_.step(mechanism); });
        const bool due = owed_ == owed::answer && form_ == answer_form::sasl && !cancelled_;
        if (!due) require(s.fault == sasl::fault::unexpected_message, "a step is due in an exchange");
        if (due) proved_ = mechanism.complete();
        check_challenge(grown(session_, before), from, due && s.status == sasl::status::more);
        return sasl::name_of(s.fault);
    }

    void check_challenge(std::string_view line, server_state from, bool goes_out) {
        if (!goes_out) return require(line.empty() && from == session_.state(), "what is not sent changes nothing");
        require(line.starts_with("+ ") && line.find("\r\n") == line.size() - 2, "a challenge is one line");
        require(session_.state() == server_state::exchange, "the client's turn has begun");
        owed_ = owed::nothing;
    }

    // o a challenge, p a piece of a message, q TLS has begun
    const char* rest(const operation& op) {
        const std::string before(session_.output());
        const server_state from = session_.state();
        if (op.code == 14) {
            const misuse m = without_heap([&] { return session_.challenge(op.text); });
            const bool due = owed_ == owed::answer && form_ == answer_form::sasl && !cancelled_;
            require(due == (m != misuse::wrong_state), "a challenge is due in an exchange");
            check_challenge(grown(session_, before), from, m == misuse::none);
            return name_of(m);
        }
        if (op.code == 15) return body(op.text, before);
        const misuse m = without_heap([&] { return session_.tls_started(); });
        require(m != misuse::none || (session_.secure() && from == server_state::tls),
                "TLS is there once it has begun");
        require(grown(session_, before).empty(), "a handshake puts nothing out");
        if (m == misuse::none) check_silence(session_, in_.size());
        return name_of(m);
    }
    const char* body(std::string_view octets, const std::string& before) {
        const std::size_t taken = without_heap([&] { return session_.body(octets); });
        require(taken <= octets.size() && (owed_ == owed::message || taken == 0),
                "a message is taken where one is due");
        given_ += octets.substr(0, taken);
        put_ += grown(session_, before);
        require(owed_ == owed::message || grown(session_, before).empty(), "a message goes out where one is due");
        return taken == octets.size() ? "all" : "some";
    }

    // A call that puts one line out, or nothing.
    template <typename Call> misuse call(Call f) {
        const std::string before(session_.output());
        const server_state state = session_.state();
        const instant due = session_.deadline();
        const misuse m = without_heap(f);
        const std::string_view line = grown(session_, before);
        const bool same = state == session_.state() && line.empty() && due == session_.deadline();
        require(m == misuse::none || same, "a misuse changes nothing");
        require(m != misuse::none || !over(), "nothing is sent when the session is over");
        const std::size_t end = line.find_first_of(std::string_view("\r\n\0", 3));
        require(m != misuse::none || (line.ends_with("\r\n") && end == line.size() - 2), "what goes out is one line");
        return m;
    }

    server_event next() {
        const std::string before(session_.output());
        const server_state from = session_.state();
        const bool asked = owed_ != owed::nothing;
        const server_event e = without_heap([&] { return session_.next(); });
        const std::string_view line = grown(session_, before);
        require(line.empty() || (is_denial(line) && !asked), "what the session says itself is one of its lines");
        const bool denies = e.kind == server_event_kind::error && !is_fatal(e.error.code);
        require(!denies || !line.empty(), "a line that is refused is answered");
        const int steps = e.kind == server_event_kind::closed || denies ? 2 : 1;
        require(leads<server_input>(from, session_.state(), server_inputs, steps), "states follow the table");
        check_event(e, from, asked);
        note_end(e.error, e.kind == server_event_kind::closed);
        if (over()) owed_ = owed::nothing;
        return e;
    }

    void check_event(const server_event& e, server_state from, bool asked) {
        const server_state now = session_.state();
        require((e.kind == server_event_kind::error) == bool(e.error), "an error has a reason");
        require(e.kind != server_event_kind::need_output || !session_.output().empty(), "what has to be sent is there");
        require(now != server_state::transaction || from == now, "nobody is in without an answer");
        if (asked) {
            const bool waits = e.kind == server_event_kind::need_answer || e.error.code == errc::timed_out;
            require(waits || (from == server_state::greeting && closing_), "what is owed comes first");
        }
        if (e.kind == server_event_kind::need_input) {
            require(!without_heap([&] { return session_.prepare(); }).empty(), "there is room for what is needed");
            require(session_.deadline() == never || session_.deadline() > now_, "who is late is not waited for");
        }
        if (e.kind == server_event_kind::start_tls) check_silence(session_, in_.size());
        const bool in_exchange = e.kind == server_event_kind::response || e.kind == server_event_kind::cancelled;
        if (in_exchange || e.kind == server_event_kind::command) {
            owed_ = owed::answer;
            proved_ = true;
            cancelled_ = e.kind == server_event_kind::cancelled;
        }
        if (e.kind == server_event_kind::command) note_command(e, from);
        if (now == server_state::update && from != now)
            require(role_ == command_role::quit, "QUIT leads to the update");
    }

    void note_command(const server_event& e, server_state from) {
        visit<everything>(e.command, [&](const auto& asked) {
            role_ = asked.role();
            form_ = asked.answer();
        });
        const bool login = role_ == command_role::user || role_ == command_role::pass || role_ == command_role::apop ||
                           role_ == command_role::auth;
        require(!login || session_.secure() || setting_.options.tls == tls_policy::optional, "TLS comes first");
        require(session_.state() == next_state(from, action_of(from, received(role_))),
                "a command leads where the table says");
    }

    void pump() {
        do {
            drain();
        } while (!stopped_ && (flush(session_) || receive(session_)));
        if (stopped_ || !at_end()) return;
        session_.closed();
        drain();
    }

    // Reads all events. Octets behind STLS are an error if they come before its answer and none if they come later, so
    // that the story ends there.
    void drain() {
        while (!over() && !stopped_) {
            const server_event e = next();
            stopped_ = e.command.is<stls>() || e.error.code == errc::input_before_tls;
            if (stopped_) return;
            if (e.kind != server_event_kind::need_output) {
                if (e.kind == server_event_kind::need_input || e.kind == server_event_kind::need_answer) return;
                told_.add("event", described(e));
                if (e.kind == server_event_kind::start_tls) return;
            }
            (void)flush(session_);
        }
    }

    const setting& setting_;
    std::vector<char> in_;
    std::vector<char> out_;
    server session_;
    site site_;
    std::array<char, 64> memory_;
    scripted_server<true> script_;
    scripted_server<false> slow_;
    sasl::plain_server<site> plain_{site_, memory_};
    sasl::login_server<site> login_{site_, memory_};
    owed owed_ = owed::greeting;
    command_role role_ = command_role::work;
    answer_form form_ = answer_form::text;
    std::string given_; // of a message
    std::string put_;
    bool proved_ = true;
    bool cancelled_ = false;
    bool stopped_ = false;
};

story run(std::string_view operations, const setting& s, cutter pieces, bool pumped) {
    session_run session(s, pieces, pumped);
    for (int left = 500; left != 0 && !operations.empty() && !session.stopped(); --left)
        session.perform(take_operation(operations, 17));
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
