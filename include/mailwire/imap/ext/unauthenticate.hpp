// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>

#include "mailwire/core/slot.hpp"
#include "mailwire/imap/model/command_facts.hpp"

// RFC 8437: back to the state before the login, for the next user of the connection. All that was enabled ends.
namespace mailwire::imap {

// command-auth =/ "UNAUTHENTICATE"
using unauthenticate = plain_command<"UNAUTHENTICATE", legal_in::authenticated, command_effect::unauthenticates>;

struct unauthenticate_extension : extension<unauthenticate> {
    static constexpr std::string_view capability = "UNAUTHENTICATE";
};

} // namespace mailwire::imap
