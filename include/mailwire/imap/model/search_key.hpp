// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <string_view>

#include "mailwire/core/item.hpp"
#include "mailwire/imap/grammar/dates.hpp"
#include "mailwire/imap/grammar/flags.hpp"
#include "mailwire/imap/grammar/search.hpp"
#include "mailwire/imap/grammar/section.hpp"
#include "mailwire/imap/model/sequence_set.hpp"
#include "mailwire/imap/model/writer.hpp"

// What a SEARCH looks for (RFC 9051 6.4.4; 9, search-key).
namespace mailwire::imap {

// One criterion: a word with its arguments, a set of messages, or several criteria that must all hold.
class search_key {
public:
    using one_field = void;

    constexpr search_key() = default;
    template <alternative Alt> constexpr search_key(const Alt& key) : key_(key) {}
    constexpr search_key(sequence_set messages) : messages_(messages) {}
    constexpr search_key(seq_of<search_key> all) : all_(all), is_group_(true) {}

    static search_key read(cursor& c) {
        if (c.at_item()) {
            search_key k;
            k.key_ = item<slot::search_key>::read(c);
            return k;
        }
        if (c.at_list()) return seq_of<search_key>(c.enter());
        return sequence_set::read(c);
    }

    // Exactly one of the three says what this criterion is.
    const item<slot::search_key>& word() const { return key_; }
    bool is_set() const { return !key_ && !is_group_; }
    const sequence_set& messages() const { return messages_; }
    bool is_group() const { return is_group_; }
    const seq_of<search_key>& all() const { return all_; }

    void write(auto& out) const {
        if (key_) {
            out.put(key_);
        } else if (is_group_) {
            out.require(!all_.empty());
            out.parens(all_, [&out](const search_key& k) { k.write(out); });
        } else {
            out.note_numbers(messages_);
            messages_.write(out);
        }
    }

private:
    item<slot::search_key> key_ = {};
    sequence_set messages_ = {};
    seq_of<search_key> all_ = {};
    bool is_group_ = false;
};

// A criterion that is a word and nothing else.
template <fixed_string Word> using key_word = bare_word<slot::search_key, Word>;

// A word and a text to look for.
template <fixed_string Word> struct key_text {
    using word = mailwire::word<slot::search_key, Word>;
    using tail = grammar::seq<grammar::sp, grammar::astring>;
    static constexpr std::string_view rfc = "RFC 9051 6.4.4";
    text value = {};

    static key_text read(cursor& c) { return {c.text()}; }
    void write(auto& out) const { out.sp().astring(value); }
};

// A word and a date: "1-Feb-1994".
template <fixed_string Word> struct key_date {
    using word = mailwire::word<slot::search_key, Word>;
    using tail = grammar::seq<grammar::sp, grammar::date>;
    static constexpr std::string_view rfc = "RFC 9051 6.4.4";
    std::string_view value = {};

    static key_date read(cursor& c) { return {c.raw()}; }
    void write(auto& out) const { out.sp().date(value); }
};

// A word and a size in octets.
template <fixed_string Word> struct key_size {
    using word = mailwire::word<slot::search_key, Word>;
    using tail = grammar::seq<grammar::sp, grammar::number64>;
    static constexpr std::string_view rfc = "RFC 9051 6.4.4";
    std::uint64_t value = 0;

    static key_size read(cursor& c) { return {c.number()}; }
    void write(auto& out) const { out.sp().number(value); }
};

// A word and a keyword flag.
template <fixed_string Word> struct key_flag {
    using word = mailwire::word<slot::search_key, Word>;
    using tail = grammar::seq<grammar::sp, tok<token_kind::atom, grammar::flag_keyword>>;
    static constexpr std::string_view rfc = "RFC 9051 6.4.4";
    text value = {};

    static key_flag read(cursor& c) { return {c.text()}; }
    void write(auto& out) const { out.sp().atom(value); }
};

namespace key {

using all = key_word<"ALL">;
using answered = key_word<"ANSWERED">;
using deleted = key_word<"DELETED">;
using draft = key_word<"DRAFT">;
using flagged = key_word<"FLAGGED">;
using seen = key_word<"SEEN">;
using unanswered = key_word<"UNANSWERED">;
using undeleted = key_word<"UNDELETED">;
using undraft = key_word<"UNDRAFT">;
using unflagged = key_word<"UNFLAGGED">;
using unseen = key_word<"UNSEEN">;
using bcc = key_text<"BCC">;
using body = key_text<"BODY">;
using cc = key_text<"CC">;
using from = key_text<"FROM">;
using subject = key_text<"SUBJECT">;
using text = key_text<"TEXT">;
using to = key_text<"TO">;
using before = key_date<"BEFORE">;
using on = key_date<"ON">;
using since = key_date<"SINCE">;
using sent_before = key_date<"SENTBEFORE">;
using sent_on = key_date<"SENTON">;
using sent_since = key_date<"SENTSINCE">;
using larger = key_size<"LARGER">;
using smaller = key_size<"SMALLER">;
using keyword = key_flag<"KEYWORD">;
using unkeyword = key_flag<"UNKEYWORD">;

// "HEADER" SP header-fld-name SP astring
struct header {
    using word = mailwire::word<slot::search_key, "HEADER">;
    using tail = grammar::seq<grammar::sp, grammar::header_fld_name, grammar::sp, grammar::astring>;
    static constexpr std::string_view rfc = "RFC 9051 6.4.4";
    mailwire::text name = {};
    mailwire::text value = {};

    static header read(cursor& c) {
        const mailwire::text field = c.text();
        return {field, c.text()};
    }
    void write(auto& out) const { out.sp().astring(name).sp().astring(value); }
};

// "UID" SP sequence-set
struct uid {
    using word = mailwire::word<slot::search_key, "UID">;
    using tail = grammar::seq<grammar::sp, grammar::sequence_set>;
    static constexpr std::string_view rfc = "RFC 9051 6.4.4";
    sequence_set value = {};

    static uid read(cursor& c) { return {sequence_set::read(c)}; }
    void write(auto& out) const { value.write(out.sp()); }
};

// "NOT" SP search-key
struct not_ {
    using word = mailwire::word<slot::search_key, "NOT">;
    using tail = grammar::seq<grammar::sp, grammar::detail::deeper_key>;
    static constexpr std::string_view rfc = "RFC 9051 6.4.4";
    search_key value = {};

    static not_ read(cursor& c) { return {search_key::read(c)}; }
    void write(auto& out) const { value.write(out.sp()); }
};

// "OR" SP search-key SP search-key
struct or_ {
    using word = mailwire::word<slot::search_key, "OR">;
    using tail = grammar::seq<grammar::sp, grammar::detail::deeper_key, grammar::sp, grammar::detail::deeper_key>;
    static constexpr std::string_view rfc = "RFC 9051 6.4.4";
    search_key one = {};
    search_key other = {};

    static or_ read(cursor& c) {
        const search_key first = search_key::read(c);
        return {first, search_key::read(c)};
    }
    void write(auto& out) const {
        one.write(out.sp());
        other.write(out.sp());
    }
};

} // namespace key

struct search_keys : extension<extension<key::all, key::answered, key::deleted, key::draft, key::flagged, key::seen,
                                         key::unanswered, key::undeleted, key::undraft, key::unflagged, key::unseen>,
                               extension<key::bcc, key::body, key::cc, key::from, key::subject, key::text, key::to,
                                         key::before, key::on, key::since, key::sent_before, key::sent_on,
                                         key::sent_since, key::larger, key::smaller, key::keyword, key::unkeyword>,
                               key::header, key::uid, key::not_, key::or_> {};

} // namespace mailwire::imap
