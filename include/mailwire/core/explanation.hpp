// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "mailwire/core/error.hpp"
#include "mailwire/core/sink.hpp"

namespace mailwire {

// What could have stood at an offset: names of rules and terminals in the spelling of ABNF, each once. Of more than
// eight the rest is counted.
class expected_things {
public:
    void add(std::string_view what) {
        if (what.empty() || std::ranges::find(all(), what) != all().end()) return;
        if (count_ == names_.size()) {
            ++more_;
        } else {
            names_[count_++] = what;
        }
    }

    std::span<const std::string_view> all() const { return {names_.data(), count_}; }
    std::size_t more() const { return more_; }
    bool empty() const { return count_ == 0; }

private:
    std::array<std::string_view, 8> names_{};
    std::size_t count_ = 0;
    std::size_t more_ = 0;
};

// Why a unit was refused, for people: error messages, logs, tests. All views are valid for ever, and none of them holds
// octets of the unit. One that is made from an error alone says what the error says:
//
//   explanation{.error = fault}.write(out);    "offset 9: bare line feed: LF without CR before it"
struct explanation {
    mailwire::error error = {};    // as the parse gave it, and of a number that is too big its value
    std::string_view rule = {};    // the innermost rule that was begun before the offset: "msg-att"; may be empty
    std::string_view rfc = {};     // where to read on: "RFC 9051 9"; may be empty
    std::string_view wrong = {};   // what is wrong at the offset, where that says more than what was expected
    expected_things expected = {}; // of a syntax error: what could have stood at the offset; may be empty

    // True when there is something to explain.
    explicit operator bool() const { return static_cast<bool>(error); }

    // Writes one sentence without a line end, "no fault" where there is none:
    //   offset 24: syntax: expected SP or ")" in msg-att (RFC 9051 9)
    template <sink Sink> void write(Sink& out) const {
        if (!error) return out.put("no fault");
        out.put("offset ");
        write_number(out, error.offset);
        out.put(": ");
        out.put(name_of(error.code));
        write_details(out);
        write_part(out, " in ", rule, "");
        write_part(out, " (", rfc, ")");
    }

private:
    template <sink Sink> static void write_number(Sink& out, std::uint64_t number) {
        std::array<char, 20> digits{};
        const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
        out.put({digits.data(), static_cast<std::size_t>(end - digits.data())});
    }

    template <sink Sink>
    static void write_part(Sink& out, std::string_view before, std::string_view part, std::string_view behind) {
        if (part.empty()) return;
        out.put(before);
        out.put(part);
        out.put(behind);
    }

    template <sink Sink> void write_details(Sink& out) const {
        switch (error.code) {
        case errc::syntax:
            return wrong.empty() ? write_expected(out) : write_part(out, ": ", wrong, "");
        case errc::number_too_big:
            return write_numbers(out, error.actual == ~std::uint64_t{0} ? " or more" : "", ", at most ");
        case errc::bare_line_feed:
            return out.put(": LF without CR before it");
        case errc::too_deep:
            return write_numbers(out, " levels", ", at most ");
        case errc::tape_full:
            return write_numbers(out, " fields", ", room for ");
        case errc::unit_too_long:
            return write_numbers(out, " octets", ", at most ");
        case errc::literal_too_big:
            return write_numbers(out, " octets", ", at most ");
        case errc::too_many_literals:
            return write_numbers(out, " literals", ", at most ");
        default:
            return;
        }
    }

    // ": 65 levels, at most 64", without the number that is not known.
    template <sink Sink> void write_numbers(Sink& out, std::string_view unit, std::string_view between) const {
        if (error.actual == 0 && error.maximum == 0) return;
        out.put(": ");
        if (error.actual != 0) {
            write_number(out, error.actual);
            out.put(unit);
        }
        if (error.maximum == 0) return;
        out.put(error.actual == 0 ? between.substr(2) : between);
        write_number(out, error.maximum);
    }

    template <sink Sink> void write_expected(Sink& out) const {
        const auto names = expected.all();
        for (std::size_t i = 0; i != names.size(); ++i) {
            const bool last = i + 1 == names.size() && expected.more() == 0;
            out.put(i == 0 ? ": expected " : last ? " or " : ", ");
            out.put(names[i]);
        }
        if (expected.more() == 0) return;
        out.put(" or ");
        write_number(out, expected.more());
        out.put(" more");
    }
};

} // namespace mailwire
