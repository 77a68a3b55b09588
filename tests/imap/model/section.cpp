// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/model/section.hpp"

#include "mailwire/imap/write.hpp"
#include "support/rows.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace mailwire::imap {
namespace {

section read(std::string_view wire, std::vector<token>& tape) {
    auto result = test::match<grammar::section>(wire);
    EXPECT_TRUE(result.ok) << wire;
    tape = result.tokens;
    cursor c(wire, tape);
    const section s = section::read(c);
    EXPECT_FALSE(c.more()) << wire;
    return s;
}

std::string written(const section& value) {
    std::string result;
    string_sink to(result);
    writer out(to, {});
    value.write(out);
    return out.fault() == misuse::none ? result : "refused";
}

TEST(section, is_read_and_written) {
    struct {
        std::string_view wire;
        std::string_view part;
        section_text what;
        std::size_t fields;
    } const rows[] = {
        {"]", "", section_text::whole, 0},
        {"HEADER]", "", section_text::header, 0},
        {"TEXT]", "", section_text::text, 0},
        {"1]", "1", section_text::whole, 0},
        {"1.2.34]", "1.2.34", section_text::whole, 0},
        {"1.MIME]", "1", section_text::mime, 0},
        {"2.1.HEADER]", "2.1", section_text::header, 0},
        {"2.TEXT]", "2", section_text::text, 0},
        {"HEADER.FIELDS (a b)]", "", section_text::header_fields, 2},
        {"4.HEADER.FIELDS.NOT (a]c)]", "4", section_text::header_fields_not, 1},
    };
    for (const auto& row : rows) {
        std::vector<token> tape;
        const section s = read(row.wire, tape);
        EXPECT_EQ(s.part, row.part) << row.wire;
        EXPECT_EQ(s.what, row.what) << row.wire;
        EXPECT_EQ(s.fields.size(), row.fields) << row.wire;
        EXPECT_EQ(written(s), row.wire);
    }
    std::vector<token> tape;
    EXPECT_EQ(read("text]", tape).what, section_text::text);
    EXPECT_EQ(read("1.mime]", tape).what, section_text::mime);
    EXPECT_EQ(read("header.fields (a)]", tape).fields[0], text("a"));
}

TEST(section, refuses_what_is_none) {
    const text name[] = {"To"};
    EXPECT_EQ(written({"1", section_text::header_fields, name}), "1.HEADER.FIELDS (To)]");
    EXPECT_EQ(written({"", section_text::mime, {}}), "refused");
    EXPECT_EQ(written({"", section_text::header_fields, {}}), "refused");
    const text empty[] = {""};
    EXPECT_EQ(written({"", section_text::header_fields, empty}), "HEADER.FIELDS (\"\")]");
    const text nul[] = {text(std::string_view("\0", 1))};
    EXPECT_EQ(written({"", section_text::header_fields, nul}), "refused");
    for (const std::string_view part :
         {"0", "01", "1.", ".1", "1..2", "1.0", "a", "1 2", "1]", "1\r\n", "4294967296", "1.4294967296"}) {
        EXPECT_EQ(written({part, section_text::whole, {}}), "refused") << part;
    }
}

} // namespace
} // namespace mailwire::imap
