// SPDX-License-Identifier: BSL-1.0
// A server's half of COMPRESS: it says when; the program lays deflate below. RFC 4978 3.
#include "mailwire/imap/session/server.hpp"

#include "imap/session/server_driven.hpp"

namespace mailwire::imap {
namespace {

using test::said_to;
using kind = server_event_kind;

// A server that has said OK to COMPRESS and has sent it.
struct agreed : test::driven {
    explicit agreed(server_state s = server_state::authenticated) : driven(s) {
        EXPECT_EQ(hear("a COMPRESS DEFLATE\r\n").kind, kind::command);
        EXPECT_EQ(say(), misuse::none);
        (void)said();
    }
};

TEST(imap_compress_server, TL_17_begins_behind_the_OK) {
    for (const server_state s : {server_state::authenticated, server_state::selected}) {
        agreed server(s);
        EXPECT_EQ(server.session.next().kind, kind::start_compression);
        EXPECT_EQ(server.session.next().kind, kind::start_compression) << "until it has begun";
        EXPECT_EQ(server.session.send(exists{1}), misuse::wrong_state);
        EXPECT_EQ(server.session.compression_started(), misuse::none);
        EXPECT_EQ(server.session.compression_started(), misuse::wrong_state);
        EXPECT_EQ(server.session.state(), s);
        EXPECT_EQ(server.hear("b NOOP\r\n").kind, kind::command);
        EXPECT_EQ(server.session.send(exists{1}), misuse::none);
    }
}

TEST(imap_compress_server, TL_17_the_OK_itself_is_not_compressed) {
    test::driven server(server_state::authenticated);
    (void)server.hear("a COMPRESS DEFLATE\r\n");
    EXPECT_EQ(server.say(), misuse::none);
    EXPECT_EQ(server.session.compression_started(), misuse::busy);
    server.session.sent(3);
    EXPECT_EQ(server.session.compression_started(), misuse::busy);
    EXPECT_EQ(server.said(), "K so\r\n");
    EXPECT_EQ(server.session.compression_started(), misuse::none);
}

TEST(imap_compress_server, TL_19_twice_is_BAD) {
    EXPECT_EQ(said_to("a COMPRESS DEFLATE\r\n"), "a OK done\r\n");
    agreed server;
    EXPECT_EQ(server.session.compression_started(), misuse::none);
    EXPECT_EQ(server.hear("b COMPRESS DEFLATE\r\n").error.code, errc::unexpected_command);
    EXPECT_EQ(server.said(), "b BAD unexpected command\r\n");
    EXPECT_EQ(said_to("a COMPRESS LZW\r\nb COMPRESS\r\nc NOOP\r\n"), "a BAD syntax\r\nb BAD syntax\r\nc OK done\r\n");
}

TEST(imap_compress_server, TL_19_NO_and_BAD_change_nothing) {
    for (const condition c : {condition::no, condition::bad}) {
        test::driven server(server_state::authenticated);
        (void)server.hear("a COMPRESS DEFLATE\r\nb NOOP\r\n");
        const code_compressionactive active;
        EXPECT_EQ(server.session.finish({c, active, "TLS does"}), misuse::none);
        EXPECT_EQ(server.said(), "a " + std::string(status_response::word(c)) + " [COMPRESSIONACTIVE] TLS does\r\n");
        EXPECT_EQ(server.session.compression_started(), misuse::wrong_state);
        EXPECT_EQ(server.session.next().kind, kind::command) << "what came behind it is a command";
        EXPECT_EQ(server.say(), misuse::none);
        EXPECT_EQ(server.hear("c COMPRESS DEFLATE\r\n").kind, kind::command);
    }
}

// Clear text behind the command, and before the OK was sent: never a command.
TEST(imap_compress_server, TL_19_E10_octets_before_it_begins) {
    for (const std::string_view injected : {"b NOOP\r\n", "b", "\r\n", "b LOGOUT {3+}\r\n", "\x78\x9c"}) {
        mailwire::test::for_each_split(injected, [&](std::span<const std::string_view> pieces) {
            for (const int when : {0, 1, 2}) {
                test::driven server(server_state::authenticated);
                (void)server.hear("a COMPRESS DEFLATE\r\n");
                const auto come = [&] {
                    for (const std::string_view piece : pieces)
                        (void)test::receive(server.session, piece, piece.size());
                };
                if (when == 0) come();
                EXPECT_EQ(server.say(), misuse::none);
                if (when == 1) come();
                EXPECT_EQ(server.said(), "a OK so\r\n");
                if (when == 2) come();
                EXPECT_EQ(server.session.compression_started(), misuse::wrong_state);
                EXPECT_EQ(server.session.next().error, (error{errc::input_before_compression, 0, 0, 0}));
                EXPECT_EQ(server.session.state(), server_state::failed);
                EXPECT_EQ(server.said(), "");
            }
        });
    }
}

TEST(imap_compress_server, ST_9_not_where_it_is_not_announced) {
    EXPECT_EQ(said_to("a COMPRESS DEFLATE\r\n", {.capabilities = "IMAP4rev2"}), "a BAD unknown command\r\n");
    EXPECT_EQ(said_to("a COMPRESS DEFLATE\r\n", {.capabilities = "IMAP4rev2 COMPRESS=DEFLATE"}), "a OK done\r\n");
}

// TL-21: UNAUTHENTICATE ends it; it may then be agreed on anew.
TEST(imap_compress_server, TL_21_TL_22_UNAUTHENTICATE_ends_it) {
    agreed server;
    EXPECT_EQ(server.session.compression_started(), misuse::none);
    EXPECT_EQ(server.hear("b UNAUTHENTICATE\r\n").kind, kind::command);
    EXPECT_EQ(server.say(), misuse::none);
    EXPECT_EQ(server.hear("c LOGIN u p\r\n").kind, kind::command);
    EXPECT_EQ(server.say(), misuse::none);
    EXPECT_EQ(server.hear("d COMPRESS DEFLATE\r\n").kind, kind::command);
}

TEST(imap_compress_server, A9_the_end_before_it_begins) {
    agreed server;
    EXPECT_EQ(server.hang_up().kind, kind::closed);
}

} // namespace
} // namespace mailwire::imap
