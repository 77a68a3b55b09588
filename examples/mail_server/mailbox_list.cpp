// SPDX-License-Identifier: BSL-1.0
#include "mail_server/mailbox_list.hpp"

#include <algorithm>
#include <set>

#include "mail_server/list_pattern.hpp"
#include "mail_server/mailbox_name.hpp"

namespace mail_server {
namespace {

constexpr char separator = '/';

// A name that may be told.
struct candidate {
    std::string name;
    bool exists = false;
    bool subscribed = false;
    bool has_children = false;
};

// The names above one, the lowest first.
std::vector<std::string> superiors_of(std::string_view name) {
    std::vector<std::string> all;
    for (auto end = name.rfind(separator); end != std::string_view::npos; end = name.rfind(separator)) {
        name = name.substr(0, end);
        all.emplace_back(name);
    }
    return all;
}

bool is_below(std::string_view name, std::string_view superior) {
    return name.size() > superior.size() && name.starts_with(superior) && name[superior.size()] == separator;
}

bool matches_any(std::string_view name, const std::vector<std::string>& patterns) {
    const auto wire = name_to_wire(name);
    return std::any_of(patterns.begin(), patterns.end(),
                       [&](const auto& each) { return matches_list_pattern(wire, each); });
}

// All that exist, then those that are subscribed and do not, then what is above these.
std::vector<candidate> candidates_of(const std::vector<mailbox_entry>& mailboxes,
                                     const std::vector<std::string>& subscriptions) {
    std::vector<candidate> all;
    std::set<std::string> known;
    const std::set<std::string> subscribed(subscriptions.begin(), subscriptions.end());
    for (const auto& each : mailboxes) {
        all.push_back({each.name, true, subscribed.contains(each.name), each.has_children});
        known.insert(each.name);
    }
    for (const auto& each : subscriptions) {
        if (known.insert(each).second) {
            all.push_back({.name = each, .subscribed = true});
        }
    }
    for (const auto& each : subscriptions) {
        for (const auto& superior : superiors_of(each)) {
            if (known.insert(superior).second) {
                all.push_back({.name = superior});
            }
        }
    }
    return all;
}

std::vector<const char*> attributes_of(const candidate& mailbox, const list_wish& wish) {
    std::vector<const char*> attributes;
    if (wish.tells_subscribed && mailbox.subscribed) {
        attributes.push_back("\\Subscribed");
    }
    if (!mailbox.exists) {
        attributes.push_back("\\NonExistent");
    } else {
        attributes.push_back(mailbox.has_children ? "\\HasChildren" : "\\HasNoChildren");
    }
    return attributes;
}

} // namespace

std::vector<listed_mailbox> list_mailboxes(const std::vector<mailbox_entry>& mailboxes,
                                           const std::vector<std::string>& subscriptions, const list_wish& wish) {
    std::vector<listed_mailbox> found;
    for (const auto& each : candidates_of(mailboxes, subscriptions)) {
        if (!matches_any(each.name, wish.patterns)) {
            continue;
        }
        bool has_subscribed_below = false;
        bool hides_one = false;
        for (const auto& other : subscriptions) {
            if (wish.recursive_match && is_below(other, each.name)) {
                has_subscribed_below = true;
                hides_one = hides_one || !matches_any(other, wish.patterns);
            }
        }
        if ((wish.subscribed ? each.subscribed : each.exists) || hides_one) {
            found.push_back({name_to_wire(each.name), attributes_of(each, wish), has_subscribed_below, each.exists});
        }
    }
    return found;
}

std::vector<listed_mailbox> list_subscriptions(const std::vector<std::string>& subscriptions,
                                               std::string_view pattern) {
    const std::vector<std::string> patterns = {std::string(pattern)};
    std::set<std::string> told(subscriptions.begin(), subscriptions.end());
    std::vector<listed_mailbox> found;
    for (const auto& each : subscriptions) {
        if (matches_any(each, patterns)) {
            found.push_back({.name = name_to_wire(each), .attributes = {}});
            continue;
        }
        for (const auto& superior : superiors_of(each)) {
            if (pattern.ends_with('%') && matches_any(superior, patterns) && told.insert(superior).second) {
                found.push_back({.name = name_to_wire(superior), .attributes = {"\\Noselect"}});
            }
        }
    }
    return found;
}

} // namespace mail_server
