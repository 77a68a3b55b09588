// SPDX-License-Identifier: BSL-1.0
#include "mailwire/core/tls_policy.hpp"

#include <gtest/gtest.h>

#include <array>

namespace mailwire {
namespace {

// Who says nothing gets the safe one.
TEST(tls_policy, is_required_by_default) {
    constexpr std::array<tls_policy, 1> unsaid{};
    EXPECT_EQ(unsaid[0], tls_policy::required);
    EXPECT_NE(unsaid[0], tls_policy::optional);
}

} // namespace
} // namespace mailwire
