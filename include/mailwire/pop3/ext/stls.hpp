// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "mailwire/pop3/model/capabilities.hpp"
#include "mailwire/pop3/model/commands.hpp"

// RFC 2595 4: TLS on a connection that began without.
namespace mailwire::pop3 {

using stls = plain_command<"STLS", command_role::stls>;

namespace capability {

using stls = plain<"STLS", &capability_set::stls>;

} // namespace capability

struct rfc2595 : extension<stls, capability::stls> {};

} // namespace mailwire::pop3
