// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/session/receiver.hpp"

#include "imap/session/readings.hpp"
#include "support/pipe.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>

namespace mailwire::imap::detail {
namespace {

// Text that is full of what a framer looks at.
std::string odd_octets(test::generator& random) {
    static constexpr std::array<std::string_view, 44> words{"\r\n",
                                                            "\r\n",
                                                            "\r\n",
                                                            "\n",
                                                            "\r",
                                                            "{3}\r\n",
                                                            "{3+}\r\n",
                                                            "{0}\r\n",
                                                            "{0+}\r\n",
                                                            "{8}\r\n",
                                                            "{9+}\r\n",
                                                            "{20}\r\n",
                                                            "{21+}\r\n",
                                                            "{40+}\r\n",
                                                            "~{5}\r\n",
                                                            "{00000000000000000000000000000000000000012}\r\n",
                                                            "{7+}\n",
                                                            "{7}}\n",
                                                            "{",
                                                            "}",
                                                            "+",
                                                            "1",
                                                            "0",
                                                            "~",
                                                            "\"",
                                                            "\"",
                                                            "\\",
                                                            "\\\"",
                                                            "]",
                                                            "[",
                                                            " ",
                                                            "a",
                                                            "abcdefgh",
                                                            "* OK ",
                                                            "* 1 FETCH (BODY[] ",
                                                            "A1 NO ",
                                                            "+ ",
                                                            "[BADCHARSET ",
                                                            "[BADURL ",
                                                            "a NOOP\r\n",
                                                            "* X ",
                                                            "0123456789012345678901234567890123456789",
                                                            "{3",
                                                            "\0"};
    std::string text;
    for (std::size_t n = random.below(24) + 1; n != 0; --n)
        text += words[random.below(words.size())];
    if (random.one_in(50)) text += " {9223372036854775808+}\r\nabc\r\n";
    return text;
}

// FR-1: a receiver gives the same steps however the octets come in, and they are those of a plain reading of the whole.
TEST(imap_receiver, FR_1_A10_odd_octets_in_any_pieces) {
    std::size_t judged = 0;
    for (std::uint64_t seed = 0; seed != 30000; ++seed) {
        test::generator random(seed);
        policy p;
        p.from = random.one_in(2) ? side::client : side::server;
        p.limit = random.below(80) + 24;
        p.capacity = p.limit + random.below(3) * 50;
        p.elided = random.below(3);
        const std::string octets = odd_octets(random) + odd_octets(random) + odd_octets(random);
        const plain_reading expected(p, octets);
        for (const std::size_t most : {octets.size(), std::size_t{1}, std::size_t{2}, random.below(9) + 1}) {
            reading actual(p);
            actual.feed(octets, most);
            ASSERT_EQ(actual.log(), expected.log()) << "seed " << seed << ", pieces of " << most;
        }
        judged += expected.log().size();
    }
    EXPECT_GT(judged, 200000U);
}

TEST(imap_receiver, B12_a_unit_of_just_the_limit) {
    policy p{.limit = 32, .capacity = 32};
    const std::string fits = std::string(30, 'a') + "\r\n";
    const std::string long_one = std::string(31, 'a') + "\r\n";
    for (const std::size_t most : {std::size_t{100}, std::size_t{1}}) {
        reading r(p);
        r.feed(fits + long_one + fits, most);
        EXPECT_EQ(r.log(),
                  (steps{say("unit", fits), say("bad", std::string(31, 'a') + "\r") + " unit too long @32 33/32",
                         say("unit", fits)}));
    }
}

TEST(imap_receiver, counts_what_came_before_the_unit) {
    reading r({.from = side::server, .keep_up_to = 1, .stream_up_to = 100});
    r.feed("* 1 FETCH (BODY[] {5}\r\nhello)\r\n", 3);
    EXPECT_EQ(r.session().received(), 31U);
    EXPECT_EQ(r.session().next().kind, step_kind::more);
    EXPECT_EQ(r.session().unit_start(), 31U);
    EXPECT_TRUE(r.session().between_units());
    r.feed("A1 OK", 100);
    EXPECT_EQ(r.session().unit_start(), 31U);
    EXPECT_FALSE(r.session().between_units());
    r.session().drop();
    EXPECT_TRUE(r.session().view().empty());
}

// A unit that was handed out is still there, so that its tag can be repeated, and is no reason to call the input cut.
TEST(imap_receiver, the_last_unit_stays_until_the_next_step) {
    std::array<char, 64> in{};
    std::array<std::uint32_t, 1> elided{};
    receiver r(in, elided, side::client, 64);
    (void)test::receive(r, "a NOOP\r\nb NO", 64);
    EXPECT_EQ(r.next().text, "a NOOP\r\n");
    EXPECT_TRUE(r.view().starts_with("a NOOP\r\n"));
    EXPECT_FALSE(r.between_units());
    EXPECT_EQ(r.next().kind, step_kind::more);
    EXPECT_EQ(r.view(), "b NO");
    (void)test::receive(r, "OP\r\n", 64);
    EXPECT_EQ(r.next().text, "b NOOP\r\n");
    EXPECT_TRUE(r.between_units());
}

TEST(imap_receiver, counts_the_literals_of_a_unit) {
    std::array<char, 128> in{};
    std::array<std::uint32_t, 1> elided{};
    receiver r(in, elided, side::client, 128);
    (void)test::receive(r, "a LOGIN {3+}\r\nabc {2+}\r\nde\r\nb ", 128);
    for (const std::uint64_t sum : {3U, 5U}) {
        const step s = r.next();
        ASSERT_EQ(s.kind, step_kind::literal);
        r.keep(s.literal);
        EXPECT_EQ(r.kept_octets(), sum);
    }
    EXPECT_EQ(r.literals(), 2U);
    EXPECT_EQ(r.next().kind, step_kind::unit);
    EXPECT_EQ(r.next().kind, step_kind::more);
    EXPECT_EQ(r.literals(), 0U);
    EXPECT_EQ(r.kept_octets(), 0U);
}

} // namespace
} // namespace mailwire::imap::detail
