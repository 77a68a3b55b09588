// SPDX-License-Identifier: BSL-1.0
#include <mailwire/mailwire.hpp>

#include <iostream>

// The second file includes the library too: what is not inline there is defined twice, and the program does not link.
std::string_view version_of_the_other_file();

int main() {
    if (version_of_the_other_file() != mailwire::version) return 1;
    std::cout << mailwire::version << '\n';
}
