// SPDX-License-Identifier: BSL-1.0
// A client and a server of every mechanism, to be let at each other.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "mailwire/sasl/mechanisms.hpp"
#include "sasl/crypto.hpp"
#include "sasl/exchange.hpp"
#include "sasl/site.hpp"
#include "support/allocations.hpp"

namespace mailwire::sasl::test {

struct outcome {
    joined result;
    std::string identity; // short enough to need nothing from the heap
    std::size_t allocations = 0;
};

// What a client is given; each mechanism takes what it can use.
struct given {
    credentials who;
    std::string_view token;
    limits allowed;
    bool initial_response = true;
};

// Calls fn(name, run) for each mechanism. run(change) makes a new client and a new server, joins them, and returns the
// outcome; `change` is that of join.
template <typename Fn> void each_mechanism(site& s, const given& g, Fn&& fn) {
    openssl hashes;
    const auto talk = [&s, &g, &hashes](auto& client, auto& server, auto& change) {
        const std::size_t openssls = hashes.allocations() + s.allocations;
        const std::size_t before = mailwire::test::allocations();
        outcome o;
        o.result = join(client, server, change, g.initial_response);
        o.identity = server.identity();
        o.allocations = mailwire::test::allocations() - before;
        o.allocations -= hashes.allocations() + s.allocations - openssls;
        return o;
    };
    const nonce ours = nonce::from_text("fyko+d2lbbFgONRv9qkxdawL");
    const nonce theirs = nonce::from_text("3rfcNHYJY1ZVvWVs7j");
    const credentials itself{g.who.user, g.who.password};
    char lent[1024];
    char kept[1024];

    fn("PLAIN", [&](auto&& change) {
        plain_client c(g.who, g.allowed);
        plain_server m(s, lent, g.allowed);
        return talk(c, m, change);
    });
    fn("LOGIN", [&](auto&& change) {
        login_client c(itself, g.allowed);
        login_server m(s, lent, g.allowed);
        return talk(c, m, change);
    });
    fn("EXTERNAL", [&](auto&& change) {
        external_client c(g.who.user, g.allowed);
        external_server m(s, lent, g.allowed);
        return talk(c, m, change);
    });
    fn("ANONYMOUS", [&](auto&& change) {
        anonymous_client c(g.who.user, g.allowed);
        anonymous_server m(s, lent, g.allowed);
        return talk(c, m, change);
    });
    fn("XOAUTH2", [&](auto&& change) {
        xoauth2_client c({g.who.user, g.token}, g.allowed);
        xoauth2_server<site> m(s, lent, g.allowed);
        return talk(c, m, change);
    });
    fn("OAUTHBEARER", [&](auto&& change) {
        oauthbearer_client c({g.who.user, g.token, "server.example.com", 143}, g.allowed);
        oauthbearer_server<site> m(s, lent, g.allowed);
        return talk(c, m, change);
    });
    fn("CRAM-MD5", [&](auto&& change) {
        cram_md5_client c(hashes, itself, g.allowed);
        cram_md5_server m(hashes, s, theirs, "host.example", lent, g.allowed);
        return talk(c, m, change);
    });
    fn("SCRAM-SHA-1", [&](auto&& change) {
        scram_sha_1_client<openssl> c(hashes, g.who, ours, kept, g.allowed);
        scram_sha_1_server<openssl, site> m(hashes, s, theirs, lent, g.allowed);
        return talk(c, m, change);
    });
    fn("SCRAM-SHA-256", [&](auto&& change) {
        scram_sha_256_client<openssl> c(hashes, g.who, ours, kept, g.allowed);
        scram_sha_256_server<openssl, site> m(hashes, s, theirs, lent, g.allowed);
        return talk(c, m, change);
    });
}

} // namespace mailwire::sasl::test
