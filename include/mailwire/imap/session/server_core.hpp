// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "mailwire/core/idle_timer.hpp"
#include "mailwire/core/outbox.hpp"
#include "mailwire/core/parts_of.hpp"
#include "mailwire/imap/parse.hpp"
#include "mailwire/imap/session/denial.hpp"
#include "mailwire/imap/session/in_flight.hpp"
#include "mailwire/imap/session/literal_limits.hpp"
#include "mailwire/imap/session/patience.hpp"
#include "mailwire/imap/session/put_unit.hpp"
#include "mailwire/imap/session/receiver.hpp"
#include "mailwire/imap/session/sasl_message.hpp"
#include "mailwire/imap/session/server_event.hpp"
#include "mailwire/imap/session/server_progress.hpp"
#include "mailwire/imap/write.hpp"

namespace mailwire::imap::detail {

// What a server session does with what comes: octets in, events out, and the answers it gives itself. What a program
// answers is imap::basic_server.
template <typename Profile> class server_core {
public:
    server_core(const server_buffers& buffers, const server_options& options)
        : receiver_(buffers.in, buffers.elided, side::client, options.limits.unit), out_(buffers.out),
          out_size_(buffers.out.size()), tape_(buffers.tape), progress_(options), limits_(options.limits),
          quirks_(options.quirks) {
        limits_.tag = std::min<std::uint16_t>(limits_.tag, server_progress<Profile>::longest_tag);
    }

    outbox& out() { return out_; }
    const outbox& out() const { return out_; }
    const server_progress<Profile>& progress() const { return progress_; }
    server_progress<Profile>& progress() { return progress_; }

    std::span<char> prepare() { return receiver_.prepare(); }
    void commit(std::size_t octets) { receiver_.commit(octets); }
    void closed() { ended_ = true; }
    void sent(std::size_t octets) {
        out_.sent(octets);
        if (octets != 0 && !is_stranger()) silence_.restart();
    }
    misuse literal(std::string_view octets) {
        const bool over = progress_.state() == server_state::failed || progress_.state() == server_state::closed;
        const misuse fault = over ? misuse::wrong_state : out_.literal(octets);
        if (fault == misuse::none && !is_stranger()) silence_.restart();
        return fault;
    }
    void at(instant now) { silence_.at(now); }
    instant deadline() const {
        if (is_stranger()) return silence_.due(limits_.login_seconds);
        if (out_.has_stop() && out_.output().empty()) return never; // the program's octets are missing
        const bool waits = progress_.mode() == server_mode::lines || progress_.mode() == server_mode::idling;
        return progress_.is_logged_in() && waits ? silence_.due(limits_.idle_seconds) : never;
    }

    // Puts a unit out where both tables have a place for it.
    template <typename Write> misuse put(server_input input, Write write) {
        if (!progress_.allows(input) || !progress_.allows(server_mode_input::data)) return misuse::wrong_state;
        if (out_.has_stop()) return misuse::busy;
        const misuse fault = put_unit(out_, write);
        if (fault == misuse::none) progress_.act(input);
        return fault;
    }

    misuse accept_literal() {
        if (!progress_.allows(server_mode_input::accept_literal)) return misuse::wrong_state;
        if (const misuse fault = go_ahead(announced_); fault != misuse::none) return fault;
        receiver_.stream(announced_);
        progress_.go(server_mode_input::accept_literal);
        return misuse::none;
    }

    // The command under way is answered: nothing of it is looked at any more.
    void note_answer(const status_response& status, server_input input) {
        const bool refused = progress_.mode() == server_mode::offered;
        const bool ok = status.condition == condition::ok;
        const bool secret = is_login(progress_.effect());
        progress_.go(ok ? server_mode_input::finish_ok : server_mode_input::finish_other);
        progress_.learn_answer(status, input);
        progress_.act(input);
        if (input == server_input::answer_logged_in) receiver_.limit(limits_.unit);
        if (input == server_input::answer_unauthenticated) {
            receiver_.limit(limits_.unit_before_login);
            patience_.begin_anew();
            silence_.restart();
        }
        if (refused) receiver_.refuse(announced_);
        if (secret) receiver_.wipe_unit();
        if (!is_stranger()) silence_.restart();
    }
    void note_greeting() {
        silence_.restart();
        if (progress_.state() == server_state::not_authenticated) receiver_.limit(limits_.unit_before_login);
    }

    // What the client has said in AUTHENTICATE: the initial response, if it has sent one, or the response of the last event.
    std::optional<std::string_view> said() const { return sasl_.octets(receiver_); }
    bool is_first() const { return sasl_.is_first(); }
    // A challenge was put out.
    void note_challenge() {
        progress_.go(server_mode_input::challenge);
        receiver_.wipe_unit();
    }

    misuse tls_started() {
        const misuse fault = may_change(server_mode_input::tls_started);
        if (fault == misuse::none) progress_.start_tls();
        return fault;
    }
    misuse compression_started() {
        const misuse fault = may_change(server_mode_input::compression_started);
        if (fault == misuse::none) progress_.start_compression();
        return fault;
    }

    server_event next() {
        switch (progress_.state()) {
        case server_state::failed:
            return failure_event();
        case server_state::closed:
            return {.kind = server_event_kind::closed};
        case server_state::logged_out:
            receiver_.drop(); // RFC 9051 3.4: nothing that comes behind BYE is read
            return ended_ ? end() : server_event{.kind = server_event_kind::closed};
        case server_state::greeting:
            return ended_ ? end() : server_event{.kind = server_event_kind::need_answer};
        case server_state::not_authenticated:
        case server_state::authenticated:
        case server_state::selected:
            break;
        }
        return go_on();
    }

private:
    // What the session puts out on its own beside the tag: BAD, BYE, "+".
    static constexpr std::size_t longest_answer = 128;

    bool is_stranger() const { return progress_.state() == server_state::not_authenticated; }
    bool reads() const {
        return progress_.mode() == server_mode::lines || progress_.mode() == server_mode::challenged ||
               progress_.mode() == server_mode::idling;
    }

    misuse may_change(server_mode_input input) const {
        if (!progress_.allows(input)) return misuse::wrong_state;
        if (!out_.empty()) return misuse::busy;
        return receiver_.behind() != 0 ? misuse::wrong_state : misuse::none;
    }

    server_event go_on() {
        if (is_stranger() && silence_.is_past(deadline())) return time_out();
        if (progress_.mode() == server_mode::tls) {
            return change({errc::input_before_tls, 0, 0, 0}, server_event_kind::start_tls);
        }
        if (progress_.mode() == server_mode::compression) {
            return change({errc::input_before_compression, 0, 0, 0}, server_event_kind::start_compression);
        }
        if (!reads()) return ended_ ? end() : server_event{.kind = server_event_kind::need_answer};
        return read();
    }

    server_event read() {
        for (;;) {
            if (!can_answer()) {
                const bool late = !ended_ && silence_.is_past(deadline());
                return late ? time_out() : server_event{.kind = server_event_kind::need_output};
            }
            const step s = receiver_.next();
            if (s.kind != step_kind::more && !is_stranger()) silence_.restart();
            switch (s.kind) {
            case step_kind::more:
                if (!ended_ && silence_.is_past(deadline())) return time_out();
                return ended_ ? end() : server_event{};
            case step_kind::unit:
                return unit(s.text);
            case step_kind::literal:
                if (const server_event e = literal_header(s); e.kind != server_event_kind::need_input) return e;
                break;
            case step_kind::literal_piece:
                return {.kind = server_event_kind::literal_data, .octets = s.text};
            case step_kind::literal_end:
                return {.kind = server_event_kind::literal_end};
            case step_kind::bad:
                return bad(s);
            }
        }
    }

    // No command is read while there is no room for the answer that may be due: none goes unanswered.
    bool can_answer() const {
        if (receiver_.streaming()) return true;
        if (out_.has_stop()) return false;
        const std::size_t waiting = out_.output().size();
        return waiting == 0 || out_size_ - waiting >= limits_.tag + longest_answer;
    }

    parse_options reading() const {
        parse_options o{progress_.reading(), receiver_.elided()};
        o.dialect.depth = limits_.depth;
        o.dialect.quirks = quirks_;
        return o;
    }

    server_event unit(std::string_view text) {
        if (progress_.mode() == server_mode::challenged) return response(text);
        if (progress_.mode() == server_mode::idling) return idle_line(text);
        const auto r = parse_command<Profile>(text, tape_, reading());
        if (!r) return deny(text, r.error);
        const verdict v = progress_.judge(r.value);
        if (const auto error = refusal(v, r.value.tag().size())) return deny(text, error, v.needs_tls);
        if (const auto command = r.value.value(); command.template is<authenticate>()) {
            const auto initial = command.template as<authenticate>();
            if (!sasl_.begin(initial, receiver_)) return deny(text, {errc::syntax, text.size() - 2, 0, 0});
        }
        if (!patience_.take_good(limits_, is_stranger())) {
            return say_bye({errc::unexpected_command, 0, 0, 0}, "too many commands");
        }
        progress_.deliver(v, r.value.tag());
        const std::string_view said_already =
            v.facts.effect == command_effect::authenticates ? said().value_or("") : "";
        return {.kind = server_event_kind::command, .command = r.value, .octets = said_already, .quirks = r.quirks};
    }

    // Why a command is not for the program, or no error.
    mailwire::error refusal(const verdict& v, std::size_t tag_size) const {
        if (tag_size > limits_.tag) return {errc::unit_too_long, limits_.tag, tag_size, limits_.tag};
        return v.fault == errc::none ? mailwire::error() : mailwire::error{v.fault, tag_size + 1, 0, 0};
    }

    // A line of AUTHENTICATE: base64, or "*" (RFC 9051 6.2.2).
    server_event response(std::string_view text) {
        const std::string_view line = head_of(text, text.size() - 2);
        if (line == "*") {
            server_event event = give_up({errc::none, 0, 0, 0}, "cancelled", server_mode_input::cancel);
            if (event.kind == server_event_kind::error && !event.error) event.kind = server_event_kind::cancelled;
            return event;
        }
        const base64_result decoded = sasl_.next(line, receiver_);
        if (!decoded) return give_up({errc::syntax, decoded.offset, 0, 0}, "no base64", server_mode_input::fault);
        progress_.go(server_mode_input::response);
        return {.kind = server_event_kind::response, .octets = *said()};
    }

    // A line of IDLE: DONE (RFC 9051 6.3.13).
    server_event idle_line(std::string_view text) {
        if (!equal_ignoring_case(text, "DONE\r\n")) {
            return give_up({errc::syntax, 0, 0, 0}, "DONE is expected", server_mode_input::fault);
        }
        progress_.go(server_mode_input::done);
        return {.kind = server_event_kind::done};
    }

    // The command under way is answered BAD.
    server_event give_up(const mailwire::error& error, std::string_view text, server_mode_input input) {
        const status_response status{condition::bad, {}, text};
        receiver_.wipe_unit();
        (void)put(server_input::data, [&] { return write_tagged<Profile>(out_, progress_.tag(), status); });
        progress_.go(input);
        return count_bad(error);
    }

    // The literal is welcome where the grammar has a place for it, the state allows the command, and it fits. The message
    // of an APPEND is offered to the program, whatever its size; any other literal stays in the buffer.
    server_event literal_header(const step& s) {
        if (progress_.mode() != server_mode::lines) {
            receiver_.refuse(s.literal);
            return give_up({errc::syntax, 0, 0, 0}, "no literal here", server_mode_input::fault);
        }
        const auto prefix = parse_command_prefix<Profile>(s.text, tape_, reading());
        if (prefix.error) return refuse_literal(s, prefix.error);
        const verdict v = progress_.judge(prefix.value);
        const auto value = prefix.value.value();
        const bool message = value.template is<append>() && value.tokens().more();
        mailwire::error error = refusal(v, prefix.value.tag().size());
        const std::uint64_t budget = is_stranger() ? limits_.command_literals_before_login : limits_.command_literals;
        if (!error && message) error = stream_fault(receiver_, s.literal, limits_);
        if (!error && !message) error = keep_fault(receiver_, s.literal, limits_, budget);
        if (error) return refuse_literal(s, error, v.needs_tls);
        if (!message) return keep_literal(s);
        announced_ = s.literal;
        progress_.offer(v, prefix.value.tag());
        return {.kind = server_event_kind::literal_begin, .command = prefix.value, .octets_total = s.literal.octets};
    }

    server_event keep_literal(const step& s) {
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

    server_event refuse_literal(const step& s, const mailwire::error& error, bool needs_tls = false) {
        write_denial(s.text, error, needs_tls);
        receiver_.refuse(s.literal);
        receiver_.wipe_unit();
        return count_bad(error);
    }

    server_event bad(const step& s) {
        if (s.error.code == errc::endless_literal) {
            write_denial(s.text, s.error, false);
            return fail(server_input::no_end, s.error, "no end of this literal");
        }
        if (progress_.mode() != server_mode::lines) {
            return give_up(s.error, name_of(s.error.code), server_mode_input::fault);
        }
        return deny(s.text, s.error);
    }

    // RFC 9051 7.1.3: BAD with the tag, or without where none can be read. Then BYE when it has been too often.
    server_event deny(std::string_view text, const mailwire::error& error, bool needs_tls = false) {
        write_denial(text, error, needs_tls);
        receiver_.wipe_unit(); // it may have been a login
        return count_bad(error);
    }
    server_event count_bad(const mailwire::error& error) {
        if (!patience_.take_bad(limits_, is_stranger())) return say_bye(error, "too many bad commands");
        return {.kind = server_event_kind::error, .error = error};
    }
    server_event say_bye(const mailwire::error& error, std::string_view why) {
        (void)put(server_input::bye, [&] { return write_status<Profile>(out_, {condition::bye, {}, why}); });
        return {.kind = server_event_kind::error, .error = error};
    }
    void write_denial(std::string_view text, const mailwire::error& error, bool needs_tls) {
        denial how = needs_tls ? denial::privacy : denial::bad;
        if (!needs_tls && error.code == errc::syntax && progress_.has_mode(modes::uidonly)) {
            how = denial_under_uidonly<Profile>(text, tape_, reading());
        }
        (void)put(server_input::data, [&] { return detail::write_denial(out_, text, limits_.tag, error, how); });
    }

    // Between an agreement and what was agreed on nothing may come.
    server_event change(const mailwire::error& error, server_event_kind kind) {
        if (receiver_.behind() != 0) return fail(server_input::before_change, error, {});
        return ended_ ? end() : server_event{.kind = kind};
    }

    server_event time_out() { return fail(server_input::late, {errc::timed_out, 0, 0, 0}, "too long without a word"); }

    server_event end() {
        const bool between = receiver_.between_units() || !reads();
        const server_input input = between ? server_input::end : server_input::cut;
        if (action_of(progress_.state(), input) == server_action::fail) {
            return fail(input, {errc::truncated, receiver_.view().size(), 0, 0}, {});
        }
        progress_.act(input);
        receiver_.drop();
        return {.kind = server_event_kind::closed};
    }

    // RFC 9051 3.4: a server says why it leaves, where somebody can still read it.
    server_event fail(server_input input, const mailwire::error& error, std::string_view goodbye) {
        if (!goodbye.empty() && !out_.has_stop()) {
            (void)put_unit(out_, [&] { return write_status<Profile>(out_, {condition::bye, {}, goodbye}); });
        }
        progress_.act(input);
        receiver_.drop(); // an unanswered login may be in it
        failure_ = error;
        return failure_event();
    }
    server_event failure_event() const { return {.kind = server_event_kind::error, .error = failure_}; }

    receiver receiver_;
    outbox out_;
    std::size_t out_size_;
    std::span<token> tape_;
    server_progress<Profile> progress_;
    limits limits_;
    frame announced_;
    mailwire::error failure_;
    idle_timer silence_; // since the greeting; after a login since something was last said or sent
    sasl_message sasl_;
    patience patience_;
    std::uint32_t quirks_;
    bool ended_ = false;
};

} // namespace mailwire::imap::detail
