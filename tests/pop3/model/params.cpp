// SPDX-License-Identifier: BSL-1.0

#include <mailwire/pop3/model/params.hpp>

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace mailwire::pop3 {
namespace {

std::vector<std::string> words(params p) {
    std::vector<std::string> result;
    for (const std::string_view word : p) {
        result.emplace_back(word);
    }
    return result;
}

TEST(params, are_walked) {
    using list = std::vector<std::string>;
    EXPECT_EQ(words(""), list{});
    EXPECT_EQ(words("PLAIN"), list{"PLAIN"});
    EXPECT_EQ(words("CRAM-MD5 KERBEROS_V4 X"), (list{"CRAM-MD5", "KERBEROS_V4", "X"}));
    EXPECT_TRUE(params().empty());
    EXPECT_FALSE(params("x").empty());
    EXPECT_EQ(params("a b").line(), "a b");
}

TEST(params, contain_a_word_in_any_case) {
    constexpr params mechanisms("PLAIN LOGIN");
    static_assert(mechanisms.contains("plain"));
    static_assert(mechanisms.contains("LOGIN"));
    static_assert(!mechanisms.contains("LOG"));
    static_assert(!mechanisms.contains("PLAIN LOGIN"));
    static_assert(!mechanisms.contains(""));
    static_assert(!params().contains("PLAIN"));
}

} // namespace
} // namespace mailwire::pop3
