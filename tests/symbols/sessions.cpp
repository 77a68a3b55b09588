// SPDX-License-Identifier: BSL-1.0
// All sessions, and what a program calls of them. What this object wants from outside is what `check` looks at.
#include <mailwire/imap.hpp>
#include <mailwire/pop3.hpp>
#include <mailwire/sasl/mechanisms.hpp>

template class mailwire::imap::basic_client<>;
template class mailwire::imap::basic_server<>;

namespace mailwire {

struct users {
    bool check(std::string_view, std::string_view) { return true; }
    bool allows(std::string_view, std::string_view) { return true; }
};

void of_imap(imap::client& c, imap::server& s, std::span<char> lent) {
    users everybody;
    sasl::plain_client plain({.user = "u", .password = "p"});
    sasl::plain_server<users> mechanism(everybody, lent);
    (void)c.authenticate(plain);
    (void)c.answer(plain);
    (void)c.send(imap::login{"u", "p"});
    (void)c.send(imap::select{"x"});
    (void)c.send(imap::append{.mailbox = "x", .message = text::streamed(3)});
    (void)c.send(imap::uid_fetch{.messages = 1U, .att = {imap::fetch_uid{}}});
    (void)s.step(mechanism);
    (void)s.send(imap::exists{1});
    (void)s.send(imap::capability_data{{"IMAP4rev2"}});
    (void)s.send(imap::enabled_data{{"CONDSTORE"}});
    (void)s.send(imap::fetch_data{.number = 1, .att = {imap::uid{1}}});
    imap::client_event heard = c.next();
    (void)on(heard.response, [](const imap::fetch_data&) {});
    imap::server_event asked = s.next();
    (void)on(asked.command, [](const imap::fetch&) {});
}

void of_pop3(pop3::client& c, pop3::server& s, std::span<char> lent) {
    users everybody;
    sasl::plain_client plain({.user = "u", .password = "p"});
    sasl::plain_server<users> mechanism(everybody, lent);
    (void)c.authenticate(plain);
    (void)c.answer(plain);
    (void)c.respond("x");
    (void)c.cancel();
    (void)c.tls_started();
    (void)c.send(pop3::user{"u"});
    (void)c.send(pop3::retr{1});
    c.at(c.deadline());
    (void)c.next();
    (void)s.greet();
    (void)s.step(mechanism);
    (void)s.challenge("x");
    (void)s.ok();
    (void)s.err();
    (void)s.body("x");
    (void)s.end_of_lines();
    (void)s.tls_started();
    (void)s.send(pop3::drop_listing{1, 1, {}});
    s.at(s.deadline());
    (void)s.next();
    for (const std::span<char> room : {c.prepare(), s.prepare()})
        c.commit(room.size());
    c.sent(c.output().size());
    s.sent(s.output().size());
    c.closed();
    s.closed();
}

} // namespace mailwire
