// SPDX-License-Identifier: BSL-1.0
// The program behind a server session: it answers as a seed says, and writes down what it was asked and what was said,
// by itself and by its session.

#pragma once

#include "imap/session/actors.hpp"
#include "imap/session/joined_mechanism.hpp"

#include <gtest/gtest.h>

#include <deque>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace mailwire::test {

template <typename Data> std::string wire_of_value(const Data& value) {
    std::string text;
    string_sink sink(text);
    if constexpr (requires { value.condition; }) {
        (void)imap::write_status(sink, value, {.utf8 = true});
    } else {
        (void)imap::write_data(sink, value, {.utf8 = true});
    }
    return text;
}

class answering_actor : public actor {
public:
    answering_actor(imap::server& session, const joined_setting& s, std::uint64_t seed)
        : actor(seed), session_(session), setting_(s) {
        greet();
    }

    // Does what can be done now; false when that was nothing.
    bool act();

    std::map<std::uint32_t, std::string> asked;    // by number
    std::map<std::uint32_t, std::string> messages; // of APPEND, likewise, those that were let in
    lines said;
    lines answers;      // of the client to challenges
    std::string bodies; // octets of streamed literals
    std::size_t denied = 0;
    std::size_t refused = 0; // of what it wanted to say
    std::size_t faults = 0;  // fatal ones
    std::uint32_t exists = 0;
    bool compressed = false;

private:
    void greet();
    bool reply_all();
    bool hear();
    void hear(const imap::server_event& event);
    void hear_literal(const imap::server_event& event);
    void note_own(std::string_view octets);
    void answer(const imap::command& command);
    void answer_authenticate(const imap::authenticate& command);
    void answer_response();
    void answer_idle();
    void data_for(const imap::command& command);
    void select_data();
    void list_and_status();
    void fetch_small();
    void fetch_bodies();
    void say_something();
    void say_change();
    void announce();
    void enable(const imap::enable& command);
    void finish();
    void finish(imap::condition c);
    template <typename M> misuse step(M& mechanism);
    bool feed_literal();

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

    imap::server& session_;
    const joined_setting& setting_;
    std::deque<std::function<misuse()>> replies_;
    std::uint32_t number_ = 0; // of the command under way
    std::string tag_;
    imap::command_effect effect_ = imap::command_effect::none;
    std::uint32_t appending_ = 0;
    dance_server<true> first_;
    dance_server<false> late_;
    std::size_t own_rounds_ = 0;
    std::size_t news_ = 0; // to tell in IDLE
    int mechanism_ = 0;    // 1 and 2 for these, 0 for the program itself
    bool initial_ = false;
};

} // namespace mailwire::test
