// SPDX-License-Identifier: BSL-1.0
#include "mail_server/pop3_handler.hpp"

#include <exception>
#include <stdexcept>
#include <string>

namespace mail_server {
namespace {

constexpr std::chrono::minutes patience_with_strangers{2};
constexpr std::chrono::minutes patience_with_users{10}; // RFC 1939 3

} // namespace

pop3_handler::pop3_handler(site& shared) : c_(shared) {
    c_.reply.add([this] { return progress_of(c_.session.greet({.text = "mail_server ready"}), c_.session); });
}

// Whatever goes wrong in here is this command's misfortune: neither the server's nor the other clients'.
waits_for pop3_handler::work() {
    try {
        return go_on();
    } catch (const std::exception&) {
        fail("the server could not do it");
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
        if (!run(c_, event.command)) {
            c_.reply.add([this] { return progress_of(c_.session.err("this server does not know it"), c_.session); });
        }
        return waits_for::turn;
    case kind::error:
        return mailwire::is_fatal(event.error.code) ? waits_for::nothing : waits_for::turn;
    case kind::need_answer:
        throw std::logic_error("a command has no answer");
    case kind::closed:
        break;
    }
    return waits_for::nothing;
}

// In the middle of an answer there is no way to say that it cannot be given to its end: then the -ERR fails as well, and
// only the connection can end. Without its last line the client does not take the answer for a whole one.
void pop3_handler::fail(const char* text) {
    c_.reply.forget();
    c_.over = failed_;
    failed_ = true;
    c_.reply.add([this, copy = std::string(text)] { return progress_of(c_.session.err(copy), c_.session); });
}

std::chrono::seconds pop3_handler::patience() const {
    return c_.drop == nullptr ? patience_with_strangers : patience_with_users;
}

} // namespace mail_server
