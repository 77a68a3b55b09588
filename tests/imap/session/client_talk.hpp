// SPDX-License-Identifier: BSL-1.0
// A client in conversation: what the program says and what the server says, as text, whole and octet by octet. No call of
// the session takes anything from the heap.

#pragma once

#include "imap/session/boxes.hpp"
#include "support/allocations.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace mailwire::test {

// Most tests log in without TLS: what they are about does not depend on it.
inline const imap::client_options in_the_clear{.tls = tls_policy::optional};

class client_talk : public client_box {
public:
    // The server's octets come in pieces of at most `piece`.
    explicit client_talk(std::size_t piece = whole, const imap::client_options& options = in_the_clear,
                         const sizes& room = {})
        : client_box(room, options), piece_(piece) {}

    static constexpr std::size_t whole = 1U << 30U;

    // The server says something; what events that makes, without their CRLF.
    lines hear(std::string_view octets) {
        lines log;
        tell(log);
        while (!octets.empty() && !is_over()) {
            std::size_t n = 0;
            {
                const no_allocation_here guard("commit");
                n = receive(session, octets, piece_);
            }
            if (n == 0) break; // the program has to go on first
            octets.remove_prefix(n);
            tell(log);
        }
        for (std::string& line : log)
            cut_line_end(line);
        return log;
    }
    // The same with nothing new from the server: what happened meanwhile.
    lines hear() { return hear({}); }

    // A greeting that logs in, with these capabilities.
    void log_in(std::string_view capabilities = "IMAP4rev2") {
        EXPECT_EQ(hear("* PREAUTH [CAPABILITY " + std::string(capabilities) + "] hi\r\n").size(), 1U);
    }
    // A greeting, and a mailbox that is selected with 9 messages. Its command is A1.
    void select_box(std::string_view capabilities = "IMAP4rev2") {
        log_in(capabilities);
        EXPECT_EQ(say(imap::select{"box"}), "A1 SELECT box\r\n");
        EXPECT_EQ(hear("* 9 EXISTS\r\nA1 OK [READ-WRITE] in\r\n").size(), 2U);
        EXPECT_EQ(session.state(), imap::client_state::selected);
    }

    // What goes out when the program sends a command, or why it is not sent.
    template <alternative Command> std::string say(const Command& command) {
        misuse fault = misuse::none;
        {
            const no_allocation_here guard("send");
            fault = session.send(command).fault;
        }
        return said_or(fault);
    }
    template <sasl::client_mechanism M> std::string authenticate(M& mechanism) {
        return said_or(session.authenticate(mechanism).fault);
    }
    template <sasl::client_mechanism M> std::string answer(M& mechanism) { return said_or(session.answer(mechanism)); }
    std::string respond(std::string_view octets) { return said_or(session.respond(octets)); }
    std::string cancel() { return said_or(session.cancel()); }
    std::string end_idle() { return said_or(session.end_idle()); }

    // What the session wants to send.
    std::string said() {
        std::string all;
        while (!session.output().empty()) {
            all += session.output();
            const no_allocation_here guard("sent");
            session.sent(session.output().size());
        }
        return all;
    }

    // The server closes the connection.
    lines hang_up() {
        session.closed();
        return hear();
    }

private:
    std::string said_or(misuse fault) {
        const std::string all = said();
        if (fault == misuse::none) return all;
        EXPECT_EQ(all, "") << "a misuse puts nothing out";
        return "<" + std::string(name_of(fault)) + ">";
    }

    bool is_over() const {
        return session.state() == imap::client_state::failed || session.state() == imap::client_state::closed;
    }

    // All events up to the one behind which the program has to do something.
    void tell(lines& log) {
        using kind = imap::client_event_kind;
        while (!told_the_end_) {
            const auto e = [this] {
                const no_allocation_here guard("next");
                return session.next();
            }();
            if (e.kind == kind::need_input) return;
            if (e.kind == kind::need_output) {
                if (e.command == 0) return;
                continue;
            }
            note(log, e);
            told_the_end_ = is_over();
            const auto mode = session.mode();
            if (mode == imap::client_mode::challenged || mode == imap::client_mode::tls) return;
            if (mode == imap::client_mode::compression) return;
        }
    }

    static void cut_line_end(std::string& line) {
        const std::size_t at = line.rfind("\r\n");
        if (at == line.npos || line.starts_with("octets ") || line.starts_with("start compression ")) return;
        if (at + 2 == line.size()) {
            line.erase(at);
        } else if (line[at + 2] == '!') {
            line.replace(at, 2, " ");
        }
    }

    std::size_t piece_;
    bool told_the_end_ = false;
};

// Runs a conversation twice: what the server says comes whole, and octet by octet.
template <typename Run>
void talk_twice(Run run, const imap::client_options& options = in_the_clear, const sizes& room = {}) {
    for (const std::size_t piece : {client_talk::whole, std::size_t{1}}) {
        SCOPED_TRACE(piece == 1 ? "octet by octet" : "whole");
        client_talk talk(piece, options, room);
        run(talk);
    }
}

} // namespace mailwire::test
