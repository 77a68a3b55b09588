// SPDX-License-Identifier: BSL-1.0
#include "mailwire/sasl/external.hpp"

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

// RFC 4422 appendix A; an empty response is one.
TEST(sasl_external, client) {
    external_client derived;
    EXPECT_EQ(say(derived, "", 0).step, step{status::done});
    external_client fred("fred@example.com");
    EXPECT_EQ(test::say_in_least_room(fred, "").text, "fred@example.com");
    EXPECT_EQ(say(fred, "").step, failed(fault::unexpected_message));
    external_client eager("fred");
    EXPECT_EQ(say(eager, "x").step, failed(fault::unexpected_message));
    external_client control("fr\x1f");
    EXPECT_EQ(say(control, "").step, failed(fault::bad_credential, 2));
    external_client huge(std::string_view("", SIZE_MAX));
    EXPECT_EQ(say(huge, "").step, no_room(SIZE_MAX));
}

TEST(sasl_external, server) {
    struct {
        std::string_view response;
        sasl::step step;
        std::string_view identity;
    } const rows[] = {
        {"", {status::done}, ""},
        {"user", {status::done}, "user"},
        {"root", failed(fault::not_allowed), ""},
        {"\0"sv, failed(fault::control_character, 0), ""},
        {"user\0"sv, failed(fault::control_character, 4), ""},
        {"us\xff", failed(fault::bad_encoding, 2), ""},
        {"users", failed(fault::too_long), ""},
    };
    for (const auto& row : rows) {
        site s;
        char lent[4];
        external_server m(s, lent);
        EXPECT_EQ(say(m, row.response).step, row.step) << row.response;
        EXPECT_EQ(m.identity(), row.identity);
        EXPECT_EQ(say(m, "").step.status, status::failed);
    }
}

} // namespace
} // namespace mailwire::sasl
