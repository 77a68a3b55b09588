// SPDX-License-Identifier: BSL-1.0
// Responses that are refused, and read where one deviation is tolerated.

#pragma once

#include "mailwire/imap/parse.hpp"
#include "support/fields.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <string_view>
#include <vector>

namespace mailwire::test {

// Expects that a response is refused without the deviation `bit`, whatever else is tolerated, and read with it, and that
// the parse says so.
inline void expect_tolerated(std::uint32_t bit, std::string_view wire, dialect rules = {}) {
    std::vector<token> tape(wire.size() + 16);
    const auto parse = [&](std::uint32_t quirks) {
        imap::parse_options options;
        options.dialect = rules;
        options.dialect.quirks = quirks;
        return imap::parse_response(wire, tape, options);
    };
    EXPECT_FALSE(parse(0)) << spelled(wire);
    EXPECT_FALSE(parse(~bit)) << spelled(wire);
    const auto alone = parse(bit);
    EXPECT_TRUE(alone) << spelled(wire) << " at " << alone.error.offset;
    EXPECT_EQ(alone.quirks, bit) << spelled(wire);
    EXPECT_TRUE(parse(~0U)) << spelled(wire);
}

} // namespace mailwire::test
