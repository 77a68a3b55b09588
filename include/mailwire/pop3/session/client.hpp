// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>

#include "mailwire/core/base64.hpp"
#include "mailwire/core/error.hpp"
#include "mailwire/core/idle_timer.hpp"
#include "mailwire/core/inbox.hpp"
#include "mailwire/core/parts_of.hpp"
#include "mailwire/pop3/model/reply.hpp"
#include "mailwire/pop3/profile.hpp"
#include "mailwire/pop3/session/client_event.hpp"
#include "mailwire/pop3/session/client_options.hpp"
#include "mailwire/pop3/session/client_table.hpp"
#include "mailwire/pop3/session/outbox.hpp"
#include "mailwire/pop3/session/response_reader.hpp"
#include "mailwire/pop3/session/server_facts.hpp"
#include "mailwire/pop3/write.hpp"
#include "mailwire/sasl/mechanism.hpp"
#include "mailwire/sasl/secret.hpp"

namespace mailwire::pop3 {

// The client's half of a session (RFC 1939, RFC 2449, RFC 2595, RFC 5034, RFC 6856). No socket, no clock: octets are moved
// by the caller.
//
//   for (;;) {
//       send what output() has, then sent(n);
//       switch (auto e = mail.next(); e.kind) ...   need_input: receive into prepare(), then commit(n)
//   }
template <typename Profile = everything> class basic_client {
public:
    explicit basic_client(client_buffers buffers, const client_options& options = {})
        : inbox_(buffers.in), outbox_(buffers.out), in_flight_(buffers.in_flight),
          reader_(std::min<std::size_t>(options.limits.response_line, buffers.in.size()),
                  std::min<std::size_t>(options.limits.sasl_line, buffers.in.size()), options.limits.listing_lines,
                  options.quirks),
          quirks_(options.quirks), patience_(options.limits.answer_seconds), tls_(options.tls),
          apop_allowed_(options.apop), secure_(options.secure) {}

    // Room for received octets, never empty after need_input but while a challenge waits. Ends the views of the last event.
    std::span<char> prepare() {
        release();
        return inbox_.prepare();
    }
    // So many octets were received into it.
    void commit(std::size_t octets) {
        inbox_.commit(octets);
        if (octets != 0) silence_.restart();
    }
    // The server closed the connection. What was received before is still read.
    void closed() { peer_closed_ = true; }

    // What time it is, and when to say so again at the latest: from then on next() gives the error timed_out, unless an
    // answer has come. `never` where nothing is waited for, and before the first at().
    void at(instant now) { silence_.at(now); }
    instant deadline() const {
        const bool asked = !in_flight_.empty() && state_ != client_state::challenged;
        const bool over = state_ == client_state::failed || state_ == client_state::closed;
        return !over && (asked || state_ == client_state::greeting) ? silence_.due(patience_) : never;
    }

    // The next event. Its views are valid until the next call of next or prepare.
    client_event next() {
        release();
        if (state_ == client_state::failed) return client_event(fatal_);
        if (state_ == client_state::closed) return client_event(client_event_kind::closed);
        if (state_ == client_state::challenged) return peer_closed_ ? rest() : client_event();
        if (state_ == client_state::tls) return await_tls();
        // A challenge that is refused is answered at once.
        if (state_ == client_state::exchange && !peer_closed_ && !outbox_.has_room(cancel_line.size())) return rest();
        for (;;) {
            if (reader_.idle() && !reader_.refusing()) {
                if (state_ == client_state::greeting) {
                    reader_.begin_greeting();
                } else if (!in_flight_.empty()) {
                    reader_.begin(in_flight_.front().form);
                } else if (!inbox_.empty()) {
                    return fail(client_input::surplus, {errc::unexpected_response, 0, 0, 0});
                }
            }
            const response_step step = reader_.next(inbox_.view(), reading());
            if (step.part != response_part::none) return event_of(step);
            if (step.used == 0) return rest();
            inbox_.consume(step.used);
        }
    }

    // Octets to send now; empty: none. Valid until the next call that is not const.
    std::string_view output() const { return outbox_.output(); }
    void sent(std::size_t octets) { outbox_.sent(octets); }

    // Sends a command. The answer comes as events that name it.
    //   wrong_state  the state has no room for this command; STLS under TLS or behind UTF8
    //   busy         an answer has to come first: always without PIPELINING, with it behind PASS, APOP, AUTH, STLS and
    //                QUIT, and before STLS
    //   needs_tls    without TLS, where client_options::tls requires it, all but CAPA, STLS and QUIT
    //   not_offered  APOP, without client_options::apop or without a timestamp in the greeting; STLS, where the
    //                capabilities are known and do not have it
    //   bad_value    a value has octets its place cannot carry, or the line is longer than 255 octets
    //   no_room      the output or the list of commands in flight is full
    // Names and passwords may be in UTF-8 where the capabilities have UTF8 USER (RFC 6856 2.2).
    template <alternative Command> misuse send(const Command& command) {
        static_assert(std::is_same_v<typename Command::word::slot, slot::command>, "this is no command");
        if (const misuse m = may_send(command.role(), command.answer()); m != misuse::none) return m;
        outbox_.begin_unit();
        if (const misuse m = write_command(outbox_, command, server_.capabilities().utf8_user); m != misuse::none) {
            return abandon(m);
        }
        if (!outbox_.end_unit()) return misuse::no_room;
        std::uint32_t message = 0;
        if constexpr (requires { command.message; }) message = command.message;
        note_sent({id_of<Command>, message, command.answer(), command.role()});
        proved_ = true; // of AUTH: the program answers the challenges itself
        return misuse::none;
    }

    // Sends AUTH, with the initial response where the mechanism has one, the server lists SASL and the line is not longer
    // than 255 octets. Then, for each challenge event, call answer() with the same mechanism. A +OK before the mechanism
    // is complete() is the error unproven_server.
    // Errors: as for send; bad_value also where the mechanism cannot begin: sasl_fault() says why. RFC 5034 4.
    template <sasl::client_mechanism M> misuse authenticate(M& mechanism) {
        if (const misuse m = may_send(command_role::auth, answer_form::sasl); m != misuse::none) return m;
        constexpr std::size_t line = std::string_view("AUTH  \r\n").size() + M::name().size();
        std::array<char, (longest_command - line) / 4 * 3> octets;
        std::array<char, longest_command> base64;
        std::string_view initial;
        if (M::client_first && server_.capabilities().sasl && outbox_.has_room(longest_command)) {
            const sasl::step s = mechanism.step({}, octets);
            if (s.fault != sasl::fault::no_room) {
                fault_ = s.fault;
                if (s.status == sasl::status::failed) return misuse::bad_value;
                initial = {base64.data(), base64_encode({octets.data(), s.size}, base64)};
                if (initial.empty()) initial = "=";
            }
        }
        const misuse m = send(auth{M::name(), initial});
        sasl::wipe(octets);
        sasl::wipe(base64);
        proved_ = mechanism.complete();
        return m;
    }

    // Answers the challenge of the last event. A mechanism that fails cancels the exchange: sasl_fault() says why, and the
    // server's -ERR comes as a reply.
    // Errors: wrong_state (there is no challenge), no_room (for good, where there is nothing to send). RFC 5034 4.
    template <sasl::client_mechanism M> misuse answer(M& mechanism) {
        if (action_of(state_, client_input::send_response) == client_action::refuse) return misuse::wrong_state;
        outbox_.begin_unit();
        const sasl::step s = mechanism.step(challenge(), outbox_.room_for_base64());
        if (s.fault == sasl::fault::no_room) return abandon(misuse::no_room);
        fault_ = s.fault;
        if (s.status == sasl::status::failed) return cancel();
        outbox_.put_base64(s.size);
        proved_ = mechanism.complete();
        return end_response();
    }

    // Answers a challenge with octets of the program, which then knows itself whether a +OK can be believed.
    // Errors: as for answer.
    misuse respond(std::string_view octets) {
        if (action_of(state_, client_input::send_response) == client_action::refuse) return misuse::wrong_state;
        outbox_.begin_unit();
        const std::span<char> room = outbox_.room_for_base64();
        if (octets.size() > room.size()) return abandon(misuse::no_room);
        std::copy(octets.begin(), octets.end(), room.begin());
        outbox_.put_base64(octets.size());
        return end_response();
    }
    // Answers a challenge with "*": the server says -ERR to the AUTH. Errors: as for answer.
    misuse cancel() {
        if (action_of(state_, client_input::send_response) == client_action::refuse) return misuse::wrong_state;
        outbox_.begin_unit();
        outbox_.put("*");
        proved_ = false;
        return end_response();
    }

    // Asks for the mechanisms the way that is older than CAPA. Errors: as for send; not_offered without
    // quirks::auth_without_mechanism.
    misuse list_mechanisms() {
        if ((quirks_ & quirks::auth_without_mechanism) == 0) return misuse::not_offered;
        const auth bare;
        if (const misuse m = may_send(bare.role(), bare.answer()); m != misuse::none) return m;
        if (!outbox_.put_unit("AUTH\r\n")) return misuse::no_room;
        note_sent({id_of<auth>, 0, bare.answer(), bare.role()});
        return misuse::none;
    }

    // What went wrong in the last SASL exchange on this side.
    sasl::fault sasl_fault() const { return fault_; }

    // The handshake that start_tls asked for is done. All that the server has said before is forgotten: its capabilities,
    // its timestamp, its language. Errors: wrong_state (no handshake is due; or octets have come in between, which could
    // be anybody's: next() then gives the error input_before_tls). RFC 2595 4.
    misuse tls_started() {
        const client_action action = action_of(state_, client_input::tls_started);
        if (action == client_action::refuse || await_tls().kind == client_event_kind::error) return misuse::wrong_state;
        state_ = next_state(state_, action);
        server_ = {};
        secure_ = true;
        return misuse::none;
    }

    client_state state() const { return state_; }
    // How many commands wait for the end of their answer.
    std::size_t in_flight() const { return in_flight_.size(); }
    // What the last CAPA listing said that was read to its end.
    const capability_set& capabilities() const { return server_.capabilities(); }
    // Whether CAPA may bring something new: it has not been answered yet, or not since TLS began, or a login may have
    // changed what depends on the user (RFC 2449 6.5 and 6.7).
    bool capabilities_due() const { return server_.due(); }
    // Whether APOP can be sent now as far as the server is concerned.
    bool apop_offered() const { return server_.apop_offered(); }
    // Whether the connection is encrypted, by what the caller has said.
    bool secure() const { return secure_; }

private:
    static constexpr std::string_view cancel_line = "*\r\n";
    // A challenge stays until it is answered.
    void release() {
        if (state_ == client_state::challenged) return;
        inbox_.consume(used_);
        used_ = 0;
    }

    std::string_view challenge() const { return head_of(inbox_.view(), challenge_size_); }

    parse_options reading() const {
        return {.utf8 = server_.utf8_texts(), .quirks = quirks_, .codes = server_.codes()};
    }

    misuse may_send(command_role role, answer_form form) const {
        using enum command_role;
        const client_action action = action_of(state_, sending(role));
        const bool harmless = role == stls || role == quit || form == answer_form::capabilities;
        if (action == client_action::refuse) return misuse::wrong_state;
        if (role == stls && (secure_ || utf8_)) return misuse::wrong_state;
        if (action == client_action::wait || (!in_flight_.empty() && !server_.capabilities().pipelining))
            return misuse::busy;
        if (role == stls && (!in_flight_.empty() || inbox_.size() != used_)) return misuse::busy;
        if (tls_ == tls_policy::required && !secure_ && !harmless) return misuse::needs_tls;
        if (role == apop && !server_.apop_offered()) return misuse::not_offered;
        if (role == stls && server_.capabilities().known && !server_.capabilities().stls) return misuse::not_offered;
        return in_flight_.full() ? misuse::no_room : misuse::none;
    }

    misuse abandon(misuse m) {
        outbox_.abandon_unit();
        return m;
    }

    void note_sent(const pending_command& command) {
        const bool secret = command.role == command_role::pass || command.role == command_role::auth;
        if (secret) outbox_.keep_secret();
        if (in_flight_.empty()) silence_.restart();
        in_flight_.push(command);
        state_ = next_state(state_, action_of(state_, sending(command.role)));
    }

    misuse end_response() {
        outbox_.put("\r\n");
        if (!outbox_.end_unit()) return misuse::no_room;
        outbox_.keep_secret();
        silence_.restart();
        state_ = next_state(state_, action_of(state_, client_input::send_response));
        return misuse::none;
    }

    // Nothing more can be read now.
    client_event rest() {
        if (!peer_closed_) {
            return silence_.is_past(deadline()) ? fail(client_input::late, {errc::timed_out, 0, 0, 0}) : client_event();
        }
        if (const response_step last = reader_.end(); last.part != response_part::none) return event_of(last);
        const bool challenged = state_ == client_state::challenged;
        const bool between = challenged || (inbox_.empty() && !reader_.inside_lines() && !reader_.refusing());
        if (!between) return fail(client_input::cut, {errc::truncated, inbox_.size(), 0, 0});
        state_ = next_state(state_, action_of(state_, client_input::end));
        return client_event(client_event_kind::closed);
    }

    // Between the agreement and the handshake nothing may come.
    client_event await_tls() {
        release();
        if (!inbox_.empty()) return fail(client_input::surplus, {errc::input_before_tls, 0, 0, 0});
        return peer_closed_ ? rest() : client_event(client_event_kind::start_tls);
    }

    client_event fail(client_input input, const error& why) {
        state_ = next_state(state_, action_of(state_, input));
        fatal_ = why;
        return client_event(fatal_);
    }
    client_event event_of(const response_step& step) {
        const bool greets = state_ == client_state::greeting;
        if (step.part == response_part::no_reply) {
            const errc code = greets ? errc::unexpected_greeting : errc::unexpected_response;
            return fail(client_input::no_reply, {code, step.fault.offset, 0, 0});
        }
        const bool answers_auth = step.first_line && !greets && in_flight_.front().role == command_role::auth;
        if (answers_auth && step.ok && !proved_)
            return fail(client_input::auth_unproven, {errc::unproven_server, 0, 0, 0});
        return read_event(step, greets);
    }

    // One result with a name and one way out: it is built where the caller wants it.
    client_event read_event(const response_step& step, bool greets) {
        used_ = step.used;
        client_event event;
        describe(event, step);
        if (!greets) {
            event.command = in_flight_.front().id;
            event.message = in_flight_.front().message;
        }
        if (step.first_line) note_first_line(event, greets);
        if (event.form == answer_form::sasl && !step.first_line) note_challenge(event);
        if (step.part == response_part::capability) server_.template learn<Profile>(event.capability());
        if (step.part == response_part::end_of_lines && event.form == answer_form::capabilities) server_.end_listing();
        if (!greets && reader_.idle()) in_flight_.pop();
        if (state_ == client_state::tls) {
            if (inbox_.size() != used_) event = await_tls();
            if (!event.error) event.kind = client_event_kind::start_tls;
        }
        return event;
    }

    void describe(client_event& event, const response_step& step) const {
        event.kind = kind_of(step.part);
        event.ok = step.ok;
        event.form = reader_.form();
        event.quirks = step.quirks;
        event.bare_line_feed = step.bare_line_feed;
        if (step.part == response_part::body) event.body = step.octets;
        if (step.fault) event.error = step.fault;
        event.fields = step.fields;
    }

    // What the first line of an answer means to the session; its status counts even where its text is refused.
    void note_first_line(const client_event& event, bool greets) {
        if (greets) {
            const client_input input = event.ok ? client_input::greeting_ok : client_input::greeting_err;
            state_ = next_state(state_, action_of(state_, input));
            const bool whole = event.kind == client_event_kind::greeting && event.ok;
            if (whole && apop_allowed_ && !event.greeting().timestamp.empty()) server_.offer_apop();
            return;
        }
        const client_action action = action_of(state_, answered(in_flight_.front().role, event.ok));
        state_ = next_state(state_, action);
        if (event.form == answer_form::capabilities) server_.begin_listing(event.ok);
        if (!event.ok) return;
        if (action == client_action::admit) server_.log_in();
        if (in_flight_.front().role == command_role::utf8) utf8_ = true;
        if (utf8_ || event.form == answer_form::language) server_.agree_on_utf8_texts();
    }

    // Decodes a challenge where it is, at the front of the buffer. One that cannot be decoded ends the exchange.
    void note_challenge(client_event& event) {
        if (event.kind != client_event_kind::challenge) {
            outbox_.put_unit(cancel_line);
            proved_ = false;
            return;
        }
        cursor c = event.fields;
        challenge_size_ = base64_decode(pop3::challenge::read(c).base64, inbox_.front(used_)).size;
        event.challenge = challenge();
        state_ = next_state(state_, action_of(state_, client_input::challenge));
    }

    inbox inbox_;
    line_outbox outbox_;
    in_flight_queue in_flight_;
    response_reader<Profile> reader_;
    error fatal_;
    server_facts server_;
    std::size_t used_ = 0;           // octets of the last event
    std::size_t challenge_size_ = 0; // octets at the front of the buffer
    idle_timer silence_;             // since the server last said something, or was asked for something
    std::uint32_t quirks_;
    std::uint32_t patience_;
    client_state state_ = client_state::greeting;
    sasl::fault fault_ = sasl::fault::none;
    tls_policy tls_;
    bool apop_allowed_;
    bool secure_;
    bool proved_ = false; // a +OK to AUTH can be believed
    bool utf8_ = false;   // UTF8 was agreed on
    bool peer_closed_ = false;
};

using client = basic_client<>;

} // namespace mailwire::pop3
