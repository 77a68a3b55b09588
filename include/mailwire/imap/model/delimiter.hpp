// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

#include "mailwire/core/text.hpp"

namespace mailwire::imap {

// Writes a hierarchy delimiter: one character, or NIL where names have no hierarchy. One beyond ASCII needs
// write_options::utf8.
void write_delimiter(auto& out, const text& delimiter) {
    if (delimiter.is_nil()) {
        out.raw("NIL");
        return;
    }
    std::size_t characters = 0;
    delimiter.for_each([&](char c) { characters += (static_cast<unsigned char>(c) & 0xc0U) != 0x80U ? 1U : 0U; });
    out.require(characters == 1);
    out.quoted_only(delimiter);
}

} // namespace mailwire::imap
