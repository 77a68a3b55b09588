// SPDX-License-Identifier: BSL-1.0
// XOAUTH2, as Google defined it before OAUTHBEARER and as Microsoft took it over. Only ever under TLS.

#pragma once

#include <string_view>

#include "mailwire/core/chars.hpp"
#include "mailwire/core/sink.hpp"
#include "mailwire/sasl/bearer.hpp"
#include "mailwire/sasl/fault.hpp"
#include "mailwire/sasl/memory.hpp"
#include "mailwire/sasl/reader.hpp"

namespace mailwire::sasl {

// "user=" user %x01 "auth=Bearer " token %x01 %x01; an error message is answered by an empty one.
struct xoauth2 {
    static constexpr std::string_view name() { return "XOAUTH2"; }
    static constexpr std::string_view dummy = "";

    static finding check(const bearer_credentials& shown) {
        if (shown.user.empty()) return {fault::bad_syntax, 0};
        if (const finding found = check_text(shown.user)) return found;
        return check_token(shown.token);
    }

    template <sink Out> static void write(Out& out, const bearer_credentials& shown) {
        out.put("user=");
        out.put(shown.user);
        out.put("\1auth=Bearer ");
        out.put(shown.token);
        out.put("\1\1");
    }

    static finding read(std::string_view message, memory& names, bearer_credentials& shown) {
        reader in(message);
        in.expect("user=");
        const std::size_t start = in.offset();
        const std::string_view user = in.some(octet_range(0, 255) - octets("\1"));
        if (const finding found = check_text(user, start)) in.fail(found);
        in.expect("\1auth=");
        in.expect_in_any_case("Bearer");
        in.expect(' ');
        shown.token = read_token(in);
        in.expect("\1\1");
        in.expect_end();
        if (in.ok() && !names.keep(user, shown.user)) in.fail({fault::too_long, start});
        return in.found();
    }
};

using xoauth2_client = bearer_client<xoauth2>;
template <bearer_store Store> using xoauth2_server = bearer_server<xoauth2, Store>;

} // namespace mailwire::sasl
