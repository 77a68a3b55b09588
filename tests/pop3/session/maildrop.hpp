// SPDX-License-Identifier: BSL-1.0
// A mail server for tests: a maildrop of a few messages behind a server session.

#pragma once

#include <mailwire/pop3/server.hpp>
#include <mailwire/sasl/plain.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pop3/describe.hpp"
#include "support/allocations.hpp"

namespace mailwire::pop3::test {

struct stored_message {
    std::string id;
    std::string octets;
    bool marked = false;
};

// One user, who acts for nobody else.
struct one_user {
    bool check(std::string_view name, std::string_view password) { return name == "mrose" && password == "my secret"; }
    bool allows(std::string_view, std::string_view) { return false; }
};

// Answers what the session hands it. One user: mrose with the password "my secret", by USER, by APOP and by SASL PLAIN.
class maildrop {
public:
    maildrop(pop3::server& session, std::vector<stored_message> messages)
        : session_(session), messages_(std::move(messages)) {}

    bool with_uidl = true;
    bool with_pipelining = false;
    bool with_tls = false;         // the handshake is done as soon as it is asked for
    std::vector<std::string> told; // what the session had to tell, and what came of it
    const std::vector<stored_message>& messages() const { return messages_; }

    // Does all that can be done before octets are moved. False once the session is over.
    bool run() {
        while (!over_) {
            if (!lines_.empty() || !body_.empty() || ending_) {
                if (!go_on()) return true;
            }
            const server_event e = [&] {
                const mailwire::test::no_allocation_here guard("next");
                return session_.next();
            }();
            if (e.kind == server_event_kind::need_input || e.kind == server_event_kind::need_output) return true;
            if (e.kind == server_event_kind::need_answer) {
                if (!answer_again()) return true;
                continue;
            }
            if (e.kind == server_event_kind::start_tls && (!with_tls || !session_.output().empty())) return true;
            told.push_back(describe(e));
            if (e.kind == server_event_kind::start_tls) {
                EXPECT_EQ(session_.tls_started(), misuse::none);
            }
            if (e.kind == server_event_kind::response) say([this] { return step(); });
            if (e.kind == server_event_kind::cancelled) say([this] { return session_.err("as you like"); });
            over_ = e.kind == server_event_kind::closed || session_.state() == server_state::failed;
            if (e.kind == server_event_kind::command) begin(e.command);
        }
        return false;
    }

private:
    // An answer that found no room is given again once there is.
    template <typename Answer> void say(Answer answer) {
        if (answer() == misuse::no_room) again_ = answer;
    }
    bool answer_again() {
        if (!again_) return false;
        const auto answer = again_;
        again_ = nullptr;
        say(answer);
        return !again_;
    }

    stored_message* find(std::uint32_t number) {
        if (number == 0 || number > messages_.size() || messages_[number - 1].marked) {
            say([this] { return session_.err("no such message"); });
            return nullptr;
        }
        return &messages_[number - 1];
    }
    template <typename Value> void answer_value(Value value) {
        say([this, value] { return session_.send(value); });
    }
    void answer_ok() {
        say([this] { return session_.ok(); });
    }

    void begin(const item<slot::command>& command) {
        on(
            command, [&](const user& c) { c.name == "nobody" ? say([this] { return session_.err(); }) : answer_ok(); },
            [&](const pass& c) {
                if (c.password == "my secret") return answer_ok();
                say([this] { return session_.err(code::in_use, "wrong"); });
            },
            [&](const apop&) { answer_ok(); }, [&](capa) { list_capabilities(); }, [&](noop) { answer_ok(); },
            [&](const auth& c) { begin_exchange(c); }, [&](stls) { answer_ok(); }, [&](utf8) { answer_ok(); },
            [&](const lang& c) { answer_lang(c); }, [&](stat) { answer_value(total()); },
            [&](const list& c) { answer_list(c); }, [&](const uidl& c) { answer_uidl(c); },
            [&](const retr& c) { answer_body(find(c.message)); }, [&](const top& c) { answer_body(find(c.message)); },
            [&](const dele& c) {
                if (stored_message* m = find(c.message)) {
                    m->marked = true;
                    answer_ok();
                }
            },
            [&](rset) {
                for (stored_message& m : messages_)
                    m.marked = false;
                answer_ok();
            },
            [&](quit) {
                if (session_.state() == server_state::update) {
                    std::erase_if(messages_, [](const stored_message& m) { return m.marked; });
                }
                say([this] { return session_.ok("bye"); });
            });
    }

    drop_listing total() const {
        drop_listing sum;
        for (const stored_message& m : messages_) {
            if (!m.marked) {
                ++sum.messages;
                sum.octets += m.octets.size();
            }
        }
        return sum;
    }

    void answer_list(const list& c) {
        if (c.message == 0) return begin_lines([this](std::uint32_t n) { return session_.send(scan(n)); });
        if (find(c.message) != nullptr) answer_value(scan(c.message));
    }
    void answer_uidl(const uidl& c) {
        if (!with_uidl) return say([this] { return session_.err("unknown command"); });
        if (c.message == 0) return begin_lines([this](std::uint32_t n) { return session_.send(id(n)); });
        if (find(c.message) != nullptr) answer_value(id(c.message));
    }
    scan_listing scan(std::uint32_t n) const { return {n, messages_[n - 1].octets.size(), {}}; }
    unique_id id(std::uint32_t n) const { return {n, messages_[n - 1].id}; }

    void begin_exchange(const auth& c) {
        if (c.mechanism != "PLAIN") return say([this] { return session_.err("no such mechanism"); });
        mechanism_.emplace(users_, lent_);
        say([this] { return step(); });
    }
    misuse step() {
        if (!verdict_) {
            const sasl::step s = session_.step(*mechanism_);
            if (s.status == sasl::status::more) return misuse::none;
            if (s.fault == sasl::fault::no_room) return misuse::no_room;
            verdict_ = s.status == sasl::status::done;
        }
        const misuse m = *verdict_ ? session_.ok() : session_.err(code::auth, "wrong");
        if (m == misuse::none) verdict_.reset();
        return m;
    }
    void answer_lang(const lang& c) {
        if (c.range == "de" || c.range == "*") return answer_value(language{"de", "Gr\xc3\xbc\xc3\x9f Gott"});
        if (!c.range.empty()) return say([this] { return session_.err("no such language"); });
        begin_answer();
        lines_.push_back([this] { return session_.send(language_listing{"en", "English"}); });
        lines_.push_back([this] { return session_.send(language_listing{"de", "Deutsch"}); });
    }

    template <typename Line> void begin_lines(Line line) {
        begin_answer();
        for (std::uint32_t n = 1; n <= messages_.size(); ++n) {
            if (!messages_[n - 1].marked) {
                lines_.push_back([line, n] { return line(n); });
            }
        }
    }
    void list_capabilities() {
        begin_answer();
        lines_.push_back([this] { return session_.send(capability::top{}); });
        if (with_uidl) lines_.push_back([this] { return session_.send(capability::uidl{}); });
        if (with_tls) lines_.push_back([this] { return session_.send(capability::sasl{"PLAIN"}); });
        if (with_tls && !session_.secure() && session_.state() == server_state::authorization) {
            lines_.push_back([this] { return session_.send(capability::stls{}); });
        }
        if (with_pipelining) lines_.push_back([this] { return session_.send(capability::pipelining{}); });
    }
    void answer_body(const stored_message* m) {
        if (m == nullptr) return;
        begin_answer();
        body_ = m->octets;
    }
    void begin_answer() {
        lines_.assign(1, [this] { return session_.ok(); });
        ending_ = true;
    }

    // Goes on with an answer of several lines. False when it has to wait for room.
    bool go_on() {
        while (!lines_.empty()) {
            if (lines_.front()() == misuse::no_room) return false;
            lines_.erase(lines_.begin());
        }
        body_.remove_prefix(session_.body(body_));
        if (!body_.empty() || session_.end_of_lines() == misuse::no_room) return false;
        ending_ = false;
        return true;
    }

    pop3::server& session_;
    std::vector<stored_message> messages_;
    std::function<misuse()> again_;
    std::vector<std::function<misuse()>> lines_;
    one_user users_;
    std::array<char, 256> lent_;
    std::optional<sasl::plain_server<one_user>> mechanism_;
    std::optional<bool> verdict_; // what came of an exchange and is still to be said
    std::string_view body_;
    bool ending_ = false;
    bool over_ = false;
};

} // namespace mailwire::pop3::test
