// SPDX-License-Identifier: BSL-1.0
#include "mail_server/list_pattern.hpp"

#include <cstddef>
#include <string>
#include <vector>

#include "mail_server/header_fields.hpp"

namespace mail_server {
namespace {

constexpr char separator = '/';
constexpr std::string_view inbox = "INBOX";

bool is_wildcard(char c) { return c == '*' || c == '%'; }

// Wildcards in a row are one: "*" if it is among them.
std::string without_repetitions(std::string_view pattern) {
    std::string shorter;
    for (const char c : pattern) {
        if (!is_wildcard(c) || shorter.empty() || !is_wildcard(shorter.back())) {
            shorter += c;
        } else if (c == '*') {
            shorter.back() = c;
        }
    }
    return shorter;
}

// How many octets at the name's start are INBOX.
std::size_t inbox_size(std::string_view name) {
    return name.substr(0, name.find(separator)) == inbox ? inbox.size() : 0;
}

} // namespace

bool matches_list_pattern(std::string_view name, std::string_view pattern) {
    const std::string wanted = without_repetitions(pattern);
    const std::size_t any_case = inbox_size(name);
    // reached[i]: the first i characters of the pattern mean the part of the name that was looked at.
    std::vector<bool> reached(wanted.size() + 1, false);
    reached[0] = true;
    if (!wanted.empty()) {
        reached[1] = is_wildcard(wanted[0]);
    }
    for (std::size_t at = 0; at != name.size(); ++at) {
        std::vector<bool> next(wanted.size() + 1, false);
        for (std::size_t i = 0; i != wanted.size(); ++i) {
            const char c = wanted[i];
            if (is_wildcard(c)) {
                // It takes this character too; or it stands for nothing behind what was just reached.
                next[i + 1] = (reached[i + 1] && (c == '*' || name[at] != separator)) || next[i];
            } else {
                const bool same = at < any_case ? lower_case(c) == lower_case(name[at]) : c == name[at];
                next[i + 1] = reached[i] && same;
            }
        }
        reached = next;
    }
    return reached[wanted.size()];
}

} // namespace mail_server
