// SPDX-License-Identifier: BSL-1.0
// A program behind a server session that answers whatever it is asked, as a seed says.

#pragma once

#include <mailwire/pop3/server.hpp>

#include <deque>
#include <functional>
#include <string>
#include <vector>

#include "pop3/session/exchanges.hpp"
#include "support/pipe.hpp"

namespace mailwire::pop3::test {

class answering_actor {
public:
    answering_actor(pop3::server& session, std::uint64_t seed)
        : session_(session), random_(seed), pipelining_(!random_.one_in(3)), sasl_(!random_.one_in(3)),
          stls_(random_.one_in(2)), codes_(random_.one_in(2)), per_user_(random_.one_in(3)),
          timestamp_(random_.one_in(2)) {
        say([this] { return session_.greet({.text = "ready", .timestamp = timestamp_ ? "<1@a.example>" : ""}); }, "");
    }

    std::vector<exchange> exchanges;
    std::vector<std::string> errors;
    bool tls_due = false;
    bool over = false;

    bool act() {
        bool acted = false;
        while (!over) {
            if (!steps_.empty()) {
                if (!go_on()) return acted;
                acted = true;
                continue;
            }
            const server_event e = session_.next();
            if (e.kind == server_event_kind::need_input || e.kind == server_event_kind::need_output) return acted;
            if (e.kind == server_event_kind::start_tls) {
                acted = acted || !tls_due;
                tls_due = true;
                return acted;
            }
            acted = true;
            hear(e);
        }
        return acted;
    }

    void tls_started() {
        tls_due = session_.tls_started() != misuse::none;
        if (tls_due) errors.emplace_back("no TLS");
        utf8_texts_ = false;
    }

private:
    struct next_step {
        std::function<misuse()> call;
        std::string said;
    };

    bool go_on() {
        const misuse m = steps_.front().call();
        if (m == misuse::no_room) return false;
        if (m != misuse::none) errors.push_back(exchanges.back().asked + ": " + name_of(m));
        if (!exchanges.empty()) exchanges.back().said += steps_.front().said;
        steps_.pop_front();
        return true;
    }

    template <typename Call> void say(Call call, std::string said) { steps_.push_back({call, std::move(said)}); }

    void hear(const server_event& e) {
        if (e.kind == server_event_kind::command) {
            exchanges.push_back({describe(e.command), {}});
            rounds_ = random_.below(3);
            answer(e.command);
        } else if (e.kind == server_event_kind::response) {
            exchanges.back().said += describe(e) + '\n';
            go_on_with_exchange(true);
        } else if (e.kind == server_event_kind::cancelled) {
            exchanges.back().said += "cancelled\n";
            refuse();
        } else {
            if (e.kind == server_event_kind::error) errors.push_back(describe(e));
            over = e.kind == server_event_kind::closed || session_.state() == server_state::failed;
        }
    }

    std::string text() {
        if (random_.one_in(2)) return {};
        return utf8_texts_ && random_.one_in(2) ? "Gr\xc3\xbc\xc3\x9f Gott" : "a text";
    }
    void accept() {
        const std::string t = text();
        say([this, t] { return session_.ok(t); }, status_line({.ok = true, .text = t}, {}));
    }
    void refuse() {
        const response_code code = codes_ && random_.one_in(2) ? code::sys_temp : response_code();
        const std::string t = text();
        say([this, code, t] { return session_.err(code, t); }, status_line({.ok = false, .code = code, .text = t}, {}));
    }
    template <typename Value> void answer_with(const Value& value, const std::string& said) {
        say([this, value] { return session_.send(value); }, said);
    }
    void end() {
        say([this] { return session_.end_of_lines(); }, "end\n");
    }

    // A challenge, or the end. `proved`: the client has sent something.
    void go_on_with_exchange(bool proved) {
        if (!proved || (rounds_ != 0 && random_.one_in(2))) {
            rounds_ -= rounds_ != 0;
            std::string octets(random_.below(30), '\0');
            for (char& c : octets)
                c = static_cast<char>(random_.below(256));
            return say([this, octets] { return session_.challenge(octets); }, "challenge [" + octets + "]\n");
        }
        random_.one_in(3) ? refuse() : accept();
    }

    void list_capabilities() {
        accept();
        const auto can = [this](const auto& value, const std::string& said) {
            answer_with(value, "can " + said + '\n');
        };
        can(capability::top{}, "TOP");
        if (pipelining_) can(capability::pipelining{}, "PIPELINING");
        if (sasl_) can(capability::sasl{"PLAIN X-Y"}, "SASL [PLAIN X-Y]");
        if (stls_ && !session_.secure()) can(capability::stls{}, "STLS");
        if (codes_) can(capability::resp_codes{}, "RESP-CODES");
        if (per_user_) can(capability::expire{7, true}, "EXPIRE 7 per user");
        can(capability::utf8{true}, "UTF8 USER");
        can(capability::lang{}, "LANG");
        end();
    }

    void answer_lang(const lang& c) {
        if (!c.range.empty()) {
            const language value{"de", "Gr\xc3\xbc\xc3\x9f"};
            utf8_texts_ = true;
            return answer_with(value, status_line({.ok = true, .language = value}, answer_form::language));
        }
        accept();
        answer_with(language_listing{"de", "Deutsch"}, "language de [Deutsch]\n");
        end();
    }

    void answer_message() {
        static constexpr std::string_view lines[] = {".\r\n", "..\r\n", "\r\n", "Subject: x\r\n", ".x\r\n"};
        std::string octets;
        for (std::size_t n = random_.below(30); n != 0; --n)
            octets += random_.one_in(4) ? std::string(random_.below(100), 'x') + "\r\n" : lines[random_.below(5)];
        accept();
        say(
            [this, octets, done = std::size_t(0)]() mutable {
                done += session_.body(std::string_view(octets).substr(done));
                return done == octets.size() ? misuse::none : misuse::no_room;
            },
            octets);
        end();
    }

    template <typename Value, typename Make> void answer_listing(std::uint32_t one, Make make, answer_form form) {
        if (one != 0) return answer_with(make(one), status_line(as_reply(make(one)), form));
        accept();
        for (std::uint32_t n = 1; n <= 3; ++n)
            answer_with(make(n), describe(make(n)) + '\n');
        end();
    }
    static reply as_reply(const scan_listing& value) { return {.ok = true, .scan = value}; }
    static reply as_reply(const unique_id& value) { return {.ok = true, .unique = value}; }

    void answer(const item<slot::command>& command) {
        if (random_.one_in(5)) return refuse();
        const bool done = on(
            command, [&](capa) { list_capabilities(); }, [&](const lang& c) { answer_lang(c); },
            [&](const retr&) { answer_message(); }, [&](const top&) { answer_message(); }, [&](stls) { begin_tls(); },
            [&](utf8) {
                accept();
                utf8_texts_ = true;
            },
            [&](const auth& c) {
                if (!c.mechanism.empty()) return go_on_with_exchange(!c.initial_response.empty());
                accept();
                answer_with(mechanism_listing{"PLAIN"}, "mechanism PLAIN\n");
                end();
            },
            [&](stat) {
                const drop_listing value{3, 99, {}};
                answer_with(value, status_line({.ok = true, .drop = value}, answer_form::drop_listing));
            },
            [&](const list& c) {
                answer_listing<scan_listing>(
                    c.message,
                    [](std::uint32_t n) {
                        return scan_listing{n, 33, {}};
                    },
                    answer_form::scan_listing);
            },
            [&](const uidl& c) {
                answer_listing<unique_id>(
                    c.message,
                    [](std::uint32_t n) {
                        return unique_id{n, "id"};
                    },
                    answer_form::unique_id);
            });
        if (!done) accept();
    }
    void begin_tls() {
        say([this] { return session_.ok(); }, "start TLS\n");
    }

    pop3::server& session_;
    mailwire::test::generator random_;
    std::deque<next_step> steps_;
    std::size_t rounds_ = 0;
    bool pipelining_;
    bool sasl_;
    bool stls_;
    bool codes_;
    bool per_user_;
    bool timestamp_;
    bool utf8_texts_ = false; // agreed on, as soon as what is due has been said
};

} // namespace mailwire::pop3::test
