// SPDX-License-Identifier: BSL-1.0
// How a failed test prints days and moments.
#pragma once

#include <ostream>

#include "mail_server/dates.hpp"

namespace mail_server {

inline void PrintTo(const calendar_date& date, std::ostream* out) {
    *out << date.year << '-' << date.month << '-' << date.day;
}

inline void PrintTo(const instant& when, std::ostream* out) { *out << when.seconds << " zone " << when.zone; }

} // namespace mail_server
