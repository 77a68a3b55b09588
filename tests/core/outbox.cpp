// SPDX-License-Identifier: BSL-1.0
#include "mailwire/core/outbox.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace mailwire {
namespace {

static_assert(sink<outbox>);

// Takes all that can be sent now, `at_most` octets at a time.
std::string drain(outbox& out, std::size_t at_most = 1000) {
    std::string result;
    while (!out.output().empty()) {
        const std::string_view piece = out.output().substr(0, at_most);
        result += piece;
        out.sent(piece.size());
    }
    return result;
}

// A unit with a literal between two texts; octets == 0: the literal is in the buffer.
bool add(outbox& out, std::string_view before, std::uint64_t octets, bool wait, std::string_view behind) {
    out.begin_unit();
    out.put(before);
    out.stop(octets, wait);
    out.put(behind);
    return out.end_unit();
}

TEST(outbox, gives_what_was_put_in) {
    for (std::size_t at_most = 1; at_most != 5; ++at_most) {
        char storage[16];
        outbox out(storage);
        EXPECT_TRUE(out.empty());
        out.begin_unit();
        out.put("ab");
        out.put("");
        out.put_ref("cd");
        EXPECT_EQ(out.size(), 4U);
        EXPECT_TRUE(out.end_unit());
        out.begin_unit();
        out.put("ef");
        EXPECT_EQ(out.size(), 2U);
        EXPECT_TRUE(out.end_unit());
        EXPECT_EQ(drain(out, at_most), "abcdef");
        EXPECT_TRUE(out.empty());
        EXPECT_FALSE(out.has_stop());
    }
}

// A unit that does not fit leaves everything as it was, and says how large it would have been.
TEST(outbox, units_are_written_wholly_or_not_at_all) {
    char storage[8];
    outbox out(storage);
    out.begin_unit();
    out.put("abcd");
    EXPECT_TRUE(out.end_unit());
    out.begin_unit();
    out.put("efg");
    out.put("hi");
    EXPECT_FALSE(out.ok());
    EXPECT_EQ(out.size(), 5U);
    out.put("j");
    EXPECT_EQ(out.size(), 6U);
    EXPECT_FALSE(out.end_unit());
    EXPECT_TRUE(out.ok());
    EXPECT_EQ(out.output(), "abcd");
    out.begin_unit();
    out.put("efgh");
    EXPECT_TRUE(out.end_unit());
    EXPECT_EQ(drain(out), "abcdefgh");
    // What was sent makes room.
    out.begin_unit();
    out.put("12345678");
    EXPECT_TRUE(out.end_unit());
    out.sent(3);
    out.begin_unit();
    out.put("abc");
    EXPECT_TRUE(out.end_unit());
    EXPECT_EQ(drain(out), "45678abc");
    out.begin_unit();
    out.put("ab");
    out.abandon_unit();
    EXPECT_TRUE(out.empty());
}

TEST(outbox, waits_for_the_peer) {
    char storage[32];
    outbox out(storage);
    EXPECT_FALSE(out.go_on());
    EXPECT_TRUE(add(out, "a {2}", 0, true, "xy."));
    EXPECT_TRUE(out.has_stop());
    EXPECT_FALSE(out.waiting()); // what comes first was not sent yet
    EXPECT_FALSE(out.go_on());
    EXPECT_EQ(drain(out, 2), "a {2}");
    EXPECT_TRUE(out.waiting());
    EXPECT_FALSE(out.empty());
    EXPECT_TRUE(out.go_on());
    EXPECT_FALSE(out.go_on());
    EXPECT_EQ(drain(out), "xy.");
    EXPECT_TRUE(out.empty());
}

TEST(outbox, streams_a_literal) {
    for (const bool wait : {false, true}) {
        char storage[32];
        outbox out(storage);
        EXPECT_EQ(out.literal("x"), misuse::wrong_state);
        EXPECT_TRUE(add(out, "{5}", 5, wait, "."));
        EXPECT_EQ(out.missing(), 5U);
        EXPECT_EQ(drain(out), "{5}");
        EXPECT_EQ(out.output(), "");
        if (wait) {
            EXPECT_TRUE(out.go_on());
        }
        EXPECT_EQ(out.literal("abcdef"), misuse::literal_size);
        EXPECT_EQ(out.literal("abc"), misuse::none);
        EXPECT_EQ(out.literal("d"), misuse::busy);
        EXPECT_EQ(out.missing(), 2U);
        EXPECT_EQ(drain(out, 2), "abc");
        EXPECT_EQ(out.missing(), 2U);
        EXPECT_EQ(out.literal("de"), misuse::none);
        EXPECT_EQ(drain(out, 1), "de.");
        EXPECT_TRUE(out.empty());
        EXPECT_EQ(out.literal("x"), misuse::wrong_state);
    }
}

// Octets may be handed over before their place is reached.
TEST(outbox, takes_octets_early) {
    char storage[32];
    outbox out(storage);
    out.begin_unit();
    out.put("a{1}");
    out.stop(0, true);
    out.put("x b{2}");
    out.stop(2, true);
    out.put("c{0+}");
    out.stop(0, false);
    out.put(".");
    EXPECT_TRUE(out.end_unit());
    EXPECT_EQ(out.literal("yz"), misuse::none);
    EXPECT_EQ(out.missing(), 0U);
    EXPECT_EQ(out.literal("y"), misuse::busy);
    EXPECT_EQ(drain(out), "a{1}");
    EXPECT_TRUE(out.go_on());
    EXPECT_EQ(drain(out), "x b{2}");
    EXPECT_TRUE(out.waiting());
    EXPECT_TRUE(out.go_on());
    EXPECT_EQ(drain(out), "yzc{0+}.");
    EXPECT_TRUE(out.empty());
}

// RFC 9051 7.6: a literal that was refused takes the rest of its command with it, and no other command.
TEST(outbox, cancels_a_unit) {
    char storage[64];
    outbox out(storage);
    out.begin_unit();
    out.put("a{1}");
    out.stop(0, true);
    out.put("x{2}");
    out.stop(2, true);
    out.put(".");
    EXPECT_TRUE(out.end_unit());
    EXPECT_TRUE(add(out, "b{1}", 0, true, "y."));
    out.cancel_unit(); // nothing waits yet
    EXPECT_EQ(drain(out), "a{1}");
    out.cancel_unit();
    EXPECT_EQ(drain(out), "b{1}");
    EXPECT_TRUE(out.go_on());
    EXPECT_EQ(drain(out), "y.");
    EXPECT_TRUE(out.empty());
}

TEST(outbox, holds_a_limited_number_of_stops) {
    char storage[64];
    outbox out(storage);
    for (std::size_t i = 0; i != default_stops; ++i)
        EXPECT_TRUE(add(out, "a", 0, true, "b"));
    EXPECT_FALSE(add(out, "c", 0, true, "d"));
    std::string sent;
    for (std::size_t i = 0; i != default_stops; ++i) {
        sent += drain(out);
        EXPECT_TRUE(out.go_on());
        if (i == 2) {
            EXPECT_TRUE(add(out, "c", 0, true, "d"));
        }
    }
    sent += drain(out);
    EXPECT_TRUE(out.go_on());
    sent += drain(out);
    EXPECT_EQ(sent, "ababababababababcd");
    EXPECT_TRUE(out.empty());
}

} // namespace
} // namespace mailwire
