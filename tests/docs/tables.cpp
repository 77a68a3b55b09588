// SPDX-License-Identifier: BSL-1.0
// The tables of docs/ have every error with its text and every limit with its default.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "mailwire/pop3/limits.hpp"
#include "mailwire/pop3/session/denial.hpp"
#include "mailwire/sasl/fault.hpp"

namespace {

using namespace mailwire;

std::string page(const char* name) {
    std::ifstream in(std::filesystem::path(MAILWIRE_TESTS_DIR).parent_path() / "docs" / name);
    return {std::istreambuf_iterator<char>(in), {}};
}

bool has(const std::string& text, std::string_view what) { return text.find(what) != std::string::npos; }
std::string quoted(std::string_view text) { return "`" + std::string(text) + "`"; }

// Every value of an enumeration up to the first that has no name.
template <typename Enum> int count_named(const std::string& text) {
    int count = 0;
    for (int i = 0; std::string_view(name_of(static_cast<Enum>(i))) != "unknown"; ++i) {
        const std::string_view name = name_of(static_cast<Enum>(i));
        EXPECT_TRUE(name == "none" || has(text, quoted(name))) << name;
        ++count;
    }
    return count;
}

TEST(docs_tables, errors) {
    const std::string text = page("errors.md");
    EXPECT_EQ(count_named<errc>(text), static_cast<int>(errc::timed_out) + 1);
    EXPECT_EQ(count_named<misuse>(text), static_cast<int>(misuse::literal_size) + 1);
    EXPECT_EQ(count_named<sasl::fault>(text), static_cast<int>(sasl::fault::crypto_failed) + 1);
}

TEST(docs_tables, answers_of_a_pop3_server) {
    const std::string text = page("errors.md");
    for (int i = 0; i <= static_cast<int>(pop3::denial::too_many); ++i) {
        std::string_view line = pop3::line_of(static_cast<pop3::denial>(i));
        line.remove_suffix(2);
        EXPECT_TRUE(has(text, quoted(line))) << line;
    }
}

TEST(docs_tables, limits_of_pop3) {
    const std::string text = page("pop3.md");
    const pop3::limits limits;
    const auto check = [&](const char* name, std::uint64_t value) {
        EXPECT_TRUE(has(text, "| " + quoted(name) + " | " + std::to_string(value) + " ")) << name;
    };
    check("command_line", limits.command_line);
    check("response_line", limits.response_line);
    check("listing_lines", limits.listing_lines);
    check("sasl_line", limits.sasl_line);
    check("login_seconds", limits.login_seconds);
    check("idle_seconds", limits.idle_seconds);
    check("answer_seconds", limits.answer_seconds);
    check("bad_commands_before_login", limits.bad_commands_before_login);
    check("bad_commands", limits.bad_commands);
}

} // namespace
