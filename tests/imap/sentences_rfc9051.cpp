// SPDX-License-Identifier: BSL-1.0
// The same of the protocol without any extension.

#include "support/generate/profile_test.hpp"

#include "mailwire/imap/profile.hpp"

#include <gtest/gtest.h>

namespace mailwire::imap {
namespace {

struct base_alone : profile<rfc9051> {};

TEST(BaseProfile, IsSound) { test::expect_sound_profile<base_alone>(test::number_of_sentences(5)); }

} // namespace
} // namespace mailwire::imap
