// SPDX-License-Identifier: BSL-1.0
#include "mail_server/imap_context.hpp"

namespace mail_server {
namespace {

imap::server_options options_of(const imap_terms& terms, security secured) {
    imap::server_options options;
    options.limits.login_seconds = terms.login_seconds;
    options.limits.idle_seconds = terms.idle_seconds;
    options.secure = secured == security::always;
    options.quirks = imap::quirks::of_clients; // mutt says "AUTHENTICATE CRAM-MD5 "
    options.tls = terms.needs_tls ? mailwire::tls_policy::required : mailwire::tls_policy::optional;
    return options;
}

} // namespace

imap_context::imap_context(site& all, security secured)
    : shared(all), session(storage.buffers(), options_of(all.imap, secured)) {}

std::vector<std::string> octets_of(const mailwire::seq_of<mailwire::text>& texts) {
    std::vector<std::string> all;
    for (const mailwire::text& each : texts) {
        all.push_back(octets_of(each));
    }
    return all;
}

std::vector<mailwire::text> texts_of(const std::vector<std::string>& strings) {
    return {strings.begin(), strings.end()};
}

std::vector<imap::seq_range> ranges_of(std::span<const std::uint32_t> numbers) {
    std::vector<imap::seq_range> ranges;
    for (const auto number : numbers) {
        if (!ranges.empty() && ranges.back().last + 1 == number) {
            ranges.back().last = number;
        } else {
            ranges.emplace_back(number);
        }
    }
    return ranges;
}

std::vector<std::string> flags_of(const viewed_message& message) {
    auto flags = message.info.flags;
    if (message.recent) {
        flags.emplace_back("\\Recent");
    }
    return flags;
}

void tell_flags(imap_context& c, std::uint32_t number, numbering by) {
    c.reply.add([&c, number, by] {
        const viewed_message& message = (*c.selected)[number];
        const auto strings = flags_of(message);
        const auto texts = texts_of(strings);
        const imap::flags flags{std::span(texts)};
        const imap::uid uid{message.info.uid};
        if (by == numbering::uid) {
            return progress_of(c.session.send(imap::fetch_data{.number = number, .att = {uid, flags}}), c.session);
        }
        return progress_of(c.session.send(imap::fetch_data{.number = number, .att = {flags}}), c.session);
    });
}

void tell_changes(imap_context& c) {
    if (!c.selected) {
        return;
    }
    c.seen_changes = c.shared.mail.changes();
    const view_changes changes = c.selected->refresh(c.shared);
    for (const auto number : changes.expunged) {
        tell(c, imap::expunge_data{number});
    }
    if (changes.exists) {
        tell(c, imap::exists{c.selected->size()});
        tell(c, imap::recent{c.selected->recent()});
    }
    for (const auto number : changes.flags) {
        tell_flags(c, number, numbering::sequence);
    }
}

} // namespace mail_server
