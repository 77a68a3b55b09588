// SPDX-License-Identifier: BSL-1.0
#include "mail_server/imap_fetch_response.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

#include "mail_server/header_fields.hpp"
#include "mail_server/imap_context.hpp"
#include "mail_server/imap_structure.hpp"
#include "mail_server/transfer_encoding.hpp"

namespace mail_server {
namespace {

// A section that is longer goes out in pieces.
constexpr std::size_t longest_whole_section = 4096;

// "4.2.1"
std::vector<std::uint32_t> part_numbers(std::string_view path) {
    std::vector<std::uint32_t> numbers;
    while (!path.empty()) {
        const auto end = std::min(path.find('.'), path.size());
        numbers.push_back(static_cast<std::uint32_t>(mailwire::number_in(path.substr(0, end))));
        path.remove_prefix(std::min(end + 1, path.size()));
    }
    return numbers;
}

section_text text_asked(imap::section_text what) {
    switch (what) {
    case imap::section_text::whole:
        return section_text::all;
    case imap::section_text::header:
    case imap::section_text::header_fields:
    case imap::section_text::header_fields_not:
        return section_text::header;
    case imap::section_text::text:
        return section_text::text;
    case imap::section_text::mime:
        return section_text::mime;
    }
    return section_text::all;
}

// RFC 9051 6.4.5: what begins behind the end is empty, what ends there is shorter.
octet_range cut(const octet_range& range, const std::optional<imap::partial>& partial) {
    if (!partial) {
        return range;
    }
    const auto first = static_cast<std::size_t>(std::min<std::uint64_t>(partial->first, range.size));
    const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(partial->octets, range.size - first));
    return {range.begin + first, size};
}

} // namespace

bool imap_fetch_response::has_room() const { return literals_.size() < mailwire::default_stops; }

void imap_fetch_response::add(const fetch_item& asked) {
    const bool known = add_plain(asked) || add_structure(asked) || add_rfc822(asked) || add_binary(asked) ||
                       on(
                           asked, [&](const imap::fetch_body& body) { add_section(body.section, body.partial); },
                           [&](const imap::fetch_body_peek& body) { add_section(body.section, body.partial); });
    if (!known) {
        throw std::invalid_argument("an item that this server does not know");
    }
}

void imap_fetch_response::add_uid() { put(imap::uid{message_.info.uid}); }

void imap_fetch_response::add_flags() {
    const auto& strings = room_.keep(flags_of(message_));
    put(imap::flags{std::span(room_.keep(texts_of(strings)))});
}

bool imap_fetch_response::add_plain(const fetch_item& asked) {
    return on(
        asked, [&](const imap::fetch_uid&) { add_uid(); }, [&](const imap::fetch_flags&) { add_flags(); },
        [&](const imap::fetch_rfc822_size&) { put(imap::rfc822_size{message_.info.size}); },
        [&](const imap::fetch_internal_date&) {
            put(imap::internal_date{room_.keep(format_internal_date(message_.info.internal_date))});
        });
}

bool imap_fetch_response::add_structure(const fetch_item& asked) {
    return on(
        asked,
        [&](const imap::fetch_envelope&) {
            put(imap::envelope{to_wire(room_.keep(read_envelope(source_.header())), room_)});
        },
        [&](const imap::fetch_body_structure&) {
            put(imap::body_structure{to_wire(source_.structure(), structure_form::full, room_)});
        },
        [&](const imap::fetch_body_outline&) {
            put(imap::body_outline{to_wire(source_.structure(), structure_form::outline, room_)});
        });
}

// RFC 3501 6.4.5: names of old for three of the sections.
bool imap_fetch_response::add_rfc822(const fetch_item& asked) {
    using what = imap::section_text;
    return on(
        asked, [&](const imap::fetch_rfc822&) { put(imap::rfc822{text_of({.what = what::whole}, {})}); },
        [&](const imap::fetch_rfc822_header&) { put(imap::rfc822_header{text_of({.what = what::header}, {})}); },
        [&](const imap::fetch_rfc822_text&) { put(imap::rfc822_text{text_of({.what = what::text}, {})}); });
}

bool imap_fetch_response::add_binary(const fetch_item& asked) {
    return on(
        asked, [&](const imap::fetch_binary& wanted) { add_decoded(wanted.part, wanted.partial); },
        [&](const imap::fetch_binary_peek& wanted) { add_decoded(wanted.part, wanted.partial); },
        [&](const imap::fetch_binary_size& wanted) {
            const auto octets = decoded(wanted.part);
            put(imap::binary_size{wanted.part, octets ? octets->size() : 0});
        });
}

// The octets of a part without its transfer encoding; the message as a whole has none. Null if there is no such part.
std::shared_ptr<const std::string> imap_fetch_response::decoded(std::string_view path) {
    const auto& message = source_.content();
    if (path.empty()) {
        return std::make_shared<const std::string>(message);
    }
    const part* found = find_part(source_.structure(), part_numbers(path));
    if (found == nullptr) {
        return nullptr;
    }
    auto octets = decode_transfer(found->encoding, mail_server::octets(message, found->body));
    if (!octets) {
        throw unknown_encoding();
    }
    return std::make_shared<const std::string>(std::move(*octets));
}

void imap_fetch_response::add_decoded(std::string_view path, const std::optional<imap::partial>& partial) {
    imap::binary_section result{.part = path};
    if (partial) {
        result.origin = partial->first;
    }
    if (const auto octets = room_.keep(decoded(path))) {
        const auto range = cut({0, octets->size()}, partial);
        const auto cut_out = mail_server::octets(*octets, range);
        if (range.size <= longest_whole_section) {
            result.value = cut_out;
        } else {
            const bool has_nul = cut_out.find('\0') != std::string_view::npos;
            result.value = mailwire::text::streamed(range.size, 0, has_nul);
            literals_.push_back({range, octets});
        }
    }
    put(result);
}

void imap_fetch_response::add_section(const imap::section& section, const std::optional<imap::partial>& partial) {
    imap::body_section result{.section = section, .value = text_of(section, partial)};
    if (partial) {
        result.origin = partial->first;
    }
    put(result);
}

mailwire::text imap_fetch_response::text_of(const imap::section& section, const std::optional<imap::partial>& partial) {
    const auto found = source_.section(part_numbers(section.part), text_asked(section.what));
    if (!found) {
        return mailwire::text::nil();
    }
    const bool matching = section.what == imap::section_text::header_fields;
    if (matching || section.what == imap::section_text::header_fields_not) {
        const auto& fields = room_.keep(select_fields(source_.read(*found), octets_of(section.fields), matching));
        return octets(fields, cut({0, fields.size()}, partial));
    }
    const auto range = cut(*found, partial);
    if (range.size <= longest_whole_section) {
        return std::string_view(room_.keep(source_.read(range)));
    }
    literals_.push_back({range, nullptr});
    return mailwire::text::streamed(range.size);
}

} // namespace mail_server
