// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstring>
#include <span>
#include <string_view>

namespace mailwire::sasl {

// Memory of the caller in which a mechanism keeps what it has to remember from one message to the next. Passwords and
// keys are never kept there. Nothing is given back before the exchange ends.
class memory {
public:
    explicit memory(std::span<char> lent) : lent_(lent) {}

    // What is left. Write there, then `take` so many octets.
    std::span<char> rest() const { return lent_.subspan(used_); }

    // Requires no more octets than are left. Returns them; valid as long as the lent memory.
    std::string_view take(std::size_t octets) {
        const std::string_view taken(lent_.data() + used_, octets);
        used_ += octets;
        return taken;
    }

    // Copies a text. False when there is no room; then nothing has changed.
    bool keep(std::string_view text, std::string_view& kept) {
        if (text.size() > lent_.size() - used_) return false;
        if (!text.empty()) std::memcpy(lent_.data() + used_, text.data(), text.size());
        kept = take(text.size());
        return true;
    }

private:
    std::span<char> lent_;
    std::size_t used_ = 0;
};

} // namespace mailwire::sasl
