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
#include "mailwire/pop3/limits.hpp"
#include "mailwire/pop3/model/capabilities.hpp"
#include "mailwire/pop3/model/reply.hpp"
#include "mailwire/pop3/profile.hpp"
#include "mailwire/pop3/session/client_event.hpp"
#include "mailwire/pop3/session/outbox.hpp"
#include "mailwire/pop3/session/response_reader.hpp"
#include "mailwire/pop3/session/table.hpp"
#include "mailwire/pop3/write.hpp"

namespace mailwire::pop3 {

// A command that waits for its answer.
struct pending_command {
    std::uint32_t id = unknown_id;
    std::uint32_t message = 0;
    answer_form form = answer_form::text;
    command_role role = command_role::work;
};

// Storage a client works in, lent by the caller for the client's life.
struct client_buffers {
    std::span<char> in;                   // received octets; no line is longer than this
    std::span<char> out;                  // octets to send
    std::span<pending_command> in_flight; // one for each command that may be in flight at once
};

// Storage of the usual sizes, for those who do not want to choose.
template <std::size_t In = 16384, std::size_t Out = 4096, std::size_t InFlight = 64> struct client_storage {
    static_assert(Out >= longest_command, "a command has to fit");
    std::array<char, In> in;
    std::array<char, Out> out;
    std::array<pending_command, InFlight> in_flight;

    client_buffers buffers() { return {in, out, in_flight}; }
};

struct client_options {
    pop3::limits limits = {};
    bool apop = false;        // APOP may be used. Its MD5 is broken: prefer TLS and USER
    bool secure = false;      // the connection is encrypted
    std::uint32_t quirks = 0; // deviations to tolerate, bits of namespace quirks
};

// The client's half of a session (RFC 1939, RFC 2449). No socket, no clock: octets are moved by the caller.
//
//   for (;;) {
//       send what output() has, then sent(n);
//       switch (auto e = mail.next(); e.kind) ...   need_input: receive into prepare(), then commit(n)
//   }
template <typename Profile = everything> class basic_client {
public:
    explicit basic_client(client_buffers buffers, const client_options& options = {})
        : inbox_(buffers.in), outbox_(buffers.out), in_flight_(buffers.in_flight),
          reader_(std::min<std::size_t>(options.limits.response_line, buffers.in.size()), options.limits.listing_lines),
          quirks_(options.quirks), apop_allowed_(options.apop), secure_(options.secure) {}

    // Room for received octets, never empty after need_input. Ends the views of the last event.
    std::span<char> prepare() {
        release();
        return inbox_.prepare();
    }
    // So many octets were received into it.
    void commit(std::size_t octets) { inbox_.commit(octets); }
    // The server closed the connection. What was received before is still read.
    void closed() { peer_closed_ = true; }

    // The next event. Its views are valid until the next call of next or prepare.
    client_event next() {
        release();
        if (state_ == client_state::failed) return failure();
        if (state_ == client_state::closed) return {.kind = client_event_kind::closed};
        for (;;) {
            if (reader_.idle() && !reader_.refusing()) {
                if (state_ == client_state::greeting) {
                    reader_.begin_greeting();
                } else if (waiting_ != 0) {
                    reader_.begin(front().form);
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
    //   wrong_state  the state has no room for this command
    //   busy         an answer has to come first: always without PIPELINING, with it behind PASS, APOP and QUIT
    //   not_offered  APOP, without client_options::apop or without a timestamp in the greeting
    //   bad_value    a value has octets its place cannot carry, or the line is longer than 255 octets
    //   no_room      the output or the list of commands in flight is full
    template <alternative Command> misuse send(const Command& command) {
        static_assert(std::is_same_v<typename Command::word::slot, slot::command>, "this is no command");
        const client_action action = action_of(state_, input_of(Command::role));
        if (action == client_action::refuse) return misuse::wrong_state;
        if (action == client_action::wait || (waiting_ != 0 && !capabilities_.pipelining)) return misuse::busy;
        if (Command::role == command_role::apop && !apop_offered_) return misuse::not_offered;
        if (waiting_ == in_flight_.size()) return misuse::no_room;
        if (const misuse m = put_line(command); m != misuse::none) return m;
        pending_command& last = in_flight_[(first_ + waiting_++) % in_flight_.size()];
        last = {id_of<Command>, 0, command.answer(), Command::role};
        if constexpr (requires { command.message; }) last.message = command.message;
        state_ = next_state(state_, action);
        return misuse::none;
    }

    client_state state() const { return state_; }
    // How many commands wait for the end of their answer.
    std::size_t in_flight() const { return waiting_; }
    // What the last CAPA listing said that was read to its end.
    const capability_set& capabilities() const { return capabilities_; }
    // What the caller said about the connection.
    bool secure() const { return secure_; }

private:
    const pending_command& front() const { return in_flight_[first_]; }

    void release() {
        inbox_.consume(used_);
        used_ = 0;
    }

    parse_options reading() const {
        using enum response_codes;
        const response_codes codes = !capabilities_.known ? unknown : capabilities_.resp_codes ? announced : absent;
        return {.quirks = quirks_, .codes = codes};
    }

    template <typename Command> misuse put_line(const Command& command) {
        outbox_.begin_unit();
        const misuse m = write_command(outbox_, command);
        if (m != misuse::none) {
            outbox_.abandon_unit();
            return m;
        }
        return outbox_.end_unit() ? misuse::none : misuse::no_room;
    }

    // Nothing more can be read now.
    client_event rest() {
        if (!peer_closed_) return {};
        const bool between = inbox_.empty() && !reader_.inside_lines() && !reader_.refusing();
        if (!between) return fail(client_input::cut, {errc::truncated, inbox_.size(), 0, 0});
        state_ = next_state(state_, action_of(state_, client_input::end));
        return {.kind = client_event_kind::closed};
    }

    client_event fail(client_input input, const error& why) {
        state_ = next_state(state_, action_of(state_, input));
        fatal_ = why;
        return failure();
    }
    client_event failure() const { return {.kind = client_event_kind::error, .error = fatal_}; }

    client_event event_of(const response_step& step) {
        const bool greets = state_ == client_state::greeting;
        if (step.part == response_part::no_reply) {
            const errc code = greets ? errc::unexpected_greeting : errc::unexpected_response;
            return fail(client_input::no_reply, {code, step.fault.offset, 0, 0});
        }
        used_ = step.used;
        client_event event = described(step);
        if (!greets) {
            event.command = front().id;
            event.message = front().message;
        }
        if (step.first_line) note_first_line(event, greets);
        if (step.part == response_part::capability) learn(event.capability());
        if (step.part == response_part::end_of_lines && event.form == answer_form::capabilities) end_capabilities();
        if (!greets && reader_.idle()) pop();
        return event;
    }

    client_event described(const response_step& step) const {
        client_event event{.kind = kind_of(step.part), .ok = step.ok, .form = reader_.form()};
        event.bare_line_feed = step.bare_line_feed;
        if (step.part == response_part::body) event.body = step.octets;
        event.error = step.fault;
        event.fields = step.fields;
        return event;
    }

    // What the first line of an answer means to the session; its status counts even where its text is refused.
    void note_first_line(const client_event& event, bool greets) {
        const client_input input = greets ? (event.ok ? client_input::greeting_ok : client_input::greeting_err)
                                          : input_of(front().role, event.ok);
        state_ = next_state(state_, action_of(state_, input));
        if (event.kind == client_event_kind::greeting && event.ok && apop_allowed_) {
            apop_offered_ = !event.greeting().timestamp.empty();
        }
        if (event.ok && !greets && event.form == answer_form::capabilities) learned_ = {};
    }

    void learn(const item<slot::capability>& line) {
        visit<Profile>(line, [this](const auto& announced) {
            if constexpr (requires { announced.learn(learned_); }) announced.learn(learned_);
        });
    }
    void end_capabilities() {
        learned_.known = true;
        capabilities_ = learned_;
    }

    void pop() {
        first_ = (first_ + 1) % static_cast<std::uint32_t>(in_flight_.size());
        --waiting_;
    }

    static constexpr client_input input_of(command_role role) {
        switch (role) {
        case command_role::user:
            return client_input::send_user;
        case command_role::pass:
            return client_input::send_pass;
        case command_role::apop:
            return client_input::send_apop;
        case command_role::anywhere:
            return client_input::send_anywhere;
        case command_role::work:
            return client_input::send_work;
        case command_role::quit:
            return client_input::send_quit;
        }
        return client_input::send_work;
    }
    static constexpr client_input input_of(command_role role, bool ok) {
        switch (role) {
        case command_role::user:
            return ok ? client_input::user_ok : client_input::user_err;
        case command_role::pass:
        case command_role::apop:
            return ok ? client_input::login_ok : client_input::login_err;
        case command_role::anywhere:
        case command_role::work:
            return ok ? client_input::other_ok : client_input::other_err;
        case command_role::quit:
            return ok ? client_input::quit_ok : client_input::quit_err;
        }
        return client_input::other_ok;
    }
    static constexpr client_event_kind kind_of(response_part part) {
        switch (part) {
        case response_part::none:
            return client_event_kind::need_input;
        case response_part::greeting:
            return client_event_kind::greeting;
        case response_part::reply:
            return client_event_kind::reply;
        case response_part::scan_listing:
            return client_event_kind::scan_listing;
        case response_part::unique_id:
            return client_event_kind::unique_id;
        case response_part::capability:
            return client_event_kind::capability;
        case response_part::body:
            return client_event_kind::body;
        case response_part::end_of_lines:
            return client_event_kind::end_of_lines;
        case response_part::fault:
        case response_part::no_reply:
            return client_event_kind::error;
        }
        return client_event_kind::error;
    }

    inbox inbox_;
    line_outbox outbox_;
    std::span<pending_command> in_flight_; // a ring: `waiting_` of them from `first_` on
    response_reader<Profile> reader_;
    error fatal_;
    capability_set capabilities_;
    capability_set learned_; // from a listing that is under way
    std::size_t used_ = 0;   // octets of the last event
    std::uint32_t first_ = 0;
    std::uint32_t waiting_ = 0;
    std::uint32_t quirks_;
    client_state state_ = client_state::greeting;
    bool apop_allowed_;
    bool apop_offered_ = false;
    bool secure_;
    bool peer_closed_ = false;
};

using client = basic_client<>;

} // namespace mailwire::pop3
