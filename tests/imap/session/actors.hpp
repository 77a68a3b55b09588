// SPDX-License-Identifier: BSL-1.0
// Two programs that talk to each other through sessions: one asks for what a seed says, the other answers as it says.
// Both write down what they said and what they heard.

#pragma once

#include "imap/session/boxes.hpp"

#include <gtest/gtest.h>

#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace mailwire::test {

// Octets of a literal that depend on their place and a seed alone.
inline std::string body_octets(std::uint64_t seed, std::size_t size) {
    generator random(seed);
    std::string text(size, '\0');
    for (char& c : text)
        c = "\r\n{}A1*+ ()\"\\xyz\x80\xff"[random.below(18)];
    return text;
}

// A program at one end: texts it has made up, which stay where they are.
class actor {
public:
    explicit actor(std::uint64_t seed) : random_(seed) {}

protected:
    std::string_view keep(std::string text) { return texts_.emplace_back(std::move(text)); }

    // A name: mostly plain, sometimes empty, long, or with octets that need quotes or a literal.
    std::string_view name() {
        static constexpr std::string_view plain = "abcXYZ019./-_";
        static constexpr std::string_view odd = "ab \"\\%*(){}[]&~+\r\n\t\x80\xff";
        const bool is_odd = random_.one_in(3);
        const std::string_view alphabet = is_odd ? odd : plain;
        std::string text;
        for (std::size_t n = random_.one_in(9) ? random_.below(90) : random_.below(7); n != 0; --n)
            text += alphabet[random_.below(alphabet.size())];
        return keep(std::move(text));
    }
    imap::sequence_set set() {
        static constexpr std::string_view sets[] = {"1", "1:*", "2,4:7,9,12:*", "4294967295", "7:3", "*"};
        return *imap::sequence_set::parse(sets[random_.below(6)]);
    }

    generator random_;

private:
    std::deque<std::string> texts_;
};

// A command that is planned: puts it into a session, and writes it down.
struct planned {
    std::function<imap::sent_command(imap::client&)> send;
    std::function<std::string()> wire;
    bool alone = false; // it may change the state: what is sent beside it may be out of place when it is read
    bool appends = false;
    std::string message = {}; // of an APPEND
};

// `make` calls the function it is given with the command.
template <typename Make> planned plan(Make make) {
    return {[make](imap::client& session) {
                imap::sent_command result;
                make([&](const auto& command) { result = session.send(command); });
                return result;
            },
            [make] {
                std::string text;
                make([&](const auto& command) { text = wire_of("T", command); });
                return text;
            }};
}

class asking_actor : public actor {
public:
    asking_actor(imap::client& session, std::uint64_t seed, std::size_t commands) : actor(seed), session_(session) {
        plan_.push_back(login());
        while (--commands != 0)
            plan_.push_back(random_.one_in(6) ? selection() : any_command());
        for (planned& p : plan_)
            p.alone = changes_state(p.wire());
        plan_.push_back(plan([](auto use) { use(imap::logout{}); }));
        pipeline_ = random_.below(4) + 1;
    }

    // Does what can be done now; false when that was nothing.
    bool act() {
        bool something = feed_literal();
        for (;;) {
            const auto event = session_.next();
            if (event.kind == imap::client_event_kind::need_input || event.kind == imap::client_event_kind::closed)
                break;
            something = true;
            if (event.kind != imap::client_event_kind::need_output) hear(event);
        }
        return ask() || something;
    }
    bool done() const { return next_ == plan_.size() && session_.in_flight_count() == 0; }

    lines asked;
    lines heard;
    std::vector<std::string> messages; // of APPEND
    std::string bodies;                // octets of streamed literals
    std::size_t refused = 0;

private:
    planned login();
    planned selection();
    planned any_command();
    planned mailbox_command();
    planned append();
    planned message_command();

    static bool changes_state(std::string_view wire) {
        for (const std::string_view word : {"T LOGIN", "T SELECT", "T EXAMINE", "T CLOSE", "T UNSELECT"}) {
            if (wire.starts_with(word)) return true;
        }
        return false;
    }

    bool ask() {
        if (next_ == plan_.size() || session_.in_flight_count() >= pipeline_) return false;
        planned& p = plan_[next_];
        if (session_.in_flight_count() != 0 && (p.alone || alone_)) return false;
        const imap::sent_command sent = p.send(session_);
        if (sent.fault == misuse::busy || sent.fault == misuse::no_room) return false;
        ++next_;
        alone_ = p.alone;
        if (sent) {
            asked.push_back(p.wire());
            if (p.appends) messages.push_back(p.message);
        } else {
            ++refused;
        }
        return true;
    }

    bool feed_literal() {
        const std::uint64_t missing = session_.literal_missing();
        if (missing == 0) return false;
        const std::string_view message = messages.back();
        const std::size_t n = std::min<std::size_t>(random_.below(300) + 1, static_cast<std::size_t>(missing));
        return session_.literal(message.substr(message.size() - static_cast<std::size_t>(missing), n)) == misuse::none;
    }

    void hear(const imap::client_event& event) {
        using kind = imap::client_event_kind;
        if (event.kind == kind::literal_data) bodies += event.octets;
        if (event.kind == kind::literal_begin || event.kind == kind::literal_data || event.kind == kind::literal_end)
            return;
        heard.push_back(describe(event));
    }

    imap::client& session_;
    std::vector<planned> plan_;
    std::size_t next_ = 0;
    std::size_t pipeline_;
    bool alone_ = false; // the last command does not share the line
};

template <typename Data> std::string wire_of_value(const Data& value) {
    std::string text;
    string_sink sink(text);
    if constexpr (requires { value.condition; }) {
        (void)imap::write_status(sink, value);
    } else {
        (void)imap::write_data(sink, value);
    }
    return text;
}

class answering_actor : public actor {
public:
    answering_actor(imap::server& session, std::uint64_t seed) : actor(seed), session_(session) { greet(); }

    bool act() {
        bool something = false;
        for (;;) {
            while (!replies_.empty()) {
                const misuse fault = replies_.front()();
                EXPECT_TRUE(fault == misuse::none || fault == misuse::no_room || fault == misuse::busy)
                    << name_of(fault);
                if (fault != misuse::none) break;
                replies_.pop_front();
                something = true;
            }
            if (feed_literal()) something = true;
            if (!replies_.empty()) return something;
            const auto event = session_.next();
            using kind = imap::server_event_kind;
            if (event.kind == kind::need_input || event.kind == kind::need_output || event.kind == kind::closed)
                return something;
            hear(event);
            something = true;
        }
    }

    lines said;
    lines asked;                       // what it was asked
    std::vector<std::string> messages; // of APPEND; "refused" where it was
    std::string bodies;                // octets of streamed literals
    std::size_t errors = 0;

private:
    void greet();
    void hear(const imap::server_event& event);
    void hear_literal(const imap::server_event& event);
    void answer(const imap::command& command);
    void data_for(const imap::command& command);
    void list_and_status();
    void fetch_small();
    void fetch_bodies();
    void say_something();

    // `make` calls the function it is given with the value, which is sent when there is room for it.
    template <typename Make> void reply(Make make) {
        replies_.push_back([this, make] {
            misuse fault = misuse::none;
            make([&](const auto& value) {
                fault = session_.send(value);
                if (fault == misuse::none) said.push_back("response " + wire_of_value(value));
            });
            return fault;
        });
    }
    void finish(std::string_view tag, bool goodbye = false);

    bool feed_literal() {
        const std::uint64_t missing = session_.literal_missing();
        if (missing == 0) return false;
        const std::size_t n = std::min<std::size_t>(random_.below(300) + 1, static_cast<std::size_t>(missing));
        const std::string_view piece = keep(body_octets(random_.next(), n));
        if (session_.literal(piece) != misuse::none) return false;
        bodies += piece;
        return true;
    }

    imap::server& session_;
    std::deque<std::function<misuse()>> replies_;
};

} // namespace mailwire::test
