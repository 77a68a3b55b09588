// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

#include "mailwire/core/error.hpp"
#include "mailwire/pop3/model/commands.hpp"
#include "mailwire/pop3/session/client_event.hpp"

namespace mailwire::pop3 {

// What becomes of a message on the server once the caller has stored it (RFC 1939 8).
enum class fetch_mode : std::uint8_t { keep, remove };

// A message a fetcher has to do with. One that was stored in an earlier session is only removed.
struct wanted_message {
    std::uint32_t message = 0;
    bool stored = false;
};

enum class fetch_state : std::uint8_t {
    listing,    // finds out what there is
    fetching,   // the octets of message() come as body events
    storing,    // message() is complete: store it, then call stored()
    removing,   // message() is being marked
    done,       // all is fetched: send QUIT. In mode remove, only its +OK means that messages are gone (RFC 1939 6)
    no_listing, // the server gives no listing; in mode keep no UIDL, without which nothing tells old mail from new
};

// Fetches what the caller does not have yet, one message after the other, in a session that is logged in. It works with
// the events of the session, which stays the caller's:
//
//   while (fetch.state() != done && fetch.state() != no_listing) {
//       fetch.step(mail);
//       move octets, e = mail.next();
//       fetch.take(e, [&](const unique_id& u) { return store.has(u.id); });
//       on body: append; when fetch.state() is storing: store, then fetch.stored();
//   }
//
// No message is removed that was not stored. What does not fit the storage is listed again later, so that a few entries
// are enough for any maildrop.
class fetcher {
public:
    fetcher(fetch_mode mode, std::span<wanted_message> storage) : mode_(mode), storage_(storage) {}

    fetch_state state() const { return state_; }

    // The message at work; requires that there is one.
    std::uint32_t message() const { return storage_[at_].message; }

    // False when a line of the listing was refused, so that a message may have gone unnoticed. A caller that forgets
    // ids the server no longer lists does so only after a complete listing.
    bool complete() const { return complete_; }

    // Messages the server refused to send.
    std::uint32_t refused() const { return refused_; }

    // Sends the next command when one is due. Returns what client::send says; no_room and busy: call again later.
    template <typename Client> misuse step(Client& mail) {
        if (!due_) return misuse::none;
        misuse result = misuse::none;
        if (state_ == fetch_state::listing) {
            result = has_uidl_ ? mail.send(uidl{}) : mail.send(list{});
        } else if (state_ == fetch_state::fetching) {
            result = mail.send(retr{message()});
        } else {
            result = mail.send(dele{message()});
        }
        due_ = result != misuse::none;
        return result;
    }

    // Looks at an event of the session; those it does not care about are passed over. `seen(unique_id)` says whether the
    // caller has stored the message with this id; ids are compared octet by octet.
    template <typename Seen> void take(const client_event& e, Seen seen) {
        const bool refused = !e.ok && (e.kind == client_event_kind::reply || e.kind == client_event_kind::error);
        if (state_ == fetch_state::listing && (e.answers<uidl>() || e.answers<list>())) {
            take_listing(e, seen);
        } else if (state_ == fetch_state::fetching && e.answers<retr>()) {
            if (e.kind == client_event_kind::end_of_lines) {
                state_ = fetch_state::storing;
            } else if (refused) {
                ++refused_;
                go_on();
            }
        } else if (state_ == fetch_state::removing && e.answers<dele>()) {
            go_on();
        }
    }

    // The caller has stored the message, or (false) could not: then it stays on the server.
    void stored(bool success = true) {
        if (state_ != fetch_state::storing) return;
        if (success && mode_ == fetch_mode::remove) {
            begin(fetch_state::removing);
        } else {
            go_on();
        }
    }

private:
    template <typename Seen> void take_listing(const client_event& e, Seen& seen) {
        switch (e.kind) {
        case client_event_kind::unique_id:
            note(e.unique_id().message, seen(e.unique_id()));
            break;
        case client_event_kind::scan_listing:
            note(e.scan_listing().message, false);
            break;
        case client_event_kind::end_of_lines:
            begin_work();
            break;
        case client_event_kind::reply:
        case client_event_kind::error:
            if (e.kind == client_event_kind::error) complete_ = false;
            if (!listed_ && !e.ok) {
                no_listing();
            } else {
                listed_ = true;
            }
            break;
        default:
            break;
        }
    }

    // Keeps the smallest message-numbers there is room for, in ascending order.
    void note(std::uint32_t number, bool stored) {
        if (number <= handled_ || (stored && mode_ == fetch_mode::keep)) return;
        const auto end = storage_.begin() + static_cast<std::ptrdiff_t>(count_);
        const auto less = [](const wanted_message& w, std::uint32_t n) { return w.message < n; };
        const auto at = std::lower_bound(storage_.begin(), end, number, less);
        if (at != end && at->message == number) return;
        if (count_ != storage_.size()) {
            ++count_;
        } else {
            more_ = true;
            if (at == end) return;
        }
        std::move_backward(at, storage_.begin() + static_cast<std::ptrdiff_t>(count_) - 1,
                           storage_.begin() + static_cast<std::ptrdiff_t>(count_));
        *at = {number, stored};
    }

    void no_listing() {
        if (mode_ == fetch_mode::remove && has_uidl_) {
            has_uidl_ = false;
            begin(fetch_state::listing);
        } else {
            state_ = fetch_state::no_listing;
        }
    }

    void begin(fetch_state state) {
        state_ = state;
        due_ = true;
        listed_ = false;
    }
    void begin_work() {
        at_ = 0;
        if (count_ == 0) {
            state_ = fetch_state::done;
        } else {
            begin_message();
        }
    }
    void begin_message() { begin(storage_[at_].stored ? fetch_state::removing : fetch_state::fetching); }
    void go_on() {
        if (++at_ != count_) {
            begin_message();
        } else if (more_) {
            handled_ = storage_[count_ - 1].message;
            count_ = 0;
            more_ = false;
            begin(fetch_state::listing);
        } else {
            state_ = fetch_state::done;
        }
    }

    fetch_mode mode_;
    fetch_state state_ = fetch_state::listing;
    bool due_ = true; // a command has to be sent
    bool listed_ = false;
    bool has_uidl_ = true;
    bool more_ = false; // the storage did not hold all
    bool complete_ = true;
    std::uint32_t handled_ = 0; // messages up to this number are done with
    std::uint32_t refused_ = 0;
    std::span<wanted_message> storage_;
    std::size_t count_ = 0;
    std::size_t at_ = 0;
};

} // namespace mailwire::pop3
