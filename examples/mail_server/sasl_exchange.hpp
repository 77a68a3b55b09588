// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "mail_server/accounts.hpp"
#include "mailwire/core/chars.hpp"
#include "mailwire/sasl/mechanisms.hpp"

namespace mail_server {

// A login by a mechanism of mailwire/sasl/ under way on a session.
template <typename Session> class sasl_exchange {
public:
    virtual ~sasl_exchange() = default;

    // Gives the mechanism what the client has said last.
    virtual sasl::step step(Session& session) = 0;
    // Who the client is, when it is done.
    virtual std::string identity() const = 0;
};

template <typename Session, typename Mechanism> class exchange_by : public sasl_exchange<Session> {
public:
    // `make` makes the mechanism, which may keep things in the memory it is given.
    template <typename Make> explicit exchange_by(Make make) : mechanism_(make(std::span<char>(memory_))) {}

    sasl::step step(Session& session) override { return session.step(mechanism_); }
    std::string identity() const override { return std::string(mechanism_.identity()); }

private:
    std::array<char, 1024> memory_{}; // enough for names of 255 octets
    Mechanism mechanism_;
};

template <typename Session, typename Make> std::unique_ptr<sasl_exchange<Session>> exchange_of(Make make) {
    using mechanism = decltype(make(std::span<char>()));
    return std::make_unique<exchange_by<Session, mechanism>>(make);
}

// The mechanisms that are offered, with spaces between them, the best first. Those that show a secret to who listens are
// only offered under TLS, those with a token only where there is one. EXTERNAL is not: clients have no certificates here;
// nor is ANONYMOUS: nobody's mail is for everybody.
inline std::string mechanisms_for(const accounts& known, bool secure) {
    std::string names = "SCRAM-SHA-256 SCRAM-SHA-1 CRAM-MD5";
    if (secure) {
        names += " PLAIN LOGIN";
    }
    if (secure && known.has_token()) {
        names += " OAUTHBEARER XOAUTH2";
    }
    return names;
}

// Begins an exchange; null if the mechanism is not offered.
template <typename Session>
std::unique_ptr<sasl_exchange<Session>> begin_exchange(std::string_view name, accounts& known, bool secure) {
    using mailwire::equal_ignoring_case;
    using support::openssl_hashes;
    using memory = std::span<char>;
    auto& hashes = known.hashes();
    const bool with_token = secure && known.has_token();
    if (equal_ignoring_case(name, "SCRAM-SHA-256")) {
        return exchange_of<Session>([&](memory lent) {
            return sasl::scram_sha_256_server<openssl_hashes, accounts>(hashes, known, support::fresh_nonce(), lent);
        });
    }
    if (equal_ignoring_case(name, "SCRAM-SHA-1")) {
        return exchange_of<Session>([&](memory lent) {
            return sasl::scram_sha_1_server<openssl_hashes, accounts>(hashes, known, support::fresh_nonce(), lent);
        });
    }
    if (equal_ignoring_case(name, "CRAM-MD5")) {
        return exchange_of<Session>([&](memory lent) {
            return sasl::cram_md5_server(hashes, known, support::fresh_nonce(), "localhost", lent);
        });
    }
    if (secure && equal_ignoring_case(name, "PLAIN")) {
        return exchange_of<Session>([&](memory lent) { return sasl::plain_server(known, lent); });
    }
    if (secure && equal_ignoring_case(name, "LOGIN")) {
        return exchange_of<Session>([&](memory lent) { return sasl::login_server(known, lent); });
    }
    if (with_token && equal_ignoring_case(name, "OAUTHBEARER")) {
        return exchange_of<Session>([&](memory lent) { return sasl::oauthbearer_server<accounts>(known, lent); });
    }
    if (with_token && equal_ignoring_case(name, "XOAUTH2")) {
        return exchange_of<Session>([&](memory lent) { return sasl::xoauth2_server<accounts>(known, lent); });
    }
    return nullptr;
}

} // namespace mail_server
