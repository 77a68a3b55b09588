// SPDX-License-Identifier: BSL-1.0
#include <memory>
#include <string>
#include <utility>

#include "mail_server/pop3_body.hpp"
#include "mail_server/pop3_context.hpp"

namespace mail_server {
namespace {

void refuse_number(pop3_context& c) { refuse(c, say::no_message); }

// A line for each message that is there. `tell_one` sends it.
template <typename TellOne> void tell_all(pop3_context& c, TellOne tell_one) {
    ok(c, say::lines);
    c.reply.add([&c, tell_one, number = std::uint32_t{1}]() mutable {
        for (; number <= c.drop->last(); ++number) {
            const message_info* message = c.drop->message(number);
            if (message == nullptr) {
                continue;
            }
            if (const auto reached = tell_one(number, *message); reached != progress::done) {
                return reached;
            }
        }
        return progress::done;
    });
    end_lines(c);
}

void run(pop3_context& c, const pop3::stat&) {
    tell(c, pop3::drop_listing{.messages = c.drop->count(), .octets = c.drop->octets()});
}

void run(pop3_context& c, const pop3::list& command) {
    if (command.message == 0) {
        return tell_all(c, [&c](std::uint32_t number, const message_info& message) {
            return progress_of(c.session.send(pop3::scan_listing{number, message.size}), c.session);
        });
    }
    const message_info* message = c.drop->message(command.message);
    if (message == nullptr) {
        return refuse_number(c);
    }
    tell(c, pop3::scan_listing{command.message, message->size});
}

void run(pop3_context& c, const pop3::uidl& command) {
    const auto tell_one = [&c](std::uint32_t number, const message_info& message) {
        const auto id = c.drop->unique_id(message);
        return progress_of(c.session.send(pop3::unique_id{number, id}), c.session);
    };
    if (command.message == 0) {
        return tell_all(c, tell_one);
    }
    const message_info* message = c.drop->message(command.message);
    if (message == nullptr) {
        return refuse_number(c);
    }
    c.reply.add([tell_one, number = command.message, message] { return tell_one(number, *message); });
}

void send_message(pop3_context& c, std::uint32_t number, std::uint64_t lines) {
    const message_info* message = c.drop->message(number);
    if (message == nullptr) {
        return refuse_number(c);
    }
    if (!c.session.utf8() && needs_utf8(c, *message)) {
        return refuse(c, say::needs_utf8, pop3::code::utf8);
    }
    auto content = c.shared.mail.hold(c.drop->mailbox(), message->uid);
    if (!content) {
        return refuse_number(c); // it was removed over IMAP
    }
    ok(c, say::message);
    const auto job = std::make_shared<pop3_body_job>(c, std::move(content), message->size, lines);
    c.reply.add([job] { return job->go_on(); });
}

void run(pop3_context& c, const pop3::dele& command) {
    if (c.drop->message(command.message) == nullptr) {
        return refuse_number(c);
    }
    c.drop->mark(command.message);
    ok(c, say::deleted);
}

void run(pop3_context& c, const pop3::rset&) {
    c.drop->unmark_all();
    ok(c, say::undeleted);
}

void run(pop3_context& c, const pop3::noop&) { ok(c, say::done); }

// RFC 1939 6: here and nowhere else messages are removed.
void run(pop3_context& c, const pop3::quit&) {
    if (c.session.state() == pop3::server_state::update) {
        c.drop->remove_marked();
        c.drop.reset();
    }
    ok(c, say::goodbye);
}

} // namespace

bool run(pop3_context& c, const mailwire::item<pop3::slot::command>& command) {
    return on(
        command, [&](const pop3::stat& x) { run(c, x); }, [&](const pop3::list& x) { run(c, x); },
        [&](const pop3::uidl& x) { run(c, x); },
        [&](const pop3::retr& x) { send_message(c, x.message, top_cutter::all_lines); },
        [&](const pop3::top& x) { send_message(c, x.message, x.lines); }, [&](const pop3::dele& x) { run(c, x); },
        [&](const pop3::rset& x) { run(c, x); }, [&](const pop3::noop& x) { run(c, x); },
        [&](const pop3::quit& x) { run(c, x); });
}

} // namespace mail_server
