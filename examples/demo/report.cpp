// SPDX-License-Identifier: BSL-1.0
#include "demo/report.hpp"

#include <iostream>

namespace demo {
namespace {

constexpr std::size_t most_lines = 6;
constexpr std::size_t longest_line = 110;

// A line of the wire as a person can read it.
std::string shown(std::string_view line) {
    std::string result;
    for (const char c : line.substr(0, longest_line))
        result += c >= ' ' && c != '\x7f' ? c : '.';
    if (line.size() > longest_line) result += "...";
    return result;
}

void print_lines(std::string_view label, std::string_view octets) {
    std::size_t lines = 0;
    while (!octets.empty()) {
        const std::size_t end = octets.find('\n');
        const std::string_view line = octets.substr(0, end == std::string_view::npos ? octets.size() : end);
        octets.remove_prefix(end == std::string_view::npos ? octets.size() : end + 1);
        if (lines++ < most_lines)
            std::cout << "      " << label << ' ' << shown(line.substr(0, line.find('\r'))) << '\n';
    }
    if (lines > most_lines) std::cout << "      " << label << " (" << lines - most_lines << " more lines)\n";
}

// A password shows nowhere, not even on the wire of a demonstration.
std::string without_secrets(std::string octets) {
    for (const std::string_view word : {"PASS ", "APOP ", " LOGIN "}) {
        for (std::size_t at = 0; (at = octets.find(word, at)) != std::string::npos;) {
            at += word.size();
            octets.replace(at, octets.find("\r\n", at) - at, "...");
        }
    }
    return octets;
}

} // namespace

void report::print(const row& r, const wire_text& wire) {
    bool pass = r.right;
    std::string missing;
    for (const std::string_view octets : r.expected) {
        if (wire.received.find(octets) == std::string::npos) missing += "\n      missing: " + shown(octets);
    }
    for (const std::string_view octets : r.absent) {
        if (wire.received.find(octets) != std::string::npos) missing += "\n      unwanted: " + shown(octets);
    }
    pass = pass && missing.empty();
    ++(pass ? passed_ : failed_);
    std::cout << (pass ? "pass  " : "FAIL  ") << r.protocol << "  " << r.what << '\n';
    print_lines("C:", without_secrets(wire.sent));
    print_lines("S:", wire.received);
    std::cout << "      understood: " << r.understood << missing << "\n\n";
}

void report::skip(std::string_view protocol, std::string_view what, std::string_view why) {
    ++skipped_;
    std::cout << "skip  " << protocol << "  " << what << "\n      " << why << "\n\n";
}

void report::broke(std::string_view protocol, std::string_view why) {
    ++failed_;
    std::cout << "FAIL  " << protocol << "  " << why << "\n\n";
}

void report::summary() const {
    std::cout << passed_ << " passed, " << failed_ << " failed, " << skipped_ << " skipped\n";
}

} // namespace demo
