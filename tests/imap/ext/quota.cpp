// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/ext/quota.hpp"

#include "mailwire/imap/parse.hpp"
#include "mailwire/imap/write.hpp"
#include "support/rows.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>

namespace mailwire::imap {
namespace {

using test::expect_rule;
using test::refused;

TEST(quota, commands) {
    test::good_commands({
        {"X-2087/9208-1", "a1 GETQUOTA \"!partition/sda4\"\r\n", "a1 GETQUOTA !partition/sda4\r\n"},
        {"X-2087/9208-1", "a1 GETQUOTA \"\"\r\n"},
        {"X-2087/9208-2", "a1 getquotaroot INBOX\r\n", "a1 GETQUOTAROOT INBOX\r\n"},
        {"X-2087/9208-3", "a1 SETQUOTA \"#user/alice\" (STORAGE 510)\r\n", "a1 SETQUOTA #user/alice (STORAGE 510)\r\n"},
        {"X-2087/9208-3", "a1 SETQUOTA \"\" ()\r\n"},
        {"X-2087/9208-6", "a1 SETQUOTA \"\" (MAILBOX 10 X-FOO 1)\r\n"},
        {"X-2087/9208-6", "a1 SETQUOTA {2}\r\na\n (STORAGE 9223372036854775807)\r\n"},
    });
    test::bad_commands({
        {"X-2087/9208-1", "a1 GETQUOTA\r\n", errc::syntax, 11},
        {"X-2087/9208-1", "a1 GETQUOTA a b\r\n", errc::syntax, 13},
        {"X-2087/9208-2", "a1 GETQUOTAROOT\r\n", errc::syntax, 15},
        {"X-2087/9208-3", "a1 SETQUOTA \"\" (STORAGE)\r\n", errc::syntax, 23},
        {"X-2087/9208-3", "a1 SETQUOTA \"\" STORAGE 512\r\n", errc::syntax, 15},
        {"X-2087/9208-3", "a1 SETQUOTA \"\" (STORAGE -1)\r\n", errc::syntax, 24},
        {"X-2087/9208-3", "a1 SETQUOTA \"\" (STORAGE 9223372036854775808)\r\n", errc::number_too_big, 24},
        {"X-2087/9208-3", "a1 SETQUOTA \"\" (\"STORAGE\" 1)\r\n", errc::syntax, 16},
    });
}

TEST(quota, responses) {
    test::good_responses({
        {"X-2087/9208-1", "* QUOTA \"!partition/sda4\" (STORAGE 104 10923847)\r\n",
         "* QUOTA !partition/sda4 (STORAGE 104 10923847)\r\n"},
        {"X-2087/9208-4", "* QUOTA \"\" (STORAGE 10 512 MESSAGE 42 1000)\r\n"},
        {"X-2087/9208-6", "* QUOTA \"\" (annotation-storage 0 10)\r\n"},
        {"X-2087/9208-5", "* QUOTAROOT comp.mail.mime\r\n"},
        {"X-2087/9208-2", "* QUOTAROOT INBOX \"#user/alice\" {3}\r\na b\r\n",
         "* QUOTAROOT INBOX #user/alice \"a b\"\r\n"},
        {"X-2087/9208-7", "* STATUS INBOX (MESSAGES 12 DELETED 4 DELETED-STORAGE 8)\r\n"},
    });
    test::bad_responses({
        {"D16", "* QUOTA \"\" ()\r\n", errc::syntax, 12},
        {"X-2087/9208-4", "* QUOTA \"\" (STORAGE 10)\r\n", errc::syntax, 22},
        {"X-2087/9208-4", "* QUOTA \"\" (STORAGE 10 512 )\r\n", errc::syntax, 27},
        {"X-2087/9208-4", "* QUOTA \"\" (STORAGE 10 9223372036854775808)\r\n", errc::number_too_big, 23},
        {"X-2087/9208-4", "* QUOTA\r\n", errc::syntax, 7},
        {"X-2087/9208-5", "* QUOTAROOT\r\n", errc::syntax, 11},
        {"X-2087/9208-7", "* STATUS x (DELETED-STORAGE -1)\r\n", errc::syntax, 28},
        {"X-2087/9208-7", "* STATUS x (DELETED-STORAGE)\r\n", errc::syntax, 27},
    });
}

// Usage and limits have 63 bits whatever the revision.
TEST(quota, numbers) {
    const dialect rev1{.forms = ~forms::rev2};
    test::good_responses({{"X-2087/9208-4", "* QUOTA \"\" (STORAGE 9223372036854775807 9223372036854775807)\r\n"},
                          {"X-2087/9208-7", "* STATUS x (DELETED-STORAGE 9223372036854775807)\r\n"}},
                         rev1);
}

TEST(quota, status_item) {
    test::good_commands({{"X-2087/9208-7", "a1 STATUS INBOX (MESSAGES DELETED DELETED-STORAGE)\r\n"}});
    token tape[32];
    const auto command = parse_command("a STATUS x (DELETED-STORAGE)\r\n", tape).value.value().as<status>();
    EXPECT_TRUE(command.att.get<status_deleted_storage>());
    const auto data = parse_response("* STATUS x (DELETED 4 DELETED-STORAGE 8)\r\n", tape).value.as<status_data>();
    EXPECT_EQ(data.values.get<deleted_storage>(), deleted_storage{8});
    EXPECT_EQ(data.values.get<deleted>(), deleted{4});
}

TEST(quota, rules) {
    expect_rule<grammar::resource_name>({{"STORAGE", 7}, {"X-FOO ", 5}, {"\"STORAGE\"", refused}, {"", refused}});
    expect_rule<grammar::resource_limit>({{"0", 1}, {"9223372036854775808", refused}});
    expect_rule<grammar::resource_usage>({{"9223372036854775807", 19}, {"-1", refused}});
    expect_rule<grammar::quota_resource>({{"STORAGE 1 2", 11}, {"STORAGE 1", refused}});
    expect_rule<grammar::quota_list>({{"(A 1 2 B 3 4)", 13}, {"()", refused}});
    expect_rule<grammar::setquota_resource>({{"STORAGE 1", 9}, {"STORAGE", refused}});
    expect_rule<grammar::setquota_list>({{"()", 2}, {"(A 1 B 2)", 9}, {"(A)", refused}});
}

template <typename Command> std::optional<Command> read(std::string_view wire, std::span<token> tape) {
    return parse_command(wire, tape).value.value().get<Command>();
}

TEST(quota, fields) {
    token tape[32];
    EXPECT_EQ(read<getquota>("a GETQUOTA \"a b\"\r\n", tape), getquota{"a b"});
    EXPECT_EQ(read<getquotaroot>("a GETQUOTAROOT b\r\n", tape), getquotaroot{"b"});
    EXPECT_EQ(read<setquota>("a SETQUOTA r (A 1 B 2)\r\n", tape), (setquota{"r", {{"A", 1}, {"B", 2}}}));
    EXPECT_EQ(read<setquota>("a SETQUOTA r ()\r\n", tape), (setquota{"r", {}}));
    const auto quota = parse_response("* QUOTA r (STORAGE 10 512 X 1 2)\r\n", tape).value.as<quota_data>();
    EXPECT_EQ(quota, (quota_data{"r", {{"STORAGE", 10, 512}, {"X", 1, 2}}}));
    const auto roots = parse_response("* QUOTAROOT b \"\" x\r\n", tape).value.as<quotaroot_data>();
    EXPECT_EQ(roots, (quotaroot_data{"b", {"", "x"}}));
    EXPECT_TRUE(parse_response("* QUOTAROOT b\r\n", tape).value.as<quotaroot_data>().roots.empty());
}

template <typename Value> std::string written(const Value& value) {
    std::string result;
    string_sink out(result);
    misuse fault = misuse::none;
    if constexpr (requires { Value::legal; }) {
        fault = write_command(out, "a", value);
    } else {
        fault = write_data(out, value);
    }
    return fault == misuse::none ? result : "refused";
}

TEST(quota, is_written_from_a_program) {
    EXPECT_EQ(written(setquota{"", {{"STORAGE", 5}}}), "a SETQUOTA \"\" (STORAGE 5)\r\n");
    EXPECT_EQ(written(setquota{"", {}}), "a SETQUOTA \"\" ()\r\n");
    EXPECT_EQ(written(quota_data{"a b", {{"MESSAGE", 1, 2}, {"X", 3, 4}}}), "* QUOTA \"a b\" (MESSAGE 1 2 X 3 4)\r\n");
    EXPECT_EQ(written(quotaroot_data{"x", {"", "y"}}), "* QUOTAROOT x \"\" y\r\n");
    EXPECT_EQ(written(quota_data{"", {}}), "refused");
    EXPECT_EQ(written(quota_data{"", {{"a b", 1, 2}}}), "refused");
    EXPECT_EQ(written(quota_data{"", {{"A", 1, 9223372036854775808U}}}), "refused");
    EXPECT_EQ(written(setquota{"", {{"", 1}}}), "refused");
    EXPECT_EQ(written(getquota{text::nil()}), "refused");
}

static_assert(quota_extension::capability == "QUOTA");

} // namespace
} // namespace mailwire::imap
