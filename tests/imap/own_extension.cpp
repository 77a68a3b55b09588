// SPDX-License-Identifier: BSL-1.0
// An extension of a program's own, inside the data of the library: read, written, sent and received.
#include "mailwire/imap.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>

namespace mailwire::imap {
namespace {

// msg-att =/ "X-FOO" SP nstring
struct foo {
    using word = mailwire::word<slot::msg_att, "X-FOO">;
    using tail = grammar::seq<grammar::sp, grammar::nstring>;
    text value = {};

    static foo read(cursor& c) { return {c.text()}; }
    void write(auto& out) const { out.sp().nstring(value); }
    friend bool operator==(const foo&, const foo&) = default;
};

// fetch-att =/ "X-FOO", resp-text-code =/ "X-BAR"
using fetch_foo = fetch_word<"X-FOO">;
using code_bar = code<"X-BAR">;

struct foo_extension : extension<foo, fetch_foo, code_bar> {};
struct mine : profile<everything, foo_extension> {};

template <typename Profile> std::string rewritten(std::string_view unit) {
    token tape[64];
    const auto read = parse_response<Profile>(unit, tape);
    EXPECT_TRUE(read) << unit;
    std::string wire;
    string_sink out(wire);
    EXPECT_EQ(write_response<Profile>(out, read.value), misuse::none);
    return wire;
}

TEST(own_extension, survives_writing_inside_fetch) {
    for (const std::string_view unit :
         {"* 7 FETCH (UID 23 X-FOO \"bar\" FLAGS (\\Seen))\r\n", "* 7 FETCH (X-FOO NIL)\r\n",
          "* 7 FETCH (X-FOO {4}\r\na\r\nb UID 1)\r\n", "* OK [X-BAR] done\r\n", "a1 NO [X-BAR] done\r\n"}) {
        EXPECT_EQ(rewritten<mine>(unit), unit);
    }
}

TEST(own_extension, is_typed_in_its_profile) {
    token tape[64];
    const auto read = parse_response<mine>("* 7 FETCH (UID 23 X-FOO \"bar\")\r\n", tape);
    ASSERT_TRUE(read);
    const auto value = read.value.as<fetch_data>().att.get<foo>();
    ASSERT_TRUE(value);
    EXPECT_EQ(value->value, text("bar"));
    const auto bad = parse_response<mine>("* 7 FETCH (X-FOO ())\r\n", tape);
    EXPECT_EQ(bad.error.code, errc::syntax);
}

TEST(own_extension, is_a_value_to_other_profiles) {
    token tape[64];
    const auto read = parse_response("* 7 FETCH (UID 23 X-FOO \"bar\")\r\n", tape);
    ASSERT_TRUE(read);
    int unknown = 0;
    for (const auto item : read.value.as<fetch_data>().att) {
        if (item.known()) continue;
        ++unknown;
        EXPECT_EQ(item.name(), "X-FOO");
        EXPECT_EQ(item.rest(), "\"bar\"");
    }
    EXPECT_EQ(unknown, 1);
    EXPECT_EQ(rewritten<everything>("* 7 FETCH (X-FOO \"bar\" UID 23)\r\n"), "* 7 FETCH (X-FOO \"bar\" UID 23)\r\n");
}

template <typename To> void deliver(To& to, std::string_view octets) {
    std::copy(octets.begin(), octets.end(), to.prepare().begin());
    to.commit(octets.size());
}

TEST(own_extension, goes_through_sessions) {
    client_storage<> client_room;
    server_storage<> server_room;
    basic_client<mine> client(client_room.buffers(), {.secure = true});
    basic_server<mine> server(server_room.buffers());
    ASSERT_EQ(server.greet({condition::preauth, {}, "hello"}), misuse::none);
    const auto to_client = [&] {
        deliver(client, server.output());
        server.sent(server.output().size());
    };
    const auto to_server = [&] {
        deliver(server, client.output());
        client.sent(client.output().size());
    };
    to_client();
    ASSERT_EQ(client.next().kind, client_event_kind::greeting);
    ASSERT_TRUE(client.send(select{"INBOX"}));
    to_server();
    ASSERT_EQ(server.next().kind, server_event_kind::command);
    ASSERT_EQ(server.finish({condition::ok, code_bar{}, "selected"}), misuse::none);
    to_client();
    const client_event selected = client.next();
    ASSERT_EQ(selected.kind, client_event_kind::done);
    EXPECT_TRUE(selected.response.status().code.is<code_bar>());

    ASSERT_TRUE(client.send(fetch{.messages = 7, .att = {fetch_foo{}}}));
    EXPECT_EQ(client.output(), "A2 FETCH 7 (X-FOO)\r\n");
    to_server();
    ASSERT_EQ(server.next().kind, server_event_kind::command);
    ASSERT_EQ(server.send(fetch_data{.number = 7, .att = {foo{"bar"}}}), misuse::none);
    EXPECT_EQ(server.output(), "* 7 FETCH (X-FOO \"bar\")\r\n");
    to_client();
    const client_event data = client.next();
    ASSERT_EQ(data.kind, client_event_kind::response);
    EXPECT_EQ(data.response.as<fetch_data>().att.get<foo>(), foo{"bar"});
}

} // namespace
} // namespace mailwire::imap
