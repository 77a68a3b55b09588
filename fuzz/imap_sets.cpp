// SPDX-License-Identifier: BSL-1.0
// Two sequence sets: judged alike by the grammar and by sequence_set, walked, put together, normalized and written.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mailwire/core/control.hpp"
#include "mailwire/core/input.hpp"
#include "mailwire/core/sink.hpp"
#include "mailwire/imap/grammar/sets.hpp"
#include "mailwire/imap/model/set_algebra.hpp"
#include "mailwire/imap/model/writer.hpp"
#include "operations.hpp"

using namespace mailwire;
using namespace mailwire::fuzz;
using namespace mailwire::imap;

namespace {

// "$" is judged by the rule too; behind a set comes nothing.
bool is_a_set(std::string_view octets) {
    std::array<token, 4> tape;
    input in(octets, tape, {});
    return run<grammar::sequence_set>(in) && in.empty();
}

// Whether a number is meant, asked of the ranges one by one.
bool holds(const sequence_set& set, std::uint32_t number, std::uint32_t largest) {
    for (const seq_range r : set) {
        const bool has_star = r.first == star || r.last == star;
        if ((largest != 0 || !has_star) && r.contains(number, largest)) return true;
    }
    return false;
}

// The numbers at which anything can change: the ends of the ranges and their neighbours.
std::vector<std::uint32_t> corners(const sequence_set& a, const sequence_set& b, std::uint32_t largest) {
    std::vector<std::uint32_t> result{1, 4294967295U, largest};
    for (const sequence_set& set : {a, b}) {
        for (const seq_range r : set) {
            for (const std::uint32_t n : {r.first, r.last})
                result.insert(result.end(), {n - 1, n, n + 1});
        }
    }
    std::sort(result.begin(), result.end());
    result.erase(std::unique(result.begin(), result.end()), result.end());
    std::erase(result, 0U);
    return result;
}

template <typename Ascending, typename Expected>
void check(const Ascending& set, const std::vector<std::uint32_t>& numbers, Expected expected) {
    std::uint64_t before = 0;
    std::uint64_t sum = 0;
    for (const seq_range r : set) {
        require(r.first != 0 && r.first <= r.last, "a range ascends");
        require(before == 0 || r.first > before + 1, "between two ranges is a gap");
        before = r.last;
        sum += before - r.first + 1;
    }
    require(without_heap([&] { return count_of(set); }) == sum, "each number counts once");
    for (const std::uint32_t n : numbers)
        require(without_heap([&] { return contains(set, n); }) == expected(n), "it has the numbers it should have");
}

// What is written of the normalized set is the set.
template <typename Ascending> void check_written(const Ascending& set) {
    std::array<seq_range, 64> room;
    const auto short_one = normalized(set, room);
    if (!short_one || short_one->empty()) return;
    std::string wire;
    string_sink sink(wire);
    writer out(sink, {});
    short_one->write(out);
    require(out.fault() == misuse::none && is_a_set(wire), "a normalized set can be written");
    const auto again = sequence_set::parse(wire);
    require(again && *again == *short_one, "it reads as the same");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view octets = octets_of(data, std::min<std::size_t>(size, 400));
    const std::uint32_t largest = take(octets) % 16;
    std::string_view rest = octets;
    const std::string_view first = take_field(rest);
    const auto a = sequence_set::parse(first);
    require(is_a_set(first) == bool(a), "the rule and the type judge alike");
    const auto b = sequence_set::parse(rest);
    require(is_a_set(rest) == bool(b), "the rule and the type judge alike");
    if (!a || !b) return 0;
    const auto x = numbers_of(*a, largest);
    const auto y = numbers_of(*b, largest);
    require(bool(x) != a->is_last_result() && bool(y) != b->is_last_result(), "all but $ have numbers");
    if (!x || !y) return 0;
    const auto numbers = corners(*a, *b, largest);
    const auto in_a = [&](std::uint32_t n) { return holds(*a, n, largest); };
    const auto in_b = [&](std::uint32_t n) { return holds(*b, n, largest); };
    check(*x, numbers, in_a);
    check(union_of(*x, *y), numbers, [&](std::uint32_t n) { return in_a(n) || in_b(n); });
    check(intersection_of(*x, *y), numbers, [&](std::uint32_t n) { return in_a(n) && in_b(n); });
    check(difference_of(*x, *y), numbers, [&](std::uint32_t n) { return in_a(n) && !in_b(n); });
    check_written(union_of(*x, *y));
    check_written(difference_of(*x, *y));
    return 0;
}
