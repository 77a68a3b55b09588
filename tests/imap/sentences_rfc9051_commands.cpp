// SPDX-License-Identifier: BSL-1.0
// The same of commands of the protocol without any extension.

#include "support/generate/profile_test.hpp"

#include "mailwire/imap/profile.hpp"

#include <gtest/gtest.h>

namespace mailwire::imap {
namespace {

struct base_alone : profile<rfc9051> {};

TEST(BaseProfile, HasSoundCommands) { test::expect_sound_commands<base_alone>(8000); }

} // namespace
} // namespace mailwire::imap
