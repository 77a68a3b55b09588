// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/ext/unauthenticate.hpp"

#include "mailwire/imap/parse.hpp"
#include "mailwire/imap/write.hpp"
#include "support/rows.hpp"

#include <gtest/gtest.h>

#include <string>

namespace mailwire::imap {
namespace {

TEST(unauthenticate, is_read_and_written) {
    test::good_commands({
        {"X-8437-1", "a1 UNAUTHENTICATE\r\n"},
        {"X-8437-1", "a1 unauthenticate\r\n", "a1 UNAUTHENTICATE\r\n"},
    });
    test::bad_commands({
        {"X-8437-1", "a1 UNAUTHENTICATE now\r\n", errc::syntax, 17},
        {"X-8437-1", "a1 UNAUTHENTICATE \r\n", errc::syntax, 17},
    });
}

TEST(unauthenticate, facts) {
    token tape[8];
    EXPECT_TRUE(parse_command("a UNAUTHENTICATE\r\n", tape).value.value().is<unauthenticate>());
    EXPECT_EQ(unauthenticate_extension::capability, "UNAUTHENTICATE");
    EXPECT_EQ(effect_of<unauthenticate>(), command_effect::unauthenticates);
    EXPECT_EQ(unauthenticate::legal, legal_in::authenticated);
}

} // namespace
} // namespace mailwire::imap
