// SPDX-License-Identifier: BSL-1.0
#include "allocations.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>

// A sanitizer's malloc must stay in place, or it can no longer tell which memory is whose. This is a macro because the
// definitions below have to vanish, which no constant can make them do.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || defined(__SANITIZE_HWADDRESS__)
#define MAILWIRE_TEST_COUNT_MALLOC 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer) ||          \
    __has_feature(hwaddress_sanitizer) || __has_feature(leak_sanitizer)
#define MAILWIRE_TEST_COUNT_MALLOC 0
#endif
#endif
#ifndef MAILWIRE_TEST_COUNT_MALLOC
#ifdef __GLIBC__
#define MAILWIRE_TEST_COUNT_MALLOC 1
#else
#define MAILWIRE_TEST_COUNT_MALLOC 0
#endif
#endif

namespace {

// Constant-initialised: the loader allocates before any constructor of this program has run.
std::atomic<std::size_t> calls{0};

void count_call() noexcept { calls.fetch_add(1, std::memory_order_relaxed); }

} // namespace

#if MAILWIRE_TEST_COUNT_MALLOC

// The other names under which glibc exports its allocator. free needs no stand-in: the memory is glibc's own.
extern "C" {
void* __libc_malloc(std::size_t);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);
void* __libc_memalign(std::size_t, std::size_t);
void* __libc_valloc(std::size_t);
void* __libc_pvalloc(std::size_t);

void* malloc(std::size_t size) noexcept {
    count_call();
    return __libc_malloc(size);
}

void* calloc(std::size_t count, std::size_t size) noexcept {
    count_call();
    return __libc_calloc(count, size);
}

void* realloc(void* old, std::size_t size) noexcept {
    count_call();
    return __libc_realloc(old, size);
}

void* reallocarray(void* old, std::size_t count, std::size_t size) noexcept {
    count_call();
    if (size != 0 && count > SIZE_MAX / size) {
        errno = ENOMEM;
        return nullptr;
    }
    return __libc_realloc(old, count * size);
}

void* memalign(std::size_t alignment, std::size_t size) noexcept {
    count_call();
    return __libc_memalign(alignment, size);
}

void* aligned_alloc(std::size_t alignment, std::size_t size) noexcept {
    count_call();
    return __libc_memalign(alignment, size);
}

int posix_memalign(void** result, std::size_t alignment, std::size_t size) noexcept {
    count_call();
    if (alignment < sizeof(void*) || (alignment & (alignment - 1)) != 0) {
        return EINVAL;
    }
    void* const memory = __libc_memalign(alignment, size);
    if (memory == nullptr) {
        return ENOMEM;
    }
    *result = memory;
    return 0;
}

void* valloc(std::size_t size) noexcept {
    count_call();
    return __libc_valloc(size);
}

void* pvalloc(std::size_t size) noexcept {
    count_call();
    return __libc_pvalloc(size);
}
}

#endif

namespace {

void* raw_memory(std::size_t size, std::size_t alignment) noexcept {
    const std::size_t wanted = size == 0 ? 1 : size;
#if MAILWIRE_TEST_COUNT_MALLOC
    return alignment <= __STDCPP_DEFAULT_NEW_ALIGNMENT__ ? __libc_malloc(wanted) : __libc_memalign(alignment, wanted);
#else
    if (alignment <= __STDCPP_DEFAULT_NEW_ALIGNMENT__) {
        return std::malloc(wanted);
    }
    return std::aligned_alloc(alignment, (wanted + alignment - 1) / alignment * alignment);
#endif
}

void* counted_memory(std::size_t size, std::size_t alignment) noexcept {
    count_call();
    return raw_memory(size, alignment);
}

void* counted_memory_or_throw(std::size_t size, std::size_t alignment) {
    void* const memory = counted_memory(size, alignment);
    if (memory == nullptr) {
#ifdef __cpp_exceptions
        throw std::bad_alloc();
#else
        std::abort();
#endif
    }
    return memory;
}

constexpr std::size_t usual = __STDCPP_DEFAULT_NEW_ALIGNMENT__;

} // namespace

void* operator new(std::size_t size) { return counted_memory_or_throw(size, usual); }
void* operator new[](std::size_t size) { return counted_memory_or_throw(size, usual); }
void* operator new(std::size_t size, std::align_val_t alignment) {
    return counted_memory_or_throw(size, static_cast<std::size_t>(alignment));
}
void* operator new[](std::size_t size, std::align_val_t alignment) {
    return counted_memory_or_throw(size, static_cast<std::size_t>(alignment));
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return counted_memory(size, usual); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return counted_memory(size, usual); }
void* operator new(std::size_t size, std::align_val_t alignment, const std::nothrow_t&) noexcept {
    return counted_memory(size, static_cast<std::size_t>(alignment));
}
void* operator new[](std::size_t size, std::align_val_t alignment, const std::nothrow_t&) noexcept {
    return counted_memory(size, static_cast<std::size_t>(alignment));
}

void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, const std::nothrow_t&) noexcept { std::free(memory); }
void operator delete[](void* memory, const std::nothrow_t&) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t, const std::nothrow_t&) noexcept { std::free(memory); }
void operator delete[](void* memory, std::align_val_t, const std::nothrow_t&) noexcept { std::free(memory); }

namespace mailwire::test {

std::size_t allocations() noexcept { return calls.load(std::memory_order_relaxed); }

bool malloc_is_counted() noexcept { return MAILWIRE_TEST_COUNT_MALLOC != 0; }

no_allocation_here::no_allocation_here(const char* what, const char* file, int line) noexcept
    : what_(what), file_(file), line_(line), before_(allocations()) {}

no_allocation_here::~no_allocation_here() {
    const std::size_t made = count();
    if (made != 0) {
        ADD_FAILURE_AT(file_, line_) << what_ << " made " << made << " allocations";
    }
}

std::size_t no_allocation_here::count() const noexcept { return allocations() - before_; }

} // namespace mailwire::test
