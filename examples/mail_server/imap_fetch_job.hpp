// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "mail_server/imap_context.hpp"
#include "mail_server/imap_fetch_response.hpp"
#include "mail_server/message_source.hpp"

namespace mail_server {

// A FETCH on its way, RFC 9051 6.4.5: one message after the other, and the long sections of each in pieces from the
// store. In memory are the values of one response and one piece.
class imap_fetch_job {
public:
    // The items and what they point to have to live as long as the job.
    imap_fetch_job(imap_context& c, std::vector<std::uint32_t> numbers, std::vector<fetch_item> asked, numbering by);

    // Goes as far as the output has room.
    progress go_on();

    // Whether messages were left out because they are gone.
    bool has_missed() const { return missed_; }
    // Whether messages were left out because of their transfer encoding.
    bool has_failed_to_decode() const { return undecodable_; }

private:
    // The message whose turn it is.
    struct current_message {
        std::uint32_t number;
        message_source source;
        std::size_t next_item = 0; // of those that were asked for: what comes before it was sent
        bool flags_changed = false;
    };

    bool begin_message();
    void make_response();
    progress send_response();
    void feed_literal();
    bool is_told() const { return !message_ || message_->next_item == asked_.size(); }

    imap_context& c_;
    std::vector<std::uint32_t> numbers_;
    std::vector<fetch_item> asked_;
    numbering by_;
    bool sets_seen_ = false;
    std::size_t next_number_ = 0;
    std::optional<current_message> message_;
    std::optional<imap_fetch_response> response_; // made, and not yet sent
    std::deque<literal_octets> literals_;         // of the response that was sent last, what is missing of them
    bool missed_ = false;
    bool undecodable_ = false;
};

} // namespace mail_server
