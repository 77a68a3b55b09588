// SPDX-License-Identifier: BSL-1.0
// docs/quality.md names the sizes that the sessions have.
#include "mailwire/imap.hpp"
#include "mailwire/pop3.hpp"

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <gtest/gtest.h>

namespace {

TEST(docs_quality, sizes_of_the_sessions) {
    if constexpr (sizeof(void*) != 8) GTEST_SKIP() << "the page is about machines of 64 bits";
    std::ifstream in(std::filesystem::path(MAILWIRE_TESTS_DIR).parent_path() / "docs" / "quality.md");
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    const struct {
        const char* name;
        std::size_t octets;
    } rows[] = {
        {"pop3::client", sizeof(mailwire::pop3::client)},
        {"pop3::server", sizeof(mailwire::pop3::server)},
        {"imap::client", sizeof(mailwire::imap::client)},
        {"imap::server", sizeof(mailwire::imap::server)},
    };
    for (const auto& row : rows) {
        const std::string line = "| `" + std::string(row.name) + "` | " + std::to_string(row.octets) + " |\n";
        EXPECT_NE(text.find(line), std::string::npos) << line;
    }
}

} // namespace
