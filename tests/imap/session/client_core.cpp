// SPDX-License-Identifier: BSL-1.0
// Octets to events, without the calls of a program; these and all the rest are client.cpp and its neighbours.
#include "mailwire/imap/session/client_core.hpp"

#include "mailwire/imap/profile.hpp"
#include "support/pipe.hpp"

#include <gtest/gtest.h>

#include <string_view>

namespace mailwire::imap::detail {
namespace {

using kind = client_event_kind;

struct core_box {
    client_storage<512, 64, 4> room;
    client_core<everything> core{room.buffers(), {.tls = tls_policy::optional}};

    client_event hear(std::string_view octets) {
        (void)test::receive(core, octets, octets.size());
        return core.next();
    }
};

TEST(imap_client_core, the_number_of_an_answered_command) {
    core_box box;
    EXPECT_EQ(box.hear("* OK hi\r\n").kind, kind::greeting);
    EXPECT_EQ(box.core.note_sent(facts_of<everything, noop>(), 0), 1U);
    EXPECT_EQ(box.core.note_sent(facts_of<everything, noop>(), 0), 2U);
    const client_event e = box.hear("A2 OK x\r\n");
    EXPECT_EQ(e.kind, kind::done);
    EXPECT_EQ(e.command, 2U);
    EXPECT_EQ(box.core.progress().commands().size(), 1U);
}

// D3: decoded where it lies, at the front of the buffer; what came behind it stays.
TEST(imap_client_core, FR_21_a_challenge_is_decoded_in_place) {
    core_box box;
    EXPECT_EQ(box.hear("* OK hi\r\n").kind, kind::greeting);
    EXPECT_EQ(box.core.note_sent(facts_of<everything, authenticate>(), 0), 1U);
    const client_event e = box.hear("+ AP8NCg==\r\n* 5 EXISTS\r\n");
    EXPECT_EQ(e.kind, kind::challenge);
    EXPECT_EQ(e.octets, std::string_view("\0\xff\r\n", 4));
    EXPECT_EQ(box.core.challenge(), e.octets);
    EXPECT_EQ(box.core.next().kind, kind::need_input) << "nothing is read before it is answered";
    box.core.note_response(true);
    EXPECT_EQ(box.core.next().kind, kind::response);
    EXPECT_EQ(box.core.progress().server().mailbox().exists(), 5U);
}

// STARTTLS and COMPRESS are read anew from the octet behind their answer on.
TEST(imap_client_core, PI_7_nothing_unread_before_what_changes_the_reading) {
    core_box box;
    EXPECT_EQ(box.hear("* OK hi\r\n* O").kind, kind::greeting);
    EXPECT_EQ(box.core.may_send(facts_of<everything, noop>()), misuse::none);
    EXPECT_EQ(box.core.may_send(facts_of<everything, starttls>()), misuse::busy);
    EXPECT_EQ(box.hear("K x\r\n").kind, kind::response);
    EXPECT_EQ(box.core.may_send(facts_of<everything, starttls>()), misuse::none);
}

TEST(imap_client_core, errors_stay) {
    core_box box;
    EXPECT_EQ(box.hear("* OK hi\r\n").kind, kind::greeting);
    for (int i = 0; i != 3; ++i) {
        const client_event e = box.hear("Z1 OK x\r\n");
        EXPECT_EQ(e.kind, kind::error);
        EXPECT_EQ(e.error, (error{errc::unknown_tag, 0, 0, 0}));
    }
    EXPECT_EQ(box.core.progress().state(), client_state::failed);
}

} // namespace
} // namespace mailwire::imap::detail
