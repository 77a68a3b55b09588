// SPDX-License-Identifier: BSL-1.0
// SASL mechanisms that do what a fuzzer writes: each octet of the script is one step.

#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <string_view>

#include "mailwire/sasl/mechanism.hpp"

namespace mailwire::fuzz {

// The two lowest bits of an octet say how the step ends (more, done, failed, no room the first time), the others how
// many octets go out, up to 126.
class mechanism_script {
public:
    explicit mechanism_script(std::string_view script = {}) : script_(script) {}

    sasl::step step(std::span<char> out) {
        complete_ = false;
        if (script_.empty()) return sasl::failure(sasl::fault::unexpected_message);
        const auto octet = static_cast<unsigned char>(script_.front());
        const std::size_t size = octet / 4U * 2U;
        if (size > out.size()) return sasl::no_room(size);
        if (octet % 4U == 3 && !refused_) {
            refused_ = true;
            return sasl::no_room(out.size() + 1);
        }
        refused_ = false;
        script_.remove_prefix(1);
        if (octet % 4U == 2) return sasl::failure(sasl::fault::not_allowed);
        std::fill_n(out.begin(), size, 'x');
        complete_ = octet % 4U == 1;
        return {complete_ ? sasl::status::done : sasl::status::more, size};
    }
    bool complete() const { return complete_; }

private:
    std::string_view script_;
    bool refused_ = false;
    bool complete_ = false;
};

template <bool ClientFirst> class scripted_client {
public:
    static constexpr std::string_view name() { return "X-SCRIPT"; }
    static constexpr bool client_first = ClientFirst;

    explicit scripted_client(std::string_view script = {}) : script_(script) {}
    sasl::step step(std::string_view, std::span<char> out) { return script_.step(out); }
    bool complete() const { return script_.complete(); }

private:
    mechanism_script script_;
};

template <bool ClientFirst> class scripted_server {
public:
    static constexpr std::string_view name() { return "X-SCRIPT"; }
    static constexpr bool client_first = ClientFirst;

    explicit scripted_server(std::string_view script = {}) : script_(script) {}
    sasl::step step(std::string_view, std::span<char> out) { return script_.step(out); }
    bool complete() const { return script_.complete(); }
    std::string_view identity() const { return complete() ? "user" : ""; }

private:
    mechanism_script script_;
};

} // namespace mailwire::fuzz
