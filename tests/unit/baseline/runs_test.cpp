#include "pulsebench/baseline/runs.hpp"

#include <doctest/doctest.h>

#include <fstream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "documents.hpp"
#include "pulsebench/baseline/store.hpp"

using namespace pulsebench;
using namespace pulsebench::baseline;
namespace fs = std::filesystem;

namespace {

/// A day ago: pruning leaves what is young.
const fs::file_time_type kEpoch = fs::file_time_type::clock::now() - std::chrono::hours{24};

/// Saves a run as if it had been written `seconds` after some fixed time.
fs::path save_run(const Store& store, const std::string& run_id, int seconds,
                  bool complete = true) {
  Document document = sample_document();
  document.run_id = run_id;
  document.complete = complete;
  const std::vector<Measured> raw{measured("a/b", 2, 3)};
  const auto folder = store.save_run(document, raw);
  REQUIRE(folder.has_value());
  fs::last_write_time(*folder / "result.json", kEpoch + std::chrono::seconds(seconds));
  return *folder;
}

/// A run id as `run` makes it, of the given second.
std::string id_of_second(int second) { return fmt::format("20261127T2315{:02}Z-00c0de", second); }

}  // namespace

TEST_CASE("a run keeps its result and every slice of it") {
  const Scratch scratch;
  const Store store(scratch.path());
  const fs::path folder = save_run(store, "run-1", 0);
  CHECK(folder == scratch.path() / ".pulsebench/runs/run-1");
  CHECK(store.load((folder / "result.json").string())->run_id == "run-1");
  std::ifstream samples(folder / "samples.jsonl");
  std::vector<nlohmann::json> visits;
  for (std::string line; std::getline(samples, line);) {
    visits.push_back(nlohmann::json::parse(line));
  }
  REQUIRE(visits.size() == 2);
  CHECK(visits[1].at("id") == "a/b");
  CHECK(visits[1].at("launch") == 1);
  CHECK(visits[1].at("operations") == 20'000);
  CHECK(visits[1].at("ns_per_op").size() == 3);
  CHECK(visits[1].at("ns_per_op")[0] == 10.01);
  CHECK(visits[1].at("disturbances")[2] == 0);
}

TEST_CASE(
    "as many runs are read as fit, from the newest on, with no launches where none are asked") {
  const Scratch scratch;
  const Store store(scratch.path());
  save_run(store, "oldest", 1);
  save_run(store, "middle", 2);
  const fs::path newest = save_run(store, "newest", 3);
  const auto bytes = fs::file_size(newest / "result.json");  // the ids are as long as each other
  const auto names = [&](std::uintmax_t most) {
    std::vector<std::string> ids;
    const auto read = store.runs(Detail::values, most);
    REQUIRE(read.has_value());
    for (const Document& run : read->runs) {
      ids.push_back(run.run_id);
      CHECK_FALSE(run.benchmarks.empty());
      CHECK(run.benchmarks[0].value.has_value());
      CHECK(run.benchmarks[0].launches.launch.empty());
    }
    return ids;
  };
  CHECK(names(2 * bytes) == std::vector<std::string>{"newest", "middle"});
  CHECK(names(2 * bytes - 1) == std::vector<std::string>{"newest"});
  CHECK(names(10 * bytes).size() == 3);
  std::ofstream(newest / "result.json") << "{";
  CHECK(names(10 * bytes) == std::vector<std::string>{"middle", "oldest"});
}

TEST_CASE("last is the newest complete run, whatever its name") {
  const Scratch scratch;
  const Store store(scratch.path());
  CHECK(store.load("last").error().code == ErrorCode::not_found);
  CHECK(store.load("last").error().message.find("measure one with: pulsebench run") !=
        std::string::npos);
  save_run(store, "c", 10);
  save_run(store, "a", 30);
  save_run(store, "b", 20);
  CHECK(store.load("last")->run_id == "a");
  save_run(store, "d", 40, false);
  CHECK(store.load("last")->run_id == "a");
}

TEST_CASE("a run without a result is passed over") {
  const Scratch scratch;
  const Store store(scratch.path());
  save_run(store, "good", 10);
  fs::create_directories(store.runs_folder() / "unfinished");
  CHECK(store.load("last")->run_id == "good");
}

TEST_CASE("a torn run is an error where it is the newest, and no concern where it is not") {
  const Scratch scratch;
  const Store store(scratch.path());
  const fs::path torn = save_run(store, "torn", 20) / "result.json";
  fs::resize_file(torn, fs::file_size(torn) / 2);
  fs::last_write_time(torn, kEpoch + std::chrono::seconds(20));
  save_run(store, "older", 10);
  save_run(store, "interrupted", 30, false);
  const auto last = store.load("last");
  REQUIRE_FALSE(last.has_value());
  CHECK(last.error().message.find(torn.string()) != std::string::npos);
  CHECK(last.error().message.find("measure again") != std::string::npos);
  save_run(store, "newer", 40);
  CHECK(store.load("last")->run_id == "newer");
}

TEST_CASE("a newest run that is not a regular file is an error too") {
  const Scratch scratch;
  const Store store(scratch.path());
  save_run(store, "older", 10);
  const fs::path result = store.runs_folder() / "newer" / "result.json";
  fs::create_directories(result);
  fs::last_write_time(result, kEpoch + std::chrono::seconds(20));
  CHECK_FALSE(store.load("last").has_value());
}

TEST_CASE("the stored runs come newest first, and the torn one is counted") {
  const Scratch scratch;
  const Store store(scratch.path());
  CHECK(store.runs()->runs.empty());
  save_run(store, "a", 10);
  save_run(store, "b", 30);
  fs::resize_file(save_run(store, "c", 20) / "result.json", 100);
  const auto [runs, unreadable] = *store.runs();
  CHECK(unreadable == 1);
  REQUIRE(runs.size() == 2);
  CHECK(runs[0].run_id == "b");
  CHECK(runs[1].run_id == "a");
}

TEST_CASE("only the newest twenty runs are kept") {
  const Scratch scratch;
  const Store store(scratch.path());
  for (int i = 0; i < 25; ++i) save_run(store, id_of_second(i), i);
  CHECK(run_results(store.files())->size() == Store::kRunsKept);
  CHECK(fs::exists(store.runs_folder() / id_of_second(24)));
  CHECK(fs::exists(store.runs_folder() / id_of_second(5)));
  CHECK_FALSE(fs::exists(store.runs_folder() / id_of_second(4)));
}

TEST_CASE("pruning follows no symbolic link among the runs") {
  const Scratch scratch;
  const Store store(scratch.path() / "root");
  fs::create_directories(scratch.path() / "precious");
  fs::create_directories(store.runs_folder());
  fs::create_directory_symlink(scratch.path() / "precious", store.runs_folder() / "0-oldest");
  for (int i = 0; i < 22; ++i) save_run(store, id_of_second(i), i);
  CHECK(fs::exists(scratch.path() / "precious"));
}

TEST_CASE("a folder that is not a run is neither pruned nor counted as one") {
  const Scratch scratch;
  const Store store(scratch.path());
  const fs::path foreign = store.runs_folder() / "project";  // with a result in it
  const fs::path empty = store.runs_folder() / "empty";
  save_run(store, "project", 0);
  fs::create_directories(empty);
  for (int i = 0; i < 21; ++i) save_run(store, id_of_second(i), i + 1);
  CHECK(fs::exists(foreign / "result.json"));
  CHECK(fs::exists(empty));
  CHECK_FALSE(fs::exists(store.runs_folder() / id_of_second(0)));
  CHECK(fs::exists(store.runs_folder() / id_of_second(1)));
}

TEST_CASE("a run that was cut is removed with the next one, whatever its age") {
  const Scratch scratch;
  const Store store(scratch.path());
  fs::remove(save_run(store, id_of_second(0), 0) / "result.json");
  fs::create_directories(store.runs_folder() / id_of_second(1));
  save_run(store, id_of_second(2), 2);
  CHECK_FALSE(fs::exists(store.runs_folder() / id_of_second(0)));
  CHECK_FALSE(fs::exists(store.runs_folder() / id_of_second(1)));
  CHECK(fs::exists(store.runs_folder() / id_of_second(2)));
}

TEST_CASE("a run that is younger than an hour stays, however many there are") {
  const Scratch scratch;
  const Store store(scratch.path());
  Document document = sample_document();
  for (int i = 0; i < 25; ++i) {
    document.run_id = id_of_second(i);
    REQUIRE(store.save_run(document, {}));
  }
  CHECK(run_results(store.files())->size() == 25);
}

TEST_CASE("a run folder with a file that is not of a run stays") {
  const Scratch scratch;
  const Store store(scratch.path());
  std::ofstream(save_run(store, id_of_second(0), 0) / "notes") << "precious";
  for (int i = 1; i < 22; ++i) save_run(store, id_of_second(i), i);
  CHECK(fs::exists(store.runs_folder() / id_of_second(0) / "result.json"));
  CHECK_FALSE(fs::exists(store.runs_folder() / id_of_second(1)));
}

TEST_CASE("a run whose id is taken gets the next one") {
  const Scratch scratch;
  const Store store(scratch.path());
  Document document = sample_document();
  for (const char* id :
       {"20261127T231500Z-fffffe", "20261127T231500Z-ffffff", "20261127T231500Z-000000"}) {
    document.run_id = "20261127T231500Z-fffffe";
    const auto folder = store.save_run(document, {});
    REQUIRE(folder);
    CHECK(folder->filename() == id);
    CHECK(store.load((*folder / "result.json").string())->run_id == id);
  }
}

TEST_CASE("a folder of runs that cannot be read is not an empty one") {
  const Scratch scratch;
  const Store store(scratch.path());
  fs::create_directories(store.runs_folder().parent_path());
  std::ofstream(store.runs_folder()) << "x";
  CHECK_FALSE(store.runs());
  CHECK(store.load("last").error().code != ErrorCode::not_found);
}

TEST_CASE("nothing is saved or removed behind a symbolic link") {
  for (const char* link : {".pulsebench", ".pulsebench/runs", ".pulsebench/bin"}) {
    CAPTURE(link);
    const Scratch scratch;
    const Store store(scratch.path() / "root");
    const Store behind(scratch.path() / "victim");
    for (int i = 0; i < 20; ++i) save_run(behind, id_of_second(i), i);
    CHECK(store.check_own_folders().has_value());
    const fs::path place = scratch.path() / "root" / link;
    fs::create_directories(place.parent_path());
    fs::create_directory_symlink(behind.runs_folder(), place);
    Document document = sample_document();
    document.run_id = id_of_second(30);
    const auto saved = store.save_run(document, {});
    REQUIRE_FALSE(saved.has_value());
    CHECK(saved.error().code == ErrorCode::bad_input);
    CHECK(saved.error().message.find(place.string() + " is a symbolic link") == 0);
    CHECK(run_results(behind.files())->size() == 20);
  }
}

TEST_CASE("a file in the place of the folder of runs is refused by name") {
  const Scratch scratch;
  const Store store(scratch.path());
  fs::create_directories(store.runs_folder().parent_path());
  std::ofstream(store.runs_folder()) << "x";
  CHECK(store.check_own_folders().error().message.find("is not a folder") != std::string::npos);
}

TEST_CASE("a run id is a UTC time and six hexadecimal digits") {
  CHECK(is_run_id("20261127T231500Z-00c0de"));
  for (const char* name :
       {"", "run-1", "20261127T231500Z", "20261127T231500Z-00c0de2", "20261127T231500Z-00C0DE",
        "2026-11-27T23:15:00Z-1", "..", "20261127T231500Z-00c0d/"}) {
    CHECK_FALSE(is_run_id(name));
  }
}

TEST_CASE("a run id that is a path is refused") {
  const Scratch scratch;
  const Store store(scratch.path());
  for (const char* id : {"", "..", "a/b", "../x", ".hidden"}) {
    Document document = sample_document();
    document.run_id = id;
    CHECK(store.save_run(document, {}).error().code == ErrorCode::bad_input);
  }
}
