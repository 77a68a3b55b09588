// SPDX-License-Identifier: BSL-1.0
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "mail_server/imap_commands.hpp"

// What a client says before it is somebody: what can you do, begin TLS, this is me.
namespace mail_server {
namespace {

constexpr int most_failed_logins = 3;

bool may_log_in(const imap_context& c) { return c.session.secure() || !c.shared.imap.needs_tls; }

// What is announced, and no more than what is there. CHILDREN: RFC 3348. LIST-EXTENDED: RFC 5258. LIST-STATUS: RFC
// 5819. SEARCHRES: RFC 5182. STATUS=SIZE: RFC 8438. Clients that ask once only, before the login, find all of it.
std::vector<std::string> capabilities(const imap_context& c, bool logged_in) {
    std::vector<std::string> names{"IMAP4rev1", "LITERAL+",      "CHILDREN",    "ENABLE",  "ESEARCH",   "ID",
                                   "IDLE",      "LIST-EXTENDED", "LIST-STATUS", "MOVE",    "NAMESPACE", "SASL-IR",
                                   "SEARCHRES", "STATUS=SIZE",   "UIDPLUS",     "UNSELECT"};
    if (logged_in) {
        return names;
    }
    if (!c.session.secure()) {
        names.emplace_back("STARTTLS");
    }
    if (!may_log_in(c)) {
        names.emplace_back("LOGINDISABLED");
        return names;
    }
    const std::string offered = mechanisms_for(c.shared.logins, c.session.secure());
    for (std::size_t from = 0; from < offered.size();) {
        const std::size_t to = std::min(offered.find(' ', from), offered.size());
        names.push_back("AUTH=" + offered.substr(from, to - from));
        from = to + 1;
    }
    return names;
}

void refuse_login(imap_context& c) {
    finish(c, imap::condition::no, imap::code_authenticationfailed{}, "wrong user or password");
    if (++c.failed_logins == most_failed_logins) {
        tell(c, imap::status_response{imap::condition::bye, {}, "too many wrong passwords"});
    }
}

// The tagged OK says what the user may do: what was announced before is void.
void admit(imap_context& c, std::string user) {
    c.user = std::move(user);
    c.reply.add([&c] {
        const auto names = capabilities(c, true);
        const auto texts = texts_of(names);
        const imap::code_capability code{std::span(texts)};
        return progress_of(c.session.finish({imap::condition::ok, code, "welcome"}), c.session);
    });
}

// Gives the mechanism what the client has said. An answer that ends the exchange is added behind this step.
progress take_step(imap_context& c) {
    const sasl::step taken = c.exchange->step(c.session);
    switch (taken.status) {
    case sasl::status::more:
        return progress::done;
    case sasl::status::done:
        admit(c, c.exchange->identity());
        break;
    case sasl::status::failed:
        if (taken.fault == sasl::fault::no_room) {
            return progress_of(mailwire::misuse::no_room, c.session);
        }
        if (taken.fault == sasl::fault::not_allowed) {
            refuse_login(c);
        } else if (sasl::is_local(taken.fault)) {
            finish(c, imap::condition::no, imap::code_unavailable{}, "the server could not do it");
        } else {
            finish(c, imap::condition::bad, "this is not what the mechanism wants");
        }
        break;
    }
    c.exchange.reset();
    return progress::done;
}

} // namespace

void greet(imap_context& c) {
    c.reply.add([&c] {
        const auto names = capabilities(c, false);
        const auto texts = texts_of(names);
        const imap::code_capability code{std::span(texts)};
        return progress_of(c.session.greet({imap::condition::ok, code, "mail_server ready"}), c.session);
    });
}

void run(imap_context& c, const imap::capability&) {
    c.reply.add([&c] {
        const auto names = capabilities(c, !c.user.empty());
        const auto texts = texts_of(names);
        return progress_of(c.session.send(imap::capability_data{std::span(texts)}), c.session);
    });
    finish(c, imap::condition::ok, "that is all");
}

void run(imap_context& c, const imap::login& command) {
    const auto user = octets_of(command.user);
    if (c.shared.logins.check(user, octets_of(command.password))) {
        return admit(c, user);
    }
    refuse_login(c);
}

void run(imap_context& c, const imap::authenticate& command) {
    c.exchange = begin_exchange<imap::server>(command.mechanism.spelled(), c.shared.logins, c.session.secure());
    if (!c.exchange) {
        return finish(c, imap::condition::no, imap::code_cannot{}, "there is no such mechanism");
    }
    go_on_login(c);
}

void go_on_login(imap_context& c) {
    c.reply.add([&c] { return take_step(c); });
}

void run(imap_context& c, const imap::starttls&) { finish(c, imap::condition::ok, "begin TLS now"); }

} // namespace mail_server
