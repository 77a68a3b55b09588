// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>

#include "mailwire/core/rules.hpp"
#include "mailwire/imap/grammar/forms.hpp"

// What names messages by their numbers, which change with every EXPUNGE (RFC 9051 2.3.1.2), and not by unique
// identifiers. Under UIDONLY there is none of it (RFC 9586 3).
namespace mailwire::imap {

namespace detail {

template <typename Tail> inline constexpr bool is_by_number = false;
template <typename R> inline constexpr bool is_by_number<form<forms::message_numbers, R>> = true;

} // namespace detail

// Commands have it in their tail: FETCH, STORE, SEARCH, COPY, MOVE. Data say it themselves.
template <typename Alt> constexpr bool names_by_number() {
    if constexpr (requires { Alt::names_by_number; }) {
        return Alt::names_by_number;
    } else {
        return detail::is_by_number<typename Alt::tail>;
    }
}

// The modes that a command which carries this alternative switches on, bits of namespace modes: MODSEQ and its like
// switch CONDSTORE on without ENABLE (RFC 7162 3.1). An extension specializes it for its own alternatives.
template <typename Alt> inline constexpr std::uint32_t switched_on_by = 0;

} // namespace mailwire::imap
