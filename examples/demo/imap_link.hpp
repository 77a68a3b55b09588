// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>

#include <mailwire/imap/client.hpp>

#include "demo/wire.hpp"

namespace demo {

namespace imap = mailwire::imap;

// An IMAP connection on which one command runs after the other.
class imap_link {
public:
    explicit imap_link(const endpoint& where) : link_(where, storage_) {
        if (link_.next_event().kind != imap::client_event_kind::greeting) throw std::runtime_error("no greeting");
    }

    wire_text& wire() { return link_.wire(); }

    using listener = std::function<void(const imap::client_event&)>;

    // Runs a command to its tagged reply and tells whether that was OK. What comes before it goes to `listen`; octets
    // of streamed literals are handed over there as well. `message` are the octets of an APPEND's literal.
    template <typename Command>
    bool run(const Command& command, const listener& listen = {}, std::string_view message = {}) {
        wire().forget();
        const imap::sent_command sent = link_.session().send(command);
        if (!sent) throw std::runtime_error(std::string("not sent: ") + name_of(sent.fault));
        if (!message.empty()) link_.session().literal(message);
        for (;;) {
            const imap::client_event event = link_.next_event();
            switch (event.kind) {
            case imap::client_event_kind::error:
                throw std::runtime_error(std::string("error: ") + name_of(event.error.code));
            case imap::client_event_kind::closed:
                throw std::runtime_error("the server has closed the connection");
            case imap::client_event_kind::done:
                if (event.command != sent.number) break;
                return event.response.status().condition == imap::condition::ok;
            default:
                if (listen) listen(event);
            }
        }
    }

private:
    imap::client_storage<> storage_;
    link<imap::client> link_;
};

} // namespace demo
