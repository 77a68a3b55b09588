// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>

#include "mailwire/core/cursor.hpp"
#include "mailwire/pop3/model/command.hpp"
#include "mailwire/pop3/model/writer.hpp"

// What a server says to LANG. The texts are in UTF-8, whatever was agreed on before. RFC 6856 3.2.
namespace mailwire::pop3 {

// The answer to LANG with an argument: the language that texts are in from now on, this one included.
struct language {
    static constexpr answer_form form = answer_form::language;
    std::string_view tag = {}; // a language tag (RFC 5646)
    std::string_view text = {};

    static language read(cursor& c) {
        const std::string_view chosen = c.raw();
        return {chosen, c.raw()};
    }
    void write(writer& out) const { out.language_tag(tag).sp().utf8_text(text); }
    friend constexpr bool operator==(const language&, const language&) = default;
};

// A language in the answer to LANG without an argument.
struct language_listing {
    static constexpr answer_form listed_in = answer_form::languages;
    std::string_view tag = {};         // a language tag (RFC 5646)
    std::string_view description = {}; // in the language itself

    static language_listing read(cursor& c) {
        const std::string_view one = c.raw();
        return {one, c.skip_absent() ? std::string_view() : c.raw()};
    }
    void write(writer& out) const {
        out.language_tag(tag);
        if (!description.empty()) out.sp().utf8_text(description);
    }
    friend constexpr bool operator==(const language_listing&, const language_listing&) = default;
};

} // namespace mailwire::pop3
