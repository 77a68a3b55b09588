// SPDX-License-Identifier: BSL-1.0
// Every call of a client in every state and every mode: where it is refused, nothing has changed and no octet goes out.
#include "mailwire/imap.hpp"

#include "imap/session/unchanged.hpp"

#include "mailwire/sasl/mechanisms.hpp"

namespace mailwire::imap {
namespace {

using test::call;
using test::client_box;
using test::feed;
using test::flush;
using test::place;

std::vector<call<client>> client_calls() {
    std::vector<call<client>> calls;
    test::all_commands([&]<typename Command>(const Command&) {
        calls.push_back({std::string(Command::word::text), [](client& c) {
                             // Lists in a value live as long as the expression: make them anew.
                             misuse fault = misuse::none;
                             test::all_commands([&]<typename Other>(const Other& other) {
                                 if constexpr (std::is_same_v<Other, Command>) fault = c.send(other).fault;
                             });
                             return fault;
                         }});
    });
    const auto add = [&](const char* name, std::function<misuse(client&)> make) { calls.push_back({name, make}); };
    add("authenticate", [](client& c) {
        sasl::plain_client plain({.user = "u", .password = "p"});
        return c.authenticate(plain).fault;
    });
    add("answer", [](client& c) {
        sasl::plain_client plain({.user = "u", .password = "p"});
        return c.answer(plain);
    });
    add("respond", [](client& c) { return c.respond("x"); });
    add("cancel", [](client& c) { return c.cancel(); });
    add("end_idle", [](client& c) { return c.end_idle(); });
    add("tls_started", [](client& c) { return c.tls_started(); });
    add("compression_started", [](client& c) { return c.compression_started(); });
    add("literal", [](client& c) { return c.literal("0123456789"); });
    add("nothing", [](client& c) { return c.literal(""); });
    return calls;
}

// Says this, hears that.
void ask(client_box& box, const auto& command, std::string_view answer = {}) {
    EXPECT_TRUE(box.session.send(command));
    (void)flush(box.session);
    (void)feed(box.session, answer);
}
void hear(client_box& box, std::string_view octets) { (void)feed(box.session, octets); }

std::vector<place<client_box>> client_places() {
    const auto stranger = [](client_box& b) { hear(b, "* OK [CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN] hi\r\n"); };
    const auto known = [](client_box& b) {
        hear(b, "* PREAUTH [CAPABILITY IMAP4rev2 COMPRESS=DEFLATE UNAUTHENTICATE] hi\r\n");
    };
    return {
        {"greeting", [](client_box&) {}},
        {"not authenticated", stranger},
        {"authenticated", known},
        {"selected",
         [=](client_box& b) {
             known(b);
             ask(b, select{"x"}, "A1 OK x\r\n");
         }},
        {"logged out",
         [=](client_box& b) {
             known(b);
             hear(b, "* BYE x\r\n");
         }},
        {"closed",
         [=](client_box& b) {
             known(b);
             b.session.closed();
             hear(b, "");
         }},
        {"failed",
         [=](client_box& b) {
             known(b);
             hear(b, "Z OK x\r\n");
         }},
        {"exchange",
         [=](client_box& b) {
             stranger(b);
             ask(b, authenticate{"X"});
         }},
        {"challenged",
         [=](client_box& b) {
             stranger(b);
             ask(b, authenticate{"X"}, "+ \r\n");
         }},
        {"asking idle",
         [=](client_box& b) {
             known(b);
             ask(b, idle{});
         }},
        {"idling",
         [=](client_box& b) {
             known(b);
             ask(b, idle{}, "+ x\r\n");
         }},
        {"ending idle",
         [=](client_box& b) {
             known(b);
             ask(b, idle{}, "+ x\r\n");
             EXPECT_EQ(b.session.end_idle(), misuse::none);
         }},
        {"asking tls",
         [=](client_box& b) {
             stranger(b);
             ask(b, starttls{});
         }},
        {"tls",
         [=](client_box& b) {
             stranger(b);
             ask(b, starttls{}, "A1 OK x\r\n");
         }},
        {"asking compression",
         [=](client_box& b) {
             known(b);
             ask(b, compress{});
         }},
        {"compression",
         [=](client_box& b) {
             known(b);
             ask(b, compress{}, "A1 OK x\r\n");
         }},
        {"literal waits",
         [=](client_box& b) {
             known(b);
             ask(b, append{.mailbox = "x", .message = text::streamed(5000)});
         }},
        {"literal missing",
         [=](client_box& b) {
             known(b);
             ask(b, append{.mailbox = "x", .message = text::streamed(5)});
         }},
        {"pipelined",
         [=](client_box& b) {
             known(b);
             ask(b, select{"x"});
             ask(b, expunge{});
         }},
    };
}

TEST(imap_misuse, G1_every_call_of_a_client_in_every_place) {
    EXPECT_GT(test::expect_unchanged(client_places(), client_calls(), client_options{.tls = tls_policy::optional}),
              1000U);
}

} // namespace
} // namespace mailwire::imap
