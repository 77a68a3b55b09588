// SPDX-License-Identifier: BSL-1.0
#pragma once

// Everything of IMAP. A program that is a client or a server alone includes less with imap/client.hpp or
// imap/server.hpp.
#include "mailwire/imap/client.hpp"
#include "mailwire/imap/parse.hpp"
#include "mailwire/imap/server.hpp"
#include "mailwire/imap/write.hpp"
