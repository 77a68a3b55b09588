// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace mail_server {

// The octets that a body stands for under a Content-Transfer-Encoding, RFC 2045 6; none if the encoding is not known.
// Never fails otherwise: what is no base64 digit is passed over, RFC 2045 6.8, and a "=" that encodes nothing in
// quoted-printable stands for itself, RFC 2045 6.7.
std::optional<std::string> decode_transfer(std::string_view encoding, std::string_view body);

} // namespace mail_server
