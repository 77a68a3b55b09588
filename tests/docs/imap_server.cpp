// SPDX-License-Identifier: BSL-1.0
// The snippets of docs/imap-server.md, as they stand there, and what goes over the wire; its table of limits.
#include "docs/script.hpp"

#include "mailwire/imap/server.hpp"
#include "mailwire/sasl/plain.hpp"

#include <array>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace imap = mailwire::imap;
namespace sasl = mailwire::sasl;
using mailwire::misuse;
using mailwire::test::script;

namespace {

using connection = script;

struct known_users {
    bool check(std::string_view user, std::string_view password) { return user == "ada" && password == "secret"; }
    bool allows(std::string_view, std::string_view) { return false; }
};

class keeper {
public:
    explicit keeper(connection& c) : client(c) {}

    void run() {
        mail.greet({imap::condition::ok, imap::code_capability{{"IMAP4rev2", "IMAP4rev1", "AUTH=PLAIN", "LITERAL+"}},
                    "at your service"});
        for (;;) {
            while (!mail.output().empty())
                mail.sent(client.write(mail.output()));
            mail.at(now());
            const imap::server_event e = mail.next();
            switch (e.kind) {
            case imap::server_event_kind::need_input:
                if (const std::size_t n = client.read(mail.prepare()); n != 0) {
                    mail.commit(n);
                } else {
                    mail.closed();
                }
                break;
            case imap::server_event_kind::command:
                answer(e.command);
                break;
            case imap::server_event_kind::response:
                step();
                break;
            case imap::server_event_kind::literal_begin:
                begin_message(e);
                break;
            case imap::server_event_kind::literal_data:
                store(e.octets);
                break;
            case imap::server_event_kind::done: // of IDLE
                finish(imap::condition::ok, "done");
                break;
            case imap::server_event_kind::error:
                note(e.error); // the session has answered; a fatal one comes again and again
                if (is_fatal(e.error.code)) return;
                break;
            case imap::server_event_kind::closed:
                return;
            default:
                break;
            }
        }
    }

    void answer(const imap::command& command) {
        const bool done = on(
            command, [&](imap::capability) { announce(); },
            [&](const imap::login& c) { check(c.user, c.password) ? welcome() : sorry(); },
            [&](const imap::authenticate& c) { c.mechanism == "PLAIN" ? step() : sorry(); },
            [&](const imap::enable& c) { enable(c); }, [&](const imap::select& c) { open(c.mailbox); },
            [&](const imap::uid_fetch&) { give_message(); },
            [&](const imap::append&) {
                mail.finish({imap::condition::ok, imap::code_appenduid{7, 24U}, "kept"});
            },
            [&](imap::idle) { mail.begin_idle() == misuse::none ? tell_news() : void(); },
            [&](imap::noop) { finish(imap::condition::ok, "still here"); },
            [&](imap::logout) { finish(imap::condition::ok, "bye"); }); // the session says BYE first
        if (!done) finish(imap::condition::no, "not here");
    }

    void finish(imap::condition c, std::string_view text) { mail.finish({c, {}, text}); }
    void announce() {
        mail.send(imap::capability_data{{"IMAP4rev2", "IMAP4rev1", "ENABLE", "IDLE", "LITERAL+", "CONDSTORE"}});
        finish(imap::condition::ok, "that is all");
    }
    void welcome() {
        static constexpr mailwire::text now[] = {"IMAP4rev2", "IMAP4rev1", "LITERAL+", "CONDSTORE"};
        const imap::code_capability code{now};
        mail.finish({imap::condition::ok, code, "welcome"});
    }
    void sorry() { mail.finish({imap::condition::no, imap::code_authenticationfailed{}, "no"}); }

    // For AUTHENTICATE and for each response of the client.
    void step() {
        const sasl::step s = mail.step(plain);
        if (s.status == sasl::status::done) welcome();
        if (s.status == sasl::status::failed) sorry();
    }

    void enable(const imap::enable& command) {
        bool condstore = false;
        for (const mailwire::text& name : command.capabilities)
            condstore = condstore || name.equal_ignoring_case("CONDSTORE");
        mail.send(condstore ? imap::enabled_data{{"CONDSTORE"}}
                            : imap::enabled_data{}); // what is new, and nothing else
        finish(imap::condition::ok, "enabled");
    }

    void open(const mailwire::text& mailbox) {
        if (mail.state() == imap::server_state::selected) {
            mail.send({imap::condition::ok, imap::code_closed{}, "the other mailbox"});
        }
        if (!mailbox.equal_ignoring_case("INBOX")) return finish(imap::condition::no, "there is none of that name");
        mail.send(imap::exists{2});
        mail.send(imap::flags_data{{"\\Seen", "\\Deleted"}});
        mail.send({imap::condition::ok, imap::code_uidvalidity{7}, "UIDs are valid"});
        mail.send({imap::condition::ok, imap::code_uidnext{24}, "the next UID"});
        mail.send(imap::list_data{.delimiter = "/", .mailbox = "INBOX"});
        mail.finish({imap::condition::ok, imap::code_read_write{}, "open"});
    }

    void give_message() {
        const imap::body_section body{.value = mailwire::text::streamed(message.size())};
        mail.send(imap::fetch_data{.number = 2, .att = {imap::uid{23}, body}});
        mail.literal(message); // not copied: it lives until it is sent
        while (!mail.output().empty())
            mail.sent(client.write(mail.output()));
        finish(imap::condition::ok, "that was it");
    }

    void begin_message(const imap::server_event& e) {
        const auto command = e.command.value().as<imap::append>();
        if (e.octets_total > largest_message) {
            mail.finish({imap::condition::no, imap::code_limit{}, "too large"}); // the client keeps its message
        } else {
            begin(command.mailbox, e.octets_total);
            mail.accept_literal();
        }
    }

    void tell_news() { mail.send(imap::exists{3}); }

    imap::server_storage<> storage = {};
    imap::server mail{storage.buffers(), {.secure = true}};
    std::string message = "Subject: x\r\n\r\nhello\r\n";
    std::string stored;
    std::string log;

private:
    static mailwire::instant now() { return 0; }
    static bool check(const mailwire::text& user, const mailwire::text& word) {
        return user == "ada" && word == "secret";
    }
    void begin(const mailwire::text& mailbox, std::uint64_t octets) {
        log += std::string(mailbox.spelled()) + " gets " + std::to_string(octets) + "\n";
    }
    void store(std::string_view octets) { stored += octets; }
    void note(const mailwire::error& e) { log += std::string(name_of(e.code)) + "\n"; }

    connection& client;
    known_users users;
    std::array<char, 512> names = {};
    sasl::plain_server<known_users> plain{users, names};
    std::uint64_t largest_message = 1000;
};

void walk(std::size_t piece) {
    script client(
        {
            {"* OK [CAPABILITY IMAP4rev2 IMAP4rev1 AUTH=PLAIN LITERAL+] at your service\r\n", "a CHECK\r\n"},
            {"a BAD unexpected command\r\n", "b AUTHENTICATE PLAIN\r\n"},
            {"+ \r\n", "AGFkYQBzZWNyZXQ=\r\n"},
            {"b OK [CAPABILITY IMAP4rev2 IMAP4rev1 LITERAL+ CONDSTORE] welcome\r\n",
             "c ENABLE CONDSTORE X-NEW\r\nd SELECT INBOX\r\n"},
            {"* ENABLED CONDSTORE\r\nc OK enabled\r\n* 2 EXISTS\r\n* FLAGS (\\Seen \\Deleted)\r\n"
             "* OK [UIDVALIDITY 7] UIDs are valid\r\n* OK [UIDNEXT 24] the next UID\r\n* LIST () \"/\" INBOX\r\n"
             "d OK [READ-WRITE] open\r\n",
             "e UID FETCH 23 (BODY.PEEK[])\r\n"},
            {"* 2 FETCH (UID 23 BODY[] {21}\r\nSubject: x\r\n\r\nhello\r\n)\r\ne OK that was it\r\n",
             "f APPEND Sent {3}\r\n"},
            {"+ go ahead\r\n", "abc\r\ng APPEND Sent {2000}\r\n"},
            {"f OK [APPENDUID 7 24] kept\r\ng NO [LIMIT] too large\r\n", "h IDLE\r\n"},
            {"+ idling\r\n* 3 EXISTS\r\n", "DONE\r\n"},
            {"h OK done\r\n", "i LIST \"\" *\r\nj LOGOUT\r\n"},
            {"i NO not here\r\n* BYE logging out\r\nj OK bye\r\n", ""},
        },
        piece);
    keeper program(client);
    program.run();
    client.expect_all_heard();
    EXPECT_EQ(program.mail.state(), imap::server_state::logged_out);
    EXPECT_EQ(program.stored, "abc");
    EXPECT_EQ(program.log, "unexpected command\nSent gets 3\n");
}

TEST(docs_imap_server, a_whole_session) {
    for (const std::size_t piece : {1U, 7U, 100000U})
        walk(piece);
}

TEST(docs_imap_server, its_table_has_every_limit_with_its_default) {
    std::ifstream in(std::filesystem::path(MAILWIRE_TESTS_DIR).parent_path() / "docs" / "imap-server.md");
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    const imap::limits limits;
    const auto check = [&](const char* name, std::uint64_t value) {
        const std::string row = "| `" + std::string(name) + "` | " + std::to_string(value) + " ";
        EXPECT_NE(text.find(row), std::string::npos) << row;
    };
    check("unit", limits.unit);
    check("unit_before_login", limits.unit_before_login);
    check("inline_literal", limits.inline_literal);
    check("literal", limits.literal);
    check("command_literals", limits.command_literals);
    check("command_literals_before_login", limits.command_literals_before_login);
    check("literals", limits.literals);
    check("tag", limits.tag);
    check("depth", limits.depth);
    check("bad_commands", limits.bad_commands);
    check("bad_commands_before_login", limits.bad_commands_before_login);
    check("commands_before_login", limits.commands_before_login);
    check("login_seconds", limits.login_seconds);
    check("idle_seconds", limits.idle_seconds);
    check("idle_anew_seconds", limits.idle_anew_seconds);
    check("answer_seconds", limits.answer_seconds);
}

} // namespace
