// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/model/command_facts.hpp"

#include "mailwire/imap/profile.hpp"

#include <gtest/gtest.h>

namespace mailwire::imap {
namespace {

template <typename... Commands> constexpr bool all_legal_in(legal_in where) {
    return ((Commands::legal == where) && ...);
}

// RFC 9051 6.1 to 6.4 and the extensions: docs/sessions.md, ST-4 to ST-7.
static_assert(all_legal_in<capability, noop, logout, id>(legal_in::any));
static_assert(all_legal_in<starttls, authenticate, login>(legal_in::not_authenticated));
static_assert(all_legal_in<enable>(legal_in::before_selection));
static_assert(all_legal_in<select, examine, create, delete_, rename, subscribe, unsubscribe, list, namespace_command,
                           status, append, idle, lsub, compress, unauthenticate, getquota, getquotaroot, setquota>(
    legal_in::authenticated));
static_assert(all_legal_in<close, unselect, expunge, uid_expunge, search, uid_search, fetch, uid_fetch, store,
                           uid_store, copy, uid_copy, move, uid_move, check>(legal_in::selected));

// RFC 9051 3, and what takes the connection over.
static_assert(effect_of<login>() == command_effect::logs_in &&
              effect_of<authenticate>() == command_effect::authenticates &&
              effect_of<select>() == command_effect::selects && effect_of<examine>() == command_effect::selects &&
              effect_of<close>() == command_effect::deselects && effect_of<unselect>() == command_effect::deselects &&
              effect_of<logout>() == command_effect::logs_out &&
              effect_of<unauthenticate>() == command_effect::unauthenticates &&
              effect_of<idle>() == command_effect::idles && effect_of<starttls>() == command_effect::starts_tls &&
              effect_of<compress>() == command_effect::compresses);
static_assert(effect_of<noop>() == command_effect::none && effect_of<expunge>() == command_effect::none &&
              effect_of<append>() == command_effect::none && effect_of<enable>() == command_effect::none);

// RFC 9051 7.5.1, 5.5: these three and no form with UID.
static_assert(keeps_message_numbers<fetch>() && keeps_message_numbers<store>() && keeps_message_numbers<search>());
static_assert(!keeps_message_numbers<uid_fetch>() && !keeps_message_numbers<uid_store>() &&
              !keeps_message_numbers<uid_search>() && !keeps_message_numbers<copy>() &&
              !keeps_message_numbers<move>() && !keeps_message_numbers<noop>() && !keeps_message_numbers<expunge>());

// Each mode is a bit of its own, and a program's begin behind them.
static_assert((modes::rev2 | modes::utf8 | modes::condstore | modes::qresync | modes::uidonly) == 0x1f);

using plain = plain_command<"XPLAIN", legal_in::selected>;
using acting = plain_command<"XACTING", legal_in::any, command_effect::deselects>;

TEST(command_facts, of_a_command_without_arguments) {
    EXPECT_EQ(plain::word::text, "XPLAIN");
    EXPECT_EQ(plain::legal, legal_in::selected);
    EXPECT_EQ(effect_of<plain>(), command_effect::none);
    EXPECT_EQ(effect_of<acting>(), command_effect::deselects);
    EXPECT_FALSE(keeps_message_numbers<plain>());
}

} // namespace
} // namespace mailwire::imap
