// SPDX-License-Identifier: BSL-1.0
// After a bad unit the next one is read as if the bad one had not been there.
#include "mailwire/imap.hpp"

#include "imap/session/units.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace mailwire::imap {
namespace {

using test::lines;

lines client_log(const std::string& octets) {
    test::client_box box(test::small_sizes, {.limits = test::small_limits, .tls = tls_policy::optional});
    test::greet(box.session, 8);
    return test::feed(box.session, octets);
}

lines server_log(const std::string& octets) {
    test::server_box box(test::small_sizes, {.limits = test::small_limits});
    (void)box.session.greet({condition::preauth, {}, "hi"});
    return test::feed(box.session, octets);
}

bool has_error(const lines& log) {
    for (const std::string& line : log) {
        if (line.starts_with("error ")) return true;
    }
    return false;
}

template <typename Log>
std::size_t expect_recovery(Log log, const std::vector<std::string>& bad_units,
                            const std::vector<std::string>& good_units) {
    std::size_t pairs = 0;
    for (const std::string& good : good_units) {
        const lines alone = log(good);
        EXPECT_FALSE(has_error(alone)) << good << testing::PrintToString(alone);
        for (const std::string& bad : bad_units) {
            lines expected = log(bad);
            EXPECT_TRUE(has_error(expected)) << bad;
            expected.insert(expected.end(), alone.begin(), alone.end());
            EXPECT_EQ(log(bad + good), expected) << bad << good;
            ++pairs;
        }
    }
    return pairs;
}

TEST(imap_recovery, a_client_after_every_bad_unit) {
    EXPECT_GT(expect_recovery(client_log, test::bad_server_units(), test::good_server_units()), 500U);
}

TEST(imap_recovery, a_server_after_every_bad_unit) {
    EXPECT_GT(expect_recovery(server_log, test::bad_client_units(), test::good_client_units()), 300U);
}

// One bad unit is one error, whatever it holds.
TEST(imap_recovery, one_error_a_unit) {
    for (const std::string& bad : test::bad_server_units()) {
        const lines log = client_log(bad);
        EXPECT_EQ(std::count_if(log.begin(), log.end(), [](const auto& l) { return l.starts_with("error "); }), 1)
            << bad << testing::PrintToString(log);
        EXPECT_TRUE(log.back().starts_with("error ")) << bad;
    }
    for (const std::string& bad : test::bad_client_units()) {
        if (bad == "a NOOP\rb NOOP\r\n") continue;
        const lines log = server_log(bad);
        EXPECT_EQ(std::count_if(log.begin(), log.end(), [](const auto& l) { return l.starts_with("error "); }), 1)
            << bad << testing::PrintToString(log);
        EXPECT_TRUE(log.back().starts_with("error ")) << bad;
    }
}

} // namespace
} // namespace mailwire::imap
