// SPDX-License-Identifier: BSL-1.0
// OAUTHBEARER, RFC 7628. Only ever under TLS.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "mailwire/core/chars.hpp"
#include "mailwire/core/sink.hpp"
#include "mailwire/sasl/bearer.hpp"
#include "mailwire/sasl/fault.hpp"
#include "mailwire/sasl/gs2.hpp"
#include "mailwire/sasl/memory.hpp"
#include "mailwire/sasl/reader.hpp"

namespace mailwire::sasl {

// kvsep       = %x01
// key         = 1*(ALPHA)
// value       = *(VCHAR / SP / HTAB / CR / LF )
// kvpair      = key "=" value kvsep
// client-resp = (gs2-header kvsep *kvpair kvsep) / kvsep
//
// The second form answers an error message and is nothing to begin with. Of the keys, auth has to be there; auth, host
// and port are read and stand once at most, others are ignored.
struct oauthbearer {
    static constexpr std::string_view name() { return "OAUTHBEARER"; }
    static constexpr std::string_view dummy = "\1";
    static constexpr char_class value = vchar | octets(" \t\r\n");

    static finding check(const bearer_credentials& shown) {
        if (const finding found = check_text(shown.user)) return found;
        reader host(shown.host);
        host.any(vchar);
        host.expect_end();
        return host.ok() ? check_token(shown.token) : host.found();
    }

    template <sink Out> static void write(Out& out, const bearer_credentials& shown) {
        write_gs2_header(out, channel_binding::unsupported, shown.user);
        if (!shown.host.empty()) {
            out.put("\1host=");
            out.put(shown.host);
        }
        if (shown.port != 0) {
            out.put("\1port=");
            write_port(out, shown.port);
        }
        out.put("\1auth=Bearer ");
        out.put(shown.token);
        out.put("\1\1");
    }

    static finding read(std::string_view message, memory& names, bearer_credentials& shown) {
        reader in(message);
        const std::string_view user = read_gs2_header(in);
        in.expect('\1');
        pairs seen;
        while (in.ok() && !in.take('\1'))
            read_pair(in, shown, seen);
        if (in.ok() && !seen.auth) in.fail(fault::bad_syntax);
        in.expect_end();
        span_sink to(names.rest());
        write_unescaped(to, in.ok() ? user : std::string_view());
        if (!to.ok()) return {fault::too_long, 0};
        shown.user = names.take(to.size());
        return in.found();
    }

private:
    struct pairs {
        bool auth = false;
        bool host = false;
        bool port = false;
    };

    static void read_pair(reader& in, bearer_credentials& shown, pairs& seen) {
        const std::size_t start = in.offset();
        const std::string_view key = in.some(alpha);
        in.expect('=');
        const auto once = [&](bool& before) {
            if (before) in.fail({fault::bad_syntax, start});
            before = true;
        };
        if (key == "auth") {
            once(seen.auth);
            shown.token = read_auth(in);
        } else if (key == "host") {
            once(seen.host);
            shown.host = in.any(value);
        } else if (key == "port") {
            once(seen.port);
            shown.port = read_port(in);
        } else {
            in.any(value);
        }
        in.expect('\1');
    }

    // An empty value asks which scope is wanted (4.3).
    static std::string_view read_auth(reader& in) {
        if (in.sees('\1')) return {};
        in.expect_in_any_case("Bearer");
        in.expect(' ');
        return read_token(in);
    }

    // A positive number without leading zeros, 3.1.
    static std::uint16_t read_port(reader& in) {
        if (in.sees('0')) in.fail(fault::bad_syntax);
        const std::size_t start = in.offset();
        std::uint32_t port = 0;
        for (const char c : in.some(digit)) {
            port = port * 10 + static_cast<std::uint32_t>(c - '0');
            if (port > 0xffff) {
                in.fail({fault::bad_syntax, start});
                return 0;
            }
        }
        return static_cast<std::uint16_t>(port);
    }

    template <sink Out> static void write_port(Out& out, std::uint32_t port) {
        std::array<char, 5> digits{};
        std::size_t first = digits.size();
        for (; port != 0; port /= 10)
            digits[--first] = static_cast<char>('0' + port % 10);
        out.put({digits.data() + first, digits.size() - first});
    }
};

using oauthbearer_client = bearer_client<oauthbearer>;
template <bearer_store Store> using oauthbearer_server = bearer_server<oauthbearer, Store>;

} // namespace mailwire::sasl
