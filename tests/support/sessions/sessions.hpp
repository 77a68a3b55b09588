// SPDX-License-Identifier: BSL-1.0
// What the IMAP sessions are made of is compiled once, in sessions.cpp, for all of their tests.

#pragma once

#include "mailwire/imap.hpp"

namespace mailwire::imap {

extern template class capability_set<everything>;
extern template class server_facts<everything>;

namespace detail {

extern template class client_core<everything>;
extern template class client_progress<everything>;
extern template class server_core<everything>;
extern template class server_progress<everything>;

} // namespace detail
} // namespace mailwire::imap
