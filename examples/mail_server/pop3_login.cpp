// SPDX-License-Identifier: BSL-1.0
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "mail_server/pop3_context.hpp"

// What a client says before it has its maildrop: who it is, and how it wants to speak.
namespace mail_server {
namespace {

constexpr int most_failed_logins = 3;

// A wrong password is answered with `code`.
void refuse_login(pop3_context& c, const pop3_text& text, pop3::response_code code) {
    refuse(c, text, code);
    if (++c.failed_logins == most_failed_logins) {
        c.reply.add([&c] {
            c.over = true;
            return progress::done;
        });
    }
}

// Whether there is such a user is not told.
void refuse_login(pop3_context& c) { refuse_login(c, say::wrong, pop3::code::auth); }

void admit(pop3_context& c, std::string user) {
    c.user = std::move(user);
    if (c.shared.maildrops.is_taken(c.user)) {
        return refuse(c, say::in_use, pop3::code::in_use);
    }
    c.drop = std::make_unique<maildrop>(c.shared, c.user);
    ok(c, say::welcome);
}

void run(pop3_context& c, const pop3::user& command) {
    c.user = command.name;
    ok(c, say::password);
}

void run(pop3_context& c, const pop3::pass& command) {
    if (!c.shared.logins.check(c.user, command.password)) {
        return refuse_login(c);
    }
    admit(c, c.user);
}

void run(pop3_context& c, const pop3::apop& command) {
    if (!c.shared.logins.check_apop(command.name, c.timestamp, command.digest)) {
        return refuse_login(c);
    }
    admit(c, std::string(command.name));
}

// Gives the mechanism what the client has said. An answer that ends the exchange is added behind this step.
progress take_step(pop3_context& c) {
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
            refuse(c, say::failed, pop3::code::sys_temp);
        } else {
            refuse_login(c, say::bad_exchange, {});
        }
        break;
    }
    c.exchange.reset();
    return progress::done;
}

// Those that a client may use now.
std::string mechanisms(const pop3_context& c) {
    const bool any = c.shared.pop3.has_sasl && c.may_log_in();
    return any ? mechanisms_for(c.shared.logins, c.session.secure()) : std::string();
}

// Older than the RFCs, and still asked by some clients.
void list_mechanisms(pop3_context& c) {
    ok(c, say::mechanisms);
    const auto names = std::make_shared<const std::string>(mechanisms(c));
    for (const std::string_view each : pop3::params(*names)) {
        c.reply.add(
            [&c, names, each] { return progress_of(c.session.send(pop3::mechanism_listing{each}), c.session); });
    }
    end_lines(c);
}

void run(pop3_context& c, const pop3::auth& command) {
    if (command.mechanism.empty()) {
        return list_mechanisms(c);
    }
    if (c.shared.pop3.has_sasl) {
        c.exchange = begin_exchange<pop3::server>(command.mechanism, c.shared.logins, c.session.secure());
    }
    if (!c.exchange) {
        return refuse(c, say::no_mechanism);
    }
    go_on_login(c);
}

// Which capability is announced when: RFC 2449 6, RFC 2595 4, RFC 3206 6, RFC 6856 2 and 3.
void run(pop3_context& c, const pop3::capa&) {
    using namespace pop3::capability;
    const bool logged_in = c.drop != nullptr;
    ok(c, say::that_is_all);
    tell(c, top{});
    tell(c, uidl{});
    if (c.may_log_in()) {
        tell(c, user{});
    }
    if (const std::string names = mechanisms(c); !names.empty()) {
        c.reply.add([&c, names] {
            return progress_of(c.session.send(pop3::capability::sasl{std::string_view(names)}), c.session);
        });
    }
    if (!logged_in && !c.session.secure() && !c.session.utf8()) {
        tell(c, stls{});
    }
    tell(c, utf8{});
    tell(c, lang{});
    tell(c, resp_codes{});
    tell(c, auth_resp_code{});
    tell(c, pipelining{});
    tell(c, expire{.days = pop3::capability_set::never});
    if (logged_in) {
        tell(c, implementation{"mail_server"});
    }
    end_lines(c);
}

void run(pop3_context& c, const pop3::lang& command) {
    if (command.range.empty()) {
        ok(c, say::languages);
        for (const auto& each : tongues) {
            tell(c, pop3::language_listing{each.tag, each.name});
        }
        return end_lines(c);
    }
    const auto found = tongue_for(command.range);
    if (!found) {
        return refuse(c, say::no_language);
    }
    c.language = found->which;
    tell(c, pop3::language{found->tag, say::language.in(c.language)});
}

} // namespace

// RFC 1939 7, APOP: the timestamp is another one each time. Where logins need TLS there is none, as a client could use it
// at once.
void greet(pop3_context& c) {
    if (c.shared.pop3.has_apop && c.may_log_in()) {
        c.timestamp = "<" + std::string(support::fresh_nonce().view()) + "@localhost>";
    }
    c.reply.add([&c] {
        return progress_of(c.session.greet({.text = "mail_server ready", .timestamp = c.timestamp}), c.session);
    });
}

void go_on_login(pop3_context& c) {
    c.reply.add([&c] { return take_step(c); });
}

void cancel_login(pop3_context& c) {
    c.exchange.reset();
    refuse(c, say::cancelled);
}

bool run_before_login(pop3_context& c, const mailwire::item<pop3::slot::command>& command) {
    return on(
        command, [&](const pop3::capa& x) { run(c, x); }, [&](const pop3::user& x) { run(c, x); },
        [&](const pop3::pass& x) { run(c, x); }, [&](const pop3::apop& x) { run(c, x); },
        [&](const pop3::auth& x) { run(c, x); }, [&](const pop3::lang& x) { run(c, x); },
        [&](const pop3::stls&) { ok(c, say::begin_tls); }, [&](const pop3::utf8&) { ok(c, say::utf8); });
}

} // namespace mail_server
