// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>

#include "demo/endpoint.hpp"
#include "demo/report.hpp"

namespace demo {

// Where the servers are and who asks.
struct account {
    endpoint imap;
    endpoint pop3;
    std::string user;
    std::string password;
};

// How a client gets in: TLS and the logins. A server that refuses the password is asked only once. False: there is no way
// in.
bool imap_login_rows(report& out, const account& who);

// What IMAP is for, in a mailbox of its own.
void imap_rows(report& out, const account& who);

// What a session does besides: commands at once, IDLE, the count of messages.
void imap_session_rows(report& out, const account& who);

// How a client gets in: TLS, the logins, and what else comes before the mail. A server that refuses the password is
// asked only once. False: there is no way in.
bool pop3_login_rows(report& out, const account& who);

// Works on three messages that it puts into INBOX through IMAP; only these are deleted.
void pop3_rows(report& out, const account& who);

} // namespace demo
