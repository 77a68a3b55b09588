// SPDX-License-Identifier: BSL-1.0
#include "mail_server/maildrop.hpp"

#include <utility>

namespace mail_server {

maildrop::maildrop(site& shared, std::string user) : shared_(shared), user_(std::move(user)) {
    mailbox_ = shared.mail.find(user_, "INBOX").value();
    uidvalidity_ = shared.mail.info(mailbox_).value().uidvalidity;
    for (auto& each : shared.mail.messages(mailbox_)) {
        entries_.push_back({std::move(each)});
    }
    // At last: where a constructor throws, no destructor gives back.
    shared.maildrops.take(user_);
}

maildrop::~maildrop() { shared_.maildrops.give_back(user_); }

const message_info* maildrop::message(std::uint32_t number) const {
    if (number == 0 || number > last() || entries_[number - 1].marked) {
        return nullptr;
    }
    return &entries_[number - 1].info;
}

std::string maildrop::unique_id(const message_info& message) const {
    return std::to_string(uidvalidity_) + '.' + std::to_string(message.uid);
}

std::uint32_t maildrop::count() const {
    std::uint32_t sum = 0;
    for (const auto& each : entries_) {
        sum += each.marked ? 0 : 1;
    }
    return sum;
}

std::uint64_t maildrop::octets() const {
    std::uint64_t sum = 0;
    for (const auto& each : entries_) {
        sum += each.marked ? 0 : each.info.size;
    }
    return sum;
}

void maildrop::unmark_all() {
    for (auto& each : entries_) {
        each.marked = false;
    }
}

void maildrop::remove_marked() {
    std::vector<uid_number> uids;
    for (const auto& each : entries_) {
        if (each.marked) {
            uids.push_back(each.info.uid);
        }
    }
    shared_.mail.expunge(mailbox_, uids);
}

} // namespace mail_server
