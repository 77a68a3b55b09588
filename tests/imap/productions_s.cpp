// SPDX-License-Identifier: BSL-1.0
// RFC 9051 9, from section to zone, and what RFC 3501 9 has beside it.
#include "productions.hpp"

namespace mailwire::imap::productions {

using namespace std::string_view_literals;

namespace {

constexpr std::string_view behind = "The slot takes the word; the rule is what stands behind it.";

} // namespace

table from_section_to_store() {
    return {
        rule<grammar::section>("section", {"]", "HEADER]", "1.2.MIME]", "HEADER.FIELDS (To)]", "1]"},
                               {"MIME]", "0]", "1.]", "HEADER.FIELDS]", "HEADER"}, "The word before it has the \"[\"."),
        rule<grammar::section_binary>("section-binary", {"]", "1]", "1.2.3]"}, {"1.MIME]", "HEADER]", "0]", "1"},
                                      "The word before it has the \"[\"."),
        rule<grammar::section_msgtext>("section-msgtext",
                                       {"HEADER", "TEXT", "HEADER.FIELDS (a)", "header.fields.not (a b)"},
                                       {"MIME", "HEADER.FIELDS", "HEADER (a)", "HEADER.FIELDS ()"}),
        rule<grammar::section_part>("section-part", {"1", "1.2.30"}, {"0", "1.0", "1.", ".1", "4294967296"}),
        rule<grammar::section_spec>("section-spec", {"TEXT", "1", "1.TEXT", "1.2.MIME"}, {"MIME", "TEXT.1", ""}),
        rule<grammar::section_text>("section-text", {"MIME", "HEADER", "TEXT"}, {"1", "MIMES", ""}),
        rule<grammar::select>("select", {" INBOX", " x (CONDSTORE)", " x (FOO 1:5 BAR)"}, {"", " a b", " x ()"},
                              behind),
        rule<grammar::seq_number>("seq-number", {"1", "*", "4294967295"}, {"0", "$", "01"}),
        rule<grammar::seq_range>("seq-range", {"1:2", "*:4", "5:*"}, {"1", "1:", "0:1", "1:2:3"}),
        rule<grammar::sequence_set>("sequence-set", {"1", "*", "2,4:7,9,12:*", "*:4,5:7", "$"},
                                    {"", "0", "1,", "1,$", "$,1", "1:2:3", "1 2"}),
        rule<grammar::seq_last_command>("seq-last-command", {"$"}, {"*", "1", "$$"}),
        rule<grammar::status>("status", {" x (MESSAGES)", " \"a b\" (UIDNEXT SIZE)"},
                              {" x ()", " x", " x MESSAGES", " x (BOGUS)"}, behind),
        rule<grammar::status_att>("status-att", {"MESSAGES", "UIDNEXT", "UIDVALIDITY", "UNSEEN", "DELETED", "SIZE"},
                                  {"MESSAGE", "SIZES", ""}, "It is a slot."),
        rule<grammar::status_att_val>("status-att-val",
                                      {"MESSAGES 0", "UIDNEXT 1", "UIDVALIDITY 1", "UNSEEN 0", "DELETED 7",
                                       "SIZE 9223372036854775807", "X-NEW 5", "X-NEW (a)"},
                                      {"MESSAGES", "UIDNEXT 0", "SIZE 9223372036854775808", "MESSAGES (1)"},
                                      "It is a slot."),
        rule<grammar::status_att_list>("status-att-list", {"MESSAGES 1", "MESSAGES 1 UNSEEN 0"},
                                       {"", "MESSAGES 1 ", "(UNSEEN 0)"}),
        rule<grammar::status_option>("status-option", {" (MESSAGES)", " (UIDNEXT SIZE)"}, {" ()", "", " MESSAGES"},
                                     behind),
        rule<grammar::store>("store", {" 1 FLAGS ()", " 2:4 +FLAGS.SILENT (\\Seen)", " $ -flags \\Seen kw"},
                             {" 1 FLAGS", " 1 *FLAGS ()", " 1 FLAGS (\\Recent)", " FLAGS ()"}, behind),
        rule<grammar::store_att_flags>("store-att-flags", {"FLAGS ()", "+FLAGS \\Seen", "-FLAGS.SILENT (a b)"},
                                       {"FLAGS", "+ FLAGS ()", "FLAGS.LOUD ()", "FLAGS  ()"}),
    };
}

table from_string_to_zone() {
    return {
        rule<grammar::string>("string", {"\"\"", "{1}\r\na"}, {"NIL", "a", "~{1}\r\na"}),
        rule<grammar::subscribe>("subscribe", {" x"}, {"", " a b"}, behind),
        rule<grammar::tag>("tag", {"a1", "A.1-x]"}, {"", "a+", "+", "a b", "\"a\""}),
        rule<grammar::tag_string>("tag-string", {"a", "\"a\"", "{1}\r\na"}, {"", "(a)"}),
        rule<grammar::tagged_ext_label>("tagged-ext-label", {"a", "-x", "_y.z:1"}, {"", "1a", ":a", "a b"}),
        octets_of<grammar::tagged_label_fchar>("tagged-label-fchar", {"azAZ-_."}, {"0", ":", "+"}),
        octets_of<grammar::tagged_label_char>("tagged-label-char", {"azAZ-_.09:"}, {"+", " ", "("}),
        rule<grammar::tagged_ext_comp>("tagged-ext-comp", {"a", "a \"b\"", "(a)", "a (b (c)) d"},
                                       {"", "()", "a  b", "(a"}),
        rule<grammar::tagged_ext_simple>("tagged-ext-simple", {"0", "9223372036854775807", "1:5,7", "*"},
                                         {"a", "\"1\"", "1:", ""}),
        rule<grammar::tagged_ext_val>("tagged-ext-val", {"5", "1:*", "()", "(a (b))"}, {"a", "\"a\"", "(", "( )"}),
        rule<grammar::text>("text", {"a b [c]", "\t", "\xd0\xbc"}, {"", "a\r", "a\n", "\0"sv, "\xff"}),
        octets_of<grammar::text_char>("TEXT-CHAR", {"\x01\t az\x7f"}, {"\r", "\n", "\x80"}),
        rule<grammar::time>("time", {"21:52:25"}, {"1:52:25", "21:52", "21.52.25"}),
        rule<slot_rule<slot::command>>("uid", {"UID COPY 1 x", "UID FETCH 1 FLAGS", "UID SEARCH ALL", "UID EXPUNGE 1"},
                                       {"UID", "UID 1", "UID NOOP", "UID COPY 1", "UID FETCH 0 FLAGS"},
                                       "Each of its commands is two words of the slot."),
        rule<grammar::uid_expunge>("uid-expunge", {" 1", " 3000:3002"}, {"", " 0", " x"}, behind),
        rule<grammar::uid_set>("uid-set", {"1", "304,319:320"}, {"*", "$", "0", "1,"}),
        rule<grammar::uid_range>("uid-range", {"1:2", "9:1"}, {"1", "1:*", "0:1"}),
        rule<grammar::uniqueid>("uniqueid", {"1", "4294967295"}, {"0", "*", "01"}),
        rule<grammar::unsubscribe>("unsubscribe", {" x"}, {"", " a b"}, behind),
        rule<grammar::userid>("userid", {"me", "\"me\"", "{2}\r\nme"}, {"", "a b"}),
        none("UTF8-CHAR",
             "RFC 3629 4 defines it; name-component is the one that uses it, and takes what an atom holds."),
        rule<grammar::utf8_2>("UTF8-2", {"\xc2\x80", "\xdf\xbf"}, {"\xc1\xbf", "\xc2", "\xc2\x7f", "a"}),
        rule<grammar::utf8_3>("UTF8-3", {"\xe0\xa0\x80", "\xef\xbf\xbf", "\xed\x9f\xbf"},
                              {"\xe0\x9f\xbf", "\xed\xa0\x80", "\xe1\x80"}),
        rule<grammar::utf8_4>("UTF8-4", {"\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf"},
                              {"\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80"}),
        rule<grammar::vendor_token>("vendor-token", {"vendor.acme"}, {"vendor.", "acme", "vendor"}),
        rule<grammar::zone>("zone", {"+0000", "-0800"}, {"0000", "+000", "+00:00"}),
    };
}

table of_rfc_3501() {
    return {
        rule<grammar::lsub>("lsub", {" \"\" *", " #news. \"comp.*\""}, {" \"\"", " (SUBSCRIBED) \"\" *", " \"\" (a)"},
                            behind),
        rule<grammar::command>("x-command", {"a XPIG-LATIN\r\n", "a X-A (b)\r\n"}, {"a X(\r\n", "a -X\r\n"},
                               "A word nobody knows, and it is a value: RFC 9051 has no such command."),
    };
}

} // namespace mailwire::imap::productions
