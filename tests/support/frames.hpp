// SPDX-License-Identifier: BSL-1.0
// Runs the framer of IMAP over octets that come in pieces.

#pragma once

#include "mailwire/core/input.hpp"
#include "mailwire/imap/framer.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace mailwire::test {

// What a framer says of octets that come in pieces, with all literals kept. A literal larger than `keep` is the end:
// nothing behind it is looked at.
struct framed {
    imap::frame_kind kind;
    std::size_t offset; // of the unit
    std::size_t size;
    std::uint64_t octets;
    std::size_t header;
    bool non_synchronizing;

    friend bool operator==(const framed&, const framed&) = default;
};
[[nodiscard]] std::vector<framed> frames_of(side from, std::span<const std::string_view> pieces,
                                            std::uint64_t keep = 1U << 24U);

// Expects that the frames are those of the whole however the octets come in, and returns them.
std::vector<framed> same_frames_in_every_split(side from, std::string_view octets);

} // namespace mailwire::test
