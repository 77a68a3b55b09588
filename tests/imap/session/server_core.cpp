// SPDX-License-Identifier: BSL-1.0
// The part of a server that sees octets, without the calls of a program. Whole conversations are in the other tests.
#include "mailwire/imap/session/server_core.hpp"

#include "mailwire/imap/profile.hpp"

#include "imap/session/boxes.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace mailwire::imap::detail {
namespace {

using kind = server_event_kind;

// A core that has greeted, with 300 octets for what goes out.
class server_core_test : public testing::Test {
protected:
    server_core_test() {
        EXPECT_EQ(line(server_input::greet_preauth, "* PREAUTH\r\n"), misuse::none);
        core_.note_greeting();
        (void)said();
    }
    misuse line(server_input input, std::string_view octets) {
        return core_.put(input, [&] {
            core_.out().put(octets);
            return misuse::none;
        });
    }
    kind hear(std::string_view octets) {
        (void)test::receive(core_, octets, octets.size());
        return core_.next().kind;
    }
    std::string said() {
        std::string all;
        while (!core_.out().output().empty()) {
            all += core_.out().output();
            core_.sent(core_.out().output().size());
        }
        return all;
    }

    server_storage<256, 300> storage_;
    server_core<everything> core_{storage_.buffers(), {}};
};

TEST_F(server_core_test, puts_out_what_both_tables_allow) {
    EXPECT_EQ(line(server_input::data, "* x\r\n"), misuse::none);
    EXPECT_EQ(line(server_input::greet_ok, "* y\r\n"), misuse::wrong_state);
    EXPECT_EQ(line(server_input::data, std::string(301, 'x')), misuse::no_room);
    EXPECT_EQ(said(), "* x\r\n");
    EXPECT_EQ(hear("a COMPRESS DEFLATE\r\n"), kind::command);
    core_.note_answer({condition::ok, {}, "x"}, server_input::answer);
    EXPECT_EQ(line(server_input::data, "* z\r\n"), misuse::wrong_state) << "compression is due";
}

// What may not be done leaves the state alone as well.
TEST_F(server_core_test, a_line_that_does_not_go_out_does_nothing) {
    EXPECT_EQ(line(server_input::bye, std::string(301, 'x')), misuse::no_room);
    EXPECT_EQ(core_.progress().state(), server_state::authenticated);
    EXPECT_EQ(line(server_input::bye, "* BYE x\r\n"), misuse::none);
    EXPECT_EQ(core_.progress().state(), server_state::logged_out);
}

// PI-6: no command is read while there is no room for the answer that may be due.
TEST_F(server_core_test, PI_6_reads_where_it_can_answer) {
    EXPECT_EQ(line(server_input::data, std::string(109, 'x')), misuse::none);
    EXPECT_EQ(hear("a XYZZY\r\n"), kind::need_output);
    core_.sent(1);
    EXPECT_EQ(core_.next().kind, kind::error);
    EXPECT_EQ(said(), std::string(108, 'x') + "a BAD unknown command\r\n");
}

TEST_F(server_core_test, FR_3_a_literal_is_accepted_once) {
    EXPECT_EQ(hear("a APPEND x {3}\r\n"), kind::literal_begin);
    EXPECT_EQ(core_.accept_literal(), misuse::none);
    EXPECT_EQ(core_.accept_literal(), misuse::wrong_state);
    EXPECT_EQ(said(), "+ go ahead\r\n");
    EXPECT_EQ(hear("abc"), kind::literal_data);
    EXPECT_EQ(core_.next().kind, kind::literal_end);
    EXPECT_EQ(hear("\r\n"), kind::command);
}

} // namespace
} // namespace mailwire::imap::detail
