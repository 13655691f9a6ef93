#include "pulsebench/run/callgrind.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include "pulsebench/os/file_io.hpp"
#include "pulsebench/os/find_program.hpp"
#include "pulsebench/os/temporary_folder.hpp"
#include "pulsebench/run/exact_count.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::run {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMostCounted = 1000;
constexpr int kSlowdown = 10;  // of a time limit: callgrind runs 50 times slower, of 200 us slices

/// Valgrind 3.19 does not support AVX-512; a program that uses it without a check is killed by
/// SIGILL.
std::string why_it_died(const std::string& reason) {
  if (reason.find("SIGILL") == std::string::npos) return reason;
  return "valgrind does not support an instruction of it, probably of AVX-512: build the suite "
         "without -march=native, or with -mno-avx512f, to count its instructions";
}

/// Symbols are bound at the start, so that the first call of a function costs what the others do.
Wrapper callgrind(const fs::path& folder, const CallgrindOptions& options) {
  Wrapper wrapper{.program = find_valgrind(),
                  .arguments = {"--command-line-only=yes", "--tool=callgrind",
                                "--callgrind-out-file=" + (folder / "out").string()},
                  .environment = {"LD_BIND_NOW=1"},
                  .slowdown = kSlowdown,
                  .limit = options.limit};
  wrapper.arguments.insert(wrapper.arguments.end(), options.arguments.begin(),
                           options.arguments.end());
  return wrapper;
}

tl::expected<os::TemporaryFolder, std::string> make_folder() {
  if (find_valgrind().empty()) return NoDumps{"valgrind is not installed"};
  auto folder = os::TemporaryFolder::make();
  if (!folder) return NoDumps{folder.error().message};
  return *std::move(folder);
}

std::string dump_at(const fs::path& folder, int number) {
  return os::read_file(folder / ("out." + std::to_string(number))).value_or("");
}

/// A repetition of a foreign program, and the dumps of its last two.
struct Repeated {
  std::string before_last, last;
  std::uint64_t iterations = 0;
};

constexpr int kCountedRepetitions = 3;  // the first also searches the iterations
constexpr double kShortestRun = 1e-6, kUsualRun = 0.005, kLongestRun = 0.5;  // seconds

/// Of Google Benchmark's loop, `for (auto _ : state)` and `state.KeepRunning()` alike. Both
/// functions are called from the program, so that each build of the library has their symbols.
const std::vector<std::string>& bounds_of_loop() {
  static const std::vector<std::string> kBounds{
      "--zero-before=benchmark::State::StartKeepRunning*",
      "--dump-before=benchmark::State::FinishKeepRunning*"};
  return kBounds;
}

tl::expected<Repeated, std::string> repeat(Launcher& launcher, const Source& source,
                                           double min_time, CallgrindOptions options) {
  PB_TRY(const auto folder, make_folder());
  options.arguments.insert(options.arguments.end(), bounds_of_loop().begin(),
                           bounds_of_loop().end());
  const Batching batching{.operations = 1, .slices = kCountedRepetitions, .min_time = min_time};
  const auto visit = launcher.visit_wrapped(source, batching, callgrind(folder.path(), options));
  if (!visit) return NoDumps{why_it_died(visit.error().reason)};
  std::error_code ignored;
  int dumps = 0;
  while (fs::exists(folder.path() / ("out." + std::to_string(dumps + 1)), ignored)) ++dumps;
  if (dumps < 2) {
    return NoDumps{
        "callgrind did not find the loop of Google Benchmark in it; link the library "
        "with its symbols"};
  }
  return Repeated{.before_last = dump_at(folder.path(), dumps - 1),
                  .last = dump_at(folder.path(), dumps),
                  .iterations = visit->operations};
}

/// Returns true where two repetitions executed the same, but for the thousandth part that an
/// allocator or a hash may make.
bool repeats(const Repeated& repeated) {
  const auto before = read_callgrind_dump(repeated.before_last);
  const auto last = read_callgrind_dump(repeated.last);
  if (!before || !last) return false;
  const double once = static_cast<double>(before->instructions);
  const double again = static_cast<double>(last->instructions);
  return std::abs(again - once) <= 0.001 * once;
}

}  // namespace

fs::path find_valgrind() { return os::find_program("valgrind"); }

tl::expected<CallgrindDumps, std::string> dump_suite(Launcher& launcher, const Source& source,
                                                     const wire::CountExactly& ask,
                                                     const CallgrindOptions& options) {
  PB_TRY(const auto folder, make_folder());
  CallgrindOptions counted = options;
  counted.arguments.emplace_back("--collect-atstart=no");
  const auto answer = launcher.count(source, ask, callgrind(folder.path(), counted));
  if (!answer) return NoDumps{why_it_died(answer.error().reason)};
  CallgrindDumps dumps{.few = dump_at(folder.path(), 1),
                       .more = dump_at(folder.path(), 2),
                       .operations = ask.operations};
  if (dumps.few.empty() || dumps.more.empty()) return NoDumps{"callgrind wrote no counts"};
  return dumps;
}

tl::expected<CallgrindDumps, std::string> dump_foreign(Launcher& launcher, const Source& source,
                                                       const CallgrindOptions& options) {
  PB_TRY(auto few, repeat(launcher, source, kShortestRun, options));
  for (double seconds = kUsualRun; seconds <= kLongestRun; seconds *= 10) {
    PB_TRY(auto more, repeat(launcher, source, seconds, options));
    if (more.iterations <= few.iterations) continue;
    if (!repeats(more)) {
      return NoDumps{"two repetitions of it execute different numbers of instructions"};
    }
    return CallgrindDumps{.few = std::move(few.last),
                          .more = std::move(more.last),
                          .operations = more.iterations - few.iterations};
  }
  return NoDumps{
      "its number of iterations is fixed, or one iteration takes too long under "
      "callgrind"};
}

std::uint64_t operations_to_count(const Batching& batching) {
  const std::uint64_t few = std::min<std::uint64_t>(4, batching.operations);
  return std::clamp(batching.operations / 64, few, kMostCounted);
}

tl::expected<CallgrindDumps, std::string> dump_operations(Launcher& launcher, const Source& source,
                                                          const std::string& id,
                                                          std::uint64_t operations,
                                                          const CallgrindOptions& options) {
  if (source.threads > 1) return NoDumps{"not counted for several threads"};
  if (source.driver == Driver::foreign) return dump_foreign(launcher, source, options);
  if (source.driver != Driver::wire) {
    return NoDumps{"counted only in suites of pulsebench and Google Benchmark programs"};
  }
  return dump_suite(launcher, source,
                    {.id = id,
                     .operations = operations,
                     .stepping = false,
                     .most_steps = 0,
                     .inject_percent = source.inject_percent},
                    options);
}

}  // namespace pulsebench::run
