// SPDX-License-Identifier: BSL-1.0
#include "mail_server/header_fields.hpp"

#include <algorithm>

namespace mail_server {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t'; }

// The octets of `rest` up to the end of the field that begins there: its first line and all that continue it.
std::string_view take_field(std::string_view& rest) {
    const std::string_view all = rest;
    take_line(rest);
    while (!rest.empty() && is_blank(rest.front())) {
        take_line(rest);
    }
    return all.substr(0, all.size() - rest.size());
}

header_field split_field(std::string_view whole) {
    const auto colon = whole.find(':');
    const auto first_line_end = whole.find('\n');
    if (colon == std::string_view::npos || colon > first_line_end || is_blank(whole.front())) {
        return {{}, {}, whole};
    }
    return {trimmed(whole.substr(0, colon)), without_line_end(whole.substr(colon + 1)), whole};
}

} // namespace

char lower_case(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool equal_ignoring_case(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return lower_case(x) == lower_case(y); });
}

std::string_view take_line(std::string_view& rest) {
    const auto end = rest.find('\n');
    const auto line = rest.substr(0, end == std::string_view::npos ? end : end + 1);
    rest.remove_prefix(line.size());
    return line;
}

std::string_view without_line_end(std::string_view line) {
    if (line.ends_with('\n')) {
        line.remove_suffix(line.ends_with("\r\n") ? 2 : 1);
    }
    return line;
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view space = " \t\r\n";
    const auto begin = text.find_first_not_of(space);
    if (begin == std::string_view::npos) {
        return text.substr(0, 0);
    }
    return text.substr(begin, text.find_last_not_of(space) - begin + 1);
}

std::size_t header_size(std::string_view message) {
    std::string_view rest = message;
    while (!rest.empty()) {
        if (without_line_end(take_line(rest)).empty()) {
            break;
        }
    }
    return message.size() - rest.size();
}

std::vector<header_field> header_fields(std::string_view header) {
    std::vector<header_field> fields;
    std::string_view rest = header;
    while (!rest.empty() && !rest.starts_with("\r\n") && !rest.starts_with('\n')) {
        fields.push_back(split_field(take_field(rest)));
    }
    return fields;
}

std::string unfolded(std::string_view value) {
    std::string line;
    for (std::string_view rest = trimmed(value); !rest.empty();) {
        line += without_line_end(take_line(rest));
    }
    return line;
}

std::optional<std::string> field_value(std::span<const header_field> fields, std::string_view name) {
    for (const auto& field : fields) {
        if (equal_ignoring_case(field.name, name)) {
            return unfolded(field.value);
        }
    }
    return std::nullopt;
}

std::string select_fields(std::string_view header, std::span<const std::string> names, bool matching) {
    std::string selected;
    std::size_t seen = 0;
    for (const auto& field : header_fields(header)) {
        seen += field.whole.size();
        const auto same = [&](const std::string& name) { return equal_ignoring_case(field.name, name); };
        if (std::any_of(names.begin(), names.end(), same) == matching) {
            selected += field.whole;
        }
    }
    return selected += header.substr(seen);
}

} // namespace mail_server
