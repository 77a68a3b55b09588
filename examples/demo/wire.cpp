// SPDX-License-Identifier: BSL-1.0
#include "demo/wire.hpp"

namespace demo {

void hide_exchange(wire_text& wire, std::size_t from) {
    std::string_view octets = std::string_view(wire.sent).substr(from);
    std::string shown;
    while (!octets.empty()) {
        const std::size_t end = octets.find("\r\n");
        const std::string_view line = octets.substr(0, end);
        octets.remove_prefix(end == std::string_view::npos ? octets.size() : end + 2);
        const std::size_t word = line.find("AUTH"); // AUTH, AUTHENTICATE
        const std::size_t name = word == std::string_view::npos ? word : line.find(' ', word);
        const std::size_t secret = name == std::string_view::npos ? name : line.find(' ', name + 1);
        if (line.empty() || line == "*" || (name != std::string_view::npos && secret == std::string_view::npos)) {
            shown += line;
        } else {
            shown += secret == std::string_view::npos ? "..." : std::string(line.substr(0, secret)) + " ...";
        }
        shown += "\r\n";
    }
    wire.sent.replace(from, std::string::npos, shown);
}

} // namespace demo
