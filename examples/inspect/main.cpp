// SPDX-License-Identifier: BSL-1.0
// Shows what the grammars of mailwire see in a stream, or judges units one by one.
#include <exception>
#include <fstream>
#include <iostream>
#include <iterator>
#include <set>
#include <stdexcept>
#include <string>

#include <CLI/CLI.hpp>

#include "inspect/judge.hpp"
#include "inspect/print.hpp"
#include "inspect/settings.hpp"
#include "inspect/walk.hpp"

namespace {

struct arguments {
    std::string protocol;
    std::string from;
    bool json = false;
    std::string mode;
    std::string context;
    std::string client;
    std::string units;
    std::string pack;
    std::string file;
};

constexpr const char* about =
    "Shows what the grammar sees: each unit of a stream (a command, a response, with its literals or lines) as a tree "
    "of\n"
    "its fields with their offsets. A unit that is refused is one line, and the next one is read as if nothing had\n"
    "happened. With --units and --pack, units are judged one by one.";

constexpr const char* more_about =
    "Output: a line a unit, then its fields: offset in the stream, offset in the unit, kind, octets with C escapes.\n"
    "An item stands for a word of the protocol with what belongs to it; (unknown) is one the library does not know.\n"
    "\n"
    "A POP3 answer can only be told from the command it answers: give --context or --client, otherwise each line is\n"
    "read as an answer of one line.\n"
    "\n"
    "--units prints a line for each unit: its id, a verdict, a detail, with tabs between them. The index has tabs\n"
    "between its fields, and its first line names them: id, offset, bytes and, where needed, context, mode and kind.\n"
    "  accept      one whole unit\n"
    "  unknown     a command or untagged response whose name the library does not know, or a mode, context or kind\n"
    "              that is not supported\n"
    "  reject      no unit, or more than one\n"
    "  incomplete  the unit breaks off\n"
    "\n"
    "Modes, with commas between them: utf8, litplus (IMAP); utf8, respcodes (POP3).\n"
    "\n"
    "Exit code: 0 when the input was read, whatever is in it; 1 when it could not be; above 100 for wrong arguments.\n"
    "\n"
    "Examples:\n"
    "  inspect --protocol imap --from server session.s2c\n"
    "  printf 'a1 LOGIN joe {3}\\r\\nabc\\r\\n' | inspect --protocol imap --from client --json\n"
    "  inspect --protocol pop3 --from server --client session.c2s session.s2c\n"
    "  printf '+OK\\r\\n1 120\\r\\n.\\r\\n' | inspect --protocol pop3 --from server --context LIST\n";

void declare(CLI::App& app, arguments& given) {
    const CLI::Validator file = CLI::Validator(CLI::ExistingFile).description("");
    const auto one_of = [](const std::set<std::string>& words) { return CLI::IsMember(words).description(""); };
    app.footer(more_about);
    app.add_option("--protocol", given.protocol, "what is spoken")
        ->required()
        ->type_name("imap|pop3")
        ->check(one_of({"imap", "pop3"}));
    app.add_option("--from", given.from, "who has sent the stream")
        ->required()
        ->type_name("client|server")
        ->check(one_of({"client", "server"}));
    auto* json = app.add_flag("--json", given.json, "print one JSON object a unit");
    app.add_option("--mode", given.mode, "what the two sides have agreed on")->type_name("MODES");
    auto* context = app.add_option("--context", given.context, "POP3: the command that each unit answers");
    context->type_name("COMMAND");
    auto* client = app.add_option("--client", given.client, "POP3: what the client has sent to get these answers");
    client->type_name("FILE")->check(file)->excludes(context);
    auto* units = app.add_option("--units", given.units, "judge the units of this index, one by one");
    auto* pack = app.add_option("--pack", given.pack, "the file the index is about");
    units->type_name("INDEX")->check(file)->needs(pack)->excludes(json)->excludes(client);
    pack->type_name("FILE")->check(file)->needs(units);
    app.add_option("FILE", given.file, "the stream; without it, standard input")
        ->type_name("")
        ->check(file)
        ->excludes(units);
}

std::string read_all(std::istream& in) {
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::string read_file(const std::string& name) {
    std::ifstream in(name, std::ios::binary);
    if (!in) throw std::runtime_error("cannot read " + name);
    return read_all(in);
}

void require(const std::string& refusal) {
    if (!refusal.empty()) throw std::runtime_error(refusal);
}

void run(const arguments& given) {
    inspect::settings reading(given.protocol == "imap" ? inspect::protocol::imap : inspect::protocol::pop3,
                              given.from == "client" ? mailwire::side::client : mailwire::side::server);
    require(reading.set_mode(given.mode));
    require(reading.set_context(given.context));
    if (!given.units.empty()) {
        const std::string pack = read_file(given.pack);
        std::ifstream index(given.units, std::ios::binary);
        return inspect::print_judgements(std::cout, pack, inspect::read_index(index, pack.size()), reading);
    }
    const std::string stream = given.file.empty() ? read_all(std::cin) : read_file(given.file);
    const auto print = [&given](const inspect::unit& read) {
        given.json ? inspect::print_json(std::cout, read) : inspect::print_tree(std::cout, read);
    };
    const bool answers = reading.speaks() == inspect::protocol::pop3 && reading.from() == mailwire::side::server;
    if (answers && !given.client.empty()) {
        return inspect::walk_answers(stream, read_file(given.client), reading, print);
    }
    if (answers && given.context.empty() && given.mode.find("ctx=") == std::string::npos) {
        std::cerr << "inspect: neither --context nor --client: each line is read as an answer of one line\n";
    }
    inspect::walk(stream, reading, print);
}

} // namespace

int main(int argc, char** argv) {
    arguments given;
    CLI::App app{about, "inspect"};
    declare(app, given);
    CLI11_PARSE(app, argc, argv);
    try {
        std::ios::sync_with_stdio(false);
        run(given);
        std::cout.flush();
        if (!std::cout) throw std::runtime_error("cannot write the output");
    } catch (const std::exception& why) {
        std::cout.flush();
        std::cerr << "inspect: " << why.what() << '\n';
        return 1;
    }
    return 0;
}
