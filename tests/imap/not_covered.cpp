// SPDX-License-Identifier: BSL-1.0
#include "not_covered.hpp"

#include "mailwire/core/chars.hpp"

#include <algorithm>
#include <string>

namespace mailwire::test {
namespace {

// Takes the next word of a text off it, and the octet behind it.
std::string_view take_word(std::string_view& text, std::string_view ends = " ") {
    const auto end = std::min(text.find_first_of(ends), text.size());
    const auto word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return word;
}

bool has_word(std::string_view words, std::string_view wanted) {
    while (!words.empty()) {
        if (take_word(words) == wanted) return true;
    }
    return false;
}

// Whether one of the words stands in a text, between a space or a parenthesis and the end of a word.
bool holds_word(std::string_view text, std::string_view words) {
    constexpr std::string_view before = " (";
    constexpr std::string_view behind = " ()\r";
    while (!words.empty()) {
        const auto word = take_word(words);
        for (auto at = text.find(word, 1); at != text.npos; at = text.find(word, at + 1)) {
            const auto end = at + word.size();
            if (before.find(text[at - 1]) != before.npos && end < text.size() &&
                behind.find(text[end]) != behind.npos) {
                return true;
            }
        }
    }
    return false;
}

// What a unit begins with, taken apart.
struct beginning {
    std::string command;
    std::string data;
    std::string code;
    std::string items; // the octets behind, where words of items may stand
};

constexpr std::string_view conditions = "OK NO BAD BYE PREAUTH";
constexpr std::string_view names_only = "CAPABILITY ENABLE ENABLED ID LOGIN FLAGS";

beginning taken_apart(std::string_view unit) {
    std::string capitals(unit.substr(0, 400));
    for (char& c : capitals)
        c = to_upper(c);
    std::string_view rest = capitals;
    beginning result;
    const auto tag = take_word(rest);
    auto word = take_word(rest, " \r");
    if (tag == "*" && word.find_first_not_of("0123456789") == word.npos) word = take_word(rest, " \r");
    if (has_word(conditions, word)) {
        if (rest.starts_with('[')) result.code = take_word(rest = rest.substr(1), " ]");
        return result;
    }
    if (word == "UID") word = take_word(rest, " \r");
    (tag == "*" ? result.data : result.command) = word;
    if (!has_word(names_only, word)) result.items = " " + std::string(rest);
    return result;
}

} // namespace

std::string_view extension_not_covered(std::string_view unit) {
    const beginning b = taken_apart(unit);
    for (const auto& e : extensions_not_covered) {
        if (has_word(e.commands, b.command) || has_word(e.data, b.data) || has_word(e.codes, b.code))
            return e.extension;
        if (holds_word(b.items, e.items)) return e.extension;
    }
    for (const auto& f : forms_not_covered) {
        if (f.command == b.command && b.items.find(f.part) != b.items.npos) return f.extension;
    }
    return {};
}

} // namespace mailwire::test
