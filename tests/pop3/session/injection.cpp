// SPDX-License-Identifier: BSL-1.0
// Attack rows F1, F5, F6 and F7: whatever octets a program hands to a session, one call puts out one line, or none.
// Every encoder, every octet, in the first place, in the middle and in the last one.

#include <mailwire/pop3/session/client.hpp>
#include <mailwire/pop3/session/server.hpp>

#include "pop3/session/client_log.hpp"
#include "pop3/session/server_log.hpp"

#include <functional>

namespace mailwire::pop3::test {
namespace {

using value_call = std::function<misuse(std::string_view)>;

// A value that the encoder takes, with one octet at each of three places.
template <typename Fn> void each_octet(std::string_view valid, Fn&& fn) {
    for (int octet = 0; octet != 256; ++octet) {
        for (const std::size_t at : {std::size_t(0), valid.size() / 2, valid.size() - 1}) {
            std::string value(valid);
            value[at] = static_cast<char>(octet);
            fn(value);
        }
    }
}

// Expects that what was put out is one line, or nothing where the call was refused.
void expect_one_line(misuse m, std::string_view output, const std::string& value) {
    if (m != misuse::none) {
        EXPECT_EQ(m, misuse::bad_value) << testing::PrintToString(value);
        EXPECT_EQ(output, "") << testing::PrintToString(value);
        return;
    }
    ASSERT_GE(output.size(), 2U);
    EXPECT_EQ(output.find_first_of("\r\n"), output.size() - 2) << testing::PrintToString(value);
    EXPECT_TRUE(output.ends_with("\r\n")) << testing::PrintToString(value);
    EXPECT_EQ(output.find('\0'), output.npos) << testing::PrintToString(value);
}

// What a server makes of a line: the command of the client, as text, or nothing.
std::string understood(std::string_view line, bool utf8) {
    std::array<token, tokens_of_a_line> tape;
    const auto read = parse_command(line, tape, {.utf8 = utf8});
    return read.error ? "" : describe(read.value);
}

struct command_row {
    const char* name;
    std::string_view valid;
    std::size_t few; // at least so many of the 768 values are refused
    misuse (*send)(pop3::client&, std::string_view);
};

constexpr std::string_view digest = "c4c9334bac560ecc979e58001b3e22fb";

const command_row command_rows[] = {
    {"USER", "mrose", 400, [](pop3::client& c, std::string_view v) { return c.send(user{v}); }},
    {"APOP name", "mrose", 400,
     [](pop3::client& c, std::string_view v) {
         return c.send(apop{v, digest});
     }},
    {"APOP digest", digest, 700,
     [](pop3::client& c, std::string_view v) {
         return c.send(apop{"u", v});
     }},
    {"AUTH name", "PLAIN", 600,
     [](pop3::client& c, std::string_view v) {
         return c.send(auth{v, {}});
     }},
    {"AUTH response", "AHUAcAAA", 560,
     [](pop3::client& c, std::string_view v) {
         return c.send(auth{"X", v});
     }},
    {"LANG", "de-AT", 560, [](pop3::client& c, std::string_view v) { return c.send(lang{v}); }},
};

// F1, F6, F7. With UTF8 USER in the capabilities too.
TEST(injection, F1_commands_of_a_client) {
    for (const command_row& r : command_rows) {
        for (const bool utf8 : {false, true}) {
            std::size_t refused = 0;
            each_octet(r.valid, [&](const std::string& value) {
                test_client<> client({.apop = true, .tls = tls_policy::optional});
                client.settle("+OK <1@a.example>\r\n");
                ASSERT_EQ(client.session.send(capa{}), misuse::none);
                client.settle(utf8 ? "+OK\r\nUTF8 USER\r\n.\r\n" : "+OK\r\n.\r\n");
                const misuse m = r.send(client.session, value);
                refused += m != misuse::none;
                expect_one_line(m, client.session.output(), value);
                if (m == misuse::none) {
                    const std::string heard = understood(client.session.output(), utf8);
                    EXPECT_NE(heard.find(value), heard.npos) << r.name << testing::PrintToString(value);
                }
            });
            EXPECT_GE(refused, utf8 ? 100U : r.few) << r.name;
            EXPECT_LT(refused, 768U) << r.name;
        }
    }
}

TEST(injection, F1_passwords) {
    for (const std::string_view valid : {"my secret", "x"}) {
        each_octet(valid, [&](const std::string& value) {
            test_client<> client;
            client.settle("+OK\r\n");
            ASSERT_EQ(client.session.send(user{"u"}), misuse::none);
            client.settle("+OK\r\n");
            const misuse m = client.session.send(pass{value});
            expect_one_line(m, client.session.output(), value);
            if (m == misuse::none) {
                EXPECT_EQ(understood(client.session.output(), false), "PASS [" + value + "]");
            }
        });
    }
}

// In base64 every octet may go.
TEST(injection, F1_responses_and_challenges) {
    each_octet("response", [&](const std::string& value) {
        test_client<> client;
        client.settle("+OK\r\n");
        ASSERT_EQ(client.session.send(auth{"X", {}}), misuse::none);
        client.settle("+ \r\n");
        const misuse m = client.session.respond(value);
        EXPECT_EQ(m, misuse::none);
        expect_one_line(m, client.session.output(), value);
        test_server server;
        ASSERT_EQ(server.session.greet(), misuse::none);
        const auto hear = [&](std::string_view wire) {
            server.session.sent(server.session.output().size());
            std::copy(wire.begin(), wire.end(), server.session.prepare().begin());
            server.session.commit(wire.size());
            return server.session.next();
        };
        ASSERT_EQ(hear("AUTH X\r\n").kind, server_event_kind::command);
        EXPECT_EQ(server.session.challenge(value), misuse::none);
        expect_one_line(misuse::none, server.session.output(), value);
        EXPECT_EQ(hear(client.session.output()).response, value) << "F6";
    });
}

struct answer_row {
    const char* name;
    std::string_view asked;
    std::string_view valid;
    bool listed; // a line behind the +OK
    misuse (*answer)(pop3::server&, std::string_view);
};

using srv = pop3::server;
using str = std::string_view;

const answer_row answer_rows[] = {
    {"ok", "NOOP", "a text", false, [](srv& s, str v) { return s.ok(v); }},
    {"err", "NOOP", "a text", false, [](srv& s, str v) { return s.err(v); }},
    {"err behind a code", "NOOP", "a text", false, [](srv& s, str v) { return s.err(code::sys_temp, v); }},
    {"code", "NOOP", "SYS/TEMP", false, [](srv& s, str v) { return s.err({v}, "x"); }},
    {"UIDL of one", "UIDL 1", "abc", false,
     [](srv& s, str v) {
         return s.send(unique_id{1, v});
     }},
    {"STAT, behind", "STAT", "abc", false,
     [](srv& s, str v) {
         return s.send(drop_listing{1, 2, v});
     }},
    {"LIST of one, behind", "LIST 1", "abc", false,
     [](srv& s, str v) {
         return s.send(scan_listing{1, 2, v});
     }},
    {"LANG tag", "LANG de", "de-AT", false,
     [](srv& s, str v) {
         return s.send(language{v, "x"});
     }},
    {"LANG text", "LANG de", "hello", false,
     [](srv& s, str v) {
         return s.send(language{"de", v});
     }},
    {"LIST, behind", "LIST", "abc", true,
     [](srv& s, str v) {
         return s.send(scan_listing{1, 2, v});
     }},
    {"UIDL", "UIDL", "abc", true,
     [](srv& s, str v) {
         return s.send(unique_id{1, v});
     }},
    {"languages", "LANG", "de-AT", true,
     [](srv& s, str v) {
         return s.send(language_listing{v, "x"});
     }},
    {"descriptions", "LANG", "Deutsch", true,
     [](srv& s, str v) {
         return s.send(language_listing{"de", v});
     }},
    {"mechanisms", "AUTH", "PLAIN", true, [](srv& s, str v) { return s.send(mechanism_listing{v}); }},
    {"SASL", "CAPA", "PLAIN X-Y", true, [](srv& s, str v) { return s.send(capability::sasl{v}); }},
    {"IMPLEMENTATION", "CAPA", "a b", true, [](srv& s, str v) { return s.send(capability::implementation{v}); }},
};

// F1, F5: a name of the store, a text of a user: nothing of it begins a line of its own.
TEST(injection, F5_answers_of_a_server) {
    for (const answer_row& r : answer_rows) {
        std::size_t refused = 0;
        each_octet(r.valid, [&](const std::string& value) {
            test_server server({.quirks = quirks::auth_without_mechanism});
            ASSERT_EQ(server.session.greet(), misuse::none);
            const bool before_login = r.asked == "AUTH" || r.asked.starts_with("LANG");
            if (!before_login) server.feed("USER mrose\r\nPASS my secret\r\n");
            server.send();
            const std::string wire = std::string(r.asked) + "\r\n";
            std::copy(wire.begin(), wire.end(), server.session.prepare().begin());
            server.session.commit(wire.size());
            ASSERT_EQ(server.session.next().kind, server_event_kind::command) << r.name;
            if (r.listed) {
                ASSERT_EQ(server.session.ok(), misuse::none);
                server.session.sent(100);
            }
            const misuse m = r.answer(server.session, value);
            refused += m != misuse::none;
            expect_one_line(m, server.session.output(), value);
            EXPECT_FALSE(r.listed && server.session.output().starts_with('.')) << r.name << value;
        });
        EXPECT_GE(refused, 9U) << r.name;
        EXPECT_LT(refused, 768U) << r.name;
    }
}

TEST(injection, F5_greetings) {
    for (const bool stamped : {false, true}) {
        std::size_t refused = 0;
        each_octet(stamped ? "<1.2@a.example>" : "POP3 server", [&](const std::string& value) {
            test_server server;
            const misuse m = server.session.greet(stamped ? greeting{.timestamp = value} : greeting{.text = value});
            refused += m != misuse::none;
            expect_one_line(m, server.session.output(), value);
            if (m == misuse::none) {
                const auto read = parse_greeting(server.session.output());
                EXPECT_FALSE(read.error) << value;
                EXPECT_EQ(stamped ? read.value.timestamp : read.value.text, value) << "F6";
            }
        });
        EXPECT_GE(refused, 400U);
    }
}

// A message as a client gets it. Where messages are sent as they are stored, a dot behind a bare LF is doubled, so that no
// reader takes it for the end, and a reader that goes by CRLF alone hands both dots on.
std::string as_received(std::string_view stored) {
    std::string whole;
    for (std::size_t i = 0; i != stored.size(); ++i) {
        if (stored[i] == '.' && i != 0 && stored[i - 1] == '\n' && (i == 1 || stored[i - 2] != '\r')) whole += '.';
        whole += stored[i];
    }
    return stored.ends_with("\r\n") ? whole : whole + "\r\n";
}

// F7, J1: every octet of a message comes out as it went in, and no octet of it ends the answer.
TEST(injection, F7_messages) {
    for (const std::string_view valid : {"a\r\nb\r\n.\r\nc", ".x.", "\r\n.\r\n"}) {
        each_octet(valid, [&](const std::string& value) {
            test_server server({}, {{"a", value}});
            ASSERT_EQ(server.session.greet(), misuse::none);
            server.feed("USER mrose\r\nPASS my secret\r\n");
            server.output.clear();
            server.feed("RETR 1\r\n");
            test_client<1024> client;
            client.log_in();
            ASSERT_EQ(client.session.send(retr{1}), misuse::none);
            log told;
            client.feed(server.output, told);
            const std::string whole = as_received(value);
            ASSERT_EQ(told.size(), 3U) << testing::PrintToString(value);
            EXPECT_EQ(told[1], "body [" + whole + "]") << testing::PrintToString(value);
            EXPECT_TRUE(told[2].starts_with("end"));
            EXPECT_EQ(client.session.in_flight(), 0U);
        });
    }
}

} // namespace
} // namespace mailwire::pop3::test
