// SPDX-License-Identifier: BSL-1.0
// docs/pop3-states.md is printed from the tables of the sessions. With MAILWIRE_WRITE_DOCS set this writes it anew.
#include <mailwire/pop3/session/client_table_names.hpp>
#include <mailwire/pop3/session/server_table_names.hpp>

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <string_view>

namespace {

namespace pop3 = mailwire::pop3;

template <typename Enum> Enum nth(std::size_t n) { return static_cast<Enum>(n); }

// What a diagram calls a state: Mermaid takes no spaces.
std::string id_of(std::string_view name) {
    std::string id(name);
    for (char& c : id) {
        if (c == ' ') c = '_';
    }
    return id;
}

// An arrow for each two states, with all that leads from the one to the other.
template <typename State, typename Input>
void print_diagram(std::ostream& out, std::size_t states, std::size_t inputs, State first) {
    out << "```mermaid\nstateDiagram-v2\n    [*] --> " << id_of(name_of(first)) << '\n';
    for (std::size_t from = 0; from != states; ++from) {
        for (std::size_t to = 0; to != states; ++to) {
            std::string why;
            for (std::size_t i = 0; i != inputs; ++i) {
                const auto state = nth<State>(from);
                const auto reached = next_state(state, action_of(state, nth<Input>(i)));
                if (from == to || reached != nth<State>(to)) continue;
                why += (why.empty() ? "" : ", ") + std::string(name_of(nth<Input>(i)));
            }
            if (why.empty()) continue;
            out << "    " << id_of(name_of(nth<State>(from))) << " --> " << id_of(name_of(nth<State>(to))) << " : "
                << why << '\n';
        }
    }
    out << "```\n\n";
}

template <typename State, typename Input> void print_table(std::ostream& out, std::size_t states, std::size_t inputs) {
    out << "| |";
    for (std::size_t s = 0; s != states; ++s) {
        out << ' ' << name_of(nth<State>(s)) << " |";
    }
    out << "\n|---|";
    for (std::size_t s = 0; s != states; ++s) {
        out << "---|";
    }
    out << '\n';
    for (std::size_t i = 0; i != inputs; ++i) {
        out << "| **" << name_of(nth<Input>(i)) << "** |";
        for (std::size_t s = 0; s != states; ++s) {
            out << ' ' << name_of(action_of(nth<State>(s), nth<Input>(i))) << " |";
        }
        out << '\n';
    }
    out << '\n';
}

std::string printed() {
    std::ostringstream out;
    out << "# The states of the POP3 sessions\n\n"
           "Printed from `session/client_table.hpp` and `session/server_table.hpp`, which also say what each name "
           "means; a\n"
           "test compares. The arrows are all the ways from one state to another, the tables all that can happen: a "
           "line\n"
           "for each input, a column for each state, in each cell what the session does. `never` is what cannot "
           "happen.\n\n"
           "## Client\n\n";
    print_diagram<pop3::client_state, pop3::client_input>(out, pop3::client_states, pop3::client_inputs,
                                                          pop3::client_state::greeting);
    print_table<pop3::client_state, pop3::client_input>(out, pop3::client_states, pop3::client_inputs);
    out << "## Server\n\n";
    print_diagram<pop3::server_state, pop3::server_input>(out, pop3::server_states, pop3::server_inputs,
                                                          pop3::server_state::greeting);
    print_table<pop3::server_state, pop3::server_input>(out, pop3::server_states, pop3::server_inputs);
    std::string text = out.str();
    text.pop_back();
    return text;
}

TEST(pop3_states, are_those_of_the_tables) {
    const auto file = std::filesystem::path(MAILWIRE_TESTS_DIR).parent_path() / "docs" / "pop3-states.md";
    if (std::getenv("MAILWIRE_WRITE_DOCS") != nullptr) std::ofstream(file) << printed();
    std::ifstream in(file);
    const std::string found{std::istreambuf_iterator<char>(in), {}};
    EXPECT_EQ(found, printed()) << "run this test with MAILWIRE_WRITE_DOCS=1";
}

} // namespace
