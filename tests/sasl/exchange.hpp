// SPDX-License-Identifier: BSL-1.0
// Talks to one side of a mechanism, or lets both sides talk to each other as a session would.

#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <ostream>
#include <span>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "mailwire/sasl/mechanism.hpp"

namespace mailwire::sasl {

inline void PrintTo(fault f, std::ostream* out) { *out << name_of(f); }
inline void PrintTo(const finding& found, std::ostream* out) { *out << name_of(found.fault) << " at " << found.offset; }
inline void PrintTo(const step& s, std::ostream* out) {
    constexpr const char* names[] = {"more", "done", "failed"};
    *out << names[static_cast<int>(s.status)] << ", " << s.size << " octets, " << name_of(s.fault) << " at "
         << s.offset;
}

namespace test {

inline constexpr step failed(fault f, std::size_t offset = 0) { return failure(f, offset); }

struct said {
    sasl::step step;
    std::string text;
};

// One message to one side. Nothing may be written behind the octets it says, nor a size be said that does not fit.
template <typename M> said say(M& m, std::string_view message, std::size_t room = 2048) {
    constexpr char untouched = '\x5a';
    std::string out(room + 16, untouched);
    const sasl::step s = m.step(message, std::span(out).first(room));
    const std::size_t used = s.status == status::failed ? 0 : s.size;
    EXPECT_LE(used, room);
    EXPECT_EQ(out.find_first_not_of(untouched, s.status == status::failed ? room : used), std::string::npos);
    if (s.fault != fault::no_room) {
        EXPECT_EQ(m.complete(), s.status == status::done);
    }
    return {s, out.substr(0, used)};
}

// The same with no room, then with one octet too little, then with as much as was asked for: too little changes nothing.
template <typename M> said say_in_least_room(M& m, std::string_view message) {
    std::size_t room = 0;
    for (said s = say(m, message, room);; s = say(m, message, room)) {
        if (s.step.fault != fault::no_room) return s;
        EXPECT_GT(s.step.size, room);
        if (s.step.size <= room) return s;
        room = s.step.size;
        const said narrow = say(m, message, room - 1);
        EXPECT_EQ(narrow.step.fault, fault::no_room);
        if (narrow.step.fault != fault::no_room) return narrow;
    }
}

struct joined {
    bool client = false; // the client believes the server's success
    bool server = false; // the server lets the client in
    fault client_fault = fault::none;
    fault server_fault = fault::none;
    std::size_t messages = 0;
};

// What may be done to a message on its way: its number from 0 and its octets, at most 4096 with what is added.
struct no_change {
    std::size_t operator()(std::size_t, std::span<char>, std::size_t size) const { return size; }
};

// Runs an exchange to its end, without anything from the heap. The server's success reaches a client only after the
// client's last word, as in POP3 and IMAP.
template <client_mechanism Client, server_mechanism Server, typename Change = no_change>
joined join(Client& client, Server& server, Change&& change = {}, bool initial_response = true) {
    std::array<char, 4096> from_client{};
    std::array<char, 4096> from_server{};
    joined result;
    step c;
    step s;
    std::size_t size = 0;
    const auto client_says = [&](std::string_view challenge) {
        c = client.step(challenge, from_client);
        result.client_fault = c.fault;
        if (c.status == status::failed) return false;
        size = change(result.messages++, from_client, c.size);
        return true;
    };
    if (Client::client_first && initial_response) {
        if (!client_says({})) return result;
        s = begin(server, std::string_view(from_client.data(), size), from_server);
    } else {
        s = begin(server, std::nullopt, from_server);
    }
    while (s.status == status::more) {
        const std::size_t challenge = change(result.messages++, from_server, s.size);
        if (!client_says({from_server.data(), challenge})) break;
        s = server.step({from_client.data(), size}, from_server);
    }
    result.server_fault = s.fault;
    result.server = s.status == status::done && server.complete();
    result.client = result.server && client.complete();
    return result;
}

} // namespace test
} // namespace mailwire::sasl
