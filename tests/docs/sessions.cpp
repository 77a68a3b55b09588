// SPDX-License-Identifier: BSL-1.0
// docs/sessions.md has every rule of a session once, and the files it names are there and have the rule.
#include <algorithm>
#include <cctype>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace {

namespace fs = std::filesystem;

const fs::path root = fs::path(MAILWIRE_TESTS_DIR).parent_path();

// How many rules there are of each kind.
const std::map<std::string, int> rules = {
    {"ST", 47}, {"FR", 34}, {"PI", 13}, {"TL", 26}, {"EN", 29}, {"MB", 34},
    {"RX", 20}, {"EX", 39}, {"PS", 23}, {"PF", 9},  {"PC", 22}, {"PK", 12},
};

struct row {
    std::string id;
    std::string about;
    std::string where;
};

std::string trimmed(std::string text) {
    text.erase(0, text.find_first_not_of(' '));
    text.erase(text.find_last_not_of(' ') + 1);
    return text;
}

// "| ST-1 | about | where |"; nothing for another line.
std::vector<row> read_rows(const fs::path& page) {
    std::vector<row> rows;
    std::ifstream in(page);
    for (std::string line; std::getline(in, line);) {
        const std::size_t first = line.find('|', 1);
        const std::size_t second = line.find('|', first + 1);
        if (line.size() < 6 || line[0] != '|' || line[4] != '-' || second == std::string::npos) continue;
        row r{trimmed(line.substr(1, first - 1)), trimmed(line.substr(first + 1, second - first - 1)),
              trimmed(line.substr(second + 1, line.rfind('|') - second - 1))};
        if (rules.contains(r.id.substr(0, 2))) rows.push_back(std::move(r));
    }
    return rows;
}

// What stands between backquotes and is a path.
std::vector<std::string> paths_in(std::string_view text) {
    std::vector<std::string> paths;
    for (std::size_t i = text.find('`'); i != std::string_view::npos;) {
        const std::size_t end = text.find('`', i + 1);
        if (end == std::string_view::npos) break;
        const std::string_view word = text.substr(i + 1, end - i - 1);
        for (const std::string_view folder : {"tests/", "include/", "examples/"}) {
            if (word.starts_with(folder)) paths.emplace_back(word);
        }
        i = text.find('`', end + 1);
    }
    return paths;
}

std::string read_file(const fs::path& file) {
    std::ifstream in(file);
    return {std::istreambuf_iterator<char>(in), {}};
}

// Whether a rule stands in a test, as "ST-1" or "ST_1" and not as a part of another word.
bool has_id(const std::string& text, std::string id) {
    const auto is_word = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; };
    for (const char dash : {'-', '_'}) {
        id[2] = dash;
        for (std::size_t i = text.find(id); i != std::string::npos; i = text.find(id, i + 1)) {
            const char before = i == 0 ? ' ' : text[i - 1];
            const char behind = i + id.size() == text.size() ? ' ' : text[i + id.size()];
            if (!is_word(before) && !is_word(behind)) return true;
        }
    }
    return false;
}

TEST(docs_sessions, has_id) {
    EXPECT_TRUE(has_id("TEST(imap, ST_1_G2_x)", "ST-1"));
    EXPECT_TRUE(has_id("// FR-1.", "FR-1"));
    EXPECT_FALSE(has_id("ST-12 BEST-1 ST 1", "ST-1"));
}

TEST(docs_sessions, every_rule_is_there_once) {
    std::set<std::string> seen;
    for (const row& r : read_rows(root / "docs" / "sessions.md")) {
        EXPECT_TRUE(seen.insert(r.id).second) << r.id << " is there twice";
        EXPECT_FALSE(r.about.empty()) << r.id;
        EXPECT_GT(r.where.size(), 3U) << r.id << " is nobody's";
    }
    std::size_t count = 0;
    for (const auto& [kind, last] : rules) {
        for (int i = 1; i <= last; ++i, ++count) {
            const std::string id = kind + "-" + std::to_string(i);
            EXPECT_TRUE(seen.contains(id)) << id << " is missing";
        }
    }
    EXPECT_EQ(seen.size(), count) << "there are rules beyond the last";
}

TEST(docs_sessions, says_how_many_there_are) {
    const std::string text = read_file(root / "docs" / "sessions.md");
    for (const auto& [kind, last] : rules) {
        const std::string heading = "(" + kind + "-1 to " + kind + "-" + std::to_string(last) + ")\n";
        EXPECT_NE(text.find(heading), std::string::npos) << heading;
    }
}

// A test of C++ that is named has the rule; other files are there.
TEST(docs_sessions, what_is_named_is_there) {
    std::size_t named = 0;
    for (const row& r : read_rows(root / "docs" / "sessions.md")) {
        for (const std::string& path : paths_in(r.where)) {
            ASSERT_TRUE(fs::is_regular_file(root / path)) << r.id << ": " << path;
            const bool test = path.starts_with("tests/") && path.ends_with(".cpp");
            EXPECT_TRUE(!test || has_id(read_file(root / path), r.id)) << r.id << " does not stand in " << path;
            named += test ? 1 : 0;
        }
    }
    EXPECT_GT(named, 200U);
}

// Who answers for a rule that no test shows.
TEST(docs_sessions, every_rule_has_a_test_or_an_owner) {
    for (const row& r : read_rows(root / "docs" / "sessions.md")) {
        const bool owned = r.where.starts_with("the program: ") || r.where.starts_with("the values: ") ||
                           r.where.starts_with("not built: ") || r.where.starts_with("`mail_server`: ");
        EXPECT_TRUE(owned || r.where.starts_with("`tests/")) << r.id << ": " << r.where;
    }
}

} // namespace
