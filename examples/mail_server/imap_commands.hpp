// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "mail_server/imap_context.hpp"

// The commands of IMAP, RFC 9051 6 and RFC 3501 6. Each adds the steps of its answer to c.reply.
namespace mail_server {

// imap_login.cpp: what can you do, who are you?
void greet(imap_context& c);
void run(imap_context& c, const imap::capability& command);
void run(imap_context& c, const imap::login& command);
void run(imap_context& c, const imap::authenticate& command);
void go_on_login(imap_context& c); // the client has answered a challenge
void run(imap_context& c, const imap::starttls& command);

// imap_idle.cpp
void run(imap_context& c, const imap::idle& command);
bool has_news(const imap_context& c); // for a client that is told what happens
void end_idle(imap_context& c);

// imap_access.cpp
void look_again(imap_context& c); // NOOP, CHECK
void run(imap_context& c, const imap::logout& command);
void run(imap_context& c, const imap::id& command);
void run(imap_context& c, const imap::enable& command);

// imap_list.cpp
void run(imap_context& c, const imap::list& command);
void run(imap_context& c, const imap::lsub& command);

// imap_status.cpp
void run(imap_context& c, const imap::status& command);
using status_items = mailwire::items<imap::slot::status_att>;
// Tells of a mailbox what STATUS is asked for, if there is such a mailbox. False if the server does not know an item.
bool tell_status(imap_context& c, const std::string& name, const status_items& att);

// imap_mailboxes.cpp
void run(imap_context& c, const imap::create& command);
void run(imap_context& c, const imap::delete_& command);
void run(imap_context& c, const imap::rename& command);
void run(imap_context& c, const imap::subscribe& command);
void run(imap_context& c, const imap::unsubscribe& command);
void run(imap_context& c, const imap::namespace_command& command);
// The mailbox with that name as it came over the wire.
std::optional<mailbox_id> find_mailbox(const imap_context& c, const mailwire::text& name);

// imap_select.cpp
enum class access { read_write, read_only };
void select_mailbox(imap_context& c, const mailwire::text& name, access wanted);
void run(imap_context& c, const imap::close& command);
void run(imap_context& c, const imap::unselect& command);

// imap_append.cpp: the message is announced, comes in pieces, and is there.
void begin_append(imap_context& c, const imap::append& command, std::uint64_t octets);
void go_on_append(imap_context& c, std::string_view octets);
void run(imap_context& c, const imap::append& command);

// imap_fetch.cpp
using fetch_items = mailwire::items<imap::slot::fetch_att>;
void fetch_messages(imap_context& c, const imap::sequence_set& set, const fetch_items& att, imap::fetch_macro macro,
                    numbering by);

// imap_search.cpp
struct search_wish {
    mailwire::text charset;
    mailwire::seq_of<imap::search_key> keys;
    std::optional<mailwire::items<imap::slot::search_return_opt>> returns;
    numbering by;
};
// The tag is named in an answer to one with return options.
void search_messages(imap_context& c, std::string_view tag, const search_wish& wish);

// imap_change.cpp
void store_flags(imap_context& c, const imap::store& command, numbering by);
void copy_messages(imap_context& c, const imap::sequence_set& set, const mailwire::text& mailbox, numbering by);
void move_messages(imap_context& c, const imap::sequence_set& set, const mailwire::text& mailbox, numbering by);
void run(imap_context& c, const imap::expunge& command);
void run(imap_context& c, const imap::uid_expunge& command);
// Removes the messages of the selected mailbox that are \Deleted.
void remove_deleted(imap_context& c);

} // namespace mail_server
