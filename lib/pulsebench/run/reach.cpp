#include "pulsebench/run/reach.hpp"

#include <fmt/format.h>

#include <system_error>

#include "pulsebench/os/file_io.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/text.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::run {
namespace fs = std::filesystem;

namespace {

using Unknown = tl::unexpected<std::string>;

constexpr const char* kReport = "report";
constexpr double kForeignSeconds = 0.002;  // of a repetition: as long as in a block

std::string words_of(const std::vector<std::uint64_t>& addresses) {
  std::string words;
  for (const std::uint64_t address : addresses) words += fmt::format("{:x}\n", address);
  return words;
}

/// Runs about two visits: a calibration doubles the operations until they take a visit's time. With
/// several threads it takes the usual slice, since they may wait for each other for long.
std::optional<ProcessFailure> run_suite(Launcher& launcher, const Source& source,
                                        const std::string& id, const Wrapper& wrapper) {
  wire::Calibrate request = launcher.calibration_of(source, id);
  if (source.threads == 1) request.slice_ns = request.visit_ns;
  request.warm_up_ns = 0;
  const auto answer = launcher.count(source, request, wrapper);
  return answer ? std::nullopt : std::optional{answer.error()};
}

std::optional<ProcessFailure> run_foreign(Launcher& launcher, const Source& source,
                                          const Wrapper& wrapper) {
  const Batching batching{.operations = 1, .slices = 1, .min_time = kForeignSeconds};
  const auto visit = launcher.visit_wrapped(source, batching, wrapper);
  return visit ? std::nullopt : std::optional{visit.error()};
}

}  // namespace

tl::expected<Reach, std::string> read_reach(std::string_view report) {
  Reach seen;
  for (const std::string& line : split(report, '\n')) {
    const std::size_t space = line.find(' ');
    const std::string word = line.substr(0, space);
    const std::string rest = space == std::string::npos ? "" : line.substr(space + 1);
    if (word == "refused") return Unknown{"it cannot be watched: " + printable(rest, 200)};
    if (word == "forked") return Unknown{"it starts another process"};
    if (word == "became") return Unknown{"it starts another program: " + printable(rest, 200)};
    if (word == "loaded") seen.libraries.emplace_back(rest);
    if (word == "reached" && (seen.address = number_in<std::uint64_t>(rest, 16))) return seen;
    if (word == "ended") return seen;
  }
  return Unknown{"it did not run to its end"};
}

Result<ReachWatch> ReachWatch::make(const std::vector<std::uint64_t>& addresses,
                                    const fs::path& watcher) {
  PB_TRY(auto folder, os::TemporaryFolder::make());
  const fs::path asked = folder.path() / "addresses";
  PB_CHECK(os::write_whole(asked, words_of(addresses)));
  Wrapper wrapper{.program = watcher,
                  .arguments = {asked.string(), (folder.path() / kReport).string()}};
  return ReachWatch{std::move(folder), std::move(wrapper)};
}

tl::expected<Reach, std::string> ReachWatch::see(Launcher& launcher, const Source& source,
                                                 const std::string& id) const {
  const bool foreign = source.driver == Driver::foreign;
  if (!foreign && source.driver != Driver::wire) {
    return Unknown{"it is no suite of pulsebench and no Google Benchmark program"};
  }
  const fs::path report = folder_.path() / kReport;
  std::error_code ignored;
  fs::remove(report, ignored);  // of the benchmark before
  const auto failure =
      foreign ? run_foreign(launcher, source, wrapper_) : run_suite(launcher, source, id, wrapper_);
  auto seen = read_reach(os::read_file(report).value_or(""));
  // One that reached an address was ended there.
  if (failure && seen && !seen->address) return Unknown{failure->reason};
  if (failure && !seen) return Unknown{seen.error() + " (" + failure->reason + ")"};
  return seen;
}

}  // namespace pulsebench::run
