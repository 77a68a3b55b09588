// SPDX-License-Identifier: BSL-1.0
#include "mailwire/sasl/xoauth2.hpp"

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

TEST(sasl_xoauth2, client) {
    xoauth2_client m({"someuser@example.com", "vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg=="});
    EXPECT_EQ(test::say_in_least_room(m, "").text,
              "user=someuser@example.com\1auth=Bearer vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg==\1\1");
    EXPECT_TRUE(m.complete());
    const auto answer = say(m, R"({"status":"401","schemes":"bearer","scope":"https://mail.example.com/"})", 0);
    EXPECT_EQ(answer.step, (step{status::more, 0, fault::refused}));
    EXPECT_FALSE(m.complete());
}

// I7
TEST(sasl_xoauth2, client_with_credentials_it_cannot_send) {
    struct {
        bearer_credentials shown;
        std::size_t offset;
    } const rows[] = {
        {{"", "abc"}, 0}, {{"u\1", "abc"}, 1}, {{"u\xff", "abc"}, 1}, {{"user", ""}, 0}, {{"user", "ab\1"}, 2},
    };
    for (const auto& row : rows) {
        xoauth2_client m(row.shown);
        EXPECT_EQ(say(m, "").step, failed(fault::bad_credential, row.offset)) << row.shown.user;
    }
}

TEST(sasl_xoauth2, server) {
    struct {
        std::string_view message;
        sasl::step step;
        std::string_view identity;
    } const rows[] = {
        {"user=user\1auth=Bearer tok.en==\1\1", {status::done}, "user"},
        {"user=user\1auth=bEARER tok.en==\1\1", {status::done}, "user"},
        {"user=user\1auth=Bearer tok.en=\1\1", {status::more, 2, fault::not_allowed}, ""},
        {"user=boss\1auth=Bearer tok.en==\1\1", {status::more, 2, fault::not_allowed}, ""},
        {"", failed(fault::bad_syntax, 0), ""},
        {"USER=user\1auth=Bearer tok.en==\1\1", failed(fault::bad_syntax, 0), ""},
        {"user=\1auth=Bearer tok.en==\1\1", failed(fault::bad_syntax, 5), ""},
        {"user=us\ner\1auth=Bearer tok.en==\1\1", failed(fault::control_character, 7), ""},
        {"user=us\0er\1auth=Bearer tok.en==\1\1"sv, failed(fault::control_character, 7), ""},
        {"user=us\xff\1auth=Bearer tok.en==\1\1", failed(fault::bad_encoding, 7), ""},
        {"user=user", failed(fault::bad_syntax, 9), ""},
        {"user=user\1auth=Basic tok.en==\1\1", failed(fault::bad_syntax, 16), ""},
        {"user=user\1auth=Bearer \1\1", failed(fault::bad_syntax, 22), ""},
        {"user=user\1auth=Bearer  tok.en==\1\1", failed(fault::bad_syntax, 22), ""},
        {"user=user\1auth=Bearer tok.en==\1", failed(fault::bad_syntax, 31), ""},
        {"user=user\1auth=Bearer tok.en==\1\1x", failed(fault::bad_syntax, 32), ""},
        {"user=users\1auth=Bearer tok.en==\1\1", failed(fault::too_long, 5), ""},
    };
    for (const auto& row : rows) {
        site s;
        s.token = "tok.en==";
        s.token_error = "{}";
        char lent[4];
        xoauth2_server<site> m(s, lent);
        EXPECT_EQ(say(m, row.message).step, row.step) << row.message;
        EXPECT_EQ(m.identity(), row.identity);
        if (row.step.status == status::more) {
            EXPECT_EQ(say(m, "").step, failed(fault::not_allowed));
        }
    }
}

} // namespace
} // namespace mailwire::sasl
