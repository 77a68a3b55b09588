// SPDX-License-Identifier: BSL-1.0
#include "mail_server/pop3_handler.hpp"

#include <algorithm>
#include <exception>
#include <stdexcept>

namespace mail_server {
namespace {

// When the session waits for the client it knows itself for how long; this is for a client that takes nothing.
constexpr std::chrono::minutes longest_silence{10};

// Sessions count milliseconds.
using std::chrono::milliseconds;

} // namespace

pop3_handler::pop3_handler(site& shared, security secured) : c_(shared, secured) { greet(c_); }

void pop3_handler::at(time_point now) {
    const auto since = std::chrono::duration_cast<milliseconds>(now.time_since_epoch());
    c_.session.at(static_cast<mailwire::instant>(since.count()));
}

// Whatever goes wrong in here is this command's misfortune: neither the server's nor the other clients'.
waits_for pop3_handler::work() {
    try {
        return go_on();
    } catch (const std::exception&) {
        fail();
    }
    return waits_for::turn;
}

waits_for pop3_handler::go_on() {
    for (;;) {
        if (c_.over) {
            return waits_for::nothing;
        }
        switch (c_.reply.go_on()) {
        case progress::blocked:
            return waits_for::output;
        case progress::again:
            return waits_for::turn;
        case progress::done:
            failed_ = false;
            break;
        }
        if (const auto wish = take_event(); wish != waits_for::turn) {
            return wish;
        }
    }
}

waits_for pop3_handler::take_event() {
    using kind = pop3::server_event_kind;
    const pop3::server_event event = c_.session.next();
    switch (event.kind) {
    case kind::need_input:
        return waits_for::input;
    case kind::need_output:
        return waits_for::output;
    case kind::command:
        return take_command(event.command);
    case kind::response:
        go_on_login(c_);
        return waits_for::turn;
    case kind::cancelled:
        cancel_login(c_);
        return waits_for::turn;
    case kind::start_tls:
        return waits_for::tls;
    case kind::error:
        c_.exchange.reset();
        return mailwire::is_fatal(event.error.code) ? waits_for::nothing : waits_for::turn;
    case kind::need_answer:
        throw std::logic_error("a command has no answer");
    case kind::closed:
        break;
    }
    return waits_for::nothing;
}

waits_for pop3_handler::take_command(const mailwire::item<pop3::slot::command>& command) {
    if (!run_before_login(c_, command) && !run(c_, command)) {
        refuse(c_, say::unknown);
    }
    return waits_for::turn;
}

// All that was said in the clear is forgotten, RFC 2595 4.
void pop3_handler::tls_started() {
    c_.user.clear();
    c_.language = tongue::english;
    (void)c_.session.tls_started(); // if it is refused, next() says why
}

// In the middle of an answer there is no way to say that it cannot be given to its end: then the -ERR fails as well, and
// only the connection can end. Without its last line the client does not take the answer for a whole one.
void pop3_handler::fail() {
    c_.reply.forget();
    c_.exchange.reset();
    c_.over = failed_;
    failed_ = true;
    refuse(c_, say::failed, pop3::code::sys_temp);
}

std::chrono::seconds pop3_handler::patience() const {
    return std::max<std::chrono::seconds>(longest_silence, std::chrono::seconds(c_.shared.pop3.idle_seconds));
}

pop3_handler::time_point pop3_handler::deadline() const {
    const mailwire::instant due = c_.session.deadline();
    return due == mailwire::never ? time_point::max() : time_point(milliseconds(due));
}

} // namespace mail_server
