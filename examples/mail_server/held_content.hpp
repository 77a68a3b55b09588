// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <set>
#include <string>

namespace mail_server {

class database;

// Which contents are being read: once for each of their readers. What nobody refers to any more stays for them.
class content_holds {
public:
    void take(std::int64_t content) { held_.insert(content); }
    // True if it is nobody's any more and has to go.
    bool give_back(std::int64_t content) {
        held_.erase(held_.find(content));
        return held_.count(content) == 0 && left_behind_.erase(content) != 0;
    }

    // The last message that had it is gone. True if nobody reads it: it has to go at once.
    bool leave_behind(std::int64_t content) {
        if (held_.count(content) == 0) {
            return true;
        }
        left_behind_.insert(content);
        return false;
    }

private:
    std::multiset<std::int64_t> held_;
    std::set<std::int64_t> left_behind_;
};

// The content of a message that is being read: it stays until this ends, whoever removes the message. Must not outlive
// its store.
class held_content {
public:
    held_content(database& in, content_holds& holds, std::int64_t content);
    held_content(const held_content&) = delete;
    held_content& operator=(const held_content&) = delete;
    ~held_content();

    // At most `max` octets from `offset`; fewer at its end, none behind it.
    std::string read(std::uint64_t offset, std::size_t max) const;

private:
    database& database_;
    content_holds& holds_;
    std::int64_t content_;
};

} // namespace mail_server
