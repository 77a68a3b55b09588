// SPDX-License-Identifier: BSL-1.0
#include "inspect/settings.hpp"

#include <gtest/gtest.h>

namespace inspect::test {
namespace {

using mailwire::side;

TEST(settings, says_which_modes_it_has_not) {
    settings imap(protocol::imap, side::client);
    EXPECT_EQ(imap.set_mode(""), "");
    EXPECT_EQ(imap.set_mode("utf8,litplus"), "");
    EXPECT_EQ(imap.set_mode("utf8,rev7"), "mode rev7 is not supported");
    EXPECT_EQ(imap.set_mode("respcodes"), "mode respcodes is not supported");
    settings pop3(protocol::pop3, side::server);
    EXPECT_EQ(pop3.set_mode("ctx=retr,utf8,respcodes"), "");
    EXPECT_EQ(pop3.set_mode("ctx=xtnd"), "mode ctx=xtnd is not supported");
    EXPECT_EQ(pop3.set_mode("litplus"), "mode litplus is not supported");
}

TEST(settings, says_which_contexts_it_has_not) {
    settings pop3(protocol::pop3, side::server);
    EXPECT_EQ(pop3.set_context("RETR 1"), "");
    EXPECT_EQ(pop3.set_context("XTND"), "context XTND is not supported");
    EXPECT_EQ(settings(protocol::imap, side::server).set_context("XTND"), ""); // no response of IMAP needs one
}

TEST(settings, says_which_kinds_it_has_not) {
    settings server(protocol::imap, side::server);
    EXPECT_EQ(server.set_kind("unit"), "");
    EXPECT_EQ(server.set_kind("greeting"), "");
    EXPECT_EQ(server.set_kind("bare-response-code"), "kind bare-response-code is not supported");
    settings client(protocol::imap, side::client);
    EXPECT_EQ(client.set_kind("vendor-command"), "");
    EXPECT_EQ(client.set_kind("greeting"), "kind greeting is not supported");
}

TEST(settings, reads_with_the_modes_it_has) {
    settings imap(protocol::imap, side::client);
    const std::string large = "a1 LOGIN a {4097+}\r\n" + std::string(4097, 'x') + "\r\n";
    EXPECT_EQ(imap.read(large, 0).judged, verdict::reject);
    imap.set_mode("litplus");
    EXPECT_EQ(imap.read(large, 0).judged, verdict::accept);

    settings pop3(protocol::pop3, side::client);
    EXPECT_EQ(pop3.read("USER \xd1\x8f\r\n", 0).judged, verdict::reject);
    pop3.set_mode("utf8");
    EXPECT_EQ(pop3.read("USER \xd1\x8f\r\n", 0).judged, verdict::accept);

    settings answers(protocol::pop3, side::server);
    EXPECT_EQ(answers.read("+OK [\r\n", 0).judged, verdict::accept);
    answers.set_mode("respcodes");
    EXPECT_EQ(answers.read("+OK [\r\n", 0).judged, verdict::reject);
}

TEST(settings, reads_the_kinds_it_has) {
    settings imap(protocol::imap, side::server);
    imap.set_kind("greeting");
    EXPECT_EQ(imap.read("* PREAUTH x\r\n", 0).what, "greeting PREAUTH");
    settings pop3(protocol::pop3, side::server);
    pop3.set_kind("greeting");
    EXPECT_EQ(pop3.read("+OK x\r\n", 0).what, "greeting");
}

} // namespace
} // namespace inspect::test
