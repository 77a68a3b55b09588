// SPDX-License-Identifier: BSL-1.0
#include "mailwire/core/outbox.hpp"

#include <gtest/gtest.h>

#include <span>
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

TEST(outbox, has_room_for_so_many_octets) {
    char storage[8];
    outbox out(storage);
    EXPECT_TRUE(out.has_room(8));
    EXPECT_FALSE(out.has_room(9));
    out.begin_unit();
    out.put("abcde");
    EXPECT_TRUE(out.end_unit());
    EXPECT_TRUE(out.has_room(3));
    EXPECT_FALSE(out.has_room(4));
    out.sent(2);
    EXPECT_TRUE(out.has_room(5)) << "what was sent makes room";
    EXPECT_FALSE(out.has_room(6));
}

// RFC 4648: octets that are put as base64, from a room that leaves place for it and for a CRLF.
TEST(outbox, spells_base64_in_place) {
    for (std::size_t size = 0; size != 40; ++size) {
        char storage[40];
        outbox out(std::span<char>(storage, size));
        out.begin_unit();
        const std::size_t groups = size < 2 ? 0 : (size - 2) / 4;
        ASSERT_EQ(out.room_for_base64().size(), groups * 3);
        for (char& c : out.room_for_base64())
            c = 'M';
        const std::size_t octets = groups == 0 ? 0 : groups * 3 - 1;
        out.put_base64(octets);
        EXPECT_EQ(out.size(), groups * 4);
        if (size < 2) continue;
        out.put("\r\n");
        ASSERT_TRUE(out.end_unit()) << "the line always fits";
        std::string expected;
        for (std::size_t i = 0; i + 1 < groups; ++i)
            expected += "TU1N";
        if (groups != 0) expected += "TU0=";
        EXPECT_EQ(drain(out), expected + "\r\n");
    }
}

std::string_view all_of(const char (&storage)[32]) { return {storage, 32}; }

// K3: a secret is in the storage until all of it is out, and then nowhere in it.
TEST(outbox, K3_wipes_secrets_that_were_sent) {
    char storage[32] = {};
    outbox out(storage);
    out.begin_unit();
    out.put("noop");
    EXPECT_TRUE(out.end_unit());
    EXPECT_EQ(drain(out), "noop");
    EXPECT_NE(all_of(storage).find("noop"), std::string_view::npos) << "what is no secret stays";
    out.begin_unit();
    out.put("secret");
    EXPECT_TRUE(out.end_unit());
    out.keep_secret();
    out.sent(5);
    EXPECT_NE(all_of(storage).find("secre"), std::string_view::npos);
    out.sent(1);
    EXPECT_EQ(all_of(storage), std::string(32, '\0'));
    out.begin_unit();
    out.put("noop");
    EXPECT_TRUE(out.end_unit());
    EXPECT_EQ(drain(out), "noop");
    EXPECT_NE(all_of(storage).find("noop"), std::string_view::npos) << "one secret, wiped once";
}

TEST(outbox, K3_wipes_secrets_of_a_unit_that_is_cancelled) {
    char storage[32] = {};
    outbox out(storage);
    EXPECT_TRUE(add(out, "a {6}", 0, true, "secret."));
    out.keep_secret();
    EXPECT_EQ(drain(out), "a {6}");
    EXPECT_NE(all_of(storage).find("secret"), std::string_view::npos);
    out.cancel_unit();
    EXPECT_EQ(all_of(storage), std::string(32, '\0'));
}

TEST(outbox, K3_wipes_what_an_abandoned_unit_leaves) {
    char storage[32] = {};
    outbox out(storage);
    out.begin_unit();
    out.put("noop");
    EXPECT_TRUE(out.end_unit());
    out.begin_unit();
    out.put("secret");
    EXPECT_NE(all_of(storage).find("secret"), std::string_view::npos);
    // What was to become base64 lies at the back.
    for (char& c : out.room_for_base64())
        c = 'M';
    out.abandon_unit();
    EXPECT_EQ(all_of(storage).find("secret"), std::string_view::npos);
    out.wipe_behind();
    EXPECT_EQ(all_of(storage).find('M'), std::string_view::npos);
    EXPECT_EQ(out.output(), "noop");
}

} // namespace
} // namespace mailwire
