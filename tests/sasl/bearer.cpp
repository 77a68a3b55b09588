// SPDX-License-Identifier: BSL-1.0
#include "mailwire/sasl/bearer.hpp"

#include <string_view>

#include <gtest/gtest.h>

#include "sasl/exchange.hpp"

namespace mailwire::sasl {
namespace {

using namespace std::string_view_literals;
using test::failed;
using test::say;

TEST(sasl_bearer, tokens) {
    struct {
        std::string_view token;
        finding found;
    } const rows[] = {
        {"a", {}},
        {"vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==", {}},
        {"ya29.-_~+/Z0=", {}},
        {"", {fault::bad_syntax, 0}},
        {"=", {fault::bad_syntax, 0}},
        {"a=b", {fault::bad_syntax, 2}},
        {"a b", {fault::bad_syntax, 1}},
        {"ab\1", {fault::bad_syntax, 2}},
        {"ab\0"sv, {fault::bad_syntax, 2}},
        {"ab\xff", {fault::bad_syntax, 2}},
        {"a\r\n", {fault::bad_syntax, 1}},
    };
    for (const auto& row : rows)
        EXPECT_EQ(check_token(row.token), row.found) << row.token;
}

// The smallest format: the token alone, answered by "!".
struct bare {
    static constexpr std::string_view name() { return "X-BARE"; }
    static constexpr std::string_view dummy = "!";
    static finding check(const bearer_credentials& shown) { return check_token(shown.token); }
    template <sink Out> static void write(Out& out, const bearer_credentials& shown) { out.put(shown.token); }
    static finding read(std::string_view message, memory& names, bearer_credentials& shown) {
        shown.token = message;
        names.keep("me", shown.user);
        return {};
    }
};

TEST(sasl_bearer, client) {
    bearer_client<bare> m({"", "abc"});
    EXPECT_EQ(test::say_in_least_room(m, "").text, "abc");
    EXPECT_TRUE(m.complete());
    const auto answer = test::say_in_least_room(m, "{}");
    EXPECT_EQ(answer.step, (step{status::more, 1, fault::refused}));
    EXPECT_EQ(answer.text, "!");
    EXPECT_FALSE(m.complete());
    EXPECT_EQ(say(m, "{}").step, failed(fault::unexpected_message));
    bearer_client<bare> bad({"", "a c"});
    EXPECT_EQ(say(bad, "").step, failed(fault::bad_credential, 1));
    bearer_client<bare> huge({"", std::string_view("", SIZE_MAX)});
    EXPECT_EQ(say(huge, "").step, no_room(SIZE_MAX));
    bearer_client<bare> eager({"", "abc"});
    EXPECT_EQ(say(eager, "{}").step, failed(fault::unexpected_message));
}

struct one_token {
    std::string_view identity;
    bearer_verdict check(const bearer_credentials& shown) const { return {shown.token.size() < 3, identity}; }
};

TEST(sasl_bearer, server) {
    char lent[5];
    one_token s{""};
    bearer_server<bare, one_token> good(s, lent);
    EXPECT_EQ(say(good, "ab").step, step{status::done});
    EXPECT_EQ(good.identity(), "me");
    EXPECT_EQ(say(good, "ab").step, failed(fault::unexpected_message));
    EXPECT_EQ(good.identity(), "");
    one_token other{"you"};
    bearer_server<bare, one_token> renamed(other, lent);
    EXPECT_EQ(say(renamed, "ab").step, step{status::done});
    EXPECT_EQ(renamed.identity(), "you");
    one_token long_name{"your"};
    bearer_server<bare, one_token> narrow(long_name, lent);
    EXPECT_EQ(say(narrow, "ab").step, failed(fault::too_long));
}

// Whatever the store says of an empty token, it opens nothing.
TEST(sasl_bearer, server_says_why_and_then_no) {
    for (const std::string_view token : {"abc"sv, ""sv}) {
        for (const std::string_view dummy : {"!"sv, ""sv, "!!"sv}) {
            char lent[8];
            one_token s{""};
            bearer_server<bare, one_token> m(s, lent);
            const auto why = test::say_in_least_room(m, token);
            EXPECT_EQ(why.step, (step{status::more, 26, fault::not_allowed}));
            EXPECT_EQ(why.text, R"({"status":"invalid_token"})");
            EXPECT_EQ(say(m, dummy).step, failed(dummy == "!" ? fault::not_allowed : fault::bad_syntax));
            EXPECT_EQ(m.identity(), "");
        }
    }
}

} // namespace
} // namespace mailwire::sasl
