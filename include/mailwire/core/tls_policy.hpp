// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>

namespace mailwire {

// Whether a login may travel over a connection that is not encrypted (RFC 8314).
enum class tls_policy : std::uint8_t {
    required, // only under TLS
    optional, // in the clear too: what a listener learns is lost
};

} // namespace mailwire
