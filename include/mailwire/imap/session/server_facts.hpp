// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>

#include "mailwire/imap/parse.hpp"
#include "mailwire/imap/session/capability_set.hpp"
#include "mailwire/imap/session/mailbox_facts.hpp"
#include "mailwire/imap/session/modes.hpp"
#include "mailwire/imap/write.hpp"

namespace mailwire::imap {

// What a client session knows of its server. All of it is forgotten when TLS begins (RFC 9051 6.2.1).
template <typename Profile> class server_facts {
public:
    const capability_set<Profile>& capabilities() const { return capabilities_; }
    const mailbox_facts& mailbox() const { return mailbox_; }

    // Those in force, bits of namespace modes.
    std::uint32_t modes() const { return detail::modes_in_force(enabled_, capabilities_); }
    bool has_mode(std::uint32_t mode) const { return (modes() & mode) != 0; }

    // How its responses read. Before it has said what it is, UTF-8 is no fault.
    dialect reading() const {
        dialect d;
        d.utf8 = !capabilities_.known() || has_mode(modes::utf8);
        return d;
    }
    // How commands to it are written.
    write_options writing() const {
        return {side::client, capabilities_.literals(), has_mode(modes::utf8), !has_mode(modes::uidonly)};
    }

    // Untagged data, an untagged status, the greeting.
    violation learn(const response& r) {
        if (r.kind() == response_kind::data) return learn_data(r);
        const status_response status = r.status();
        learn_capabilities(status);
        return mailbox_.learn(status);
    }

    // A tagged reply. `switched_on`: the modes its command switches on when it succeeds.
    void settle(const status_response& status, std::uint32_t switched_on) {
        learn_capabilities(status);
        if (status.condition == condition::ok) enabled_ |= switched_on;
        (void)mailbox_.settle(status);
    }

    // What comes now is of another mailbox. From a server that says when the old one is closed, it is not before that
    // (RFC 9051 7.1, CLOSED; RFC 7162 3.2.11).
    void begin_opening(bool another_is_selected) {
        if (opening_ || (another_is_selected && has_mode(modes::rev2 | modes::qresync))) return;
        close_mailbox();
        opening_ = true;
    }
    void end_opening(bool ok) {
        if (!opening_ || !ok) close_mailbox();
        opening_ = false;
    }
    // CLOSED, CLOSE, UNSELECT.
    void close_mailbox() { mailbox_ = {}; }
    void note_closed(bool selecting) {
        close_mailbox();
        opening_ = selecting;
    }

    // Another login, another user, may have others (RFC 9051 7.1, RFC 8437 3).
    void forget_capabilities() { capabilities_ = {}; }
    void unauthenticate() { *this = {}; }

private:
    violation learn_data(const response& r) {
        if (r.is<fetch_data>()) return judge(learn_fetch(r.as<fetch_data>()), true);
        if (r.is<exists>()) return mailbox_.learn(r.as<exists>());
        if (r.is<expunge_data>()) return judge(mailbox_.learn(r.as<expunge_data>()), true);
        if (r.is<vanished_data>()) return judge(mailbox_.learn(r.as<vanished_data>()), false);
        if (r.is<recent>()) return mailbox_.learn(r.as<recent>());
        if (r.is<capability_data>()) capabilities_.replace(r.as<capability_data>().capabilities);
        if (r.is<enabled_data>()) enabled_ |= detail::enabled_by<Profile>(r.as<enabled_data>().capabilities);
        if (r.is<uidfetch_data>()) learn_modseq(r.as<uidfetch_data>().att);
        return violation::none;
    }

    violation learn_fetch(const fetch_data& f) {
        learn_modseq(f.att);
        return mailbox_.learn(f);
    }
    void learn_modseq(const items<slot::msg_att>& att) {
        if (!has_mode(modes::condstore)) return;
        if (const auto m = att.get<modseq>()) mailbox_.learn(*m);
    }

    // While a mailbox opens, data may come in any order: how many messages it has may still be unsaid.
    violation judge(violation v, bool by_number) const {
        if (by_number && has_mode(modes::uidonly)) return violation::number_under_uidonly;
        return opening_ ? violation::none : v;
    }

    // Capabilities come as data and as a code (RFC 9051 7.1, 7.2.2).
    void learn_capabilities(const status_response& status) {
        if (const auto code = status.code.template get<code_capability>()) capabilities_.replace(code->capabilities);
    }

    capability_set<Profile> capabilities_;
    mailbox_facts mailbox_;
    std::uint32_t enabled_ = 0;
    bool opening_ = false;
};

} // namespace mailwire::imap
