// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "mailwire/imap/grammar/strings.hpp"

namespace mailwire::imap::grammar::detail {

// The hierarchy delimiter of mailbox-list and namespace-descr: DQUOTE QUOTED-CHAR DQUOTE / nil
struct delimiter : when_next<'"', seq<ch<'"'>, quoted_char, ch<'"'>>, nil> {};

} // namespace mailwire::imap::grammar::detail
