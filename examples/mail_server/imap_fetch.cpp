// SPDX-License-Identifier: BSL-1.0
#include <memory>
#include <vector>

#include "mail_server/imap_commands.hpp"
#include "mail_server/imap_fetch_job.hpp"

namespace mail_server {
namespace {

constexpr imap::fetch_flags flags;
constexpr imap::fetch_internal_date internal_date;
constexpr imap::fetch_rfc822_size size;
constexpr imap::fetch_envelope envelope_item;
constexpr imap::fetch_body_outline outline;

// RFC 9051 6.4.5: ALL, FAST and FULL stand for items.
std::vector<fetch_item> items_of(const fetch_items& att, imap::fetch_macro macro) {
    switch (macro) {
    case imap::fetch_macro::none:
        break;
    case imap::fetch_macro::fast:
        return {flags, internal_date, size};
    case imap::fetch_macro::all:
        return {flags, internal_date, size, envelope_item};
    case imap::fetch_macro::full:
        return {flags, internal_date, size, envelope_item, outline};
    }
    return {att.begin(), att.end()};
}

} // namespace

void fetch_messages(imap_context& c, const imap::sequence_set& set, const fetch_items& att, imap::fetch_macro macro,
                    numbering by) {
    auto numbers = c.selected->numbers_in(set, by);
    if (!numbers) {
        return finish(c, imap::condition::bad, "there are no such messages");
    }
    const auto job = std::make_shared<imap_fetch_job>(c, std::move(*numbers), items_of(att, macro), by);
    c.reply.add([job] { return job->go_on(); });
    c.reply.add([&c, job, by] {
        // A UID that nobody has is no error, RFC 9051 6.4.9; a message number is promised to be one.
        imap::status_response status{imap::condition::ok, {}, "done"};
        constexpr imap::code_expungeissued gone;
        constexpr imap::code_unknown_cte unknown;
        if (job->has_missed() && by == numbering::sequence) {
            status = {imap::condition::no, gone, "some of the messages are gone"};
        } else if (job->has_failed_to_decode()) {
            status = {imap::condition::no, unknown, "a transfer encoding that this server does not know"};
        }
        return progress_of(c.session.finish(status), c.session);
    });
}

} // namespace mail_server
