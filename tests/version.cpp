// SPDX-License-Identifier: BSL-1.0
#include <mailwire/version.hpp>

#include <gtest/gtest.h>

#include <regex>
#include <string>

namespace {

// Whether it is the same version that CMake read is tested by the consumers in tests/install.
TEST(version, is_three_numbers) {
    EXPECT_TRUE(std::regex_match(std::string(mailwire::version), std::regex(R"(\d+\.\d+\.\d+)")));
}

} // namespace
