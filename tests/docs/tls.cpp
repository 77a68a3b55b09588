// SPDX-License-Identifier: BSL-1.0
// The snippets of docs/tls.md, as they stand there. The handshake is pretended; compression is a bit of each octet.
#include "docs/script.hpp"

#include "mailwire/imap.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace imap = mailwire::imap;
using mailwire::misuse;
using mailwire::test::script;

namespace {

using connection = script;

std::string flipped(std::string_view octets) {
    std::string result(octets);
    for (char& c : result)
        c = static_cast<char>(c ^ 1);
    return result;
}

// What lies between a session and its connection: TLS on the outside, compression within.
class layers {
public:
    explicit layers(connection& c) : wire(c) {}

    void write(std::string_view octets) {
        std::string out = compressed ? flipped(octets) : std::string(octets);
        for (std::string_view rest = out; !rest.empty();)
            rest.remove_prefix(wire.write(rest));
    }
    std::size_t read(std::span<char> room) {
        std::size_t n = early.copy(room.data(), room.size());
        early.erase(0, n);
        if (n == 0) {
            n = wire.read(room);
            if (compressed) flipped({room.data(), n}).copy(room.data(), n);
        }
        return n;
    }
    bool shake_hands() { return secure = true; }
    void begin_compression(std::string_view octets) {
        compressed = true;
        early = flipped(octets);
    }

    bool secure = false;
    bool compressed = false;

private:
    connection& wire;
    std::string early; // inflated, not read yet
};

class reader {
public:
    explicit reader(connection& c) : net(c) {}

    // From a port in the clear to TLS; false where there is none.
    bool protect() {
        for (;;) {
            const imap::client_event e = next_event();
            switch (e.kind) {
            case imap::client_event_kind::greeting:
                if (!mail.send(imap::starttls{})) return false; // not offered, or logged in already
                break;
            case imap::client_event_kind::start_tls:
                if (!net.shake_hands()) return false;
                mail.tls_started(); // all that was said in the clear is forgotten
                return finish(mail.send(imap::capability{}));
            case imap::client_event_kind::done:  // NO: no TLS here, and so no login
            case imap::client_event_kind::error: // PREAUTH, octets where the handshake should be ...
            case imap::client_event_kind::closed:
                return false;
            default:
                break;
            }
        }
    }

    bool compress() {
        mail.send(imap::compress{});
        for (;;) {
            const imap::client_event e = next_event();
            switch (e.kind) {
            case imap::client_event_kind::start_compression:
                net.begin_compression(e.octets); // these came behind the OK: they are deflate already
                mail.compression_started();
                return true;
            case imap::client_event_kind::done: // NO: everything stays as it was
            case imap::client_event_kind::error:
            case imap::client_event_kind::closed:
                return false;
            default:
                break;
            }
        }
    }

    bool finish(const imap::sent_command& sent) {
        while (sent) {
            const imap::client_event e = next_event();
            if (e.kind == imap::client_event_kind::done && e.command == sent.number) return true;
            if (e.kind == imap::client_event_kind::error || e.kind == imap::client_event_kind::closed) return false;
        }
        return false;
    }

    imap::client_storage<> storage = {};
    imap::client mail{storage.buffers()}; // tls_policy::required
    layers net;
    mailwire::error last = {};

private:
    imap::client_event next_event() {
        for (;;) {
            net.write(mail.output());
            mail.sent(mail.output().size());
            const imap::client_event e = mail.next();
            last = e.error;
            if (e.kind != imap::client_event_kind::need_input && e.kind != imap::client_event_kind::need_output)
                return e;
            if (e.kind == imap::client_event_kind::need_output) continue;
            const std::size_t n = net.read(mail.prepare());
            n != 0 ? mail.commit(n) : mail.closed();
        }
    }
};

class keeper {
public:
    explicit keeper(connection& c) : net(c) {}

    void run() {
        mail.greet({imap::condition::ok, imap::code_capability{{"IMAP4rev2", "STARTTLS", "LOGINDISABLED"}}, "hi"});
        for (;;) {
            flush();
            const imap::server_event e = mail.next();
            switch (e.kind) {
            case imap::server_event_kind::need_input:
                receive();
                break;
            case imap::server_event_kind::command:
                answer(e.command);
                break;
            case imap::server_event_kind::start_tls:
                flush(); // the OK goes out in the clear
                if (!net.shake_hands()) return;
                mail.tls_started();
                break;
            case imap::server_event_kind::start_compression:
                flush(); // the OK goes out as it is
                net.begin_compression({});
                mail.compression_started();
                break;
            case imap::server_event_kind::error:
                if (is_fatal(e.error.code)) return;
                break;
            case imap::server_event_kind::closed:
                return;
            default:
                break;
            }
        }
    }

    imap::server_storage<> storage = {};
    imap::server mail{storage.buffers(), {.tls = mailwire::tls_policy::required}};
    layers net;

private:
    void answer(const imap::command& command) {
        on(
            command,
            [&](imap::starttls) {
                mail.finish({imap::condition::ok, {}, "begin TLS"});
            },
            [&](imap::capability) {
                mail.send(imap::capability_data{{"IMAP4rev2", "COMPRESS=DEFLATE"}}); // STARTTLS has had its time
                mail.finish({imap::condition::ok, {}, "that is all"});
            },
            [&](imap::compress) {
                mail.finish({imap::condition::ok, {}, "smaller from here on"});
            },
            [&](const imap::login&) {
                mail.finish({imap::condition::ok, {}, "welcome"});
            },
            [&](imap::logout) {
                mail.finish({imap::condition::ok, {}, "bye"});
            });
    }
    void flush() {
        net.write(mail.output());
        mail.sent(mail.output().size());
    }
    void receive() {
        const std::size_t n = net.read(mail.prepare());
        n != 0 ? mail.commit(n) : mail.closed();
    }
};

TEST(docs_tls, a_client_goes_over_to_TLS_and_to_compression) {
    const std::string early = "A4 OK smaller\r\n" + flipped("* 1 EXISTS\r\n");
    const std::string noop = flipped("A5 NOOP\r\n");
    const std::string answer = flipped("A5 OK still here\r\n");
    for (const std::size_t piece : {1U, 1000U}) {
        script server({{"", "* OK [CAPABILITY IMAP4rev2 STARTTLS LOGINDISABLED] hi\r\n"},
                       {"A1 STARTTLS\r\n", "A1 OK begin\r\n"},
                       {"A2 CAPABILITY\r\n", "* CAPABILITY IMAP4rev2\r\nA2 OK\r\n"},
                       {"A3 LOGIN ada secret\r\n", "A3 OK [CAPABILITY IMAP4rev2 COMPRESS=DEFLATE] in\r\n"},
                       {"A4 COMPRESS DEFLATE\r\n", early},
                       {noop, answer}},
                      piece);
        reader program(server);
        EXPECT_EQ(program.mail.send(imap::starttls{}).fault, misuse::wrong_state); // no greeting yet
        ASSERT_TRUE(program.protect());
        EXPECT_TRUE(program.mail.secure() && program.net.secure);
        EXPECT_EQ(program.mail.send(imap::starttls{}).fault, misuse::wrong_state);
        ASSERT_TRUE(program.finish(program.mail.send(imap::login{"ada", "secret"})));
        ASSERT_TRUE(program.compress());
        EXPECT_TRUE(program.finish(program.mail.send(imap::noop{})));
        server.expect_all_heard();
    }
}

TEST(docs_tls, a_client_without_TLS_says_no_password) {
    using mailwire::errc;
    const struct {
        std::string_view greeting;
        std::string_view answer;
        errc error;
    } rows[] = {
        {"* OK [CAPABILITY IMAP4rev2] no TLS\r\n", "", errc::none},
        {"* OK hi\r\n", "A1 NO not today\r\n", errc::none},
        {"* PREAUTH welcome\r\n", "", errc::login_before_tls},
        {"* OK hi\r\n", "A1 OK begin\r\n* CAPABILITY IMAP4rev2 AUTH=PLAIN\r\n", errc::input_before_tls},
        {"* BYE busy\r\n", "", errc::none},
    };
    for (const auto& row : rows) {
        script server({{"", row.greeting}, {"A1 STARTTLS\r\n", row.answer}}, 1000);
        reader program(server);
        EXPECT_FALSE(program.protect()) << row.greeting;
        EXPECT_EQ(program.last.code, row.error) << row.greeting;
        EXPECT_FALSE(program.mail.secure());
        EXPECT_FALSE(program.mail.send(imap::login{"ada", "secret"})) << row.greeting;
        EXPECT_EQ(program.mail.output(), "") << row.greeting;
    }
}

TEST(docs_tls, a_server_goes_over_to_TLS_and_to_compression) {
    const std::string logout = flipped("f LOGOUT\r\n");
    const std::string bye = flipped("* BYE logging out\r\nf OK bye\r\n");
    script client({{"* OK [CAPABILITY IMAP4rev2 STARTTLS LOGINDISABLED] hi\r\n", "a LOGIN ada secret\r\n"},
                   {"a NO [PRIVACYREQUIRED] TLS has to come first\r\n", "b STARTTLS\r\n"},
                   {"b OK begin TLS\r\n", "c CAPABILITY\r\n"},
                   {"* CAPABILITY IMAP4rev2 COMPRESS=DEFLATE\r\nc OK that is all\r\n", "d LOGIN ada secret\r\n"},
                   {"d OK welcome\r\n", "e COMPRESS DEFLATE\r\n"},
                   {"e OK smaller from here on\r\n", logout},
                   {bye, ""}},
                  1000);
    keeper program(client);
    program.run();
    client.expect_all_heard();
    EXPECT_EQ(program.mail.state(), imap::server_state::logged_out);
    EXPECT_TRUE(program.net.secure && program.net.compressed);
}

TEST(docs_tls, a_server_runs_nothing_that_came_behind_STARTTLS) {
    script client({{"* OK [CAPABILITY IMAP4rev2 STARTTLS LOGINDISABLED] hi\r\n", "a STARTTLS\r\nb NOOP\r\n"},
                   {"a OK begin TLS\r\n", ""}},
                  1000);
    keeper program(client);
    program.run();
    client.expect_all_heard();
    EXPECT_EQ(program.mail.state(), imap::server_state::failed);
    EXPECT_FALSE(program.net.secure);
}

} // namespace
