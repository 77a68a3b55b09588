// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/grammar/tagged_ext.hpp"

#include "support/rows.hpp"

#include <gtest/gtest.h>

namespace mailwire::imap::grammar {
namespace {

using test::expect_rule;
using test::refused;

// L-27
TEST(tagged_ext, label) {
    expect_rule<tagged_ext_label>({
        {"FOO.bar:1 ", 9},
        {"-_.", 3},
        {"a1", 2},
        {"1a", refused},
        {":a", refused},
        {"", refused},
    });
}

// L-28, A15
TEST(tagged_ext, value) {
    expect_rule<tagged_ext_val>({
        {"5", 1},
        {"9223372036854775807", 19},
        {"1:4,7", 5},
        {"$", 1},
        {"()", 2},
        {"(a)", 3},
        {"(a \"b\" (c {1}\r\nd))", 18},
        {"\"a\"", refused},
        {"a", refused},
        {"9223372036854775808", refused},
        {"(())", refused},
        {"(a )", refused},
        {"", refused},
    });
    expect_rule<tagged_ext_simple>({{"0", 1}, {"*", 1}, {"1,*", 3}, {"a", refused}});
    expect_rule<tagged_ext_comp>({{"a b (c d)", 9}, {"a ", 1}, {"()", refused}, {"", refused}});
    expect_rule<search_ret_opt_ext>({{"FOO", 3}, {"FOO (a)", 7}, {"FOO a", 3}, {"5", refused}});
    expect_rule<search_ret_data_ext>({{"FOO 5", 5}, {"FOO", refused}});
    expect_rule<search_modifier_name>({{"FOO", 3}, {"5", refused}});
    expect_rule<search_mod_params>({{"(a)", 3}, {"a", refused}});
    expect_rule<search_return_value>({{"1:2", 3}, {"a", refused}});
}

// L-29
TEST(tagged_ext, vendor_tags) {
    expect_rule<option_vendor_tag>({
        {"vendor.acme-x", 13},
        {"VENDOR.acme-x.y-z ", 17},
        {"vendor.-x-y", 11},
        {"vendor.acme", refused},
        {"vendor.acme-", refused},
        {"vendor.a.b-c", refused},
        {"vendor.-x", refused},
        {"vendors.a-b", refused},
        {"acme-x", refused},
    });
    expect_rule<eitem_vendor_tag>({{"vendor.a-b", 10}, {"vendor.a", refused}});
    expect_rule<vendor_token>({{"vendor.acme-x", 11}, {"vendor.", refused}});
    expect_rule<name_component>({{"acme", 4}, {"a.b", 1}, {".", refused}});
    expect_rule<option_standard_tag>({{"X-OPT", 5}, {"a]", 1}, {"\"a\"", refused}});
    expect_rule<eitem_standard_tag>({{"TAG", 3}, {"(", refused}});
    expect_rule<mbox_list_extended_item_tag>(
        {{"TAG", 3}, {"\"TAG\"", 5}, {"\"vendor.a-b\"", 12}, {"\"a b\"", refused}, {"\"\"", refused}});
}

TEST(tagged_ext, options) {
    expect_rule<option_extension>({
        {"X-OPT", 5},
        {"X-OPT (\"a\" (b c))", 17},
        {"vendor.acme-x (a)", 17},
        {"X-OPT ()", 5},
        {"X-OPT 5", 5},
        {"(a)", refused},
    });
    expect_rule<option_value>({{"(a (b))", 7}, {"()", refused}, {"a", refused}});
    expect_rule<option_val_comp>({{"a (b c)", 7}, {"(", refused}});
    EXPECT_EQ(test::match<option_extension>("X-OPT").tokens.size(), 2U);
    EXPECT_EQ(test::match<option_extension>("vendor.a-b (a (b c))").tokens.size(), 2U);
}

} // namespace
} // namespace mailwire::imap::grammar
