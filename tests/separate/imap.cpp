// SPDX-License-Identifier: BSL-1.0
#include <mailwire/imap/client.hpp>
#include <mailwire/imap/server.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <string_view>

namespace mailwire::imap {
namespace {

TEST(separate, units_are_read) {
    token tape[64];
    EXPECT_TRUE(parse_greeting("* OK ready\r\n", tape));
    const auto response = parse_response("* 7 FETCH (UID 23)\r\n", tape);
    ASSERT_TRUE(response);
    EXPECT_EQ(response.value.as<fetch_data>().att.get<uid>(), uid{23});
    EXPECT_EQ(parse_response("* 7 FETCH (UID 0)\r\n", tape).error, (error{errc::syntax, 15, 0, 0}));
    EXPECT_TRUE(parse_command("a NOOP\r\n", tape));
}

TEST(separate, sessions_run) {
    client_storage<> storage;
    client mail(storage.buffers());
    const std::string_view greeting = "* OK ready\r\n";
    std::copy(greeting.begin(), greeting.end(), mail.prepare().begin());
    mail.commit(greeting.size());
    EXPECT_EQ(mail.next().kind, client_event_kind::greeting);
    EXPECT_TRUE(mail.send(noop{}));
    EXPECT_EQ(mail.output(), "A1 NOOP\r\n");
}

} // namespace
} // namespace mailwire::imap
