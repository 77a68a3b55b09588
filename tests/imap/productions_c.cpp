// SPDX-License-Identifier: BSL-1.0
// RFC 9051 9, from childinfo-extended-item to envelope.
#include "productions.hpp"

namespace mailwire::imap::productions {
namespace {

constexpr std::string_view behind = "The slot takes the word; the rule is what stands behind it.";
constexpr std::string_view slot_of_commands = "One slot has the commands of all states.";

} // namespace

table from_childinfo_to_envelope() {
    const dialect from_client{.from = side::client};
    return {
        rule<grammar::childinfo_extended_item>("childinfo-extended-item",
                                               {" (\"SUBSCRIBED\")", " (\"SUBSCRIBED\" \"X-OPT\")"},
                                               {" ()", " (SUBSCRIBED)", " \"SUBSCRIBED\""}, behind),
        rule<grammar::child_mbox_flag>("child-mbox-flag", {"\\HasChildren", "\\hasnochildren"},
                                       {"\\Has", "\\HasChildrenX", "HasChildren"}),
        rule<grammar::command>("command", {"a NOOP\r\n", "a1 LOGIN x {1+}\r\ny\r\n", "]x NOOP\r\n"},
                               {"NOOP\r\n", "a NOOP", "a  NOOP\r\n", "+ NOOP\r\n"}, {}, from_client),
        rule<slot_rule<slot::command>>("command-any", {"CAPABILITY", "logout", "NOOP"}, {"CAPABILITY x", ""},
                                       slot_of_commands),
        rule<slot_rule<slot::command>>("command-auth", {"NAMESPACE", "CREATE x", "STATUS x (UIDNEXT)"},
                                       {"NAMESPACE x", "CREATE"}, slot_of_commands),
        rule<slot_rule<slot::command>>("command-nonauth", {"LOGIN a b", "STARTTLS", "AUTHENTICATE PLAIN"},
                                       {"LOGIN a", "STARTTLS x", "AUTHENTICATE"}, slot_of_commands),
        rule<slot_rule<slot::command>>("command-select", {"CLOSE", "UNSELECT", "EXPUNGE", "UID COPY 1 x"},
                                       {"CLOSE x", "UNSELECT 1", "UID COPY 1"}, slot_of_commands),
        rule<grammar::continue_req>("continue-req", {"+ go on\r\n", "+ \r\n", "+ AAAA\r\n"},
                                    {"+\r\n", "+go\r\n", "+ a\n"}),
        rule<grammar::copy>("copy", {" 1:* box", " $ \"b x\""}, {" 0 box", " 1 ", " 1 (box)"}, behind),
        rule<grammar::create>("create", {" box", " {3+}\r\nbox"}, {" ", " a b", " (box)"}, behind, from_client),
        rule<grammar::date>("date", {"1-Feb-1994", "\"01-feb-1994\""}, {"1-Feb-94", "\"1-Feb-1994", " 1-Feb-1994"}),
        rule<grammar::date_day>("date-day", {"1", "31"}, {"", "123", " 1"}),
        rule<grammar::date_day_fixed>("date-day-fixed", {" 1", "31"}, {"1", "  1"}),
        rule<grammar::date_month>("date-month", {"Jan", "dec"}, {"Janu", "01"}),
        rule<grammar::date_text>("date-text", {"1-Feb-1994", "31-DEC-2026"}, {"Feb-1-1994", "1 Feb 1994"}),
        rule<grammar::date_year>("date-year", {"1994"}, {"94", "19944"}),
        rule<grammar::date_time>("date-time", {"\" 7-Feb-1994 21:52:25 -0800\"", "\"17-Jul-1996 02:44:25 +0000\""},
                                 {"\"7-Feb-1994 21:52:25 -0800\"", " 7-Feb-1994 21:52:25 -0800", "NIL"}),
        rule<grammar::delete_>("delete", {" box"}, {"", " a b"}, behind),
        octets_of<grammar::digit_nz>("digit-nz", {"123456789"}, {"0", "a"}),
        rule<grammar::eitem_standard_tag>("eitem-standard-tag", {"CHILDINFO"}, {"", "\"CHILDINFO\""}),
        rule<grammar::eitem_vendor_tag>("eitem-vendor-tag", {"vendor.acme-tag"},
                                        {"acme-tag", "vendor.acme", "vendor."}),
        rule<grammar::enable>("enable", {" CONDSTORE", " X UTF8=ACCEPT"}, {"", " ", " (X)"}, behind),
        rule<grammar::enable_data>("enable-data", {"", " CONDSTORE", " A B"}, {" ", " (A)"}, behind),
        rule<grammar::envelope>(
            "envelope",
            {"(NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL)", "(\"d\" \"s\" ((NIL NIL \"a\" \"b\")) NIL NIL ((NIL NIL "
                                                          "\"a\" \"b\")(NIL NIL \"c\" \"d\")) NIL NIL NIL \"<i>\")"},
            {"NIL", "()", "(NIL NIL NIL NIL NIL NIL NIL NIL NIL)", "(NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL)"}),
    };
}

} // namespace mailwire::imap::productions
