// SPDX-License-Identifier: BSL-1.0
#pragma once

// All a POP3 client needs.
#include "mailwire/pop3/keep.hpp"
#include "mailwire/pop3/session/client.hpp"
