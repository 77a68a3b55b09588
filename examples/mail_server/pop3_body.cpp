// SPDX-License-Identifier: BSL-1.0
#include "mail_server/pop3_body.hpp"

#include "mail_server/message_source.hpp"

namespace mail_server {
namespace {

// The store keeps contents in pieces of this size.
constexpr std::size_t piece_size = 64 << 10;

} // namespace

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

// If the message is gone by now, the client waits for octets that nobody has: then message_gone ends the connection.
progress pop3_body_job::go_on() {
    for (;;) {
        left_.remove_prefix(c_.session.body(left_));
        if (!left_.empty()) {
            return progress::blocked;
        }
        if (offset_ == size_ || cutter_.is_done()) {
            return progress_of(c_.session.end_of_lines(), c_.session);
        }
        auto piece = c_.shared.mail.read(c_.drop->mailbox(), uid_, offset_, piece_size);
        if (!piece || piece->empty()) {
            throw message_gone();
        }
        piece_ = std::move(*piece);
        offset_ += piece_.size();
        left_ = cutter_.take(piece_);
    }
}

} // namespace mail_server
