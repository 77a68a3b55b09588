// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstring>
#include <span>
#include <string_view>

namespace mailwire {

// The receive buffer of a session, in storage of the caller. Octets come in at the back and are taken off the front;
// `prepare` moves what is left to the start of the storage, so views into the buffer end there.
class inbox {
public:
    explicit inbox(std::span<char> storage) : storage_(storage) {}

    // Room for octets to receive. Empty when the buffer is full of octets not yet taken.
    std::span<char> prepare() {
        if (first_ != 0) {
            std::memmove(storage_.data(), storage_.data() + first_, size());
            last_ -= first_;
            first_ = 0;
        }
        return storage_.subspan(last_);
    }

    // Takes note of `octets` octets written to the start of what `prepare` returned; more than that room is cut off.
    void commit(std::size_t octets) {
        const std::size_t room = storage_.size() - last_;
        last_ += octets < room ? octets : room;
    }

    std::string_view view() const { return {storage_.data() + first_, size()}; }
    std::size_t size() const { return last_ - first_; }
    bool empty() const { return first_ == last_; }
    std::size_t capacity() const { return storage_.size(); }

    // True when nothing more can be received before something is taken.
    bool full() const { return size() == storage_.size(); }

    void consume(std::size_t octets) {
        first_ += octets;
        if (first_ == last_) first_ = last_ = 0;
    }

    // The octets that `view` begins with, to be decoded where they are.
    std::span<char> front(std::size_t octets) { return storage_.subspan(first_, octets); }

    // All of the storage that holds nothing to be read any more: where a secret may still lie.
    void for_each_stale(auto run) {
        run(storage_.first(first_));
        run(storage_.subspan(last_));
    }

    // Cuts `octets` octets out of the middle, at `offset` from the front: a literal that is not kept.
    void erase(std::size_t offset, std::size_t octets) {
        char* at = storage_.data() + first_ + offset;
        std::memmove(at, at + octets, size() - offset - octets);
        last_ -= octets;
    }

private:
    std::span<char> storage_;
    std::size_t first_ = 0;
    std::size_t last_ = 0;
};

} // namespace mailwire
