// SPDX-License-Identifier: BSL-1.0
// A server session in any of its states, with all its output sent.

#pragma once

#include "imap/session/server_talk.hpp"

#include "mailwire/imap/session/server_table_names.hpp"

namespace mailwire::test {

inline constexpr std::array driven_states{imap::server_state::greeting,      imap::server_state::not_authenticated,
                                          imap::server_state::authenticated, imap::server_state::selected,
                                          imap::server_state::logged_out,    imap::server_state::closed,
                                          imap::server_state::failed};

struct driven : server_box {
    explicit driven(imap::server_state to, const sizes& s = {}) : server_box(s) {
        using imap::condition;
        using imap::server_state;
        if (to == server_state::greeting) return;
        const bool late = to == server_state::authenticated || to == server_state::selected;
        EXPECT_EQ(session.greet({late ? condition::preauth : condition::ok, {}, "hi"}), misuse::none);
        if (to == server_state::selected) {
            (void)hear("s SELECT x\r\n");
            EXPECT_EQ(say(), misuse::none);
        }
        if (to == server_state::logged_out) {
            EXPECT_EQ(session.send(imap::status_response{condition::bye, {}, "bye"}), misuse::none);
        }
        if (to == server_state::closed) (void)hang_up();
        if (to == server_state::failed) (void)hear("x NOOP {9223372036854775808}\r\n");
        (void)flush(session);
    }

    imap::server_event hear(std::string_view octets) {
        (void)receive(session, octets, octets.size());
        return session.next();
    }
    imap::server_event hang_up() {
        session.closed();
        return session.next();
    }
    misuse say(imap::condition c = imap::condition::ok) { return session.finish({c, {}, "so"}); }
    std::string said() { return flush(session); }
};

} // namespace mailwire::test
