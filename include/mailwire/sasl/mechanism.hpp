// SPDX-License-Identifier: BSL-1.0
// What a mechanism is to the session that carries its messages (RFC 4422). A session needs nothing else of sasl/.

#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <optional>
#include <span>
#include <string_view>

#include "mailwire/sasl/fault.hpp"
#include "mailwire/sasl/limits.hpp"

namespace mailwire::sasl {

enum class status : std::uint8_t {
    more,   // send the output, even if it is empty, and wait for the next message
    done,   // client: send the output; this side has nothing to add. server: the client is who it says; report success
    failed, // send nothing more; client: cancel with "*"; server: report failure
};

// What came of one message.
//   size    octets in `out`, to be sent as they are but for the protocol's base64; for no_room the octets `out` must hold
//   fault   why it failed. With status more: the exchange goes on only because its form asks for one more message, and
//           its end will be a failure (the error messages of OAuth)
//   offset  of the fault, in octets from the start of the message, or of our own text for a bad_credential; else 0
struct step {
    sasl::status status = sasl::status::more;
    std::size_t size = 0;
    sasl::fault fault = sasl::fault::none;
    std::size_t offset = 0;

    friend constexpr bool operator==(const step&, const step&) = default;
};

constexpr step failure(fault f, std::size_t offset = 0) { return {status::failed, 0, f, offset}; }
constexpr step failure(const finding& found) { return failure(found.fault, found.offset); }
constexpr step no_room(std::size_t needed) { return {status::failed, needed, fault::no_room, 0}; }

// The octets of some texts together and `more`; the largest size there is when the sum has no room in one. Nothing is
// read, so that a size that makes no sense does no harm.
constexpr std::size_t octets_of(std::initializer_list<std::string_view> texts, std::size_t more = 0) {
    constexpr std::size_t most = std::numeric_limits<std::size_t>::max();
    for (const std::string_view text : texts)
        more = text.size() > most - more ? most : more + text.size();
    return more;
}

// The client's side of a mechanism. Octets are those of the mechanism: the session does base64, "*" and "=".
//
//   client_first  step({}, out) writes the initial response. A session that may not send one calls step with the empty
//                 challenge the server then begins with; it is the same call.
//   step          answers a challenge. `out` and the challenge must not overlap. Wipe `out` once it has been sent.
//   complete      whether a success of the server can be believed. A session reports failure when the server says OK
//                 while this is false: a server that has proved nothing may be anybody.
template <typename M>
concept client_mechanism = requires(M& m, const M& c, std::string_view challenge, std::span<char> out) {
    { M::name() } -> std::same_as<std::string_view>;
    { M::client_first } -> std::convertible_to<bool>;
    { m.step(challenge, out) } -> std::same_as<sasl::step>;
    { c.complete() } -> std::same_as<bool>;
};

// The server's side. Begin with `begin`, then call step with each response. Success is never sent with data: where a
// mechanism has a last word of the server, it is a challenge, and the client answers it with an empty response.
//
//   complete  the client is who it says, and may act as it asked
//   identity  whom it acts as; valid as long as the lent memory. Empty before complete(), and empty where only the caller
//             knows (EXTERNAL without a name, a token without a user)
template <typename M>
concept server_mechanism = requires(M& m, const M& c, std::string_view response, std::span<char> out) {
    { M::name() } -> std::same_as<std::string_view>;
    { M::client_first } -> std::convertible_to<bool>;
    { m.step(response, out) } -> std::same_as<sasl::step>;
    { c.complete() } -> std::same_as<bool>;
    { c.identity() } -> std::same_as<std::string_view>;
};

// Begins the server's side, with the initial response if the client has sent one; an empty one ("=") is one. A mechanism
// in which the server speaks first takes none (RFC 9051 6.2.2), but where it says takes_early_answer: then it is the answer
// to the first challenge, which is not sent.
template <server_mechanism M>
step begin(M& mechanism, std::optional<std::string_view> initial_response, std::span<char> out) {
    if constexpr (M::client_first) {
        return initial_response ? mechanism.step(*initial_response, out) : step{};
    } else if constexpr (requires { M::takes_early_answer; }) {
        return mechanism.step(initial_response.value_or(std::string_view()), out);
    } else {
        return initial_response ? failure(fault::unexpected_message) : mechanism.step({}, out);
    }
}

// Where an exchange stands: the limits that every mechanism has, and the end that is final. A mechanism asks `admit`
// before it looks at a message and tells `settle` what came of it.
class progress {
public:
    explicit progress(const limits& allowed) : longest_(allowed.message), rounds_left_(allowed.rounds) {}

    // A failed step when the message must not be looked at.
    step admit(std::string_view message) {
        if (last_.status == status::failed) return last_;
        if (message.size() > longest_) return last_ = failure(fault::too_long, longest_);
        if (rounds_left_ == 0) return last_ = failure(fault::too_many_rounds);
        --rounds_left_;
        return {};
    }

    // A step that had no room has not happened. Any other failure is repeated for ever.
    step settle(const step& s) {
        if (s.fault == fault::no_room) {
            ++rounds_left_;
            return s;
        }
        begun_ = true;
        return last_ = s;
    }

    bool begun() const { return begun_; }
    bool complete() const { return last_.status == status::done; }

private:
    std::size_t longest_;
    unsigned rounds_left_;
    step last_;
    bool begun_ = false;
};

} // namespace mailwire::sasl
