// SPDX-License-Identifier: BSL-1.0
#include "inspect/unit.hpp"

#include <gtest/gtest.h>

namespace inspect::test {
namespace {

node field(std::string_view kind, std::string_view octets) { return {kind, 0, octets, {}, {}}; }

node item(std::string_view word, std::vector<node> fields) { return {"item", 0, {}, word, std::move(fields)}; }

TEST(unit, names_the_verdicts) {
    EXPECT_EQ(name_of(verdict::accept), "accept");
    EXPECT_EQ(name_of(verdict::unknown), "unknown");
    EXPECT_EQ(name_of(verdict::reject), "reject");
    EXPECT_EQ(name_of(verdict::incomplete), "incomplete");
}

TEST(unit, describes_faults) {
    using mailwire::errc;
    EXPECT_EQ(describe({errc::syntax, 7, 0, 0}), "syntax");
    EXPECT_EQ(describe({errc::number_too_big, 7, 0, 12}), "number too big (at most 12)");
    EXPECT_EQ(describe({errc::too_deep, 7, 65, 64}), "too deep (65, at most 64)");
}

TEST(unit, names_items) {
    EXPECT_EQ(name_of(item("FETCH", {field("number", "1")})), "FETCH");
    EXPECT_EQ(name_of(item("", {field("number", "1"), field("atom", "XFOO"), field("atom", "y")})), "XFOO");
    EXPECT_EQ(name_of(item("", {})), "");
}

TEST(unit, remarks_on_unknown_names_inside) {
    unit read;
    read.fields = {item("FETCH", {field("number", "1"), item("", {field("atom", "X-A")}),
                                  item("UID", {item("", {field("atom", "X-B")})})})};
    EXPECT_EQ(remarks(read), "unknown inside: X-A, X-B");
    read.note = "a note";
    EXPECT_EQ(remarks(read), "a note, unknown inside: X-A, X-B");
    read.judged = verdict::unknown; // then the name is said already
    EXPECT_EQ(remarks(read), "a note");
}

} // namespace
} // namespace inspect::test
