// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "mailwire/core/control.hpp"
#include "mailwire/core/input.hpp"
#include "mailwire/core/slot.hpp"
#include "mailwire/pop3/grammar/command.hpp"
#include "mailwire/pop3/grammar/response.hpp"
#include "mailwire/pop3/profile.hpp"

// Separate compilation: where MAILWIRE_SEPARATE_COMPILATION is defined, the grammar is compiled in the one translation
// unit that includes mailwire/src.hpp, and all others only name it. Of the library's own profile, that is: a program's
// own one is compiled where it is used.
namespace mailwire {

namespace pop3::detail {

using separate_input = input_for<everything, response_input>;

} // namespace pop3::detail

#ifdef MAILWIRE_SEPARATE_COMPILATION
extern template bool run<pop3::grammar::command>(pop3::detail::separate_input&);
extern template bool run<pop3::grammar::client_response>(pop3::detail::separate_input&);
extern template bool run<pop3::grammar::greeting>(pop3::detail::separate_input&);
extern template bool run<pop3::grammar::continue_req>(pop3::detail::separate_input&);
extern template bool run<pop3::grammar::single_line>(pop3::detail::separate_input&);
extern template bool run<pop3::grammar::data_line<pop3::grammar::drop_listing>>(pop3::detail::separate_input&);
extern template bool run<pop3::grammar::data_line<pop3::grammar::scan_listing>>(pop3::detail::separate_input&);
extern template bool run<pop3::grammar::data_line<pop3::grammar::unique_id_answer>>(pop3::detail::separate_input&);
extern template bool run<pop3::grammar::data_line<pop3::grammar::language>>(pop3::detail::separate_input&);
extern template bool run<pop3::grammar::scan_listing_line>(pop3::detail::separate_input&);
extern template bool run<pop3::grammar::unique_id_line>(pop3::detail::separate_input&);
extern template bool run<pop3::grammar::language_line>(pop3::detail::separate_input&);
extern template bool run<pop3::grammar::mechanism_line>(pop3::detail::separate_input&);
extern template bool run<pop3::grammar::capability>(pop3::detail::separate_input&);
#endif

} // namespace mailwire
