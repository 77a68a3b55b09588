// SPDX-License-Identifier: BSL-1.0
#include "mail_server/mime.hpp"

#include <algorithm>
#include <utility>

#include "mail_server/header_fields.hpp"

namespace mail_server {
namespace {

enum class delimiter { none, between, last };

// RFC 2046 5.1.1: the line "--boundary", behind the last part "--boundary--", and white space behind them. The whole
// line is compared, so that no boundary is found in a longer one.
delimiter delimiter_of(std::string_view line, std::string_view boundary) {
    line = without_line_end(line);
    if (!line.starts_with("--") || !line.substr(2).starts_with(boundary)) {
        return delimiter::none;
    }
    line = trimmed(line.substr(2 + boundary.size()));
    if (line.empty()) {
        return delimiter::between;
    }
    return line == "--" ? delimiter::last : delimiter::none;
}

std::size_t line_ends(std::string_view text) {
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

void read_content_type(part& out, const std::optional<std::string>& value, bool in_digest) {
    auto found = parse_content_type(value.value_or(in_digest ? "message/rfc822" : "text/plain"));
    if (!found) {
        found = content_type{"text", "plain", {}};
    }
    out.type = std::move(found->type);
    out.subtype = std::move(found->subtype);
    out.parameters = std::move(found->parameters);
    if (out.is_text() && !parameter(out.parameters, "charset")) {
        out.parameters.emplace_back("charset", "us-ascii");
    }
}

void read_fields(part& out, std::string_view header, bool in_digest) {
    const auto fields = header_fields(header);
    read_content_type(out, field_value(fields, "Content-Type"), in_digest);
    out.id = field_value(fields, "Content-ID");
    out.description = field_value(fields, "Content-Description");
    out.md5 = field_value(fields, "Content-MD5");
    out.location = field_value(fields, "Content-Location");
    out.disposition = parse_content_disposition(field_value(fields, "Content-Disposition").value_or(""));
    out.languages = parse_languages(field_value(fields, "Content-Language").value_or(""));
    if (auto encoding = parse_token(field_value(fields, "Content-Transfer-Encoding").value_or("")); !encoding.empty()) {
        out.encoding = std::move(encoding);
    }
}

class message_reader {
public:
    message_reader(std::string_view message, const mime_limits& limits)
        : message_(message), parts_left_(limits.parts) {}

    // Reads the part that the range holds. `depth` counts down to the last level that is taken apart.
    part read(octet_range range, bool in_digest, int depth) {
        part result;
        const auto size = header_size(octets(message_, range));
        result.header = {range.begin, size};
        result.body = {range.begin + size, range.size - size};
        read_fields(result, octets(message_, result.header), in_digest);
        if (depth <= 0 && (result.is_multipart() || result.is_message())) {
            result.type = "application";
            result.subtype = "octet-stream";
            result.parameters.clear();
        }
        if (result.is_multipart()) {
            read_parts(result, depth);
        } else if (result.is_message()) {
            result.children.push_back(read(result.body, false, depth - 1));
            result.message_envelope = read_envelope(octets(message_, result.children.front().header));
        }
        if (result.is_text() || result.is_message()) {
            result.lines = line_ends(octets(message_, result.body));
        }
        return result;
    }

private:
    void read_parts(part& out, int depth) {
        const bool digest = equal_ignoring_case(out.subtype, "digest");
        for (const auto& range : split(out.body, parameter(out.parameters, "boundary").value_or(""))) {
            out.children.push_back(read(range, digest, depth - 1));
        }
        if (out.children.empty()) {
            out.children.push_back(read({out.body.begin + out.body.size, 0}, false, depth - 1));
        }
    }

    // The ranges between the delimiters of a multipart's body.
    std::vector<octet_range> split(octet_range body, std::string_view boundary) {
        std::vector<octet_range> ranges;
        bool in_part = false; // not in the preamble
        const auto text = octets(message_, body);
        for (std::string_view rest = text; !rest.empty() && !boundary.empty();) {
            const auto line_begin = text.size() - rest.size();
            const auto found = delimiter_of(take_line(rest), boundary);
            if (found == delimiter::none || (found == delimiter::between && parts_left_ == 0)) {
                continue;
            }
            if (in_part) {
                close(ranges.back(), body.begin + line_begin);
            }
            if (found == delimiter::last) {
                return ranges;
            }
            in_part = true;
            --parts_left_;
            ranges.push_back({body.begin + text.size() - rest.size(), rest.size()});
        }
        return ranges;
    }

    // Ends the part before the line at `end`. The line end before it belongs to the delimiter, RFC 2046 5.1.1; a part
    // without even that is empty.
    void close(octet_range& range, std::size_t end) const {
        const auto inside = message_.substr(range.begin, end - range.begin);
        range.size = without_line_end(inside).size();
    }

    std::string_view message_;
    std::size_t parts_left_;
};

// The part 1 of a message that is no multipart is the message itself; else its part n is one of its children.
const part* part_of_message(const part& message, std::uint32_t number) {
    if (!message.is_multipart()) {
        return number == 1 ? &message : nullptr;
    }
    return number >= 1 && number <= message.children.size() ? &message.children[number - 1] : nullptr;
}

} // namespace

bool part::is_text() const { return equal_ignoring_case(type, "text"); }

bool part::is_multipart() const { return equal_ignoring_case(type, "multipart"); }

bool part::is_message() const {
    return equal_ignoring_case(type, "message") &&
           (equal_ignoring_case(subtype, "rfc822") || equal_ignoring_case(subtype, "global"));
}

part parse_message(std::string_view message, const mime_limits& limits) {
    return message_reader(message, limits).read({0, message.size()}, false, limits.depth);
}

const part* find_part(const part& message, std::span<const std::uint32_t> numbers) {
    const part* found = &message;
    bool as_message = true; // the numbers count what is in the message, not the message
    for (const auto number : numbers) {
        if (!as_message && found->is_message()) {
            found = &found->children.front();
            as_message = true;
        }
        if (!as_message && !found->is_multipart()) {
            return nullptr;
        }
        found = part_of_message(*found, number);
        as_message = false;
        if (found == nullptr) {
            return nullptr;
        }
    }
    return found;
}

std::optional<octet_range> find_section(const part& message, std::span<const std::uint32_t> numbers,
                                        section_text text) {
    const part* found = find_part(message, numbers);
    if (found == nullptr) {
        return std::nullopt;
    }
    if (text == section_text::all) {
        return numbers.empty() ? message.whole() : found->body;
    }
    if (text == section_text::mime) {
        return numbers.empty() ? std::nullopt : std::optional(found->header);
    }
    if (!numbers.empty()) {
        if (!found->is_message()) {
            return std::nullopt;
        }
        found = &found->children.front();
    }
    return text == section_text::header ? found->header : found->body;
}

std::string_view octets(std::string_view message, const octet_range& range) {
    return message.substr(range.begin, range.size);
}

} // namespace mail_server
