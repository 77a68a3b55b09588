// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "mail_server/pop3_context.hpp"

namespace mail_server {

// Finds where the answer to TOP ends, RFC 1939 7: behind the header, the empty line and so many lines of the body.
class top_cutter {
public:
    static constexpr std::uint64_t all_lines = std::numeric_limits<std::uint64_t>::max();

    explicit top_cutter(std::uint64_t lines) : lines_left_(lines) {}

    // The octets of the next piece of the message that belong to the answer.
    std::string_view take(std::string_view piece);
    // Whether no more do.
    bool is_done() const { return in_body_ && lines_left_ == 0; }

private:
    std::uint64_t lines_left_;
    bool in_body_ = false;
    bool line_is_empty_ = true; // of what was seen of the line, but for a CR
};

// Whether a message that begins so has UTF-8 in its header, and only for that it is no message of RFC 5322 (RFC 6532).
bool has_utf8_header(std::string_view beginning);

// Whether a client has to say UTF8 before it can get the message, RFC 6856 2.1. Only its own header counts, as far as it
// is in the first 64 KiB: a body with octets above 127 is sent as it is, as all do; so is a header that is in some older
// encoding, which no command could help.
bool needs_utf8(pop3_context& c, const message_info& message);

// The message of a RETR or a TOP on its way, piece by piece from the store.
class pop3_body_job {
public:
    pop3_body_job(pop3_context& c, std::unique_ptr<held_content> content, std::uint64_t size, std::uint64_t lines)
        : c_(c), content_(std::move(content)), size_(size), cutter_(lines) {}

    // Goes as far as the output has room.
    progress go_on();

private:
    pop3_context& c_;
    std::unique_ptr<held_content> content_;
    std::uint64_t size_;
    top_cutter cutter_;
    std::uint64_t offset_ = 0; // of the next piece
    std::string piece_;
    std::string_view left_; // of the piece
};

} // namespace mail_server
