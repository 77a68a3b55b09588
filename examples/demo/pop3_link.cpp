// SPDX-License-Identifier: BSL-1.0
#include "demo/pop3_link.hpp"

namespace demo {
namespace {

// Of itself a session lets no password out without TLS. Here that is lifted where the endpoint says that there is none:
// the server is on this machine, or --tls none was asked for.
pop3::client_options options_for(const endpoint& where) {
    using mailwire::tls_policy;
    return {.apop = true,
            .secure = where.security == security::implicit,
            .tls = where.security == security::none ? tls_policy::optional : tls_policy::required};
}

} // namespace

pop3_link::pop3_link(const endpoint& where, greeting_only) : link_(where, storage_, options_for(where)) {
    const auto event = link_.next_event();
    if (event.kind != pop3::client_event_kind::greeting || !event.ok) throw std::runtime_error("no greeting");
    timestamp_ = event.greeting().timestamp;
}

bool pop3_link::finish(const listener& listen) {
    bool ok = true;
    while (session().in_flight() != 0) {
        const pop3::client_event event = next_event();
        if (event.kind == pop3::client_event_kind::error) {
            throw std::runtime_error(std::string("error: ") + name_of(event.error.code));
        }
        if (event.kind == pop3::client_event_kind::closed) return false;
        if (event.kind == pop3::client_event_kind::reply) ok = ok && event.ok;
        if (listen) listen(event);
    }
    return ok;
}

bool pop3_link::start_tls() {
    send(pop3::stls{});
    const auto event = next_event();
    if (event.kind != pop3::client_event_kind::start_tls) return false;
    link_.start_tls();
    require(session().tls_started());
    return true;
}

} // namespace demo
