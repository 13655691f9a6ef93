#include "pulsebench/run/suite.hpp"

#include <unistd.h>

#include <algorithm>
#include <map>
#include <system_error>

#include "pulsebench/run/child.hpp"
#include "pulsebench/run/foreign.hpp"
#include "pulsebench/vocabulary/try.hpp"
#include "pulsebench/wire/benchmark_name.hpp"

namespace pulsebench::run {
namespace fs = std::filesystem;

namespace {

/// Id → the executable that lists it.
using Owners = std::map<BenchmarkId, std::string>;

Result<void> claim(Owners& owners, const Suite& suite) {
  const std::string path = printable(suite.executable.string());
  for (const BenchmarkInfo& info : suite.benchmarks) {
    const auto [owner, added] = owners.emplace(info.id, path);
    if (added) continue;
    if (owner->second == path) {
      return fail(ErrorCode::child_failed,
                  "'" + path + "' lists the benchmark '" + info.id.text() + "' twice; rename one");
    }
    return fail(ErrorCode::bad_input, "'" + owner->second + "' and '" + path +
                                          "' both have a benchmark '" + info.id.text() +
                                          "'; rename one, or run one of them with --exe");
  }
  return {};
}

tl::expected<Suite, ProcessFailure> open_on_the_wire(const ProcessSpec& spec) {
  PB_TRY(auto child, Child::start(spec));
  PB_CHECK(child.greet());
  PB_TRY(const auto answer, child.ask(wire::List{}));
  const auto* listed = std::get_if<wire::Listed>(&answer);
  if (listed == nullptr) return failed("it did not answer 'list' with 'listed'");
  Suite suite{.executable = spec.executable,
              .driver = Driver::wire,
              .name = printable(child.hello().suite, 60),
              .build = {},
              .benchmarks = listed->benchmarks,
              .native_names = {}};
  for (const auto& [name, value] : child.hello().build) {
    suite.build.emplace_back(printable(name, 60), printable(value, 400));
  }
  child.request_exit();
  child.finish();
  return suite;
}

/// Puts the benchmarks into tier 0, which has the finest gate.
tl::expected<Suite, ProcessFailure> open_foreign(const ProcessSpec& spec) {
  PB_TRY(auto names, foreign_names(spec));
  Suite suite{.executable = spec.executable,
              .driver = Driver::foreign,
              .name = printable(spec.executable.filename().string(), 60),
              .build = {{"driver", "google_benchmark"}},
              .benchmarks = {},
              .native_names = {}};
  for (std::string& name : names) {
    const auto id = BenchmarkId::parse(wire::id_of(name));
    if (!id) return failed(id.error().message);
    const int threads = wire::threads_of(id->text());
    suite.benchmarks.push_back(
        {.id = *id,
         .tier = Tier::critical,
         .role = Role::operation,
         // pulsebench 0.1 took the time of several threads as it was reported
         .version = threads > 1 ? 2 : 1,
         .threads = threads});
    suite.native_names.push_back(std::move(name));
  }
  return suite;
}

}  // namespace

std::vector<fs::path> executables_in(const fs::path& folder) {
  std::vector<fs::path> found;
  std::error_code ignored;
  for (fs::directory_iterator entry{folder, ignored}, end; entry != end; entry.increment(ignored)) {
    const fs::path& path = entry->path();
    if (entry->is_regular_file(ignored) && access(path.c_str(), X_OK) == 0) found.push_back(path);
  }
  std::sort(found.begin(), found.end());
  return found;
}

Result<Suite> open_suite(const fs::path& executable, std::chrono::milliseconds limit) {
  ProcessSpec spec;
  spec.executable = executable;
  spec.limit = limit;
  auto suite = open_on_the_wire(spec);
  if (!suite && suite.error().status == Status::crashed) {
    // A Google Benchmark program exits at once: it does not know the wire's flag.
    auto foreign = open_foreign(spec);
    if (foreign || foreign.error().status == Status::failed) suite = std::move(foreign);
  }
  if (!suite) {
    return fail(ErrorCode::child_failed, "suite '" + printable(executable.string()) +
                                             "' cannot be used: " + suite.error().reason);
  }
  Owners owners;
  PB_CHECK(claim(owners, *suite));
  return *std::move(suite);
}

Result<std::vector<Suite>> open_suites(const std::vector<fs::path>& executables,
                                       std::chrono::milliseconds limit) {
  std::vector<Suite> suites;
  Owners owners;
  for (const fs::path& executable : executables) {
    PB_TRY(auto suite, open_suite(executable, limit));
    PB_CHECK(claim(owners, suite));
    suites.push_back(std::move(suite));
  }
  return suites;
}

}  // namespace pulsebench::run
