// SPDX-License-Identifier: BSL-1.0
// Counts what the process takes from the heap, so that a test can say that the code under test takes nothing.

#pragma once

#include <cstddef>

namespace mailwire::test {

// How often the process called a form of operator new, or malloc and its family, since it began: all threads, each
// request once (a new is not counted a second time for the memory it fetches). Takes nothing from the heap itself.
// Compilers may leave out an allocation whose result nobody looks at; such a one is not counted. Under valgrind's
// memcheck, which puts its own functions in the place of all these, nothing is.
[[nodiscard]] std::size_t allocations() noexcept;

// Whether malloc and its family are counted too. Sanitizers bring their own malloc and other C libraries than glibc
// have no second name for theirs: there only the forms of operator new are counted.
[[nodiscard]] bool malloc_is_counted() noexcept;

// A scope in which nothing may be allocated, on any thread. What was allocated becomes a failure of the current test,
// reported at the line where the guard was made:
//
//   {
//       const no_allocation_here guard("parse");
//       parse(wire);
//   }
class no_allocation_here {
public:
    // Requires that `what` stays valid for the life of the guard.
    explicit no_allocation_here(const char* what = "this scope", const char* file = __builtin_FILE(),
                                int line = __builtin_LINE()) noexcept;
    ~no_allocation_here();
    no_allocation_here(const no_allocation_here&) = delete;
    no_allocation_here& operator=(const no_allocation_here&) = delete;

    // The allocations since the guard was made.
    [[nodiscard]] std::size_t count() const noexcept;

private:
    const char* what_;
    const char* file_;
    int line_;
    std::size_t before_;
};

} // namespace mailwire::test
