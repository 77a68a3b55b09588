// SPDX-License-Identifier: BSL-1.0
#include <chrono>

#include "mail_server/imap_commands.hpp"

// APPEND, RFC 9051 6.3.12. The message goes into the store piece by piece, as it comes.
namespace mail_server {
namespace {

instant now() {
    using namespace std::chrono;
    return {duration_cast<seconds>(system_clock::now().time_since_epoch()).count(), 0};
}

} // namespace

// What can be refused is refused here, before the client has sent the message.
void begin_append(imap_context& c, const imap::append& command, std::uint64_t octets) {
    const auto mailbox = find_mailbox(c, command.mailbox);
    if (!mailbox) {
        return finish(c, imap::condition::no, imap::code_trycreate{}, "no such mailbox");
    }
    if (octets > c.shared.largest_message) {
        return finish(c, imap::condition::no, imap::code_limit{}, "the message is too large");
    }
    const auto date = command.date.empty() ? now() : parse_internal_date(command.date);
    if (!date) {
        return finish(c, imap::condition::bad, "there is no such date");
    }
    auto message = c.shared.mail.begin_append(*mailbox, octets_of(command.flags), *date, octets);
    if (!message) {
        return finish(c, imap::condition::no, imap::code_trycreate{}, "no such mailbox");
    }
    c.append.emplace(append_under_way{std::move(*message), *mailbox});
    c.reply.add([&c] { return progress_of(c.session.accept_literal(), c.session); });
}

// No reply is possible before the end of the message: what is wrong with it is remembered.
void go_on_append(imap_context& c, std::string_view octets) {
    if (!c.append || c.append->refused) {
        return;
    }
    try {
        c.append->message.write(octets);
        c.append->refused = octets.find('\0') != std::string_view::npos; // RFC 9051 4.3
    } catch (const store_error&) {
        c.append.reset();
    }
}

void run(imap_context& c, const imap::append&) {
    if (!c.append) {
        return finish(c, imap::condition::no, imap::code_serverbug{}, "the message could not be stored");
    }
    if (c.append->refused) {
        c.append.reset();
        return finish(c, imap::condition::no, imap::code_cannot{}, "a message has no NUL");
    }
    const auto mailbox = c.append->mailbox;
    const auto uid = c.append->message.commit();
    c.append.reset();
    const auto info = c.shared.mail.info(mailbox);
    if (!uid || !info) {
        return finish(c, imap::condition::no, imap::code_trycreate{}, "the mailbox is gone");
    }
    tell_changes(c);
    finish(c, imap::condition::ok, imap::code_appenduid{info->uidvalidity, *uid}, "stored");
}

} // namespace mail_server
