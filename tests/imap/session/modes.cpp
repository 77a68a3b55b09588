// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/session/modes.hpp"

#include "mailwire/imap/profile.hpp"

#include <gtest/gtest.h>

#include <string_view>

namespace mailwire::imap::detail {
namespace {

TEST(imap_modes, of_a_name) {
    EXPECT_EQ(mode_of<everything>("IMAP4rev2"), modes::rev2 | modes::utf8);
    EXPECT_EQ(mode_of<everything>("CONDSTORE"), modes::condstore);
    EXPECT_EQ(mode_of<everything>("qresync"), modes::condstore | modes::qresync) << "RFC 7162 3.2.3";
    EXPECT_EQ(mode_of<everything>("Utf8=Accept"), modes::utf8);
    EXPECT_EQ(mode_of<everything>("UIDONLY"), modes::uidonly);
    for (const std::string_view name : {"IMAP4rev1", "QUOTA", "IDLE", "UTF8=ONLY", "UTF8", "", "X-WHATEVER"})
        EXPECT_EQ(mode_of<everything>(name), 0U) << name;
}

TEST(imap_modes, EN_5_of_all_names_in_a_list) {
    EXPECT_EQ(enabled_by<everything>({"X", "CONDSTORE", "UIDONLY"}), modes::condstore | modes::uidonly);
    EXPECT_EQ(enabled_by<everything>({}), 0U);
}

// What a profile lacks cannot be enabled in it.
TEST(imap_modes, of_a_profile_of_less) {
    EXPECT_EQ(mode_of<rfc9051>("IMAP4rev2"), modes::rev2 | modes::utf8);
    EXPECT_EQ(mode_of<rfc9051>("CONDSTORE"), 0U);
}

} // namespace
} // namespace mailwire::imap::detail
