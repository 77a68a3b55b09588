// SPDX-License-Identifier: BSL-1.0
#include "mail_server/message_source.hpp"

#include <algorithm>
#include <utility>

#include "mail_server/header_fields.hpp"

namespace mail_server {
namespace {

// Most headers end in the first piece.
constexpr std::size_t first_piece = 16 << 10;

} // namespace

const std::string& message_source::header() {
    if (!header_) {
        std::string read_so_far;
        std::size_t end = 0;
        for (std::size_t piece = first_piece; end == read_so_far.size() && end < size_; piece *= 2) {
            read_so_far += read(read_so_far.size(), piece);
            // Behind the end of a header there is a body, and at least one octet of it tells the two apart.
            end = header_size(read_so_far);
        }
        read_so_far.resize(end);
        header_ = std::move(read_so_far);
    }
    return *header_;
}

const std::string& message_source::content() {
    if (!content_) {
        content_ = read({0, static_cast<std::size_t>(size_)});
    }
    return *content_;
}

const part& message_source::structure() {
    if (!structure_) {
        structure_ = parse_message(content_ ? *content_ : read({0, static_cast<std::size_t>(size_)}));
    }
    return *structure_;
}

std::optional<octet_range> message_source::section(std::span<const std::uint32_t> numbers, section_text text) {
    hold(); // whoever is told of a size gets so many octets
    if (!numbers.empty()) {
        return find_section(structure(), numbers, text);
    }
    const auto size = static_cast<std::size_t>(size_);
    switch (text) {
    case section_text::all:
        return octet_range{0, size};
    case section_text::header:
        return octet_range{0, header().size()};
    case section_text::text:
        return octet_range{header().size(), size - header().size()};
    case section_text::mime:
        break;
    }
    return std::nullopt;
}

void message_source::hold() {
    if (!held_) {
        held_ = mail_->hold(mailbox_, uid_);
    }
    if (!held_) {
        throw message_gone();
    }
}

std::string message_source::read(std::uint64_t offset, std::size_t most) {
    hold();
    auto octets = held_->read(offset, most);
    if (octets.empty()) {
        throw message_gone(); // another program has removed it
    }
    return octets;
}

std::string message_source::read(const octet_range& range) {
    return range.size == 0 ? std::string() : read(range.begin, range.size);
}

} // namespace mail_server
