// SPDX-License-Identifier: BSL-1.0
#include "mailwire/core/explain.hpp"

#include "mailwire/core/control.hpp"
#include "support/allocations.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace mailwire {
namespace {

// A small protocol: "SET" and its fields, each a word of a slot.
namespace grammar {

inline constexpr char_class nz = octet_range('1', '9');

struct sp : ch<' '> {};
struct crlf : exact<"\r\n"> {};
struct number : number_up_to<255> {};
struct nz_number : number_up_to<255, nz> {};
struct name_ : run_of<alpha> {};
struct year : exactly_of<digit, 4> {
    static constexpr std::string_view rfc = "RFC 1 3.1";
};
struct range : pegtl::seq<sp, year, ch<'-'>, year> {};
struct nil : pegtl::seq<kw<"NIL">, not_at<one_of<alpha>>> {};
struct list;
struct element : pegtl::sor<list, number> {};
struct list : nested<'(', pegtl::seq<ch<'('>, separated<element, sp>, ch<')'>>> {};
struct sign : one_of<octets("+-")> {};

} // namespace grammar

namespace slot {

struct field {
    using other = void;
};
struct free_field {
    using other = grammar::name_;
};

} // namespace slot

template <typename Slot, fixed_string Word, typename Tail> struct alt {
    using word = mailwire::word<Slot, Word>;
    using tail = Tail;
};

using grammar::sp;
struct size : alt<slot::field, "SIZE", pegtl::seq<sp, grammar::nz_number>> {
    static constexpr std::string_view rfc = "RFC 1 4";
};
struct since : alt<slot::field, "SINCE", grammar::range> {};
struct nested_list : alt<slot::field, "LIST", pegtl::seq<sp, grammar::list>> {};
struct old : alt<slot::free_field, "OLD", form<2, pegtl::seq<sp, grammar::number>>> {};
struct mine : profile<size, since, nested_list, old> {};
struct fourth : alt<slot::field, "FOURTH", pegtl::success> {};
struct more : profile<mine, fourth> {};
struct only_size : profile<size> {};

namespace grammar {

struct free_part : pegtl::seq<ch<'/'>, slot_rule<slot::free_field>> {};
struct value : pegtl::sor<slot_rule<slot::field>, nil> {};
struct two : pegtl::seq<ch<'*'>, slot_rule<slot::field>, sp, slot_rule<slot::field>> {};
struct set : pegtl::seq<kw<"SET">, sp, pegtl::sor<two, value>, pegtl::star<sp, value>, pegtl::opt<sign>,
                        pegtl::opt<free_part>, crlf, at_end> {};

} // namespace grammar

struct words : detail::rule_words {
    static constexpr std::string_view number_name(std::uint64_t, bool not_zero) {
        return not_zero ? "nz-number" : "number";
    }
    static constexpr std::string_view form_name(std::uint32_t bit) { return bit == 2 ? "not in force" : ""; }
};

template <typename Profile> explanation explained(std::string_view unit, const dialect& rules) {
    const test::no_allocation_here guard("explaining");
    detail::explaining_input<input_for<Profile, input>, words> in(unit, {}, rules);
    return detail::explain<grammar::set>(in, "RFC 1 9");
}

std::string sentence_of(const explanation& why) {
    std::array<char, 256> room{};
    span_sink out(room);
    why.write(out);
    return std::string(out.view());
}

struct row {
    std::string_view unit;
    std::string_view says;
};

// Expects the sentences, and that the fault is that of the parse.
template <typename Profile = mine> void expect_says(std::initializer_list<row> rows, const dialect& rules = {}) {
    for (const row& each : rows) {
        const explanation why = explained<Profile>(each.unit, rules);
        EXPECT_EQ(sentence_of(why), each.says) << each.unit;
        input_for<Profile, input> in(each.unit, {}, rules);
        const bool accepted = run<grammar::set, apply_mode::nothing>(in);
        EXPECT_EQ(accepted, !why) << each.unit;
        if (accepted) continue;
        EXPECT_EQ(why.error.code, in.fault().code) << each.unit;
        EXPECT_EQ(why.error.offset, in.fault().offset) << each.unit;
        EXPECT_EQ(why.error.maximum, in.fault().maximum) << each.unit;
    }
}

TEST(explain, units_without_fault) {
    expect_says({{"SET SIZE 5\r\n", "no fault"},
                 {"set nil since 1999-2000+/old 7\r\n", "no fault"},
                 {"SET LIST ((1 2) 3)/new\r\n", "no fault"}});
}

TEST(explain, rules_and_terminals) {
    expect_says({
        {"", "offset 0: syntax: expected \"SET\" in set (RFC 1 9)"},
        {"SET", "offset 3: syntax: expected SP in set (RFC 1 9)"},
        {"SET \r\n", "offset 4: syntax: expected two or value in set (RFC 1 9)"},
        {"SET NIL\n", "offset 7: syntax: expected SP, sign, free-part or CRLF in set (RFC 1 9)"},
        {"SET NILS\r\n", "offset 7: syntax: expected the end of \"NIL\" in nil (RFC 1 9)"},
        {"SET NIL/\r\n", "offset 8: syntax: expected a free-field in free-part (RFC 1 9)"},
        {"SET NIL\r\nX", "offset 9: syntax: expected the end of the unit in set (RFC 1 9)"},
        {"SET SINCE 199\r\n", "offset 13: syntax: expected DIGIT in year (RFC 1 3.1)"},
        {"SET SINCE x\r\n", "offset 10: syntax: expected year in range (RFC 1 9)"},
        {"SET SINCE 1999\r\n", "offset 14: syntax: expected \"-\" in range (RFC 1 9)"},
    });
}

TEST(explain, words_of_a_slot) {
    expect_says({
        {"SET SIZE\r\n", "offset 8: syntax: expected SP in SIZE of field (RFC 1 4)"},
        {"SET SIZE 0\r\n", "offset 9: syntax: expected nz-number in SIZE of field (RFC 1 4)"},
        // The rule of a tail begins with the word before it.
        {"SET SINCE\r\n", "offset 9: syntax: expected SP in range (RFC 1 9)"},
        {"SET SIZES 1\r\n", "offset 4: syntax: expected two or value in set (RFC 1 9)"},
        {"SET SIZE 1 SIZE x\r\n", "offset 16: syntax: expected nz-number in SIZE of field (RFC 1 4)"},
    });
    // Of few words each is named.
    expect_says({{"SET *\r\n", "offset 5: syntax: expected \"SIZE\", \"SINCE\" or \"LIST\" in two (RFC 1 9)"}});
    expect_says<more>({{"SET *\r\n", "offset 5: syntax: expected a field in two (RFC 1 9)"}});
    expect_says<only_size>({{"SET *\r\n", "offset 5: syntax: expected \"SIZE\" in two (RFC 1 9)"}});
    expect_says<only_size>({{"SET SINCE 1999-2000\r\n", "offset 4: syntax: expected two or value in set (RFC 1 9)"}});
}

TEST(explain, limits) {
    expect_says({
        {"SET SIZE 256\r\n", "offset 9: number too big: 256, at most 255 in SIZE of field (RFC 1 4)"},
        {"SET SIZE 99999999999999999999\r\n",
         "offset 9: number too big: 18446744073709551615 or more, at most 255 in SIZE of field (RFC 1 4)"},
    });
    expect_says({{"SET LIST ((1))\r\n", "offset 10: too deep: 2 levels, at most 1 in list (RFC 1 9)"}}, {.depth = 1});
}

// What is not in force is said, and not what could stand there otherwise.
TEST(explain, forms) {
    expect_says({{"SET NIL/OLD 7\r\n", "offset 11: syntax: not in force in OLD of free-field (RFC 1 9)"}},
                {.forms = ~2U});
    expect_says({{"SET NIL/OLD x\r\n", "offset 12: syntax: expected number in OLD of free-field (RFC 1 9)"}});
}

} // namespace
} // namespace mailwire
