// SPDX-License-Identifier: BSL-1.0

#include <mailwire/pop3/grammar/quirks.hpp>

#include <bit>
#include <initializer_list>

#include "pop3/steps.hpp"

namespace mailwire::pop3::test {
namespace {

constexpr std::uint32_t bits[] = {
    quirks::angle_bracket_in_greeting,
    quirks::status_in_any_case,
    quirks::bare_line_feed,
    quirks::dot_line_feed,
    quirks::dot_carriage_return,
    quirks::unstuffed_dots,
    quirks::incomplete_listing,
    quirks::unique_id_without_number,
    quirks::challenge_without_space,
    quirks::auth_without_mechanism,
    quirks::mechanism_in_any_case,
};
constexpr std::uint32_t all = [] {
    std::uint32_t sum = 0;
    for (const std::uint32_t bit : bits) {
        sum |= bit;
    }
    return sum;
}();
static_assert(static_cast<std::size_t>(std::popcount(all)) == std::size(bits));
static_assert((quirks::of_servers | quirks::of_clients) == all);

constexpr context greets{.greeting = true};
constexpr context text{};
constexpr context drop{.form = answer_form::drop_listing};
constexpr context scan{.form = answer_form::scan_listing};
constexpr context scans{.form = answer_form::scan_listings};
constexpr context id{.form = answer_form::unique_id};
constexpr context ids{.form = answer_form::unique_ids};
constexpr context body{.form = answer_form::body};
constexpr context sasl{.form = answer_form::sasl};
constexpr context names{.form = answer_form::mechanisms};

// Octets of a server that mean one thing without a quirk and another with it.
struct deviation {
    std::uint32_t bit;
    context answers;
    std::string_view wire;
    std::string_view strict;
    std::string_view tolerant;
    std::uint32_t like_it = 0; // quirks that change the meaning too
};

const deviation of_servers[] = {
    {quirks::angle_bracket_in_greeting, greets, "+OK ready <hi>\r\n", "fault syntax at 13", "+OK [ready <hi>]"},
    {quirks::angle_bracket_in_greeting, greets, "+OK [X] <a@b> <c@d>\r\n", "fault syntax at 14",
     "+OK code [X] [<a@b> <c@d>]"},
    {quirks::status_in_any_case, text, "+ok ready\r\n", "no reply", "+OK [ready]"},
    {quirks::status_in_any_case, text, "-Err [IN-USE] busy\r\n", "no reply", "-ERR code [IN-USE] [busy]"},
    {quirks::status_in_any_case, greets, "+Ok hi <a@b>\r\n", "no reply", "+OK [hi <a@b>] timestamp [<a@b>]"},
    {quirks::status_in_any_case, greets, "-err busy\r\n", "no reply", "-ERR [busy]"},
    {quirks::status_in_any_case, drop, "+ok 2 320\r\n", "no reply", "+OK 2 messages 320 octets"},
    {quirks::status_in_any_case, drop, "-err no\r\n", "no reply", "-ERR [no]"},
    {quirks::status_in_any_case, scans, "+oK\r\n1 120\r\n.\r\n", "no reply", "+OK; message 1 120 octets; end"},
    {quirks::bare_line_feed, text, "+OK ready\n", "fault bare line feed at 9", "+OK [ready]"},
    {quirks::bare_line_feed, greets, "+OK ready\n", "fault bare line feed at 9", "+OK [ready]"},
    {quirks::bare_line_feed, scans, "+OK\r\n1 120\n2 200\r\n.\r\n", "+OK; fault bare line feed at 5; end",
     "+OK; message 1 120 octets; message 2 200 octets; end"},
    {quirks::bare_line_feed, scans, "+OK\n1 120\n.\n", "fault bare line feed at 3", "+OK; message 1 120 octets; end"},
    {quirks::bare_line_feed, body, "+OK\r\na\n.\n", "+OK; body [a\n.\n]", "+OK; body [a\n]; end"},
    {quirks::bare_line_feed, body, "+OK\r\na\n..b\r\n.\r\n", "+OK; body [a\n..b\r\n]; end",
     "+OK; body [a\n.b\r\n]; end"},
    {quirks::bare_line_feed, sasl, "+ AAAA\n", "fault bare line feed at 6", "challenge [AAAA]"},
    {quirks::dot_line_feed, scans, "+OK\r\n1 120\r\n.\n", "+OK; message 1 120 octets; fault bare line feed at 1",
     "+OK; message 1 120 octets; end", quirks::bare_line_feed},
    {quirks::dot_line_feed, body, "+OK\r\na\r\n.\n", "+OK; body [a\r\n\n]", "+OK; body [a\r\n]; end",
     quirks::bare_line_feed | quirks::unstuffed_dots},
    {quirks::dot_line_feed, body, "+OK\r\n.\n", "+OK; body [\n]", "+OK; end",
     quirks::bare_line_feed | quirks::unstuffed_dots},
    {quirks::dot_carriage_return, body, "+OK\r\na\r\n.\r+OK next\r\n", "+OK; body [a\r\n\r+OK next\r\n]",
     "+OK; body [a\r\n]; end", quirks::unstuffed_dots},
    {quirks::unstuffed_dots, body, "+OK\r\n.x\r\n.\r\n", "+OK; body [x\r\n]; end", "+OK; body [.x\r\n]; end"},
    {quirks::unstuffed_dots, body, "+OK\r\na\r\n. b\r\n.\r\n", "+OK; body [a\r\n b\r\n]; end",
     "+OK; body [a\r\n. b\r\n]; end"},
    {quirks::unstuffed_dots, body, "+OK\r\n.\r\r\n.\r\n", "+OK; body [\r\r\n]; end", "+OK; body [.\r\r\n]; end",
     quirks::dot_carriage_return},
    {quirks::incomplete_listing, scans, "+OK\r\n1\r\n2 200\r\n.\r\n",
     "+OK; fault syntax at 1; message 2 200 octets; end", "+OK; message 1 0 octets; message 2 200 octets; end"},
    {quirks::incomplete_listing, scans, "+OK\r\n1 big\r\n.\r\n", "+OK; fault syntax at 2; end",
     "+OK; message 1 0 octets [big]; end"},
    {quirks::incomplete_listing, scan, "+OK 2\r\n", "fault syntax at 5", "+OK message 2 0 octets"},
    {quirks::incomplete_listing, ids, "+OK\r\n1\r\n.\r\n", "+OK; fault syntax at 1; end", "+OK; message 1 id []; end"},
    {quirks::incomplete_listing, ids, "+OK\r\n1 \r\n.\r\n", "+OK; fault syntax at 2; end", "+OK; message 1 id []; end"},
    {quirks::incomplete_listing, id, "+OK 2\r\n", "fault syntax at 5", "+OK message 2 id []",
     quirks::unique_id_without_number},
    {quirks::unique_id_without_number, id, "+OK QhdPYR\r\n", "fault syntax at 4", "+OK message 0 id [QhdPYR]"},
    {quirks::unique_id_without_number, id, "+OK 12ab\r\n", "fault syntax at 6", "+OK message 0 id [12ab]"},
    {quirks::challenge_without_space, sasl, "+\r\n+OK\r\n", "fault syntax at 1; +OK", "challenge []; +OK"},
    {quirks::mechanism_in_any_case, names, "+OK\r\nplain\r\n.\r\n", "+OK; fault syntax at 0; end",
     "+OK; mechanism plain; end"},
};

// Checks that octets say one thing with some quirks, and that those which are told are those that have fired.
template <typename Read>
void check(std::string_view wire, std::string_view says, std::uint32_t tolerated, std::uint32_t fired, Read read) {
    mailwire::test::for_each_split(wire, [&](std::span<const std::string_view> pieces) {
        const reading heard = read(pieces, parse_options{.quirks = tolerated});
        EXPECT_EQ(heard.says, says) << wire << mailwire::test::describe_split(pieces) << " tolerating " << tolerated;
        EXPECT_EQ(heard.quirks & fired, fired) << wire << mailwire::test::describe_split(pieces);
        EXPECT_EQ(heard.quirks & ~tolerated, 0U);
    });
}

template <typename Read>
void check_deviation(std::uint32_t bit, std::uint32_t like_it, std::string_view wire, std::string_view strict,
                     std::string_view tolerant, Read read) {
    check(wire, strict, 0, 0, read);
    check(wire, strict, all & ~bit & ~like_it, 0, read);
    check(wire, tolerant, bit, bit, read);
    check(wire, tolerant, all & ~like_it, bit, read);
}

TEST(quirks, of_servers) {
    std::uint32_t covered = 0;
    for (const deviation& d : of_servers) {
        SCOPED_TRACE(std::string(d.wire));
        check_deviation(d.bit, d.like_it, d.wire, d.strict, d.tolerant, [&](auto pieces, const parse_options& options) {
            return read_response(pieces, d.answers, options);
        });
        covered |= d.bit;
    }
    EXPECT_EQ(covered & quirks::of_servers, quirks::of_servers);
}

// "." CR at the end of the connection.
TEST(quirks, dot_carriage_return_at_the_end_of_the_connection) {
    const auto ended = [](std::string_view wire, std::uint32_t tolerated) {
        response_hearing hearing(body, {.quirks = tolerated});
        hearing.feed(wire);
        hearing.end();
        const reading heard = hearing.heard();
        EXPECT_EQ(hearing.complete(), heard.says.ends_with("end"));
        EXPECT_EQ(heard.quirks, heard.says.ends_with("end") ? quirks::dot_carriage_return : 0U);
        return heard.says;
    };
    EXPECT_EQ(ended("+OK\r\na\r\n.\r", quirks::dot_carriage_return), "+OK; body [a\r\n]; end");
    EXPECT_EQ(ended("+OK\r\n.\r", all), "+OK; end");
    EXPECT_EQ(ended("+OK\r\na\r\n.\r", all & ~quirks::dot_carriage_return), "+OK; body [a\r\n]");
    EXPECT_EQ(ended("+OK\r\na\r\n.", all), "+OK; body [a\r\n]");
    EXPECT_EQ(ended("+OK\r\na\r\n..\r", all), "+OK; body [a\r\n.\r]");
    EXPECT_EQ(ended("+OK\r\na\r", all), "+OK; body [a\r]");
}

// What keeps to the RFCs is read as ever, and nothing is told.
TEST(quirks, do_not_fire_without_need) {
    const struct {
        context answers;
        std::string_view wire;
        std::string_view says;
    } rows[] = {
        {greets, "+OK ready <a@b>\r\n", "+OK [ready <a@b>] timestamp [<a@b>]"},
        {greets, "+OK\r\n", "+OK"},
        {text, "+OK +ok\r\n", "+OK [+ok]"},
        {text, "-ERR\r\n", "-ERR"},
        {drop, "+OK 2 320\r\n", "+OK 2 messages 320 octets"},
        {scan, "+OK 2 200\r\n", "+OK message 2 200 octets"},
        {scans, "+OK\r\n1 120 x\r\n2 0\r\n.\r\n", "+OK; message 1 120 octets [x]; message 2 0 octets; end"},
        {id, "+OK 2 3\r\n", "+OK message 2 id [3]"},
        {ids, "+OK\r\n1 x\r\n.\r\n", "+OK; message 1 id [x]; end"},
        {body, "+OK\r\na\r\n..\r\n..x\r\n...\r\n.\r\n", "+OK; body [a\r\n.\r\n.x\r\n..\r\n]; end"},
        {body, "+OK\r\na\rb\r\n.\r\n", "+OK; body [a\rb\r\n]; end"},
        {sasl, "+ \r\n+ AAAA\r\n+OK\r\n", "challenge []; challenge [AAAA]; +OK"},
        {names, "+OK\r\nPLAIN\r\nX-1_2\r\n.\r\n", "+OK; mechanism PLAIN; mechanism X-1_2; end"},
    };
    for (const auto& r : rows) {
        for (const std::uint32_t tolerated : {0U, all}) {
            mailwire::test::for_each_split(r.wire, [&](std::span<const std::string_view> pieces) {
                const reading heard = read_response(pieces, r.answers, {.quirks = tolerated});
                EXPECT_EQ(heard.says, r.says);
                EXPECT_EQ(heard.quirks, 0U) << r.wire;
            });
        }
    }
}

// No quirk opens the door to more than it says.
TEST(quirks, leave_the_rest_refused) {
    const struct {
        context answers;
        std::string_view wire;
        std::string_view says;
    } rows[] = {
        {text, "+OKAY\r\n", "no reply"},
        {text, "ok\r\n", "no reply"},
        {text, "+OK a\tb\r\n", "fault syntax at 5"},
        {drop, "+OK 2\r\n", "fault syntax at 5"},
        {scans, "+OK\r\n0 1\r\n.\r\n", "+OK; fault syntax at 0; end"},
        {scans, "+OK\r\n\r\n.\r\n", "+OK; fault syntax at 0; end"},
        {ids, "+OK\r\n1 a b\r\n.\r\n", "+OK; fault syntax at 3; end"},
        {ids, "+OK\r\nabc\r\n.\r\n", "+OK; fault syntax at 0; end"},
        {id, "+OK a b\r\n", "fault syntax at 5"},
        {sasl, "+AAAA\r\n", "no reply"},
        {sasl, "+ AAA\r\n", "fault syntax at 5"},
        {names, "+OK\r\npl.ain\r\n.\r\n", "+OK; fault syntax at 2; end"},
    };
    for (const auto& r : rows) {
        check(r.wire, r.says, all, 0,
              [&](auto pieces, const parse_options& options) { return read_response(pieces, r.answers, options); });
    }
}

const auto commands = [](auto pieces, const parse_options& options) { return read_client(pieces, false, options); };
const auto responses = [](auto pieces, const parse_options& options) { return read_client(pieces, true, options); };

TEST(quirks, of_clients) {
    check_deviation(quirks::auth_without_mechanism, 0, "AUTH\r\n", "fault syntax at 4", "AUTH ", commands);
    check_deviation(quirks::mechanism_in_any_case, 0, "AUTH plain AAAA\r\n", "fault syntax at 5", "AUTH plain [AAAA]",
                    commands);
    check_deviation(quirks::mechanism_in_any_case, 0, "auth Scram-Sha-1\r\n", "fault syntax at 6", "AUTH Scram-Sha-1",
                    commands);
    check_deviation(quirks::bare_line_feed, 0, "NOOP\nSTAT\r\n", "fault bare line feed at 4", "NOOP; STAT", commands);
    check_deviation(quirks::bare_line_feed, 0, "LIST\n", "fault bare line feed at 4", "LIST all", commands);
    check_deviation(quirks::bare_line_feed, 0, "AAAA\n\n*\n", "fault bare line feed at 4",
                    "response [AAAA]; response []; cancel", responses);
}

TEST(quirks, of_clients_do_not_fire_without_need) {
    for (const std::uint32_t tolerated : {0U, all}) {
        const parse_options options{.quirks = tolerated};
        for (const std::string_view wire : {"AUTH PLAIN\r\n", "AUTH X-1 =\r\n", "noop\r\nXTND a\r\n", "LIST 1\r\n"}) {
            const reading heard = commands(std::span(&wire, 1), options);
            EXPECT_FALSE(heard.refused) << wire;
            EXPECT_EQ(heard.quirks, 0U) << wire;
        }
        const std::string_view lines = "AAAA\r\n\r\n*\r\n";
        EXPECT_EQ(responses(std::span(&lines, 1), options).quirks, 0U);
    }
}

TEST(quirks, of_clients_leave_the_rest_refused) {
    for (const auto& [wire, says] :
         {std::pair{"AUTH \r\n", "fault syntax at 5"}, std::pair{"AUTH pl.ain\r\n", "fault syntax at 7"},
          std::pair{"AUTH plain AAA\r\n", "fault syntax at 14"}, std::pair{"AUTH PLAIN *\r\n", "fault syntax at 11"},
          std::pair{"AUTH A B C\r\n", "fault syntax at 8"}, std::pair{"LIST 1 2\r\n", "fault syntax at 6"},
          std::pair{"NOOP \n", "fault syntax at 4"}}) {
        check(wire, says, all, 0, commands);
    }
}

// The parse functions tell it too.
TEST(quirks, are_told_of_a_line) {
    std::array<token, tokens_of_a_line> tape;
    const parse_options tolerant{.quirks = all};
    EXPECT_EQ(parse_greeting("+OK <hi>\r\n", tolerant).quirks, quirks::angle_bracket_in_greeting);
    EXPECT_EQ(parse_greeting("+OK <a@b>\r\n", tolerant).quirks, 0U);
    EXPECT_EQ(parse_reply("+ok\n", answer_form::text, tolerant).quirks,
              quirks::status_in_any_case | quirks::bare_line_feed);
    EXPECT_EQ(parse_reply("+OK\r\n", answer_form::text, tolerant).quirks, 0U);
    EXPECT_EQ(parse_reply("+OK x\r\n", answer_form::unique_id, tolerant).quirks, quirks::unique_id_without_number);
    EXPECT_EQ(parse_scan_listing("1\r\n", tolerant).quirks, quirks::incomplete_listing);
    EXPECT_EQ(parse_scan_listing("1 2\r\n", tolerant).quirks, 0U);
    EXPECT_EQ(parse_unique_id("1\r\n", tolerant).quirks, quirks::incomplete_listing);
    EXPECT_EQ(parse_unique_id("1 2\r\n", tolerant).quirks, 0U);
    EXPECT_EQ(parse_challenge("+\r\n", tolerant).quirks, quirks::challenge_without_space);
    EXPECT_EQ(parse_challenge("+ \r\n", tolerant).quirks, 0U);
    EXPECT_EQ(parse_command("AUTH\r\n", tape, tolerant).quirks, quirks::auth_without_mechanism);
    EXPECT_EQ(parse_command("AUTH x\r\n", tape, tolerant).quirks, quirks::mechanism_in_any_case);
    EXPECT_EQ(parse_command("AUTH X\r\n", tape, tolerant).quirks, 0U);
    EXPECT_EQ(parse_mechanism_listing("x\r\n", tolerant).quirks, quirks::mechanism_in_any_case);
    EXPECT_EQ(parse_sasl_line("*\n", tolerant).quirks, quirks::bare_line_feed);
    EXPECT_EQ(parse_capability("TOP\n", tape, tolerant).quirks, quirks::bare_line_feed);
    EXPECT_EQ(parse_language_listing("en\n", tolerant).quirks, quirks::bare_line_feed);
}

} // namespace
} // namespace mailwire::pop3::test
