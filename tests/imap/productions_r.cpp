// SPDX-License-Identifier: BSL-1.0
// RFC 9051 9, from rename to search-return-value.
#include "productions.hpp"

namespace mailwire::imap::productions {
namespace {

constexpr std::string_view behind = "The slot takes the word; the rule is what stands behind it.";

} // namespace

table from_rename_to_search() {
    return {
        rule<grammar::rename>("rename", {" a b", " INBOX \"old mail\""}, {" a", " a b c", " (a) b"}, behind),
        rule<grammar::response>("response", {"* 1 EXISTS\r\n", "+ x\r\n", "a OK done\r\n", "* BYE x\r\n"},
                                {"a PREAUTH x\r\n", "* 1 EXISTS", "+x\r\n", "a OK x\r\nb OK x\r\n"},
                                "A unit at a time: what begins with a tag is the end of a response."),
        rule<grammar::response_data>(
            "response-data", {"* OK x\r\n", "* FLAGS ()\r\n", "* 1 EXPUNGE\r\n", "* CAPABILITY X\r\n", "* ENABLED\r\n"},
            {"*  OK x\r\n", "OK x\r\n", "* 1\r\n", "* FLAGS\r\n"},
            "BYE is a response-fatal: one unit cannot tell whether another one follows."),
        rule<grammar::response_done>("response-done", {"a OK x\r\n", "* BYE x\r\n"}, {"* OK x\r\n", "+ x\r\n"}),
        rule<grammar::response_fatal>("response-fatal", {"* BYE x\r\n"}, {"* OK x\r\n", "a BYE x\r\n"}),
        rule<grammar::response_tagged>("response-tagged", {"a OK x\r\n", "a1 NO [ALERT] x\r\n", "a BAD x\r\n"},
                                       {"* OK x\r\n", "a BYE x\r\n", "a OK x"}),
        rule<grammar::resp_code_apnd>("resp-code-apnd", {" 38505 3955", " 1 5:7"}, {" 0 1", " 1 0", " 1", " 1 *"},
                                      behind),
        rule<grammar::resp_code_copy>("resp-code-copy", {" 1 5 9", " 38505 304,319:320 3956:3958"},
                                      {" 1 5", " 0 5 9", " 1 * 9", " 1 $ 9"}, behind),
        rule<grammar::resp_cond_auth>("resp-cond-auth", {"OK x", "PREAUTH x"}, {"NO x", "BYE x", "OKAY x"}),
        rule<grammar::resp_cond_bye>("resp-cond-bye", {"BYE x", "bye [ALERT] x"}, {"BYEx", "OK x"}),
        rule<grammar::resp_cond_state>("resp-cond-state", {"OK x", "NO x", "bad [PARSE] x"},
                                       {"BYE x", "PREAUTH x", "OKx"}),
        octets_of<grammar::resp_specials>("resp-specials", {"]"}, {"[", "}"}),
        rule<grammar::resp_text>("resp-text", {"", "text", "[ALERT] text", "[X-NEW a b] text", "[CLOSED] "},
                                 {"[", "[ALERT", "[UIDNEXT 0] x", "[ALERT]x"}),
        rule<grammar::resp_text_code>(
            "resp-text-code",
            {"ALERT", "BADCHARSET", "BADCHARSET (UTF-8 \"X\")", "CAPABILITY IMAP4rev2", "PERMANENTFLAGS (\\*)",
             "UIDNEXT 1", "CLOSED", "UNKNOWN-CTE", "HASCHILDREN", "NOTSAVED", "X-NEW (a \"b\")"},
            {"UIDNEXT 0", "BADCHARSET UTF-8", "PERMANENTFLAGS", "ALERT x", "UIDVALIDITY 4294967296", "]"},
            "It is a slot."),
        rule<grammar::return_option>("return-option", {"SUBSCRIBED", "CHILDREN", "STATUS (UIDNEXT)", "X (a)"},
                                     {"STATUS", "STATUS ()", "CHILDREN (a)"}, "It is a slot."),
        rule<grammar::search>(
            "search", {" ALL", " CHARSET UTF-8 SUBJECT x", " RETURN () ALL", " RETURN (MIN SAVE) CHARSET X SEEN 1:*"},
            {"", " RETURN ALL", " RETURN (MIN)", " CHARSET ALL", " ALL "}, behind),
        rule<grammar::search_correlator>("search-correlator", {" (TAG \"a\")", " (tag a1)", " (TAG {1}\r\na)"},
                                         {" (TAG)", " (TAG a b)", "(TAG a)", " (X a)"}),
        rule<grammar::search_key>("search-key",
                                  {"ALL", "BCC x", "BEFORE 1-Feb-1994", "HEADER X \"\"", "LARGER 9223372036854775807",
                                   "NOT SEEN", "OR SEEN 1:2", "UID $", "*", "(SEEN DELETED)", "KEYWORD $Junk"},
                                  {"", "BCC", "BEFORE x", "KEYWORD \\Seen", "()", "NOT", "OR SEEN", "0", "BOGUS"}),
        rule<grammar::search_modifier_name>("search-modifier-name", {"X-NEW", "_a:1"}, {"1a", ":", "a b", ""}),
        rule<grammar::search_mod_params>("search-mod-params", {"5", "1:5", "(a (b))", "()"}, {"a", "\"a\"", ""}),
        rule<grammar::search_program>("search-program", {"ALL", "CHARSET UTF-8 ALL", "SEEN 1:2 (DELETED)"},
                                      {"CHARSET ALL", "ALL  SEEN", "CHARSET UTF-8"}),
        rule<grammar::search_ret_data_ext>("search-ret-data-ext", {"X-NEW 5", "X (a 1)"}, {"X", "X a", "5 X"}),
        rule<grammar::search_return_data>("search-return-data",
                                          {"MIN 1", "MAX 4294967295", "ALL 1:3,5", "COUNT 0", "X-NEW (a)"},
                                          {"MIN 0", "ALL $", "COUNT", "COUNT -1", "ALL (a)"}, "It is a slot."),
        rule<grammar::search_return_opts>("search-return-opts", {" RETURN ()", " RETURN (MIN MAX)"},
                                          {" RETURN", "RETURN ()", " RETURN MIN", " RETURN (MIN )"}),
        rule<grammar::search_return_opt>("search-return-opt",
                                         {"MIN", "MAX", "ALL", "COUNT", "SAVE", "X-NEW", "X-NEW (a)"},
                                         {"MIN 5", "(MIN)", "X \"a\""}, "It is a slot."),
        rule<grammar::search_ret_opt_ext>("search-ret-opt-ext", {"X-NEW", "X 1:5", "X (a)"}, {"X a", "", "(X)"}),
        rule<grammar::search_return_value>("search-return-value", {"5", "1,3:5", "(a b)"}, {"a", "\"a\""}),
    };
}

} // namespace mailwire::imap::productions
