// SPDX-License-Identifier: BSL-1.0
// Example sessions of RFC 3501 and RFC 9051, run through a client and a server that a pipe joins. What the client says is
// parsed, sent by the client session and must reach the server's program as the same value; what the server says is
// parsed, sent by the server session and must reach the client's program likewise. Tags are the session's own.
#include "mailwire/imap.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "support/pipe.hpp"

namespace mailwire::imap {
namespace {

struct exchange {
    std::string_view asked;
    std::vector<std::string_view> said; // the tagged reply is the last
};

struct transcript {
    std::string_view rfc;
    std::string_view greeting;
    std::vector<exchange> exchanges;
};

const std::vector<transcript>& transcripts() {
    static const std::vector<transcript> all = {
        {"RFC 3501 8",
         "* OK IMAP4rev1 Service Ready\r\n",
         {{"a001 login mrc secret\r\n", {"a001 OK LOGIN completed\r\n"}},
          {"a002 select inbox\r\n",
           {"* 18 EXISTS\r\n", "* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)\r\n", "* 2 RECENT\r\n",
            "* OK [UNSEEN 17] Message 17 is the first unseen message\r\n",
            "* OK [UIDVALIDITY 3857529045] UIDs valid\r\n", "a002 OK [READ-WRITE] SELECT completed\r\n"}},
          {"a003 fetch 12 full\r\n",
           {"* 12 FETCH (FLAGS (\\Seen) INTERNALDATE \"17-Jul-1996 02:44:25 -0700\" RFC822.SIZE 4286 ENVELOPE ("
            "\"Wed, 17 Jul 1996 02:23:25 -0700 (PDT)\" \"IMAP4rev1 WG mtg summary and minutes\" "
            "((\"Terry Gray\" NIL \"gray\" \"cac.washington.edu\")) ((\"Terry Gray\" NIL \"gray\" "
            "\"cac.washington.edu\")) ((\"Terry Gray\" NIL \"gray\" \"cac.washington.edu\")) ((NIL NIL \"imap\" "
            "\"cac.washington.edu\")) ((NIL NIL \"minutes\" \"CNRI.Reston.VA.US\")(\"John Klensin\" NIL \"KLENSIN\" "
            "\"MIT.EDU\")) NIL NIL \"<B27397-0100000@cac.washington.edu>\") BODY (\"TEXT\" \"PLAIN\" (\"CHARSET\" "
            "\"US-ASCII\") NIL NIL \"7BIT\" 3028 92))\r\n",
            "a003 OK FETCH completed\r\n"}},
          {"a004 fetch 12 body[header]\r\n",
           {"* 12 FETCH (BODY[HEADER] {342}\r\nDate: Wed, 17 Jul 1996 02:23:25 -0700 (PDT)\r\n"
            "From: Terry Gray <gray@cac.washington.edu>\r\nSubject: IMAP4rev1 WG mtg summary and minutes\r\n"
            "To: imap@cac.washington.edu\r\ncc: minutes@CNRI.Reston.VA.US, John Klensin <KLENSIN@MIT.EDU>\r\n"
            "Message-Id: <B27397-0100000@cac.washington.edu>\r\nMIME-Version: 1.0\r\n"
            "Content-Type: TEXT/PLAIN; CHARSET=US-ASCII\r\n\r\n)\r\n",
            "a004 OK FETCH completed\r\n"}},
          {"a005 store 12 +flags \\deleted\r\n",
           {"* 12 FETCH (FLAGS (\\Seen \\Deleted))\r\n", "a005 OK +FLAGS completed\r\n"}},
          {"a006 logout\r\n", {"a006 OK LOGOUT completed\r\n"}}}},
        // Single examples, in one mailbox that has messages enough for all of them.
        {"RFC 9051 6.3 and 6.4, examples",
         "* PREAUTH [CAPABILITY IMAP4rev2] server logged in as Smith\r\n",
         {{"A003 CREATE owatagusiam/\r\n", {"A003 OK CREATE completed\r\n"}},
          {"A682 LIST \"\" *\r\n",
           {"* LIST () \"/\" blurdybloop\r\n", "* LIST (\\Noselect) \"/\" foo\r\n", "* LIST () \"/\" foo/bar\r\n",
            "A682 OK LIST completed\r\n"}},
          {"A683 DELETE blurdybloop\r\n", {"A683 OK DELETE completed\r\n"}},
          {"A684 DELETE foo\r\n", {"A684 NO Name \"foo\" has inferior hierarchical names\r\n"}},
          {"A683 RENAME blurdybloop sarasoop\r\n", {"A683 OK RENAME completed\r\n"}},
          {"A042 STATUS blurdybloop (UIDNEXT MESSAGES)\r\n",
           {"* STATUS blurdybloop (MESSAGES 231 UIDNEXT 44292)\r\n", "A042 OK STATUS completed\r\n"}},
          {"A932 EXAMINE blurdybloop\r\n",
           {"* 25 EXISTS\r\n", "* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)\r\n",
            "* OK [UIDNEXT 4392] Predicted next UID\r\n", "* OK [PERMANENTFLAGS ()] No permanent flags permitted\r\n",
            "A932 OK [READ-ONLY] EXAMINE completed\r\n"}},
          {"A282 SEARCH FLAGGED SINCE 1-Feb-1994 NOT FROM \"Smith\"\r\n",
           {"* SEARCH 2 84 882\r\n", "A282 OK SEARCH completed\r\n"}},
          {"A999 UID FETCH 4827313:4828442 FLAGS\r\n",
           {"* 23 FETCH (FLAGS (\\Seen) UID 4827313)\r\n", "* 24 FETCH (FLAGS (\\Seen) UID 4827943)\r\n",
            "* 25 FETCH (FLAGS (\\Seen) UID 4828442)\r\n", "A999 OK UID FETCH completed\r\n"}},
          {"a UID MOVE 42:69 foo\r\n",
           {"* OK [COPYUID 432432 42:69 1202:1229] moved\r\n", "* 22 EXPUNGE\r\n", "a OK Done\r\n"}},
          {"A003 UID EXPUNGE 3000:3002\r\n", {"* 3 EXPUNGE\r\n", "A003 OK UID EXPUNGE completed\r\n"}},
          {"A341 CLOSE\r\n", {"A341 OK CLOSE completed\r\n"}},
          {"A023 LOGOUT\r\n", {"A023 OK LOGOUT completed\r\n"}}}},
    };
    return all;
}

// A unit as its values are written, without its tag.
std::string values_of(const command& c) {
    std::string text;
    string_sink sink(text);
    EXPECT_EQ(write_command(sink, c), misuse::none);
    return text.substr(text.find(' '));
}
std::string values_of(const response& r) {
    std::string text;
    string_sink sink(text);
    EXPECT_EQ(write_response(sink, r), misuse::none);
    return r.kind() == response_kind::tagged ? text.substr(text.find(' ')) : text;
}

// Sends each of the server's units through its session.
misuse say(server& answering, const response& r) {
    if (r.kind() == response_kind::tagged) return answering.finish(r.status());
    if (r.kind() == response_kind::status) return answering.send(r.status());
    misuse fault = misuse::bad_value;
    const auto send = [&](const auto& value) { fault = answering.send(value); };
    if (!r.has_number()) {
        visit<everything>(r.data<slot::response_data>(), send);
    } else if (!visit<everything>(r.data<slot::counted_data>(), send)) {
        visit<everything>(r.data<slot::message_data>(), send);
    }
    return fault;
}

class stage {
public:
    explicit stage(std::size_t piece) : piece_(piece) {}

    void greet(std::string_view wire) {
        token tape[64];
        const auto r = parse_greeting(wire, tape);
        ASSERT_TRUE(r);
        ASSERT_EQ(answering_.greet(r.value.status()), misuse::none);
        hear({values_of(r.value)});
    }

    void act(const exchange& e) {
        token tape[512];
        const auto c = parse_command(e.asked, tape);
        ASSERT_TRUE(c);
        sent_command sent;
        visit<everything>(c.value.value(), [&](const auto& value) { sent = asking_.send(value); });
        ASSERT_TRUE(sent) << name_of(sent.fault);
        const server_event event = carry_command();
        ASSERT_EQ(event.kind, server_event_kind::command);
        EXPECT_EQ(values_of(event.command), values_of(c.value));
        const bool goodbye = event.command.value().is<logout>();
        std::vector<std::string> expected;
        if (goodbye) expected.push_back("* BYE logging out\r\n");
        for (const std::string_view wire : e.said) {
            const auto r = parse_response(wire, tape);
            ASSERT_TRUE(r) << wire << name_of(r.error.code) << r.error.offset;
            expected.push_back(values_of(r.value));
            ASSERT_EQ(say(answering_, r.value), misuse::none);
        }
        hear(expected);
    }

    client_state client_at() const { return asking_.state(); }
    server_state server_at() const { return answering_.state(); }

private:
    template <typename From, typename To> bool carry(From& from, To& to) {
        if (from.output().empty()) return false;
        from.sent(test::receive(to, from.output(), piece_));
        return true;
    }

    server_event carry_command() {
        for (;;) {
            const server_event event = answering_.next();
            if (event.kind != server_event_kind::need_input) return event;
            if (!carry(asking_, answering_)) return event;
        }
    }

    // The client's program is told just this.
    void hear(const std::vector<std::string>& expected) {
        std::vector<std::string> heard;
        for (;;) {
            const client_event event = asking_.next();
            if (event.kind == client_event_kind::need_input) {
                if (!carry(answering_, asking_)) break;
            } else {
                ASSERT_NE(event.kind, client_event_kind::error) << name_of(event.error.code);
                heard.push_back(values_of(event.response));
            }
        }
        EXPECT_EQ(heard, expected);
    }

    client_storage<> asking_room_ = {};
    server_storage<> answering_room_ = {};
    client asking_{asking_room_.buffers(), {.tls = tls_policy::optional}};
    server answering_{answering_room_.buffers()};
    std::size_t piece_;
};

TEST(imap_transcripts, of_the_rfcs) {
    for (const transcript& t : transcripts()) {
        for (const std::size_t piece : {1U, 2U, 7U, 1000U}) {
            stage s(piece);
            SCOPED_TRACE(std::string(t.rfc) + " in pieces of " + std::to_string(piece));
            ASSERT_NO_FATAL_FAILURE(s.greet(t.greeting));
            for (const exchange& e : t.exchanges) {
                SCOPED_TRACE(e.asked);
                ASSERT_NO_FATAL_FAILURE(s.act(e));
            }
            EXPECT_EQ(s.client_at(), client_state::logged_out);
            EXPECT_EQ(s.server_at(), server_state::logged_out);
        }
    }
}

} // namespace
} // namespace mailwire::imap
