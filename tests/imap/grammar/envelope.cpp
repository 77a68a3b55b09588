// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/grammar/envelope.hpp"

#include "support/rows.hpp"

#include <gtest/gtest.h>

namespace mailwire::imap::grammar {
namespace {

using test::expect_rule;
using test::refused;

TEST(envelope, address) {
    expect_rule<address>({
        {"(NIL NIL NIL NIL)", 17},
        {"(\"T\" NIL \"gray\" \"cac.example\")", 30},
        {"({1}\r\nT NIL \"gray\" \"x\")", 23},
        {"(NIL NIL NIL)", refused},
        {"(NIL NIL NIL NIL NIL)", refused},
        {"(NIL NIL NIL NIL ", refused},
        {"(T NIL gray x)", refused}, // nstring: no atom
        {"(NIL  NIL NIL NIL)", refused},
        {"NIL", refused},
    });
}

template <typename... Rules> void expect_strings() {
    (expect_rule<Rules>({{"NIL", 3}, {"\"a\"", 3}, {"{1}\r\na", 6}, {"a", refused}, {"()", refused}}), ...);
}

TEST(envelope, fields_that_are_strings) {
    expect_strings<addr_name, addr_adl, addr_mailbox, addr_host, env_date, env_subject, env_in_reply_to,
                   env_message_id>();
}

template <typename... Rules> void expect_addresses() {
    (expect_rule<Rules>({
         {"NIL", 3},
         {"((NIL NIL NIL NIL))", 19},
         {"((NIL NIL NIL NIL)(NIL NIL NIL NIL))", 36},
         {"((NIL NIL NIL NIL) (NIL NIL NIL NIL))", refused},
         {"((NIL NIL NIL NIL) )", refused},
         {"()", refused},
         {"(NIL)", refused},
     }),
     ...);
}

// No space stands between two addresses, and a list that is there is not empty.
TEST(envelope, fields_that_are_addresses) {
    expect_addresses<env_from, env_sender, env_reply_to, env_to, env_cc, env_bcc>();
}

// P12: what servers send all the same.
TEST(envelope, tolerated_lists) {
    const dialect empty{.quirks = quirks::empty_list};
    expect_rule<env_to>({{"()", 2}, {"(NIL)", refused}, {"( )", refused}}, empty);
    const dialect spaces{.quirks = quirks::space_between_addresses};
    expect_rule<env_to>({{"((NIL NIL NIL NIL) (NIL NIL NIL NIL))", 37},
                         {"((NIL NIL NIL NIL) )", 20},
                         {"((NIL NIL NIL NIL)  (NIL NIL NIL NIL))", refused},
                         {"( (NIL NIL NIL NIL))", refused},
                         {"()", refused}},
                        spaces);
}

TEST(envelope, envelope) {
    expect_rule<grammar::envelope>({
        {"(NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL)", 41},
        {"(\"d\" \"s\" ((NIL NIL \"a\" \"b\")) NIL NIL NIL NIL NIL \"r\" \"<x@y>\")", 61},
        {"(NIL NIL NIL NIL NIL NIL NIL NIL NIL)", refused},
        {"(NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL)", refused},
        {"(NIL NIL \"a\" NIL NIL NIL NIL NIL NIL NIL)", refused},
        {"NIL", refused},
    });
    // Ten fields, of which one is a list of one address of four.
    const auto result =
        test::match<grammar::envelope>("(\"d\" \"s\" ((NIL NIL \"a\" \"b\")) NIL NIL NIL NIL NIL \"r\" \"<x@y>\")");
    EXPECT_EQ(result.tokens.size(), 1U + 10U + 1U + 4U);
    EXPECT_EQ(test::match<grammar::envelope>("(NIL NIL NIL NIL NIL () NIL").fault.offset, 22U);
}

} // namespace
} // namespace mailwire::imap::grammar
