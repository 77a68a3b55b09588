// SPDX-License-Identifier: BSL-1.0
// Attack rows F1 to F4: whatever octets a program's values have, what goes out is one command, and a server reads from it what
// was meant; or nothing goes out.
#include "mailwire/imap/session/client.hpp"

#include "imap/session/boxes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace mailwire::imap {
namespace {

using test::flush;
using test::lines;

// A client and a server, and what the server reads. It refuses every command, so that no state changes.
class wire {
public:
    wire(const seq_of<text>& capabilities, bool logged_in)
        : server_({}, {.limits = {.bad_commands_before_login = 65535, .commands_before_login = 65535}}) {
        const code_capability announced{capabilities};
        EXPECT_EQ(server_.session.greet({logged_in ? condition::preauth : condition::ok, announced, "hi"}),
                  misuse::none);
        (void)test::feed(client_.session, flush(server_.session));
        if (!logged_in) return;
        EXPECT_TRUE(client_.session.send(select{"box"}));
        (void)test::feed(client_.session, talk({condition::ok}));
        EXPECT_EQ(client_.session.state(), client_state::selected);
        EXPECT_EQ(server_.session.state(), server_state::selected);
    }

    // Sends a command; true when it went out, and then the server has read one command, this one.
    template <typename Command> bool carries(const Command& command) { return carries(command, command); }
    // The message of an APPEND comes in pieces, and what is read of it at last is its size.
    bool carries(append command) {
        const std::string_view message = command.message.spelled();
        append read = command;
        read.message = text::streamed(message.size());
        if (!carries(command, read)) return false;
        const bool all = message.empty() || std::count(log_.begin(), log_.end(), "octets " + std::string(message)) == 1;
        EXPECT_TRUE(all);
        return all;
    }

private:
    template <typename Command> bool carries(const Command& command, const Command& as_read) {
        const sent_command sent = client_.session.send(command);
        if (!sent) {
            EXPECT_TRUE(sent.fault == misuse::bad_value || sent.fault == misuse::not_offered) << name_of(sent.fault);
            EXPECT_EQ(client_.session.output(), "");
            return false;
        }
        log_.clear();
        for (std::size_t i = 0; i != 8 && client_.session.in_flight_count() != 0; ++i)
            (void)test::feed(client_.session, talk({condition::no}));
        EXPECT_EQ(client_.session.in_flight_count(), 0U);
        EXPECT_EQ(client_.session.output(), "");
        std::string read;
        std::size_t commands = 0;
        for (const std::string& line : log_) {
            EXPECT_FALSE(line.starts_with("error")) << line;
            if (!line.starts_with("command ")) continue;
            ++commands;
            read = line;
        }
        EXPECT_EQ(commands, 1U);
        std::string tag = "A";
        tag += std::to_string(sent.number);
        EXPECT_EQ(read, "command " + test::wire_of(tag, as_read));
        return commands == 1;
    }

    // What the server answers to all that the client has to send.
    std::string talk(const test::answers& say) {
        std::string sent;
        test::feed(server_.session, flush(client_.session), log_, sent, say);
        return sent;
    }

    test::client_box client_;
    test::server_box server_;
    lines log_;
};

constexpr std::array<std::array<text, 2>, 4> announcements{
    {{"IMAP4rev1", "MOVE"}, {"IMAP4rev1", "LITERAL-"}, {"IMAP4rev1", "LITERAL+"}, {"IMAP4rev2", "MOVE"}}};

// Each of 256 octets, and some longer texts, at the beginning, in the middle and at the end of a value. `try_one` sends it.
template <typename Try> std::size_t with_every_octet(bool logged_in, Try try_one) {
    std::size_t carried = 0;
    for (const auto& capabilities : announcements) {
        wire w(seq_of<text>(std::span<const text>(capabilities)), logged_in);
        const auto each = [&](std::string_view bad) {
            for (const std::string& value :
                 {std::string(bad) + "ab", "a" + std::string(bad) + "b", "ab" + std::string(bad), std::string(bad)}) {
                SCOPED_TRACE(testing::PrintToString(value));
                if (try_one(w, value)) ++carried;
            }
        };
        for (int octet = 0; octet != 256; ++octet) {
            const char c = static_cast<char>(octet);
            each({&c, 1});
        }
        for (const std::string_view bad :
             {"\r\nZ1 LOGOUT", "\r\nZ1 LOGOUT\r\n", "\"\r\nZ1 LOGOUT", "{3+}\r\nabc", "{3}\r\nabc", "{0}", "{5}", "\\",
              "\\\"", "ALL\r\nx DELETE y", "\xc3\xa4", "\xc3", "", "NIL", "~{1}\r\nx", "a b", "(a)", "1:*", "*"})
            each(bad);
    }
    return carried;
}

// What goes out at all, of 4 announcements times 4 places times 275 values: enough that a refusal of everything is seen.
constexpr std::size_t tried = 4U * 4U * (256U + 19U);

TEST(imap_client_injection, F1_names_of_mailboxes) {
    const auto some = [](std::size_t carried) {
        EXPECT_GT(carried, tried * 9 / 10) << "a name may have any octet but NUL";
        EXPECT_LT(carried, tried);
    };
    some(with_every_octet(true, [](wire& w, std::string_view v) { return w.carries(create{v}); }));
    some(with_every_octet(true, [](wire& w, std::string_view v) { return w.carries(rename{v, v}); }));
    some(with_every_octet(true, [](wire& w, std::string_view v) { return w.carries(copy{"1", v}); }));
    some(with_every_octet(true,
                          [](wire& w, std::string_view v) { return w.carries(list{.reference = v, .pattern = v}); }));
    some(with_every_octet(true,
                          [](wire& w, std::string_view v) { return w.carries(append{.mailbox = v, .message = v}); }));
}

TEST(imap_client_injection, F1_credentials) {
    const std::size_t carried = with_every_octet(false, [](wire& w, std::string_view v) {
        return w.carries(login{v, v});
    });
    EXPECT_GT(carried, tried * 4 / 10) << "US-ASCII";
    EXPECT_LT(carried, tried * 6 / 10);
}

TEST(imap_client_injection, F1_what_is_searched_for) {
    const auto search_for = [](wire& w, const search_key& key) {
        const search_key keys[] = {key};
        return w.carries(uid_search{.keys = keys});
    };
    EXPECT_GT(with_every_octet(true,
                               [&](wire& w, std::string_view v) {
                                   const key::subject subject{v};
                                   return search_for(w, subject);
                               }),
              tried * 9 / 10);
    EXPECT_LT(with_every_octet(true,
                               [&](wire& w, std::string_view v) {
                                   const key::keyword keyword{v};
                                   return search_for(w, keyword);
                               }),
              tried * 4 / 10)
        << "atoms";
    EXPECT_GT(with_every_octet(true,
                               [&](wire& w, std::string_view v) {
                                   const key::header header{v, v};
                                   return search_for(w, header);
                               }),
              tried / 4);
    EXPECT_EQ(with_every_octet(true,
                               [&](wire& w, std::string_view v) {
                                   const key::since since{v};
                                   return search_for(w, since);
                               }),
              0U)
        << "none of these is a date";
}

// F1, F4: atoms, flags, dates, parts of a message: what is not one is refused.
TEST(imap_client_injection, F1_F4_what_has_no_quotes) {
    const auto few = [](std::size_t carried) { EXPECT_LT(carried, tried * 4 / 10); };
    few(with_every_octet(true, [](wire& w, std::string_view v) {
        const text flags[] = {v};
        return w.carries(append{.mailbox = "x", .flags = flags, .message = "m"});
    }));
    few(with_every_octet(true, [](wire& w, std::string_view v) {
        const text flags[] = {v};
        return w.carries(uid_store{.messages = "1", .flags = flags});
    }));
    EXPECT_EQ(with_every_octet(true,
                               [](wire& w, std::string_view v) {
                                   // Empty is the server's own date.
                                   return !v.empty() && w.carries(append{.mailbox = "x", .date = v, .message = "m"});
                               }),
              0U);
    few(with_every_octet(false, [](wire& w, std::string_view v) {
        return v != "a" && w.carries(authenticate{v, {}});
    }));
    few(with_every_octet(true, [](wire& w, std::string_view v) {
        const fetch_body_peek body{{.part = v}, {}};
        const item<slot::fetch_att> att[] = {body};
        return w.carries(uid_fetch{.messages = "1", .att = items<slot::fetch_att>(att)});
    }));
}

// F4: there is no way from text to a set but through its grammar.
TEST(imap_client_injection, F4_sets_are_judged) {
    for (const std::string_view bad : {"1\r\nb NOOP", "1 FLAGS", "", "0", "1:", "1,", "1 ", " 1", "*:*,x", "$,1"})
        EXPECT_FALSE(sequence_set::parse(bad)) << bad;
}

} // namespace
} // namespace mailwire::imap
