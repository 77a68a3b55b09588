// SPDX-License-Identifier: BSL-1.0
#pragma once

// POP3, both roles: RFC 1939, RFC 2449.
#include "mailwire/pop3/client.hpp"
#include "mailwire/pop3/parse.hpp"
#include "mailwire/pop3/server.hpp"
#include "mailwire/pop3/write.hpp"
