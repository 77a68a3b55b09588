// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <cstring>
#include <type_traits>

#include "mailwire/core/error.hpp"
#include "mailwire/core/outbox.hpp"

namespace mailwire::imap::detail {

// Puts one unit into the outbox, or several that belong together: what `write` writes, wholly or not at all. `write`
// returns a misuse. Where the answer is not misuse::none, the outbox is as it was; only octets that were partly sent may
// have moved to the front of its storage. Requires: the outbox has no stop.
template <typename Write> misuse put_unit(outbox& out, Write write) {
    static_assert(std::is_trivially_copyable_v<outbox>);
    // An image and no copy: a copy may leave out the octets between members.
    alignas(outbox) std::array<std::byte, sizeof(outbox)> before;
    const char* front = out.output().data();
    std::memcpy(before.data(), &out, sizeof out);
    out.begin_unit();
    const bool moved = !out.output().empty() && out.output().data() != front;
    if (moved) std::memcpy(before.data(), &out, sizeof out);
    const misuse fault = write();
    if (fault == misuse::none && out.end_unit()) return misuse::none;
    std::memcpy(static_cast<void*>(&out), before.data(), sizeof out);
    out.wipe_behind();
    return fault == misuse::none ? misuse::no_room : fault;
}

} // namespace mailwire::imap::detail
