// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>

#include "mailwire/core/cursor.hpp"
#include "mailwire/core/seq_of.hpp"
#include "mailwire/core/slot.hpp"

namespace mailwire {

// One alternative of a slot as it was read: its id and the tokens of its value. Ask it for a type, or hand it to `on`.
template <typename Slot> class item {
public:
    using one_field = void;

    constexpr item() = default;

    // A value of the program, to be sent. Not copied: it has to outlive the item.
    template <alternative Alt>
    constexpr item(const Alt& value) : value_(&value), write_(&write_as<Alt>), id_(id_of<Alt>), present_(true) {
        static_assert(std::is_same_v<typename Alt::word::slot, Slot>, "this alternative belongs to another slot");
    }

    static item read(cursor& c) {
        item result;
        result.present_ = c.at_item();
        if (result.present_) result.id_ = c.position()->offset;
        result.inside_ = c.enter();
        return result;
    }

    // False for an item that an optional field lacks.
    constexpr explicit operator bool() const { return present_; }

    // False for a word the parsing profile does not know; then `name` and `rest` say what stood there.
    constexpr bool known() const { return id_ != unknown_id; }
    constexpr std::uint32_t id() const { return id_; }

    template <alternative Alt> constexpr bool is() const {
        static_assert(std::is_same_v<typename Alt::word::slot, Slot>, "this alternative belongs to another slot");
        return present_ && id_ == id_of<Alt>;
    }

    // The value as an Alt. Requires: is<Alt>().
    template <alternative Alt> Alt as() const {
        if (value_ != nullptr) return *static_cast<const Alt*>(value_);
        cursor c = inside_;
        return Alt::read(c);
    }

    template <alternative Alt> std::optional<Alt> get() const {
        if (!is<Alt>()) return std::nullopt;
        return as<Alt>();
    }

    // The tokens of the value, for readers that know no types.
    constexpr cursor tokens() const { return inside_; }

    // True for a value of the program, which knows how to write itself.
    constexpr bool is_value() const { return value_ != nullptr; }
    void write_value(typename Slot::writer& out) const { write_(value_, out); }

    // Of an unknown word: the word, and the octets behind it up to the end of the item.
    text name() const {
        cursor c = after_lead();
        return c.text();
    }
    std::string_view rest() const {
        cursor c = after_lead();
        c.skip();
        return c.raw();
    }

private:
    template <typename Alt> static void write_as(const void* value, typename Slot::writer& out) {
        out.put(*static_cast<const Alt*>(value));
    }

    cursor after_lead() const {
        cursor c = inside_;
        if constexpr (requires { typename Slot::lead; }) c.skip();
        return c;
    }

    cursor inside_;
    const void* value_ = nullptr;
    void (*write_)(const void*, typename Slot::writer&) = nullptr;
    std::uint32_t id_ = unknown_id;
    bool present_ = false;
};

// The items of a list. `get<preview>()` finds the first of a type; a loop with `on` visits all.
template <typename Slot> class items : public seq_of<item<Slot>> {
public:
    using seq_of<item<Slot>>::seq_of;

    template <alternative Alt> std::optional<Alt> get() const {
        for (const item<Slot> i : *this) {
            if (i.template is<Alt>()) return i.template as<Alt>();
        }
        return std::nullopt;
    }
};

namespace detail {

// The parameter type of a callable with one parameter.
template <typename F> struct parameter : parameter<decltype(&F::operator())> {};
template <typename R, typename P> struct parameter<R(P)> { using type = std::remove_cvref_t<P>; };
template <typename C, typename R, typename P> struct parameter<R (C::*)(P) const> {
    using type = std::remove_cvref_t<P>;
};
template <typename C, typename R, typename P> struct parameter<R (C::*)(P)> { using type = std::remove_cvref_t<P>; };

template <typename Slot, typename F> bool try_one(const item<Slot>& i, F& f) {
    using wanted = typename parameter<F>::type;
    if constexpr (std::is_same_v<wanted, item<Slot>>) {
        f(i);
        return true;
    } else {
        if (!i.template is<wanted>()) return false;
        f(i.template as<wanted>());
        return true;
    }
}

} // namespace detail

// Calls the first of the functions whose parameter is what the item is; a parameter of type item<Slot> takes any.
// Returns whether one was called.
//
//   on(i, [](uid u) { ... }, [](const envelope& e) { ... }, [](item<slot::msg_att> rest) { ... });
template <typename Slot, typename... Functions> bool on(const item<Slot>& i, Functions&&... functions) {
    return (detail::try_one(i, functions) || ...);
}

// Calls `f` with the item as the alternative of the profile it is. Returns false for an unknown word.
template <typename Profile, typename Slot, typename F> bool visit(const item<Slot>& i, F&& f) {
    return []<typename... Alts>(const item<Slot>& it, F& call, pegtl::type_list<Alts...>) {
        bool found = false;
        (void)((it.template is<Alts>() ? (call(it.template as<Alts>()), found = true) : false) || ...);
        return found;
    }(i, f, alternatives_of<Slot, Profile>{});
}

// An alternative that is a word and nothing else.
template <typename Slot, fixed_string Word> struct bare_word {
    using word = mailwire::word<Slot, Word>;
    using tail = pegtl::success;

    static bare_word read(cursor&) { return {}; }
    void write(auto&) const {}
    friend bool operator==(const bare_word&, const bare_word&) = default;
};

} // namespace mailwire
