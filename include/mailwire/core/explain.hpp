// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>

#include "mailwire/core/control.hpp"
#include "mailwire/core/explanation.hpp"
#include "mailwire/core/failure_log.hpp"
#include "mailwire/core/input.hpp"
#include "mailwire/core/rule_name.hpp"
#include "mailwire/core/rules.hpp"
#include "mailwire/core/slot.hpp"

// Runs a grammar once more over a unit that it has refused, slowly and with an eye on what it tries: which rule it was
// in at the furthest octet, and what could have stood there. Nothing of this is in the way of a parse.
namespace mailwire::detail {

// What a protocol calls things, as far as the rules do not say it themselves. A protocol hides what it knows better.
struct rule_words {
    // The name of a set of octets, of a number by its largest value, of the only ones who have a form; empty: no name.
    static constexpr std::string_view class_name(const char_class&) { return {}; }
    static constexpr std::string_view number_name(std::uint64_t, bool /*not_zero*/) { return "number"; }
    static constexpr std::string_view form_name(std::uint32_t) { return {}; }

    template <typename Rule> static constexpr rule_frame::names rule_names() {
        return {production_name<Rule>(), production_name<Rule>(), rfc_of<Rule>()};
    }

    // A slot: the production it is, and what is expected where none of its words stands.
    template <typename Slot> static constexpr std::string_view slot_name() {
        return abnf_spelling<Slot>::spelled.view();
    }
    template <typename Slot> static constexpr std::string_view slot_word() { return a_word<Slot>.view(); }

    // Where an alternative of a slot is specified.
    template <typename Alt> static constexpr std::string_view alternative_rfc() { return rfc_of<Alt>(); }

    // A terminal that has begun at `begin` was refused at `stop`.
    template <typename Leaf, typename In> static void stopped_inside(In& in, std::uint32_t, std::uint32_t stop) {
        in.log().wrong({}, stop);
    }

    // Any other rule that has begun at `begin` did not match.
    template <typename Rule, typename In> static void refused(In&, std::uint32_t /*begin*/) {}

private:
    static constexpr std::string_view article = "a ";
    template <typename Slot>
    static constexpr auto a_word = joined<2 + abnf_spelling<Slot>::plain.size()>(article, slot_name<Slot>());
};

// What a slot is called, and its alternatives by their ids.
template <typename Slot, typename Words> struct slot_names {
    struct row {
        std::uint32_t id;
        std::string_view word;
        rule_frame::names names;
    };

    static constexpr std::string_view name = Words::template slot_name<Slot>();
    static constexpr std::string_view wanted = Words::template slot_word<Slot>();

    template <typename Alt> struct alternative_text {
        static constexpr std::string_view word = Alt::word::text;
        static constexpr std::string_view bracket = word.back() == '[' ? "]" : "";
        static constexpr std::string_view of = " of ";
        static constexpr auto spelled = joined<length_of(word, bracket, of, name)>(word, bracket, of, name);
        static constexpr std::string_view quote = "\"";
        static constexpr auto quoted = joined<word.size() + 2>(quote, word, quote);
    };

    template <typename... Alts> static constexpr auto make_rows(pegtl::type_list<Alts...>) {
        return std::array<row, sizeof...(Alts)>{
            row{id_of<Alts>,
                alternative_text<Alts>::quoted.view(),
                {alternative_text<Alts>::spelled.view(), {}, Words::template alternative_rfc<Alts>()}}...};
    }
    template <typename Profile> static constexpr auto rows = make_rows(alternatives_of<Slot, Profile>{});

    // An unknown id is what stands in the place of a word.
    template <typename Profile> static constexpr rule_frame::names names_of(std::uint32_t id) {
        for (const row& r : rows<Profile>) {
            if (r.id == id) return r.names;
        }
        return {name, wanted, rfc_of<Slot>()};
    }
};

template <typename R> inline constexpr bool looks_ahead = false;
template <typename R> inline constexpr bool looks_ahead<at<R>> = true;
template <typename... R> inline constexpr bool looks_ahead<tao::pegtl::internal::at<R...>> = true;
template <typename R> inline constexpr bool forbids = false;
template <typename R> inline constexpr bool forbids<not_at<R>> = true;
template <typename... R> inline constexpr bool forbids<tao::pegtl::internal::not_at<R...>> = true;
template <typename Slot> inline constexpr bool forbids<no_word_of<Slot>> = true;

template <typename R> inline constexpr std::uint32_t form_of = 0;
template <std::uint32_t Bit, typename R> inline constexpr std::uint32_t form_of<form<Bit, R>> = Bit;

template <typename R> inline constexpr bool is_slot = false;
template <typename Slot> inline constexpr bool is_slot<slot_rule<Slot>> = true;

// A word that ends where no further octet of an atom follows.
template <typename R> struct whole_word {
    static constexpr std::string_view end = {};
};
template <fixed_string Word, char_class Class>
struct whole_word<tao::pegtl::internal::seq<kw<Word>, not_at<one_of<Class>>>> {
    static constexpr std::string_view before = "the end of ";
    static constexpr std::string_view word = text_name<Word>();
    static constexpr auto spelled = joined<before.size() + word.size()>(before, word);
    static constexpr std::string_view end = spelled.view();
};

// The octet that a choice asks for.
template <typename R> struct chosen_by {
    static constexpr std::string_view octet = {};
};
template <char First, typename R, typename Else> struct chosen_by<when_next<First, R, Else>> {
    static constexpr char first = First;
    static constexpr std::string_view octet = octet_name<First>();
};

// What a rule looks ahead for, where that is one octet.
template <typename R> struct asked_for : terminal<void> {};
template <typename R>
requires(terminal<typename R::rule_t>::is_text) struct asked_for<at<R>> : terminal<typename R::rule_t> {
};

// One try to match a rule.
template <typename Rule, apply_mode A, rewind_mode M, template <typename...> class Action,
          template <typename...> class Control>
struct attempt {
    using rule = typename Rule::rule_t;

    template <typename In> static bool run(In& in) {
        if constexpr (looks_ahead<rule> || forbids<rule>) {
            return ahead(in);
        } else if constexpr (terminal<rule>::is_text) {
            return leaf(in);
        } else {
            return named(in);
        }
    }

private:
    template <typename In> static bool named(In& in) {
        constexpr rule_frame::names names = In::words::template rule_names<Rule>();
        if constexpr (names.rule.empty() && names.expected.empty()) {
            return inside(in);
        } else {
            const rule_frame frame(in.log(), names, in.log().begin_of(in.offset()));
            return inside(in);
        }
    }

    template <typename In> static bool inside(In& in) {
        if constexpr (form_of<rule> != 0) {
            if (!in.form_allowed(form_of<rule>)) in.log().wrong(In::words::form_name(form_of<rule>), in.offset());
            return plain(in);
        } else if constexpr (!chosen_by<rule>::octet.empty()) {
            const bool chosen = !in.empty() && *in.current() == chosen_by<rule>::first;
            if (!chosen) in.log().missed(chosen_by<rule>::octet, in.offset());
            return plain(in);
        } else if constexpr (!whole_word<rule>::end.empty()) {
            in.log().word_begins(whole_word<rule>::end);
            const bool result = plain(in);
            in.log().word_begins({});
            return result;
        } else if constexpr (std::is_same_v<typename Rule::subs_t, pegtl::type_list<>> && !is_slot<rule>) {
            return leaf(in);
        } else {
            const std::uint32_t begin = in.offset();
            if (plain(in)) return true;
            In::words::template refused<rule>(in, begin);
            return false;
        }
    }

    template <typename In> static bool ahead(In& in) {
        in.log().look_ahead();
        const bool result = plain(in);
        in.log().stop_looking();
        if (result) return true;
        if constexpr (forbids<rule>) {
            in.log().missed_end(in.offset());
        } else {
            in.log().missed(asked_for<rule>::template name<typename In::words>(), in.offset());
        }
        return false;
    }

    template <typename In> static bool leaf(In& in) {
        using own = terminal<rule>;
        using words = typename In::words;
        const std::uint32_t begin = in.offset();
        in.watch();
        if (plain(in)) return true;
        const std::uint32_t stop = in.watched();
        if (stop == begin) {
            in.log().missed(own::template name<words>(), begin, own::separator);
        } else if constexpr (constexpr std::string_view part = own::template inside<words>(); !part.empty()) {
            in.log().missed(part, stop);
        } else {
            words::template stopped_inside<rule>(in, begin, stop);
        }
        return false;
    }

    template <typename In> static bool plain(In& in) {
        if constexpr (requires { Rule::match(in); }) {
            return Rule::match(in);
        } else {
            return Rule::template match<A, M, Action, Control>(in);
        }
    }
};

// The control of an explaining run. Its input says with `words` what the protocol calls things.
template <typename Rule> struct explaining {
    template <apply_mode A, rewind_mode M, template <typename...> class Action, template <typename...> class Control,
              typename In>
    static bool match(In& in) noexcept {
        return attempt<Rule, A, M, Action, Control>::run(in);
    }
};

// The input of an explaining run over what is an input of the grammar otherwise.
template <typename Base, typename Words> class explaining_input : public Base {
public:
    using words = Words;
    using Base::Base;

    failure_log& log() { return log_; }

    // Octets of the unit, for those who look at what went wrong.
    char octet(std::uint32_t offset) const {
        return this->current()[static_cast<std::int64_t>(offset) - this->offset()];
    }
    bool has_octet(std::uint32_t offset) const { return offset < this->offset() + this->size(); }

    // Where the terminal that was tried since `watch` has stopped.
    void watch() { watched_ = this->offset(); }
    std::uint32_t watched() const { return std::max(watched_, this->offset()); }

    void reached(const char* p) {
        watched_ = std::max(watched_, this->offset_of(p));
        Base::reached(p);
    }
    template <rewind_mode M> auto mark() { return watching_mark<M>(*this); }

    void fail(errc code, std::uint64_t actual = 0, std::uint64_t maximum = 0) {
        log_.named(this->offset());
        Base::fail(code, actual, maximum);
    }

    bool enter() {
        if (Base::enter()) return true;
        log_.named(this->offset());
        return false;
    }
    bool enter_literal(std::uint32_t offset) {
        if (Base::enter_literal(offset)) return true;
        log_.named(this->offset());
        return false;
    }

    template <typename Tail, apply_mode A> bool run_tail() {
        log_.tail_begins(this->offset());
        return explaining<Tail>::template match<A, rewind_mode::active, pegtl::nothing, explaining>(*this);
    }

    template <typename Slot> rule_frame reading(std::uint32_t id) {
        using names = slot_names<Slot, Words>;
        if constexpr (std::is_void_v<typename Slot::other>) {
            if (id == unknown_id) miss_word<names>();
        }
        return rule_frame(log_, names::template names_of<typename Base::profile>(id), this->offset());
    }

    // Why the unit was refused. Requires: it was.
    explanation explain(std::string_view default_rfc) const {
        error fault = this->fault();
        if (fault.code == errc::number_too_big && fault.actual == 0) fault.actual = number_at(fault.offset);
        return log_.explain(fault, default_rfc);
    }

private:
    // The mark of the base, which notes what it goes back from.
    template <rewind_mode M> class [[nodiscard]] watching_mark {
        using base_mark = decltype(std::declval<Base&>().template mark<M>());

    public:
        static constexpr rewind_mode next_rewind_mode = base_mark::next_rewind_mode;

        explicit watching_mark(explaining_input& in) : in_(in), mark_(in.Base::template mark<M>()) {}
        watching_mark(const watching_mark&) = delete;
        watching_mark& operator=(const watching_mark&) = delete;
        ~watching_mark() { in_.watched_ = std::max(in_.watched_, in_.offset()); }
        bool operator()(bool result) { return mark_(result); }

    private:
        explaining_input& in_;
        base_mark mark_;
    };

    // Of a slot with few words each is named.
    template <typename Names> void miss_word() {
        constexpr auto& rows = Names::template rows<typename Base::profile>;
        if constexpr (rows.size() <= 3) {
            for (const auto& row : rows)
                log_.missed(row.word, this->offset());
        } else {
            log_.missed(Names::wanted, this->offset());
        }
    }

    // The number that stands at an offset, maybe in the header of a literal; the largest of 64 bits
    // where it has more.
    std::uint64_t number_at(std::uint64_t offset) const {
        auto at = static_cast<std::uint32_t>(offset);
        while (has_octet(at) && octets("~{").contains(octet(at)))
            ++at;
        std::uint64_t value = 0;
        for (std::uint32_t i = at; has_octet(i) && digit.contains(octet(i)); ++i) {
            const auto d = static_cast<std::uint64_t>(octet(i) - '0');
            if (value > (~std::uint64_t{0} - d) / 10) return ~std::uint64_t{0};
            value = value * 10 + d;
        }
        return value;
    }

    failure_log log_;
    std::uint32_t watched_ = 0;
};

// Why the unit of an explaining input does not match a rule; no fault where it does. `rfc`: where to read on where no
// rule says it.
template <typename Rule, typename In> explanation explain(In& in, std::string_view rfc) {
    const rule_frame unit(in.log(), {}, rule_frame::before_all);
    if (!In::words::template rule_names<Rule>().rule.empty()) in.log().tail_begins(0);
    if (explaining<Rule>::template match<apply_mode::nothing, rewind_mode::active, pegtl::nothing, explaining>(in)) {
        return {};
    }
    return in.explain(rfc);
}

} // namespace mailwire::detail
