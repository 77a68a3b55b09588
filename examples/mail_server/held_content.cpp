// SPDX-License-Identifier: BSL-1.0
#include "mail_server/held_content.hpp"

#include <algorithm>
#include <exception>
#include <vector>

#include "mail_server/contents.hpp"
#include "mail_server/sqlite.hpp"

namespace mail_server {
namespace {

// At most `max` octets from `offset`; fewer at its end, none behind it.
std::string read_pieces(database& in, std::int64_t content, std::uint64_t offset, std::size_t max) {
    std::string octets;
    statement piece(in, "SELECT octets FROM pieces WHERE content = ? AND number >= ? ORDER BY number", content,
                    static_cast<std::int64_t>(offset / piece_size));
    auto skip = static_cast<std::size_t>(offset % piece_size);
    while (octets.size() < max && piece.step()) {
        const auto all = piece.octets(0);
        octets += all.substr(std::min(skip, all.size()), max - octets.size());
        skip = 0;
    }
    return octets;
}

std::optional<std::int64_t> find_content(database& in, mailbox_id mailbox, uid_number uid) {
    return first_integer(in, "SELECT content FROM messages WHERE mailbox = ? AND uid = ?", mailbox, uid);
}

void remove_content(database& in, std::int64_t content) { run(in, "DELETE FROM contents WHERE id = ?", content); }

// A message that had the content is gone.
void leave(database& in, content_holds& holds, std::int64_t content) {
    if (!first_integer(in, "SELECT 1 FROM messages WHERE content = ?", content) && holds.leave_behind(content)) {
        remove_content(in, content);
    }
}

} // namespace

bool remove_message(database& in, content_holds& holds, mailbox_id mailbox, uid_number uid) {
    const auto content = find_content(in, mailbox, uid);
    if (content) {
        run(in, "DELETE FROM messages WHERE mailbox = ? AND uid = ?", mailbox, uid);
        leave(in, holds, *content);
    }
    return content.has_value();
}

void remove_messages(database& in, content_holds& holds, mailbox_id mailbox) {
    std::vector<std::int64_t> contents;
    statement each(in, "DELETE FROM messages WHERE mailbox = ? RETURNING content", mailbox);
    while (each.step()) {
        contents.push_back(each.integer(0));
    }
    for (const auto content : contents) {
        leave(in, holds, content);
    }
}

held_content::held_content(database& in, content_holds& holds, std::int64_t content)
    : database_(in), holds_(holds), content_(content) {
    holds_.take(content_);
}

held_content::~held_content() {
    try {
        if (holds_.give_back(content_)) {
            remove_content(database_, content_);
        }
    } catch (const std::exception&) {
        // The octets stay in the file, and nothing refers to them.
    }
}

std::string held_content::read(std::uint64_t offset, std::size_t max) const {
    return read_pieces(database_, content_, offset, max);
}

std::unique_ptr<held_content> store::hold(mailbox_id mailbox, uid_number uid) const {
    const auto content = find_content(*database_, mailbox, uid);
    return content ? std::make_unique<held_content>(*database_, *holds_, *content) : nullptr;
}

std::optional<std::string> store::read(mailbox_id mailbox, uid_number uid, std::uint64_t offset,
                                       std::size_t max) const {
    const auto content = find_content(*database_, mailbox, uid);
    return content ? std::optional(read_pieces(*database_, *content, offset, max)) : std::nullopt;
}

} // namespace mail_server
