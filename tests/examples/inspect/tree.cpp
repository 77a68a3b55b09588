// SPDX-License-Identifier: BSL-1.0
#include "inspect/tree.hpp"

#include <array>

#include <gtest/gtest.h>

#include "mailwire/imap/profile.hpp"
#include "mailwire/pop3/profile.hpp"

namespace inspect::test {
namespace {

namespace imap = mailwire::imap;
namespace pop3 = mailwire::pop3;
using mailwire::id_of;
using mailwire::token;
using mailwire::token_kind;

// Two alternatives may have the same word, and each profile knows its own only.
TEST(tree, finds_words) {
    EXPECT_EQ(word_of<imap::everything>(id_of<imap::uid_fetch>), "UID FETCH");
    EXPECT_EQ(word_of<imap::everything>(id_of<imap::fetch_uid>), "UID");
    EXPECT_EQ(word_of<imap::everything>(id_of<imap::exists>), "EXISTS");
    EXPECT_EQ(word_of<pop3::everything>(id_of<pop3::capability::sasl>), "SASL");
    EXPECT_EQ(word_of<pop3::everything>(id_of<imap::uid_fetch>), "");
    EXPECT_EQ(word_of<imap::everything>(mailwire::unknown_id), "");
}

TEST(tree, follows_the_sizes_of_lists) {
    const std::array tokens{token(token_kind::list, 0, 2), token(token_kind::list, 1, 1), token(token_kind::atom, 2, 1),
                            token(token_kind::nil, 6, 3)};
    const auto tree = tree_of("((a)) NIL", {"((a)) NIL", tokens}, word_of<imap::everything>);
    ASSERT_EQ(tree.size(), 2U);
    ASSERT_EQ(tree[0].fields.size(), 1U);
    ASSERT_EQ(tree[0].fields[0].fields.size(), 1U);
    EXPECT_EQ(tree[0].fields[0].fields[0].octets, "a");
    EXPECT_EQ(tree[0].fields[0].offset, 1U);
    EXPECT_EQ(tree[1].kind, "nil");
    EXPECT_EQ(tree[1].octets, "NIL");
}

// The words before a list are none of its items.
TEST(tree, finds_items_of_a_list_inside_it) {
    const std::array tokens{token(token_kind::list, 4, 1), token(token_kind::item, id_of<imap::fetch_uid>, 0)};
    const auto tree = tree_of("UID (UID)", {"UID (UID)", tokens}, word_of<imap::everything>);
    EXPECT_EQ(tree.at(0).fields.at(0).offset, 5U);
}

// An item has no offset of its own: it begins with its word, in any case, behind what was read before; or with the
// number before the word.
TEST(tree, finds_where_items_begin) {
    const std::array tokens{token(token_kind::atom, 0, 3), token(token_kind::item, id_of<imap::fetch_uid>, 0),
                            token(token_kind::item, id_of<imap::exists>, 1), token(token_kind::number, 8, 2)};
    const auto tree = tree_of("UID uid 23 EXISTS", {"UID uid 23 EXISTS", tokens}, word_of<imap::everything>, 100);
    ASSERT_EQ(tree.size(), 3U);
    EXPECT_EQ(tree[0].offset, 100U);
    EXPECT_EQ(tree[1].offset, 104U);
    EXPECT_EQ(tree[1].word, "UID");
    EXPECT_EQ(tree[2].offset, 108U);
    EXPECT_EQ(tree[2].fields.at(0).offset, 108U);
}

} // namespace
} // namespace inspect::test
