// SPDX-License-Identifier: BSL-1.0
// What real peers say and the library does not understand yet.

#pragma once

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>

namespace mailwire::test {

// Forms of RFCs the library does not speak yet, by what only they have: such a unit may be refused although it is valid.
inline constexpr std::string_view forms_to_come[] = {
    " return (",            // list and search return options
    " list (",              // list selection options
    "list \"\" (",          // several patterns
    "(condstore",           // select parameters
    "(qresync",             //
    "condstore)",           //
    "(foo",                 //
    "inbox (number)",       //
    "inbox (some",          //
    "inbox\" (test",        //
    "box6 (test",           // rename parameters
    "\"other\" (test",      //
    "(use (",               // create parameters
    "(objectid",            //
    "objectid)",            //
    "mailboxid",            //
    "modseq",               //
    "changedsince",         //
    "unchangedsince",       //
    "(vanished",            //
    "(partial",             //
    "(label",               // store modifiers
    "fast (name)",          //
    "appendlimit",          // status items
    "deleted-storage",      //
    "(num 1",               //
    "binary",               // fetch items
    "preview",              //
    "emailid",              //
    "savedate",             //
    "annotat",              //
    "append imaptest {85}", // several messages
    "append x ~{",          // literal8
    "catenate",             //
    "x utf8 (",             //
    "x foo (a b)",          //
    "search older",         // search keys
    "search fuzzy",         //
    "savedsince",           //
    "uidafter",             //
    "[inprogress (\"a]",    // a code whose argument has a "]" between quotes
    "idle\r\n",             // what follows in the same vector is no command
};

inline bool is_to_come(std::string octets) {
    std::transform(octets.begin(), octets.end(), octets.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
    return std::any_of(std::begin(forms_to_come), std::end(forms_to_come),
                       [&](std::string_view form) { return octets.find(form) != octets.npos; });
}

} // namespace mailwire::test
