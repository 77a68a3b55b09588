// SPDX-License-Identifier: BSL-1.0
// docs/pop3-states.md is printed from the tables of the sessions. With MAILWIRE_WRITE_DOCS set this writes it anew.
#include "docs/state_tables.hpp"

#include <mailwire/pop3/session/client_table_names.hpp>
#include <mailwire/pop3/session/server_table_names.hpp>

#include <gtest/gtest.h>

#include <sstream>
#include <string>

namespace {

namespace pop3 = mailwire::pop3;
using namespace mailwire::test;

std::string printed() {
    std::ostringstream out;
    out << "# The states of the POP3 sessions\n\n"
           "Printed from `session/client_table.hpp` and `session/server_table.hpp`, which also say what each name "
           "means; a\n"
           "test compares. The arrows are all the ways from one state to another, the tables all that can happen: a "
           "line\n"
           "for each input, a column for each state, in each cell what the session does. `never` is what cannot "
           "happen.\n\n";
    print_machine<pop3::client_state, pop3::client_input>(out, "Client", pop3::client_states, pop3::client_inputs,
                                                          pop3::client_state::greeting);
    print_machine<pop3::server_state, pop3::server_input>(out, "Server", pop3::server_states, pop3::server_inputs,
                                                          pop3::server_state::greeting);
    std::string text = out.str();
    text.pop_back();
    return text;
}

TEST(pop3_states, are_those_of_the_tables) {
    EXPECT_EQ(page_after_writing("pop3-states.md", printed()), printed()) << "run this test with MAILWIRE_WRITE_DOCS=1";
}

} // namespace
