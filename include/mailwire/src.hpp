// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "mailwire/imap/separate.hpp"
#include "mailwire/pop3/separate.hpp"

// The grammars of both protocols, compiled. For one translation unit of a program that defines
// MAILWIRE_SEPARATE_COMPILATION in all of them; it holds nothing but #include <mailwire/src.hpp>.
namespace mailwire {

template bool run<imap::grammar::response>(imap::detail::separate_input&);
template bool run<imap::grammar::greeting>(imap::detail::separate_input&);
template bool run<imap::grammar::command>(imap::detail::separate_input&);

template bool run<pop3::grammar::command>(pop3::detail::separate_input&);
template bool run<pop3::grammar::client_response>(pop3::detail::separate_input&);
template bool run<pop3::grammar::greeting>(pop3::detail::separate_input&);
template bool run<pop3::grammar::continue_req>(pop3::detail::separate_input&);
template bool run<pop3::grammar::single_line>(pop3::detail::separate_input&);
template bool run<pop3::grammar::data_line<pop3::grammar::drop_listing>>(pop3::detail::separate_input&);
template bool run<pop3::grammar::data_line<pop3::grammar::scan_listing>>(pop3::detail::separate_input&);
template bool run<pop3::grammar::data_line<pop3::grammar::unique_id_answer>>(pop3::detail::separate_input&);
template bool run<pop3::grammar::data_line<pop3::grammar::language>>(pop3::detail::separate_input&);
template bool run<pop3::grammar::scan_listing_line>(pop3::detail::separate_input&);
template bool run<pop3::grammar::unique_id_line>(pop3::detail::separate_input&);
template bool run<pop3::grammar::language_line>(pop3::detail::separate_input&);
template bool run<pop3::grammar::mechanism_line>(pop3::detail::separate_input&);
template bool run<pop3::grammar::capability>(pop3::detail::separate_input&);

} // namespace mailwire
