// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mail_server {

// One field of a header, RFC 5322 2.2. All views point into the header it was read from.
struct header_field {
    std::string_view name;  // without the colon and without white space before it; empty for a line that is no field
    std::string_view value; // all after the colon, still folded, without the last line end
    std::string_view whole; // the lines as they stand, last line end included
};

// The letter in lower case if it is an ASCII capital, else the octet as it is.
char lower_case(char c);

// Whether two texts are equal but for the case of ASCII letters.
bool equal_ignoring_case(std::string_view a, std::string_view b);

// Cuts the first line, line end included, off `rest`. A line ends with LF, whether or not a CR stands before it.
std::string_view take_line(std::string_view& rest);

// The line without its LF or CRLF.
std::string_view without_line_end(std::string_view line);

// The text without spaces, tabs, CR and LF at its ends.
std::string_view trimmed(std::string_view text);

// The size in octets of the header of a message or a MIME part, the empty line behind it included. Where there is no
// empty line, all of it is header.
std::size_t header_size(std::string_view message);

// The fields of a header, in order. Lines that are no field are kept, with an empty name.
std::vector<header_field> header_fields(std::string_view header);

// A field's value as one line, RFC 5322 2.2.3: the line ends of the folding and white space at both ends are gone.
// Encoded words stay as they are.
std::string unfolded(std::string_view value);

// The unfolded value of the first field of that name; none if there is no such field.
std::optional<std::string> field_value(std::span<const header_field> fields, std::string_view name);

// RFC 9051 6.4.5.1, HEADER.FIELDS (`matching`) and HEADER.FIELDS.NOT (not `matching`): the fields with, or without,
// one of these names, octet by octet, and the empty line behind the header if it has one.
std::string select_fields(std::string_view header, std::span<const std::string> names, bool matching);

} // namespace mail_server
