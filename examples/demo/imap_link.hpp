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

// An IMAP connection on which one command runs after the other. What goes over it is forgotten only when it is told to.
class imap_link {
public:
    // Connects, begins TLS where the endpoint says that it begins by command, and asks what the server can do.
    explicit imap_link(const endpoint& where) : imap_link(where, greeting_only{}) {
        if (where.security == security::stls && !start_tls()) throw std::runtime_error("the server does not begin TLS");
        ask();
        wire().forget();
    }

    // Connects, and takes the greeting.
    struct greeting_only {};
    imap_link(const endpoint& where, greeting_only);

    wire_text& wire() { return link_.wire(); }
    imap::client& session() { return link_.session(); }
    imap::client_event next_event() { return link_.next_event(); }

    using listener = std::function<void(const imap::client_event&)>;

    // Puts a command into the output; its number.
    template <typename Command> std::uint32_t send(const Command& command) { return require(session().send(command)); }
    // Goes on to the end of all answers. True if each was OK. What comes before goes to `listen`, octets of streamed
    // literals too.
    bool finish(const listener& listen = {});

    // Runs a command to its tagged reply and tells whether that was OK. `message` are the octets of an APPEND's literal.
    template <typename Command>
    bool run(const Command& command, const listener& listen = {}, std::string_view message = {}) {
        wire().forget();
        send(command);
        if (!message.empty()) session().literal(message);
        return finish(listen);
    }

    // Logs in by a SASL mechanism. What was sent is not kept.
    template <typename Mechanism> bool authenticate(Mechanism& mechanism) {
        const std::size_t before = wire().sent.size();
        require(session().authenticate(mechanism));
        const bool ok = finish([&](const imap::client_event& e) {
            if (e.kind == imap::client_event_kind::challenge) require(session().answer(mechanism));
        });
        hide_exchange(wire(), before);
        return ok;
    }

    // Logs in by a name and a password, and asks what the server can do where it does not say so itself.
    bool log_in(std::string_view user, std::string_view password) {
        const bool ok = run(imap::login{user, password});
        if (ok) ask();
        return ok;
    }
    void ask() {
        if (session().capabilities().known()) return;
        send(imap::capability{});
        finish();
    }

    // STARTTLS, and the handshake. False if the server does not want to.
    bool start_tls();

private:
    static std::uint32_t require(const imap::sent_command& sent) {
        require(sent.fault);
        return sent.number;
    }
    static void require(mailwire::misuse fault) {
        if (fault != mailwire::misuse::none) throw std::runtime_error(std::string("not sent: ") + name_of(fault));
    }

    imap::client_storage<> storage_;
    link<imap::client> link_;
};

} // namespace demo
