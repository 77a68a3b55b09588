// SPDX-License-Identifier: BSL-1.0
// Every call of the program in every mode, by the table, and every line of a client where one is read.
#include "mailwire/imap/session/server_mode_table.hpp"

#include "imap/session/server_driven.hpp"

#include <functional>

namespace mailwire::imap {
namespace {

using kind = server_event_kind;

// A server in this mode, with all its output sent.
struct in_mode : test::driven {
    explicit in_mode(server_mode m) : driven(state_for(m)) {
        switch (m) {
        case server_mode::lines:
            break;
        case server_mode::offered:
            EXPECT_EQ(hear("a APPEND x {3}\r\n").kind, kind::literal_begin);
            break;
        case server_mode::answering:
            EXPECT_EQ(hear("a CREATE x\r\n").kind, kind::command);
            break;
        case server_mode::authenticating:
        case server_mode::challenged:
            EXPECT_EQ(hear("a AUTHENTICATE X\r\n").kind, kind::command);
            if (m == server_mode::challenged) begin(session.challenge("c"));
            break;
        case server_mode::asked_to_idle:
        case server_mode::idling:
            EXPECT_EQ(hear("a IDLE\r\n").kind, kind::command);
            if (m == server_mode::idling) begin(session.begin_idle());
            break;
        case server_mode::asked_for_tls:
        case server_mode::tls:
            EXPECT_EQ(hear("a STARTTLS\r\n").kind, kind::command);
            if (m == server_mode::tls) begin(say());
            break;
        case server_mode::asked_for_compression:
        case server_mode::compression:
            EXPECT_EQ(hear("a COMPRESS DEFLATE\r\n").kind, kind::command);
            if (m == server_mode::compression) begin(say());
            break;
        }
        (void)said();
        EXPECT_EQ(session.mode(), m);
    }

    static void begin(misuse fault) { EXPECT_EQ(fault, misuse::none); }
    static server_state state_for(server_mode m) {
        const bool early = m == server_mode::authenticating || m == server_mode::challenged ||
                           m == server_mode::asked_for_tls || m == server_mode::tls;
        return early ? server_state::not_authenticated : server_state::authenticated;
    }
};

struct call {
    server_mode_input input;
    std::function<misuse(server&)> make;
};
const call calls[] = {
    {server_mode_input::data, [](server& s) { return s.send(exists{1}); }},
    {server_mode_input::data,
     [](server& s) {
         return s.send(status_response{condition::no, {}, "hm"});
     }},
    {server_mode_input::accept_literal, [](server& s) { return s.accept_literal(); }},
    {server_mode_input::challenge, [](server& s) { return s.challenge("c"); }},
    {server_mode_input::begin_idle, [](server& s) { return s.begin_idle(); }},
    {server_mode_input::finish_ok,
     [](server& s) {
         return s.finish({condition::ok, {}, "x"});
     }},
    {server_mode_input::finish_other,
     [](server& s) {
         return s.finish({condition::no, {}, "x"});
     }},
    {server_mode_input::finish_other,
     [](server& s) {
         return s.finish({condition::bad, {}, "x"});
     }},
    {server_mode_input::tls_started, [](server& s) { return s.tls_started(); }},
    {server_mode_input::compression_started, [](server& s) { return s.compression_started(); }},
};

TEST(imap_server_modes, G1_every_call_in_every_mode) {
    for (std::size_t n = 0; n != server_modes; ++n) {
        const auto mode = static_cast<server_mode>(n);
        for (const call& c : calls) {
            in_mode server(mode);
            const server_mode_action action = action_of(mode, c.input);
            const misuse fault = c.make(server.session);
            SCOPED_TRACE(std::string(name_of(mode)) + ", " + std::string(name_of(c.input)));
            const bool refused = action == server_mode_action::refuse;
            EXPECT_EQ(fault, refused ? misuse::wrong_state : misuse::none);
            EXPECT_EQ(server.session.mode(), next_mode(mode, action));
            EXPECT_TRUE(!refused || server.said().empty());
        }
    }
}

struct line {
    server_mode_input input;
    std::string_view octets;
};
constexpr line command_lines[] = {
    {server_mode_input::command, "b NOOP\r\n"},
    {server_mode_input::command_idle, "b IDLE\r\n"},
    {server_mode_input::literal, "b APPEND x {3}\r\n"},
    {server_mode_input::command_compress, "b COMPRESS DEFLATE\r\n"},
    {server_mode_input::fault, "b XYZZY\r\n"},
    {server_mode_input::fault, "b NOOP\n"},
    {server_mode_input::fault, "b CREATE {9999999}\r\n"},
};

TEST(imap_server_modes, G1_PI_6_lines_where_commands_are_read) {
    for (const line& l : command_lines) {
        in_mode server(server_mode::lines);
        const auto event = server.hear(l.octets);
        const server_mode_action action = action_of(server_mode::lines, l.input);
        EXPECT_EQ(server.session.mode(), next_mode(server_mode::lines, action)) << l.octets;
        EXPECT_EQ(event.kind == kind::error, action == server_mode_action::deny);
    }
    for (const auto& [input, octets] : {line{server_mode_input::command_authenticate, "b AUTHENTICATE X\r\n"},
                                        line{server_mode_input::command_starttls, "b STARTTLS\r\n"}}) {
        test::driven server(server_state::not_authenticated);
        EXPECT_EQ(server.hear(octets).kind, kind::command);
        EXPECT_EQ(server.session.mode(), next_mode(server_mode::lines, action_of(server_mode::lines, input)));
    }
}

TEST(imap_server_modes, FR_21_FR_28_G5_G6_lines_of_an_exchange_and_of_IDLE) {
    for (const auto& [mode, input, octets] :
         {std::tuple{server_mode::challenged, server_mode_input::response, "AAAA\r\n"},
          std::tuple{server_mode::challenged, server_mode_input::response, "\r\n"},
          std::tuple{server_mode::challenged, server_mode_input::cancel, "*\r\n"},
          std::tuple{server_mode::challenged, server_mode_input::fault, "b NOOP\r\n"},
          std::tuple{server_mode::challenged, server_mode_input::fault, "AAAA\n"},
          std::tuple{server_mode::challenged, server_mode_input::fault, "{3}\r\n"},
          std::tuple{server_mode::idling, server_mode_input::done, "DONE\r\n"},
          std::tuple{server_mode::idling, server_mode_input::done, "done\r\n"},
          std::tuple{server_mode::idling, server_mode_input::fault, "DONE \r\n"},
          std::tuple{server_mode::idling, server_mode_input::fault, "b NOOP\r\n"},
          std::tuple{server_mode::idling, server_mode_input::fault, "\r\n"},
          std::tuple{server_mode::idling, server_mode_input::fault, "DONE\n"},
          std::tuple{server_mode::idling, server_mode_input::fault, "b LOGIN {3+}\r\n"}}) {
        in_mode server(mode);
        const auto event = server.hear(octets);
        const server_mode_action action = action_of(mode, input);
        SCOPED_TRACE(std::string(name_of(mode)) + ", " + octets);
        EXPECT_EQ(server.session.mode(), next_mode(mode, action));
        const bool gives_up = action == server_mode_action::give_up;
        EXPECT_EQ(server.said().starts_with("a BAD "), gives_up);
        EXPECT_EQ(event.kind == kind::error, input == server_mode_input::fault);
    }
}

// Where it is the program's turn nothing is read, however much has come. PI-6.
TEST(imap_server_modes, PI_6_nothing_is_read_while_the_program_answers) {
    for (const server_mode mode :
         {server_mode::offered, server_mode::answering, server_mode::authenticating, server_mode::asked_to_idle,
          server_mode::asked_for_tls, server_mode::asked_for_compression}) {
        in_mode server(mode);
        for (int i = 0; i != 3; ++i)
            EXPECT_EQ(server.hear("*\r\nDONE\r\nb NOOP\r\n").kind, kind::need_answer) << name_of(mode);
        EXPECT_EQ(server.session.mode(), mode);
        EXPECT_EQ(server.said(), "");
        server.session.closed();
        EXPECT_EQ(server.session.next().kind, kind::closed) << name_of(mode);
    }
}

} // namespace
} // namespace mailwire::imap
