// SPDX-License-Identifier: BSL-1.0
#include "imap/session/joined_answering.hpp"

namespace mailwire::test {

using namespace imap;

void answering_actor::greet() {
    const std::vector<text> all = setting_.announced(setting_.secure, false);
    const code_capability code{std::span<const text>(all)};
    status_response status{setting_.preauth ? condition::preauth : condition::ok, {}, "ready"};
    if (setting_.announces) status.code = code;
    EXPECT_EQ(session_.greet(status), misuse::none);
    said.push_back("greeting " + wire_of_value(status));
}

bool answering_actor::act() {
    bool something = false;
    do {
        something = reply_all() || something;
        if (feed_literal()) something = true;
        if (!replies_.empty()) return something;
        if (session_.mode() == server_mode::compression) {
            if (session_.compression_started() != misuse::none) return something;
            compressed = true;
            something = true;
        }
        if (session_.mode() == server_mode::idling && news_ != 0 && random_.one_in(4)) {
            --news_;
            say_something();
        }
    } while (hear() && (something = true));
    return something;
}

bool answering_actor::reply_all() {
    bool something = false;
    while (!replies_.empty()) {
        const misuse fault = replies_.front()();
        if (fault == misuse::no_room || fault == misuse::busy) break;
        // What is wrong by now is not said: the session knows better.
        if (fault != misuse::none) ++refused;
        replies_.pop_front();
        something = true;
    }
    return something;
}

// One event; false where there is nothing to hear.
bool answering_actor::hear() {
    server_event event;
    const std::string own = put_by(session_, [&] { event = session_.next(); });
    note_own(own);
    using kind = server_event_kind;
    if (event.kind == kind::need_output) return !own.empty();
    if (event.kind == kind::need_input || event.kind == kind::need_answer) return false;
    if (event.kind == kind::start_tls || event.kind == kind::closed) return false;
    hear(event);
    return !is_fatal(event.error.code);
}

// What the session has said itself: its answers, and its BYE.
void answering_actor::note_own(std::string_view octets) {
    while (!octets.empty()) {
        const std::string_view one = octets.substr(0, octets.find('\n') + 1);
        octets.remove_prefix(one.size());
        if (one.starts_with("+")) continue;
        if (one.starts_with("*")) {
            said.push_back("response " + std::string(one));
        } else {
            const std::string_view number = one.substr(1, one.find(' ') - 1);
            said.push_back("done " + std::string(number) + " " + std::string(one));
        }
    }
}

void answering_actor::hear(const server_event& event) {
    switch (event.kind) {
    case server_event_kind::command:
        tag_ = event.command.tag();
        number_ = static_cast<std::uint32_t>(std::stoul(tag_.substr(1)));
        answer(event.command);
        break;
    case server_event_kind::literal_begin:
        tag_ = event.command.tag();
        number_ = static_cast<std::uint32_t>(std::stoul(tag_.substr(1)));
        hear_literal(event);
        break;
    case server_event_kind::literal_data:
        messages[appending_] += event.octets;
        break;
    case server_event_kind::response:
        answers.push_back(base64_of(event.octets) + "\r\n");
        answer_response();
        break;
    case server_event_kind::cancelled:
        answers.emplace_back("*\r\n");
        break;
    case server_event_kind::done:
        finish();
        break;
    case server_event_kind::error:
        (is_fatal(event.error.code) ? faults : denied) += 1;
        break;
    default:
        break;
    }
}

void answering_actor::hear_literal(const server_event& event) {
    effect_ = command_effect::none;
    on(event.command, [&](append a) {
        a.message = text::streamed(event.octets_total);
        asked[number_] = wire_of("T", a);
    });
    if (random_.one_in(4)) {
        finish(condition::no);
    } else {
        appending_ = number_;
        messages[appending_] = {};
        replies_.push_back([this] { return session_.accept_literal(); });
    }
}

void answering_actor::answer(const command& command) {
    effect_ = command_effect::none;
    visit<everything>(command.value(), [this]<typename Command>(const Command&) { effect_ = effect_of<Command>(); });
    if (effect_ == command_effect::authenticates) {
        on(command, [this](const authenticate& a) { answer_authenticate(a); });
        return;
    }
    if (!command.value().is<append>()) {
        const std::string wire = wire_of(command);
        asked[number_] = "T" + wire.substr(wire.find(' '));
    }
    if (random_.one_in(300)) {
        reply([](auto use) { use(status_response{condition::bye, {}, "enough"}); });
        return;
    }
    if (effect_ == command_effect::idles) {
        answer_idle();
        return;
    }
    if (random_.one_in(4) && effect_ != command_effect::selects) say_something();
    data_for(command);
    finish();
}

void answering_actor::answer_idle() {
    if (random_.one_in(5)) {
        finish(condition::no);
        return;
    }
    news_ = random_.below(20); // who always has more to say never hears DONE
    replies_.push_back([this] {
        const misuse fault = session_.begin_idle();
        if (fault == misuse::none) said.push_back("idling " + std::to_string(number_));
        return fault;
    });
}

void answering_actor::finish() {
    const std::size_t how = effect_ == command_effect::logs_out ? 0 : random_.below(12);
    // A SELECT that is answered BAD leaves a server where it was, and its client in doubt.
    const bool never_no = effect_ == command_effect::deselects || effect_ == command_effect::unauthenticates;
    const condition worst = effect_ == command_effect::selects ? condition::no : condition::bad;
    finish(how < 9 ? condition::ok : never_no || how == 11 ? worst : condition::no);
}

void answering_actor::finish(condition c) {
    const bool tells = random_.one_in(2);
    replies_.push_back([this, c, tells] {
        const bool login = effect_ == command_effect::logs_in || effect_ == command_effect::authenticates;
        const std::vector<text> all = setting_.announced(session_.secure(), compressed);
        const code_capability capabilities{std::span<const text>(all)};
        const code_alert alert;
        status_response status{c, {}, "so be it"};
        if (tells && login && c == condition::ok) status.code = capabilities;
        if (tells && !login) status.code = alert;
        const misuse fault = session_.finish(status);
        if (fault != misuse::none) return fault;
        const bool goodbye = effect_ == command_effect::logs_out && c == condition::ok;
        if (goodbye) said.emplace_back("response * BYE logging out\r\n");
        std::string text;
        string_sink sink(text);
        (void)write_tagged(sink, tag_, status);
        said.push_back("done " + std::to_string(number_) + " " + text);
        if (session_.state() != server_state::selected) exists = 0;
        if (effect_ == command_effect::unauthenticates && c == condition::ok) compressed = false;
        return fault;
    });
}

void answering_actor::answer_authenticate(const authenticate& command) {
    const std::size_t rounds = random_.below(4);
    const bool content = !random_.one_in(4);
    initial_ = !command.initial_response.empty();
    asked[number_] = "T AUTHENTICATE " + std::string(command.mechanism.spelled()) + (initial_ ? " " : "");
    if (random_.one_in(8)) {
        asked[number_] += "?"; // nobody has looked at the initial response
        finish(condition::no);
        return;
    }
    const std::string_view mechanism = command.mechanism.spelled();
    mechanism_ = mechanism == first_.name() ? 1 : mechanism == late_.name() ? 2 : 0;
    first_ = dance_server<true>(random_.next(), rounds, content);
    late_ = dance_server<false>(random_.next(), rounds + 1, content); // who speaks first asks once at least
    own_rounds_ = rounds + 1;
    if (initial_ && mechanism_ == 0) asked[number_] += "dGVzdA==\r\n";
    if (!initial_) asked[number_] += "\r\n";
    answer_response();
}

void answering_actor::answer_response() {
    replies_.push_back([this] {
        if (mechanism_ == 1) return step(first_);
        if (mechanism_ == 2) return step(late_);
        if (own_rounds_ == 0) {
            finish(random_.one_in(4) ? condition::no : condition::ok);
            return misuse::none;
        }
        const std::string octets = body_octets(random_.next(), random_.below(40));
        const misuse fault = session_.challenge(octets);
        if (fault != misuse::none) return fault;
        --own_rounds_;
        said.push_back("challenge " + base64_of(octets));
        return fault;
    });
}

template <typename M> misuse answering_actor::step(M& mechanism) {
    sasl::step s;
    std::string line = put_by(session_, [&] { s = session_.step(mechanism); });
    if (s.fault == sasl::fault::no_room) return misuse::no_room;
    if (std::string& wire = asked[number_]; wire.ends_with(" ")) wire += mechanism.first_word() + "\r\n";
    if (s.status == sasl::status::more) {
        said.push_back("challenge " + line.substr(2, line.size() - 4));
    } else {
        finish(s.status == sasl::status::done ? condition::ok : condition::no);
    }
    return misuse::none;
}

bool answering_actor::feed_literal() {
    const std::uint64_t missing = session_.literal_missing();
    if (missing == 0) return false;
    const std::size_t n = std::min<std::size_t>(random_.below(1500) + 1, static_cast<std::size_t>(missing));
    const std::string_view piece = keep(body_octets(random_.next(), n));
    if (session_.literal(piece) != misuse::none) return false;
    bodies += piece;
    return true;
}

} // namespace mailwire::test
