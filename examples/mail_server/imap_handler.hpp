// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "mail_server/connection.hpp"
#include "mail_server/imap_context.hpp"
#include "mail_server/protocol_handler.hpp"

namespace mail_server {

// The IMAP side of the server: takes events from the session, has commands carried out, and goes on with their answers
// as the output drains.
class imap_handler : public protocol_handler {
public:
    imap_handler(site& shared, security secured);

    void at(time_point now) override;
    waits_for work() override;
    bool has_news() const override;
    std::span<char> prepare() override { return c_.session.prepare(); }
    void commit(std::size_t octets) override { c_.session.commit(octets); }
    void closed() override { c_.session.closed(); }
    void tls_started() override;
    std::string_view output() const override { return c_.session.output(); }
    void sent(std::size_t octets) override { c_.session.sent(octets); }
    void say_goodbye() override;
    std::chrono::seconds patience() const override;
    time_point deadline() const override;

private:
    waits_for go_on();
    waits_for take_event();
    void fail(const char* text);

    imap_context c_;
    bool failed_ = false; // the command under way is answered with what went wrong
    bool broken_ = false; // not even that was possible
};

} // namespace mail_server
