// SPDX-License-Identifier: BSL-1.0
// libetpan's POP3 client, which reads LIST and UIDL (Debian: libetpan-dev).

#include "answers.hpp"
#include "run.hpp"

#include <libetpan/libetpan.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <sys/types.h>

namespace mailwire::bench {
namespace {

// What the server of a session sends, one part behind the other.
struct server_octets {
    std::array<std::string_view, 4> parts;

    std::size_t read(char* to, std::size_t most) {
        for (std::string_view& part : parts) {
            if (!part.empty()) {
                const std::size_t size = std::min(most, part.size());
                std::memcpy(to, part.data(), size);
                part.remove_prefix(size);
                return size;
            }
        }
        return 0;
    }
};

// A connection over these octets; what the client sends is dropped.
mailstream* connect_to(server_octets& server) {
    static mailstream_low_driver driver = [] {
        mailstream_low_driver calls{};
        calls.mailstream_read = [](mailstream_low* low, void* to, std::size_t most) {
            return static_cast<ssize_t>(static_cast<server_octets*>(low->data)->read(static_cast<char*>(to), most));
        };
        calls.mailstream_write = [](mailstream_low*, const void*, std::size_t size) {
            return static_cast<ssize_t>(size);
        };
        calls.mailstream_close = [](mailstream_low*) { return 0; };
        calls.mailstream_get_fd = [](mailstream_low*) { return -1; };
        calls.mailstream_free = [](mailstream_low* low) { std::free(low); };
        calls.mailstream_cancel = [](mailstream_low*) {};
        calls.mailstream_get_cancel = [](mailstream_low*) -> struct ::mailstream_cancel* { return nullptr; };
        return calls;
    }();
    constexpr std::size_t buffer_size = 8'192; // as libetpan's own connections have
    return mailstream_new(mailstream_low_new(&server, &driver), buffer_size);
}

listing_totals totals_of(const carray& messages) {
    listing_totals totals;
    for (unsigned i = 0; i != messages.len; ++i) {
        const auto& info = *static_cast<const mailpop3_msg_info*>(messages.array[i]);
        totals.add(info.msg_index, info.msg_size, info.msg_uidl == nullptr ? "" : info.msg_uidl);
    }
    return totals;
}

// A session that logs in, has the maildrop listed, and quits. libetpan always asks for LIST and UIDL together, and keeps
// for each message what both say of it.
listing_totals list_maildrop(std::string_view list, std::string_view uidl) {
    server_octets server{{"+OK\r\n+OK\r\n+OK\r\n", list, uidl, "+OK\r\n"}};
    mailpop3* mail = mailpop3_new(0, nullptr);
    carray* messages = nullptr;
    bool done = mailpop3_connect(mail, connect_to(server)) == MAILPOP3_NO_ERROR;
    done = done && mailpop3_user(mail, "fred") == MAILPOP3_NO_ERROR;
    done = done && mailpop3_pass(mail, "secret") == MAILPOP3_NO_ERROR;
    done = done && mailpop3_list(mail, &messages) == MAILPOP3_NO_ERROR;
    require(done, "libetpan", "the maildrop is not listed");
    const listing_totals totals = totals_of(*messages);
    mailpop3_free(mail);
    return totals;
}

void add(listing_totals& sum, const listing_totals& totals) {
    sum.lines += totals.lines;
    sum.number_sum += totals.number_sum;
    sum.id_octets += totals.id_octets;
}

std::size_t read_list(const data_set& set) {
    listing_totals sum;
    for (const answer& listing : answers_of(set)) {
        add(sum, list_maildrop(listing.whole, "-ERR\r\n"));
    }
    require(sum == expected_totals(set), set.name, "libetpan has misread a line");
    return sum.lines;
}

// UIDL without the cost of LIST: there are no messages, so that libetpan reads each line and drops it.
std::size_t read_uidl(const data_set& set) {
    std::size_t lines = 0;
    for (const answer& listing : answers_of(set)) {
        lines += list_maildrop("+OK\r\n.\r\n", listing.whole).lines;
    }
    return lines;
}

// The same with the messages there, to see that libetpan understands the lines.
void check_uidl(const data_set& set) {
    listing_totals sum;
    for (const answer& listing : answers_of(set)) {
        std::string list = "+OK\r\n";
        const auto lines = std::count(listing.lines.begin(), listing.lines.end(), '\n') - 1;
        for (auto message = 1; message <= lines; ++message) {
            list += std::to_string(message) + " 0\r\n";
        }
        add(sum, list_maildrop(list + ".\r\n", listing.whole));
    }
    require(sum == expected_totals(set), set.name, "libetpan has misread a line");
}

[[maybe_unused]] const bool registered = [] {
    add_bench("pop3_list", "peer_libetpan", read_list);
    add_bench("pop3_uidl", "peer_libetpan", [checked = false](const data_set& set) mutable {
        if (!checked) {
            check_uidl(set);
            checked = true;
        }
        return read_uidl(set);
    });
    return true;
}();

} // namespace
} // namespace mailwire::bench
