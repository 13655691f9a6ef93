#include "pulsebench/exchange/importers.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "pulsebench/exchange/document_of.hpp"
#include "pulsebench/exchange/go_text.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"
#include "pulsebench/wire/nanobench_report.hpp"

namespace pulsebench::exchange {

using Read = Result<ForeignReport>(const Source&);
// Each in its own `import_<format>.cpp`.
Read read_benchmarkdotnet, read_cargo_criterion, read_catch2, read_criterion, read_go,
    read_google_benchmark, read_hyperfine, read_jmh, read_nanobench, read_perf_stat,
    read_pytest_benchmark;

namespace {

bool begins_xml_of(std::string_view text, std::string_view root) {
  const std::size_t at = text.find(root);
  return text.starts_with('<') && at != std::string_view::npos && at < 1000;
}

bool is_perf_stat(const Outline& outline) {
  if (outline.has("counter-value")) return outline.has("event");
  const std::string_view text = outline.text;
  const bool lines = text.find('{') == std::string_view::npos;
  return lines && (text.find(",task-clock,") != std::string_view::npos ||
                   text.find(",,context-switches,") != std::string_view::npos ||
                   text.find("<not supported>,") != std::string_view::npos ||
                   text.find("<not counted>,") != std::string_view::npos);
}

constexpr std::array kImporters{
    Importer{"google-benchmark", "Google Benchmark", "--benchmark_out_format=json",
             [](const Outline& of) { return of.has("context") && of.has("benchmarks"); },
             read_google_benchmark},
    Importer{"hyperfine", "hyperfine", "--export-json",
             [](const Outline& of) { return of.has("results[].command"); }, read_hyperfine},
    Importer{"pytest-benchmark", "pytest-benchmark", "--benchmark-json",
             [](const Outline& of) { return of.has("machine_info") && of.has("benchmarks"); },
             read_pytest_benchmark},
    Importer{"criterion", "Criterion.rs", "the folder target/criterion",
             [](const Outline& of) { return of.is_folder || of.has("sampling_mode"); },
             read_criterion},
    Importer{"cargo-criterion", "cargo-criterion", "--message-format=json",
             [](const Outline& of) { return of.has("reason") && of.has("measured_values"); },
             read_cargo_criterion},
    Importer{"go", "go test", "-bench=. (the text)",
             [](const Outline& of) { return is_go_text(of.text); }, read_go},
    Importer{"jmh", "JMH", "-rf json", [](const Outline& of) { return of.has("[].primaryMetric"); },
             read_jmh},
    Importer{
        "benchmarkdotnet", "BenchmarkDotNet", "JsonExporter, full or brief",
        [](const Outline& of) { return of.has("HostEnvironmentInfo") && of.has("Benchmarks"); },
        read_benchmarkdotnet},
    Importer{"catch2", "Catch2", "-r xml",
             [](const Outline& of) {
               return begins_xml_of(of.text, "<Catch2TestRun") || begins_xml_of(of.text, "<Catch ");
             },
             read_catch2},
    Importer{"nanobench", "nanobench", "templates::json()",
             [](const Outline& of) { return wire::looks_like_nanobench(of.text); }, read_nanobench},
    Importer{"perf-stat", "perf stat", "-j or -x,", is_perf_stat, read_perf_stat}};

std::string names_of_importers() {
  std::vector<std::string_view> names;
  for (const Importer& importer : kImporters) names.push_back(importer.name);
  return fmt::format("{}", fmt::join(names, ", "));
}

/// What is known of a file that no importer reads.
std::string hint_about(const Outline& outline) {
  const std::string_view text = outline.text;
  if (outline.has("schema") && text.find("\"pulsebench-") != std::string_view::npos) {
    return "it is a result of pulsebench itself, and needs no import";
  }
  if (text.starts_with("command,mean,")) {
    return "hyperfine's CSV lacks the single times; write it with --export-json";
  }
  if (text.starts_with("{") && text.find("\"test-run\"") != std::string_view::npos) {
    return "the JSON of Catch2 has no benchmarks; write it with -r xml";
  }
  return fmt::format("name its format with --from ({})", names_of_importers());
}

}  // namespace

std::span<const Importer> importers() { return kImporters; }

const Importer* find_importer(std::string_view name) {
  const auto found = std::ranges::find(kImporters, name, &Importer::name);
  return found == kImporters.end() ? nullptr : &*found;
}

Result<const Importer*> recognise(const Source& source) {
  Outline outline =
      outline_of(source.files.empty() ? std::string_view{} : source.files.front().text);
  outline.is_folder = source.is_folder;
  std::vector<const Importer*> found;
  for (const Importer& importer : kImporters) {
    if (source.is_folder && importer.read != read_criterion) continue;
    if (importer.recognises(outline)) found.push_back(&importer);
  }
  if (found.size() == 1) return found.front();
  if (found.empty()) {
    return fail(ErrorCode::bad_input,
                fmt::format("{}: not a format that is known: {}", printable(source.name, 200),
                            hint_about(outline)));
  }
  std::vector<std::string_view> candidates;
  for (const Importer* importer : found) candidates.push_back(importer->name);
  return fail(ErrorCode::bad_input,
              fmt::format("{}: it could be of {}; say which with --from",
                          printable(source.name, 200), fmt::join(candidates, " or ")));
}

Result<baseline::Document> import_source(const Source& source, const Importer& importer) {
  PB_TRY(auto report, importer.read(source));
  return document_of(std::move(report), importer, source);
}

}  // namespace pulsebench::exchange
