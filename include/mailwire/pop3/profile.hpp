// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "mailwire/core/slot.hpp"
#include "mailwire/pop3/ext/auth.hpp"
#include "mailwire/pop3/ext/auth_resp_code.hpp"
#include "mailwire/pop3/ext/stls.hpp"
#include "mailwire/pop3/ext/utf8.hpp"
#include "mailwire/pop3/model/capabilities.hpp"
#include "mailwire/pop3/model/commands.hpp"

namespace mailwire::pop3 {

// Post Office Protocol - Version 3
struct rfc1939 : extension<quit, stat, list, retr, dele, noop, rset, top, uidl, user, pass, apop> {};

// POP3 Extension Mechanism
struct rfc2449 : extension<capa, capability::top, capability::user, capability::sasl, capability::resp_codes,
                           capability::login_delay, capability::pipelining, capability::expire, capability::uidl,
                           capability::implementation> {};

// All the library knows: what a program gets that names no profile of its own.
struct everything : profile<rfc1939, rfc2449, rfc2595, rfc3206, rfc5034, rfc6856> {};

} // namespace mailwire::pop3
