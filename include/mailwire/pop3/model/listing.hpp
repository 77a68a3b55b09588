// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <string_view>

#include "mailwire/core/cursor.hpp"
#include "mailwire/pop3/model/command.hpp"
#include "mailwire/pop3/model/writer.hpp"

// The numbers a maildrop is described with (RFC 1939 5 and 7). Sizes count octets, each line end as two (RFC 1939 11).
namespace mailwire::pop3 {

namespace detail {

// What stands behind the numbers; a server should send nothing there.
inline std::string_view read_extra(cursor& c) { return c.skip_absent() ? std::string_view() : c.raw(); }

} // namespace detail

// The answer to STAT.
struct drop_listing {
    static constexpr answer_form form = answer_form::drop_listing;
    std::uint32_t messages = 0;
    std::uint64_t octets = 0;
    std::string_view extra = {};

    static drop_listing read(cursor& c) {
        const std::uint32_t count = c.number32();
        const std::uint64_t size = c.number();
        return {count, size, detail::read_extra(c)};
    }
    void write(writer& out) const { out.number(messages).sp().number(octets).extra(extra); }
    friend constexpr bool operator==(const drop_listing&, const drop_listing&) = default;
};

// A message in the answer to LIST.
struct scan_listing {
    static constexpr answer_form form = answer_form::scan_listing;
    static constexpr answer_form listed_in = answer_form::scan_listings;
    std::uint32_t message = 0; // from 1
    std::uint64_t octets = 0;  // 0 where a line without it is tolerated
    std::string_view extra = {};

    static scan_listing read(cursor& c) {
        const std::uint32_t number = c.number32();
        const std::uint64_t size = c.skip_absent() ? 0 : c.number();
        return {number, size, detail::read_extra(c)};
    }
    void write(writer& out) const { out.message(message).sp().number(octets).extra(extra); }
    friend constexpr bool operator==(const scan_listing&, const scan_listing&) = default;
};

// A message in the answer to UIDL.
struct unique_id {
    static constexpr answer_form form = answer_form::unique_id;
    static constexpr answer_form listed_in = answer_form::unique_ids;
    std::uint32_t message = 0; // from 1; 0 where an answer without it is tolerated
    std::string_view id = {};  // 1 to 70 printable octets, compared octet by octet; never a file name

    static unique_id read(cursor& c) {
        const std::uint32_t number = c.skip_absent() ? 0 : c.number32();
        return {number, c.skip_absent() ? std::string_view() : c.raw()};
    }
    void write(writer& out) const { out.message(message).sp().unique_id(id); }
    friend constexpr bool operator==(const unique_id&, const unique_id&) = default;
};

} // namespace mailwire::pop3
