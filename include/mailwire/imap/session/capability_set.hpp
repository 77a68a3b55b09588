// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

#include "mailwire/core/chars.hpp"
#include "mailwire/core/fixed_string.hpp"
#include "mailwire/core/input.hpp"
#include "mailwire/core/parts_of.hpp"
#include "mailwire/core/seq_of.hpp"
#include "mailwire/core/slot.hpp"
#include "mailwire/imap/model/command_facts.hpp"
#include "mailwire/sasl/mechanism_set.hpp"

namespace mailwire::imap {

namespace detail {

// What a session itself acts on, beside what the extensions of its profile are called.
inline constexpr std::array<std::string_view, 13> base_capabilities{
    "IMAP4rev1", "IMAP4rev2", "LITERAL+", "LITERAL-",  "LOGINDISABLED", "STARTTLS", "SASL-IR",
    "IDLE",      "ENABLE",    "UNSELECT", "NAMESPACE", "MOVE",          "UIDPLUS"};

// Commands that IMAP4rev2 has, and a server of revision 1 only where it says so (RFC 9051, appendix E).
struct later_command {
    std::string_view word;
    std::string_view capability;
};
inline constexpr std::array<later_command, 7> later_commands{{{"IDLE", "IDLE"},
                                                              {"ENABLE", "ENABLE"},
                                                              {"NAMESPACE", "NAMESPACE"},
                                                              {"UNSELECT", "UNSELECT"},
                                                              {"MOVE", "MOVE"},
                                                              {"UID MOVE", "MOVE"},
                                                              {"UID EXPUNGE", "UIDPLUS"}}};

// Calls `use` with each extension of a profile that has a capability, from the innermost out.
template <typename Part, typename Use> constexpr void for_each_extension(Use& use) {
    if constexpr (requires { typename Part::parts; }) {
        [&]<typename... Parts>(pegtl::type_list<Parts...>) {
            (for_each_extension<Parts>(use), ...);
        }(typename Part::parts{});
        if constexpr (requires { Part::capability; }) use.template operator()<Part>();
    }
}

template <typename Profile> constexpr std::size_t count_extensions() {
    std::size_t count = 0;
    const auto use = [&count]<typename Extension>() { ++count; };
    for_each_extension<Profile>(use);
    return count;
}

// All the names a session of this profile knows. A name may be among them twice: the first one counts.
template <typename Profile> constexpr auto make_capability_names() {
    std::array<std::string_view, base_capabilities.size() + count_extensions<Profile>()> names{};
    std::size_t at = 0;
    for (const std::string_view name : base_capabilities)
        names[at++] = name;
    const auto use = [&]<typename Extension>() { names[at++] = Extension::capability; };
    for_each_extension<Profile>(use);
    return names;
}
template <typename Profile> inline constexpr auto capability_names = make_capability_names<Profile>();

// The place of a name; the number of them for one that no profile knows.
template <typename Profile> constexpr std::size_t capability_index(std::string_view name) {
    const auto& names = capability_names<Profile>;
    for (std::size_t i = 0; i != names.size(); ++i) {
        if (equal_ignoring_case(names[i], name)) return i;
    }
    return names.size();
}

} // namespace detail

// What a server announces, as far as its profile knows it. What a program wants to know besides comes to it with the
// capability data.
template <typename Profile> class capability_set {
public:
    // Whether anything has been announced since the session began, or since TLS or a login made it void.
    bool known() const { return known_; }

    // capabilities.has<"IDLE">(); an extension is asked for by its own name for it.
    template <fixed_string Name> bool has() const {
        constexpr std::size_t i = detail::capability_index<Profile>(Name.view());
        static_assert(i != detail::capability_names<Profile>.size(),
                      "no extension of this profile has this capability");
        return bits_[i];
    }
    bool has(std::string_view name) const {
        const std::size_t i = detail::capability_index<Profile>(name);
        return i != bits_.size() && bits_[i];
    }

    // The mechanisms of AUTHENTICATE ("AUTH=").
    const sasl::mechanism_set& mechanisms() const { return mechanisms_; }

    // How a client may send a literal. A server is not to offer both LITERAL+ and LITERAL-; where one does, what both
    // allow is safe (RFC 7888 5). IMAP4rev2 has what LITERAL- offers (RFC 9051 4.3).
    literal_form literals() const {
        if (has<"LITERAL-">()) return literal_form::minus;
        if (has<"LITERAL+">()) return literal_form::plus;
        return has<"IMAP4rev2">() ? literal_form::minus : literal_form::synchronizing;
    }

    // Replaces what was known (RFC 9051 7.2.2).
    void replace(const seq_of<text>& announced) {
        *this = {};
        known_ = true;
        for (const text& name : announced)
            add(name);
    }

private:
    void add(const text& name) {
        constexpr std::string_view auth = "AUTH=";
        const std::string_view spelled = name.spelled();
        if (spelled.size() > auth.size() && equal_ignoring_case(head_of(spelled, auth.size()), auth)) {
            mechanisms_.add(tail_of(spelled, auth.size()));
        }
        const std::size_t i = detail::capability_index<Profile>(spelled);
        if (i != bits_.size()) bits_[i] = true;
    }

    std::bitset<detail::capability_names<Profile>.size()> bits_;
    sasl::mechanism_set mechanisms_;
    bool known_ = false;
};

// What a session has to know of a command before it sends or delivers it.
struct command_facts {
    legal_in legal = legal_in::any;
    command_effect effect = command_effect::none;
    bool keeps_message_numbers = false;
    std::string_view capability = {}; // without which it is not known; empty: every server has it
    bool in_revision_2 = false;       // a server of revision 2 has it without that capability
};

namespace detail {

template <typename Extension, typename Command> constexpr bool has_alternative() {
    return []<typename... Alts>(pegtl::type_list<Alts...>) {
        return (std::is_same_v<Alts, Command> || ...);
    }(all_alternatives_of<Extension>{});
}

} // namespace detail

template <typename Profile, typename Command> constexpr command_facts facts_of() {
    command_facts facts{Command::legal, effect_of<Command>(), keeps_message_numbers<Command>()};
    // The profile's outer parts come last: what only holds others together is no extension of its own.
    const auto use = [&facts]<typename Extension>() {
        const bool revision = Extension::capability == "IMAP4rev1" || Extension::capability == "IMAP4rev2";
        const bool holds = detail::has_alternative<Extension, Command>();
        if (holds && !revision && facts.capability.empty()) facts.capability = Extension::capability;
    };
    detail::for_each_extension<Profile>(use);
    for (const auto& later : detail::later_commands) {
        if (later.word != Command::word::text) continue;
        facts.capability = later.capability;
        facts.in_revision_2 = true;
    }
    return facts;
}

// Whether a server with these capabilities has the command. Where nothing is known, only what every server has.
template <typename Profile> bool is_offered(const command_facts& facts, const capability_set<Profile>& capabilities) {
    if (facts.capability.empty() || capabilities.has(facts.capability)) return true;
    return facts.in_revision_2 && capabilities.template has<"IMAP4rev2">();
}

} // namespace mailwire::imap
