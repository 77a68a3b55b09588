// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <memory>
#include <utility>
#include <vector>

namespace mail_server {

// Owns what the values of a response point to; each stays where it is until the keeper ends.
class keeper {
public:
    template <typename T> const T& keep(T value) {
        auto kept = std::make_shared<T>(std::move(value));
        const T& result = *kept;
        kept_.push_back(std::move(kept));
        return result;
    }

private:
    std::vector<std::shared_ptr<void>> kept_;
};

} // namespace mail_server
