// SPDX-License-Identifier: BSL-1.0

#include <mailwire/pop3/grammar/response.hpp>

#include "pop3/rows.hpp"

namespace mailwire::pop3::test {
namespace {

// A line of text that answers a command, under what is known of response codes.
struct reply_rows {
    answer_form form = answer_form::text;
    parse_options options = {};

    auto parse() const {
        return [*this](std::string_view line) { return parse_reply(line, form, options); };
    }
    auto text() const {
        return [form = form](const reply& r) { return describe(r, form); };
    }
    auto write() const {
        return [form = form](auto& sink, const reply& r) { return write_reply(sink, r, form); };
    }

    // Rows that are read, and written back.
    void good(std::initializer_list<row> rows) const {
        for (const row& r : rows) {
            check_line(r, parse(), text());
            check_written(r, parse(), text(), write());
        }
    }
    // Rows that are refused, or read and not to be written.
    void only_read(std::initializer_list<row> rows) const {
        for (const row& r : rows) {
            check_line(r, parse(), text());
        }
    }
};

TEST(response, single_line) {
    reply_rows{}.good({
        {"+OK\r\n", "+OK"},
        {"-ERR\r\n", "-ERR"},
        {"+OK \r\n", "+OK"},
        {"+OK 2 messages (320 octets)\r\n", "+OK [2 messages (320 octets)]"},
        {"+OK  two spaces, and a [ in the middle\r\n", "+OK [ two spaces, and a [ in the middle]"},
        {"-ERR no such message, only 2 messages in maildrop\r\n",
         "-ERR [no such message, only 2 messages in maildrop]"},
    });
    reply_rows{}.only_read({
        {"+OK caf\xe9\r\n", "syntax at 7"},
        {"+OK a\tb\r\n", "syntax at 5"},
        {"+OK a\rb\r\n", "syntax at 5"},
        {"OK\r\n", "syntax at 0"},
        {" +OK\r\n", "syntax at 0"},
        {"\r\n", "syntax at 0"},
        {"+\r\n", "syntax at 0"},
        {"-ER\r\n", "syntax at 0"},
    });
}

// Attack row J4: the status is one of two words in upper case, and ends there.
TEST(response, J4_status) {
    for (const answer_form form : {answer_form::text, answer_form::drop_listing, answer_form::scan_listing,
                                   answer_form::unique_id, answer_form::body}) {
        reply_rows{form}.only_read({
            {"+OKAY\r\n", "syntax at 3"},
            {"+OK\t2 320\r\n", "syntax at 3"},
            {"-ERRX\r\n", "syntax at 4"},
            {"+ok 2 320\r\n", "syntax at 0"},
            {"-err x\r\n", "syntax at 0"},
            {"2 320\r\n", "syntax at 0"},
        });
    }
}

TEST(response, utf8_where_it_was_agreed_on) {
    const reply_rows utf8{answer_form::text, {.utf8 = true}};
    utf8.only_read({
        {"+OK es Idioma cambi\xc3\xb3\r\n", "+OK [es Idioma cambi\xc3\xb3]"},
        {"+OK caf\xe9\r\n", "syntax at 7"},
        {"+OK caf\xc3\r\n", "syntax at 7"},
        {"-ERR [IN-USE] \xc3\xb3 \xed\xa0\x80\r\n", "syntax at 17"},
    });
}

// RFC 2449 8: unknown levels are cut off by whoever asks, see response_code::is.
TEST(response, codes_where_they_are_announced) {
    const reply_rows rows{answer_form::text, {.codes = response_codes::announced}};
    rows.good({
        {"-ERR [IN-USE] Do you have another POP session running?\r\n",
         "-ERR code [IN-USE] [Do you have another POP session running?]"},
        {"-ERR [in-use] busy\r\n", "-ERR code [in-use] [busy]"},
        {"-ERR [SYS/TEMP]\r\n", "-ERR code [SYS/TEMP]"},
        {"-ERR [SYS/TEMP] \r\n", "-ERR code [SYS/TEMP]"},
        {"-ERR [a/b/c]d\te\x7f\r\n", "-ERR code [a/b/c] [d\te\x7f]"},
        {"+OK [X]  [y]\r\n", "+OK code [X] [ [y]]"},
        {"+OK 2 [messages]\r\n", "+OK [2 [messages]]"},
    });
    rows.only_read({
        {"-ERR [] x\r\n", "syntax at 6"},
        {"-ERR [IN-USE busy\r\n", "syntax at 12"},
        {"-ERR [SYS/] x\r\n", "syntax at 10"},
        {"-ERR [/SYS] x\r\n", "syntax at 6"},
        {"-ERR [SYS//X] x\r\n", "syntax at 10"},
        {"-ERR [not a code\r\n", "syntax at 9"},
    });
}

TEST(response, codes_that_are_text) {
    const reply_rows absent{answer_form::text, {.codes = response_codes::absent}};
    absent.only_read({
        {"-ERR [not a code\r\n", "-ERR [[not a code]"},
        {"-ERR [IN-USE] busy\r\n", "-ERR [[IN-USE] busy]"},
        {"-ERR [] x\r\n", "-ERR [[] x]"},
    });
    const reply_rows unknown;
    unknown.only_read({
        {"-ERR [not a code\r\n", "-ERR [[not a code]"},
        {"-ERR [IN-USE] busy\r\n", "-ERR code [IN-USE] [busy]"},
        {"-ERR [SYS/] x\r\n", "-ERR [[SYS/] x]"},
    });
}

TEST(response, drop_listing) {
    const reply_rows rows{answer_form::drop_listing};
    rows.good({
        {"+OK 2 320\r\n", "+OK 2 messages 320 octets"},
        {"+OK 0 0\r\n", "+OK 0 messages 0 octets"},
        {"+OK 4294967295 18446744073709551615\r\n", "+OK 4294967295 messages 18446744073709551615 octets"},
        {"+OK 2 320 and more\r\n", "+OK 2 messages 320 octets [and more]"},
        {"+OK 2 320 \r\n", "+OK 2 messages 320 octets"},
        {"-ERR no\r\n", "-ERR [no]"},
        {"-ERR\r\n", "-ERR"},
    });
    rows.only_read({
        {"+OK\r\n", "syntax at 3"},
        {"+OK 2\r\n", "syntax at 5"},
        {"+OK 2  320\r\n", "syntax at 6"},
        {"+OK -1 0\r\n", "syntax at 4"},
        {"+OK 2 320x\r\n", "syntax at 9"},
        {"+OK 4294967296 1\r\n", "number too big at 4 (0 of 4294967295)"},
        {"+OK 1 18446744073709551616\r\n", "number too big at 6 (0 of 18446744073709551615)"},
    });
}

TEST(response, scan_listing) {
    const reply_rows one{answer_form::scan_listing};
    one.good({
        {"+OK 2 200\r\n", "+OK message 2 200 octets"},
        {"+OK 2 200 (seen)\r\n", "+OK message 2 200 octets [(seen)]"},
        {"-ERR no such message\r\n", "-ERR [no such message]"},
    });
    one.only_read({
        {"+OK 0 200\r\n", "syntax at 4"},
        {"+OK 2\r\n", "syntax at 5"},
        {"+OK\r\n", "syntax at 3"}, // attack row J8: the answer to LIST without an argument
        {"+OK 2 messages\r\n", "syntax at 6"},
    });
    const auto parse = [](std::string_view line) { return parse_scan_listing(line); };
    const auto text = [](const scan_listing& s) { return describe(s); };
    const auto write = [](auto& sink, const scan_listing& s) { return write_listed(sink, s); };
    for (const row& r : {row{"1 120\r\n", "message 1 120 octets"}, row{"2 0 x  y\r\n", "message 2 0 octets [x  y]"}}) {
        check_line(r, parse, text);
        check_written(r, parse, text, write);
    }
    for (const row& r : {row{"1  120\r\n", "syntax at 2"}, row{"1\r\n", "syntax at 1"}, row{"0 1\r\n", "syntax at 0"},
                         row{".1 1\r\n", "syntax at 0"}, row{"\r\n", "syntax at 0"}}) {
        check_line(r, parse, text);
    }
}

// Attack row J6: an id is 1 to 70 printable octets, and nothing follows it.
TEST(response, unique_id) {
    const std::string longest = "2 " + std::string(70, 'u') + "\r\n";
    const std::string too_long = "2 " + std::string(71, 'u') + "\r\n";
    const std::string says = "message 2 id [" + std::string(70, 'u') + "]";
    const auto parse = [](std::string_view line) { return parse_unique_id(line); };
    const auto text = [](const unique_id& u) { return describe(u); };
    const auto write = [](auto& sink, const unique_id& u) { return write_listed(sink, u); };
    for (const row& r :
         {row{"1 whqtswO00WBw418f9t5JxYwZ\r\n", "message 1 id [whqtswO00WBw418f9t5JxYwZ]"},
          row{"2 ..x\r\n", "message 2 id [..x]"}, row{"1 ../../x\r\n", "message 1 id [../../x]"}, row{longest, says}}) {
        check_line(r, parse, text);
        check_written(r, parse, text, write);
    }
    for (const row& r :
         {row{"1 \r\n", "syntax at 2"}, row{"1 a b\r\n", "syntax at 3"}, row{"1\r\n", "syntax at 1"},
          row{"0 bad\r\n", "syntax at 0"}, row{"1 \xd1\x8f\r\n", "syntax at 2"}, row{too_long, "syntax at 72"}}) {
        check_line(r, parse, text);
    }
    reply_rows{answer_form::unique_id}.good(
        {{"+OK 2 QhdPYR:00WBw1Ph7x7\r\n", "+OK message 2 id [QhdPYR:00WBw1Ph7x7]"}, {"-ERR no\r\n", "-ERR [no]"}});
    reply_rows{answer_form::unique_id}.only_read({{"+OK 2\r\n", "syntax at 5"}, {"+OK 2 a b\r\n", "syntax at 7"}});
}

// RFC 6856 3.2: UTF-8, whether or not it was agreed on.
TEST(response, language) {
    const reply_rows rows{answer_form::language};
    rows.good({
        {"+OK es Idioma cambi\xc3\xb3\r\n", "+OK language es [Idioma cambi\xc3\xb3]"},
        {"+OK en-boont \r\n", "+OK language en-boont []"},
        {"+OK zh-Hant  two spaces\r\n", "+OK language zh-Hant [ two spaces]"},
        {"-ERR [SYS/TEMP] no\r\n", "-ERR code [SYS/TEMP] [no]"},
        {"-ERR\r\n", "-ERR"},
    });
    rows.only_read({
        {"-ERR l\xc3\xad no\r\n", "-ERR [l\xc3\xad no]"},
        {"+OK\r\n", "syntax at 3"},
        {"+OK \r\n", "syntax at 4"},
        {"+OK es\r\n", "syntax at 6"},
        {"+OK * text\r\n", "syntax at 4"},
        {"+OK en_US text\r\n", "syntax at 6"},
        {"+OK es caf\xe9\r\n", "syntax at 10"},
        {"+OK es a\tb\r\n", "syntax at 8"},
    });
}

TEST(response, language_listing) {
    const auto parse = [](std::string_view line) { return parse_language_listing(line); };
    const auto text = [](const language_listing& l) { return describe(l); };
    const auto write = [](auto& sink, const language_listing& l) { return write_listed(sink, l); };
    for (const row& r : {row{"en\r\n", "language en"}, row{"en \r\n", "language en"},
                         row{"en-boont English Boontling dialect\r\n", "language en-boont [English Boontling dialect]"},
                         row{"es Espa\xc3\xb1ol\r\n", "language es [Espa\xc3\xb1ol]"},
                         row{"i-default [x] <y>\r\n", "language i-default [[x] <y>]"}}) {
        check_line(r, parse, text);
        check_written(r, parse, text, write);
    }
    for (const row& r : {row{"\r\n", "syntax at 0"}, row{"*\r\n", "syntax at 0"}, row{" en\r\n", "syntax at 0"},
                         row{"en_US English\r\n", "syntax at 2"}, row{".en x\r\n", "syntax at 0"},
                         row{"es Espa\xf1ol\r\n", "syntax at 7"}, row{"en a\rb\r\n", "syntax at 4"}}) {
        check_line(r, parse, text);
    }
}

TEST(response, mechanism_listing) {
    const auto parse = [](std::string_view line) { return parse_mechanism_listing(line); };
    const auto text = [](const mechanism_listing& m) { return describe(m); };
    const auto write = [](auto& sink, const mechanism_listing& m) { return write_listed(sink, m); };
    for (const row& r : {row{"PLAIN\r\n", "mechanism PLAIN"}, row{"X_1-2\r\n", "mechanism X_1-2"}}) {
        check_line(r, parse, text);
        check_written(r, parse, text, write);
    }
    for (const row& r : {row{"\r\n", "syntax at 0"}, row{"PLAIN LOGIN\r\n", "syntax at 5"},
                         row{"PLAIN \r\n", "syntax at 5"}, row{"Plain\r\n", "syntax at 1"},
                         row{"X.Y\r\n", "syntax at 1"}, row{"ABCDEFGHIJKLMNOPQRSTU\r\n", "syntax at 20"}}) {
        check_line(r, parse, text);
    }
}

// RFC 5034 5, continue-req.
TEST(response, challenge) {
    const auto parse = [](std::string_view line) { return parse_challenge(line); };
    const auto text = [](const challenge& c) { return describe(c); };
    const auto write = [](auto& sink, const challenge& c) { return write_challenge(sink, c); };
    for (const row& r : {row{"+ \r\n", "challenge []"}, row{"+ dGVzdA==\r\n", "challenge [dGVzdA==]"},
                         row{"+ +/+/\r\n", "challenge [+/+/]"}}) {
        check_line(r, parse, text);
        check_written(r, parse, text, write);
    }
    for (const row& r :
         {row{"+\r\n", "syntax at 1"}, row{"+ dGVzdA\r\n", "syntax at 8"}, row{"+dGVzdA==\r\n", "syntax at 1"},
          row{"+  \r\n", "syntax at 2"}, row{"+ =\r\n", "syntax at 2"}, row{"+ *\r\n", "syntax at 2"},
          row{"+ AAAA AAAA\r\n", "syntax at 6"}, row{"+OK\r\n", "syntax at 1"}, row{" + \r\n", "syntax at 0"},
          row{"\r\n", "syntax at 0"}}) {
        check_line(r, parse, text);
    }
}

} // namespace
} // namespace mailwire::pop3::test
