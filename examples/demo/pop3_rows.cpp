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
            log_in(mail);
            list(mail);
            fetch_one_by_one(mail);
            mail.run(pop3::quit{});
        }
        keep_mode();
        delete_mode();
    }

private:
    void row(pop3_link& mail, std::string_view what, std::initializer_list<std::string_view> expected,
             std::string understood, bool right) {
        out_.print({"POP3", what, expected, {}, std::move(understood), right}, mail.wire());
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

    bool enter(pop3_link& mail) { return mail.run(pop3::user{who_.user}) && mail.run(pop3::pass{who_.password}); }

    // The unique-ids of all that is on the server.
    std::set<std::string> ids() {
        pop3_link mail(who_.pop3);
        std::set<std::string> all;
        if (!enter(mail)) throw std::runtime_error("the server does not let us in");
        mail.run(pop3::uidl{}, [&all](const pop3::client_event& e) {
            if (e.kind == pop3::client_event_kind::unique_id) all.emplace(e.unique_id().id);
        });
        mail.run(pop3::quit{});
        return all;
    }

    void log_in(pop3_link& mail) {
        bool ok = mail.run(pop3::user{who_.user});
        const wire_text first = mail.wire();
        ok = mail.run(pop3::pass{who_.password}) && ok;
        mail.wire().sent.insert(0, first.sent);
        mail.wire().received.insert(0, first.received);
        row(mail, "log in", {"+OK"}, ok ? "in state TRANSACTION" : "refused",
            ok && mail.session().state() == pop3::client_state::transaction);
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
        pop3::fetcher fetch(mode, storage);
        std::vector<std::string> fetched;
        std::string body;
        while (fetch.state() != pop3::fetch_state::done && fetch.state() != pop3::fetch_state::no_listing) {
            fetch.step(mail.session());
            const pop3::client_event e = mail.next_event();
            if (e.kind == pop3::client_event_kind::closed) break;
            if (e.kind == pop3::client_event_kind::body) body += e.body;
            fetch.take(e, [this](const pop3::unique_id& u) { return before_.contains(std::string(u.id)); });
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
        mail.wire().forget();
        const auto fetched = fetch_all(mail, pop3::fetch_mode::keep);
        mail.run(pop3::quit{});
        const auto left = ids();
        row(mail, "keep mode leaves the mail on the server", {"+OK"},
            std::to_string(fetched.size()) + " fetched, " + std::to_string(left.size()) + " still there",
            all_ours(fetched) && left.size() == before_.size() + our_messages.size());
    }

    // In this mode a fetcher removes what it has seen before as well, so this walks by hand: only our own mail may go.
    void delete_mode() {
        pop3_link mail(who_.pop3);
        enter(mail);
        bool ok = true;
        std::string sent, received;
        for (const listed_message& m : ours_) {
            ok = mail.run(pop3::retr{m.number}) && mail.run(pop3::dele{m.number}) && ok;
            sent += mail.wire().sent;
            received += mail.wire().received;
        }
        ok = mail.run(pop3::quit{}) && ok;
        mail.wire().sent.insert(0, sent);
        mail.wire().received.insert(0, received);
        const auto left = ids();
        row(mail, "delete mode removes it after QUIT", {"+OK"},
            std::to_string(left.size()) + " left of what was ours: none", ok && left == before_);
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
