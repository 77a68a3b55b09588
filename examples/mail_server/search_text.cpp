// SPDX-License-Identifier: BSL-1.0
#include "mail_server/search_text.hpp"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <string>

#include "mail_server/header_fields.hpp"

namespace mail_server {
namespace {

std::string_view header_of(std::string_view message) { return message.substr(0, header_size(message)); }

} // namespace

bool contains_ignoring_case(std::string_view text, std::string_view needle) {
    const auto hash = [](char c) { return std::hash<char>()(lower_case(c)); };
    const auto equal = [](char a, char b) { return lower_case(a) == lower_case(b); };
    const std::boyer_moore_horspool_searcher searcher(needle.begin(), needle.end(), hash, equal);
    return needle.empty() || std::search(text.begin(), text.end(), searcher) != text.end();
}

bool header_contains(std::string_view message, std::string_view field_name, std::string_view needle) {
    const auto fields = header_fields(header_of(message));
    return std::any_of(fields.begin(), fields.end(), [&](const header_field& field) {
        return equal_ignoring_case(field.name, field_name) && contains_ignoring_case(unfolded(field.value), needle);
    });
}

bool body_contains(std::string_view message, std::string_view needle) {
    return contains_ignoring_case(message.substr(header_size(message)), needle);
}

bool text_contains(std::string_view message, std::string_view needle) {
    const auto fields = header_fields(header_of(message));
    return body_contains(message, needle) || std::any_of(fields.begin(), fields.end(), [&](const header_field& field) {
               return contains_ignoring_case(unfolded(field.whole), needle);
           });
}

std::optional<calendar_date> sent_date(std::string_view message) {
    const auto fields = header_fields(header_of(message));
    const auto value = field_value(fields, "Date");
    return value ? parse_header_date(*value) : std::nullopt;
}

} // namespace mail_server
