// SPDX-License-Identifier: BSL-1.0

#include <mailwire/pop3/grammar/url.hpp>

#include <mailwire/core/control.hpp>
#include <mailwire/core/input.hpp>

#include <gtest/gtest.h>

#include <string_view>

namespace mailwire::pop3::grammar::url {
namespace {

// How many octets of a text a rule takes; -1: it does not match.
template <typename Rule> int taken(std::string_view text) {
    input in(text, {}, dialect{.utf8 = true});
    return run<Rule, apply_mode::nothing>(in) ? static_cast<int>(in.offset()) : -1;
}

// P9-1
TEST(url, achar) {
    EXPECT_EQ(taken<achars>("az09AZ$-_.+!*'(),&=~;"), 20);
    EXPECT_EQ(taken<achars>("%00%fF%aB"), 9);
    EXPECT_EQ(taken<achars>("a%4"), 1);
    EXPECT_EQ(taken<achars>("a%4g"), 1);
    for (const std::string_view none : {"",  ";", ":", "@",  "/", "?", "#", "%", "%4",   "%zz",      " ",   "\"",
                                        "<", ">", "[", "\\", "^", "`", "{", "|", "\x7f", "\xc3\xa9", "\r\n"}) {
        EXPECT_EQ(taken<achars>(none), -1) << none;
    }
}

TEST(url, auth) {
    EXPECT_EQ(taken<auth>(";AUTH=*"), 7);
    EXPECT_EQ(taken<auth>(";auth=SCRAM-SHA-256@"), 19);
    EXPECT_EQ(taken<auth>(";AUTH=+APOP@"), 11);
    EXPECT_EQ(taken<auth>(";AUTH=+X@"), 8);
    EXPECT_EQ(taken<auth>(";AUTH=@"), -1);
    EXPECT_EQ(taken<auth>("AUTH=*"), -1);
    EXPECT_EQ(taken<user_auth>(";AUTH=*"), -1);
    EXPECT_EQ(taken<user_auth>("rg;AUTH=*@host"), 9);
    EXPECT_EQ(taken<enc_ext>("+"), -1);
    EXPECT_EQ(taken<enc_auth_type>("+"), 1); // 1*achar
}

TEST(url, host) {
    for (const std::string_view good :
         {"a", "localhost", "mail.example.org", "a-b.c--d", "1.2.3.com", "x1", "127.0.0.1", "255.255.255.255", "[::1]",
          "[2001:db8::A]", "[::ffff:10.0.0.1]"}) {
        EXPECT_EQ(taken<host>(good), static_cast<int>(good.size())) << good;
    }
    for (const std::string_view bad : {"", "-a", ".a", "1", "1.2.3", "256.0.0.1", "[]", "[::1", "[g]", "_a", "%41"}) {
        EXPECT_EQ(taken<host>(bad), -1) << bad;
    }
    EXPECT_EQ(taken<host>("a-"), 1);
    EXPECT_EQ(taken<host>("a_b"), 1);
}

TEST(url, port) {
    // The port is an own rule so that 0, which no server has, is no port.
    for (const std::string_view good : {"h:1", "h:110", "h:00110", "h:65535"}) {
        EXPECT_EQ(taken<hostport>(good), static_cast<int>(good.size())) << good;
    }
    for (const std::string_view cut : {"h:", "h:0", "h:00", "h:65536", "h:x"}) {
        EXPECT_EQ(taken<hostport>(cut), 1) << cut;
    }
}

TEST(url, pop_url) {
    EXPECT_EQ(taken<pop_url>("pop://host"), 10);
    EXPECT_EQ(taken<pop_url>("POP://host"), 10);
    EXPECT_EQ(taken<pop_url>("pop://a;AUTH=*@host:1"), 21);
    EXPECT_EQ(taken<pop_url>("pop://"), -1);
    EXPECT_EQ(taken<pop_url>("pop:host"), -1);
    EXPECT_EQ(taken<pop_url>("pops://host"), -1);
    EXPECT_EQ(taken<pop_url>("//host"), -1);
}

} // namespace
} // namespace mailwire::pop3::grammar::url
