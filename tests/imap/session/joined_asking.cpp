// SPDX-License-Identifier: BSL-1.0
#include "imap/session/joined_asking.hpp"

namespace mailwire::test {

using namespace imap;

bool asking_actor::act() {
    if (session_.state() == client_state::failed) return false;
    bool something = feed_literal();
    while (listens()) {
        const client_event event = session_.next();
        if (event.kind == client_event_kind::need_input || event.kind == client_event_kind::closed) break;
        something = true;
        hear(event);
        if (event.kind == client_event_kind::need_output || is_fatal(event.error.code)) break;
    }
    if (session_.mode() == client_mode::challenged) return answer_challenge() || something;
    if (session_.mode() == client_mode::idling) return end_idle() || something;
    return ask() || something;
}

// IDLE lasts for some turns; none of them is for nothing.
bool asking_actor::end_idle() {
    if (idle_for_ != 0) {
        --idle_for_;
        return true;
    }
    return session_.end_idle() == misuse::none;
}

bool asking_actor::ask() {
    if (session_.in_flight_count() >= pipeline_ || session_.state() == client_state::greeting) return false;
    if (session_.state() == client_state::logged_out || session_.mode() == client_mode::tls) return false;
    if (next_.send == nullptr) {
        if (left_ == 0) return false;
        next_ = --left_ == 0 ? plan([](auto use) { use(logout{}); }) : choose();
    }
    sent_command sent;
    const std::string line = put_by(session_, [&] { sent = next_.send(session_); });
    if (sent.fault == misuse::busy || sent.fault == misuse::no_room) return false;
    if (sent) {
        // A line without its tag, where the session has made it.
        asked[sent.number] = next_.wire ? next_.wire() : "T" + line.substr(std::min(line.find(' '), line.size()));
        if (next_.appends) messages[sent.number] = message_ = next_.message;
        idle_for_ = random_.below(12);
    } else {
        ++refused;
    }
    next_ = {};
    return true;
}

bool asking_actor::feed_literal() {
    const std::uint64_t missing = session_.literal_missing();
    if (missing == 0) return false;
    const std::size_t n = std::min<std::size_t>(random_.below(1500) + 1, static_cast<std::size_t>(missing));
    return session_.literal(message_.substr(message_.size() - static_cast<std::size_t>(missing), n)) == misuse::none;
}

bool asking_actor::answer_challenge() {
    misuse fault = misuse::none;
    std::string line = put_by(session_, [&] {
        if (random_.one_in(6)) {
            fault = session_.cancel();
        } else if (mechanism_ == 0) {
            fault = session_.respond(body_octets(random_.next(), random_.below(40)));
        } else {
            fault = mechanism_ == 1 ? session_.answer(first_) : session_.answer(late_);
        }
    });
    if (fault != misuse::none) return false;
    answers.push_back(std::move(line));
    return true;
}

void asking_actor::hear(const client_event& event) {
    using kind = client_event_kind;
    switch (event.kind) {
    case kind::need_output:
    case kind::literal_begin:
    case kind::literal_end:
        return;
    case kind::literal_data:
        bodies += event.octets;
        return;
    case kind::error:
        ++faults;
        return;
    case kind::challenge:
        heard.push_back("challenge " + base64_of(event.octets));
        return;
    case kind::idle_due:
        idle_for_ = 0;
        return;
    case kind::start_tls:
        heard.push_back("done " + std::to_string(event.command) + " " + wire_of(event.response));
        return;
    case kind::start_compression:
        heard.push_back("done " + std::to_string(event.command) + " " + wire_of(event.response));
        behind = event.octets;
        compressed = session_.compression_started() == misuse::none;
        return;
    default:
        heard.push_back(describe(event));
    }
}

planned asking_actor::choose() {
    // Sometimes as if everything in flight had succeeded, and sometimes anything.
    const bool hopes = random_.one_in(3);
    client_state state = session_.state();
    if (hopes && state == client_state::not_authenticated) state = client_state::authenticated;
    if (random_.one_in(16)) state = random_.one_in(2) ? client_state::selected : client_state::not_authenticated;
    if (state == client_state::not_authenticated) return before_login();
    const std::size_t which = random_.below(10);
    if (which == 0) return plan([](auto use) { use(noop{}); });
    if (which < 3) return mode_command();
    if (which == 3) return append();
    if (which == 4) return mailbox_command();
    if (state == client_state::selected && which != 5) return message_command();
    return selection();
}

planned asking_actor::before_login() {
    switch (random_.below(6)) {
    case 0:
        return plan([](auto use) { use(capability{}); });
    case 1:
        return plan([](auto use) { use(starttls{}); });
    case 2:
        return login();
    case 3:
        return random_.one_in(9) ? plan([](auto use) { use(noop{}); }) : login();
    default:
        return authenticate();
    }
}

planned asking_actor::mode_command() {
    const bool flag = random_.one_in(2);
    switch (random_.below(13)) {
    case 0:
    case 12:
        return plan([](auto use) { use(compress{}); });
    case 1:
        // What ends the layer together with the session's login is the program's to know (RFC 8437 3).
        if (compressed) return plan([](auto use) { use(noop{}); });
        return plan([](auto use) { use(unauthenticate{}); });
    case 2:
    case 3:
        return plan([](auto use) { use(enable{{"CONDSTORE", "IMAP4rev2", "X-NEW"}}); });
    case 4:
        return plan([flag](auto use) { use(flag ? enable{{"UIDONLY"}} : enable{{"QRESYNC", "UTF8=ACCEPT"}}); });
    case 5:
    case 6:
    case 7:
        return plan([](auto use) { use(capability{}); });
    default:
        return plan([](auto use) { use(idle{}); });
    }
}

} // namespace mailwire::test
