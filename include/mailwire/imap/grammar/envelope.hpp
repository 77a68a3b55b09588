// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>

#include "mailwire/imap/grammar/strings.hpp"

// RFC 9051 9: the header of a message as a server has read it. Each field is one token, a list of addresses one list.
namespace mailwire::imap::grammar {

// addr-adl = nstring
struct addr_adl : detail::same_as<nstring> {};

// addr-host = nstring
struct addr_host : detail::same_as<nstring> {};

// addr-mailbox = nstring
struct addr_mailbox : detail::same_as<nstring> {};

// addr-name = nstring
struct addr_name : detail::same_as<nstring> {};

// address = "(" addr-name SP addr-adl SP addr-mailbox SP addr-host ")"
struct address : list_tok<seq<lp, addr_name, sp, addr_adl, sp, addr_mailbox, sp, addr_host, rp>> {};

namespace detail {

// "(" 1*address ")" / nil
// Lenient: "()" for NIL (quirks::empty_list), and spaces behind addresses (quirks::space_between_addresses).
struct address_list
    : when_next<'(',
                sor<list_tok<seq<lp, plus<address>, rp>>, quirk<quirks::empty_list, list_tok<seq<lp, rp>>>,
                    quirk<quirks::space_between_addresses, list_tok<seq<lp, plus<address, opt<sp>>, rp>>>>,
                nil> {
    using island = void;
};

} // namespace detail

// env-bcc = "(" 1*address ")" / nil
struct env_bcc : detail::same_as<detail::address_list> {};

// env-cc = "(" 1*address ")" / nil
struct env_cc : detail::same_as<detail::address_list> {};

// env-date = nstring
struct env_date : detail::same_as<nstring> {};

// env-from = "(" 1*address ")" / nil
struct env_from : detail::same_as<detail::address_list> {};

// env-in-reply-to = nstring
struct env_in_reply_to : detail::same_as<nstring> {};

// env-message-id = nstring
struct env_message_id : detail::same_as<nstring> {};

// env-reply-to = "(" 1*address ")" / nil
struct env_reply_to : detail::same_as<detail::address_list> {};

// env-sender = "(" 1*address ")" / nil
struct env_sender : detail::same_as<detail::address_list> {};

// env-subject = nstring
struct env_subject : detail::same_as<nstring> {};

// env-to = "(" 1*address ")" / nil
struct env_to : detail::same_as<detail::address_list> {};

// envelope = "(" env-date SP env-subject SP env-from SP env-sender SP env-reply-to SP env-to SP env-cc SP env-bcc SP
//            env-in-reply-to SP env-message-id ")"
struct envelope : list_tok<seq<lp, env_date, sp, env_subject, sp, env_from, sp, env_sender, sp, env_reply_to, sp,
                               env_to, sp, env_cc, sp, env_bcc, sp, env_in_reply_to, sp, env_message_id, rp>> {
    using island = void;
    static constexpr std::string_view rfc = "RFC 9051 7.5.2";
};

} // namespace mailwire::imap::grammar
