// SPDX-License-Identifier: BSL-1.0
// The program behind a client session: it asks for what a seed and the state suggest, and writes down what it hears.

#pragma once

#include "imap/session/actors.hpp"
#include "imap/session/joined_mechanism.hpp"

#include <map>
#include <string>
#include <string_view>

namespace mailwire::test {

class asking_actor : public actor {
public:
    asking_actor(imap::client& session, std::uint64_t seed) : actor(seed), session_(session) {
        left_ = random_.below(40) + 2;
        pipeline_ = random_.below(6) + 1;
    }

    // Does what can be done now; false when that was nothing.
    bool act();

    // It has said LOGOUT and heard the end of it, or the server has left.
    bool done() const {
        return session_.state() == imap::client_state::logged_out ||
               (left_ == 0 && next_.send == nullptr && session_.in_flight_count() == 0);
    }
    // Octets that came behind the OK to COMPRESS: they are the layer's. Set once it has begun.
    bool compressed = false;
    std::string behind;

    std::map<std::uint32_t, std::string> asked;         // by number
    std::map<std::uint32_t, std::string_view> messages; // of APPEND, likewise
    lines heard;
    lines answers;      // to challenges
    std::string bodies; // octets of streamed literals
    std::size_t refused = 0;
    std::size_t faults = 0;

private:
    planned choose();
    planned before_login();
    planned login();
    planned authenticate();
    template <typename M> planned authenticate_by(M& mechanism);
    planned selection();
    planned mode_command();
    planned mailbox_command();
    planned append();
    planned message_command();
    planned numbered_command();

    bool ask();
    bool feed_literal();
    bool end_idle();
    bool answer_challenge();
    void hear(const imap::client_event& event);
    bool listens() const {
        return session_.mode() != imap::client_mode::challenged && session_.mode() != imap::client_mode::tls;
    }

    imap::client& session_;
    std::size_t left_; // commands to ask for
    std::size_t pipeline_;
    std::size_t idle_for_ = 0;
    planned next_ = {};
    std::string_view message_; // whose octets the session asks for
    dance_client<true> first_;
    dance_client<false> late_;
    int mechanism_ = 0; // 1 and 2 for these, 0 for the program itself
};

} // namespace mailwire::test
