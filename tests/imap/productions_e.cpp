// SPDX-License-Identifier: BSL-1.0
// RFC 9051 9, from env-bcc to idle.
#include "productions.hpp"

namespace mailwire::imap::productions {
namespace {

constexpr std::string_view behind = "The slot takes the word; the rule is what stands behind it.";
const texts addresses{"NIL", "((NIL NIL \"a\" \"b\"))", "((NIL NIL \"a\" \"b\")(\"n\" NIL \"c\" NIL))"};
const texts no_addresses{"()", "(NIL)", "\"a@b\"", "((NIL NIL \"a\" \"b\") (NIL NIL \"a\" \"b\"))"};

} // namespace

table from_env_bcc_to_idle() {
    return {
        rule<grammar::env_bcc>("env-bcc", addresses, no_addresses),
        rule<grammar::env_cc>("env-cc", addresses, no_addresses),
        rule<grammar::env_date>("env-date", {"NIL", "\"Wed, 17 Jul 1996\""}, {"Wed", "()"}),
        rule<grammar::env_from>("env-from", addresses, no_addresses),
        rule<grammar::env_in_reply_to>("env-in-reply-to", {"NIL", "\"<a@b>\""}, {"<a@b>"}),
        rule<grammar::env_message_id>("env-message-id", {"NIL", "\"<a@b>\""}, {"<a@b>"}),
        rule<grammar::env_reply_to>("env-reply-to", addresses, no_addresses),
        rule<grammar::env_sender>("env-sender", addresses, no_addresses),
        rule<grammar::env_subject>("env-subject", {"NIL", "{2}\r\nhi"}, {"hi"}),
        rule<grammar::env_to>("env-to", addresses, no_addresses),
        rule<grammar::esearch_response>(
            "esearch-response", {"", " UID", " (TAG \"a\")", " (TAG a) UID COUNT 3 ALL 1:3", " MIN 2 X-NEW (1)"},
            {" ", " UID (TAG a)", " (TAG \"a\") ALL $", " (TAG \"a\") COUNT"}, behind),
        rule<grammar::examine>("examine", {" box", " box (CONDSTORE)"}, {"", " a b", " box ()"}, behind),
        rule<grammar::fetch>("fetch", {" 1 ALL", " 1:* (FLAGS UID)", " 2 BODY.PEEK[1.MIME]<0.9>"},
                             {" 1 (ALL)", " 1 ()", " 1", " 0 FLAGS", " 1 FLAGS UID"}, behind),
        rule<grammar::fetch_att>("fetch-att",
                                 {"ENVELOPE", "BODY", "BODYSTRUCTURE", "BODY[]<0.1>", "BODY.PEEK[HEADER]",
                                  "BINARY[1.2]", "BINARY.PEEK[]<0.5>", "BINARY.SIZE[3]"},
                                 {"BODY[", "BODY[]<0>", "BODY.PEEK", "BINARY[1.MIME]", "BINARY.SIZE[1]<0.1>"},
                                 "It is a slot."),
        rule<grammar::flag>("flag", {"\\Seen", "\\Recently", "$Junk", "my-kw", "\\X"}, {"\\Recent", "\\*", "\\", "a]"}),
        rule<grammar::flag_extension>("flag-extension", {"\\X", "\\Seen"}, {"X", "\\", "\\*"}),
        rule<grammar::flag_fetch>("flag-fetch", {"\\Recent", "\\Seen", "kw"}, {"\\*", ""}),
        rule<grammar::flag_keyword>("flag-keyword", {"$MDNSent", "$NotJunk", "kw"}, {"\\Seen", "k w", ""}),
        rule<grammar::flag_list>("flag-list", {"()", "(\\Seen)", "(\\Seen kw)"},
                                 {"\\Seen", "( )", "(\\Seen )", "(\\Recent)"}),
        rule<grammar::flag_perm>("flag-perm", {"\\*", "\\Seen", "kw"}, {"\\Recent", "\\*x", "*"}),
        rule<grammar::greeting>("greeting", {"* OK hi\r\n", "* PREAUTH [ALERT] x\r\n", "* BYE no\r\n"},
                                {"* NO x\r\n", "a OK hi\r\n", "* OK hi\r\n* OK hi\r\n", "* CAPABILITY X\r\n"}),
        rule<grammar::header_fld_name>("header-fld-name", {"Subject", "\"To\"", "{2}\r\nCc"}, {"", "a b"}),
        rule<grammar::header_list>("header-list", {"(To)", "(\"To\" Cc a]b)"}, {"()", "(To )", "To"}),
        rule<grammar::idle_done>("idle", {"DONE\r\n", "done\r\n"}, {"DON\r\n", "a DONE\r\n", "DONE \r\n", "DONE"},
                                 "IDLE is a word of the slot of commands; the line that ends it is read by itself."),
    };
}

} // namespace mailwire::imap::productions
