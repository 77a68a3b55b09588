// SPDX-License-Identifier: BSL-1.0
// Multi-line POP3 responses, RFC 1939.

#pragma once

#include "data_set.hpp"
#include "message.hpp"
#include "random.hpp"
#include "text.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace mailwire::bench {

inline data_set retrieved_messages(std::string_view name, std::size_t octets, std::uint64_t seed, dots frequency) {
    data_set set{.name = name, .kind = data_kind::pop3_messages};
    random_source random(seed);
    const auto largest = static_cast<std::uint32_t>(std::clamp<std::size_t>(octets / 32, 4'096, 1U << 18));
    while (set.octets.size() < octets) {
        const std::string text = message(random, random.doubling_between(2'048, largest), frequency);
        put(set.octets) << "+OK " << text.size() << " octets\r\n";
        put_stuffed(set, text);
        ++set.units;
    }
    return set;
}

// Answers to RETR; messages of 2 KiB to 256 KiB.
inline data_set pop3_retr(std::size_t octets, std::uint64_t seed) {
    return retrieved_messages("pop3_retr", octets, seed, dots::few);
}

// The same with about one dot in a hundred octets.
inline data_set pop3_retr_dots(std::size_t octets, std::uint64_t seed) {
    return retrieved_messages("pop3_retr_dots", octets, seed, dots::many);
}

// Answers to LIST, of up to 10,000 messages each.
inline data_set pop3_list(std::size_t octets, std::uint64_t seed) {
    data_set set{.name = "pop3_list", .kind = data_kind::pop3_listings};
    random_source random(seed);
    while (set.octets.size() < octets) {
        put(set.octets) << "+OK scan listing follows\r\n";
        const std::uint32_t last = random.doubling_between(10, 10'000);
        for (std::uint32_t number = 1; number <= last; ++number) {
            const std::uint32_t size = random.doubling_between(300, 5'000'000);
            put(set.octets) << number << ' ' << size << "\r\n";
            set.numbers += 2;
            set.number_sum += std::uint64_t{number} + size;
        }
        put(set.octets) << ".\r\n";
        ++set.units;
    }
    return set;
}

// Answers to UIDL, of up to 10,000 messages each; unique-ids of 8 to 70 octets.
inline data_set pop3_uidl(std::size_t octets, std::uint64_t seed) {
    data_set set{.name = "pop3_uidl", .kind = data_kind::pop3_listings};
    random_source random(seed);
    while (set.octets.size() < octets) {
        put(set.octets) << "+OK unique-id listing follows\r\n";
        const std::uint32_t last = random.doubling_between(10, 10'000);
        const std::string validity = hexadecimal(0x10000000U + random.below(0x70000000U));
        for (std::uint32_t number = 1; number <= last; ++number) {
            put(set.octets) << number << ' ' << validity;
            const std::uint32_t choice = random.below(4);
            if (choice == 0) {
                put(set.octets) << '.' << random.next() << ".mx,S=" << random.doubling_between(300, 5'000'000);
            } else if (choice == 1) {
                put(set.octets) << hexadecimal(random.next());
            } else {
                put(set.octets) << '-' << number;
            }
            put(set.octets) << "\r\n";
        }
        put(set.octets) << ".\r\n";
        ++set.units;
    }
    return set;
}

} // namespace mailwire::bench
