// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <functional>
#include <stdexcept>
#include <string>

#include <mailwire/pop3/client.hpp>

#include "demo/wire.hpp"

namespace demo {

namespace pop3 = mailwire::pop3;

// A POP3 connection on which one command runs after the other. What goes over it is forgotten only when it is told to.
class pop3_link {
public:
    // Connects, begins TLS where the endpoint says STLS, and asks what the server can do.
    explicit pop3_link(const endpoint& where) : pop3_link(where, greeting_only{}) {
        if (where.security == security::stls && !start_tls()) throw std::runtime_error("the server does not begin TLS");
        run(pop3::capa{});
        wire().forget();
    }

    // Connects, and takes the greeting.
    struct greeting_only {};
    pop3_link(const endpoint& where, greeting_only);

    wire_text& wire() { return link_.wire(); }
    pop3::client& session() { return link_.session(); }
    const pop3::capability_set& capabilities() { return session().capabilities(); }

    // The greeting's timestamp; empty: there was none.
    const std::string& timestamp() const { return timestamp_; }

    // The next event, when a helper of the library sends the commands.
    pop3::client_event next_event() { return link_.next_event(); }

    using listener = std::function<void(const pop3::client_event&)>;

    // Puts a command into the output.
    template <typename Command> void send(const Command& command) { require(session().send(command)); }
    // Goes on to the end of all answers. True if each was +OK. All of their events go to `listen`.
    bool finish(const listener& listen = {});

    // Runs a command to the end of its answer and tells whether that was +OK.
    template <typename Command> bool run(const Command& command, const listener& listen = {}) {
        send(command);
        return finish(listen);
    }

    // Logs in by a SASL mechanism. What was sent is not kept.
    template <typename Mechanism> bool authenticate(Mechanism& mechanism) {
        const std::size_t before = wire().sent.size();
        require(session().authenticate(mechanism));
        const bool ok = finish([&](const pop3::client_event& e) {
            if (e.kind == pop3::client_event_kind::challenge) require(session().answer(mechanism));
        });
        hide_exchange(wire(), before);
        return ok;
    }

    // STLS, and the handshake. False if the server does not want to.
    bool start_tls();

private:
    static void require(mailwire::misuse fault) {
        if (fault != mailwire::misuse::none) throw std::runtime_error(std::string("not sent: ") + name_of(fault));
    }

    pop3::client_storage<> storage_;
    link<pop3::client> link_;
    std::string timestamp_;
};

} // namespace demo
