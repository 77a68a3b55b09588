// SPDX-License-Identifier: BSL-1.0
// The snippets of README.md, as they stand there, with what they print.
#include <algorithm>
#include <iostream>
#include <sstream>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "mailwire/mailwire.hpp"

namespace imap = mailwire::imap;

namespace {

// Catches what a snippet prints.
class printed {
public:
    printed() : before_(std::cout.rdbuf(text_.rdbuf())) {}
    ~printed() { std::cout.rdbuf(before_); }
    std::string text() const { return text_.str(); }

private:
    std::ostringstream text_;
    std::streambuf* before_;
};

void receive(imap::client& mail, std::string_view octets) {
    const auto room = mail.prepare();
    ASSERT_GE(room.size(), octets.size());
    std::copy(octets.begin(), octets.end(), room.begin());
    mail.commit(octets.size());
}

TEST(readme, parse) {
    const printed out_text;
    mailwire::token tape[64];
    const auto r = imap::parse_response("* 7 FETCH (UID 23 FLAGS (\\Seen))\r\n", tape);
    imap::on(r.value, [](const imap::fetch_data& f) {
        std::cout << "message " << f.number << ", UID " << f.att.get<imap::uid>()->value << '\n';
    });
    EXPECT_EQ(out_text.text(), "message 7, UID 23\n");
}

TEST(readme, generate) {
    const printed out_text;
    std::string out;
    mailwire::string_sink to(out);
    imap::write_command(to, "A1", imap::search{.keys = {imap::key::from{"O\"Hara"}, imap::key::unseen{}}});
    std::cout << out;
    EXPECT_EQ(out_text.text(), "A1 SEARCH FROM \"O\\\"Hara\" UNSEEN\r\n");
}

TEST(readme, session) {
    const printed out_text;
    imap::client_storage<> storage;
    imap::client mail(storage.buffers(), {.secure = true}); // TLS has begun
    receive(mail, "* OK ready\r\n");
    while (mail.next().kind != imap::client_event_kind::need_input)
        continue;
    mail.send(imap::login{"ada", "secret"});
    std::cout << mail.output();
    EXPECT_EQ(out_text.text(), "A1 LOGIN ada secret\r\n");
}

} // namespace
