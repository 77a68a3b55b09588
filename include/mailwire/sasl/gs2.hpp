// SPDX-License-Identifier: BSL-1.0
// The GS2 header and the names in it, which SCRAM (RFC 5802 7) and OAUTHBEARER (RFC 7628 3.1) begin with.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "mailwire/core/chars.hpp"
#include "mailwire/core/parts_of.hpp"
#include "mailwire/core/sink.hpp"
#include "mailwire/sasl/fault.hpp"
#include "mailwire/sasl/reader.hpp"

namespace mailwire::sasl {

// What a client says about channel binding, which this library does not do.
enum class channel_binding : std::uint8_t {
    unsupported, // "n": the client cannot do it
    not_offered, // "y": the client can, but has not seen the server offer a mechanism with -PLUS
};

// saslname = 1*(value-safe-char / "=2C" / "=3D")
//
// Writes a name, with "," and "=" escaped.
template <sink Out> void write_saslname(Out& out, std::string_view name) {
    while (!name.empty()) {
        const std::size_t plain = name.find_first_of(",=");
        out.put(head_of(name, plain));
        if (plain == name.npos) return;
        out.put(name[plain] == ',' ? "=2C" : "=3D");
        name.remove_prefix(plain + 1);
    }
}

// Reads a name up to the next "," and returns it as it stands, escapes and all. A control character in it is a fault of
// its own: the rule would let it pass, no user has it.
inline std::string_view read_saslname(reader& in) {
    const std::size_t start = in.offset();
    const std::string_view name = in.some(octet_range(0, 255) - octets(","));
    if (const finding found = check_text(name, start)) in.fail(found);
    for (std::size_t at = name.find('='); at != name.npos; at = name.find('=', at + 1)) {
        const std::string_view escape = head_of(tail_of(name, at), 3);
        if (escape != "=2C" && escape != "=3D") in.fail({fault::bad_syntax, start + at});
    }
    return name;
}

// Writes what a name that was read means. Requires a name read_saslname took.
template <sink Out> void write_unescaped(Out& out, std::string_view name) {
    while (!name.empty()) {
        const std::size_t plain = name.find('=');
        out.put(head_of(name, plain));
        if (plain == name.npos) return;
        out.put(name[plain + 1] == '2' ? "," : "=");
        name.remove_prefix(plain + 3);
    }
}

// gs2-header     = gs2-cbind-flag "," [ authzid ] ","
// gs2-cbind-flag = ("p=" cb-name) / "n" / "y"
// authzid        = "a=" saslname
template <sink Out> void write_gs2_header(Out& out, channel_binding binding, std::string_view authorization) {
    out.put(binding == channel_binding::unsupported ? "n," : "y,");
    if (!authorization.empty()) {
        out.put("a=");
        write_saslname(out, authorization);
    }
    out.put(",");
}

// Returns the authzid as it stands, or nothing. "p=" is the fault channel_binding: no server here offers -PLUS. "y" says
// that the client thinks so too.
inline std::string_view read_gs2_header(reader& in) {
    if (in.sees('p')) in.fail(fault::channel_binding);
    if (!in.take('n')) {
        if (!in.expect('y')) return {};
    }
    in.expect(',');
    std::string_view authorization;
    if (in.sees('a')) {
        in.expect("a=");
        authorization = read_saslname(in);
    }
    in.expect(',');
    return authorization;
}

} // namespace mailwire::sasl
