// SPDX-License-Identifier: BSL-1.0
// Response codes of RFC 9051 7.1, RFC 3501 7.1 and of the extensions, by their line of the checklist.
#include "support/rows.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace mailwire::test {
namespace {

// Codes that are a word alone.
struct bare_code {
    const char* id;
    std::string_view word;
};
constexpr bare_code bare_codes[] = {
    {"B9-1", "ALERT"},
    {"B9-2", "ALREADYEXISTS"},
    {"B9-4", "AUTHENTICATIONFAILED"},
    {"B9-5", "AUTHORIZATIONFAILED"},
    {"B9-7", "CANNOT"},
    {"B9-9", "CLIENTBUG"},
    {"B9-10", "CLOSED"},
    {"X-5162/7162-5", "CLOSED"},
    {"B9-11", "CONTACTADMIN"},
    {"B9-13", "CORRUPTION"},
    {"B9-14", "EXPIRED"},
    {"B9-15", "EXPUNGEISSUED"},
    {"B9-16", "HASCHILDREN"},
    {"B9-17", "INUSE"},
    {"B9-18", "LIMIT"},
    {"B9-19", "NONEXISTENT"},
    {"B9-20", "NOPERM"},
    {"B9-21", "NOTSAVED"},
    {"X-5182-3", "NOTSAVED"},
    {"B9-22", "OVERQUOTA"},
    {"X-2087/9208-8", "OVERQUOTA"},
    {"B9-23", "PARSE"},
    {"B9-25", "PRIVACYREQUIRED"},
    {"B9-26", "READ-ONLY"},
    {"B9-26", "READ-WRITE"},
    {"B9-27", "SERVERBUG"},
    {"B9-28", "TRYCREATE"},
    {"B9-30", "UIDNOTSTICKY"},
    {"X-4315-2", "UIDNOTSTICKY"},
    {"B9-32", "UNAVAILABLE"},
    {"B9-33", "UNKNOWN-CTE"},
    {"X-3516-3", "UNKNOWN-CTE"},
    {"X-9586-3", "UIDREQUIRED"},
    {"X-4551/7162-3", "NOMODSEQ"},
};

// Each is taken in any case, tagged and untagged, with a text and without one, and never with an argument.
TEST(checklist, B9_codes_that_are_a_word) {
    for (const auto& code : bare_codes) {
        const std::string word(code.word);
        good_responses({
            {code.id, "a NO [" + word + "] some text\r\n"},
            {code.id, "* OK [" + word + "] some text\r\n"},
            {code.id, "* BYE [" + word + "]\r\n", "* BYE [" + word + "] -\r\n", true},
        });
        const auto end = 6 + word.size();
        bad_responses({
            {code.id, "a NO [" + word + " 1] text\r\n", errc::syntax, end},
            {code.id, "a NO [" + word + " (x)] text\r\n", errc::syntax, end},
            {code.id, "a NO [" + word + "\r\n", errc::syntax, end},
            {code.id, "a NO [" + word + "]text\r\n", errc::syntax, end + 1},
        });
    }
}

TEST(checklist, B9_codes_with_arguments) {
    good_responses({
        {"B9-3", "a OK [APPENDUID 7 12] kept\r\n"},
        {"B9-6", "a NO [BADCHARSET] none\r\n"},
        {"B9-6", "a NO [BADCHARSET (UTF-8 ISO-8859-1)] those\r\n"},
        {"B9-8", "* OK [CAPABILITY IMAP4rev2 IMAP4rev1 LOGINDISABLED] hello\r\n"},
        {"B9-12", "a OK [COPYUID 9 1,3:5 20:23] copied\r\n"},
        {"X-4315-2", "a OK [APPENDUID 7 12:14] kept\r\n"},
        {"B9-24", "* OK [PERMANENTFLAGS ()] none\r\n"},
        {"B9-24", "* OK [PERMANENTFLAGS (\\Answered kept \\*)] these\r\n"},
        {"B9-29", "* OK [UIDNEXT 4294967295] next\r\n"},
        {"B9-31", "* OK [UIDVALIDITY 1] valid\r\n"},
        {"B9-34", "* OK [X-NEW any \"th(ing\" {5}] text\r\n"},
        {"O-11", "* OK [UNSEEN 3] third\r\n"},
        {"O-12", "a NO [NEWNAME old \"new\"] moved\r\n"},
        {"O-14", "a NO [BADCHARSET (\"US-ASCII\")] x\r\n", "a NO [BADCHARSET (US-ASCII)] x\r\n"},
        {"A24", "a NO [REFERRAL imap://me@b.example/x%5Dy] elsewhere\r\n"},
        {"X-4551/7162-4", "a OK [MODIFIED 3,7:9] some\r\n"},
        {"X-4551/7162-2", "* OK [HIGHESTMODSEQ 9223372036854775807] x\r\n"},
    });
    bad_responses({
        {"B9-3", "a OK [APPENDUID 7 0] x\r\n", errc::syntax, 18},
        {"B9-6", "a NO [BADCHARSET UTF-8] x\r\n", errc::syntax, 17},
        {"E1", "a NO [BADCHARSET UTF-8 ISO-8859-1] x\r\n", errc::syntax, 17},
        {"B9-8", "* OK [CAPABILITY ] x\r\n", errc::syntax, 17},
        {"B9-12", "a OK [COPYUID 9 1,3:5] x\r\n", errc::syntax, 21},
        {"B9-24", "* OK [PERMANENTFLAGS (\\Recent)] x\r\n", errc::syntax, 22},
        {"B9-29", "* OK [UIDNEXT 0] x\r\n", errc::syntax, 14},
        {"E6", "* OK [UIDNEXT 4294967296] x\r\n", errc::number_too_big, 14},
        {"D1", "* OK [UIDVALIDITY 4294967296] x\r\n", errc::number_too_big, 18},
        {"O-11", "* OK [UNSEEN 0] x\r\n", errc::syntax, 13},
        {"A24", "a NO [REFERRAL imap://b.example/x]y] x\r\n", errc::syntax, 34},
        {"X-4551/7162-2", "* OK [HIGHESTMODSEQ 0] x\r\n", errc::syntax, 21},
    });
}

} // namespace
} // namespace mailwire::test
