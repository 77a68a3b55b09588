// SPDX-License-Identifier: BSL-1.0
#include "mail_server/mailbox_view.hpp"

#include <algorithm>
#include <utility>

#include "mail_server/header_fields.hpp"

namespace mail_server {
namespace {

// The half-open range of indices that a range of a set means.
using index_range = std::pair<std::size_t, std::size_t>;

// Each index once and in order. A set may name a message often; the work for it is that of naming it once.
std::vector<std::uint32_t> numbers_of(std::vector<index_range> ranges) {
    std::sort(ranges.begin(), ranges.end());
    std::vector<std::uint32_t> numbers;
    std::size_t next = 0;
    for (const auto& [first, last] : ranges) {
        for (next = std::max(next, first); next < last; ++next) {
            numbers.push_back(static_cast<std::uint32_t>(next + 1));
        }
    }
    return numbers;
}

} // namespace

bool viewed_message::has_flag(std::string_view flag) const {
    const auto same = [&](const std::string& each) { return equal_ignoring_case(each, flag); };
    return (recent && equal_ignoring_case(flag, "\\Recent")) || std::any_of(info.flags.begin(), info.flags.end(), same);
}

view_changes mailbox_view::refresh(site& shared) {
    view_changes changes;
    auto now = shared.mail.messages(mailbox_);
    auto next = now.begin();
    std::vector<viewed_message> left;
    for (auto& each : messages_) {
        const auto number = static_cast<std::uint32_t>(left.size() + 1);
        if (next == now.end() || next->uid != each.info.uid) {
            changes.expunged.push_back(number);
            continue;
        }
        if (next->flags != each.info.flags) {
            changes.flags.push_back(number);
        }
        left.push_back({std::move(*next), each.recent});
        ++next;
    }
    changes.exists = next != now.end();
    const auto first_recent = shared.recent.first(mailbox_);
    for (; next != now.end(); ++next) {
        const bool recent = next->uid >= first_recent;
        left.push_back({std::move(*next), recent});
    }
    messages_ = std::move(left);
    if (!read_only_) {
        shared.recent.told(mailbox_, last_uid() + 1);
    }
    return changes;
}

std::uint32_t mailbox_view::recent() const {
    return static_cast<std::uint32_t>(
        std::count_if(messages_.begin(), messages_.end(), [](const viewed_message& each) { return each.recent; }));
}

std::size_t mailbox_view::first_from(uid_number uid) const {
    const auto is_below = [](const viewed_message& each, uid_number other) { return each.info.uid < other; };
    return static_cast<std::size_t>(std::lower_bound(messages_.begin(), messages_.end(), uid, is_below) -
                                    messages_.begin());
}

std::uint32_t mailbox_view::number_of(uid_number uid) const {
    const auto index = first_from(uid);
    return index < messages_.size() && messages_[index].info.uid == uid ? static_cast<std::uint32_t>(index + 1) : 0;
}

std::optional<std::vector<std::uint32_t>> mailbox_view::numbers_in(const mailwire::imap::sequence_set& set,
                                                                   numbering by) const {
    if (set.is_last_result()) {
        std::vector<std::uint32_t> numbers;
        for (const auto uid : saved_) {
            if (const auto number = number_of(uid); number != 0) {
                numbers.push_back(number);
            }
        }
        return numbers;
    }
    const auto largest = by == numbering::uid ? last_uid() : size();
    std::vector<index_range> ranges;
    for (const auto& range : set) {
        const auto one = range.first == mailwire::imap::star ? largest : range.first;
        const auto other = range.last == mailwire::imap::star ? largest : range.last;
        const auto first = std::min(one, other);
        const auto last = std::max(one, other);
        if (by == numbering::uid) {
            // Behind the last UID that exists there is none: last + 1 would be too large for its type.
            ranges.emplace_back(first_from(first), last >= largest ? messages_.size() : first_from(last + 1));
        } else if (first == 0 || last > largest) {
            return std::nullopt;
        } else {
            ranges.emplace_back(first - 1, last);
        }
    }
    return numbers_of(std::move(ranges));
}

std::vector<uid_number> mailbox_view::uids_of(std::span<const std::uint32_t> numbers) const {
    std::vector<uid_number> uids;
    for (const auto number : numbers) {
        uids.push_back((*this)[number].info.uid);
    }
    return uids;
}

} // namespace mail_server
