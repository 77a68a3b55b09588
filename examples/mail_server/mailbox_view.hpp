// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "mail_server/site.hpp"
#include "mail_server/store.hpp"
#include "mailwire/imap/model/sequence_set.hpp"

namespace mail_server {

// Whether a set holds message numbers or UIDs.
enum class numbering { sequence, uid };

// A message as a session has told of it.
struct viewed_message {
    message_info info;
    bool recent = false;

    // Also asks for \Recent.
    bool has_flag(std::string_view flag) const;
};

// What has changed in a mailbox since a session looked last, in the order in which it has to be told.
struct view_changes {
    std::vector<std::uint32_t> expunged; // message numbers, each as it is when those before it are gone
    std::vector<std::uint32_t> flags;    // message numbers of messages whose flags are others now
    bool exists = false;                 // there are new messages
};

// The mailbox that a session has selected, as the session sees it: message numbers, RFC 9051 2.3.1.2, change only when
// the session says so, whatever others do to the mailbox.
class mailbox_view {
public:
    mailbox_view(mailbox_id mailbox, bool read_only) : mailbox_(mailbox), read_only_(read_only) {}

    mailbox_id mailbox() const { return mailbox_; }
    bool read_only() const { return read_only_; }

    // Looks at the store; from now on the messages are those that are there.
    view_changes refresh(site& shared);

    std::uint32_t size() const { return static_cast<std::uint32_t>(messages_.size()); }
    std::uint32_t recent() const;
    // The UID of the last message, 0 if there is none: what "*" means.
    uid_number last_uid() const { return messages_.empty() ? 0 : messages_.back().info.uid; }

    // The message with that number, which must exist.
    viewed_message& operator[](std::uint32_t number) { return messages_[number - 1]; }
    const viewed_message& operator[](std::uint32_t number) const { return messages_[number - 1]; }

    // The number of the message with that UID; 0 if there is none.
    std::uint32_t number_of(uid_number uid) const;

    // The message numbers of the set, each once and in order. UIDs nobody has are left out, RFC 9051 6.4.9. None if a
    // message number is too large.
    std::optional<std::vector<std::uint32_t>> numbers_in(const mailwire::imap::sequence_set& set, numbering by) const;

    // The UIDs of messages.
    std::vector<uid_number> uids_of(std::span<const std::uint32_t> numbers) const;

    // What "$" means from now on, RFC 9051 6.4.4.1: these messages, in order, as long as they are there.
    void save(std::vector<uid_number> found) { saved_ = std::move(found); }
    bool is_saved(uid_number uid) const { return std::binary_search(saved_.begin(), saved_.end(), uid); }

private:
    std::size_t first_from(uid_number uid) const;

    mailbox_id mailbox_;
    bool read_only_;
    std::vector<viewed_message> messages_; // in the order of their UIDs
    std::vector<uid_number> saved_;
};

} // namespace mail_server
