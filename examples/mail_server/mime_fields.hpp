// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mail_server {

// Names and values in the order of the field. Values are without their quotes; the encodings of RFC 2047 and RFC 2231
// stay as they are.
using parameter_list = std::vector<std::pair<std::string, std::string>>;

// The value of a Content-Type field, RFC 2045 5.1, in the case it was written in.
struct content_type {
    std::string type;
    std::string subtype;
    parameter_list parameters;
};

// The value of a Content-Disposition field, RFC 2183.
struct content_disposition {
    std::string type;
    parameter_list parameters;

    friend bool operator==(const content_disposition&, const content_disposition&) = default;
};

// None if it does not begin with a type and a subtype. A parameter that cannot be read is left out.
std::optional<content_type> parse_content_type(std::string_view value);

// None if it does not begin with a type.
std::optional<content_disposition> parse_content_disposition(std::string_view value);

// The first token of the value, for instance of a Content-Transfer-Encoding; empty if there is none.
std::string parse_token(std::string_view value);

// The tags of a Content-Language field, RFC 3282.
std::vector<std::string> parse_languages(std::string_view value);

// The value of the first parameter of that name; none if there is none.
std::optional<std::string> parameter(const parameter_list& parameters, std::string_view name);

} // namespace mail_server
