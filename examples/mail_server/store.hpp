// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "mail_server/dates.hpp"
#include "mail_server/held_content.hpp"

namespace mail_server {

// Which mailbox, whatever it is called just now. Never used again, not even when the mailbox is gone.
using mailbox_id = std::int64_t;

using uid_number = std::uint32_t;

// What became of a wish about mailboxes.
enum class outcome {
    ok,
    no_such_mailbox, // NO [NONEXISTENT]
    already_exists,  // NO [ALREADYEXISTS]
    has_children,    // NO [HASCHILDREN]
    not_permitted    // NO [CANNOT]: a name that no mailbox can have, INBOX removed, a mailbox moved into itself
};

enum class flag_change { replace, add, remove };

struct mailbox_entry {
    std::string name;
    bool has_children = false;
};

// What SELECT and STATUS tell. Numbers of messages, but for size, which is their octets.
struct mailbox_info {
    std::string name;
    std::uint32_t uidvalidity = 0;
    uid_number uidnext = 1;
    std::uint64_t exists = 0;
    std::uint64_t unseen = 0;
    std::uint64_t deleted = 0;
    std::uint64_t size = 0;
};

// All about a message but its content.
struct message_info {
    uid_number uid = 0;
    std::vector<std::string> flags;
    instant internal_date;
    std::uint64_t size = 0; // of the content, in octets
};

// What cannot be helped by the client: the database fails, a mailbox has no UIDs left, an append is not of the size
// that was announced.
class store_error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

// A message on its way into a mailbox. At most one piece of it is in memory. It is in the mailbox when it is committed;
// if it ends before that, nothing of it is kept. Must not outlive its store.
class appender {
public:
    appender(appender&& other) noexcept;
    appender& operator=(appender&&) = delete;
    ~appender();

    // Adds octets. Throws store_error if they are more than announced.
    void write(std::string_view octets);

    // Puts the message into the mailbox; its UID, or none if the mailbox is gone. Throws store_error if octets are
    // missing. Nothing else may be called after it.
    std::optional<uid_number> commit();

    // Forgets the message. Nothing else may be called after it.
    void abort() noexcept;

private:
    friend class store;
    appender(database& in, mailbox_id mailbox, std::string flags, instant internal_date, std::uint64_t size);
    void flush();

    database* database_;
    mailbox_id mailbox_;
    std::string flags_;
    instant internal_date_;
    std::uint64_t size_;
    std::uint64_t missing_; // octets still to be written
    std::string piece_;
    std::int64_t pieces_ = 0;  // how many are in the database
    std::int64_t content_ = 0; // 0: nothing to abort
};

// Users, their mailboxes and messages, in a database file. The separator of the hierarchy is '/'. INBOX always exists,
// in any case of its letters; all superior names of a mailbox exist.
//
// One thread at a time; several stores may be open on one file. Every call is all or nothing, and every call, an
// appender's too, throws store_error if the database fails.
//
// Flags are equal if they differ only in the case of ASCII letters. System flags are stored in the spelling of RFC 9051
// 2.3.2; \Recent is no flag that can be stored and is left out without a word.
class store {
public:
    // Opens the file, and makes it if it is not there.
    explicit store(const std::string& file);
    store(const store&) = delete;
    store& operator=(const store&) = delete;
    ~store();

    // Makes the user, with an INBOX, unless it exists.
    void add_user(std::string_view user);

    // A number that changes with everything that this store changes.
    std::uint64_t changes() const;

    // INBOX first, then by name.
    std::vector<mailbox_entry> mailboxes(std::string_view user) const;

    // RFC 9051 6.3.4. Superior names are created too. A separator at the end is ignored.
    outcome create(std::string_view user, std::string_view name);
    // RFC 9051 6.3.5. With its messages. Not if it has inferior names.
    outcome remove(std::string_view user, std::string_view name);
    // RFC 9051 6.3.6. With all inferior names, superior names of the new one are created; of INBOX, only the messages
    // move. Subscriptions stay as they are.
    outcome rename(std::string_view user, std::string_view from, std::string_view to);

    // Subscriptions are of names, RFC 9051 6.3.7: they stay when the mailbox goes, and are good for one made later.
    // INBOX first, then by name.
    std::vector<std::string> subscriptions(std::string_view user) const;
    // Only to a mailbox that exists. Twice is no fault.
    outcome subscribe(std::string_view user, std::string_view name);
    // No fault if it is not subscribed, unless there is no such mailbox either.
    outcome unsubscribe(std::string_view user, std::string_view name);

    std::optional<mailbox_id> find(std::string_view user, std::string_view name) const;
    std::optional<mailbox_info> info(mailbox_id mailbox) const;
    // The keywords, flags without a backslash, that messages of the mailbox have, each once.
    std::vector<std::string> keywords(mailbox_id mailbox) const;

    // RFC 9051 6.3.12. The new message's UID, or none if there is no such mailbox.
    std::optional<uid_number> append(mailbox_id mailbox, std::span<const std::string> flags, instant internal_date,
                                     std::string_view octets);
    // The same for a message of `size` octets that comes in pieces.
    std::optional<appender> begin_append(mailbox_id mailbox, std::span<const std::string> flags, instant internal_date,
                                         std::uint64_t size);

    // In the order of their UIDs; none if there is no such mailbox.
    std::vector<message_info> messages(mailbox_id mailbox) const;
    std::optional<message_info> message(mailbox_id mailbox, uid_number uid) const;

    // None if there is no such message.
    std::optional<std::string> content(mailbox_id mailbox, uid_number uid) const;
    // At most `max` octets of the content from `offset`; fewer at its end, none behind it.
    std::optional<std::string> read(mailbox_id mailbox, uid_number uid, std::uint64_t offset, std::size_t max) const;
    // The content for as long as it is read, whoever removes the message meanwhile, as long as this store is asked to.
    // Null if there is no such message.
    std::unique_ptr<held_content> hold(mailbox_id mailbox, uid_number uid) const;

    // RFC 9051 6.4.6. The messages as they are then, in the order of `uids`; those that do not exist are left out.
    std::vector<message_info> change_flags(mailbox_id mailbox, std::span<const uid_number> uids, flag_change change,
                                           std::span<const std::string> flags);

    // RFC 9051 6.4.7 and 6.4.8. The UIDs in the target, in the order of `uids`. None, and nothing is copied or moved,
    // if the target or one of the messages does not exist. Flags, internal date and content stay the same.
    std::optional<std::vector<uid_number>> copy(mailbox_id mailbox, std::span<const uid_number> uids,
                                                mailbox_id target);
    std::optional<std::vector<uid_number>> move(mailbox_id mailbox, std::span<const uid_number> uids,
                                                mailbox_id target);

    // Removes exactly these messages, whether or not they are \Deleted. The UIDs of those that were there, in the order
    // of `uids`.
    std::vector<uid_number> expunge(mailbox_id mailbox, std::span<const uid_number> uids);

private:
    std::unique_ptr<database> database_;
    std::unique_ptr<content_holds> holds_;
};

} // namespace mail_server
