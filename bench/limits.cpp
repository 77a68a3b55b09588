// SPDX-License-Identifier: BSL-1.0
// The limits on all data.

#include "run.hpp"

namespace {

[[maybe_unused]] const bool registered = [] {
    for (const auto& data : mailwire::bench::generators) {
        mailwire::bench::add_limits(data);
    }
    return true;
}();

} // namespace
