// SPDX-License-Identifier: BSL-1.0
// Lexical forms, forms of revision 1 and ambiguities, by their line of the checklist.
#include "support/rows.hpp"

#include "mailwire/imap/grammar/forms.hpp"
#include "mailwire/imap/grammar/session_command.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace mailwire::test {
namespace {

using namespace std::string_view_literals;

const dialect revision_1{.utf8 = false, .literals = literal_form::synchronizing, .forms = ~imap::forms::rev2};
const dialect revision_2{.forms = ~imap::forms::rev1};

TEST(checklist, L_text) {
    good_responses({
        {"L-26", "* OK a [b] {3}\r\n"},
        {"L-26", "* OK \r\n", "* OK -\r\n", true},
        {"L-26", "* OK\r\n", "* OK -\r\n", true},
        {"L-26", "* NO \xd1\x8f\r\n"},
        {"L-26", "* OK a\tb\x01\r\n"},
    });
    bad_responses({
        {"L-26", "* OK a\0b\r\n"sv, errc::syntax, 6},
        {"L-26", "* OK a\rb\r\n", errc::syntax, 6},
        {"L-26", "* OK \xc0\xaf\r\n", errc::syntax, 5},
    });
    bad_responses({{"L-26", "* NO \xd1\x8f\r\n", errc::syntax, 5}}, revision_1);
    bad_responses({{"L-26", "* OK \r\n", errc::syntax, 5}}, {.forms = ~(imap::forms::rev2 | imap::forms::no_text)});
}

TEST(checklist, O_what_revision_1_has) {
    good_commands({{"O-1", "a CHECK\r\n"},
                   {"O-2", "a LSUB \"\" news.%\r\n"},
                   {"O-3", "a XTRA (whatever)\r\n"},
                   {"O-8", "a SEARCH NEW OLD RECENT\r\n"},
                   {"O-9", "a FETCH 1 (RFC822 RFC822.HEADER RFC822.TEXT)\r\n"},
                   {"O-10", "a STATUS x (RECENT)\r\n"},
                   {"O-13", "a CREATE &ZeVnLIqe-\r\n"},
                   {"O-14", "a SEARCH CHARSET \"KOI8-R\" ALL\r\n", "a SEARCH CHARSET KOI8-R ALL\r\n"}},
                  revision_1);
    bad_commands({{"O-1", "a CHECK\r\n", errc::syntax, 7},
                  {"O-2", "a LSUB \"\" news.%\r\n", errc::syntax, 6},
                  {"O-8", "a SEARCH NEW\r\n", errc::syntax, 12},
                  {"O-9", "a FETCH 1 RFC822\r\n", errc::syntax, 16},
                  {"O-10", "a STATUS x (RECENT)\r\n", errc::syntax, 18}},
                 revision_2);
    good_responses({{"O-4", "* 0 RECENT\r\n"},
                    {"O-5", "* SEARCH 1 4 9\r\n"},
                    {"O-6", "* LSUB (\\Noselect) \".\" a.b\r\n"},
                    {"O-7", "* 1 FETCH (FLAGS (\\Recent))\r\n"},
                    {"E3", "* 1 FETCH (RFC822.HEADER {2}\r\n\r\n RFC822.TEXT NIL RFC822 \"x\")\r\n",
                     "* 1 FETCH (RFC822.HEADER {2}\r\n\r\n RFC822.TEXT NIL RFC822 {1}\r\nx)\r\n"}},
                   revision_1);
    good_responses(
        {{"O-4", "* 0 RECENT\r\n"}, {"O-5", "* SEARCH 1 4 9\r\n"}, {"O-7", "* 1 FETCH (FLAGS (\\Recent))\r\n"}},
        revision_2);
    bad_responses(
        {{"O-6", "* LSUB () \".\" x\r\n", errc::syntax, 6}, {"E3", "* 1 FETCH (RFC822 NIL)\r\n", errc::syntax, 17}},
        revision_2);
}

// One set of rules for each place a set stands in.
TEST(checklist, A20_sets) {
    good_commands({
        {"A20", "a FETCH *:4,2 (UID)\r\n"},
        {"A20", "a COPY $ x\r\n"},
        {"A20", "a SELECT x (QRESYNC (1 2 1,3:5))\r\n"},
    });
    bad_commands({
        {"A20", "a FETCH 1,$ UID\r\n", errc::syntax, 10},
        {"A20", "a SELECT x (QRESYNC (1 2 1:*))\r\n", errc::syntax, 27},
        {"A20", "a SELECT x (QRESYNC (1 2 $))\r\n", errc::syntax, 25},
    });
    good_responses({
        {"A20", "* ESEARCH (TAG \"a\") ALL 1,3:5\r\n"},
        {"A20", "* VANISHED 1,3:5\r\n"},
        {"A20", "a OK [COPYUID 1 1,3:5 2:5] x\r\n"},
    });
    bad_responses({
        {"A20", "* ESEARCH (TAG \"a\") ALL $\r\n", errc::syntax, 24},
        {"A20", "* VANISHED 1:*\r\n", errc::syntax, 13},
        {"A20", "a OK [COPYUID 1 $ 2] x\r\n", errc::syntax, 16},
    });
}

// What follows AUTHENTICATE and IDLE is read in a mode of its own, and is no command.
TEST(checklist, A23_lines_that_are_no_commands) {
    good_commands({{"A23", "a IDLE\r\n"}, {"A23", "a AUTHENTICATE PLAIN\r\n"}});
    bad_commands({{"A23", "DONE\r\n", errc::syntax, 4}, {"A23", "*\r\n", errc::syntax, 0}});
    EXPECT_EQ(judge_command("a DONE\r\n"), verdict::unknown);
    expect_rule<imap::grammar::idle_done>(
        {{"DONE\r\n", 6}, {"done\r\n", 6}, {"a DONE\r\n", refused}, {"DONE x\r\n", refused}});
    expect_rule<imap::grammar::authenticate_line>({{"YQ==\r\n", 6},
                                                   {"\r\n", 2},
                                                   {"*\r\n", 3},
                                                   {"YQ\r\n", refused},
                                                   {"* \r\n", refused},
                                                   {"a NOOP\r\n", refused}});
}

TEST(checklist, X_extensions) {
    good_commands({
        {"X-8438-1", "a STATUS x (SIZE)\r\n"},
        {"X-6855/9755-1", "a ENABLE UTF8=ACCEPT\r\n"},
        {"X-6855/9755-3", "a SEARCH CHARSET UTF-8 ALL\r\n"},
        {"X-4466-1", "a EXAMINE x (FOO 1:5 BAR)\r\n"},
        {"X-4466-4", "a FETCH 1 (FLAGS) (FOO 5)\r\n"},
        {"X-4466-5", "a STORE 1 (FOO 5) FLAGS ()\r\n"},
        {"X-4466-6", "a SEARCH RETURN (FOO (a b)) ALL\r\n"},
    });
    bad_commands({
        {"X-8438-1", "a STATUS x (SIZE 1)\r\n", errc::syntax, 17},
        {"X-6855/9755-1", "a ENABLE\r\n", errc::syntax, 8},
        {"X-4466-1", "a EXAMINE x (FOO \"a\")\r\n", errc::syntax, 17},
        {"X-4466-4", "a FETCH 1 FLAGS (FOO \"a\")\r\n", errc::syntax, 21},
        {"X-4466-5", "a STORE 1 () FLAGS ()\r\n", errc::syntax, 11},
        {"X-4466-6", "a SEARCH RETURN (FOO \"a\") ALL\r\n", errc::syntax, 21},
    });
    good_responses({
        {"X-8438-1", "* STATUS x (SIZE 5000000000)\r\n"},
        {"X-6855/9755-4", "* 1 FETCH (BODYSTRUCTURE (\"MESSAGE\" \"GLOBAL\" NIL NIL NIL \"8BIT\" 5 (NIL NIL NIL NIL "
                          "NIL NIL NIL NIL NIL NIL) "
                          "(\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 1 1) 1))\r\n"},
    });
    bad_responses({{"X-8438-1", "* STATUS x (SIZE -1)\r\n", errc::syntax, 17}});
}

} // namespace
} // namespace mailwire::test
