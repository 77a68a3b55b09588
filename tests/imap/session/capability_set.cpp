// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/session/offers.hpp"

#include <gtest/gtest.h>

namespace mailwire::imap {
namespace {

TEST(imap_offers, nothing_is_known_at_first) {
    const offers o;
    EXPECT_FALSE(o.known());
    for (const offer each :
         {offer::imap4rev1, offer::imap4rev2, offer::literal_plus, offer::literal_minus, offer::login_disabled})
        EXPECT_FALSE(o.has(each));
}

TEST(imap_offers, names_are_compared_without_case_and_as_a_whole) {
    offers o;
    o.replace({"imap4REV1", "Literal+", "LOGINDISABLED"});
    EXPECT_TRUE(o.known());
    EXPECT_TRUE(o.has(offer::imap4rev1));
    EXPECT_TRUE(o.has(offer::literal_plus));
    EXPECT_TRUE(o.has(offer::login_disabled));
    EXPECT_FALSE(o.has(offer::imap4rev2));
    EXPECT_FALSE(o.has(offer::literal_minus));
    o.replace({"IMAP4rev", "IMAP4rev11", "LITERAL", "XLITERAL-", "LOGINDISABLEDX"});
    for (const offer each :
         {offer::imap4rev1, offer::imap4rev2, offer::literal_plus, offer::literal_minus, offer::login_disabled})
        EXPECT_FALSE(o.has(each));
}

TEST(imap_offers, RX_10_a_list_replaces_the_one_before) {
    offers o;
    o.replace({"IMAP4rev2", "LITERAL-"});
    o.replace({"IMAP4rev1"});
    EXPECT_TRUE(o.has(offer::imap4rev1));
    EXPECT_FALSE(o.has(offer::imap4rev2));
    EXPECT_FALSE(o.has(offer::literal_minus));
    o.replace({});
    EXPECT_TRUE(o.known());
    EXPECT_FALSE(o.has(offer::imap4rev1));
}

} // namespace
} // namespace mailwire::imap
