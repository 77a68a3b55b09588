// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <string_view>
#include <type_traits>

#include "mailwire/core/explain.hpp"
#include "mailwire/imap/grammar/list.hpp"
#include "mailwire/imap/parse.hpp"

// Says why a unit was refused. Costs compile time and runs slowly, so that no other header includes it: for what was
// refused already, in the place where messages for people are written.
namespace mailwire::imap {

namespace detail {

template <typename Rule> inline constexpr bool excludes = false;
template <typename R> inline constexpr bool excludes<grammar::detail::consistent<R>> = true;

// What RFC 9051 9 calls things, where the types do not say it.
struct explaining_words : mailwire::detail::rule_words {
    static constexpr std::string_view class_name(const char_class& set) {
        if (set == grammar::atom_char) return "ATOM-CHAR";
        if (set == grammar::astring_char) return "ASTRING-CHAR";
        if (set == grammar::list_char) return "list-char";
        if (set == grammar::text_char || set == grammar::text_char - grammar::resp_specials) return "TEXT-CHAR";
        if (set == grammar::base64_char) return "base64-char";
        if (set == grammar::digit_nz) return "digit-nz";
        return {};
    }

    static constexpr std::string_view number_name(std::uint64_t most, bool not_zero) {
        if (most > 4294967295U) return not_zero ? "nz-number64" : "number64";
        return not_zero ? "nz-number" : "number";
    }

    static constexpr std::string_view form_name(std::uint32_t bit) {
        switch (bit) {
        case forms::rev1:
            return "only IMAP4rev1 has this";
        case forms::rev2:
            return "only IMAP4rev2 has this";
        case forms::message_numbers:
            return "message numbers are not in force";
        default:
            return {};
        }
    }

    // Of these, what they begin with says more than their name.
    template <typename Rule>
    static constexpr bool is_known_by_its_words =
        std::is_same_v<Rule, grammar::resp_cond_state> || std::is_same_v<Rule, grammar::resp_cond_bye> ||
        std::is_same_v<Rule, grammar::resp_cond_auth> || std::is_same_v<Rule, grammar::search_program>;

    // How strings are spelled has a section of its own.
    template <typename Rule>
    static constexpr bool is_string = std::is_same_v<Rule, grammar::quoted> || std::is_same_v<Rule, grammar::literal> ||
                                      std::is_same_v<Rule, grammar::literal8>;

    template <typename Rule> static constexpr mailwire::detail::rule_frame::names rule_names() {
        if (std::is_same_v<Rule, grammar::nil>) return {};
        if (std::is_same_v<Rule, grammar::rest_of_unit>) return {{}, "CRLF", {}};
        auto names = rule_words::rule_names<Rule>();
        if (is_known_by_its_words<Rule>) names.expected = {};
        if (is_string<Rule>) names.rfc = "RFC 9051 4.3";
        return names;
    }

    template <typename Slot> static constexpr std::string_view slot_name() {
        if constexpr (std::is_same_v<Slot, slot::counted_data>) {
            return "mailbox-data";
        } else {
            return rule_words::slot_name<Slot>();
        }
    }
    template <typename Slot> static constexpr std::string_view slot_word() {
        if constexpr (std::is_same_v<Slot, slot::response_data> || std::is_same_v<Slot, slot::counted_data>) {
            return "mailbox-data";
        } else if constexpr (std::is_same_v<Slot, slot::message_data>) {
            return "message-data";
        } else if constexpr (std::is_same_v<Slot, slot::msg_att>) {
            return "msg-att-static or msg-att-dynamic";
        } else if constexpr (std::is_same_v<Slot, slot::command>) {
            return "the name of a command";
        } else {
            return rule_words::slot_word<Slot>();
        }
    }

    template <typename Leaf, typename In> static void stopped_inside(In& in, std::uint32_t begin, std::uint32_t stop) {
        if constexpr (std::is_same_v<Leaf, grammar::quoted>) {
            stopped_in_quoted(in, begin, stop);
        } else if constexpr (std::is_base_of_v<grammar::detail::any_literal<false>, Leaf> ||
                             std::is_base_of_v<grammar::detail::any_literal<true>, Leaf>) {
            stopped_in_literal(in, begin, stop);
        } else if constexpr (std::is_same_v<Leaf, grammar::text>) {
            in.log().wrong("octets that are no UTF-8", stop);
        } else {
            in.log().wrong({}, stop);
        }
    }

    template <typename Rule, typename In> static void refused(In& in, std::uint32_t begin) {
        if constexpr (excludes<Rule>) {
            const std::uint32_t size = in.offset() - begin;
            if (!grammar::detail::are_consistent({in.current() - size, size})) {
                in.log().wrong("attributes that exclude each other", in.offset());
            }
        }
    }

private:
    template <typename In> static void stopped_in_quoted(In& in, std::uint32_t begin, std::uint32_t stop) {
        if (!in.has_octet(stop) || in.octet(stop) == '\r' || in.octet(stop) == '\n') {
            return in.log().missed("DQUOTE", stop);
        }
        if (static_cast<unsigned char>(in.octet(stop)) >= 0x80) {
            return in.log().wrong(in.rules().utf8 ? "octets that are no UTF-8" : "UTF-8 that is not agreed on", stop);
        }
        if (in.octet(stop) == '\0') return in.log().wrong("NUL", stop);
        std::uint32_t backslashes = 0;
        while (stop - backslashes > begin + 1 && in.octet(stop - backslashes - 1) == '\\')
            ++backslashes;
        if (backslashes % 2 == 1) return in.log().missed("quoted-specials behind \"\\\"", stop);
        in.log().missed("QUOTED-CHAR", stop);
    }

    template <typename In> static void stopped_in_literal(In& in, std::uint32_t begin, std::uint32_t stop) {
        const std::uint32_t open = in.octet(begin) == '~' ? begin + 1 : begin;
        std::uint32_t digits = open + 1;
        while (digits < stop && digit.contains(in.octet(digits)))
            ++digits;
        if (stop == open + 1) return in.log().missed("number64", stop);
        const bool whole = header_is_whole(in, digits);
        if (!whole && (stop == digits || in.octet(stop - 1) == '+')) return in.log().missed("\"}\"", stop);
        if (!whole) return in.log().missed("CRLF", stop);
        if (stop <= digits) {
            return in.log().wrong(
                in.rules().from == side::server ? "\"+\" from a server" : "\"+\" without LITERAL+ or LITERAL-", stop);
        }
        in.log().wrong(in.has_octet(stop) ? "NUL" : "fewer octets than announced", stop);
    }

    template <typename In> static bool header_is_whole(const In& in, std::uint32_t at) {
        if (in.has_octet(at) && in.octet(at) == '+') ++at;
        for (const char c : {'}', '\r', '\n'}) {
            if (!in.has_octet(at) || in.octet(at) != c) return false;
            ++at;
        }
        return true;
    }
};

template <typename Rule, typename Profile>
explanation explain_unit(std::string_view unit, const parse_options& options) {
    if (const error fault = too_long(unit)) return {.error = fault};
    mailwire::detail::explaining_input<input_for<Profile, input>, explaining_words> in(unit, {}, options.dialect);
    in.elided(options.elided);
    return mailwire::detail::explain<Rule>(in, "RFC 9051 9");
}

} // namespace detail

// Says why parse_response refuses a unit, with the same options. `error` is that of the parse; it is none where the unit
// is accepted, and never tape_full, since nothing is recorded.
template <typename Profile = everything>
explanation explain_response(std::string_view unit, parse_options options = {}) {
    options.dialect.from = side::server;
    return detail::explain_unit<grammar::response, Profile>(unit, options);
}

// The same for parse_greeting.
template <typename Profile = everything>
explanation explain_greeting(std::string_view unit, parse_options options = {}) {
    options.dialect.from = side::server;
    return detail::explain_unit<grammar::greeting, Profile>(unit, options);
}

// The same for parse_command.
template <typename Profile = everything>
explanation explain_command(std::string_view unit, parse_options options = {}) {
    options.dialect.from = side::client;
    return detail::explain_unit<grammar::command, Profile>(unit, options);
}

} // namespace mailwire::imap
