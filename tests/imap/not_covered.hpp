// SPDX-License-Identifier: BSL-1.0
// Extensions the library does not speak, by the words that only they have. A unit with such a word is refused, or has a
// name that nobody knows, but it is never understood.

#pragma once

#include <string_view>

namespace mailwire::test {

struct not_covered {
    std::string_view extension;
    std::string_view rfc;
    std::string_view commands = {}; // words of commands
    std::string_view data = {};     // words of untagged data
    std::string_view codes = {};    // words of response codes
    std::string_view items = {};    // words of items, keys, options and parameters
};

inline constexpr not_covered extensions_not_covered[] = {
    {"ACL", "4314", "SETACL DELETEACL GETACL LISTRIGHTS MYRIGHTS", "ACL LISTRIGHTS MYRIGHTS"},
    {"ANNOTATE-EXPERIMENT-1", "5257", "", "", "ANNOTATE ANNOTATIONS", "ANNOTATE ANNOTATION"},
    {"APPENDLIMIT", "7889", "", "", "TOOBIG", "APPENDLIMIT"},
    {"CATENATE", "4469", "", "", "BADURL", "CATENATE"},
    {"CONTEXT, ESORT", "5267", "CANCELUPDATE", "", "NOUPDATE", "CONTEXT UPDATE ADDTO REMOVEFROM"},
    {"CONVERT", "5259", "CONVERT CONVERSIONS", "CONVERSION CONVERTED", "TEMPFAIL MAXCONVERTMESSAGES MAXCONVERTPARTS"},
    {"FILTERS", "5466", "", "", "UNDEFINED-FILTER", "FILTER"},
    {"INPROGRESS", "9585", "", "", "INPROGRESS"},
    {"JMAPACCESS", "9698", "GETJMAPACCESS", "JMAPACCESS"},
    {"LANGUAGE, I18NLEVEL", "5255", "LANGUAGE COMPARATOR", "LANGUAGE COMPARATOR", "BADCOMPARATOR"},
    {"LIST-MYRIGHTS", "8440", "", "", "", "MYRIGHTS"},
    {"MAILBOX-REFERRALS, LOGIN-REFERRALS", "2193, 2221", "RLIST RLSUB", "", "REFERRAL"},
    {"MESSAGELIMIT", "9738", "", "", "MESSAGELIMIT", "UIDAFTER UIDBEFORE"},
    {"METADATA, LIST-METADATA", "5464, 9590", "GETMETADATA SETMETADATA", "METADATA", "METADATA", "METADATA"},
    {"MULTISEARCH", "7377", "ESEARCH"},
    {"NEWNAME", "2060", "", "", "NEWNAME"},
    {"NOTIFY", "5465", "NOTIFY", "", "NOTIFICATIONOVERFLOW BADEVENT"},
    {"OBJECTID", "8474", "", "", "MAILBOXID", "MAILBOXID EMAILID THREADID OBJECTID"},
    {"PARTIAL", "9394", "", "", "", "PARTIAL"},
    {"REPLACE", "8508", "REPLACE"},
    {"SAVEDATE", "8514", "", "", "", "SAVEDATE SAVEDBEFORE SAVEDON SAVEDSINCE SAVEDATESUPPORTED"},
    {"SEARCH=FUZZY", "6203", "", "", "", "FUZZY RELEVANCY"},
    {"SORT, THREAD", "5256", "SORT THREAD", "SORT THREAD"},
    {"SPECIAL-USE, of LIST and CREATE", "6154", "", "", "USEATTR", "SPECIAL-USE USE"},
    {"UIDBATCHES", "10022", "UIDBATCHES", "UIDBATCHES", "TOOFEW TOOMANY"},
    {"URLAUTH", "4467", "RESETKEY GENURLAUTH URLFETCH", "GENURLAUTH URLFETCH", "URLMECH"},
    {"UTF8=ACCEPT, of APPEND and LIST", "6855, 5738", "", "", "NOT-UTF-8 UTF-8-ONLY"},
    {"WITHIN", "5032", "", "", "", "OLDER YOUNGER"},
    {"X-GM-EXT-1", "of no RFC", "", "", "", "X-GM-MSGID X-GM-THRID X-GM-LABELS X-GM-RAW"},
    {"XLIST", "of no RFC", "XLIST", "XLIST"},
};

// Forms without a word of their own: a part of a command, in capitals.
struct form_not_covered {
    std::string_view extension;
    std::string_view rfc;
    std::string_view command;
    std::string_view part;
};
inline constexpr form_not_covered forms_not_covered[] = {
    {"BINARY, of APPEND", "3516", "APPEND", " ~{"},
    {"APPEND with an extension", "4466", "APPEND", " FOO (A B)"},
    {"UTF8=ACCEPT, of APPEND", "6855", "APPEND", " UTF8 ("},
    {"CREATE with parameters", "4466", "CREATE", " ("},
    {"RENAME with parameters", "4466", "RENAME", " ("},
};

// The extension a unit of a client or a server belongs to; empty where it is covered.
[[nodiscard]] std::string_view extension_not_covered(std::string_view unit);

} // namespace mailwire::test
