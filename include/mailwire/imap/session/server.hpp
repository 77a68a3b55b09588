// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "mailwire/core/outbox.hpp"
#include "mailwire/imap/limits.hpp"
#include "mailwire/imap/parse.hpp"
#include "mailwire/imap/session/receiver.hpp"
#include "mailwire/imap/session/server_table.hpp"
#include "mailwire/imap/write.hpp"

namespace mailwire::imap {

// The storage a server session works in, lent by the caller for the session's life.
struct server_buffers {
    std::span<char> in;              // at least as large as the longest command
    std::span<char> out;             // responses not yet sent
    std::span<token> tape;           // half as many tokens as `in` has octets always suffice
    std::span<std::uint32_t> elided; // streamed literals of one command
};

// Storage of the usual sizes. RFC 7162 4 asks a server for command lines of 8192 octets.
template <std::size_t In = 16384, std::size_t Out = 16384> struct server_storage {
    std::array<char, In> in;
    std::array<char, Out> out;
    std::array<token, In / 2> tape;
    std::array<std::uint32_t, 8> elided;

    server_buffers buffers() { return {in, out, tape, elided}; }
};

enum class server_event_kind : std::uint8_t {
    need_input,    // send what output() has, then receive
    need_answer,   // a command was delivered and waits for finish(); or the program has not greeted yet
    command,       // `command` is legal now: do it, then finish()
    literal_begin, // an APPEND's message of `octets_total` octets is announced: accept_literal() or finish() with NO
    literal_data,  // `octets` are the next octets of it
    literal_end,   // it is complete; the command event follows unless the rest of the line is wrong
    error,         // `error` in a unit; the session has answered BAD
    closed,        // the connection has ended
};

// What has happened. Views of a command are valid until it is finished or prepare() is called; other views until the
// next call of next, prepare or commit.
struct server_event {
    server_event_kind kind = server_event_kind::need_input;
    imap::command command = {};
    std::string_view octets = {};
    std::uint64_t octets_total = 0;
    mailwire::error error = {};
};

// The server's side of an IMAP connection. No socket, no clock, no allocation. One command at a time is handed to the
// program; pipelined ones wait in the receive buffer. Lines that are no command, commands nobody knows and commands the
// state does not allow are answered here.
template <typename Profile = everything> class basic_server {
public:
    explicit basic_server(const server_buffers& buffers, const limits& allowed = {})
        : receiver_(buffers.in, buffers.elided, side::client, allowed.unit), out_(buffers.out), tape_(buffers.tape),
          limits_(allowed) {}

    server_state state() const { return state_; }

    // Whether clients may send {n+} of any size: the program announces LITERAL+ (RFC 7888).
    void literal_plus(bool announced) { literal_plus_ = announced; }

    std::span<char> prepare() { return receiver_.prepare(); }
    void commit(std::size_t octets) { receiver_.commit(octets); }
    void closed() { ended_ = true; }

    // Octets to send now. Empty when there are none, and while a streamed literal waits for its octets.
    std::string_view output() const { return out_.output(); }
    void sent(std::size_t octets) { out_.sent(octets); }

    // The first line: OK, PREAUTH or BYE (RFC 9051 7.1). Misuse: wrong_state, no_room, bad_value.
    misuse greet(const status_response& status) {
        const server_input input = status.condition == condition::preauth ? server_input::greet_preauth
                                   : status.condition == condition::bye   ? server_input::greet_bye
                                                                          : server_input::greet_ok;
        if (status.condition == condition::no || status.condition == condition::bad) return misuse::bad_value;
        return put(input, [&] { return write_status(out_, status); });
    }

    // Untagged data (RFC 9051 7.2 to 7.5). Misuse: wrong_state, busy (a literal's octets are missing), no_room (send
    // what output() has, then call again), bad_value. Nothing has changed then.
    template <alternative Data> misuse send(const Data& value) {
        return put(server_input::data, [&] { return write_data(out_, value); });
    }
    // An untagged status; BYE ends the session.
    misuse send(const status_response& status) {
        const auto input = status.condition == condition::bye ? server_input::bye : server_input::data;
        return put(input, [&] { return write_status(out_, status); });
    }

    // The next octets of a literal that was sent as text::streamed. Not copied: valid until sent() has taken them all.
    misuse literal(std::string_view octets) { return out_.literal(octets); }
    std::uint64_t literal_missing() const { return out_.missing(); }

    // Lets the client send the literal that was announced.
    misuse accept_literal() {
        if (phase_ != phase::literal_offered) return misuse::wrong_state;
        if (!go_ahead(announced_)) return misuse::no_room;
        receiver_.stream(announced_);
        phase_ = phase::reading;
        return misuse::none;
    }

    // The tagged reply to the command that was delivered: OK, NO or BAD. Its effect on the state is the session's. OK to
    // LOGOUT sends BYE first (RFC 9051 6.1.3). In place of accept_literal it refuses the literal.
    // Misuse: as send; nothing has changed then.
    misuse finish(const status_response& status) {
        if (phase_ == phase::reading) return misuse::wrong_state;
        const misuse fault = put(answer_of(status), [&] { return write_answer(status); });
        if (fault != misuse::none) return fault;
        if (phase_ == phase::literal_offered) receiver_.refuse(announced_);
        phase_ = phase::reading;
        return misuse::none;
    }

    // What has happened next.
    server_event next() {
        if (state_ == server_state::failed) return failure_event();
        if (state_ == server_state::closed) return {.kind = server_event_kind::closed};
        if (phase_ != phase::reading || state_ == server_state::greeting) return ended_ ? end() : need_answer();
        for (;;) {
            if (state_ == server_state::logged_out) return ended_ ? end() : server_event{};
            const detail::step s = receiver_.next();
            server_event event;
            switch (s.kind) {
            case detail::step_kind::more:
                return ended_ ? end() : server_event{};
            case detail::step_kind::unit:
                return unit(s.text);
            case detail::step_kind::literal:
                event = literal_header(s);
                break;
            case detail::step_kind::literal_piece:
                return {.kind = server_event_kind::literal_data, .octets = s.text};
            case detail::step_kind::literal_end:
                return {.kind = server_event_kind::literal_end};
            case detail::step_kind::bad:
                if (s.error.code == errc::number_too_big) return fail(s.error);
                return answer_bad(receiver_.view(), s.error);
            }
            if (event.kind != server_event_kind::need_input) return event;
        }
    }

private:
    // What the session waits for.
    enum class phase : std::uint8_t { reading, literal_offered, answering };

    static server_event need_answer() { return {.kind = server_event_kind::need_answer}; }

    parse_options parsing() const {
        parse_options o;
        o.dialect.from = side::client;
        o.dialect.depth = limits_.depth;
        o.dialect.literal_plus = literal_plus_;
        o.elided = receiver_.elided();
        return o;
    }

    template <typename WriteUnit> misuse put(server_input input, WriteUnit write_one) {
        const server_cell cell = server_next(state_, input);
        if (cell.action == server_action::refuse) return misuse::wrong_state;
        if (out_.has_stop()) return misuse::busy;
        out_.begin_unit();
        const misuse fault = write_one();
        if (fault == misuse::bad_value) {
            out_.abandon_unit();
            return fault;
        }
        if (!out_.end_unit()) return misuse::no_room;
        state_ = cell.next;
        return misuse::none;
    }

    // The tag of the command under way stands at the front of the receive buffer until the command is finished.
    std::string_view tag() const { return receiver_.view().substr(0, tag_size_); }

    misuse write_answer(const status_response& status) {
        if (effect_ == command_effect::logs_out && status.condition == condition::ok) {
            const misuse fault = write_status(out_, {condition::bye, {}, "logging out"});
            if (fault != misuse::none) return fault;
        }
        return write_tagged(out_, tag(), status);
    }

    server_input answer_of(const status_response& status) const {
        if (effect_ == command_effect::selects && status.condition == condition::no) {
            return server_input::answer_deselected;
        }
        if (status.condition != condition::ok) return server_input::answer;
        switch (effect_) {
        case command_effect::none:
            return server_input::answer;
        case command_effect::logs_in:
            return server_input::answer_logged_in;
        case command_effect::selects:
            return server_input::answer_selected;
        case command_effect::deselects:
            return server_input::answer_deselected;
        case command_effect::logs_out:
            return server_input::answer_logged_out;
        }
        return server_input::answer;
    }

    // What the state says to a command, and what the session has to remember of it.
    struct verdict {
        bool known = false;
        server_input input = server_input::fault;
        command_effect effect = command_effect::none;
    };
    static verdict judge(const command& c) {
        verdict v;
        v.known = visit<Profile>(c.value(), [&v]<typename Command>(const Command&) {
            v.input = static_cast<server_input>(static_cast<unsigned>(server_input::command_any) +
                                                static_cast<unsigned>(Command::legal));
            v.effect = effect_of<Command>();
        });
        return v;
    }

    // Why a command is not for the program, or no error.
    mailwire::error refusal(const verdict& v, std::size_t offset) const {
        if (!v.known) return {errc::unknown_command, offset, 0, 0};
        if (server_next(state_, v.input).action != server_action::deliver)
            return {errc::unexpected_command, offset, 0, 0};
        return {};
    }

    server_event unit(std::string_view text) {
        const auto r = parse_command<Profile>(text, tape_, parsing());
        if (!r) return answer_bad(text, r.error);
        const verdict v = judge(r.value);
        tag_size_ = r.value.tag().size();
        if (const auto error = refusal(v, tag_size_ + 1)) return answer_bad(text, error);
        effect_ = v.effect;
        bad_commands_ = 0;
        phase_ = phase::answering;
        return {.kind = server_event_kind::command, .command = r.value};
    }

    // The literal is welcome where the grammar has a place for it, the state allows the command, and it fits; a large one
    // is welcome as the message of an APPEND only, and the program decides.
    server_event literal_header(const detail::step& s) {
        const frame& f = s.literal;
        const auto prefix = parse_command_prefix<Profile>(s.text, tape_, parsing());
        mailwire::error error = prefix.error;
        verdict v;
        if (!error) {
            v = judge(prefix.value);
            tag_size_ = prefix.value.tag().size();
            error = refusal(v, tag_size_ + 1);
        }
        const bool is_append = !error && prefix.value.value().template is<append>();
        if (!error && !is_append) error = too_large_to_keep(f);
        if (!error && f.octets > limits_.literal) error = {errc::literal_too_big, f.header, f.octets, limits_.literal};
        if (error) return refuse_literal(s, error);
        if (f.octets <= limits_.inline_literal && receiver_.can_keep(f) && !is_append) {
            if (!go_ahead(f)) return refuse_literal(s, {errc::literal_too_big, f.header, f.octets, 0});
            receiver_.keep(f);
            return {};
        }
        return offer_literal(s, v.effect, prefix.value);
    }

    mailwire::error too_large_to_keep(const frame& f) const {
        const std::uint64_t most = limits_.inline_literal;
        if (f.octets > most || !receiver_.can_keep(f)) return {errc::literal_too_big, f.header, f.octets, most};
        return {};
    }

    server_event offer_literal(const detail::step& s, command_effect effect, const command& value) {
        if (!receiver_.can_stream(s.literal)) {
            return refuse_literal(s, {errc::too_many_literals, s.literal.header, receiver_.elided().size() + 1,
                                      receiver_.elided().size()});
        }
        announced_ = s.literal;
        effect_ = effect;
        phase_ = phase::literal_offered;
        return {.kind = server_event_kind::literal_begin, .command = value, .octets_total = s.literal.octets};
    }

    // "+" for a literal the client waits with; a non-synchronizing one is on its way already (RFC 7888 3).
    bool go_ahead(const frame& f) {
        if (f.non_synchronizing) return true;
        out_.begin_unit();
        return write_continuation(out_, "go ahead") == misuse::none && out_.end_unit();
    }

    server_event refuse_literal(const detail::step& s, const mailwire::error& error) {
        const server_event event = answer_bad(s.text, error);
        receiver_.refuse(s.literal);
        return event;
    }

    // RFC 9051 7.1.3: BAD with the tag, or without where none can be read. Then BYE when it has been too often.
    server_event answer_bad(std::string_view text, const mailwire::error& error) {
        phase_ = phase::reading;
        write_bad(text, error);
        const auto most =
            state_ == server_state::not_authenticated ? limits_.bad_commands_before_login : limits_.bad_commands;
        if (++bad_commands_ >= most) (void)send(status_response{condition::bye, {}, "too many bad commands"});
        return {.kind = server_event_kind::error, .error = error};
    }

    void write_bad(std::string_view text, const mailwire::error& error) {
        const char* end = skip_class<grammar::astring_char - octets("+")>(text.data(), text.data() + text.size());
        const std::string_view tag_text = text.substr(0, static_cast<std::size_t>(end - text.data()));
        const bool tagged = !tag_text.empty() && tag_text.size() < text.size() && text[tag_text.size()] == ' ';
        const status_response status{condition::bad, {}, name_of(error.code)};
        (void)put(server_input::data,
                  [&] { return tagged ? write_tagged(out_, tag_text, status) : write_status(out_, status); });
    }

    server_event end() {
        const server_cell cell = server_next(state_, server_input::end);
        if (cell.action == server_action::cut_off && !receiver_.between_units() && phase_ == phase::reading &&
            state_ != server_state::logged_out) {
            return fail({errc::truncated, receiver_.view().size(), 0, 0});
        }
        state_ = cell.next;
        return {.kind = server_event_kind::closed};
    }

    server_event fail(const mailwire::error& error) {
        failure_ = error;
        state_ = server_state::failed;
        return failure_event();
    }
    server_event failure_event() const { return {.kind = server_event_kind::error, .error = failure_}; }

    detail::receiver receiver_;
    outbox out_;
    std::span<token> tape_;
    limits limits_;
    frame announced_;
    mailwire::error failure_;
    std::size_t tag_size_ = 0;
    server_state state_ = server_state::greeting;
    phase phase_ = phase::reading;
    command_effect effect_ = command_effect::none;
    std::uint16_t bad_commands_ = 0;
    bool literal_plus_ = false;
    bool ended_ = false;
};

using server = basic_server<>;

} // namespace mailwire::imap
