// SPDX-License-Identifier: BSL-1.0
// Values as a program would build them: each field of what was read goes into storage of its own, and nothing of the
// copy points into the unit or the tape. An alternative has to read all tokens of its item.

#pragma once

#include "generate/members.hpp"

#include "mailwire/core/item.hpp"
#include "mailwire/core/seq_of.hpp"
#include "mailwire/core/text.hpp"
#include "mailwire/imap/model/number_list.hpp"
#include "mailwire/imap/model/search_key.hpp"
#include "mailwire/imap/model/sequence_set.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <new>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace mailwire::test {

// Owns what copies point to. Values have nothing to destroy.
class copy_storage {
public:
    std::string_view keep(std::string_view octets) {
        char* place = static_cast<char*>(take(octets.size()));
        std::copy(octets.begin(), octets.end(), place);
        return {place, octets.size()};
    }

    template <typename T> const T& keep_value(const T& value) {
        static_assert(std::is_trivially_destructible_v<T>);
        return *new (take(sizeof(T))) T(value);
    }

    void* take(std::size_t octets) { return blocks_.emplace_back(new std::byte[octets + 1]).get(); }
    void clear() { blocks_.clear(); }

private:
    std::vector<std::unique_ptr<std::byte[]>> blocks_;
};

// Values that were copied one after the other, in storage.
template <typename T> class kept_array {
public:
    kept_array(copy_storage& storage, std::size_t most) : first_(static_cast<T*>(storage.take(most * sizeof(T)))) {
        static_assert(std::is_trivially_destructible_v<T>);
    }
    void add(const T& value) { new (first_ + count_++) T(value); }
    std::span<const T> all() const { return {first_, count_}; }

private:
    T* first_;
    std::size_t count_ = 0;
};

template <typename Profile> class value_copier {
public:
    explicit value_copier(copy_storage& storage) : storage_(storage) {}

    // Names of alternatives whose read() has left tokens.
    const std::string& left_over() const { return left_over_; }

    template <typename T> T copy(const T& value) {
        if constexpr (std::is_arithmetic_v<T> || std::is_enum_v<T>) {
            return value;
        } else if constexpr (is_wrapped_base<T>) {
            return T{base_copy<T>{*this, value}};
        } else {
            return with_members(value, [this](const auto&... members) { return T{this->copy(members)...}; });
        }
    }

    std::string_view copy(const std::string_view& octets) { return storage_.keep(octets); }

    text copy(const text& value) {
        if (value.is_nil() || value.is_streamed()) return value;
        std::string octets;
        value.for_each([&octets](char c) { octets += c; });
        const std::string_view kept = storage_.keep(octets);
        return value.is_binary() ? text::binary(kept) : text(kept);
    }

    template <typename T> std::optional<T> copy(const std::optional<T>& value) {
        if (!value) return std::nullopt;
        return copy(*value);
    }

    template <typename T> seq_of<T> copy(const seq_of<T>& values) { return seq_of<T>(array_of<T>(values)); }
    template <typename Slot> mailwire::items<Slot> copy(const mailwire::items<Slot>& values) {
        return mailwire::items<Slot>(array_of<item<Slot>>(values));
    }

    template <typename Slot> item<Slot> copy(const item<Slot>& i) {
        if (!i) return {};
        if (!i.known()) return copy_unknown(i);
        item<Slot> result;
        visit_whole(i, [&](const auto& value) { result = item<Slot>(storage_.keep_value(value)); });
        return result;
    }

    imap::sequence_set copy(const imap::sequence_set& set) {
        if (set.is_last_result()) return imap::sequence_set::last_result();
        return imap::sequence_set(array_of<imap::seq_range>(set));
    }

    imap::number_list copy(const imap::number_list& list) { return imap::number_list(array_of<std::uint32_t>(list)); }

    imap::search_key copy(const imap::search_key& key) {
        if (key.is_set()) return imap::search_key(copy(key.messages()));
        if (key.is_group()) return imap::search_key(copy(key.all()));
        imap::search_key result;
        visit_whole(key.word(), [&](const auto& value) { result = imap::search_key(storage_.keep_value(value)); });
        return result;
    }

private:
    // Becomes the base class of an aggregate that has its members from there.
    template <typename Derived> struct base_copy {
        value_copier& copier;
        const Derived& value;

        template <typename Base>
        requires(std::is_base_of_v<Base, Derived> && !std::is_same_v<Base, Derived>) operator Base() const {
            return copier.copy(static_cast<const Base&>(value));
        }
    };

    template <typename T, typename Sequence> std::span<const T> array_of(const Sequence& values) {
        kept_array<T> copies(storage_, static_cast<std::size_t>(std::distance(values.begin(), values.end())));
        for (const T v : values)
            copies.add(copy(v));
        return copies.all();
    }

    // Hands on a copy of the alternative an item is, whose read() should leave no token.
    template <typename Slot, typename F> void visit_whole(const item<Slot>& i, F&& use) {
        visit<Profile>(i, [&]<typename Alternative>(const Alternative& value) {
            cursor c = i.tokens();
            (void)Alternative::read(c);
            if (c.more()) left_over_ += std::string(Alternative::word::text) + " ";
            use(this->copy(value));
        });
    }

    // A program has no values of a kind it does not know: a tape of its own over octets of its own.
    template <typename Slot> item<Slot> copy_unknown(const item<Slot>& i) {
        const cursor inside = i.tokens();
        std::vector<token> tokens{token(token_kind::item, unknown_id, 0)};
        std::string octets;
        for (const token* t = inside.position(); t != inside.end(); ++t) {
            token mine = *t;
            if (!t->is_branch()) {
                mine.offset = static_cast<std::uint32_t>(octets.size());
                octets.append(inside.unit() + t->offset, t->size());
            }
            tokens.push_back(mine);
        }
        tokens.front() = token(token_kind::item, unknown_id, static_cast<std::uint32_t>(tokens.size() - 1));
        kept_array<token> tape(storage_, tokens.size());
        for (const token t : tokens)
            tape.add(t);
        cursor c(storage_.keep(octets), tape.all());
        return item<Slot>::read(c);
    }

    copy_storage& storage_;
    std::string left_over_;
};

} // namespace mailwire::test
