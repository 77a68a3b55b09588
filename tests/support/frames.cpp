// SPDX-License-Identifier: BSL-1.0
#include "frames.hpp"

#include "fields.hpp"
#include "splits.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace mailwire::test {

std::vector<framed> frames_of(side from, std::span<const std::string_view> pieces, std::uint64_t keep) {
    imap::framer framer(from);
    std::vector<framed> frames;
    std::string here; // from the start of the unit under way
    std::size_t unit = 0;
    for (const std::string_view piece : pieces) {
        here += piece;
        for (auto f = framer.scan(here); f.kind != imap::frame_kind::more; f = framer.scan(here)) {
            frames.push_back({f.kind, unit, f.size, f.octets, f.header, f.non_synchronizing});
            if (f.kind == imap::frame_kind::literal) {
                if (f.octets > keep) return frames;
                framer.literal_kept(f.octets);
            } else {
                here.erase(0, f.size);
                unit += f.size;
                framer.next_unit();
            }
        }
    }
    return frames;
}

std::vector<framed> same_frames_in_every_split(side from, std::string_view octets) {
    const std::array<std::string_view, 1> whole{octets};
    const auto expected = frames_of(from, whole);
    for_each_split(octets, [&](std::span<const std::string_view> pieces) {
        EXPECT_EQ(frames_of(from, pieces), expected) << describe_split(pieces) << " of " << spelled(octets);
    });
    return expected;
}

} // namespace mailwire::test
