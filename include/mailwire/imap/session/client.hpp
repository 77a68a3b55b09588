// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "mailwire/core/outbox.hpp"
#include "mailwire/imap/limits.hpp"
#include "mailwire/imap/parse.hpp"
#include "mailwire/imap/session/client_table.hpp"
#include "mailwire/imap/session/offers.hpp"
#include "mailwire/imap/session/receiver.hpp"
#include "mailwire/imap/write.hpp"

namespace mailwire::imap {

// A command that was sent and not yet answered.
struct in_flight {
    std::uint32_t number = 0;
    command_effect effect = command_effect::none;
};

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

enum class client_event_kind : std::uint8_t {
    need_input,    // send what output() has, then receive
    greeting,      // `response` is the server's first line
    response,      // `response` is untagged data or an untagged status
    done,          // `response` is the tagged reply to `command`
    literal_begin, // a literal of `octets_total` octets starts; `response` is its unit up to here
    literal_data,  // `octets` are the next octets of it
    literal_end,   // it is complete; the unit goes on
    error,         // `error`; of a tagged reply that cannot be read, `command` is what it ends
    closed,        // the connection has ended
};

// What has happened. Its views are valid until the next call of next, prepare, commit or send.
struct client_event {
    client_event_kind kind = client_event_kind::need_input;
    imap::response response = {};
    std::uint32_t command = 0;
    std::string_view octets = {};
    std::uint64_t octets_total = 0;
    mailwire::error error = {};
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
    std::size_t in_flight_count() const { return count_; }

    // Room for octets to receive; octets received are written to its start. Never empty while next() asks for input.
    std::span<char> prepare() { return receiver_.prepare(); }
    void commit(std::size_t octets) { receiver_.commit(octets); }
    // The server has closed the connection.
    void closed() { ended_ = true; }

    // Octets to send now. Empty when there are none, while a literal waits for "+", and while a streamed literal waits
    // for its octets.
    std::string_view output() const { return out_.output(); }
    void sent(std::size_t octets) { out_.sent(octets); }

    // Puts a command into the output. RFC 9051 6.
    // Misuse: wrong_state, not_offered (LOGIN under LOGINDISABLED), busy (an earlier command waits in the middle of a
    // literal), no_room (output or list of commands full), bad_value. Nothing has changed then.
    template <alternative Command> sent_command send(const Command& value) {
        if (const misuse fault = may_send(Command::legal); fault != misuse::none) return {fault, 0};
        if (effect_of<Command>() == command_effect::logs_in && offers_.has(offer::login_disabled)) {
            return {misuse::not_offered, 0};
        }
        std::array<char, tag_size> storage;
        out_.begin_unit();
        const misuse fault = write_command(out_, tag_of(last_number_ + 1, storage), value, options());
        if (fault == misuse::bad_value) out_.abandon_unit();
        if (fault != misuse::none || !out_.end_unit()) return {fault == misuse::none ? misuse::no_room : fault, 0};
        commands_[count_++] = {++last_number_, effect_of<Command>()};
        return {misuse::none, last_number_};
    }

    // The next octets of a streamed literal (APPEND). Not copied: valid until sent() has taken them all; then the next
    // piece may follow. Misuse: wrong_state (no literal is missing), busy (a piece is under way), literal_size.
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
                if (ended_) return end();
                return {};
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
                event = bad(s.error);
                break;
            }
            if (event.kind != client_event_kind::need_input) return event;
        }
    }

private:
    static constexpr std::size_t tag_size = 11;

    // Tags are a letter and the command's number (RFC 9051 2.2.1).
    static std::string_view tag_of(std::uint32_t number, std::array<char, tag_size>& storage) {
        char* p = storage.data() + storage.size();
        do {
            *--p = static_cast<char>('0' + number % 10);
            number /= 10;
        } while (number != 0);
        *--p = 'A';
        return {p, static_cast<std::size_t>(storage.data() + storage.size() - p)};
    }

    std::size_t find_tag(std::string_view tag) const {
        for (std::size_t i = 0; i != count_; ++i) {
            std::array<char, tag_size> storage;
            if (tag_of(commands_[i].number, storage) == tag) return i;
        }
        return count_;
    }

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
        return count_ == commands_.size() ? misuse::no_room : misuse::none;
    }

    client_event unit(std::string_view text) {
        const bool first = state_ == client_state::greeting;
        const auto r =
            first ? parse_greeting<Profile>(text, tape_, parsing()) : parse_response<Profile>(text, tape_, parsing());
        if (!r) return first ? act(client_input::greeting_other, {}) : unreadable(text, r.error);
        return act(input_of(r.value), {.kind = client_event_kind::response, .response = r.value});
    }

    // A tagged reply that cannot be read still ends its command.
    client_event unreadable(std::string_view text, const mailwire::error& error) {
        client_event event{.kind = client_event_kind::error, .error = error};
        const std::size_t i = find_tag(text.substr(0, text.find(' ')));
        if (i != count_) event.command = take(i).number;
        return event;
    }

    client_input input_of(const response& r) const {
        switch (r.kind()) {
        case response_kind::data:
            return client_input::data;
        case response_kind::continuation:
            return out_.waiting() ? client_input::continuation : client_input::stray_continuation;
        case response_kind::tagged:
            return tagged_input(r);
        case response_kind::status:
            break;
        }
        const condition c = r.status().condition;
        if (state_ == client_state::greeting) {
            return c == condition::ok        ? client_input::greeting_ok
                   : c == condition::preauth ? client_input::greeting_preauth
                                             : client_input::greeting_bye;
        }
        return c == condition::bye ? client_input::bye : client_input::data;
    }

    client_input tagged_input(const response& r) const {
        const std::size_t i = find_tag(r.tag());
        if (i == count_) return client_input::unknown_tag;
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
            if (!receiver_.between_units()) return fail(errc::truncated);
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
            return {};
        }
        learn(event.response);
        if (input <= client_input::greeting_bye) event.kind = client_event_kind::greeting;
        if (event.response.kind() == response_kind::tagged) {
            event.kind = client_event_kind::done;
            event.command = take(find_tag(event.response.tag())).number;
        }
        return event;
    }

    // Takes a command off the list. When it was refused in the middle of a literal, the rest of it is not sent.
    in_flight take(std::size_t i) {
        const in_flight result = commands_[i];
        for (; i + 1 != count_; ++i)
            commands_[i] = commands_[i + 1];
        --count_;
        if (result.number == last_number_) out_.cancel_unit();
        return result;
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
        const auto prefix = parse_response_prefix<Profile>(s.text, tape_, parsing());
        mailwire::error error = prefix.error;
        if (!error && state_ == client_state::greeting) error = {errc::syntax, f.header, 0, 0};
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

    client_event bad(const mailwire::error& error) {
        if (state_ == client_state::greeting) return fail(errc::unexpected_greeting);
        if (error.code == errc::number_too_big) return fail(error);
        return {.kind = client_event_kind::error, .error = error};
    }

    client_event end() { return act(client_input::end, {}); }

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
    std::span<in_flight> commands_;
    std::size_t count_ = 0;
    limits limits_;
    imap::offers offers_;
    mailwire::error failure_;
    std::uint32_t last_number_ = 0;
    client_state state_ = client_state::greeting;
    bool ended_ = false;
};

using client = basic_client<>;

// Which octets a literal of a FETCH response is: known when it begins.
struct body_literal {
    std::uint32_t number = 0;         // message number
    std::optional<std::uint32_t> uid; // where the server sent it before the literal
    body_section section;             // its value is nil
};

// Of the response of a literal_begin event: the section whose octets follow, or nothing where the literal is another
// string.
inline std::optional<body_literal> body_literal_of(const response& r) {
    if (!r.is<fetch_data>()) return std::nullopt;
    const auto data = r.as<fetch_data>();
    body_literal result{.number = data.number, .uid = {}, .section = {}};
    bool found = false;
    for (const auto i : data.att) {
        if (const auto u = i.template get<uid>()) result.uid = u->value;
        found = i.template is<body_section>();
        if (found) result.section = i.template as<body_section>();
    }
    if (!found || !result.section.value.is_nil()) return std::nullopt;
    return result;
}

} // namespace mailwire::imap
