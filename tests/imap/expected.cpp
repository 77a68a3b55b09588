// SPDX-License-Identifier: BSL-1.0
// What another program reads of real responses is what the library reads, field by field.
#include "expected_values.hpp"

#include "mailwire/imap/grammar/quirks.hpp"
#include "support/corpus.hpp"
#include "support/fields.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

namespace mailwire::test {
namespace {

using json = nlohmann::json;

// What cannot be compared, and why.
struct exception {
    std::string_view where; // an id of a unit, or the name of a member
    std::string_view why;
};
constexpr exception units_left_out[] = {
    {"v-net-imap-00004", "a multipart without parts: RFC 9051 9, body-type-mpart = 1*body"},
    {"v-net-imap-00007", "two spaces: RFC 9051 9, note 2"},
    {"v-net-imap-00008", "a multipart without parts in a message: RFC 9051 9, body-type-mpart"},
    {"v-net-imap-00021", "a space before the \")\": RFC 9051 9, msg-att"},
    {"v-net-imap-00029", "RFC822[]: no RFC has it"},
    {"v-net-imap-00043", "a text that begins with \"[\" is a code, and this is none: RFC 9051 9, resp-text"},
    {"v-net-imap-00044", "COPYUID without sets: RFC 9051 9, resp-code-copy"},
    {"v-net-imap-00045", "COPYUID and more behind it: RFC 9051 9, resp-code-copy"},
    {"v-net-imap-00046", "COPYUID alone: RFC 9051 9, resp-code-copy"},
    {"v-net-imap-00047", "CLOSED with an argument: RFC 9051 9, resp-text-code"},
};
constexpr exception members_left_out[] = {
    {"unknown", "of data and items that nobody knows the library has the name and the text"},
    {"extension", "body-extension is not compared: no RFC has defined one"},
};

const exception* exception_for(const exception* begin, const exception* end, std::string_view where) {
    const auto* found = std::find_if(begin, end, [&](const exception& e) { return e.where == where; });
    return found == end ? nullptr : found;
}

class comparison {
public:
    void compare(const json& expected, const json& ours, const std::string& path) {
        if (ours.is_object() && ours.contains("raw")) {
            ++left_out["unknown"];
        } else if (expected.is_string() && ours.is_array() && ours.size() == 1) {
            compare(expected, ours[0], path); // one language is a list of one
        } else if (expected.is_object()) {
            compare_members(expected, ours, path);
        } else if (expected.is_array()) {
            compare_elements(expected, ours, path);
        } else {
            ++fields;
            EXPECT_EQ(ours, expected) << path;
        }
    }

    std::size_t fields = 0;
    std::map<std::string, std::size_t> left_out;

private:
    void compare_members(const json& expected, const json& ours, const std::string& path) {
        for (const auto& [name, value] : expected.items()) {
            if (name == "!" || name == ":raw_data") continue;
            if (exception_for(std::begin(members_left_out), std::end(members_left_out), name) != nullptr) {
                ++left_out[name];
                continue;
            }
            ASSERT_TRUE(ours.is_object() && ours.contains(name)) << path << '/' << name << " in " << ours;
            compare(value, ours[name], path + '/' + name);
        }
    }

    void compare_elements(const json& expected, const json& ours, const std::string& path) {
        ASSERT_TRUE(ours.is_array()) << path << ": " << ours;
        ASSERT_EQ(ours.size(), expected.size()) << path;
        for (std::size_t i = 0; i != expected.size(); ++i)
            compare(expected[i], ours[i], path + '/' + std::to_string(i));
    }
};

// The trees of corpus/expected.jsonl that have the name of a program, by the id of their unit.
std::map<std::string, json> trees_of(const std::string& program) {
    std::map<std::string, json> result;
    std::ifstream file(corpus_folder() / "corpus" / "expected.jsonl");
    for (std::string line; std::getline(file, line);) {
        const json entry = json::parse(line);
        const auto& expected = entry["expected"];
        if (expected.contains(program)) result.emplace(entry["id"], expected[program]);
    }
    return result;
}

TEST(expected, net_imap) {
    if (!corpus_available()) GTEST_SKIP() << "no corpus";
    const auto trees = trees_of("net-imap");
    comparison sum;
    std::size_t compared = 0;
    for (const auto& unit : read_corpus_units()) {
        const auto tree = trees.find(unit.id);
        if (tree == trees.end()) continue;
        SCOPED_TRACE(unit.id + ' ' + spelled(unit.octets));
        std::vector<token> tape(unit.octets.size() + 16);
        const auto value = imap::parse_response(unit.octets, tape, {.dialect = {.quirks = imap::quirks::of_servers}});
        if (const auto* e = exception_for(std::begin(units_left_out), std::end(units_left_out), unit.id);
            e != nullptr) {
            std::printf("  %s: %s\n", unit.id.c_str(), std::string(e->why).c_str());
            continue;
        }
        EXPECT_TRUE(value) << name_of(value.error.code) << " at " << value.error.offset;
        if (!value) continue;
        sum.compare(tree->second, tree_of(value.value), "");
        ++compared;
    }
    std::printf("compared with net-imap: %zu units of %zu, %zu fields\n", compared, trees.size(), sum.fields);
    for (const auto& e : members_left_out)
        std::printf("  %zu times no %s: %s\n", sum.left_out[std::string(e.where)], std::string(e.where).c_str(),
                    std::string(e.why).c_str());
    EXPECT_GT(compared, 60U);
}

} // namespace
} // namespace mailwire::test
