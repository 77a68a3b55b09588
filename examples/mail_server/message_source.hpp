// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>

#include "mail_server/mime.hpp"
#include "mail_server/store.hpp"

namespace mail_server {

// Somebody has removed a message that is being read.
class message_gone : public std::runtime_error {
public:
    message_gone() : std::runtime_error("the message is gone") {}
};

// A stored message, read no further than it is asked for. If it is gone before anything of it was asked for, that throws
// message_gone; from then on it is held.
class message_source {
public:
    message_source(const store& mail, mailbox_id mailbox, uid_number uid, std::uint64_t size)
        : mail_(&mail), mailbox_(mailbox), uid_(uid), size_(size) {}

    // The header with the empty line behind it.
    const std::string& header();
    // All of it.
    const std::string& content();
    // Whether all of it is in memory.
    bool has_content() const { return content_.has_value(); }
    // The content is read for this once and then forgotten.
    const part& structure();

    // The octets of BODY[...]; none if there is no such part. No numbers: the message.
    std::optional<octet_range> section(std::span<const std::uint32_t> numbers, section_text text);

    // Octets of the content, fewer at its end, but at least one.
    std::string read(std::uint64_t offset, std::size_t most);
    std::string read(const octet_range& range);

private:
    void hold();

    const store* mail_;
    mailbox_id mailbox_;
    uid_number uid_;
    std::uint64_t size_;
    std::unique_ptr<held_content> held_;
    std::optional<std::string> header_;
    std::optional<std::string> content_;
    std::optional<part> structure_;
};

} // namespace mail_server
