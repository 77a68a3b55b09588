// SPDX-License-Identifier: BSL-1.0
#include "mailwire/sasl/fault.hpp"

#include <set>
#include <string_view>

#include <gtest/gtest.h>

namespace mailwire::sasl {
namespace {

// Every value has a name of its own, and the last ones are the local ones.
TEST(sasl_fault, names) {
    std::set<std::string_view> names;
    int count = 0;
    for (int i = 0; std::string_view(name_of(static_cast<fault>(i))) != "unknown"; ++i, ++count)
        names.insert(name_of(static_cast<fault>(i)));
    EXPECT_EQ(count, static_cast<int>(fault::crypto_failed) + 1);
    EXPECT_EQ(names.size(), static_cast<std::size_t>(count));
    EXPECT_STREQ(name_of(fault::wrong_nonce), "wrong nonce");
}

TEST(sasl_fault, local_or_the_peers) {
    struct {
        fault which;
        bool local;
    } const rows[] = {
        {fault::none, false},
        {fault::bad_syntax, false},
        {fault::bad_server_signature, false},
        {fault::refused, false},
        {fault::not_allowed, false},
        {fault::bad_credential, true},
        {fault::no_room, true},
        {fault::crypto_failed, true},
        {fault::bad_record, true},
        {fault::unexpected_message, false},
    };
    for (const auto& row : rows)
        EXPECT_EQ(is_local(row.which), row.local) << name_of(row.which);
}

TEST(sasl_fault, a_finding_tests_true) {
    EXPECT_FALSE(finding{});
    EXPECT_TRUE((finding{fault::bad_syntax, 0}));
}

} // namespace
} // namespace mailwire::sasl
