// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "mail_server/connection.hpp"
#include "mail_server/pop3_context.hpp"
#include "mail_server/protocol_handler.hpp"

namespace mail_server {

// The POP3 side of the server: takes events from the session, has commands carried out, and goes on with their answers
// as the output drains.
class pop3_handler : public protocol_handler {
public:
    pop3_handler(site& shared, security secured);

    void at(time_point now) override;
    waits_for work() override;
    std::span<char> prepare() override { return c_.session.prepare(); }
    void commit(std::size_t octets) override { c_.session.commit(octets); }
    void closed() override { c_.session.closed(); }
    void tls_started() override;
    std::string_view output() const override { return c_.session.output(); }
    void sent(std::size_t octets) override { c_.session.sent(octets); }
    void say_goodbye() override {} // POP3 has no word for it
    std::chrono::seconds patience() const override;
    time_point deadline() const override;

private:
    waits_for go_on();
    waits_for take_event();
    waits_for take_command(const mailwire::item<pop3::slot::command>& command);
    void fail();

    pop3_context c_;
    bool failed_ = false; // the command under way is answered with what went wrong
};

} // namespace mail_server
