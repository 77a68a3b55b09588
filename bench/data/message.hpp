// SPDX-License-Identifier: BSL-1.0
// Whole messages, and how POP3 sends them.

#pragma once

#include "data_set.hpp"
#include "random.hpp"
#include "text.hpp"
#include "words.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace mailwire::bench {

// few: most of the message is base64, and one message in eight has a line that begins with a dot.
// many: prose with full stops, and one line in forty begins with a dot.
enum class dots { few, many };

inline void put_prose_line(std::string& out, random_source& random, dots frequency) {
    const std::size_t begin = out.size();
    if (frequency == dots::many && random.below(40) == 0) {
        put(out) << (random.chance(50) ? "." : "..");
    }
    do {
        put(out) << random.pick(words::plain) << (frequency == dots::many && random.below(18) == 0 ? ". " : " ");
    } while (out.size() - begin < 64);
    out.pop_back();
    out += "\r\n";
}

// 76 octets, as RFC 2045 section 6.8 limits a line of base64.
inline void put_base64_line(std::string& out, random_source& random) {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i != 76; ++i) {
        bits = i % 10 == 0 ? random.next() : bits >> 6;
        out += alphabet[bits & 63U];
    }
    out += "\r\n";
}

inline void put_header(std::string& out, random_source& random) {
    put(out) << "Received: from " << random.pick(words::hosts) << " by " << random.pick(words::hosts)
             << " with ESMTPS id " << hexadecimal(random.next()) << ";\r\n\t" << header_date(random) << "\r\n";
    put(out) << "From: " << random.pick(words::given_names) << ' ' << random.pick(words::family_names) << " <box@"
             << random.pick(words::hosts) << ">\r\nTo: readers@example.org\r\nSubject: " << some_words(random, 2, 7)
             << "\r\n";
    put(out) << "Date: " << header_date(random) << "\r\nMessage-ID: " << message_id(random)
             << "\r\nMIME-Version: 1.0\r\n";
}

// A message of about the given size, in whole lines that end in CRLF. It has a header, and a body in two parts where
// dots are few.
inline std::string message(random_source& random, std::size_t octets, dots frequency) {
    std::string out;
    put_header(out, random);
    if (frequency == dots::many) {
        put(out) << "Content-Type: text/plain\r\n\r\n";
        while (out.size() < octets) {
            put_prose_line(out, random, frequency);
        }
        return out;
    }
    const std::string boundary = "part-" + hexadecimal(random.next());
    put(out) << "Content-Type: multipart/mixed; boundary=\"" << boundary << "\"\r\n\r\n--" << boundary
             << "\r\nContent-Type: text/plain\r\n\r\n";
    for (const std::size_t end = out.size() + octets / 4; out.size() < end;) {
        put_prose_line(out, random, frequency);
    }
    if (random.below(8) == 0) {
        put(out) << ".end of the text\r\n";
    }
    put(out) << "--" << boundary << "\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n";
    while (out.size() < octets) {
        put_base64_line(out, random);
    }
    put(out) << "--" << boundary << "--\r\n";
    return out;
}

// Appends a message as RFC 1939 section 3 sends it: a dot before each line that begins with one, and the final line.
// Requires that every line of the message ends in CRLF.
inline void put_stuffed(data_set& set, std::string_view message) {
    set.message_octets += message.size();
    while (!message.empty()) {
        const std::string_view line = message.substr(0, message.find('\n') + 1);
        if (line[0] == '.') {
            set.octets += '.';
            ++set.stuffed_lines;
        }
        set.octets += line;
        message.remove_prefix(line.size());
    }
    set.octets += ".\r\n";
}

} // namespace mailwire::bench
