// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <string_view>

#include "mailwire/core/item.hpp"
#include "mailwire/imap/grammar/esearch.hpp"
#include "mailwire/imap/grammar/search.hpp"
#include "mailwire/imap/model/command_facts.hpp"
#include "mailwire/imap/model/sequence_set.hpp"
#include "mailwire/imap/model/status_att.hpp"
#include "mailwire/imap/model/vanished_data.hpp"
#include "mailwire/imap/model/writer.hpp"

// RFC 7162: every change of a message has a number (CONDSTORE), and with these a client catches up (QRESYNC).
namespace mailwire::imap {

namespace grammar {

// mod-sequence-valzer = "0" / mod-sequence-value
struct mod_sequence_valzer : sor<mod_sequence_value, tok<token_kind::number, ch<'0'>>> {};

// permsg-modsequence = mod-sequence-value
struct permsg_modsequence : mod_sequence_value {};

// fetch-mod-resp = "MODSEQ" SP "(" permsg-modsequence ")"
// PEG: the slot takes the word.
struct fetch_mod_resp : seq<sp, lp, permsg_modsequence, rp> {};

// attr-flag-keyword = atom
struct attr_flag_keyword : run_of<atom_char> {};

// attr-flag-extension = "\\" atom
struct attr_flag_extension : seq<exact<"\\\\">, run_of<atom_char>> {};

// attr-flag = "\\Answered" / "\\Flagged" / "\\Deleted" / "\\Seen" / "\\Draft" / attr-flag-keyword / attr-flag-extension
//           ; Does not include "\\Recent"
// PEG: the flags with names of their own have the form of an attr-flag-extension.
struct attr_flag : sor<seq<not_at<seq<exact<"\\\\">, keyword<"Recent">>>, attr_flag_extension>, attr_flag_keyword> {};

// entry-flag-name = DQUOTE "/flags/" attr-flag DQUOTE
// One token, the flag with the backslashes of a quoted string.
struct entry_flag_name : seq<ch<'"'>, kw<"/flags/">, tok<token_kind::escaped, attr_flag>, ch<'"'>> {};

// entry-name = entry-flag-name
struct entry_name : entry_flag_name {};

// entry-type-resp = "priv" / "shared"
struct entry_type_resp : sor<keyword<"priv">, keyword<"shared">> {};

// entry-type-req = entry-type-resp / "all"
struct entry_type_req : tok<token_kind::raw, sor<entry_type_resp, keyword<"all">>> {};

// search-modseq-ext = SP entry-name SP entry-type-req
struct search_modseq_ext : seq<sp, entry_name, sp, entry_type_req> {};

// search-modsequence = "MODSEQ" [search-modseq-ext] SP mod-sequence-valzer
// PEG: the slot takes the word.
struct search_modsequence : seq<sor<search_modseq_ext, seq<absent_tok, absent_tok>>, sp, mod_sequence_valzer> {
    static constexpr std::string_view rfc = "RFC 7162 3.1.5";
};

// uidvalidity = nz-number
struct uidvalidity : nz_number {};

// known-sequence-set = sequence-set ; "*" is not allowed
struct known_sequence_set : detail::same_as<uid_set> {};

// known-uid-set = sequence-set ; "*" is not allowed
struct known_uid_set : detail::same_as<uid_set> {};

// seq-match-data = "(" known-sequence-set SP known-uid-set ")"
struct seq_match_data : seq<lp, known_sequence_set, sp, known_uid_set, rp> {};

namespace detail {

// "(" uidvalidity SP mod-sequence-value [SP known-uids] [SP seq-match-data] ")"
struct qresync_param
    : seq<sp, lp, uidvalidity, sp, mod_sequence_value, maybe<seq<sp, known_uids>>,
          sor<form<forms::message_numbers, seq<sp, seq_match_data>>, seq<absent_tok, absent_tok>>, rp> {
    static constexpr std::string_view rfc = "RFC 7162 3.2.5";
};

} // namespace detail
} // namespace grammar

// A word and a mod-sequence: what has changed since, or what the highest one is.
template <typename Slot, fixed_string Word, typename Number = grammar::mod_sequence_value> struct mod_sequence {
    using word = mailwire::word<Slot, Word>;
    using tail = grammar::seq<grammar::sp, Number>;
    static constexpr std::string_view rfc = "RFC 7162 3.1";
    std::uint64_t value = 0;

    static mod_sequence read(cursor& c) { return {c.number()}; }
    void write(auto& out) const { out.sp().template number<Number>(value); }
    friend bool operator==(const mod_sequence&, const mod_sequence&) = default;
};

// resp-text-code =/ "HIGHESTMODSEQ" SP mod-sequence-value / "NOMODSEQ" / "MODIFIED" SP sequence-set
using code_highestmodseq = mod_sequence<slot::resp_text_code, "HIGHESTMODSEQ">;
using code_nomodseq = bare_word<slot::resp_text_code, "NOMODSEQ">;

// The messages a conditional STORE has left alone; unique identifiers in the answer to UID STORE.
struct code_modified {
    using word = mailwire::word<slot::resp_text_code, "MODIFIED">;
    using tail = grammar::seq<grammar::sp, grammar::detail::sent_set>;
    static constexpr std::string_view rfc = "RFC 7162 3.1.3";
    sequence_set messages = {};

    static code_modified read(cursor& c) { return {sequence_set::read(c)}; }
    void write(auto& out) const {
        out.require(!messages.is_last_result());
        messages.write(out.sp());
    }
    friend bool operator==(const code_modified&, const code_modified&) = default;
};

// status-att =/ "HIGHESTMODSEQ" ; status-att-val =/ "HIGHESTMODSEQ" SP mod-sequence-valzer
using status_highestmodseq = status_word<"HIGHESTMODSEQ">;
using highestmodseq = mod_sequence<slot::status_att_val, "HIGHESTMODSEQ", grammar::mod_sequence_valzer>;

// chgsince-fetch-mod = "CHANGEDSINCE" SP mod-sequence-value, rexpunges-fetch-mod = "VANISHED" (of UID FETCH alone)
using changedsince = mod_sequence<slot::fetch_modifier, "CHANGEDSINCE">;
using fetch_vanished = bare_word<slot::fetch_modifier, "VANISHED">;

// store-modifier =/ "UNCHANGEDSINCE" SP mod-sequence-valzer
using unchangedsince = mod_sequence<slot::store_modifier, "UNCHANGEDSINCE", grammar::mod_sequence_valzer>;

// fetch-mod-sequence = "MODSEQ"
using fetch_modseq = bare_word<slot::fetch_att, "MODSEQ">;

// msg-att-dynamic =/ fetch-mod-resp
struct modseq {
    using word = mailwire::word<slot::msg_att, "MODSEQ">;
    using tail = grammar::fetch_mod_resp;
    static constexpr std::string_view rfc = "RFC 7162 3.1.4.2";
    std::uint64_t value = 0;

    static modseq read(cursor& c) { return {c.number()}; }
    void write(auto& out) const { out.raw(" (").template number<grammar::permsg_modsequence>(value).raw(")"); }
    friend bool operator==(const modseq&, const modseq&) = default;
};

namespace found {

// In ESEARCH: the highest of the messages found.
using modseq = mod_sequence<slot::search_return_data, "MODSEQ">;

} // namespace found

// Whose flag a search means, where users have their own (entry-type-req).
enum class entry_type : std::uint8_t { all, shared, private_ };

namespace key {

// search-modsequence: what has changed with this number or a higher one.
struct modseq {
    using word = mailwire::word<slot::search_key, "MODSEQ">;
    using tail = grammar::search_modsequence;
    static constexpr std::string_view rfc = "RFC 7162 3.1.5";
    std::uint64_t value = 0;
    mailwire::text flag = mailwire::text::nil(); // only changes of this flag; nil: any change
    entry_type type = entry_type::all;           // of the flag

    static modseq read(cursor& c) {
        modseq m;
        if (c.at_absent()) {
            c.skip();
            c.skip();
        } else {
            m.flag = c.text();
            const char letter = to_upper(c.raw().front());
            m.type = letter == 'A' ? entry_type::all : letter == 'S' ? entry_type::shared : entry_type::private_;
        }
        m.value = c.number();
        return m;
    }
    void write(auto& out) const {
        if (!flag.is_nil()) write_entry(out);
        out.sp().template number<grammar::mod_sequence_valzer>(value);
    }
    friend bool operator==(const modseq&, const modseq&) = default;

private:
    // The flag's backslash is written as two: it stands in a quoted string.
    void write_entry(auto& out) const {
        std::string_view name = flag.spelled();
        out.raw(" \"/flags/");
        if (flag.how() == spelling::plain && name.starts_with('\\')) {
            name.remove_prefix(1);
            out.require(!equal_ignoring_case(name, "Recent"));
            out.raw("\\\\").template judged<grammar::attr_flag_keyword>(name);
        } else {
            out.template judged<grammar::attr_flag>(name);
        }
        out.raw(type == entry_type::all      ? constant("\" all")
                : type == entry_type::shared ? constant("\" shared")
                                             : constant("\" priv"));
    }
};

} // namespace key

// select-param =/ condstore-param = "CONDSTORE"
using condstore_param = bare_word<slot::select_param, "CONDSTORE">;

// select-param =/ "QRESYNC" SP "(" ... ")": what the client knows of the mailbox
struct qresync_param {
    using word = mailwire::word<slot::select_param, "QRESYNC">;
    using tail = grammar::detail::qresync_param;
    static constexpr std::string_view rfc = "RFC 7162 3.2.5";
    std::uint32_t uidvalidity = 0;
    std::uint64_t modseq = 0;
    sequence_set known_uids = {};    // empty: all up to the highest
    sequence_set known_numbers = {}; // some message numbers, ascending; empty: none are told
    sequence_set uids_of_them = {};  // their unique identifiers

    static qresync_param read(cursor& c) {
        qresync_param q;
        q.uidvalidity = c.number32();
        q.modseq = c.number();
        if (!c.skip_absent()) q.known_uids = sequence_set::read(c);
        if (!c.skip_absent()) q.known_numbers = sequence_set::read(c);
        if (!c.skip_absent()) q.uids_of_them = sequence_set::read(c);
        return q;
    }
    void write(auto& out) const {
        out.raw(" (").template number<grammar::uidvalidity>(uidvalidity).sp();
        out.template number<grammar::mod_sequence_value>(modseq);
        out.require(known_uids.has_numbers_only() && known_numbers.has_numbers_only());
        out.require(uids_of_them.has_numbers_only() && known_numbers.empty() == uids_of_them.empty());
        if (!known_uids.empty()) known_uids.write(out.sp());
        if (!known_numbers.empty()) {
            out.require(out.may_number()); // RFC 9586 3.6
            known_numbers.write(out.raw(" ("));
            uids_of_them.write(out.sp());
            out.raw(")");
        }
        out.raw(")");
    }
    friend bool operator==(const qresync_param&, const qresync_param&) = default;
};

// RFC 7162 3.1: what enables CONDSTORE without ENABLE.
template <> inline constexpr std::uint32_t switched_on_by<condstore_param> = modes::condstore;
template <> inline constexpr std::uint32_t switched_on_by<status_highestmodseq> = modes::condstore;
template <> inline constexpr std::uint32_t switched_on_by<fetch_modseq> = modes::condstore;
template <> inline constexpr std::uint32_t switched_on_by<changedsince> = modes::condstore;
template <> inline constexpr std::uint32_t switched_on_by<unchangedsince> = modes::condstore;
template <> inline constexpr std::uint32_t switched_on_by<key::modseq> = modes::condstore;

struct condstore
    : extension<code_highestmodseq, code_nomodseq, code_modified, status_highestmodseq, highestmodseq, changedsince,
                unchangedsince, fetch_modseq, modseq, found::modseq, key::modseq, condstore_param> {
    static constexpr std::string_view capability = "CONDSTORE";
    static constexpr std::uint32_t enables = modes::condstore;
};

// A server with QRESYNC has CONDSTORE (RFC 7162 3.2.3); VANISHED is read by every program.
struct qresync : extension<qresync_param, fetch_vanished> {
    using implies = condstore;
    static constexpr std::string_view capability = "QRESYNC";
    static constexpr std::uint32_t enables = modes::condstore | modes::qresync;
};

} // namespace mailwire::imap
