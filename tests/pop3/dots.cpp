// SPDX-License-Identifier: BSL-1.0

#include <mailwire/pop3/dots.hpp>

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "support/allocations.hpp"
#include "support/splits.hpp"

namespace mailwire::pop3 {
namespace {

struct received {
    std::string message;
    bool ended = false;
    bool bare_line_feed = false;
    std::size_t used = 0;
    std::uint32_t quirks = 0;

    friend bool operator==(const received&, const received&) = default;
    friend void PrintTo(const received& r, std::ostream* out) {
        *out << testing::PrintToString(r.message) << (r.ended ? " ended" : "") << (r.bare_line_feed ? " bare LF" : "")
             << " used " << r.used << " quirks " << r.quirks;
    }
};

received unstuff(std::span<const std::string_view> pieces, std::uint32_t tolerated = 0) {
    received result;
    dot_unstuffer dots(tolerated);
    for (std::string_view piece : pieces) {
        const std::string copy(piece); // pieces do not lie behind each other, as in a buffer that is used again
        std::string_view rest = copy;
        while (!rest.empty() && !result.ended) {
            const unstuffed found = [&] {
                const test::no_allocation_here guard("unstuff");
                return dots.next(rest);
            }();
            EXPECT_TRUE(found.used != 0 || !found.piece.empty() || found.ended);
            result.message += found.piece;
            result.used += found.used;
            result.ended = found.ended;
            rest.remove_prefix(found.used);
        }
    }
    result.bare_line_feed = dots.bare_line_feed();
    result.quirks = dots.quirks_fired();
    return result;
}

struct row {
    const char* id;
    std::string_view wire;
    std::string_view message;
    std::size_t behind = 0; // octets behind the end; npos: there is no end
    bool bare_line_feed = false;
};
constexpr std::size_t none = std::string_view::npos;

const row rows[] = {
    {"plain", "a\r\nb\r\n.\r\n", "a\r\nb\r\n"},
    {"nothing", "", "", none},
    {"unfinished", "a\r\n.\r", "a\r\n", none},
    {"line without its end", "a", "a", none},
    // J1: the end is CRLF "." CRLF.
    {"J1", "a\n.\nb\r\n.\r\n", "a\n.\nb\r\n", 0, true},
    {"J1 forged reply", "a\n.\n+OK 666 666\r\nmore\r\n.\r\n", "a\n.\n+OK 666 666\r\nmore\r\n", 0, true},
    {"J1", "a\r.\r\nb\r\n.\r\n", "a\r.\r\nb\r\n"},
    {"J1", "a\n.\r\nb\r\n.\r\n", "a\n.\r\nb\r\n", 0, true},
    {"J1", "a\r\n.\nb\r\n.\r\n", "a\r\n\nb\r\n", 0, true},
    {"J1", "a\r\n.\rb\r\n.\r\n", "a\r\n\rb\r\n"},
    {"J1", "a\r\n.\r\rb\r\n.\r\n", "a\r\n\r\rb\r\n"},
    {"J1", "a\r\n.\r\r\n.\r\n", "a\r\n\r\r\n"},
    {"J1", "a\r\r\n.\r\n", "a\r\r\n"},
    {"J1", "a\n\r\n.\r\n", "a\n\r\n", 0, true},
    // J2: states of the dot.
    {"J2", ".\r\n", ""},
    {"J2", "..\r\n.\r\n", ".\r\n"},
    {"J2", "..x\r\n.\r\n", ".x\r\n"},
    {"J2", "...\r\n.\r\n", "..\r\n"},
    {"J2", "\r\n..\r\n.\r\n", "\r\n.\r\n"},
    {"J2", "\r\n.\r\n", "\r\n"},
    {"J2", "\r\n\r\n\r\n.\r\n", "\r\n\r\n\r\n"},
    {"J2", "a.\r\n..\r\n...b\r\n.\r\n", "a.\r\n.\r\n..b\r\n"},
    {"J2", ".\r\n.\r\n", "", 3},
    {"J2", "a\r\n.\r\n+OK 2 320\r\n", "a\r\n", 11},
    // J3: one dot is taken away, whatever follows it.
    {"J3", ".x\r\n.\r\n", "x\r\n"},
    {"J3", "a\r\n.x\r\n.\r\n", "a\r\nx\r\n"},
    {"J3", ".\n.\r\n.\r\n", "\n.\r\n", 0, true},
    {"NUL and eight bits", std::string_view("\0\xff\r\n.\r\n", 7), std::string_view("\0\xff\r\n", 4)},
};

TEST(dots, are_taken_out_in_any_split) {
    for (const row& r : rows) {
        const bool ends = r.behind != none;
        const received expected{std::string(r.message), ends, r.bare_line_feed, r.wire.size() - (ends ? r.behind : 0)};
        test::for_each_split(r.wire, [&](std::span<const std::string_view> pieces) {
            EXPECT_EQ(unstuff(pieces), expected) << r.id << ": " << r.wire << ' ' << test::describe_split(pieces);
        });
    }
}

struct tolerated_row {
    std::uint32_t tolerated;
    std::string_view wire;
    std::string_view message;
    std::size_t used;
    bool ended = true;
    std::uint32_t fired = 0;
    bool bare_line_feed = false;
};

namespace q = quirks;

const tolerated_row tolerated_rows[] = {
    {q::dot_line_feed, "a\r\n.\nb", "a\r\n", 5, true, q::dot_line_feed},
    {q::dot_line_feed, ".\n", "", 2, true, q::dot_line_feed},
    {q::dot_line_feed, "a\n.\nb\r\n.\r\n", "a\n.\nb\r\n", 10, true, 0, true},
    {q::dot_line_feed, "a\r\n.\r\n", "a\r\n", 6},
    {q::bare_line_feed, "a\n.\nb", "a\n", 4, true, q::bare_line_feed, true},
    {q::bare_line_feed, "a\r\n.\nb", "a\r\n", 5, true, q::bare_line_feed},
    {q::bare_line_feed, "a\n..b\n.\r\n", "a\n.b\n", 9, true, q::bare_line_feed, true},
    {q::bare_line_feed, "\n\n.\n", "\n\n", 4, true, q::bare_line_feed, true},
    {q::bare_line_feed, "a\r\n..\r\n.\r\n", "a\r\n.\r\n", 10},
    {q::dot_carriage_return, "a\r\n.\rX", "a\r\n", 5, true, q::dot_carriage_return},
    {q::dot_carriage_return, "a\r\n.\r\n", "a\r\n", 6},
    {q::dot_carriage_return, "a\r\n.\r", "a\r\n", 5, false},
    {q::dot_carriage_return, "a\r\n..\rX\r\n.\r\n", "a\r\n.\rX\r\n", 12},
    {q::unstuffed_dots, ".x\r\n.\r\n", ".x\r\n", 7, true, q::unstuffed_dots},
    {q::unstuffed_dots, "a\r\n.\nb\r\n.\r\n", "a\r\n.\nb\r\n", 11, true, q::unstuffed_dots, true},
    {q::unstuffed_dots, ".\r\r\n.\r\n", ".\r\r\n", 7, true, q::unstuffed_dots},
    {q::unstuffed_dots, "..x\r\n...\r\n.\r\n", ".x\r\n..\r\n", 13},
};

TEST(dots, deviations_are_tolerated_in_any_split_and_told) {
    for (const tolerated_row& r : tolerated_rows) {
        const received expected{std::string(r.message), r.ended, r.bare_line_feed, r.used, r.fired};
        test::for_each_split(r.wire, [&](std::span<const std::string_view> pieces) {
            EXPECT_EQ(unstuff(pieces, r.tolerated), expected) << r.wire << ' ' << test::describe_split(pieces);
        });
    }
}

// quirks::dot_carriage_return, where the connection ends.
TEST(dots, may_end_behind_a_carriage_return) {
    const auto may_end = [](std::string_view wire, std::uint32_t tolerated) {
        dot_unstuffer dots(tolerated);
        while (!wire.empty()) {
            wire.remove_prefix(dots.next(wire).used);
        }
        return dots.may_end();
    };
    EXPECT_TRUE(may_end("a\r\n.\r", quirks::dot_carriage_return));
    EXPECT_TRUE(may_end(".\r", quirks::dot_carriage_return));
    EXPECT_FALSE(may_end("a\r\n.\r", 0));
    EXPECT_FALSE(may_end("a\r\n.\r", ~quirks::dot_carriage_return));
    EXPECT_FALSE(may_end("a\r\n.", quirks::dot_carriage_return));
    EXPECT_FALSE(may_end("a\r\n..\r", quirks::dot_carriage_return));
    EXPECT_FALSE(may_end("a.\r", quirks::dot_carriage_return));
    EXPECT_FALSE(may_end("", quirks::dot_carriage_return));
}

TEST(dots, pieces_are_long_and_not_copied) {
    std::string wire;
    for (int i = 0; i != 1000; ++i) {
        wire += "a line like many others, with a dot.\r\n";
    }
    wire += "..b\r\n.\r\n";
    dot_unstuffer dots;
    const unstuffed first = dots.next(wire);
    EXPECT_EQ(first.piece.size(), wire.size() - 8);
    EXPECT_EQ(first.piece.data(), wire.data());
    const unstuffed second = dots.next(std::string_view(wire).substr(first.used));
    EXPECT_EQ(second.piece, ".b\r\n");
    EXPECT_TRUE(dots.next(".\r\n").ended);
}

// Stuffs a message that comes in pieces into storage of `room` octets at a time.
std::string stuff(std::span<const std::string_view> pieces, std::size_t room, line_feeds feeds = {}) {
    std::string wire;
    dot_stuffer dots(feeds);
    std::vector<char> storage(room);
    for (std::string_view rest : pieces) {
        while (!rest.empty()) {
            const stuffed done = [&] {
                const test::no_allocation_here guard("stuff");
                return dots.next(rest, storage);
            }();
            EXPECT_TRUE(done.used != 0 || done.written != 0);
            wire.append(storage.data(), done.written);
            rest.remove_prefix(done.used);
        }
    }
    return wire + std::string(dots.ending());
}

struct stuffing {
    std::string_view message;
    std::string_view as_it_is;
    std::string_view as_crlf = {}; // empty: the same
};

TEST(dots, are_doubled_in_any_split_and_any_room) {
    const stuffing table[] = {
        {"", ".\r\n"},
        {"a\r\n", "a\r\n.\r\n"},
        {"a", "a\r\n.\r\n"},
        {"a\r", "a\r\r\n.\r\n"},
        {".", "..\r\n.\r\n"},
        {".\r\n", "..\r\n.\r\n"},
        {"..\r\n", "...\r\n.\r\n"},
        {"a\r\n.b\r\n", "a\r\n..b\r\n.\r\n"},
        {"a\r\n.\r\nb\r\n", "a\r\n..\r\nb\r\n.\r\n"},
        {"\r\n\r\n", "\r\n\r\n.\r\n"},
        {"a.b\r\nc.\r\n", "a.b\r\nc.\r\n.\r\n"},
        // J1: no reader finds the end of the message in a bare LF.
        {"a\n.\n+OK 666 666\r\n", "a\n..\n+OK 666 666\r\n.\r\n", "a\r\n..\r\n+OK 666 666\r\n.\r\n"},
        {"a\n.\r\nb\r\n", "a\n..\r\nb\r\n.\r\n", "a\r\n..\r\nb\r\n.\r\n"},
        {"a\n", "a\n\r\n.\r\n", "a\r\n.\r\n"},
        {"\n\n.", "\n\n..\r\n.\r\n", "\r\n\r\n..\r\n.\r\n"},
        {"a\r.\r\n", "a\r.\r\n.\r\n"},
        {"a\r\r\n.\r\n", "a\r\r\n..\r\n.\r\n"},
        {"a\r\n\n.\r\n", "a\r\n\n..\r\n.\r\n", "a\r\n\r\n..\r\n.\r\n"},
    };
    for (const stuffing& s : table) {
        test::for_each_split(s.message, [&](std::span<const std::string_view> pieces) {
            for (const std::size_t room : {1U, 2U, 3U, 64U}) {
                EXPECT_EQ(stuff(pieces, room), s.as_it_is) << s.message << test::describe_split(pieces);
                EXPECT_EQ(stuff(pieces, room, line_feeds::as_crlf), s.as_crlf.empty() ? s.as_it_is : s.as_crlf)
                    << s.message << test::describe_split(pieces);
            }
        });
    }
}

// What is stuffed comes out as it went in. A dot behind a bare LF is doubled for readers of another kind, so such
// messages are sent as CRLF here.
TEST(dots, come_through) {
    std::mt19937 random(1939);
    for (int i = 0; i != 2000; ++i) {
        std::string message;
        for (std::size_t n = random() % 60; n != 0; --n) {
            message += std::string_view("\r\n\r\n..x\n")[random() % 8];
        }
        const std::vector<std::string_view> pieces = test::pieces_of(message, 1 + random() % 7);
        const std::string wire = stuff(pieces, 1 + random() % 9, line_feeds::as_crlf);
        std::string expected;
        for (std::size_t k = 0; k != message.size(); ++k) {
            const bool bare = message[k] == '\n' && (k == 0 || message[k - 1] != '\r');
            expected += bare ? "\r\n" : std::string(1, message[k]);
        }
        if (!expected.empty() && !expected.ends_with("\r\n")) {
            expected += "\r\n";
        }
        EXPECT_EQ(unstuff(test::pieces_of(wire, 1 + random() % 9)), (received{expected, true, false, wire.size()}));
    }
}

} // namespace
} // namespace mailwire::pop3
