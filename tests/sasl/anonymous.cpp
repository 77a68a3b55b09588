// SPDX-License-Identifier: BSL-1.0
#include "mailwire/sasl/anonymous.hpp"

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

std::string times(std::size_t count, std::string_view text) {
    std::string all;
    for (std::size_t i = 0; i != count; ++i)
        all += text;
    return all;
}

TEST(sasl_anonymous, traces) {
    struct {
        std::string trace;
        finding found;
    } const rows[] = {
        {"", {}},
        {"sirhc", {}},
        {"a@b", {}},
        {"\"a@b\"@example.com", {}},
        {"@b", {fault::bad_syntax, 0}},
        {"a@", {fault::bad_syntax, 1}},
        {"a\nb", {fault::control_character, 1}},
        {std::string("a\0"sv), {fault::control_character, 1}},
        {"a\x80", {fault::bad_encoding, 1}},
        {times(255, "x"), {}},
        {times(256, "x"), {fault::too_long, 255}},
        {times(255, "\xf0\x9f\x94\x91"), {}},
        {times(256, "\xf0\x9f\x94\x91"), {fault::too_long, 1020}},
        {times(300, "x") + "@b", {}},
    };
    for (const auto& row : rows) {
        EXPECT_EQ(check_trace(row.trace), row.found) << row.trace;
        anonymous_client c(row.trace);
        const auto sent = test::say_in_least_room(c, "");
        EXPECT_EQ(sent.step,
                  row.found ? failed(fault::bad_credential, row.found.offset) : (step{status::done, row.trace.size()}));
        EXPECT_EQ(sent.text, row.found ? "" : row.trace);
        site s;
        char lent[1020];
        anonymous_server m(s, lent);
        EXPECT_EQ(say(m, row.trace).step, row.found ? failure(row.found) : step{status::done});
        EXPECT_EQ(m.trace(), row.found ? "" : row.trace);
    }
}

TEST(sasl_anonymous, client_and_challenges_it_does_not_have) {
    anonymous_client m("sirhc");
    EXPECT_EQ(say(m, "").step.status, status::done);
    EXPECT_EQ(say(m, "").step, failed(fault::unexpected_message));
    anonymous_client eager;
    EXPECT_EQ(say(eager, "who?").step, failed(fault::unexpected_message));
    anonymous_client huge(std::string_view("", SIZE_MAX));
    EXPECT_EQ(say(huge, "").step, no_room(SIZE_MAX));
}

// A stranger does not become the user whose name it gives.
TEST(sasl_anonymous, server_identity) {
    site s;
    char lent[5];
    anonymous_server m(s, lent);
    EXPECT_EQ(m.identity(), "");
    EXPECT_EQ(say(m, "admin").step, step{status::done});
    EXPECT_EQ(m.identity(), "anonymous");
    EXPECT_EQ(m.trace(), "admin");
    EXPECT_EQ(say(m, "").step, failed(fault::unexpected_message));
    anonymous_server small(s, lent);
    EXPECT_EQ(say(small, "admins").step, failed(fault::too_long));
}

struct closed {
    bool admits(std::string_view) const { return false; }
};

TEST(sasl_anonymous, server_that_admits_nobody) {
    closed s;
    char lent[8];
    anonymous_server m(s, lent);
    EXPECT_EQ(say(m, "").step, failed(fault::not_allowed));
}

} // namespace
} // namespace mailwire::sasl
