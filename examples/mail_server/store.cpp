// SPDX-License-Identifier: BSL-1.0
#include "mail_server/store.hpp"

#include <algorithm>
#include <utility>

#include "mail_server/contents.hpp"
#include "mail_server/header_fields.hpp"
#include "mail_server/sqlite.hpp"

// Files, users and mailboxes. The messages are in store_messages.cpp.
namespace mail_server {
namespace {

constexpr std::string_view inbox = "INBOX";
constexpr char separator = '/';
constexpr std::size_t max_name_size = 1000;
constexpr std::ptrdiff_t max_depth = 32;

// A content is kept in pieces, so that none is ever in memory as a whole and no long write locks the file; copies of a
// message share one content. The journal is a file, since in memory it would hold a whole content while that is deleted.
// The database is a temporary one: it need not survive a crash of the machine, and so it need not wait for the disk.
constexpr const char* schema = R"(
    PRAGMA journal_mode = DELETE;
    PRAGMA synchronous = OFF;
    PRAGMA foreign_keys = ON;
    BEGIN IMMEDIATE;
    CREATE TABLE IF NOT EXISTS counters(only INTEGER PRIMARY KEY CHECK (only = 1), uidvalidity INTEGER NOT NULL);
    INSERT OR IGNORE INTO counters VALUES(1, 0);
    CREATE TABLE IF NOT EXISTS users(name TEXT PRIMARY KEY);
    CREATE TABLE IF NOT EXISTS mailboxes(
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        user TEXT NOT NULL REFERENCES users(name),
        name TEXT NOT NULL,
        uidvalidity INTEGER NOT NULL,
        uidnext INTEGER NOT NULL DEFAULT 1,
        UNIQUE(user, name));
    CREATE TABLE IF NOT EXISTS subscriptions(
        user TEXT NOT NULL REFERENCES users(name),
        name TEXT NOT NULL,
        PRIMARY KEY(user, name));
    CREATE TABLE IF NOT EXISTS contents(id INTEGER PRIMARY KEY AUTOINCREMENT);
    CREATE TABLE IF NOT EXISTS pieces(
        content INTEGER NOT NULL REFERENCES contents(id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        octets BLOB NOT NULL,
        PRIMARY KEY(content, number));
    CREATE TABLE IF NOT EXISTS messages(
        id INTEGER PRIMARY KEY,
        mailbox INTEGER NOT NULL REFERENCES mailboxes(id),
        uid INTEGER NOT NULL,
        internal_date INTEGER NOT NULL,
        zone INTEGER NOT NULL,
        flags TEXT NOT NULL,
        size INTEGER NOT NULL,
        content INTEGER NOT NULL REFERENCES contents(id),
        UNIQUE(mailbox, uid));
    CREATE INDEX IF NOT EXISTS messages_of_content ON messages(content);
    COMMIT;
)";

std::string_view without_trailing_separator(std::string_view name) {
    return name.ends_with(separator) ? name.substr(0, name.size() - 1) : name;
}

// The name as it is stored; none if no mailbox can have it. "inbox" at its start is INBOX in any case of its letters,
// so that what is created below it is found below it.
std::optional<std::string> stored_name(std::string_view name) {
    const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
    if (name.empty() || name.size() > max_name_size || name.starts_with(separator) || name.ends_with(separator) ||
        name.find("//") != std::string_view::npos || std::any_of(name.begin(), name.end(), is_control) ||
        std::count(name.begin(), name.end(), separator) >= max_depth) {
        return std::nullopt;
    }
    std::string stored(name);
    const auto first = name.substr(0, name.find(separator));
    if (equal_ignoring_case(first, inbox)) {
        stored.replace(0, first.size(), inbox);
    }
    return stored;
}

bool is_below(std::string_view name, std::string_view superior) {
    return name.size() > superior.size() && name.starts_with(superior) && name[superior.size()] == separator;
}

std::optional<mailbox_id> find_stored(database& in, std::string_view user, std::string_view name) {
    return first_integer(in, "SELECT id FROM mailboxes WHERE user = ? AND name = ?", user, name);
}

struct stored_mailbox {
    mailbox_id id;
    std::string name;
};

std::vector<stored_mailbox> all_mailboxes(database& in, std::string_view user) {
    std::vector<stored_mailbox> all;
    statement each(in, "SELECT id, name FROM mailboxes WHERE user = ? ORDER BY name <> 'INBOX', name", user);
    while (each.step()) {
        all.push_back({each.integer(0), each.text(1)});
    }
    return all;
}

bool has_children(const std::vector<stored_mailbox>& all, std::string_view name) {
    return std::any_of(all.begin(), all.end(), [&](const stored_mailbox& each) { return is_below(each.name, name); });
}

// Makes the mailbox and its superiors, those that are not there. The UIDVALIDITY is greater than any before it, and
// after a restart with an empty file too, as long as mailboxes are made less often than once in a second.
void make_mailboxes(database& in, std::string_view user, std::string_view name) {
    for (std::size_t end = 0; end != std::string_view::npos;) {
        end = name.find(separator, end + 1);
        const auto superior = name.substr(0, end);
        if (find_stored(in, user, superior)) {
            continue;
        }
        const auto uidvalidity =
            first_integer(in, "UPDATE counters SET uidvalidity = max(uidvalidity + 1, CAST(strftime('%s') AS INTEGER)) "
                              "RETURNING uidvalidity");
        run(in, "INSERT INTO mailboxes(user, name, uidvalidity) VALUES(?, ?, ?)", user, superior, uidvalidity.value());
    }
}

// RFC 9051 6.3.6: INBOX stays, and what is below it too. The new mailbox has a UIDVALIDITY of its own, so the messages
// may keep their UIDs.
void move_inbox(database& in, mailbox_id from, mailbox_id to) {
    run(in, "UPDATE mailboxes SET uidnext = (SELECT uidnext FROM mailboxes WHERE id = ?) WHERE id = ?", from, to);
    run(in, "UPDATE messages SET mailbox = ? WHERE mailbox = ?", to, from);
}

// The mailbox and all below it; false if one of the new names would be too long.
bool move_names(database& in, std::string_view user, std::string_view from, std::string_view to) {
    for (const auto& each : all_mailboxes(in, user)) {
        if (each.name != from && !is_below(each.name, from)) {
            continue;
        }
        const std::string name = std::string(to) + each.name.substr(from.size());
        if (!stored_name(name)) {
            return false;
        }
        run(in, "UPDATE mailboxes SET name = ? WHERE id = ?", name, each.id);
    }
    return true;
}

} // namespace

store::store(const std::string& file)
    : database_(std::make_unique<database>(file)), holds_(std::make_unique<content_holds>()) {
    database_->run_script(schema);
}

store::~store() = default;

void store::add_user(std::string_view user) {
    transaction all(*database_);
    run(*database_, "INSERT OR IGNORE INTO users(name) VALUES(?)", user);
    make_mailboxes(*database_, user, inbox);
    all.commit();
}

std::uint64_t store::changes() const { return database_->all_changes(); }

std::vector<mailbox_entry> store::mailboxes(std::string_view user) const {
    std::vector<mailbox_entry> entries;
    const auto all = all_mailboxes(*database_, user);
    for (const auto& each : all) {
        entries.push_back({each.name, has_children(all, each.name)});
    }
    return entries;
}

std::vector<std::string> store::subscriptions(std::string_view user) const {
    std::vector<std::string> names;
    statement each(*database_, "SELECT name FROM subscriptions WHERE user = ? ORDER BY name <> 'INBOX', name", user);
    while (each.step()) {
        names.push_back(each.text(0));
    }
    return names;
}

outcome store::create(std::string_view user, std::string_view name) {
    const auto stored = stored_name(without_trailing_separator(name));
    if (!stored) {
        return outcome::not_permitted;
    }
    transaction all(*database_);
    if (find_stored(*database_, user, *stored)) {
        return outcome::already_exists;
    }
    make_mailboxes(*database_, user, *stored);
    all.commit();
    return outcome::ok;
}

outcome store::remove(std::string_view user, std::string_view name) {
    transaction all(*database_);
    const auto found = find(user, name);
    if (!found) {
        return outcome::no_such_mailbox;
    }
    const auto stored = stored_name(name).value();
    if (stored == inbox) {
        return outcome::not_permitted;
    }
    if (has_children(all_mailboxes(*database_, user), stored)) {
        return outcome::has_children;
    }
    remove_messages(*database_, *holds_, *found);
    run(*database_, "DELETE FROM mailboxes WHERE id = ?", *found);
    all.commit();
    return outcome::ok;
}

outcome store::rename(std::string_view user, std::string_view from, std::string_view to) {
    const auto target = stored_name(without_trailing_separator(to));
    transaction all(*database_);
    const auto found = find(user, from);
    if (!found) {
        return outcome::no_such_mailbox;
    }
    if (!target) {
        return outcome::not_permitted;
    }
    if (find_stored(*database_, user, *target)) {
        return outcome::already_exists;
    }
    const auto source = stored_name(from).value();
    if (source == inbox) {
        make_mailboxes(*database_, user, *target);
        move_inbox(*database_, *found, find_stored(*database_, user, *target).value());
    } else {
        if (is_below(*target, source)) {
            return outcome::not_permitted;
        }
        if (const auto end = target->rfind(separator); end != std::string::npos) {
            make_mailboxes(*database_, user, std::string_view(*target).substr(0, end));
        }
        if (!move_names(*database_, user, source, *target)) {
            return outcome::not_permitted;
        }
    }
    all.commit();
    return outcome::ok;
}

outcome store::subscribe(std::string_view user, std::string_view name) {
    if (!find(user, name)) {
        return outcome::no_such_mailbox;
    }
    run(*database_, "INSERT OR IGNORE INTO subscriptions VALUES(?, ?)", user, stored_name(name).value());
    return outcome::ok;
}

outcome store::unsubscribe(std::string_view user, std::string_view name) {
    const auto stored = stored_name(name);
    if (!stored) {
        return outcome::no_such_mailbox;
    }
    run(*database_, "DELETE FROM subscriptions WHERE user = ? AND name = ?", user, *stored);
    return database_->changes() == 1 || find(user, name) ? outcome::ok : outcome::no_such_mailbox;
}

std::optional<mailbox_id> store::find(std::string_view user, std::string_view name) const {
    const auto stored = stored_name(name);
    return stored ? find_stored(*database_, user, *stored) : std::nullopt;
}

std::optional<mailbox_info> store::info(mailbox_id mailbox) const {
    statement row(
        *database_,
        "SELECT mailboxes.name, uidvalidity, uidnext, count(uid), "
        "sum(instr(' ' || flags || ' ', ' \\Seen ') = 0), sum(instr(' ' || flags || ' ', ' \\Deleted ') > 0), "
        "sum(size) FROM mailboxes LEFT JOIN messages ON mailbox = mailboxes.id "
        "WHERE mailboxes.id = ? GROUP BY mailboxes.id",
        mailbox);
    if (!row.step()) {
        return std::nullopt;
    }
    const auto number = [&](int column) { return static_cast<std::uint64_t>(row.integer(column)); };
    return mailbox_info{row.text(0),
                        static_cast<std::uint32_t>(number(1)),
                        static_cast<uid_number>(number(2)),
                        number(3),
                        number(4),
                        number(5),
                        number(6)};
}

} // namespace mail_server
