#include "pulsebench/tune/journal.hpp"

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>

#include <doctest/doctest.h>

#include "fake_tree.hpp"
#include "pulsebench/os/pseudo_file.hpp"

using namespace pulsebench;
using namespace pulsebench::tune;

namespace {

const std::string kBoot = "6d8c2a5e-0f3b-4a7e-9d55-1b2c3d4e5f60";
const Change kGovernor{"/sys/devices/system/cpu/cpufreq/policy0/scaling_governor", "powersave\n",
                       "performance"};

}  // namespace

TEST_CASE("a line starts with the CRC-32 of the rest") {
  // python3: binascii.crc32(b"/sys/a 1%0A 0") == 0x2a227244
  CHECK(journal_line({"/sys/a", "1\n", "0"}) == "2a227244 /sys/a 1%0A 0\n");
}

TEST_CASE("changes are read back byte for byte") {
  std::string all_bytes;
  for (int byte = 0; byte < 256; ++byte) all_bytes += static_cast<char>(byte);
  const std::vector<Change> changes{kGovernor, {"/sys/x", "", "-"}, {"/sys/y z", all_bytes, "%"}};
  std::string text = journal_header(kBoot);
  for (const auto& change : changes) text += journal_line(change);
  const auto account = parse_journal(text);
  REQUIRE(account.has_value());
  CHECK(account->boot_id == kBoot);
  CHECK(account->changes == changes);
  CHECK_FALSE(account->kept);
  CHECK(account->damaged_lines == 0);
}

TEST_CASE("a journal truncated at any byte has the complete lines before") {
  const Change second{"/proc/sys/vm/swappiness", "60\n", "0"};
  const std::string header = journal_header(kBoot);
  const std::string one = header + journal_line(kGovernor);
  const std::string two = one + journal_line(second);
  for (std::size_t length = 0; length <= two.size(); ++length) {
    CAPTURE(length);
    const auto account = parse_journal(two.substr(0, length));
    // A line without its newline is complete; one byte less is not.
    if (length + 1 < header.size()) {
      CHECK_FALSE(account.has_value());
      continue;
    }
    REQUIRE(account.has_value());
    const std::size_t whole = length + 1 >= two.size() ? 2 : length + 1 >= one.size() ? 1 : 0;
    REQUIRE(account->changes.size() == whole);
    if (whole > 0) CHECK(account->changes[0] == kGovernor);
  }
}

TEST_CASE("a damaged line is ignored and counted, the others are valid") {
  std::string text = journal_header(kBoot) + journal_line(kGovernor);
  const std::size_t at = text.size() - 5;
  text[at] = text[at] == 'x' ? 'y' : 'x';
  text += journal_line({"/sys/a", "1", "0"});
  const auto account = parse_journal(text);
  REQUIRE(account.has_value());
  CHECK(account->damaged_lines == 1);
  CHECK(account->changes == std::vector<Change>{{"/sys/a", "1", "0"}});
}

TEST_CASE("a text that is not a journal is rejected") {
  for (const std::string text :
       {"", "\n", "hello\n", "00000000 pulsebench-tune-1 x\n", "[\"json\"]", "\x00\x01\x02"}) {
    CHECK_FALSE(parse_journal(text).has_value());
  }
  CHECK_FALSE(parse_journal(journal_line(kGovernor)).has_value());
}

TEST_CASE("a kept journal is marked") {
  CHECK(parse_journal(journal_header(kBoot) + journal_kept_line())->kept);
}

TEST_CASE("a note is in the file when the call returns") {
  const FakeTree tree;
  const auto file = tree.top() / "tune.journal";
  auto journal = Journal::create(file, kBoot);
  REQUIRE(journal.has_value());
  CHECK(parse_journal(read_journal(file)->value())->changes.empty());
  REQUIRE(journal->note({kGovernor}).has_value());
  CHECK(parse_journal(read_journal(file)->value())->changes == std::vector<Change>{kGovernor});
  REQUIRE(journal->note_kept().has_value());
  CHECK(parse_journal(read_journal(file)->value())->kept);
}

TEST_CASE("a missing journal is not an error; a link or a file that others may write is") {
  const FakeTree tree;
  const auto file = tree.top() / "tune.journal";
  CHECK_FALSE(read_journal(file).value().has_value());
  tree.put("tune.journal", journal_header(kBoot));
  REQUIRE(::chmod(file.c_str(), 0666) == 0);
  CHECK_FALSE(read_journal(file).has_value());
  REQUIRE(::chmod(file.c_str(), 0600) == 0);
  CHECK(read_journal(file).has_value());
  REQUIRE(::symlink(file.c_str(), (tree.top() / "link").c_str()) == 0);
  CHECK_FALSE(read_journal(tree.top() / "link").has_value());
}

TEST_CASE("the error for a folder that cannot be written has the journal's path") {
  const FakeTree tree;
  const auto journal = Journal::create(tree.top() / "missing" / "tune.journal", kBoot);
  REQUIRE_FALSE(journal.has_value());
  CHECK(journal.error().message.find("tune.journal") != std::string::npos);
}

TEST_CASE("an append to a full disk leaves the journal as it was, and a later one is whole") {
  const FakeTree tree;
  const auto file = tree.top() / "tune.journal";
  auto journal = Journal::create(file, kBoot);
  REQUIRE(journal.has_value());
  rlimit limit{};
  REQUIRE(::getrlimit(RLIMIT_FSIZE, &limit) == 0);
  // write(2): at the limit a part is written, and the rest fails with EFBIG.
  const rlimit full{journal->text().size() + 20, limit.rlim_max};
  const auto before = std::signal(SIGXFSZ, SIG_IGN);
  REQUIRE(::setrlimit(RLIMIT_FSIZE, &full) == 0);
  const auto noted = journal->note({kGovernor});
  REQUIRE(::setrlimit(RLIMIT_FSIZE, &limit) == 0);
  std::signal(SIGXFSZ, before);
  CHECK_FALSE(noted.has_value());
  CHECK(read_journal(file)->value() == journal_header(kBoot));
  CHECK(journal->changes() == std::vector<Change>{kGovernor});
  REQUIRE(journal->note({{"/sys/a", "1", "0"}}).has_value());
  CHECK(parse_journal(read_journal(file)->value())->changes ==
        std::vector<Change>{{"/sys/a", "1", "0"}});
}
