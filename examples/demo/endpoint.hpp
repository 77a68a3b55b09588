// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <string_view>

#include "support/tls_context.hpp"

namespace demo {

enum class security {
    none,     // all is in the clear, passwords too
    stls,     // the connection begins in the clear, and STLS comes before anything else
    implicit, // TLS from the start
};

// Where a server is, and how to talk to it.
struct endpoint {
    std::string address; // HOST:PORT
    demo::security security = security::none;
    const support::tls_context* trust = nullptr; // null where there is no TLS
};

// Whether what is sent there stays on this machine.
inline bool is_loopback(const std::string& address) {
    const std::string_view host = std::string_view(address).substr(0, address.rfind(':'));
    return host == "localhost" || host == "::1" || host.starts_with("127.");
}

} // namespace demo
