// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <span>

#include "mailwire/core/error.hpp"
#include "mailwire/pop3/keep/listing_check.hpp"
#include "mailwire/pop3/keep/wanted.hpp"
#include "mailwire/pop3/model/commands.hpp"
#include "mailwire/pop3/session/client_event.hpp"

namespace mailwire::pop3 {

// What an event meant to a lister.
enum class listing_step : std::uint8_t {
    more,    // nothing yet
    command, // send() is due again
    end,     // wanted() is complete, as far as there was room
    refused, // the server gives no such listing
    changed, // what was listed before was lost or renumbered
};

// Finds out which messages of a maildrop are wanted: by UIDL, or by LIST alone where there are no unique-ids. Where the
// sizes matter, LIST follows UIDL. What did not fit the room for wanted messages is listed again.
class lister {
public:
    lister(std::span<wanted_message> room, bool sizes) : wanted_(room), sizes_(sizes) {}

    wanted_list& wanted() { return wanted_; }
    const wanted_list& wanted() const { return wanted_; }

    // Whether a UIDL listing has been read to its end, no line of it was refused, and none contradicted it.
    bool complete() const { return ended_ && by_id_ && !line_lost_ && !changed_; }

    // Whether another kind of listing may be tried behind a refused one. Not once messages have been chosen by their
    // ids.
    bool may_do_without_ids() const { return by_id_ && !ended_; }
    void do_without_ids() { by_id_ = false; }

    // Forgets the messages that were wanted, which are done with; the next listing is for those behind them.
    void go_on() {
        handled_ = wanted_.last();
        wanted_.clear();
    }

    // A message has been marked, so that the next listing does not name it.
    void marked(const wanted_message& m) { check_.marked(m.digest); }

    template <typename Client> misuse send(Client& mail) {
        return by_id_ && !sizing_ ? mail.send(uidl{}) : mail.send(list{});
    }

    // Takes an event of the answer. `wish_for(unique_id)` answers with a wish.
    template <typename WishFor> listing_step take(const client_event& e, WishFor& wish_for) {
        switch (e.kind) {
        case client_event_kind::unique_id:
            line(e.unique_id(), wish_for);
            return listing_step::more;
        case client_event_kind::scan_listing:
            line(e.scan_listing());
            return listing_step::more;
        case client_event_kind::end_of_lines:
            return end();
        case client_event_kind::reply:
        case client_event_kind::error:
            return first_or_bad_line(e.ok);
        default:
            return listing_step::more;
        }
    }

private:
    template <typename WishFor> void line(const unique_id& u, WishFor& wish_for) {
        const std::uint32_t digest = listing_check::digest(u.message, u.id);
        check_.line(u.message, digest);
        if (u.message <= handled_) return;
        const wish what = wish_for(u);
        if (what != wish::leave) wanted_.add({.message = u.message, .digest = digest, .wish = what});
    }
    void line(const scan_listing& s) {
        if (sizing_) {
            if (wanted_message* m = wanted_.find(s.message)) m->octets = s.octets;
            return;
        }
        // The size is no part of the digest: it may be an estimate that gets better.
        const std::uint32_t digest = listing_check::digest(s.message, {});
        check_.line(s.message, digest);
        if (s.message > handled_) wanted_.add({.message = s.message, .digest = digest, .octets = s.octets});
    }

    listing_step first_or_bad_line(bool ok) {
        if (began_) {
            line_lost_ = line_lost_ || !sizing_;
        } else if (ok) {
            began_ = true;
        } else {
            return listing_step::refused;
        }
        return listing_step::more;
    }

    listing_step end() {
        began_ = false;
        if (sizing_) {
            sizing_ = false;
            return listing_step::end;
        }
        ended_ = true;
        changed_ = !check_.end() && !line_lost_;
        if (changed_) return listing_step::changed;
        sizing_ = sizes_ && by_id_ && !wanted_.empty();
        return sizing_ ? listing_step::command : listing_step::end;
    }

    wanted_list wanted_;
    listing_check check_;
    std::uint32_t handled_ = 0; // messages up to this number are done with
    bool sizes_;
    bool by_id_ = true;
    bool sizing_ = false; // the listing under way is for the sizes of what is wanted
    bool began_ = false;
    bool ended_ = false;
    bool line_lost_ = false;
    bool changed_ = false;
};

} // namespace mailwire::pop3
