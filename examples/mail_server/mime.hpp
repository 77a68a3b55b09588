// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mail_server/addresses.hpp"
#include "mail_server/mime_fields.hpp"

// The structure of a message, RFC 2045 and 2046, as IMAP's BODYSTRUCTURE tells it and BODY[...] cuts it.
namespace mail_server {

// Octets of the message, from its first one.
struct octet_range {
    std::size_t begin = 0;
    std::size_t size = 0;

    friend bool operator==(const octet_range&, const octet_range&) = default;
};

// A message, or a part of one. It holds copies, so it may outlive the text it was read from.
struct part {
    octet_range header; // with the empty line behind it, if there is one
    octet_range body;   // follows the header; without the line end that belongs to the next boundary

    std::string type = "text"; // types, encodings and names of parameters are in the case they were written in
    std::string subtype = "plain";
    parameter_list parameters; // a text without a charset has "charset" "us-ascii"
    std::optional<std::string> id;
    std::optional<std::string> description;
    std::string encoding = "7bit";
    std::size_t lines = 0; // line ends in the body, of texts and messages
    std::optional<std::string> md5;
    std::optional<content_disposition> disposition;
    std::vector<std::string> languages;
    std::optional<std::string> location;

    // Of a multipart: its parts, at least one (RFC 9051 knows no empty multipart: one empty text stands for none).
    // Of a message/rfc822 or message/global: the message in it, one. Of all others: none.
    std::vector<part> children;
    // Of the message in a message/rfc822 or message/global, so that it stands beside that message's own structure.
    std::optional<envelope> message_envelope;

    bool is_text() const;
    bool is_multipart() const;
    bool is_message() const; // message/rfc822 or message/global
    octet_range whole() const { return {header.begin, header.size + body.size}; }
};

// How far a message is taken apart. What lies deeper is an application/octet-stream, whatever it says, and the parts
// beyond the last one counted belong to the body of that one.
struct mime_limits {
    int depth = 32;
    std::size_t parts = 10000;
};

// The structure of a message. Never fails: what is no MIME is a text/plain in US-ASCII, RFC 2045 5.2, a part without an
// end ends with what it is in, and a multipart without a boundary has no parts.
part parse_message(std::string_view message, const mime_limits& limits = {});

// The part with that number, "4.2.1", RFC 9051 6.4.5.1; null if there is none. No number is the message itself.
// A message that is no multipart is its own part 1. Points into `message`.
const part* find_part(const part& message, std::span<const std::uint32_t> numbers);

// What of a part is asked for: BODY[n], BODY[n.HEADER], BODY[n.TEXT], BODY[n.MIME].
enum class section_text { all, header, text, mime };

// The octets of BODY[...], RFC 9051 6.4.5.1. None if there is no such part, if HEADER or TEXT is asked of a part that
// is no message, or MIME of no part at all. HEADER.FIELDS is select_fields of the header's octets.
std::optional<octet_range> find_section(const part& message, std::span<const std::uint32_t> numbers, section_text text);

// The octets of the range. Needs the message that the range is of.
std::string_view octets(std::string_view message, const octet_range& range);

} // namespace mail_server
