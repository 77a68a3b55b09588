// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "mail_server/pop3_context.hpp"
#include "mail_server/protocol_handler.hpp"

namespace mail_server {

// The POP3 side of the server: takes events from the session, has commands carried out, and goes on with their answers
// as the output drains.
class pop3_handler : public protocol_handler {
public:
    explicit pop3_handler(site& shared);

    waits_for work() override;
    std::span<char> prepare() override { return c_.session.prepare(); }
    void commit(std::size_t octets) override { c_.session.commit(octets); }
    void closed() override { c_.session.closed(); }
    std::string_view output() const override { return c_.session.output(); }
    void sent(std::size_t octets) override { c_.session.sent(octets); }
    void say_goodbye() override {} // POP3 has no word for it
    std::chrono::seconds patience() const override;

private:
    waits_for go_on();
    waits_for take_event();
    void fail(const char* text);

    pop3_context c_;
    bool failed_ = false; // the command under way is answered with what went wrong
};

} // namespace mail_server
