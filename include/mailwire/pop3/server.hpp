// SPDX-License-Identifier: BSL-1.0
#pragma once

// All a POP3 server needs.
#include "mailwire/pop3/session/server.hpp"
