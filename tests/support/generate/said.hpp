// SPDX-License-Identifier: BSL-1.0
// What a unit says, whatever reads it: the strings, numbers and other texts on its tape, in order. What is written of
// values has to say what the unit said they were read from: a field that is read from the place of another one, or not at
// all, shows here alone. Of two fields that reading and writing exchange alike nothing shows; tables of expected values
// are for them.

#pragma once

#include "mailwire/core/chars.hpp"
#include "mailwire/core/cursor.hpp"
#include "mailwire/core/tape.hpp"
#include "mailwire/core/text.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace mailwire::test {

namespace detail {

// Words in upper case, and of a set each range of one number as that number.
inline std::string plain_spelling(std::string_view octets) {
    std::string plain;
    while (!octets.empty()) {
        const std::size_t stop = std::min(octets.find(','), octets.size());
        std::string_view part = octets.substr(0, stop);
        const std::string_view first = part.substr(0, part.find(':'));
        if (part.size() == first.size() * 2 + 1 && part.ends_with(first)) part = first;
        plain.append(part).append(octets.substr(stop, 1));
        octets.remove_prefix(std::min(stop + 1, octets.size()));
    }
    std::transform(plain.begin(), plain.end(), plain.begin(), to_upper);
    return plain;
}

} // namespace detail

inline std::vector<std::string> what_is_said(cursor tokens) {
    std::vector<std::string> all;
    for (const token* t = tokens.position(); t != tokens.end(); ++t) {
        cursor one(tokens.unit(), t, t + 1);
        switch (t->kind()) {
        case token_kind::absent:
        case token_kind::nil:
        case token_kind::list:
        case token_kind::item:
            break;
        case token_kind::number:
            all.push_back(std::to_string(one.number()));
            break;
        case token_kind::raw:
            if (t->size() != 0) all.push_back(detail::plain_spelling(one.raw()));
            break;
        default: {
            std::string octets;
            one.text().for_each([&octets](char c) { octets += c; });
            all.push_back(detail::plain_spelling(octets));
        }
        }
    }
    return all;
}

} // namespace mailwire::test
