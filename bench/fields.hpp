// SPDX-License-Identifier: BSL-1.0
// Visits every field of a response through the typed views, and adds up what it finds in the terms of a token scan, so
// that a scan that knows nothing of the grammar can say whether all of it was seen.

#pragma once

#include <mailwire/imap/model/response.hpp>
#include <mailwire/imap/profile.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace mailwire::bench {

struct field_totals {
    std::size_t words = 0;        // fields and the words that name them
    std::size_t octets = 0;       // of the strings
    std::uint64_t number_sum = 0; // of the message numbers; of the numbers of SEARCH
    std::uint64_t value_sum = 0;  // of all other numbers
    std::size_t unknown = 0;      // what the profile does not know

    friend bool operator==(const field_totals&, const field_totals&) = default;
};

class field_visitor {
public:
    const field_totals& totals() const { return totals_; }

    void response(const imap::response& r) {
        const bool known = on(
            r, [this](const imap::fetch_data& f) { fetch(f); }, [this](const imap::list_data& l) { list(l); },
            [this](const imap::status_data& s) { status(s); }, [this](const imap::search_data& s) { search(s); });
        totals_.unknown += known ? 0 : 1;
    }

private:
    void fetch(const imap::fetch_data& data) {
        totals_.words += 3; // "*", the number, "FETCH"
        totals_.number_sum += data.number;
        for (const auto att : data.att) {
            ++totals_.words;
            const bool known = on(
                att, [this](imap::uid u) { number(u.value); }, [this](const imap::flags& f) { texts(f.value); },
                [this](imap::internal_date d) { string(d.value); }, [this](imap::rfc822_size s) { number(s.value); },
                [this](imap::modseq m) { number(m.value); }, [this](const imap::envelope& e) { envelope(e); },
                [this](const imap::body_structure& b) { body(b); });
            totals_.unknown += known ? 0 : 1;
        }
    }

    void envelope(const imap::envelope_fields& e) {
        text(e.date);
        text(e.subject);
        addresses(e.from);
        addresses(e.sender);
        addresses(e.reply_to);
        addresses(e.to);
        addresses(e.cc);
        addresses(e.bcc);
        text(e.in_reply_to);
        text(e.message_id);
    }

    void addresses(const seq_of<imap::address>& all) {
        totals_.words += all.empty() ? 1 : 0;
        for (const imap::address& a : all) {
            text(a.name);
            text(a.adl);
            text(a.mailbox);
            text(a.host);
        }
    }

    void body(const imap::body& b) {
        if (b.is_multipart()) {
            for (const imap::body& part : b.parts) {
                body(part);
            }
            text(b.subtype);
            parameters(b.parameters);
        } else {
            single_part(b);
        }
        if (b.extended) {
            extension(b);
        }
    }

    void single_part(const imap::body& b) {
        text(b.type);
        text(b.subtype);
        parameters(b.parameters);
        text(b.id);
        text(b.description);
        text(b.encoding);
        number(b.octets);
        if (b.envelope) {
            envelope(*b.envelope);
        }
        for (const imap::body& inner : b.enclosed) {
            body(inner);
        }
        if (b.lines) {
            number(*b.lines);
        }
        if (b.extended) {
            text(b.md5);
        }
    }

    void extension(const imap::body& b) {
        text(b.disposition.type);
        if (!b.disposition.type.is_nil()) {
            parameters(b.disposition.parameters);
        }
        totals_.words += b.languages.empty() ? 1 : 0;
        texts(b.languages);
        text(b.location);
    }

    void parameters(const seq_of<imap::parameter>& all) {
        totals_.words += all.empty() ? 1 : 0;
        for (const imap::parameter& p : all) {
            text(p.name);
            text(p.value);
        }
    }

    void list(const imap::list_data& l) {
        totals_.words += 2; // "*", "LIST"
        texts(l.attributes);
        text(l.delimiter);
        text(l.mailbox);
        if (!l.extended.empty()) {
            totals_.words += 2; // the text of mbox-list-extended: a name and what it says, both strings
            totals_.octets += l.extended.size();
        }
    }

    void status(const imap::status_data& s) {
        totals_.words += 2; // "*", "STATUS"
        text(s.mailbox);
        for (const auto value : s.values) {
            ++totals_.words;
            const bool known = on(
                value, [this](imap::messages m) { number(m.value); }, [this](imap::uidnext u) { number(u.value); },
                [this](imap::uidvalidity u) { number(u.value); }, [this](imap::unseen u) { number(u.value); },
                [this](imap::mailbox_size m) { number(m.value); });
            totals_.unknown += known ? 0 : 1;
        }
    }

    void search(const imap::search_data& s) {
        totals_.words += 2; // "*", "SEARCH"
        for (const std::uint32_t n : s.numbers) {
            ++totals_.words;
            totals_.number_sum += n;
        }
    }

    void number(std::uint64_t value) {
        ++totals_.words;
        totals_.value_sum += value;
    }

    void string(std::string_view octets) {
        ++totals_.words;
        totals_.octets += octets.size();
    }

    void text(const mailwire::text& t) { string(t.spelled()); }

    void texts(const seq_of<mailwire::text>& all) {
        for (const mailwire::text& t : all) {
            text(t);
        }
    }

    field_totals totals_;
};

} // namespace mailwire::bench
