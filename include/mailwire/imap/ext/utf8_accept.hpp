// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <string_view>

#include "mailwire/core/slot.hpp"
#include "mailwire/imap/model/command_facts.hpp"

// RFC 6855, RFC 9755: a session of revision 1 with UTF-8 in its quoted strings and its mailbox names. It adds no words; a
// session that has enabled it reads and writes UTF-8.
namespace mailwire::imap {

struct utf8_accept_extension : extension<> {
    static constexpr std::string_view capability = "UTF8=ACCEPT";
    static constexpr std::uint32_t enables = modes::utf8;
};

} // namespace mailwire::imap
