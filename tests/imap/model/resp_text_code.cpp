// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/model/resp_text_code.hpp"

#include "mailwire/imap/parse.hpp"
#include "mailwire/imap/write.hpp"
#include "support/rows.hpp"

#include <gtest/gtest.h>

#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace mailwire::imap {
namespace {

using namespace std::string_view_literals;

// B9: the codes of RFC 9051 7.1 that are a word and nothing else.
constexpr std::string_view words[] = {"ALERT",
                                      "ALREADYEXISTS",
                                      "AUTHENTICATIONFAILED",
                                      "AUTHORIZATIONFAILED",
                                      "CANNOT",
                                      "CLIENTBUG",
                                      "CLOSED",
                                      "CONTACTADMIN",
                                      "CORRUPTION",
                                      "EXPIRED",
                                      "EXPUNGEISSUED",
                                      "HASCHILDREN",
                                      "INUSE",
                                      "LIMIT",
                                      "NONEXISTENT",
                                      "NOPERM",
                                      "NOTSAVED",
                                      "OVERQUOTA",
                                      "PARSE",
                                      "PRIVACYREQUIRED",
                                      "READ-ONLY",
                                      "READ-WRITE",
                                      "SERVERBUG",
                                      "TRYCREATE",
                                      "UIDNOTSTICKY",
                                      "UNAVAILABLE",
                                      "UNKNOWN-CTE"};

TEST(resp_text_code, words) {
    token tape[16];
    std::vector<std::uint32_t> ids;
    for (const std::string_view word : words) {
        const std::string wire = "a NO [" + std::string(word) + "] x\r\n";
        test::good_responses({{"B9", wire}});
        const auto code = parse_response(wire, tape).value.status().code;
        EXPECT_TRUE(code.known()) << word;
        ids.push_back(code.id());
        const std::string lower =
            "a NO [" + std::string(1, static_cast<char>(word[0] | 0x20)) + std::string(word.substr(1)) + "] x\r\n";
        EXPECT_EQ(parse_response(lower, tape).value.status().code.id(), code.id()) << word;
        const std::string more = "a NO [" + std::string(word) + " 5] x\r\n";
        test::bad_responses({{"P2", more, errc::syntax, 6 + word.size()}});
    }
    for (std::size_t i = 0; i != ids.size(); ++i) {
        for (std::size_t k = 0; k != i; ++k)
            EXPECT_NE(ids[i], ids[k]) << words[i] << words[k];
    }
}

TEST(resp_text_code, values) {
    test::good_responses({
        {"B9-3", "a OK [APPENDUID 38505 3955] x\r\n"},
        {"B9-3", "a OK [APPENDUID 38505 3955:3957] x\r\n"},
        {"B9-5", "a NO [BADCHARSET (UTF-8 \"US-ASCII\")] x\r\n", "a NO [BADCHARSET (UTF-8 US-ASCII)] x\r\n"},
        {"B9-5", "a NO [BADCHARSET] x\r\n"},
        {"B9", "* OK [CAPABILITY IMAP4rev2 AUTH=PLAIN X}Y] x\r\n"},
        {"L-15", "a OK [COPYUID 7 304,319:320 3956:3958] x\r\n"},
        {"B6", "* OK [COPYUID 1 1:4294967295 1:4294967295] x\r\n"},
        {"B8-20", "* OK [PERMANENTFLAGS (\\Seen \\* $Junk)] x\r\n"},
        {"B8-20", "* OK [PERMANENTFLAGS ()] x\r\n"},
        {"B9", "* OK [UIDNEXT 4392] x\r\n"},
        {"B9", "* OK [UIDVALIDITY 4294967295] x\r\n"},
    });
    test::bad_responses({
        {"E1", "a NO [BADCHARSET UTF-8] x\r\n", errc::syntax, 17},
        {"B9-5", "a NO [BADCHARSET ()] x\r\n", errc::syntax, 18},
        {"B9-3", "a OK [APPENDUID 0 1] x\r\n", errc::syntax, 16},
        {"B9-3", "a OK [APPENDUID 1 *] x\r\n", errc::syntax, 18},
        {"B9-3", "a OK [APPENDUID 1] x\r\n", errc::syntax, 17},
        {"L-15", "a OK [COPYUID 7 $ 1] x\r\n", errc::syntax, 16},
        {"L-15", "a OK [COPYUID 7 1 1:*] x\r\n", errc::syntax, 20},
        {"L-15", "a OK [COPYUID 7 1] x\r\n", errc::syntax, 17},
        {"P3", "* OK [PERMANENTFLAGS (\\Recent)] x\r\n", errc::syntax, 22},
        {"D20", "* OK [PERMANENTFLAGS (Answered Deleted Seen ]\r\n", errc::syntax, 44},
        {"P10", "* OK [UIDNEXT 0] x\r\n", errc::syntax, 14},
        {"P10", "* OK [UIDNEXT 01] x\r\n", errc::syntax, 14},
        {"B9", "* OK [CAPABILITY] x\r\n", errc::syntax, 16},
        {"A3", "* OK [CAPABILITY a]b] x\r\n", errc::syntax, 19},
        {"A15", "* OK [X-FOO a\0b] x\r\n"sv, errc::syntax, 13},
    });
}

TEST(resp_text_code, fields) {
    token tape[16];
    const auto code = [&tape](std::string_view wire) { return parse_response(wire, tape).value.status().code; };
    const auto copy = code("a OK [COPYUID 7 304,319:320 3956:3958] x\r\n").get<code_copyuid>();
    ASSERT_TRUE(copy);
    EXPECT_EQ(*copy, (code_copyuid{7, "304,319:320", "3956:3958"}));
    EXPECT_EQ(code("a OK [APPENDUID 38505 3955] x\r\n").get<code_appenduid>(), (code_appenduid{38505, 3955U}));
    EXPECT_EQ(code("a OK [UIDNEXT 5] x\r\n").get<code_uidnext>(), code_uidnext{5});
    EXPECT_FALSE(code("a OK [UIDNEXT 5] x\r\n").get<code_uidvalidity>());
    EXPECT_EQ(code("a OK [CAPABILITY A B] x\r\n").get<code_capability>(), (code_capability{{"A", "B"}}));
    EXPECT_EQ(code("a OK [BADCHARSET (A \"B\")] x\r\n").get<code_badcharset>(), (code_badcharset{{"A", "B"}}));
    EXPECT_TRUE(code("a OK [BADCHARSET] x\r\n").get<code_badcharset>()->charsets.empty());
    EXPECT_EQ(code("* OK [PERMANENTFLAGS (\\*)] x\r\n").get<code_permanentflags>(), (code_permanentflags{{"\\*"}}));
}

template <typename Code> misuse written(const Code& value) {
    size_sink out;
    return write_status(out, {condition::ok, value, "x"});
}

// What no reader would take is not written.
TEST(resp_text_code, refuses_what_has_no_place) {
    EXPECT_EQ(written(code_uidvalidity{0}), misuse::bad_value);
    EXPECT_EQ(written(code_appenduid{0, 1U}), misuse::bad_value);
    EXPECT_EQ(written(code_appenduid{1, star}), misuse::bad_value);
    EXPECT_EQ(written(code_appenduid{1, sequence_set::last_result()}), misuse::bad_value);
    EXPECT_EQ(written(code_appenduid{1, {}}), misuse::bad_value);
    EXPECT_EQ(written(code_copyuid{1, 1U, "1:*"}), misuse::bad_value);
    EXPECT_EQ(written(code_copyuid{1, 1U, 1U}), misuse::none);
    EXPECT_EQ(written(code_capability{{"a b"}}), misuse::bad_value);
    EXPECT_EQ(written(code_capability{{"a]"}}), misuse::bad_value);
    EXPECT_EQ(written(code_capability{}), misuse::bad_value);
    EXPECT_EQ(written(code_badcharset{{"a b", "c]"}}), misuse::none); // quoted
    EXPECT_EQ(written(code_badcharset{{"a\nb"}}), misuse::bad_value);
    EXPECT_EQ(written(code_permanentflags{{"\\Recent"}}), misuse::bad_value);
    EXPECT_EQ(written(code_permanentflags{{"a b"}}), misuse::bad_value);
}

} // namespace
} // namespace mailwire::imap
