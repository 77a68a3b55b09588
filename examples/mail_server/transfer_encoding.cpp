// SPDX-License-Identifier: BSL-1.0
#include "mail_server/transfer_encoding.hpp"

#include <algorithm>
#include <cstdint>

#include "mail_server/header_fields.hpp"
#include "mailwire/core/base64.hpp"

namespace mail_server {
namespace {

std::string decode_base64(std::string_view body) {
    std::string octets;
    octets.reserve(mailwire::base64_decoded_size_max(body.size()));
    std::uint32_t bits = 0;
    int count = 0;
    for (const char c : body) {
        if (c == '=') {
            break;
        }
        const auto value = mailwire::base64_standard.value(c);
        if (value == mailwire::base64_alphabet::none) {
            continue;
        }
        bits = bits << 6 | value;
        count += 6;
        if (count >= 8) {
            count -= 8;
            octets += static_cast<char>(bits >> count & 0xffU);
        }
    }
    return octets;
}

int hexadecimal(char c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    const char lower = lower_case(c);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// The octet that "=XY" stands for, or -1.
int quoted_octet(std::string_view text) {
    if (text.size() < 3 || hexadecimal(text[1]) < 0 || hexadecimal(text[2]) < 0) {
        return -1;
    }
    return hexadecimal(text[1]) * 16 + hexadecimal(text[2]);
}

// The line without the white space at its end, which something on its way has put there.
std::string_view trimmed(std::string_view line) {
    while (!line.empty() && (line.back() == ' ' || line.back() == '\t')) {
        line.remove_suffix(1);
    }
    return line;
}

void decode_line(std::string_view line, std::string& octets) {
    while (!line.empty()) {
        const int octet = line.front() == '=' ? quoted_octet(line) : -1;
        octets += octet < 0 ? line.front() : static_cast<char>(octet);
        line.remove_prefix(octet < 0 ? 1 : 3);
    }
}

std::string decode_quoted_printable(std::string_view body) {
    std::string octets;
    octets.reserve(body.size());
    while (!body.empty()) {
        const auto end = std::min(body.find("\r\n"), body.size());
        auto line = trimmed(body.substr(0, end));
        const bool goes_on = line.ends_with('='); // a soft line break
        if (goes_on) {
            line.remove_suffix(1);
        }
        decode_line(line, octets);
        body.remove_prefix(end);
        if (!goes_on) {
            octets += body.substr(0, 2);
        }
        body.remove_prefix(std::min<std::size_t>(2, body.size()));
    }
    return octets;
}

} // namespace

std::optional<std::string> decode_transfer(std::string_view encoding, std::string_view body) {
    const auto is = [&](std::string_view name) { return equal_ignoring_case(encoding, name); };
    if (is("7bit") || is("8bit") || is("binary")) {
        return std::string(body);
    }
    if (is("base64")) {
        return decode_base64(body);
    }
    if (is("quoted-printable")) {
        return decode_quoted_printable(body);
    }
    return std::nullopt;
}

} // namespace mail_server
