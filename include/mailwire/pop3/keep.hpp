// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <span>

#include "mailwire/core/error.hpp"
#include "mailwire/pop3/advice.hpp"
#include "mailwire/pop3/keep/lister.hpp"
#include "mailwire/pop3/keep/wanted.hpp"
#include "mailwire/pop3/model/commands.hpp"
#include "mailwire/pop3/session/client_event.hpp"

namespace mailwire::pop3 {

// What becomes of a message on the server once the caller has stored it (RFC 1939 8).
enum class fetch_mode : std::uint8_t { keep, remove };

// What to do with a message that is larger than the limit. It stays on the server in either case.
enum class oversize : std::uint8_t {
    leave,  // nothing
    header, // its header is fetched, with TOP
};

struct fetch_options {
    fetch_mode mode = fetch_mode::keep;

    // In octets, by the LIST of the server. Its word is not checked against what comes.
    std::uint64_t largest = any_size;
    pop3::oversize oversize = pop3::oversize::leave;
};

enum class fetch_state : std::uint8_t {
    listing,   // finds out what there is
    fetching,  // the octets of message() come as body events
    storing,   // message() is complete: store it, then call stored()
    removing,  // message() is being marked
    resetting, // all marks are being taken back

    // At rest, until the caller has decided.
    expires_at_once, // mode keep, but EXPIRE 0: what is fetched is gone after QUIT. proceed(), or leave
    no_unique_ids,   // mode keep, but no UIDL: nothing tells old mail from new. proceed() in mode remove, or leave

    // At rest for good.
    done,            // all that was wanted is done: send QUIT
    no_listing,      // the server does not say what it has
    listing_changed, // messages were lost or renumbered within the session; abandon() takes the marks back
    reset_refused,   // only closing the connection without QUIT leaves all messages where they are
};

// Fetches what the caller does not have yet, one message after the other, in a session that is logged in. It works with
// the events of the session, which stays the caller's:
//
//   while (!fetch.at_rest()) {
//       fetch.step(mail);
//       move octets, e = mail.next();
//       fetch.take(e, [&](const unique_id& u) { return store.has(u.id) ? wish::leave : wish::fetch; });
//       on body: append; when fetch.state() is storing: store, then fetch.stored();
//   }
//
// The caller says of each unique-id what it wants, and answers by what it had stored before the session: two messages
// with one id are two messages. In mode remove, what an earlier session has stored is answered with wish::remove. No
// message is fetched and removed that was not stored whole.
//
// What does not fit the storage is listed again later, so that a few entries are enough for any maildrop; one is
// needed.
class fetcher {
public:
    // `capabilities` is what the session knows of the server: it may say that mail cannot be kept there.
    fetcher(const fetch_options& options, std::span<wanted_message> storage, const capability_set& capabilities = {})
        : lister_(storage, options.largest != any_size), largest_(options.largest), mode_(options.mode),
          oversize_(options.oversize) {
        const bool vanishes = keep_for(capabilities, 0) == keep_advice::impossible;
        if (mode_ == fetch_mode::keep && vanishes) state_ = fetch_state::expires_at_once;
    }

    fetch_state state() const { return state_; }
    // Nothing more happens unless the caller decides.
    bool at_rest() const { return state_ >= fetch_state::expires_at_once; }

    // The message at work; requires that there is one.
    std::uint32_t message() const { return wanted().front().message; }
    // Only the header of it is fetched, because it is too large.
    bool header_only() const { return header_only_; }

    // Whether a UIDL listing has been read to its end and no line of it was refused. A caller that forgets ids which
    // the server no longer lists does so only then.
    bool complete() const { return lister_.complete(); }

    // Messages the server refused to send, and messages that were too large.
    std::uint32_t refused() const { return refused_; }
    std::uint32_t too_large() const { return too_large_; }

    // Messages that are marked: those that were stored, by e.message of each +OK to DELE. They are removed() when QUIT
    // is answered with +OK. Without that all may still be there, and the next session asks for their ids again.
    std::uint32_t marked() const { return marked_; }
    std::uint32_t removed() const { return quit_ok_ ? marked_ : 0; }

    // Sends the next command when one is due. Returns what client::send says; no_room and busy: call again later.
    template <typename Client> misuse step(Client& mail) {
        if (!due_ || at_rest()) return misuse::none;
        misuse result = misuse::none;
        if (state_ == fetch_state::listing) {
            result = lister_.send(mail);
        } else if (state_ == fetch_state::fetching) {
            result = header_only_ ? mail.send(top{message(), 0}) : mail.send(retr{message()});
        } else if (state_ == fetch_state::removing) {
            result = mail.send(dele{message()});
        } else if (state_ == fetch_state::resetting) {
            result = mail.send(rset{});
        }
        due_ = result != misuse::none;
        return result;
    }

    // Looks at an event of the session; those it does not care about are passed over. `wish_for(unique_id)` answers
    // with a wish; ids are compared octet by octet.
    template <typename WishFor> void take(const client_event& e, WishFor wish_for) {
        if (e.answers<quit>()) quit_ok_ = e.ok;
        if (due_) return;
        const bool first_line = e.kind == client_event_kind::reply || e.kind == client_event_kind::error;
        if (state_ == fetch_state::listing && (e.answers<uidl>() || e.answers<list>())) {
            go_on_listing(lister_.take(e, wish_for));
        } else if (state_ == fetch_state::fetching && (e.answers<retr>() || e.answers<top>())) {
            if (e.kind == client_event_kind::end_of_lines) {
                received();
            } else if (first_line && !e.ok) {
                ++refused_;
                next_message();
            }
        } else if (state_ == fetch_state::removing && e.answers<dele>()) {
            if (e.ok) note_mark();
            next_message();
        } else if (state_ == fetch_state::resetting && e.answers<rset>()) {
            if (e.ok) marked_ = 0;
            state_ = e.ok ? fetch_state::done : fetch_state::reset_refused;
        }
    }

    // The caller has stored the message, or (false) could not: then it stays on the server.
    void stored(bool success = true) {
        if (state_ != fetch_state::storing) return;
        if (success && mode_ == fetch_mode::remove && !header_only_) {
            begin(fetch_state::removing);
        } else {
            next_message();
        }
    }

    // Goes on although the mail cannot be kept: in expires_at_once it is fetched all the same, and only closing the
    // connection without QUIT leaves it on the server; without unique-ids all of it is fetched and then removed.
    void proceed() {
        if (state_ == fetch_state::no_unique_ids) {
            mode_ = fetch_mode::remove;
            lister_.do_without_ids();
            begin(fetch_state::listing);
        } else if (state_ == fetch_state::expires_at_once) {
            begin(fetch_state::listing);
        }
    }

    // Nothing shall be removed after all: what is under way is read to its end, then RSET takes the marks back.
    void abandon() {
        const bool waits = state_ <= fetch_state::removing && state_ != fetch_state::storing && !due_;
        abandoned_ = true;
        if (!waits && state_ != fetch_state::resetting && state_ != fetch_state::reset_refused) reset();
    }

private:
    const wanted_list& wanted() const { return lister_.wanted(); }

    void go_on_listing(listing_step step) {
        if (step == listing_step::more) return;
        if (abandoned_) return reset();
        switch (step) {
        case listing_step::more:
            break;
        case listing_step::command:
            due_ = true;
            break;
        case listing_step::end:
            begin_message();
            break;
        case listing_step::refused:
            listing_refused();
            break;
        case listing_step::changed:
            state_ = fetch_state::listing_changed;
            break;
        }
    }
    void listing_refused() {
        if (!lister_.may_do_without_ids()) {
            state_ = fetch_state::no_listing;
        } else if (mode_ == fetch_mode::remove) {
            lister_.do_without_ids();
            begin(fetch_state::listing);
        } else {
            state_ = fetch_state::no_unique_ids;
        }
    }

    void begin(fetch_state state) {
        state_ = state;
        due_ = true;
    }

    // Begins with the next message that has to be fetched or marked; when all are done, with what did not fit.
    void begin_message() {
        if (abandoned_) return reset();
        for (; !wanted().at_end(); lister_.wanted().pop()) {
            const wanted_message& m = wanted().front();
            if (m.wish == wish::remove) return begin(fetch_state::removing);
            header_only_ = m.octets > largest_;
            if (header_only_) ++too_large_;
            if (!header_only_ || oversize_ == oversize::header) return begin(fetch_state::fetching);
        }
        header_only_ = false;
        if (wanted().more()) {
            lister_.go_on();
            begin(fetch_state::listing);
        } else {
            state_ = fetch_state::done;
        }
    }
    void next_message() {
        lister_.wanted().pop();
        begin_message();
    }

    void received() {
        if (abandoned_) return reset();
        state_ = fetch_state::storing;
    }
    void note_mark() {
        ++marked_;
        lister_.marked(wanted().front());
    }
    void reset() {
        if (marked_ != 0) return begin(fetch_state::resetting);
        due_ = false;
        state_ = fetch_state::done;
    }

    lister lister_;
    std::uint64_t largest_;
    std::uint32_t refused_ = 0;
    std::uint32_t too_large_ = 0;
    std::uint32_t marked_ = 0;
    fetch_mode mode_;
    pop3::oversize oversize_;
    fetch_state state_ = fetch_state::listing;
    bool due_ = true; // a command has to be sent
    bool header_only_ = false;
    bool abandoned_ = false;
    bool quit_ok_ = false;
};

} // namespace mailwire::pop3
