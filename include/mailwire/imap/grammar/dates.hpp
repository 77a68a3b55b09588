// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "mailwire/imap/grammar/strings.hpp"

// RFC 9051 9: dates and times.
namespace mailwire::imap::grammar {

// date-day = 1*2DIGIT
struct date_day : seq<one_of<digit>, opt<one_of<digit>>> {};

// date-day-fixed = (SP DIGIT) / 2DIGIT
struct date_day_fixed : sor<seq<sp, one_of<digit>>, exactly_of<digit, 2>> {};

// date-month = "Jan" / "Feb" / "Mar" / "Apr" / "May" / "Jun" / "Jul" / "Aug" / "Sep" / "Oct" / "Nov" / "Dec"
struct date_month : sor<kw<"Jan">, kw<"Feb">, kw<"Mar">, kw<"Apr">, kw<"May">, kw<"Jun">, kw<"Jul">, kw<"Aug">,
                        kw<"Sep">, kw<"Oct">, kw<"Nov">, kw<"Dec">> {};

// date-year = 4DIGIT
struct date_year : exactly_of<digit, 4> {};

// date-text = date-day "-" date-month "-" date-year
struct date_text : seq<date_day, ch<'-'>, date_month, ch<'-'>, date_year> {};

// date = date-text / DQUOTE date-text DQUOTE
// One token without the quotes.
struct date : sor<tok<token_kind::raw, date_text>, seq<ch<'"'>, tok<token_kind::raw, date_text>, ch<'"'>>> {};

// time = 2DIGIT ":" 2DIGIT ":" 2DIGIT
struct time : seq<exactly_of<digit, 2>, ch<':'>, exactly_of<digit, 2>, ch<':'>, exactly_of<digit, 2>> {};

// zone = ("+" / "-") 4DIGIT
struct zone : seq<one_of<octets("+-")>, exactly_of<digit, 4>> {};

// date-time = DQUOTE date-day-fixed "-" date-month "-" date-year SP time SP zone DQUOTE
// One token of 26 octets without the quotes.
namespace detail {
struct date_time_text : seq<date_day_fixed, ch<'-'>, date_month, ch<'-'>, date_year, sp, time, sp, zone> {};
} // namespace detail
using detail::date_time_text;
struct date_time : seq<ch<'"'>, tok<token_kind::raw, date_time_text>, ch<'"'>> {
    using island = void;
};

} // namespace mailwire::imap::grammar
