// SPDX-License-Identifier: BSL-1.0
// The verbs of the tables of IMAP units: one row is many tests.
//
// A unit that must be accepted is parsed whole, framed in every split in two, octet by octet and with a unit behind it,
// written, parsed and written again, written where there is one octet too little, recorded where there is one token
// too little, and with each of its literals handed on as it comes. A unit that must be refused gives the same error and
// the same frames however it comes in. Nothing of all this takes anything from the heap.

#pragma once

#include "mailwire/core/control.hpp"
#include "mailwire/core/error.hpp"
#include "mailwire/core/input.hpp"
#include "mailwire/core/slot.hpp"
#include "mailwire/core/tape.hpp"
#include "mailwire/imap/framer.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mailwire::imap {

struct everything;

} // namespace mailwire::imap

namespace mailwire::test {

// A unit that must be accepted. The id is that of a rule of RFC 9051, of an attack or of a line of a checklist.
struct good_row {
    const char* id;
    std::string_view wire;
    std::string_view written = {}; // what writing its values gives; empty: the wire as it stands here
    bool changed = false;          // writing it changes more than how its strings are spelled
};

// A unit that must be refused: why, and at which octet.
struct bad_row {
    const char* id;
    std::string_view wire;
    errc code;
    std::uint64_t offset;
};

void good_responses(std::initializer_list<good_row> rows, const dialect& rules = {});
void good_greetings(std::initializer_list<good_row> rows, const dialect& rules = {});
void good_commands(std::initializer_list<good_row> rows, const dialect& rules = {});
void bad_responses(std::initializer_list<bad_row> rows, const dialect& rules = {});
void bad_greetings(std::initializer_list<bad_row> rows, const dialect& rules = {});
void bad_commands(std::initializer_list<bad_row> rows, const dialect& rules = {});

// What the library makes of a unit: `unknown` where a command, data, an item or a code has a name nobody knows.
enum class verdict { accept, unknown, reject };
[[nodiscard]] const char* name_of(verdict v);
[[nodiscard]] verdict judge_response(std::string_view unit);
[[nodiscard]] verdict judge_greeting(std::string_view unit);
[[nodiscard]] verdict judge_command(std::string_view unit);

// Expects that what is written of a unit is read again and written as the same octets.
void round_trip_response(std::string_view unit);
void round_trip_command(std::string_view unit);

// What a framer says of octets that come in pieces, with all literals kept. A literal larger than `keep` is the end:
// nothing behind it is looked at.
struct framed {
    imap::frame_kind kind;
    std::size_t offset; // of the unit
    std::size_t size;
    std::uint64_t octets;
    std::size_t header;
    bool non_synchronizing;

    friend bool operator==(const framed&, const framed&) = default;
};
[[nodiscard]] std::vector<framed> frames_of(side from, std::span<const std::string_view> pieces,
                                            std::uint64_t keep = 1U << 24U);

// Expects that the frames are those of the whole however the octets come in, and returns them.
std::vector<framed> same_frames_in_every_split(side from, std::string_view octets);

// True when all tokens point into the unit, and lists hold no more than there is.
[[nodiscard]] bool inside(std::string_view unit, std::span<const token> tokens);

// True when two tapes hold the same fields, whether a string is an atom, quoted or a literal.
[[nodiscard]] bool same_fields(std::string_view unit, std::span<const token> tokens, std::string_view other_unit,
                               std::span<const token> other_tokens);

// Octets as a C string literal would spell them, shortened in the middle where there are many.
[[nodiscard]] std::string spelled(std::string_view octets);

// A text and how many of its octets a rule takes; `refused` where it takes none of it.
inline constexpr std::size_t refused = static_cast<std::size_t>(-1);
struct rule_row {
    std::string_view text;
    std::size_t taken;
};

// One match of a rule from the start of a text.
struct matched {
    bool ok = false;
    std::size_t taken = 0;
    std::vector<token> tokens = {};
    error fault = {};
};

template <typename Rule, typename Profile = imap::everything>
matched match(std::string_view text, const dialect& rules = {}) {
    matched result;
    result.tokens.resize(text.size() + 16);
    input_for<Profile, input> in(text, result.tokens, rules);
    result.ok = lean<Rule>::template match<apply_mode::action, rewind_mode::required, tao::pegtl::nothing, lean>(in);
    result.taken = in.offset();
    result.tokens.resize(in.tape().count());
    result.fault = in.fault();
    return result;
}

// Expects that a rule takes as much of each text as its row says, that judging without recording says the same, and
// that a rule that does not match takes nothing and leaves nothing on the tape.
template <typename Rule, typename Profile = imap::everything>
void expect_rule(std::initializer_list<rule_row> rows, const dialect& rules = {}) {
    for (const auto& row : rows) {
        const matched result = match<Rule, Profile>(row.text, rules);
        EXPECT_EQ(result.ok, row.taken != refused) << spelled(row.text);
        EXPECT_EQ(result.taken, row.taken == refused ? 0 : row.taken) << spelled(row.text);
        EXPECT_TRUE(result.ok || result.tokens.empty()) << spelled(row.text);
        EXPECT_TRUE(inside(row.text, result.tokens)) << spelled(row.text);
        input_for<Profile, input> judged(row.text, {}, rules);
        EXPECT_EQ((run<Rule, apply_mode::nothing>(judged)), result.ok) << spelled(row.text);
        EXPECT_EQ(judged.tape().count(), 0U) << spelled(row.text);
        if (result.ok) {
            EXPECT_EQ(judged.offset(), result.taken) << spelled(row.text);
        }
    }
}

} // namespace mailwire::test
