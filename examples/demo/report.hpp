// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "demo/wire.hpp"

namespace demo {

// The comparison, a row at a time: what was to be done, what went over the wire, what was understood, pass or fail.
class report {
public:
    // `expected` are literal octets that must be in what was received: the server's side of the row, which no mistake
    // of ours can bend. `absent` must not be there. `understood` is what the session made of it, and `right` whether
    // that is what it should be.
    struct row {
        std::string_view protocol;
        std::string_view what;
        std::initializer_list<std::string_view> expected;
        std::initializer_list<std::string_view> absent = {};
        std::string understood;
        bool right = true;
    };

    void print(const row& r, const wire_text& wire);

    // A row for what this server does not have.
    void skip(std::string_view protocol, std::string_view what, std::string_view why);

    // A row that broke off.
    void broke(std::string_view protocol, std::string_view why);

    bool all_passed() const { return failed_ == 0 && passed_ != 0; }
    void summary() const;

private:
    int passed_ = 0;
    int failed_ = 0;
    int skipped_ = 0;
};

} // namespace demo
