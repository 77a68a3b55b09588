// SPDX-License-Identifier: BSL-1.0
// An IMAP client and a server session, joined, as a list of operations on both. The first field is the setting (see
// `joined_setting`), each other one an operation (see `joined_run::perform`). In the end everything is answered, ended and
// delivered. Whatever it is:
//   - neither session takes what the other one says for a fault
//   - the client hears what the server has said, and the server is asked what the client has asked
//   - both come to rest, and are in the same state then

#include <mailwire/imap.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "imap/session/joined_line.hpp"
#include "imap_joined_setting.hpp"
#include "scripted_mechanism.hpp"

using namespace mailwire;
using namespace mailwire::fuzz;
using namespace mailwire::imap;

namespace {

class joined_run {
public:
    explicit joined_run(const joined_setting& s)
        : setting_(s), left_(room_.client(), s.client), right_(room_.server(), s.server) {
        const code_capability code{std::span<const text>(s.capabilities)};
        const status_response greeting{condition::ok, code, "hi"};
        require(right_.greet(greeting) == misuse::none, "a server greets");
        said_.push_back(wire_of_value(greeting));
    }

    // a send, b go on; c say, d answer; e and f move octets up and down; g and h read; i time
    void perform(const operation& op) {
        switch (op.code) {
        case 0:
            return send(op);
        case 1:
            return go_on(op.argument);
        case 2:
            return say(op);
        case 3:
            return answer(op.argument);
        case 4:
            (void)move(op.argument + std::size_t{1}, 0);
            return;
        case 5:
            (void)move(0, op.argument + std::size_t{1});
            return;
        case 6:
            (void)listen();
            return;
        case 7:
            (void)serve();
            return;
        default:
            now_ += op.argument;
            left_.at(now_);
            right_.at(now_);
        }
    }

    void settle() {
        for (int rounds = 0; rounds != 2000; ++rounds) {
            bool moved = move(1000, 1000);
            moved = listen() || moved;
            moved = serve() || moved;
            if (left_.mode() == client_mode::challenged || left_.mode() == client_mode::idling) go_on(0);
            if (left_.literal_missing() != 0 || right_.literal_missing() != 0) go_on(31);
            if (asks()) answer(0);
            if (!moved && left_.output().empty() && right_.output().empty()) return check();
        }
        require(false, "they come to rest");
    }

private:
    bool asks() const {
        const server_mode m = right_.mode();
        return m == server_mode::offered || m == server_mode::answering || m == server_mode::authenticating ||
               m == server_mode::asked_to_idle || m == server_mode::asked_for_tls ||
               m == server_mode::asked_for_compression;
    }

    void check() {
        require_same(heard_, said_, "the client hears what was said");
        require(was_asked_.size() <= asked_.size(), "nothing is asked that nobody has asked");
        for (const std::string& line : was_asked_)
            require(std::find(asked_.begin(), asked_.end(), line) != asked_.end(),
                    "the server is asked what was asked");
        if (left_.state() == client_state::logged_out) return;
        require(left_.in_flight_count() == 0, "everything is answered");
        const bool selected = left_.state() == client_state::selected;
        require(doubt_ || selected == (right_.state() == server_state::selected), "both know what is selected");
        const bool out = left_.state() == client_state::not_authenticated;
        require(out == (right_.state() == server_state::not_authenticated), "both know who is in");
        require(left_.secure() == right_.secure() && left_.modes() == right_.modes(), "both know what was agreed on");
    }

    void send(const operation& op) {
        const text value(op.text.substr(0, 40));
        switch (op.argument % 20) {
        case 0:
            return put(login{value, "secret"});
        case 1:
            return put(imap::authenticate{"X-SCRIPT"});
        case 2:
            return put(starttls{});
        case 3:
            return put(capability{});
        case 4:
            return put(logout{});
        case 5:
            return put(enable{{"CONDSTORE", "IMAP4rev2"}});
        case 6:
            return put(enable{{"UIDONLY"}});
        case 7:
            return put(imap::select{value});
        case 8:
            return put(idle{});
        case 9:
            return put(append{.mailbox = value, .message = text::streamed(op.text.size())});
        case 10:
            return put(list{value, value});
        case 11:
            return put(close{});
        case 12:
            return put(fetch{.messages = 1U, .att = {fetch_uid{}}});
        case 13:
            return put(uid_fetch{.messages = 1U, .macro = fetch_macro::full});
        case 14:
            return put(search{.keys = {key::subject{value}}});
        case 15:
            return put(expunge{});
        case 16:
            return put(compress{});
        case 17:
            return put(unauthenticate{});
        case 18:
            return put(create{value});
        default:
            return put(noop{});
        }
    }
    template <typename Command> void put(const Command& command) {
        const sent_command sent = without_heap([&] { return left_.send(command); });
        if (sent) asked_.push_back(test::wire_of("A" + std::to_string(sent.number), command));
    }

    // The client ends what it is in, and a literal gets its octets.
    void go_on(unsigned how) {
        static constexpr std::string_view octets = "0123456789abcdefghijklmnopqrstuvwxyz{3}\r\n";
        const auto piece = [how](std::uint64_t missing) {
            return octets.substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(missing, how % 32 + 1)));
        };
        if (left_.mode() == client_mode::idling) (void)left_.end_idle();
        if (left_.mode() == client_mode::challenged) (void)(how % 2 == 0 ? left_.cancel() : left_.respond(octets));
        if (left_.literal_missing() != 0) (void)left_.literal(piece(left_.literal_missing()));
        if (right_.literal_missing() != 0) (void)right_.literal(piece(right_.literal_missing()));
    }

    void say(const operation& op) {
        const text value(op.text.substr(0, 40));
        const body_section streamed{.value = text::streamed(65 + op.text.size())};
        const code_closed closed;
        const code_capability all{std::span<const text>(setting_.capabilities)};
        switch (op.argument % 9) {
        case 0:
            return say_it(exists{op.argument});
        case 1:
            return say_it(expunge_data{1});
        case 2:
            return say_it(list_data{.delimiter = "/", .mailbox = value});
        case 3:
            return say_it(fetch_data{.number = 1, .att = {uid{1}, streamed}});
        case 4:
            if (right_.state() == server_state::authenticated) say_it(enabled_data{{"CONDSTORE", "UIDONLY"}});
            return;
        case 5:
            return say_it(status_response{condition::ok, closed, "gone"});
        case 6:
            return say_it(status_response{condition::no, {}, op.text.substr(0, 40)});
        case 7:
            return say_it(status_response{condition::ok, all, "this is all"});
        default:
            return say_it(status_response{condition::bye, {}, "enough"});
        }
    }
    template <typename Value> void say_it(const Value& value) {
        if (without_heap([&] { return right_.send(value); }) == misuse::none) said_.push_back(wire_of_value(value));
    }

    // 0 to 2: OK, NO, BAD, what the command wants before included; 3 takes a step on its own.
    void answer(unsigned how) {
        const server_mode mode = right_.mode();
        if (how % 4 == 0 && mode == server_mode::offered) return (void)right_.accept_literal();
        if (how % 4 == 0 && mode == server_mode::asked_to_idle) return (void)right_.begin_idle();
        if (how % 4 == 3) return step();
        constexpr std::array<condition, 3> conditions{condition::ok, condition::no, condition::bad};
        finish(conditions[how % 4]);
        // Where an exchange has not been proved, and to what has no NO.
        if (how % 4 == 0 && asks()) finish(condition::no);
        if (how % 4 != 2 && asks()) finish(condition::bad);
    }
    void finish(condition c) {
        const std::string lines = put_by([&] { (void)right_.finish({c, {}, "so be it"}); });
        note_own(lines);
        doubt_ = doubt_ || (!lines.empty() && c == condition::bad);
    }
    void step() {
        if (right_.mode() == server_mode::authenticating) (void)right_.step(server_script_);
    }

    template <typename Call> std::string put_by(Call call) {
        const std::string before(right_.output());
        call();
        require(right_.output().starts_with(before), "what waits to be sent stays");
        return std::string(right_.output().substr(before.size()));
    }
    void note_own(std::string_view lines) {
        while (!lines.empty()) {
            const std::string_view line = lines.substr(0, lines.find('\n') + 1);
            if (!line.starts_with("+")) said_.emplace_back(line);
            lines.remove_prefix(line.size());
        }
    }

    bool move(std::size_t up, std::size_t down) {
        bool moved = up_.load(left_, up);
        const bool reads = right_.mode() != server_mode::tls && right_.mode() != server_mode::compression;
        moved = (reads && up_.unload(right_, up)) || moved;
        moved = down_.load(right_, down) || moved;
        return (left_.mode() != client_mode::tls && down_.unload(left_, down)) || moved;
    }

    // All events of the client; false where there was none.
    bool listen() {
        for (bool something = false;; something = true) {
            const client_event e = without_heap([&] { return left_.next(); });
            require(!e.error, "a server says nothing wrong");
            using kind = client_event_kind;
            if (e.kind == kind::need_input || e.kind == kind::idle_due) return something;
            const bool told = e.kind == kind::greeting || e.kind == kind::response || e.kind == kind::done;
            const bool begins = e.kind == kind::start_tls || e.kind == kind::start_compression;
            if (told || begins) heard_.push_back(test::wire_of(e.response));
            if (e.kind == kind::start_tls) return start_tls();
            if (e.kind == kind::start_compression) start_compression(std::string(e.octets));
        }
    }
    bool start_tls() {
        require(right_.output().empty(), "the answer has come");
        require(right_.tls_started() == misuse::none && left_.tls_started() == misuse::none, "a handshake is done");
        return true;
    }
    void start_compression(std::string behind) {
        require(left_.compression_started() == misuse::none, "a layer begins");
        down_.layer_receiver();
        down_.give_back(behind);
        up_.layer_sender();
    }

    bool serve() {
        for (bool something = false;; something = true) {
            if (right_.mode() == server_mode::compression && right_.compression_started() == misuse::none) {
                down_.layer_sender();
                up_.layer_receiver();
                something = true;
            }
            server_event e;
            note_own(put_by([&] { e = without_heap([&] { return right_.next(); }); }));
            require(!is_fatal(e.error.code), "a client says nothing wrong");
            using kind = server_event_kind;
            if (e.kind == kind::need_input || e.kind == kind::need_output || e.kind == kind::need_answer)
                return something;
            if (e.kind == kind::start_tls || e.kind == kind::start_compression || e.kind == kind::closed)
                return something;
            if (e.kind == kind::command) note_asked(e.command);
        }
    }
    void note_asked(const command& c) {
        if (c.value().is<imap::authenticate>()) server_script_ = scripted_server<false>("@@A"); // two challenges
        was_asked_.push_back(test::wire_of(c));
    }

    const joined_setting& setting_;
    joined_room room_;
    client left_;
    server right_;
    test::line up_;
    test::line down_;
    scripted_server<false> server_script_;
    test::lines asked_;
    test::lines was_asked_;
    test::lines heard_;
    test::lines said_;
    instant now_ = 0;
    bool doubt_ = false; // a SELECT may have been answered BAD
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view operations = octets_of(data, size);
    const joined_setting s = joined_setting_of(take_field(operations));
    joined_run run(s);
    for (int left = 300; left != 0 && !operations.empty(); --left)
        run.perform(take_operation(operations, 9));
    run.settle();
    return 0;
}
