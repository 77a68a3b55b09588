// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "mailwire/core/error.hpp"
#include "mailwire/core/fixed_string.hpp"
#include "mailwire/core/item.hpp"
#include "mailwire/core/sink.hpp"
#include "mailwire/pop3/grammar/command.hpp"
#include "mailwire/pop3/grammar/response.hpp"

namespace mailwire::pop3 {

struct everything;

// Writes values as POP3 spells them. Every string of a program is judged by the rule that will read it; POP3 has no way
// to quote, so a string its place cannot carry (CR, LF, NUL, a space in a name) makes the writer fail, and the line is
// not sent.
class writer {
public:
    // `as_utf8`: whether UTF-8 may stand beside ASCII (RFC 6856).
    template <sink Sink> explicit writer(Sink& to, bool as_utf8 = false) : sink_(&to), utf8_(as_utf8) {
        put_ = [](void* s, std::string_view octets) { static_cast<Sink*>(s)->put(octets); };
    }

    // none, or bad_value when a value did not fit its place. Whether the sink had room is the sink's to say.
    misuse fault() const { return fault_; }

    // Marks the values as not fit to be written unless the condition holds.
    writer& require(bool condition) {
        if (!condition) fault_ = misuse::bad_value;
        return *this;
    }

    writer& raw(constant octets) { return emit(octets.view()); }
    writer& sp() { return emit(" "); }
    writer& crlf() { return emit("\r\n"); }
    writer& number(std::uint64_t n) {
        char digits[20];
        char* p = digits + sizeof digits;
        do {
            *--p = static_cast<char>('0' + n % 10);
            n /= 10;
        } while (n != 0);
        return emit({p, static_cast<std::size_t>(digits + sizeof digits - p)});
    }

    // A message-number, which is never 0.
    writer& message(std::uint32_t n) { return require(n != 0).number(n); }

    writer& name(std::string_view octets) { return judged<grammar::name>(octets); }
    writer& password(std::string_view octets) { return judged<grammar::password>(octets); }
    writer& digest(std::string_view octets) { return judged<grammar::digest>(octets); }
    writer& unique_id(std::string_view octets) { return judged<grammar::unique_id>(octets); }
    writer& response_levels(std::string_view octets) { return judged<grammar::resp_levels>(octets); }
    writer& mechanism(std::string_view octets) { return judged<grammar::sasl_mech>(octets); }
    writer& base64(std::string_view octets) { return judged<grammar::base64>(octets); }
    writer& initial_response(std::string_view octets) { return judged<grammar::initial_response>(octets); }
    writer& language_tag(std::string_view octets) { return judged<grammar::lang_tag>(octets); }
    writer& language_range(std::string_view octets) { return judged<grammar::lang_range>(octets); }

    // Arguments with one space between each two, and one before them; nothing for no arguments.
    writer& params(std::string_view octets) { return octets.empty() ? *this : sp().judged<grammar::params>(octets); }

    // What a person reads: without a response code before it, and behind one.
    writer& plain_text(std::string_view octets) {
        require(octets.empty() || octets.front() != '[');
        return judged<grammar::octets_of<grammar::schar, 0>>(octets);
    }
    writer& coded_text(std::string_view octets) { return judged<grammar::octets_of<grammar::line_char, 0>>(octets); }

    // A text in UTF-8, whether or not it was agreed on.
    writer& utf8_text(std::string_view octets) { return judged<grammar::octets_of<grammar::schar, 0>>(octets, true); }

    // The text of a greeting. The "<" of its timestamp, where there is one, is the only one in it.
    writer& greeting_text(std::string_view octets) {
        using gchars = grammar::octets_of<grammar::gchar, 0>;
        return judged<grammar::seq<gchars, grammar::opt<grammar::timestamp, gchars>>>(octets);
    }

    writer& timestamp(std::string_view octets) { return judged<grammar::timestamp>(octets); }

    // What stands behind the numbers of a listing, with the space before it; nothing for nothing.
    writer& extra(std::string_view octets) {
        return octets.empty() ? *this : sp().judged<grammar::octets_of<grammar::schar>>(octets);
    }

    // An alternative of a slot: its word, its tail.
    template <alternative Alt> writer& put(const Alt& value) {
        emit(Alt::word::text);
        value.write(*this);
        return *this;
    }

    // An item of either origin. What was read is written as the profile knows it, an unknown one as it came.
    template <typename Profile = everything, typename Slot> writer& put(const item<Slot>& i) {
        if (i.is_value()) {
            i.write_value(*this);
        } else if (!visit<Profile>(i, [this](const auto& value) { this->put(value); })) {
            emit(i.name().spelled());
            if (!i.rest().empty()) sp().emit(i.rest());
        }
        return *this;
    }

private:
    writer& emit(std::string_view octets) {
        put_(sink_, octets);
        return *this;
    }

    // Octets that are just what a rule matches.
    template <typename Rule> writer& judged(std::string_view octets) { return judged<Rule>(octets, utf8_); }
    template <typename Rule> writer& judged(std::string_view octets, bool as_utf8) {
        input in(octets, {}, {.from = side::client, .utf8 = as_utf8});
        require(run<Rule, apply_mode::nothing>(in) && in.empty());
        return emit(octets);
    }

    void* sink_;
    void (*put_)(void*, std::string_view);
    misuse fault_ = misuse::none;
    bool utf8_;
};

} // namespace mailwire::pop3
