// SPDX-License-Identifier: BSL-1.0
#include "mail_server/dates.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "mail_server/header_fields.hpp"

namespace mail_server {
namespace {

constexpr std::array<std::string_view, 12> month_names = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

// The number of a text of digits and nothing else; none if it is not one or is too large.
std::optional<int> number(std::string_view text) {
    int value = 0;
    const auto end = text.data() + text.size();
    const auto result = std::from_chars(text.data(), end, value);
    if (text.empty() || result.ec != std::errc() || result.ptr != end || text.front() == '-') {
        return std::nullopt;
    }
    return value;
}

// 1 to 12; none if it is not the name of a month.
std::optional<int> month_number(std::string_view text) {
    for (std::size_t i = 0; i < month_names.size(); ++i) {
        if (equal_ignoring_case(text, month_names[i])) {
            return static_cast<int>(i) + 1;
        }
    }
    return std::nullopt;
}

std::chrono::sys_days days_of(const calendar_date& date) {
    return std::chrono::year(date.year) / date.month / date.day;
}

std::optional<calendar_date> date_of(std::optional<int> year, std::optional<int> month, std::optional<int> day) {
    if (!year || !month || !day || *day > 31 || *year > 9999) {
        return std::nullopt;
    }
    if (!(std::chrono::year(*year) / *month / *day).ok()) {
        return std::nullopt;
    }
    return calendar_date{*year, *month, *day};
}

// "hh:mm:ss" in seconds. A leap second counts as the first second of the next minute.
std::optional<int> time_of_day(std::string_view text) {
    if (text.size() != 8 || text[2] != ':' || text[5] != ':') {
        return std::nullopt;
    }
    const auto hours = number(text.substr(0, 2));
    const auto minutes = number(text.substr(3, 2));
    const auto seconds = number(text.substr(6, 2));
    if (!hours || !minutes || !seconds || *hours > 23 || *minutes > 59 || *seconds > 60) {
        return std::nullopt;
    }
    return (*hours * 60 + *minutes) * 60 + *seconds;
}

// "+hhmm" or "-hhmm" in minutes.
std::optional<int> zone_offset(std::string_view text) {
    if (text.size() != 5 || (text[0] != '+' && text[0] != '-')) {
        return std::nullopt;
    }
    const auto hours = number(text.substr(1, 2));
    const auto minutes = number(text.substr(3, 2));
    if (!hours || !minutes || *minutes > 59) {
        return std::nullopt;
    }
    return (*hours * 60 + *minutes) * (text[0] == '-' ? -1 : 1);
}

// The words of a Date field: no comments, and commas separate as spaces do.
std::vector<std::string> date_words(std::string_view value) {
    std::vector<std::string> words(1);
    int depth = 0;
    for (const char c : value) {
        if (c == '(') {
            ++depth;
        } else if (c == ')' && depth > 0) {
            --depth;
        } else if (depth == 0 && std::string_view(" \t\r\n,").find(c) == std::string_view::npos) {
            words.back() += c;
            continue;
        }
        if (!words.back().empty()) {
            words.emplace_back();
        }
    }
    return words;
}

// RFC 5322 4.3: two digits below 50 are of this century, and all others of two or three digits count from 1900.
std::optional<int> full_year(std::string_view text) {
    const auto year = number(text);
    if (!year || text.size() < 2) {
        return std::nullopt;
    }
    if (text.size() == 2 && *year < 50) {
        return *year + 2000;
    }
    return text.size() < 4 ? *year + 1900 : *year;
}

} // namespace

std::string format_internal_date(const instant& when) {
    const calendar_date date = local_date(when);
    const auto local = when.seconds + std::int64_t{when.zone} * 60;
    const int time = static_cast<int>(((local % 86400) + 86400) % 86400);
    const int zone = std::abs(when.zone);
    std::array<char, 64> text{};
    const int size = std::snprintf(text.data(), text.size(), "%02d-%s-%04d %02d:%02d:%02d %c%02d%02d", date.day,
                                   month_names[static_cast<std::size_t>(date.month - 1)].data(), date.year, time / 3600,
                                   time / 60 % 60, time % 60, when.zone < 0 ? '-' : '+', zone / 60, zone % 60);
    return {text.data(), static_cast<std::size_t>(size)};
}

std::optional<instant> parse_internal_date(std::string_view text) {
    if (text.starts_with(' ')) {
        text.remove_prefix(1);
    }
    const auto day_size = text.find('-');
    if (day_size < 1 || day_size > 2 || text.size() != day_size + 24 || text[day_size + 4] != '-' ||
        text[day_size + 9] != ' ' || text[day_size + 18] != ' ') {
        return std::nullopt;
    }
    const auto day = number(text.substr(0, day_size));
    text.remove_prefix(day_size + 1);
    const auto date = date_of(number(text.substr(4, 4)), month_number(text.substr(0, 3)), day);
    const auto time = time_of_day(text.substr(9, 8));
    const auto zone = zone_offset(text.substr(18));
    if (!date || !time || !zone) {
        return std::nullopt;
    }
    const std::int64_t days = days_of(*date).time_since_epoch().count();
    return instant{days * 86400 + *time - std::int64_t{*zone} * 60, *zone};
}

calendar_date local_date(const instant& when) {
    const auto local = std::chrono::sys_seconds(std::chrono::seconds(when.seconds) + std::chrono::minutes(when.zone));
    const std::chrono::year_month_day date(std::chrono::floor<std::chrono::days>(local));
    return {static_cast<int>(date.year()), static_cast<int>(static_cast<unsigned>(date.month())),
            static_cast<int>(static_cast<unsigned>(date.day()))};
}

std::optional<calendar_date> parse_header_date(std::string_view value) {
    const auto words = date_words(value);
    for (std::size_t i = 1; i + 1 < words.size(); ++i) {
        if (const auto month = month_number(words[i])) {
            return date_of(full_year(words[i + 1]), month, number(words[i - 1]));
        }
    }
    return std::nullopt;
}

} // namespace mail_server
