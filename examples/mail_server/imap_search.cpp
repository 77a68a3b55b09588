// SPDX-License-Identifier: BSL-1.0
#include <algorithm>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "mail_server/imap_commands.hpp"
#include "mail_server/imap_search_key.hpp"

namespace mail_server {
namespace {

// So many messages are looked at before others have their turn. One whose content was read counts as all of them.
constexpr int messages_in_a_turn = 100;

// So many numbers fit a line that the send buffer holds. More than those are told in several lines.
constexpr std::size_t numbers_in_a_line = 20000;

constexpr mailwire::text charsets[] = {"US-ASCII", "UTF-8"};

bool is_known(const mailwire::text& charset) {
    return charset.is_nil() || std::any_of(std::begin(charsets), std::end(charsets),
                                           [&](const auto& each) { return each.equal_ignoring_case(charset); });
}

// What of the messages found is told in an ESEARCH response, RFC 9051 7.3.4.
struct search_results {
    bool min = false;
    bool max = false;
    bool all = false;
    bool count = false;
    bool save = false;

    // Whether there is anything to tell.
    bool has_answer() const { return min || max || all || count; }
    // RFC 9051 6.4.4.1: where only the ends are told, only they are saved.
    bool saves_ends_only() const { return (min || max) && !all && !count; }
};

// None if there is an option that this server does not know.
std::optional<search_results> results_of(const mailwire::items<imap::slot::search_return_opt>& options) {
    search_results wanted;
    wanted.all = options.empty(); // RFC 9051 6.4.4
    for (const auto& each : options) {
        const bool known = on(
            each, [&](const imap::search_return::min&) { wanted.min = true; },
            [&](const imap::search_return::max&) { wanted.max = true; },
            [&](const imap::search_return::all&) { wanted.all = true; },
            [&](const imap::search_return::count&) { wanted.count = true; },
            [&](const imap::search_return::save&) { wanted.save = true; });
        if (!known) {
            return std::nullopt;
        }
    }
    return wanted;
}

// A SEARCH on its way, RFC 9051 6.4.4.
class search_job {
public:
    search_job(imap_context& c, const mailwire::seq_of<imap::search_key>& keys, numbering by)
        : c_(c), keys_(keys), by_(by) {}

    progress look() {
        for (int looked_at = 0; fault_.empty() && next_ <= c_.selected->size(); ++next_) {
            if (looked_at >= messages_in_a_turn) {
                return progress::again;
            }
            looked_at += look_at(next_) ? messages_in_a_turn : 1;
        }
        return progress::done;
    }

    progress tell() {
        while (fault_.empty() && (told_ != found_.size() || told_ == 0)) {
            const auto some =
                std::span(std::as_const(found_)).subspan(told_, std::min(numbers_in_a_line, found_.size() - told_));
            const auto reached = progress_of(c_.session.send(imap::search_data{some}), c_.session);
            if (reached != progress::done || some.empty()) {
                return reached;
            }
            told_ += some.size();
        }
        return progress::done;
    }

    // The same as a whole, in one response.
    progress tell(std::string_view tag, const search_results& wanted) const {
        if (!fault_.empty()) {
            return progress::done;
        }
        const imap::found::count count{static_cast<std::uint32_t>(found_.size())};
        const imap::found::min min{found_.empty() ? 0 : found_.front()};
        const imap::found::max max{found_.empty() ? 0 : found_.back()};
        const auto ranges = ranges_of(found_);
        const imap::found::all all{std::span(ranges)};
        std::vector<mailwire::item<imap::slot::search_return_data>> results;
        if (!found_.empty()) { // of what is not there, only the count can be told
            if (wanted.min) {
                results.emplace_back(min);
            }
            if (wanted.max) {
                results.emplace_back(max);
            }
            if (wanted.all) {
                results.emplace_back(all);
            }
        }
        if (wanted.count) {
            results.emplace_back(count);
        }
        return progress_of(
            c_.session.send(imap::esearch_data{tag, by_ == numbering::uid, std::span(std::as_const(results))}),
            c_.session);
    }

    // From now on "$" means what was found.
    progress save(const search_results& wanted) const {
        if (!fault_.empty()) {
            return progress::done;
        }
        auto& view = *c_.selected;
        std::vector<uid_number> uids = by_ == numbering::uid ? found_ : view.uids_of(found_);
        if (wanted.saves_ends_only() && !uids.empty()) {
            const uid_number ends[] = {uids.front(), uids.back()};
            uids.clear();
            if (wanted.min) {
                uids.push_back(ends[0]);
            }
            if (wanted.max && ends[1] != ends[0]) {
                uids.push_back(ends[1]);
            }
        }
        view.save(std::move(uids));
        return progress::done;
    }

    // The tagged reply.
    progress finish() const {
        if (fault_.empty()) {
            return progress_of(c_.session.finish({imap::condition::ok, {}, "done"}), c_.session);
        }
        return progress_of(c_.session.finish({imap::condition::bad, {}, fault_}), c_.session);
    }

private:
    // True if its content had to be read.
    bool look_at(std::uint32_t number) {
        const mailbox_view& view = *c_.selected;
        const auto& viewed = view[number];
        message_source source(c_.shared.mail, view.mailbox(), viewed.info.uid, viewed.info.size);
        try {
            const bool is_saved = view.is_saved(viewed.info.uid);
            if (meets({viewed, number, view.size(), view.last_uid(), source, is_saved}, keys_)) {
                found_.push_back(by_ == numbering::uid ? viewed.info.uid : number);
            }
        } catch (const message_gone&) {
            // What is gone is not found.
        } catch (const bad_search& refused) {
            fault_ = refused.what();
            found_.clear();
        }
        return source.has_content();
    }

    imap_context& c_;
    mailwire::seq_of<imap::search_key> keys_;
    numbering by_;
    std::uint32_t next_ = 1;
    std::vector<std::uint32_t> found_;
    std::size_t told_ = 0;
    std::string fault_;
};

} // namespace

void search_messages(imap_context& c, std::string_view tag, const search_wish& wish) {
    const auto results = wish.returns ? results_of(*wish.returns) : search_results{};
    if (!results) {
        return finish(c, imap::condition::bad, "this server does not know the option");
    }
    if (!is_known(wish.charset)) {
        if (results->save) {
            c.selected->save({}); // RFC 9051 6.4.4.1: so it is with every NO
        }
        return finish(c, imap::condition::no, imap::code_badcharset{charsets}, "the charset is not known here");
    }
    const auto job = std::make_shared<search_job>(c, wish.keys, wish.by);
    c.reply.add([job] { return job->look(); });
    if (!wish.returns) {
        c.reply.add([job] { return job->tell(); });
    }
    if (results->has_answer()) {
        c.reply.add([job, tag = std::string(tag), results] { return job->tell(tag, *results); });
    }
    if (results->save) {
        c.reply.add([job, results] { return job->save(*results); });
    }
    c.reply.add([job] { return job->finish(); });
}

} // namespace mail_server
