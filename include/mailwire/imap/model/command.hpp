// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <span>
#include <string_view>

#include "mailwire/core/item.hpp"
#include "mailwire/imap/grammar/slots.hpp"

namespace mailwire::imap {

// One unit of a client: a tag and a command. Valid as long as the unit and the tape it was read from.
class command {
public:
    command() = default;
    command(std::string_view unit, std::span<const token> tokens) : tokens_(unit, tokens) {}

    std::string_view tag() const {
        cursor c = tokens_;
        return c.raw();
    }
    item<slot::command> value() const {
        cursor c = tokens_;
        c.skip();
        return item<slot::command>::read(c);
    }
    cursor tokens() const { return tokens_; }

private:
    cursor tokens_;
};

// Calls the first of the functions whose parameter is the command.
template <typename... Functions> bool on(const command& c, Functions&&... functions) {
    return on(c.value(), functions...);
}

} // namespace mailwire::imap
