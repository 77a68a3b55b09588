// SPDX-License-Identifier: BSL-1.0
#include "demo/imap_link.hpp"

namespace demo {
namespace {

// Of itself a session lets no password out without TLS. Here that is lifted where the endpoint says that there is none:
// the server is on this machine, or --tls none was asked for.
imap::client_options options_for(const endpoint& where) {
    using mailwire::tls_policy;
    return {.secure = where.security == security::implicit,
            .tls = where.security == security::none ? tls_policy::optional : tls_policy::required};
}

} // namespace

imap_link::imap_link(const endpoint& where, greeting_only) : link_(where, storage_, options_for(where)) {
    if (link_.next_event().kind != imap::client_event_kind::greeting) throw std::runtime_error("no greeting");
}

bool imap_link::finish(const listener& listen) {
    bool ok = true;
    while (session().in_flight_count() != 0) {
        const imap::client_event event = next_event();
        switch (event.kind) {
        case imap::client_event_kind::error:
            throw std::runtime_error(std::string("error: ") + name_of(event.error.code));
        case imap::client_event_kind::closed:
            throw std::runtime_error("the server has closed the connection");
        case imap::client_event_kind::done:
            ok = ok && event.response.status().condition == imap::condition::ok;
            break;
        default:
            break;
        }
        if (listen) listen(event);
    }
    return ok;
}

bool imap_link::start_tls() {
    send(imap::starttls{});
    for (;;) {
        const auto kind = next_event().kind;
        if (kind == imap::client_event_kind::start_tls) break;
        if (kind != imap::client_event_kind::response) return false;
    }
    link_.start_tls();
    require(session().tls_started());
    return true;
}

} // namespace demo
