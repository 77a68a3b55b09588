// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "mailwire/core/pegtl.hpp"

namespace mailwire {

// apply_mode::action means: record tokens. apply_mode::nothing means: judge only.
using pegtl::apply_mode;
using pegtl::rewind_mode;

// The control of every parse: no hooks, no actions, just the rule. A rule with a member `island` is kept out of line:
// g++ stops inlining altogether once a translation unit has grown too much, and a few fixed borders keep the fast
// paths fast whatever else is compiled beside them. No rule throws; `noexcept` says so where the compiler cannot see it,
// because rules recurse or are called through pointers.
template <typename Rule> struct lean {
    template <apply_mode A, rewind_mode M, template <typename...> class Action, template <typename...> class Control,
              typename In>
    [[gnu::always_inline]] static bool match(In& in) noexcept {
        if constexpr (requires { typename Rule::island; }) {
            return outlined<A, M, Action, Control>(in);
        } else {
            return inlined<A, M, Action, Control>(in);
        }
    }

private:
    template <apply_mode A, rewind_mode M, template <typename...> class Action, template <typename...> class Control,
              typename In>
    [[gnu::always_inline]] static bool inlined(In& in) noexcept {
        if constexpr (requires { Rule::match(in); }) {
            return Rule::match(in);
        } else {
            return Rule::template match<A, M, Action, Control>(in);
        }
    }

    template <apply_mode A, rewind_mode M, template <typename...> class Action, template <typename...> class Control,
              typename In>
    [[gnu::noinline]] static bool outlined(In& in) noexcept {
        return inlined<A, M, Action, Control>(in);
    }
};

// Runs a rule over an input with the lean control.
template <typename Rule, apply_mode A = apply_mode::action, typename In> bool run(In& in) {
    return lean<Rule>::template match<A, rewind_mode::active, pegtl::nothing, lean>(in);
}

} // namespace mailwire
