// SPDX-License-Identifier: BSL-1.0
// RFC 6856: UTF8 and LANG.

#include "pop3/checklist/rows.hpp"

namespace mailwire::pop3::test {
namespace {

TEST(checklist, P8_from_client) {
    from_client({
        {"P8-1", "UTF8\r\n", "UTF8"},
        {"P8-1", "utf8\r\n", "UTF8"},
        {"P8-1", "UTF8 USER\r\n", "fault syntax at 4"},
        {"P8-1", "UTF-8\r\n", "fault syntax at 4"},
        {"P8-2", "CAPA\r\n", "CAPA"},
        {"P8-2", "CAPA UTF8\r\n", "fault syntax at 4"},
        {"P8-3", "USER \xd1\x8f\r\n", "USER [\xd1\x8f]", line_of::command, in_utf8},
        {"P8-3", "PASS a \xd1\x8f\r\n", "PASS [a \xd1\x8f]", line_of::command, in_utf8},
        {"P8-3", "APOP \xd1\x8f c4c9334bac560ecc979e58001b3e22fb\r\n",
         "APOP [\xd1\x8f] [c4c9334bac560ecc979e58001b3e22fb]", line_of::command, in_utf8},
        {"P8-3", "USER \xd1\x8f\r\n", "fault syntax at 5"},
        {"P8-3", "USER \xd1\r\n", "fault syntax at 5", line_of::command, in_utf8},
        {"P8-3", "USER \xc0\x80\r\n", "fault syntax at 5", line_of::command, in_utf8},
        {"P8-4", "LANG es\r\n", "LANG [es]"},
        {"P8-4", "LANG *\r\n", "LANG [*]"},
        {"P8-4", "lang zh-Hant-TW\r\n", "LANG [zh-Hant-TW]"},
        {"P8-4", "LANG es fr\r\n", "fault syntax at 7"},
        {"P8-4", "LANG en_US\r\n", "fault syntax at 7"},
        {"P8-5", "LANG\r\n", "LANG all"},
        {"P8-5", "LANG \r\n", "fault syntax at 5"},
        {"P8-6", "CAPA\r\n", "CAPA"},
        {"P8-6", "CAPA LANG\r\n", "fault syntax at 4"},
        {"P8-7", "RETR 1\r\n", "RETR 1"},
        {"P8-7", "RETR \xd1\x8f\r\n", "fault syntax at 5", line_of::command, in_utf8},
    });
}

TEST(checklist, P8_from_server) {
    from_server({
        {"P8-1", to_any, "+OK UTF8 mode\r\n", "+OK [UTF8 mode]"},
        {"P8-1", to_any, "+OK modo UTF-8 s\xc3\xad\r\n", "+OK [modo UTF-8 s\xc3\xad]", in_utf8},
        {"P8-1", to_any, "+OK modo UTF-8 s\xed\r\n", "fault syntax at 16", in_utf8},
        {"P8-1", to_any, "+OK modo UTF-8 s\xc3\xad\r\n", "fault syntax at 16"},
        {"P8-2", to_capa, "+OK\r\nUTF8 USER\r\n.\r\n", "+OK; UTF8 USER; end"},
        {"P8-2", to_capa, "+OK\r\nUTF8\r\n.\r\n", "+OK; UTF8; end"},
        {"P8-2", to_capa, "+OK\r\nUTF8 ALL\r\n.\r\n", "+OK; fault syntax at 5; end"},
        {"P8-3", to_any, "+OK\r\n", "+OK"},
        {"P8-3", to_any, "-ERR [AUTH] \xd1\x8f\r\n", "-ERR code [AUTH] [\xd1\x8f]", in_utf8},
        {"P8-3", to_any, "-ERR \xd1\r\n", "fault syntax at 5", in_utf8},
        {"P8-4", to_lang_one, "+OK es Idioma cambiado\r\n", "+OK language es [Idioma cambiado]", in_utf8},
        {"P8-4", to_lang_one, "+OK es Idioma cambi\xc3\xb3\r\n", "+OK language es [Idioma cambi\xc3\xb3]"},
        {"P8-4", to_lang_one, "-ERR no\r\n", "-ERR [no]"},
        {"P8-4", to_lang_one, "+OK es\r\n", "fault syntax at 6"},
        {"P8-4", to_lang_one, "+OK es Idioma cambi\xf3\r\n", "fault syntax at 19"},
        {"P8-5", to_lang,
         "+OK Language listing follows:\r\nen English\r\nen-boont English Boontling dialect\r\nde Deutsch\r\n.\r\n",
         "+OK [Language listing follows:]; language en [English]; language en-boont [English Boontling dialect]; "
         "language de [Deutsch]; end"},
        {"P8-5", to_lang, "+OK\r\nes Espa\xc3\xb1ol\r\nen\r\n.\r\n",
         "+OK; language es [Espa\xc3\xb1ol]; language en; end"},
        {"P8-5", to_lang, "+OK\r\n.\r\n", "+OK; end"},
        {"P8-5", to_lang, "-ERR server unable to list\r\n", "-ERR [server unable to list]"},
        {"P8-5", to_lang, "+OK\r\nen_US English\r\nde\r\n.\r\n", "+OK; fault syntax at 2; language de; end"},
        {"P8-6", to_capa, "+OK\r\nLANG\r\n.\r\n", "+OK; LANG; end"},
        {"P8-6", to_capa, "+OK\r\nLANG en\r\n.\r\n", "+OK; fault syntax at 4; end"},
        {"P8-7", to_retr, "-ERR [UTF8] message requires UTF-8 mode\r\n",
         "-ERR code [UTF8] [message requires UTF-8 mode]", with_codes},
        {"P8-7", to_list_one, "-ERR [utf8]\r\n", "-ERR code [utf8]", with_codes},
        {"P8-7", to_retr, "-ERR [UTF8 message\r\n", "fault syntax at 10", with_codes},
    });
}

} // namespace
} // namespace mailwire::pop3::test
