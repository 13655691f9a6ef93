#include "pulsebench/baseline/store.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <fstream>

#include "documents.hpp"

using namespace pulsebench;
using namespace pulsebench::baseline;
namespace fs = std::filesystem;

namespace {

/// Of the machine of `sample_document`, by the rule in `kind.hpp`.
const std::string kKind = "some-2-ghz@00112233";

Document named(const char* run_id) {
  Document document = sample_document();
  document.run_id = run_id;
  return document;
}

std::size_t files_below(const fs::path& folder) {
  std::size_t count = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    count += entry.is_regular_file() ? 1 : 0;
  }
  return count;
}

std::string message_of(const Result<Document>& result) {
  REQUIRE_FALSE(result.has_value());
  return result.error().message;
}

/// Standard input from a file while it lives.
class InputFrom {
 public:
  explicit InputFrom(const fs::path& file) : saved_(::dup(STDIN_FILENO)) {
    const int opened = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    ::dup2(opened, STDIN_FILENO);
    ::close(opened);
  }
  ~InputFrom() {
    ::dup2(saved_, STDIN_FILENO);
    ::close(saved_);
  }
  InputFrom(const InputFrom&) = delete;
  InputFrom& operator=(const InputFrom&) = delete;

 private:
  int saved_;
};

}  // namespace

TEST_CASE("a saved baseline is loaded by its name and saved again over itself") {
  const Scratch scratch;
  const Store store(scratch.path());
  const auto file = store.save("nightly/2026-01-01", named("first"));
  REQUIRE(file.has_value());
  CHECK(*file == scratch.path() / "baselines/nightly/2026-01-01" / (kKind + ".json"));
  CHECK(store.load("nightly/2026-01-01")->run_id == "first");
  REQUIRE(store.save("nightly/2026-01-01", named("second")).has_value());
  CHECK(store.load("nightly/2026-01-01")->run_id == "second");
  CHECK(files_below(store.baselines_folder()) == 1);  // no temporary file stays
  CHECK(fs::is_empty(scratch.path() / ".pulsebench/tmp"));
}

TEST_CASE("a name that is not one is refused before anything is touched") {
  const Scratch scratch;
  const Store store(scratch.path() / "root");
  for (const char* name : {"../x", "/x", "last", "a//b"}) {
    CHECK(store.save(name, named("r")).error().code == ErrorCode::bad_input);
    CHECK(store.remove(name).error().code == ErrorCode::bad_input);
  }
  CHECK_FALSE(fs::exists(scratch.path() / "root"));
}

TEST_CASE("a missing baseline names what there is and how to save one") {
  const Scratch scratch;
  const Store store(scratch.path());
  const std::string folder = (scratch.path() / "baselines").string();
  const auto nothing = store.load("main");
  CHECK(message_of(nothing) == "no baseline 'main' in " + folder +
                                   " (there is none yet); save one with: pulsebench run --save "
                                   "main");
  CHECK(nothing.error().code == ErrorCode::not_found);
  REQUIRE(store.save("v0.1.0", named("r")).has_value());
  REQUIRE(store.save("old/main", named("r")).has_value());
  CHECK(message_of(store.load("main")).find("(there are old/main, v0.1.0)") != std::string::npos);
}

TEST_CASE("a reference may be a path, and a baseline of that name wins") {
  const Scratch scratch;
  const Store store(scratch.path() / "root");
  const Store elsewhere(scratch.path() / "other");
  const fs::path file = *elsewhere.save("x", named("by path"));
  CHECK(store.load(file.string())->run_id == "by path");

  const auto missing = store.load((scratch.path() / "no.json").string());
  CHECK(missing.error().code == ErrorCode::not_found);
  CHECK(message_of(missing).find("no file " + (scratch.path() / "no.json").string()) == 0);

  // "tests" is a folder of the working directory or not: a bare word is never a path.
  CHECK(message_of(store.load("x")).find("no baseline 'x'") == 0);
  REQUIRE(store.save("sub/x", named("by name")).has_value());
  CHECK(store.load("sub/x")->run_id == "by name");
}

TEST_CASE("a dash is standard input, once") {
  const Scratch scratch;
  const Store store(scratch.path());
  const fs::path file = *store.save("main", named("piped"));
  {
    const InputFrom input(file);
    CHECK(store.load("-")->run_id == "piped");
  }
  CHECK(store.load_pair("-", "-").error().code == ErrorCode::bad_input);
  std::ofstream(scratch.path() / "torn") << "{";
  const InputFrom input(scratch.path() / "torn");
  CHECK(message_of(store.load("-")).find("standard input: ") == 0);
}

TEST_CASE("two results are loaded at once, and the first failure is told") {
  const Scratch scratch;
  const Store store(scratch.path());
  REQUIRE(store.save("old", named("1")).has_value());
  REQUIRE(store.save("new", named("2")).has_value());
  const auto pair = store.load_pair("old", "new");
  REQUIRE(pair.has_value());
  CHECK(pair->first.run_id == "1");
  CHECK(pair->second.run_id == "2");
  CHECK(pair->first.benchmarks[0].quantiles.empty());
  CHECK(store.load_pair("old", "nope").error().message.find("'nope'") != std::string::npos);
  CHECK(store.load_pair("nope", "neither").error().message.find("'nope'") != std::string::npos);
}

TEST_CASE("the list is in order, and shows a broken baseline with its reason") {
  const Scratch scratch;
  const Store store(scratch.path());
  CHECK(store.list()->empty());
  REQUIRE(store.save("v2", named("r2")).has_value());
  REQUIRE(store.save("nightly/2026-01-01", named("r1")).has_value());
  std::ofstream(store.baselines_folder() / "broken.json") << "{\"schema\": ";
  std::ofstream(store.baselines_folder() / ".main.json.1.0.tmp") << "half";
  std::ofstream(store.baselines_folder() / "README.md") << "text";
  const auto entries = store.list();
  REQUIRE(entries.has_value());
  REQUIRE(entries->size() == 3);
  CHECK((*entries)[0].name == "broken");
  CHECK_FALSE((*entries)[0].envelope.has_value());
  CHECK((*entries)[1].name == "nightly/2026-01-01");
  CHECK((*entries)[1].envelope->run_id == "r1");
  CHECK((*entries)[1].envelope->benchmarks.empty());
  CHECK((*entries)[2].name == "v2");
  CHECK((*entries)[2].file == store.baselines_folder() / "v2" / (kKind + ".json"));
}

TEST_CASE("removing removes a baseline and nothing else") {
  const Scratch scratch;
  const Store store(scratch.path());
  REQUIRE(store.save("main", named("r")).has_value());
  REQUIRE(store.save("other", named("r")).has_value());
  CHECK(store.remove("main").has_value());
  CHECK(store.remove("main").error().code == ErrorCode::not_found);
  CHECK(store.load("other").has_value());
  fs::create_directories(store.baselines_folder() / "folder.json");
  CHECK(store.remove("folder").error().code == ErrorCode::bad_input);
  CHECK(fs::exists(store.baselines_folder() / "folder.json"));
}

TEST_CASE("a symbolic link that leads outside is refused, and what it points to is left alone") {
  const Scratch scratch;
  const Store store(scratch.path() / "root");
  const Store outside(scratch.path() / "outside");
  const fs::path victim = *outside.save("victim", named("victim"));
  fs::create_directories(store.baselines_folder());
  fs::create_symlink(victim, store.baselines_folder() / "link.json");
  fs::create_directory_symlink(victim.parent_path(), store.baselines_folder() / "dir");
  for (const char* name : {"link", "dir/victim"}) {
    CAPTURE(name);
    CHECK(store.save(name, named("r")).error().code == ErrorCode::bad_input);
    CHECK(store.remove(name).error().code == ErrorCode::bad_input);
    CHECK(store.remove(name).error().message.find("symbolic link") != std::string::npos);
    CHECK(store.load(name).error().message.find('\n') == std::string::npos);
  }
  CHECK(store.load("link").error().message.find("symbolic link") != std::string::npos);
  REQUIRE(store.list()->size() == 1);
  CHECK(store.list()->front().name == "link");
  CHECK_FALSE(store.list()->front().envelope.has_value());
  CHECK(outside.load("victim")->run_id == "victim");
}

TEST_CASE("a write that fails midway leaves the old baseline, no temporary file and no folder") {
  const Scratch scratch;
  const Store store(scratch.path());
  REQUIRE(store.save("main", named("old")).has_value());
  rlimit before{};
  REQUIRE(::getrlimit(RLIMIT_FSIZE, &before) == 0);
  const auto old_handler = std::signal(SIGXFSZ, SIG_IGN);
  const rlimit tiny{1000, before.rlim_max};  // as a full disk does, write(2) stops in the middle
  REQUIRE(::setrlimit(RLIMIT_FSIZE, &tiny) == 0);
  const auto failed = store.save("main", named("new"));
  const auto failed_new = store.save("nightly/new", named("new"));
  const auto failed_run = store.save_run(named("new"), {});
  REQUIRE(::setrlimit(RLIMIT_FSIZE, &before) == 0);
  std::signal(SIGXFSZ, old_handler);

  REQUIRE_FALSE(failed.has_value());
  CHECK(failed.error().code == ErrorCode::io);
  CHECK(failed.error().message ==
        "cannot write " + (store.baselines_folder() / "main" / (kKind + ".json")).string() +
            ": file too large");
  CHECK_FALSE(failed_new.has_value());
  CHECK_FALSE(std::filesystem::exists(store.baselines_folder() / "nightly"));
  CHECK_FALSE(failed_run.has_value());
  CHECK(store.load("main")->run_id == "old");
  CHECK(files_below(store.baselines_folder()) == 1);
  CHECK(store.load("last").error().code == ErrorCode::not_found);
}

TEST_CASE("a folder that cannot be written to is named with the fact") {
  const Store store("/proc/self");
  const auto saved = store.save("main", named("r"));
  REQUIRE_FALSE(saved.has_value());
  CHECK(saved.error().code == ErrorCode::io);
  CHECK(saved.error().message.find("cannot write /proc/self/.pulsebench: ") == 0);
}

TEST_CASE("a folder, a device and a directory in the way are no results") {
  const Scratch scratch;
  const Store store(scratch.path());
  fs::create_directories(scratch.path() / "folder");
  CHECK(message_of(store.load((scratch.path() / "folder").string())).find("is a directory") !=
        std::string::npos);
  CHECK(message_of(store.load("/dev/zero")).find("it is a device") != std::string::npos);
}

TEST_CASE("a result fits a baseline where something was measured and nothing failed") {
  Document document = sample_document();  // one of its three crashed
  const auto refused = check_measured(document);
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().code == ErrorCode::nothing_measured);
  CHECK(refused.error().message.find("1 of 3 benchmarks failed (") == 0);
  std::erase_if(document.benchmarks,
                [](const auto& benchmark) { return is_failure(benchmark.outcome.status); });
  CHECK(check_measured(document).has_value());
  document.benchmarks.clear();
  CHECK(check_measured(document).error().message == "no benchmark was measured");
}

TEST_CASE("a benchmark that was skipped did not fail, and alone is no baseline") {
  Document document = sample_document();
  document.benchmarks.erase(document.benchmarks.begin() + 1, document.benchmarks.end());
  document.benchmarks[0].outcome.status = Status::skipped;
  CHECK(check_measured(document).has_value());
  document.benchmarks[0].value.reset();
  CHECK_FALSE(check_measured(document).has_value());
}
