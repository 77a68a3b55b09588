// SPDX-License-Identifier: BSL-1.0
#include <set>
#include <span>
#include <string>
#include <vector>

#include "mail_server/imap_commands.hpp"

// What changes messages: STORE, COPY, MOVE, EXPUNGE.
namespace mail_server {
namespace {

using number_list = std::vector<std::uint32_t>;

flag_change change_of(imap::store_action action) {
    switch (action) {
    case imap::store_action::replace:
        return flag_change::replace;
    case imap::store_action::add:
        return flag_change::add;
    case imap::store_action::remove:
        return flag_change::remove;
    }
    return flag_change::replace;
}

void finish_bad_set(imap_context& c) { finish(c, imap::condition::bad, "there are no such messages"); }

void finish_read_only(imap_context& c) { finish(c, imap::condition::no, "the mailbox was opened to look only"); }

// RFC 4315 3, COPYUID, in an untagged OK or in the tagged one.
struct copied_uids {
    std::uint32_t validity;
    std::vector<imap::seq_range> from;
    std::vector<imap::seq_range> to;

    // So many ranges fit a line that the send buffer holds. Without ranges there is no code either.
    bool has_code() const { return !from.empty() && from.size() + to.size() <= 8000; }
    imap::code_copyuid code() const { return {validity, std::span(from), std::span(to)}; }
};

// Messages that were copied or moved; none, and the command is finished, if that could not be.
enum class transfer_mode { copy, move };

std::optional<copied_uids> transfer_messages(imap_context& c, const number_list& numbers, const mailwire::text& name,
                                             transfer_mode mode) {
    const auto target = find_mailbox(c, name);
    const auto info = target ? c.shared.mail.info(*target) : std::nullopt;
    if (!info) {
        finish(c, imap::condition::no, imap::code_trycreate{}, "no such mailbox");
        return std::nullopt;
    }
    const auto mailbox = c.selected->mailbox();
    const auto uids = c.selected->uids_of(numbers);
    const auto new_uids = mode == transfer_mode::copy ? c.shared.mail.copy(mailbox, uids, *target)
                                                      : c.shared.mail.move(mailbox, uids, *target);
    if (!new_uids) {
        finish(c, imap::condition::no, imap::code_expungeissued{}, "some of the messages are gone");
        return std::nullopt;
    }
    return copied_uids{info->uidvalidity, ranges_of(uids), ranges_of(*new_uids)};
}

// All messages that are \Deleted, or those of them that are in a list.
void remove_deleted(imap_context& c, std::span<const uid_number> of) {
    std::vector<uid_number> deleted;
    for (const auto uid : of) {
        const auto found = c.shared.mail.message(c.selected->mailbox(), uid);
        if (found && viewed_message{*found}.has_flag("\\Deleted")) {
            deleted.push_back(uid);
        }
    }
    c.shared.mail.expunge(c.selected->mailbox(), deleted);
}

// Whether others have changed the flags, and the client was not told so far.
bool has_other_flags(const imap_context& c, std::uint32_t number) {
    const message_info& told = (*c.selected)[number].info;
    const auto found = c.shared.mail.message(c.selected->mailbox(), told.uid);
    return found && found->flags != told.flags;
}

} // namespace

// RFC 9051 6.4.6: a client that does not want to hear of its own change is told of those of others.
void store_flags(imap_context& c, const imap::store& command, numbering by) {
    const auto numbers = c.selected->numbers_in(command.messages, by);
    if (!numbers) {
        return finish_bad_set(c);
    }
    if (c.selected->read_only()) {
        return finish_read_only(c);
    }
    std::set<uid_number> of_others;
    for (const auto number : *numbers) {
        if (command.silent && has_other_flags(c, number)) {
            of_others.insert((*c.selected)[number].info.uid);
        }
    }
    const auto changed = c.shared.mail.change_flags(c.selected->mailbox(), c.selected->uids_of(*numbers),
                                                    change_of(command.action), octets_of(command.flags));
    for (const auto& each : changed) {
        const auto number = c.selected->number_of(each.uid);
        (*c.selected)[number].info = each;
        if (!command.silent || of_others.count(each.uid) != 0) {
            tell_flags(c, number, by);
        }
    }
    if (changed.size() != numbers->size() && by == numbering::sequence) {
        return finish(c, imap::condition::no, imap::code_expungeissued{}, "some of the messages are gone");
    }
    finish(c, imap::condition::ok, "done");
}

void copy_messages(imap_context& c, const imap::sequence_set& set, const mailwire::text& mailbox, numbering by) {
    const auto numbers = c.selected->numbers_in(set, by);
    if (!numbers) {
        return finish_bad_set(c);
    }
    auto copied = transfer_messages(c, *numbers, mailbox, transfer_mode::copy);
    if (!copied) {
        return;
    }
    tell_changes(c);
    c.reply.add([&c, copied = std::move(*copied)] {
        const auto code = copied.code();
        imap::status_response status{imap::condition::ok, {}, "copied"};
        if (copied.has_code()) {
            status.code = code;
        }
        return progress_of(c.session.finish(status), c.session);
    });
}

// RFC 6851 3.3: the COPYUID comes before the EXPUNGE of the first message.
void move_messages(imap_context& c, const imap::sequence_set& set, const mailwire::text& mailbox, numbering by) {
    const auto numbers = c.selected->numbers_in(set, by);
    if (!numbers) {
        return finish_bad_set(c);
    }
    if (c.selected->read_only()) {
        return finish_read_only(c);
    }
    auto moved = transfer_messages(c, *numbers, mailbox, transfer_mode::move);
    if (!moved) {
        return;
    }
    if (moved->has_code()) {
        c.reply.add([&c, moved = std::move(*moved)] {
            const auto code = moved.code();
            return progress_of(c.session.send(imap::status_response{imap::condition::ok, code, "moved"}), c.session);
        });
    }
    tell_changes(c);
    finish(c, imap::condition::ok, "moved");
}

void remove_deleted(imap_context& c) {
    number_list all;
    for (std::uint32_t number = 1; number <= c.selected->size(); ++number) {
        all.push_back(number);
    }
    remove_deleted(c, c.selected->uids_of(all));
}

void run(imap_context& c, const imap::expunge&) {
    if (c.selected->read_only()) {
        return finish_read_only(c);
    }
    remove_deleted(c);
    tell_changes(c);
    finish(c, imap::condition::ok, "done");
}

void run(imap_context& c, const imap::uid_expunge& command) {
    const auto numbers = c.selected->numbers_in(command.messages, numbering::uid);
    if (!numbers) {
        return finish_bad_set(c);
    }
    if (c.selected->read_only()) {
        return finish_read_only(c);
    }
    remove_deleted(c, c.selected->uids_of(*numbers));
    tell_changes(c);
    finish(c, imap::condition::ok, "done");
}

} // namespace mail_server
