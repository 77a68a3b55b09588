// SPDX-License-Identifier: BSL-1.0
// What recorded clients have sent, their servers have taken, and our server refuses: extensions that are not covered, and
// what no RFC has.

#pragma once

#include "mailwire/core/chars.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace mailwire::test {

struct replay_fault {
    std::string_view words; // of the command, in any case
    std::string_view why;
};

inline constexpr std::array<replay_fault, 19> replay_faults{{
    {" SORT (", "RFC 5256"},
    {" SORT RETURN", "RFC 5267"},
    {" THREAD ", "RFC 5256"},
    {" CATENATE ", "RFC 4469"},
    {" ~{", "RFC 3516 4.4: APPEND of a literal8"},
    {" APPEND RICH {154+}", "RFC 3502: a second message follows"},
    {" APPEND IMAPTEST {85+}", "RFC 3502: a second message follows"},
    {"ETMETADATA ", "RFC 5464"},
    {" GETACL ", "RFC 4314"},
    {" NOTIFY ", "RFC 5465"},
    {" CANCELUPDATE ", "RFC 5267"},
    {" XLIST ", "an older form of LIST with SPECIAL-USE, in no RFC"},
    {" (SAVEDATE)", "RFC 8514"},
    {" SAVEDBEFORE ", "RFC 8514"},
    {" (SNIPPET)", "a draft of RFC 8970"},
    {"EMAILID", "RFC 8474"},
    {" YOUNGER ", "RFC 5032"},
    {" KEYWORD \\SEEN", "RFC 9051 6.4.4: KEYWORD takes a keyword, and no system flag"},
    {" ID (\"A23456789012345678901234567890\"",
     "RFC 2971 3.3: longer than 30 pairs, and than a stranger's line may be"},
}};

inline bool is_expected(std::string_view command) {
    return std::any_of(replay_faults.begin(), replay_faults.end(), [command](const replay_fault& f) {
        const auto same = [](char a, char b) { return to_upper(a) == to_upper(b); };
        return std::search(command.begin(), command.end(), f.words.begin(), f.words.end(), same) != command.end();
    });
}

} // namespace mailwire::test
