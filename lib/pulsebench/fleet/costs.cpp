#include "pulsebench/fleet/costs.hpp"

#include "pulsebench/fleet/collect.hpp"
#include "pulsebench/fleet/run_folder.hpp"
#include "pulsebench/stats/quantile.hpp"

namespace pulsebench::fleet {

std::map<BenchmarkId, double> seconds_of_last_run(const std::filesystem::path& spool) {
  for (const std::string& id : runs_in(spool).value_or(std::vector<std::string>{})) {
    const auto run = RunFolder::open(spool / id);
    const auto collected = run ? read_collected(*run) : Failure{run.error()};
    if (!collected) continue;
    std::map<BenchmarkId, double> seconds;
    for (const compare::Judged& judged : collected->benchmarks) {
      if (judged.live && judged.live->seconds > 0.0) {
        seconds.emplace(judged.info.id, judged.live->seconds);
      }
    }
    return seconds;
  }
  return {};
}

void expect_seconds(std::vector<PlannedBenchmark>& benchmarks,
                    const std::map<BenchmarkId, double>& known) {
  std::vector<double> seen;
  for (PlannedBenchmark& benchmark : benchmarks) {
    const auto found = known.find(benchmark.id);
    benchmark.estimated = found == known.end();
    if (benchmark.estimated) continue;
    benchmark.seconds = found->second;
    seen.push_back(found->second);
  }
  const double otherwise = seen.empty() ? kUnknownSeconds : stats::median(seen);
  for (PlannedBenchmark& benchmark : benchmarks) {
    if (benchmark.estimated) benchmark.seconds = otherwise;
  }
}

}  // namespace pulsebench::fleet
