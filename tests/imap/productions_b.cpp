// SPDX-License-Identifier: BSL-1.0
// RFC 9051 9, from body to charset.
#include "productions.hpp"

namespace mailwire::imap::productions {
namespace {

constexpr std::string_view plain = "(\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 1 1)";
constexpr std::string_view forwarded =
    "\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 9 (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL) "
    "(\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 1 1) 4";

} // namespace

table from_body_to_charset() {
    return {
        rule<grammar::body>("body", {plain, "((\"IMAGE\" \"PNG\" NIL NIL NIL \"BASE64\" 5) \"MIXED\")"},
                            {"()", "NIL", "(\"TEXT\" \"PLAIN\")", "((\"A\" \"B\" NIL NIL NIL \"7BIT\" 1))"}),
        rule<grammar::body_extension>("body-extension",
                                      {"NIL", "\"x\"", "5", "9223372036854775807", "(1 (\"a\" NIL) 2)"},
                                      {"", "()", "x", "(1  2)", "9223372036854775808"}),
        rule<grammar::body_ext_1part>(
            "body-ext-1part",
            {"NIL", "\"m\" NIL", "NIL (\"inline\" NIL) \"en\"", "NIL NIL (\"de\" \"en\") \"loc\" 1 (2)"},
            {"", "5", "NIL NIL NIL NIL ", "NIL (\"inline\")"}),
        rule<grammar::body_ext_mpart>("body-ext-mpart", {"NIL", "(\"b\" \"x\") NIL NIL NIL 5"},
                                      {"\"x\"", "()", "(\"b\")"}),
        rule<grammar::body_fields>("body-fields", {"NIL NIL NIL \"7BIT\" 5", "(\"a\" \"b\") \"i\" \"d\" \"x\" 0"},
                                   {"NIL NIL NIL \"7BIT\"", "NIL NIL NIL NIL 5", "NIL NIL \"7BIT\" 5"}),
        rule<grammar::body_fld_desc>("body-fld-desc", {"NIL", "\"d\""}, {"d"}),
        rule<grammar::body_fld_dsp>("body-fld-dsp", {"NIL", "(\"inline\" NIL)", "(\"a\" (\"b\" \"c\"))"},
                                    {"\"inline\"", "(\"inline\")", "(NIL NIL)"}),
        rule<grammar::body_fld_enc>("body-fld-enc", {"\"7BIT\"", "\"quoted-printable\"", "{3}\r\nx-y"},
                                    {"NIL", "7BIT"}),
        rule<grammar::body_fld_id>("body-fld-id", {"NIL", "\"<a@b>\""}, {"<a@b>"}),
        rule<grammar::body_fld_lang>("body-fld-lang", {"NIL", "\"en\"", "(\"en\" \"de\")"}, {"()", "en", "(NIL)"}),
        rule<grammar::body_fld_loc>("body-fld-loc", {"NIL", "\"http://x.example/\""}, {"http"}),
        rule<grammar::body_fld_lines>("body-fld-lines", {"0", "9223372036854775807"}, {"-1", "NIL"}),
        rule<grammar::body_fld_md5>("body-fld-md5", {"NIL", "\"Q2hlY2sgSW50ZWdyaXR5IQ==\""}, {"(1)"}),
        rule<grammar::body_fld_octets>("body-fld-octets", {"0", "4294967296"}, {"-1", "NIL", "\"5\""}),
        rule<grammar::body_fld_param>("body-fld-param", {"NIL", "(\"a\" \"b\")", "(\"a\" \"b\" \"c\" {1}\r\nd)"},
                                      {"()", "(\"a\")", "(\"a\" NIL)", "(\"a\" \"b\" \"c\")"}),
        rule<grammar::body_type_1part>("body-type-1part",
                                       {"\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 1 1",
                                        "\"IMAGE\" \"GIF\" NIL NIL NIL \"BASE64\" 1 NIL NIL", forwarded},
                                       {"\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\"", "\"MIXED\""}),
        rule<grammar::body_type_basic>("body-type-basic", {"\"IMAGE\" \"GIF\" NIL NIL NIL \"BASE64\" 1"},
                                       {"\"IMAGE\" NIL NIL NIL NIL \"BASE64\" 1"}),
        rule<grammar::body_type_mpart>("body-type-mpart",
                                       {"(\"A\" \"B\" NIL NIL NIL \"7BIT\" 1) \"MIXED\"",
                                        "(\"A\" \"B\" NIL NIL NIL \"7BIT\" 1)(\"A\" \"B\" NIL NIL NIL \"7BIT\" 1) "
                                        "\"MIXED\" (\"BOUNDARY\" \"x\")"},
                                       {"\"MIXED\"", "(\"A\" \"B\" NIL NIL NIL \"7BIT\" 1)\"MIXED\""}),
        rule<grammar::body_type_msg>("body-type-msg", {forwarded}, {"\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 9"}),
        rule<grammar::body_type_text>(
            "body-type-text", {"\"text\" \"html\" NIL NIL NIL \"8BIT\" 10 2"},
            {"\"TEXT\" \"HTML\" NIL NIL NIL \"8BIT\" 10", "\"IMAGE\" \"GIF\" NIL NIL NIL \"8BIT\" 10 2"}),
        rule<grammar::capability>("capability", {"IDLE", "AUTH=PLAIN", "LITERAL+"}, {"", "a]", "\"IDLE\""}),
        rule<grammar::capability_data>("capability-data", {" IMAP4rev2", " IMAP4rev1 IDLE", " AUTH=X IMAP4rev2"},
                                       {" ", " A  B", " (A)"},
                                       "That IMAP4rev2 is among them is no matter of syntax: RFC 3501 has it too."),
        octets_of<char_>("CHAR", {"\x01\x7f a"}, {"\x80", "\xff"}),
        none("CHAR8", "It is what a literal may hold; literal refuses NUL while it looks for it."),
        rule<grammar::charset>("charset", {"UTF-8", "\"US-ASCII\""}, {"", "{5}\r\nUTF-8", "(UTF-8)"}),
    };
}

} // namespace mailwire::imap::productions
