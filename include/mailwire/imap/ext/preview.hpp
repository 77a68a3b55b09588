// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>

#include "mailwire/core/slot.hpp"
#include "mailwire/imap/grammar/slots.hpp"
#include "mailwire/imap/model/writer.hpp"

// RFC 8970: the first words of a message, as a server has picked them.
namespace mailwire::imap {

namespace grammar {

// preview-mod = "LAZY"
struct preview_mod : keyword<"LAZY"> {};

} // namespace grammar

// fetch-att =/ "PREVIEW" [SP "(" preview-mod *(SP preview-mod) ")"]
struct fetch_preview {
    using word = mailwire::word<slot::fetch_att, "PREVIEW">;
    using tail = maybe<grammar::seq<
        grammar::sp, list_tok<grammar::seq<grammar::lp, separated<grammar::preview_mod, grammar::sp>, grammar::rp>>>>;
    static constexpr std::string_view rfc = "RFC 8970 3.1";
    bool lazy = false; // only where the server has the preview at hand

    static fetch_preview read(cursor& c) {
        const bool lazy = c.at_list();
        c.skip();
        return {lazy};
    }
    void write(auto& out) const {
        if (lazy) out.raw(" (LAZY)");
    }
    friend bool operator==(const fetch_preview&, const fetch_preview&) = default;
};

// msg-att-dynamic =/ "PREVIEW" SP nstring
struct preview {
    using word = mailwire::word<slot::msg_att, "PREVIEW">;
    using tail = grammar::seq<grammar::sp, grammar::nstring>;
    static constexpr std::string_view rfc = "RFC 8970 3.2";
    text value = text::nil(); // at most 256 characters; nil: there is none yet; empty: there is nothing to show

    static preview read(cursor& c) { return {c.text()}; }
    void write(auto& out) const { out.sp().nstring(value); }
    friend bool operator==(const preview&, const preview&) = default;
};

struct preview_extension : extension<fetch_preview, preview> {
    static constexpr std::string_view capability = "PREVIEW";
};

} // namespace mailwire::imap
