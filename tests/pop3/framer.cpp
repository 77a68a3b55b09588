// SPDX-License-Identifier: BSL-1.0

#include <mailwire/pop3/framer.hpp>

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/allocations.hpp"
#include "support/splits.hpp"

namespace mailwire::pop3 {
namespace {

using found_lines = std::vector<std::string>;

// What a scanner says of octets that come in pieces: "line <...>", or the fault. Refused octets are gone unsaid.
found_lines lines_of(std::span<const std::string_view> pieces, std::size_t maximum, line_ends ends = line_ends::crlf) {
    found_lines result;
    line_scanner lines(maximum, ends);
    std::string received;
    for (const std::string_view piece : pieces) {
        received += piece;
        for (;;) {
            const framed_line found = [&] {
                const test::no_allocation_here guard("scan");
                return lines.scan(received);
            }();
            if (found.kind == line_kind::more) {
                break;
            }
            if (found.kind == line_kind::line) {
                result.push_back("line " + received.substr(0, found.size));
            } else if (found.kind == line_kind::bad) {
                result.push_back(std::string(name_of(found.fault.code)) + " at " + std::to_string(found.fault.offset));
            }
            EXPECT_EQ(lines.refusing(),
                      found.kind == line_kind::bad || (lines.refusing() && found.size == received.size()));
            received.erase(0, found.size);
        }
    }
    result.push_back("left " + received);
    return result;
}

struct row {
    std::string_view octets;
    found_lines says;
};

TEST(framer, finds_lines_in_any_split) {
    const std::string longest(18, 'x');
    const row rows[] = {
        {"", {"left "}},
        {"QUIT", {"left QUIT"}},
        {"QUIT\r", {"left QUIT\r"}},
        {"QUIT\r\n", {"line QUIT\r\n", "left "}},
        {"\r\n", {"line \r\n", "left "}},
        {"A\r\nB\r\nC", {"line A\r\n", "line B\r\n", "left C"}},
        {"A\rB\r\n", {"line A\rB\r\n", "left "}},
        {"A\r\r\n", {"line A\r\r\n", "left "}},
        {"\n", {"bare line feed at 0", "left "}},
        {"A\n", {"bare line feed at 1", "left "}},
        // What is hidden behind a bare LF belongs to the refused line.
        {"NOOP\nDELE 1\r\nQUIT\r\n", {"bare line feed at 4", "line QUIT\r\n", "left "}},
        {"A\n\n\nB\rC\n\r\r\nD\r\n", {"bare line feed at 1", "line D\r\n", "left "}},
        {"A\n\r\nB\r\n", {"bare line feed at 1", "line B\r\n", "left "}},
        {"A\n\rB\r\nC\r\n", {"bare line feed at 1", "line C\r\n", "left "}},
        // Twenty octets are the limit here.
        {"123456789012345678\r\nA\r\n", {"line 123456789012345678\r\n", "line A\r\n", "left "}},
        {"1234567890123456789\r\nA\r\n", {"unit too long at 20", "line A\r\n", "left "}},
        {"12345678901234567890\r\nA\r\n", {"unit too long at 20", "line A\r\n", "left "}},
        {"12345678901234567890123\nB\r\nA\r\n", {"unit too long at 20", "line A\r\n", "left "}},
        {"1234567890123456789\nB\r\nA\r\n", {"bare line feed at 19", "line A\r\n", "left "}},
        {"12345678901234567890", {"unit too long at 20", "left "}},
        {"1234567890123456789", {"left 1234567890123456789"}},
    };
    for (const row& r : rows) {
        test::for_each_split(r.octets, [&](std::span<const std::string_view> pieces) {
            EXPECT_EQ(lines_of(pieces, 20), r.says) << r.octets << ' ' << test::describe_split(pieces);
        });
    }
}

// quirks::bare_line_feed: every LF ends a line, that of a refused line too.
TEST(framer, any_feed_ends_a_line_where_that_is_asked_for) {
    const row rows[] = {
        {"A\r\nB\nC", {"line A\r\n", "line B\n", "left C"}},
        {"\n\r\n", {"line \n", "line \r\n", "left "}},
        {"A\rB\n", {"line A\rB\n", "left "}},
        {"A\n.\n", {"line A\n", "line .\n", "left "}},
        {"12345678901234567890123\nA\n", {"unit too long at 20", "line A\n", "left "}},
        {"1234567890123456789\nA\r\n", {"line 1234567890123456789\n", "line A\r\n", "left "}},
    };
    for (const row& r : rows) {
        test::for_each_split(r.octets, [&](std::span<const std::string_view> pieces) {
            EXPECT_EQ(lines_of(pieces, 20, line_ends::any_feed), r.says) << r.octets << test::describe_split(pieces);
        });
    }
}

// quirks::dot_line_feed: that of a dot alone, and no other.
TEST(framer, the_feed_behind_a_dot_ends_a_line_where_that_is_asked_for) {
    const row rows[] = {
        {"A\r\n.\nB\r\n", {"line A\r\n", "line .\n", "line B\r\n", "left "}},
        {".\r\n", {"line .\r\n", "left "}},
        {"..\nA\r\nB\r\n", {"bare line feed at 2", "line B\r\n", "left "}},
        {"\n.\n\r\nA\r\n", {"bare line feed at 0", "line A\r\n", "left "}},
        {"A\n.\nB\r\nC\r\n", {"bare line feed at 1", "line C\r\n", "left "}},
    };
    for (const row& r : rows) {
        test::for_each_split(r.octets, [&](std::span<const std::string_view> pieces) {
            EXPECT_EQ(lines_of(pieces, 20, line_ends::crlf_or_dot), r.says) << r.octets << test::describe_split(pieces);
        });
    }
}

// The lines of a SASL exchange may be longer than those before and behind it.
TEST(framer, the_limit_can_be_set) {
    line_scanner lines(4);
    EXPECT_EQ(lines.scan("ab\r\n").size, 4U);
    lines.set_maximum(8);
    EXPECT_EQ(lines.maximum(), 8U);
    EXPECT_EQ(lines.scan("abcdef").kind, line_kind::more);
    EXPECT_EQ(lines.scan("abcdef\r\n").size, 8U);
    lines.set_maximum(4);
    EXPECT_EQ(lines.scan("abcdef\r\n").fault, (error{errc::unit_too_long, 4, 5, 4}));
}

TEST(framer, says_how_long_a_line_may_be) {
    line_scanner lines(4);
    EXPECT_EQ(lines.scan("abcdef").fault, (error{errc::unit_too_long, 4, 5, 4}));
    EXPECT_TRUE(lines.refusing());
    EXPECT_EQ(lines.scan("ef\r\n").size, 4U);
    EXPECT_FALSE(lines.refusing());
}

// Octets in front of the place where a scan has stopped are not looked at again.
TEST(framer, looks_at_no_octet_twice) {
    line_scanner lines(1U << 20U);
    std::string received;
    for (int i = 0; i != 1000; ++i) {
        received += "abc";
        EXPECT_EQ(lines.scan(received).kind, line_kind::more);
        received[0] = '\n'; // would be found, were it looked at
    }
    received += "\r\n";
    EXPECT_EQ(lines.scan(received).size, received.size());
}

} // namespace
} // namespace mailwire::pop3
