// SPDX-License-Identifier: BSL-1.0
// The members of any aggregate, one by one.

#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

namespace mailwire::test {

namespace detail {

template <typename T> inline constexpr bool is_optional = false;
template <typename T> inline constexpr bool is_optional<std::optional<T>> = true;

// Stands for a member of any type but those that other types are made from as well: from a string_view a text is made,
// from what becomes a number an optional number. Those have probes of their own.
struct probe {
    template <typename T>
    requires(!std::is_same_v<T, std::string_view> && !is_optional<T>) operator T() const;
};
struct text_probe {
    template <typename T>
    requires std::is_same_v<T, std::string_view>
    operator T() const;
};
struct optional_probe {
    template <typename T>
    requires is_optional<T>
    operator T() const;
};

// The number of members an aggregate can be made from, found by adding one probe after the other.
template <typename T, typename... Probes> constexpr std::size_t count_members() {
    if constexpr (requires { T{Probes{}..., probe{}}; }) {
        return count_members<T, Probes..., probe>();
    } else if constexpr (requires { T{Probes{}..., text_probe{}}; }) {
        return count_members<T, Probes..., text_probe>();
    } else if constexpr (requires { T{Probes{}..., optional_probe{}}; }) {
        return count_members<T, Probes..., optional_probe>();
    } else {
        return sizeof...(Probes);
    }
}

// Stands for a base class only.
template <typename Derived> struct base_probe {
    template <typename Base>
    requires(std::is_base_of_v<Base, Derived> && !std::is_same_v<Base, Derived>) operator Base() const;
};

} // namespace detail

// An aggregate that has all its members from one base class.
template <typename T> inline constexpr bool is_wrapped_base = requires { T{detail::base_probe<T>{}}; };

template <typename T> inline constexpr std::size_t member_count = detail::count_members<T>();

// Calls `f` with references to all members of an aggregate without a base class.
template <typename T, typename F> constexpr decltype(auto) with_members(T& t, F&& f) {
    constexpr std::size_t n = member_count<std::remove_const_t<T>>;
    static_assert(n <= 18, "an aggregate with more members than these lines know");
    if constexpr (n == 0) {
        return f();
    } else if constexpr (n == 1) {
        auto& [a] = t;
        return f(a);
    } else if constexpr (n == 2) {
        auto& [a, b] = t;
        return f(a, b);
    } else if constexpr (n == 3) {
        auto& [a, b, c] = t;
        return f(a, b, c);
    } else if constexpr (n == 4) {
        auto& [a, b, c, d] = t;
        return f(a, b, c, d);
    } else if constexpr (n == 5) {
        auto& [a, b, c, d, e] = t;
        return f(a, b, c, d, e);
    } else if constexpr (n == 6) {
        auto& [a, b, c, d, e, g] = t;
        return f(a, b, c, d, e, g);
    } else if constexpr (n == 7) {
        auto& [a, b, c, d, e, g, h] = t;
        return f(a, b, c, d, e, g, h);
    } else if constexpr (n == 8) {
        auto& [a, b, c, d, e, g, h, i] = t;
        return f(a, b, c, d, e, g, h, i);
    } else if constexpr (n == 9) {
        auto& [a, b, c, d, e, g, h, i, j] = t;
        return f(a, b, c, d, e, g, h, i, j);
    } else if constexpr (n == 10) {
        auto& [a, b, c, d, e, g, h, i, j, k] = t;
        return f(a, b, c, d, e, g, h, i, j, k);
    } else if constexpr (n == 11) {
        auto& [a, b, c, d, e, g, h, i, j, k, l] = t;
        return f(a, b, c, d, e, g, h, i, j, k, l);
    } else if constexpr (n == 12) {
        auto& [a, b, c, d, e, g, h, i, j, k, l, m] = t;
        return f(a, b, c, d, e, g, h, i, j, k, l, m);
    } else if constexpr (n == 13) {
        auto& [a, b, c, d, e, g, h, i, j, k, l, m, o] = t;
        return f(a, b, c, d, e, g, h, i, j, k, l, m, o);
    } else if constexpr (n == 14) {
        auto& [a, b, c, d, e, g, h, i, j, k, l, m, o, p] = t;
        return f(a, b, c, d, e, g, h, i, j, k, l, m, o, p);
    } else if constexpr (n == 15) {
        auto& [a, b, c, d, e, g, h, i, j, k, l, m, o, p, q] = t;
        return f(a, b, c, d, e, g, h, i, j, k, l, m, o, p, q);
    } else if constexpr (n == 16) {
        auto& [a, b, c, d, e, g, h, i, j, k, l, m, o, p, q, r] = t;
        return f(a, b, c, d, e, g, h, i, j, k, l, m, o, p, q, r);
    } else if constexpr (n == 17) {
        auto& [a, b, c, d, e, g, h, i, j, k, l, m, o, p, q, r, s] = t;
        return f(a, b, c, d, e, g, h, i, j, k, l, m, o, p, q, r, s);
    } else {
        auto& [a, b, c, d, e, g, h, i, j, k, l, m, o, p, q, r, s, u] = t;
        return f(a, b, c, d, e, g, h, i, j, k, l, m, o, p, q, r, s, u);
    }
}

} // namespace mailwire::test
