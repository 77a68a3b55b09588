// SPDX-License-Identifier: BSL-1.0

#include <mailwire/pop3/profile.hpp>

#include "pop3/rows.hpp"

namespace mailwire::pop3::test {
namespace {

// An extension of a program's own: a command with its capability.
struct xbox {
    using word = mailwire::word<slot::command, "XBOX">;
    using tail = grammar::message_argument;
    static constexpr command_role role() { return command_role::anywhere; }
    static constexpr answer_form answer() { return answer_form::text; }
    std::uint32_t number = 0;

    static xbox read(cursor& c) { return {c.number32()}; }
    void write(writer& out) const { out.sp().message(number); }
};
using xbox_capability = capability::plain<"XBOX", &capability_set::top>;

struct mine : profile<xbox, xbox_capability, rfc1939> {};

TEST(profile, adds_a_command_and_a_capability) {
    std::array<token, tokens_of_a_line> tape;
    const auto known = parse_command<mine>("xbox 7\r\n", tape);
    ASSERT_TRUE(known && known.value.is<xbox>());
    EXPECT_EQ(known.value.as<xbox>().number, 7U);
    EXPECT_EQ(describe(parse_command<mine>("XBOX\r\n", tape).error), "syntax at 4");
    EXPECT_TRUE(parse_command<mine>("RETR 1\r\n", tape).value.is<retr>());
    EXPECT_FALSE(parse_command<mine>("CAPA\r\n", tape).value.known());
    EXPECT_FALSE(parse_command<mine>("AUTH\r\n", tape).value.known());
    EXPECT_FALSE(parse_command<mine>("STLS now\r\n", tape).value.known());
    EXPECT_FALSE(parse_command("XBOX 7\r\n", tape).value.known());
    EXPECT_TRUE(parse_capability<mine>("XBOX\r\n", tape).value.is<xbox_capability>());
}

TEST(profile, serves_a_session) {
    client_storage<> client_room;
    server_storage<> server_room;
    basic_client<mine> client(client_room.buffers(), {.tls = tls_policy::optional});
    basic_server<mine> server(server_room.buffers());
    const auto pass = [](auto& from, auto& to) {
        const std::string_view octets = from.output();
        std::copy(octets.begin(), octets.end(), to.prepare().begin());
        to.commit(octets.size());
        from.sent(octets.size());
    };
    ASSERT_EQ(server.greet(), misuse::none);
    pass(server, client);
    EXPECT_EQ(describe(client.next()), "greeting +OK");
    ASSERT_EQ(client.send(xbox{3}), misuse::none);
    pass(client, server);
    const auto asked = server.next();
    ASSERT_TRUE(asked.command.is<xbox>());
    EXPECT_EQ(asked.command.as<xbox>().number, 3U);
    ASSERT_EQ(server.ok("boxed"), misuse::none);
    pass(server, client);
    const auto answered = client.next();
    EXPECT_TRUE(answered.answers<xbox>());
    EXPECT_EQ(describe(answered), "+OK [boxed]");
}

} // namespace
} // namespace mailwire::pop3::test
