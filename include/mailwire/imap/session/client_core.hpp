// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "mailwire/core/base64.hpp"
#include "mailwire/core/idle_timer.hpp"
#include "mailwire/core/outbox.hpp"
#include "mailwire/core/parts_of.hpp"
#include "mailwire/imap/parse.hpp"
#include "mailwire/imap/session/client_event.hpp"
#include "mailwire/imap/session/client_progress.hpp"
#include "mailwire/imap/session/literal_limits.hpp"
#include "mailwire/imap/session/receiver.hpp"

namespace mailwire::imap::detail {

// What a client session does with what comes: octets in, events out. What a program asks of it is imap::basic_client.
template <typename Profile> class client_core {
public:
    client_core(const client_buffers& buffers, const client_options& options)
        : receiver_(buffers.in, buffers.elided, side::server, options.limits.unit), out_(buffers.out),
          tape_(buffers.tape), progress_(buffers.commands, options), limits_(options.limits), quirks_(options.quirks) {}

    outbox& out() { return out_; }
    const outbox& out() const { return out_; }
    const client_progress<Profile>& progress() const { return progress_; }

    std::span<char> prepare() { return receiver_.prepare(); }
    void commit(std::size_t octets) {
        receiver_.commit(octets);
        if (octets != 0) silence_.restart();
    }
    void closed() { ended_ = true; }

    void at(instant now) {
        silence_.at(now);
        idle_.at(now);
    }
    instant deadline() const {
        if (progress_.state() == client_state::closed || progress_.state() == client_state::failed) return never;
        switch (progress_.mode()) {
        case client_mode::idling:
            return idle_told_ ? never : idle_.due(limits_.idle_anew_seconds);
        case client_mode::challenged:
        case client_mode::tls:
        case client_mode::compression:
            return never;
        case client_mode::lines:
        case client_mode::exchange:
        case client_mode::asking_idle:
        case client_mode::ending_idle:
        case client_mode::asking_tls:
        case client_mode::asking_compression:
            break;
        }
        const bool waits = progress_.state() == client_state::greeting || progress_.commands().size() != 0;
        return waits ? silence_.due(limits_.answer_seconds) : never;
    }

    void sent(std::size_t octets) {
        if (octets != 0 && out_.has_stop()) silence_.restart(); // a message is answered when all of it is there
        out_.sent(octets);
        // The command was refused before its line was out: nobody will say "+" to its literal.
        if (out_.waiting() && !progress_.commands().holds(progress_.last_number())) out_.cancel_unit();
    }

    misuse literal(std::string_view octets) {
        const bool over = progress_.state() == client_state::failed || progress_.state() == client_state::closed;
        return over ? misuse::wrong_state : out_.literal(octets);
    }

    misuse may_send(const command_facts& facts) const {
        const misuse fault = progress_.may_send(facts);
        const bool unread = progress_.takes_all(facts.effect) && receiver_.behind() != 0;
        if (fault != misuse::none && fault != misuse::no_room) return fault;
        return out_.has_stop() || unread ? misuse::busy : fault;
    }
    std::uint32_t note_sent(const command_facts& facts, std::uint32_t switches_on) {
        if (is_login(facts.effect)) out_.keep_secret();
        if (progress_.commands().size() == 0) silence_.restart();
        return progress_.note_sent(facts, switches_on, receiver_.received());
    }
    // The answer to a challenge was put into the output. `proved`: an OK can be believed now.
    void note_response(bool proved) {
        out_.keep_secret();
        note_line(client_mode_input::send_response);
        progress_.note_proof(proved);
    }
    void note_line(client_mode_input input) {
        silence_.restart();
        progress_.go(input);
    }
    void note_proof(bool proved) { progress_.note_proof(proved); }

    // The challenge that waits for its answer, decoded.
    std::string_view challenge() const { return head_of(receiver_.view(), challenge_size_); }

    misuse tls_started() {
        if (progress_.may(client_mode_input::tls_started) != misuse::none || await_tls({}).error)
            return misuse::wrong_state;
        progress_.start_tls();
        return misuse::none;
    }
    misuse compression_started() {
        if (progress_.may(client_mode_input::compression_started) != misuse::none) return misuse::wrong_state;
        receiver_.drop();
        progress_.go(client_mode_input::compression_started);
        return misuse::none;
    }

    client_event next() {
        if (progress_.state() == client_state::failed) return failure_event();
        if (progress_.state() == client_state::closed) return {.kind = client_event_kind::closed};
        if (progress_.mode() == client_mode::challenged) return ended_ ? rest() : client_event();
        if (progress_.mode() == client_mode::tls) return await_tls({.kind = client_event_kind::start_tls});
        if (progress_.mode() == client_mode::compression)
            return {.kind = client_event_kind::start_compression, .octets = behind()};
        // A challenge that cannot be read is answered at once.
        if (progress_.mode() == client_mode::exchange && !out_.has_room(cancel_line.size())) {
            const bool over = ended_ || silence_.is_past(deadline());
            return over ? rest() : client_event{.kind = client_event_kind::need_output};
        }
        for (;;) {
            const step s = receiver_.next();
            switch (s.kind) {
            case step_kind::more:
                return rest();
            case step_kind::unit:
                return unit(s.text);
            case step_kind::literal:
                if (const client_event e = literal_header(s); e.kind != client_event_kind::need_input) return e;
                break;
            case step_kind::literal_piece:
                return {.kind = client_event_kind::literal_data, .octets = s.text};
            case step_kind::literal_end:
                return {.kind = client_event_kind::literal_end};
            case step_kind::bad:
                return bad(s);
            }
        }
    }

private:
    static constexpr std::string_view cancel_line = "*\r\n";

    parse_options reading() const {
        parse_options o{progress_.server().reading(), receiver_.elided()};
        o.dialect.depth = limits_.depth;
        o.dialect.quirks = quirks_;
        return o;
    }

    // Nothing more can be read now.
    client_event rest() {
        if (ended_) {
            const bool between = receiver_.between_units() || progress_.mode() == client_mode::challenged;
            if (!between) return fail(client_input::cut, {errc::truncated, receiver_.view().size(), 0, 0});
            (void)progress_.act(client_input::end);
            return {.kind = client_event_kind::closed};
        }
        if (!silence_.is_past(deadline())) return {};
        if (progress_.mode() != client_mode::idling) return fail(client_input::late, {errc::timed_out, 0, 0, 0});
        idle_told_ = true;
        return {.kind = client_event_kind::idle_due, .command = progress_.taken_by()};
    }

    // Between the agreement on TLS and its handshake nothing may come.
    client_event await_tls(client_event event) {
        if (receiver_.behind() != 0) return fail(client_input::before_tls, {errc::input_before_tls, 0, 0, 0});
        return ended_ ? rest() : event;
    }
    std::string_view behind() const { return tail_of(receiver_.view(), receiver_.view().size() - receiver_.behind()); }

    client_event unit(std::string_view text) {
        if (progress_.state() == client_state::greeting) return greeting(text);
        const auto r = parse_response<Profile>(text, tape_, reading());
        if (!r) return is_greeting(text) ? fail(client_input::late_greeting) : unreadable(text, r.error);
        client_event event{.kind = client_event_kind::response, .response = r.value, .quirks = r.quirks};
        if (r.value.kind() == response_kind::continuation) return continuation(event);
        if (r.value.kind() == response_kind::tagged) return tagged(event);
        const client_input input = progress_.learn_untagged(r.value, event.violation);
        return act(input, event);
    }

    client_event greeting(std::string_view text) {
        const auto r = parse_greeting<Profile>(text, tape_, reading());
        if (!r) return fail(client_input::greeting_other);
        const client_input input = progress_.input_of_greeting(r.value.status().condition);
        if (input != client_input::preauth_in_clear) progress_.learn_greeting(r.value);
        return act(input, {.kind = client_event_kind::greeting, .response = r.value, .quirks = r.quirks});
    }

    // RFC 9051 7.1.4: what is no response, and would have been a greeting, is PREAUTH.
    bool is_greeting(std::string_view text) const { return !parse_greeting<Profile>(text, tape_, reading()).error; }

    client_event act(client_input input, client_event event) { return progress_.act(input) ? event : fail(input); }

    client_event continuation(client_event event) {
        const std::uint64_t start = receiver_.unit_start();
        // A "+" that the server sent before the command is none to it.
        if (out_.waiting() && progress_.can_answer(progress_.last_number(), start)) {
            out_.go_on();
            return {.kind = client_event_kind::need_output, .command = progress_.last_number()};
        }
        const client_mode_action action = action_of(progress_.mode(), client_mode_input::continuation);
        if (action == client_mode_action::stray || !progress_.can_answer(progress_.taken_by(), start)) {
            return fail(client_input::stray_continuation);
        }
        event.command = progress_.taken_by();
        if (action == client_mode_action::prompt) return prompt(event);
        progress_.go(client_mode_input::continuation);
        idle_told_ = false;
        idle_.restart();
        event.kind = client_event_kind::idling;
        return event;
    }

    // Decodes a challenge where it is, at the front of the buffer. One that cannot be decoded ends the exchange.
    client_event prompt(client_event event) {
        const std::string_view base64 = event.response.continuation();
        const base64_result decoded = base64_decode(base64, receiver_.front(base64.size()));
        if (!decoded) {
            refuse_challenge();
            return {.kind = client_event_kind::error, .error = {errc::syntax, 2, 0, 0}};
        }
        challenge_size_ = decoded.size;
        progress_.go(client_mode_input::continuation);
        return {.kind = client_event_kind::challenge,
                .command = event.command,
                .octets = challenge(),
                .quirks = event.quirks};
    }

    // Nobody can answer it: the exchange ends, and the server says so to its command.
    void refuse_challenge() {
        out_.begin_unit();
        out_.put(cancel_line);
        (void)out_.end_unit();
        progress_.note_proof(false);
    }

    client_event tagged(client_event event) {
        const auto i = progress_.find(event.response.tag(), receiver_.unit_start());
        if (!i) return fail(client_input::unknown_tag);
        const status_response status = event.response.status();
        const in_flight command = progress_.commands()[*i];
        const client_input input = progress_.input_of_reply(command, status.condition);
        if (action_of(progress_.state(), input) == client_action::fail) return fail(input);
        progress_.learn_reply(command, status, input);
        event.kind = client_event_kind::done;
        event.command = take(*i, status.condition == condition::ok);
        event = act(input, event);
        if (progress_.mode() == client_mode::compression) {
            event.kind = client_event_kind::start_compression;
            event.octets = behind();
        }
        if (progress_.mode() != client_mode::tls) return event;
        event.kind = client_event_kind::start_tls;
        return await_tls(event);
    }

    // Takes a command off the list; its number. Where it waits for "+", the rest of it is not sent.
    std::uint32_t take(std::size_t i, bool agreed) {
        const std::uint32_t number = progress_.take(i, agreed).number;
        if (number == progress_.last_number() && out_.waiting()) out_.cancel_unit();
        return number;
    }

    // A tagged reply that cannot be read still ends its command, a challenge that cannot be read its exchange.
    client_event unreadable(std::string_view text, const mailwire::error& error) {
        if (progress_.mode() == client_mode::exchange && text.starts_with('+')) refuse_challenge();
        client_event event{.kind = client_event_kind::error, .error = error};
        const auto i = progress_.find(leading_tag(text), receiver_.unit_start());
        if (!i) return event;
        // Whatever it was meant to say, nobody knows it: as for BAD.
        const in_flight command = progress_.commands()[*i];
        const client_input input = progress_.input_of_reply(command, condition::bad);
        progress_.learn_reply(command, {condition::bad, {}, {}}, input);
        event.command = take(*i, false);
        return act(input, event);
    }

    client_event literal_header(const step& s) {
        const frame& f = s.literal;
        if (f.octets <= limits_.inline_literal && receiver_.can_keep(f)) {
            receiver_.keep(f);
            return {};
        }
        if (progress_.state() == client_state::greeting) return fail(client_input::greeting_other);
        const auto prefix = parse_response_prefix<Profile>(s.text, tape_, reading());
        mailwire::error error = prefix.error;
        if (!error) error = stream_fault(receiver_, f, limits_);
        if (error) {
            client_event event = unreadable(s.text, error);
            receiver_.refuse(f);
            return event;
        }
        receiver_.stream(f);
        return {.kind = client_event_kind::literal_begin, .response = prefix.value, .octets_total = f.octets};
    }

    client_event bad(const step& s) {
        if (progress_.state() == client_state::greeting) return fail(client_input::greeting_other);
        if (s.error.code == errc::endless_literal) return fail(client_input::no_end, s.error);
        return unreadable(s.text, s.error);
    }

    static errc code_of(client_input input) {
        switch (input) {
        case client_input::greeting_other:
            return errc::unexpected_greeting;
        case client_input::preauth_in_clear:
            return errc::login_before_tls;
        case client_input::stray_continuation:
            return errc::unexpected_continuation;
        case client_input::unknown_tag:
            return errc::unknown_tag;
        case client_input::unproven:
            return errc::unproven_server;
        default:
            return errc::unexpected_response;
        }
    }
    client_event fail(client_input input) { return fail(input, {code_of(input), 0, 0, 0}); }
    client_event fail(client_input input, const mailwire::error& error) {
        (void)progress_.act(input);
        failure_ = error;
        return failure_event();
    }
    client_event failure_event() const { return {.kind = client_event_kind::error, .error = failure_}; }

    receiver receiver_;
    outbox out_;
    std::span<token> tape_;
    client_progress<Profile> progress_;
    limits limits_;
    mailwire::error failure_;
    idle_timer silence_; // since the server last said something, or was told something
    idle_timer idle_;    // since IDLE began
    std::size_t challenge_size_ = 0;
    std::uint32_t quirks_;
    bool idle_told_ = false;
    bool ended_ = false;
};

} // namespace mailwire::imap::detail
