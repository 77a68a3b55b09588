// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "mailwire/core/error.hpp"
#include "mailwire/core/tls_policy.hpp"
#include "mailwire/imap/session/client_mode_table.hpp"
#include "mailwire/imap/session/client_options.hpp"
#include "mailwire/imap/session/client_table.hpp"
#include "mailwire/imap/session/in_flight.hpp"
#include "mailwire/imap/session/server_facts.hpp"

namespace mailwire::imap::detail {

// Where a client session stands: its state and its mode, the commands in flight, what it knows of the server. It decides
// what may be sent and what a line that has come means; it sees no octets.
template <typename Profile> class client_progress {
public:
    client_progress(std::span<in_flight> storage, const client_options& options)
        : commands_(storage), tls_(options.tls), secure_(options.secure) {}

    client_state state() const { return state_; }
    client_mode mode() const { return mode_; }
    const server_facts<Profile>& server() const { return server_; }
    const commands_in_flight& commands() const { return commands_; }
    bool secure() const { return secure_; }
    std::uint32_t last_number() const { return last_number_; }
    // The command that has taken the connection over.
    std::uint32_t taken_by() const { return taken_by_; }

    // Whether a command may be sent now, as far as it does not depend on its values.
    misuse may_send(const command_facts& facts) const {
        const auto where = static_cast<unsigned>(client_input::command_any) + static_cast<unsigned>(facts.legal);
        const client_state foreseen = commands_.foreseen(state_);
        if (action_of(foreseen, static_cast<client_input>(where)) == client_action::refuse) return misuse::wrong_state;
        if (facts.legal == legal_in::before_selection && selected_once_) return misuse::wrong_state;
        if (facts.effect == command_effect::starts_tls && secure_) return misuse::wrong_state;
        if (const misuse m = may(sending(facts.effect)); m != misuse::none) return m;
        if (takes_all(facts.effect) && commands_.size() != 0) return misuse::busy;
        if (const misuse m = may_log_in(facts.effect); m != misuse::none) return m;
        if (!is_offered(facts, server_.capabilities())) return misuse::not_offered;
        return commands_.full() ? misuse::no_room : misuse::none;
    }

    // Nothing may be under way before these, in either direction: what follows the answer is read in another way.
    static bool takes_all(command_effect effect) {
        return effect == command_effect::starts_tls || effect == command_effect::compresses;
    }

    // Whether the mode allows this call.
    misuse may(client_mode_input input) const {
        const client_mode_action action = action_of(mode_, input);
        if (action == client_mode_action::refuse) return misuse::wrong_state;
        return action == client_mode_action::wait ? misuse::busy : misuse::none;
    }

    // Whether the server has a mechanism, as far as it is known.
    bool offers_mechanism(std::string_view name) const {
        const capability_set<Profile>& offered = server_.capabilities();
        return !offered.known() || !sasl::is_known_mechanism(name) || offered.mechanisms().has(name);
    }
    bool takes_initial_response() const {
        const capability_set<Profile>& offered = server_.capabilities();
        return offered.template has<"SASL-IR">() || offered.template has<"IMAP4rev2">();
    }

    write_options writing() const {
        write_options o = server_.writing();
        // What a server takes may change with the login (RFC 9051 7.1); "{n}" it always takes.
        if (commands_.has(command_effect::logs_in)) o.literals = literal_form::synchronizing;
        return o;
    }

    // A command was sent; its number. `received`: the octets that had come from the server before.
    std::uint32_t note_sent(const command_facts& facts, std::uint32_t switches_on, std::uint64_t received) {
        commands_.add({++last_number_, facts.effect, facts.keeps_message_numbers, switches_on, received});
        go(sending(facts.effect));
        if (mode_ != client_mode::lines) taken_by_ = last_number_;
        return last_number_;
    }
    // A mechanism that is complete, or a program that answers itself: an OK to AUTHENTICATE can be believed.
    void note_proof(bool proved) { proved_ = proved; }

    void go(client_mode_input input) { mode_ = next_mode(mode_, action_of(mode_, input)); }
    void start_tls() {
        go(client_mode_input::tls_started);
        server_ = {};
        secure_ = true;
    }

    // What a line does to the state; false where the table says that the session has failed.
    bool act(client_input input) {
        const client_action action = action_of(state_, input);
        state_ = next_state(state_, action);
        if (state_ > client_state::selected) {
            // Behind BYE nothing is sent any more, and no answer begins anything; behind the end neither.
            mode_ = client_mode::lines;
            taken_by_ = 0;
        }
        return action != client_action::fail;
    }

    client_input input_of_greeting(condition c) const {
        if (c == condition::ok) return client_input::greeting_ok;
        if (c != condition::preauth) return client_input::greeting_bye;
        return needs_tls() ? client_input::preauth_in_clear : client_input::greeting_preauth;
    }
    void learn_greeting(const response& r) { (void)server_.learn(r); }

    // Untagged data and status. `wrong` is set to what is wrong with them.
    client_input learn_untagged(const response& r, violation& wrong) {
        const bool selecting = commands_.has(command_effect::selects);
        client_input input = client_input::data;
        if (r.kind() == response_kind::status) {
            const status_response status = r.status();
            if (status.condition == condition::bye) input = client_input::bye;
            if (status.condition == condition::ok && status.code.template is<code_closed>()) {
                server_.note_closed(selecting);
                if (!selecting) input = client_input::deselected;
            }
        }
        if (commands_.oldest_is(command_effect::selects)) server_.begin_opening(state_ == client_state::selected);
        wrong = server_.learn(r);
        if (wrong == violation::none && is_out_of_place(r)) wrong = violation::expunge_out_of_place;
        return input;
    }

    // The index of the command that a reply answers; it comes behind `start` octets of the server. Nothing for a tag that
    // is in flight nowhere.
    std::optional<std::size_t> find(std::string_view tag, std::uint64_t start) const {
        const std::size_t i = commands_.find(tag, start);
        return i == commands_.size() ? std::nullopt : std::optional(i);
    }
    // Whether a "+" behind `start` octets of the server can be meant for the command.
    bool can_answer(std::uint32_t number, std::uint64_t start) const {
        const std::size_t i = commands_.index_of(number);
        return i != commands_.size() && commands_.can_answer(i, start);
    }

    // What a tagged reply to a command is to the state.
    client_input input_of_reply(const in_flight& command, condition c) const {
        if (command.effect == command_effect::selects && c != condition::ok) return client_input::deselected;
        if (c != condition::ok) return client_input::done;
        switch (command.effect) {
        case command_effect::authenticates:
            return proved_ ? client_input::logged_in : client_input::unproven;
        case command_effect::logs_in:
            return client_input::logged_in;
        case command_effect::selects:
            return client_input::selected;
        case command_effect::deselects:
            return client_input::deselected;
        case command_effect::unauthenticates:
            return client_input::unauthenticated;
        case command_effect::none:
        case command_effect::logs_out:
        case command_effect::idles:
        case command_effect::starts_tls:
        case command_effect::compresses:
            break;
        }
        return client_input::done;
    }
    void learn_reply(const in_flight& command, const status_response& status, client_input input) {
        const bool ok = status.condition == condition::ok;
        if (command.effect == command_effect::selects) {
            server_.end_opening(ok);
            selected_once_ = selected_once_ || ok;
        }
        if (input == client_input::deselected) server_.close_mailbox();
        if (input == client_input::logged_in) server_.forget_capabilities();
        if (input == client_input::unauthenticated) {
            server_ = {};
            selected_once_ = false;
        }
        server_.settle(status, command.switches_on);
    }

    // Takes a command off the list: it is answered, `agreed` or not.
    in_flight take(std::size_t index, bool agreed) {
        const in_flight command = commands_[index];
        commands_.take(index);
        if (command.number == taken_by_) {
            go(agreed ? client_mode_input::agreed : client_mode_input::refused);
            taken_by_ = 0;
        }
        return command;
    }

private:
    static client_mode_input sending(command_effect effect) {
        switch (effect) {
        case command_effect::authenticates:
            return client_mode_input::send_authenticate;
        case command_effect::idles:
            return client_mode_input::send_idle;
        case command_effect::starts_tls:
            return client_mode_input::send_starttls;
        case command_effect::compresses:
            return client_mode_input::send_compress;
        case command_effect::none:
        case command_effect::logs_in:
        case command_effect::selects:
        case command_effect::deselects:
        case command_effect::logs_out:
        case command_effect::unauthenticates:
            break;
        }
        return client_mode_input::send_command;
    }

    bool needs_tls() const { return tls_ == tls_policy::required && !secure_; }

    misuse may_log_in(command_effect effect) const {
        const capability_set<Profile>& offered = server_.capabilities();
        const bool login = effect == command_effect::logs_in;
        if (effect == command_effect::starts_tls && offered.known() && !offered.template has<"STARTTLS">()) {
            return misuse::not_offered;
        }
        if (!is_login(effect)) return misuse::none;
        if (needs_tls()) return misuse::needs_tls;
        return login && offered.template has<"LOGINDISABLED">() ? misuse::not_offered : misuse::none;
    }

    // RFC 9051 7.5.1: not while only commands are in flight that keep the numbers, nor while there are none.
    bool is_out_of_place(const response& r) const {
        if (!commands_.keep_message_numbers()) return false;
        return r.is<expunge_data>() || (r.is<vanished_data>() && !r.as<vanished_data>().earlier);
    }

    commands_in_flight commands_;
    server_facts<Profile> server_;
    std::uint32_t last_number_ = 0;
    std::uint32_t taken_by_ = 0;
    client_state state_ = client_state::greeting;
    client_mode mode_ = client_mode::lines;
    tls_policy tls_;
    bool secure_;
    bool proved_ = false;        // an OK to AUTHENTICATE can be believed
    bool selected_once_ = false; // since the login: ENABLE has had its time (RFC 9051 6.3.1)
};

} // namespace mailwire::imap::detail
