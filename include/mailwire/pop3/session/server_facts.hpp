// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "mailwire/core/item.hpp"
#include "mailwire/pop3/grammar/response.hpp"
#include "mailwire/pop3/model/capabilities.hpp"

namespace mailwire::pop3 {

// What a client session knows of its server. All of it is forgotten when TLS begins (RFC 2595 4).
class server_facts {
public:
    const capability_set& capabilities() const { return capabilities_; }
    // See client::capabilities_due.
    bool due() const { return due_; }
    bool utf8_texts() const { return utf8_texts_; }
    bool apop_offered() const { return apop_offered_; }

    // Whether a "[" is a response code. AUTH-RESP-CODE alone says that there are some (RFC 3206 6).
    response_codes codes() const {
        if (!capabilities_.known) return response_codes::unknown;
        if (capabilities_.resp_codes) return response_codes::announced;
        return capabilities_.auth_resp_code ? response_codes::unknown : response_codes::absent;
    }

    void offer_apop() { apop_offered_ = true; }
    void agree_on_utf8_texts() { utf8_texts_ = true; }

    // CAPA is answered, line by line. Only a listing that comes to its end counts.
    void begin_listing(bool ok) {
        learned_ = {};
        due_ = due_ && ok; // -ERR: this server has no CAPA
    }
    template <typename Profile> void learn(const item<slot::capability>& line) {
        visit<Profile>(line, [this](const auto& announced) {
            if constexpr (requires { announced.learn(learned_); }) announced.learn(learned_);
        });
    }
    void end_listing() {
        capabilities_ = learned_;
        capabilities_.known = true;
        due_ = false;
    }

    // The user is known now: what depends on it has to be asked again (RFC 2449 6.5 and 6.7).
    void log_in() { due_ = due_ || capabilities_.login_delay_per_user || capabilities_.expire_per_user; }

private:
    capability_set capabilities_;
    capability_set learned_;
    bool due_ = true;
    bool utf8_texts_ = false;
    bool apop_offered_ = false;
};

} // namespace mailwire::pop3
