// SPDX-License-Identifier: BSL-1.0
#include "mailwire/core/item.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace mailwire {
namespace {

using kind = token_kind;

struct writer;
struct slot_with_lead {
    using writer = mailwire::writer;
    using lead = ch<'#'>;
    using other = void;
};
struct plain_slot {
    using writer = mailwire::writer;
    using other = void;
};

struct uid {
    using word = mailwire::word<plain_slot, "UID">;
    using tail = pegtl::success;
    std::uint64_t value = 0;
    static uid read(cursor& c) { return {c.number()}; }
};
struct name {
    using word = mailwire::word<plain_slot, "NAME">;
    using tail = pegtl::success;
    text value = {};
    static name read(cursor& c) { return {c.text()}; }
};

struct writer {
    std::string out;
    template <alternative Alt> void put(const Alt& value) {
        out += Alt::word::text;
        if constexpr (requires { value.value.spelled(); }) out += value.value.spelled();
    }
};

struct known : profile<uid, name> {};

constexpr std::string_view unit = "12 bob OTHER rest";
constexpr token tokens[] = {{kind::item, id_of<uid>, 1}, {kind::number, 0, 2},        {kind::item, id_of<name>, 1},
                            {kind::atom, 3, 3},          {kind::item, unknown_id, 2}, {kind::atom, 7, 5},
                            {kind::raw, 13, 4},          {kind::item, id_of<uid>, 1}, {kind::number, 0, 1}};

TEST(item, is_what_it_is) {
    cursor c(unit, tokens);
    const auto first = item<plain_slot>::read(c);
    EXPECT_TRUE(first);
    EXPECT_TRUE(first.known());
    EXPECT_TRUE(first.is<uid>());
    EXPECT_FALSE(first.is<name>());
    EXPECT_EQ(first.as<uid>().value, 12U);
    EXPECT_EQ(first.get<uid>()->value, 12U);
    EXPECT_FALSE(first.get<name>());
    EXPECT_FALSE(first.is_value());
    EXPECT_EQ(item<plain_slot>::read(c).as<name>().value, text("bob"));
    const auto unknown = item<plain_slot>::read(c);
    EXPECT_TRUE(unknown);
    EXPECT_FALSE(unknown.known());
    EXPECT_EQ(unknown.name(), text("OTHER"));
    EXPECT_EQ(unknown.rest(), "rest");
}

TEST(item, that_is_not_there) {
    const token absent[] = {{kind::absent, 5, 0}, {kind::atom, 0, 1}};
    cursor c(unit, absent);
    const auto missing = item<plain_slot>::read(c);
    EXPECT_FALSE(missing);
    EXPECT_FALSE(missing.known());
    EXPECT_FALSE(missing.get<uid>());
    EXPECT_EQ(c.raw(), "1"); // one field was passed over
    const auto behind = item<plain_slot>::read(c);
    EXPECT_FALSE(behind);
    EXPECT_FALSE(item<plain_slot>());
}

TEST(item, of_a_slot_that_leads_names_what_is_behind) {
    const token led[] = {{kind::item, unknown_id, 3}, {kind::number, 0, 2}, {kind::atom, 7, 5}, {kind::raw, 13, 4}};
    cursor c(unit, led);
    const auto i = item<slot_with_lead>::read(c);
    EXPECT_EQ(i.name(), text("OTHER"));
    EXPECT_EQ(i.rest(), "rest");
}

TEST(item, of_a_program) {
    const name bob{"bob"};
    const item<plain_slot> i = bob;
    EXPECT_TRUE(i.is_value());
    EXPECT_TRUE(i.is<name>());
    EXPECT_EQ(i.as<name>().value, text("bob"));
    writer out;
    i.write_value(out);
    EXPECT_EQ(out.out, "NAMEbob");
}

TEST(item, items_find_the_first_of_a_type) {
    const items<plain_slot> all{cursor(unit, tokens)};
    EXPECT_EQ(all.size(), 4U);
    EXPECT_EQ(all.get<uid>()->value, 12U);
    EXPECT_EQ(all.get<name>()->value, text("bob"));
    EXPECT_FALSE(items<plain_slot>().get<uid>());
}

TEST(item, on_calls_the_first_that_takes_it) {
    std::string called;
    for (const auto i : items<plain_slot>{cursor(unit, tokens)}) {
        EXPECT_TRUE(on(
            i, [&](uid u) { called += std::to_string(u.value) + " "; },
            [&](const name& n) { called += n.value.spelled(); },
            [&](const item<plain_slot>& rest) { called += rest.known() ? "?" : " other "; }));
    }
    EXPECT_EQ(called, "12 bob other 1 ");
    const name bob{"bob"};
    EXPECT_FALSE(on(item<plain_slot>(bob), [](uid) {}));
}

TEST(item, visit_calls_with_the_type_the_profile_has) {
    std::string called;
    for (const auto i : items<plain_slot>{cursor(unit, tokens)}) {
        const bool found = visit<known>(i, [&called]<typename Alt>(const Alt&) { called += Alt::word::text; });
        EXPECT_EQ(found, i.known());
    }
    EXPECT_EQ(called, "UIDNAMEUID");
    struct less : profile<name> {};
    EXPECT_FALSE(visit<less>(items<plain_slot>{cursor(unit, tokens)}[0], [](const auto&) {}));
}

} // namespace
} // namespace mailwire
