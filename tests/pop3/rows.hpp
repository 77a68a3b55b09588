// SPDX-License-Identifier: BSL-1.0
// One row of a table is many tests: the line whole, in every split, with octets behind it, without allocation, written
// back, and into every buffer that is too small.

#pragma once

#include <mailwire/pop3/framer.hpp>

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "pop3/describe.hpp"
#include "support/allocations.hpp"
#include "support/splits.hpp"

namespace mailwire::pop3::test {

struct row {
    std::string_view wire; // with its CRLF
    std::string_view says; // what `describe` says, or the error
};

// Feeds pieces to a line scanner and gives the first line, or the fault it was refused with.
inline std::string first_line(std::span<const std::string_view> pieces, error& fault) {
    std::string received;
    line_scanner lines(512);
    for (const std::string_view piece : pieces) {
        received += piece;
        const framed_line found = lines.scan(received);
        fault = found.fault;
        if (found.kind != line_kind::more) {
            return received.substr(0, found.size);
        }
    }
    return {};
}

// `parse(line)` is one of the parse functions of one line; `text(value)` describes what it gave.
template <typename Parse, typename Text> std::string judge(std::string_view line, Parse parse, Text text) {
    const auto result = [&] {
        const mailwire::test::no_allocation_here guard("parse");
        return parse(line);
    }();
    return result ? text(result.value) : describe(result.error);
}

// Whole, in every split, with octets behind it.
template <typename Parse, typename Text> void check_line(const row& r, Parse parse, Text text) {
    SCOPED_TRACE(std::string(r.wire));
    EXPECT_EQ(judge(r.wire, parse, text), r.says);
    const std::string followed = std::string(r.wire) + "NOOP\r\n";
    for (const std::string& stream : {std::string(r.wire), followed}) {
        mailwire::test::for_each_split(stream, [&](std::span<const std::string_view> pieces) {
            error fault;
            const std::string line = first_line(pieces, fault);
            EXPECT_EQ(fault ? describe(fault) : judge(line, parse, text), r.says)
                << mailwire::test::describe_split(pieces);
        });
    }
}

// `write(sink)` writes so many octets: it says so in every room, never writes behind one, and allocates
// nothing.
template <typename Write> void check_narrow(std::size_t size, Write write) {
    for (std::size_t room = 0; room <= size; ++room) {
        std::vector<char> storage(room + 1, '#');
        span_sink narrow(std::span<char>(storage).first(room));
        {
            const mailwire::test::no_allocation_here guard("write");
            EXPECT_EQ(write(narrow), misuse::none);
        }
        EXPECT_EQ(narrow.ok(), room == size);
        EXPECT_EQ(narrow.size(), size);
        EXPECT_EQ(storage.back(), '#');
    }
}

// `write(sink, value)` gives a misuse. What was written reads as what it was, and does so in no buffer that is too
// small.
template <typename Parse, typename Text, typename Write>
void check_written(const row& r, Parse parse, Text text, Write write) {
    SCOPED_TRACE(std::string(r.wire));
    const auto result = parse(r.wire);
    ASSERT_TRUE(result) << describe(result.error);
    std::string written;
    string_sink whole(written);
    ASSERT_EQ(write(whole, result.value), misuse::none);
    EXPECT_EQ(judge(written, parse, text), r.says) << written;
    check_narrow(written.size(), [&](auto& sink) { return write(sink, result.value); });
}

} // namespace mailwire::pop3::test
