// SPDX-License-Identifier: BSL-1.0

#include <mailwire/pop3/keep/listing_check.hpp>

#include <gtest/gtest.h>

#include <vector>

namespace mailwire::pop3::test {
namespace {

struct line {
    std::uint32_t number;
    std::string_view id;
};

bool listed(listing_check& check, const std::vector<line>& lines) {
    for (const line& l : lines) {
        check.line(l.number, listing_check::digest(l.number, l.id));
    }
    return check.end();
}

// PK-7
TEST(listing_check, a_second_listing_goes_with_the_first) {
    struct {
        std::vector<line> second;
        bool same;
    } const rows[] = {
        {{{1, "a"}, {2, "b"}, {3, "c"}}, true},
        {{{3, "c"}, {1, "a"}, {2, "b"}}, true},
        {{{1, "a"}, {2, "b"}, {3, "c"}, {4, "new"}}, true},
        {{{1, "a"}, {3, "c"}}, true}, // without the message that is marked
        {{{1, "a"}, {3, "c"}, {4, "new"}}, true},
        {{{1, "a"}, {2, "b"}}, false},
        {{{1, "a"}}, false},
        {{}, false},
        {{{1, "a"}, {2, "c"}}, false}, // numbered anew
        {{{1, "b"}, {2, "a"}, {3, "c"}}, false},
        {{{1, "a"}, {2, "b"}, {3, "C"}}, false},
        {{{1, "a"}, {1, "a"}, {3, "c"}}, false},
    };
    for (const auto& r : rows) {
        listing_check check;
        EXPECT_TRUE(listed(check, {{1, "a"}, {2, "b"}, {3, "c"}}));
        check.marked(listing_check::digest(2, "b"));
        EXPECT_EQ(listed(check, r.second), r.same);
        EXPECT_TRUE(listed(check, {{1, "a"}, {3, "c"}}));
    }
}

TEST(listing_check, an_empty_maildrop) {
    listing_check check;
    EXPECT_TRUE(listed(check, {}));
    EXPECT_TRUE(listed(check, {}));
    EXPECT_TRUE(listed(check, {{1, "new"}}));
}

TEST(listing_check, digests_tell_lines_apart) {
    static_assert(listing_check::digest(1, "a") != listing_check::digest(2, "a"));
    static_assert(listing_check::digest(1, "a") != listing_check::digest(1, "b"));
    static_assert(listing_check::digest(1, "a") != listing_check::digest(257, "a"));
    static_assert(listing_check::digest(1, {}) != listing_check::digest(0x1000001U, {}));
}

} // namespace
} // namespace mailwire::pop3::test
