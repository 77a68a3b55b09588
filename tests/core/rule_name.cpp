// SPDX-License-Identifier: BSL-1.0
#include "mailwire/core/rule_name.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <string_view>

namespace mailwire::detail {
namespace {

namespace grammar {

struct tag {};
struct nz_number {
    static constexpr std::string_view rfc = "RFC 9051 9";
};
struct mbox_list_extended_item {};
struct delete_ {};
struct namespace_ {};
struct number64 {};
template <typename R> struct list_of {};
using alias = list_of<tag>;

namespace detail {

struct helper {};

} // namespace detail

} // namespace grammar

namespace slot {

struct msg_att {};

} // namespace slot

struct no_grammar {};

// Each rule with the name of its production, empty where it is none.
TEST(rule_name, productions) {
    EXPECT_EQ(production_name<grammar::tag>(), "tag");
    EXPECT_EQ(production_name<grammar::nz_number>(), "nz-number");
    EXPECT_EQ(production_name<grammar::mbox_list_extended_item>(), "mbox-list-extended-item");
    EXPECT_EQ(production_name<grammar::number64>(), "number64");
    EXPECT_EQ(production_name<grammar::delete_>(), "delete");
    EXPECT_EQ(production_name<grammar::namespace_>(), "namespace");
    EXPECT_EQ(production_name<grammar::detail::helper>(), "");
    EXPECT_EQ(production_name<grammar::list_of<grammar::tag>>(), "");
    EXPECT_EQ(production_name<grammar::alias>(), "");
    EXPECT_EQ(production_name<slot::msg_att>(), "");
    EXPECT_EQ(production_name<no_grammar>(), "");
    EXPECT_EQ(production_name<int>(), "");
}

// What a slot is called does not depend on where it stands.
TEST(rule_name, spellings) {
    EXPECT_EQ(abnf_spelling<slot::msg_att>::spelled.view(), "msg-att");
    EXPECT_EQ(abnf_spelling<slot::msg_att>::plain, "msg_att");
    EXPECT_EQ(abnf_spelling<grammar::delete_>::plain, "delete");
    EXPECT_EQ(abnf_spelling<grammar::detail::helper>::spelled.view(), "helper");
    EXPECT_EQ(abnf_spelling<int>::spelled.view(), "int");
    EXPECT_EQ(full_name<int>(), "int");
    EXPECT_EQ(full_name<ch<']'>>().back(), '>');
    EXPECT_TRUE(full_name<grammar::tag>().ends_with("::grammar::tag"));
}

TEST(rule_name, sections) {
    EXPECT_EQ(rfc_of<grammar::nz_number>(), "RFC 9051 9");
    EXPECT_EQ(rfc_of<grammar::tag>(), "");
}

struct words {
    static constexpr std::string_view class_name(const char_class& set) {
        if (set == (alpha | digit)) return "ALPHA-DIGIT";
        return set == octets("+-") ? "sign" : "";
    }
    static constexpr std::string_view number_name(std::uint64_t most, bool not_zero) {
        if (not_zero) return most > 9 ? "nz-number" : "nz-digit";
        return most > 9 ? "number" : "small number";
    }
};

template <typename Leaf> constexpr std::string_view name_of() { return terminal<Leaf>::template name<words>(); }
template <typename Leaf> constexpr std::string_view inside() { return terminal<Leaf>::template inside<words>(); }

// A terminal as ABNF spells it.
TEST(rule_name, terminals) {
    struct row {
        std::string_view name;
        std::string_view spelling;
    };
    const row rows[] = {
        {name_of<ch<' '>>(), "SP"},
        {name_of<ch<'"'>>(), "DQUOTE"},
        {name_of<ch<'\r'>>(), "CR"},
        {name_of<ch<'\n'>>(), "LF"},
        {name_of<ch<')'>>(), "\")\""},
        {name_of<ch<'x'>>(), "\"x\""},
        {name_of<exact<"\r\n">>(), "CRLF"},
        {name_of<exact<"+OK">>(), "\"+OK\""},
        {name_of<kw<"NIL">>(), "\"NIL\""},
        {name_of<one_of<digit>>(), "DIGIT"},
        {name_of<run_of<alpha>>(), "ALPHA"},
        {name_of<run_of<vchar, 3>>(), "VCHAR"},
        {name_of<one_of<char_>>(), "CHAR"},
        {name_of<exactly_of<digit, 4>>(), "DIGIT"},
        {inside<exactly_of<digit, 4>>(), "DIGIT"},
        {inside<run_of<digit>>(), ""},
        {inside<kw<"NIL">>(), ""},
        // A protocol may know a set better; else a few octets are told one by one.
        {name_of<one_of<alpha | digit>>(), "ALPHA-DIGIT"},
        {name_of<one_of<octets("+-")>>(), "sign"},
        {name_of<one_of<octets("]")>>(), "\"]\""},
        {name_of<one_of<octets("*%")>>(), "\"%\" or \"*\""},
        {name_of<one_of<octets("dcba")>>(), "\"a\" or \"b\" or \"c\" or \"d\""},
        {name_of<one_of<octets("abcde")>>(), ""},
        {name_of<one_of<ctl>>(), ""},
        {name_of<number_up_to<4294967295U>>(), "number"},
        {name_of<number_up_to<4294967295U, octet_range('1', '9')>>(), "nz-number"},
        {name_of<number_up_to<9>>(), "small number"},
        {name_of<at_end>(), "the end of the unit"},
        {name_of<grammar::tag>(), ""},
    };
    for (const row& each : rows)
        EXPECT_EQ(each.name, each.spelling);
}

// What stands between two things, and what is found in the octets of a text.
TEST(rule_name, kinds_of_terminals) {
    EXPECT_TRUE(terminal<ch<' '>>::separator);
    EXPECT_TRUE(terminal<exact<"\r\n">>::separator);
    EXPECT_TRUE(terminal<at_end>::separator);
    EXPECT_FALSE(terminal<ch<')'>>::separator);
    EXPECT_FALSE(terminal<exact<"+OK">>::separator);
    EXPECT_FALSE(terminal<kw<"NIL">>::separator);
    EXPECT_TRUE(terminal<ch<' '>>::is_text && terminal<exact<"+OK">>::is_text && terminal<kw<"NIL">>::is_text);
    EXPECT_FALSE(terminal<one_of<digit>>::is_text);
    EXPECT_FALSE(terminal<at_end>::is_text);
    EXPECT_FALSE(terminal<grammar::tag>::is_text);
}

// All of this is known while the program is compiled.
static_assert(production_name<grammar::delete_>() == "delete");
static_assert(name_of<kw<"NIL">>() == "\"NIL\"");
static_assert(length_of(std::string_view("ab"), std::string_view(), std::string_view("c")) == 3);
static_assert(joined<3>(std::string_view("ab"), std::string_view("c")).view() == "abc");

} // namespace
} // namespace mailwire::detail
