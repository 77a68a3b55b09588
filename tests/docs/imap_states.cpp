// SPDX-License-Identifier: BSL-1.0
// docs/imap-states.md is printed from the tables of the sessions. With MAILWIRE_WRITE_DOCS set this writes it anew.
#include "docs/state_tables.hpp"

#include <mailwire/imap/session/client_table_names.hpp>
#include <mailwire/imap/session/server_table_names.hpp>

#include <gtest/gtest.h>

#include <sstream>
#include <string>

namespace {

namespace imap = mailwire::imap;
using namespace mailwire::test;

std::string printed() {
    std::ostringstream out;
    out << "# The states of the IMAP sessions\n\n"
           "Printed from the headers `client_table.hpp`, `client_mode_table.hpp`, `server_table.hpp` and\n"
           "`server_mode_table.hpp` of `imap/session/`, which also say what each name means; a test compares. Each "
           "session\n"
           "has two machines: the states of RFC 9051 3, and what the connection carries at the moment. The arrows are "
           "all\n"
           "the ways from one state to another, the tables all that can happen: a line for each input, a column for "
           "each\n"
           "state, in each cell what the session does. `never` is what cannot happen.\n\n";
    print_machine<imap::client_state, imap::client_input>(out, "Client: states", imap::client_states,
                                                          imap::client_inputs, imap::client_state::greeting);
    print_machine<imap::client_mode, imap::client_mode_input>(out, "Client: what the connection carries",
                                                              imap::client_modes, imap::client_mode_inputs,
                                                              imap::client_mode::lines);
    out << "A mode ends as well where the session does: behind BYE, the end and a failure it is `lines`.\n\n";
    print_machine<imap::server_state, imap::server_input>(out, "Server: states", imap::server_states,
                                                          imap::server_inputs, imap::server_state::greeting);
    print_machine<imap::server_mode, imap::server_mode_input>(out, "Server: whose turn it is", imap::server_modes,
                                                              imap::server_mode_inputs, imap::server_mode::lines);
    out << "A mode ends as well where the session does: behind BYE, the end and a failure it is `lines`.\n";
    return out.str();
}

TEST(imap_states, are_those_of_the_tables) {
    EXPECT_EQ(page_after_writing("imap-states.md", printed()), printed()) << "run this test with MAILWIRE_WRITE_DOCS=1";
}

} // namespace
