// SPDX-License-Identifier: BSL-1.0
#include "support/sessions/sessions.hpp"

namespace mailwire::imap {

template class capability_set<everything>;
template class server_facts<everything>;

namespace detail {

template class client_core<everything>;
template class client_progress<everything>;
template class server_core<everything>;
template class server_progress<everything>;

} // namespace detail
} // namespace mailwire::imap
