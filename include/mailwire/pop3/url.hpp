// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "mailwire/core/chars.hpp"
#include "mailwire/core/control.hpp"
#include "mailwire/core/cursor.hpp"
#include "mailwire/core/input.hpp"
#include "mailwire/core/sink.hpp"
#include "mailwire/pop3/grammar/url.hpp"
#include "mailwire/pop3/parse.hpp"

namespace mailwire::pop3 {

// A part of a URL: octets of the program, or the spelling of a URL with its %XX. Not owned.
class url_text {
public:
    constexpr url_text() = default;
    constexpr url_text(std::string_view octets) : spelled_(octets) {}
    template <typename String>
    requires std::convertible_to<const String&, std::string_view>
    constexpr url_text(const String& octets) : spelled_(octets) {}

    // A part as it stands in a URL. A "%" without two hexadecimal digits behind it stands for itself.
    static constexpr url_text encoded(std::string_view spelling) {
        url_text result(spelling);
        result.encoded_ = true;
        return result;
    }

    constexpr bool empty() const { return spelled_.empty(); }
    constexpr std::string_view spelled() const { return spelled_; }

    // Calls `visit(char)` for each octet the part stands for.
    template <typename Visit> constexpr void for_each(Visit&& visit) const {
        for (std::size_t i = 0; i != spelled_.size();)
            visit(next_octet(i));
    }

    // The octets the part stands for, written to `room`; none when that is too small. `spelled().size()` octets always
    // suffice. Any octet may come out, NUL and line ends too: what becomes of it is judged where it is used.
    constexpr std::optional<std::string_view> decode(std::span<char> room) const {
        std::size_t n = 0;
        for (std::size_t i = 0; i != spelled_.size();) {
            if (n == room.size()) return std::nullopt;
            room[n++] = next_octet(i);
        }
        return std::string_view(room.data(), n);
    }

    // Whether it stands for this word, in any case.
    constexpr bool equal_ignoring_case(std::string_view word) const {
        std::size_t i = 0;
        for (const char c : word) {
            if (i == spelled_.size() || to_upper(next_octet(i)) != to_upper(c)) return false;
        }
        return i == spelled_.size();
    }

    // True when both stand for the same octets.
    friend constexpr bool operator==(const url_text& a, const url_text& b) {
        std::size_t i = 0;
        std::size_t k = 0;
        while (i != a.spelled_.size() && k != b.spelled_.size()) {
            if (a.next_octet(i) != b.next_octet(k)) return false;
        }
        return i == a.spelled_.size() && k == b.spelled_.size();
    }

private:
    static constexpr int value_of(char digit) {
        const std::string_view all = "0123456789ABCDEF";
        const std::size_t at = all.find(to_upper(digit));
        return at == std::string_view::npos ? -1 : static_cast<int>(at);
    }

    // The octet at `i`, which is moved behind it.
    constexpr char next_octet(std::size_t& i) const {
        const char c = spelled_[i++];
        if (!encoded_ || c != '%' || spelled_.size() - i < 2) return c;
        const int high = value_of(spelled_[i]);
        const int low = value_of(spelled_[i + 1]);
        if (high < 0 || low < 0) return c;
        i += 2;
        return static_cast<char>(static_cast<unsigned char>(high * 16 + low));
    }

    std::string_view spelled_ = {};
    bool encoded_ = false;
};

// A maildrop as a URL names it (RFC 2384). There is no place for a password in it, and no relative form.
struct url {
    static constexpr std::uint16_t default_port = 110;

    url_text user = {};         // empty: to be asked for
    url_text auth = {};         // a SASL mechanism, "*" any, "+APOP" or "+" and an extension; empty: not said
    std::string_view host = {}; // a name, an IPv4 address, or an IPv6 address in brackets
    std::uint16_t port = 0;     // 0: not said

    constexpr std::uint16_t port_to_use() const { return port == 0 ? default_port : port; }

    // Whether the client chooses the mechanism (RFC 2384 4); also where none is named.
    constexpr bool any_mechanism() const { return auth.empty() || auth == url_text("*"); }
    constexpr bool apop() const { return auth.equal_ignoring_case("+APOP"); }

    static url read(cursor& c) {
        url result;
        if (!c.skip_absent()) result.user = url_text::encoded(c.raw());
        if (!c.skip_absent()) result.auth = url_text::encoded(c.raw());
        result.host = c.raw();
        if (!c.skip_absent()) result.port = static_cast<std::uint16_t>(c.number32());
        return result;
    }
    friend constexpr bool operator==(const url&, const url&) = default;
};

// Parses a URL, all of the text. The views of the result point into it.
// Errors: syntax, number_too_big, with the offset in the text. RFC 2384 8, pop-url.
inline parsed<url> parse_url(std::string_view text) {
    std::array<token, 4> tape;
    input in(text, tape, {.from = side::client, .utf8 = false});
    parsed<url> result;
    if (!run<pegtl::seq<grammar::url::pop_url, at_end>>(in)) {
        result.error = in.fault();
    } else {
        cursor c(text, in.tape().tokens());
        result.value = url::read(c);
    }
    return result;
}

namespace detail {

// Writes what the part stands for, with %XX where an octet is none that a URL may have there.
template <sink Sink> void write_encoded(Sink& out, const url_text& part) {
    part.for_each([&out](char c) {
        if (grammar::url::plain_achar(c)) return out.put({&c, 1});
        const std::string_view digits = "0123456789ABCDEF";
        const auto octet = static_cast<unsigned char>(c);
        const char escape[] = {'%', digits[octet >> 4U], digits[octet & 15U]};
        out.put({escape, sizeof escape});
    });
}

} // namespace detail

// Writes a URL. Answers bad_value, with nothing written, for a host that is none and for a mechanism without a user.
// Whether the sink had room is `ok()` of the sink.
template <sink Sink> misuse write_url(Sink& out, const url& value) {
    input host(value.host, {}, {.from = side::client, .utf8 = false});
    if (!run<pegtl::seq<grammar::url::host, at_end>, apply_mode::nothing>(host)) return misuse::bad_value;
    if (value.user.empty() && !value.auth.empty()) return misuse::bad_value;
    out.put("pop://");
    if (!value.user.empty()) {
        detail::write_encoded(out, value.user);
        if (!value.auth.empty()) {
            out.put(";AUTH=");
            detail::write_encoded(out, value.auth);
        }
        out.put("@");
    }
    out.put(value.host);
    if (value.port != 0) {
        char digits[6] = {':'};
        std::size_t size = 1;
        for (std::uint32_t unit = 10000; unit != 0; unit /= 10) {
            if (value.port >= unit) digits[size++] = static_cast<char>('0' + value.port / unit % 10);
        }
        out.put({digits, size});
    }
    return misuse::none;
}

} // namespace mailwire::pop3
