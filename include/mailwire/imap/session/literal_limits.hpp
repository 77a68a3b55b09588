// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "mailwire/core/error.hpp"
#include "mailwire/imap/framer.hpp"
#include "mailwire/imap/limits.hpp"
#include "mailwire/imap/session/receiver.hpp"

namespace mailwire::imap::detail {

// Why a literal that begins here is not handed on in pieces, or no error.
inline mailwire::error stream_fault(const receiver& in, const frame& f, const limits& allowed) {
    if (f.octets > allowed.literal) return {errc::literal_too_big, f.header, f.octets, allowed.literal};
    const std::size_t streamed = in.elided().size();
    if (!in.can_stream(f)) return {errc::too_many_literals, f.header, streamed + 1, streamed};
    return {};
}

// Why a literal of a command does not stay in the buffer, or no error. `budget`: the octets of all literals of the command.
inline mailwire::error keep_fault(const receiver& in, const frame& f, const limits& allowed, std::uint64_t budget) {
    const std::uint64_t most = allowed.inline_literal;
    if (f.octets > most || !in.can_keep(f)) return {errc::literal_too_big, f.header, f.octets, most};
    const std::uint64_t sum = in.kept_octets() + f.octets;
    if (sum > budget) return {errc::literal_too_big, f.header, sum, budget};
    const std::size_t number = in.literals() + 1;
    if (number > allowed.literals) return {errc::too_many_literals, f.header, number, allowed.literals};
    return {};
}

} // namespace mailwire::imap::detail
