// SPDX-License-Identifier: BSL-1.0
// The example conversations of RFC 1939 and RFC 2449, spoken by a client and a server that are joined by a pipe. What
// either puts out is compared with the RFC octet by octet, so that the two cannot share a mistake.

#include <mailwire/pop3.hpp>

#include "pop3/session/client_log.hpp"
#include "pop3/session/server_log.hpp"

namespace mailwire::pop3::test {
namespace {

struct exchange {
    std::string_view asked;    // a line of the client, without CRLF; empty: the server speaks first
    std::string_view answered; // the lines of the server
    log says;                  // what the client has to tell of them
};

struct transcript {
    const char* rfc;
    std::vector<exchange> exchanges;
};

// The first message of RFC 1939 10 is not printed there; this one has a line that needs stuffing.
const std::vector<transcript>& transcripts() {
    static const std::vector<transcript> all = {
        {"RFC 1939 10",
         {{"",
           "+OK POP3 server ready <1896.697170952@dbc.mtview.ca.us>\r\n",
           {"greeting +OK [POP3 server ready <1896.697170952@dbc.mtview.ca.us>] timestamp "
            "[<1896.697170952@dbc.mtview.ca.us>]"}},
          {"APOP mrose c4c9334bac560ecc979e58001b3e22fb",
           "+OK mrose's maildrop has 2 messages (320 octets)\r\n",
           {"+OK [mrose's maildrop has 2 messages (320 octets)]"}},
          {"STAT", "+OK 2 320\r\n", {"+OK 2 messages 320 octets"}},
          {"LIST",
           "+OK 2 messages (320 octets)\r\n1 120\r\n2 200\r\n.\r\n",
           {"+OK [2 messages (320 octets)]", "message 1 120 octets", "message 2 200 octets", "end"}},
          {"RETR 1",
           "+OK 120 octets\r\nFrom: a@b\r\n\r\n..\r\n.\r\n",
           {"+OK [120 octets]", "body [From: a@b\r\n\r\n.\r\n]", "end"}},
          {"DELE 1", "+OK message 1 deleted\r\n", {"+OK [message 1 deleted]"}},
          {"RETR 2", "+OK 200 octets\r\n.\r\n", {"+OK [200 octets]", "end"}},
          {"DELE 2", "+OK message 2 deleted\r\n", {"+OK [message 2 deleted]"}},
          {"QUIT",
           "+OK dewey POP3 server signing off (maildrop empty)\r\n",
           {"+OK [dewey POP3 server signing off (maildrop empty)]"}}}},
        {"RFC 1939 7, USER and PASS",
         {{"", "+OK POP3 server ready\r\n", {"greeting +OK [POP3 server ready]"}},
          {"USER frated", "-ERR sorry, no mailbox for frated here\r\n", {"-ERR [sorry, no mailbox for frated here]"}},
          {"USER mrose", "+OK mrose is a real hoopy frood\r\n", {"+OK [mrose is a real hoopy frood]"}},
          {"PASS secret", "-ERR maildrop already locked\r\n", {"-ERR [maildrop already locked]"}},
          {"USER mrose", "+OK mrose is a real hoopy frood\r\n", {"+OK [mrose is a real hoopy frood]"}},
          {"PASS secret",
           "+OK mrose's maildrop has 2 messages (320 octets)\r\n",
           {"+OK [mrose's maildrop has 2 messages (320 octets)]"}},
          {"LIST 2", "+OK 2 200\r\n", {"+OK message 2 200 octets"}},
          {"LIST 3",
           "-ERR no such message, only 2 messages in maildrop\r\n",
           {"-ERR [no such message, only 2 messages in maildrop]"}},
          {"DELE 2", "-ERR message 2 already deleted\r\n", {"-ERR [message 2 already deleted]"}},
          {"NOOP", "+OK\r\n", {"+OK"}},
          {"RSET", "+OK maildrop has 2 messages (320 octets)\r\n", {"+OK [maildrop has 2 messages (320 octets)]"}},
          {"TOP 1 10", "+OK\r\nSubject: x\r\n\r\n.\r\n", {"+OK", "body [Subject: x\r\n\r\n]", "end"}},
          {"TOP 100 3", "-ERR no such message\r\n", {"-ERR [no such message]"}},
          {"UIDL",
           "+OK\r\n1 whqtswO00WBw418f9t5JxYwZ\r\n2 QhdPYR:00WBw1Ph7x7\r\n.\r\n",
           {"+OK", "message 1 id [whqtswO00WBw418f9t5JxYwZ]", "message 2 id [QhdPYR:00WBw1Ph7x7]", "end"}},
          {"UIDL 2", "+OK 2 QhdPYR:00WBw1Ph7x7\r\n", {"+OK message 2 id [QhdPYR:00WBw1Ph7x7]"}},
          {"UIDL 3",
           "-ERR no such message, only 2 messages in maildrop\r\n",
           {"-ERR [no such message, only 2 messages in maildrop]"}},
          {"QUIT",
           "+OK dewey POP3 server signing off (2 messages left)\r\n",
           {"+OK [dewey POP3 server signing off (2 messages left)]"}}}},
        {"RFC 2449 5 and 8",
         {{"",
           "+OK <1896.697170952@dbc.mtview.ca.us>\r\n",
           {"greeting +OK [<1896.697170952@dbc.mtview.ca.us>] timestamp [<1896.697170952@dbc.mtview.ca.us>]"}},
          {"CAPA",
           "+OK Capability list follows\r\nTOP\r\nUSER\r\nSASL CRAM-MD5 KERBEROS_V4\r\nRESP-CODES\r\nLOGIN-DELAY "
           "900\r\n"
           "PIPELINING\r\nEXPIRE 60\r\nUIDL\r\nIMPLEMENTATION Shlemazle-Plotz-v302\r\n.\r\n",
           {"+OK [Capability list follows]", "can TOP", "can USER", "can SASL [CRAM-MD5 KERBEROS_V4]", "can RESP-CODES",
            "can LOGIN-DELAY 900", "can PIPELINING", "can EXPIRE 60", "can UIDL",
            "can IMPLEMENTATION [Shlemazle-Plotz-v302]", "end"}},
          {"APOP mrose c4c9334bac560ecc979e58001b3e22fb",
           "-ERR [IN-USE] Do you have another POP session running?\r\n",
           {"-ERR code [IN-USE] [Do you have another POP session running?]"}},
          {"QUIT", "+OK\r\n", {"+OK"}}}},
    };
    return all;
}

// Has a client send what a line says.
misuse send_line(pop3::client& mail, std::string_view line) {
    std::array<token, tokens_of_a_line> tape;
    const std::string unit = std::string(line) + "\r\n";
    misuse result = misuse::wrong_state;
    visit<everything>(parse_command(unit, tape).value, [&](const auto& command) { result = mail.send(command); });
    return result;
}

// Takes a line off the front of what a server is to say.
std::string_view take_line(std::string_view& lines) {
    const std::string_view line = lines.substr(0, lines.find('\n') + 1);
    lines.remove_prefix(line.size());
    return line;
}

misuse send_listed(pop3::server& mail, answer_form form, std::string_view line) {
    std::array<token, tokens_of_a_line> tape;
    switch (form) {
    case answer_form::scan_listings:
        return mail.send(parse_scan_listing(line).value);
    case answer_form::unique_ids:
        return mail.send(parse_unique_id(line).value);
    case answer_form::capabilities:
        return mail.send(parse_capability(line, tape).value);
    default:
        break;
    }
    const std::string_view stored = line.substr(line.starts_with('.') ? 1 : 0);
    return mail.body(stored) == stored.size() ? misuse::none : misuse::no_room;
}

// Has a server answer with these lines, through its typed calls.
misuse answer(pop3::server& mail, answer_form form, std::string_view lines) {
    const reply first = parse_reply(take_line(lines), form).value;
    if (!first.ok) return mail.err(first.code, first.text);
    if (form == answer_form::drop_listing) return mail.send(first.drop);
    if (form == answer_form::scan_listing) return mail.send(first.scan);
    if (form == answer_form::unique_id) return mail.send(first.unique);
    misuse result = mail.ok(first.text);
    if (!is_multi_line(form)) return result;
    for (std::string_view line = take_line(lines); line != ".\r\n"; line = take_line(lines)) {
        if (result == misuse::none) result = send_listed(mail, form, line);
    }
    return result == misuse::none ? mail.end_of_lines() : result;
}

void speak(const exchange& e, test_client<>& asking, pop3::server& answering, std::size_t piece) {
    if (e.asked.empty()) {
        ASSERT_EQ(answering.greet(parse_greeting(e.answered).value), misuse::none);
    } else {
        ASSERT_EQ(send_line(asking.session, e.asked), misuse::none);
        ASSERT_EQ(asking.session.output(), std::string(e.asked) + "\r\n");
        server_event asked;
        while (!asking.session.output().empty()) {
            ASSERT_EQ(asked.kind, server_event_kind::need_input);
            const std::string_view octets = asking.session.output().substr(0, piece);
            std::copy(octets.begin(), octets.end(), answering.prepare().begin());
            answering.commit(octets.size());
            asking.session.sent(octets.size());
            asked = answering.next();
        }
        ASSERT_EQ(asked.kind, server_event_kind::command);
        answer_form form = answer_form::text;
        visit<everything>(asked.command, [&](const auto& command) { form = command.answer(); });
        ASSERT_EQ(answer(answering, form, e.answered), misuse::none);
    }
    ASSERT_EQ(answering.output(), e.answered);
    log told;
    for (const std::string_view octets : mailwire::test::pieces_of(e.answered, piece)) {
        asking.feed(octets, told);
    }
    answering.sent(e.answered.size());
    EXPECT_EQ(told, e.says);
}

TEST(transcripts, of_the_rfcs) {
    for (const transcript& t : transcripts()) {
        for (const std::size_t piece : {1U, 2U, 7U, 1000U}) {
            test_client<> asking({.apop = true, .tls = tls_policy::optional});
            server_storage<> room;
            pop3::server answering(room.buffers());
            for (const exchange& e : t.exchanges) {
                SCOPED_TRACE(std::string(t.rfc) + ": " + std::string(e.asked) + " in pieces of " +
                             std::to_string(piece));
                ASSERT_NO_FATAL_FAILURE(speak(e, asking, answering, piece));
            }
            EXPECT_EQ(asking.session.state(), client_state::ended);
            EXPECT_EQ(answering.state(), server_state::ended);
            EXPECT_EQ(answering.next().kind, server_event_kind::closed);
            asking.session.closed();
            EXPECT_EQ(asking.session.next().kind, client_event_kind::closed);
        }
    }
}

} // namespace
} // namespace mailwire::pop3::test
