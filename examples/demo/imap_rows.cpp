// SPDX-License-Identifier: BSL-1.0
#include "demo/rows.hpp"

#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include "demo/imap_link.hpp"
#include "demo/messages.hpp"

namespace demo {
namespace {

// A mailbox of its own, so that message numbers and UIDs are known beforehand.
const std::string root = "mailwire-demo";

class imap_walk {
public:
    imap_walk(report& out, const account& who) : out_(out), who_(who), mail_(who.imap) {}

    void run() {
        begin();
        clear();
        create();
        file_messages_in();
        headers_first();
        search();
        part_of_a_message();
        flags();
        large_message();
        hierarchy();
        copy_and_move();
        rename();
        remove();
        log_out();
    }

private:
    void row(std::string_view what, std::initializer_list<std::string_view> expected, std::string understood,
             bool right, std::initializer_list<std::string_view> absent = {}) {
        out_.print({"IMAP", what, expected, absent, std::move(understood), right}, mail_.wire());
    }

    std::string name(const std::string& below) const { return root + delimiter_ + below; }

    void begin() {
        if (!mail_.log_in(who_.user, who_.password)) throw std::runtime_error("the server does not let us in");
        // The delimiter of the hierarchy is the server's choice.
        mail_.run(imap::list{"", ""}, [this](const imap::client_event& e) {
            imap::on(e.response, [this](const imap::list_data& l) { delimiter_ = std::string(l.delimiter.spelled()); });
        });
    }

    // What an earlier run may have left behind goes away, the deepest first.
    void clear() {
        std::vector<std::string> left = listed(root + "*");
        std::sort(left.begin(), left.end(), [](const auto& a, const auto& b) { return a.size() > b.size(); });
        for (const std::string& mailbox : left)
            mail_.run(imap::delete_{mailbox});
    }

    std::vector<std::string> listed(const std::string& pattern) {
        std::vector<std::string> names;
        mail_.run(imap::list{"", pattern}, [&names](const imap::client_event& e) {
            imap::on(e.response, [&names](const imap::list_data& l) {
                std::string& s = names.emplace_back();
                l.mailbox.for_each([&s](char c) { s += c; });
            });
        });
        std::sort(names.begin(), names.end());
        return names;
    }

    static std::string joined(const std::vector<std::string>& names) {
        std::string all;
        for (const std::string& n : names)
            all += (all.empty() ? "" : ", ") + n;
        return all.empty() ? "nothing" : all;
    }

    void create() {
        const bool ok = mail_.run(imap::create{root});
        wire_text create_wire = mail_.wire();
        const auto names = listed(root);
        mail_.wire().sent.insert(0, create_wire.sent);
        mail_.wire().received.insert(0, create_wire.received);
        row("create a mailbox", {" OK", "\"" + std::string(1, delimiter_[0]) + "\" mailwire-demo\r\n"},
            "there is " + joined(names), ok && names.size() == 1 && names.front() == root);
    }

    bool append(std::string_view message) {
        return mail_.run(imap::append{.mailbox = root,
                                      .date = "12-Nov-2026 10:00:00 +0000",
                                      .message = mailwire::text::streamed(message.size())},
                         {}, message);
    }

    void file_messages_in() {
        bool ok = append(plain_message);
        ok = append(dotted_message) && ok;
        ok = append(parts_message) && ok;
        row("file a message into it", {" OK"}, "appended, the literal streamed", ok);
        std::uint32_t count = 0;
        ok = mail_.run(imap::select{root}, [&count](const imap::client_event& e) {
            imap::on(e.response, [&count](const imap::exists& n) { count = n.value; });
        });
        row("select the mailbox", {"* 3 EXISTS\r\n", "[UIDVALIDITY ", "[READ-WRITE]"},
            std::to_string(count) + " messages", ok && count == 3);
    }

    void headers_first() {
        std::string subject, fields;
        std::uint64_t size = 0;
        bool seen = false;
        const mailwire::text wanted[] = {"SUBJECT", "FROM"};
        const imap::fetch_body_peek headers{.section = {.what = imap::section_text::header_fields, .fields = wanted}};
        const bool ok = mail_.run(imap::fetch{.messages = 1U,
                                              .att = {imap::fetch_envelope{}, imap::fetch_rfc822_size{},
                                                      imap::fetch_internal_date{}, imap::fetch_flags{}, headers}},
                                  [&](const imap::client_event& e) {
                                      imap::on(e.response, [&](const imap::fetch_data& f) {
                                          if (auto v = f.att.get<imap::envelope>())
                                              subject = std::string(v->subject.spelled());
                                          if (auto v = f.att.get<imap::rfc822_size>()) size = v->value;
                                          if (auto v = f.att.get<imap::body_section>())
                                              fields = std::string(v->value.spelled());
                                          if (auto v = f.att.get<imap::flags>()) {
                                              for (const auto& flag : v->value)
                                                  seen = seen || flag.equal_ignoring_case("\\Seen");
                                          }
                                      });
                                  });
        row("look at headers before downloading",
            {"ENVELOPE (\"Mon, 2 Nov 2026 10:00:00 +0100\" \"Lunch on Thursday\" "
             "((\"Ada Example\" NIL \"ada\" \"example.org\")) ((\"Ada Example\" NIL \"ada\" \"example.org\")) "
             "((\"Ada Example\" NIL \"ada\" \"example.org\")) ((\"Bob, Example\" NIL \"bob\" \"example.net\")) "
             "NIL NIL NIL \"<demo-1@example.org>\")",
             "RFC822.SIZE 201", "INTERNALDATE \"12-Nov-2026 10:00:00 +0000\"",
             "BODY[HEADER.FIELDS (SUBJECT FROM)] {67}\r\n"},
            "\"" + subject + "\", " + std::to_string(size) + " octets, still unseen",
            ok && subject == "Lunch on Thursday" && size == plain_message.size() && !seen &&
                fields == "From: Ada Example <ada@example.org>\r\nSubject: Lunch on Thursday\r\n\r\n",
            {"\\Seen", "noon"});
    }

    void search() {
        std::vector<std::uint32_t> found;
        const bool ok =
            mail_.run(imap::search{.keys = {imap::key::text{"pomegranate"}}}, [&](const imap::client_event& e) {
                imap::on(e.response,
                         [&](const imap::search_data& s) { found.assign(s.numbers.begin(), s.numbers.end()); });
            });
        row("search text on the server", {"* SEARCH 2\r\n"}, std::to_string(found.size()) + " message found, number 2",
            ok && found == std::vector<std::uint32_t>{2});
        found.clear();
        const bool ok2 = mail_.run(
            imap::search{.keys = {imap::key::or_{imap::key::subject{"lunch"}, imap::key::subject{"two parts"}},
                                  imap::key::not_{imap::key::from{"carol"}}}},
            [&](const imap::client_event& e) {
                imap::on(e.response,
                         [&](const imap::search_data& s) { found.assign(s.numbers.begin(), s.numbers.end()); });
            });
        row("search with several criteria", {"* SEARCH 1 3\r\n"}, "messages 1 and 3",
            ok2 && found == std::vector<std::uint32_t>{1, 3});
    }

    void part_of_a_message() {
        std::string kinds;
        bool ok = mail_.run(
            imap::fetch{.messages = 3U, .att = {imap::fetch_body_structure{}}}, [&](const imap::client_event& e) {
                imap::on(e.response, [&](const imap::fetch_data& f) {
                    if (auto b = f.att.get<imap::body_structure>()) {
                        for (const imap::body& p : b->parts) {
                            kinds += std::string(p.type.spelled()) + "/" + std::string(p.subtype.spelled()) + " ";
                        }
                    }
                });
            });
        row("see the parts of a message",
            {"BODYSTRUCTURE ((\"text\" \"plain\" (\"charset\" \"us-ascii\") NIL NIL \"7bit\" 15 0 NIL NIL NIL NIL)"
             "(\"application\" \"octet-stream\" (\"name\" \"fox.bin\") NIL NIL \"base64\" 28 NIL NIL NIL NIL) "
             "\"mixed\" (\"boundary\" \"cut\") NIL NIL NIL)"},
            kinds, ok && kinds == "text/plain application/octet-stream ");
        std::string octets;
        ok = mail_.run(
            imap::fetch{.messages = 3U,
                        .att = {imap::fetch_body_peek{.section = {.part = "2"}, .partial = imap::partial{4, 8}}}},
            [&](const imap::client_event& e) {
                imap::on(e.response, [&](const imap::fetch_data& f) {
                    if (auto b = f.att.get<imap::body_section>()) octets = std::string(b->value.spelled());
                });
            });
        row("fetch a part of a message, and of that eight octets", {"* 3 FETCH (BODY[2]<4> {8}\r\nIHF1aWNr)\r\n"},
            octets, ok && octets == "IHF1aWNr");
    }

    void flags() {
        bool flagged = false;
        const mailwire::text wanted[] = {"\\Flagged"};
        const bool ok = mail_.run(imap::store{.messages = 1U, .action = imap::store_action::add, .flags = wanted},
                                  [&](const imap::client_event& e) {
                                      imap::on(e.response, [&](const imap::fetch_data& f) {
                                          const auto v = f.att.get<imap::flags>();
                                          if (!v) return;
                                          for (const auto& flag : v->value)
                                              flagged = flagged || flag.equal_ignoring_case("\\Flagged");
                                      });
                                  });
        row("set a flag", {"* 1 FETCH (FLAGS (\\Flagged"}, flagged ? "message 1 is flagged" : "no flag", ok && flagged);
    }

    void large_message() {
        std::string message = "Subject: large\r\n\r\n";
        while (message.size() < 2'000'000)
            message += "0123456789 the quick brown fox jumps over the lazy dog\r\n";
        bool ok = append(message);
        std::uint64_t total = 0, announced = 0;
        std::size_t at = 0;
        bool equal = true;
        ok = mail_.run(imap::fetch{.messages = 4U, .att = {imap::fetch_body_peek{}}}, [&](const imap::client_event& e) {
            if (e.kind == imap::client_event_kind::literal_begin) announced = e.octets_total;
            if (e.kind != imap::client_event_kind::literal_data) return;
            equal = equal && message.compare(at, e.octets.size(), e.octets) == 0;
            at += e.octets.size();
            total += e.octets.size();
        }) && ok;
        row("download a large message through a small buffer", {"* 4 FETCH (BODY[] {2000002}\r\nSubject: large\r\n"},
            std::to_string(total) + " octets in pieces", ok && equal && total == message.size() && announced == total);
    }

    void hierarchy() {
        bool ok = mail_.run(imap::create{name("2026")});
        ok = mail_.run(imap::create{name("2026" + delimiter_ + "november")}) && ok;
        const auto all = listed(root + delimiter_ + "*");
        row("nest mailboxes", {"mailwire-demo" + delimiter_ + "2026" + delimiter_ + "november\r\n"}, joined(all),
            ok && all == std::vector<std::string>{name("2026"), name("2026" + delimiter_ + "november")});
        const auto level = listed(root + delimiter_ + "%");
        row("list one level of them", {"mailwire-demo" + delimiter_ + "2026\r\n"}, joined(level),
            level == std::vector<std::string>{name("2026")}, {"november"});
    }

    std::uint64_t messages_in(const std::string& mailbox) {
        std::uint64_t count = 0;
        mail_.run(imap::status{.mailbox = mailbox, .att = {imap::status_messages{}}}, [&](const imap::client_event& e) {
            imap::on(e.response, [&](const imap::status_data& s) {
                if (auto m = s.values.get<imap::messages>()) count = m->value;
            });
        });
        return count;
    }

    void copy_and_move() {
        bool ok = mail_.run(imap::copy{.messages = 1U, .mailbox = name("2026")});
        std::uint32_t gone = 0;
        ok = mail_.run(imap::uid_move{.messages = 2U, .mailbox = name("2026")}, [&](const imap::client_event& e) {
            imap::on(e.response, [&](const imap::expunge_data& x) { gone = x.number; });
        }) && ok;
        row("file messages into mailboxes: move", {"* 2 EXPUNGE\r\n"},
            "number " + std::to_string(gone) + " is gone from here", ok && gone == 2);
        const auto there = messages_in(name("2026"));
        row("file messages into mailboxes: one copied, one moved",
            {"STATUS mailwire-demo" + delimiter_ + "2026 (MESSAGES 2)\r\n"}, std::to_string(there) + " messages there",
            there == 2);
    }

    void rename() {
        const bool ok = mail_.run(imap::rename{name("2026"), name("archive")});
        const auto all = listed(root + delimiter_ + "*");
        row("rename a mailbox with those below it",
            {"mailwire-demo" + delimiter_ + "archive" + delimiter_ + "november\r\n"}, joined(all),
            ok && all == std::vector<std::string>{name("archive"), name("archive" + delimiter_ + "november")},
            {"2026"});
    }

    void remove() {
        bool ok = mail_.run(imap::delete_{name("archive" + delimiter_ + "november")});
        ok = mail_.run(imap::delete_{name("archive")}) && ok;
        const auto left = listed(root + delimiter_ + "*");
        row("delete mailboxes", {" OK"}, "below " + root + " there is " + joined(left), ok && left.empty(),
            {"archive"});
        mail_.run(imap::close{});
        mail_.run(imap::delete_{root});
    }

    void log_out() {
        bool bye = false;
        const bool ok = mail_.run(imap::logout{}, [&](const imap::client_event& e) {
            imap::on(e.response,
                     [&](const imap::status_response& s) { bye = bye || s.condition == imap::condition::bye; });
        });
        row("log out", {"* BYE"}, "the server says goodbye", ok && bye);
    }

    report& out_;
    const account& who_;
    imap_link mail_;
    std::string delimiter_ = "/";
};

} // namespace

void imap_rows(report& out, const account& who) {
    try {
        imap_walk(out, who).run();
    } catch (const std::exception& e) {
        out.broke("IMAP", e.what());
    }
}

} // namespace demo
