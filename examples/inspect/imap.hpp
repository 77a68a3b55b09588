// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <string_view>

#include "inspect/unit.hpp"
#include "mailwire/core/input.hpp"

namespace inspect {

// Which rule a unit of IMAP is read with.
enum class imap_rule {
    automatic, // from a client: command; from a server: response, where the stream begins also greeting
    unit,      // command or response; what only a greeting can be is one too, since the unit stands alone
    greeting,
};

struct imap_options {
    mailwire::dialect dialect; // with the side the stream comes from
    imap_rule rule = imap_rule::automatic;
};

// Reads the unit that begins at an offset of a stream. Whatever is wrong with it, the next one begins behind its octets,
// of which there is at least one. Requires: offset < stream.size().
unit read_imap_unit(std::string_view stream, std::size_t offset, const imap_options& options);

} // namespace inspect
