// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <iterator>
#include <string_view>

#include "mailwire/pop3/session/server_table.hpp"

// The names of what stands in the table, for logs and for docs/pop3-states.md. Valid for ever.
namespace mailwire::pop3 {

namespace detail {

inline constexpr std::string_view server_state_names[] = {
    "greeting", "authorization", "named", "exchange", "tls", "transaction", "update", "ended", "closed", "failed"};
inline constexpr std::string_view server_input_names[] = {
    "user command",     "pass command", "apop command", "auth command",  "stls command", "before login command",
    "anywhere command", "work command", "quit command", "sasl response", "sasl cancel",  "bad response",
    "unknown",          "unwelcome",    "needs tls",    "malformed",     "too many",     "early",
    "greeted",          "challenged",   "user ok",      "user err",      "login ok",     "login err",
    "stls ok",          "stls err",     "other ok",     "other err",     "quit ok",      "quit err",
    "tls started",      "end",          "cut",          "late"};
inline constexpr std::string_view server_action_names[] = {
    "missing", "give",  "unname",  "update", "deny",   "lapse", "refuse", "answer", "name", "open",
    "prompt",  "agree", "restart", "admit",  "finish", "close", "fail",   "stay",   "never"};

static_assert(std::size(server_state_names) == server_states);
static_assert(std::size(server_input_names) == server_inputs);
static_assert(std::size(server_action_names) == static_cast<std::size_t>(server_action::never) + 1);

} // namespace detail

constexpr std::string_view name_of(server_state s) { return detail::server_state_names[static_cast<std::size_t>(s)]; }
constexpr std::string_view name_of(server_input i) { return detail::server_input_names[static_cast<std::size_t>(i)]; }
constexpr std::string_view name_of(server_action a) { return detail::server_action_names[static_cast<std::size_t>(a)]; }

} // namespace mailwire::pop3
