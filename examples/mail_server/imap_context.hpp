// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "mail_server/answer.hpp"
#include "mail_server/connection.hpp"
#include "mail_server/mailbox_view.hpp"
#include "mail_server/sasl_exchange.hpp"
#include "mail_server/site.hpp"
#include "mailwire/imap/server.hpp"

namespace mail_server {

namespace imap = mailwire::imap;

// A message of an APPEND on its way into the store.
struct append_under_way {
    appender message;
    mailbox_id mailbox;
    bool refused = false; // it has octets that no literal may have
};

// One IMAP connection: what its commands work with. A command is carried out by adding steps to `reply`, the last of
// which finishes it.
struct imap_context {
    imap_context(site& all, security secured);
    imap_context(const imap_context&) = delete;
    imap_context& operator=(const imap_context&) = delete;

    site& shared;
    // A response has to fit the send buffer whole, but for long literals: an ENVELOPE with its hundreds of addresses.
    imap::server_storage<16 << 10, 256 << 10> storage = {};
    imap::server session;
    answer reply;
    std::string user; // who has logged in
    std::unique_ptr<sasl_exchange<imap::server>> exchange;
    std::optional<mailbox_view> selected;
    std::optional<append_under_way> append;
    std::string piece; // of a literal; the session holds on to it until it is sent
    int failed_logins = 0;
    std::uint64_t seen_changes = 0; // of the store, when the client was told last
};

// The octets that a text stands for.
inline std::string octets_of(const mailwire::text& text) {
    std::string octets(text.spelled().size(), '\0');
    octets.resize(text.copy_to(octets.data()));
    return octets;
}

std::vector<std::string> octets_of(const mailwire::seq_of<mailwire::text>& texts);

// Texts as a response has them; they point to the strings.
std::vector<mailwire::text> texts_of(const std::vector<std::string>& strings);

// Numbers in order, those in a row as one range.
std::vector<imap::seq_range> ranges_of(std::span<const std::uint32_t> numbers);

// The flags that a FETCH response tells, \Recent among them.
std::vector<std::string> flags_of(const viewed_message& message);

// Adds a step that sends a value. It is copied; what it points to has to live until the command is finished.
template <typename Data> void tell(imap_context& c, Data data) {
    c.reply.add([&c, data = std::move(data)] { return progress_of(c.session.send(data), c.session); });
}

// Adds the last step: the tagged reply, without and with a code. The text is copied: it may be that of an exception.
inline void finish(imap_context& c, imap::condition condition, std::string text) {
    c.reply.add([&c, condition, text = std::move(text)] {
        return progress_of(c.session.finish({condition, {}, text}), c.session);
    });
}
template <typename Code> void finish(imap_context& c, imap::condition condition, Code code, const char* text) {
    c.reply.add([&c, condition, code = std::move(code), text] {
        return progress_of(c.session.finish({condition, code, text}), c.session);
    });
}

// Adds an untagged OK with a code.
template <typename Code> void tell_ok(imap_context& c, Code code, const char* text) {
    c.reply.add([&c, code = std::move(code), text] {
        return progress_of(c.session.send(imap::status_response{imap::condition::ok, code, text}), c.session);
    });
}

// Adds the FETCH response that tells a message's flags, with its UID where the command is about UIDs.
void tell_flags(imap_context& c, std::uint32_t number, numbering by);

// Adds what has changed in the selected mailbox, RFC 9051 5.2. Not for FETCH, STORE and SEARCH: RFC 9051 7.5.1.
void tell_changes(imap_context& c);

} // namespace mail_server
