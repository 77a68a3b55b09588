// SPDX-License-Identifier: BSL-1.0
// PLAIN, RFC 4616. The password goes over the wire as it is: only ever under TLS.

#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "mailwire/core/sink.hpp"
#include "mailwire/sasl/fault.hpp"
#include "mailwire/sasl/limits.hpp"
#include "mailwire/sasl/mechanism.hpp"
#include "mailwire/sasl/memory.hpp"
#include "mailwire/sasl/reader.hpp"
#include "mailwire/sasl/secret.hpp"
#include "mailwire/sasl/store.hpp"

namespace mailwire::sasl {

// message = [authzid] UTF8NUL authcid UTF8NUL passwd
// authcid = 1*SAFE ; MUST accept up to 255 octets
// authzid = 1*SAFE ; MUST accept up to 255 octets
// passwd  = 1*SAFE ; MUST accept up to 255 octets
//
// SAFE is any UTF-8 but NUL; control characters are refused, as SASLprep does in names and passwords (appendix A). The
// views of `read` point into the message.
inline finding read_plain(std::string_view message, credentials& read) {
    constexpr char_class safe = octet_range(1, 255);
    constexpr char nul = '\0';
    reader in(message);
    const auto part = [&in](std::string_view text) {
        if (const finding found = check_text(text, in.offset() - text.size())) in.fail(found);
        return text;
    };
    read.authorization = part(in.any(safe));
    in.expect(nul);
    read.user = part(in.some(safe));
    in.expect(nul);
    read.password = part(in.some(safe));
    in.expect_end();
    return in.found();
}

class plain_client {
public:
    static constexpr std::string_view name() { return "PLAIN"; }
    static constexpr bool client_first = true;

    explicit plain_client(const credentials& who, const limits& allowed = {}) : who_(who), progress_(allowed) {}

    sasl::step step(std::string_view challenge, std::span<char> out) {
        if (const sasl::step refused = progress_.admit(challenge); refused.status == status::failed) return refused;
        return progress_.settle(answer(challenge, out));
    }
    bool complete() const { return progress_.complete(); }

private:
    sasl::step answer(std::string_view challenge, std::span<char> out) const {
        if (progress_.begun() || !challenge.empty()) return failure(fault::unexpected_message);
        const std::size_t size = octets_of({who_.authorization, who_.user, who_.password}, 2);
        if (size > out.size()) return no_room(size);
        for (const std::string_view part : {who_.authorization, who_.user, who_.password}) {
            if (const finding found = check_text(part)) return failure(fault::bad_credential, found.offset);
        }
        if (who_.user.empty() || who_.password.empty()) return failure(fault::bad_credential);
        span_sink to(out);
        to.put(who_.authorization);
        to.put({"\0", 1});
        to.put(who_.user);
        to.put({"\0", 1});
        to.put(who_.password);
        return {status::done, size};
    }

    credentials who_;
    progress progress_;
};

// The store says whether the password is right, and whether the user may act as another. The lent memory takes the name
// of whom the client acts as; 255 octets are what RFC 4616 2 asks for at least.
template <typename Store>
requires password_store<Store> && authorizing_store<Store>
class plain_server {
public:
    static constexpr std::string_view name() { return "PLAIN"; }
    static constexpr bool client_first = true;

    plain_server(Store& store, std::span<char> lent, const limits& allowed = {})
        : store_(&store), memory_(lent), progress_(allowed) {}

    sasl::step step(std::string_view response, std::span<char>) {
        if (const sasl::step refused = progress_.admit(response); refused.status == status::failed) return refused;
        return progress_.settle(judge(response));
    }
    bool complete() const { return progress_.complete(); }
    std::string_view identity() const { return complete() ? identity_ : std::string_view(); }

private:
    sasl::step judge(std::string_view response) {
        if (progress_.begun()) return failure(fault::unexpected_message);
        credentials who;
        if (const finding found = read_plain(response, who)) return failure(found);
        const bool as_itself = who.authorization.empty() || who.authorization == who.user;
        if (!memory_.keep(as_itself ? who.user : who.authorization, identity_)) return failure(fault::too_long);
        const bool right = store_->check(who.user, who.password);
        if (!right || (!as_itself && !store_->allows(who.user, who.authorization))) return failure(fault::not_allowed);
        return {status::done};
    }

    Store* store_;
    memory memory_;
    progress progress_;
    std::string_view identity_;
};

} // namespace mailwire::sasl
