// SPDX-License-Identifier: BSL-1.0
#include "inspect/print.hpp"

#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "examples/inspect/tree_text.hpp"
#include "inspect/imap.hpp"

namespace inspect::test {
namespace {

// A unit of an IMAP server that has sent ten octets before.
std::string json_text(std::string_view wire) {
    const std::string stream = "* 1 XYZ \r\n" + std::string(wire);
    std::ostringstream out;
    print_json(out, read_imap_unit(stream, 10, {}));
    return out.str();
}

TEST(print, prints_json) {
    struct row {
        std::string_view wire;
        std::string_view json;
    };
    const std::vector<row> rows{
        {"* 1 FETCH (UID 7 X-A \"b\\\\\")\r\n",
         R"({"offset":10,"size":29,"verdict":"accept","what":"data FETCH","note":"unknown inside: X-A","fields":[)"
         R"({"kind":"item","offset":12,"in_unit":2,"word":"FETCH","fields":[)"
         R"({"kind":"number","offset":12,"in_unit":2,"octets":"1"},)"
         R"({"kind":"list","offset":20,"in_unit":10,"fields":[)"
         R"({"kind":"item","offset":21,"in_unit":11,"word":"UID","fields":[)"
         R"({"kind":"number","offset":25,"in_unit":15,"octets":"7"}]},)"
         R"({"kind":"item","offset":27,"in_unit":17,"word":null,"fields":[)"
         R"({"kind":"atom","offset":27,"in_unit":17,"octets":"X-A"},)"
         R"({"kind":"raw","offset":31,"in_unit":21,"octets":"\\\"b\\\\\\\\\\\""}]}]}]}]})"},
        {"* BYE\r\n", R"({"offset":10,"size":7,"verdict":"accept","what":"status BYE","fields":[)"
                      R"({"kind":"raw","offset":12,"in_unit":2,"octets":"BYE"},)"
                      R"({"kind":"absent","offset":15,"in_unit":5},{"kind":"absent","offset":15,"in_unit":5}]})"},
        {"* X\r\n", R"({"offset":10,"size":5,"verdict":"unknown","what":"data X","fields":[)"
                    R"({"kind":"item","offset":12,"in_unit":2,"word":null,"fields":[)"
                    R"({"kind":"atom","offset":12,"in_unit":2,"octets":"X"},)"
                    R"({"kind":"absent","offset":13,"in_unit":3}]}]})"},
        {"* 4294967296 EXISTS\r\n",
         R"({"offset":10,"size":21,"verdict":"reject","what":"response",)"
         R"("error":{"code":"number too big","offset":12,"in_unit":2,"maximum":4294967295}})"},
        {"* LIST () NIL {3}\r\na",
         R"({"offset":10,"size":20,"verdict":"incomplete","what":"response",)"
         R"("error":{"code":"truncated","offset":30,"in_unit":20},"note":"a literal of 3 octets, 1 are here"})"},
    };
    for (const row& each : rows)
        EXPECT_EQ(json_text(each.wire), std::string(each.json) + '\n') << each.wire;
}

TEST(print, points_at_the_fault_of_a_refused_unit) {
    const std::string_view stream = "* 1 EXISTS\r\n* 1 FETCH (UID 0)\r\n";
    EXPECT_EQ(tree_text(read_imap_unit(stream, 12, {})), R"(
at 12, 19 octets: error in response: syntax at 27, octet 15, before "0)\r\n"
  * 1 FETCH (UID 0)\r\n
                 ^ offset 15: syntax: expected uniqueid in UID of msg-att (RFC 9051 7.5.2)
)");
    EXPECT_EQ(tree_text(read_imap_unit("* OK", 0, {})), R"(
at 0, 4 octets: incomplete response at 4, octet 4, its end
)");
}

// A caret stands under the octet also where octets before it are escaped and the line is cut.
TEST(print, cuts_a_long_line_around_the_fault) {
    const std::string_view before = "* 1 FETCH (BODYSTRUCTURE (\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" ";
    const std::string_view behind = "x 3 NIL NIL NIL NIL NIL NIL))\r\n";
    const std::string stream = std::string(before).append(behind);
    EXPECT_EQ(tree_text(read_imap_unit(stream, 0, {})), R"(
at 0, 91 octets: error in response: syntax at 60, octet 60, before "x 3 NIL NIL NIL NIL NIL "... 31 octets
  ...TURE (\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" x 3 NIL NIL NIL NIL NIL ...
                                                   ^ offset 60: syntax: expected body-fld-octets)"
                                                        " in body-fields (RFC 9051 7.5.2)\n");
    // Forty octets before it and 24 from it on fit, one more of each does not.
    const std::string_view whole = "* STATUS \"a long name of a mailbox 123\" MESSAGES UNSEEN RECENT\r\n";
    EXPECT_EQ(tree_text(read_imap_unit(whole, 0, {})), R"(
at 0, 64 octets: error in response: syntax at 40, octet 40, before "MESSAGES UNSEEN RECENT\r\n"
  * STATUS \"a long name of a mailbox 123\" MESSAGES UNSEEN RECENT\r\n
                                            ^ offset 40: syntax: expected "(")"
                                                       " in STATUS of response-data (RFC 9051 7.3.4)\n");
    const std::string_view longer = "* STATUS \"a long name of a mailbox 1234\" MESSAGES UNSEEN UIDNEXT\r\n";
    EXPECT_EQ(tree_text(read_imap_unit(longer, 0, {})), R"(
at 0, 66 octets: error in response: syntax at 41, octet 41, before "MESSAGES UNSEEN UIDNEXT\r"... 25 octets
  ... STATUS \"a long name of a mailbox 1234\" MESSAGES UNSEEN UIDNEXT\r...
                                               ^ offset 41: syntax: expected "(")"
                                                        " in STATUS of response-data (RFC 9051 7.3.4)\n");
}

TEST(print, cuts_long_fields_of_the_tree_only) {
    const std::string stream = "* OK " + std::string(161, 'x') + "\r\n";
    const unit read = read_imap_unit(stream, 0, {});
    EXPECT_NE(tree_text(read).find("raw \"" + std::string(160, 'x') + "\"... 161 octets\n"), std::string::npos);
    std::ostringstream json;
    print_json(json, read);
    EXPECT_NE(json.str().find("\"" + std::string(161, 'x') + "\""), std::string::npos);
}

} // namespace
} // namespace inspect::test
