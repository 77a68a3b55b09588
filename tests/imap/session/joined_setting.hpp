// SPDX-License-Identifier: BSL-1.0
// What two joined sessions begin with, as a seed says: what the server has, whether there is TLS, sizes.

#pragma once

#include "imap/session/boxes.hpp"

#include <string_view>
#include <vector>

namespace mailwire::test {

struct joined_setting {
    std::vector<std::string_view> capabilities; // but those that come and go
    bool secure = false;                        // from the start
    bool has_tls = false;                       // STARTTLS
    bool login_disabled = false;                // before TLS
    bool has_compression = false;
    bool preauth = false;
    bool announces = false; // in the greeting
    sizes client_sizes = {};
    sizes server_sizes = {};
    imap::client_options client = {};
    imap::server_options server = {};

    bool has(std::string_view name) const {
        return std::find(capabilities.begin(), capabilities.end(), name) != capabilities.end();
    }
    // What the server announces now.
    std::vector<text> announced(bool secure_now, bool compressed) const {
        std::vector<text> all(capabilities.begin(), capabilities.end());
        if (has_tls && !secure_now) all.emplace_back("STARTTLS");
        if (login_disabled && !secure_now) all.emplace_back("LOGINDISABLED");
        if (has_compression && !compressed) all.emplace_back("COMPRESS=DEFLATE");
        return all;
    }
};

inline joined_setting setting_of(generator& random) {
    static constexpr std::string_view optional[] = {
        "SASL-IR", "IDLE",    "ENABLE", "UNSELECT", "NAMESPACE",      "MOVE",         "UIDPLUS",   "CONDSTORE",
        "QRESYNC", "UIDONLY", "QUOTA",  "ID",       "UNAUTHENTICATE", "AUTH=X-DANCE", "AUTH=X-OWN"};
    joined_setting s;
    const std::size_t revision = random.below(3);
    if (revision != 1) s.capabilities.emplace_back("IMAP4rev1");
    if (revision != 0) s.capabilities.emplace_back("IMAP4rev2");
    for (const std::string_view name : optional) {
        if (!random.one_in(4)) s.capabilities.push_back(name);
    }
    const std::size_t literals = random.below(3);
    if (literals == 1) s.capabilities.emplace_back("LITERAL+");
    if (literals == 2) s.capabilities.emplace_back("LITERAL-");
    s.secure = random.one_in(6);
    s.has_tls = !s.secure && random.one_in(2);
    s.login_disabled = random.one_in(6);
    s.has_compression = random.one_in(2);
    s.preauth = random.one_in(8);
    s.announces = !random.one_in(3);
    s.client_sizes = {.out = random.one_in(2) ? 800U : 4096U, .commands = random.one_in(2) ? 4U : 16U};
    s.server_sizes = {.in = 3000, .out = random.one_in(2) ? 2000U : 8192U};
    s.client.secure = s.server.secure = s.secure;
    s.client.limits.inline_literal = 128;
    s.server.limits.literal = random.one_in(3) ? 3000 : 1U << 20U;
    s.server.limits.bad_commands_before_login = 20;
    s.server.limits.login_seconds = 3600; // octet by octet a login takes many turns
    if (random.one_in(6)) s.server.tls = tls_policy::required;
    s.client.tls = random.one_in(6) && !s.preauth ? tls_policy::required : tls_policy::optional;
    return s;
}

} // namespace mailwire::test
