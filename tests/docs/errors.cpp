// SPDX-License-Identifier: BSL-1.0
// The snippet of docs/errors.md.
#include <string>

#include <gtest/gtest.h>

#include "mailwire/core/sink.hpp"
#include "mailwire/imap/explain.hpp"

namespace {

TEST(docs_errors, explain) {
    std::string text;
    mailwire::string_sink out(text);
    const mailwire::explanation why = mailwire::imap::explain_response("* 1 FETCH (UID 0)\r\n");
    why.write(out); // offset 15: syntax: expected uniqueid in UID of msg-att (RFC 9051 7.5.2)
    EXPECT_EQ(text, "offset 15: syntax: expected uniqueid in UID of msg-att (RFC 9051 7.5.2)");
}

} // namespace
