// SPDX-License-Identifier: BSL-1.0

#include <mailwire/core/base64.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <ostream>
#include <string>
#include <string_view>

namespace mailwire {

void PrintTo(base64_error error, std::ostream* out) { *out << "base64_error " << static_cast<int>(error); }

namespace {

using namespace std::string_view_literals;

std::string encode(std::string_view octets) {
    std::string text(base64_encoded_size(octets.size()), '?');
    EXPECT_EQ(base64_encode(octets, text), text.size());
    return text;
}

// Decodes into exactly the room that is needed, and expects that one octet less is not enough.
std::string decode(std::string_view text) {
    std::string octets(base64_check(text).size, '?');
    const base64_result result = base64_decode(text, octets);
    EXPECT_EQ(result.error, base64_error::none) << text;
    EXPECT_EQ(result.size, octets.size());
    EXPECT_EQ(result.offset, text.size());
    if (!octets.empty()) {
        std::string small(octets.size() - 1, '?');
        const base64_result narrow = base64_decode(text, small);
        EXPECT_EQ(narrow.error, base64_error::room);
        EXPECT_EQ(narrow.size, octets.size());
        EXPECT_EQ(narrow.offset, text.size());
        EXPECT_EQ(small.find_first_not_of('?'), std::string::npos);
    }
    return octets;
}

TEST(base64, reads_and_writes_the_same) {
    struct {
        std::string_view octets;
        std::string_view text;
    } const rows[] = {
        // RFC 4648 section 10.
        {"", ""},
        {"f", "Zg=="},
        {"fo", "Zm8="},
        {"foo", "Zm9v"},
        {"foob", "Zm9vYg=="},
        {"fooba", "Zm9vYmE="},
        {"foobar", "Zm9vYmFy"},
        // A SASL PLAIN response, with its NULs.
        {"\0tim\0tanstaaftanstaaf"sv, "AHRpbQB0YW5zdGFhZnRhbnN0YWFm"},
        {"\xff\xff\xfe"sv, "///+"},
        {"\0"sv, "AA=="},
        {"\0\0"sv, "AAA="},
    };
    for (const auto& row : rows) {
        EXPECT_EQ(encode(row.octets), row.text);
        EXPECT_EQ(decode(row.text), row.octets);
    }
}

TEST(base64, refuses_what_is_not_canonical) {
    struct {
        std::string_view text;
        base64_error error;
        std::size_t offset;
    } const rows[] = {
        {"!!!!", base64_error::alphabet, 0},
        {" AAAA", base64_error::alphabet, 0},
        {"AAAA ", base64_error::alphabet, 4},
        {"AA A", base64_error::alphabet, 2},
        {"AAAA\r\n", base64_error::alphabet, 4},
        {"AA-_", base64_error::alphabet, 2},
        {"AA,A", base64_error::alphabet, 2},
        {"AAA\0"sv, base64_error::alphabet, 3},
        {"AA\xc1\x41", base64_error::alphabet, 2},
        {"A", base64_error::length, 1},
        {"AA", base64_error::length, 2},
        {"AHUxAHBhc3M", base64_error::length, 11},
        {"AA=", base64_error::length, 3},
        {"AAAAAA=", base64_error::length, 7},
        {"=", base64_error::padding, 0},
        {"====", base64_error::padding, 0},
        {"A===", base64_error::padding, 1},
        {"AAAA=", base64_error::padding, 4},
        {"AAAA====", base64_error::padding, 4},
        {"AA=A", base64_error::padding, 3},
        {"AA=\n", base64_error::padding, 3},
        {"AA==AAAA", base64_error::padding, 4},
        {"AAA=AAAA", base64_error::padding, 4},
        {"AAA==", base64_error::padding, 4},
        {"AHUxAHBhc3M=\0"sv, base64_error::padding, 12},
        {"AHUxAHBhc3M=\n"sv, base64_error::padding, 12},
        {"AB==", base64_error::padding, 2},
        {"AAB=", base64_error::padding, 3},
    };
    for (const auto& row : rows) {
        std::string octets(row.text.size(), '?');
        const base64_result result = base64_decode(row.text, octets);
        EXPECT_EQ(result.error, row.error) << row.text;
        EXPECT_EQ(result.offset, row.offset) << row.text;
        EXPECT_EQ(result.size, 0U) << row.text;
        EXPECT_EQ(octets.find_first_not_of('?'), std::string::npos) << row.text;
        EXPECT_FALSE(result);
    }
}

TEST(base64, takes_every_digit_and_no_other_octet) {
    for (int octet = 0; octet != 256; ++octet) {
        const std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        const std::string text = std::string("AAA") + static_cast<char>(octet);
        const bool is_digit = digits.find(static_cast<char>(octet)) != std::string_view::npos;
        EXPECT_EQ(base64_check(text).error == base64_error::none, is_digit || octet == '=') << octet;
    }
}

// Every text of four octets over these either is refused or is the only spelling of what it decodes to.
TEST(base64, has_one_spelling_for_each_value) {
    const std::string_view some = "ABCDEIQgw/=\n";
    std::size_t good = 0;
    for (std::size_t i = 0; i != some.size() * some.size() * some.size() * some.size(); ++i) {
        std::string text;
        for (std::size_t rest = i; text.size() != 4; rest /= some.size()) {
            text += some[rest % some.size()];
        }
        if (base64_check(text)) {
            EXPECT_EQ(encode(decode(text)), text);
            ++good;
        }
    }
    // Ten digits; as the last before '=' those with two zero bits (A E I Q g w), before '==' with four (A Q g w).
    EXPECT_EQ(good, 10U * 10 * 10 * 10 + 10U * 10 * 6 + 10U * 4);
}

TEST(base64, gives_back_every_octet_in_every_place) {
    for (std::size_t length = 1; length <= 7; ++length) {
        for (std::size_t at = 0; at != length; ++at) {
            for (int octet = 0; octet != 256; ++octet) {
                std::string octets(length, '\x5a');
                octets[at] = static_cast<char>(octet);
                EXPECT_EQ(decode(encode(octets)), octets);
            }
        }
    }
}

TEST(base64, decodes_in_place) {
    std::string text = "Zm9vYmE=";
    EXPECT_EQ(base64_decode(text, text).size, 5U);
    EXPECT_EQ(text.substr(0, 5), "fooba");
}

// The octets lie at the end of the room, by the difference of the lengths behind its beginning, or further behind.
TEST(base64, encodes_in_place) {
    for (std::size_t length = 0; length != 40; ++length) {
        std::string octets;
        for (std::size_t i = 0; i != length; ++i) {
            octets += static_cast<char>(37 * i + 200);
        }
        const std::string text = encode(octets);
        for (const std::size_t further : {0U, 1U, 5U}) {
            std::string room(text.size() + further, '?');
            const std::size_t at = room.size() - length;
            room.replace(at, length, octets);
            EXPECT_EQ(base64_encode(std::string_view(room).substr(at), room), text.size());
            EXPECT_EQ(room.substr(0, text.size()), text) << length << ' ' << further;
        }
    }
}

TEST(base64, writes_nothing_when_the_room_is_too_small) {
    std::string text(7, '?');
    EXPECT_EQ(base64_encode("foob", text), 8U);
    EXPECT_EQ(text, "???????");
    EXPECT_EQ(base64_encode("foob", {}), 8U);
}

TEST(base64, sizes) {
    constexpr std::size_t most = std::numeric_limits<std::size_t>::max();
    EXPECT_EQ(base64_encoded_size(0), 0U);
    EXPECT_EQ(base64_encoded_size(1), 4U);
    EXPECT_EQ(base64_encoded_size(3), 4U);
    EXPECT_EQ(base64_encoded_size(4), 8U);
    EXPECT_EQ(base64_encoded_size(most / 4 * 3), most / 4 * 4);
    EXPECT_EQ(base64_encoded_size(most / 4 * 3 + 1), most);
    EXPECT_EQ(base64_encoded_size(most), most);
    EXPECT_EQ(base64_decoded_size_max(0), 0U);
    EXPECT_EQ(base64_decoded_size_max(8), 6U);
}

static_assert([] {
    char text[4] = {};
    char octets[3] = {};
    return base64_encode("foo", text) == 4 && base64_decode({text, 4}, octets) && octets[2] == 'o';
}());

} // namespace
} // namespace mailwire
