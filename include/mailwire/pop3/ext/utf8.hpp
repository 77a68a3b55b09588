// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>

#include "mailwire/pop3/grammar/command.hpp"
#include "mailwire/pop3/model/capabilities.hpp"
#include "mailwire/pop3/model/commands.hpp"
#include "mailwire/pop3/model/language.hpp"

// RFC 6856: UTF-8 in names, passwords, texts and messages, and texts in a language of the user.
namespace mailwire::pop3 {

// From the answer on, messages and texts are in UTF-8. There is no way back (RFC 6856 2.1).
using utf8 = plain_command<"UTF8", command_role::utf8>;

// Asks for texts in a language, or for the languages there are.
struct lang {
    using word = mailwire::word<slot::command, "LANG">;
    using tail = grammar::lang_argument;
    static constexpr command_role role() { return command_role::anywhere; }
    constexpr answer_form answer() const { return range.empty() ? answer_form::languages : answer_form::language; }
    std::string_view range = {}; // a basic language range (RFC 4647); "*": as the server likes; empty: list them

    static lang read(cursor& c) { return {c.skip_absent() ? std::string_view() : c.raw()}; }
    void write(writer& out) const {
        if (!range.empty()) out.sp().language_range(range);
    }
};

namespace capability {

// UTF8. With USER, names and passwords may be in UTF-8, with or without the command.
struct utf8 {
    using word = mailwire::word<slot::capability, "UTF8">;
    using tail = user_tail;
    bool user = false;

    static utf8 read(cursor& c) { return {!c.raw().empty()}; }
    void write(writer& out) const {
        if (user) out.raw(" USER");
    }
    void learn(capability_set& set) const {
        set.utf8 = true;
        set.utf8_user = user;
    }
};

using lang = plain<"LANG", &capability_set::lang>;

} // namespace capability

struct rfc6856 : extension<utf8, lang, capability::utf8, capability::lang> {};

} // namespace mailwire::pop3
