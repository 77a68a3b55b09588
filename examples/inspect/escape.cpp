// SPDX-License-Identifier: BSL-1.0
#include "inspect/escape.hpp"

namespace inspect {
namespace {

void append_escaped(std::string& out, char octet) {
    constexpr std::string_view hex = "0123456789abcdef";
    const auto value = static_cast<unsigned char>(octet);
    switch (octet) {
    case '\r':
        out += "\\r";
        return;
    case '\n':
        out += "\\n";
        return;
    case '\t':
        out += "\\t";
        return;
    case '\\':
        out += "\\\\";
        return;
    case '"':
        out += "\\\"";
        return;
    default:
        break;
    }
    if (value >= 0x20 && value < 0x7f) {
        out += octet;
    } else {
        out += "\\x";
        out += hex[value >> 4U];
        out += hex[value & 15U];
    }
}

} // namespace

std::string escaped(std::string_view octets) {
    std::string result;
    result.reserve(octets.size());
    for (const char octet : octets)
        append_escaped(result, octet);
    return result;
}

std::string quoted(std::string_view octets, std::size_t most) {
    std::string result = "\"" + escaped(octets.substr(0, most)) + "\"";
    if (octets.size() > most) result += "... " + std::to_string(octets.size()) + " octets";
    return result;
}

} // namespace inspect
