// SPDX-License-Identifier: BSL-1.0
// POP3 without a session: the lines of a listing.
#include <cstdint>
#include <string_view>

#include "mailwire/pop3/parse.hpp"

std::uint64_t size_of_maildrop(std::string_view listing) {
    std::uint64_t octets = 0;
    while (!listing.empty()) {
        const std::string_view line = listing.substr(0, listing.find('\n') + 1);
        listing.remove_prefix(line.empty() ? listing.size() : line.size());
        if (const auto entry = mailwire::pop3::parse_scan_listing(line)) octets += entry.value.octets;
    }
    return octets;
}
