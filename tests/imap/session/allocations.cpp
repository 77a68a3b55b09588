// SPDX-License-Identifier: BSL-1.0
// What goes wrong in a session takes nothing from the heap; big_literal.cpp says it of whole sessions that go well.
#include "mailwire/imap.hpp"

#include <algorithm>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "support/allocations.hpp"

namespace mailwire::imap {
namespace {

// Errors of both kinds, units that are too long, literals that are refused: none allocates.
TEST(imap_allocations, faults_of_both_sides_make_none) {
    client_storage<1024> client_room = {};
    server_storage<1024, 1024> server_room = {};
    client asking(client_room.buffers(), {.tls = tls_policy::optional});
    server answering(server_room.buffers());
    const std::string too_long = "* OK " + std::string(3000, 'x') + "\r\n";
    const std::string_view from_server[] = {
        "* OK hi\r\n", "* 1 FETCH (UID 0)\r\n", "* NO\n", too_long, "* 1 FETCH (BODY[] {3+}\r\nabc)\r\n", "Z9 OK\r\n"};
    const std::string_view from_client[] = {"a NOOP x\r\n", "a FETCH 1 UID\r\n", "a LOGIN {9999}\r\n", "\n"};
    const test::no_allocation_here guard("error paths");
    (void)answering.greet({condition::ok, {}, "hi"});
    const auto feed = [](auto& session, std::string_view octets) {
        int faults = 0;
        while (true) {
            session.sent(session.output().size());
            const auto e = session.next();
            using kind = decltype(e.kind);
            faults += e.kind == kind::error;
            if (e.kind == kind::error && is_fatal(e.error.code)) return faults;
            if (e.kind == kind::closed) return faults;
            if (e.kind != kind::need_input) continue;
            const auto room = session.prepare();
            const std::size_t n = std::min(octets.size(), room.size());
            if (n == 0) return faults;
            std::copy_n(octets.data(), n, room.data());
            session.commit(n);
            octets.remove_prefix(n);
        }
    };
    int faults = 0;
    for (const std::string_view octets : from_server)
        faults += feed(asking, octets);
    for (const std::string_view octets : from_client)
        faults += feed(answering, octets);
    EXPECT_EQ(faults, 8);
}

} // namespace
} // namespace mailwire::imap
