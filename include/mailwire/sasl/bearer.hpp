// SPDX-License-Identifier: BSL-1.0
// Logging in with an OAuth token (RFC 6750): what XOAUTH2 and OAUTHBEARER share. They differ in how a message is written
// and in what answers an error; that is their Format:
//
//   name()                       the mechanism's name
//   dummy                        what answers an error message
//   check(shown)                 what is wrong with the client's own values, and where in its text
//   write(out, shown)            the client's message
//   read(message, names, shown)  the same the other way; the user's name is kept in memory, the rest are views

#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "mailwire/core/chars.hpp"
#include "mailwire/core/parts_of.hpp"
#include "mailwire/core/sink.hpp"
#include "mailwire/sasl/fault.hpp"
#include "mailwire/sasl/limits.hpp"
#include "mailwire/sasl/mechanism.hpp"
#include "mailwire/sasl/memory.hpp"
#include "mailwire/sasl/reader.hpp"

namespace mailwire::sasl {

// A token and whose mail it opens. In a server, `user` is what the client asked for and may be empty in OAUTHBEARER.
// host and port are what the client connected to, as it says; OAUTHBEARER only, empty and 0 when it does not say.
struct bearer_credentials {
    std::string_view user;
    std::string_view token;
    std::string_view host = {};
    std::uint16_t port = 0;
};

// What a server thinks of a token.
//   identity  whose it is, when that is not the user the client named; valid until `step` has returned
//   error     the answer to a client that is not allowed, in JSON (RFC 7628 3.2.2)
struct bearer_verdict {
    bool allowed = false;
    std::string_view identity = {};
    std::string_view error = R"({"status":"invalid_token"})";
};

// Judges a token: whether it is good, for this server, and for this user. Where the client names a host and a port, they
// must be the server's (RFC 7628 3.2). It is asked with an empty token too, by clients that want to know the scope;
// whatever it says then, the answer is no.
template <typename S>
concept bearer_store = requires(S& s, const bearer_credentials& shown) {
    { s.check(shown) } -> std::same_as<bearer_verdict>;
};

// b64token = 1*( ALPHA / DIGIT / "-" / "." / "_" / "~" / "+" / "/" ) *"="             RFC 6750 2.1
inline std::string_view read_token(reader& in) {
    constexpr char_class token_char = alpha | digit | octets("-._~+/");
    const std::string_view rest = in.rest();
    const std::size_t size = in.some(token_char).size();
    return in.ok() ? head_of(rest, size + in.any(octets("=")).size()) : std::string_view();
}

inline finding check_token(std::string_view token) {
    reader in(token);
    read_token(in);
    in.expect_end();
    return in.found();
}

// An error message is answered as the mechanism wants it, and fails with `refused`; the challenge was the reason, in
// JSON, and is the caller's to look at.
template <typename Format> class bearer_client {
public:
    static constexpr std::string_view name() { return Format::name(); }
    static constexpr bool client_first = true;

    explicit bearer_client(const bearer_credentials& shown, const limits& allowed = {})
        : shown_(shown), progress_(allowed) {}

    sasl::step step(std::string_view challenge, std::span<char> out) {
        if (const sasl::step refused = progress_.admit(challenge); refused.status == status::failed) return refused;
        return progress_.settle(answer(challenge, out));
    }
    bool complete() const { return progress_.complete(); }

private:
    sasl::step answer(std::string_view challenge, std::span<char> out) const {
        span_sink to(out);
        if (progress_.begun()) {
            if (!complete()) return failure(fault::unexpected_message);
            to.put(Format::dummy);
            return to.ok() ? sasl::step{status::more, to.size(), fault::refused} : no_room(to.size());
        }
        if (!challenge.empty()) return failure(fault::unexpected_message);
        const std::size_t least = octets_of({shown_.user, shown_.token, shown_.host});
        if (least > out.size()) return no_room(least);
        if (const finding found = Format::check(shown_)) return failure(fault::bad_credential, found.offset);
        size_sink needed;
        Format::write(needed, shown_);
        if (needed.size() > out.size()) return no_room(needed.size());
        Format::write(to, shown_);
        return {status::done, to.size()};
    }

    bearer_credentials shown_;
    progress progress_;
};

// The lent memory takes the name of whom the client acts as.
template <typename Format, bearer_store Store> class bearer_server {
public:
    static constexpr std::string_view name() { return Format::name(); }
    static constexpr bool client_first = true;

    bearer_server(Store& store, std::span<char> lent, const limits& allowed = {})
        : store_(&store), memory_(lent), progress_(allowed) {}

    sasl::step step(std::string_view response, std::span<char> out) {
        if (const sasl::step refused = progress_.admit(response); refused.status == status::failed) return refused;
        return progress_.settle(judge(response, out));
    }
    bool complete() const { return progress_.complete(); }
    std::string_view identity() const { return complete() ? identity_ : std::string_view(); }

private:
    sasl::step judge(std::string_view response, std::span<char> out) {
        if (complete()) return failure(fault::unexpected_message);
        if (progress_.begun()) return failure(response == Format::dummy ? fault::not_allowed : fault::bad_syntax);
        memory names = memory_;
        bearer_credentials shown;
        if (const finding found = Format::read(response, names, shown)) return failure(found);
        const bearer_verdict verdict = store_->check(shown);
        if (verdict.allowed && !shown.token.empty()) {
            identity_ = shown.user;
            const bool other = !verdict.identity.empty() && verdict.identity != shown.user;
            if (other && !names.keep(verdict.identity, identity_)) return failure(fault::too_long);
            return {status::done};
        }
        span_sink to(out);
        to.put(verdict.error);
        return to.ok() ? sasl::step{status::more, to.size(), fault::not_allowed} : no_room(to.size());
    }

    Store* store_;
    memory memory_;
    progress progress_;
    std::string_view identity_;
};

} // namespace mailwire::sasl
