// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "mail_server/accounts.hpp"
#include "mail_server/store.hpp"

namespace mail_server {

// Which messages no session has been told of, RFC 3501 2.3.2, \Recent. Kept only while the server runs: after that all
// messages are recent once more, as that RFC wants it where a server cannot know.
class recent_marks {
public:
    // The first UID of the mailbox that is recent for the one who asks.
    uid_number first(mailbox_id mailbox) const {
        const auto found = first_recent_.find(mailbox);
        return found == first_recent_.end() ? 1 : found->second;
    }
    // The one who asks was told of all messages below that UID.
    void told(mailbox_id mailbox, uid_number next) {
        auto& first = first_recent_[mailbox];
        first = std::max(first, next);
    }

private:
    std::map<mailbox_id, uid_number> first_recent_;
};

// The users whose maildrop a POP3 session has, RFC 1939 4.
class maildrop_locks {
public:
    bool is_taken(const std::string& user) const { return taken_.count(user) != 0; }
    void take(const std::string& user) { taken_.insert(user); }
    void give_back(const std::string& user) { taken_.erase(user); }

private:
    std::set<std::string> taken_;
};

// What POP3 clients may do, and how much time they have.
struct pop3_terms {
    bool needs_tls = false; // for a login
    bool has_apop = true;
    bool has_sasl = true;
    std::uint32_t login_seconds = 60; // for a login
    std::uint32_t idle_seconds = 600; // then, from one command to the next
};

// The same of IMAP.
struct imap_terms {
    bool needs_tls = false;
    std::uint32_t login_seconds = 60;
    std::uint32_t idle_seconds = 1800; // RFC 9051 5.4
};

// What all connections share.
struct site {
    store& mail;
    accounts& logins;
    std::uint64_t largest_message = 64 << 20; // in octets
    pop3_terms pop3 = {};
    imap_terms imap = {};
    recent_marks recent = {};
    maildrop_locks maildrops = {};
};

} // namespace mail_server
