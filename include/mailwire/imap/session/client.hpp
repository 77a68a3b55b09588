// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "mailwire/core/outbox.hpp"
#include "mailwire/imap/limits.hpp"
#include "mailwire/imap/parse.hpp"
#include "mailwire/imap/session/client_event.hpp"
#include "mailwire/imap/session/client_table.hpp"
#include "mailwire/imap/session/in_flight.hpp"
#include "mailwire/imap/session/offers.hpp"
#include "mailwire/imap/session/put_unit.hpp"
#include "mailwire/imap/session/receiver.hpp"
#include "mailwire/imap/write.hpp"

namespace mailwire::imap {

// The storage a client session works in, lent by the caller for the session's life.
struct client_buffers {
    std::span<char> in;              // at least as large as the longest unit
    std::span<char> out;             // commands not yet sent
    std::span<token> tape;           // half as many tokens as `in` has octets always suffice
    std::span<std::uint32_t> elided; // streamed literals of one response
    std::span<in_flight> commands;   // commands in flight
};

// Storage of the usual sizes, for those who do not want to choose.
template <std::size_t In = 16384, std::size_t Out = 4096, std::size_t Commands = 16> struct client_storage {
    std::array<char, In> in;
    std::array<char, Out> out;
    std::array<token, In / 2> tape;
    std::array<std::uint32_t, 32> elided;
    std::array<in_flight, Commands> commands;

    client_buffers buffers() { return {in, out, tape, elided, commands}; }
};

// What became of a command: its number, which the event `done` names, or why it was not sent.
struct sent_command {
    misuse fault = misuse::none;
    std::uint32_t number = 0;

    explicit operator bool() const { return fault == misuse::none; }
};

// The client's side of an IMAP connection. No socket, no clock, no allocation: octets in, events out, commands in,
// octets out.
//
//   for (;;) {
//       while (!mail.output().empty()) mail.sent(socket.write(mail.output()));
//       auto event = mail.next();
//       if (event.kind == client_event_kind::need_input) mail.commit(socket.read(mail.prepare()));
//       ...
//   }
template <typename Profile = everything> class basic_client {
public:
    explicit basic_client(const client_buffers& buffers, const limits& allowed = {})
        : receiver_(buffers.in, buffers.elided, side::server, allowed.unit), out_(buffers.out), tape_(buffers.tape),
          commands_(buffers.commands), limits_(allowed) {}

    client_state state() const { return state_; }
    const imap::offers& offers() const { return offers_; }
    std::size_t in_flight_count() const { return commands_.size(); }

    // Room for octets to receive; octets received are written to its start. Never empty while next() asks for input.
    std::span<char> prepare() { return receiver_.prepare(); }
    void commit(std::size_t octets) { receiver_.commit(octets); }
    // The server has closed the connection.
    void closed() { ended_ = true; }

    // Octets to send now. Empty when there are none, while a literal waits for "+", and while a streamed literal waits
    // for its octets.
    std::string_view output() const { return out_.output(); }
    // So many of them were sent; more than there are is cut off.
    void sent(std::size_t octets) {
        octets = std::min(octets, out_.output().size());
        out_.sent(octets);
        // The command was refused before its line was out: nobody will say "+" to its literal.
        if (out_.waiting() && !commands_.holds(last_number_)) out_.cancel_unit();
    }

    // Puts a command into the output. RFC 9051 6.
    // Misuse: wrong_state, not_offered (LOGIN under LOGINDISABLED), busy (an earlier command waits in the middle of a
    // literal), no_room (output or list of commands full), bad_value. Nothing has changed then.
    template <alternative Command> sent_command send(const Command& value) {
        static_assert(effect_of<Command>() != command_effect::takes_over,
                      "this session speaks commands and answers only: no AUTHENTICATE, IDLE or STARTTLS");
        if (const misuse fault = may_send(Command::legal); fault != misuse::none) return {fault, 0};
        if (effect_of<Command>() == command_effect::logs_in && offers_.has(offer::login_disabled)) {
            return {misuse::not_offered, 0};
        }
        const detail::tag_text tag(last_number_ + 1);
        const misuse fault =
            detail::put_unit(out_, [&] { return write_command<Profile>(out_, tag.view(), value, options()); });
        if (fault != misuse::none) return {fault, 0};
        commands_.add(++last_number_, effect_of<Command>(), receiver_.received());
        return {misuse::none, last_number_};
    }

    // The next octets of a streamed literal (APPEND). Not copied: valid until sent() has taken them all; then the next
    // piece may follow. Misuse: wrong_state (no literal is missing), busy (a piece is under way), literal_size.
    // A reply that comes before "+" ends the literal and the command. Once its octets are on their way, all of them
    // have to be sent, also after the reply: the server counts them.
    misuse literal(std::string_view octets) { return out_.literal(octets); }
    // How many octets of it have not been handed over.
    std::uint64_t literal_missing() const { return out_.missing(); }

    // What has happened next.
    client_event next() {
        if (state_ == client_state::failed) return failure_event();
        if (state_ == client_state::closed) return {.kind = client_event_kind::closed};
        for (;;) {
            const detail::step s = receiver_.next();
            client_event event;
            switch (s.kind) {
            case detail::step_kind::more:
                return ended_ ? act(client_input::end, {}) : client_event();
            case detail::step_kind::unit:
                event = unit(s.text);
                break;
            case detail::step_kind::literal:
                event = literal_header(s);
                break;
            case detail::step_kind::literal_piece:
                return {.kind = client_event_kind::literal_data, .octets = s.text};
            case detail::step_kind::literal_end:
                return {.kind = client_event_kind::literal_end};
            case detail::step_kind::bad:
                event = bad(s);
                break;
            }
            if (event.kind != client_event_kind::need_input) return event;
        }
    }

private:
    write_options options() const {
        write_options o;
        if (offers_.has(offer::literal_plus)) {
            o.literals = literal_form::plus;
        } else if (offers_.has(offer::literal_minus) || offers_.has(offer::imap4rev2)) {
            o.literals = literal_form::minus;
        }
        return o;
    }

    parse_options parsing() const {
        parse_options o;
        o.dialect.depth = limits_.depth;
        o.elided = receiver_.elided();
        return o;
    }

    misuse may_send(legal_in where) const {
        const auto input =
            static_cast<client_input>(static_cast<unsigned>(client_input::command_any) + static_cast<unsigned>(where));
        if (client_next(state_, input).action == client_action::refuse) return misuse::wrong_state;
        if (out_.has_stop()) return misuse::busy;
        return commands_.full() ? misuse::no_room : misuse::none;
    }

    client_event unit(std::string_view text) {
        if (state_ == client_state::greeting) {
            const auto r = parse_greeting<Profile>(text, tape_, parsing());
            return r ? act(input_of(r.value), {.response = r.value}) : act(client_input::greeting_other, {});
        }
        const auto r = parse_response<Profile>(text, tape_, parsing());
        if (r) return act(input_of(r.value), {.kind = client_event_kind::response, .response = r.value});
        return is_greeting(text) ? act(client_input::greeting_preauth, {}) : unreadable(text, r.error);
    }

    // RFC 9051 7.1.4: what is no response, and would have been a greeting, is PREAUTH.
    bool is_greeting(std::string_view text) const { return !parse_greeting<Profile>(text, tape_, parsing()).error; }

    std::size_t find(std::string_view tag) const { return commands_.find(tag, receiver_.unit_start()); }

    // A tagged reply that cannot be read still ends its command.
    client_event unreadable(std::string_view text, const mailwire::error& error) {
        client_event event{.kind = client_event_kind::error, .error = error};
        const std::size_t i = find(detail::leading_tag(text));
        if (i != commands_.size()) event.command = take(i);
        return event;
    }

    client_input input_of(const response& r) const {
        switch (r.kind()) {
        case response_kind::data:
            return client_input::data;
        case response_kind::continuation:
            return is_awaited() ? client_input::continuation : client_input::stray_continuation;
        case response_kind::tagged:
            return tagged_input(r);
        case response_kind::status:
            break;
        }
        const status_response status = r.status();
        if (state_ == client_state::greeting) {
            return status.condition == condition::ok        ? client_input::greeting_ok
                   : status.condition == condition::preauth ? client_input::greeting_preauth
                                                            : client_input::greeting_bye;
        }
        if (status.condition == condition::bye) return client_input::bye;
        // RFC 9051 7.1: the server has closed the mailbox, unless another one is being selected.
        const bool closes = status.condition == condition::ok && status.code.template is<code_closed>() &&
                            state_ == client_state::selected && !commands_.selecting();
        return closes ? client_input::deselected : client_input::data;
    }

    // A "+" that the server sent before the command is none to its literal.
    bool is_awaited() const {
        return out_.waiting() && commands_.can_answer(commands_.size() - 1, receiver_.unit_start());
    }

    client_input tagged_input(const response& r) const {
        const std::size_t i = find(r.tag());
        if (i == commands_.size()) return client_input::unknown_tag;
        const command_effect effect = commands_[i].effect;
        const condition c = r.status().condition;
        if (effect == command_effect::selects && c == condition::no) {
            return state_ == client_state::not_authenticated ? client_input::done : client_input::deselected;
        }
        if (c != condition::ok) return client_input::done;
        switch (effect) {
        case command_effect::logs_in:
            return client_input::logged_in;
        case command_effect::selects:
            return client_input::selected;
        case command_effect::deselects:
            return client_input::deselected;
        case command_effect::logs_out:
        case command_effect::none:
        case command_effect::takes_over: // never sent
            break;
        }
        return client_input::done;
    }

    client_event act(client_input input, client_event event) {
        const client_cell cell = client_next(state_, input);
        switch (cell.action) {
        case client_action::bad_greeting:
            return fail(errc::unexpected_greeting);
        case client_action::bad_response:
            return fail(errc::unexpected_response);
        case client_action::bad_continuation:
            return fail(errc::unexpected_continuation);
        case client_action::bad_tag:
            return fail(errc::unknown_tag);
        case client_action::cut_off:
            if (!receiver_.between_units()) return fail({errc::truncated, receiver_.view().size(), 0, 0});
            break;
        case client_action::end:
            return {.kind = client_event_kind::closed};
        case client_action::repeat:
            return failure_event();
        case client_action::deliver:
        case client_action::send:
        case client_action::refuse:
            break;
        }
        state_ = cell.next;
        if (input == client_input::end) return {.kind = client_event_kind::closed};
        return deliver(input, event);
    }

    client_event deliver(client_input input, client_event event) {
        if (input == client_input::continuation) {
            out_.go_on();
            return {.kind = client_event_kind::need_output};
        }
        learn(event.response);
        if (input <= client_input::greeting_bye) event.kind = client_event_kind::greeting;
        if (event.response.kind() == response_kind::tagged) {
            event.kind = client_event_kind::done;
            event.command = take(find(event.response.tag()));
        }
        return event;
    }

    // Takes a command off the list; its number. Where it waits for "+", the rest of it is not sent.
    std::uint32_t take(std::size_t i) {
        const std::uint32_t number = commands_[i].number;
        commands_.take(i);
        if (number == last_number_ && out_.waiting()) out_.cancel_unit();
        return number;
    }

    // Capabilities come as data and as a code (RFC 9051 7.1, 7.2.2).
    void learn(const response& r) {
        if (r.kind() == response_kind::data) {
            if (r.is<capability_data>()) offers_.replace(r.as<capability_data>().capabilities);
        } else if (const auto code = r.status().code.template get<code_capability>()) {
            offers_.replace(code->capabilities);
        }
    }

    client_event literal_header(const detail::step& s) {
        const frame& f = s.literal;
        if (f.octets <= limits_.inline_literal && receiver_.can_keep(f)) {
            receiver_.keep(f);
            return {};
        }
        if (state_ == client_state::greeting) return act(client_input::greeting_other, {});
        const auto prefix = parse_response_prefix<Profile>(s.text, tape_, parsing());
        mailwire::error error = prefix.error;
        if (!error && f.octets > limits_.literal) error = {errc::literal_too_big, f.header, f.octets, limits_.literal};
        if (!error && !receiver_.can_stream(f)) {
            error = {errc::too_many_literals, f.header, receiver_.elided().size() + 1, receiver_.elided().size()};
        }
        if (error) {
            client_event event = unreadable(s.text, error);
            receiver_.refuse(f);
            return event;
        }
        receiver_.stream(f);
        return {.kind = client_event_kind::literal_begin, .response = prefix.value, .octets_total = f.octets};
    }

    client_event bad(const detail::step& s) {
        if (state_ == client_state::greeting) return act(client_input::greeting_other, {});
        if (s.error.code == errc::number_too_big) return fail(s.error);
        return unreadable(s.text, s.error);
    }

    client_event fail(errc code) { return fail(mailwire::error{code, 0, 0, 0}); }
    client_event fail(const mailwire::error& error) {
        failure_ = error;
        state_ = client_state::failed;
        return failure_event();
    }
    client_event failure_event() const { return {.kind = client_event_kind::error, .error = failure_}; }

    detail::receiver receiver_;
    outbox out_;
    std::span<token> tape_;
    detail::commands_in_flight commands_;
    limits limits_;
    mailwire::error failure_;
    imap::offers offers_;
    std::uint32_t last_number_ = 0;
    client_state state_ = client_state::greeting;
    bool ended_ = false;
};

using client = basic_client<>;

} // namespace mailwire::imap
