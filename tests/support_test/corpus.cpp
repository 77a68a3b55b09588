// SPDX-License-Identifier: BSL-1.0
#include "../support/corpus.hpp"

#include "../support/scratch_folder.hpp"

#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace mailwire::test {
namespace {

void write_file(const std::filesystem::path& path, std::string_view content) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << content;
}

constexpr std::string_view index_names =
    "id\tpack\toffset\tbytes\tside\tkind\tclass\tverdict\tflavour\tcontext\trfc\tnote\n";

TEST(corpus, units_are_cut_from_their_packs) {
    const scratch_folder folder;
    write_file(folder.path() / "corpus" / "packs" / "p.bin", "+OK\r\n* 1 EXISTS\r\n");
    write_file(folder.path() / "corpus" / "index.tsv",
               std::string(index_names) + "u1\tp.bin\t0\t5\tpop3-response\tunit\tvalid\taccept\t\tNOOP\tok\t\n" +
                   "u2\tp.bin\t5\t12\timap-response\tunit\tquirk\t-\tsome\t\tno:x\tsaid \"so\"\n");
    const auto units = read_corpus_units(folder.path());
    ASSERT_EQ(units.size(), 2U);
    EXPECT_EQ(units[0].octets, "+OK\r\n");
    EXPECT_EQ(units[0].context, "NOOP");
    EXPECT_EQ(units[1].id, "u2");
    EXPECT_EQ(units[1].side, "imap-response");
    EXPECT_EQ(units[1].kind, "unit");
    EXPECT_EQ(units[1].class_, "quirk");
    EXPECT_EQ(units[1].verdict, "-");
    EXPECT_EQ(units[1].flavour, "some");
    EXPECT_EQ(units[1].rfc, "no:x");
    EXPECT_EQ(units[1].note, "said \"so\"");
    EXPECT_EQ(units[1].octets, "* 1 EXISTS\r\n");
}

TEST(corpus, malformed_lines_fail_the_test_and_are_left_out) {
    const scratch_folder folder;
    write_file(folder.path() / "corpus" / "packs" / "p.bin", "abc");
    const std::string tail = "\tpop3-response\tunit\tvalid\taccept\t\t\tok\t\n";
    for (const std::string bad :
         {"u\tp.bin\t0\t4", "u\tp.bin\t4\t0", "u\tp.bin\tx\t1", "u\tp.bin\t0", "u\tp.bin\t0\t1\t"}) {
        SCOPED_TRACE(bad);
        write_file(folder.path() / "corpus" / "index.tsv",
                   std::string(index_names) + bad + tail + "good\tp.bin\t2\t1" + tail);
        std::vector<corpus_unit> units;
        EXPECT_NONFATAL_FAILURE(units = read_corpus_units(folder.path()), "index.tsv:2: ");
        ASSERT_EQ(units.size(), 1U);
        EXPECT_EQ(units[0].id, "good");
        EXPECT_EQ(units[0].octets, "c");
    }
}

TEST(corpus, a_missing_file_fails_the_test) {
    const scratch_folder folder;
    EXPECT_NONFATAL_FAILURE((void)read_corpus_units(folder.path()), "cannot open");
    EXPECT_NONFATAL_FAILURE((void)read_protocol_vectors(folder.path()), "cannot open");
}

TEST(corpus, vectors_have_their_mode_taken_from_the_note) {
    const scratch_folder folder;
    write_file(folder.path() / "protocol" / "vectors.tsv", "side\trfc\twire\tverdict\tnote\n"
                                                           "IMAP-C\tR1\ta1 NOOP\\r\\n\taccept\t[V0001] baseline\n"
                                                           "POP3-S\tR2\t\treject\t[V0002] mode=ctx=retr,sender text\n"
                                                           "POP3-S\tR2\t.\treject\t[V0003] mode=utf8\n");
    const auto vectors = read_protocol_vectors(folder.path());
    ASSERT_EQ(vectors.size(), 3U);
    EXPECT_EQ(vectors[0].id, "V0001");
    EXPECT_EQ(vectors[0].side, "IMAP-C");
    EXPECT_EQ(vectors[0].rfc, "R1");
    EXPECT_EQ(vectors[0].wire, "a1 NOOP\r\n");
    EXPECT_TRUE(vectors[0].accept);
    EXPECT_TRUE(vectors[0].mode.empty());
    EXPECT_EQ(vectors[0].note, "baseline");
    EXPECT_FALSE(vectors[1].accept);
    EXPECT_EQ(vectors[1].mode_value("ctx"), "retr");
    EXPECT_TRUE(vectors[1].has_mode("sender"));
    EXPECT_FALSE(vectors[1].has_mode("utf8"));
    EXPECT_EQ(vectors[1].mode_value("utf8"), "");
    EXPECT_EQ(vectors[1].note, "text");
    EXPECT_TRUE(vectors[2].has_mode("utf8"));
    EXPECT_EQ(vectors[2].note, "");
}

struct wire_row {
    std::string_view escaped;
    std::string_view wire;
};

TEST(unescape_wire, good) {
    using namespace std::string_view_literals;
    for (const auto& [escaped, wire] :
         {wire_row{"", ""}, wire_row{"plain", "plain"}, wire_row{"a\\r\\n\\t\\\\b", "a\r\n\t\\b"},
          wire_row{"\\x20\\xFF\\xc3", " \xff\xc3"}, wire_row{"\\0401\\000", " 1\0"sv}, wire_row{"\\\\x20", "\\x20"}}) {
        std::string out = "old";
        EXPECT_TRUE(unescape_wire(escaped, out)) << escaped;
        EXPECT_EQ(out, wire) << escaped;
    }
}

TEST(unescape_wire, bad) {
    for (const std::string_view escaped :
         {"\\", "a\\", "\\q", "\\x", "\\x2", "\\xg0", "\\x-1", "\\04", "\\400", "\\08x"}) {
        std::string out;
        EXPECT_FALSE(unescape_wire(escaped, out)) << escaped;
    }
}

TEST(corpus, the_real_folder_is_read_in_full) {
    if (!corpus_available()) {
        GTEST_SKIP() << "no corpus: set MAILWIRE_CORPUS_DIR";
    }
    std::map<std::string, std::size_t> counts;
    for (const auto& unit : read_corpus_units()) {
        ++counts[unit.side];
        EXPECT_FALSE(unit.id.empty());
    }
    for (const auto& vector : read_protocol_vectors()) {
        ++counts[vector.side];
    }
    for (const auto* const side : {"imap-response", "imap-command", "imap-fragment", "pop3-response", "pop3-command",
                                   "IMAP-C", "IMAP-S", "POP3-C", "POP3-S"}) {
        EXPECT_NE(counts[side], 0U) << side;
        std::cout << counts[side] << ' ' << side << '\n';
    }
}

} // namespace
} // namespace mailwire::test
