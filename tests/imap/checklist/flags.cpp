// SPDX-License-Identifier: BSL-1.0
// Flags, keywords and attributes of mailboxes, by their line of the checklist.
#include "support/rows.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace mailwire::test {
namespace {

// Keywords that are registered, and one that is not.
struct keyword_row {
    const char* id;
    std::string_view keyword;
};
constexpr keyword_row keywords[] = {
    {"B8-18", "$MDNSent"},
    {"B8-18", "$Forwarded"},
    {"B8-18", "$Junk"},
    {"B8-18", "$NotJunk"},
    {"B8-18", "$Phishing"},
    {"B8-19", "my-own"},
    {"D11", "$NonJunk"},
    {"X-5530/5788/8457/9979-1", "$SubmitPending"},
    {"X-5530/5788/8457/9979-1", "$Submitted"},
    {"X-5530/5788/8457/9979-1", "$Important"},
    {"X-5530/5788/8457/9979-2", "$hasattachment"},
    {"X-5530/5788/8457/9979-2", "$MailFlagBit0"},
    {"X-5530/5788/8457/9979-2", "$unsubscribed"},
};

TEST(checklist, B8_keywords) {
    for (const auto& row : keywords) {
        const std::string name(row.keyword);
        good_responses({
            {row.id, "* 1 FETCH (FLAGS (" + name + "))\r\n"},
            {row.id, "* FLAGS (" + name + " \\Seen)\r\n"},
            {row.id, "* OK [PERMANENTFLAGS (" + name + ")] x\r\n"},
        });
        good_commands({
            {row.id, "a STORE 1 +FLAGS (" + name + ")\r\n"},
            {row.id, "a SEARCH KEYWORD " + name + " UNKEYWORD " + name + "\r\n"},
            {row.id, "a APPEND x (" + name + ") {1}\r\ny\r\n"},
        });
        bad_commands({
            {row.id, "a SEARCH KEYWORD \\" + name + "\r\n", errc::syntax, 17},
            {row.id, "a STORE 1 +FLAGS (" + name + "])\r\n", errc::syntax, 18 + name.size()},
        });
    }
}

struct attribute_row {
    const char* id;
    std::string_view attribute;
};
constexpr attribute_row attributes[] = {
    {"B8-11", "\\NoInferiors"},
    {"B8-12", "\\Noselect"},
    {"B8-12", "\\NonExistent"},
    {"B8-12", "\\Marked"},
    {"B8-12", "\\Unmarked"},
    {"B8-13", "\\HasChildren"},
    {"X-3348-1", "\\HasChildren"},
    {"X-3348-1", "\\HasNoChildren"},
    {"B8-14", "\\Subscribed"},
    {"B8-14", "\\Remote"},
    {"B8-15", "\\All"},
    {"B8-15", "\\Trash"},
    {"B8-16", "\\XNew"},
    {"X-5530/5788/8457/9979-3", "\\Important"},
    {"X-5530/5788/8457/9979-4", "\\Snoozed"},
    {"X-5530/5788/8457/9979-4", "\\Memos"},
};

// An attribute stands alone and among others, and only once.
TEST(checklist, B8_attributes) {
    for (const auto& row : attributes) {
        const std::string name(row.attribute);
        good_responses({
            {row.id, "* LIST (" + name + ") \"/\" x\r\n"},
            {row.id, "* LIST (\\Xa " + name + " \\Xb) NIL x\r\n"},
            {row.id, "* LSUB (" + name + ") \".\" x\r\n"},
        });
        EXPECT_EQ(judge_response("* LIST (" + name + ' ' + name + ") \"/\" x\r\n"), verdict::reject) << row.id;
        EXPECT_EQ(judge_response("* LIST (" + name.substr(1) + ") \"/\" x\r\n"), verdict::reject) << row.id;
        EXPECT_EQ(judge_response("* LIST (" + name + "]) \"/\" x\r\n"), verdict::reject) << row.id;
    }
}

// P4
TEST(checklist, B8_attributes_that_exclude_each_other) {
    for (const std::string_view both :
         {"\\Noselect \\Marked", "\\NonExistent \\Noselect", "\\Marked \\Unmarked", "\\Unmarked \\X \\NonExistent",
          "\\HasChildren \\HasNoChildren", "\\HasNoChildren \\X \\haschildren", "\\X \\x"}) {
        EXPECT_EQ(judge_response("* LIST (" + std::string(both) + ") \"/\" x\r\n"), verdict::reject) << both;
    }
}

} // namespace
} // namespace mailwire::test
