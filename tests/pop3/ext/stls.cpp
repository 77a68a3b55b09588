// SPDX-License-Identifier: BSL-1.0

#include <mailwire/pop3/ext/stls.hpp>

#include "pop3/rows.hpp"

namespace mailwire::pop3::test {
namespace {

static_assert(stls::role() == command_role::stls && stls::answer() == answer_form::text);

// A program of RFC 1939 that adds TLS and nothing else.
struct with_tls : profile<rfc2595, rfc1939> {};

TEST(stls, is_a_command_and_a_capability) {
    std::array<token, tokens_of_a_line> tape;
    EXPECT_TRUE(parse_command<with_tls>("stls\r\n", tape).value.is<stls>());
    EXPECT_TRUE(parse_capability<with_tls>("stls\r\n", tape).value.is<capability::stls>());
    EXPECT_FALSE(parse_command<rfc1939>("STLS\r\n", tape).value.known());
    EXPECT_EQ(parse_command<with_tls>("STLS x\r\n", tape).error, (error{errc::syntax, 4, 0, 0}));
    EXPECT_EQ(parse_capability<with_tls>("STLS x\r\n", tape).error, (error{errc::syntax, 4, 0, 0}));
}

TEST(stls, is_written_and_remembered) {
    std::string lines;
    string_sink sink(lines);
    EXPECT_EQ(write_command(sink, stls{}), misuse::none);
    EXPECT_EQ(write_listed(sink, capability::stls{}), misuse::none);
    EXPECT_EQ(lines, "STLS\r\nSTLS\r\n");
    capability_set set;
    capability::stls{}.learn(set);
    EXPECT_EQ(set, (capability_set{.stls = true}));
}

} // namespace
} // namespace mailwire::pop3::test
