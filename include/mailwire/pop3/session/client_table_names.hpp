// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <iterator>
#include <string_view>

#include "mailwire/pop3/session/client_table.hpp"

// The names of what stands in the table, for logs and for docs/pop3-states.md. Valid for ever.
namespace mailwire::pop3 {

namespace detail {

inline constexpr std::string_view client_state_names[] = {
    "greeting", "authorization", "named",    "login", "exchange", "challenged", "asking tls",
    "tls",      "transaction",   "quitting", "ended", "closed",   "failed"};
inline constexpr std::string_view client_input_names[] = {
    "send user",     "send pass", "send apop", "send auth",   "send response", "send stls",     "send before login",
    "send anywhere", "send work", "send quit", "tls started", "greeting ok",   "greeting err",  "user ok",
    "user err",      "login ok",  "login err", "challenge",   "auth ok",       "auth unproven", "auth err",
    "stls ok",       "stls err",  "other ok",  "other err",   "quit ok",       "quit err",      "no reply",
    "surplus",       "end",       "cut",       "late"};
inline constexpr std::string_view client_action_names[] = {
    "missing", "refuse", "wait",   "put",    "name",  "unname", "enter",  "begin", "ask tls", "leave", "restart",
    "take",    "greet",  "forget", "prompt", "agree", "admit",  "finish", "close", "fail",    "stay",  "never"};

static_assert(std::size(client_state_names) == client_states);
static_assert(std::size(client_input_names) == client_inputs);
static_assert(std::size(client_action_names) == static_cast<std::size_t>(client_action::never) + 1);

} // namespace detail

constexpr std::string_view name_of(client_state s) { return detail::client_state_names[static_cast<std::size_t>(s)]; }
constexpr std::string_view name_of(client_input i) { return detail::client_input_names[static_cast<std::size_t>(i)]; }
constexpr std::string_view name_of(client_action a) { return detail::client_action_names[static_cast<std::size_t>(a)]; }

} // namespace mailwire::pop3
