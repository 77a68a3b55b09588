// SPDX-License-Identifier: BSL-1.0
#include "../../bench/data.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace mailwire::bench {
namespace {

constexpr std::size_t small = 300'000;

TEST(bench_data, is_the_same_for_the_same_seed) {
    for (const auto& data : generators) {
        const data_set once = make_data(data.name, 50'000, 1);
        EXPECT_EQ(once.octets, make_data(data.name, 50'000, 1).octets) << data.name;
        EXPECT_NE(once.octets, make_data(data.name, 50'000, 2).octets) << data.name;
    }
}

std::uint64_t fnv_1a(std::string_view octets) {
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const char octet : octets) {
        hash = (hash ^ static_cast<unsigned char>(octet)) * 0x100000001b3U;
    }
    return hash;
}

struct checksum_row {
    std::string_view name;
    std::uint64_t checksum;
};

// Figures can be compared only where they were measured on the same octets: another compiler has to make the same, and
// who changes a generator has to measure again.
TEST(bench_data, is_the_same_everywhere) {
    for (const auto& [name, checksum] : {
             checksum_row{"fetch_flags", 0xf05c35720f7ae2d4U},
             checksum_row{"fetch_flags_base", 0x342470d8655211e5U},
             checksum_row{"fetch_envelope", 0x063c96bb0b44e569U},
             checksum_row{"fetch_body", 0xa54757399f3eb819U},
             checksum_row{"list_status", 0x57c3f47d0258609dU},
             checksum_row{"search", 0x55974d570dd06911U},
             checksum_row{"commands", 0xe957e8b03686b1caU},
             checksum_row{"pop3_retr", 0xff1bf775ae005594U},
             checksum_row{"pop3_retr_dots", 0x884cd6d642be116dU},
             checksum_row{"pop3_list", 0x723679bd5f2a60efU},
             checksum_row{"pop3_uidl", 0x46d486e82f26745bU},
         }) {
        EXPECT_EQ(fnv_1a(make_data(name, 100'000).octets), checksum) << name;
    }
}

// The sequence of the published algorithm for the seed 0.
TEST(bench_data, random_source_is_splitmix64) {
    random_source random(0);
    EXPECT_EQ(random.next(), 0xe220a8397b1dcdafU);
    EXPECT_EQ(random.next(), 0x6e789e6aa1b965f4U);
}

TEST(bench_data, random_choices_stay_in_their_range) {
    random_source random(1);
    for (int i = 0; i != 10'000; ++i) {
        EXPECT_LT(random.below(7), 7U);
        const auto number = random.doubling_between(3, 100);
        EXPECT_GE(number, 3U);
        EXPECT_LE(number, 100U);
    }
}

TEST(bench_data, has_the_size_asked_for_and_whole_units) {
    for (const auto& data : generators) {
        const data_set set = make_data(data.name, small);
        EXPECT_EQ(set.name, data.name);
        EXPECT_EQ(set.kind, data.kind) << data.name;
        EXPECT_GE(set.octets.size(), small) << data.name;
        EXPECT_LT(set.octets.size(), 2 * small) << data.name;
        EXPECT_NE(set.units, 0U) << data.name;
        EXPECT_TRUE(set.octets.ends_with("\r\n")) << data.name;
    }
    EXPECT_EQ(make_data("no such data", small).units, 0U);
}

TEST(bench_data, every_line_ends_in_crlf) {
    for (const auto& data : generators) {
        const data_set set = make_data(data.name, small);
        for (std::size_t at = 0; (at = set.octets.find_first_of("\r\n", at)) != std::string::npos; at += 2) {
            ASSERT_EQ(set.octets.compare(at, 2, "\r\n"), 0) << data.name << " at " << at;
        }
        EXPECT_EQ(set.octets.find('\0'), std::string::npos) << data.name;
    }
}

struct unit_size {
    std::string_view name;
    std::size_t least;
    std::size_t most;
};

TEST(bench_data, units_have_the_size_of_real_ones) {
    for (const auto& [name, least, most] : {unit_size{"fetch_flags", 55, 75}, unit_size{"fetch_flags_base", 35, 55},
                                            unit_size{"fetch_envelope", 850, 1'050}, unit_size{"list_status", 70, 100},
                                            unit_size{"commands", 120, 300}}) {
        const data_set set = make_data(name, 2'000'000);
        EXPECT_GE(set.octets.size() / set.units, least) << name;
        EXPECT_LE(set.octets.size() / set.units, most) << name;
    }
}

TEST(bench_data, one_response_in_a_hundred_has_a_literal_as_subject) {
    const data_set set = make_data("fetch_envelope", 5'000'000);
    EXPECT_GE(set.literals, set.units / 200);
    EXPECT_LE(set.literals, set.units / 40);
}

TEST(bench_data, dots_are_few_or_many) {
    const data_set few = make_data("pop3_retr", 2'000'000);
    const data_set many = make_data("pop3_retr_dots", 2'000'000);
    const auto dots_of = [](const data_set& set) { return std::count(set.octets.begin(), set.octets.end(), '.'); };
    EXPECT_LT(dots_of(few), 2'000);
    EXPECT_GT(dots_of(many), 15'000);
    EXPECT_GT(few.stuffed_lines, 0U);
    EXPECT_GT(many.stuffed_lines, 500U);
}

TEST(bench_data, structures_are_four_levels_deep_at_most) {
    const data_set set = make_data("fetch_envelope", 5'000'000);
    EXPECT_NE(set.octets.find("\"MESSAGE\" \"RFC822\""), std::string::npos);
    int depth = 0;
    int deepest = 0;
    bool in_quotes = false;
    for (std::size_t at = 0; at != set.octets.size(); ++at) {
        const char c = set.octets[at];
        if (in_quotes && c == '\\') {
            ++at;
        } else if (c == '"') {
            in_quotes = !in_quotes;
        } else if (!in_quotes && c == '(') {
            deepest = std::max(deepest, ++depth);
        } else if (!in_quotes && c == ')') {
            --depth;
        }
    }
    EXPECT_EQ(depth, 0);
    // The list of the response, four containers, a part in the last of them, its disposition and the parameters of it.
    EXPECT_EQ(deepest, 1 + 4 + 1 + 2);
}

TEST(bench_data, shared_data_is_made_once) {
    EXPECT_EQ(&shared_data("fetch_flags"), &shared_data(std::string("fetch_flags")));
}

} // namespace
} // namespace mailwire::bench
