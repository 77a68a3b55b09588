// SPDX-License-Identifier: BSL-1.0
#include "mail_server/store.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "mail_server/contents.hpp"
#include "mail_server/header_fields.hpp"
#include "mail_server/sqlite.hpp"

// The messages of the store: into it, out of it, from one mailbox to another.
namespace mail_server {
namespace {

// A mailbox whose next UID would be the last number has no more UIDs: UIDNEXT could not say what comes after it.
constexpr std::int64_t last_uid = 0xffffffff;

using flag_list = std::vector<std::string>;

// The flag in the spelling it is stored in; empty if it cannot be stored.
std::string stored_flag(std::string_view flag) {
    constexpr std::array<std::string_view, 5> system_flags = {"\\Answered", "\\Flagged", "\\Deleted", "\\Seen",
                                                              "\\Draft"};
    for (const auto system_flag : system_flags) {
        if (equal_ignoring_case(flag, system_flag)) {
            return std::string(system_flag);
        }
    }
    return equal_ignoring_case(flag, "\\Recent") || flag.find(' ') != std::string_view::npos ? "" : std::string(flag);
}

flag_list::iterator find_flag(flag_list& flags, std::string_view flag) {
    return std::find_if(flags.begin(), flags.end(), [&](const auto& each) { return equal_ignoring_case(each, flag); });
}

void change(flag_list& flags, flag_change how, std::span<const std::string> operands) {
    if (how == flag_change::replace) {
        flags.clear();
    }
    for (const auto& operand : operands) {
        auto flag = stored_flag(operand);
        const auto found = find_flag(flags, flag);
        if (how == flag_change::remove) {
            flags.erase(found, found == flags.end() ? found : found + 1);
        } else if (!flag.empty() && found == flags.end()) {
            flags.push_back(std::move(flag));
        }
    }
}

std::string joined(const flag_list& flags) {
    std::string text;
    for (const auto& flag : flags) {
        text += text.empty() ? flag : ' ' + flag;
    }
    return text;
}

flag_list split(std::string_view text) {
    flag_list flags;
    while (!text.empty()) {
        const auto end = std::min(text.find(' '), text.size());
        flags.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return flags;
}

std::string stored_flags(std::span<const std::string> flags) {
    flag_list stored;
    change(stored, flag_change::replace, flags);
    return joined(stored);
}

// The first of `count` new UIDs of the mailbox; none if it is gone.
std::optional<uid_number> take_uids(database& in, mailbox_id mailbox, std::int64_t count) {
    const auto next = first_integer(in, "UPDATE mailboxes SET uidnext = uidnext + ?1 WHERE id = ?2 RETURNING uidnext",
                                    count, mailbox);
    if (next && *next > last_uid) {
        throw store_error("no UIDs are left in the mailbox");
    }
    return next ? std::optional(static_cast<uid_number>(*next - count)) : std::nullopt;
}

constexpr std::string_view message_columns = "uid, flags, internal_date, zone, size";

message_info read_message(const statement& row) {
    return {static_cast<uid_number>(row.integer(0)),
            split(row.octets(1)),
            {row.integer(2), static_cast<int>(row.integer(3))},
            static_cast<std::uint64_t>(row.integer(4))};
}

enum class transfer_mode { copy, move };

// Gives one message a place in the target; false if there is no such message.
bool transfer(database& in, mailbox_id mailbox, uid_number uid, mailbox_id target, uid_number new_uid,
              transfer_mode mode) {
    if (mode == transfer_mode::move) {
        run(in, "UPDATE messages SET mailbox = ?, uid = ? WHERE mailbox = ? AND uid = ?", target, new_uid, mailbox,
            uid);
    } else {
        run(in,
            "INSERT INTO messages(mailbox, uid, internal_date, zone, flags, size, content) "
            "SELECT ?, ?, internal_date, zone, flags, size, content FROM messages WHERE mailbox = ? AND uid = ?",
            target, new_uid, mailbox, uid);
    }
    return in.changes() == 1;
}

std::optional<std::vector<uid_number>> transfer_all(database& in, mailbox_id mailbox, std::span<const uid_number> uids,
                                                    mailbox_id target, transfer_mode mode) {
    transaction all(in);
    auto new_uid = take_uids(in, target, static_cast<std::int64_t>(uids.size()));
    if (!new_uid) {
        return std::nullopt;
    }
    std::vector<uid_number> new_uids;
    for (const auto uid : uids) {
        if (!transfer(in, mailbox, uid, target, *new_uid, mode)) {
            return std::nullopt;
        }
        new_uids.push_back((*new_uid)++);
    }
    all.commit();
    return new_uids;
}

} // namespace

appender::appender(database& in, mailbox_id mailbox, std::string flags, instant internal_date, std::uint64_t size)
    : database_(&in), mailbox_(mailbox), flags_(std::move(flags)), internal_date_(internal_date), size_(size),
      missing_(size) {
    run(in, "INSERT INTO contents DEFAULT VALUES");
    content_ = in.last_row();
}

appender::appender(appender&& other) noexcept
    : database_(other.database_), mailbox_(other.mailbox_), flags_(std::move(other.flags_)),
      internal_date_(other.internal_date_), size_(other.size_), missing_(other.missing_),
      piece_(std::move(other.piece_)), pieces_(other.pieces_), content_(std::exchange(other.content_, 0)) {}

appender::~appender() { abort(); }

void appender::write(std::string_view octets) {
    if (octets.size() > missing_) {
        throw store_error("more octets than the append announced");
    }
    missing_ -= octets.size();
    while (!octets.empty()) {
        const auto some = octets.substr(0, piece_size - piece_.size());
        piece_ += some;
        octets.remove_prefix(some.size());
        if (piece_.size() == piece_size) {
            flush();
        }
    }
}

void appender::flush() {
    run(*database_, "INSERT INTO pieces VALUES(?, ?, ?)", content_, pieces_, blob_octets{piece_});
    ++pieces_;
    piece_.clear();
}

std::optional<uid_number> appender::commit() {
    if (missing_ > 0) {
        throw store_error("fewer octets than the append announced");
    }
    if (!piece_.empty()) {
        flush();
    }
    transaction all(*database_);
    const auto uid = take_uids(*database_, mailbox_, 1);
    if (!uid) {
        return std::nullopt;
    }
    run(*database_,
        "INSERT INTO messages(mailbox, uid, internal_date, zone, flags, size, content) VALUES(?, ?, ?, ?, ?, ?, ?)",
        mailbox_, *uid, internal_date_.seconds, std::int64_t{internal_date_.zone}, flags_,
        static_cast<std::int64_t>(size_), content_);
    all.commit();
    content_ = 0;
    return uid;
}

void appender::abort() noexcept {
    try {
        if (content_ != 0) {
            run(*database_, "DELETE FROM contents WHERE id = ?", std::exchange(content_, 0));
        }
    } catch (const std::exception&) {
        // The octets stay in the file, and nothing refers to them.
    }
}

std::vector<std::string> store::keywords(mailbox_id mailbox) const {
    flag_list found;
    statement each(*database_, "SELECT DISTINCT flags FROM messages WHERE mailbox = ? ORDER BY uid", mailbox);
    while (each.step()) {
        for (auto& flag : split(each.octets(0))) {
            if (!flag.starts_with('\\') && find_flag(found, flag) == found.end()) {
                found.push_back(std::move(flag));
            }
        }
    }
    return found;
}

std::optional<uid_number> store::append(mailbox_id mailbox, std::span<const std::string> flags, instant internal_date,
                                        std::string_view octets) {
    auto message = begin_append(mailbox, flags, internal_date, octets.size());
    if (!message) {
        return std::nullopt;
    }
    message->write(octets);
    return message->commit();
}

std::optional<appender> store::begin_append(mailbox_id mailbox, std::span<const std::string> flags,
                                            instant internal_date, std::uint64_t size) {
    if (!first_integer(*database_, "SELECT 1 FROM mailboxes WHERE id = ?", mailbox)) {
        return std::nullopt;
    }
    return appender(*database_, mailbox, stored_flags(flags), internal_date, size);
}

std::vector<message_info> store::messages(mailbox_id mailbox) const {
    std::vector<message_info> all;
    const std::string sql = "SELECT " + std::string(message_columns) + " FROM messages WHERE mailbox = ? ORDER BY uid";
    statement row(*database_, sql, mailbox);
    while (row.step()) {
        all.push_back(read_message(row));
    }
    return all;
}

std::optional<message_info> store::message(mailbox_id mailbox, uid_number uid) const {
    const std::string sql = "SELECT " + std::string(message_columns) + " FROM messages WHERE mailbox = ? AND uid = ?";
    statement row(*database_, sql, mailbox, uid);
    return row.step() ? std::optional(read_message(row)) : std::nullopt;
}

std::optional<std::string> store::content(mailbox_id mailbox, uid_number uid) const {
    const auto found = message(mailbox, uid);
    return found ? read(mailbox, uid, 0, static_cast<std::size_t>(found->size)) : std::nullopt;
}

std::vector<message_info> store::change_flags(mailbox_id mailbox, std::span<const uid_number> uids, flag_change how,
                                              std::span<const std::string> flags) {
    transaction all(*database_);
    std::vector<message_info> changed;
    for (const auto uid : uids) {
        if (auto found = message(mailbox, uid)) {
            change(found->flags, how, flags);
            run(*database_, "UPDATE messages SET flags = ? WHERE mailbox = ? AND uid = ?", joined(found->flags),
                mailbox, uid);
            changed.push_back(std::move(*found));
        }
    }
    all.commit();
    return changed;
}

std::optional<std::vector<uid_number>> store::copy(mailbox_id mailbox, std::span<const uid_number> uids,
                                                   mailbox_id target) {
    return transfer_all(*database_, mailbox, uids, target, transfer_mode::copy);
}

std::optional<std::vector<uid_number>> store::move(mailbox_id mailbox, std::span<const uid_number> uids,
                                                   mailbox_id target) {
    return transfer_all(*database_, mailbox, uids, target, transfer_mode::move);
}

std::vector<uid_number> store::expunge(mailbox_id mailbox, std::span<const uid_number> uids) {
    transaction all(*database_);
    std::vector<uid_number> removed;
    for (const auto uid : uids) {
        if (remove_message(*database_, *holds_, mailbox, uid)) {
            removed.push_back(uid);
        }
    }
    all.commit();
    return removed;
}

} // namespace mail_server
