// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <memory>
#include <string>

#include "mail_server/answer.hpp"
#include "mail_server/connection.hpp"
#include "mail_server/maildrop.hpp"
#include "mail_server/pop3_texts.hpp"
#include "mail_server/sasl_exchange.hpp"
#include "mail_server/site.hpp"
#include "mailwire/pop3/server.hpp"

namespace mail_server {

namespace pop3 = mailwire::pop3;

// One POP3 connection: what its commands work with. A command is carried out by adding steps to `reply`, which are the
// lines of its answer.
struct pop3_context {
    pop3_context(site& all, security secured);
    pop3_context(const pop3_context&) = delete;
    pop3_context& operator=(const pop3_context&) = delete;

    // Whether somebody may log in now by a name and a password, or a mechanism.
    bool may_log_in() const { return session.secure() || !shared.pop3.needs_tls; }

    site& shared;
    pop3::server_storage<16 << 10, 16 << 10> storage = {}; // with room for a token of some kilobytes
    pop3::server session;
    answer reply;
    tongue language = tongue::english;
    std::string timestamp; // of the greeting; empty: no APOP
    std::string user;      // who wants to log in, or has
    std::unique_ptr<sasl_exchange<pop3::server>> exchange;
    std::unique_ptr<maildrop> drop; // of who has logged in
    int failed_logins = 0;
    bool over = false; // nothing more is said
};

// Adds the line +OK, or -ERR.
void ok(pop3_context& c, const pop3_text& text);
void refuse(pop3_context& c, const pop3_text& text, pop3::response_code code = {});

// Adds an answer that is a value, or a line of a listing.
template <typename Value> void tell(pop3_context& c, Value value) {
    c.reply.add([&c, value] { return progress_of(c.session.send(value), c.session); });
}
// Adds the end of a listing.
void end_lines(pop3_context& c);

// Adds the first line of the session.
void greet(pop3_context& c);

// Adds the steps of the answer to a command: to one that says who the client is and how it wants to speak, and to any
// other. False if it is not one of them.
bool run_before_login(pop3_context& c, const mailwire::item<pop3::slot::command>& command);
bool run(pop3_context& c, const mailwire::item<pop3::slot::command>& command);

// Adds the answer to a response of a client that logs in by a mechanism, and to one that does so no longer.
void go_on_login(pop3_context& c);
void cancel_login(pop3_context& c);

} // namespace mail_server
