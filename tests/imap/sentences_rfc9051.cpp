// SPDX-License-Identifier: BSL-1.0
// The same of responses of the protocol without any extension.

#include "support/generate/profile_test.hpp"

#include "mailwire/imap/profile.hpp"

#include <gtest/gtest.h>

namespace mailwire::imap {
namespace {

struct base_alone : profile<rfc9051> {};

TEST(BaseProfile, HasSoundResponses) { test::expect_sound_responses<base_alone>(12000); }

TEST(BaseProfile, HasOneIdForEachAlternative) { test::expect_no_id_twice(all_alternatives_of<base_alone>{}); }

} // namespace
} // namespace mailwire::imap
