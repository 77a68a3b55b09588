// SPDX-License-Identifier: BSL-1.0
// The tables of the sessions as pages of docs/: a diagram and a table each.

#pragma once

#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <ostream>
#include <string>
#include <string_view>

namespace mailwire::test {

template <typename Enum> Enum nth(std::size_t n) { return static_cast<Enum>(n); }

// What a diagram calls a state: Mermaid takes no spaces.
inline std::string id_of(std::string_view name) {
    std::string id(name);
    for (char& c : id) {
        if (c == ' ') c = '_';
    }
    return id;
}

// Where an action leads: what a session carries changes by next_mode.
template <typename State, typename Action> State reached_by(State state, Action action) {
    if constexpr (requires { next_mode(state, action); }) {
        return next_mode(state, action);
    } else {
        return next_state(state, action);
    }
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
                const auto reached = reached_by(state, action_of(state, nth<Input>(i)));
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

// A line for each input, a column for each state.
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

template <typename State, typename Input>
void print_machine(std::ostream& out, std::string_view title, std::size_t states, std::size_t inputs, State first) {
    out << "## " << title << "\n\n";
    print_diagram<State, Input>(out, states, inputs, first);
    print_table<State, Input>(out, states, inputs);
}

// What a page of docs/ says now. With MAILWIRE_WRITE_DOCS set it is written first.
inline std::string page_after_writing(std::string_view name, const std::string& printed) {
    const auto file = std::filesystem::path(MAILWIRE_TESTS_DIR).parent_path() / "docs" / name;
    if (std::getenv("MAILWIRE_WRITE_DOCS") != nullptr) std::ofstream(file) << printed;
    std::ifstream in(file);
    return {std::istreambuf_iterator<char>(in), {}};
}

} // namespace mailwire::test
