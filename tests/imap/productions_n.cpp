// SPDX-License-Identifier: BSL-1.0
// RFC 9051 9, from name-component to quoted-specials.
#include "productions.hpp"

namespace mailwire::imap::productions {

using namespace std::string_view_literals;

namespace {

constexpr std::string_view behind = "The slot takes the word; the rule is what stands behind it.";

} // namespace

table from_name_component_to_quoted() {
    return {
        rule<grammar::name_component>("name-component", {"acme"}, {"", "a.b", "a/b", "a%", "a*"}),
        rule<grammar::namespace_>("namespace", {"NIL", "((\"\" \"/\"))", "((\"\" \"/\")(\"#mh/\" NIL))"},
                                  {"()", "(NIL)", "((\"\" \"/\") (\"#mh/\" NIL))", "\"\""}),
        rule<slot_rule<slot::command>>("namespace-command", {"NAMESPACE", "namespace"}, {"NAMESPACE ", "NAMESPACE x"},
                                       "It is a word of the slot of commands alone."),
        rule<grammar::namespace_descr>("namespace-descr",
                                       {"(\"\" \"/\")", "(\"x\" NIL \"X-P\" (\"a\" \"b\"))", "({1}\r\nx \"\\\\\")"},
                                       {"(\"\")", "(\"\" /)", "(NIL \"/\")", "(\"\" \"//\")"}),
        rule<grammar::namespace_response_extensions>("namespace-response-extensions",
                                                     {"", " \"a\" (\"b\")", " \"a\" (\"b\") \"c\" (\"d\" \"e\")"},
                                                     {" ", " \"a\""}),
        rule<grammar::namespace_response_extension>("namespace-response-extension", {" \"a\" (\"b\")"},
                                                    {" \"a\" ()", " a (\"b\")", "\"a\" (\"b\")"}),
        rule<grammar::namespace_response>("namespace-response",
                                          {" NIL NIL NIL", " ((\"\" \"/\")) NIL ((\"P/\" \"/\"))"},
                                          {" NIL NIL", " NIL  NIL NIL", " NIL NIL NIL NIL"}, behind),
        rule<grammar::nil>("nil", {"NIL", "nil"}, {"\"NIL\"", "NILS", ""}),
        rule<grammar::nstring>("nstring", {"NIL", "\"\"", "{1}\r\na"}, {"a", "()"}),
        rule<grammar::number>("number", {"0", "007", "4294967295"}, {"", "-1", "4294967296", "1x"}),
        rule<grammar::number64>("number64", {"0", "9223372036854775807"}, {"9223372036854775808", "+1"}),
        rule<grammar::nz_number>("nz-number", {"1", "4294967295"}, {"0", "01", "4294967296"}),
        rule<grammar::nz_number64>("nz-number64", {"1", "9223372036854775807"}, {"0", "9223372036854775808"}),
        rule<grammar::obsolete_flag_recent>("obsolete-flag-recent", {"\\Recent", "\\RECENT"}, {"\\Recently", "Recent"}),
        rule<slot_rule<slot::counted_data>>("obsolete-recent-response", {"0 RECENT", "12 recent"},
                                            {"RECENT", "0 RECENT x", "-1 RECENT"}, "It is a word of a slot."),
        rule<grammar::obsolete_search_response>("obsolete-search-response", {"", " 1", " 2 3 6"},
                                                {" ", " 0", " 1,2", " *"}, behind),
        rule<grammar::oldname_extended_item>("oldname-extended-item", {" (x)", " (\"a b\")"}, {" x", " ()", " (a b)"},
                                             behind),
        rule<grammar::option_extension>("option-extension", {"X-OPT", "vendor.acme-opt", "X (\"a\" (b c))"},
                                        {"X ()", "X a", "\"X\"", "(a)"}),
        rule<grammar::option_standard_tag>("option-standard-tag", {"X-OPT"}, {"", "a b", "\"a\""}),
        rule<grammar::option_val_comp>("option-val-comp", {"a", "a \"b\"", "(a b)", "a (b (c))"}, {"", "()", "a  b"}),
        rule<grammar::option_value>("option-value", {"(a)", "(a (b))"}, {"()", "a", "(a"}),
        rule<grammar::option_vendor_tag>("option-vendor-tag", {"vendor.acme-opt"},
                                         {"acme-opt", "vendor.", "vendor.acme"}),
        none("partial-range", "Only an IMAP URL has it (RFC 5092), and no unit of the protocol."),
        rule<grammar::partial>("partial", {"<0.1>", "<9223372036854775807.9223372036854775807>"},
                               {"<0>", "<0.0>", "0.1", "<.1>"}),
        rule<grammar::password>("password", {"x", "\"a b\"", "{1}\r\n\""}, {"", "a b"}),
        rule<grammar::patterns>("patterns", {"(*)", "(a \"b\" %)"}, {"()", "a", "(a  b)"},
                                "With more than one pattern, as RFC 5258 has it."),
        rule<grammar::quoted>("quoted", {"\"\"", "\"a\\\"b\\\\\"", "\"\t\x01\"", "\"\xd0\xbc\""},
                              {"\"", "\"\\a\"", "\"a\r\n\"", "\"\xff\"", "\"\0\""sv}),
        rule<grammar::quoted_char>("QUOTED-CHAR", {"a", "\\\"", "\\\\", "\t", "\xd0\xbc"},
                                   {"\"", "\\", "\\a", "\r", "\xff", ""},
                                   "quoted looks for what ends it, many octets at a time."),
        octets_of<grammar::quoted_specials>("quoted-specials", {"\"\\"}, {"'", "/"}),
    };
}

} // namespace mailwire::imap::productions
