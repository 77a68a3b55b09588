// SPDX-License-Identifier: BSL-1.0
// Compares two values field by field, and says which field differs.

#pragma once

#include "generate/members.hpp"

#include "mailwire/core/item.hpp"
#include "mailwire/core/seq_of.hpp"
#include "mailwire/core/text.hpp"
#include "mailwire/imap/model/number_list.hpp"
#include "mailwire/imap/model/search_key.hpp"
#include "mailwire/imap/model/sequence_set.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>

namespace mailwire::test {

// `where` is the way to the first field that differs: "FETCH.1[0]ENVELOPE.2".
template <typename Profile> class value_comparer {
public:
    const std::string& where() const { return where_; }

    template <typename T> bool same(const T& a, const T& b) {
        if constexpr (std::is_arithmetic_v<T> || std::is_enum_v<T>) {
            return a == b;
        } else if constexpr (is_wrapped_base<T>) {
            return same_base(a, b);
        } else {
            return with_members(a, [&](const auto&... of_a) {
                return with_members(b, [&](const auto&... of_b) {
                    std::size_t index = 0;
                    return (same_at("." + std::to_string(index++), of_a, of_b) && ...);
                });
            });
        }
    }

    bool same(const std::string_view& a, const std::string_view& b) { return a == b; }
    bool same(const text& a, const text& b) { return a == b && a.is_binary() == b.is_binary(); }

    template <typename T> bool same(const std::optional<T>& a, const std::optional<T>& b) {
        return a.has_value() == b.has_value() && (!a || same(*a, *b));
    }

    template <typename T> bool same(const seq_of<T>& a, const seq_of<T>& b) { return same_elements(a, b); }
    template <typename Slot> bool same(const items<Slot>& a, const items<Slot>& b) { return same_elements(a, b); }

    template <typename Slot> bool same(const item<Slot>& a, const item<Slot>& b) {
        if (bool(a) != bool(b)) return false;
        if (!a) return true;
        if (a.id() != b.id()) return false;
        if (!a.known()) return a.name() == b.name() && a.rest() == b.rest() && same_lead(a, b);
        bool result = false;
        visit<Profile>(a, [&]<typename Alternative>(const Alternative& value) {
            result = same_at(std::string(Alternative::word::text), value, b.template as<Alternative>());
        });
        return result;
    }

    bool same(const imap::sequence_set& a, const imap::sequence_set& b) { return a == b; }
    bool same(const imap::number_list& a, const imap::number_list& b) { return a == b; }
    bool same(const imap::search_key& a, const imap::search_key& b) {
        if (a.is_set() != b.is_set() || a.is_group() != b.is_group()) return false;
        if (a.is_set()) return same(a.messages(), b.messages());
        return a.is_group() ? same(a.all(), b.all()) : same(a.word(), b.word());
    }

private:
    template <typename T> bool same_at(const std::string& step, const T& a, const T& b) {
        if (same(a, b)) return true;
        where_.insert(0, step);
        return false;
    }

    template <typename Sequence> bool same_elements(const Sequence& a, const Sequence& b) {
        auto k = b.begin();
        std::size_t index = 0;
        for (auto i = a.begin(); i != a.end(); ++i, ++k, ++index) {
            if (k == b.end() || !same_at("[" + std::to_string(index) + "]", *i, *k)) return false;
        }
        return k == b.end();
    }

    // The base class names itself when it is asked for.
    template <typename Derived> struct base_pair {
        value_comparer& comparer;
        const Derived& a;
        const Derived& b;
        bool& result;

        template <typename Base>
        requires(std::is_base_of_v<Base, Derived> && !std::is_same_v<Base, Derived>) operator Base() const {
            result = comparer.same(static_cast<const Base&>(a), static_cast<const Base&>(b));
            return static_cast<const Base&>(a);
        }
    };
    template <typename T> bool same_base(const T& a, const T& b) {
        bool result = false;
        (void)T{base_pair<T>{*this, a, b, result}};
        return result;
    }

    template <typename Slot> static bool same_lead(const item<Slot>& a, const item<Slot>& b) {
        if constexpr (requires { typename Slot::lead; }) {
            cursor of_a = a.tokens();
            cursor of_b = b.tokens();
            return of_a.number() == of_b.number();
        } else {
            return true;
        }
    }

    std::string where_;
};

} // namespace mailwire::test
