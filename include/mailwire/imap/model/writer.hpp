// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "mailwire/core/error.hpp"
#include "mailwire/core/fixed_string.hpp"
#include "mailwire/core/input.hpp"
#include "mailwire/core/item.hpp"
#include "mailwire/core/parts_of.hpp"
#include "mailwire/core/sink.hpp"
#include "mailwire/core/utf8.hpp"
#include "mailwire/imap/framer.hpp"
#include "mailwire/imap/grammar/dates.hpp"
#include "mailwire/imap/grammar/flags.hpp"
#include "mailwire/imap/grammar/strings.hpp"
#include "mailwire/imap/model/message_numbers.hpp"
#include "mailwire/imap/model/sequence_set.hpp"

namespace mailwire::imap {

struct everything;

struct write_options {
    side from = side::client;
    literal_form literals = literal_form::synchronizing;
    bool utf8 = false;           // UTF-8 may stand in quoted strings and text
    bool message_numbers = true; // messages may be named by number; not so under UIDONLY (RFC 9586)
};

// Writes values as IMAP spells them. A string gets the plainest form its octets and its place allow: atom, quoted or
// literal; one that no form can carry makes the writer fail, and the unit is not sent.
class writer {
public:
    // Writes what was read as an alternative that only a program's own profile has; false where it has none of this id.
    using write_own = bool (*)(writer& out, std::uint32_t id, cursor tokens);

    template <sink Sink>
    writer(Sink& to, const write_options& options, write_own own = nullptr) : options_(options), sink_(&to), own_(own) {
        put_ = [](void* s, std::string_view octets) { static_cast<Sink*>(s)->put(octets); };
        put_ref_ = [](void* s, std::string_view octets) { static_cast<Sink*>(s)->put_ref(octets); };
        stop_ = [](void* s, std::uint64_t n, bool wait) { static_cast<Sink*>(s)->stop(n, wait); };
    }

    misuse fault() const { return fault_; }
    bool require(bool condition) {
        if (!condition) fault_ = misuse::bad_value;
        return condition;
    }

    writer& raw(constant octets) { return emit(octets.view()); }
    writer& sp() { return emit(" "); }

    // number64 (RFC 9051 9), the widest there is; Rule says which numbers may stand in a narrower place.
    template <typename Rule = grammar::number64> writer& number(std::uint64_t n) {
        char digits[20];
        char* p = digits + sizeof digits;
        do {
            *--p = static_cast<char>('0' + n % 10);
            n /= 10;
        } while (n != 0);
        return judged<Rule>({p, static_cast<std::size_t>(digits + sizeof digits - p)});
    }

    // Text the grammar has judged, as it stands in a unit.
    writer& wire(std::string_view octets) { return emit(octets); }

    // Text of a program that has to be what a rule says, and is written as it is.
    template <typename Rule> writer& judged(std::string_view octets) {
        return is<Rule>(octets) ? emit(octets) : fail();
    }

    writer& atom(const text& t) { return only<grammar::atom_char>(t); }
    writer& tag(std::string_view t) { return only<grammar::astring_char - octets("+")>(text(t)); }

    writer& astring(const text& t) {
        if (all_of<grammar::astring_char>(t)) return emit(t.spelled());
        return string(t);
    }
    writer& mailbox(const text& t) { return astring(t); }
    writer& list_mailbox(const text& t) {
        if (all_of<grammar::list_char>(t)) return emit(t.spelled());
        return string(t);
    }
    writer& charset(const text& t) { return all_of<grammar::atom_char>(t) ? emit(t.spelled()) : quoted_only(t); }
    writer& nstring(const text& t) { return t.is_nil() ? emit("NIL") : string(t); }

    writer& string(const text& t) {
        if (t.is_nil()) return fail();
        if (t.is_streamed() || !quotable(t)) return literal(t);
        return quoted(t);
    }

    // One quoted string and nothing else, for the places where no literal may stand.
    writer& quoted_only(const text& t) { return t.is_nil() || t.is_streamed() || !quotable(t) ? fail() : quoted(t); }

    // A literal, whatever the octets are but NUL. Those of a streamed text follow through the session.
    writer& literal(const text& t) {
        if (t.is_nil() || t.is_binary() || t.how() == spelling::escaped) return fail();
        if (t.spelled().find('\0') != std::string_view::npos) return fail();
        return counted(t);
    }
    // The same with NUL among them (RFC 9051 9, literal8).
    writer& literal8(const text& t) {
        return t.is_nil() || t.how() == spelling::escaped ? fail() : emit("~").counted(t);
    }

    // text (RFC 9051 9): a line a person reads. Never empty on the wire, never more than a line.
    writer& human(std::string_view t) {
        for (const char c : t) {
            if (c == '\r' || c == '\n' || c == '\0') return fail();
        }
        const char* end = t.data() + t.size();
        if (options_.utf8 ? find_invalid_utf8(t.data(), end) != end : !is_ascii(t)) return fail();
        return emit(t);
    }

    // Each value of a sequence, with one space between each two.
    template <typename Sequence, typename WriteOne> writer& joined(const Sequence& values, WriteOne write_one) {
        bool first = true;
        for (const auto& v : values) {
            if (!first) sp();
            first = false;
            write_one(v);
        }
        return *this;
    }
    template <typename Sequence, typename WriteOne> writer& parens(const Sequence& values, WriteOne write_one) {
        return emit("(").joined(values, write_one).emit(")");
    }
    // Rule says which flags may stand here: flag_text, flag_fetch_text, flag_perm_text or flag_extension.
    template <typename Rule> writer& flags(const seq_of<text>& values) {
        return parens(values, [this](const text& f) { f.is_binary() ? fail() : judged<Rule>(f.spelled()); });
    }

    // A date-time without its quotes, 26 octets; a date-text such as 1-Feb-1994. The grammar's own rules judge them.
    writer& date_time(std::string_view t) { return emit("\"").judged<grammar::date_time_text>(t).emit("\""); }
    writer& date(std::string_view t) { return judged<grammar::date_text>(t); }

    // An alternative of a slot: what leads, its word, its tail.
    template <alternative Alt> writer& put(const Alt& value) {
        if constexpr (names_by_number<Alt>()) require(options_.message_numbers);
        if constexpr (names_by_number<Alt>() && requires { value.messages; }) note_numbers(value.messages);
        switched_on_ |= switched_on_by<Alt>;
        if constexpr (requires { value.write_lead(*this); }) value.write_lead(*this);
        emit(Alt::word::text);
        value.write(*this);
        return *this;
    }

    // Messages that the unit names by their numbers: "$" is none of them.
    void note_numbers(const sequence_set& messages) {
        if (messages.is_last_result()) return;
        require(options_.message_numbers);
        numbers_ = true;
    }
    // Whether they may be.
    bool may_number() const { return options_.message_numbers; }
    // Whether it does, and the modes that what was written switches on, bits of namespace modes.
    bool has_numbers() const { return numbers_; }
    std::uint32_t switched_on() const { return switched_on_; }

    // An item of either origin. What was read is written from its values, an unknown one as it came.
    template <typename Slot> writer& put(const item<Slot>& i) {
        if (!i) return fail();
        if (i.is_value()) {
            i.write_value(*this);
        } else if (!i.known()) {
            put_unknown(i);
        } else if (!visit<everything>(i, [this](const auto& value) { this->put(value); })) {
            if (own_ == nullptr || !own_(*this, i.id(), i.tokens())) fail();
        }
        return *this;
    }
    template <typename Slot> writer& items(const seq_of<item<Slot>>& values) {
        return joined(values, [this](const item<Slot>& i) { put(i); });
    }

private:
    writer& emit(std::string_view octets) {
        put_(sink_, octets);
        return *this;
    }
    writer& fail() {
        fault_ = misuse::bad_value;
        return *this;
    }

    template <typename Slot> void put_unknown(const item<Slot>& i) {
        if constexpr (requires { typename Slot::lead; }) {
            cursor c = i.tokens();
            emit(c.raw()).sp();
        }
        emit(i.name().spelled());
        if (!i.rest().empty()) sp().forward(i.rest());
    }

    // Text as it came. What is a literal in it waits as any other does.
    writer& forward(std::string_view octets) {
        for (std::size_t at = octets.find("\r\n"); at != octets.npos; at = octets.find("\r\n")) {
            const frame header = framer::header_at_end(head_of(octets, at + 2));
            emit(head_of(octets, at + 2));
            octets.remove_prefix(at + 2);
            if (options_.from == side::client && !header.non_synchronizing) stop_(sink_, 0, true);
            const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(header.octets, octets.size()));
            emit(head_of(octets, size));
            octets.remove_prefix(size);
        }
        return emit(octets);
    }

    template <typename Rule> bool is(std::string_view t) const {
        input in(t, {}, {.from = options_.from, .utf8 = options_.utf8});
        return run<Rule, apply_mode::nothing>(in) && in.empty();
    }

    writer& counted(const text& t) {
        const bool non_sync = options_.from == side::client && non_synchronizing(t.size());
        emit("{").number(t.size()).emit(non_sync ? "+}\r\n" : "}\r\n");
        const bool wait = options_.from == side::client && !non_sync;
        if (wait || t.is_streamed()) stop_(sink_, t.is_streamed() ? t.size() : 0, wait);
        if (!t.spelled().empty()) put_ref_(sink_, t.spelled());
        return *this;
    }

    template <char_class Class> static bool all_of(const text& t) {
        const std::string_view s = t.spelled();
        return t.how() == spelling::plain && !t.is_binary() && !s.empty() &&
               skip_class<Class>(s.data(), s.data() + s.size()) == s.data() + s.size();
    }
    template <char_class Class> writer& only(const text& t) { return all_of<Class>(t) ? emit(t.spelled()) : fail(); }

    // Long strings go as literals: RFC 2683 3.2.1.5 advises against lines beyond some thousand octets.
    static constexpr std::size_t longest_quoted = 4096;

    bool quotable(const text& t) const {
        const std::string_view s = t.spelled();
        if (s.size() > longest_quoted || t.is_binary()) return false;
        if (t.how() == spelling::escaped && !is_escaped(s)) return false;
        const char* end = s.data() + s.size();
        bool eight_bit = false;
        for (const char* p = find_text_stop(s.data(), end); p != end; p = find_text_stop(p + 1, end)) {
            if (static_cast<unsigned char>(*p) < 0x80 || !options_.utf8) return false;
            eight_bit = true;
        }
        return !eight_bit || find_invalid_utf8(s.data(), end) == end;
    }

    // Whether each quote and each backslash has a backslash before it.
    static bool is_escaped(std::string_view s) {
        for (std::size_t i = 0; i != s.size(); ++i) {
            if (s[i] == '"') return false;
            if (s[i] == '\\' && (++i == s.size() || !grammar::quoted_specials.contains(s[i]))) return false;
        }
        return true;
    }

    writer& quoted(const text& t) {
        std::string_view rest = t.spelled();
        emit("\"");
        while (t.how() == spelling::plain) {
            const std::size_t special = first_special(rest);
            if (special == rest.size()) break;
            emit(head_of(rest, special)).emit("\\").emit(head_of(tail_of(rest, special), 1));
            rest.remove_prefix(special + 1);
        }
        return emit(rest).emit("\"");
    }

    // The index of the first quote or backslash, or the size.
    static std::size_t first_special(std::string_view s) {
        const char* end = s.data() + s.size();
        const char* p = find_quoted_stop(s.data(), end);
        while (p != end && !grammar::quoted_specials.contains(*p))
            p = find_quoted_stop(p + 1, end);
        return static_cast<std::size_t>(p - s.data());
    }

    bool non_synchronizing(std::uint64_t octets) const {
        if (options_.literals == literal_form::plus) return true;
        return options_.literals == literal_form::minus && octets <= 4096;
    }

    write_options options_;
    void* sink_;
    write_own own_;
    void (*put_)(void*, std::string_view);
    void (*put_ref_)(void*, std::string_view);
    void (*stop_)(void*, std::uint64_t, bool);
    misuse fault_ = misuse::none;
    std::uint32_t switched_on_ = 0;
    bool numbers_ = false;
};

} // namespace mailwire::imap
