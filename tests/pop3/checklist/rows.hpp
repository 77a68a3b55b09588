// SPDX-License-Identifier: BSL-1.0
// Rows of the checklist of POP3: each with the id of the form it is about, in one of the two directions. A row is read
// whole, in every split and octet by octet, with octets behind it, and what is no fault is written and read again, and
// fits in no buffer that is too small.

#pragma once

#include <initializer_list>

#include "pop3/steps.hpp"

namespace mailwire::pop3::test {

enum class line_of : std::uint8_t { command, exchange };

struct client_row {
    const char* id;
    std::string_view wire;
    std::string_view says;
    line_of kind = line_of::command;
    parse_options options = {};
};

struct server_row {
    const char* id;
    context answers;
    std::string_view wire;
    std::string_view says;
    parse_options options = {};
};

inline constexpr context to_nothing{.greeting = true};
inline constexpr context to_any{};
inline constexpr context to_stat{.form = answer_form::drop_listing};
inline constexpr context to_list_one{.form = answer_form::scan_listing};
inline constexpr context to_list{.form = answer_form::scan_listings};
inline constexpr context to_uidl_one{.form = answer_form::unique_id};
inline constexpr context to_uidl{.form = answer_form::unique_ids};
inline constexpr context to_capa{.form = answer_form::capabilities};
inline constexpr context to_retr{.form = answer_form::body};
inline constexpr context to_auth{.form = answer_form::sasl};
inline constexpr context to_lang_one{.form = answer_form::language};
inline constexpr context to_lang{.form = answer_form::languages};

inline constexpr parse_options in_utf8{.utf8 = true};
inline constexpr parse_options with_codes{.codes = response_codes::announced};
inline constexpr parse_options without_codes{.codes = response_codes::absent};

// `read(pieces)` gives the reading of the row's direction.
template <typename Read> void check_reading(std::string_view wire, std::string_view says, Read read) {
    mailwire::test::for_each_split(wire, [&](std::span<const std::string_view> pieces) {
        const reading heard = read(pieces);
        EXPECT_EQ(heard.says, says) << mailwire::test::describe_split(pieces);
        EXPECT_EQ(heard.left, "") << mailwire::test::describe_split(pieces);
        EXPECT_EQ(heard.quirks, 0U);
    });
}

// What was written reads as what it was.
template <typename Read> void check_rewriting(const reading& heard, Read read) {
    if (heard.refused) return;
    EXPECT_EQ(heard.fault, misuse::none);
    const std::string_view again = heard.written;
    EXPECT_EQ(read(std::span(&again, 1)).says, heard.says) << again;
}

// A line of a client, written into buffers of all sizes up to its own.
inline void check_narrow(const client_row& r) {
    const std::string_view line = r.wire.substr(0, r.wire.find("\r\n") + 2);
    std::array<token, tokens_of_a_line> tape;
    const auto command = parse_command(line, tape, r.options);
    const auto response = parse_sasl_line(line, r.options);
    const auto write = [&](auto& sink) {
        return r.kind == line_of::exchange ? write_sasl_line(sink, response.value)
                                           : write_command(sink, command.value, r.options.utf8);
    };
    size_sink size;
    EXPECT_EQ(write(size), misuse::none);
    check_narrow(size.size(), write);
}

inline void check_row(const client_row& r) {
    SCOPED_TRACE(std::string(r.id) + ' ' + std::string(r.wire));
    const auto read = [&](std::span<const std::string_view> pieces) {
        return read_client(pieces, r.kind == line_of::exchange, r.options);
    };
    check_reading(r.wire, r.says, read);
    const bool exchange = r.kind == line_of::exchange;
    const std::string followed = std::string(r.wire) + (exchange ? "AAAA\r\n" : "NOOP\r\n");
    check_reading(followed, std::string(r.says) + (exchange ? "; response [AAAA]" : "; NOOP"), read);
    const reading heard = read(std::span(&r.wire, 1));
    check_rewriting(heard, read);
    if (!heard.refused) check_narrow(r);
}

inline void check_row(const server_row& r) {
    SCOPED_TRACE(std::string(r.id) + ' ' + std::string(r.wire));
    const auto read = [&](std::span<const std::string_view> pieces) {
        return read_response(pieces, r.answers, r.options);
    };
    check_reading(r.wire, r.says, read);
    check_rewriting(read(std::span(&r.wire, 1)), read);
    response_hearing hearing(r.answers, r.options);
    hearing.check_narrow_buffers();
    hearing.feed(r.wire);
    // What follows an answer is none of its own.
    if (!hearing.complete()) return;
    const std::string followed = std::string(r.wire) + "+OK 1 2\r\n";
    mailwire::test::for_each_split(followed, [&](std::span<const std::string_view> pieces) {
        const reading heard = read(pieces);
        EXPECT_EQ(heard.says, r.says) << mailwire::test::describe_split(pieces);
        EXPECT_EQ(heard.left, "+OK 1 2\r\n") << mailwire::test::describe_split(pieces);
    });
}

template <typename Row> void check_rows(std::initializer_list<Row> rows) {
    for (const Row& r : rows) {
        check_row(r);
    }
}
inline void from_client(std::initializer_list<client_row> rows) { check_rows(rows); }
inline void from_server(std::initializer_list<server_row> rows) { check_rows(rows); }

} // namespace mailwire::pop3::test
