// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mail_server {

// What stands for a mailbox or a host that an address lacks. NIL cannot: it is the mark of a group.
inline constexpr std::string_view missing_mailbox = "MISSING_MAILBOX";
inline constexpr std::string_view missing_domain = "MISSING_DOMAIN";

// An address of an ENVELOPE, RFC 9051 7.5.2. Where the host is none, it is no address but the edge of a group: the
// start, with the group's name as mailbox, or the end, without any.
struct address {
    std::optional<std::string> name;    // the display name without its quotes; encoded words stay as they are
    std::optional<std::string> adl;     // the source route of RFC 5322 4.4, "@one,@two"
    std::optional<std::string> mailbox; // the local part without its quotes
    std::optional<std::string> host;

    friend bool operator==(const address&, const address&) = default;
};

using address_list = std::vector<address>;

// The addresses of a field's value, RFC 5322 3.4 and 4.4, folded or not. Never fails: what is no address is read as
// near to one as can be, and each comma of a broken list is a new beginning. "a@b (Name)" has the comment as its name.
address_list parse_addresses(std::string_view value);

// RFC 9051 7.5.2. Texts are unfolded and otherwise as they stand; none if the field is absent. A list is empty if its
// field is absent or names nobody; sender and reply_to are then the same as from. A text field that is there twice
// counts the first time, an address field each time.
struct envelope {
    std::optional<std::string> date;
    std::optional<std::string> subject;
    address_list from;
    address_list sender;
    address_list reply_to;
    address_list to;
    address_list cc;
    address_list bcc;
    std::optional<std::string> in_reply_to;
    std::optional<std::string> message_id;

    friend bool operator==(const envelope&, const envelope&) = default;
};

// The envelope that a header has.
envelope read_envelope(std::string_view header);

} // namespace mail_server
