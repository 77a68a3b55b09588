// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "mailwire/core/slot.hpp"
#include "mailwire/pop3/model/command.hpp"

namespace mailwire::pop3 {

// A command that waits for its answer.
struct pending_command {
    std::uint32_t id = unknown_id;
    std::uint32_t message = 0;
    answer_form form = answer_form::text;
    command_role role = command_role::work;
};

// The commands in flight, in the order in which they are answered, in storage of the caller.
class in_flight_queue {
public:
    explicit in_flight_queue(std::span<pending_command> storage) : storage_(storage) {}

    bool empty() const { return count_ == 0; }
    bool full() const { return count_ == storage_.size(); }
    std::size_t size() const { return count_; }

    // Require: not full; not empty.
    void push(const pending_command& command) { storage_[(first_ + count_++) % storage_.size()] = command; }
    const pending_command& front() const { return storage_[first_]; }
    void pop() {
        first_ = (first_ + 1) % static_cast<std::uint32_t>(storage_.size());
        --count_;
    }

private:
    std::span<pending_command> storage_; // a ring
    std::uint32_t first_ = 0;
    std::uint32_t count_ = 0;
};

} // namespace mailwire::pop3
