// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <functional>
#include <stdexcept>
#include <string>

#include <mailwire/pop3/client.hpp>

#include "demo/wire.hpp"

namespace demo {

namespace pop3 = mailwire::pop3;

// A POP3 connection on which one command runs after the other.
class pop3_link {
public:
    explicit pop3_link(const std::string& address) : link_(address, storage_) {
        const auto event = link_.next_event();
        if (event.kind != pop3::client_event_kind::greeting || !event.ok) throw std::runtime_error("no greeting");
    }

    wire_text& wire() { return link_.wire(); }
    pop3::client& session() { return link_.session(); }

    // The next event, when a helper of the library sends the commands.
    pop3::client_event next_event() { return link_.next_event(); }

    using listener = std::function<void(const pop3::client_event&)>;

    // Runs a command to the end of its answer and tells whether that was +OK. All events of the answer go to `listen`.
    template <typename Command> bool run(const Command& command, const listener& listen = {}) {
        wire().forget();
        const auto fault = link_.session().send(command);
        if (fault != mailwire::misuse::none) throw std::runtime_error(std::string("not sent: ") + name_of(fault));
        bool ok = false;
        while (link_.session().in_flight() != 0) {
            const pop3::client_event event = link_.next_event();
            if (event.kind == pop3::client_event_kind::error) {
                throw std::runtime_error(std::string("error: ") + name_of(event.error.code));
            }
            if (event.kind == pop3::client_event_kind::closed) break;
            if (event.kind == pop3::client_event_kind::reply) ok = event.ok;
            if (listen) listen(event);
        }
        return ok;
    }

private:
    pop3::client_storage<> storage_;
    link<pop3::client> link_;
};

} // namespace demo
