// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <iterator>
#include <string_view>

#include "mailwire/imap/session/server_mode_table.hpp"
#include "mailwire/imap/session/server_table.hpp"

// The names of what stands in the tables, for logs and for docs/imap-states.md. Valid for ever.
namespace mailwire::imap {

namespace detail {

inline constexpr std::string_view server_state_names[] = {
    "greeting", "not authenticated", "authenticated", "selected", "logged out", "closed", "failed"};
inline constexpr std::string_view server_input_names[] = {"command any",
                                                          "command not authenticated",
                                                          "command before selection",
                                                          "command authenticated",
                                                          "command selected",
                                                          "before change",
                                                          "no end",
                                                          "end",
                                                          "cut",
                                                          "late",
                                                          "greet ok",
                                                          "greet preauth",
                                                          "greet bye",
                                                          "data",
                                                          "bye",
                                                          "closed",
                                                          "answer",
                                                          "answer logged in",
                                                          "answer selected",
                                                          "answer deselected",
                                                          "answer unauthenticated",
                                                          "answer logged out"};
inline constexpr std::string_view server_action_names[] = {"missing", "deliver", "deny", "refuse", "put",
                                                           "greet",   "admit",   "open", "leave",  "go back",
                                                           "part",    "over",    "fail", "stay",   "never"};
inline constexpr std::string_view server_mode_names[] = {
    "lines",  "offered",       "answering", "authenticating",        "challenged", "asked to idle",
    "idling", "asked for tls", "tls",       "asked for compression", "compression"};
inline constexpr std::string_view server_mode_input_names[] = {"command",
                                                               "command authenticate",
                                                               "command idle",
                                                               "command starttls",
                                                               "command compress",
                                                               "literal",
                                                               "response",
                                                               "cancel",
                                                               "done",
                                                               "fault",
                                                               "data",
                                                               "accept literal",
                                                               "challenge",
                                                               "begin idle",
                                                               "finish ok",
                                                               "finish other",
                                                               "tls started",
                                                               "compression started"};
inline constexpr std::string_view server_mode_action_names[] = {"missing",
                                                                "refuse",
                                                                "put",
                                                                "deny",
                                                                "give up",
                                                                "offer",
                                                                "ask",
                                                                "ask proof",
                                                                "ask idle",
                                                                "ask tls",
                                                                "ask compression",
                                                                "prompt",
                                                                "let idle",
                                                                "finish",
                                                                "agree tls",
                                                                "agree compression",
                                                                "never"};

static_assert(std::size(server_state_names) == server_states);
static_assert(std::size(server_input_names) == server_inputs);
static_assert(std::size(server_action_names) == static_cast<std::size_t>(server_action::never) + 1);
static_assert(std::size(server_mode_names) == server_modes);
static_assert(std::size(server_mode_input_names) == server_mode_inputs);
static_assert(std::size(server_mode_action_names) == static_cast<std::size_t>(server_mode_action::never) + 1);

} // namespace detail

constexpr std::string_view name_of(server_state s) { return detail::server_state_names[static_cast<std::size_t>(s)]; }
constexpr std::string_view name_of(server_input i) { return detail::server_input_names[static_cast<std::size_t>(i)]; }
constexpr std::string_view name_of(server_action a) { return detail::server_action_names[static_cast<std::size_t>(a)]; }
constexpr std::string_view name_of(server_mode m) { return detail::server_mode_names[static_cast<std::size_t>(m)]; }
constexpr std::string_view name_of(server_mode_input i) {
    return detail::server_mode_input_names[static_cast<std::size_t>(i)];
}
constexpr std::string_view name_of(server_mode_action a) {
    return detail::server_mode_action_names[static_cast<std::size_t>(a)];
}

} // namespace mailwire::imap
