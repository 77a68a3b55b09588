// SPDX-License-Identifier: BSL-1.0

#include <mailwire/pop3/write.hpp>

#include "pop3/rows.hpp"

namespace mailwire::pop3::test {
namespace {

template <typename Write> std::string written(Write write) {
    std::string line;
    string_sink sink(line);
    const misuse fault = write(sink);
    return fault == misuse::none ? line : name_of(fault);
}

std::string reply_line(const reply& r, answer_form form = answer_form::text) {
    return written([&](auto& sink) { return write_reply(sink, r, form); });
}

TEST(write, replies) {
    EXPECT_EQ(reply_line({}), "+OK\r\n");
    EXPECT_EQ(reply_line({.text = "ready"}), "+OK ready\r\n");
    EXPECT_EQ(reply_line({.ok = false, .code = code::in_use, .text = "locked"}), "-ERR [IN-USE] locked\r\n");
    EXPECT_EQ(reply_line({.ok = false, .code = code::in_use}), "-ERR [IN-USE]\r\n");
    EXPECT_EQ(reply_line({.drop = {2, 320}}, answer_form::drop_listing), "+OK 2 320\r\n");
    EXPECT_EQ(reply_line({.scan = {2, 200, "(seen)"}}, answer_form::scan_listing), "+OK 2 200 (seen)\r\n");
    EXPECT_EQ(reply_line({.unique = {2, "x"}}, answer_form::unique_id), "+OK 2 x\r\n");
    EXPECT_EQ(reply_line({.ok = false, .text = "no", .drop = {2, 320}}, answer_form::drop_listing), "-ERR no\r\n");
}

// Attack row F5: what a server reflects stays in its line.
TEST(write, F5_texts_that_are_no_line_are_refused) {
    EXPECT_EQ(reply_line({.text = "a\r\n+OK forged"}), "bad value");
    EXPECT_EQ(reply_line({.text = "a\n.\n"}), "bad value");
    EXPECT_EQ(reply_line({.text = std::string_view("a\0b", 3)}), "bad value");
    EXPECT_EQ(reply_line({.text = "[IN-USE] forged"}), "bad value");
    EXPECT_EQ(reply_line({.text = "caf\xc3\xa9"}), "bad value");
    EXPECT_EQ(reply_line({.code = {"A]"}}), "bad value");
    EXPECT_EQ(reply_line({.code = {"A/"}}), "bad value");
    EXPECT_EQ(reply_line({.code = {"A"}, .text = "x\r"}), "bad value");
    EXPECT_EQ(reply_line({.scan = {0, 1}}, answer_form::scan_listing), "bad value");
    EXPECT_EQ(reply_line({.unique = {1, ""}}, answer_form::unique_id), "bad value");
    EXPECT_EQ(reply_line({.unique = {1, "a b"}}, answer_form::unique_id), "bad value");
    EXPECT_EQ(reply_line({.drop = {1, 1, "x\r\n.\r\n"}}, answer_form::drop_listing), "bad value");
}

TEST(write, capabilities) {
    namespace caps = pop3::capability;
    const auto line = [](const auto& c) { return written([&](auto& sink) { return write_listed(sink, c); }); };
    EXPECT_EQ(line(caps::top{}), "TOP\r\n");
    EXPECT_EQ(line(caps::sasl{"PLAIN LOGIN"}), "SASL PLAIN LOGIN\r\n");
    EXPECT_EQ(line(caps::expire{capability_set::never}), "EXPIRE NEVER\r\n");
    EXPECT_EQ(line(caps::expire{5, true}), "EXPIRE 5 USER\r\n");
    EXPECT_EQ(line(caps::login_delay{900, true}), "LOGIN-DELAY 900 USER\r\n");
    EXPECT_EQ(line(caps::implementation{"mailwire 1.0"}), "IMPLEMENTATION mailwire 1.0\r\n");
    EXPECT_EQ(line(caps::implementation{"two  spaces"}), "bad value");
    EXPECT_EQ(line(caps::sasl{"PLAIN\r\n."}), "bad value");
    // An item carries a value of the program too.
    const caps::expire days{0};
    EXPECT_EQ(line(item<slot::capability>(days)), "EXPIRE 0\r\n");
}

// RFC 2449 4: 512 octets with the CRLF.
TEST(write, response_lines_are_no_longer_than_the_rfc_allows) {
    const std::string text(longest_response_line - 6, 'a');
    EXPECT_EQ(reply_line({.text = text}).size(), longest_response_line);
    EXPECT_EQ(reply_line({.text = text + 'a'}), "bad value");
}

} // namespace
} // namespace mailwire::pop3::test
