// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <memory>
#include <string>

#include "mail_server/answer.hpp"
#include "mail_server/maildrop.hpp"
#include "mail_server/site.hpp"
#include "mailwire/pop3/server.hpp"

namespace mail_server {

namespace pop3 = mailwire::pop3;

// One POP3 connection: what its commands work with. A command is carried out by adding steps to `reply`, which are the
// lines of its answer.
struct pop3_context {
    explicit pop3_context(site& all) : shared(all), session(storage.buffers()) {}
    pop3_context(const pop3_context&) = delete;
    pop3_context& operator=(const pop3_context&) = delete;

    site& shared;
    pop3::server_storage<> storage = {};
    pop3::server session;
    answer reply;
    std::string user;               // who wants to log in, or has
    std::unique_ptr<maildrop> drop; // of who has logged in
    int failed_logins = 0;
    bool over = false; // nothing more is said
};

// Adds the steps of the answer to a command, RFC 1939 5 to 7 and RFC 2449 5. False if this server does not know it.
bool run(pop3_context& c, const mailwire::item<pop3::slot::command>& command);

} // namespace mail_server
