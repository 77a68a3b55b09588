// SPDX-License-Identifier: BSL-1.0
// Every call of a server in every state and every mode: where it is refused, nothing has changed and no octet goes out.
#include "mailwire/imap.hpp"

#include "imap/session/server_talk.hpp"
#include "imap/session/unchanged.hpp"

#include "mailwire/sasl/mechanisms.hpp"

namespace mailwire::imap {
namespace {

using test::call;
using test::flush;
using test::place;
using test::server_box;

const status_response ok{condition::ok, {}, "x"};
const status_response no{condition::no, {}, "x"};
const status_response gone{condition::bye, {}, "x"};

std::vector<call<server>> server_calls() {
    return {
        {"greet", [](server& s) { return s.greet(ok); }},
        {"greet no", [](server& s) { return s.greet(no); }},
        {"data", [](server& s) { return s.send(exists{7}); }},
        {"fewer", [](server& s) { return s.send(exists{1}); }},
        {"expunge", [](server& s) { return s.send(expunge_data{9}); }},
        {"bad data", [](server& s) { return s.send(expunge_data{0}); }},
        {"capabilities", [](server& s) { return s.send(capability_data{{"IDLE"}}); }},
        {"status", [](server& s) { return s.send(no); }},
        {"bad status",
         [](server& s) {
             return s.send(status_response{condition::ok, {}, "\n"});
         }},
        {"closed",
         [](server& s) {
             return s.send(status_response{condition::ok, code_closed{}, "x"});
         }},
        {"bye", [](server& s) { return s.send(gone); }},
        {"finish ok", [](server& s) { return s.finish(ok); }},
        {"finish no", [](server& s) { return s.finish(no); }},
        {"finish bad",
         [](server& s) {
             return s.finish({condition::bad, {}, "x"});
         }},
        {"finish bye", [](server& s) { return s.finish(gone); }},
        {"finish badly",
         [](server& s) {
             return s.finish({condition::ok, {}, "\n"});
         }},
        {"accept_literal", [](server& s) { return s.accept_literal(); }},
        {"step",
         [](server& s) {
             test::one_user users;
             std::array<char, 64> lent;
             sasl::plain_server<test::one_user> mechanism(users, lent);
             return test::fault_of(s.step(mechanism));
         }},
        {"challenge", [](server& s) { return s.challenge("x"); }},
        {"large challenge", [](server& s) { return s.challenge(std::string(4096, 'x')); }},
        {"begin_idle", [](server& s) { return s.begin_idle(); }},
        {"tls_started", [](server& s) { return s.tls_started(); }},
        {"compression_started", [](server& s) { return s.compression_started(); }},
        {"literal", [](server& s) { return s.literal("0123456789"); }},
        {"nothing", [](server& s) { return s.literal(""); }},
    };
}

void hear(server_box& box, std::string_view octets) {
    (void)test::receive(box.session, octets, octets.size());
    (void)box.session.next();
}

std::vector<place<server_box>> server_places() {
    const auto greet = [](condition c) {
        return [c](server_box& b) { EXPECT_EQ(b.session.greet({c, {}, "x"}), misuse::none); };
    };
    const auto then = [](auto first, std::string_view line, misuse (*act)(server&) = nullptr) {
        return [=](server_box& b) {
            first(b);
            (void)flush(b.session);
            hear(b, line);
            const misuse fault = act == nullptr ? misuse::none : act(b.session);
            EXPECT_EQ(fault, misuse::none) << line;
        };
    };
    const auto agree = [](server& s) { return s.finish(ok); };
    const auto hang_up = [](server& s) {
        s.closed();
        (void)s.next();
        return misuse::none;
    };
    const auto known = greet(condition::preauth);
    const auto stranger = greet(condition::ok);
    const auto selected = then(known, "a SELECT x\r\n", [](server& s) {
        (void)s.send(exists{5});
        return s.finish(ok);
    });
    return {
        {"greeting", [](server_box&) {}},
        {"not authenticated", stranger},
        {"authenticated", known},
        {"selected", selected},
        {"logged out", greet(condition::bye)},
        {"closed",
         [=](server_box& b) {
             known(b);
             b.session.closed();
             hear(b, "");
         }},
        {"failed", then(known, "a NOOP {9223372036854775808}\r\n")},
        {"offered", then(known, "a APPEND x {3}\r\n")},
        {"literal", then(known, "a APPEND x {3}\r\n", [](server& s) { return s.accept_literal(); })},
        {"answering", then(known, "a CREATE x\r\n")},
        {"answering FETCH", then(selected, "a FETCH 1 FLAGS\r\n")},
        {"answering CLOSE", then(selected, "a CLOSE\r\n")},
        {"answering LOGOUT", then(known, "a LOGOUT\r\n")},
        {"authenticating", then(stranger, "a AUTHENTICATE X AAAA\r\n")},
        {"challenged", then(stranger, "a AUTHENTICATE X\r\n", [](server& s) { return s.challenge("x"); })},
        {"asked to idle", then(known, "a IDLE\r\n")},
        {"idling", then(known, "a IDLE\r\n", [](server& s) { return s.begin_idle(); })},
        {"asked for tls", then(stranger, "a STARTTLS\r\n")},
        {"tls", then(stranger, "a STARTTLS\r\n", agree)},
        {"asked for compression", then(known, "a COMPRESS DEFLATE\r\n")},
        {"compression", then(known, "a COMPRESS DEFLATE\r\n", agree)},
        {"closed while offered", then(known, "a APPEND x {3+}\r\n", hang_up)},
        {"closed while asked to idle", then(known, "a IDLE\r\n", hang_up)},
        {"closed before tls", then(then(stranger, "a STARTTLS\r\n", agree), "", hang_up)},
        {"failed before tls", then(then(stranger, "a STARTTLS\r\n", agree), "x")},
        {"failed before compression", then(then(known, "a COMPRESS DEFLATE\r\n", agree), "x")},
        {"own literal", then(selected, "",
                             [](server& s) {
                                 return s.send(
                                     fetch_data{.number = 1, .att = {body_section{.value = text::streamed(5)}}});
                             })},
    };
}

TEST(imap_misuse, G1_every_call_of_a_server_in_every_place) {
    EXPECT_GT(test::expect_unchanged(server_places(), server_calls(), server_options{}), 500U);
}

} // namespace
} // namespace mailwire::imap
