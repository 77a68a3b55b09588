// SPDX-License-Identifier: BSL-1.0
// ANONYMOUS, RFC 4505.

#pragma once

#include <concepts>
#include <cstddef>
#include <span>
#include <string_view>

#include "mailwire/core/sink.hpp"
#include "mailwire/sasl/fault.hpp"
#include "mailwire/sasl/limits.hpp"
#include "mailwire/sasl/mechanism.hpp"
#include "mailwire/sasl/memory.hpp"
#include "mailwire/sasl/reader.hpp"

namespace mailwire::sasl {

// message = [ email / token ]
// token   = 1*255TCHAR             ;; TCHAR is any UTF-8 encoded character except "@"
// email   = addr-spec
//
// Judges a trace. Control characters are refused (3, the "trace" profile); the profile's other tables are the caller's.
// Of an address it asks that something stands on either side of the last "@": nobody is reached by it.
inline finding check_trace(std::string_view trace) {
    constexpr std::size_t most_characters = 255;
    if (const finding found = check_text(trace)) return found;
    if (const std::size_t at = trace.rfind('@'); at != trace.npos) {
        return at == 0 || at + 1 == trace.size() ? finding{fault::bad_syntax, at} : finding{};
    }
    std::size_t characters = 0;
    for (std::size_t i = 0; i != trace.size(); ++i) {
        const bool continues = (static_cast<unsigned char>(trace[i]) & 0xc0U) == 0x80;
        if (!continues && ++characters > most_characters) return {fault::too_long, i};
    }
    return {};
}

class anonymous_client {
public:
    static constexpr std::string_view name() { return "ANONYMOUS"; }
    static constexpr bool client_first = true;

    // An address or a token for the server's log; may be empty. Valid until the exchange has ended.
    explicit anonymous_client(std::string_view trace = {}, const limits& allowed = {})
        : trace_(trace), progress_(allowed) {}

    sasl::step step(std::string_view challenge, std::span<char> out) {
        if (const sasl::step refused = progress_.admit(challenge); refused.status == status::failed) return refused;
        return progress_.settle(answer(challenge, out));
    }
    bool complete() const { return progress_.complete(); }

private:
    sasl::step answer(std::string_view challenge, std::span<char> out) const {
        if (progress_.begun() || !challenge.empty()) return failure(fault::unexpected_message);
        if (trace_.size() > out.size()) return no_room(trace_.size());
        if (const finding found = check_trace(trace_)) return failure(fault::bad_credential, found.offset);
        span_sink to(out);
        to.put(trace_);
        return {status::done, to.size()};
    }

    std::string_view trace_;
    progress progress_;
};

// Whether a stranger may come in.
template <typename S>
concept anonymous_store = requires(S& s, std::string_view trace) {
    { s.admits(trace) } -> std::same_as<bool>;
};

// The lent memory takes the trace, which may have 1020 octets.
template <anonymous_store Store> class anonymous_server {
public:
    static constexpr std::string_view name() { return "ANONYMOUS"; }
    static constexpr bool client_first = true;

    anonymous_server(Store& store, std::span<char> lent, const limits& allowed = {})
        : store_(&store), memory_(lent), progress_(allowed) {}

    sasl::step step(std::string_view response, std::span<char>) {
        if (const sasl::step refused = progress_.admit(response); refused.status == status::failed) return refused;
        return progress_.settle(judge(response));
    }
    bool complete() const { return progress_.complete(); }

    // Always the same: the trace is what a stranger says of itself and names no user.
    std::string_view identity() const { return complete() ? "anonymous" : std::string_view(); }

    // What the client said for the log; valid as long as the lent memory.
    std::string_view trace() const { return trace_; }

private:
    sasl::step judge(std::string_view response) {
        if (progress_.begun()) return failure(fault::unexpected_message);
        if (const finding found = check_trace(response)) return failure(found);
        if (!memory_.keep(response, trace_)) return failure(fault::too_long);
        return store_->admits(response) ? sasl::step{status::done} : failure(fault::not_allowed);
    }

    Store* store_;
    memory memory_;
    progress progress_;
    std::string_view trace_;
};

} // namespace mailwire::sasl
