// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "mailwire/core/control.hpp"
#include "mailwire/core/input.hpp"
#include "mailwire/core/slot.hpp"
#include "mailwire/imap/grammar/command.hpp"
#include "mailwire/imap/grammar/response.hpp"
#include "mailwire/imap/profile.hpp"

// Separate compilation: where MAILWIRE_SEPARATE_COMPILATION is defined, the grammar is compiled in the one translation
// unit that includes mailwire/src.hpp, and all others only name it. Of the library's own profile, that is: a program's
// own one is compiled where it is used.
namespace mailwire {

namespace imap::detail {

using separate_input = input_for<everything, input>;

} // namespace imap::detail

#ifdef MAILWIRE_SEPARATE_COMPILATION
extern template bool run<imap::grammar::response>(imap::detail::separate_input&);
extern template bool run<imap::grammar::greeting>(imap::detail::separate_input&);
extern template bool run<imap::grammar::command>(imap::detail::separate_input&);
#endif

} // namespace mailwire
