// SPDX-License-Identifier: BSL-1.0
// RFC 9051 9, from initial-resp to msg-att-static.
#include "productions.hpp"

namespace mailwire::imap::productions {

using namespace std::string_view_literals;

namespace {

constexpr std::string_view behind = "The slot takes the word; the rule is what stands behind it.";

} // namespace

table from_initial_resp_to_msg_att() {
    const dialect from_client{.from = side::client};
    return {
        rule<grammar::initial_resp>("initial-resp", {"=", "AAAA", "YQ=="}, {"A", "==", "AAAA="}),
        rule<grammar::list>("list",
                            {" \"\" *", " (SUBSCRIBED RECURSIVEMATCH) \"\" %", " \"\" (a \"b*\")",
                             " \"\" % RETURN (CHILDREN STATUS (UIDNEXT))", " () \"\" \"\" RETURN ()"},
                            {" \"\"", " (RECURSIVEMATCH) \"\" *", " \"\" ()", " \"\" % RETURN", " \"\" % (CHILDREN)"},
                            behind),
        rule<grammar::list_mailbox>("list-mailbox", {"*", "a.%]", "\"\"", "{1}\r\n*"}, {"", "(a)", "a b"}),
        octets_of<grammar::list_char>("list-char", {"a%*]"}, {" ", "(", "{", "\"", "\\"}),
        rule<grammar::list_return_opt>("list-return-opt", {"SUBSCRIBED", "X-OPT (a)"}, {"STATUS", "(a)"}),
        rule<grammar::list_return_opts>("list-return-opts", {"RETURN ()", "RETURN (SUBSCRIBED CHILDREN)"},
                                        {"RETURN", "RETURN CHILDREN", "RETURN ( )"}),
        rule<grammar::list_select_base_opt>("list-select-base-opt", {"SUBSCRIBED"}, {"\"SUBSCRIBED\"", ""}),
        rule<grammar::list_select_base_opt_quoted>("list-select-base-opt-quoted", {"\"SUBSCRIBED\"", "\"X-OPT\""},
                                                   {"SUBSCRIBED", "\"\"", "\"SUBSCRIBED"}),
        rule<grammar::list_select_independent_opt>("list-select-independent-opt", {"REMOTE"}, {"", "(REMOTE)"}),
        rule<grammar::list_select_mod_opt>("list-select-mod-opt", {"RECURSIVEMATCH"}, {"", "(RECURSIVEMATCH)"}),
        rule<grammar::list_select_opt>("list-select-opt", {"SUBSCRIBED", "REMOTE", "X-OPT (\"a\" (b))"},
                                       {"REMOTE (a)", "(REMOTE)"}, "It is a slot."),
        rule<grammar::list_select_opts>("list-select-opts",
                                        {"()", "(REMOTE)", "(SUBSCRIBED)", "(SUBSCRIBED REMOTE)",
                                         "(SUBSCRIBED RECURSIVEMATCH)", "(RECURSIVEMATCH REMOTE SUBSCRIBED)"},
                                        {"(RECURSIVEMATCH)", "(REMOTE RECURSIVEMATCH)", "( )", "SUBSCRIBED"}),
        octets_of<grammar::list_wildcards>("list-wildcards", {"%*"}, {"?", "a"}),
        rule<grammar::literal>("literal", {"{0}\r\n", "{3}\r\na\r\n", "{2+}\r\n\xff{"},
                               {"{1}\r\n\0"sv, "{2}\r\na", "~{1}\r\na", "{}\r\n", "{1} \r\na"}, {}, from_client),
        rule<grammar::literal8>("literal8", {"~{0}\r\n", "~{3}\r\na\0b"sv}, {"{1}\r\na", "~{2}\r\na", "~\"a\""}),
        rule<grammar::login>("login", {" a b", " \"a\" {1+}\r\nb"}, {" a", " a b c", " a (b)"}, behind, from_client),
        rule<grammar::mailbox>("mailbox", {"INBOX", "iNbOx", "a]b", "\"a b\"", "{1}\r\n*"}, {"", "*", "a%"}),
        rule<slot_rule<slot::response_data>>(
            "mailbox-data",
            {"FLAGS ()", "LIST () NIL x", "STATUS x ()", "ESEARCH", "SEARCH 1 2", "NAMESPACE NIL NIL NIL"},
            {"FLAGS", "LIST NIL x", "STATUS x", "SEARCH 0"},
            "It is a slot with response-data; what begins with a number is another one."),
        rule<grammar::mailbox_list>("mailbox-list",
                                    {"() \"/\" x", "(\\Noselect \\X) NIL \"a\" ()", "() \"\\\\\" x (a (b))"},
                                    {"\"/\" x", "() / x", "() \"//\" x", "() \"/\" x a"}),
        rule<grammar::mbox_list_extended>("mbox-list-extended", {"()", "(a 1)", "(\"a\" (b) c 5)"},
                                          {"(a)", "a 1", "(a b)"}),
        rule<grammar::mbox_list_extended_item>("mbox-list-extended-item",
                                               {"a 1", "\"OLDNAME\" (x)", "CHILDINFO (\"SUBSCRIBED\")"},
                                               {"a", "a \"b\"", "OLDNAME x"}, "It is a slot."),
        rule<grammar::mbox_list_extended_item_tag>("mbox-list-extended-item-tag", {"a", "\"a\"", "vendor.x-y"},
                                                   {"", "(a)"}),
        rule<grammar::mbox_or_pat>("mbox-or-pat", {"*", "\"\"", "(a)", "(a \"b\" %)"}, {"()", "(a", "a b"}),
        rule<grammar::mbx_list_flags>(
            "mbx-list-flags", {"\\Noselect", "\\X \\Marked \\Y", "\\HasChildren \\Subscribed"},
            {"", "\\Marked \\Unmarked", "\\X \\x", "\\HasChildren \\HasNoChildren", "kw"}, {}, {}, ")"),
        rule<grammar::mbx_list_oflag>("mbx-list-oflag", {"\\Noinferiors", "\\Remote", "\\X"}, {"Remote", "\\"}),
        rule<grammar::mbx_list_sflag>("mbx-list-sflag", {"\\NonExistent", "\\marked"}, {"\\X", "\\Mark", "\\Markedly"}),
        rule<grammar::media_basic>("media-basic", {"\"IMAGE\" \"GIF\"", "{1}\r\nx \"y\""}, {"\"IMAGE\"", "IMAGE GIF"}),
        rule<grammar::media_message>("media-message", {"\"MESSAGE\" \"RFC822\"", "\"message\" \"global\""},
                                     {"\"MESSAGE\" \"PARTIAL\"", "\"TEXT\" \"RFC822\""}),
        rule<grammar::media_subtype>("media-subtype", {"\"PLAIN\"", "{1}\r\nx"}, {"NIL", "PLAIN"}),
        rule<grammar::media_text>("media-text", {"\"TEXT\" \"PLAIN\""}, {"\"TEXTS\" \"PLAIN\"", "\"TEXT\""}),
        rule<slot_rule<slot::message_data>>("message-data", {"1 EXPUNGE", "7 FETCH (UID 1)"},
                                            {"0 EXPUNGE", "1 EXPUNGE x", "1 FETCH ()", "EXPUNGE"}, "It is a slot."),
        rule<grammar::move>("move", {" 1,2 x"}, {" x 1", " 1"}, behind),
        rule<grammar::msg_att>("msg-att", {"(UID 1)", "(FLAGS () UID 1)"},
                               {"()", "(UID)", "UID 1", "(UID 1  FLAGS ())"}),
        rule<slot_rule<slot::msg_att>>("msg-att-dynamic", {"FLAGS ()", "FLAGS (\\Recent)"}, {"FLAGS", "FLAGS (\\*)"},
                                       "One slot has both kinds of msg-att."),
        rule<slot_rule<slot::msg_att>>(
            "msg-att-static",
            {"INTERNALDATE \" 7-Feb-1994 21:52:25 -0800\"", "RFC822.SIZE 5", "BODY[1]<5> NIL", "UID 1",
             "BINARY[1] ~{1}\r\n\0"sv, "BINARY[] NIL", "BINARY.SIZE[2] 9",
             "BODY (\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 1 1)"},
            {"INTERNALDATE NIL", "RFC822.SIZE -1", "BODY[1] ~{1}\r\na", "UID 0", "BINARY.SIZE[2] NIL", "BODY NIL"},
            "One slot has both kinds of msg-att."),
    };
}

} // namespace mailwire::imap::productions
