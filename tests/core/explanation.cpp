// SPDX-License-Identifier: BSL-1.0
#include "mailwire/core/explanation.hpp"

#include "support/allocations.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <string>
#include <string_view>

namespace mailwire {
namespace {

std::string sentence_of(const explanation& why) {
    std::array<char, 256> room{};
    span_sink out(room);
    {
        const test::no_allocation_here guard("writing an explanation");
        why.write(out);
    }
    EXPECT_TRUE(out.ok());
    return std::string(out.view());
}

expected_things things(std::initializer_list<std::string_view> names) {
    expected_things result;
    for (const std::string_view name : names)
        result.add(name);
    return result;
}

struct row {
    explanation why;
    std::string_view says;
};

constexpr std::uint64_t most = ~std::uint64_t{0};

// Each code as one that is known by nothing else, and those with numbers with both of them.
TEST(explanation, faults) {
    const row rows[] = {
        {{.error = {errc::none, 7, 8, 9}}, "no fault"},
        {{.error = {errc::syntax, 24}}, "offset 24: syntax"},
        {{.error = {errc::number_too_big, 5, 4294967296, 4294967295}},
         "offset 5: number too big: 4294967296, at most 4294967295"},
        {{.error = {errc::bare_line_feed, 9}}, "offset 9: bare line feed: LF without CR before it"},
        {{.error = {errc::too_deep, 89, 65, 64}}, "offset 89: too deep: 65 levels, at most 64"},
        {{.error = {errc::tape_full, 0, 5, 1}}, "offset 0: tape full: 5 fields, room for 1"},
        {{.error = {errc::unit_too_long, 100, 101, 100}}, "offset 100: unit too long: 101 octets, at most 100"},
        {{.error = {errc::literal_too_big, 18, 4097, 4096}}, "offset 18: literal too big: 4097 octets, at most 4096"},
        {{.error = {errc::too_many_literals, 34, 2, 1}}, "offset 34: too many literals: 2 literals, at most 1"},
        {{.error = {errc::unknown_command, 3}}, "offset 3: unknown command"},
        {{.error = {errc::unexpected_command, 3}}, "offset 3: unexpected command"},
        {{.error = {errc::unexpected_greeting, 0}}, "offset 0: unexpected greeting"},
        {{.error = {errc::unexpected_response, 0}}, "offset 0: unexpected response"},
        {{.error = {errc::unexpected_continuation, 0}}, "offset 0: unexpected continuation"},
        {{.error = {errc::login_before_tls, 0}}, "offset 0: login before TLS"},
        {{.error = {errc::unknown_tag, 0}}, "offset 0: unknown tag"},
        {{.error = {errc::input_before_tls, 0}}, "offset 0: input before TLS"},
        {{.error = {errc::input_before_compression, 0}}, "offset 0: input before compression"},
        {{.error = {errc::endless_literal, 9, 0, 9223372036854775807U}}, "offset 9: endless literal"},
        {{.error = {errc::truncated, 20}}, "offset 20: truncated"},
        {{.error = {errc::unproven_server, 0}}, "offset 0: unproven server"},
        {{.error = {errc::timed_out, 0}}, "offset 0: timed out"},
    };
    ASSERT_EQ(std::size(rows), static_cast<std::size_t>(errc::timed_out) + 1);
    for (std::size_t i = 0; i != std::size(rows); ++i) {
        EXPECT_EQ(static_cast<std::size_t>(rows[i].why.error.code), i);
        EXPECT_EQ(sentence_of(rows[i].why), rows[i].says);
        EXPECT_EQ(static_cast<bool>(rows[i].why), i != 0);
    }
}

// A number that is not known is left out.
TEST(explanation, numbers) {
    const row rows[] = {
        {{.error = {errc::number_too_big, 2}}, "offset 2: number too big"},
        {{.error = {errc::number_too_big, 2, 0, 9}}, "offset 2: number too big: at most 9"},
        {{.error = {errc::number_too_big, 2, 10, 0}}, "offset 2: number too big: 10"},
        {{.error = {errc::number_too_big, 2, most, 9}},
         "offset 2: number too big: 18446744073709551615 or more, at most 9"},
        {{.error = {errc::tape_full, 0, 0, 1}}, "offset 0: tape full: room for 1"},
        {{.error = {errc::literal_too_big, most, most, most - 1}},
         "offset 18446744073709551615: literal too big: 18446744073709551615 octets, at most 18446744073709551614"},
    };
    for (const row& each : rows)
        EXPECT_EQ(sentence_of(each.why), each.says);
}

TEST(explanation, parts) {
    const error fault{errc::syntax, 24};
    const row rows[] = {
        {{.error = fault, .rule = "msg-att"}, "offset 24: syntax in msg-att"},
        {{.error = fault, .rfc = "RFC 9051 9"}, "offset 24: syntax (RFC 9051 9)"},
        {{.error = fault, .expected = things({"SP"})}, "offset 24: syntax: expected SP"},
        {{.error = fault, .expected = things({"SP", "\")\""})}, "offset 24: syntax: expected SP or \")\""},
        {{.error = fault, .expected = things({"a", "b", "c"})}, "offset 24: syntax: expected a, b or c"},
        {{.error = fault, .wrong = "NUL", .expected = things({"SP"})}, "offset 24: syntax: NUL"},
        {{.error = fault, .rule = "msg-att", .rfc = "RFC 9051 9", .expected = things({"SP", "\")\""})},
         "offset 24: syntax: expected SP or \")\" in msg-att (RFC 9051 9)"},
        {{.error = fault, .rule = "quoted", .rfc = "RFC 9051 4.3", .wrong = "NUL"},
         "offset 24: syntax: NUL in quoted (RFC 9051 4.3)"},
        {{.error = {errc::too_deep, 9, 65, 64}, .rule = "body", .rfc = "RFC 9051 9"},
         "offset 9: too deep: 65 levels, at most 64 in body (RFC 9051 9)"},
        // What was expected and what is wrong belong to a syntax error.
        {{.error = {errc::truncated, 9}, .wrong = "NUL", .expected = things({"SP"})}, "offset 9: truncated"},
        {{.rule = "msg-att", .rfc = "RFC 9051 9", .wrong = "NUL", .expected = things({"SP"})}, "no fault"},
    };
    for (const row& each : rows)
        EXPECT_EQ(sentence_of(each.why), each.says);
}

TEST(explanation, many_expected_things) {
    expected_things names;
    EXPECT_TRUE(names.empty());
    names.add("");
    EXPECT_TRUE(names.empty());
    for (const std::string_view name : {"a", "b", "a", "c", "d", "", "e", "f", "g", "h", "h"})
        names.add(name);
    EXPECT_FALSE(names.empty());
    EXPECT_EQ(names.all().size(), 8U);
    EXPECT_EQ(names.more(), 0U);
    EXPECT_EQ(sentence_of({.error = {errc::syntax, 1}, .expected = names}),
              "offset 1: syntax: expected a, b, c, d, e, f, g or h");
    names.add("i");
    EXPECT_EQ(sentence_of({.error = {errc::syntax, 1}, .expected = names}),
              "offset 1: syntax: expected a, b, c, d, e, f, g, h or 1 more");
    names.add("j");
    names.add("a"); // is there already
    EXPECT_EQ(names.all().size(), 8U);
    EXPECT_EQ(names.more(), 2U);
    EXPECT_EQ(sentence_of({.error = {errc::syntax, 1}, .expected = names}),
              "offset 1: syntax: expected a, b, c, d, e, f, g, h or 2 more");
}

// Whatever room there is: either the sentence is whole or the sink says how much it needs.
TEST(explanation, sinks_without_room) {
    const explanation why{
        .error = {errc::syntax, 24}, .rule = "msg-att", .rfc = "RFC 9051 9", .expected = things({"SP", "\")\""})};
    const std::string whole = sentence_of(why);
    size_sink counted;
    why.write(counted);
    EXPECT_EQ(counted.size(), whole.size());
    for (std::size_t room = 0; room <= whole.size(); ++room) {
        std::array<char, 128> storage{};
        storage.fill('#');
        span_sink out({storage.data(), room});
        why.write(out);
        EXPECT_EQ(out.ok(), room == whole.size()) << room;
        EXPECT_EQ(out.size(), whole.size()) << room;
        EXPECT_EQ(out.view(), room == whole.size() ? whole : "") << room;
        EXPECT_EQ(storage[room], '#') << room;
    }
}

} // namespace
} // namespace mailwire
