// SPDX-License-Identifier: BSL-1.0

#include <mailwire/pop3/model/command.hpp>

#include <gtest/gtest.h>

namespace mailwire::pop3 {
namespace {

// RFC 1939 3: whether a line with a dot ends the answer.
TEST(command_model, answers_of_one_line_and_of_many) {
    for (const answer_form one : {answer_form::text, answer_form::drop_listing, answer_form::scan_listing,
                                  answer_form::unique_id, answer_form::language, answer_form::sasl}) {
        EXPECT_FALSE(is_multi_line(one)) << static_cast<int>(one);
    }
    for (const answer_form many : {answer_form::scan_listings, answer_form::unique_ids, answer_form::capabilities,
                                   answer_form::languages, answer_form::mechanisms, answer_form::body}) {
        EXPECT_TRUE(is_multi_line(many)) << static_cast<int>(many);
    }
}

} // namespace
} // namespace mailwire::pop3
