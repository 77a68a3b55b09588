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
#include "mailwire/imap/session/in_flight.hpp"
#include "mailwire/imap/session/put_unit.hpp"
#include "mailwire/imap/session/receiver.hpp"
#include "mailwire/imap/session/server_event.hpp"
#include "mailwire/imap/session/server_table.hpp"
#include "mailwire/imap/write.hpp"

namespace mailwire::imap {

// The storage a server session works in, lent by the caller for the session's life.
struct server_buffers {
    std::span<char> in;    // at least as large as the longest command
    std::span<char> out;   // responses not yet sent; at least 256 octets, for the answers of the session itself
    std::span<token> tape; // half as many tokens as `in` has octets always suffice
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

// The server's side of an IMAP connection. No socket, no clock, no allocation. One command at a time is handed to the
// program; pipelined ones wait in the receive buffer. Lines that are no command, commands nobody knows and commands the
// state does not allow are answered here.
template <typename Profile = everything> class basic_server {
public:
    explicit basic_server(const server_buffers& buffers, const limits& allowed = {})
        : receiver_(buffers.in, buffers.elided, side::client, allowed.unit), out_(buffers.out),
          out_size_(buffers.out.size()), tape_(buffers.tape), limits_(allowed) {}

    server_state state() const { return state_; }

    // Whether clients may send {n+} of any size: the program announces LITERAL+ (RFC 7888).
    void literal_plus(bool announced) { literal_plus_ = announced; }

    // Room for octets to receive; octets received are written to its start. Never empty while next() asks for input.
    std::span<char> prepare() { return receiver_.prepare(); }
    void commit(std::size_t octets) { receiver_.commit(octets); }
    // The client has closed the connection.
    void closed() { ended_ = true; }

    // Octets to send now. Empty when there are none, and while a streamed literal waits for its octets.
    std::string_view output() const { return out_.output(); }
    // So many of them were sent; more than there are is cut off.
    void sent(std::size_t octets) { out_.sent(std::min(octets, out_.output().size())); }

    // The first line: OK, PREAUTH or BYE (RFC 9051 7.1). Misuse: wrong_state, no_room, bad_value.
    misuse greet(const status_response& status) {
        const server_input input = status.condition == condition::preauth ? server_input::greet_preauth
                                   : status.condition == condition::bye   ? server_input::greet_bye
                                                                          : server_input::greet_ok;
        if (status.condition == condition::no || status.condition == condition::bad) return misuse::bad_value;
        return put(input, [&] { return write_status<Profile>(out_, status); });
    }

    // Untagged data (RFC 9051 7.2 to 7.5). Misuse: wrong_state, busy (a literal's octets are missing), no_room (send
    // what output() has, then call again), bad_value. Nothing has changed then.
    template <alternative Data> misuse send(const Data& value) {
        return put(server_input::data, [&] { return write_data<Profile>(out_, value); });
    }
    // An untagged status; BYE ends the session. OK with CLOSED ends the selection, unless another mailbox is being
    // selected (RFC 9051 7.1).
    misuse send(const status_response& status) {
        return put(input_of(status), [&] { return write_status<Profile>(out_, status); });
    }

    // The next octets of a literal that was sent as text::streamed. Not copied: valid until sent() has taken them all.
    // Misuse: wrong_state (no literal is missing), busy (a piece is under way), literal_size.
    misuse literal(std::string_view octets) { return out_.literal(octets); }
    // How many octets of it have not been handed over.
    std::uint64_t literal_missing() const { return out_.missing(); }

    // Lets the client send the literal that was announced. Misuse: wrong_state, busy, no_room; nothing has changed then.
    misuse accept_literal() {
        if (phase_ != phase::literal_offered || state_ == server_state::logged_out) return misuse::wrong_state;
        if (const misuse fault = go_ahead(announced_); fault != misuse::none) return fault;
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
        if (state_ == server_state::logged_out) return after_bye();
        if (phase_ != phase::reading || state_ == server_state::greeting) {
            return ended_ ? end() : server_event{.kind = server_event_kind::need_answer};
        }
        for (;;) {
            if (!can_answer()) return {.kind = server_event_kind::need_output};
            const detail::step s = receiver_.next();
            switch (s.kind) {
            case detail::step_kind::more:
                return ended_ ? end() : server_event{};
            case detail::step_kind::unit:
                return unit(s.text);
            case detail::step_kind::literal:
                if (const server_event e = literal_header(s); e.kind != server_event_kind::need_input) return e;
                break;
            case detail::step_kind::literal_piece:
                return {.kind = server_event_kind::literal_data, .octets = s.text};
            case detail::step_kind::literal_end:
                return {.kind = server_event_kind::literal_end};
            case detail::step_kind::bad:
                return bad(s);
            }
        }
    }

private:
    // What the session waits for.
    enum class phase : std::uint8_t { reading, literal_offered, answering };

    // What the session puts out on its own beside the tag: BAD, BYE, "+".
    static constexpr std::size_t longest_answer = 128;

    // No command is read while there is no room for the answer that may be due: none goes unanswered.
    bool can_answer() const {
        if (receiver_.streaming()) return true;
        if (out_.has_stop()) return false;
        const std::size_t waiting = out_.output().size();
        return waiting == 0 || out_size_ - waiting >= limits_.tag + longest_answer;
    }

    parse_options parsing() const {
        parse_options o;
        o.dialect.from = side::client;
        o.dialect.depth = limits_.depth;
        o.dialect.literals = literal_plus_ ? literal_form::plus : literal_form::minus;
        o.elided = receiver_.elided();
        return o;
    }

    template <typename Write> misuse put(server_input input, Write write) {
        const server_cell cell = server_next(state_, input);
        if (cell.action == server_action::refuse) return misuse::wrong_state;
        if (out_.has_stop()) return misuse::busy;
        const misuse fault = detail::put_unit(out_, write);
        if (fault == misuse::none) state_ = cell.next;
        return fault;
    }

    server_input input_of(const status_response& status) const {
        if (status.condition == condition::bye) return server_input::bye;
        const bool selecting = phase_ == phase::answering && effect_ == command_effect::selects;
        const bool closes = status.condition == condition::ok && status.code.template is<code_closed>() &&
                            state_ == server_state::selected && !selecting;
        return closes ? server_input::answer_deselected : server_input::data;
    }

    // The tag of the command under way stands at the front of the receive buffer until the command is finished.
    std::string_view tag() const { return receiver_.view().substr(0, tag_size_); }

    misuse write_answer(const status_response& status) {
        if (effect_ == command_effect::logs_out && status.condition == condition::ok) {
            const misuse fault = write_status<Profile>(out_, {condition::bye, {}, "logging out"});
            if (fault != misuse::none) return fault;
        }
        return write_tagged<Profile>(out_, tag(), status);
    }

    server_input answer_of(const status_response& status) const {
        if (effect_ == command_effect::selects && status.condition == condition::no) {
            return server_input::answer_deselected;
        }
        if (status.condition != condition::ok) return server_input::answer;
        switch (effect_) {
        case command_effect::none:
        case command_effect::takes_over: // never delivered
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

    // What the session has to know of a command: what the state table calls it, and what its OK will do.
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
    mailwire::error refusal(const verdict& v, std::size_t tag_size) const {
        if (tag_size > limits_.tag) return {errc::unit_too_long, limits_.tag, tag_size, limits_.tag};
        if (!v.known || v.effect == command_effect::takes_over) return {errc::unknown_command, tag_size + 1, 0, 0};
        if (server_next(state_, v.input).action == server_action::deliver) return {};
        return {errc::unexpected_command, tag_size + 1, 0, 0};
    }

    server_event unit(std::string_view text) {
        const auto r = parse_command<Profile>(text, tape_, parsing());
        if (!r) return answer_bad(text, r.error);
        const verdict v = judge(r.value);
        tag_size_ = r.value.tag().size();
        if (const auto error = refusal(v, tag_size_)) return answer_bad(text, error);
        effect_ = v.effect;
        bad_commands_ = 0;
        phase_ = phase::answering;
        return {.kind = server_event_kind::command, .command = r.value};
    }

    // The literal is welcome where the grammar has a place for it, the state allows the command, and it fits. The message
    // of an APPEND is offered to the program, whatever its size; any other literal stays in the buffer.
    server_event literal_header(const detail::step& s) {
        const auto prefix = parse_command_prefix<Profile>(s.text, tape_, parsing());
        if (prefix.error) return refuse_literal(s, prefix.error);
        const verdict v = judge(prefix.value);
        tag_size_ = prefix.value.tag().size();
        const auto value = prefix.value.value();
        const bool message = value.template is<append>() && value.tokens().more();
        mailwire::error error = refusal(v, tag_size_);
        if (!error) error = message ? message_limit(s.literal) : literal_limit(s.literal);
        if (error) return refuse_literal(s, error);
        if (!message) return keep_literal(s);
        announced_ = s.literal;
        effect_ = v.effect;
        phase_ = phase::literal_offered;
        return {.kind = server_event_kind::literal_begin, .command = prefix.value, .octets_total = s.literal.octets};
    }

    mailwire::error message_limit(const frame& f) const {
        if (f.octets > limits_.literal) return {errc::literal_too_big, f.header, f.octets, limits_.literal};
        const std::size_t streamed = receiver_.elided().size();
        if (!receiver_.can_stream(f)) return {errc::too_many_literals, f.header, streamed + 1, streamed};
        return {};
    }

    mailwire::error literal_limit(const frame& f) const {
        const std::uint64_t most = limits_.inline_literal;
        if (f.octets > most || !receiver_.can_keep(f)) return {errc::literal_too_big, f.header, f.octets, most};
        const std::uint64_t sum = receiver_.kept_octets() + f.octets;
        if (sum > limits_.command_literals) return {errc::literal_too_big, f.header, sum, limits_.command_literals};
        const std::size_t number = receiver_.literals() + 1;
        if (number > limits_.literals) return {errc::too_many_literals, f.header, number, limits_.literals};
        return {};
    }

    server_event keep_literal(const detail::step& s) {
        if (go_ahead(s.literal) != misuse::none) {
            return refuse_literal(s, {errc::literal_too_big, s.literal.header, s.literal.octets, 0});
        }
        receiver_.keep(s.literal);
        if (s.literal.non_synchronizing) return {};
        return {.kind = server_event_kind::need_output};
    }

    // "+" for a literal the client waits with; a non-synchronizing one is on its way already (RFC 7888 3).
    misuse go_ahead(const frame& f) {
        if (f.non_synchronizing) return misuse::none;
        return put(server_input::data, [&] { return write_continuation(out_, "go ahead"); });
    }

    server_event refuse_literal(const detail::step& s, const mailwire::error& error) {
        const server_event event = answer_bad(s.text, error);
        receiver_.refuse(s.literal);
        return event;
    }

    server_event bad(const detail::step& s) {
        if (s.error.code != errc::number_too_big) return answer_bad(s.text, s.error);
        write_bad(s.text, s.error);
        (void)send(status_response{condition::bye, {}, "no end of this literal"});
        failure_ = s.error;
        state_ = server_state::failed;
        return failure_event();
    }

    // RFC 9051 7.1.3: BAD with the tag, or without where none can be read. Then BYE when it has been too often.
    server_event answer_bad(std::string_view text, const mailwire::error& error) {
        write_bad(text, error);
        const auto most =
            state_ == server_state::not_authenticated ? limits_.bad_commands_before_login : limits_.bad_commands;
        if (++bad_commands_ >= most) (void)send(status_response{condition::bye, {}, "too many bad commands"});
        return {.kind = server_event_kind::error, .error = error};
    }

    void write_bad(std::string_view text, const mailwire::error& error) {
        const std::string_view tag = detail::leading_tag(text);
        const bool tagged = !tag.empty() && tag.size() <= limits_.tag;
        const status_response status{condition::bad, {}, name_of(error.code)};
        (void)put(server_input::data, [&] {
            return tagged ? write_tagged<Profile>(out_, tag, status) : write_status<Profile>(out_, status);
        });
    }

    // RFC 9051 3.4: nothing that comes behind BYE is read.
    server_event after_bye() {
        receiver_.drop();
        return ended_ ? end() : server_event{};
    }

    server_event end() {
        const server_cell cell = server_next(state_, server_input::end);
        const bool between = receiver_.between_units() || phase_ != phase::reading;
        const bool cut = !between && state_ != server_state::greeting && state_ != server_state::logged_out;
        if (cell.action == server_action::cut_off && cut) {
            failure_ = {errc::truncated, receiver_.view().size(), 0, 0};
            state_ = server_state::failed;
            return failure_event();
        }
        state_ = cell.next;
        return {.kind = server_event_kind::closed};
    }

    server_event failure_event() const { return {.kind = server_event_kind::error, .error = failure_}; }

    detail::receiver receiver_;
    outbox out_;
    std::size_t out_size_;
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
