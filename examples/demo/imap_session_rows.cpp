// SPDX-License-Identifier: BSL-1.0
#include "demo/rows.hpp"

#include <cstdint>
#include <exception>
#include <initializer_list>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "demo/imap_link.hpp"
#include "demo/messages.hpp"

namespace demo {
namespace {

// A mailbox of its own.
const std::string watched = "mailwire-watched";

class session_walk {
public:
    session_walk(report& out, const account& who) : out_(out), who_(who), mail_(who.imap) {}

    void run() {
        if (!mail_.log_in(who_.user, who_.password)) throw std::runtime_error("the server does not let us in");
        mail_.run(imap::delete_{watched}); // what an earlier run has left
        mail_.run(imap::create{watched});
        if (!mail_.run(imap::select{watched})) throw std::runtime_error("the mailbox cannot be selected");
        commands_at_once();
        idle();
        know_the_mailbox();
        mail_.run(imap::close{});
        mail_.run(imap::delete_{watched});
        mail_.run(imap::logout{});
    }

private:
    void row(std::string_view what, std::initializer_list<std::string_view> expected, std::string understood,
             bool right) {
        out_.print({"IMAP", what, expected, {}, std::move(understood), right}, mail_.wire());
        mail_.wire().forget();
    }

    // What may be ambiguous is held back: a number behind a command that may change the numbers.
    void commands_at_once() {
        mail_.run(imap::append{.mailbox = watched, .message = plain_message});
        mail_.run(imap::noop{});
        mail_.wire().forget();
        std::vector<std::uint32_t> sent{mail_.send(imap::fetch{.messages = 1U, .att = {imap::fetch_flags{}}}),
                                        mail_.send(imap::search{.keys = {imap::key::all{}}}), mail_.send(imap::noop{})};
        const bool held_back =
            mail_.session().send(imap::copy{.messages = 1U, .mailbox = watched}).fault == mailwire::misuse::busy;
        std::vector<std::uint32_t> answered;
        const bool ok = mail_.finish([&answered](const imap::client_event& e) {
            if (e.kind == imap::client_event_kind::done) answered.push_back(e.command);
        });
        row("send three commands at once", {"* 1 FETCH (", "* SEARCH 1\r\n", " OK"},
            "each answer is found; COPY by number has to wait for NOOP", ok && held_back && answered == sent);
    }

    // While one connection is idle, another one files a message in and takes it away again.
    void idle() {
        constexpr std::string_view what = "be told what happens, while nothing is asked";
        if (!mail_.session().capabilities().has<"IDLE">()) return out_.skip("IMAP", what, "the server has no IDLE");
        mail_.send(imap::idle{});
        while (mail_.next_event().kind != imap::client_event_kind::idling) {
        }
        imap_link other(who_.imap);
        other.log_in(who_.user, who_.password);
        other.run(imap::append{.mailbox = watched, .message = plain_message});
        wait_for(2);
        other.run(imap::select{watched});
        const mailwire::text deleted[] = {"\\Deleted"};
        other.run(imap::store{.messages = 2U, .action = imap::store_action::add, .flags = deleted});
        other.run(imap::expunge{});
        wait_for(1);
        other.run(imap::logout{});
        mail_.session().end_idle();
        const bool ok = mail_.finish();
        row(what, {"+ ", "* 2 EXISTS\r\n", "* 2 EXPUNGE\r\n", " OK"}, "one came, one went",
            ok && mail_.session().mailbox().exists() == 1);
    }
    void wait_for(std::uint32_t messages) {
        while (mail_.session().mailbox().exists() != messages) {
            if (mail_.next_event().kind != imap::client_event_kind::response) {
                throw std::runtime_error("IDLE has broken off");
            }
        }
    }

    void know_the_mailbox() {
        const imap::mailbox_facts& box = mail_.session().mailbox();
        mail_.run(imap::append{.mailbox = watched, .message = plain_message});
        const bool ok = mail_.run(imap::noop{});
        row("keep count of the mailbox", {" OK"},
            std::to_string(box.exists()) + " messages, UIDVALIDITY " + std::to_string(box.uid_validity()),
            ok && box.exists() == 2 && box.uid_validity() != 0 && box.uid_next() != 0 && !box.read_only());
    }

    report& out_;
    const account& who_;
    imap_link mail_;
};

} // namespace

void imap_session_rows(report& out, const account& who) {
    try {
        session_walk(out, who).run();
    } catch (const std::exception& e) {
        out.broke("IMAP", e.what());
    }
}

} // namespace demo
