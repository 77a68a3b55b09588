// SPDX-License-Identifier: BSL-1.0
// Answers of a POP3 server. WHAT is one of
//   unstuff      RETR, client: the dots are taken out of the body, and its pieces are copied
//   unstuff_16k  that, of a body that comes in pieces of 16 KiB
//   stuff        RETR, server: the dots are put in, into a buffer of 16 KiB
//   reader       LIST, UIDL: each line is found, judged and read as its typed value. RETR: the body is copied
//   client       that, by a client session with the usual buffers, which receives 16 KiB at a time
// The messages are found before the clock starts for the first three.

#include "answers.hpp"
#include "run.hpp"
#include "units.hpp"

#include <mailwire/pop3/dots.hpp>
#include <mailwire/pop3/session/client.hpp>
#include <mailwire/pop3/session/response_reader.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mailwire::bench {
namespace {

constexpr std::size_t piece_size = 16'384;
copy_buffer copied;

void take_out_dots(std::string_view body, std::size_t most, message_counts& counts) {
    pop3::dot_unstuffer dots;
    bool ended = false;
    for (std::string_view left = body; !left.empty() && !ended;) {
        std::string_view piece = left.substr(0, most);
        left.remove_prefix(piece.size());
        while (!piece.empty() && !ended) {
            const pop3::unstuffed found = dots.next(piece);
            copied.put(found.piece.data(), found.piece.size());
            counts.octets += found.piece.size();
            piece.remove_prefix(found.used);
            ended = found.ended;
        }
    }
    counts.messages += ended ? 1 : 0;
}

void check(const data_set& set, const message_counts& counts) {
    require(counts.messages == set.units, set.name, "a message has no end");
    require(counts.octets == set.message_octets, set.name, "not all octets were seen");
}

template <std::size_t Most> std::size_t unstuff(const data_set& set) {
    message_counts counts;
    for (const answer& retrieved : answers_of(set)) {
        take_out_dots(retrieved.lines, Most, counts);
    }
    check(set, counts);
    return counts.octets;
}

// The messages of the data as a server has stored them.
const std::vector<std::string>& stored_messages(const data_set& set) {
    static std::map<std::string_view, std::vector<std::string>> all;
    std::vector<std::string>& messages = all[set.name];
    if (messages.empty()) {
        for (const answer& retrieved : answers_of(set)) {
            pop3::dot_unstuffer dots;
            std::string& message = messages.emplace_back();
            for (std::string_view rest = retrieved.lines; !rest.empty();) {
                const pop3::unstuffed found = dots.next(rest);
                message += found.piece;
                rest.remove_prefix(found.used);
            }
        }
    }
    return messages;
}

std::size_t stuff(const data_set& set) {
    std::size_t octets = 0;
    for (const std::string& message : stored_messages(set)) {
        pop3::dot_stuffer dots;
        for (std::string_view rest = message; !rest.empty();) {
            const pop3::stuffed done = dots.next(rest, std::span(copied.octets).first<piece_size>());
            octets += done.written;
            rest.remove_prefix(done.used);
        }
    }
    require(octets == set.message_octets + set.stuffed_lines, set.name, "a dot was not doubled");
    return octets;
}

// What was read of RETR, LIST or UIDL.
struct read_totals {
    message_counts messages;
    listing_totals listed;

    void body(std::string_view piece) {
        copied.put(piece.data(), piece.size());
        messages.octets += piece.size();
    }
    void scan_listing(const pop3::scan_listing& line) { listed.add(line.message, line.octets, {}); }
    void unique_id(const pop3::unique_id& line) { listed.add(line.message, 0, line.id); }
};

void check(const data_set& set, const read_totals& totals) {
    if (set.kind == data_kind::pop3_messages) {
        check(set, totals.messages);
    } else {
        require(totals.messages.messages == set.units, set.name, "a listing has no end");
        require(totals.listed == expected_totals(set), set.name, "a line was misread");
    }
}

pop3::answer_form form_of(const data_set& set) {
    if (set.kind == data_kind::pop3_messages) {
        return pop3::answer_form::body;
    }
    return set.name == "pop3_uidl" ? pop3::answer_form::unique_ids : pop3::answer_form::scan_listings;
}

void use(const data_set& set, const pop3::response_step& step, read_totals& totals) {
    cursor fields = step.fields;
    switch (step.part) {
    case pop3::response_part::body:
        return totals.body(step.octets);
    case pop3::response_part::scan_listing:
        return totals.scan_listing(pop3::scan_listing::read(fields));
    case pop3::response_part::unique_id:
        return totals.unique_id(pop3::unique_id::read(fields));
    case pop3::response_part::end_of_lines:
        ++totals.messages.messages;
        return;
    case pop3::response_part::none:
        return;
    default:
        require(step.part == pop3::response_part::reply && step.ok, set.name, "a line is refused");
    }
}

std::size_t reader(const data_set& set) {
    read_totals totals;
    const pop3::limits limits;
    pop3::response_reader<> answers(limits.response_line, limits.sasl_line, limits.listing_lines);
    for (std::string_view rest = set.octets; !rest.empty();) {
        if (answers.idle()) {
            answers.begin(form_of(set));
        }
        const pop3::response_step step = answers.next(rest, {});
        use(set, step, totals);
        rest.remove_prefix(step.used);
    }
    check(set, totals);
    return totals.messages.octets + totals.listed.number_sum;
}

// A client session that is logged in, and the octets its server sends.
class session {
public:
    session() : client_(storage_.buffers(), {.secure = true}) {
        received_ = "+OK\r\n";
        run_until(pop3::client_event_kind::greeting);
        send(pop3::user{"fred"}, "+OK\r\n");
        run_until(pop3::client_event_kind::reply);
        send(pop3::pass{"secret"}, "+OK\r\n");
        run_until(pop3::client_event_kind::reply);
    }

    // Sends a command that is answered with these octets.
    template <typename Command> void send(const Command& command, std::string_view answer) {
        require(client_.send(command) == misuse::none, "client", "a command is refused");
        client_.sent(client_.output().size());
        received_ = answer;
    }

    pop3::client_event next() {
        for (;;) {
            const pop3::client_event event = client_.next();
            if (event.kind != pop3::client_event_kind::need_input) {
                return event;
            }
            const std::span<char> room = client_.prepare();
            const std::size_t size = std::min(room.size(), received_.size());
            require(size != 0, "client", "an answer has no end");
            std::memcpy(room.data(), received_.data(), size);
            client_.commit(size);
            received_.remove_prefix(size);
        }
    }

    void run_until(pop3::client_event_kind wanted) {
        require(next().kind == wanted, "client", "an event is not the one expected");
    }

private:
    pop3::client_storage<> storage_;
    pop3::client client_;
    std::string_view received_;
};

void use(const data_set& set, const pop3::client_event& event, read_totals& totals) {
    switch (event.kind) {
    case pop3::client_event_kind::body:
        return totals.body(event.body);
    case pop3::client_event_kind::scan_listing:
        return totals.scan_listing(event.scan_listing());
    case pop3::client_event_kind::unique_id:
        return totals.unique_id(event.unique_id());
    case pop3::client_event_kind::end_of_lines:
        ++totals.messages.messages;
        return;
    default:
        require(event.kind == pop3::client_event_kind::reply && event.ok, set.name, "a line is refused");
    }
}

std::size_t client(const data_set& set) {
    read_totals totals;
    session mail;
    for (const answer& next : answers_of(set)) {
        switch (form_of(set)) {
        case pop3::answer_form::body:
            mail.send(pop3::retr{1}, next.whole);
            break;
        case pop3::answer_form::unique_ids:
            mail.send(pop3::uidl{}, next.whole);
            break;
        default:
            mail.send(pop3::list{}, next.whole);
        }
        pop3::client_event event;
        do {
            event = mail.next();
            use(set, event, totals);
        } while (event.kind != pop3::client_event_kind::end_of_lines);
    }
    check(set, totals);
    return totals.messages.octets + totals.listed.number_sum;
}

[[maybe_unused]] const bool registered = [] {
    for (const std::string_view data : {"pop3_retr", "pop3_retr_dots"}) {
        add_limits(data);
        add_bench(data, "unstuff", unstuff<std::string_view::npos>);
        add_bench(data, "unstuff_16k", unstuff<piece_size>);
        add_bench(data, "reader", reader);
        add_bench(data, "client", client);
        add_bench(data, "stuff", stuff);
    }
    for (const std::string_view data : {"pop3_list", "pop3_uidl"}) {
        add_limits(data);
        add_bench(data, "reader", reader);
        add_bench(data, "client", client);
    }
    return true;
}();

} // namespace
} // namespace mailwire::bench
