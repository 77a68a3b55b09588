// SPDX-License-Identifier: BSL-1.0
#include "mailwire/core/control.hpp"

#include "mailwire/core/input.hpp"
#include "mailwire/core/rules.hpp"

#include <gtest/gtest.h>

namespace mailwire {
namespace {

// A rule that says with which mode it was asked.
template <bool Island> struct probe;
template <> struct probe<false> {
    using rule_t = probe;
    using subs_t = pegtl::type_list<>;
    template <apply_mode A, rewind_mode M, template <typename...> class, template <typename...> class, typename In>
    static bool match(In& in) {
        in.tape().push(token_kind::raw, A == apply_mode::action ? 1 : 0, M == rewind_mode::active ? 1 : 0);
        in.bump(1);
        return true;
    }
};
template <> struct probe<true> : probe<false> { using island = void; };

// PEGTL's own combinators and rules with a simple match are run as they are, islands or not.
TEST(control, runs_a_rule) {
    token storage[4];
    input in("abc", storage);
    EXPECT_TRUE(run<probe<false>>(in));
    EXPECT_TRUE((run<probe<true>, apply_mode::nothing>(in)));
    EXPECT_EQ(in.tape().tokens()[0].offset, 1U);
    EXPECT_EQ(in.tape().tokens()[1].offset, 0U);
    EXPECT_EQ(in.tape().tokens()[1].size(), 1U);
    EXPECT_TRUE(run<ch<'c'>>(in));
    EXPECT_TRUE(in.empty());
    input again("ab", {});
    EXPECT_TRUE((run<pegtl::seq<ch<'a'>, ch<'b'>>>(again)));
    EXPECT_FALSE(run<ch<'c'>>(again));
}

} // namespace
} // namespace mailwire
