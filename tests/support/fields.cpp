// SPDX-License-Identifier: BSL-1.0
#include "fields.hpp"

#include "mailwire/core/chars.hpp"
#include "mailwire/core/cursor.hpp"

#include <cstddef>

namespace mailwire::test {

bool inside(std::string_view unit, std::span<const token> tokens) {
    for (std::size_t i = 0; i != tokens.size(); ++i) {
        const token t = tokens[i];
        switch (t.kind()) {
        case token_kind::item:
            if (t.size() > tokens.size() - i - 1) return false;
            break;
        case token_kind::list:
            if (t.size() > tokens.size() - i - 1 || t.offset > unit.size()) return false;
            break;
        case token_kind::streamed:
            if (t.offset >= unit.size()) return false;
            break;
        default:
            if (t.offset > unit.size() || t.size() > unit.size() - t.offset) return false;
        }
    }
    return true;
}

namespace {

bool is_string(token_kind kind) {
    return kind == token_kind::atom || kind == token_kind::quoted || kind == token_kind::escaped ||
           kind == token_kind::literal;
}

bool same_field(cursor& a, cursor& b) {
    if (is_string(a.kind()) && is_string(b.kind())) return a.text() == b.text();
    if (a.kind() != b.kind()) return false;
    switch (a.kind()) {
    case token_kind::item:
        if (a.position()->offset != b.position()->offset) return false;
        [[fallthrough]];
    case token_kind::list: {
        cursor in_a = a.enter();
        cursor in_b = b.enter();
        while (in_a.more() && in_b.more()) {
            if (!same_field(in_a, in_b)) return false;
        }
        return !in_a.more() && !in_b.more();
    }
    case token_kind::number:
        return a.number() == b.number();
    case token_kind::raw:
        return equal_ignoring_case(a.raw(), b.raw());
    default:
        a.skip();
        b.skip();
        return true;
    }
}

} // namespace

bool same_fields(std::string_view unit, std::span<const token> tokens, std::string_view other_unit,
                 std::span<const token> other_tokens) {
    cursor a(unit, tokens);
    cursor b(other_unit, other_tokens);
    while (a.more() && b.more()) {
        if (!same_field(a, b)) return false;
    }
    return !a.more() && !b.more();
}

std::string spelled(std::string_view octets) {
    constexpr std::size_t most = 300;
    if (octets.size() > most) {
        return spelled(octets.substr(0, most / 2)) + "...(" + std::to_string(octets.size()) + " octets)..." +
               spelled(octets.substr(octets.size() - most / 2));
    }
    std::string result;
    for (const char c : octets) {
        const auto octet = static_cast<unsigned char>(c);
        if (c == '\r') {
            result += "\\r";
        } else if (c == '\n') {
            result += "\\n";
        } else if (octet >= 0x20 && octet < 0x7f) {
            result += c;
        } else {
            constexpr char digits[] = "0123456789abcdef";
            result += {'\\', 'x', digits[octet >> 4U], digits[octet & 15U]};
        }
    }
    return result;
}

} // namespace mailwire::test
