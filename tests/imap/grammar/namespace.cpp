// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/grammar/namespace.hpp"

#include "support/rows.hpp"

#include <gtest/gtest.h>

namespace mailwire::imap::grammar {
namespace {

using test::expect_rule;
using test::refused;

TEST(namespace_, descriptors) {
    expect_rule<namespace_descr>({
        {"(\"\" \"/\")", 8},
        {"(\"\" NIL)", 8},
        {"({0}\r\n \"/\")", 11}, // L-9
        {"(\"#mh/\" \"/\" \"X-PARAM\" (\"FLAG1\" \"FLAG2\"))", 40},
        {"(\"\" \"/\" \"A\" (\"b\") \"C\" (\"d\"))", 28},
        {"(\"\" \"/\" \"A\" ())", refused},
        {"(\"\" \"/\" \"A\")", refused},
        {"(\"\" \"/\" A (\"b\"))", refused},
        {"(\"\" \"/\" )", refused},
        {"(\"\")", refused},
        {"(NIL \"/\")", refused},
        {"(\"\" \"//\")", refused},
        {"()", refused},
    });
    expect_rule<namespace_response_extension>({{" \"A\" (\"b\" \"c\")", 14}, {"\"A\" (\"b\")", refused}});
    expect_rule<namespace_response_extensions>({{"", 0}, {" \"A\" (\"b\") \"C\" (\"d\")", 20}});
    // A list of three fields, of which the last is a list of a name and a list of two values.
    EXPECT_EQ(test::match<namespace_descr>("(\"#mh/\" \"/\" \"X-PARAM\" (\"FLAG1\" \"FLAG2\"))").tokens.size(), 8U);
    EXPECT_EQ(test::match<namespace_descr>("(\"\" NIL)").tokens.size(), 4U);
}

// B5-8: no space stands between two descriptors.
TEST(namespace_, classes) {
    expect_rule<grammar::namespace_>({
        {"NIL", 3},
        {"((\"\" \"/\"))", 10},
        {"((\"\" \"/\")(\"#mh/\" \"/\"))", 22},
        {"((\"\" \"/\") (\"#mh/\" \"/\"))", refused},
        {"(\"\" \"/\")", refused},
        {"()", refused},
    });
    expect_rule<namespace_response>({
        {" NIL NIL NIL", 12},
        {" ((\"\" \"/\")) NIL ((\"a\" \"/\"))", 27},
        {" NIL NIL", refused},
        {" NIL  NIL NIL", refused},
        {" NILNIL NIL", refused},
        {"NIL NIL NIL", refused},
    });
    EXPECT_EQ(test::match<namespace_response>(" NIL NIL NIL").tokens.size(), 3U);
}

// P12, D2
TEST(namespace_, tolerated_forms) {
    const dialect spaces{.quirks = quirks::namespace_spaces};
    expect_rule<namespace_response>({{" NIL  NIL NIL", 13},
                                     {" NIL NIL   NIL", 14},
                                     {" ((\"\" \"/\") (\"a\" \"/\")) NIL NIL", 29},
                                     {" ((\"\"  \"/\")) NIL NIL", refused},
                                     {" () NIL NIL", refused}},
                                    spaces);
    expect_rule<namespace_response>({{" NIL  NIL NIL", refused}, {" () NIL ()", 10}},
                                    {.quirks = ~quirks::namespace_spaces});
}

} // namespace
} // namespace mailwire::imap::grammar
