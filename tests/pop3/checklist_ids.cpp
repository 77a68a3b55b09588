// SPDX-License-Identifier: BSL-1.0
// Each form, defect, session statement and attack of the checklist of POP3 has a test: its id stands, as a word of its
// own, in a comment or a quoted string of a test of this folder.

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace mailwire::pop3 {
namespace {

// The ids `first` to `last` of a group: a prefix with a number behind it.
struct id_group {
    std::string_view prefix;
    int first;
    int last;
};

constexpr id_group groups[] = {
    // Forms of lines, commands and answers.
    {"P1-", 1, 9},
    {"P2-", 1, 9},
    {"P3-", 1, 6},
    {"P4-", 1, 12},
    {"P5-", 1, 2},
    {"P6-", 1, 5},
    {"P7-", 1, 3},
    {"P8-", 1, 7},
    {"P9-", 1, 1},
    // Defects of the RFCs.
    {"P-D", 1, 17},
    // Sessions: of a server, its faults, of a client, of one that keeps messages.
    {"PS-", 1, 23},
    {"PF-", 1, 9},
    {"PC-", 1, 22},
    {"PK-", 1, 12},
    // Attacks.
    {"J", 1, 10},
    {"E", 1, 3},
    {"E", 6, 6},
    {"E", 9, 9},
    {"F", 1, 1},
    {"F", 5, 7},
};

std::vector<std::string> all_ids() {
    std::vector<std::string> ids;
    for (const id_group& group : groups) {
        for (int i = group.first; i <= group.last; ++i) {
            ids.push_back(std::string(group.prefix) + std::to_string(i));
        }
    }
    return ids;
}

bool is_word_octet(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-'; }

// The words of a text: runs of letters, digits and hyphens.
void add_words(std::string_view text, std::set<std::string>& words) {
    for (auto at = text.begin(); at != text.end();) {
        const auto end = std::find_if_not(at, text.end(), is_word_octet);
        if (end != at) words.emplace(at, end);
        at = end == text.end() ? end : end + 1;
    }
}

// Where a literal ends whose quotation mark stands at `open`.
std::size_t end_of_literal(std::string_view source, std::size_t open) {
    std::size_t at = open + 1;
    while (at < source.size() && source[at] != source[open]) {
        at += source[at] == '\\' ? 2 : 1;
    }
    return std::min(at, source.size());
}

// The words in the comments and quoted strings of a source.
std::set<std::string> words_of(std::string_view source) {
    std::set<std::string> words;
    for (std::size_t at = 0; at < source.size(); ++at) {
        std::size_t end = at;
        if (source.substr(at, 2) == "//") {
            end = std::min(source.find('\n', at), source.size());
        } else if (source.substr(at, 2) == "/*") {
            end = std::min(source.find("*/", at + 2), source.size());
        } else if (source[at] == '"') {
            end = end_of_literal(source, at);
        } else if (source[at] == '\'' && (at == 0 || !is_word_octet(source[at - 1]))) {
            at = end_of_literal(source, at); // a digit separator is none
            continue;
        } else {
            continue;
        }
        add_words(source.substr(at + 1, end - at - 1), words);
        at = end;
    }
    return words;
}

std::set<std::string> words_of_tests() {
    std::set<std::string> words;
    const std::filesystem::path here = std::filesystem::path(MAILWIRE_TESTS_DIR) / "pop3";
    for (const auto& entry : std::filesystem::recursive_directory_iterator(here)) {
        if (entry.path().extension() != ".cpp" || entry.path().filename() == "checklist_ids.cpp") continue;
        std::ifstream file(entry.path(), std::ios::binary);
        const std::string source(std::istreambuf_iterator<char>(file), {});
        words.merge(words_of(source));
    }
    return words;
}

TEST(checklist_ids, counts) {
    const auto ids = all_ids();
    EXPECT_EQ(std::count_if(ids.begin(), ids.end(), [](const auto& id) { return id[0] == 'P' && std::isdigit(id[1]); }),
              54);
    EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), ids.size());
}

TEST(checklist_ids, have_tests) {
    const std::set<std::string> words = words_of_tests();
    for (const std::string& id : all_ids()) {
        EXPECT_TRUE(words.contains(id)) << "no test carries " << id;
    }
}

// Only whole words of comments and strings are found.
TEST(checklist_ids, are_found_where_they_count) {
    const auto words = words_of("int J1 = 1'000; // J2, PS-1: x\n"
                                "f(\"P1-10\\\"P4-1\", '\"', a.J3); /* E1/E2 */ TEST(x, J4_y) \"J5\" 'J'; // J6");
    EXPECT_TRUE(words.contains("J2") && words.contains("PS-1") && words.contains("P1-10") && words.contains("P4-1"));
    EXPECT_TRUE(words.contains("E1") && words.contains("E2") && words.contains("J5") && words.contains("J6"));
    EXPECT_FALSE(words.contains("J1") || words.contains("P1-1") || words.contains("J3") || words.contains("J4"));
}

} // namespace
} // namespace mailwire::pop3
