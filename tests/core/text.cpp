// SPDX-License-Identifier: BSL-1.0
#include "mailwire/core/text.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace mailwire {

void PrintTo(const text& t, std::ostream* out) { *out << static_cast<int>(t.how()) << ' ' << t.spelled(); }

namespace {

std::string octets_of(const text& t) {
    std::string result(t.spelled().size(), '?');
    result.resize(t.copy_to(result.data()));
    std::string visited;
    t.for_each([&](char c) { visited += c; });
    EXPECT_EQ(visited, result);
    EXPECT_EQ(t.size(), result.size());
    return result;
}

TEST(text, stands_for_octets) {
    EXPECT_EQ(octets_of(text("abc")), "abc");
    EXPECT_EQ(octets_of(text()), "");
    EXPECT_EQ(octets_of(text(std::string_view("a\0b", 3))), std::string("a\0b", 3));
    EXPECT_EQ(octets_of(text("a\\b")), "a\\b"); // plain: a backslash is one
    EXPECT_EQ(octets_of({"a\\\"b", 4, spelling::escaped}), "a\"b");
    EXPECT_EQ(octets_of({"\\\\\\\\", 4, spelling::escaped}), "\\\\");
    EXPECT_EQ(octets_of({"a\\", 2, spelling::escaped}), "a\\");
    EXPECT_EQ(octets_of(text::nil()), "");
    EXPECT_EQ(octets_of(text::binary("ab")), "ab");
    EXPECT_TRUE(text("").empty());
    EXPECT_FALSE(text("a").empty());
}

TEST(text, is_made_of_anything_that_is_text) {
    const std::string string = "abc";
    EXPECT_EQ(text(string), text("abc"));
    EXPECT_EQ(text(std::string_view(string)).spelled().data(), string.data());
    char array[] = "abc";
    EXPECT_EQ(text(array), text("abc"));
}

TEST(text, kinds) {
    EXPECT_TRUE(text::nil().is_nil());
    EXPECT_FALSE(text("NIL").is_nil());
    EXPECT_FALSE(text("").is_nil());
    EXPECT_TRUE(text::binary("a").is_binary());
    EXPECT_FALSE(text("a").is_binary());
    const text streamed = text::streamed(5000000000U, 3, true);
    EXPECT_TRUE(streamed.is_streamed());
    EXPECT_TRUE(streamed.is_binary());
    EXPECT_EQ(streamed.size(), 5000000000U);
    EXPECT_EQ(streamed.stream_index(), 3U);
    EXPECT_EQ(streamed.spelled(), "");
    EXPECT_FALSE(streamed.empty());
}

TEST(text, is_equal_whatever_the_spelling) {
    const text escaped("a\\\"b", 4, spelling::escaped);
    EXPECT_EQ(escaped, text("a\"b"));
    EXPECT_EQ(text("a\"b"), escaped);
    EXPECT_EQ(escaped, escaped);
    EXPECT_NE(escaped, text("a\\\"b"));
    EXPECT_NE(text("ab"), text("a"));
    EXPECT_NE(text("a"), text("ab"));
    EXPECT_NE(text("a"), text("A"));
    EXPECT_NE(text("a\\", 2, spelling::escaped), text("a"));
    EXPECT_EQ(text(""), text());
    EXPECT_EQ(text::nil(), text::nil());
    EXPECT_NE(text::nil(), text(""));
    EXPECT_NE(text(""), text::nil());
    EXPECT_EQ(text::streamed(5, 1), text::streamed(5, 1));
    EXPECT_NE(text::streamed(5, 1), text::streamed(5, 2));
    EXPECT_NE(text::streamed(5, 1), text::streamed(6, 1));
    EXPECT_NE(text::streamed(0), text(""));
}

TEST(text, compares_letters_in_either_case) {
    EXPECT_TRUE(text("InBoX").equal_ignoring_case("INBOX"));
    EXPECT_TRUE(text("in\\\"x", 5, spelling::escaped).equal_ignoring_case("IN\"X"));
    EXPECT_FALSE(text("INBOX/x").equal_ignoring_case("INBOX"));
    EXPECT_FALSE(text("\xc3\xa9").equal_ignoring_case("\xc3\x89"));
    EXPECT_FALSE(text::nil().equal_ignoring_case(text::nil()));
    EXPECT_FALSE(text::streamed(1).equal_ignoring_case(text::streamed(1)));
}

} // namespace
} // namespace mailwire
