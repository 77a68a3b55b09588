// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>

#include "mailwire/core/error.hpp"
#include "mailwire/core/idle_timer.hpp"
#include "mailwire/core/inbox.hpp"
#include "mailwire/core/item.hpp"
#include "mailwire/pop3/model/reply.hpp"
#include "mailwire/pop3/profile.hpp"
#include "mailwire/pop3/session/answer_writer.hpp"
#include "mailwire/pop3/session/client_message.hpp"
#include "mailwire/pop3/session/command_reader.hpp"
#include "mailwire/pop3/session/denial.hpp"
#include "mailwire/pop3/session/server_event.hpp"
#include "mailwire/pop3/session/server_options.hpp"
#include "mailwire/pop3/session/server_table.hpp"
#include "mailwire/pop3/write.hpp"
#include "mailwire/sasl/mechanism.hpp"
#include "mailwire/sasl/secret.hpp"

namespace mailwire::pop3 {

// The server's half of a session (RFC 1939, RFC 2449, RFC 2595, RFC 5034, RFC 6856). No socket, no
// clock, no maildrop: octets are moved by the caller, commands are answered by it. A command that is malformed, unknown, or
// out of place is answered here. Commands are read one at a time: those that a client sends ahead (PIPELINING) wait in the
// buffer.
//
//   for (;;) {
//       send what output() has, then sent(n);
//       switch (auto e = mail.next(); e.kind) ...   need_input: receive into prepare(), then commit(n)
//   }
//
// An answer is one of
//   ok(text), err(text), err(code, text)
//   send(drop_listing), send(scan_listing), send(unique_id)    to STAT, to LIST msg, to UIDL msg
//   send(language)                                             to LANG with an argument
//   step(mechanism), or challenge(octets)                      to AUTH and to a response, until ok() or err()
//   ok(text), then send() for each line or body() for the octets of the message, then end_of_lines()
// and each of these calls returns no_room, and has done nothing, when output() has to be sent first.
//
// Messages are removed only when QUIT comes in TRANSACTION (state() is then update), before it is answered: a session
// that ends in any other way removes nothing (RFC 1939 6).
template <typename Profile = everything> class basic_server {
public:
    explicit basic_server(server_buffers buffers, const server_options& options = {})
        : inbox_(buffers.in), answer_(buffers.out, options.feeds),
          reader_(std::min<std::size_t>(options.limits.command_line, buffers.in.size()),
                  std::min<std::size_t>(options.limits.sasl_line, buffers.in.size()),
                  {.utf8 = options.utf8_user, .quirks = options.quirks}),
          login_seconds_(options.limits.login_seconds), idle_seconds_(options.limits.idle_seconds),
          most_bad_before_login_(options.limits.bad_commands_before_login), most_bad_(options.limits.bad_commands),
          tls_(options.tls), secure_(options.secure) {}

    // Room for received octets, never empty after need_input. Ends the views of the last event.
    std::span<char> prepare() {
        release();
        return inbox_.prepare();
    }
    // So many octets were received into it.
    void commit(std::size_t octets) { inbox_.commit(octets); }
    // The client closed the connection, or its half of it. Commands that were received before are still read.
    void closed() { peer_closed_ = true; }

    // What time it is, and when to say so again at the latest: from then on next() gives the error timed_out, and there is
    // nothing to do but to close; no message is removed (RFC 1939 3). `never` where nothing is waited for, and before the
    // first at().
    void at(instant now) { silence_.at(now); }
    instant deadline() const {
        if (state_ == server_state::transaction) return silence_.due(idle_seconds_);
        return is_before_login() ? silence_.due(login_seconds_) : never;
    }

    // The next event. Its view is valid until the next call of next or prepare.
    server_event next() {
        if (state_ == server_state::failed) return {.kind = server_event_kind::error, .error = fatal_};
        if (state_ == server_state::ended || state_ == server_state::closed) return {.kind = server_event_kind::closed};
        if (state_ == server_state::greeting)
            return peer_closed_ ? rest() : server_event{.kind = server_event_kind::need_answer};
        const bool late = silence_.is_past(deadline());
        if (late && (is_before_login() || !answer_.out().empty()))
            return fail(server_input::late, {errc::timed_out, 0, 0, 0});
        if (!answer_.is_complete()) return {.kind = server_event_kind::need_answer};
        release();
        if (state_ == server_state::tls) return await_tls();
        for (;;) {
            if (!answer_.out().has_room(longest_denial)) return {.kind = server_event_kind::need_output};
            const command_step step = reader_.next(inbox_.view());
            if (step.part != command_part::none) return event_of(step);
            if (step.used == 0) return late ? fail(server_input::late, {errc::timed_out, 0, 0, 0}) : rest();
            inbox_.consume(step.used);
        }
    }

    // Octets to send now; empty: none. Valid until the next call that is not const.
    std::string_view output() const { return answer_.out().output(); }
    void sent(std::size_t octets) {
        const bool something = octets != 0 && !answer_.out().empty();
        answer_.out().sent(octets);
        if (something && state_ == server_state::transaction) silence_.restart();
    }

    // The first line of the session: greet({.text = "POP3 server ready"}). With a timestamp, APOP is offered.
    // Errors: wrong_state, bad_value, no_room. RFC 1939 4 and 7.
    misuse greet(const greeting& first_line = {}) {
        const server_action action = action_of(state_, server_input::greeted);
        if (action == server_action::refuse) return misuse::wrong_state;
        const misuse m = answer_.put([&](line_outbox& out) { return write_greeting(out, first_line); });
        if (m != misuse::none) return m;
        apop_offered_ = !first_line.timestamp.empty();
        silence_.restart();
        go(action);
        return misuse::none;
    }

    // The answer +OK, or its first line where more are due. The answers to STAT, LIST msg and UIDL msg are sent as their
    // values instead. A text does not begin with "[".
    // Errors: wrong_state (nothing of the kind is due; to AUTH, before the mechanism is complete), bad_value (the text is no
    // line), no_room.
    misuse ok(std::string_view text = {}) {
        const answer_form form = answer_.form();
        const bool fits = is_multi_line(form) || form == answer_form::text || (form == answer_form::sasl && proved_);
        return answer_.is_due() && fits ? reply_with({.ok = true, .text = text}) : misuse::wrong_state;
    }

    // The answer -ERR. A code may only be sent where the capabilities list RESP-CODES (RFC 2449 6.4).
    // Errors: as for ok.
    misuse err(std::string_view text = {}) { return err({}, text); }
    misuse err(response_code code, std::string_view text) {
        return answer_.is_due() ? reply_with({.ok = false, .code = code, .text = text}) : misuse::wrong_state;
    }

    // The answer to STAT: drop_listing. To LIST msg and UIDL msg, or after ok() a line of LIST and UIDL: scan_listing,
    // unique_id. To LANG with an argument: language. After ok(), a line of LANG: language_listing; of AUTH without a
    // mechanism: mechanism_listing; of CAPA: what namespace capability has, or an item of it.
    // Errors: wrong_state (this is not what was asked for), bad_value, no_room.
    misuse send(const drop_listing& value) {
        return answer_.is_due(value.form) ? reply_with({.drop = value}) : misuse::wrong_state;
    }
    misuse send(const scan_listing& value) {
        if (answer_.is_due(value.form)) return reply_with({.scan = value});
        return answer_.line(value.listed_in, value);
    }
    misuse send(const unique_id& value) {
        if (answer_.is_due(value.form)) return reply_with({.unique = value});
        return answer_.line(value.listed_in, value);
    }
    misuse send(const language& value) {
        return answer_.is_due(value.form) ? reply_with({.language = value}) : misuse::wrong_state;
    }
    misuse send(const language_listing& value) { return answer_.line(value.listed_in, value); }
    misuse send(const mechanism_listing& value) { return answer_.line(value.listed_in, value); }
    template <alternative Capability> misuse send(const Capability& value) {
        static_assert(std::is_same_v<typename Capability::word::slot, slot::capability>, "this is no capability");
        return answer_.line(answer_form::capabilities, value);
    }
    misuse send(const item<slot::capability>& value) { return answer_.line(answer_form::capabilities, value); }

    // Gives a mechanism what the client has sent with AUTH or as a response. Ends the views of the event.
    //   more    a challenge goes out; the client's answer comes as an event
    //   done    the client is who it says: answer ok() or err()
    //   failed  answer err(code::auth, ...); for the fault no_room send what output() has, then call again
    // RFC 5034 4.
    template <sasl::server_mechanism M> sasl::step step(M& mechanism) {
        if (!owes_challenge()) return sasl::failure(sasl::fault::unexpected_message);
        const std::optional<std::string_view> sent = message_.decode(inbox_);
        const std::span<char> room = answer_.room_for_challenge();
        const bool first = state_ != server_state::exchange;
        const sasl::step s = room.empty() ? sasl::no_room(1)
                             : first      ? sasl::begin(mechanism, sent, room)
                                          : mechanism.step(*sent, room);
        proved_ = mechanism.complete();
        if (s.status == sasl::status::more) {
            put_challenge(s.size);
        } else {
            answer_.abandon_challenge();
        }
        return s;
    }

    // A challenge of the program, which then knows itself when the client has proved who it is.
    // Errors: wrong_state (no exchange is under way), no_room (for good, where there is nothing to send).
    misuse challenge(std::string_view octets) {
        if (!owes_challenge()) return misuse::wrong_state;
        const std::span<char> room = answer_.room_for_challenge();
        if (room.empty() || octets.size() > room.size()) {
            answer_.abandon_challenge();
            return misuse::no_room;
        }
        std::copy(octets.begin(), octets.end(), room.begin());
        put_challenge(octets.size());
        return misuse::none;
    }

    // The handshake that start_tls asked for is done. Errors: wrong_state (no handshake is due; or octets have come in
    // between, which could be anybody's: next() then gives the error input_before_tls). RFC 2595 4.
    misuse tls_started() {
        const server_action action = action_of(state_, server_input::tls_started);
        if (action == server_action::refuse) return misuse::wrong_state;
        release();
        if (!inbox_.empty()) return misuse::wrong_state;
        secure_ = true;
        utf8_texts_ = false;
        go(action);
        return misuse::none;
    }

    // Octets of the message that RETR or TOP asks for, after ok(). Returns how many were taken: fewer than all, and
    // perhaps none, where output() has to be sent first. None are taken where no message is due.
    std::size_t body(std::string_view octets) { return answer_.body(octets); }

    // The line with the dot: the answer is complete. A message that does not end with CRLF gets one.
    // Errors: wrong_state, no_room.
    misuse end_of_lines() { return answer_.end_of_lines(); }

    server_state state() const { return state_; }
    // Whether the connection is encrypted, by what the caller has said.
    bool secure() const { return secure_; }
    // Whether the client has asked for messages and texts in UTF-8 (RFC 6856 2.1).
    bool utf8() const { return utf8_; }

private:
    bool is_before_login() const {
        return state_ == server_state::authorization || state_ == server_state::named ||
               state_ == server_state::exchange || state_ == server_state::tls;
    }

    void go(server_action action) {
        state_ = next_state(state_, action);
        reader_.set_exchange(state_ == server_state::exchange);
    }

    // What belongs to a login stays until it is answered, and is then wiped.
    void release() {
        if (answer_.is_due(answer_form::sasl)) return;
        inbox_.consume(used_);
        used_ = 0;
        if (secret_) inbox_.for_each_stale([](std::span<char> octets) { sasl::wipe(octets); });
        secret_ = false;
    }

    server_event fail(server_input input, const error& why) {
        go(action_of(state_, input));
        answer_.owe_nothing();
        fatal_ = why;
        return {.kind = server_event_kind::error, .error = fatal_};
    }

    // Nothing more can be read now.
    server_event rest() {
        if (!peer_closed_) return {};
        const bool inside = !inbox_.empty() || reader_.refusing();
        if (inside && state_ != server_state::greeting)
            return fail(server_input::cut, {errc::truncated, inbox_.size(), 0, 0});
        go(action_of(state_, server_input::end));
        return {.kind = server_event_kind::closed};
    }

    // Between the agreement and the handshake nothing may come.
    server_event await_tls() {
        if (!inbox_.empty()) return fail(server_input::early, {errc::input_before_tls, 0, 0, 0});
        return peer_closed_ ? rest() : server_event{.kind = server_event_kind::start_tls};
    }

    server_event event_of(const command_step& step) {
        if (step.part == command_part::fault) return malformed(step);
        const bool in_exchange = step.part == command_part::response || step.part == command_part::cancel;
        return in_exchange ? respond(step) : command(step);
    }

    server_event malformed(const command_step& step) {
        const bool in_exchange = state_ == server_state::exchange;
        deny(denial_of(step.fault.code, in_exchange),
             in_exchange ? server_input::bad_response : server_input::malformed);
        inbox_.consume(step.used);
        return {.kind = server_event_kind::error, .error = step.fault};
    }

    // Hands a line of an exchange on, decoded where it is.
    server_event respond(const command_step& step) {
        const bool cancelled = step.part == command_part::cancel;
        go(action_of(state_, cancelled ? server_input::sasl_cancel : server_input::sasl_response));
        answer_.owe(answer_form::sasl);
        take(step);
        proved_ = !cancelled;
        secret_ = true;
        if (cancelled) {
            message_.set_cancelled();
            return {.kind = server_event_kind::cancelled, .quirks = step.quirks};
        }
        message_.set(inbox_.view(), step.base64);
        return {.kind = server_event_kind::response, .response = *message_.decode(inbox_), .quirks = step.quirks};
    }

    // Hands a command on, or answers it and has that sent.
    server_event command(const command_step& step) {
        const server_input input = judged(step);
        const server_action action = action_of(state_, input);
        if (action == server_action::deny || action == server_action::lapse) {
            deny(denial_of(input), input);
            inbox_.consume(step.used);
            return {.kind = server_event_kind::need_output};
        }
        if (input == server_input::stls_command && inbox_.size() != step.used) {
            return fail(server_input::early, {errc::input_before_tls, step.used, 0, 0});
        }
        go(action);
        role_ = step.role;
        answer_.owe(step.form);
        take(step);
        proved_ = true;
        secret_ = role_ == command_role::pass || role_ == command_role::auth;
        message_.set_none();
        if (!step.base64.empty()) message_.set(inbox_.view(), step.base64);
        return {.kind = server_event_kind::command, .command = step.command, .quirks = step.quirks};
    }

    // What a command is to the table.
    server_input judged(const command_step& step) const {
        using enum command_role;
        const command_role role = step.role;
        const bool login = role == user || role == pass || role == apop || role == auth;
        if (step.part == command_part::unknown || (role == apop && !apop_offered_)) return server_input::unknown;
        if (role == stls && (secure_ || utf8_)) return server_input::unwelcome;
        if (login && tls_ == tls_policy::required && !secure_) return server_input::needs_tls;
        return received(role);
    }

    void take(const command_step& step) {
        bad_ = 0;
        used_ = step.used;
        if (state_ == server_state::transaction) silence_.restart();
    }

    bool owes_challenge() const { return answer_.is_due(answer_form::sasl) && !message_.is_cancelled(); }

    void put_challenge(std::size_t octets) {
        answer_.put_challenge(octets);
        go(action_of(state_, server_input::challenged));
    }

    void deny(denial why, server_input input) {
        const bool logged_in = state_ == server_state::transaction;
        const bool too_many = ++bad_ > (logged_in ? most_bad_ : most_bad_before_login_);
        secret_ = true; // it may have been a password with something wrong about it
        answer_.out().put_unit(line_of(too_many ? denial::too_many : why));
        go(action_of(state_, too_many ? server_input::too_many : input));
    }

    misuse reply_with(const reply& line) {
        const server_action action = action_of(state_, answering(role_, line.ok));
        const bool as_utf8 = utf8_texts_ || (line.ok && answer_.form() == answer_form::language);
        if (const misuse m = answer_.reply(line, as_utf8); m != misuse::none) return m;
        if (line.ok && role_ == command_role::utf8) utf8_ = true;
        utf8_texts_ = as_utf8 || utf8_;
        go(action);
        if (state_ == server_state::transaction) silence_.restart();
        if (action == server_action::admit) bad_ = 0;
        return misuse::none;
    }

    inbox inbox_;
    answer_writer answer_;
    command_reader<Profile> reader_;
    error fatal_;
    idle_timer silence_;   // in TRANSACTION since the client last did something, before that since the greeting
    std::size_t used_ = 0; // octets of the last line
    client_message message_;
    std::uint32_t login_seconds_;
    std::uint32_t idle_seconds_;
    std::uint16_t most_bad_before_login_;
    std::uint16_t most_bad_;
    std::uint16_t bad_ = 0; // in a row
    tls_policy tls_;
    server_state state_ = server_state::greeting;
    command_role role_ = command_role::work;
    bool apop_offered_ = false;
    bool utf8_ = false;       // UTF8 was agreed on
    bool utf8_texts_ = false; // by UTF8 or LANG
    bool proved_ = true;      // an ok() to AUTH can be meant
    bool secret_ = false;     // the last line is to be wiped
    bool secure_;
    bool peer_closed_ = false;
};

using server = basic_server<>;

} // namespace mailwire::pop3
