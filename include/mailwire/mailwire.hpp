// SPDX-License-Identifier: BSL-1.0
#pragma once

// Everything. A program that speaks one protocol in one role includes less and compiles faster: pop3/client.hpp,
// pop3/server.hpp, imap/client.hpp, imap/server.hpp.
#include "mailwire/imap.hpp"
#include "mailwire/pop3.hpp"
#include "mailwire/sasl/mechanisms.hpp"
#include "mailwire/version.hpp"
