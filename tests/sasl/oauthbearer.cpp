// SPDX-License-Identifier: BSL-1.0
#include "mailwire/sasl/oauthbearer.hpp"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "sasl/exchange.hpp"
#include "sasl/site.hpp"

namespace mailwire::sasl {
namespace {

using namespace std::string_view_literals;
using test::failed;
using test::say;
using test::site;

// RFC 7628 4.1
constexpr std::string_view token = "vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==";
constexpr std::string_view message = "n,a=user@example.com,\1host=server.example.com\1port=143\1"
                                     "auth=Bearer vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==\1\1";

// RFC 7628 4.3
constexpr std::string_view question = "n,a=user@example.com,\1host=server.example.com\1port=143\1auth=\1\1";
constexpr std::string_view answer = R"({"status":"invalid_token","scope":"example_scope",)"
                                    R"("openid-configuration":"https://example.com/.well-known/openid-configuration"})";

TEST(sasl_oauthbearer, client) {
    oauthbearer_client m({"user@example.com", token, "server.example.com", 143});
    EXPECT_EQ(test::say_in_least_room(m, "").text, message);
    EXPECT_TRUE(m.complete());
    const auto dummy = test::say_in_least_room(m, answer);
    EXPECT_EQ(dummy.step, (step{status::more, 1, fault::refused}));
    EXPECT_EQ(dummy.text, "\1");
    EXPECT_FALSE(m.complete());
    EXPECT_EQ(say(m, answer).step, failed(fault::unexpected_message));
}

TEST(sasl_oauthbearer, client_writes_what_it_is_given) {
    struct {
        bearer_credentials shown;
        std::string_view written;
    } const rows[] = {
        {{"", "abc"}, "n,,\1auth=Bearer abc\1\1"},
        {{"a,b=c", "abc"}, "n,a=a=2Cb=3Dc,\1auth=Bearer abc\1\1"},
        {{"", "abc", "h", 0}, "n,,\1host=h\1auth=Bearer abc\1\1"},
        {{"", "abc", "", 65535}, "n,,\1port=65535\1auth=Bearer abc\1\1"},
    };
    for (const auto& row : rows) {
        oauthbearer_client m(row.shown);
        EXPECT_EQ(test::say_in_least_room(m, "").text, row.written);
    }
}

// I7
TEST(sasl_oauthbearer, client_with_credentials_it_cannot_send) {
    struct {
        bearer_credentials shown;
        std::size_t offset;
    } const rows[] = {
        {{"u\1", "abc"}, 1}, {{"", ""}, 0}, {{"", "a b"}, 1}, {{"", "abc", "h\1", 0}, 1}, {{"", "abc", "h x", 0}, 1},
    };
    for (const auto& row : rows) {
        oauthbearer_client m(row.shown);
        EXPECT_EQ(say(m, "").step, failed(fault::bad_credential, row.offset)) << row.shown.token;
    }
}

TEST(sasl_oauthbearer, server) {
    site s;
    s.user = "user@example.com";
    char lent[16];
    oauthbearer_server<site> m(s, lent);
    EXPECT_EQ(say(m, message).step, step{status::done});
    EXPECT_EQ(m.identity(), "user@example.com");

    s.token_error = answer;
    oauthbearer_server<site> asked(s, lent);
    EXPECT_EQ(test::say_in_least_room(asked, question).text, answer);
    EXPECT_EQ(say(asked, "\1").step, failed(fault::not_allowed));
    EXPECT_EQ(asked.identity(), "");
}

TEST(sasl_oauthbearer, server_reads) {
    struct {
        std::string_view message;
        sasl::step step;
    } const rows[] = {
        {"n,,\1auth=Bearer abc\1\1", {status::done}},
        {"y,,\1auth=Bearer abc\1\1", {status::done}},
        {"n,a=a=2Cb,\1auth=BEARER abc\1\1", {status::done}},
        {"n,,\1mthd=POST\1path=/\1auth=Bearer abc\1qs= \t\r\n\1\1", {status::done}},
        {"n,,\1auth=Bearer abc\1port=143\1host=server.example.com\1\1", {status::done}},
        {"n,,\1auth=Bearer abc\1port=144\1\1", {status::more, 2, fault::not_allowed}},
        {"n,,\1auth=Bearer abc\1host=other\1\1", {status::more, 2, fault::not_allowed}},
        {"n,a=boss,\1auth=Bearer abc\1\1", {status::more, 2, fault::not_allowed}},
        {"n,,\1auth=\1\1", {status::more, 2, fault::not_allowed}},
        {"\1", failed(fault::bad_syntax, 0)},
        {"", failed(fault::bad_syntax, 0)},
        // 4.4 of the RFC itself breaks the rule of 3.1.
        {"n,user=someuser@example.com,\1auth=Bearer abc\1\1", failed(fault::bad_syntax, 2)},
        {"p=tls-unique,,\1auth=Bearer abc\1\1", failed(fault::channel_binding, 0)},
        {"n,,auth=Bearer abc\1\1", failed(fault::bad_syntax, 3)},
        {"n,,\1\1", failed(fault::bad_syntax, 5)},
        {"n,,\1host=h\1\1", failed(fault::bad_syntax, 12)},
        {"n,,\1auth=Bearer abc\1", failed(fault::bad_syntax, 20)},
        {"n,,\1auth=Bearer abc\1\1\1", failed(fault::bad_syntax, 21)},
        {"n,,\1auth=Bearer abc\1auth=Bearer abc\1\1", failed(fault::bad_syntax, 20)},
        {"n,,\1host=a\1host=b\1auth=Bearer abc\1\1", failed(fault::bad_syntax, 11)},
        {"n,,\1port=1\1port=1\1auth=Bearer abc\1\1", failed(fault::bad_syntax, 11)},
        {"n,,\1port=0143\1auth=Bearer abc\1\1", failed(fault::bad_syntax, 9)},
        {"n,,\1port=65536\1auth=Bearer abc\1\1", failed(fault::bad_syntax, 9)},
        {"n,,\1port=\1auth=Bearer abc\1\1", failed(fault::bad_syntax, 9)},
        {"n,,\1port=1x\1auth=Bearer abc\1\1", failed(fault::bad_syntax, 10)},
        {"n,,\1k2=v\1auth=Bearer abc\1\1", failed(fault::bad_syntax, 5)},
        {"n,,\1=v\1auth=Bearer abc\1\1", failed(fault::bad_syntax, 4)},
        {"n,,\1host=\0\1auth=Bearer abc\1\1"sv, failed(fault::bad_syntax, 9)},
        {"n,,\1host=\xff\1auth=Bearer abc\1\1", failed(fault::bad_syntax, 9)},
        {"n,,\1auth=OAuth realm=\"Example\"\1\1", failed(fault::bad_syntax, 9)},
        {"n,,\1auth=Bearer\1\1", failed(fault::bad_syntax, 15)},
        {"n,,\1auth=Bearer a,b\1\1", failed(fault::bad_syntax, 17)},
        {"n,a=u\x02,\1auth=Bearer abc\1\1", failed(fault::control_character, 5)},
        {"n,a=12345678,\1auth=Bearer abc\1\1", failed(fault::too_long, 0)},
    };
    for (const auto& row : rows) {
        site s;
        s.user = "a,b";
        s.token = "abc";
        s.token_error = "{}";
        char lent[7];
        oauthbearer_server<site> m(s, lent);
        EXPECT_EQ(say(m, row.message).step, row.step) << row.message;
        EXPECT_EQ(m.identity(), row.step.status == status::done ? "a,b" : "");
    }
}

} // namespace
} // namespace mailwire::sasl
