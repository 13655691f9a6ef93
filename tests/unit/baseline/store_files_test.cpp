#include <sys/stat.h>

#include <fstream>
#include <iterator>
#include <thread>

#include <doctest/doctest.h>

#include "documents.hpp"
#include "pulsebench/baseline/store.hpp"

using namespace pulsebench;
using namespace pulsebench::baseline;
namespace fs = std::filesystem;

TEST_CASE("a FIFO in the place of a baseline or of the approvals is an error, and nobody waits") {
  const Scratch scratch;
  const Store store(scratch.path());
  fs::create_directories(store.baselines_folder());
  for (const fs::path& file : {store.baselines_folder() / "x.json", store.approvals_file()}) {
    REQUIRE(::mkfifo(file.c_str(), 0600) == 0);
  }
  CHECK(store.load("x").error().message.find("x.json is not a file") != std::string::npos);
  CHECK(store.approvals().error().message.find("is not a file") != std::string::npos);
  CHECK(store.save("x", sample_document()).error().message.find("is not a file") !=
        std::string::npos);
  REQUIRE(store.list()->size() == 1);
  CHECK_FALSE(store.list()->front().envelope);
}

TEST_CASE("what a write left that was cut is where git ignores it, and the next write removes it") {
  const Scratch scratch;
  const Store store(scratch.path());
  const fs::path left = scratch.path() / ".pulsebench/tmp/.pulsebench-0123456789abcdef.tmp";
  fs::create_directories(left.parent_path());
  std::ofstream(left) << "half";
  REQUIRE(store.save("main", sample_document()));
  CHECK_FALSE(fs::exists(left));
  std::ifstream ignored{scratch.path() / ".pulsebench/.gitignore"};
  const std::string text{std::istreambuf_iterator<char>{ignored}, {}};
  CHECK(text.find("\n*\n") != std::string::npos);
}

TEST_CASE("approvals are changed one after the other, and not where the change fails") {
  const Scratch scratch;
  const Store store(scratch.path());
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&, i] {
      const Approval fresh{.id = *BenchmarkId::parse("b" + std::to_string(i)),
                           .base_run = "run",
                           .change = Percent{10},
                           .up_to = Percent{15},
                           .reason = "worth it",
                           .by = "",
                           .on = "2026-01-31",
                           .until = "",
                           .base_commit = "",
                           .candidate_commit = ""};
      const auto changed = store.change_approvals([&](std::vector<Approval> all) {
        return Result<std::vector<Approval>>{with_approval(std::move(all), fresh)};
      });
      CHECK(changed);
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(store.approvals()->size() == 8);
  const auto refused = store.change_approvals([](const auto&) -> Result<std::vector<Approval>> {
    return fail(ErrorCode::not_found, "no such approval");
  });
  CHECK(refused.error().code == ErrorCode::not_found);
  CHECK(store.approvals()->size() == 8);
}
