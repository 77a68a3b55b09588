// SPDX-License-Identifier: BSL-1.0
// RFC 9051 9, from SP to base64-terminal.
#include "productions.hpp"

namespace mailwire::imap::productions {

using namespace std::string_view_literals;

namespace {

// A command of which the rule is what stands behind its word.
constexpr std::string_view behind = "The slot takes the word; the rule is what stands behind it.";
constexpr std::string_view core = "RFC 5234 B.1 defines it.";

} // namespace

table from_sp_to_base64() {
    const dialect from_client{.from = side::client};
    return {
        rule<grammar::sp>("SP", {" "}, {"", "\t", "  "}),
        octets_of<ctl>("CTL", {"\0\x1f\x7f"sv}, {" ", "a", "\x80"}),
        rule<grammar::crlf>("CRLF", {"\r\n"}, {"\n", "\r", "\r\r\n"}),
        octets_of<alpha>("ALPHA", {"azAZ"}, {"0", "@", "[", "`", "{"}),
        octets_of<digit>("DIGIT", {"0123456789"}, {"/", ":", "a"}),
        none("DQUOTE", core),
        none("OCTET", core),
        rule<grammar::address>("address", {"(NIL NIL NIL NIL)", "(\"A B\" NIL {1}\r\na \"b.example\")"},
                               {"()", "(NIL NIL NIL)", "(NIL  NIL NIL NIL)", "(a NIL NIL NIL)", "NIL"}),
        rule<grammar::addr_adl>("addr-adl", {"NIL", "\"@x:\""}, {"x", "()"}),
        rule<grammar::addr_host>("addr-host", {"nil", "\"a.example\""}, {"a.example"}),
        rule<grammar::addr_mailbox>("addr-mailbox", {"NIL", "{2}\r\nme"}, {"me"}),
        rule<grammar::addr_name>("addr-name", {"NIL", "\"\""}, {"", "NILS"}),
        rule<grammar::append>(
            "append", {" box {2}\r\nhi", " box (\\Seen) {0}\r\n", " box () \" 7-Feb-1994 21:52:25 -0800\" {1+}\r\nx"},
            {" box \"hi\"", " box {3}\r\nhi", " box (\\Recent) {2}\r\nhi"}, behind, from_client),
        rule<grammar::append_uid>("append-uid", {"1", "4294967295"}, {"0", "*", "4294967296"},
                                  "RFC 4315 lets it be a uid-set, for several messages."),
        rule<grammar::astring>("astring", {"a]b", "NIL", "\"\"", "{1}\r\n "}, {"", "a b", "(", "\x80"}),
        octets_of<grammar::astring_char>("ASTRING-CHAR", {"a]b}[+&~"}, {" ", "%", "*", "\"", "\\", "(", ")", "{"}),
        rule<grammar::atom>("atom", {"a", "foo}bar[x", "+"}, {"", "a]", "a b", "{1}", "\x7f"}),
        octets_of<grammar::atom_char>("ATOM-CHAR", {"!#$&'+,-./09:;<=>?@AZ[^_`az|}~"},
                                      {"]", "(", ")", "{", " ", "%", "*", "\"", "\\", "\x7f", "\x80"}),
        octets_of<grammar::atom_specials>("atom-specials", {"(){ %*\"\\]\x7f\x01"}, {"}", "[", "a"}),
        rule<grammar::authenticate>("authenticate", {" PLAIN", " EXTERNAL =", " X AAAA"},
                                    {"", " PLAIN AAA", " PLAIN \"AAAA\"", " a b c"},
                                    "The lines behind it are read one at a time, by authenticate_line."),
        rule<grammar::auth_type>("auth-type", {"PLAIN", "SCRAM-SHA-256"}, {"", "a b", "\"PLAIN\""}),
        rule<grammar::base64>("base64", {"", "AAAA", "YQ==", "YWI="}, {"A", "AA=", "====", "AAAA="}),
        octets_of<grammar::base64_char>("base64-char", {"azAZ09+/"}, {"=", "-", "_"}),
        rule<grammar::base64_terminal>("base64-terminal", {"YQ==", "YWI="}, {"", "AAAA", "A==="}),
    };
}

} // namespace mailwire::imap::productions
