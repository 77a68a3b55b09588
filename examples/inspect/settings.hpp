// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "inspect/imap.hpp"
#include "inspect/pop3.hpp"
#include "inspect/unit.hpp"

namespace inspect {

enum class protocol { imap, pop3 };

// How units are read.
class settings {
public:
    settings(protocol speaks, mailwire::side from);

    // What follows is given in the words of the command line and of the index of units. Each answers what it cannot do,
    // "mode rev1 is not supported", and then the units cannot be judged by these words; an empty answer is a yes.

    // Words with commas between them. IMAP: utf8, litplus. POP3: utf8, respcodes, authline, ctx=CONTEXT.
    std::string set_mode(std::string_view mode);

    // POP3: what a server's answer answers, see pop3_context_of. IMAP needs none, since a response says what it is.
    std::string set_context(std::string_view context);

    // unit, greeting, vendor-command; empty: unit.
    std::string set_kind(std::string_view kind);

    protocol speaks() const { return speaks_; }
    mailwire::side from() const { return imap_.dialect.from; }

    // Reads the unit that begins at an offset of a stream. Requires: offset < stream.size().
    unit read(std::string_view stream, std::size_t offset) const;

private:
    bool set_word(std::string_view word);

    protocol speaks_;
    imap_options imap_;
    pop3_options pop3_;
};

} // namespace inspect
