// SPDX-License-Identifier: BSL-1.0
#include "../support/recordings.hpp"

#include "../support/scratch_folder.hpp"

#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <string_view>

namespace mailwire::test {
namespace {

void write_session(const std::filesystem::path& folder, const std::string& name, std::string_view content) {
    std::filesystem::create_directories(folder / "transcripts" / "curl");
    std::ofstream(folder / "transcripts" / "curl" / name, std::ios::binary) << content;
}

TEST(recordings, pieces_keep_their_order_and_direction) {
    const scratch_folder folder;
    write_session(folder.path(), "pop3-01.jsonl",
                  "{\"t\": 0.5, \"dir\": \"s2c\", \"b64\": \"K09LDQo=\"}\n"
                  "{\"t\": 1, \"event\": \"tls-established\", \"version\": \"TLSv1.3\"}\n"
                  "{\"t\": 2, \"dir\": \"c2s\", \"b64\": \"UVVJ\"}\n"
                  "{\"t\": 3, \"dir\": \"c2s\", \"b64\": \"VA0K\"}\n"
                  "{\"error\": \"reset\"}\n");
    write_session(folder.path(), "imap-02.jsonl", "");
    write_session(folder.path(), "imap-02.c2s.inflated", "a NOOP\r\n");
    const auto sessions = read_sessions(folder.path());
    ASSERT_EQ(sessions.size(), 2U);
    EXPECT_EQ(sessions[0].name, "imap-02");
    EXPECT_TRUE(sessions[0].compressed);
    EXPECT_EQ(sessions[0].inflated_from_client, "a NOOP\r\n");
    EXPECT_FALSE(sessions[0].pop3);

    const auto& session = sessions[1];
    EXPECT_EQ(session.client, "curl");
    EXPECT_EQ(session.name, "pop3-01");
    EXPECT_TRUE(session.pop3);
    EXPECT_FALSE(session.compressed);
    ASSERT_EQ(session.pieces.size(), 3U);
    EXPECT_EQ(session.pieces[0].from, direction::from_server);
    EXPECT_EQ(session.pieces[0].octets, "+OK\r\n");
    EXPECT_EQ(session.pieces[0].seconds, 0.5);
    EXPECT_EQ(session.octets(direction::from_client), "QUIT\r\n");
    EXPECT_EQ(session.octets(direction::from_server), "+OK\r\n");
    ASSERT_EQ(session.events.size(), 2U);
    EXPECT_EQ(session.events[0].name, "tls-established");
    EXPECT_EQ(session.events[0].detail, "TLSv1.3");
    EXPECT_EQ(session.events[0].before_piece, 1U);
    EXPECT_EQ(session.events[1].detail, "reset");
    EXPECT_EQ(session.events[1].before_piece, 3U);
}

TEST(recordings, malformed_lines_fail_the_test) {
    const scratch_folder folder;
    for (const std::string bad :
         {"", "{", "[]", "{\"t\": 1}", R"({"t": 1, "dir": "x", "b64": ""})", R"({"t": 1, "dir": "c2s", "b64": "A"})",
          R"({"dir": "c2s", "b64": ""})", R"({"t": 1, "dir": "c2s", "b64": "A-=="})"}) {
        SCOPED_TRACE(bad);
        write_session(folder.path(), "imap-01.jsonl", bad + "\n");
        EXPECT_NONFATAL_FAILURE((void)read_sessions(folder.path()), "imap-01.jsonl:1 is of no known form");
    }
}

TEST(recordings, a_missing_archive_is_a_failure) {
    const scratch_folder folder;
    EXPECT_FALSE(unpack_sessions(folder.path(), folder.path()));
}

TEST(recordings, the_real_ones_are_read_in_full) {
    if (!corpus_available()) {
        GTEST_SKIP() << "no corpus: set MAILWIRE_CORPUS_DIR";
    }
    std::size_t pieces = 0;
    std::size_t octets = 0;
    const auto sessions = read_recorded_sessions();
    for (const auto& session : sessions) {
        pieces += session.pieces.size();
        octets += session.octets(direction::from_client).size() + session.octets(direction::from_server).size();
    }
    EXPECT_NE(sessions.size(), 0U);
    EXPECT_GT(pieces, sessions.size());
    std::cout << sessions.size() << " sessions, " << pieces << " pieces, " << octets << " octets\n";
}

TEST(scratch_folder, is_empty_and_removed_at_the_end) {
    std::filesystem::path path;
    {
        const scratch_folder folder;
        path = folder.path();
        EXPECT_TRUE(std::filesystem::is_empty(path));
        std::ofstream(path / "file") << "x";
    }
    EXPECT_FALSE(path.empty());
    EXPECT_FALSE(std::filesystem::exists(path));
}

} // namespace
} // namespace mailwire::test
