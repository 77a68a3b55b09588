// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <string_view>

#include "demo/endpoint.hpp"
#include "support/tls_stream.hpp"

namespace demo {

// What went over a connection since the last `forget`, as it was on the wire; under TLS, before it was encrypted.
struct wire_text {
    std::string sent;
    std::string received;

    void forget() { sent.clear(), received.clear(); }
};

// Of a login by a mechanism only its name is shown: what follows is a password, or can be used to guess it. The exchange
// is what was sent from `from` on.
void hide_exchange(wire_text& wire, std::size_t from);

// Moves octets between a session and its connection, and keeps a copy of them. Works for the client sessions of both
// protocols: they have the same shape.
template <typename Session> class link {
public:
    // `options` are the session's.
    template <typename Storage, typename... Options>
    link(const endpoint& where, Storage& storage, const Options&... options)
        : where_(where), stream_(connected(where)), session_(storage.buffers(), options...) {}

    Session& session() { return session_; }
    wire_text& wire() { return wire_; }

    // Sends and receives until the session has something to tell.
    auto next_event() {
        for (;;) {
            send_output();
            const auto event = session_.next();
            if (event.kind != decltype(event.kind)::need_input) return event;
            const auto room = session_.prepare();
            const std::size_t n = stream_.read(room);
            if (wire_.received.size() < longest_copy) wire_.received.append(room.data(), n);
            n == 0 ? session_.closed() : session_.commit(n);
        }
    }

    void send_output() {
        while (!session_.output().empty()) {
            const std::size_t n = stream_.write(session_.output());
            if (wire_.sent.size() < longest_copy) wire_.sent.append(session_.output().substr(0, n));
            session_.sent(n);
        }
    }

    // The handshake that a session asks for.
    void start_tls() {
        send_output();
        stream_.start_tls(*where_.trust);
    }

private:
    static constexpr std::size_t longest_copy = 1 << 20;

    static support::tls_stream connected(const endpoint& where) {
        if (where.security == security::implicit) return support::tls_stream(where.address, *where.trust);
        return support::tls_stream(where.address);
    }

    endpoint where_;
    support::tls_stream stream_;
    Session session_;
    wire_text wire_;
};

} // namespace demo
