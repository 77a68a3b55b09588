// SPDX-License-Identifier: BSL-1.0
// Attack rows K1 and K3: a password is in no diagnostic, and in no buffer once it has been sent or answered.

#include <mailwire/pop3/session/client.hpp>
#include <mailwire/pop3/session/server.hpp>

#include "pop3/session/client_log.hpp"
#include "pop3/session/joined_pair.hpp"
#include "pop3/session/server_log.hpp"

namespace mailwire::pop3::test {
namespace {

constexpr std::string_view marker = "S3cr3t-7f1c";
constexpr std::string_view in_base64 = "AHUAUzNjcjN0LTdmMWM="; // of "\0u\0" and the marker
constexpr std::string_view of_marker = "UzNjcjN0LTdmMWM=";

// Any four octets of it in a row, as they are or in base64.
bool has_marker(std::string_view octets) {
    for (const std::string_view secret : {marker, in_base64.substr(8), of_marker}) {
        for (std::size_t i = 0; i + 4 <= secret.size(); ++i) {
            if (octets.find(secret.substr(i, 4)) != octets.npos) return true;
        }
    }
    return false;
}

template <typename Array> std::string_view all_of(const Array& storage) { return {storage.data(), storage.size()}; }

TEST(secrets, K3_leave_the_output_when_they_have_been_sent) {
    const auto sent_is_wiped = [](auto&& speak) {
        test_client<> client;
        client.room.out.fill(0);
        client.settle("+OK\r\n");
        speak(client);
        EXPECT_TRUE(has_marker(all_of(client.room.out)));
        const std::size_t all = client.session.output().size();
        client.session.sent(all - 1);
        client.session.sent(1);
        EXPECT_FALSE(has_marker(all_of(client.room.out)));
        EXPECT_EQ(client.session.output(), "");
    };
    sent_is_wiped([](test_client<>& c) {
        ASSERT_EQ(c.session.send(user{"u"}), misuse::none);
        c.settle("+OK\r\n");
        ASSERT_EQ(c.session.send(pass{marker}), misuse::none);
    });
    sent_is_wiped([](test_client<>& c) { ASSERT_EQ(c.session.send(auth{"PLAIN", in_base64}), misuse::none); });
    sent_is_wiped([](test_client<>& c) {
        ASSERT_EQ(c.session.send(auth{"X", {}}), misuse::none);
        c.settle("+ \r\n");
        ASSERT_EQ(c.session.respond(marker), misuse::none);
    });
    sent_is_wiped([](test_client<>& c) {
        sasl::plain_client plain({.user = "u", .password = marker});
        ASSERT_EQ(c.session.authenticate(plain), misuse::none);
        c.settle("+ \r\n");
        ASSERT_EQ(c.session.answer(plain), misuse::none);
    });
    sent_is_wiped([](test_client<>& c) {
        ASSERT_EQ(c.session.send(capa{}), misuse::none);
        c.settle("+OK\r\nSASL PLAIN\r\n.\r\n");
        sasl::plain_client plain({.user = "u", .password = marker});
        ASSERT_EQ(c.session.authenticate(plain), misuse::none);
    });
}

// What is refused has been put in part, and is gone as well.
TEST(secrets, K3_refused_commands_leave_nothing) {
    test_client<> client;
    client.room.out.fill(0);
    client.settle("+OK\r\n");
    ASSERT_EQ(client.session.send(user{"u"}), misuse::none);
    client.settle("+OK\r\n");
    EXPECT_EQ(client.session.send(pass{std::string(marker) + "\r\nDELE 1"}), misuse::bad_value);
    EXPECT_EQ(client.session.send(pass{std::string(marker) + std::string(300, 'x')}), misuse::bad_value);
    EXPECT_EQ(client.session.send(pass{std::string(500, 'x') + std::string(marker)}), misuse::bad_value);
    EXPECT_FALSE(has_marker(all_of(client.room.out)));
}

// What a client says to a server, each of it with the marker, well formed or not.
std::vector<std::string> lines_with_a_secret() {
    const std::string secret(marker);
    return {"USER u\r\nPASS " + secret + "\r\n",
            "PASS " + secret + "\r\n",
            "USER u\r\nPASS\t" + secret + "\r\n",
            "USER u\r\nPASS " + secret + "\x01\r\n",
            "USER u\r\nPASS " + secret + "\nx\r\n",
            "PASSWORD " + secret + "\r\n",
            "AUTH PLAIN " + std::string(in_base64) + "\r\n",
            "AUTH PLAIN\r\n" + std::string(in_base64) + "\r\n",
            "AUTH PLAIN\r\n" + std::string(in_base64) + "=\r\n",
            "AUTH PLAIN " + std::string(in_base64) + "=\r\n",
            "AUTH PLAIN\r\n" + secret + "\r\n",
            "AUTH X " + std::string(of_marker) + "\r\n",
            "AUTH PLAIN " + std::string(in_base64) + " x\r\n"};
}

TEST(secrets, K3_leave_the_input_when_they_have_been_answered) {
    for (const std::string& wire : lines_with_a_secret()) {
        for (const tls_policy policy : {tls_policy::optional, tls_policy::required}) {
            mailwire::test::for_each_split(wire, [&](std::span<const std::string_view> pieces) {
                test_server server({.tls = policy});
                server.room.in.fill(0);
                ASSERT_EQ(server.session.greet(), misuse::none);
                for (const std::string_view piece : pieces) {
                    server.feed(piece);
                }
                (void)server.session.next();
                EXPECT_FALSE(has_marker(all_of(server.room.in))) << wire << mailwire::test::describe_split(pieces);
            });
        }
    }
}

// Commands behind it that are already there stay.
TEST(secrets, K3_wiping_takes_nothing_else) {
    test_server server;
    server.room.in.fill(0);
    ASSERT_EQ(server.session.greet(), misuse::none);
    const std::string wire = "USER u\r\nPASS " + std::string(marker) + "\r\nCAPA\r\nQUI";
    std::copy(wire.begin(), wire.end(), server.session.prepare().begin());
    server.session.commit(wire.size());
    server.feed("");
    EXPECT_FALSE(has_marker(all_of(server.room.in)));
    server.feed("T\r\n");
    EXPECT_EQ(server.drop.told.back(), "closed");
    EXPECT_TRUE(server.output.ends_with("TOP\r\nUIDL\r\n.\r\n+OK bye\r\n"));
}

// K1: the event of an error has a code and numbers, the answer to it is one of the library's own.
TEST(secrets, K1_are_in_no_error_and_in_no_answer) {
    for (const std::string& wire : lines_with_a_secret()) {
        test_server server;
        ASSERT_EQ(server.session.greet(), misuse::none);
        server.feed(wire);
        EXPECT_FALSE(has_marker(server.output)) << wire;
        for (const std::string& line : server.drop.told) {
            EXPECT_FALSE(line.starts_with("error") && has_marker(line)) << line;
        }
    }
    for (const std::string_view wire :
         {"S3cr3t-7f1c\r\n", "+ S3cr3t-7f1c\r\n", "+OK S3cr3t-7f1c\xff\r\n", "S3cr3t-7f1c\n\r\n"}) {
        test_client<> client;
        client.settle("+OK\r\n");
        ASSERT_EQ(client.session.send(auth{"X", {}}), misuse::none);
        client.session.sent(100);
        log told;
        client.feed(wire, told);
        ASSERT_EQ(told.size(), 1U);
        EXPECT_TRUE(told[0].starts_with("error")) << told[0];
        EXPECT_FALSE(has_marker(told[0])) << told[0];
        EXPECT_FALSE(has_marker(client.session.output()));
    }
}

// Both ends of every mechanism that sends a password as it is.
TEST(secrets, K3_of_joined_sessions) {
    sasl::test::site site;
    site.secret = marker;
    each_pair(site, {.password = marker}, [&](auto& client, auto& server) {
        joined_pair pair;
        EXPECT_EQ(pair.log_in(client, server).told, std::vector<std::string>{"+OK"});
        (void)pair.server.next();
        for (const std::string* buffer : pair.buffers()) {
            EXPECT_FALSE(has_marker(*buffer)) << client.name();
        }
    });
}

} // namespace
} // namespace mailwire::pop3::test
