// SPDX-License-Identifier: BSL-1.0
// How a benchmark is registered: what runs on a data set is named DATA/WHAT, so that --benchmark_filter=^DATA/ shows
// everything that was measured on the same octets. A program of its own needs the limits beside its figures: it
// includes this file and calls add_limits for its data.

#pragma once

#include "data.hpp"
#include "limits.hpp"

#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace mailwire::bench {

// The call that is measured. It has a name of its own so that a profiler can be told to count it and nothing else:
// callgrind does with --toggle-collect='mailwire::bench::measured*'.
template <typename Work> [[gnu::noinline]] auto measured(Work& work, const data_set& set) { return work(set); }

// Registers a call of work(const data_set&) as one iteration; what it returns counts as used. The data is made when the
// benchmark first runs. Requires that the name is one of a generator.
template <typename Work> void add_bench(std::string_view data_name, std::string_view what, Work work) {
    const std::string name = std::string(data_name) + "/" + std::string(what);
    benchmark::RegisterBenchmark(name.c_str(), [data_name, work = std::move(work)](benchmark::State& state) mutable {
        const data_set& set = shared_data(data_name);
        benchmark::DoNotOptimize(work(set)); // makes what the work keeps, and warms the caches
        for ([[maybe_unused]] auto iteration : state) {
            benchmark::DoNotOptimize(measured(work, set));
            benchmark::ClobberMemory();
        }
        const auto iterations = static_cast<std::int64_t>(state.iterations());
        state.SetBytesProcessed(iterations * static_cast<std::int64_t>(set.octets.size()));
        state.SetItemsProcessed(iterations * static_cast<std::int64_t>(set.units));
    });
}

// Registers the limits that mean something on the data of that generator.
inline void add_limits(const generator& data) {
    static copy_buffer buffer;
    add_bench(data.name, "limit_memcpy_64k", [](const data_set& set) { return copy_all(set.octets, buffer); });
    add_bench(data.name, "limit_memchr_lf", [](const data_set& set) { return count_lines(set.octets); });
    if (data.kind == data_kind::imap_responses || data.kind == data_kind::imap_commands) {
        add_bench(data.name, "limit_frame_memchr", [](const data_set& set) { return frame_memchr(set.octets); });
        add_bench(data.name, "limit_tok_scalar", [](const data_set& set) { return tok_scalar(set.octets); });
        if (has_sse2) {
            add_bench(data.name, "limit_tok_sse2", [](const data_set& set) { return tok_sse2(set.octets); });
        }
    }
    if (data.kind == data_kind::pop3_messages) {
        add_bench(data.name, "limit_pop_nl", [](const data_set& set) { return pop_nl(set.octets, buffer); });
    }
    if (data.name == "search" || data.name == "pop3_list") {
        add_bench(data.name, "limit_numbers_scalar", [](const data_set& set) { return numbers_scalar(set.octets); });
    }
}

// The limits of the data of that name; nothing where no generator has it.
inline void add_limits(std::string_view data_name) {
    for (const generator& data : generators) {
        if (data.name == data_name) {
            add_limits(data);
        }
    }
}

} // namespace mailwire::bench
