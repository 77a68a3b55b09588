// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "inspect/unit.hpp"
#include "mailwire/core/cursor.hpp"
#include "mailwire/core/slot.hpp"

namespace inspect {

// The word of an alternative, by the id its item token carries; empty for an id that is none of the profile's.
template <typename Part> std::string_view word_of(std::uint32_t id) {
    if constexpr (requires { typename Part::parts; }) {
        return []<typename... Parts>([[maybe_unused]] std::uint32_t wanted, tao::pegtl::type_list<Parts...>) {
            std::string_view found;
            (void)(!(found = word_of<Parts>(wanted)).empty() || ...);
            return found;
        }(id, typename Part::parts{});
    } else {
        return mailwire::id_of<Part> == id ? Part::word::text : std::string_view();
    }
}

// The tokens a parse has recorded, as a tree.
//   unit      the octets they count from
//   base      added to all offsets: where `unit` begins in something larger
//   word_of   the words of the profile the unit was parsed with
std::vector<node> tree_of(std::string_view unit, mailwire::cursor tokens, std::string_view (*word_of)(std::uint32_t id),
                          std::size_t base = 0);

} // namespace inspect
