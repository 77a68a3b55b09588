// SPDX-License-Identifier: BSL-1.0

#include <mailwire/pop3/model/language.hpp>

#include "pop3/rows.hpp"

namespace mailwire::pop3::test {
namespace {

std::string answer(const language& value) {
    std::string line;
    string_sink sink(line);
    const misuse fault = write_reply(sink, reply{.language = value}, answer_form::language);
    return fault == misuse::none ? line : name_of(fault);
}

std::string listed(const language_listing& value) {
    std::string line;
    string_sink sink(line);
    const misuse fault = write_listed(sink, value);
    return fault == misuse::none ? line : name_of(fault);
}

static_assert(language::form == answer_form::language);
static_assert(language_listing::listed_in == answer_form::languages);

// The texts are in UTF-8, also where nobody has agreed on it (RFC 6856 3.2).
TEST(language, is_written) {
    EXPECT_EQ(answer({"es", "Idioma cambi\xc3\xb3"}), "+OK es Idioma cambi\xc3\xb3\r\n");
    EXPECT_EQ(answer({"i-default", ""}), "+OK i-default \r\n");
    EXPECT_EQ(listed({"en", "English"}), "en English\r\n");
    EXPECT_EQ(listed({"es", "Espa\xc3\xb1ol"}), "es Espa\xc3\xb1ol\r\n");
    EXPECT_EQ(listed({"de", ""}), "de\r\n");
}

TEST(language, with_values_that_no_line_can_carry_is_refused) {
    for (const std::string_view tag : {"", "*", "en_US", "en us", "en\r\n.", "\xc3\xa9"}) {
        EXPECT_EQ(answer({tag, "text"}), "bad value") << tag;
        EXPECT_EQ(listed({tag, "text"}), "bad value") << tag;
    }
    for (const std::string_view text : {"a\r\n.\r\n", "a\nb", "\xe9", "caf\xc3", "a\tb", "\xed\xa0\x80"}) {
        EXPECT_EQ(answer({"en", text}), "bad value") << text;
        EXPECT_EQ(listed({"en", text}), "bad value") << text;
    }
    EXPECT_EQ(answer({"en", std::string_view("a\0b", 3)}), "bad value");
    EXPECT_EQ(answer({"en", std::string(longest_response_line, 'x')}), "bad value");
    EXPECT_EQ(listed({"en", std::string(longest_response_line, 'x')}), "bad value");
}

TEST(language, is_read) {
    EXPECT_EQ(parse_reply("+OK es Idioma cambi\xc3\xb3\r\n", answer_form::language).value.language,
              (language{"es", "Idioma cambi\xc3\xb3"}));
    EXPECT_EQ(parse_reply("-ERR no\r\n", answer_form::language).value.language, language());
    EXPECT_EQ(parse_language_listing("es Espa\xc3\xb1ol\r\n").value, (language_listing{"es", "Espa\xc3\xb1ol"}));
    EXPECT_EQ(parse_language_listing("en\r\n").value, (language_listing{"en", ""}));
    // As the answer to another command it is a text like others, in ASCII.
    EXPECT_EQ(parse_reply("+OK es text\r\n", answer_form::text).value.text, "es text");
    EXPECT_FALSE(parse_reply("+OK es cambi\xc3\xb3\r\n", answer_form::text));
}

} // namespace
} // namespace mailwire::pop3::test
