// SPDX-License-Identifier: BSL-1.0
// What a generator of benchmark data returns.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace mailwire::bench {

enum class data_kind { imap_responses, imap_commands, pop3_messages, pop3_listings };

// Wire data of one kind and what is in it, so that a benchmark can check what it counted. Every line ends in CRLF and
// the last unit is complete.
struct data_set {
    std::string_view name{};
    data_kind kind{};
    std::string octets{};
    std::size_t units = 0;          // IMAP: responses or commands; POP3: responses with all their lines
    std::size_t lines = 0;          // LF in all octets, those of literals and messages included
    std::size_t literals = 0;       // IMAP literals
    std::size_t literal_octets = 0; // in them
    std::size_t numbers = 0;        // SEARCH, LIST of POP3: the numbers in the data
    std::uint64_t number_sum = 0;   // and their sum
    std::size_t message_octets = 0; // RETR: the messages without what dot-stuffing added
    std::size_t stuffed_lines = 0;  // RETR: lines that begin with an added dot
};

} // namespace mailwire::bench
