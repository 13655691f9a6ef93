#include <doctest/doctest.h>

#include <fstream>

#include "documents.hpp"
#include "pulsebench/baseline/store.hpp"

using namespace pulsebench;
using namespace pulsebench::baseline;
namespace fs = std::filesystem;

namespace {

/// A result of a machine whose key begins with `digit`.
Document measured_on(char digit, const char* run_id) {
  Document document = sample_document();
  document.machine.key = std::string(16, digit);
  document.machine.hashed = {{"cpu_model", "Some CPU"}};
  document.run_id = run_id;
  return document;
}

std::string kind(char digit) { return "some@" + std::string(8, digit); }

/// The store as a machine whose key begins with `digit` sees it.
Store store_on(char digit, const Scratch& scratch) {
  return Store(scratch.path(), [digit] { return kind(digit); });
}

fs::path write_flat(const Store& store, const char* name, const Document& document) {
  fs::path file = store.baselines_folder() / (std::string{name} + ".json");
  fs::create_directories(file.parent_path());
  std::ofstream(file) << encode(document);
  return file;
}

}  // namespace

TEST_CASE("a baseline has a result for each kind of machine, and each machine reads its own") {
  const Scratch scratch;
  const Store a = store_on('a', scratch), b = store_on('b', scratch);
  REQUIRE(a.save("main", measured_on('a', "of a")).has_value());
  REQUIRE(b.save("main", measured_on('b', "of b")).has_value());
  CHECK(a.load("main")->run_id == "of a");
  CHECK(b.load("main")->run_id == "of b");
  CHECK(a.load("main/" + kind('b'))->run_id == "of b");
  const auto entries = *a.list();
  REQUIRE(entries.size() == 2);
  CHECK(entries[0].name == "main");
  CHECK(entries[0].envelope->run_id == "of a");
  CHECK(entries[1].name == "main");
  CHECK(entries[1].file == scratch.path() / "baselines/main" / (kind('b') + ".json"));
}

TEST_CASE("another kind's result is named and is not read in place of this machine's") {
  const Scratch scratch;
  const Store store = store_on('c', scratch);
  REQUIRE(store.save("main", measured_on('a', "of a")).has_value());
  REQUIRE(store.save("main", measured_on('b', "of b")).has_value());
  const auto none = store.load("main");
  REQUIRE_FALSE(none.has_value());
  CHECK(none.error().code == ErrorCode::not_found);
  CHECK(none.error().message ==
        "'main' was measured on some@aaaaaaaa, some@bbbbbbbb, and none is this machine's, "
        "some@cccccccc; measure it: pulsebench run --save main");
  CHECK(store.remove("main").error().message == none.error().message);
  CHECK(store.load("main/" + kind('d')).error().message ==
        "'main' was measured on some@aaaaaaaa, some@bbbbbbbb, not on some@dddddddd");
  for (const char digit : {'d', 'e', 'f'}) {
    REQUIRE(store.save("main", measured_on(digit, "r")).has_value());
  }
  CHECK(store.load("main").error().message.find("some@eeeeeeee and 1 more, and none") !=
        std::string::npos);
}

TEST_CASE("a store that does not know its machine reads the only result there is") {
  const Scratch scratch;
  const Store store(scratch.path());
  REQUIRE(store.save("main", measured_on('a', "of a")).has_value());
  CHECK(store.load("main")->run_id == "of a");
  REQUIRE(store.save("main", measured_on('b', "of b")).has_value());
  CHECK(store.load("main").error().message ==
        "'main' was measured on some@aaaaaaaa, some@bbbbbbbb, and none of them is chosen; name "
        "one, as in main/some@aaaaaaaa");
}

TEST_CASE("a flat file of an older version is read, and replaced by a result of its machine") {
  const Scratch scratch;
  const Store store = store_on('a', scratch);
  const fs::path flat = write_flat(store, "old/main", measured_on('a', "flat"));
  CHECK(store.load("old/main")->run_id == "flat");
  REQUIRE(store.save("old/main", measured_on('b', "of b")).has_value());
  CHECK(store.load("old/main")->run_id == "flat");  // it is of another machine than the new one
  CHECK(fs::exists(flat));
  REQUIRE(store.save("old/main", measured_on('a', "of a")).has_value());
  CHECK(store.load("old/main")->run_id == "of a");
  CHECK_FALSE(fs::exists(flat));
}

TEST_CASE("a flat file that an older version writes beside the new one is the newer of the two") {
  const Scratch scratch;
  const Store store = store_on('a', scratch);
  REQUIRE(store.save("main", measured_on('a', "of a")).has_value());
  const fs::path flat = write_flat(store, "main", measured_on('a', "flat"));
  CHECK(store.load("main")->run_id == "flat");
  write_flat(store, "main", measured_on('b', "of b"));
  CHECK(store.load("main")->run_id == "of a");
  std::ofstream(flat) << "{";
  CHECK(store.load("main").error().message.find("main.json") != std::string::npos);
  REQUIRE(store.save("main", measured_on('a', "again")).has_value());
  CHECK(store.load("main")->run_id == "again");
  CHECK_FALSE(fs::exists(flat));
}

TEST_CASE("a flat file of another machine is read by its name, as before") {
  const Scratch scratch;
  const Store store = store_on('a', scratch);
  const fs::path flat = write_flat(store, "main", measured_on('b', "flat"));
  CHECK(store.load("main")->run_id == "flat");
  CHECK(store.remove("main").has_value());
  CHECK_FALSE(fs::exists(flat));
}

TEST_CASE("an imported result is of no machine, and takes the place of what was saved here") {
  const Scratch scratch;
  const Store store = store_on('a', scratch);
  Document imported = sample_document();
  imported.machine = {.key = "imported:host", .hashed = {}, .shown = {}};
  imported.run_id = "imported";
  REQUIRE(store.save("theirs", measured_on('a', "of a")).has_value());
  CHECK(*store.save("theirs", imported) == scratch.path() / "baselines/theirs.json");
  CHECK(store.load("theirs")->run_id == "imported");
  CHECK(*store.save("theirs", imported) == scratch.path() / "baselines/theirs.json");
  CHECK(store.load("theirs")->run_id == "imported");
  CHECK(store.list()->size() == 1);
}

TEST_CASE("removing takes this machine's result and leaves those of others") {
  const Scratch scratch;
  const Store store = store_on('a', scratch);
  REQUIRE(store.save("main", measured_on('a', "of a")).has_value());
  REQUIRE(store.save("main", measured_on('b', "of b")).has_value());
  CHECK(store.remove("main").has_value());
  REQUIRE(store.list()->size() == 1);
  CHECK(store.list()->front().envelope->run_id == "of b");
  CHECK(store.remove("main/" + kind('b')).has_value());
  CHECK(store.list()->empty());
  CHECK(fs::is_empty(store.baselines_folder()));  // the folder of the name is gone, too
}

TEST_CASE("a folder of a baseline that is a symbolic link is neither read nor written") {
  const Scratch scratch;
  const Scratch outside;
  const Store store = store_on('a', scratch);
  const Store elsewhere = store_on('a', outside);
  REQUIRE(elsewhere.save("victim", measured_on('a', "victim")).has_value());
  fs::create_directories(store.baselines_folder());
  fs::create_directory_symlink(elsewhere.baselines_folder() / "victim",
                               store.baselines_folder() / "main");
  CHECK(store.load("main").error().message.find("symbolic link") != std::string::npos);
  CHECK(store.save("main", measured_on('a', "new")).error().code == ErrorCode::bad_input);
  CHECK(store.remove("main").error().code == ErrorCode::bad_input);
  CHECK(elsewhere.load("victim")->run_id == "victim");
}
