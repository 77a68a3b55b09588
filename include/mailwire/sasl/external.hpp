// SPDX-License-Identifier: BSL-1.0
// EXTERNAL, RFC 4422 appendix A: the client is known already, by its TLS certificate for instance.

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

// Whether the client this connection belongs to may act as this one; empty: as whom the certificate names.
template <typename S>
concept external_store = requires(S& s, std::string_view authorization) {
    { s.allows(authorization) } -> std::same_as<bool>;
};

// external_response = [authzid], which is UTF-8 without NUL. An empty one is still a response: protocols write it as "=".
class external_client {
public:
    static constexpr std::string_view name() { return "EXTERNAL"; }
    static constexpr bool client_first = true;

    // Whom to act as; empty: whom the server takes the client for. The view stays valid until the exchange has ended.
    explicit external_client(std::string_view authorization = {}, const limits& allowed = {})
        : authorization_(authorization), progress_(allowed) {}

    sasl::step step(std::string_view challenge, std::span<char> out) {
        if (const sasl::step refused = progress_.admit(challenge); refused.status == status::failed) return refused;
        return progress_.settle(answer(challenge, out));
    }
    bool complete() const { return progress_.complete(); }

private:
    sasl::step answer(std::string_view challenge, std::span<char> out) const {
        if (progress_.begun() || !challenge.empty()) return failure(fault::unexpected_message);
        if (authorization_.size() > out.size()) return no_room(authorization_.size());
        if (const finding found = check_text(authorization_)) return failure(fault::bad_credential, found.offset);
        span_sink to(out);
        to.put(authorization_);
        return {status::done, to.size()};
    }

    std::string_view authorization_;
    progress progress_;
};

// The lent memory takes the name.
template <external_store Store> class external_server {
public:
    static constexpr std::string_view name() { return "EXTERNAL"; }
    static constexpr bool client_first = true;

    external_server(Store& store, std::span<char> lent, const limits& allowed = {})
        : store_(&store), memory_(lent), progress_(allowed) {}

    sasl::step step(std::string_view response, std::span<char>) {
        if (const sasl::step refused = progress_.admit(response); refused.status == status::failed) return refused;
        return progress_.settle(judge(response));
    }
    bool complete() const { return progress_.complete(); }

    // Empty when the client left it to the server: then it is whom the outer layer names.
    std::string_view identity() const { return complete() ? authorization_ : std::string_view(); }

private:
    sasl::step judge(std::string_view response) {
        if (progress_.begun()) return failure(fault::unexpected_message);
        if (const finding found = check_text(response)) return failure(found);
        if (!memory_.keep(response, authorization_)) return failure(fault::too_long);
        return store_->allows(response) ? sasl::step{status::done} : failure(fault::not_allowed);
    }

    Store* store_;
    memory memory_;
    progress progress_;
    std::string_view authorization_;
};

} // namespace mailwire::sasl
