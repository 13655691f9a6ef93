#include "pulsebench/run/reach.hpp"

#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <string_view>
#include <utility>

#include "pulsebench/os/file_io.hpp"
#include "pulsebench/os/temporary_folder.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/text.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::run {
namespace {

using Unknown = tl::unexpected<std::string>;

constexpr double kForeignSeconds = 0.002;  // of a repetition: as long as in a block

std::string words_of(const std::vector<std::uint64_t>& addresses) {
  std::string words;
  for (const std::uint64_t address : addresses) words += fmt::format("{:x}\n", address);
  return words;
}

/// Runs about two visits: a calibration doubles the operations until they take a visit's time. With
/// several threads it takes the usual slice, since they may wait for each other for long.
std::optional<ProcessFailure> run_suite(Launcher& launcher, const Source& source,
                                        const std::string& id, const plan::Sampling& sampling,
                                        const Wrapper& wrapper) {
  const plan::Pace pace = plan::pace_of(sampling, plan::Occasion::block, source.threads);
  const auto visit_ns = static_cast<std::uint64_t>(std::chrono::nanoseconds{pace.visit}.count());
  const auto slice_ns =
      static_cast<std::uint64_t>(std::chrono::nanoseconds{sampling.slice}.count());
  const wire::Calibrate request{.id = id,
                                .slice_ns = source.threads > 1 ? slice_ns : visit_ns,
                                .visit_ns = visit_ns,
                                .warm_up_ns = 0,
                                .min_operations = sampling.min_operations,
                                .min_slices = sampling.min_slices,
                                .max_slices = sampling.max_slices};
  const auto answer = launcher.count(source, request, wrapper);
  return answer ? std::nullopt : std::optional{answer.error()};
}

std::optional<ProcessFailure> run_foreign(Launcher& launcher, const Source& source,
                                          const Wrapper& wrapper) {
  const Batching batching{.operations = 1, .slices = 1, .min_time = kForeignSeconds};
  const auto visit = launcher.visit_wrapped(source, batching, wrapper);
  return visit ? std::nullopt : std::optional{visit.error()};
}

std::optional<std::uint64_t> address_in(std::string_view text) {
  std::uint64_t address = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), address, 16);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return address;
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
    if (word == "reached" && (seen.address = address_in(rest))) return seen;
    if (word == "ended") return seen;
  }
  return Unknown{"it did not run to its end"};
}

tl::expected<Reach, std::string> reach(Launcher& launcher, const Source& source,
                                       const std::string& id, const plan::Sampling& sampling,
                                       const std::vector<std::uint64_t>& addresses,
                                       const std::filesystem::path& watcher) {
  const bool foreign = source.driver == Driver::foreign;
  if (!foreign && source.driver != Driver::wire) {
    return Unknown{"it is no suite of pulsebench and no Google Benchmark program"};
  }
  const auto folder = os::TemporaryFolder::make();
  if (!folder) return Unknown{folder.error().message};
  const auto asked = folder->path() / "addresses", report = folder->path() / "report";
  if (auto written = os::write_whole(asked, words_of(addresses)); !written) {
    return Unknown{written.error().message};
  }
  const Wrapper wrapper{.program = watcher, .arguments = {asked.string(), report.string()}};
  const auto failure = foreign ? run_foreign(launcher, source, wrapper)
                               : run_suite(launcher, source, id, sampling, wrapper);
  auto seen = read_reach(os::read_file(report).value_or(""));
  // One that reached an address was ended there.
  if (failure && seen && !seen->address) return Unknown{failure->reason};
  if (failure && !seen) return Unknown{seen.error() + " (" + failure->reason + ")"};
  return seen;
}

}  // namespace pulsebench::run
