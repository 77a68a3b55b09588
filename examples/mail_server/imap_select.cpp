// SPDX-License-Identifier: BSL-1.0
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "mail_server/imap_commands.hpp"

namespace mail_server {
namespace {

const std::vector<std::string> system_flags = {"\\Answered", "\\Flagged", "\\Deleted", "\\Seen", "\\Draft"};

// Of the flags that messages of the mailbox may have.
void tell_all_flags(imap_context& c) {
    auto strings = system_flags;
    for (auto& each : c.shared.mail.keywords(c.selected->mailbox())) {
        strings.push_back(std::move(each));
    }
    c.reply.add([&c, strings = std::move(strings)] {
        const auto texts = texts_of(strings);
        return progress_of(c.session.send(imap::flags_data{std::span(texts)}), c.session);
    });
}

// RFC 9051 7.1: those that stay, and whether keywords can be made.
void tell_permanent_flags(imap_context& c) {
    c.reply.add([&c] {
        auto strings = system_flags;
        strings.emplace_back("\\*");
        if (c.selected->read_only()) {
            strings.clear();
        }
        const auto texts = texts_of(strings);
        const imap::code_permanentflags code{std::span(texts)};
        return progress_of(c.session.send(imap::status_response{imap::condition::ok, code, "flags that stay"}),
                           c.session);
    });
}

std::uint32_t first_unseen(const mailbox_view& view) {
    for (std::uint32_t number = 1; number <= view.size(); ++number) {
        if (!view[number].has_flag("\\Seen")) {
            return number;
        }
    }
    return 0;
}

} // namespace

// RFC 9051 6.3.2 and 6.3.3, RFC 3501 6.3.1. Whatever comes of it, the mailbox that was selected is selected no more.
void select_mailbox(imap_context& c, const mailwire::text& name, access wanted) {
    if (c.selected) {
        c.selected.reset();
        tell_ok(c, imap::code_closed{}, "the mailbox of before is closed");
    }
    const auto found = find_mailbox(c, name);
    const auto info = found ? c.shared.mail.info(*found) : std::nullopt;
    if (!info) {
        return finish(c, imap::condition::no, imap::code_nonexistent{}, "no such mailbox");
    }
    mailbox_view view(*found, wanted == access::read_only);
    view.refresh(c.shared);
    c.selected = std::move(view);
    tell_all_flags(c);
    tell(c, imap::exists{c.selected->size()});
    tell(c, imap::recent{c.selected->recent()});
    if (const auto unseen = first_unseen(*c.selected); unseen != 0) {
        tell_ok(c, imap::code_unseen{unseen}, "the first that was not read");
    }
    tell_permanent_flags(c);
    tell_ok(c, imap::code_uidnext{info->uidnext}, "the next UID");
    tell_ok(c, imap::code_uidvalidity{info->uidvalidity}, "UIDs are valid");
    if (wanted == access::read_only) {
        finish(c, imap::condition::ok, imap::code_read_only{}, "look only");
    } else {
        finish(c, imap::condition::ok, imap::code_read_write{}, "selected");
    }
}

void run(imap_context& c, const imap::close&) {
    if (!c.selected->read_only()) {
        remove_deleted(c);
    }
    c.selected.reset();
    finish(c, imap::condition::ok, "closed");
}

void run(imap_context& c, const imap::unselect&) {
    c.selected.reset();
    finish(c, imap::condition::ok, "closed");
}

} // namespace mail_server
