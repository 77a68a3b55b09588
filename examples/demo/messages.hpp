// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>

// The messages the demonstration works with.
namespace demo {

inline constexpr std::string_view plain_message = "From: Ada Example <ada@example.org>\r\n"
                                                  "To: \"Bob, Example\" <bob@example.net>\r\n"
                                                  "Subject: Lunch on Thursday\r\n"
                                                  "Date: Mon, 2 Nov 2026 10:00:00 +0100\r\n"
                                                  "Message-ID: <demo-1@example.org>\r\n"
                                                  "\r\n"
                                                  "Shall we meet at noon?\r\n";

// Lines that begin with a dot are what POP3 has to stuff (RFC 1939 3).
inline constexpr std::string_view dotted_message = "From: ada@example.org\r\n"
                                                   "To: bob@example.net\r\n"
                                                   "Subject: Dots\r\n"
                                                   "Date: Tue, 3 Nov 2026 11:30:00 +0000\r\n"
                                                   "Message-ID: <demo-2@example.org>\r\n"
                                                   "\r\n"
                                                   ".\r\n"
                                                   "..and a pomegranate\r\n"
                                                   "end\r\n";

inline constexpr std::string_view parts_message = "From: ada@example.org\r\n"
                                                  "To: bob@example.net\r\n"
                                                  "Subject: Two parts\r\n"
                                                  "Date: Wed, 4 Nov 2026 12:00:00 -0500\r\n"
                                                  "Message-ID: <demo-3@example.org>\r\n"
                                                  "MIME-Version: 1.0\r\n"
                                                  "Content-Type: multipart/mixed; boundary=\"cut\"\r\n"
                                                  "\r\n"
                                                  "--cut\r\n"
                                                  "Content-Type: text/plain; charset=us-ascii\r\n"
                                                  "\r\n"
                                                  "The first part.\r\n"
                                                  "--cut\r\n"
                                                  "Content-Type: application/octet-stream; name=\"fox.bin\"\r\n"
                                                  "Content-Transfer-Encoding: base64\r\n"
                                                  "\r\n"
                                                  "VGhlIHF1aWNrIGJyb3duIGZveA==\r\n"
                                                  "--cut--\r\n";

} // namespace demo
