// SPDX-License-Identifier: BSL-1.0
#include "rows.hpp"

#include "allocations.hpp"

#include "mailwire/imap/parse.hpp"
#include "mailwire/imap/write.hpp"

#include <algorithm>
#include <array>

namespace mailwire::test {
namespace {

// One of the three things a unit may be, and how it is read and written.
template <typename View> struct language {
    side from;
    imap::parsed<View> (*parse)(std::string_view, std::span<token>, const imap::parse_options&);
    imap::parsed_prefix<View> (*parse_prefix)(std::string_view, std::span<token>, const imap::parse_options&);
    std::string_view unit_behind;
};

const language<imap::response> responses{
    side::server,
    [](std::string_view unit, std::span<token> tape, const imap::parse_options& options) {
        return imap::parse_response(unit, tape, options);
    },
    [](std::string_view unit, std::span<token> tape, const imap::parse_options& options) {
        return imap::parse_response_prefix(unit, tape, options);
    },
    "* 7 EXISTS\r\n"};

const language<imap::response> greetings{
    side::server,
    [](std::string_view unit, std::span<token> tape, const imap::parse_options& options) {
        return imap::parse_greeting(unit, tape, options);
    },
    responses.parse_prefix, "* 7 EXISTS\r\n"};

const language<imap::command> commands{
    side::client,
    [](std::string_view unit, std::span<token> tape, const imap::parse_options& options) {
        return imap::parse_command(unit, tape, options);
    },
    [](std::string_view unit, std::span<token> tape, const imap::parse_options& options) {
        return imap::parse_command_prefix(unit, tape, options);
    },
    "b NOOP\r\n"};

template <typename Sink> misuse write(Sink& to, const imap::response& value, const imap::write_options& options) {
    return imap::write_response(to, value, options);
}
template <typename Sink> misuse write(Sink& to, const imap::command& value, const imap::write_options& options) {
    return imap::write_command(to, value, options);
}

std::span<const token> tokens_of(const cursor& c) { return {c.position(), c.end()}; }

// What is checked of one row, with the storage the checks share.
template <typename View> class checker {
public:
    checker(const language<View>& what, std::string_view wire, const dialect& rules)
        : what_(what), wire_(wire), tape_(wire.size() + 16) {
        options_.dialect = rules;
        options_.dialect.from = what.from;
        write_.utf8 = rules.utf8;
        write_.literals = wire.find("+}\r\n") == wire.npos ? literal_form::synchronizing : literal_form::plus;
    }

    void good(std::string_view written, bool changed) {
        const auto frames = same_frames_in_every_split(what_.from, wire_);
        ASSERT_FALSE(frames.empty());
        EXPECT_EQ(frames.back().kind, imap::frame_kind::unit);
        EXPECT_EQ(frames.back().size, wire_.size());
        EXPECT_EQ(std::count_if(frames.begin(), frames.end(), [](auto& f) { return f.kind == imap::frame_kind::unit; }),
                  1);
        framed_with_a_unit_behind(frames);
        const auto result = parse(wire_, tape_);
        ASSERT_EQ(result.error, mailwire::error{}) << name_of(result.error.code) << " at " << result.error.offset;
        const auto tokens = tokens_of(result.value.tokens());
        EXPECT_TRUE(inside(wire_, tokens));
        EXPECT_LE(tokens.size(), wire_.size());
        recorded_on_a_short_tape(tokens.size());
        written_and_read(result.value, written, changed);
        with_literals_handed_on(frames, tokens.size());
    }

    void bad(const mailwire::error& expected) {
        const auto frames = same_frames_in_every_split(what_.from, wire_);
        if (frames.size() == 1 && frames[0].kind == imap::frame_kind::unit && frames[0].size == wire_.size()) {
            framed_with_a_unit_behind(frames);
        }
        const auto result = parse(wire_, tape_);
        EXPECT_EQ(result.error.code, expected.code) << name_of(result.error.code);
        EXPECT_EQ(result.error.offset, expected.offset) << spelled(wire_.substr(0, result.error.offset)) << " ->";
    }

    verdict judge() {
        const auto result = parse(wire_, tape_);
        if (result.error) return verdict::reject;
        const auto tokens = tokens_of(result.value.tokens());
        EXPECT_TRUE(inside(wire_, tokens));
        const auto nobody_knows = [](const token& t) { return t.kind() == token_kind::item && t.offset == unknown_id; };
        return std::any_of(tokens.begin(), tokens.end(), nobody_knows) ? verdict::unknown : verdict::accept;
    }

    void round_trip() {
        const auto value = parse(wire_, tape_);
        ASSERT_FALSE(value.error);
        std::string text;
        string_sink out(text);
        ASSERT_EQ(write(out, value.value, write_), misuse::none);
        std::vector<token> tape(text.size() + 16);
        const auto again = parse(text, tape);
        ASSERT_FALSE(again.error) << spelled(text);
        std::string second;
        string_sink out_again(second);
        ASSERT_EQ(write(out_again, again.value, write_), misuse::none);
        EXPECT_EQ(spelled(second), spelled(text));
        EXPECT_EQ(second, text);
    }

private:
    imap::parsed<View> parse(std::string_view unit, std::span<token> tape) const {
        const no_allocation_here guard("parse");
        return what_.parse(unit, tape, options_);
    }

    void framed_with_a_unit_behind(std::vector<framed> expected) const {
        const std::string octets = std::string(wire_) + std::string(what_.unit_behind);
        const std::array<std::string_view, 1> whole{octets};
        expected.push_back({imap::frame_kind::unit, wire_.size(), what_.unit_behind.size(), 0, 0, false});
        EXPECT_EQ(frames_of(what_.from, whole), expected);
    }

    void recorded_on_a_short_tape(std::size_t wanted) {
        std::vector<token> exact(wanted);
        EXPECT_FALSE(parse(wire_, exact).error);
        if (wanted == 0) return;
        exact.pop_back();
        const auto result = parse(wire_, exact);
        EXPECT_EQ(result.error, (mailwire::error{errc::tape_full, 0, wanted, wanted - 1}));
    }

    void written_and_read(const View& value, std::string_view expected, bool changed) {
        std::string text;
        string_sink out(text);
        ASSERT_EQ(write(out, value, write_), misuse::none);
        EXPECT_EQ(spelled(text), spelled(expected));
        written_with_and_without_room(value, text);
        std::vector<token> tape(text.size() + 16);
        const auto again = parse(text, tape);
        ASSERT_EQ(again.error, mailwire::error{}) << spelled(text);
        EXPECT_NE(changed, same_fields(wire_, tokens_of(value.tokens()), text, tokens_of(again.value.tokens())));
        std::string second;
        string_sink out_again(second);
        EXPECT_EQ(write(out_again, again.value, write_), misuse::none);
        EXPECT_EQ(spelled(second), spelled(text));
    }

    void written_with_and_without_room(const View& value, std::string_view text) {
        std::string room(text.size(), '?');
        span_sink fits(room);
        span_sink short_by_one(std::span<char>(room).first(room.size() - 1));
        size_sink count;
        const no_allocation_here guard("write");
        EXPECT_EQ(write(short_by_one, value, write_), misuse::no_room);
        EXPECT_EQ(room.back(), '?');
        EXPECT_EQ(write(fits, value, write_), misuse::none);
        EXPECT_EQ(write(count, value, write_), misuse::none);
        EXPECT_EQ(room, text);
        EXPECT_EQ(short_by_one.size(), text.size());
        EXPECT_EQ(fits.size(), text.size());
        EXPECT_EQ(count.size(), text.size());
    }

    // The unit up to each literal says that a literal may stand there, and the unit without their octets is the same.
    void with_literals_handed_on(const std::vector<framed>& frames, std::size_t tokens) {
        std::string unit;
        std::vector<std::uint32_t> offsets;
        imap::parse_options options = options_;
        std::size_t from = 0;
        for (const framed& f : frames) {
            unit.append(wire_.substr(from, f.size - from));
            if (f.kind != imap::frame_kind::literal) break;
            from = f.size + static_cast<std::size_t>(f.octets);
            options.elided = offsets;
            const auto prefix = what_.parse_prefix(unit, tape_, options);
            EXPECT_FALSE(prefix.error) << spelled(unit);
            offsets.push_back(static_cast<std::uint32_t>(unit.size() - (f.size - f.header)));
        }
        options.elided = offsets;
        const no_allocation_here guard("parse without literals");
        const auto result = what_.parse(unit, tape_, options);
        EXPECT_FALSE(result.error) << spelled(unit);
        if (!result.error) {
            EXPECT_EQ(tokens_of(result.value.tokens()).size(), tokens);
        }
    }

    const language<View>& what_;
    std::string_view wire_;
    std::vector<token> tape_;
    imap::parse_options options_;
    imap::write_options write_;
};

template <typename View>
void all_good(const language<View>& what, std::initializer_list<good_row> rows, const dialect& rules) {
    for (const auto& row : rows) {
        SCOPED_TRACE(std::string(row.id) + ": " + spelled(row.wire));
        checker<View>(what, row.wire, rules).good(row.written.empty() ? row.wire : row.written, row.changed);
    }
}

template <typename View>
void all_bad(const language<View>& what, std::initializer_list<bad_row> rows, const dialect& rules) {
    for (const auto& row : rows) {
        SCOPED_TRACE(std::string(row.id) + ": " + spelled(row.wire));
        checker<View>(what, row.wire, rules).bad({row.code, row.offset, 0, 0});
    }
}

} // namespace

void good_responses(std::initializer_list<good_row> rows, const dialect& rules) { all_good(responses, rows, rules); }
void good_greetings(std::initializer_list<good_row> rows, const dialect& rules) { all_good(greetings, rows, rules); }
void good_commands(std::initializer_list<good_row> rows, const dialect& rules) { all_good(commands, rows, rules); }
void bad_responses(std::initializer_list<bad_row> rows, const dialect& rules) { all_bad(responses, rows, rules); }
void bad_greetings(std::initializer_list<bad_row> rows, const dialect& rules) { all_bad(greetings, rows, rules); }
void bad_commands(std::initializer_list<bad_row> rows, const dialect& rules) { all_bad(commands, rows, rules); }

const char* name_of(verdict v) {
    return v == verdict::accept ? "accept" : v == verdict::unknown ? "unknown" : "reject";
}
verdict judge_response(std::string_view unit) { return checker(responses, unit, {}).judge(); }
verdict judge_greeting(std::string_view unit) { return checker(greetings, unit, {}).judge(); }
verdict judge_command(std::string_view unit) { return checker(commands, unit, {}).judge(); }

void round_trip_response(std::string_view unit) { checker(responses, unit, {}).round_trip(); }
void round_trip_command(std::string_view unit) { checker(commands, unit, {}).round_trip(); }

} // namespace mailwire::test
