// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/model/mailbox_commands.hpp"

#include "mailwire/imap/parse.hpp"
#include "mailwire/imap/write.hpp"
#include "support/rows.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>

namespace mailwire::imap {
namespace {

TEST(mailbox_commands, are_read_and_written) {
    test::good_commands({
        {"B3-2", "a1 SELECT INBOX\r\n"},
        {"B3-3", "a1 SELECT INBOX (X-FOO)\r\n"},
        {"B3-3", "a1 SELECT x (FOO.bar:1 (a) BAR 5)\r\n"},
        {"L-28", "a1 SELECT x (FOO ())\r\n"},
        {"L-28", "a1 SELECT x (FOO (a {3}\r\nb c))\r\n"},
        {"B3-4", "a1 EXAMINE blurdybloop\r\n"},
        {"B3-3", "a1 EXAMINE \"b d\" (X-FOO 1:5)\r\n"},
        {"B3-5", "a1 CREATE owatagusiam/\r\n"},
        {"B3-6", "a1 DELETE foo\r\n"},
        {"B3-7", "a1 RENAME INBOX old-mail\r\n"},
        {"B3-8", "a1 SUBSCRIBE #news.comp.mail.mime\r\n"},
        {"B3-9", "a1 unsubscribe {3+}\r\na b\r\n", "a1 UNSUBSCRIBE \"a b\"\r\n"},
        {"A6", "a1 SUBSCRIBE NIL\r\n"},
    });
    test::bad_commands({
        {"B3-3", "a1 SELECT x ()\r\n", errc::syntax, 13},
        {"B3-3", "a1 SELECT x (FOO \"a\")\r\n", errc::syntax, 17},
        {"B3-3", "a1 SELECT x FOO\r\n", errc::syntax, 12},
        {"B3-3", "a1 SELECT x (FOO) \r\n", errc::syntax, 17},
        {"B3-8", "a1 SUBSCRIBE\r\n", errc::syntax, 12},
        {"B3-9", "a1 UNSUBSCRIBE a%\r\n", errc::syntax, 16},
        {"B3-5", "a1 CREATE (x)\r\n", errc::syntax, 10},
        {"B3-7", "a1 RENAME a b c\r\n", errc::syntax, 13},
    });
}

template <typename Command> std::optional<Command> read(std::string_view wire, std::span<token> tape) {
    return parse_command(wire, tape).value.value().get<Command>();
}

TEST(mailbox_commands, fields) {
    token tape[32];
    EXPECT_EQ(read<create>("a CREATE b\r\n", tape), create{"b"});
    EXPECT_EQ(read<delete_>("a DELETE b\r\n", tape), delete_{"b"});
    EXPECT_EQ(read<subscribe>("a SUBSCRIBE b\r\n", tape), subscribe{"b"});
    EXPECT_EQ(read<unsubscribe>("a UNSUBSCRIBE \"b c\"\r\n", tape), unsubscribe{"b c"});
    EXPECT_EQ(read<rename>("a RENAME b c\r\n", tape), (rename{"b", "c"}));
    const auto plain = read<select>("a SELECT b\r\n", tape);
    ASSERT_TRUE(plain);
    EXPECT_EQ(plain->mailbox, text("b"));
    EXPECT_TRUE(plain->parameters.empty());
    const auto more = read<examine>("a EXAMINE b (X-A (c d) X-B)\r\n", tape);
    ASSERT_TRUE(more);
    ASSERT_EQ(more->parameters.size(), 2U);
    EXPECT_FALSE(more->parameters[0].known());
    EXPECT_EQ(more->parameters[0].name(), text("X-A"));
    EXPECT_EQ(more->parameters[0].rest(), "(c d)");
    EXPECT_EQ(more->parameters[1].name(), text("X-B"));
    EXPECT_EQ(more->parameters[1].rest(), "");
}

template <typename Command> std::string written(const Command& value) {
    std::string result;
    string_sink out(result);
    return write_command(out, "a", value) == misuse::none ? result : "refused";
}

TEST(mailbox_commands, are_written_from_a_program) {
    EXPECT_EQ(written(select{"x"}), "a SELECT x\r\n");
    EXPECT_EQ(written(subscribe{"x\r\nb LOGOUT"}), "a SUBSCRIBE {11}\r\nx\r\nb LOGOUT\r\n");
    EXPECT_EQ(written(unsubscribe{text::nil()}), "refused");
    const item<slot::select_param> nothing[] = {{}};
    EXPECT_EQ(written(select{"x", items<slot::select_param>(nothing)}), "refused");
}

} // namespace
} // namespace mailwire::imap
