// SPDX-License-Identifier: BSL-1.0
#include "mailwire/sasl/login.hpp"

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

// draft-murchison-sasl-login-00 2.3; what a server asks does not matter.
TEST(sasl_login, client) {
    struct {
        std::string_view first;
        std::string_view second;
    } const rows[] = {{"User Name\0"sv, "Password\0"sv}, {"Username:", "Password:"}, {"", ""}, {"Password:", "\xff"}};
    for (const auto& row : rows) {
        login_client tim({"tim", "tanstaaftanstaaf"});
        const auto name = test::say_in_least_room(tim, row.first);
        EXPECT_EQ(name.step, (step{status::more, 3}));
        EXPECT_EQ(name.text, "tim");
        const auto password = test::say_in_least_room(tim, row.second);
        EXPECT_EQ(password.step, (step{status::done, 16}));
        EXPECT_EQ(password.text, "tanstaaftanstaaf");
    }
}

// G6: the third challenge and all behind it.
TEST(sasl_login, client_that_is_asked_on) {
    login_client tim({"tim", "secret"});
    EXPECT_EQ(say(tim, "").step.status, status::more);
    EXPECT_EQ(say(tim, "").step.status, status::done);
    for (int i = 0; i != 1000; ++i)
        EXPECT_EQ(say(tim, "").step, failed(fault::unexpected_message));
}

// I7, I5
TEST(sasl_login, client_with_credentials_it_cannot_send) {
    login_client nobody({"", "secret"});
    EXPECT_EQ(say(nobody, "").step, failed(fault::bad_credential));
    login_client other({"tim", "secret", "boss"});
    EXPECT_EQ(say(other, "").step, failed(fault::bad_credential));
    login_client control({"u\1", "secret"});
    EXPECT_EQ(say(control, "").step, failed(fault::bad_credential, 1));
    login_client latin({"\xf6", "secret"});
    EXPECT_EQ(say(latin, "").step, failed(fault::bad_credential, 0));
    login_client huge({{"", SIZE_MAX}, "secret"});
    EXPECT_EQ(say(huge, "").step, no_room(SIZE_MAX));
    for (const std::string_view password : {""sv, "se\rcret"sv, "se\0cret"sv}) {
        login_client m({"tim", password});
        EXPECT_EQ(say(m, "").step.status, status::more);
        EXPECT_EQ(say(m, "").step, failed(fault::bad_credential, password.empty() ? 0 : 2));
    }
    // 2: passwords may contain arbitrary binary data.
    login_client binary({"tim", "s\xf6\xff"});
    EXPECT_EQ(say(binary, "").step.status, status::more);
    EXPECT_EQ(say(binary, "").text, "s\xf6\xff");
}

TEST(sasl_login, server) {
    site s;
    char lent[4];
    login_server m(s, lent);
    EXPECT_EQ(test::say_in_least_room(m, "").text, "Username:");
    EXPECT_EQ(test::say_in_least_room(m, "user").text, "Password:");
    EXPECT_EQ(m.identity(), "");
    EXPECT_EQ(say(m, "pencil").step, step{status::done});
    EXPECT_EQ(m.identity(), "user");
    EXPECT_EQ(say(m, "pencil").step, failed(fault::unexpected_message));
    EXPECT_EQ(m.identity(), "");
}

TEST(sasl_login, server_prompts) {
    site s;
    char lent[16];
    login_server m(s, lent, {}, {"User Name", "Password"});
    EXPECT_EQ(say(m, "").text, "User Name");
    EXPECT_EQ(say(m, "user").text, "Password");
}

// D4, I7
TEST(sasl_login, server_and_wrong_answers) {
    struct {
        std::string_view name;
        std::string_view password;
        sasl::step step;
    } const rows[] = {
        {"user", "pencils", failed(fault::not_allowed)},
        {"User", "pencil", failed(fault::not_allowed)},
        {"user", "", failed(fault::bad_syntax)},
        {"", "", failed(fault::bad_syntax)},
        {"u\1", "", failed(fault::control_character, 1)},
        {"u\xff", "", failed(fault::bad_encoding, 1)},
        {"user", "p\0"sv, failed(fault::control_character, 1)},
        {"users", "pencil", failed(fault::too_long)},
    };
    for (const auto& row : rows) {
        site s;
        char lent[4];
        login_server m(s, lent);
        EXPECT_EQ(say(m, "").step.status, status::more);
        const auto name = say(m, row.name);
        EXPECT_EQ(name.step.status == status::more ? say(m, row.password).step : name.step, row.step) << row.name;
        EXPECT_EQ(m.identity(), "");
    }
}

// curl and mutt send the name with the command, as if they had been asked.
TEST(sasl_login, takes_the_name_before_it_has_asked) {
    for (const bool early : {false, true}) {
        site s;
        char lent[16];
        char out[64];
        login_server m(s, lent);
        const auto first = begin(m, early ? std::optional<std::string_view>("user") : std::nullopt, out);
        EXPECT_EQ(first.status, status::more);
        EXPECT_EQ(std::string_view(out, first.size), early ? "Password:" : "Username:");
        if (!early) {
            EXPECT_EQ(say(m, "user").step.status, status::more);
        }
        EXPECT_EQ(say(m, "pencil").step.status, status::done);
        EXPECT_EQ(m.identity(), "user");
    }
}

} // namespace
} // namespace mailwire::sasl
