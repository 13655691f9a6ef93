#include <filesystem>
#include <string>
#include <unordered_map>
#include <utility>

#include "pulsebench/exchange/foreign.hpp"
#include "pulsebench/exchange/json_text.hpp"
#include "pulsebench/vocabulary/try.hpp"
#include "pulsebench/wire/criterion_sample.hpp"

namespace pulsebench::exchange {

/// Of each folder `new` that has both: `benchmark.json` has the id, `sample.json` the samples,
/// which are of one process. `estimates.json` is not read: it has nothing that the samples have
/// not.
Result<ForeignReport> read_criterion(const Source& source) {
  namespace fs = std::filesystem;
  if (!source.is_folder) {
    return wrong_source(source,
                        "a file of Criterion.rs does not name its benchmark; give the "
                        "folder, as in target/criterion");
  }
  std::unordered_map<std::string, const SourceFile*> samples;
  for (const SourceFile& file : source.files) {
    const fs::path path{file.path};
    if (path.filename() == "sample.json") samples.emplace(path.parent_path().string(), &file);
  }
  ForeignReport report;
  for (const SourceFile& file : source.files) {
    const fs::path path{file.path};
    if (path.filename() != "benchmark.json") continue;
    auto id = wire::decode_criterion_id(file.text);
    if (!id) return wrong_source(source, file.path + ": " + id.error().message);
    ForeignBenchmark benchmark{.name = *std::move(id)};
    const auto sample = samples.find(path.parent_path().string());
    if (sample != samples.end()) {
      auto visit = wire::decode_criterion_sample(sample->second->text);
      if (visit) {
        benchmark.visits.push_back(*std::move(visit));
      } else {
        benchmark.outcome = {Status::failed, visit.error().message};
      }
    }
    report.benchmarks.push_back(std::move(benchmark));
  }
  return report;
}

}  // namespace pulsebench::exchange
