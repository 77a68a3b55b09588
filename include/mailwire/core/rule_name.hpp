// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "mailwire/core/chars.hpp"
#include "mailwire/core/fixed_string.hpp"
#include "mailwire/core/rules.hpp"
#include "mailwire/core/slot.hpp"

// What rules are called in messages: a rule by the name of its production, a terminal as ABNF spells it. All names are
// made while the program is compiled and stay valid for ever.
namespace mailwire::detail {

// Text of a length that is computed.
template <std::size_t N> struct static_text {
    std::array<char, N> octets{};
    constexpr std::string_view view() const { return {octets.data(), N}; }
};

template <typename... Parts> constexpr std::size_t length_of(const Parts&... parts) { return (parts.size() + ... + 0); }

template <std::size_t N, typename... Parts> constexpr static_text<N> joined(const Parts&... parts) {
    static_text<N> result;
    auto* at = result.octets.data();
    ((at = std::copy(parts.begin(), parts.end(), at)), ...);
    return result;
}

// The type's name with its namespaces: "mailwire::imap::grammar::nz_number".
template <typename T> constexpr std::string_view full_name() {
    std::string_view text = type_name<T>();
    text.remove_prefix(text.find("T = ") + 4);
    return text.substr(0, std::min(text.find(';'), text.rfind(']')));
}

// Where the last part of a name begins; a template has none.
constexpr std::size_t last_part(std::string_view name) {
    if (name.find('<') != std::string_view::npos) return name.size();
    const std::size_t colons = name.rfind("::");
    return colons == std::string_view::npos ? 0 : colons + 2;
}

// nz_number is nz-number, delete_ is delete.
template <typename T> struct abnf_spelling {
    static constexpr std::string_view plain = [] {
        std::string_view name = full_name<T>();
        name.remove_prefix(last_part(name));
        if (name.ends_with('_')) name.remove_suffix(1);
        return name;
    }();
    static constexpr auto spelled = [] {
        static_text<plain.size()> result;
        std::ranges::replace_copy(plain, result.octets.begin(), '_', '-');
        return result;
    }();
};

// A production has its rule directly in a namespace `grammar`.
template <typename T> constexpr bool is_production() {
    constexpr std::string_view name = full_name<T>();
    return name.substr(0, last_part(name)).ends_with("::grammar::") && !abnf_spelling<T>::plain.empty();
}

template <typename T> constexpr std::string_view production_name() {
    if constexpr (is_production<T>()) {
        return abnf_spelling<T>::spelled.view();
    } else {
        return {};
    }
}

template <typename T> constexpr std::string_view rfc_of() {
    if constexpr (requires { std::string_view(T::rfc); }) {
        return T::rfc;
    } else {
        return {};
    }
}

// A text between quotes, as ABNF writes a string.
template <fixed_string Text> struct quoted_text {
    static constexpr std::string_view quote = "\"";
    static constexpr auto spelled = joined<Text.size() + 2>(quote, Text.view(), quote);
};

template <char C> struct quoted_octet { static constexpr static_text<3> spelled{{'"', C, '"'}}; };

// One octet as ABNF writes it.
template <char C> constexpr std::string_view octet_name() {
    switch (C) {
    case ' ':
        return "SP";
    case '"':
        return "DQUOTE";
    case '\r':
        return "CR";
    case '\n':
        return "LF";
    default:
        return quoted_octet<C>::spelled.view();
    }
}

template <fixed_string Text> constexpr std::string_view text_name() {
    if constexpr (Text.view() == "\r\n") {
        return "CRLF";
    } else {
        return quoted_text<Text>::spelled.view();
    }
}

// A set of a few printable octets: "+" or "-".
template <char_class Class> struct few_octets {
    static constexpr std::size_t count = [] {
        std::size_t n = 0;
        for (int c = 0x21; c != 0x7f; ++c)
            n += Class.contains(static_cast<char>(c)) ? 1 : 0;
        return n;
    }();
    static constexpr std::size_t length = count == 0 || count > 4 ? 0 : 7 * count - 4;
    static constexpr auto spelled = [] {
        static_text<length> result;
        std::size_t at = 0;
        for (int c = 0x21; c != 0x7f && length != 0; ++c) {
            if (!Class.contains(static_cast<char>(c))) continue;
            for (const char octet : {'"', static_cast<char>(c), '"', ' ', 'o', 'r', ' '}) {
                if (at != length) result.octets[at++] = octet;
            }
        }
        return result;
    }();
};

// The core sets of RFC 5234 B.1; others are known to the protocol they are of.
template <char_class Class, typename Words> constexpr std::string_view class_name() {
    if (const std::string_view name = Words::class_name(Class); !name.empty()) return name;
    if (Class == digit) return "DIGIT";
    if (Class == alpha) return "ALPHA";
    if (Class == vchar) return "VCHAR";
    if (Class == char_) return "CHAR";
    return few_octets<Class>::spelled.view();
}

// What a terminal that has not matched is called. `separator`: what stands between two things, and is always called by
// its own name. A terminal that is not known here has no name.
template <typename Leaf> struct terminal {
    static constexpr bool is_text = false;
    static constexpr bool separator = false;
    template <typename Words> static constexpr std::string_view name() { return {}; }
    template <typename Words> static constexpr std::string_view inside() { return {}; }
};

template <char C> struct terminal<ch<C>> : terminal<void> {
    static constexpr bool is_text = true;
    static constexpr bool separator = C == ' ';
    template <typename Words> static constexpr std::string_view name() { return octet_name<C>(); }
};
template <fixed_string Text> struct terminal<exact<Text>> : terminal<void> {
    static constexpr bool is_text = true;
    static constexpr bool separator = Text.view() == "\r\n";
    template <typename Words> static constexpr std::string_view name() { return text_name<Text>(); }
};
template <fixed_string Text> struct terminal<kw<Text>> : terminal<void> {
    static constexpr bool is_text = true;
    template <typename Words> static constexpr std::string_view name() { return text_name<Text>(); }
};
template <char_class Class> struct terminal<one_of<Class>> : terminal<void> {
    template <typename Words> static constexpr std::string_view name() { return class_name<Class, Words>(); }
};
template <char_class Class, std::size_t Min> struct terminal<run_of<Class, Min>> : terminal<void> {
    template <typename Words> static constexpr std::string_view name() { return class_name<Class, Words>(); }
};
template <char_class Class, std::size_t N> struct terminal<exactly_of<Class, N>> : terminal<void> {
    template <typename Words> static constexpr std::string_view name() { return class_name<Class, Words>(); }
    template <typename Words> static constexpr std::string_view inside() { return class_name<Class, Words>(); }
};
template <std::uint64_t Max, char_class First> struct terminal<number_up_to<Max, First>> : terminal<void> {
    template <typename Words> static constexpr std::string_view name() {
        return Words::number_name(Max, !First.contains('0'));
    }
};
template <> struct terminal<at_end> : terminal<void> {
    static constexpr bool separator = true;
    template <typename Words> static constexpr std::string_view name() { return "the end of the unit"; }
};

} // namespace mailwire::detail
