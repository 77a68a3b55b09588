// SPDX-License-Identifier: BSL-1.0
#include "mail_server/mime.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "imap_text.hpp"

namespace mail_server {
namespace {

std::string structure(std::string_view message) { return test::imap_text(parse_message(message)); }

struct structure_row {
    std::string_view message;
    std::string_view structure;
};

void expect_structures(std::span<const structure_row> rows) {
    for (const auto& row : rows) {
        EXPECT_EQ(structure(row.message), row.structure) << row.message;
    }
}

// Dovecot 2.3.19 answers these, octet for octet.
TEST(mime, single_parts) {
    const structure_row rows[] = {
        {"From: a@b\r\n\r\nHello.\r\n",
         R"(("text" "plain" ("charset" "us-ascii") NIL NIL "7bit" 8 1 NIL NIL NIL NIL))"},
        {"\r\nbody only\r\n", R"(("text" "plain" ("charset" "us-ascii") NIL NIL "7bit" 11 1 NIL NIL NIL NIL))"},
        {"From: a@b\r\n\r\n", R"(("text" "plain" ("charset" "us-ascii") NIL NIL "7bit" 0 0 NIL NIL NIL NIL))"},
        {"From: a@b\r\n", R"(("text" "plain" ("charset" "us-ascii") NIL NIL "7bit" 0 0 NIL NIL NIL NIL))"},
        {"From: a@b\r\n\r\nno eol", R"(("text" "plain" ("charset" "us-ascii") NIL NIL "7bit" 6 0 NIL NIL NIL NIL))"},
        {"Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: 8bit\r\n\r\n\xe9\xe8\r\n",
         R"(("text" "plain" ("charset" "iso-8859-1") NIL NIL "8bit" 4 1 NIL NIL NIL NIL))"},
        {"Content-Type: text/plain; format=flowed\r\n\r\nx\r\n",
         R"(("text" "plain" ("format" "flowed" "charset" "us-ascii") NIL NIL "7bit" 3 1 NIL NIL NIL NIL))"},
        {"Content-Type: TEXT/HTML; name=\"x\r\n y\"\r\nContent-Transfer-Encoding: BASE64\r\n\r\nx\r\n",
         R"(("TEXT" "HTML" ("name" "x y" "charset" "us-ascii") NIL NIL "BASE64" 3 1 NIL NIL NIL NIL))"},
        {"Content-Type: application/octet-stream; name*=utf-8''%c3%a4.bin\r\n"
         "Content-Disposition: attachment; filename=\"a \\\"q\\\".bin\"; size=12\r\n"
         "Content-Transfer-Encoding: base64\r\nContent-ID: <cid@x>\r\nContent-MD5: Q2hlY2sgSW50ZWdyaXR5IQ==\r\n"
         "Content-Language: de, en\r\nContent-Location: http://x/y\r\nContent-Description: a\r\n file\r\n\r\nAAEC",
         R"(("application" "octet-stream" ("name*" "utf-8''%c3%a4.bin") "<cid@x>" "a file" "base64" 4 )"
         R"("Q2hlY2sgSW50ZWdyaXR5IQ==" ("attachment" ("filename" "a \"q\".bin" "size" "12")) ("de" )"
         R"("en") "http://x/y"))"},
    };
    expect_structures(rows);
}

// Where the message breaks the rules, RFC 2045 5.2 says what it is then.
TEST(mime, single_parts_with_broken_fields) {
    const structure_row rows[] = {
        {"Content-Type: text\r\n\r\nx\r\n",
         R"(("text" "plain" ("charset" "us-ascii") NIL NIL "7bit" 3 1 NIL NIL NIL NIL))"},
        {"Content-Type:\r\nContent-Transfer-Encoding: \r\nContent-ID:\r\nContent-Disposition:\r\n\r\nx",
         R"(("text" "plain" ("charset" "us-ascii") "" NIL "7bit" 1 0 NIL NIL NIL NIL))"},
    };
    expect_structures(rows);
}

// Dovecot 2.3.19 answers these, octet for octet.
TEST(mime, multiparts) {
    const structure_row rows[] = {
        {"Content-Type: multipart/mixed; boundary=\"bb\"\r\n\r\npreamble\r\n--bb\r\n"
         "Content-Type: multipart/alternative; boundary=cc\r\n\r\n--cc\r\n\r\none\r\n x\r\n--cc\r\n"
         "Content-Type: text/html\r\n\r\n<p>\r\n--cc--\r\n--bb\r\nContent-Type: "
         "image/gif\r\n\r\nGIF\r\n\r\n--bb--\r\nepilogue\r\n",
         R"(((("text" "plain" ("charset" "us-ascii") NIL NIL "7bit" 7 1 NIL NIL NIL NIL))"
         R"(("text" "html" ("charset" "us-ascii") NIL NIL "7bit" 3 0 NIL NIL NIL NIL) "alternative" )"
         R"(("boundary" "cc") NIL NIL NIL))"
         R"(("image" "gif" NIL NIL NIL "7bit" 5 NIL NIL NIL NIL) "mixed" ("boundary" "bb") NIL NIL NIL))"},
        // No end; white space behind a boundary.
        {"Content-Type: multipart/mixed; boundary=zz\r\n\r\n--zz\r\n\r\none\r\n--zz  \r\nContent-Type: "
         "text/html\r\n\r\ntwo\r\nthree",
         R"((("text" "plain" ("charset" "us-ascii") NIL NIL "7bit" 3 0 NIL NIL NIL NIL))"
         R"(("text" "html" ("charset" "us-ascii") NIL NIL "7bit" 10 1 NIL NIL NIL NIL) "mixed" )"
         R"(("boundary" "zz") NIL NIL NIL))"},
        // The inner one has no end of its own.
        {"Content-Type: multipart/mixed; boundary=out\r\n\r\n--out\r\nContent-Type: multipart/mixed; "
         "boundary=in\r\n\r\n"
         "--in\r\n\r\ninner\r\n--out\r\n\r\nsecond\r\n--out--\r\n",
         R"(((("text" "plain" ("charset" "us-ascii") NIL NIL "7bit" 5 0 NIL NIL NIL NIL) "mixed" )"
         R"(("boundary" "in") NIL NIL NIL))"
         R"(("text" "plain" ("charset" "us-ascii") NIL NIL "7bit" 6 0 NIL NIL NIL NIL) "mixed" )"
         R"(("boundary" "out") NIL NIL NIL))"},
        // One boundary is the beginning of the other.
        {"Content-Type: multipart/mixed; boundary=ab\r\n\r\n--ab\r\nContent-Type: multipart/mixed; boundary=abc\r\n\r\n"
         "--abc\r\n\r\ninner\r\n--abc--\r\n--ab\r\n\r\nsecond\r\n--ab--\r\ntail",
         R"(((("text" "plain" ("charset" "us-ascii") NIL NIL "7bit" 5 0 NIL NIL NIL NIL) "mixed" )"
         R"(("boundary" "abc") NIL NIL NIL))"
         R"(("text" "plain" ("charset" "us-ascii") NIL NIL "7bit" 6 0 NIL NIL NIL NIL) "mixed" )"
         R"(("boundary" "ab") NIL NIL NIL))"},
        // Nothing in it, or no boundary: RFC 9051 has no multipart without parts.
        {"Content-Type: multipart/mixed; boundary=zz\r\n\r\nnothing here\r\n",
         R"((("text" "plain" ("charset" "us-ascii") NIL NIL "7bit" 0 0 NIL NIL NIL NIL) "mixed" )"
         R"(("boundary" "zz") NIL NIL NIL))"},
        {"Content-Type: multipart/mixed\r\n\r\n--zz\r\n\r\nx\r\n--zz--\r\n",
         R"((("text" "plain" ("charset" "us-ascii") NIL NIL "7bit" 0 0 NIL NIL NIL NIL) "mixed" NIL NIL NIL NIL))"},
        // Parts that are no more than a boundary, or a header.
        {"Content-Type: multipart/mixed; boundary=q\r\n\r\n--q\r\n--q\r\n\r\n--q\r\nContent-Type: text/html\r\n--q\r\n"
         "Content-Type: image/gif\r\n\r\n\r\n--q--\r\n",
         R"((("text" "plain" ("charset" "us-ascii") NIL NIL "7bit" 0 0 NIL NIL NIL NIL))"
         R"(("text" "plain" ("charset" "us-ascii") NIL NIL "7bit" 0 0 NIL NIL NIL NIL))"
         R"(("text" "html" ("charset" "us-ascii") NIL NIL "7bit" 0 0 NIL NIL NIL NIL))"
         R"(("image" "gif" NIL NIL NIL "7bit" 0 NIL NIL NIL NIL) "mixed" ("boundary" "q") NIL NIL NIL))"},
    };
    expect_structures(rows);
}

// Dovecot 2.3.19 answers these, octet for octet.
TEST(mime, messages_in_messages) {
    const structure_row rows[] = {
        {"Subject: outer\r\nContent-Type: message/rfc822\r\n\r\nFrom: i@x.org\r\nSubject: inner\r\n"
         "Content-Type: multipart/mixed; boundary=q\r\n\r\n--q\r\n\r\nA\r\n--q\r\nContent-Type: message/rfc822\r\n\r\n"
         "Subject: innermost\r\n\r\nB\r\n--q--\r\n",
         R"(("message" "rfc822" NIL NIL NIL "7bit" 155 (NIL "inner" ((NIL NIL "i" "x.org")) ((NIL NIL "i" "x.org")) )"
         R"(((NIL NIL "i" "x.org")) NIL NIL NIL NIL NIL) (("text" "plain" ("charset" "us-ascii") )"
         R"(NIL NIL "7bit" 1 0 NIL NIL NIL NIL))"
         R"(("message" "rfc822" NIL NIL NIL "7bit" 23 (NIL "innermost" NIL NIL NIL NIL NIL NIL NIL NIL) )"
         R"(("text" "plain" ("charset" "us-ascii") NIL NIL "7bit" 1 0 NIL NIL NIL NIL) 2 NIL NIL NIL NIL) )"
         R"("mixed" ("boundary" "q") NIL NIL NIL) 14 NIL NIL NIL NIL))"},
        // A digest's parts are messages unless they say otherwise, RFC 2046 5.1.5.
        {"Content-Type: multipart/digest; boundary=q\r\n\r\n--q\r\nContent-Type: text/plain\r\n\r\nt\r\n--q\r\nX-A: "
         "1\r\n\r\n"
         "Subject: d\r\n\r\nB\r\n--q--\r\n",
         R"((("text" "plain" ("charset" "us-ascii") NIL NIL "7bit" 1 0 NIL NIL NIL NIL))"
         R"(("message" "rfc822" NIL NIL NIL "7bit" 15 (NIL "d" NIL NIL NIL NIL NIL NIL NIL NIL) )"
         R"(("text" "plain" ("charset" "us-ascii") NIL NIL "7bit" 1 0 NIL NIL NIL NIL) 2 NIL NIL NIL NIL) )"
         R"("digest" ("boundary" "q") NIL NIL NIL))"},
        // A message of which there is nothing.
        {"Content-Type: multipart/mixed; boundary=q\r\n\r\n--q\r\nContent-Type: message/rfc822\r\n\r\n--q--\r\n",
         R"((("message" "rfc822" NIL NIL NIL "7bit" 0 (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL) )"
         R"(("text" "plain" ("charset" "us-ascii") NIL NIL "7bit" 0 0 NIL NIL NIL NIL) 0 NIL NIL NIL NIL) )"
         R"("mixed" ("boundary" "q") NIL NIL NIL))"},
    };
    expect_structures(rows);
}

TEST(mime, is_taken_apart_to_a_limit) {
    std::string deep;
    for (int i = 0; i < 100; ++i) {
        deep += "Content-Type: message/rfc822\r\n\r\n";
    }
    int depth = 0;
    const part message = parse_message(deep, {.depth = 5});
    const part* inner = &message;
    for (; !inner->children.empty(); inner = &inner->children.front()) {
        ++depth;
    }
    EXPECT_EQ(depth, 5);
    EXPECT_EQ(inner->type + "/" + inner->subtype, "application/octet-stream");

    std::string wide = "Content-Type: multipart/mixed; boundary=x\r\n\r\n";
    for (int i = 0; i < 100; ++i) {
        wide += "--x\r\n\r\nabc\r\n";
    }
    const part parts = parse_message(wide + "--x--\r\nepilogue", {.parts = 3});
    ASSERT_EQ(parts.children.size(), 3U);
    EXPECT_EQ(parts.children[0].body.size, 3U);
    EXPECT_EQ(parts.children[2].body.size, 3U + 97 * 12) << "the rest belongs to the last one";
}

} // namespace
} // namespace mail_server
