// SPDX-License-Identifier: BSL-1.0
// What an IMAP client and a server that are joined begin with, and what both write down.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "imap/session/describe.hpp"
#include "mailwire/imap.hpp"
#include "operations.hpp"

namespace mailwire::fuzz {

using namespace mailwire::imap;

// Storage of both sessions.
struct joined_room {
    std::vector<char> client_in = std::vector<char>(1024);
    std::vector<char> client_out = std::vector<char>(512);
    std::vector<char> server_in = std::vector<char>(1024);
    std::vector<char> server_out = std::vector<char>(512);
    std::vector<token> client_tape = std::vector<token>(512);
    std::vector<token> server_tape = std::vector<token>(512);
    std::vector<std::uint32_t> client_elided = std::vector<std::uint32_t>(4);
    std::vector<std::uint32_t> server_elided = std::vector<std::uint32_t>(4);
    std::vector<in_flight> commands = std::vector<in_flight>(6);

    client_buffers client() { return {client_in, client_out, client_tape, client_elided, commands}; }
    server_buffers server() { return {server_in, server_out, server_tape, server_elided}; }
};

struct joined_setting {
    std::vector<text> capabilities;
    client_options client = {};
    server_options server = {};
};

// Octets: which capabilities there are, in two, and flags.
inline joined_setting joined_setting_of(std::string_view field) {
    constexpr std::array<std::string_view, 12> all{"IDLE",           "ENABLE",           "CONDSTORE", "UIDONLY",
                                                   "STARTTLS",       "COMPRESS=DEFLATE", "MOVE",      "UNSELECT",
                                                   "UNAUTHENTICATE", "SASL-IR",          "QRESYNC",   "UIDPLUS"};
    joined_setting s;
    const unsigned missing = take(field) % 64U | take(field) % 64U << 6U;
    for (std::size_t i = 0; i != all.size(); ++i) {
        if ((missing >> i & 1U) == 0) s.capabilities.emplace_back(all[i]);
    }
    const unsigned flags = take(field);
    s.capabilities.emplace_back((flags & 1U) != 0 ? "IMAP4rev2" : "IMAP4rev1");
    if ((flags & 2U) != 0) s.capabilities.emplace_back((flags & 4U) != 0 ? "LITERAL+" : "LITERAL-");
    s.client.tls = tls_policy::optional;
    s.client.limits.inline_literal = 64;
    s.server.limits.literal = 300;
    s.server.limits.login_seconds = 1'000'000;
    return s;
}

template <typename Data> std::string wire_of_value(const Data& value) {
    std::string wire;
    string_sink sink(wire);
    if constexpr (requires { value.condition; }) {
        (void)write_status(sink, value, {.utf8 = true});
    } else {
        (void)write_data(sink, value, {.utf8 = true});
    }
    return wire;
}

// Prints where two logs part.
inline void require_same(const test::lines& heard, const test::lines& said, const char* what) {
    for (std::size_t i = 0; i != heard.size() || i != said.size(); ++i) {
        const std::string a = i < heard.size() ? heard[i] : "(end)";
        const std::string b = i < said.size() ? said[i] : "(end)";
        if (a != b) std::fprintf(stderr, "heard %s\nsaid %s\n", a.c_str(), b.c_str());
        require(a == b, what);
    }
}

} // namespace mailwire::fuzz
