// SPDX-License-Identifier: BSL-1.0

#include <mailwire/pop3/grammar/lexical.hpp>

#include <mailwire/core/control.hpp>
#include <mailwire/core/input.hpp>

#include <gtest/gtest.h>

#include <string>

namespace mailwire::pop3::grammar {
namespace {

// How many octets of a text a rule takes; -1: it does not match.
template <typename Rule> int taken(std::string_view text, bool utf8 = false) {
    input in(text, {}, dialect{.utf8 = utf8});
    return run<Rule, apply_mode::nothing>(in) ? static_cast<int>(in.offset()) : -1;
}

// RFC 2449 3, with SP in gchar and schar.
static_assert(cchar == (octet_range(0x21, 0x2d) | octet_range(0x2f, 0x7f)));
static_assert(gchar == (octet_range(0x20, 0x3b) | octet_range(0x3d, 0x7f)));
static_assert(schar == octet_range(0x20, 0x7f));
static_assert(rchar == (octet_range(0x21, 0x2e) | octet_range(0x30, 0x5c) | octet_range(0x5e, 0x7f)));
static_assert(line_char == (octet_range(0x01, 0x09) | octet_range(0x0b, 0x0c) | octet_range(0x0e, 0x7f)));

TEST(lexical, numbers) {
    EXPECT_EQ(taken<msg>("1"), 1);
    EXPECT_EQ(taken<msg>("12 4096"), 2);
    EXPECT_EQ(taken<msg>("4294967295"), 10);
    EXPECT_EQ(taken<msg>("4294967296"), -1);
    EXPECT_EQ(taken<msg>("0"), -1);
    EXPECT_EQ(taken<msg>("01"), -1);
    EXPECT_EQ(taken<msg>(""), -1);
    EXPECT_EQ(taken<count>("0"), 1);
    EXPECT_EQ(taken<count>("007"), 3);
    EXPECT_EQ(taken<size>("18446744073709551615"), 20);
    EXPECT_EQ(taken<size>("18446744073709551616"), -1);
}

TEST(lexical, words) {
    EXPECT_EQ(taken<param>("a b"), 1);
    EXPECT_EQ(taken<param>(""), -1);
    EXPECT_EQ(taken<param>("a\xd1\x8f"), 1);
    EXPECT_EQ(taken<param>("a\xd1\x8f", true), 3);
    EXPECT_EQ(taken<param>("\xd1", true), -1);
    EXPECT_EQ(taken<params>("a b  c"), 3);
    EXPECT_EQ(taken<params>("a b "), 3);
    EXPECT_EQ(taken<unique_id>(std::string(70, 'u')), 70);
    EXPECT_EQ(taken<unique_id>(std::string(71, 'u')), -1);
    EXPECT_EQ(taken<unique_id>(""), -1);
    EXPECT_EQ((taken<few_of<vchar, 3, 4>>("abc d")), 3);
    EXPECT_EQ((taken<few_of<vchar, 3, 4>>("ab cd")), -1);
    EXPECT_EQ((taken<few_of<vchar, 3, 4>>("abcde")), -1);
    EXPECT_EQ((taken<octets_of<schar, 0>>("\r\n")), 0);
}

TEST(lexical, response_codes) {
    EXPECT_EQ(taken<resp_levels>("IN-USE]"), 6);
    EXPECT_EQ(taken<resp_levels>("SYS/TEMP]"), 8);
    EXPECT_EQ(taken<resp_levels>("a/b/[c]"), 6);
    EXPECT_EQ(taken<resp_levels>("a/]"), 1);
    EXPECT_EQ(taken<resp_levels>("]"), -1);
    EXPECT_EQ(taken<resp_levels>("/a"), -1);
}

// RFC 5322 3.6.4: msg-id, without its obsolete forms.
TEST(lexical, timestamps) {
    for (const std::string_view good : {"<1896.697170952@dbc.mtview.ca.us>", "<a@b>", "<a+b=/?^_`{|}~!#$%&'*-@x-y>",
                                        "<a@[127.0.0.1]>", "<a@[]>", "<a@[IPv6:::1]>"}) {
        EXPECT_EQ(taken<timestamp>(good), static_cast<int>(good.size())) << good;
    }
    for (const std::string_view bad : {"<a>", "<@b>", "<a@>", "<a@b", "a@b", "<.a@b>", "<a..b@c>", "<a@b.>", "<a b@c>",
                                       "<a@[b>", "<a@[b]c>", "<\"a\"@b>", "<a@b@c>", "<a@\xc3\xb3>", "<>"}) {
        EXPECT_EQ(taken<timestamp>(bad), -1) << bad;
        EXPECT_EQ(taken<timestamp>(bad, true), -1) << bad;
    }
}

// RFC 4422 3.1
TEST(lexical, mechanisms) {
    EXPECT_EQ(taken<sasl_mech>("SCRAM-SHA-256 x"), 13);
    EXPECT_EQ(taken<sasl_mech>("X_1"), 3);
    EXPECT_EQ(taken<sasl_mech>(std::string(20, 'M')), 20);
    EXPECT_EQ(taken<sasl_mech>(std::string(21, 'M')), -1);
    EXPECT_EQ(taken<sasl_mech>("PLAIN.X"), 5);
    EXPECT_EQ(taken<sasl_mech>("PLAINx"), -1);
    EXPECT_EQ(taken<sasl_mech>("plain"), -1);
    EXPECT_EQ(taken<sasl_mech>(""), -1);
}

TEST(lexical, base64) {
    EXPECT_EQ(taken<base64>("dGVzdA=="), 8);
    EXPECT_EQ(taken<base64>("AAAA\r\n"), 4);
    EXPECT_EQ(taken<base64>("AAAA AAAA"), 4);
    EXPECT_EQ(taken<base64>("AAAA-"), 4);
    for (const std::string_view bad : {"", "=", "A", "AA", "AAA", "AA=", "AAAA=", "AB==", "AAB=", "A===", "AA==AAAA"}) {
        EXPECT_EQ(taken<base64>(bad), -1) << bad;
    }
}

// RFC 5646 and RFC 4647 2.1, as far as all tags and ranges have it.
TEST(lexical, languages) {
    for (const std::string_view good : {"en", "i-default", "zh-Hant-TW", "de-1996", "x-12345678", "abcdefgh"}) {
        EXPECT_EQ(taken<lang_tag>(good), static_cast<int>(good.size())) << good;
        EXPECT_EQ(taken<lang_range>(good), static_cast<int>(good.size())) << good;
    }
    EXPECT_EQ(taken<lang_range>("*"), 1);
    EXPECT_EQ(taken<lang_tag>("*"), -1);
    EXPECT_EQ(taken<lang_tag>("en_US"), 2);
    EXPECT_EQ(taken<lang_tag>("en-"), 2);
    EXPECT_EQ(taken<lang_tag>("en-123456789"), 2);
    for (const std::string_view bad : {"", "1", "-en", "abcdefghi", "\xc3\xa9"}) {
        EXPECT_EQ(taken<lang_tag>(bad), -1) << bad;
        EXPECT_EQ(taken<lang_range>(bad, true), -1) << bad;
    }
}

} // namespace
} // namespace mailwire::pop3::grammar
