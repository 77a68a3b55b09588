// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

#include "mailwire/core/explain.hpp"
#include "mailwire/pop3/parse.hpp"

// Says why a line was refused. Costs compile time and runs slowly, so that no other header includes it: for what was
// refused already, in the place where messages for people are written.
namespace mailwire::pop3 {

namespace detail {

template <typename Leaf> inline constexpr std::size_t most_of = 0;
template <char_class Class, std::size_t Min, std::size_t Max>
inline constexpr std::size_t most_of<grammar::few_of<Class, Min, Max>> = Max;

// What the RFCs call things, where the types do not say it.
struct explaining_words : mailwire::detail::rule_words {
    static constexpr std::string_view class_name(const char_class& set) {
        if (set == grammar::mech_char) return "mech-char";
        if (set == grammar::rchar) return "rchar";
        if (set == grammar::cchar) return "cchar";
        if (set == (digit | octet_range('a', 'f'))) return "a hexadecimal digit in lower case";
        return {};
    }

    static constexpr std::string_view number_name(std::uint64_t, bool not_zero) { return not_zero ? "msg" : "number"; }

    // RFC 1939 has most of its grammar in prose: only what has a name in an RFC is called by it.
    template <typename Rule, typename... Named> static constexpr bool is_one_of = (std::is_same_v<Rule, Named> || ...);
    template <typename Rule>
    static constexpr bool has_name =
        is_one_of<Rule, grammar::command, grammar::keyword, grammar::param, grammar::crlf, grammar::msg, grammar::count,
                  grammar::size, grammar::unique_id, grammar::sasl_mech, grammar::lang_tag, grammar::lang_range,
                  grammar::resp_code, grammar::resp_level, grammar::timestamp> ||
        is_one_of<Rule, grammar::name, grammar::password, grammar::digest, grammar::single_line, grammar::drop_listing,
                  grammar::scan_listing, grammar::unique_id_listing, grammar::language, grammar::continue_req,
                  grammar::capability, grammar::capa_tag, grammar::greeting>;

    template <typename Rule> static constexpr mailwire::detail::rule_frame::names rule_names() {
        if constexpr (std::is_same_v<Rule, grammar::crlf>) {
            return {{}, "CRLF", {}};
        } else if constexpr (std::is_same_v<Rule, grammar::base64>) {
            return {{}, "base64", {}};
        } else if constexpr (has_name<Rule>) {
            return rule_words::rule_names<Rule>();
        } else {
            return {};
        }
    }

    template <typename Slot> static constexpr std::string_view slot_word() {
        return std::is_same_v<Slot, slot::command> ? "keyword" : "capa-tag";
    }

    template <typename Alt> static constexpr std::string_view alternative_rfc() {
        constexpr bool is_command = std::is_same_v<typename Alt::word::slot, slot::command>;
        return is_command ? rfc_of_command(Alt::word::text) : rfc_of_capability(Alt::word::text);
    }

    template <typename Leaf, typename In> static void stopped_inside(In& in, std::uint32_t begin, std::uint32_t stop) {
        if constexpr (std::is_same_v<Leaf, grammar::base64>) {
            in.log().wrong("no base64", stop);
        } else if constexpr (most_of<Leaf> != 0) {
            in.log().wrong(stop - begin == most_of<Leaf> ? "too many octets" : "too few octets", stop);
        } else {
            in.log().wrong({}, stop);
        }
    }

private:
    struct section {
        std::string_view word;
        std::string_view rfc;
    };

    static constexpr std::string_view rfc_of_command(std::string_view word) {
        for (const section& s : {section{"QUIT", "RFC 1939 6"},
                                 {"USER", "RFC 1939 7"},
                                 {"PASS", "RFC 1939 7"},
                                 {"APOP", "RFC 1939 7"},
                                 {"TOP", "RFC 1939 7"},
                                 {"UIDL", "RFC 1939 7"},
                                 {"STAT", "RFC 1939 5"},
                                 {"LIST", "RFC 1939 5"},
                                 {"RETR", "RFC 1939 5"},
                                 {"DELE", "RFC 1939 5"},
                                 {"NOOP", "RFC 1939 5"},
                                 {"RSET", "RFC 1939 5"},
                                 {"CAPA", "RFC 2449 5"},
                                 {"STLS", "RFC 2595 4"},
                                 {"AUTH", "RFC 5034 4"},
                                 {"UTF8", "RFC 6856 2.1"},
                                 {"LANG", "RFC 6856 3.2"}}) {
            if (s.word == word) return s.rfc;
        }
        return {};
    }

    static constexpr std::string_view rfc_of_capability(std::string_view word) {
        for (const section& s : {section{"STLS", "RFC 2595 4"},
                                 {"AUTH-RESP-CODE", "RFC 3206 6"},
                                 {"UTF8", "RFC 6856 2"},
                                 {"LANG", "RFC 6856 3"}}) {
            if (s.word == word) return s.rfc;
        }
        return "RFC 2449 6";
    }
};

template <typename Rule, typename Profile>
explanation explain_line(std::string_view line, side from, const parse_options& options, std::string_view rfc) {
    mailwire::detail::explaining_input<input_for<Profile, response_input>, explaining_words> in(
        line, {}, dialect{.from = from, .utf8 = options.utf8, .quirks = options.quirks});
    in.codes = options.codes;
    return mailwire::detail::explain<Rule>(in, rfc);
}

} // namespace detail

// Says why parse_command refuses a line, with the same options. `error` is that of the parse; it is none where the line
// is accepted, and never tape_full, since nothing is recorded.
template <typename Profile = everything>
explanation explain_command(std::string_view line, const parse_options& options = {}) {
    return detail::explain_line<grammar::command, Profile>(line, side::client, options, "RFC 2449 3");
}

// The same for parse_sasl_line and parse_challenge.
inline explanation explain_sasl_line(std::string_view line, const parse_options& options = {}) {
    return detail::explain_line<grammar::client_response, everything>(line, side::client, options, "RFC 5034 5");
}
inline explanation explain_challenge(std::string_view line, const parse_options& options = {}) {
    return detail::explain_line<grammar::continue_req, everything>(line, side::server, options, "RFC 5034 5");
}

// The same for parse_greeting.
inline explanation explain_greeting(std::string_view line, const parse_options& options = {}) {
    return detail::explain_line<grammar::greeting, everything>(line, side::server, options, "RFC 2449 3");
}

// The same for parse_reply.
inline explanation explain_reply(std::string_view line, answer_form form, parse_options options = {}) {
    if (form == answer_form::language) options.utf8 = true; // RFC 6856 3.2
    return detail::with_reply_rule(form, [&]<typename Rule>() {
        return detail::explain_line<Rule, everything>(line, side::server, options, "RFC 1939 3");
    });
}

// The same for the lines of the listings.
inline explanation explain_scan_listing(std::string_view line, const parse_options& options = {}) {
    return detail::explain_line<grammar::scan_listing_line, everything>(line, side::server, options, "RFC 1939 5");
}
inline explanation explain_unique_id(std::string_view line, const parse_options& options = {}) {
    return detail::explain_line<grammar::unique_id_line, everything>(line, side::server, options, "RFC 1939 7");
}
inline explanation explain_language_listing(std::string_view line, parse_options options = {}) {
    options.utf8 = true; // RFC 6856 3.2
    return detail::explain_line<grammar::language_line, everything>(line, side::server, options, "RFC 6856 3.2");
}
inline explanation explain_mechanism_listing(std::string_view line, const parse_options& options = {}) {
    return detail::explain_line<grammar::mechanism_line, everything>(line, side::server, options, "RFC 4422 3.1");
}

// The same for parse_capability.
template <typename Profile = everything>
explanation explain_capability(std::string_view line, const parse_options& options = {}) {
    return detail::explain_line<grammar::capability, Profile>(line, side::server, options, "RFC 2449 3");
}

} // namespace mailwire::pop3
