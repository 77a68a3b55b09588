// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "mailwire/core/slot.hpp"
#include "mailwire/pop3/grammar/lexical.hpp"

namespace mailwire::pop3 {

class writer;

namespace grammar {

// A command nobody knows. Its arguments are not judged: it is refused by name.
//   command = keyword *(SP param) CRLF
//   keyword = 3*4VCHAR
struct keyword : few_of<vchar, 3, 4> {};
struct unknown_command : seq<tok<token_kind::atom, keyword>,
                             sor<seq<sp, tok<token_kind::raw, octets_of<vchar | octets(" "), 0>>>, absent_tok>> {};

// A capability nobody knows.
//   capability = capa-tag *(SP param) CRLF
//   capa-tag   = 1*cchar
struct capa_tag : run_of<cchar> {};
struct unknown_capability
    : seq<tok<token_kind::atom, capa_tag>, sor<seq<sp, tok<token_kind::raw, params>>, absent_tok>> {};

} // namespace grammar

// The productions that RFCs extend: a new capability brings its tag and its commands (RFC 2449 5). `other` is what an
// unknown word looks like.
namespace slot {

struct command {
    using writer = pop3::writer;
    using other = grammar::unknown_command;
};

struct capability {
    using writer = pop3::writer;
    using other = grammar::unknown_capability;
};

} // namespace slot
} // namespace mailwire::pop3
