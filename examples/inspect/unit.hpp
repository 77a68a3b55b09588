// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "mailwire/core/error.hpp"
#include "mailwire/core/explanation.hpp"

// What inspect knows about a unit once it has been read. All views point into the stream it was read from, or are
// valid for ever.
namespace inspect {

enum class verdict {
    accept,
    unknown, // a command or untagged response whose name the library does not know
    reject,
    incomplete, // the unit breaks off
};

// One field, as the grammar recorded it.
struct node {
    std::string_view kind;    // a kind of token, or what a multi-line answer is made of: "line", "message"
    std::size_t offset = 0;   // octets from the start of the unit
    std::string_view octets;  // of a list or an item: none, see its fields
    std::string_view word;    // of an item: the word of its alternative; empty: a word the library does not know
    std::vector<node> fields; // of a list, an item or a line

    bool holds_fields() const { return kind == "list" || kind == "item" || kind == "line"; }
};

struct unit {
    std::size_t offset = 0;  // octets from the start of the stream
    std::string_view octets; // all of them, also those of a unit that was refused
    verdict judged = verdict::accept;
    std::string what;         // "data FETCH", "command LOGIN", "tagged OK"; of a refused unit, what it was read as
    mailwire::error fault;    // why it was refused; its offset counts from the start of the unit
    std::string why;          // of a unit that was rejected: why, in one sentence with the offset in the unit
    std::string note;         // more about the verdict, for people; often empty
    std::vector<node> fields; // none of a unit that was refused
};

// "accept", "unknown", "reject" or "incomplete".
std::string_view name_of(verdict judged);

// The fault in one line, without the place: "syntax", "number too big (at most 4294967295)".
std::string describe(const mailwire::error& fault);

// An explanation as text: "offset 15: syntax: expected uniqueid in UID of msg-att (RFC 9051 7.5.2)".
std::string sentence_of(const mailwire::explanation& why);

// The word of an item. Of one the library does not know, the name it came with.
std::string_view name_of(const node& item);

// The note, and the names inside an accepted unit that the library does not know: of codes, data items, capabilities.
std::string remarks(const unit& read);

} // namespace inspect
