// SPDX-License-Identifier: BSL-1.0
#include "support/tls_stream.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "demo/certificate_files.hpp"

namespace support {
namespace {

// The other end of a connection, on a thread of its own: a socket that blocks, and TLS on it once it has begun.
class peer {
public:
    explicit peer(int socket) : socket_(socket) {}
    ~peer() { close(socket_); }
    peer(const peer&) = delete;
    peer& operator=(const peer&) = delete;

    void start_tls(const tls_context& context) {
        pipe_.emplace(context);
        while (pipe_->state() == tls_state::handshaking && receive())
            flush();
    }
    void say(std::string_view octets) {
        if (pipe_) {
            pipe_->write(octets);
            flush();
        } else {
            send(socket_, octets.data(), octets.size(), MSG_NOSIGNAL);
        }
    }
    void finish() {
        pipe_->finish();
        flush();
    }
    // So many octets, or those that came before the end.
    std::string hear(std::size_t size) {
        std::string got(size, '\0');
        std::size_t at = 0;
        while (at != size) {
            const std::span<char> room(got.data() + at, size - at);
            const ssize_t n =
                pipe_ ? static_cast<ssize_t>(pipe_->read(room)) : recv(socket_, room.data(), room.size(), 0);
            if (n <= 0 && !(pipe_ && receive())) break;
            at += n > 0 ? static_cast<std::size_t>(n) : 0;
        }
        got.resize(at);
        return got;
    }
    tls_state state() const { return pipe_->state(); }

private:
    bool receive() {
        if (pipe_->state() == tls_state::ended || pipe_->state() == tls_state::failed) return false;
        std::array<char, 100> encrypted;
        const ssize_t n = recv(socket_, encrypted.data(), encrypted.size(), 0);
        if (n > 0) pipe_->receive({encrypted.data(), static_cast<std::size_t>(n)});
        return n > 0;
    }
    void flush() {
        while (!pipe_->output().empty()) {
            const ssize_t n = send(socket_, pipe_->output().data(), pipe_->output().size(), MSG_NOSIGNAL);
            if (n <= 0) return;
            pipe_->sent(static_cast<std::size_t>(n));
        }
    }

    int socket_;
    std::optional<tls_pipe> pipe_;
};

// Listens on the loopback interface and does the script with the first who comes.
class listener {
public:
    explicit listener(std::function<void(peer&)> script) : socket_(socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in where{};
        where.sin_family = AF_INET;
        where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof(where);
        bind(socket_, reinterpret_cast<sockaddr*>(&where), size);
        listen(socket_, 1);
        getsockname(socket_, reinterpret_cast<sockaddr*>(&where), &size);
        port_ = ntohs(where.sin_port);
        thread_ = std::thread([this, script = std::move(script)] {
            peer other(accept(socket_, nullptr, nullptr));
            script(other);
        });
    }
    ~listener() {
        join();
        close(socket_);
    }
    void join() {
        if (thread_.joinable()) thread_.join();
    }
    std::string at(const std::string& host) const { return host + ":" + std::to_string(port_); }

private:
    int socket_;
    int port_ = 0;
    std::thread thread_;
};

std::string hear(tls_stream& from, std::size_t size) {
    std::string got;
    std::array<char, 1000> room;
    while (got.size() < size) {
        const std::size_t n = from.read(std::span(room).first(std::min(room.size(), size - got.size())));
        if (n == 0) break;
        got.append(room.data(), n);
    }
    return got;
}

void say(tls_stream& to, std::string_view octets) {
    while (!octets.empty())
        octets.remove_prefix(to.write(octets));
}

class tls_stream_test : public testing::Test {
protected:
    demo::certificate_files files;
    tls_context server = tls_context::server(files.certificate(), files.key());
    tls_context client = tls_context::client(files.certificate());
};

TEST_F(tls_stream_test, speaks_in_the_clear_then_under_tls) {
    listener other([this](peer& p) {
        p.say("hello");
        EXPECT_EQ(p.hear(4), "STLS");
        p.say("+OK");
        p.start_tls(server);
        EXPECT_EQ(p.hear(6), "secret");
        p.say("thanks");
        p.finish();
        EXPECT_EQ(p.hear(1), "");
        EXPECT_EQ(p.state(), tls_state::ended); // the client has said that it ends
    });
    tls_stream stream(other.at("127.0.0.1"));
    EXPECT_FALSE(stream.is_encrypted());
    EXPECT_EQ(hear(stream, 5), "hello");
    say(stream, "STLS");
    EXPECT_EQ(hear(stream, 3), "+OK");
    stream.start_tls(client);
    EXPECT_TRUE(stream.is_encrypted());
    say(stream, "secret");
    EXPECT_EQ(hear(stream, 100), "thanks");
    EXPECT_EQ(hear(stream, 1), "");
}

TEST_F(tls_stream_test, carries_much_both_ways) {
    const std::string much(1'000'000, 'x');
    listener other([&](peer& p) {
        p.start_tls(server);
        const std::string got = p.hear(much.size());
        EXPECT_EQ(got, much);
        for (std::size_t at = 0; at < got.size(); at += 10'000)
            p.say(std::string_view(got).substr(at, 10'000));
        p.hear(1);
    });
    tls_stream stream(other.at("localhost"), client);
    say(stream, much);
    EXPECT_EQ(hear(stream, much.size()), much);
}

TEST_F(tls_stream_test, tells_a_connection_that_was_cut_off) {
    listener other([this](peer& p) {
        p.start_tls(server);
        p.say("some");
    });
    tls_stream stream(other.at("127.0.0.1"), client);
    EXPECT_EQ(hear(stream, 4), "some");
    EXPECT_THROW(hear(stream, 1), tls_error);
}

TEST_F(tls_stream_test, tells_nothing_to_a_stranger) {
    const auto stranger = tls_context::self_signed_server();
    listener other([&](peer& p) {
        p.start_tls(stranger);
        EXPECT_EQ(p.state(), tls_state::failed);
        EXPECT_EQ(p.hear(1), "");
    });
    try {
        tls_stream stream(other.at("127.0.0.1"), client);
        FAIL() << "it believes anybody";
    } catch (const tls_error& e) {
        EXPECT_STREQ(e.what(), "127.0.0.1: certificate verify failed: self-signed certificate");
    }
}

TEST_F(tls_stream_test, tells_a_peer_that_has_no_tls) {
    listener other([](peer& p) {
        p.say("+OK this is no TLS\r\n");
        p.hear(100'000);
    });
    EXPECT_THROW(tls_stream(other.at("127.0.0.1"), client), tls_error);
    listener gone([](peer&) {});
    EXPECT_ANY_THROW(tls_stream(gone.at("127.0.0.1"), client));
}

} // namespace
} // namespace support
