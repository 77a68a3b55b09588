// SPDX-License-Identifier: BSL-1.0
// What two joined sessions of POP3 have said to each other, command by command, in the same words on both sides.

#pragma once

#include <mailwire/pop3.hpp>

#include <string>
#include <string_view>
#include <vector>

#include "pop3/describe.hpp"

namespace mailwire::pop3::test {

struct exchange {
    std::string asked;
    std::string said; // the answer, or as much of it as was said; a line each
};

// A status line. A code looks the same whether or not the client knows that it is one.
inline std::string status_line(const reply& r, answer_form form) {
    const bool numbers = form == answer_form::drop_listing || form == answer_form::scan_listing ||
                         form == answer_form::unique_id || form == answer_form::language;
    if (r.ok && numbers) return describe(r, form) + '\n';
    std::string line = r.ok ? "+OK" : "-ERR";
    if (r.code) line += " [" + std::string(r.code.levels) + ']';
    if (!r.text.empty()) line += ' ' + std::string(r.text);
    return line + '\n';
}

// Whether the session of the server has answered this by itself: its program knows nothing of it.
inline bool is_denial(std::string_view said) {
    for (const denial why : {denial::unknown, denial::out_of_place, denial::needs_tls, denial::too_many}) {
        const std::string_view line = line_of(why);
        if (said.substr(0, said.find('\n')) == line.substr(0, line.size() - 2)) return true;
    }
    return false;
}

// Without what the program of the server has not been asked for.
inline std::vector<exchange> handed_on(const std::vector<exchange>& all) {
    std::vector<exchange> result;
    for (const exchange& e : all) {
        if (!is_denial(e.said)) result.push_back(e);
    }
    return result;
}

} // namespace mailwire::pop3::test
