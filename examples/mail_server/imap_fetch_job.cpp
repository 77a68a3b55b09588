// SPDX-License-Identifier: BSL-1.0
#include "mail_server/imap_fetch_job.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace mail_server {
namespace {

// What is read of a literal at a time: as much as the store reads.
constexpr std::size_t longest_piece = 64 << 10;

template <typename... Item> bool asks_for(const std::vector<fetch_item>& asked) {
    return std::any_of(asked.begin(), asked.end(), [](const fetch_item& each) { return (each.is<Item>() || ...); });
}

bool reads_text(const std::vector<fetch_item>& asked) {
    return asks_for<imap::fetch_body, imap::fetch_binary, imap::fetch_rfc822, imap::fetch_rfc822_text>(asked);
}

} // namespace

// Of a mailbox that may only be looked at, the flags stay as they are.
imap_fetch_job::imap_fetch_job(imap_context& c, std::vector<std::uint32_t> numbers, std::vector<fetch_item> asked,
                               numbering by)
    : c_(c), numbers_(std::move(numbers)), asked_(std::move(asked)), by_(by),
      sets_seen_(reads_text(asked_) && !c.selected->read_only()) {}

progress imap_fetch_job::go_on() {
    for (;;) {
        if (!literals_.empty()) {
            if (!c_.session.output().empty()) {
                return progress::blocked;
            }
            feed_literal();
            continue;
        }
        if (is_told() && !response_ && !begin_message()) {
            return progress::done;
        }
        try {
            make_response();
        } catch (const message_gone&) {
            missed_ = true;
            message_.reset();
            response_.reset();
            continue;
        } catch (const unknown_encoding&) {
            undecodable_ = true;
            message_.reset();
            response_.reset();
            continue;
        }
        if (const auto reached = send_response(); reached != progress::done) {
            return reached;
        }
    }
}

// Goes to the next message that is still there, and sets its \Seen; false if there is none.
bool imap_fetch_job::begin_message() {
    const auto& mail = c_.shared.mail;
    const auto mailbox = c_.selected->mailbox();
    for (; next_number_ != numbers_.size(); ++next_number_) {
        auto& viewed = (*c_.selected)[numbers_[next_number_]];
        const auto uid = viewed.info.uid;
        auto found = mail.message(mailbox, uid);
        if (found && sets_seen_ && !viewed_message{*found}.has_flag("\\Seen")) {
            const std::string seen[] = {"\\Seen"};
            const uid_number uids[] = {uid};
            const auto changed = c_.shared.mail.change_flags(mailbox, uids, flag_change::add, seen);
            found = changed.empty() ? std::nullopt : std::optional(changed.front());
        }
        if (found) {
            const bool flags_changed = found->flags != viewed.info.flags;
            message_.emplace(current_message{.number = numbers_[next_number_++],
                                             .source = {mail, mailbox, uid, found->size},
                                             .flags_changed = flags_changed});
            viewed.info = std::move(*found);
            return true;
        }
        missed_ = true;
    }
    return false;
}

// As much of what was asked for as one response can have; the rest is for the next one. Flags that have changed are told
// whether or not they were asked for.
void imap_fetch_job::make_response() {
    if (response_) {
        return;
    }
    auto& next = message_->next_item;
    response_.emplace((*c_.selected)[message_->number], message_->source);
    if (by_ == numbering::uid) {
        response_->add_uid();
    }
    if (next == 0 && message_->flags_changed && !asks_for<imap::fetch_flags>(asked_)) {
        response_->add_flags();
    }
    for (; next != asked_.size() && response_->has_room(); ++next) {
        if (by_ == numbering::sequence || !asked_[next].is<imap::fetch_uid>()) {
            response_->add(asked_[next]);
        }
    }
}

progress imap_fetch_job::send_response() {
    const imap::fetch_data data{message_->number, response_->items()};
    const auto reached = progress_of(c_.session.send(data), c_.session);
    if (reached == progress::done) {
        literals_ = response_->literals();
        response_.reset();
    }
    return reached;
}

// The message is held since its octets were announced: they are there, whoever removes it.
void imap_fetch_job::feed_literal() {
    auto& [left, decoded] = literals_.front();
    const auto size = std::min(left.size, longest_piece);
    c_.piece = decoded ? decoded->substr(left.begin, size) : message_->source.read(left.begin, size);
    (void)progress_of(c_.session.literal(c_.piece), c_.session);
    left.begin += c_.piece.size();
    left.size -= c_.piece.size();
    if (left.size == 0) {
        literals_.pop_front();
    }
}

} // namespace mail_server
