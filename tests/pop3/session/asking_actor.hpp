// SPDX-License-Identifier: BSL-1.0
// A program behind a client session that asks for anything, in any order, as a seed says.

#pragma once

#include <mailwire/pop3/client.hpp>
#include <mailwire/sasl/plain.hpp>

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "pop3/session/exchanges.hpp"
#include "support/pipe.hpp"

namespace mailwire::pop3::test {

class asking_actor {
public:
    asking_actor(pop3::client& session, std::uint64_t seed, std::size_t commands)
        : session_(session), random_(seed), left_(commands), tries_(40 * commands), vanishes_(random_.one_in(8)) {}

    std::vector<exchange> exchanges;
    std::string greeting;
    std::size_t refused = 0;
    std::vector<std::string> errors;
    bool tls_due = false;  // the handshake is to be done
    bool over = false;     // the session is closed, or failed
    bool vanished = false; // the program has gone away without QUIT

    // Takes what has come and perhaps asks for something; false when there was nothing to do.
    bool act() {
        bool acted = listen();
        if (over || vanished) return acted;
        if (challenged_ && !random_.one_in(3)) acted = answer_challenge() || acted;
        if (tries_ == 0 || left_ == 0) return leave() || acted;
        while (tries_ != 0 && left_ != 0 && !random_.one_in(3)) {
            --tries_;
            acted = ask() || acted;
        }
        return true;
    }

    // After the handshake.
    void tls_started() {
        tls_due = session_.tls_started() != misuse::none;
        if (tls_due) errors.emplace_back("no TLS");
    }

private:
    bool listen() {
        bool heard = false;
        while (!over) {
            const std::size_t answered = exchanges.size() - session_.in_flight();
            const client_event e = session_.next();
            if (e.kind == client_event_kind::need_input || (e.kind == client_event_kind::start_tls && tls_due)) break;
            heard = true;
            if (e.kind == client_event_kind::greeting) {
                greeting = describe(e);
            } else if (e.kind == client_event_kind::error) {
                errors.push_back(describe(e));
                over = is_fatal(e.error.code);
            } else if (e.kind == client_event_kind::closed) {
                over = true;
            } else {
                note(e, exchanges[answered].said);
            }
        }
        return heard;
    }

    void note(const client_event& e, std::string& said) {
        challenged_ = e.kind == client_event_kind::challenge;
        tls_due = tls_due || e.kind == client_event_kind::start_tls;
        if (e.kind == client_event_kind::body) {
            said += e.body;
        } else if (e.kind == client_event_kind::reply) {
            said += status_line(e.reply(), e.form);
        } else {
            said += (e.kind == client_event_kind::end_of_lines ? "end" : describe(e)) + '\n';
        }
    }

    bool answer_challenge() {
        std::string& said = exchanges.back().said;
        std::string octets("\0u\0p", 4);
        misuse m = misuse::none;
        bool cancelled = false;
        if (random_.one_in(6)) {
            m = session_.cancel();
            cancelled = true;
        } else if (plain_) {
            m = session_.answer(*plain_);
            cancelled = session_.sasl_fault() != sasl::fault::none;
        } else {
            octets.resize(random_.below(40));
            for (char& c : octets)
                c = static_cast<char>(random_.below(256));
            m = session_.respond(octets);
        }
        if (m != misuse::none) return false;
        said += cancelled ? "cancelled\n" : "response [" + octets + "]\n";
        challenged_ = false;
        return true;
    }

    bool leave() {
        if (vanishes_) {
            vanished = true;
            return true;
        }
        return session_.state() != client_state::quitting && session_.state() != client_state::ended && send(quit{});
    }

    template <typename Command> bool send(const Command& command) {
        return noted([&] { return session_.send(command); });
    }

    // Makes a call that sends a command, and takes note of what it has sent.
    template <typename Call> bool noted(Call call) {
        const std::size_t waiting = session_.output().size();
        if (call() != misuse::none) {
            ++refused;
            return false;
        }
        std::array<token, tokens_of_a_line> tape;
        const parse_options reading{.utf8 = true, .quirks = quirks::auth_without_mechanism};
        exchanges.push_back({describe(parse_command(session_.output().substr(waiting), tape, reading).value), {}});
        if (left_ != 0) --left_;
        return true;
    }

    // What a sensible program would do next, to get somewhere.
    bool log_in() {
        if (session_.state() == client_state::named) return send(pass{random_.one_in(3) ? "x y" : "my secret"});
        if (session_.capabilities_due() && random_.one_in(2)) return send(capa{});
        if (session_.capabilities().stls && !session_.secure() && random_.one_in(2)) return send(stls{});
        return random_.one_in(2) ? send(user{"mrose"}) : begin_plain();
    }

    bool begin_plain() {
        sasl::plain_client mechanism({.user = "u", .password = "p"});
        if (!noted([&] { return session_.authenticate(mechanism); })) return false;
        plain_ = mechanism;
        return true;
    }
    bool begin_by_hand() {
        constexpr std::array<std::string_view, 4> initial{"", "=", "AAAA", "dGVzdA=="};
        if (!send(auth{"X-Y", initial[random_.below(4)]})) return false;
        plain_.reset();
        return true;
    }

    bool ask() {
        const bool before = session_.state() == client_state::authorization || session_.state() == client_state::named;
        if (before && random_.one_in(2)) return log_in();
        const auto message = static_cast<std::uint32_t>(random_.below(5));
        switch (random_.below(20)) {
        case 0:
            return send(user{random_.one_in(3) ? "caf\xc3\xa9" : random_.one_in(4) ? "a b" : "mrose"});
        case 1:
            return send(pass{random_.one_in(2) ? "" : "my secret"});
        case 2:
            return send(apop{"mrose", "c4c9334bac560ecc979e58001b3e22fb"});
        case 3:
            return begin_plain();
        case 4:
            return begin_by_hand();
        case 5:
            return send(stls{});
        case 6:
            return send(utf8{});
        case 7:
            return send(lang{random_.one_in(3) ? "" : random_.one_in(2) ? "de" : "*"});
        case 8:
            return send(capa{});
        case 9:
            return send(stat{});
        case 10:
            return send(list{message});
        case 11:
            return send(uidl{message});
        case 12:
        case 13:
            return send(retr{message});
        case 14:
            return send(top{message, message});
        case 15:
            return send(dele{message});
        case 16:
            return send(noop{});
        case 17:
            return send(rset{});
        case 18:
            return noted([&] { return session_.list_mechanisms(); });
        default:
            return random_.one_in(20) && send(quit{});
        }
    }

    pop3::client& session_;
    mailwire::test::generator random_;
    std::size_t left_;
    std::size_t tries_;
    bool vanishes_;
    bool challenged_ = false;
    std::optional<sasl::plain_client> plain_;
};

} // namespace mailwire::pop3::test
