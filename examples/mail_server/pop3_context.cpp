// SPDX-License-Identifier: BSL-1.0
#include "mail_server/pop3_context.hpp"

namespace mail_server {
namespace {

pop3::server_options options_of(const pop3_terms& terms, security secured) {
    pop3::server_options wanted;
    wanted.limits.login_seconds = terms.login_seconds;
    wanted.limits.idle_seconds = terms.idle_seconds;
    wanted.secure = secured == security::always;
    wanted.tls = terms.needs_tls ? mailwire::tls_policy::required : mailwire::tls_policy::optional;
    wanted.quirks = pop3::quirks::auth_without_mechanism | pop3::quirks::mechanism_in_any_case;
    return wanted;
}

} // namespace

pop3_context::pop3_context(site& all, security secured)
    : shared(all), session(storage.buffers(), options_of(all.pop3, secured)) {}

void ok(pop3_context& c, const pop3_text& text) {
    c.reply.add([&c, words = text.in(c.language)] { return progress_of(c.session.ok(words), c.session); });
}

void refuse(pop3_context& c, const pop3_text& text, pop3::response_code code) {
    c.reply.add([&c, code, words = text.in(c.language)] { return progress_of(c.session.err(code, words), c.session); });
}

void end_lines(pop3_context& c) {
    c.reply.add([&c] { return progress_of(c.session.end_of_lines(), c.session); });
}

} // namespace mail_server
