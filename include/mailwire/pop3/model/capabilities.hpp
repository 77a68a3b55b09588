// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>

#include "mailwire/pop3/grammar/response.hpp"
#include "mailwire/pop3/model/params.hpp"
#include "mailwire/pop3/model/writer.hpp"
#include "mailwire/sasl/mechanism_set.hpp"

namespace mailwire::pop3 {

// What a client remembers of a CAPA listing.
struct capability_set {
    // EXPIRE NEVER: messages stay as long as their owner lets them.
    static constexpr std::uint32_t never = 0xffffffffU;

    bool known = false; // a listing has been read to its end
    bool top = false;
    bool user = false;
    bool sasl = false;
    bool resp_codes = false;
    bool pipelining = false;
    bool uidl = false;
    bool stls = false;
    bool auth_resp_code = false;
    bool utf8 = false;
    bool utf8_user = false; // names and passwords may be in UTF-8
    bool lang = false;
    bool login_delay = false;          // login_delay_seconds has been announced
    bool login_delay_per_user = false; // it may be another one once the user is known
    bool expire = false;               // expire_days has been announced
    bool expire_per_user = false;      // they may be others once the user is known
    std::uint32_t login_delay_seconds = 0;
    std::uint32_t expire_days = never; // 0: what was fetched is gone after QUIT
    sasl::mechanism_set mechanisms = {};

    friend constexpr bool operator==(const capability_set&, const capability_set&) = default;
};

// The lines of a CAPA listing (RFC 2449 6). `learn` notes in a set what the line announces; of a line that comes twice
// the last one counts; mechanisms add up.
namespace capability {

// A capability without arguments.
template <fixed_string Word, bool capability_set::*Member> struct plain {
    using word = mailwire::word<slot::capability, Word>;
    using tail = grammar::success;

    static plain read(cursor&) { return {}; }
    void write(writer&) const {}
    void learn(capability_set& set) const { set.*Member = true; }
};

using top = plain<"TOP", &capability_set::top>;
using user = plain<"USER", &capability_set::user>;
using resp_codes = plain<"RESP-CODES", &capability_set::resp_codes>;
using pipelining = plain<"PIPELINING", &capability_set::pipelining>;
using uidl = plain<"UIDL", &capability_set::uidl>;

// [SP params], read as one field.
struct words_tail : grammar::sor<grammar::seq<grammar::sp, tok<token_kind::raw, grammar::params>>, absent_tok> {};

struct sasl {
    using word = mailwire::word<slot::capability, "SASL">;
    using tail = words_tail;
    params mechanisms = {};

    static sasl read(cursor& c) { return {c.raw()}; }
    void write(writer& out) const { out.params(mechanisms.line()); }
    void learn(capability_set& set) const {
        set.sasl = true;
        for (const std::string_view name : mechanisms)
            set.mechanisms.add(name);
    }
};

struct implementation {
    using word = mailwire::word<slot::capability, "IMPLEMENTATION">;
    using tail = words_tail;
    params text = {};

    static implementation read(cursor& c) { return {c.raw()}; }
    void write(writer& out) const { out.params(text.line()); }
};

// [SP "USER"]: another value may hold once the user is known.
struct user_tail : grammar::sor<grammar::seq<grammar::sp, tok<token_kind::raw, kw<"USER">>>, absent_tok> {};

struct login_delay {
    using word = mailwire::word<slot::capability, "LOGIN-DELAY">;
    using tail = grammar::seq<grammar::sp, tok<token_kind::number, grammar::count>, user_tail>;
    std::uint32_t seconds = 0;
    bool per_user = false;

    static login_delay read(cursor& c) {
        const std::uint32_t least = c.number32();
        return {least, !c.raw().empty()};
    }
    void write(writer& out) const {
        out.sp().number(seconds);
        if (per_user) out.raw(" USER");
    }
    void learn(capability_set& set) const {
        set.login_delay = true;
        set.login_delay_seconds = seconds;
        set.login_delay_per_user = per_user;
    }
};

struct expire {
    using word = mailwire::word<slot::capability, "EXPIRE">;
    using tail = grammar::seq<grammar::sp,
                              grammar::sor<tok<token_kind::number, grammar::count>, tok<token_kind::nil, kw<"NEVER">>>,
                              user_tail>;
    std::uint32_t days = 0; // or capability_set::never
    bool per_user = false;

    static expire read(cursor& c) {
        const bool kept = c.at_nil();
        const std::string_view least = c.raw();
        return {kept ? capability_set::never : static_cast<std::uint32_t>(number_in(least)), !c.raw().empty()};
    }
    void write(writer& out) const {
        if (days == capability_set::never) {
            out.raw(" NEVER");
        } else {
            out.sp().number(days);
        }
        if (per_user) out.raw(" USER");
    }
    void learn(capability_set& set) const {
        set.expire = true;
        set.expire_days = days;
        set.expire_per_user = per_user;
    }
};

} // namespace capability
} // namespace mailwire::pop3
