// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <optional>

#include "mailwire/core/seq_of.hpp"

namespace mailwire::imap {

// body-extension (RFC 9051 9): what a later standard may put behind the location of a body. A list where `list` is not
// empty, a number where there is one, a string or NIL otherwise.
struct body_extension {
    using one_field = void;

    text value = text::nil();
    std::optional<std::uint64_t> number = {};
    seq_of<body_extension> list = {};

    static body_extension read(cursor& c) {
        body_extension e;
        if (c.at_list()) {
            e.list = seq_of<body_extension>(c.enter());
        } else if (c.kind() == token_kind::number) {
            e.number = c.number();
        } else {
            e.value = c.text();
        }
        return e;
    }

    void write(auto& out) const {
        if (!list.empty()) {
            out.parens(list, [&out](const body_extension& e) { e.write(out); });
        } else if (number) {
            out.number(*number);
        } else {
            out.nstring(value);
        }
    }

    friend bool operator==(const body_extension&, const body_extension&) = default;
};

} // namespace mailwire::imap
