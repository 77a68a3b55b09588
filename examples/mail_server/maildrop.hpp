// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "mail_server/site.hpp"

namespace mail_server {

// A user's INBOX as a POP3 session sees it, RFC 1939 3: the messages that were there when it began, with numbers from 1
// that stay. Nobody else has it as long as it lives.
class maildrop {
public:
    // Needs a maildrop that is not taken, and takes it.
    maildrop(site& shared, std::string user);
    maildrop(const maildrop&) = delete;
    maildrop& operator=(const maildrop&) = delete;
    ~maildrop();

    mailbox_id mailbox() const { return mailbox_; }

    // The highest number.
    std::uint32_t last() const { return static_cast<std::uint32_t>(entries_.size()); }
    // Null if there is no such message, or if it is marked as deleted.
    const message_info* message(std::uint32_t number) const;
    // RFC 1939 7, UIDL: what names the message in this session and all others.
    std::string unique_id(const message_info& message) const;

    // How many messages are there that are not marked, and how many octets they have.
    std::uint32_t count() const;
    std::uint64_t octets() const;

    // Needs a message of that number.
    void mark(std::uint32_t number) { entries_[number - 1].marked = true; }
    void unmark_all();
    void remove_marked();

private:
    struct entry {
        message_info info;
        bool marked = false;
    };

    site& shared_;
    std::string user_;
    mailbox_id mailbox_ = 0;
    std::uint32_t uidvalidity_ = 0;
    std::vector<entry> entries_;
};

} // namespace mail_server
