// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "mailwire/pop3/model/capabilities.hpp"

// RFC 3206: the codes SYS/TEMP, SYS/PERM and AUTH tell a refused login from a server in trouble. They are in
// namespace code of model/reply.hpp.
namespace mailwire::pop3 {

namespace capability {

using auth_resp_code = plain<"AUTH-RESP-CODE", &capability_set::auth_resp_code>;

} // namespace capability

struct rfc3206 : extension<capability::auth_resp_code> {};

} // namespace mailwire::pop3
