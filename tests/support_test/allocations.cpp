// SPDX-License-Identifier: BSL-1.0
#include "../support/allocations.hpp"

#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>
#include <string>
#include <thread>

namespace mailwire::test {
namespace {

// Memory goes through here on its way back, so that the compiler cannot pair the two calls and drop both.
void* volatile last_memory = nullptr;

struct request {
    const char* name;
    bool is_malloc;
    void (*make)();
};

struct alignas(64) wide {
    char octets[64];
};

const request requests[] = {
    {"new", false,
     [] {
         last_memory = ::operator new(10);
         ::operator delete(last_memory);
     }},
    {"new[]", false,
     [] {
         last_memory = ::operator new[](10);
         ::operator delete[](last_memory);
     }},
    {"nothrow new", false,
     [] {
         last_memory = ::operator new(10, std::nothrow);
         ::operator delete(last_memory, std::nothrow);
     }},
    {"nothrow new[]", false,
     [] {
         last_memory = ::operator new[](10, std::nothrow);
         ::operator delete[](last_memory, std::nothrow);
     }},
    {"aligned new", false,
     [] {
         last_memory = ::operator new (sizeof(wide), std::align_val_t{64});
         ::operator delete (last_memory, std::align_val_t{64});
     }},
    {"aligned new[]", false,
     [] {
         last_memory = ::operator new[](3 * sizeof(wide), std::align_val_t{64});
         ::operator delete[](last_memory, std::align_val_t{64});
     }},
    {"aligned nothrow new", false,
     [] {
         last_memory = ::operator new (sizeof(wide), std::align_val_t{64}, std::nothrow);
         ::operator delete (last_memory, std::align_val_t{64}, std::nothrow);
     }},
    {"aligned nothrow new[]", false,
     [] {
         last_memory = ::operator new[](sizeof(wide), std::align_val_t{64}, std::nothrow);
         ::operator delete[](last_memory, std::align_val_t{64}, std::nothrow);
     }},
    {"malloc", true,
     [] {
         last_memory = std::malloc(10);
         std::free(last_memory);
     }},
    {"calloc", true,
     [] {
         last_memory = std::calloc(10, 10);
         std::free(last_memory);
     }},
    {"realloc", true,
     [] {
         last_memory = std::realloc(nullptr, 10);
         std::free(last_memory);
     }},
    {"aligned_alloc", true,
     [] {
         last_memory = std::aligned_alloc(64, 128);
         std::free(last_memory);
     }},
    {"posix_memalign", true,
     [] {
         void* memory = nullptr;
         if (::posix_memalign(&memory, 64, 100) == 0) {
             last_memory = memory;
             std::free(last_memory);
         }
     }},
};

TEST(allocations, counts_each_request_once) {
    for (const auto& [name, is_malloc, make] : requests) {
        const std::size_t before = allocations();
        make();
        const std::size_t made = allocations() - before;
        EXPECT_EQ(made, !is_malloc || malloc_is_counted() ? 1U : 0U) << name;
        EXPECT_NE(last_memory, nullptr) << name;
    }
}

TEST(allocations, aligned_memory_is_aligned) {
    const auto object = std::make_unique<wide>();
    EXPECT_EQ(reinterpret_cast<std::size_t>(object.get()) % alignof(wide), 0U);
}

TEST(allocations, counts_other_threads) {
    const std::size_t before = allocations();
    std::thread([] { requests[0].make(); }).join();
    EXPECT_GE(allocations() - before, 1U);
}

TEST(allocations, standard_containers_are_counted) {
    const std::size_t before = allocations();
    const std::string text(1000, 'x');
    last_memory = const_cast<char*>(text.data());
    EXPECT_EQ(allocations() - before, 1U);
}

TEST(no_allocation_here, is_silent_when_nothing_was_allocated) {
    const no_allocation_here guard;
    const std::string text("short");
    last_memory = const_cast<char*>(text.data());
    EXPECT_EQ(guard.count(), 0U);
}

TEST(no_allocation_here, fails_the_test_otherwise) {
    EXPECT_NONFATAL_FAILURE(
        {
            const no_allocation_here guard("the parser");
            requests[0].make();
        },
        "the parser made 1 allocations");
}

} // namespace
} // namespace mailwire::test
