// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mail_server {

// A day in the Gregorian calendar; always one that exists.
struct calendar_date {
    int year = 1970;
    int month = 1; // 1 to 12
    int day = 1;   // 1 to 31

    friend auto operator<=>(const calendar_date&, const calendar_date&) = default;
};

// A moment, and the zone of whoever named it.
struct instant {
    std::int64_t seconds = 0; // since 1970-01-01 00:00:00 UTC
    int zone = 0;             // minutes east of UTC

    friend bool operator==(const instant&, const instant&) = default;
};

// The moment in the form of INTERNALDATE, "07-Feb-1994 21:52:25 -0800", without the quotes: RFC 9051 9, date-time.
// The zone's sign and minutes are kept. Needs a year from 0 to 9999 in that zone.
std::string format_internal_date(const instant& when);

// Reads what format_internal_date writes; a single digit for the day may have a space or nothing before it.
// None if it is not of that form or names a day or a time that does not exist.
std::optional<instant> parse_internal_date(std::string_view text);

// The day of the moment in its own zone. BEFORE, ON and SINCE compare it: RFC 9051 6.4.4.
calendar_date local_date(const instant& when);

// The day that a Date header field's value names, in the zone it names it in: RFC 5322 3.3 and 4.3. SENTBEFORE, SENTON
// and SENTSINCE compare it. Comments, a missing weekday and years of two or three digits are understood. None if no
// such day is found.
std::optional<calendar_date> parse_header_date(std::string_view value);

} // namespace mail_server
