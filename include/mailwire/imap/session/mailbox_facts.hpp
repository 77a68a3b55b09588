// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cstdint>

#include "mailwire/imap/ext/rev1.hpp"
#include "mailwire/imap/ext/rfc7162.hpp"
#include "mailwire/imap/model/data.hpp"
#include "mailwire/imap/model/resp_text_code.hpp"
#include "mailwire/imap/model/status_response.hpp"
#include "mailwire/imap/model/vanished_data.hpp"

namespace mailwire::imap {

// What a server says that contradicts what it has said, or what it may say now. The session goes on: a program that
// keeps a list of messages reads it anew (RFC 9051 5.2, 7.5.1).
enum class violation : std::uint8_t {
    none,
    exists_shrank,        // EXISTS with less messages than there were; only EXPUNGE and VANISHED take some away
    no_such_message,      // EXPUNGE or FETCH of a number behind the last one, VANISHED of more messages than there are
    expunge_out_of_place, // EXPUNGE while only FETCH, STORE or SEARCH is in flight, or nothing
    uid_validity_changed, // all unique identifiers of the mailbox are void
    number_under_uidonly, // a message number, where only unique identifiers were agreed on (RFC 9586 3)
};

// The mailbox that is selected, as far as a few numbers hold it. What is not known is 0.
class mailbox_facts {
public:
    std::uint32_t exists() const { return exists_; }
    std::uint32_t recent() const { return recent_; } // revision 1 only
    std::uint32_t uid_validity() const { return uid_validity_; }
    std::uint32_t uid_next() const { return uid_next_; }

    // The mod-sequence a program may remember this view of the mailbox by (RFC 7162 6): it moves on with tagged replies
    // only. 0 where the mailbox has none.
    std::uint64_t highest_modseq() const { return highest_modseq_; }

    bool read_only() const { return read_only_; }
    bool uids_persist() const { return uid_validity_ != 0 && !uid_not_sticky_; }

    violation learn(const imap::exists& e) {
        const bool shrank = e.value < exists_;
        exists_ = e.value;
        return shrank ? violation::exists_shrank : violation::none;
    }
    violation learn(const imap::recent& r) {
        recent_ = r.value;
        return violation::none;
    }
    violation learn(const expunge_data& e) {
        if (e.number > exists_) return violation::no_such_message;
        --exists_;
        return violation::none;
    }
    violation learn(const vanished_data& v) {
        if (v.earlier) return violation::none;
        std::uint64_t gone = 0;
        for (const seq_range range : v.uids)
            gone += std::max(range.first, range.last) - std::min(range.first, range.last) + std::uint64_t{1};
        const bool fewer = gone > exists_;
        exists_ -= static_cast<std::uint32_t>(std::min<std::uint64_t>(gone, exists_));
        return fewer ? violation::no_such_message : violation::none;
    }
    violation learn(const fetch_data& f) {
        if (f.number > exists_) return violation::no_such_message;
        return violation::none;
    }
    // The mod-sequence of a message.
    void learn(const imap::modseq& m) { seen_modseq_ = std::max(seen_modseq_, m.value); }

    violation learn(const status_response& status) {
        const auto& code = status.code;
        if (!code) return violation::none;
        if (const auto next = code.get<code_uidnext>()) uid_next_ = next->value;
        if (const auto modseq = code.get<code_highestmodseq>()) seen_modseq_ = highest_modseq_ = modseq->value;
        if (code.is<code_nomodseq>()) seen_modseq_ = highest_modseq_ = 0;
        if (code.is<code_read_only>()) read_only_ = true;
        if (code.is<code_read_write>()) read_only_ = false;
        if (code.is<code_uidnotsticky>()) uid_not_sticky_ = true;
        if (const auto validity = code.get<code_uidvalidity>()) {
            const bool changed = uid_validity_ != 0 && uid_validity_ != validity->value;
            uid_validity_ = validity->value;
            return changed ? violation::uid_validity_changed : violation::none;
        }
        return violation::none;
    }

    // A tagged reply: its code counts, or else what the messages said up to it.
    violation settle(const status_response& status) {
        highest_modseq_ = std::max(highest_modseq_, seen_modseq_);
        return learn(status);
    }

private:
    std::uint64_t highest_modseq_ = 0;
    std::uint64_t seen_modseq_ = 0;
    std::uint32_t exists_ = 0;
    std::uint32_t recent_ = 0;
    std::uint32_t uid_validity_ = 0;
    std::uint32_t uid_next_ = 0;
    bool read_only_ = false;
    bool uid_not_sticky_ = false;
};

} // namespace mailwire::imap
