// SPDX-License-Identifier: BSL-1.0
// The snippets of docs/adding-an-extension.md, as they stand there, at work. Those of PREVIEW are the library's own file
// and the test of it.
#include <string>

#include <gtest/gtest.h>

#include "mailwire/imap.hpp"

namespace imap = mailwire::imap;

// What a program adds, in a header of its own.
namespace acme {

// msg-att =/ "X-FOO" SP nstring
struct foo {
    using word = mailwire::word<imap::slot::msg_att, "X-FOO">;
    using tail = imap::grammar::seq<imap::grammar::sp, imap::grammar::nstring>;
    mailwire::text value = {};

    static foo read(mailwire::cursor& c) { return {c.text()}; }
    void write(auto& out) const { out.sp().nstring(value); }
};

using fetch_foo = imap::fetch_word<"X-FOO">; // fetch-att =/ "X-FOO"
using code_bar = imap::code<"X-BAR">;        // resp-text-code =/ "X-BAR"

struct extension : mailwire::extension<foo, fetch_foo, code_bar> {};
struct profile : mailwire::profile<imap::everything, extension> {};

} // namespace acme

namespace {

TEST(docs, an_extension_of_ones_own) {
    mailwire::token tape[16];
    const auto read = imap::parse_response<acme::profile>("* 7 FETCH (X-FOO \"bar\" UID 23)\r\n", tape);
    ASSERT_TRUE(read);
    EXPECT_EQ(read.value.as<imap::fetch_data>().att.get<acme::foo>()->value, mailwire::text("bar"));

    std::string wire;
    mailwire::string_sink out(wire);
    EXPECT_EQ(imap::write_response<acme::profile>(out, read.value), mailwire::misuse::none);
    EXPECT_EQ(wire, "* 7 FETCH (X-FOO \"bar\" UID 23)\r\n");
}

TEST(docs, an_extension_of_ones_own_in_a_session) {
    imap::server_storage<> storage;
    imap::basic_server<acme::profile> mail(storage.buffers());
    EXPECT_EQ(mail.greet({imap::condition::preauth, acme::code_bar{}, "hello"}), mailwire::misuse::none);
    EXPECT_EQ(mail.send(imap::fetch_data{.number = 7, .att = {acme::foo{"bar"}}}), mailwire::misuse::none);
    EXPECT_EQ(mail.output(), "* PREAUTH [X-BAR] hello\r\n* 7 FETCH (X-FOO \"bar\")\r\n");
}

} // namespace
