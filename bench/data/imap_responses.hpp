// SPDX-License-Identifier: BSL-1.0
// Untagged IMAP responses. Everything is in RFC 9051, but for MODSEQ (RFC 7162) in fetch_flags.

#pragma once

#include "data_set.hpp"
#include "envelope.hpp"
#include "message.hpp"
#include "random.hpp"
#include "text.hpp"
#include "words.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace mailwire::bench {

// FETCH with UID and FLAGS in either order, as a client gets it that synchronises a mailbox; with MODSEQ where asked.
inline void put_fetch_flags(data_set& set, random_source& random, std::size_t octets, bool with_modseq) {
    std::uint64_t uid = 0;
    while (set.octets.size() < octets) {
        uid += random.chance(80) ? 1 : random.between(2, 12);
        put(set.octets) << "* " << ++set.units << " FETCH (";
        if (random.chance(50)) {
            put(set.octets) << "UID " << uid << " FLAGS (" << message_flags(random) << ')';
        } else {
            put(set.octets) << "FLAGS (" << message_flags(random) << ") UID " << uid;
        }
        if (with_modseq) {
            put(set.octets) << " MODSEQ (" << std::uint64_t{1'000'000} + random.below(90'000'000) << ')';
        }
        put(set.octets) << ")\r\n";
    }
}

// About 65 octets a response.
inline data_set fetch_flags(std::size_t octets, std::uint64_t seed) {
    data_set set{.name = "fetch_flags", .kind = data_kind::imap_responses};
    random_source random(seed);
    put_fetch_flags(set, random, octets, true);
    return set;
}

// The same without MODSEQ, for parsers that know RFC 9051 alone. About 45 octets a response.
inline data_set fetch_flags_base(std::size_t octets, std::uint64_t seed) {
    data_set set{.name = "fetch_flags_base", .kind = data_kind::imap_responses};
    random_source random(seed);
    put_fetch_flags(set, random, octets, false);
    return set;
}

// FETCH as a client gets it that shows a list of messages: UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE BODYSTRUCTURE in
// several orders. About 950 octets a response, one subject in a hundred is a literal.
inline data_set fetch_envelope(std::size_t octets, std::uint64_t seed) {
    constexpr std::array orders = {std::string_view("ufdseb"), std::string_view("dsfueb"), std::string_view("febusd"),
                                   std::string_view("uebdsf")};
    data_set set{.name = "fetch_envelope", .kind = data_kind::imap_responses};
    random_source random(seed);
    envelope_writer writer(set, random);
    const auto put_item = [&](char item) {
        if (item == 'u') {
            put(set.octets) << "UID " << 3 * set.units;
        } else if (item == 'f') {
            put(set.octets) << "FLAGS (" << message_flags(random) << ')';
        } else if (item == 'd') {
            put(set.octets) << "INTERNALDATE " << date_time(random);
        } else if (item == 's') {
            put(set.octets) << "RFC822.SIZE " << random.doubling_between(700, 9'000'000);
        } else if (item == 'e') {
            put(set.octets) << "ENVELOPE ";
            writer.envelope();
        } else {
            put(set.octets) << "BODYSTRUCTURE ";
            writer.body();
        }
    };
    while (set.octets.size() < octets) {
        put(set.octets) << "* " << ++set.units << " FETCH (";
        std::string_view before;
        for (const char item : random.pick(orders)) {
            put(set.octets) << before;
            put_item(item);
            before = " ";
        }
        put(set.octets) << ")\r\n";
    }
    return set;
}

// Appends text as a literal of the set.
inline void put_literal(data_set& set, std::string_view text) {
    put(set.octets) << '{' << text.size() << "}\r\n" << text;
    ++set.literals;
    set.literal_octets += text.size();
}

// FETCH of whole messages, of header and text apart, and of a part, all as literals of 2 KiB to 256 KiB.
inline data_set fetch_body(std::size_t octets, std::uint64_t seed) {
    data_set set{.name = "fetch_body", .kind = data_kind::imap_responses};
    random_source random(seed);
    const auto largest = static_cast<std::uint32_t>(std::clamp<std::size_t>(octets / 32, 4'096, 1U << 18));
    while (set.octets.size() < octets) {
        const std::string text = message(random, random.doubling_between(2'048, largest), dots::few);
        const std::uint32_t choice = random.below(10);
        put(set.octets) << "* " << ++set.units << " FETCH (";
        if (choice < 6) {
            put(set.octets) << "UID " << 2 * set.units << " FLAGS (" << message_flags(random) << ") BODY[] ";
            put_literal(set, text);
        } else if (choice < 9) {
            const std::size_t header = text.find("\r\n\r\n") + 4;
            put(set.octets) << "BODY[HEADER] ";
            put_literal(set, std::string_view(text).substr(0, header));
            put(set.octets) << " BODY[TEXT] ";
            put_literal(set, std::string_view(text).substr(header));
            put(set.octets) << " RFC822.SIZE " << text.size();
        } else {
            put(set.octets) << "BODY[2.1]<0> ";
            put_literal(set, text);
        }
        put(set.octets) << ")\r\n";
    }
    return set;
}

// The name of a mailbox some levels down, distinct by its number.
inline std::string mailbox_path(random_source& random, std::size_t number) {
    std::string out;
    for (std::uint32_t levels = random.below(4); levels != 0; --levels) {
        put(out) << random.pick(words::family_names) << '/';
    }
    const std::uint32_t choice = random.below(100);
    if (choice < 25) {
        put(out) << some_words(random, 2, 4) << ' ' << number;
    } else if (choice < 40) {
        put(out) << random.pick(words::mailbox_names) << number;
    } else if (choice < 43) {
        put(out) << "C:\\" << random.pick(words::plain) << " \"" << number << '"';
    } else {
        put(out) << random.pick(words::plain) << '-' << number;
    }
    return out;
}

// A mailbox name as astring: now and then a literal, an atom where it can be one, otherwise quoted.
inline void put_mailbox(data_set& set, random_source& random, std::string_view name) {
    if (random.chance(1)) {
        put_literal(set, name);
    } else if (name.find_first_of(" \"\\") == name.npos && random.chance(50)) {
        put(set.octets) << name;
    } else {
        put(set.octets) << quoted_text(name);
    }
}

// LIST with STATUS after it, as RETURN (STATUS ...) brings them. About 85 octets a response.
inline data_set list_status(std::size_t octets, std::uint64_t seed) {
    constexpr std::array special = {"\\Archive", "\\Drafts", "\\Sent", "\\Trash", "\\Junk"};
    data_set set{.name = "list_status", .kind = data_kind::imap_responses};
    random_source random(seed);
    for (std::size_t number = 1; set.octets.size() < octets; ++number) {
        const std::string name = number == 1 ? "INBOX" : mailbox_path(random, number);
        const bool parent = random.chance(20);
        const bool selectable = random.chance(96);
        put(set.octets) << "* LIST (" << (parent ? "\\HasChildren" : "\\HasNoChildren")
                        << (selectable ? "" : " \\Noselect") << (random.chance(60) ? " \\Subscribed" : "");
        if (random.chance(2)) {
            put(set.octets) << ' ' << random.pick(special);
        }
        put(set.octets) << ") \"/\" ";
        put_mailbox(set, random, name);
        put(set.octets) << (parent && random.chance(5) ? " (\"CHILDINFO\" (\"SUBSCRIBED\"))\r\n" : "\r\n");
        ++set.units;
        if (selectable) {
            const std::uint32_t messages = random.doubling_between(1, 200'000);
            put(set.octets) << "* STATUS ";
            put_mailbox(set, random, name);
            put(set.octets) << " (MESSAGES " << messages << " UIDNEXT " << messages + random.below(5'000) + 1
                            << " UIDVALIDITY " << random.between(1, 2'000'000'000) << " UNSEEN "
                            << random.below(messages + 1) << " SIZE " << (random.next() >> 30) << ")\r\n";
            ++set.units;
        }
    }
    return set;
}

// SEARCH with 10 to 100,000 ascending numbers.
inline data_set search(std::size_t octets, std::uint64_t seed) {
    data_set set{.name = "search", .kind = data_kind::imap_responses};
    random_source random(seed);
    const auto most = static_cast<std::uint32_t>(std::clamp<std::size_t>(octets / 70, 10, 100'000));
    while (set.octets.size() < octets) {
        put(set.octets) << "* SEARCH";
        std::uint32_t number = random.below(1'000);
        for (std::uint32_t left = random.doubling_between(10, most); left != 0; --left) {
            number += random.between(1, 15);
            put(set.octets) << ' ' << number;
            ++set.numbers;
            set.number_sum += number;
        }
        put(set.octets) << "\r\n";
        ++set.units;
    }
    return set;
}

} // namespace mailwire::bench
