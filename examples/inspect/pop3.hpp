// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <string_view>

#include "inspect/pop3_context.hpp"
#include "inspect/unit.hpp"
#include "mailwire/core/input.hpp"
#include "mailwire/pop3/parse.hpp"

namespace inspect {

struct pop3_options {
    mailwire::side from = mailwire::side::server;
    mailwire::pop3::parse_options rules;
    pop3_context context;   // of what comes from a server
    bool sasl_line = false; // of what comes from a client: it answers a challenge
};

// Reads the unit that begins at an offset of a stream: a command, or an answer with all its lines. Whatever is wrong with
// it, the next one begins behind its octets, of which there is at least one. Requires: offset < stream.size().
unit read_pop3_unit(std::string_view stream, std::size_t offset, const pop3_options& options);

} // namespace inspect
