// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mail_server/keeper.hpp"
#include "mail_server/mailbox_view.hpp"
#include "mail_server/message_source.hpp"
#include "mailwire/imap/server.hpp"

namespace mail_server {

using fetch_item = mailwire::item<mailwire::imap::slot::fetch_att>;

// A part whose transfer encoding the server does not know, RFC 9051 6.4.5.
class unknown_encoding : public std::runtime_error {
public:
    unknown_encoding() : std::runtime_error("a transfer encoding that this server does not know") {}
};

// The octets of a literal that follow their response: those of the message, or decoded ones.
struct literal_octets {
    octet_range range;
    std::shared_ptr<const std::string> decoded; // null: the message
};

// What a FETCH response says of one message: values of the library with all they point to. Long sections are only
// announced in it; their octets follow from the store.
class imap_fetch_response {
public:
    imap_fetch_response(const viewed_message& message, message_source& source) : message_(message), source_(source) {}

    // Adds what was asked for. Throws message_gone, unknown_encoding, and std::invalid_argument if it is nothing that
    // the server knows.
    void add(const fetch_item& asked);
    void add_uid();
    void add_flags();

    // Whether one more section can be announced.
    bool has_room() const;

    mailwire::items<mailwire::imap::slot::msg_att> items() const { return std::span(items_); }
    // The octets of the literals, in the order they are announced in.
    std::deque<literal_octets> literals() const { return literals_; }

private:
    template <typename Value> void put(Value value) { items_.emplace_back(room_.keep(std::move(value))); }

    bool add_plain(const fetch_item& asked);
    bool add_structure(const fetch_item& asked);
    bool add_rfc822(const fetch_item& asked);
    bool add_binary(const fetch_item& asked);
    std::shared_ptr<const std::string> decoded(std::string_view path);
    void add_decoded(std::string_view path, const std::optional<mailwire::imap::partial>& partial);
    void add_section(const mailwire::imap::section& section, const std::optional<mailwire::imap::partial>& partial);
    mailwire::text text_of(const mailwire::imap::section& section,
                           const std::optional<mailwire::imap::partial>& partial);

    const viewed_message& message_;
    message_source& source_;
    keeper room_;
    std::vector<mailwire::item<mailwire::imap::slot::msg_att>> items_;
    std::deque<literal_octets> literals_;
};

} // namespace mail_server
