// SPDX-License-Identifier: BSL-1.0
#include "mailwire/sasl/mechanism.hpp"

#include <cstdint>
#include <string>

#include <gtest/gtest.h>

#include "sasl/exchange.hpp"

namespace mailwire::sasl {
namespace {

using test::failed;

// Says its own last word when it hears "end", and repeats all else.
template <bool First> class echo {
public:
    static constexpr std::string_view name() { return "X-ECHO"; }
    static constexpr bool client_first = First;

    explicit echo(const limits& allowed) : progress_(allowed) {}
    sasl::step step(std::string_view message, std::span<char> out) {
        if (const sasl::step refused = progress_.admit(message); refused.status == status::failed) return refused;
        if (message.size() > out.size()) return progress_.settle(no_room(message.size()));
        if (message == "bad") return progress_.settle(failure(fault::bad_syntax, 2));
        std::copy(message.begin(), message.end(), out.begin());
        return progress_.settle({message == "end" ? status::done : status::more, message.size()});
    }
    bool complete() const { return progress_.complete(); }
    std::string_view identity() const { return {}; }

private:
    progress progress_;
};
static_assert(client_mechanism<echo<true>> && server_mechanism<echo<false>>);
static_assert(!client_mechanism<int>);

TEST(sasl_mechanism, limit_of_a_message) {
    for (const std::size_t size : {0U, 7U, 8U, 9U, 1000U}) {
        echo<true> m({.message = 8});
        const std::string message(size, 'x');
        EXPECT_EQ(test::say(m, message).step, size <= 8 ? (step{status::more, size}) : failed(fault::too_long, 8))
            << size;
    }
    echo<true> by_default({});
    EXPECT_EQ(test::say(by_default, std::string(65536, 'x'), 65536).step.size, 65536U);
    EXPECT_EQ(test::say(by_default, std::string(65537, 'x'), 65537).step, failed(fault::too_long, 65536));
}

// G6: a server that asks without end.
TEST(sasl_mechanism, limit_of_rounds) {
    for (const unsigned most : {1U, 3U, 16U}) {
        echo<true> m({.rounds = most});
        for (unsigned round = 0; round != most; ++round)
            EXPECT_EQ(test::say(m, "").step, step{});
        for (int more = 0; more != 1000; ++more)
            EXPECT_EQ(test::say(m, "").step, failed(fault::too_many_rounds));
    }
    EXPECT_EQ(limits().rounds, 16U);
}

TEST(sasl_mechanism, the_first_fault_is_final) {
    echo<true> m({});
    EXPECT_EQ(test::say(m, "x").step.status, status::more);
    EXPECT_EQ(test::say(m, "bad").step, failed(fault::bad_syntax, 2));
    EXPECT_EQ(test::say(m, "end").step, failed(fault::bad_syntax, 2));
    EXPECT_FALSE(m.complete());
}

TEST(sasl_mechanism, no_room_changes_nothing) {
    echo<true> m({.rounds = 2});
    for (int again = 0; again != 5; ++again)
        EXPECT_EQ(test::say(m, "four", 3).step, no_room(4));
    EXPECT_EQ(test::say(m, "four", 4).text, "four");
    EXPECT_EQ(test::say(m, "end", 3).step.status, status::done);
    EXPECT_EQ(test::say(m, "x").step, failed(fault::too_many_rounds));
}

TEST(sasl_mechanism, begin) {
    char out[8];
    echo<true> waits({});
    EXPECT_EQ(begin(waits, std::nullopt, out), step{});
    echo<true> has_it({});
    EXPECT_EQ(begin(has_it, "end", out), (step{status::done, 3}));
    echo<true> has_an_empty_one({});
    EXPECT_EQ(begin(has_an_empty_one, "", out), step{});
    echo<false> speaks_first({});
    EXPECT_EQ(begin(speaks_first, std::nullopt, out), step{});
    echo<false> wants_none({});
    EXPECT_EQ(begin(wants_none, "end", out), failed(fault::unexpected_message));
}

// I5
TEST(sasl_mechanism, sizes_do_not_wrap) {
    const char* nowhere = "";
    const std::string_view gigabytes(nowhere, std::size_t{1} << 31);
    const std::string_view all(nowhere, SIZE_MAX);
    EXPECT_EQ(octets_of({}), 0U);
    EXPECT_EQ(octets_of({"ab", "", "c"}, 2), 5U);
    EXPECT_EQ(octets_of({gigabytes, gigabytes}), std::size_t{1} << 32);
    EXPECT_EQ(octets_of({all}), SIZE_MAX);
    EXPECT_EQ(octets_of({all, "a"}), SIZE_MAX);
    EXPECT_EQ(octets_of({"a", all}, 1), SIZE_MAX);
}

} // namespace
} // namespace mailwire::sasl
