// SPDX-License-Identifier: BSL-1.0
// Judges units of the corpus and vectors of the checklist.

#pragma once

#include "support/rows.hpp"

#include "mailwire/core/input.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace mailwire::test {

struct judgement {
    verdict says = verdict::reject;
    std::uint32_t quirks = 0; // the deviations that were tolerated
};

// One unit. "* PREAUTH" is a greeting, whatever else the data calls it.
judgement judge_unit(side from, bool greeting, std::string_view unit, const dialect& rules = {});

// What a client sends from its command on: the lines behind AUTHENTICATE and IDLE are no commands.
verdict judge_stream(std::string_view octets, const dialect& rules = {});

inline side side_of(std::string_view name) {
    return name == "imap-command" || name == "IMAP-C" ? side::client : side::server;
}

class tally {
public:
    void add(const std::string& what) { ++counts_[what]; }
    void print(const char* title) const;

private:
    std::map<std::string, std::size_t> counts_;
};

} // namespace mailwire::test
