// SPDX-License-Identifier: BSL-1.0
#include "mail_server/imap_search_key.hpp"

#include <algorithm>
#include <functional>
#include <string>

#include "mail_server/imap_context.hpp"
#include "mail_server/search_text.hpp"

namespace mail_server {
namespace {

namespace key = mailwire::imap::key;
using message = searched_message;

calendar_date date_of(std::string_view text) {
    const auto found = parse_internal_date(std::string(text) + " 00:00:00 +0000");
    if (!found) {
        throw bad_search("there is no such date");
    }
    return local_date(*found);
}

bool has_flag(const message& m, std::string_view flag) { return m.viewed.has_flag(flag); }

bool has_field(const message& m, std::string_view name, const mailwire::text& value) {
    return header_contains(m.source.header(), name, octets_of(value));
}

calendar_date arrived(const message& m) { return local_date(m.viewed.info.internal_date); }

// A message without a date was sent on no day.
template <typename Compare> bool was_sent(const message& m, std::string_view day, Compare compare) {
    const auto wanted = date_of(day);
    const auto sent = sent_date(m.source.header());
    return sent && compare(*sent, wanted);
}

bool holds(const message&, const key::all&) { return true; }
bool holds(const message& m, const key::answered&) { return has_flag(m, "\\Answered"); }
bool holds(const message& m, const key::deleted&) { return has_flag(m, "\\Deleted"); }
bool holds(const message& m, const key::draft&) { return has_flag(m, "\\Draft"); }
bool holds(const message& m, const key::flagged&) { return has_flag(m, "\\Flagged"); }
bool holds(const message& m, const key::seen&) { return has_flag(m, "\\Seen"); }
bool holds(const message& m, const key::unanswered&) { return !has_flag(m, "\\Answered"); }
bool holds(const message& m, const key::undeleted&) { return !has_flag(m, "\\Deleted"); }
bool holds(const message& m, const key::undraft&) { return !has_flag(m, "\\Draft"); }
bool holds(const message& m, const key::unflagged&) { return !has_flag(m, "\\Flagged"); }
bool holds(const message& m, const key::unseen&) { return !has_flag(m, "\\Seen"); }
bool holds(const message& m, const key::recent&) { return has_flag(m, "\\Recent"); }
bool holds(const message& m, const key::old&) { return !has_flag(m, "\\Recent"); }
bool holds(const message& m, const key::new_&) { return has_flag(m, "\\Recent") && !has_flag(m, "\\Seen"); }
bool holds(const message& m, const key::keyword& k) { return has_flag(m, octets_of(k.value)); }
bool holds(const message& m, const key::unkeyword& k) { return !has_flag(m, octets_of(k.value)); }

bool holds(const message& m, const key::larger& k) { return m.viewed.info.size > k.value; }
bool holds(const message& m, const key::smaller& k) { return m.viewed.info.size < k.value; }
bool holds(const message& m, const key::uid& k) {
    return k.value.is_last_result() ? m.is_saved : k.value.contains(m.viewed.info.uid, m.last_uid);
}

bool holds(const message& m, const key::before& k) { return arrived(m) < date_of(k.value); }
bool holds(const message& m, const key::on& k) { return arrived(m) == date_of(k.value); }
bool holds(const message& m, const key::since& k) { return arrived(m) >= date_of(k.value); }
bool holds(const message& m, const key::sent_before& k) { return was_sent(m, k.value, std::less()); }
bool holds(const message& m, const key::sent_on& k) { return was_sent(m, k.value, std::equal_to()); }
bool holds(const message& m, const key::sent_since& k) { return was_sent(m, k.value, std::greater_equal()); }

bool holds(const message& m, const key::bcc& k) { return has_field(m, "Bcc", k.value); }
bool holds(const message& m, const key::cc& k) { return has_field(m, "Cc", k.value); }
bool holds(const message& m, const key::from& k) { return has_field(m, "From", k.value); }
bool holds(const message& m, const key::subject& k) { return has_field(m, "Subject", k.value); }
bool holds(const message& m, const key::to& k) { return has_field(m, "To", k.value); }
bool holds(const message& m, const key::header& k) { return has_field(m, octets_of(k.name), k.value); }
bool holds(const message& m, const key::body& k) { return body_contains(m.source.content(), octets_of(k.value)); }
bool holds(const message& m, const key::text& k) { return text_contains(m.source.content(), octets_of(k.value)); }

bool holds(const message& m, const key::not_& k) { return !meets(m, k.value); }
bool holds(const message& m, const key::or_& k) { return meets(m, k.one) || meets(m, k.other); }

// What the library may know one day and this server does not.
template <typename Key> bool holds(const message&, const Key&) {
    throw bad_search("this server does not know the criterion");
}

} // namespace

bool meets(const searched_message& m, const mailwire::imap::search_key& key) {
    if (key.is_set()) {
        const auto& set = key.messages();
        return set.is_last_result() ? m.is_saved : set.contains(m.number, m.last_number);
    }
    if (key.is_group()) {
        return meets(m, key.all());
    }
    bool result = false;
    mailwire::visit<mailwire::imap::everything>(key.word(), [&](const auto& word) { result = holds(m, word); });
    return result;
}

bool meets(const searched_message& m, const mailwire::seq_of<mailwire::imap::search_key>& keys) {
    return std::all_of(keys.begin(), keys.end(), [&](const auto& each) { return meets(m, each); });
}

} // namespace mail_server
