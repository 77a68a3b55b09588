// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/ext/utf8_accept.hpp"

#include "mailwire/imap/parse.hpp"
#include "mailwire/imap/write.hpp"

#include <gtest/gtest.h>

#include <string>
#include <type_traits>

namespace mailwire::imap {
namespace {

// It has no words of its own: what it enables is read and written by every session that has enabled it.
static_assert(std::is_same_v<all_alternatives_of<utf8_accept_extension>, pegtl::type_list<>>);

TEST(utf8_accept, facts) {
    EXPECT_EQ(utf8_accept_extension::capability, "UTF8=ACCEPT");
    EXPECT_EQ(utf8_accept_extension::enables, modes::utf8);
}

// EN-11, EN-13: what it means for one unit.
TEST(utf8_accept, EN_11_EN_13_in_quoted_strings) {
    token tape[16];
    parse_options ascii;
    ascii.dialect.utf8 = false;
    parse_options utf8;
    utf8.dialect.utf8 = true;
    EXPECT_FALSE(parse_command("a CREATE \"\xc3\xa4\"\r\n", tape, utf8).error);
    EXPECT_TRUE(parse_command("a CREATE \"\xc3\xa4\"\r\n", tape, ascii).error);
    EXPECT_TRUE(parse_command("a CREATE \"\xc3\"\r\n", tape, utf8).error);
    std::string result;
    string_sink out(result);
    EXPECT_EQ(write_command(out, "a", create{"\xc3\xa4"}, {.utf8 = true}), misuse::none);
    EXPECT_EQ(result, "a CREATE \"\xc3\xa4\"\r\n");
}

} // namespace
} // namespace mailwire::imap
