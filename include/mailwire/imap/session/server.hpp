// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "mailwire/imap/session/put_unit.hpp"
#include "mailwire/imap/session/server_core.hpp"
#include "mailwire/imap/session/server_event.hpp"
#include "mailwire/imap/session/server_options.hpp"
#include "mailwire/imap/write.hpp"
#include "mailwire/sasl/mechanism.hpp"

namespace mailwire::imap {

// The server's side of an IMAP connection. No socket, no clock, no allocation. One command at a time is handed to the
// program; pipelined ones wait in the receive buffer. Lines that are no command, commands nobody knows or that were not
// announced, and commands the state does not allow are answered here.
//
//   for (;;) {
//       while (!mail.output().empty()) mail.sent(socket.write(mail.output()));
//       auto event = mail.next();
//       if (event.kind == server_event_kind::need_input) mail.commit(socket.read(mail.prepare()));
//       ...
//   }
template <typename Profile = everything> class basic_server {
public:
    explicit basic_server(const server_buffers& buffers, const server_options& options = {})
        : core_(buffers, options) {}

    // Room for octets to receive; octets received are written to its start. Never empty while next() asks for input.
    std::span<char> prepare() { return core_.prepare(); }
    void commit(std::size_t octets) { core_.commit(octets); }
    // The client has closed the connection. What was received before is still read.
    void closed() { core_.closed(); }

    // What time it is, and when to say so again at the latest: from then on next() says BYE and gives the error timed_out.
    // `never` while the program answers, and before the first at().
    void at(instant now) { core_.at(now); }
    instant deadline() const { return core_.deadline(); }

    // Octets to send now. Empty when there are none, and while a streamed literal waits for its octets. Valid until the
    // next call that is not const.
    std::string_view output() const { return core_.out().output(); }
    // So many of them were sent; more than there are is cut off.
    void sent(std::size_t octets) { core_.sent(std::min(octets, output().size())); }

    // The first line: OK, PREAUTH or BYE (RFC 9051 7.1). Capabilities in its code are what is announced from here on.
    // Misuse: wrong_state, no_room, bad_value.
    misuse greet(const status_response& status) {
        const server_input input = status.condition == condition::preauth ? server_input::greet_preauth
                                   : status.condition == condition::bye   ? server_input::greet_bye
                                                                          : server_input::greet_ok;
        if (status.condition == condition::no || status.condition == condition::bad) return misuse::bad_value;
        const misuse fault = put_status(input, status);
        if (fault == misuse::none) core_.note_greeting();
        return fault;
    }

    // Untagged data (RFC 9051 7.2 to 7.5). CAPABILITY and ENABLED count: what is announced last is what clients may use.
    // Misuse: wrong_state (also for EXPUNGE and VANISHED while no command is under way, or FETCH, STORE or SEARCH is,
    // RFC 9051 7.5.1), busy (a literal's octets are missing), no_room (send what output() has, then call again),
    // bad_value (also for EXISTS with less messages than before, EXPUNGE of none there is, a message number under UIDONLY,
    // capabilities without a revision or with LITERAL+ and LITERAL-). Nothing has changed then.
    template <alternative Data> misuse send(const Data& value) {
        if constexpr (requires { value.renumbers(); }) {
            if (value.renumbers() && !core_.progress().may_renumber()) return misuse::wrong_state;
        }
        const misuse fault = core_.put(server_input::data, [&] {
            const misuse written = write_data<Profile>(core_.out(), value, core_.progress().writing());
            if (written != misuse::none) return written;
            return core_.progress().contradicts(value) ? misuse::bad_value : misuse::none;
        });
        if (fault == misuse::none) core_.progress().learn(value);
        return fault;
    }
    // An untagged status; BYE ends the session. OK with CLOSED ends the selection, unless another mailbox is being
    // selected (RFC 9051 7.1).
    misuse send(const status_response& status) { return put_status(core_.progress().input_of(status), status); }

    // The next octets of a literal that was sent as text::streamed. Not copied: valid until sent() has taken them all.
    // Misuse: wrong_state (no literal is missing), busy (a piece is under way), literal_size.
    misuse literal(std::string_view octets) { return core_.literal(octets); }
    // How many octets of it have not been handed over.
    std::uint64_t literal_missing() const { return core_.out().missing(); }

    // Lets the client send the literal that was announced. Misuse: wrong_state, busy, no_room; nothing has changed then.
    misuse accept_literal() { return core_.accept_literal(); }

    // Gives a mechanism what the client has sent with AUTHENTICATE or as a response. Ends the views of the event.
    //   more    a challenge goes out; the client's answer comes as an event
    //   done    the client is who it says: finish() with OK, or with NO
    //   failed  finish() with NO; for the fault no_room send what output() has, then call again
    // RFC 9051 6.2.2.
    template <sasl::server_mechanism M> sasl::step step(M& mechanism) {
        if (!core_.progress().allows(server_mode_input::challenge)) {
            return sasl::failure(sasl::fault::unexpected_message);
        }
        sasl::step s = sasl::no_room(1);
        const misuse fault = put_challenge([&](std::span<char> room) {
            const std::optional<std::string_view> said = core_.said();
            s = core_.is_first() ? sasl::begin(mechanism, said, room) : mechanism.step(*said, room);
            return s.status == sasl::status::more ? std::optional(s.size) : std::nullopt;
        });
        core_.progress().note_proof(mechanism.complete());
        return s.status == sasl::status::more && fault != misuse::none ? sasl::no_room(1) : s;
    }
    // A challenge of the program, which then knows itself when the client has proved who it is. Misuse: wrong_state (there is
    // no AUTHENTICATE to answer), no_room.
    misuse challenge(std::string_view octets) {
        if (!core_.progress().allows(server_mode_input::challenge)) return misuse::wrong_state;
        const misuse fault = put_challenge([octets](std::span<char> room) -> std::optional<std::size_t> {
            if (octets.size() > room.size()) return std::nullopt;
            std::copy(octets.begin(), octets.end(), room.begin());
            return octets.size();
        });
        if (fault == misuse::none) core_.progress().note_proof(true);
        return fault;
    }

    // Lets IDLE begin: "+" goes out, and then whatever happens, until the event done. Misuse: wrong_state, busy, no_room.
    // RFC 9051 6.3.13.
    misuse begin_idle() {
        if (!core_.progress().allows(server_mode_input::begin_idle)) return misuse::wrong_state;
        const misuse fault =
            core_.put(server_input::data, [this] { return write_continuation(core_.out(), "idling"); });
        if (fault == misuse::none) core_.progress().go(server_mode_input::begin_idle);
        return fault;
    }

    // The tagged reply to the command that was delivered: OK, NO or BAD. Its effect on the state is the session's. OK to
    // LOGOUT sends BYE first (RFC 9051 6.1.3). In place of accept_literal it refuses the literal. OK to STARTTLS and to
    // COMPRESS is followed by the events start_tls and start_compression.
    // Misuse: as send; wrong_state also for OK to AUTHENTICATE before the mechanism is complete; bad_value also for NO to
    // CLOSE, UNSELECT and UNAUTHENTICATE, which have none. Nothing has changed then.
    misuse finish(const status_response& status) {
        if (const misuse m = core_.progress().may_finish(status.condition); m != misuse::none) return m;
        const server_input input = core_.progress().input_of_answer(status.condition);
        if (!core_.progress().allows(input)) return misuse::wrong_state;
        if (core_.out().has_stop()) return misuse::busy;
        const misuse fault = detail::put_unit(core_.out(), [&] { return write_answer(status); });
        if (fault == misuse::none) core_.note_answer(status, input);
        return fault;
    }

    // Whether the command under way can be answered so.
    bool may_finish(condition c) const { return core_.progress().may_finish(c) == misuse::none; }

    // The handshake that start_tls asked for is done. Misuse: wrong_state (no handshake is due; or octets have come in
    // between, which could be anybody's: next() then gives the error input_before_tls), busy (the OK is not sent yet).
    // RFC 9051 6.2.1.
    misuse tls_started() { return core_.tls_started(); }

    // From here on octets are inflated before they are committed, and deflated after output() had them. Misuse: wrong_state
    // (COMPRESS has not been agreed on, or octets have come before the OK was sent), busy (the OK is not sent yet).
    // RFC 4978 3.
    misuse compression_started() { return core_.compression_started(); }

    // What has happened next.
    server_event next() { return core_.next(); }

    server_state state() const { return core_.progress().state(); }
    server_mode mode() const { return core_.progress().mode(); }
    // What was announced last; after a login and after TLS nothing, until it is announced again.
    const capability_set<Profile>& announced() const { return core_.progress().announced(); }
    // What is enabled, bits of namespace modes.
    std::uint32_t modes() const { return core_.progress().modes(); }
    // Whether the connection is encrypted, by what the caller has said.
    bool secure() const { return core_.progress().secure(); }

private:
    misuse put_status(server_input input, const status_response& status) {
        const misuse fault = core_.put(input, [&] {
            const misuse written = write_status<Profile>(core_.out(), status, core_.progress().writing());
            if (written != misuse::none) return written;
            return core_.progress().contradicts(status) ? misuse::bad_value : misuse::none;
        });
        if (fault == misuse::none) core_.progress().learn(status);
        return fault;
    }

    misuse write_answer(const status_response& status) {
        const write_options options = core_.progress().writing();
        if (core_.progress().effect() == command_effect::logs_out && status.condition == condition::ok) {
            const misuse fault = write_status<Profile>(core_.out(), {condition::bye, {}, "logging out"}, options);
            if (fault != misuse::none) return fault;
        }
        if (core_.progress().contradicts(status)) return misuse::bad_value;
        return write_tagged<Profile>(core_.out(), core_.progress().tag(), status, options);
    }

    // A line "+" SP base64. `fill` writes the octets into the room it is given, and says how many; nothing where there is no
    // challenge to send.
    template <typename Fill> misuse put_challenge(Fill fill) {
        const misuse fault = core_.put(server_input::data, [&] {
            core_.out().put("+ ");
            const auto size = core_.out().ok() ? fill(core_.out().room_for_base64()) : std::nullopt;
            if (!size) return misuse::no_room;
            core_.out().put_base64(*size);
            core_.out().put("\r\n");
            return misuse::none;
        });
        if (fault == misuse::none) core_.note_challenge();
        return fault;
    }

    detail::server_core<Profile> core_;
};

using server = basic_server<>;

} // namespace mailwire::imap
