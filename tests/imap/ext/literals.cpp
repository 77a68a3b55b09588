// SPDX-License-Identifier: BSL-1.0
#include "mailwire/imap/ext/literals.hpp"

#include "mailwire/imap/parse.hpp"
#include "support/rows.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace mailwire::imap {
namespace {

// X-7888/2088-1
TEST(literals, form_of_a_server) {
    EXPECT_EQ(literal_form_of({}), literal_form::synchronizing);
    EXPECT_EQ(literal_form_of({"IMAP4rev1", "IDLE"}), literal_form::synchronizing);
    EXPECT_EQ(literal_form_of({"IMAP4rev1", "literal+"}), literal_form::plus);
    EXPECT_EQ(literal_form_of({"LITERAL-", "IMAP4rev1"}), literal_form::minus);
    EXPECT_EQ(literal_form_of({"IMAP4rev2"}), literal_form::minus);
    EXPECT_EQ(literal_form_of({"IMAP4rev2", "LITERAL+"}), literal_form::plus);
    EXPECT_EQ(literal_form_of({"LITERAL+", "LITERAL-"}), literal_form::minus);
    EXPECT_EQ(literal_form_of({"LITERAL"}), literal_form::synchronizing);
}

// X-7888/2088-1: what each form lets a client send.
TEST(literals, forms_in_a_command) {
    const std::string most = "a1 LOGIN x {4096+}\r\n" + std::string(4096, 'x') + "\r\n";
    const std::string more = "a1 LOGIN x {4097+}\r\n" + std::string(4097, 'x') + "\r\n";
    std::vector<token> tape(64);
    const auto refused_by = [&](const std::string& wire, literal_form form) {
        return parse_command(wire, tape, {.dialect = {.literals = form}}).error.code;
    };
    EXPECT_EQ(refused_by(most, literal_form::plus), errc::none);
    EXPECT_EQ(refused_by(more, literal_form::plus), errc::none);
    EXPECT_EQ(refused_by(most, literal_form::minus), errc::none);
    EXPECT_EQ(refused_by(more, literal_form::minus), errc::literal_too_big);
    EXPECT_EQ(refused_by(most, literal_form::synchronizing), errc::syntax);
}

static_assert(literal_plus_extension::capability == "LITERAL+");
static_assert(literal_minus_extension::capability == "LITERAL-");

} // namespace
} // namespace mailwire::imap
