// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>

#include "mailwire/core/input.hpp"
#include "mailwire/core/seq_of.hpp"
#include "mailwire/core/slot.hpp"

// RFC 7888, IMAP4 Non-synchronizing Literals: two capabilities that add no words, but say how a client may send a
// literal. Hand the form to write_options and, on a server, to dialect.
namespace mailwire::imap {

struct literal_plus_extension : extension<> {
    static constexpr std::string_view capability = "LITERAL+";
    static constexpr literal_form form = literal_form::plus; // of any size
};

struct literal_minus_extension : extension<> {
    static constexpr std::string_view capability = "LITERAL-";
    static constexpr literal_form form = literal_form::minus; // up to 4096 octets
};

// The form that a server's capabilities let its clients use. A server is not to offer both; where one does, what both
// allow is safe (RFC 7888 5). IMAP4rev2 has what LITERAL- offers (RFC 9051 4.3).
inline literal_form literal_form_of(const seq_of<text>& capabilities) {
    bool plus = false;
    bool minus = false;
    for (const text& name : capabilities) {
        plus |= name.equal_ignoring_case(literal_plus_extension::capability);
        minus |= name.equal_ignoring_case(literal_minus_extension::capability);
    }
    if (minus) return literal_minus_extension::form;
    if (plus) return literal_plus_extension::form;
    for (const text& name : capabilities) {
        if (name.equal_ignoring_case("IMAP4rev2")) return literal_form::minus;
    }
    return literal_form::synchronizing;
}

} // namespace mailwire::imap
