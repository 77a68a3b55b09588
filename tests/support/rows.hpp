// SPDX-License-Identifier: BSL-1.0
// The verbs of the tables of IMAP units: one row is many tests.
//
// A unit that must be accepted is parsed whole, framed in every split in two, octet by octet and with a unit behind it,
// written, parsed and written again, written where there is one octet too little, recorded where there is one token
// too little, and with each of its literals handed on as it comes. A unit that must be refused gives the same error and
// the same frames however it comes in. Nothing of all this takes anything from the heap.

#pragma once

#include "fields.hpp"
#include "frames.hpp"

#include "mailwire/core/control.hpp"
#include "mailwire/core/error.hpp"
#include "mailwire/core/input.hpp"
#include "mailwire/core/slot.hpp"
#include "mailwire/core/tape.hpp"

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
