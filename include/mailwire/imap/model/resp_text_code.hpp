// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <string_view>

#include "mailwire/core/item.hpp"
#include "mailwire/imap/grammar/flags.hpp"
#include "mailwire/imap/grammar/response.hpp"
#include "mailwire/imap/grammar/sets.hpp"
#include "mailwire/imap/model/sequence_set.hpp"
#include "mailwire/imap/model/writer.hpp"

// The codes of status responses (RFC 9051 7.1; 9, resp-text-code).
namespace mailwire::imap {

// A code that is a word and nothing else.
template <fixed_string Word> using code = bare_word<slot::resp_text_code, Word>;

// A code with one number that is not zero.
template <fixed_string Word, typename Tail = grammar::seq<grammar::sp, grammar::nz_number>> struct code_number {
    using word = mailwire::word<slot::resp_text_code, Word>;
    using tail = Tail;
    static constexpr std::string_view rfc = "RFC 9051 7.1";
    std::uint32_t value = 0;

    static code_number read(cursor& c) { return {c.number32()}; }
    void write(auto& out) const { out.sp().template number<grammar::nz_number>(value); }
    friend bool operator==(const code_number&, const code_number&) = default;
};

using code_alert = code<"ALERT">;
using code_parse = code<"PARSE">;
using code_read_only = code<"READ-ONLY">;
using code_read_write = code<"READ-WRITE">;
using code_trycreate = code<"TRYCREATE">;
using code_uidnotsticky = code<"UIDNOTSTICKY">;
using code_closed = code<"CLOSED">;
using code_unavailable = code<"UNAVAILABLE">;
using code_authenticationfailed = code<"AUTHENTICATIONFAILED">;
using code_authorizationfailed = code<"AUTHORIZATIONFAILED">;
using code_expired = code<"EXPIRED">;
using code_privacyrequired = code<"PRIVACYREQUIRED">;
using code_contactadmin = code<"CONTACTADMIN">;
using code_noperm = code<"NOPERM">;
using code_inuse = code<"INUSE">;
using code_expungeissued = code<"EXPUNGEISSUED">;
using code_corruption = code<"CORRUPTION">;
using code_serverbug = code<"SERVERBUG">;
using code_clientbug = code<"CLIENTBUG">;
using code_cannot = code<"CANNOT">;
using code_limit = code<"LIMIT">;
using code_overquota = code<"OVERQUOTA">;
using code_alreadyexists = code<"ALREADYEXISTS">;
using code_nonexistent = code<"NONEXISTENT">;
using code_notsaved = code<"NOTSAVED">;
using code_haschildren = code<"HASCHILDREN">;
using code_unknown_cte = code<"UNKNOWN-CTE">;
using code_uidnext = code_number<"UIDNEXT">;
using code_uidvalidity = code_number<"UIDVALIDITY">;

// "BADCHARSET" [SP "(" charset *(SP charset) ")" ]
struct code_badcharset {
    using word = mailwire::word<slot::resp_text_code, "BADCHARSET">;
    using tail =
        maybe<grammar::seq<grammar::sp,
                           list_tok<grammar::seq<grammar::lp, separated<grammar::charset, grammar::sp>, grammar::rp>>>>;
    static constexpr std::string_view rfc = "RFC 9051 7.1";
    seq_of<text> charsets = {};

    static code_badcharset read(cursor& c) {
        if (c.skip_absent()) return {};
        return {seq_of<text>(c.enter())};
    }
    void write(auto& out) const {
        if (!charsets.empty()) out.sp().parens(charsets, [&out](const text& name) { out.charset(name); });
    }
    friend bool operator==(const code_badcharset&, const code_badcharset&) = default;
};

// capability-data as a code
struct code_capability {
    using word = mailwire::word<slot::resp_text_code, "CAPABILITY">;
    using tail = grammar::capability_data;
    static constexpr std::string_view rfc = "RFC 9051 7.1";
    seq_of<text> capabilities = {};

    static code_capability read(cursor& c) { return {seq_of<text>(c.enter())}; }
    void write(auto& out) const {
        out.require(!capabilities.empty());
        out.sp().joined(capabilities, [&out](const text& name) { out.atom(name); });
    }
    friend bool operator==(const code_capability&, const code_capability&) = default;
};

// "PERMANENTFLAGS" SP "(" [flag-perm *(SP flag-perm)] ")"
struct code_permanentflags {
    using word = mailwire::word<slot::resp_text_code, "PERMANENTFLAGS">;
    using tail = grammar::seq<grammar::sp, grammar::flag_perm_list>;
    static constexpr std::string_view rfc = "RFC 9051 7.1";
    seq_of<text> flags = {};

    static code_permanentflags read(cursor& c) { return {seq_of<text>(c.enter())}; }
    void write(auto& out) const { out.sp().template flags<grammar::flag_perm_text>(flags); }
    friend bool operator==(const code_permanentflags&, const code_permanentflags&) = default;
};

// resp-code-apnd = "APPENDUID" SP nz-number SP append-uid ; RFC 4315 lets append-uid be a uid-set
struct code_appenduid {
    using word = mailwire::word<slot::resp_text_code, "APPENDUID">;
    using tail = grammar::resp_code_apnd;
    static constexpr std::string_view rfc = "RFC 9051 7.1";
    std::uint32_t uidvalidity = 0;
    sequence_set uids = {};

    static code_appenduid read(cursor& c) {
        const std::uint32_t validity = c.number32();
        return {validity, sequence_set::read(c)};
    }
    void write(auto& out) const {
        out.require(uids.has_numbers_only());
        uids.write(out.sp().template number<grammar::nz_number>(uidvalidity).sp());
    }
    friend bool operator==(const code_appenduid&, const code_appenduid&) = default;
};

// resp-code-copy = "COPYUID" SP nz-number SP uid-set SP uid-set
struct code_copyuid {
    using word = mailwire::word<slot::resp_text_code, "COPYUID">;
    using tail = grammar::resp_code_copy;
    static constexpr std::string_view rfc = "RFC 9051 7.1";
    std::uint32_t uidvalidity = 0;
    sequence_set from = {};
    sequence_set to = {};

    static code_copyuid read(cursor& c) {
        const std::uint32_t validity = c.number32();
        const sequence_set from = sequence_set::read(c);
        return {validity, from, sequence_set::read(c)};
    }
    void write(auto& out) const {
        out.require(from.has_numbers_only() && to.has_numbers_only());
        from.write(out.sp().template number<grammar::nz_number>(uidvalidity).sp());
        to.write(out.sp());
    }
    friend bool operator==(const code_copyuid&, const code_copyuid&) = default;
};

struct resp_text_codes
    : extension<extension<code_alert, code_parse, code_read_only, code_read_write, code_trycreate, code_uidnotsticky,
                          code_closed, code_unavailable, code_authenticationfailed, code_authorizationfailed,
                          code_expired, code_privacyrequired, code_contactadmin, code_noperm, code_inuse>,
                extension<code_expungeissued, code_corruption, code_serverbug, code_clientbug, code_cannot, code_limit,
                          code_overquota, code_alreadyexists, code_nonexistent, code_notsaved, code_haschildren,
                          code_unknown_cte, code_uidnext, code_uidvalidity>,
                code_badcharset, code_capability, code_permanentflags, code_appenduid, code_copyuid> {};

} // namespace mailwire::imap
