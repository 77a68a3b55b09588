// SPDX-License-Identifier: BSL-1.0

#include <mailwire/core/utf7.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <iterator>
#include <ostream>
#include <random>
#include <span>
#include <string>
#include <string_view>

namespace mailwire {

void PrintTo(mutf7_error error, std::ostream* out) { *out << "mutf7_error " << static_cast<int>(error); }

namespace {

using namespace std::string_view_literals;

using conversion = mutf7_result (*)(std::string_view, std::span<char>);

// Converts with exactly the room that is needed, and expects that any smaller room is refused and not overrun.
std::string convert(conversion how, std::string_view text) {
    const mutf7_result asked = how(text, {});
    EXPECT_EQ(asked.error, asked.size == 0 ? mutf7_error::none : mutf7_error::room) << text;
    std::string out(asked.size, '?');
    const mutf7_result result = how(text, out);
    EXPECT_EQ(result.error, mutf7_error::none) << text;
    EXPECT_EQ(result.size, out.size()) << text;
    EXPECT_EQ(result.offset, text.size()) << text;
    for (std::size_t room = 0; room < out.size(); ++room) {
        std::string small(out.size(), '!');
        const mutf7_result narrow = how(text, {small.data(), room});
        EXPECT_EQ(narrow.error, mutf7_error::room) << text;
        EXPECT_EQ(narrow.size, out.size()) << text;
        EXPECT_EQ(small, out.substr(0, room) + std::string(out.size() - room, '!')) << text;
    }
    return out;
}

TEST(utf7, reads_and_writes_the_same) {
    struct {
        std::string_view name;
        std::string_view utf8;
    } const rows[] = {
        {"", ""},
        {"INBOX", "INBOX"},
        {"&-", "&"},
        {"&-&-", "&&"},
        {"&-A-", "&A-"},
        {"R&-D - x", "R&D - x"},
        {"-", "-"},
        {" !\"#$%'()*+,-./:;<=>?@[\\]^_`{|}~", " !\"#$%'()*+,-./:;<=>?@[\\]^_`{|}~"},
        // The examples of RFC 3501 section 5.1.3.
        {"~peter/mail/&U,BTFw-/&ZeVnLIqe-",
         "~peter/mail/\xe5\x8f\xb0\xe5\x8c\x97/\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e"},
        {"&U,BTF2XlZyyKng-", "\xe5\x8f\xb0\xe5\x8c\x97\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e"},
        // One, two and three units of UTF-16 in a run; a pair; a pair in either half of the run.
        {"&Jjo-", "\xe2\x98\xba"},
        {"&AOQA9g-", "\xc3\xa4\xc3\xb6"},
        {"&AOQA9gD8-", "\xc3\xa4\xc3\xb6\xc3\xbc"},
        {"&2D3eAA-", "\xf0\x9f\x98\x80"},
        {"&2D3eAADk-", "\xf0\x9f\x98\x80\xc3\xa4"},
        {"&AOTYPd4A-", "\xc3\xa4\xf0\x9f\x98\x80"},
        {"&2,,f,w-", "\xf4\x8f\xbf\xbf"},
        {"&2ADcAA-", "\xf0\x90\x80\x80"},
        // A run beside '&', and beside '-'.
        {"&Jjo-&-", "\xe2\x98\xba&"},
        {"&-&Jjo-", "&\xe2\x98\xba"},
        {"&Jjo--", "\xe2\x98\xba-"},
        {"-&Jjo-", "-\xe2\x98\xba"},
        {"&Jjo-x&Jjo-", "\xe2\x98\xbax\xe2\x98\xba"},
        // Controls and the limits of what stands for itself.
        {"&AAE-", "\x01"},
        {"&AB8- ", "\x1f "},
        {"~&AH8-", "~\x7f"},
        {"&AA0ACg-", "\r\n"},
        {"&AIA-", "\xc2\x80"},
        {"&1,8-", "\xed\x9f\xbf"},
        {"&4AA-", "\xee\x80\x80"},
        {"&,,8-", "\xef\xbf\xbf"},
    };
    for (const auto& row : rows) {
        EXPECT_EQ(convert(mutf7_decode, row.name), row.utf8) << row.name;
        EXPECT_EQ(convert(mutf7_encode, row.utf8), row.name) << row.name;
    }
}

TEST(utf7, decode_refuses_what_is_not_canonical) {
    struct {
        std::string_view name;
        mutf7_error error;
        std::size_t offset;
    } const rows[] = {
        // A digit that is none; the '/' of plain base64 and its '=' are none.
        {"&Jjo!", mutf7_error::alphabet, 4},
        {"&!", mutf7_error::alphabet, 1},
        {"&U/BTFw-", mutf7_error::alphabet, 2},
        {"&Jjo=-", mutf7_error::alphabet, 4},
        {"&Jj\xc3\xa4-", mutf7_error::alphabet, 3},
        {"&Jjo\0-"sv, mutf7_error::alphabet, 4},
        {"&&-", mutf7_error::alphabet, 1},
        {"a& b", mutf7_error::alphabet, 2},
        // No end.
        {"&", mutf7_error::unterminated, 1},
        {"a&", mutf7_error::unterminated, 2},
        {"&Jjo", mutf7_error::unterminated, 4},
        {"&-&", mutf7_error::unterminated, 3},
        {"&A", mutf7_error::unterminated, 2},
        // Bits over: no whole unit, a digit too many, or not zero.
        {"&A-", mutf7_error::bits, 2},
        {"&AA-", mutf7_error::bits, 3},
        {"&JjoA-", mutf7_error::bits, 5},
        {"&JjoAA-", mutf7_error::bits, 6},
        {"&Jjp-", mutf7_error::bits, 4},
        {"&Jjq-", mutf7_error::bits, 4},
        {"&AOQA9h-", mutf7_error::bits, 7},
        // Half a pair: alone, before another character, before another first half, the second half first, in two runs.
        {"&2D0-", mutf7_error::surrogate, 4},
        {"&2D0A5A-", mutf7_error::surrogate, 6},
        {"&2D3YPQ-", mutf7_error::surrogate, 6},
        {"&3gA-", mutf7_error::surrogate, 3},
        {"&3gDYPQ-", mutf7_error::surrogate, 3},
        {"&2D0-&3gA-", mutf7_error::surrogate, 4},
        // What has to stand for itself.
        {"&AGE-", mutf7_error::printable, 3},
        {"&ACA-", mutf7_error::printable, 3},
        {"&AH4-", mutf7_error::printable, 3},
        {"&ACY-", mutf7_error::printable, 3},
        {"&AC0-", mutf7_error::printable, 3},
        {"&JjoAYQ-", mutf7_error::printable, 6},
        // Two runs that are one.
        {"&U,BTFw-&ZeVnLIqe-", mutf7_error::shift, 8},
        {"&Jjo-&", mutf7_error::shift, 5},
        {"&Jjo-&&-", mutf7_error::shift, 5},
        // What cannot stand for itself.
        {"\xc3\xa4", mutf7_error::octet, 0},
        {"a\x7f", mutf7_error::octet, 1},
        {"a\x1f", mutf7_error::octet, 1},
        {"a\r\n", mutf7_error::octet, 1},
        {"a\0b"sv, mutf7_error::octet, 1},
        {"&Jjo-\xff", mutf7_error::octet, 5},
        {"&AAA-", mutf7_error::nul, 3},
        {"&JjoAAA-", mutf7_error::nul, 6},
    };
    for (const auto& row : rows) {
        for (const std::size_t room : {0U, 100U}) {
            std::string out(room, '?');
            const mutf7_result result = mutf7_decode(row.name, out);
            EXPECT_EQ(result.error, row.error) << row.name;
            EXPECT_EQ(result.offset, row.offset) << row.name;
            EXPECT_EQ(result.size, 0U) << row.name;
        }
    }
}

TEST(utf7, encode_refuses_what_is_no_utf8) {
    struct {
        std::string_view utf8;
        mutf7_error error;
        std::size_t offset;
    } const rows[] = {
        {"a\xc0\x80", mutf7_error::utf8, 1},
        {"\xc3\xa4\xed\xa0\x80", mutf7_error::utf8, 2},
        {"abc\xf4\x90\x80\x80", mutf7_error::utf8, 3},
        {"\xe4", mutf7_error::utf8, 0},
        {"\0"sv, mutf7_error::nul, 0},
        {"\xc3\xa4\0"sv, mutf7_error::nul, 2},
    };
    for (const auto& row : rows) {
        std::string out(100, '?');
        const mutf7_result result = mutf7_encode(row.utf8, out);
        EXPECT_EQ(result.error, row.error) << row.utf8;
        EXPECT_EQ(result.offset, row.offset) << row.utf8;
        EXPECT_EQ(result.size, 0U) << row.utf8;
    }
}

TEST(utf7, each_octet_stands_for_itself_or_is_refused) {
    for (int octet = 0; octet != 256; ++octet) {
        const std::string name = std::string("a") + static_cast<char>(octet) + "b";
        std::string out(name.size(), '?');
        const mutf7_result result = mutf7_decode(name, out);
        if (octet == '&') {
            EXPECT_EQ(result.error, mutf7_error::unterminated);
        } else if (octet >= 0x20 && octet <= 0x7e) {
            EXPECT_EQ(result.error, mutf7_error::none) << octet;
            EXPECT_EQ(out, name) << octet;
        } else {
            EXPECT_EQ(result.error, mutf7_error::octet) << octet;
            EXPECT_EQ(result.offset, 1U) << octet;
        }
    }
}

// Converts there and back without the checks of every room, which would be slow here.
bool returns(conversion there, conversion back, std::string_view text) {
    char between[600] = {};
    char again[600] = {};
    const mutf7_result first = there(text, std::span<char>(between));
    const mutf7_result second = back({between, first.size}, std::span<char>(again));
    return first && second && std::string_view(again, second.size) == text;
}

TEST(utf7, gives_back_every_code_point) {
    std::size_t wrong = 0;
    for (char32_t code_point = 1; code_point <= 0x10ffff; ++code_point) {
        if (!is_surrogate(code_point)) {
            char octets[4] = {};
            const std::size_t size = utf8_encode_one(code_point, octets);
            wrong += returns(mutf7_encode, mutf7_decode, {octets, size}) ? 0U : 1U;
        }
    }
    EXPECT_EQ(wrong, 0U);
}

// Every name of up to six octets over these either is refused or is the only spelling of what it decodes to.
TEST(utf7, has_one_spelling_for_each_name) {
    const std::string_view some = "&-AJjo3gE\x7f";
    std::size_t good = 0;
    std::size_t wrong = 0;
    for (std::size_t length = 0, count = 1; length <= 6; ++length, count *= some.size()) {
        for (std::size_t i = 0; i != count; ++i) {
            char name[6] = {};
            for (std::size_t at = 0, rest = i; at != length; ++at, rest /= some.size()) {
                name[at] = some[rest % some.size()];
            }
            char out[20] = {};
            if (mutf7_decode({name, length}, out)) {
                ++good;
                wrong += returns(mutf7_decode, mutf7_encode, {name, length}) ? 0U : 1U;
            }
        }
    }
    EXPECT_EQ(wrong, 0U);
    // Those without '&' alone are eight octets to the power of each length.
    EXPECT_GT(good, 1U + 8 + 64 + 512 + 4096 + 32768 + 262144);
}

TEST(utf7, gives_back_random_names) {
    std::mt19937 random(5);
    const char32_t starts[] = {0x01, 0x20, 0x24, 0x41, 0x7d, 0xe0, 0x7fe, 0x3000, 0xd7f0, 0xe000, 0xfff0, 0x1f600};
    std::size_t wrong = 0;
    for (int i = 0; i != 20000; ++i) {
        char text[160] = {};
        std::size_t size = 0;
        for (auto characters = random() % 40; characters != 0; --characters) {
            const char32_t start = starts[random() % std::size(starts)];
            size += utf8_encode_one(start + static_cast<char32_t>(random() % 16), text + size);
        }
        wrong += returns(mutf7_encode, mutf7_decode, {text, size}) ? 0U : 1U;
    }
    EXPECT_EQ(wrong, 0U);
}

static_assert([] {
    char out[3] = {};
    return mutf7_decode("&Jjo-", out).size == 3 && out[0] == '\xe2' && !mutf7_decode("&AGE-", out);
}());

} // namespace
} // namespace mailwire
