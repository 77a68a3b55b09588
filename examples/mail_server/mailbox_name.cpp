// SPDX-License-Identifier: BSL-1.0
#include "mail_server/mailbox_name.hpp"

#include "mailwire/core/utf7.hpp"

namespace mail_server {

std::optional<std::string> name_from_wire(std::string_view wire) {
    std::string name(mailwire::mutf7_decode(wire, {}).size, '\0');
    if (!mailwire::mutf7_decode(wire, name)) {
        return std::nullopt;
    }
    return name;
}

std::string name_to_wire(std::string_view name) {
    std::string wire(mailwire::mutf7_encode(name, {}).size, '\0');
    (void)mailwire::mutf7_encode(name, wire);
    return wire;
}

} // namespace mail_server
