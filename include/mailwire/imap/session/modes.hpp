// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <string_view>

#include "mailwire/core/seq_of.hpp"
#include "mailwire/core/text.hpp"
#include "mailwire/imap/session/capability_set.hpp"

namespace mailwire::imap::detail {

// The modes that an extension of the profile has under this name, bits of namespace modes; none for a name that cannot be
// enabled, or that the profile does not know.
template <typename Profile> std::uint32_t mode_of(std::string_view capability) {
    std::uint32_t modes = 0;
    const auto use = [&]<typename Extension>() {
        if constexpr (requires { Extension::enables; }) {
            if (equal_ignoring_case(Extension::capability, capability)) modes |= Extension::enables;
        }
    };
    for_each_extension<Profile>(use);
    return modes;
}

// What the names in ENABLED switch on (RFC 9051 7.2.1).
template <typename Profile> std::uint32_t enabled_by(const seq_of<text>& capabilities) {
    std::uint32_t modes = 0;
    for (const text& name : capabilities)
        modes |= mode_of<Profile>(name.spelled());
    return modes;
}

// The modes in force, bits of namespace modes. A server of revision 2 alone has nothing to enable (RFC 9051, appendix A).
template <typename Profile>
std::uint32_t modes_in_force(std::uint32_t enabled, const capability_set<Profile>& announced) {
    const bool only_rev2 = announced.template has<"IMAP4rev2">() && !announced.template has<"IMAP4rev1">();
    return enabled | (only_rev2 ? modes::rev2 | modes::utf8 : 0U);
}

} // namespace mailwire::imap::detail
