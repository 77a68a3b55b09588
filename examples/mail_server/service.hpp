// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <csignal>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <vector>

#include <poll.h>

#include "mail_server/connection.hpp"
#include "mail_server/tcp_socket.hpp"

namespace mail_server {

// Listens on ports, and gives each connection its turn; all in one thread.
class service {
public:
    using make_handler = std::function<std::unique_ptr<protocol_handler>()>;

    // No more than so many connections at a time; the next ones wait to be accepted. TLS is spoken with `tls`, which
    // has to outlive the service.
    service(std::size_t most_connections, const support::tls_context& tls)
        : most_connections_(most_connections), tls_(tls) {}

    // Opens a port of 127.0.0.1 for a protocol, 0 for any. Returns the port.
    std::uint16_t listen(std::uint16_t port, security secured, make_handler handler);

    // Serves until `stop` is set by a signal. The signals that do so have to be blocked, and are let in by `while_idle`
    // only while it waits: none is lost between a look at `stop` and the wait.
    void run(const volatile std::sig_atomic_t& stop, const sigset_t& while_idle);

private:
    struct port {
        tcp_listener listener;
        security secured;
        make_handler handler;
    };

    void wait(const sigset_t& while_idle);
    void serve();
    void accept();

    std::size_t most_connections_;
    const support::tls_context& tls_;
    std::vector<port> ports_;
    std::list<connection> connections_;
    std::vector<pollfd> watched_; // the connections, in their order, then the ports
};

} // namespace mail_server
