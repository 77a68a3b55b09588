// SPDX-License-Identifier: BSL-1.0
#include "mailwire/core/sink.hpp"

#include "support/allocations.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace mailwire {
namespace {

static_assert(sink<span_sink> && sink<string_sink> && sink<size_sink> && sink<gather_sink<1>>);
static_assert(!sink<std::string>);

template <sink Sink> void write_some(Sink& out) {
    out.put("ab");
    out.put("");
    out.stop(0, true);
    out.put_ref("cde");
    out.stop(7, false);
    out.put("f");
}

template <sink Sink> void expect_stops(const Sink& out) {
    ASSERT_EQ(out.stops().size(), 2U);
    EXPECT_EQ(out.stops()[0].offset, 2U);
    EXPECT_EQ(out.stops()[0].octets, 0U);
    EXPECT_TRUE(out.stops()[0].wait);
    EXPECT_EQ(out.stops()[1].offset, 5U);
    EXPECT_EQ(out.stops()[1].octets, 7U);
    EXPECT_FALSE(out.stops()[1].wait);
}

// Room for N is enough for N; with less the sink is not ok for good, counts on, and writes nothing behind its storage.
TEST(sink, span) {
    for (std::size_t room = 0; room != 9; ++room) {
        char storage[9] = "????????";
        span_sink out(std::span<char>(storage).first(room));
        write_some(out);
        EXPECT_EQ(out.ok(), room >= 6) << room;
        EXPECT_EQ(out.size(), 6U) << room;
        EXPECT_EQ(out.view(), room >= 6 ? "abcdef" : "") << room;
        EXPECT_EQ(std::string_view(storage).substr(room), std::string_view("????????").substr(room)) << room;
        expect_stops(out);
        out.put("");
        EXPECT_EQ(out.ok(), room >= 6) << room;
    }
    // An octet that would fit after one that did not is not written.
    char storage[2] = {'?', '?'};
    span_sink out(storage);
    out.put("abc");
    out.put("d");
    EXPECT_EQ(storage[0], '?');
    EXPECT_EQ(out.size(), 4U);
}

TEST(sink, string) {
    std::string result = "before ";
    string_sink out(result);
    write_some(out);
    EXPECT_TRUE(out.ok());
    EXPECT_EQ(result, "before abcdef");
    EXPECT_EQ(out.size(), 6U);
    expect_stops(out);
}

TEST(sink, size) {
    size_sink out;
    write_some(out);
    EXPECT_TRUE(out.ok());
    EXPECT_EQ(out.size(), 6U);
}

TEST(sink, gather) {
    char storage[8];
    gather_sink<3> out(storage);
    const test::no_allocation_here guard("gather");
    write_some(out);
    EXPECT_TRUE(out.ok());
    EXPECT_EQ(out.size(), 6U);
    ASSERT_EQ(out.pieces().size(), 3U);
    EXPECT_EQ(out.pieces()[0], "ab");
    EXPECT_EQ(out.pieces()[1], "cde");
    EXPECT_EQ(out.pieces()[2], "f");
    expect_stops(out);
}

// Small octets beside each other are one piece; one piece or one octet too many is remembered.
TEST(sink, gather_has_limits) {
    char storage[4];
    gather_sink<2> joined(storage);
    joined.put("ab");
    joined.put("cd");
    joined.put_ref("");
    EXPECT_TRUE(joined.ok());
    EXPECT_EQ(joined.pieces().size(), 1U);
    joined.put_ref("ef");
    EXPECT_TRUE(joined.ok());
    joined.put_ref("gh");
    EXPECT_FALSE(joined.ok());
    EXPECT_EQ(joined.size(), 8U);
    gather_sink<2> full(storage);
    full.put("abcde");
    full.put("a");
    EXPECT_FALSE(full.ok());
    EXPECT_EQ(full.size(), 6U);
    EXPECT_TRUE(full.pieces().empty());
    const std::string large(100000, 'x');
    gather_sink<2> by_reference(storage);
    by_reference.put_ref(large);
    EXPECT_EQ(by_reference.pieces()[0].data(), large.data());
}

TEST(sink, stops_have_limits) {
    std::string result;
    string_sink out(result);
    for (std::size_t i = 0; i != default_stops; ++i)
        out.stop(i, true);
    EXPECT_TRUE(out.ok());
    EXPECT_EQ(out.stops().size(), default_stops);
    out.stop(0, true);
    EXPECT_FALSE(out.ok());
    EXPECT_EQ(out.stops().size(), default_stops);
    span_sink span({});
    for (std::size_t i = 0; i != default_stops; ++i)
        span.stop(i, true);
    EXPECT_TRUE(span.ok());
    span.stop(0, true);
    EXPECT_FALSE(span.ok());
}

} // namespace
} // namespace mailwire
