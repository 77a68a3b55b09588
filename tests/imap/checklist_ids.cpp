// SPDX-License-Identifier: BSL-1.0
// Each form, rule, ambiguity and erratum of the checklist of IMAP that the library covers has a test: its id stands, as
// a word of its own, in a comment or a quoted string of a test of this folder. For the others there is a reason.

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace mailwire::imap {
namespace {

// The ids `first` to `last` of a group: a prefix with a number behind it.
struct id_group {
    std::string_view prefix;
    int first;
    int last;
};

constexpr id_group groups[] = {
    // Lexical forms.
    {"L-", 1, 30},
    // Commands of each state, responses, FETCH, SEARCH, STATUS, LIST and flags, response codes.
    {"B1-", 1, 3},
    {"B2-", 1, 6},
    {"B3-", 1, 17},
    {"B4-", 1, 13},
    {"B5-", 1, 15},
    {"B6-", 1, 19},
    {"B7-", 1, 14},
    {"B8-", 1, 20},
    {"B9-", 1, 34},
    // What only revision 1 has.
    {"O-", 1, 14},
    // The strict policy, ambiguities, errata.
    {"P", 1, 12},
    {"A", 1, 24},
    {"E", 1, 12},
    // Extensions.
    {"X-2087/9208-", 1, 8},
    {"X-2177-", 1, 1},
    {"X-2342-", 1, 2},
    {"X-2971-", 1, 3},
    {"X-3348-", 1, 1},
    {"X-3516-", 1, 3},
    {"X-3691-", 1, 1},
    {"X-4315-", 1, 2},
    {"X-4466-", 1, 7},
    {"X-4551/7162-", 1, 10},
    {"X-4731-", 1, 1},
    {"X-4959-", 1, 1},
    {"X-5161-", 1, 2},
    {"X-5162/7162-", 1, 5},
    {"X-5182-", 1, 3},
    {"X-5258-", 1, 2},
    {"X-5530/5788/8457/9979-", 1, 4},
    {"X-6851-", 1, 1},
    {"X-6855/9755-", 1, 4},
    {"X-7888/2088-", 1, 1},
    {"X-8438-", 1, 1},
    {"X-8970-", 1, 1},
    {"X-9586-", 1, 3},
};

// Ids of these groups without a test.
struct reason {
    std::string_view id;
    std::string_view why;
};
constexpr reason reasons[] = {
    {"A12", "THREAD (RFC 5256) is not covered"},
    {"A21", "METADATA (RFC 5464) and ANNOTATION (RFC 5257) are not covered"},
    {"E5", "nothing is known of the erratum but its number"},
    {"E7", "CATENATE (RFC 4469) is not covered"},
    {"E8", "METADATA (RFC 5464) is not covered"},
    {"E9", "NOTIFY (RFC 5465) is not covered"},
    {"E10", "RFC 7162 has replaced the text"},
    {"E12", "it is about what E4 is about"},
    {"X-3516-1", "APPEND with a literal8 is left to an extension of its own"},
    {"X-4466-2", "no extension that is covered has a parameter of CREATE"},
    {"X-4466-3", "no extension that is covered has a parameter of RENAME"},
    {"X-4466-7", "no extension that is covered has data of APPEND"},
    {"X-6855/9755-2", "RFC 9755 has dropped it"},
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

bool has_reason(std::string_view id) {
    return std::any_of(std::begin(reasons), std::end(reasons), [&](const reason& r) { return r.id == id; });
}

bool is_word_octet(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-'; }

// The words of a text: runs of letters, digits and hyphens, and runs that have slashes as well.
void add_words(std::string_view text, bool slashes, std::set<std::string>& words) {
    const auto is_octet = [&](char c) { return is_word_octet(c) || (slashes && c == '/'); };
    for (auto at = text.begin(); at != text.end();) {
        const auto end = std::find_if_not(at, text.end(), is_octet);
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
        } else if (source[at] == '"') {
            end = end_of_literal(source, at);
        } else if (source[at] == '\'' && (at == 0 || !is_word_octet(source[at - 1]))) {
            at = end_of_literal(source, at); // a digit separator is none
            continue;
        } else {
            continue;
        }
        add_words(source.substr(at + 1, end - at - 1), false, words);
        add_words(source.substr(at + 1, end - at - 1), true, words);
        at = end;
    }
    return words;
}

std::set<std::string> words_of_tests() {
    std::set<std::string> words;
    const std::filesystem::path here = std::filesystem::path(MAILWIRE_TESTS_DIR) / "imap";
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
    EXPECT_EQ(ids.size(), 300U);
    EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), ids.size());
    for (const auto& r : reasons)
        EXPECT_NE(std::find(ids.begin(), ids.end(), r.id), ids.end()) << r.id << " is in no group";
    std::printf("checklist: %zu ids, %zu of them with a reason\n", ids.size(), std::size(reasons));
}

TEST(checklist_ids, have_tests_or_a_reason) {
    const std::set<std::string> words = words_of_tests();
    for (const std::string& id : all_ids()) {
        EXPECT_TRUE(words.contains(id) || has_reason(id)) << "no test carries " << id;
    }
}

// Only whole words of comments and strings are found.
TEST(checklist_ids, are_found_where_they_count) {
    const auto words = words_of("int L1 = 1'000; // L-2, B3-1: x\n"
                                "f(\"B9-10\\\"O-1\", '\"', a.E3); // E1/E2\n TEST(x, E4_y) \"X-1/2-5\" 'L-5'; // L-6");
    EXPECT_TRUE(words.contains("L-2") && words.contains("B3-1") && words.contains("B9-10") && words.contains("O-1"));
    EXPECT_TRUE(words.contains("E1") && words.contains("E2") && words.contains("X-1/2-5") && words.contains("L-6"));
    EXPECT_FALSE(words.contains("L1") || words.contains("B9-1") || words.contains("E3") || words.contains("E4"));
}

} // namespace
} // namespace mailwire::imap
