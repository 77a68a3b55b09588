// SPDX-License-Identifier: BSL-1.0
#include "../../bench/limits.hpp"

#include "../../bench/data.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace mailwire::bench {
namespace {

constexpr std::size_t small = 300'000;

bool is_imap(data_kind kind) { return kind == data_kind::imap_responses || kind == data_kind::imap_commands; }

TEST(bench_limits, lines_and_frames_are_those_of_the_generators) {
    for (const auto& data : generators) {
        const data_set set = make_data(data.name, small);
        EXPECT_EQ(count_lines(set.octets), set.lines) << data.name;
        if (is_imap(data.kind)) {
            EXPECT_EQ(frame_memchr(set.octets), set.units) << data.name;
        }
    }
}

TEST(bench_limits, tokens_are_those_of_the_generators) {
    for (const auto& data : generators) {
        const data_set set = make_data(data.name, small);
        const token_counts counts = tok_scalar(set.octets);
        EXPECT_EQ(counts, tok_sse2(set.octets)) << data.name;
        if (is_imap(data.kind)) {
            EXPECT_EQ(counts.literals, set.literals) << data.name;
            EXPECT_EQ(counts.lines, set.units) << data.name;
            EXPECT_EQ(counts.open, counts.close) << data.name;
        }
    }
}

TEST(bench_limits, numbers_are_those_of_the_generators) {
    for (const auto* const name : {"search", "pop3_list"}) {
        const data_set set = make_data(name, small);
        EXPECT_EQ(numbers_scalar(set.octets), (number_counts{set.numbers, set.number_sum})) << name;
    }
}

TEST(bench_limits, messages_are_those_of_the_generators) {
    const auto buffer = std::make_unique<copy_buffer>();
    for (const auto* const name : {"pop3_retr", "pop3_retr_dots"}) {
        const data_set set = make_data(name, small);
        EXPECT_EQ(pop_nl(set.octets, *buffer), (message_counts{set.units, set.message_octets, set.stuffed_lines}))
            << name;
    }
}

TEST(bench_limits, pop_nl_copies_without_the_stuffing) {
    const auto buffer = std::make_unique<copy_buffer>();
    const auto counts = pop_nl("+OK\r\n..a\r\nb\r\n...\r\n.\r\n+OK\r\n.\r\n", *buffer);
    EXPECT_EQ(counts, (message_counts{2, 11, 2}));
    EXPECT_EQ(std::string_view(buffer->octets.data(), buffer->used), ".a\r\nb\r\n..\r\n");
}

TEST(bench_limits, copy_buffer_begins_anew_when_it_is_full) {
    const auto buffer = std::make_unique<copy_buffer>();
    const std::string text(copy_buffer::size, 'x');
    buffer->put(text.data(), text.size() - 1);
    buffer->put("abc", 3);
    EXPECT_EQ(buffer->used, 2U);
    EXPECT_EQ(buffer->octets.back(), 'a');
    EXPECT_EQ(buffer->octets.front(), 'b');
    EXPECT_EQ(copy_all(text + "abc", *buffer), std::uint64_t{'x'} + 'c');
}

struct frame_row {
    std::string_view octets;
    std::size_t units;
};

TEST(bench_limits, frames) {
    for (const auto& [octets, units] : {
             frame_row{"", 0},
             frame_row{"a", 0},
             frame_row{"\r\n", 1},
             frame_row{"a {3}\r\n\r\n\n b\r\n", 1},
             frame_row{"a {0}\r\n\r\nb\r\n", 2},
             frame_row{"a {3+}\r\nabc\r\n", 1},
             frame_row{"a {+}\r\nb\r\n", 2},
             frame_row{"a 3}\r\nb {}\r\n", 2},
             frame_row{"{12}\r\n", 0},
         }) {
        EXPECT_EQ(frame_memchr(octets), units) << octets;
    }
}

struct token_row {
    std::string_view octets;
    token_counts counts;
};

TEST(bench_limits, tokens) {
    for (const auto& [octets, counts] : {
             token_row{"", {}},
             token_row{"* OK\r\n", {.atoms = 2, .lines = 1}},
             token_row{"(\\Seen)()", {.atoms = 1, .open = 2, .close = 2}},
             token_row{"\"a(b\\\"c\\\\\" NIL", {.atoms = 1, .quoted = 1}},
             token_row{"\"no end\\", {.quoted = 1}},
             token_row{"{3}\r\n(((x", {.atoms = 1, .literals = 1}},
             token_row{"{3+}\r\n\"\"\"\r\n", {.literals = 1, .lines = 1}},
             token_row{"BODY[HEADER.FIELDS(A)]<0>{1}\r\n)", {.atoms = 3, .open = 1, .close = 1, .literals = 1}},
             token_row{"an-atom-of-more-than-sixteen-octets(", {.atoms = 1, .open = 1}},
             token_row{"\"a quoted string of more than sixteen octets\"(", {.quoted = 1, .open = 1}},
         }) {
        EXPECT_EQ(tok_scalar(octets), counts) << octets;
        EXPECT_EQ(tok_sse2(octets), counts) << octets;
    }
}

TEST(bench_limits, both_token_scans_agree_on_any_octets) {
    random_source random(3);
    constexpr std::string_view alphabet = "(){}\"\\ \r\n+0123abc\x7f\x80\xff\x01)";
    for (int i = 0; i != 2'000; ++i) {
        std::string text;
        for (auto left = random.between(1, 100); left != 0; --left) {
            text += random.chance(50) ? 'x' : alphabet[random.below(static_cast<std::uint32_t>(alphabet.size()))];
        }
        ASSERT_EQ(tok_scalar(text), tok_sse2(text)) << text;
    }
}

} // namespace
} // namespace mailwire::bench
