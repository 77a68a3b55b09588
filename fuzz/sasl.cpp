// SPDX-License-Identifier: BSL-1.0
// One side of a SASL mechanism that hears any messages, or both sides with any credentials. The first octet chooses the
// mechanism (modulo 9) and the side (the quotient, modulo 3: client, server, both); the rest are lines: the messages of
// the peer, or user, password and authorization.

#include "mailwire/sasl/mechanisms.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <span>
#include <string_view>

#include "support/allocations.hpp"

namespace {

using namespace mailwire;

void require(bool condition, const char* what) {
    if (condition) return;
    std::fprintf(stderr, "not so: %s\n", what);
    std::abort();
}

// Not a hash anybody may use: quick, the same everywhere, and without the heap.
struct toy_hashes {
    bool md5(sasl::text_parts parts, std::span<char, 16> out) { return digest(parts, out); }
    bool sha1(sasl::text_parts parts, std::span<char, 20> out) { return digest(parts, out); }
    bool sha256(sasl::text_parts parts, std::span<char, 32> out) { return digest(parts, out); }

private:
    static bool digest(sasl::text_parts parts, std::span<char> out) {
        std::uint64_t state = 14695981039346656037U;
        const auto mix = [&state](char c) { state = (state ^ static_cast<unsigned char>(c)) * 1099511628211U; };
        for (const std::string_view part : parts)
            std::for_each(part.begin(), part.end(), mix);
        for (char& c : out) {
            mix('x');
            c = static_cast<char>(state >> 40U);
        }
        return true;
    }
};

// Knows one user, who may act as anybody.
struct site {
    std::string_view user = "user";
    std::string_view secret = "pencil";
    std::string_view token = "token";

    bool check(std::string_view name, std::string_view word) const { return name == user && word == secret; }
    bool allows(std::string_view name, std::string_view) const { return name == user; }
    bool allows(std::string_view name) const { return name.empty() || name == user; }
    bool admits(std::string_view) const { return true; }
    std::optional<std::string_view> password(std::string_view name) const {
        return name == user ? std::optional(secret) : std::nullopt;
    }
    sasl::bearer_verdict check(const sasl::bearer_credentials& shown) const {
        return {shown.token == token && (shown.user.empty() || shown.user == user), user};
    }
    template <typename Hash> bool find(std::string_view name, sasl::scram_record<Hash>& record) const {
        sasl::scram_keys<Hash> keys;
        toy_hashes hashes;
        record.salt = "salt";
        record.iterations = 2;
        keys.derive(hashes, secret, record.salt, record.iterations);
        std::ranges::copy(keys.stored.view(), record.stored_key.span().begin());
        std::ranges::copy(keys.server.view(), record.server_key.span().begin());
        return name == user;
    }
};

std::string_view next_line(std::string_view& rest) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    return line;
}

constexpr std::size_t room = 1024;
using buffer = std::array<char, room + 64>;

// One message with plenty of room. Nothing is written behind it.
template <typename M> sasl::step hear(M& m, std::string_view message, buffer& out) {
    out.fill('\x5a');
    const sasl::step s = m.step(message, std::span(out).first(room));
    require(s.fault == sasl::fault::no_room || s.size <= room, "a size fits the room");
    const std::size_t used = s.status == sasl::status::failed ? room : s.size;
    require(std::all_of(out.begin() + static_cast<std::ptrdiff_t>(used), out.end(), [](char c) { return c == '\x5a'; }),
            "nothing is written behind the output");
    require(m.complete() == (s.status == sasl::status::done), "complete is what a step says");
    return s;
}

// `narrow` gets the same messages as `wide`, but first with less room: that changes nothing.
template <typename M> void hear_all(M& wide, M& narrow, std::string_view messages) {
    buffer out;
    buffer other;
    bool failed = false;
    std::size_t heard = 0;
    do {
        const std::string_view message = next_line(messages);
        const sasl::step s = hear(wide, message, out);
        if (s.fault != sasl::fault::no_room && s.status != sasl::status::failed && s.size != 0) {
            const sasl::step small = narrow.step(message, std::span(other).first(s.size - 1));
            require(small.fault == sasl::fault::no_room && small.size > s.size - 1,
                    "less room is said to be too little");
        }
        require(hear(narrow, message, other) == s, "less room has changed nothing");
        require(s.status == sasl::status::failed || out == other, "less room has changed no octet");
        require(!failed || s.status == sasl::status::failed, "a failure is final");
        failed = s.status == sasl::status::failed && s.fault != sasl::fault::no_room;
        require(s.offset <= std::max(message.size(), sasl::limits().message), "an offset is in the message");
        ++heard;
        require(failed || s.fault == sasl::fault::no_room || heard < 5, "an exchange ends");
    } while (!messages.empty());
}

template <typename Client, typename Server> void join(Client& client, Server& server, std::string_view identity) {
    buffer from_client;
    buffer from_server;
    sasl::step c;
    sasl::step s;
    if constexpr (Client::client_first) {
        c = hear(client, {}, from_client);
        if (c.status == sasl::status::failed)
            return require(is_local(c.fault), "a client fails alone for its own reasons");
        s = hear(server, {from_client.data(), c.size}, from_server);
    } else {
        s = hear(server, {}, from_server);
    }
    while (s.status == sasl::status::more) {
        c = hear(client, {from_server.data(), s.size}, from_client);
        if (c.status == sasl::status::failed)
            return require(is_local(c.fault), "a client fails alone for its own reasons");
        s = hear(server, {from_client.data(), c.size}, from_server);
    }
    if (s.fault == sasl::fault::too_long) return; // a name longer than the memory
    require(s.status == sasl::status::done && client.complete(), "who knows the secret comes in");
    require(server.identity() == identity, "and is whom it asked to be");
}

// Two of one side, or one of each, by the side that was chosen.
template <typename MakeClient, typename MakeServer>
void play(unsigned side, std::string_view lines, std::string_view identity, MakeClient&& client, MakeServer&& server) {
    char lent[2][1024];
    if (side == 0) {
        auto one = client(lent[0]);
        auto two = client(lent[1]);
        hear_all(one, two, lines);
    } else if (side == 1) {
        auto one = server(lent[0]);
        auto two = server(lent[1]);
        hear_all(one, two, lines);
    } else {
        auto one = client(lent[0]);
        auto two = server(lent[1]);
        join(one, two, identity);
    }
}

void run(unsigned mechanism, unsigned side, std::string_view lines) {
    using namespace mailwire::sasl;
    site s;
    credentials who{"user", "pencil", ""};
    if (side == 2) {
        who.user = next_line(lines);
        who.password = next_line(lines);
        who.authorization = next_line(lines);
        s = {who.user, who.password, who.password};
    }
    const credentials itself{who.user, who.password};
    const std::string_view as = who.authorization.empty() ? who.user : who.authorization;
    const limits allowed{.least_iterations = 1, .most_iterations = 64};
    const nonce ours = nonce::from_text("client+nonce");
    const nonce theirs = nonce::from_text("server+nonce");
    toy_hashes hashes;
    const auto scram = [&]<typename Hash>(Hash) {
        play(
            side, lines, as,
            [&](std::span<char> lent) { return scram_client<Hash, toy_hashes>(hashes, who, ours, lent, allowed); },
            [&](std::span<char> lent) { return scram_server<Hash, toy_hashes, site>(hashes, s, theirs, lent); });
    };
    switch (mechanism) {
    case 0:
        return play(
            side, lines, as, [&](auto) { return plain_client(who); },
            [&](std::span<char> lent) { return plain_server<site>(s, lent); });
    case 1:
        return play(
            side, lines, who.user, [&](auto) { return login_client(itself); },
            [&](std::span<char> lent) { return login_server<site>(s, lent); });
    case 2:
        return play(
            side, lines, who.user, [&](auto) { return external_client(who.user); },
            [&](std::span<char> lent) { return external_server<site>(s, lent); });
    case 3:
        return play(
            side, lines, "anonymous", [&](auto) { return anonymous_client(who.user); },
            [&](std::span<char> lent) { return anonymous_server<site>(s, lent); });
    case 4:
        return play(
            side, lines, who.user,
            [&](auto) {
                return xoauth2_client({who.user, s.token});
            },
            [&](std::span<char> lent) { return xoauth2_server<site>(s, lent); });
    case 5:
        return play(
            side, lines, who.user,
            [&](auto) {
                return oauthbearer_client({who.user, s.token, "host", 143});
            },
            [&](std::span<char> lent) { return oauthbearer_server<site>(s, lent); });
    case 6:
        return play(
            side, lines, who.user, [&](auto) { return cram_md5_client(hashes, itself); },
            [&](std::span<char> lent) { return cram_md5_server<toy_hashes, site>(hashes, s, theirs, "host", lent); });
    case 7:
        return scram(sha_1());
    default:
        return scram(sha_256());
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string_view lines(reinterpret_cast<const char*>(data) + 1, size - 1);
    const std::size_t before = test::allocations();
    run(data[0] % 9U, data[0] / 9U % 3U, lines);
    require(test::allocations() == before, "nothing comes from the heap");
    return 0;
}
