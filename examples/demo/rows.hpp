// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>

#include "demo/report.hpp"

namespace demo {

// Where the servers are and who asks.
struct account {
    std::string imap;
    std::string pop3;
    std::string user;
    std::string password;
};

void imap_rows(report& out, const account& who);

// Works on three messages that it puts into INBOX through IMAP; only these are deleted.
void pop3_rows(report& out, const account& who);

} // namespace demo
