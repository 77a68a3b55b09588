// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <deque>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "mail_server/keeper.hpp"
#include "mail_server/mailbox_view.hpp"
#include "mail_server/message_source.hpp"
#include "mailwire/imap/server.hpp"

namespace mail_server {

using fetch_item = mailwire::item<mailwire::imap::slot::fetch_att>;

// What a FETCH response says of one message: values of the library with all they point to. Long sections are only
// announced in it; their octets follow from the store.
class imap_fetch_response {
public:
    imap_fetch_response(const viewed_message& message, message_source& source) : message_(message), source_(source) {}

    // Adds what was asked for. Throws message_gone, and std::invalid_argument if it is nothing that the server knows.
    void add(const fetch_item& asked);
    void add_uid();
    void add_flags();

    // Whether one more section can be announced.
    bool has_room() const;

    mailwire::items<mailwire::imap::slot::msg_att> items() const { return std::span(items_); }
    // Where the octets of the literals are in the message, in the order they are announced in.
    std::deque<octet_range> literals() const { return literals_; }

private:
    template <typename Value> void put(Value value) { items_.emplace_back(room_.keep(std::move(value))); }

    bool add_plain(const fetch_item& asked);
    bool add_structure(const fetch_item& asked);
    bool add_rfc822(const fetch_item& asked);
    void add_section(const mailwire::imap::section& section, const std::optional<mailwire::imap::partial>& partial);
    mailwire::text text_of(const mailwire::imap::section& section,
                           const std::optional<mailwire::imap::partial>& partial);

    const viewed_message& message_;
    message_source& source_;
    keeper room_;
    std::vector<mailwire::item<mailwire::imap::slot::msg_att>> items_;
    std::deque<octet_range> literals_;
};

} // namespace mail_server
