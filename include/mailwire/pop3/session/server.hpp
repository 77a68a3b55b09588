// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>

#include "mailwire/core/error.hpp"
#include "mailwire/core/inbox.hpp"
#include "mailwire/core/item.hpp"
#include "mailwire/pop3/dots.hpp"
#include "mailwire/pop3/framer.hpp"
#include "mailwire/pop3/limits.hpp"
#include "mailwire/pop3/model/reply.hpp"
#include "mailwire/pop3/parse.hpp"
#include "mailwire/pop3/profile.hpp"
#include "mailwire/pop3/session/outbox.hpp"
#include "mailwire/pop3/session/server_event.hpp"
#include "mailwire/pop3/session/table.hpp"
#include "mailwire/pop3/write.hpp"

namespace mailwire::pop3 {

// Storage a server works in, lent by the caller for the server's life.
struct server_buffers {
    std::span<char> in;  // received octets; no command is longer than this
    std::span<char> out; // octets to send; at least longest_response_line
};

// Storage of the usual sizes, for those who do not want to choose.
template <std::size_t In = 4096, std::size_t Out = 16384> struct server_storage {
    static_assert(Out >= longest_response_line, "a response line has to fit");
    std::array<char, In> in;
    std::array<char, Out> out;

    server_buffers buffers() { return {in, out}; }
};

struct server_options {
    pop3::limits limits = {};
    line_feeds feeds = line_feeds::as_they_are; // in the messages that are sent
    bool secure = false;                        // the connection is encrypted
};

// The server's half of a session (RFC 1939, RFC 2449). No socket, no clock, no maildrop: octets are moved by the caller,
// commands are answered by it. A command that is malformed, unknown, or out of place is answered here. Commands are read
// one at a time: those that a client sends ahead (PIPELINING) wait in the buffer.
//
//   for (;;) {
//       send what output() has, then sent(n);
//       switch (auto e = mail.next(); e.kind) ...   need_input: receive into prepare(), then commit(n)
//   }
//
// An answer is one of
//   ok(text), err(text), err(code, text)
//   send(drop_listing), send(scan_listing), send(unique_id)    to STAT, to LIST msg, to UIDL msg
//   ok(text), then send() for each line or body() for the octets of the message, then end_of_lines()
// and each of these calls returns no_room, and has done nothing, when output() has to be sent first.
//
// Messages are removed only when QUIT comes in TRANSACTION (state() is then update), before it is answered: a session
// that ends in any other way removes nothing (RFC 1939 6).
template <typename Profile = everything> class basic_server {
public:
    explicit basic_server(server_buffers buffers, const server_options& options = {})
        : inbox_(buffers.in), outbox_(buffers.out),
          lines_(std::min<std::size_t>(options.limits.command_line, buffers.in.size())), dots_(options.feeds),
          feeds_(options.feeds), most_bad_before_login_(options.limits.bad_commands_before_login),
          most_bad_(options.limits.bad_commands), secure_(options.secure) {}

    // Room for received octets, never empty after need_input. Ends the views of the last event.
    std::span<char> prepare() {
        release();
        return inbox_.prepare();
    }
    // So many octets were received into it.
    void commit(std::size_t octets) { inbox_.commit(octets); }
    // The client closed the connection, or its half of it. Commands that were received before are still read.
    void closed() { peer_closed_ = true; }

    // The next event. Its view is valid until the next call of next or prepare.
    server_event next() {
        if (state_ == server_state::failed) return {.kind = server_event_kind::error, .error = fatal_};
        if (state_ == server_state::ended || state_ == server_state::closed) return {.kind = server_event_kind::closed};
        if (state_ == server_state::greeting && !peer_closed_) return {.kind = server_event_kind::need_answer};
        if (answer_ != answer::none) return {.kind = server_event_kind::need_answer};
        release();
        for (;;) {
            if (!outbox_.has_room(longest_denial)) return {.kind = server_event_kind::need_output};
            const framed_line found = lines_.scan(inbox_.view());
            switch (found.kind) {
            case line_kind::more:
                return peer_closed_ ? end() : server_event();
            case line_kind::line:
                return read_command(inbox_.view().substr(0, found.size));
            case line_kind::bad:
                return malformed(found.size, found.fault);
            case line_kind::rest:
                inbox_.consume(found.size);
                break;
            }
        }
    }

    // Octets to send now; empty: none. Valid until the next call that is not const.
    std::string_view output() const { return outbox_.output(); }
    void sent(std::size_t octets) { outbox_.sent(octets); }

    // The first line of the session: greet({.text = "POP3 server ready"}). With a timestamp, APOP is offered.
    // Errors: wrong_state, bad_value, no_room. RFC 1939 4 and 7.
    misuse greet(const greeting& first_line = {}) {
        const server_action action = action_of(state_, server_input::greeted);
        if (action == server_action::refuse) return misuse::wrong_state;
        const misuse m = put_unit([&](line_outbox& out) { return write_greeting(out, first_line); });
        if (m != misuse::none) return m;
        apop_offered_ = !first_line.timestamp.empty();
        state_ = next_state(state_, action);
        return misuse::none;
    }

    // The answer +OK, or its first line where more are due. The answers to STAT, LIST msg and UIDL msg are sent as their
    // values instead. A text does not begin with "[".
    // Errors: wrong_state (nothing of the kind is due), bad_value (the text is no line), no_room.
    misuse ok(std::string_view text = {}) {
        if (answer_ != answer::due || (!is_multi_line(form_) && form_ != answer_form::text)) return misuse::wrong_state;
        return reply_with({.ok = true, .text = text});
    }

    // The answer -ERR. A code may only be sent where the capabilities list RESP-CODES (RFC 2449 6.4).
    // Errors: as for ok.
    misuse err(std::string_view text = {}) { return err({}, text); }
    misuse err(response_code code, std::string_view text) {
        if (answer_ != answer::due) return misuse::wrong_state;
        return reply_with({.ok = false, .code = code, .text = text});
    }

    // The answer to STAT: drop_listing. To LIST msg and UIDL msg, or after ok() a line of LIST and UIDL: scan_listing,
    // unique_id. After ok(), a line of CAPA: what namespace capability has, or an item of it.
    // Errors: wrong_state (this is not what was asked for), bad_value, no_room.
    misuse send(const drop_listing& value) {
        if (answer_ != answer::due || form_ != value.form) return misuse::wrong_state;
        return reply_with({.drop = value});
    }
    misuse send(const scan_listing& value) {
        if (answer_ == answer::due && form_ == value.form) return reply_with({.scan = value});
        return send_line(value.listed_in, value);
    }
    misuse send(const unique_id& value) {
        if (answer_ == answer::due && form_ == value.form) return reply_with({.unique = value});
        return send_line(value.listed_in, value);
    }
    template <alternative Capability> misuse send(const Capability& value) {
        static_assert(std::is_same_v<typename Capability::word::slot, slot::capability>, "this is no capability");
        return send_line(answer_form::capabilities, value);
    }
    misuse send(const item<slot::capability>& value) { return send_line(answer_form::capabilities, value); }

    // Octets of the message that RETR or TOP asks for, after ok(). Returns how many were taken: fewer than all, and
    // perhaps none, where output() has to be sent first. None are taken where no message is due.
    std::size_t body(std::string_view octets) {
        if (answer_ != answer::body) return 0;
        const stuffed done = dots_.next(octets, outbox_.room());
        outbox_.wrote(done.written);
        return done.used;
    }

    // The line with the dot: the answer is complete. A message that does not end with CRLF gets one.
    // Errors: wrong_state, no_room.
    misuse end_of_lines() {
        if (answer_ != answer::listing && answer_ != answer::body) return misuse::wrong_state;
        const std::string_view last = answer_ == answer::body ? dots_.ending() : ".\r\n";
        const misuse m = put_unit([&](line_outbox& out) {
            out.put(last);
            return misuse::none;
        });
        if (m == misuse::none) answer_ = answer::none;
        return m;
    }

    server_state state() const { return state_; }
    // What the caller said about the connection.
    bool secure() const { return secure_; }

private:
    // What is still to be said to the command that was handed on: nothing, all, lines, octets.
    enum class answer : std::uint8_t { none, due, listing, body };

    // The longest line the session writes on its own account.
    static constexpr std::size_t longest_denial = 64;

    void release() {
        inbox_.consume(used_);
        used_ = 0;
    }

    server_event end() {
        const bool between = inbox_.empty() && !lines_.refusing();
        const bool cut = !between && state_ != server_state::greeting;
        if (cut) fatal_ = {errc::truncated, inbox_.size(), 0, 0};
        state_ = next_state(state_, action_of(state_, cut ? server_input::cut : server_input::end));
        if (cut) return {.kind = server_event_kind::error, .error = fatal_};
        return {.kind = server_event_kind::closed};
    }

    // Hands a command on, or answers it and has that sent.
    server_event read_command(std::string_view line) {
        const auto command = parse_command<Profile>(line, tape_);
        if (command.error) return malformed(line.size(), command.error);
        server_input input = server_input::unknown;
        visit<Profile>(command.value, [&](const auto& asked) {
            input = input_of(asked.role);
            role_ = asked.role;
            form_ = asked.answer();
        });
        if (input == server_input::apop_command && !apop_offered_) input = server_input::unknown;
        const server_action action = action_of(state_, input);
        if (action == server_action::deny || action == server_action::lapse) {
            const bool unknown = input == server_input::unknown;
            deny(unknown ? "-ERR unknown command\r\n" : "-ERR command not valid in this state\r\n", action);
            inbox_.consume(line.size());
            return {.kind = server_event_kind::need_output};
        }
        state_ = next_state(state_, action);
        answer_ = answer::due;
        bad_ = 0;
        used_ = line.size();
        return {.kind = server_event_kind::command, .command = command.value};
    }

    server_event malformed(std::size_t size, const error& fault) {
        const server_action action = action_of(state_, server_input::malformed);
        switch (fault.code) {
        case errc::unit_too_long:
            deny("-ERR line too long\r\n", action);
            break;
        case errc::bare_line_feed:
            deny("-ERR line feed without carriage return\r\n", action);
            break;
        default:
            deny("-ERR syntax error\r\n", action);
            break;
        }
        inbox_.consume(size);
        return {.kind = server_event_kind::error, .error = fault};
    }

    void deny(std::string_view line, server_action action) {
        const bool logged_in = state_ == server_state::transaction;
        const bool too_many = ++bad_ > (logged_in ? most_bad_ : most_bad_before_login_);
        if (too_many) action = action_of(state_, server_input::too_many);
        outbox_.begin_unit();
        outbox_.put(too_many ? "-ERR too many bad commands\r\n" : line);
        outbox_.end_unit();
        state_ = next_state(state_, action);
    }

    // `write` writes one line and says what is wrong with it. Wholly or not at all.
    template <typename Write> misuse put_unit(Write write) {
        outbox_.begin_unit();
        const misuse m = write(outbox_);
        if (m != misuse::none) {
            outbox_.abandon_unit();
            return m;
        }
        return outbox_.end_unit() ? misuse::none : misuse::no_room;
    }

    misuse reply_with(const reply& line) {
        const server_action action = action_of(state_, input_of(role_, line.ok));
        const misuse m = put_unit([&](line_outbox& out) { return write_reply(out, line, form_); });
        if (m != misuse::none) return m;
        state_ = next_state(state_, action);
        answer_ = answer::none;
        if (line.ok && is_multi_line(form_)) {
            answer_ = form_ == answer_form::body ? answer::body : answer::listing;
            dots_ = dot_stuffer(feeds_);
        }
        if (action == server_action::admit) bad_ = 0;
        return misuse::none;
    }

    template <typename Value> misuse send_line(answer_form listing, const Value& value) {
        if (answer_ != answer::listing || form_ != listing) return misuse::wrong_state;
        return put_unit([&](line_outbox& out) { return write_listed(out, value); });
    }

    static constexpr server_input input_of(command_role role) {
        switch (role) {
        case command_role::user:
            return server_input::user_command;
        case command_role::pass:
            return server_input::pass_command;
        case command_role::apop:
            return server_input::apop_command;
        case command_role::anywhere:
            return server_input::anywhere_command;
        case command_role::work:
            return server_input::work_command;
        case command_role::quit:
            return server_input::quit_command;
        }
        return server_input::unknown;
    }
    static constexpr server_input input_of(command_role role, bool ok) {
        switch (role) {
        case command_role::user:
            return ok ? server_input::user_ok : server_input::user_err;
        case command_role::pass:
        case command_role::apop:
            return ok ? server_input::login_ok : server_input::login_err;
        case command_role::anywhere:
        case command_role::work:
            return ok ? server_input::other_ok : server_input::other_err;
        case command_role::quit:
            return ok ? server_input::quit_ok : server_input::quit_err;
        }
        return server_input::other_ok;
    }

    inbox inbox_;
    line_outbox outbox_;
    line_scanner lines_;
    std::array<token, tokens_of_a_line> tape_{};
    error fatal_;
    std::size_t used_ = 0; // octets of the last command
    dot_stuffer dots_;
    line_feeds feeds_;
    std::uint16_t most_bad_before_login_;
    std::uint16_t most_bad_;
    std::uint16_t bad_ = 0; // in a row
    server_state state_ = server_state::greeting;
    answer answer_ = answer::none;
    answer_form form_ = answer_form::text;
    command_role role_ = command_role::work;
    bool apop_offered_ = false;
    bool secure_;
    bool peer_closed_ = false;
};

using server = basic_server<>;

} // namespace mailwire::pop3
