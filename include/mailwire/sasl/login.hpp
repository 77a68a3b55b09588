// SPDX-License-Identifier: BSL-1.0
// LOGIN, draft-murchison-sasl-login-00: obsolete, and still what some servers offer. Only ever under TLS.

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
#include "mailwire/sasl/store.hpp"

namespace mailwire::sasl {

// The name answers the first challenge, the password the second. What the challenges say is ignored (2.1): servers
// differ, and there is no way to ask for anything else.
class login_client {
public:
    static constexpr std::string_view name() { return "LOGIN"; }
    static constexpr bool client_first = false;

    explicit login_client(const credentials& who, const limits& allowed = {}) : who_(who), progress_(allowed) {}

    sasl::step step(std::string_view challenge, std::span<char> out) {
        if (const sasl::step refused = progress_.admit(challenge); refused.status == status::failed) return refused;
        return progress_.settle(answer(out));
    }
    bool complete() const { return progress_.complete(); }

private:
    sasl::step answer(std::span<char> out) const {
        if (complete()) return failure(fault::unexpected_message);
        const std::string_view text = progress_.begun() ? who_.password : who_.user;
        if (text.size() > out.size()) return no_room(text.size());
        if (text.empty() || !who_.authorization.empty()) return failure(fault::bad_credential);
        if (const finding found = progress_.begun() ? check_controls(text) : check_text(text)) {
            return failure(fault::bad_credential, found.offset);
        }
        span_sink to(out);
        to.put(text);
        return {progress_.begun() ? status::done : status::more, text.size()};
    }

    credentials who_;
    progress progress_;
};

// What a server asks. The draft has "User Name" and "Password", and lets a server say what clients in use wait for.
struct login_prompts {
    std::string_view user = "Username:";
    std::string_view password = "Password:";
};

// A password may be of any octets but controls (2); a name is UTF-8. That a name be shorter than 64 characters (2) is
// not demanded: addresses are longer. The lent memory takes the name.
template <password_store Store> class login_server {
public:
    static constexpr std::string_view name() { return "LOGIN"; }
    static constexpr bool client_first = false;
    static constexpr bool takes_early_answer = true; // curl and mutt send the name with the command

    login_server(Store& store, std::span<char> lent, const limits& allowed = {}, const login_prompts& prompts = {})
        : store_(&store), memory_(lent), prompts_(prompts), progress_(allowed) {}

    sasl::step step(std::string_view response, std::span<char> out) {
        if (const sasl::step refused = progress_.admit(response); refused.status == status::failed) return refused;
        return progress_.settle(judge(response, out));
    }
    bool complete() const { return progress_.complete(); }
    std::string_view identity() const { return complete() ? user_ : std::string_view(); }

private:
    sasl::step judge(std::string_view response, std::span<char> out) {
        if (!progress_.begun() && response.empty()) return ask(prompts_.user, out);
        if (complete()) return failure(fault::unexpected_message);
        if (response.empty()) return failure(fault::bad_syntax);
        if (user_.empty()) {
            if (const finding found = check_text(response)) return failure(found);
            if (prompts_.password.size() > out.size()) return no_room(prompts_.password.size());
            return memory_.keep(response, user_) ? ask(prompts_.password, out) : failure(fault::too_long);
        }
        if (const finding found = check_controls(response)) return failure(found);
        return store_->check(user_, response) ? sasl::step{status::done} : failure(fault::not_allowed);
    }

    static sasl::step ask(std::string_view prompt, std::span<char> out) {
        span_sink to(out);
        to.put(prompt);
        return to.ok() ? sasl::step{status::more, prompt.size()} : no_room(prompt.size());
    }

    Store* store_;
    memory memory_;
    login_prompts prompts_;
    progress progress_;
    std::string_view user_;
};

} // namespace mailwire::sasl
