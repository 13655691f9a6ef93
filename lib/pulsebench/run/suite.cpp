#include "pulsebench/run/suite.hpp"

#include <unistd.h>

#include <algorithm>
#include <map>
#include <system_error>

#include "pulsebench/run/child.hpp"

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
  const auto failed = [&](const std::string& why) {
    return fail(ErrorCode::child_failed,
                "suite '" + printable(executable.string()) + "' cannot be used: " + why);
  };
  ProcessSpec spec;
  spec.executable = executable;
  spec.limit = limit;
  auto child = Child::start(spec);
  if (!child) return failed(child.error().reason);
  const auto answer = child->ask(wire::List{});
  if (!answer) return failed(answer.error().reason);
  const auto* listed = std::get_if<wire::Listed>(&*answer);
  if (listed == nullptr) return failed("it did not answer 'list' with 'listed'");
  Suite suite{.executable = executable,
              .name = printable(child->hello().suite, 60),
              .build = child->hello().build,
              .benchmarks = listed->benchmarks};
  child->finish();
  for (auto& [name, value] : suite.build) name = printable(name, 60), value = printable(value, 400);
  Owners owners;
  if (auto unique = claim(owners, suite); !unique) return tl::unexpected{unique.error()};
  return suite;
}

Result<std::vector<Suite>> open_suites(const std::vector<fs::path>& executables,
                                       std::chrono::milliseconds limit) {
  std::vector<Suite> suites;
  Owners owners;
  for (const fs::path& executable : executables) {
    auto suite = open_suite(executable, limit);
    if (!suite) return tl::unexpected{suite.error()};
    if (auto unique = claim(owners, *suite); !unique) return tl::unexpected{unique.error()};
    suites.push_back(*std::move(suite));
  }
  return suites;
}

}  // namespace pulsebench::run
