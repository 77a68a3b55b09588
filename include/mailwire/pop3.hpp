// SPDX-License-Identifier: BSL-1.0
#pragma once

// POP3, both roles: RFC 1939 and what extends it.
#include "mailwire/pop3/advice.hpp"
#include "mailwire/pop3/client.hpp"
#include "mailwire/pop3/parse.hpp"
#include "mailwire/pop3/server.hpp"
#include "mailwire/pop3/url.hpp"
#include "mailwire/pop3/write.hpp"
