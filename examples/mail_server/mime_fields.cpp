// SPDX-License-Identifier: BSL-1.0
#include "mail_server/mime_fields.hpp"

#include <algorithm>
#include <cstddef>

#include "mail_server/header_fields.hpp"

namespace mail_server {
namespace {

// Reads a structured field, RFC 2045 5.1, from its start to its end.
class field_reader {
public:
    explicit field_reader(std::string_view value) : rest_(value) { skip_space(); }

    bool at_end() const { return rest_.empty(); }

    bool take(char c) {
        if (!rest_.starts_with(c)) {
            return false;
        }
        rest_.remove_prefix(1);
        skip_space();
        return true;
    }

    // A token; empty if there is none.
    std::string token() { return until("()<>@,;:\\\"/[]?= \t\r\n"); }

    // A quoted string without its quotes, or all up to the next space, comment or semicolon: unquoted values with
    // octets that no token has are common.
    std::string parameter_value() { return rest_.starts_with('"') ? quoted() : until("(; \t\r\n"); }

    // A token, quoted or not.
    std::string quoted_or_token() { return rest_.starts_with('"') ? quoted() : token(); }

    // Skips to the next `c` that stands in no quotes and no comment, and over it.
    void skip_behind(char c) {
        while (!at_end() && !take(c)) {
            if (rest_.starts_with('"')) {
                quoted();
            } else {
                rest_.remove_prefix(1);
                skip_space();
            }
        }
    }

private:
    std::string until(std::string_view stops) {
        const std::string found(rest_.substr(0, rest_.find_first_of(stops)));
        rest_.remove_prefix(found.size());
        skip_space();
        return found;
    }

    // One that does not end goes up to the end of the field.
    std::string quoted() {
        std::string text;
        std::size_t i = 1;
        for (; i < rest_.size() && rest_[i] != '"'; ++i) {
            if (rest_[i] == '\\' && i + 1 < rest_.size()) {
                ++i;
            }
            text += rest_[i];
        }
        rest_.remove_prefix(std::min(i + 1, rest_.size()));
        skip_space();
        return text;
    }

    // White space and comments.
    void skip_space() {
        int depth = 0;
        std::size_t i = 0;
        for (; i < rest_.size(); ++i) {
            const char c = rest_[i];
            if (c == '(') {
                ++depth;
            } else if (c == ')' && depth > 0) {
                --depth;
            } else if (depth > 0) {
                i += c == '\\' ? 1U : 0U;
            } else if (c != ' ' && c != '\t' && c != '\r' && c != '\n') {
                break;
            }
        }
        rest_.remove_prefix(std::min(i, rest_.size()));
    }

    std::string_view rest_;
};

// The parameters, each from behind its semicolon.
parameter_list read_parameters(field_reader& reader) {
    parameter_list parameters;
    while (!reader.at_end()) {
        reader.skip_behind(';');
        auto name = reader.token();
        if (!name.empty() && reader.take('=')) {
            parameters.emplace_back(std::move(name), reader.parameter_value());
        }
    }
    return parameters;
}

} // namespace

std::optional<content_type> parse_content_type(std::string_view value) {
    field_reader reader(value);
    content_type result;
    result.type = reader.token();
    if (result.type.empty() || !reader.take('/')) {
        return std::nullopt;
    }
    result.subtype = reader.token();
    if (result.subtype.empty()) {
        return std::nullopt;
    }
    result.parameters = read_parameters(reader);
    return result;
}

std::optional<content_disposition> parse_content_disposition(std::string_view value) {
    field_reader reader(value);
    content_disposition result;
    result.type = reader.token();
    if (result.type.empty()) {
        return std::nullopt;
    }
    result.parameters = read_parameters(reader);
    return result;
}

std::string parse_token(std::string_view value) { return field_reader(value).token(); }

std::vector<std::string> parse_languages(std::string_view value) {
    std::vector<std::string> languages;
    field_reader reader(value);
    while (!reader.at_end()) {
        auto tag = reader.quoted_or_token();
        if (!tag.empty()) {
            languages.push_back(std::move(tag));
        }
        reader.skip_behind(',');
    }
    return languages;
}

std::optional<std::string> parameter(const parameter_list& parameters, std::string_view name) {
    for (const auto& [key, value] : parameters) {
        if (equal_ignoring_case(key, name)) {
            return value;
        }
    }
    return std::nullopt;
}

} // namespace mail_server
