// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>

namespace mailwire {

// A place where output has to stop before it goes on.
//   offset  octets of the output before it
//   octets  of a literal that is not in the output: so many octets have to be sent here
//   wait    the peer has to say "+" first (a synchronizing literal, RFC 9051 4.3)
struct output_stop {
    std::size_t offset = 0;
    std::uint64_t octets = 0;
    bool wait = false;
};

// What writers write to. `put` takes octets that may be gone afterwards, `put_ref` octets that stay valid until the
// output has been sent, `stop` marks a stop. `size` counts the octets of the whole output, fit or not.
template <typename S>
concept sink = requires(S& s, const S& c, std::string_view octets, std::uint64_t n, bool wait) {
    s.put(octets);
    s.put_ref(octets);
    s.stop(n, wait);
    { c.ok() } -> std::same_as<bool>;
    { c.size() } -> std::convertible_to<std::size_t>;
};

// The stops of one output, at most N. One too many is remembered.
template <std::size_t N> class stop_list {
public:
    void add(output_stop s) {
        if (count_ == N) {
            overflow_ = true;
        } else {
            stops_[count_++] = s;
        }
    }
    bool overflow() const { return overflow_; }
    std::span<const output_stop> all() const { return {stops_.data(), count_}; }

private:
    std::array<output_stop, N> stops_{};
    std::size_t count_ = 0;
    bool overflow_ = false;
};

inline constexpr std::size_t default_stops = 8;

// Writes into storage of the caller. The first octet that does not fit makes the sink not ok for good; `size` then says
// how much room the output would have needed, and nothing is written behind the storage.
class span_sink {
public:
    explicit span_sink(std::span<char> storage) : storage_(storage) {}

    void put(std::string_view octets) {
        if (!overflow_ && octets.size() <= storage_.size() - size_) {
            if (!octets.empty()) std::memcpy(storage_.data() + size_, octets.data(), octets.size());
        } else {
            overflow_ = true;
        }
        size_ += octets.size();
    }
    void put_ref(std::string_view octets) { put(octets); }
    void stop(std::uint64_t octets, bool wait) { stops_.add({size_, octets, wait}); }

    bool ok() const { return !overflow_ && !stops_.overflow(); }
    std::size_t size() const { return size_; }
    std::string_view view() const { return {storage_.data(), overflow_ ? 0 : size_}; }
    std::span<const output_stop> stops() const { return stops_.all(); }

private:
    std::span<char> storage_;
    std::size_t size_ = 0;
    stop_list<default_stops> stops_;
    bool overflow_ = false;
};

// Appends to a string of the caller. The only sink that allocates.
class string_sink {
public:
    explicit string_sink(std::string& out) : out_(&out), start_(out.size()) {}

    void put(std::string_view octets) { out_->append(octets); }
    void put_ref(std::string_view octets) { put(octets); }
    void stop(std::uint64_t octets, bool wait) { stops_.add({size(), octets, wait}); }

    bool ok() const { return !stops_.overflow(); }
    std::size_t size() const { return out_->size() - start_; }
    std::span<const output_stop> stops() const { return stops_.all(); }

private:
    std::string* out_;
    std::size_t start_;
    stop_list<default_stops> stops_;
};

// Counts and writes nothing.
class size_sink {
public:
    void put(std::string_view octets) { size_ += octets.size(); }
    void put_ref(std::string_view octets) { size_ += octets.size(); }
    void stop(std::uint64_t, bool) {}

    bool ok() const { return true; }
    std::size_t size() const { return size_; }

private:
    std::size_t size_ = 0;
};

// Collects pieces for a gathered write: small ones are copied into storage of the caller, octets given by reference
// stay where they are. At most N pieces.
template <std::size_t N> class gather_sink {
public:
    explicit gather_sink(std::span<char> storage) : storage_(storage) {}

    void put(std::string_view octets) {
        size_ += octets.size();
        if (overflow_ || octets.size() > storage_.size() - used_) {
            overflow_ = true;
            return;
        }
        if (octets.empty()) return;
        char* at = storage_.data() + used_;
        std::memcpy(at, octets.data(), octets.size());
        used_ += octets.size();
        if (count_ != 0 && pieces_[count_ - 1].data() + pieces_[count_ - 1].size() == at) {
            pieces_[count_ - 1] = {pieces_[count_ - 1].data(), pieces_[count_ - 1].size() + octets.size()};
        } else {
            add({at, octets.size()});
        }
    }
    void put_ref(std::string_view octets) {
        size_ += octets.size();
        if (!octets.empty()) add(octets);
    }
    void stop(std::uint64_t octets, bool wait) { stops_.add({size_, octets, wait}); }

    bool ok() const { return !overflow_ && !stops_.overflow(); }
    std::size_t size() const { return size_; }
    std::span<const std::string_view> pieces() const { return {pieces_.data(), count_}; }
    std::span<const output_stop> stops() const { return stops_.all(); }

private:
    void add(std::string_view piece) {
        if (count_ == N) {
            overflow_ = true;
        } else {
            pieces_[count_++] = piece;
        }
    }

    std::span<char> storage_;
    std::array<std::string_view, N> pieces_{};
    stop_list<default_stops> stops_;
    std::size_t used_ = 0;
    std::size_t size_ = 0;
    std::size_t count_ = 0;
    bool overflow_ = false;
};

} // namespace mailwire
