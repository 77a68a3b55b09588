// SPDX-License-Identifier: BSL-1.0
// Octets for the leaves of a grammar: short ones and long ones, limits, escapes, and what looks like something else.

#pragma once

#include "source.hpp"

#include "support/rule_shape.hpp"

#include "mailwire/core/input.hpp"
#include "mailwire/imap/grammar/forms.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mailwire::test {

// What a leaf has to know of the sentence it goes into.
struct leaf_setting {
    dialect rules;
    std::size_t room = 0; // octets the sentence should not go far beyond
};

class leaf_maker {
public:
    leaf_maker(std::string& out, decisions& from, const leaf_setting& setting)
        : out_(out), from_(from), setting_(setting) {}

    // Appends octets for a leaf. False for one that nobody has described.
    bool make(const rule_leaf& leaf) {
        switch (leaf.kind) {
        case leaf_kind::none:
            return false;
        case leaf_kind::nothing:
            return true;
        case leaf_kind::exact:
            out_ += leaf.word;
            return true;
        case leaf_kind::word:
            word(leaf.word);
            return true;
        case leaf_kind::octets:
            octets_of(leaf, false);
            return true;
        case leaf_kind::utf8_octets:
            octets_of(leaf, setting_.rules.utf8);
            return true;
        case leaf_kind::number:
        case leaf_kind::wide_number:
            number(leaf);
            return true;
        case leaf_kind::quoted:
            quoted();
            return true;
        case leaf_kind::literal:
        case leaf_kind::literal8:
            literal(leaf.kind == leaf_kind::literal8);
            return true;
        case leaf_kind::text:
            text();
            return true;
        case leaf_kind::rest_of_unit:
            rest_of_unit();
            return true;
        case leaf_kind::base64:
            base64();
            return true;
        }
        return false;
    }

    // A word, now and then in other letters.
    void word(std::string_view letters) {
        const std::size_t style = from_.below(4);
        for (const char c : letters) {
            const bool flip = alpha.contains(c) && (style == 3 || (style == 2 && from_.one_in(2)));
            out_ += flip ? static_cast<char>(c ^ 0x20) : c;
        }
    }

private:
    // How many octets or parts: mostly few, seldom very many.
    std::size_t length(std::size_t least, std::size_t most) {
        std::size_t n = from_.below(6);
        if (from_.one_in(64)) n = from_.below(200);
        if (from_.one_in(4096)) n = 4090 + from_.below(12);
        return std::min(most, least + std::min(n, setting_.room / 2));
    }

    char any_of(const char_class& set, bool plain) {
        static const std::string_view usual = "abcxyzABCXYZ0123456789";
        if (plain) {
            const char c = usual[from_.below(usual.size())];
            if (set.contains(c)) return c;
        }
        std::size_t start = from_.below(256);
        while (!set.contains(static_cast<char>(start)))
            start = (start + 1) % 256;
        return static_cast<char>(start);
    }

    void octets_of(const rule_leaf& leaf, bool utf8) {
        const std::size_t n = leaf.least == leaf.most ? leaf.most : length(leaf.least, leaf.most);
        for (std::size_t i = 0; i != n; ++i) {
            if (utf8 && from_.one_in(8)) {
                beyond_ascii();
            } else {
                out_ += any_of(leaf.set, !from_.one_in(3));
            }
        }
    }

    void number(const rule_leaf& leaf) {
        std::uint64_t most = leaf.greatest;
        if (leaf.kind == leaf_kind::wide_number && (setting_.rules.forms & imap::forms::rev2) == 0) most = 4294967295U;
        const std::uint64_t least = leaf.set.contains('0') ? 0 : 1;
        std::uint64_t value = from_.of_any_size();
        switch (from_.below(8)) {
        case 0:
            value = least;
            break;
        case 1:
            value = 1;
            break;
        case 2:
            value = most;
            break;
        case 3:
            value = most - 1;
            break;
        default:
            break;
        }
        if (value < least || value > most) value = from_.below(100) + 1;
        if (least == 0 && from_.one_in(32)) out_.append(from_.below(30), '0');
        out_ += std::to_string(value);
    }

    // A character of two, three or four octets, the first and the last of each size among them.
    void beyond_ascii() {
        static const std::string_view characters[] = {"\xc2\x80",         "\xc3\xa9",         "\xdf\xbf",
                                                      "\xe0\xa0\x80",     "\xe2\x82\xac",     "\xed\x9f\xbf",
                                                      "\xee\x80\x80",     "\xef\xbf\xbf",     "\xf0\x90\x80\x80",
                                                      "\xf0\x9f\x98\x80", "\xf4\x8f\xbf\xbf", "\xf3\xa0\x81\x81"};
        out_ += characters[from_.below(std::size(characters))];
    }

    // Octets that would mean something elsewhere.
    void misleading() {
        static const std::string_view pieces[] = {"{3}",  "NIL", "(",  ")", " ", "*", "%", "]", "[", "{1+}",
                                                  "~{2}", ",",   "&-", "$", ":", "<", ">", "+", "."};
        out_ += pieces[from_.below(std::size(pieces))];
    }

    void quoted() {
        out_ += '"';
        for (std::size_t n = length(0, any_number); n != 0; --n) {
            switch (from_.below(16)) {
            case 0:
                out_ += "\\\"";
                break;
            case 1:
                out_ += "\\\\";
                break;
            case 2:
                misleading();
                break;
            case 3:
                if (setting_.rules.utf8) beyond_ascii();
                break;
            case 4:
                out_ += any_of(imap::grammar::text_char - imap::grammar::quoted_specials, false);
                break;
            default:
                out_ += any_of(alpha, true);
                break;
            }
        }
        out_ += '"';
    }

    std::string literal_octets(bool binary) {
        static const std::string_view pieces[] = {"\r\n", "{3}\r\n", "\"", "\\", "\r\n* BYE x\r\n", "\n", "\r", ")"};
        std::string octets;
        for (std::size_t n = length(0, any_number); n != 0; --n) {
            const std::size_t what = from_.below(8);
            if (what == 0) {
                octets += pieces[from_.below(std::size(pieces))];
            } else if (what == 1) {
                octets += static_cast<char>(from_.below(binary ? 256 : 255) + (binary ? 0 : 1));
            } else if (what == 2 && binary) {
                octets += '\0';
            } else {
                octets += any_of(alpha, true);
            }
        }
        return octets;
    }

    void literal(bool binary) {
        const std::string octets = literal_octets(binary);
        const literal_form form = setting_.rules.literals;
        const bool may_go_at_once =
            setting_.rules.from == side::client &&
            (form == literal_form::plus || (form == literal_form::minus && octets.size() <= 4096));
        if (binary) out_ += '~';
        out_ += '{';
        if (from_.one_in(32)) out_.append(from_.below(3), '0');
        out_ += std::to_string(octets.size());
        if (may_go_at_once && from_.one_in(2)) out_ += '+';
        out_ += "}\r\n" + octets;
    }

    void text() {
        const std::size_t n = length(1, any_number);
        for (std::size_t i = 0; i != n; ++i) {
            switch (from_.below(8)) {
            case 0:
                misleading();
                break;
            case 1:
                out_ += any_of(imap::grammar::text_char, false);
                break;
            case 2:
                if (setting_.rules.utf8) {
                    beyond_ascii();
                    break;
                }
                [[fallthrough]];
            default:
                out_ += any_of(alpha, true);
                break;
            }
        }
    }

    // Words, strings and lists: what framing needs to see of a response nobody knows.
    void rest_of_unit() {
        for (std::size_t n = from_.below(6); n != 0; --n) {
            switch (from_.below(5)) {
            case 0:
                quoted();
                break;
            case 1:
                literal(false);
                break;
            case 2:
                out_ += '(';
                octets_of({.set = imap::grammar::atom_char, .least = 0, .most = any_number}, false);
                out_ += ')';
                break;
            default:
                octets_of({.set = imap::grammar::astring_char, .least = 1, .most = any_number}, false);
                break;
            }
            if (n != 1) out_ += ' ';
        }
    }

    void base64() {
        static constexpr char_class letters = alpha | digit | mailwire::octets("+/");
        const std::size_t groups = from_.below(5);
        for (std::size_t i = 0; i != groups * 4; ++i)
            out_ += any_of(letters, true);
        if (groups != 0 && from_.one_in(2)) return;
        out_ += from_.one_in(2) ? "QQ==" : "QUI=";
    }

    std::string& out_;
    decisions& from_;
    const leaf_setting& setting_;
};

} // namespace mailwire::test
