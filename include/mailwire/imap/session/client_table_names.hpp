// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <iterator>
#include <string_view>

#include "mailwire/imap/session/client_mode_table.hpp"
#include "mailwire/imap/session/client_table.hpp"

// The names of what stands in the tables, for logs and for docs/imap-states.md. Valid for ever.
namespace mailwire::imap {

namespace detail {

inline constexpr std::string_view client_state_names[] = {
    "greeting", "not authenticated", "authenticated", "selected", "logged out", "closed", "failed"};
inline constexpr std::string_view client_input_names[] = {"greeting ok",
                                                          "greeting preauth",
                                                          "preauth in clear",
                                                          "greeting bye",
                                                          "greeting other",
                                                          "late greeting",
                                                          "data",
                                                          "bye",
                                                          "stray continuation",
                                                          "done",
                                                          "logged in",
                                                          "unproven",
                                                          "selected",
                                                          "deselected",
                                                          "unauthenticated",
                                                          "unknown tag",
                                                          "before tls",
                                                          "no end",
                                                          "end",
                                                          "cut",
                                                          "late",
                                                          "command any",
                                                          "command not authenticated",
                                                          "command before selection",
                                                          "command authenticated",
                                                          "command selected"};
inline constexpr std::string_view client_action_names[] = {"missing", "refuse", "put",   "take",    "greet",
                                                           "admit",   "open",   "leave", "go back", "part",
                                                           "over",    "fail",   "stay",  "never"};
inline constexpr std::string_view client_mode_names[] = {
    "lines",       "exchange",   "challenged", "asking idle",        "idling",
    "ending idle", "asking tls", "tls",        "asking compression", "compression"};
inline constexpr std::string_view client_mode_input_names[] = {"send command",
                                                               "send authenticate",
                                                               "send response",
                                                               "send idle",
                                                               "send done",
                                                               "send starttls",
                                                               "send compress",
                                                               "tls started",
                                                               "compression started",
                                                               "go ahead",
                                                               "continuation",
                                                               "agreed",
                                                               "refused",
                                                               "other"};
inline constexpr std::string_view client_mode_action_names[] = {
    "missing",           "refuse",          "wait",  "put",  "begin",  "ask idle", "end idle",
    "ask tls",           "ask compression", "go on", "take", "prompt", "let idle", "agree tls",
    "agree compression", "finish",          "stray", "never"};

static_assert(std::size(client_state_names) == client_states);
static_assert(std::size(client_input_names) == client_inputs);
static_assert(std::size(client_action_names) == static_cast<std::size_t>(client_action::never) + 1);
static_assert(std::size(client_mode_names) == client_modes);
static_assert(std::size(client_mode_input_names) == client_mode_inputs);
static_assert(std::size(client_mode_action_names) == static_cast<std::size_t>(client_mode_action::never) + 1);

} // namespace detail

constexpr std::string_view name_of(client_state s) { return detail::client_state_names[static_cast<std::size_t>(s)]; }
constexpr std::string_view name_of(client_input i) { return detail::client_input_names[static_cast<std::size_t>(i)]; }
constexpr std::string_view name_of(client_action a) { return detail::client_action_names[static_cast<std::size_t>(a)]; }
constexpr std::string_view name_of(client_mode m) { return detail::client_mode_names[static_cast<std::size_t>(m)]; }
constexpr std::string_view name_of(client_mode_input i) {
    return detail::client_mode_input_names[static_cast<std::size_t>(i)];
}
constexpr std::string_view name_of(client_mode_action a) {
    return detail::client_mode_action_names[static_cast<std::size_t>(a)];
}

} // namespace mailwire::imap
