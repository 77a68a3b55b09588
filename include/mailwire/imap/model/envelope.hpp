// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "mailwire/core/seq_of.hpp"
#include "mailwire/imap/grammar/envelope.hpp"

namespace mailwire::imap {

// One address of an envelope (RFC 9051 7.5.2). A nil host marks the start of a group (its name is the mailbox) or, with
// a nil mailbox, its end.
struct address {
    using one_field = void;

    text name = text::nil();
    text adl = text::nil();
    text mailbox = text::nil();
    text host = text::nil();

    static address read(cursor& c) {
        cursor in = c.enter();
        return {in.text(), in.text(), in.text(), in.text()};
    }
    void write(auto& out) const {
        out.raw("(").nstring(name).sp().nstring(adl).sp().nstring(mailbox).sp().nstring(host).raw(")");
    }
    friend bool operator==(const address&, const address&) = default;
};

// The header of a message as the server has read it (RFC 9051 7.5.2). An address field without addresses is NIL.
struct envelope_fields {
    text date = text::nil();
    text subject = text::nil();
    seq_of<address> from = {};
    seq_of<address> sender = {};
    seq_of<address> reply_to = {};
    seq_of<address> to = {};
    seq_of<address> cc = {};
    seq_of<address> bcc = {};
    text in_reply_to = text::nil();
    text message_id = text::nil();

    static envelope_fields read(cursor& c) {
        cursor in = c.enter();
        envelope_fields e;
        e.date = in.text();
        e.subject = in.text();
        e.from = addresses(in);
        e.sender = addresses(in);
        e.reply_to = addresses(in);
        e.to = addresses(in);
        e.cc = addresses(in);
        e.bcc = addresses(in);
        e.in_reply_to = in.text();
        e.message_id = in.text();
        return e;
    }

    void write(auto& out) const {
        out.raw("(").nstring(date).sp().nstring(subject);
        for (const auto* field : {&from, &sender, &reply_to, &to, &cc, &bcc}) {
            out.sp();
            write_addresses(out, *field);
        }
        out.sp().nstring(in_reply_to).sp().nstring(message_id).raw(")");
    }
    friend bool operator==(const envelope_fields&, const envelope_fields&) = default;

private:
    static seq_of<address> addresses(cursor& c) {
        if (!c.at_list()) {
            c.skip();
            return {};
        }
        return seq_of<address>(c.enter());
    }

    // "(" 1*address ")": no space stands between two addresses.
    static void write_addresses(auto& out, const seq_of<address>& all) {
        if (all.empty()) {
            out.raw("NIL");
            return;
        }
        out.raw("(");
        for (const address& a : all)
            a.write(out);
        out.raw(")");
    }
};

} // namespace mailwire::imap
