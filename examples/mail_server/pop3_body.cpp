// SPDX-License-Identifier: BSL-1.0
#include "mail_server/pop3_body.hpp"

#include "mail_server/message_source.hpp"
#include "mailwire/core/utf8.hpp"

namespace mail_server {
namespace {

// What is read of a message at a time: as much as the store reads.
constexpr std::size_t longest_piece = 64 << 10;

// The octets in front of the first empty line.
std::string_view header_of(std::string_view message) {
    if (message.starts_with("\r\n") || message.starts_with('\n')) {
        return {};
    }
    for (const auto* const end : {"\n\r\n", "\n\n"}) {
        message = message.substr(0, message.find(end));
    }
    return message;
}

} // namespace

bool has_utf8_header(std::string_view beginning) {
    const std::string_view header = header_of(beginning);
    const char* const end = header.data() + header.size();
    bool any = false;
    for (const char* at = header.data(); at != end;) {
        const auto character = mailwire::utf8_decode_one(at, end);
        if (character.size == 0) {
            return false;
        }
        any = any || character.size > 1;
        at += character.size;
    }
    return any;
}

bool needs_utf8(pop3_context& c, const message_info& message) {
    const auto beginning = c.shared.mail.read(c.drop->mailbox(), message.uid, 0, longest_piece);
    return beginning && has_utf8_header(*beginning);
}

std::string_view top_cutter::take(std::string_view piece) {
    if (lines_left_ == all_lines) {
        return piece;
    }
    std::size_t at = 0;
    for (; at != piece.size() && !is_done(); ++at) {
        if (piece[at] != '\n') {
            line_is_empty_ = line_is_empty_ && piece[at] == '\r';
            continue;
        }
        lines_left_ -= in_body_ ? 1 : 0;
        in_body_ = in_body_ || line_is_empty_;
        line_is_empty_ = true;
    }
    return piece.substr(0, at);
}

// The message is held: its octets are there, whoever removes it over IMAP. Another program may have: then message_gone
// ends the connection.
progress pop3_body_job::go_on() {
    for (;;) {
        left_.remove_prefix(c_.session.body(left_));
        if (!left_.empty()) {
            return progress::blocked;
        }
        if (offset_ == size_ || cutter_.is_done()) {
            return progress_of(c_.session.end_of_lines(), c_.session);
        }
        piece_ = content_->read(offset_, longest_piece);
        if (piece_.empty()) {
            throw message_gone();
        }
        offset_ += piece_.size();
        left_ = cutter_.take(piece_);
    }
}

} // namespace mail_server
