// SPDX-License-Identifier: BSL-1.0
#include "support/tls_context.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "tls_files.hpp"

namespace support {
namespace {

class tls_context_test : public testing::Test {
protected:
    std::string path(const char* name) const { return (folder.path() / name).string(); }

    static std::string error_of(const std::function<tls_context()>& make) {
        try {
            make();
        } catch (const tls_error& error) {
            return error.what();
        }
        return "none";
    }

    mailwire::test::scratch_folder folder;
    tls_files files{folder.path(), "localhost", "DNS:localhost"};
};

TEST_F(tls_context_test, takes_a_certificate_and_its_key) {
    EXPECT_TRUE(tls_context::server(files.certificate, files.key).is_server());
    EXPECT_TRUE(tls_context::self_signed_server().is_server());
    EXPECT_FALSE(tls_context::client(files.certificate).is_server());
    EXPECT_FALSE(tls_context::client().is_server());
}

TEST_F(tls_context_test, says_which_file_is_at_fault) {
    const std::string none = path("none");
    EXPECT_EQ(error_of([&] { return tls_context::server(none, files.key); }).find(none + ": "), 0U);
    EXPECT_EQ(error_of([&] { return tls_context::server(files.certificate, none); }).find(none + ": "), 0U);
    EXPECT_EQ(error_of([&] { return tls_context::server(files.key, files.key); }).find(files.key + ": "), 0U);
    EXPECT_EQ(error_of([&] { return tls_context::client(none); }).find(none + ": "), 0U);
    EXPECT_EQ(error_of([&] { return tls_context::client(files.key); }).find(files.key + ": "), 0U);
}

// Nor does it ask for a password on the terminal.
TEST_F(tls_context_test, takes_no_key_with_a_password) {
    EXPECT_EQ(error_of([&] {
                  return tls_context::server(files.certificate, files.locked_key);
              }).find(files.locked_key + ": "),
              0U);
}

TEST_F(tls_context_test, takes_no_key_of_another_certificate) {
    mailwire::test::scratch_folder elsewhere;
    const tls_files others(elsewhere.path(), "localhost", "DNS:localhost");
    EXPECT_EQ(error_of([&] { return tls_context::server(files.certificate, others.key); }),
              others.key + ": key values mismatch");
}

} // namespace
} // namespace support
