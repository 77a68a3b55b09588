// SPDX-License-Identifier: BSL-1.0
#include <mailwire/mailwire.hpp>

std::string_view version_of_the_other_file() { return mailwire::version; }
