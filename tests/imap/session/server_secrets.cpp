// SPDX-License-Identifier: BSL-1.0
// Attack rows K1 to K3: a password is in no diagnostic, and in no buffer once its command is answered.
#include "mailwire/imap/session/server.hpp"

#include "imap/session/server_driven.hpp"

namespace mailwire::imap {
namespace {

using test::setting;
using test::talking_server;
using kind = server_event_kind;

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
bool has_marker(const std::vector<char>& storage) {
    return has_marker(std::string_view(storage.data(), storage.size()));
}

// What a client says to a server, each of it with the marker, well formed or not.
std::vector<std::string> lines_with_a_secret() {
    const std::string secret(marker);
    const std::string base64(in_base64);
    const std::string octets = "{" + std::to_string(marker.size());
    return {"a LOGIN u " + secret + "\r\n",
            "a LOGIN u \"" + secret + "\"\r\n",
            "a LOGIN u " + octets + "+}\r\n" + secret + "\r\n",
            "a LOGIN u " + octets + "}\r\n" + secret + "\r\n",
            "a LOGIN {1+}\r\nu " + octets + "+}\r\n" + secret + "\r\n",
            "a LOGIN u " + secret + " x\r\n",
            "a LOGIN u " + octets + "+}\r\n" + secret + " x\r\n",
            "a LOGIN u \"" + secret + "\n",
            "a LOGIN " + secret + " {9999}\r\n",
            "a LOGIN " + secret + " {9999+}\r\n" + std::string(9999, 'x') + "\r\n",
            "a LOGIN u {5000+}\r\n" + std::string(4989, 'x') + secret + "\r\n",
            "a LOGIN u " + std::string(300, 'x') + secret + std::string(9000, 'x') + "\r\n",
            "a LOGON u " + secret + "\r\n",
            secret + " LOGIN\r\n",
            "a AUTHENTICATE PLAIN " + base64 + "\r\n",
            "a AUTHENTICATE PLAIN " + base64 + "=\r\n",
            "a AUTHENTICATE PLAIN\r\n" + base64 + "\r\n",
            "a AUTHENTICATE PLAIN\r\n" + base64 + "=\r\n",
            "a AUTHENTICATE PLAIN\r\n" + secret + "\r\n",
            "a AUTHENTICATE PLAIN\r\n" + base64 + "\n",
            "a AUTHENTICATE PLAIN\r\n" + base64 + "{3}\r\n",
            "a AUTHENTICATE PLAIN\r\n" + base64 + "_{3+}\r\nabc\r\n"};
}

TEST(imap_server_secrets, K3_leave_the_input_when_they_have_been_answered) {
    for (const std::string& wire : lines_with_a_secret()) {
        for (const tls_policy policy : {tls_policy::optional, tls_policy::required}) {
            for (const condition answer : {condition::ok, condition::no}) {
                std::string left_in;
                mailwire::test::for_each_split(wire, [&](std::span<const std::string_view> pieces) {
                    talking_server server({.greeting = condition::ok, .answer = answer, .options = {.tls = policy}});
                    for (const std::string_view piece : pieces)
                        server.feed(piece);
                    (void)server.session.next();
                    if (has_marker(server.in)) left_in = mailwire::test::describe_split(pieces);
                });
                EXPECT_EQ(left_in, "") << wire;
            }
        }
    }
}

// The session may end before a login is answered: by BYE, by an error, by the end of the connection.
TEST(imap_server_secrets, K3_leave_the_input_when_the_session_ends) {
    for (const std::string_view line : {"a LOGIN u S3cr3t-7f1c\r\n", "a AUTHENTICATE PLAIN AHUAUzNjcjN0LTdmMWM=\r\n"}) {
        const auto asked = [line](auto end) {
            talking_server server({.greeting = condition::ok});
            server.session.at(0);
            EXPECT_EQ(server.hear(line).kind, kind::command);
            end(server.session);
            (void)server.session.next();
            EXPECT_FALSE(has_marker(server.in)) << line;
        };
        asked([](server& s) { EXPECT_EQ(s.send(status_response{condition::bye, {}, "bye"}), misuse::none); });
        asked([](server& s) { s.closed(); });
        asked([](server& s) { s.at(1'000'000); });
    }
    // What comes behind BYE is read by nobody.
    talking_server late({.greeting = condition::ok});
    EXPECT_EQ(late.session.send(status_response{condition::bye, {}, "bye"}), misuse::none);
    late.feed("a LOGIN u S3cr3t-7f1c\r\n");
    EXPECT_FALSE(has_marker(late.in));
    // Nor what comes where no command is allowed any more.
    talking_server much({.greeting = condition::ok, .options = {.limits = {.commands_before_login = 1}}});
    much.feed("a NOOP\r\nb LOGIN u S3cr3t-7f1c\r\n");
    EXPECT_FALSE(has_marker(much.in));
}

// Commands behind it that are already there stay.
TEST(imap_server_secrets, K3_wiping_takes_nothing_else) {
    talking_server server({.greeting = condition::ok});
    const std::string wire = "a LOGIN u " + std::string(marker) + "\r\nb CREATE x\r\nc NO";
    server.feed(wire);
    EXPECT_FALSE(has_marker(server.in));
    server.feed("OP\r\n");
    EXPECT_EQ(server.sent, "a OK done\r\nb OK done\r\nc OK done\r\n");
}

// Not in what goes out, whole or abandoned: a challenge has what the mechanism says and no more.
TEST(imap_server_secrets, K3_challenges_that_found_no_room) {
    test::server_box box({.out = 64});
    std::fill(box.out.begin(), box.out.end(), '\0');
    EXPECT_EQ(box.session.greet({condition::ok, {}, "hi"}), misuse::none);
    (void)test::flush(box.session);
    (void)test::receive(box.session, "a AUTHENTICATE X\r\n", 100);
    EXPECT_EQ(box.session.next().kind, kind::command);
    EXPECT_EQ(box.session.challenge(std::string(marker) + std::string(60, 'x')), misuse::no_room);
    EXPECT_FALSE(has_marker(box.out));
}

// K1: the event of an error has a code and numbers, the answer to it is one of the library's own.
TEST(imap_server_secrets, K1_are_in_no_error_and_in_no_answer) {
    for (const std::string& wire : lines_with_a_secret()) {
        if (wire.starts_with(marker)) continue; // a tag is repeated
        for (const tls_policy policy : {tls_policy::optional, tls_policy::required}) {
            // Who is refused does not go on. A client that does says the next line as a command, and its tag is repeated.
            const bool goes_on = wire.find("\r\n") + 2 != wire.size() && wire.find("+}") == wire.npos;
            if (goes_on && policy == tls_policy::required) continue;
            talking_server server({.greeting = condition::ok, .options = {.tls = policy}});
            server.feed(wire);
            EXPECT_FALSE(has_marker(server.sent)) << wire;
            for (const std::string& line : server.told)
                EXPECT_FALSE(line.starts_with("error") && has_marker(line)) << line;
        }
    }
    server_event e;
    talking_server server({.greeting = condition::ok});
    e = server.hear("a LOGIN u S3cr3t-7f1c x\r\n");
    EXPECT_EQ(e.kind, kind::error);
    EXPECT_TRUE(e.octets.empty() && e.command.tag().empty());
}

// K2: what a person may see of a fault is a word of the library and numbers; nothing a client sends is printed by it.
TEST(imap_server_secrets, K2_nothing_of_a_line_in_the_answer_to_it) {
    for (const std::string_view line : {"a \x1b[31m\r\n", "a NOOP %n%s\r\n", "a XYZZY \x07\r\n", "\x1b[2J NOOP\r\n"}) {
        const std::string sent = test::said_to(line);
        EXPECT_TRUE(sent == "a BAD syntax\r\n" || sent == "a BAD unknown command\r\n" || sent == "* BAD syntax\r\n")
            << sent;
    }
}

} // namespace
} // namespace mailwire::imap
