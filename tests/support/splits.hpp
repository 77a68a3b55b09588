// SPDX-License-Identifier: BSL-1.0
// Feeds a text in pieces. What reads a stream must answer the same however the network cut it.

#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mailwire::test {

// A text of up to this size is split in two at every octet. Above it that would cost the square of the size.
inline constexpr std::size_t every_split_up_to = 2000;

// Of a longer text: this many splits evenly spaced, and at most so many beside octets that mean something to a framer.
inline constexpr std::size_t evenly_spaced_splits = 64;
inline constexpr std::size_t splits_at_marks = 512;

namespace splits_detail {

inline constexpr std::string_view marks = "\r\n{}\"";

// Adds the split before and the one behind every mark, from the front until half of the cap is used up and then from
// the back, so that the end of a long text is looked at as closely as its beginning.
inline void add_mark_splits(std::string_view text, std::vector<std::size_t>& positions) {
    const std::size_t half = positions.size() + splits_at_marks / 2;
    for (auto at = text.find_first_of(marks); at != text.npos && positions.size() < half;
         at = text.find_first_of(marks, at + 1)) {
        positions.insert(positions.end(), {at, at + 1});
    }
    const std::size_t all = half + splits_at_marks / 2;
    for (auto at = text.find_last_of(marks); at != text.npos && positions.size() < all;
         at = at == 0 ? text.npos : text.find_last_of(marks, at - 1)) {
        positions.insert(positions.end(), {at, at + 1});
    }
}

} // namespace splits_detail

// The offsets at which for_each_split cuts a text in two: ascending, each once, none at the beginning or the end.
[[nodiscard]] inline std::vector<std::size_t> split_positions(std::string_view text) {
    std::vector<std::size_t> positions;
    if (text.size() <= every_split_up_to) {
        for (std::size_t at = 1; at < text.size(); ++at) {
            positions.push_back(at);
        }
        return positions;
    }
    const std::size_t step = text.size() / (evenly_spaced_splits + 1);
    for (std::size_t i = 1; i <= evenly_spaced_splits; ++i) {
        positions.push_back(i * step);
    }
    splits_detail::add_mark_splits(text, positions);
    std::sort(positions.begin(), positions.end());
    positions.erase(std::unique(positions.begin(), positions.end()), positions.end());
    std::erase_if(positions, [&text](std::size_t at) { return at == 0 || at >= text.size(); });
    return positions;
}

// The text octet by octet.
[[nodiscard]] inline std::vector<std::string_view> single_octets(std::string_view text) {
    std::vector<std::string_view> pieces;
    pieces.reserve(text.size());
    for (std::size_t at = 0; at != text.size(); ++at) {
        pieces.push_back(text.substr(at, 1));
    }
    return pieces;
}

// The text in pieces of the given size; the last one may be shorter. Requires size > 0.
[[nodiscard]] inline std::vector<std::string_view> pieces_of(std::string_view text, std::size_t size) {
    std::vector<std::string_view> pieces;
    for (std::size_t at = 0; at < text.size(); at += size) {
        pieces.push_back(text.substr(at, size));
    }
    return pieces;
}

// Calls fn(std::span<const std::string_view> pieces) for the text whole, split in two at each of split_positions, and
// octet by octet. The pieces are never empty, but for the one piece of an empty text; they point into the text.
template <typename Fn> void for_each_split(std::string_view text, Fn&& fn) {
    const std::array<std::string_view, 1> whole{text};
    fn(std::span<const std::string_view>(whole));
    for (const std::size_t at : split_positions(text)) {
        const std::array<std::string_view, 2> halves{text.substr(0, at), text.substr(at)};
        fn(std::span<const std::string_view>(halves));
    }
    if (text.size() > 2) {
        const auto octets = single_octets(text);
        fn(std::span<const std::string_view>(octets));
    }
}

// Names a split for the message of a failed test: "whole", "split at 7", "octet by octet" or "in 3 pieces".
[[nodiscard]] inline std::string describe_split(std::span<const std::string_view> pieces) {
    if (pieces.size() < 2) {
        return "whole";
    }
    if (std::all_of(pieces.begin(), pieces.end(), [](std::string_view piece) { return piece.size() == 1; })) {
        return "octet by octet";
    }
    if (pieces.size() == 2) {
        return "split at " + std::to_string(pieces[0].size());
    }
    return "in " + std::to_string(pieces.size()) + " pieces";
}

} // namespace mailwire::test
