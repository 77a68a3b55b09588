// SPDX-License-Identifier: BSL-1.0
#pragma once

// All an IMAP client needs.
#include "mailwire/imap/session/client.hpp"
