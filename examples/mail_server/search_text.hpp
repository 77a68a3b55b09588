// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <optional>
#include <string_view>

#include "mail_server/dates.hpp"

// What the SEARCH command asks of a message's text, RFC 9051 6.4.4. Only the case of ASCII letters is ignored; encoded
// words and transfer encodings are searched as they stand.
namespace mail_server {

// Whether `needle` is somewhere in `text`. An empty needle is in every text.
bool contains_ignoring_case(std::string_view text, std::string_view needle);

// HEADER, and BCC, CC, FROM, SUBJECT, TO with their field's name: whether a field of that name contains the needle in
// its unfolded value. An empty needle asks whether the message has such a field.
bool header_contains(std::string_view message, std::string_view field_name, std::string_view needle);

// BODY: whether the needle is in what follows the header.
bool body_contains(std::string_view message, std::string_view needle);

// TEXT: whether the needle is in the body, or in one of the header's fields, unfolded and with its name.
bool text_contains(std::string_view message, std::string_view needle);

// SENTBEFORE, SENTON, SENTSINCE: the day of the message's first Date field; none if there is none or it is not
// understood, and then the message is found by none of the three.
std::optional<calendar_date> sent_date(std::string_view message);

} // namespace mail_server
