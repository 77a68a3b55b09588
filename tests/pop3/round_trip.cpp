// SPDX-License-Identifier: BSL-1.0
// Attack row F6: what this library writes it reads again, as the values it was, and what it has read and written once
// does not change when that is done again.

#include <mailwire/pop3/write.hpp>

#include <random>
#include <utility>

#include "pop3/rows.hpp"

namespace mailwire::pop3::test {
namespace {

constexpr std::string_view words[] = {"LIST",
                                      "uidl",
                                      "TOP",
                                      "RETR",
                                      "USER",
                                      "PASS",
                                      "APOP",
                                      "AUTH",
                                      "LANG",
                                      "QUIT",
                                      "CAPA",
                                      "STLS",
                                      "XTND",
                                      "+OK",
                                      "-ERR",
                                      "+",
                                      "*",
                                      "1",
                                      "0",
                                      "42",
                                      "4294967295",
                                      "4294967296",
                                      "PLAIN",
                                      "AAAA",
                                      "AA==",
                                      "=",
                                      "[IN-USE]",
                                      "[",
                                      "a]",
                                      "<a@b>",
                                      "<",
                                      "en",
                                      "zh-Hant",
                                      "SASL",
                                      "EXPIRE",
                                      "NEVER",
                                      "LOGIN-DELAY",
                                      "UTF8",
                                      "IMPLEMENTATION",
                                      "X-Y",
                                      "text",
                                      ".",
                                      "c4c9334bac560ecc979e58001b3e22fb",
                                      "\xd1\x8f",
                                      "\xff",
                                      "\t"};

// Words with one space between most of them, and sometimes another octet or none.
std::string some_line(std::mt19937& random) {
    std::string line;
    for (std::size_t n = 1 + random() % 4; n != 0; --n) {
        if (!line.empty()) line += random() % 8 == 0 ? (random() % 2 == 0 ? "" : "  ") : " ";
        line += words[random() % std::size(words)];
    }
    return line + (random() % 16 == 0 ? " \r\n" : "\r\n");
}

struct tally {
    int accepted = 0;
    int written = 0;
};

// `write(sink, value)` may refuse what can be read: a text that looks like a response code.
template <typename Parse, typename Text, typename Write>
void check_round(std::string_view line, tally& count, Parse parse, Text text, Write write) {
    const auto result = parse(line);
    if (!result) return;
    ++count.accepted;
    std::string once;
    string_sink to_once(once);
    if (write(to_once, result.value) != misuse::none) return;
    ++count.written;
    const auto again = parse(once);
    ASSERT_TRUE(again) << line << once;
    EXPECT_EQ(text(again.value), text(result.value)) << line << once;
    std::string twice;
    string_sink to_twice(twice);
    EXPECT_EQ(write(to_twice, again.value), misuse::none);
    EXPECT_EQ(once, twice) << line;
}

const auto text_of = [](const auto& value) { return describe(value); };

void check_commands(std::string_view line, const parse_options& options, tally& count) {
    std::array<token, tokens_of_a_line> first;
    std::array<token, tokens_of_a_line> second;
    auto* tape = &first;
    const auto parse = [&](std::string_view octets) {
        return parse_command(octets, *std::exchange(tape, &second), options);
    };
    check_round(line, count, parse, text_of,
                [&](auto& sink, const auto& value) { return write_command(sink, value, options.utf8); });
}

void check_capabilities(std::string_view line, const parse_options& options, tally& count) {
    std::array<token, tokens_of_a_line> first;
    std::array<token, tokens_of_a_line> second;
    auto* tape = &first;
    const auto parse = [&](std::string_view octets) {
        return parse_capability(octets, *std::exchange(tape, &second), options);
    };
    check_round(line, count, parse, text_of,
                [&](auto& sink, const auto& value) { return write_listed(sink, value, options.utf8); });
}

void check_replies(std::string_view line, const parse_options& options, tally& count) {
    for (const answer_form form : {answer_form::text, answer_form::drop_listing, answer_form::scan_listing,
                                   answer_form::unique_id, answer_form::language}) {
        // A refusal to LANG may be in UTF-8 too.
        const bool utf8 = options.utf8 || form == answer_form::language;
        check_round(
            line, count, [&](std::string_view octets) { return parse_reply(octets, form, options); },
            [&](const reply& r) { return describe(r, form); },
            [&](auto& sink, const reply& r) { return write_reply(sink, r, form, utf8); });
    }
}

void check_other_lines(std::string_view line, const parse_options& options, tally& count) {
    const auto listed = [&](auto& sink, const auto& value) { return write_listed(sink, value, options.utf8); };
    const auto by = [&](auto parse) { return [=](std::string_view octets) { return parse(octets, options); }; };
    check_round(line, count, by([](auto l, auto o) { return parse_scan_listing(l, o); }), text_of, listed);
    check_round(line, count, by([](auto l, auto o) { return parse_unique_id(l, o); }), text_of, listed);
    check_round(line, count, by([](auto l, auto o) { return parse_language_listing(l, o); }), text_of, listed);
    check_round(line, count, by([](auto l, auto o) { return parse_mechanism_listing(l, o); }), text_of, listed);
    check_round(line, count, by([](auto l, auto o) { return parse_sasl_line(l, o); }), text_of,
                [](auto& sink, const auto& value) { return write_sasl_line(sink, value); });
    check_round(line, count, by([](auto l, auto o) { return parse_challenge(l, o); }), text_of,
                [](auto& sink, const auto& value) { return write_challenge(sink, value); });
    check_round(line, count, by([](auto l, auto o) { return parse_greeting(l, o); }), text_of,
                [&](auto& sink, const auto& value) { return write_greeting(sink, value, options.utf8); });
}

TEST(round_trip, F6_of_lines_at_random) {
    std::mt19937 random(1939);
    tally commands;
    tally capabilities;
    tally replies;
    tally others;
    for (int i = 0; i != 6000; ++i) {
        const std::string line = some_line(random);
        parse_options options{.utf8 = random() % 2 == 0};
        options.codes = static_cast<response_codes>(random() % 3);
        check_commands(line, options, commands);
        check_capabilities(line, options, capabilities);
        check_replies(line, options, replies);
        check_other_lines(line, options, others);
    }
    for (const tally& count : {commands, capabilities, replies, others}) {
        EXPECT_GT(count.written, 500);
        EXPECT_GT(count.written, count.accepted * 9 / 10);
    }
}

// What is written of values at random is read as just them.
TEST(round_trip, F6_of_values_at_random) {
    std::mt19937 random(1939);
    int read = 0;
    const auto some = [&] {
        std::string value;
        for (std::size_t n = random() % 5; n != 0; --n) {
            value += std::string_view("aB9 +/=-.<[]*@\t\r\n\0\x7f\xd1\x8f", 21)[random() % 21];
        }
        return value;
    };
    const auto check = [&](const auto& command) {
        std::string line;
        string_sink sink(line);
        if (write_command(sink, command, true) != misuse::none) return;
        std::array<token, tokens_of_a_line> tape;
        const auto result = parse_command(line, tape, {.utf8 = true});
        ASSERT_TRUE(result) << line;
        EXPECT_EQ(describe(result.value), describe(item<slot::command>(command))) << line;
        ++read;
    };
    for (int i = 0; i != 20000; ++i) {
        const std::string a = some();
        const std::string b = some();
        check(user{a});
        check(pass{a});
        check(apop{a, "c4c9334bac560ecc979e58001b3e22fb"});
        check(auth{a, b});
        check(lang{a});
        check(list{static_cast<std::uint32_t>(random())});
        check(top{static_cast<std::uint32_t>(random() % 3), static_cast<std::uint32_t>(random())});
    }
    EXPECT_GT(read, 40000);
}

} // namespace
} // namespace mailwire::pop3::test
