// SPDX-License-Identifier: BSL-1.0
#include "inspect/settings.hpp"

#include <algorithm>

namespace inspect {

settings::settings(protocol speaks, mailwire::side from) : speaks_(speaks) {
    imap_.dialect.from = from;
    pop3_.from = from;
}

std::string settings::set_mode(std::string_view mode) {
    while (!mode.empty()) {
        const std::string_view word = mode.substr(0, mode.find(','));
        mode.remove_prefix(std::min(mode.size(), word.size() + 1));
        if (!word.empty() && !set_word(word)) return "mode " + std::string(word) + " is not supported";
    }
    return {};
}

bool settings::set_word(std::string_view word) {
    if (speaks_ == protocol::imap) {
        if (word == "utf8") {
            imap_.dialect.utf8 = true;
        } else if (word == "litplus") {
            imap_.dialect.literals = mailwire::literal_form::plus;
        } else {
            return false;
        }
        return true;
    }
    if (word == "utf8") {
        pop3_.rules.utf8 = true;
    } else if (word == "authline" && from() == mailwire::side::client) {
        pop3_.sasl_line = true;
    } else if (word == "respcodes") {
        pop3_.rules.codes = mailwire::pop3::response_codes::announced;
    } else if (word.starts_with("ctx=")) {
        return set_context(word.substr(4)).empty();
    } else {
        return false;
    }
    return true;
}

std::string settings::set_context(std::string_view context) {
    if (speaks_ == protocol::imap || from() == mailwire::side::client) return {};
    const auto found = pop3_context_of(context);
    if (!found) return "context " + std::string(context) + " is not supported";
    pop3_.context = *found;
    return {};
}

std::string settings::set_kind(std::string_view kind) {
    imap_.rule = imap_rule::unit;
    if (kind.empty() || kind == "unit" || kind == "vendor-command") return {};
    if (kind != "greeting" || from() == mailwire::side::client) {
        return "kind " + std::string(kind) + " is not supported";
    }
    imap_.rule = imap_rule::greeting;
    pop3_.context.greeting = true;
    return {};
}

unit settings::read(std::string_view stream, std::size_t offset) const {
    return speaks_ == protocol::imap ? read_imap_unit(stream, offset, imap_) : read_pop3_unit(stream, offset, pop3_);
}

} // namespace inspect
