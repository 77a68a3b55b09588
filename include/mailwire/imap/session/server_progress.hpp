// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "mailwire/core/error.hpp"
#include "mailwire/imap/parse.hpp"
#include "mailwire/imap/session/capability_set.hpp"
#include "mailwire/imap/session/mailbox_facts.hpp"
#include "mailwire/imap/session/modes.hpp"
#include "mailwire/imap/session/server_mode_table.hpp"
#include "mailwire/imap/session/server_options.hpp"
#include "mailwire/imap/session/server_table.hpp"
#include "mailwire/imap/write.hpp"

namespace mailwire::imap::detail {

// What a server session has to know of a command that has come.
struct verdict {
    bool known = false;
    command_facts facts = {};
    // Why the session answers it itself, or errc::none.
    errc fault = errc::none;
    bool needs_tls = false; // the answer is NO with PRIVACYREQUIRED
};

// Where a server session stands: its state and its mode, the command under way, what it has told its client. It decides
// what a command and an answer may be; it sees no octets.
template <typename Profile> class server_progress {
public:
    explicit server_progress(const server_options& options) : tls_(options.tls), secure_(options.secure) {}

    server_state state() const { return state_; }
    server_mode mode() const { return mode_; }
    command_effect effect() const { return effect_; }
    bool secure() const { return secure_; }
    bool is_logged_in() const { return state_ == server_state::authenticated || state_ == server_state::selected; }
    const capability_set<Profile>& announced() const { return announced_; }
    const mailbox_facts& mailbox() const { return mailbox_; }

    // Those in force, bits of namespace modes.
    std::uint32_t modes() const { return modes_in_force(enabled_, announced_); }
    bool has_mode(std::uint32_t mode) const { return (modes() & mode) != 0; }

    // How commands read. Before the server has said what it is, UTF-8 is no fault.
    dialect reading() const {
        dialect d;
        d.from = side::client;
        d.utf8 = !announced_.known() || has_mode(modes::utf8);
        d.literals = literals_;
        if (has_mode(modes::uidonly)) d.forms &= ~forms::message_numbers;
        return d;
    }
    write_options writing() const {
        return {side::server, literal_form::synchronizing, has_mode(modes::utf8), !has_mode(modes::uidonly)};
    }

    verdict judge(const command& c) const {
        verdict v;
        v.known = visit<Profile>(c.value(), [&v]<typename Command>(const Command&) {
            constexpr command_facts facts = facts_of<Profile, Command>();
            v.facts = facts;
        });
        if (!v.known || !is_announced(v.facts)) {
            v.fault = errc::unknown_command;
            return v;
        }
        const bool disabled = v.facts.effect == command_effect::logs_in && announced_.template has<"LOGINDISABLED">();
        v.needs_tls = state_ == server_state::not_authenticated && is_login(v.facts.effect) &&
                      (disabled || (tls_ == tls_policy::required && !secure_));
        const bool twice = (v.facts.effect == command_effect::starts_tls && secure_) ||
                           (v.facts.effect == command_effect::compresses && compressed_);
        if (v.needs_tls || twice || action_of(state_, input_of(v.facts)) == server_action::deny) {
            v.fault = errc::unexpected_command;
        }
        return v;
    }

    // The command is the program's now; its tag is kept until it is answered.
    void deliver(const verdict& v, std::string_view tag) {
        keep_tag(tag);
        effect_ = v.facts.effect;
        keeps_numbers_ = v.facts.keeps_message_numbers;
        proved_ = true;
        go(delivering(effect_));
    }
    void offer(const verdict& v, std::string_view tag) {
        keep_tag(tag);
        effect_ = v.facts.effect;
        keeps_numbers_ = false;
        go(server_mode_input::literal);
    }
    std::string_view tag() const { return {tag_.data(), tag_size_}; }
    static constexpr std::size_t longest_tag = 64;

    bool allows(server_mode_input input) const { return action_of(mode_, input) != server_mode_action::refuse; }
    bool allows(server_input input) const { return action_of(state_, input) != server_action::refuse; }
    void go(server_mode_input input) { mode_ = next_mode(mode_, action_of(mode_, input)); }
    void act(server_input input) {
        state_ = next_state(state_, action_of(state_, input));
        if (state_ > server_state::selected) mode_ = server_mode::lines; // nothing is under way any more
    }

    // What an untagged status is to the state.
    server_input input_of(const status_response& status) const {
        if (status.condition == condition::bye) return server_input::bye;
        const bool closes = status.condition == condition::ok && status.code.template is<code_closed>();
        return closes && !is_selecting() ? server_input::closed : server_input::data;
    }

    // What the tagged reply to the command under way is to the state.
    server_input input_of_answer(condition c) const {
        if (effect_ == command_effect::selects && c == condition::no && state_ != server_state::not_authenticated) {
            return server_input::answer_deselected;
        }
        if (c != condition::ok) return server_input::answer;
        switch (effect_) {
        case command_effect::authenticates:
        case command_effect::logs_in:
            return server_input::answer_logged_in;
        case command_effect::selects:
            return server_input::answer_selected;
        case command_effect::deselects:
            return server_input::answer_deselected;
        case command_effect::unauthenticates:
            return server_input::answer_unauthenticated;
        case command_effect::logs_out:
            return server_input::answer_logged_out;
        case command_effect::none:
        case command_effect::idles:
        case command_effect::starts_tls:
        case command_effect::compresses:
            break;
        }
        return server_input::answer;
    }

    // CLOSE, UNSELECT and UNAUTHENTICATE succeed or are wrong: there is no NO to them (RFC 9051 6.4.1, RFC 8437 3). An OK
    // to AUTHENTICATE wants a mechanism that is complete.
    misuse may_finish(condition c) const {
        if (!allows(c == condition::ok ? server_mode_input::finish_ok : server_mode_input::finish_other)) {
            return misuse::wrong_state;
        }
        const bool never_no = effect_ == command_effect::deselects || effect_ == command_effect::unauthenticates;
        if (c == condition::no && never_no) return misuse::bad_value;
        const bool unproven = effect_ == command_effect::authenticates && c == condition::ok && !proved_;
        return unproven ? misuse::wrong_state : misuse::none;
    }
    void note_proof(bool proved) { proved_ = proved; }

    // EXPUNGE and its like: not while no command is under way, nor while one is that keeps the numbers (RFC 9051 7.5.1). A
    // command is under way when it has come whole.
    bool may_renumber() const {
        return mode_ != server_mode::lines && mode_ != server_mode::offered && !keeps_numbers_;
    }

    // Whether what is to be put out contradicts what was said before, or itself. A mailbox that opens contradicts nothing.
    bool contradicts(const exists& e) const { return is_wrong(e); }
    bool contradicts(const expunge_data& e) const { return is_wrong(e); }
    bool contradicts(const vanished_data& v) const { return is_wrong(v); }
    bool contradicts(const capability_data& c) const { return !is_announcement(c.capabilities); }
    bool contradicts(const status_response& status) const {
        const auto code = status.code.template get<code_capability>();
        return code && !is_announcement(code->capabilities);
    }
    bool contradicts(const auto&) const { return false; }

    // What was put out.
    void learn(const exists& e) { (void)mailbox_.learn(e); }
    void learn(const expunge_data& e) { (void)mailbox_.learn(e); }
    void learn(const vanished_data& v) { (void)mailbox_.learn(v); }
    void learn(const capability_data& c) { announce(c.capabilities); }
    void learn(const enabled_data& e) { enabled_ |= enabled_by<Profile>(e.capabilities); }
    void learn(const status_response& status) {
        if (status.condition == condition::ok && status.code.template is<code_closed>()) mailbox_ = {};
        if (const auto code = status.code.template get<code_capability>()) announce(code->capabilities);
    }
    void learn(const auto&) {}

    void learn_answer(const status_response& status, server_input input) {
        if (input == server_input::answer_deselected) mailbox_ = {};
        if (input == server_input::answer_logged_in) announced_ = {};
        if (input == server_input::answer_unauthenticated) {
            announced_ = {};
            mailbox_ = {};
            enabled_ = 0;
            compressed_ = false;
        }
        learn(status);
    }

    void start_tls() {
        go(server_mode_input::tls_started);
        announced_ = {};
        enabled_ = 0;
        secure_ = true;
    }
    void start_compression() {
        go(server_mode_input::compression_started);
        compressed_ = true;
    }

private:
    static server_input input_of(const command_facts& facts) {
        const auto first = static_cast<unsigned>(server_input::command_any);
        return static_cast<server_input>(first + static_cast<unsigned>(facts.legal));
    }
    static server_mode_input delivering(command_effect effect) {
        switch (effect) {
        case command_effect::authenticates:
            return server_mode_input::command_authenticate;
        case command_effect::idles:
            return server_mode_input::command_idle;
        case command_effect::starts_tls:
            return server_mode_input::command_starttls;
        case command_effect::compresses:
            return server_mode_input::command_compress;
        case command_effect::none:
        case command_effect::logs_in:
        case command_effect::selects:
        case command_effect::deselects:
        case command_effect::logs_out:
        case command_effect::unauthenticates:
            break;
        }
        return server_mode_input::command;
    }

    bool is_selecting() const { return mode_ == server_mode::answering && effect_ == command_effect::selects; }

    // A command whose capability is not among those announced is unknown (RFC 9051 6.5). Before any were, and after a
    // login until they are again, all that the profile has is there.
    bool is_announced(const command_facts& facts) const {
        if (!announced_.known()) return true;
        if (facts.effect == command_effect::starts_tls && !secure_) return announced_.template has<"STARTTLS">();
        return is_offered(facts, announced_);
    }

    void keep_tag(std::string_view tag) {
        tag_size_ = std::min(tag.size(), tag_.size());
        std::copy_n(tag.data(), tag_size_, tag_.data());
    }

    template <typename Data> bool is_wrong(const Data& value) const {
        mailbox_facts learnt = mailbox_;
        return learnt.learn(value) != violation::none && !is_selecting();
    }

    // RFC 9051 6.1.1: a revision is among them. RFC 7888 5: not both forms of literals.
    static bool is_announcement(const seq_of<text>& capabilities) {
        capability_set<Profile> announced;
        announced.replace(capabilities);
        const bool revision = announced.template has<"IMAP4rev1">() || announced.template has<"IMAP4rev2">();
        return revision && !(announced.template has<"LITERAL+">() && announced.template has<"LITERAL-">());
    }
    void announce(const seq_of<text>& capabilities) {
        announced_.replace(capabilities);
        literals_ = announced_.literals();
    }

    capability_set<Profile> announced_;
    mailbox_facts mailbox_;
    std::uint32_t enabled_ = 0;
    std::array<char, longest_tag> tag_{};
    std::size_t tag_size_ = 0;
    server_state state_ = server_state::greeting;
    server_mode mode_ = server_mode::lines;
    command_effect effect_ = command_effect::none;
    literal_form literals_ = literal_form::minus; // what clients may know from an earlier announcement
    tls_policy tls_;
    bool keeps_numbers_ = false;
    bool secure_;
    bool proved_ = true; // an OK to AUTHENTICATE can be meant
    bool compressed_ = false;
};

} // namespace mailwire::imap::detail
