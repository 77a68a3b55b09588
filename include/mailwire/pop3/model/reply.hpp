// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>

#include "mailwire/core/chars.hpp"
#include "mailwire/core/cursor.hpp"
#include "mailwire/core/parts_of.hpp"
#include "mailwire/pop3/model/command.hpp"
#include "mailwire/pop3/model/language.hpp"
#include "mailwire/pop3/model/listing.hpp"
#include "mailwire/pop3/model/writer.hpp"

namespace mailwire::pop3 {

// What a machine can read of a text: levels of detail, the broadest first, with "/" between them (RFC 2449 8).
struct response_code {
    std::string_view levels = {}; // without the brackets; empty: no code

    constexpr explicit operator bool() const { return !levels.empty(); }

    // Whether this is `other`, or `other` with more detail: [SYS/TEMP] is SYS, and so is [SYS/FOO].
    constexpr bool is(response_code other) const {
        const std::size_t n = other.levels.size();
        if (n == 0 || levels.size() < n || !equal_ignoring_case(head_of(levels, n), other.levels)) return false;
        return levels.size() == n || levels[n] == '/';
    }
    friend constexpr bool operator==(const response_code&, const response_code&) = default;
};

namespace code {

// RFC 2449 8.1
inline constexpr response_code login_delay{"LOGIN-DELAY"}; // too soon after the last login
inline constexpr response_code in_use{"IN-USE"};           // the login was right, the maildrop is locked

// RFC 3206 4 and 5
inline constexpr response_code sys{"SYS"};           // the server has a problem
inline constexpr response_code sys_temp{"SYS/TEMP"}; // that will pass
inline constexpr response_code sys_perm{"SYS/PERM"}; // that a person has to look at
inline constexpr response_code auth{"AUTH"};         // the user or the secret is wrong

// RFC 6856 5
inline constexpr response_code utf8{"UTF8"}; // the message cannot be had without the command UTF8

} // namespace code

// The first line of an answer, or all of it. RFC 2449 3, single-line.
struct reply {
    bool ok = true;          // +OK, otherwise -ERR
    response_code code = {}; // of text
    std::string_view text = {};

    // In place of a text, where ok and the command was STAT, LIST msg, UIDL msg or LANG with an argument.
    pop3::drop_listing drop = {};
    pop3::scan_listing scan = {};
    pop3::unique_id unique = {};
    pop3::language language = {};

    static reply read(cursor& c, answer_form form) {
        reply result;
        result.ok = c.raw().front() == '+';
        if (result.ok && form == answer_form::drop_listing) {
            result.drop = pop3::drop_listing::read(c);
        } else if (result.ok && form == answer_form::scan_listing) {
            result.scan = pop3::scan_listing::read(c);
        } else if (result.ok && form == answer_form::unique_id) {
            result.unique = pop3::unique_id::read(c);
        } else if (result.ok && form == answer_form::language) {
            result.language = pop3::language::read(c);
        } else {
            result.code.levels = c.skip_absent() ? std::string_view() : c.raw();
            result.text = c.skip_absent() ? std::string_view() : c.raw();
        }
        return result;
    }

    void write(writer& out, answer_form form) const {
        if (ok) {
            out.raw("+OK");
        } else {
            out.raw("-ERR");
        }
        if (ok && form == answer_form::drop_listing) {
            drop.write(out.sp());
        } else if (ok && form == answer_form::scan_listing) {
            scan.write(out.sp());
        } else if (ok && form == answer_form::unique_id) {
            unique.write(out.sp());
        } else if (ok && form == answer_form::language) {
            language.write(out.sp());
        } else if (code) {
            out.raw(" [").response_levels(code.levels).raw("]");
            if (!text.empty()) out.sp().coded_text(text);
        } else if (!text.empty()) {
            out.sp().plain_text(text);
        }
    }
    friend constexpr bool operator==(const reply&, const reply&) = default;
};

// The first line of a session. RFC 1939 4 and 7 (APOP), RFC 2449 3.
struct greeting {
    response_code code = {};
    std::string_view text = {};      // all of it, the timestamp too where it came from a server
    std::string_view timestamp = {}; // "<...@...>" with its brackets, what APOP is made with; empty: no APOP

    static greeting read(cursor& c) {
        c.skip(); // the status
        greeting result;
        result.code.levels = c.skip_absent() ? std::string_view() : c.raw();
        const std::string_view before = c.raw();
        result.timestamp = c.skip_absent() ? std::string_view() : c.raw();
        const std::string_view after = c.raw();
        const auto size = static_cast<std::size_t>(after.data() + after.size() - before.data());
        result.text = {before.data(), size};
        return result;
    }

    // A timestamp that is no part of the text is written behind it.
    void write(writer& out) const {
        const bool to_add = !timestamp.empty() && text.find(timestamp) == std::string_view::npos;
        out.raw("+OK");
        if (code) out.raw(" [").response_levels(code.levels).raw("]");
        if (!text.empty()) out.require(code || text.front() != '[').sp().greeting_text(text);
        if (to_add) out.require(text.find('<') == std::string_view::npos).sp().timestamp(timestamp);
    }
    friend constexpr bool operator==(const greeting&, const greeting&) = default;
};

} // namespace mailwire::pop3
