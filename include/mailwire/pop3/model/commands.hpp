// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <string_view>

#include "mailwire/pop3/grammar/command.hpp"
#include "mailwire/pop3/model/command.hpp"
#include "mailwire/pop3/model/writer.hpp"

// The commands of a client (RFC 1939 4 to 7, RFC 2449 5). Each says its place in a session (`role`) and how it is
// answered (`answer`), so that a session knows no command by name.
namespace mailwire::pop3 {

// A command without arguments.
template <fixed_string Word, command_role Role, answer_form Answer = answer_form::text> struct plain_command {
    using word = mailwire::word<slot::command, Word>;
    using tail = grammar::success;
    static constexpr command_role role() { return Role; }
    static constexpr answer_form answer() { return Answer; }

    static plain_command read(cursor&) { return {}; }
    void write(writer&) const {}
};

using quit = plain_command<"QUIT", command_role::quit>;
using stat = plain_command<"STAT", command_role::work, answer_form::drop_listing>;
using noop = plain_command<"NOOP", command_role::work>;
using rset = plain_command<"RSET", command_role::work>;
using capa = plain_command<"CAPA", command_role::anywhere, answer_form::capabilities>;

// A command on one message.
template <fixed_string Word, answer_form Answer> struct message_command {
    using word = mailwire::word<slot::command, Word>;
    using tail = grammar::message_argument;
    static constexpr command_role role() { return command_role::work; }
    static constexpr answer_form answer() { return Answer; }
    std::uint32_t message = 0; // from 1

    static message_command read(cursor& c) { return {c.number32()}; }
    void write(writer& out) const { out.sp().message(message); }
};

using retr = message_command<"RETR", answer_form::body>;
using dele = message_command<"DELE", answer_form::text>;

// A command on all messages or on one. The answer has a line for each message, or is one line.
template <fixed_string Word, answer_form All, answer_form One> struct listing_command {
    using word = mailwire::word<slot::command, Word>;
    using tail = grammar::optional_message;
    static constexpr command_role role() { return command_role::work; }
    constexpr answer_form answer() const { return message == 0 ? All : One; }
    std::uint32_t message = 0; // 0: all

    static listing_command read(cursor& c) { return {c.skip_absent() ? 0 : c.number32()}; }
    void write(writer& out) const {
        if (message != 0) out.sp().number(message);
    }
};

using list = listing_command<"LIST", answer_form::scan_listings, answer_form::scan_listing>;
using uidl = listing_command<"UIDL", answer_form::unique_ids, answer_form::unique_id>;

// The header of a message and the first lines of its body.
struct top {
    using word = mailwire::word<slot::command, "TOP">;
    using tail = grammar::top_arguments;
    static constexpr command_role role() { return command_role::work; }
    static constexpr answer_form answer() { return answer_form::body; }
    std::uint32_t message = 0; // from 1
    std::uint32_t lines = 0;

    static top read(cursor& c) {
        const std::uint32_t number = c.number32();
        return {number, c.number32()};
    }
    void write(writer& out) const { out.sp().message(message).sp().number(lines); }
};

struct user {
    using word = mailwire::word<slot::command, "USER">;
    using tail = grammar::user_argument;
    static constexpr command_role role() { return command_role::user; }
    static constexpr answer_form answer() { return answer_form::text; }
    std::string_view name = {};

    static user read(cursor& c) { return {c.raw()}; }
    void write(writer& out) const { out.sp().name(name); }
};

struct pass {
    using word = mailwire::word<slot::command, "PASS">;
    using tail = grammar::pass_argument;
    static constexpr command_role role() { return command_role::pass; }
    static constexpr answer_form answer() { return answer_form::text; }
    std::string_view password = {}; // all of its spaces belong to it

    static pass read(cursor& c) { return {c.raw()}; }
    void write(writer& out) const { out.sp().password(password); }
};

struct apop {
    using word = mailwire::word<slot::command, "APOP">;
    using tail = grammar::apop_arguments;
    static constexpr command_role role() { return command_role::apop; }
    static constexpr answer_form answer() { return answer_form::text; }
    std::string_view name = {};
    std::string_view digest = {}; // MD5 of the greeting's timestamp and the secret, 32 lower-case hexadecimal digits

    static apop read(cursor& c) {
        const std::string_view who = c.raw();
        return {who, c.raw()};
    }
    void write(writer& out) const { out.sp().name(name).sp().digest(digest); }
};

} // namespace mailwire::pop3
