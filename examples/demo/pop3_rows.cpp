// SPDX-License-Identifier: BSL-1.0
#include "demo/rows.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "demo/imap_link.hpp"
#include "demo/messages.hpp"
#include "demo/pop3_link.hpp"

namespace demo {
namespace {

constexpr std::array our_messages{plain_message, dotted_message, parts_message};

// One message as it is listed.
struct listed_message {
    std::uint32_t number = 0;
    std::uint64_t octets = 0;
    std::string id;
};

class pop3_walk {
public:
    pop3_walk(report& out, const account& who) : out_(out), who_(who) {}

    void run() {
        before_ = ids();
        deliver();
        {
            pop3_link mail(who_.pop3);
            enter(mail);
            list(mail);
            look_at_a_header(mail);
            fetch_one_by_one(mail);
            change_of_mind(mail);
            mail.run(pop3::quit{});
        }
        keep_mode();
        delete_mode();
    }

private:
    void row(pop3_link& mail, std::string_view what, std::initializer_list<std::string_view> expected,
             std::string understood, bool right, std::initializer_list<std::string_view> absent = {}) {
        out_.print({"POP3", what, expected, absent, std::move(understood), right}, mail.wire());
        mail.wire().forget();
    }

    // POP3 cannot file mail, so the messages come through IMAP.
    void deliver() {
        imap_link mail(who_.imap);
        bool ok = mail.run(imap::login{who_.user, who_.password});
        for (const std::string_view m : our_messages) {
            ok = ok && mail.run(imap::append{.mailbox = "INBOX", .message = mailwire::text::streamed(m.size())}, {}, m);
        }
        mail.run(imap::logout{});
        if (!ok) throw std::runtime_error("the messages could not be put into INBOX");
    }

    void enter(pop3_link& mail) {
        if (!mail.run(pop3::user{who_.user}) || !mail.run(pop3::pass{who_.password})) {
            throw std::runtime_error("the server does not let us in");
        }
        mail.wire().forget();
    }

    // The unique-ids of all that is on the server.
    std::set<std::string> ids() {
        pop3_link mail(who_.pop3);
        std::set<std::string> all;
        enter(mail);
        mail.run(pop3::uidl{}, [&all](const pop3::client_event& e) {
            if (e.kind == pop3::client_event_kind::unique_id) all.emplace(e.unique_id().id);
        });
        mail.run(pop3::quit{});
        return all;
    }

    void list(pop3_link& mail) {
        std::vector<listed_message> all;
        bool ok = mail.run(pop3::list{}, [&all](const pop3::client_event& e) {
            if (e.kind != pop3::client_event_kind::scan_listing) return;
            all.push_back({e.scan_listing().message, e.scan_listing().octets, {}});
        });
        const std::size_t count = before_.size() + our_messages.size();
        row(mail, "list the messages", {"+OK", " 201\r\n", " 162\r\n", " 413\r\n", "\r\n.\r\n"},
            std::to_string(all.size()) + " messages", ok && all.size() == count);
        std::size_t at = 0;
        ok = mail.run(pop3::uidl{}, [&](const pop3::client_event& e) {
            if (e.kind == pop3::client_event_kind::unique_id && at < all.size()) all[at++].id = e.unique_id().id;
        });
        row(mail, "tell them apart by unique-id", {"+OK", "\r\n.\r\n"}, std::to_string(at) + " ids", ok && at == count);
        for (const listed_message& m : all) {
            if (!before_.contains(m.id)) ours_.push_back(m);
        }
    }

    void look_at_a_header(pop3_link& mail) {
        if (ours_.empty()) return;
        std::string header;
        const bool ok = mail.run(pop3::top{ours_.front().number, 0}, [&header](const pop3::client_event& e) {
            if (e.kind == pop3::client_event_kind::body) header += e.body;
        });
        row(mail, "look at a header before downloading", {"+OK", "\r\nSubject: Lunch on Thursday\r\n", "\r\n.\r\n"},
            std::to_string(header.size()) + " octets", ok && plain_message.starts_with(header), {"noon"});
    }

    // A mark that is taken back removes nothing, QUIT or not.
    void change_of_mind(pop3_link& mail) {
        if (ours_.empty()) return;
        const bool marked = mail.run(pop3::dele{ours_.front().number});
        const bool taken_back = mail.run(pop3::rset{});
        std::uint32_t left = 0;
        const bool ok = mail.run(pop3::stat{}, [&left](const pop3::client_event& e) {
            if (e.kind == pop3::client_event_kind::reply && e.ok) left = e.reply().drop.messages;
        });
        row(mail, "mark a message, and think again", {"+OK"}, std::to_string(left) + " messages, none is gone",
            marked && taken_back && ok && left == before_.size() + our_messages.size());
    }

    void fetch_one_by_one(pop3_link& mail) {
        const std::array wire_octets{plain_message.substr(plain_message.size() - 26),
                                     std::string_view("\r\n\r\n..\r\n...and a pomegranate\r\nend\r\n.\r\n"),
                                     std::string_view("VGhlIHF1aWNrIGJyb3duIGZveA==\r\n--cut--\r\n.\r\n")};
        for (std::size_t i = 0; i != our_messages.size() && i != ours_.size(); ++i) {
            std::string body;
            const bool ok = mail.run(pop3::retr{ours_[i].number}, [&body](const pop3::client_event& e) {
                if (e.kind == pop3::client_event_kind::body) body += e.body;
            });
            row(mail, "fetch message " + std::to_string(i + 1) + " of " + std::to_string(our_messages.size()),
                {"+OK", wire_octets[i]}, std::to_string(body.size()) + " octets, dots as they were sent",
                ok && body == our_messages[i]);
        }
    }

    // Fetches what is not in `before_` with the library's helper; returns the messages.
    std::vector<std::string> fetch_all(pop3_link& mail, pop3::fetch_mode mode) {
        std::array<pop3::wanted_message, 8> storage{};
        pop3::fetcher fetch({.mode = mode}, storage, mail.session().capabilities());
        std::vector<std::string> fetched;
        std::string body;
        while (!fetch.at_rest()) {
            fetch.step(mail.session());
            const pop3::client_event e = mail.next_event();
            if (e.kind == pop3::client_event_kind::closed) break;
            if (e.kind == pop3::client_event_kind::body) body += e.body;
            fetch.take(e, [this](const pop3::unique_id& u) {
                return before_.contains(std::string(u.id)) ? pop3::wish::leave : pop3::wish::fetch;
            });
            if (fetch.state() != pop3::fetch_state::storing) continue;
            fetched.push_back(std::move(body));
            body.clear();
            fetch.stored();
        }
        return fetched;
    }

    static bool all_ours(const std::vector<std::string>& fetched) {
        return std::set<std::string>(fetched.begin(), fetched.end()) ==
               std::set<std::string>(our_messages.begin(), our_messages.end());
    }

    void keep_mode() {
        pop3_link mail(who_.pop3);
        enter(mail);
        const auto fetched = fetch_all(mail, pop3::fetch_mode::keep);
        mail.run(pop3::quit{});
        const auto left = ids();
        row(mail, "keep mode leaves the mail on the server", {"+OK"},
            std::to_string(fetched.size()) + " fetched, " + std::to_string(left.size()) + " still there",
            all_ours(fetched) && left.size() == before_.size() + our_messages.size());
    }

    // What was there before is left where it is: only our own mail may go.
    void delete_mode() {
        pop3_link mail(who_.pop3);
        enter(mail);
        const auto fetched = fetch_all(mail, pop3::fetch_mode::remove);
        const bool ok = mail.run(pop3::quit{});
        const auto left = ids();
        row(mail, "delete mode removes it after QUIT", {"+OK"},
            std::to_string(fetched.size()) + " fetched, " + std::to_string(left.size()) + " left: those of others",
            ok && all_ours(fetched) && left == before_);
    }

    report& out_;
    const account& who_;
    std::set<std::string> before_;
    std::vector<listed_message> ours_;
};

} // namespace

void pop3_rows(report& out, const account& who) {
    try {
        pop3_walk(out, who).run();
    } catch (const std::exception& e) {
        out.broke("POP3", e.what());
    }
}

} // namespace demo
