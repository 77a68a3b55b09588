// SPDX-License-Identifier: BSL-1.0
#include "support/tls_pipe.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include <openssl/ssl.h>

#include "tls_files.hpp"

namespace support {
namespace {

// A client and a server whose octets go through memory, so many at a time.
class joined {
public:
    joined(const tls_context& client_context, const tls_context& server_context, const std::string& host,
           std::size_t most)
        : client(client_context, host), server(server_context), most_(most) {
        carry();
    }

    void carry() {
        while (carry(client, server) || carry(server, client)) {
        }
    }

    // What the other side gets of what one side writes.
    std::string transport(tls_pipe& from, tls_pipe& to, std::string_view plain) {
        std::string got;
        do {
            plain.remove_prefix(from.write(plain));
            do {
                read_all(to, got);
            } while (carry(from, to));
        } while (!plain.empty() && from.state() == tls_state::open);
        read_all(to, got);
        return got;
    }

    tls_pipe client;
    tls_pipe server;
    std::function<void(std::string&)> spoil = [](std::string&) {};

private:
    bool carry(tls_pipe& from, tls_pipe& to) {
        std::string octets(from.output().substr(0, most_));
        from.sent(octets.size());
        if (octets.empty()) return false;
        spoil(octets);
        to.receive(octets);
        return true;
    }

    static void read_all(tls_pipe& from, std::string& got) {
        std::array<char, 1000> room;
        while (const std::size_t octets = from.read(room)) {
            got.append(room.data(), octets);
        }
    }

    std::size_t most_;
};

class tls_pipe_test : public testing::Test {
protected:
    mailwire::test::scratch_folder folder;
    tls_files files{folder.path(), "localhost", "DNS:localhost,IP:127.0.0.1"};
    tls_context server = tls_context::server(files.certificate, files.key);
    tls_context client = tls_context::client(files.certificate);
};

TEST_F(tls_pipe_test, carries_octets_in_pieces_of_every_size) {
    std::string text;
    for (int i = 0; i != 40000; ++i) {
        text += "line " + std::to_string(i) + "\r\n";
    }
    for (const std::size_t most : {1U, 2U, 5U, 1000U, 1000000U}) {
        for (const auto* host : {"localhost", "127.0.0.1"}) {
            joined both(client, server, host, most);
            ASSERT_EQ(both.client.state(), tls_state::open) << both.client.error();
            ASSERT_EQ(both.server.state(), tls_state::open) << both.server.error();
            EXPECT_EQ(both.transport(both.client, both.server, "hello"), "hello");
            EXPECT_EQ(both.transport(both.server, both.client, most < 1000 ? "short" : text),
                      most < 1000 ? "short" : text);
        }
    }
}

TEST_F(tls_pipe_test, takes_no_more_than_it_can_hold) {
    joined both(client, server, "localhost", 1000);
    const std::string much(1000000, 'x');
    const std::size_t taken = both.server.write(much);
    EXPECT_LT(taken, 100000U);
    EXPECT_LT(both.server.output().size(), 100000U);
    EXPECT_EQ(both.server.write(much), 0U);
    EXPECT_EQ(both.transport(both.server, both.client, "").size(), taken);
}

TEST_F(tls_pipe_test, says_nothing_before_the_handshake_is_over) {
    tls_pipe alone(client, "localhost");
    std::array<char, 10> room;
    EXPECT_EQ(alone.state(), tls_state::handshaking);
    EXPECT_EQ(alone.write("secret"), 0U);
    EXPECT_EQ(alone.read(room), 0U);
    EXPECT_FALSE(alone.may_read());
    EXPECT_FALSE(alone.output().empty());
}

// What a server sends behind the end of its handshake may come in one piece with it.
TEST_F(tls_pipe_test, keeps_what_comes_with_the_end_of_the_handshake) {
    tls_pipe from(client, "localhost");
    tls_pipe to(server);
    to.receive(from.output());
    from.sent(from.output().size());
    from.receive(to.output());
    to.sent(to.output().size());
    ASSERT_EQ(from.state(), tls_state::open);
    EXPECT_EQ(from.write("early"), 5U);
    to.receive(from.output());
    std::array<char, 10> room;
    EXPECT_TRUE(to.may_read());
    EXPECT_EQ(to.read(room), 5U);
    EXPECT_EQ(to.read(room), 0U);
    EXPECT_FALSE(to.may_read());
}

TEST_F(tls_pipe_test, knows_an_end_that_was_said) {
    joined both(client, server, "localhost", 1000);
    both.server.write("last words");
    both.server.finish();
    EXPECT_EQ(both.transport(both.server, both.client, ""), "last words");
    EXPECT_EQ(both.client.state(), tls_state::ended);
    EXPECT_EQ(both.transport(both.client, both.server, "still here"), "still here");
}

TEST_F(tls_pipe_test, refuses_what_was_changed_on_the_way) {
    joined both(client, server, "localhost", 1000);
    both.spoil = [](std::string& octets) { octets.back() = static_cast<char>(octets.back() ^ 1); };
    EXPECT_EQ(both.transport(both.client, both.server, "hello"), "");
    EXPECT_EQ(both.server.state(), tls_state::failed);
    EXPECT_NE(both.server.error(), "");
    EXPECT_EQ(both.server.write("x"), 0U);
}

TEST_F(tls_pipe_test, refuses_what_is_not_tls) {
    tls_pipe to(server);
    to.receive("USER ada\r\nPASS secret\r\n");
    EXPECT_EQ(to.state(), tls_state::failed);
    EXPECT_NE(to.error(), "");
}

TEST_F(tls_pipe_test, refuses_old_versions) {
    SSL_CTX_set_min_proto_version(client.get(), TLS1_VERSION);
    SSL_CTX_set_max_proto_version(client.get(), TLS1_1_VERSION);
    SSL_CTX_set_cipher_list(client.get(), "ALL:@SECLEVEL=0");
    joined both(client, server, "localhost", 1000);
    EXPECT_EQ(both.client.state(), tls_state::failed);
    EXPECT_EQ(both.server.state(), tls_state::failed);
}

TEST_F(tls_pipe_test, believes_no_stranger) {
    const auto other = tls_context::self_signed_server();
    joined strangers(client, other, "localhost", 1000);
    EXPECT_EQ(strangers.client.state(), tls_state::failed);
    EXPECT_EQ(strangers.client.error(), "certificate verify failed: self-signed certificate");
    EXPECT_EQ(strangers.server.state(), tls_state::failed); // it has been told why
    joined elsewhere(client, server, "mail.example.org", 1000);
    EXPECT_EQ(elsewhere.client.error(), "certificate verify failed: hostname mismatch");
    joined other_address(client, server, "127.0.0.2", 1000);
    EXPECT_EQ(other_address.client.error(), "certificate verify failed: IP address mismatch");
    joined anybody(tls_context::client_that_trusts_anybody(), other, "mail.example.org", 1000);
    EXPECT_EQ(anybody.client.state(), tls_state::open);
}

} // namespace
} // namespace support
