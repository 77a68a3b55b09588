// SPDX-License-Identifier: BSL-1.0
#include "mailwire/sasl/plain.hpp"

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

// RFC 4616 4
TEST(sasl_plain, client) {
    plain_client tim({"tim", "tanstaaftanstaaf"});
    const auto first = test::say_in_least_room(tim, "");
    EXPECT_EQ(first.step, (step{status::done, 21}));
    EXPECT_EQ(first.text, "\0tim\0tanstaaftanstaaf"sv);
    plain_client kurt({"Kurt", "xipj3plmq", "Ursel"});
    EXPECT_EQ(say(kurt, "").text, "Ursel\0Kurt\0xipj3plmq"sv);
}

// G6: a server that goes on asking gets nothing more.
TEST(sasl_plain, client_and_challenges_it_does_not_have) {
    plain_client eager({"tim", "secret"});
    EXPECT_EQ(say(eager, "Password:").step, failed(fault::unexpected_message));
    plain_client once({"tim", "secret"});
    EXPECT_EQ(say(once, "").step.status, status::done);
    for (int i = 0; i != 1000; ++i)
        EXPECT_EQ(say(once, "").step, failed(fault::unexpected_message));
}

// I7, D4
TEST(sasl_plain, client_with_credentials_it_cannot_send) {
    struct {
        credentials who;
        std::size_t offset;
    } const rows[] = {
        {{"", "secret"}, 0},      {{"tim", ""}, 0},       {{"t\0m"sv, "secret"}, 1},       {{"tim", "s\0crt"sv}, 1},
        {{"tim", "secr\n"}, 4},   {{"u\1", "secret"}, 1}, {{"tim", "secret", "b\x7f"}, 1}, {{"t\xffm", "secret"}, 1},
        {{"tim", "sec\xf6t"}, 3},
    };
    for (const auto& row : rows) {
        plain_client m(row.who);
        EXPECT_EQ(say(m, "").step, failed(fault::bad_credential, row.offset)) << row.who.user;
    }
}

// I5: the size is looked at before the octets.
TEST(sasl_plain, client_with_sizes_that_cannot_be) {
    const std::string_view gigabytes("", std::size_t{1} << 31);
    const std::string_view all("", SIZE_MAX);
    plain_client two({gigabytes, "x"});
    EXPECT_EQ(say(two, "").step, no_room((std::size_t{1} << 31) + 3));
    plain_client six({gigabytes, gigabytes, gigabytes});
    EXPECT_EQ(say(six, "").step, no_room(3 * (std::size_t{1} << 31) + 2));
    plain_client wraps({all, all, all});
    EXPECT_EQ(say(wraps, "").step, no_room(SIZE_MAX));
}

TEST(sasl_plain, read) {
    const std::string longest(255, 'x');
    struct {
        std::string message;
        credentials read;
    } const rows[] = {
        {std::string("\0tim\0tanstaaftanstaaf"sv), {"tim", "tanstaaftanstaaf", ""}},
        {std::string("Ursel\0Kurt\0xipj3plmq"sv), {"Kurt", "xipj3plmq", "Ursel"}},
        {std::string("\0t m\0p w"sv), {"t m", "p w", ""}},
        {std::string("\0\xc3\xb6\0\xf0\x9f\x94\x91"sv), {"\xc3\xb6", "\xf0\x9f\x94\x91", ""}},
        {longest + '\0' + longest + '\0' + longest, {longest, longest, longest}},
    };
    for (const auto& row : rows) {
        credentials read;
        EXPECT_EQ(read_plain(row.message, read), finding{});
        EXPECT_EQ(read.authorization, row.read.authorization);
        EXPECT_EQ(read.user, row.read.user);
        EXPECT_EQ(read.password, row.read.password);
    }
}

// D3, D4, I7
TEST(sasl_plain, read_what_is_none) {
    struct {
        std::string_view message;
        finding found;
    } const rows[] = {
        {"", {fault::bad_syntax, 0}},
        {"\0"sv, {fault::bad_syntax, 1}},
        {"\0\0"sv, {fault::bad_syntax, 1}},
        {"tim", {fault::bad_syntax, 3}},
        {"\0tim"sv, {fault::bad_syntax, 4}},
        {"\0tim\0"sv, {fault::bad_syntax, 5}},
        {"\0\0pass"sv, {fault::bad_syntax, 1}},
        {"\0u1\0pass\0"sv, {fault::bad_syntax, 8}},
        {"\0u1\0pass\0more"sv, {fault::bad_syntax, 8}},
        {"\0u\1\0pass"sv, {fault::control_character, 2}},
        {"\0u1\0pa\rss"sv, {fault::control_character, 6}},
        {"b\n\0u1\0pass"sv, {fault::control_character, 1}},
        {"\0u1\0pa\xffss"sv, {fault::bad_encoding, 6}},
    };
    for (const auto& row : rows) {
        credentials read;
        EXPECT_EQ(read_plain(row.message, read), row.found) << row.message;
        site s;
        char lent[64];
        plain_server m(s, lent);
        EXPECT_EQ(say(m, row.message).step, failed(row.found.fault, row.found.offset)) << row.message;
        EXPECT_EQ(s.asked, 0);
    }
}

TEST(sasl_plain, server) {
    struct {
        std::string_view message;
        sasl::step step;
        std::string_view identity;
        int asked;
    } const rows[] = {
        {"\0user\0pencil"sv, {status::done}, "user", 1},
        {"user\0user\0pencil"sv, {status::done}, "user", 1},
        {"boss\0user\0pencil"sv, {status::done}, "boss", 2},
        {"root\0user\0pencil"sv, failed(fault::not_allowed), "", 2},
        {"\0user\0pencils"sv, failed(fault::not_allowed), "", 1},
        {"\0user\0penci"sv, failed(fault::not_allowed), "", 1},
        {"\0User\0pencil"sv, failed(fault::not_allowed), "", 1},
        {"boss\0user\0wrong"sv, failed(fault::not_allowed), "", 1},
    };
    for (const auto& row : rows) {
        site s;
        char lent[4];
        plain_server m(s, lent);
        EXPECT_EQ(m.identity(), "");
        EXPECT_EQ(say(m, row.message).step, row.step) << row.message;
        EXPECT_EQ(m.identity(), row.identity);
        EXPECT_EQ(s.asked, row.asked);
        EXPECT_EQ(say(m, row.message).step.status, status::failed);
        EXPECT_EQ(m.identity(), "");
    }
}

TEST(sasl_plain, server_with_too_little_memory) {
    site s;
    char lent[3];
    plain_server m(s, lent);
    EXPECT_EQ(say(m, "\0user\0pencil"sv).step, failed(fault::too_long));
    EXPECT_EQ(s.asked, 0);
}

} // namespace
} // namespace mailwire::sasl
