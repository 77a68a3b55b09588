// SPDX-License-Identifier: BSL-1.0
#pragma once

// All an IMAP server needs.
#include "mailwire/imap/session/server.hpp"
