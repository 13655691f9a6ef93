#include "pulse/operation.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "pulse/tier_manager.hpp"

using namespace std::chrono_literals;
using pulse::Operation;
using pulse::OperationSnapshot;
using pulse::PollWatch;
using std::chrono::nanoseconds;
using std::chrono::steady_clock;

namespace {

std::vector<OperationSnapshot> all(const PollWatch& watch) {
  std::vector<OperationSnapshot> found;
  Operation::for_each(watch, [&](const OperationSnapshot& one) { found.push_back(one); });
  return found;
}

OperationSnapshot only(const PollWatch& watch) {
  const auto found = all(watch);
  REQUIRE(found.size() == 1);
  return found.front();
}

void spend(nanoseconds time) {
  const auto start = steady_clock::now();
  while (steady_clock::now() - start < time) continue;
}

}  // namespace

TEST_CASE("operations of one place have their number, their total and their longest time") {
  PollWatch watch(true);
  watch.start();
  const auto before = steady_clock::now();
  for (const auto time : {200us, 2000us, 100us}) {
    Operation operation(watch, "read");
    spend(time);
    operation.end();
  }
  const nanoseconds passed = steady_clock::now() - before;
  const OperationSnapshot row = only(watch);
  CHECK(std::string(row.kind) == "read");
  CHECK(std::string(row.where.file).ends_with("operation_test.cpp"));
  CHECK(row.ended == 3);
  CHECK(row.waiting == 0);
  // The rate of the cycle counter is known to some 1e-4.
  CHECK(row.total >= 2250us);
  CHECK(row.total <= passed + passed / 100);
  CHECK(row.longest >= 1950us);
  CHECK(row.longest <= row.total - 250us);
}

TEST_CASE("an operation that has not ended waits, and one that is given up counts no more") {
  PollWatch watch(true);
  watch.start();
  std::vector<Operation> pending;
  for (int i = 0; i < 3; ++i) pending.emplace_back(watch, "read");
  CHECK(only(watch).waiting == 3);
  CHECK(only(watch).ended == 0);
  pending.pop_back();
  CHECK(only(watch).waiting == 2);
  pending[0].end();
  pending[0].end();  // nothing more
  CHECK(only(watch).waiting == 1);
  CHECK(only(watch).ended == 1);
}

TEST_CASE("an operation is timed only within one watch") {
  PollWatch watch(true);
  Operation early(watch, "early");
  watch.start();
  early.end();
  CHECK(all(watch).empty());
  Operation open(watch, "open");
  CHECK(all(watch).size() == 1);
  watch.stop();
  open.end();
  Operation between(watch, "between");
  watch.start();
  between.end();
  CHECK(all(watch).empty());  // the earlier watch is forgotten
  Operation again(watch, "open");
  CHECK(only(watch).waiting == 1);
}

TEST_CASE("an operation of an earlier watch that ends in the next is not counted there") {
  PollWatch watch(true);
  watch.start();
  Operation old(watch, "read");
  watch.stop();
  watch.start();
  Operation young(watch, "read");
  old.end();
  CHECK(all(watch).size() == 1);
  CHECK(all(watch).front().ended == 0);
}

TEST_CASE("a manager without statistics times no operation") {
  pulse::WorkerGroup group{1};
  pulse::TierManager bare{group};
  bare.watch().start();
  Operation operation(bare.watch(), "read");
  operation.end();
  CHECK(all(bare.watch()).empty());
}

TEST_CASE("operations end on many threads, and each is counted once") {
  constexpr int kThreads = 4;
  constexpr int kEach = 1000;
  PollWatch watch(true);
  watch.start();
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < kEach; ++i) {
        std::optional<Operation> operation(std::in_place, watch, "read");
        Operation moved(std::move(*operation));
        operation.reset();
        moved.end();
      }
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(only(watch).ended == kThreads * kEach);
  CHECK(only(watch).waiting == 0);
}
