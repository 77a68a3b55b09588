// SPDX-License-Identifier: BSL-1.0
#include <memory>
#include <string>
#include <utility>

#include "mail_server/pop3_body.hpp"
#include "mail_server/pop3_context.hpp"

namespace mail_server {
namespace {

constexpr int most_failed_logins = 3;

void ok(pop3_context& c, const char* text) {
    c.reply.add([&c, text] { return progress_of(c.session.ok(text), c.session); });
}

void refuse(pop3_context& c, const char* text, pop3::response_code code = {}) {
    c.reply.add([&c, text, code] { return progress_of(c.session.err(code, text), c.session); });
}

void refuse_number(pop3_context& c) { refuse(c, "no such message"); }

template <typename Value> void tell(pop3_context& c, Value value) {
    c.reply.add([&c, value] { return progress_of(c.session.send(value), c.session); });
}

void end_lines(pop3_context& c) {
    c.reply.add([&c] { return progress_of(c.session.end_of_lines(), c.session); });
}

// A line for each message that is there. `tell_one` sends it.
template <typename TellOne> void tell_all(pop3_context& c, TellOne tell_one) {
    ok(c, "one line a message");
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

void run(pop3_context& c, const pop3::capa&) {
    using namespace pop3::capability;
    ok(c, "that is all");
    tell(c, user{});
    tell(c, top{});
    tell(c, uidl{});
    tell(c, resp_codes{});
    tell(c, pipelining{});
    tell(c, expire{.days = pop3::capability_set::never});
    end_lines(c);
}

// Whether there is such a user is told with the password only.
void run(pop3_context& c, const pop3::user& command) {
    c.user = command.name;
    ok(c, "and the password?");
}

void run(pop3_context& c, const pop3::pass& command) {
    if (!c.shared.mail.check(c.user, command.password)) {
        refuse(c, "wrong user or password");
        if (++c.failed_logins == most_failed_logins) {
            c.reply.add([&c] {
                c.over = true;
                return progress::done;
            });
        }
        return;
    }
    if (c.shared.maildrops.is_taken(c.user)) {
        return refuse(c, "another session has the maildrop", pop3::code::in_use);
    }
    c.drop = std::make_unique<maildrop>(c.shared, c.user);
    ok(c, "welcome");
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
    ok(c, "the message");
    const auto job = std::make_shared<pop3_body_job>(c, *message, lines);
    c.reply.add([job] { return job->go_on(); });
}

void run(pop3_context& c, const pop3::dele& command) {
    if (c.drop->message(command.message) == nullptr) {
        return refuse_number(c);
    }
    c.drop->mark(command.message);
    ok(c, "it goes with QUIT");
}

void run(pop3_context& c, const pop3::rset&) {
    c.drop->unmark_all();
    ok(c, "nothing is deleted");
}

void run(pop3_context& c, const pop3::noop&) { ok(c, "done"); }

// RFC 1939 6: here and nowhere else messages are removed.
void run(pop3_context& c, const pop3::quit&) {
    if (c.session.state() == pop3::server_state::update) {
        c.drop->remove_marked();
        c.drop.reset();
    }
    ok(c, "goodbye");
}

} // namespace

bool run(pop3_context& c, const mailwire::item<pop3::slot::command>& command) {
    return on(
        command, [&](const pop3::capa& x) { run(c, x); }, [&](const pop3::user& x) { run(c, x); },
        [&](const pop3::pass& x) { run(c, x); }, [&](const pop3::stat& x) { run(c, x); },
        [&](const pop3::list& x) { run(c, x); }, [&](const pop3::uidl& x) { run(c, x); },
        [&](const pop3::retr& x) { send_message(c, x.message, top_cutter::all_lines); },
        [&](const pop3::top& x) { send_message(c, x.message, x.lines); }, [&](const pop3::dele& x) { run(c, x); },
        [&](const pop3::rset& x) { run(c, x); }, [&](const pop3::noop& x) { run(c, x); },
        [&](const pop3::quit& x) { run(c, x); });
}

} // namespace mail_server
