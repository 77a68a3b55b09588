// SPDX-License-Identifier: BSL-1.0
#include "mail_server/imap_handler.hpp"

#include <algorithm>
#include <exception>

#include "mail_server/imap_commands.hpp"

namespace mail_server {
namespace {

// When the session waits for the client it knows itself for how long; this is for a client that takes nothing.
constexpr std::chrono::minutes longest_silence{30};

// Sessions count milliseconds.
using std::chrono::milliseconds;

bool is_served(const mailwire::item<imap::slot::fetch_att>& item) {
    return on(
        item, [](const imap::fetch_uid&) {}, [](const imap::fetch_flags&) {}, [](const imap::fetch_rfc822_size&) {},
        [](const imap::fetch_internal_date&) {}, [](const imap::fetch_envelope&) {},
        [](const imap::fetch_body_structure&) {}, [](const imap::fetch_body_outline&) {},
        [](const imap::fetch_body&) {}, [](const imap::fetch_body_peek&) {}, [](const imap::fetch_rfc822&) {},
        [](const imap::fetch_rfc822_header&) {}, [](const imap::fetch_rfc822_text&) {},
        [](const imap::fetch_binary&) {}, [](const imap::fetch_binary_peek&) {}, [](const imap::fetch_binary_size&) {});
}

// The library reads extensions that this server does not offer. To ignore what a client asks for with one would be to
// do something else: UNCHANGEDSINCE is there to hold a STORE back.
template <typename Command> bool asks_for_more(const Command& command) {
    bool more = false;
    if constexpr (requires { command.modifiers; }) {
        more = !command.modifiers.empty();
    }
    if constexpr (requires { command.parameters; }) {
        more = !command.parameters.empty();
    }
    if constexpr (requires { command.macro; }) {
        more = more || !std::all_of(command.att.begin(), command.att.end(), is_served);
    }
    return more;
}

bool asks_for_more(const imap::command& command) {
    bool more = false;
    mailwire::visit<imap::everything>(command.value(), [&](const auto& known) { more = asks_for_more(known); });
    return more;
}

// The commands that exist twice, with message numbers and with UIDs.
bool run_on_messages(imap_context& c, const imap::command& command) {
    using by = numbering;
    return on(
        command, [&](const imap::fetch& f) { fetch_messages(c, f.messages, f.att, f.macro, by::sequence); },
        [&](const imap::uid_fetch& f) { fetch_messages(c, f.messages, f.att, f.macro, by::uid); },
        [&](const imap::search& s) {
            search_messages(c, command.tag(), {s.charset, s.keys, s.returns, by::sequence});
        },
        [&](const imap::uid_search& s) {
            search_messages(c, command.tag(), {s.charset, s.keys, s.returns, by::uid});
        },
        [&](const imap::store& s) { store_flags(c, s, by::sequence); },
        [&](const imap::uid_store& s) {
            store_flags(c, {s.messages, s.action, s.silent, s.flags}, by::uid);
        },
        [&](const imap::copy& m) { copy_messages(c, m.messages, m.mailbox, by::sequence); },
        [&](const imap::uid_copy& m) { copy_messages(c, m.messages, m.mailbox, by::uid); },
        [&](const imap::move& m) { move_messages(c, m.messages, m.mailbox, by::sequence); },
        [&](const imap::uid_move& m) { move_messages(c, m.messages, m.mailbox, by::uid); });
}

bool run_on_mailboxes(imap_context& c, const imap::command& command) {
    return on(
        command, [&](const imap::list& x) { run(c, x); }, [&](const imap::lsub& x) { run(c, x); },
        [&](const imap::status& x) { run(c, x); }, [&](const imap::create& x) { run(c, x); },
        [&](const imap::delete_& x) { run(c, x); }, [&](const imap::rename& x) { run(c, x); },
        [&](const imap::subscribe& x) { run(c, x); }, [&](const imap::unsubscribe& x) { run(c, x); },
        [&](const imap::namespace_command& x) { run(c, x); }, [&](const imap::append& x) { run(c, x); },
        [&](const imap::select& x) { select_mailbox(c, x.mailbox, access::read_write); },
        [&](const imap::examine& x) { select_mailbox(c, x.mailbox, access::read_only); },
        [&](const imap::close& x) { run(c, x); }, [&](const imap::unselect& x) { run(c, x); },
        [&](const imap::expunge& x) { run(c, x); }, [&](const imap::uid_expunge& x) { run(c, x); });
}

void run_command(imap_context& c, const imap::command& command) {
    if (asks_for_more(command)) {
        return finish(c, imap::condition::bad, "this server has no such extension");
    }
    const bool known =
        run_on_messages(c, command) || run_on_mailboxes(c, command) ||
        on(
            command, [&](const imap::noop&) { look_again(c); }, [&](const imap::check&) { look_again(c); },
            [&](const imap::capability& x) { run(c, x); }, [&](const imap::login& x) { run(c, x); },
            [&](const imap::authenticate& x) { run(c, x); }, [&](const imap::starttls& x) { run(c, x); },
            [&](const imap::idle& x) { run(c, x); }, [&](const imap::logout& x) { run(c, x); },
            [&](const imap::id& x) { run(c, x); }, [&](const imap::enable& x) { run(c, x); });
    if (!known) {
        finish(c, imap::condition::bad, "this server does not know the command");
    }
}

} // namespace

imap_handler::imap_handler(site& shared, security secured) : c_(shared, secured) { greet(c_); }

void imap_handler::at(time_point now) {
    const auto since = std::chrono::duration_cast<milliseconds>(now.time_since_epoch());
    c_.session.at(static_cast<mailwire::instant>(since.count()));
}

imap_handler::time_point imap_handler::deadline() const {
    const mailwire::instant due = c_.session.deadline();
    return due == mailwire::never ? time_point::max() : time_point(milliseconds(due));
}

bool imap_handler::has_news() const { return mail_server::has_news(c_); }

// All that was said in the clear is forgotten, RFC 9051 6.2.1: there is nothing yet that the server keeps of it.
void imap_handler::tls_started() { (void)c_.session.tls_started(); } // if it is refused, next() says why

// Whatever goes wrong in here is this command's misfortune: neither the server's nor the other clients'.
waits_for imap_handler::work() {
    try {
        return go_on();
    } catch (const response_too_large& error) {
        fail(error.what());
    } catch (const std::exception&) {
        fail("the server could not do it");
    }
    return waits_for::turn;
}

waits_for imap_handler::go_on() {
    for (;;) {
        if (broken_) {
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
        if (has_news()) {
            tell_changes(c_);
            continue;
        }
        if (const auto wish = take_event(); wish != waits_for::turn) {
            return wish;
        }
    }
}

waits_for imap_handler::take_event() {
    using kind = imap::server_event_kind;
    const imap::server_event event = c_.session.next();
    switch (event.kind) {
    case kind::need_input:
        return waits_for::input;
    case kind::need_output:
        return waits_for::output;
    case kind::command:
        run_command(c_, event.command);
        return waits_for::turn;
    case kind::literal_begin:
        on(event.command, [&](const imap::append& append) { begin_append(c_, append, event.octets_total); });
        return waits_for::turn;
    case kind::literal_data:
        go_on_append(c_, event.octets);
        return waits_for::turn;
    case kind::literal_end:
        return waits_for::turn;
    case kind::response:
        go_on_login(c_);
        return waits_for::turn;
    case kind::cancelled:
        c_.exchange.reset();
        return waits_for::turn;
    case kind::done:
        end_idle(c_);
        return waits_for::turn;
    case kind::start_tls:
        return waits_for::tls;
    case kind::error:
        c_.append.reset();
        c_.exchange.reset();
        return mailwire::is_fatal(event.error.code) ? waits_for::nothing : waits_for::turn;
    case kind::start_compression: // is not offered
    case kind::need_answer:
        throw std::logic_error("a command has no answer");
    case kind::closed:
        break;
    }
    return waits_for::nothing;
}

// In the middle of a literal there is no way to say that it cannot be sent to its end: then only the connection can end.
void imap_handler::fail(const char* text) {
    c_.reply.forget();
    c_.append.reset();
    c_.exchange.reset();
    broken_ = failed_ || c_.session.literal_missing() != 0;
    failed_ = true;
    // There is no NO to CLOSE.
    const auto condition = c_.session.may_finish(imap::condition::no) ? imap::condition::no : imap::condition::bad;
    finish(c_, condition, text);
}

void imap_handler::say_goodbye() { (void)c_.session.send(imap::status_response{imap::condition::bye, {}, "goodbye"}); }

std::chrono::seconds imap_handler::patience() const {
    return std::max<std::chrono::seconds>(longest_silence, std::chrono::seconds(c_.shared.imap.idle_seconds));
}

} // namespace mail_server
