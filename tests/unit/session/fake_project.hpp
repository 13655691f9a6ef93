#pragma once

#include <sys/stat.h>

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "pulsebench/session/run.hpp"
#include "pulsebench/session/session.hpp"

namespace pulsebench::session {

/// What the fake launcher finds in an executable: each benchmark, and what an operation costs.
struct FakeBenchmark {
  double ns = 10.0;
  int version = 1;
  Status status = Status::ok;  ///< of the measurement
  bool twice_as_slow_in_blocks = false;
};
using FakeSuite = std::map<std::string, FakeBenchmark>;

/// A project in a temporary folder, on a machine that is another folder, whose suites are files
/// that are never started.
class FakeProject {
 public:
  FakeProject() {
    std::string name = (std::filesystem::temp_directory_path() / "pulsebench-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    folder_ = std::filesystem::canonical(name);
    write("config/pulsebench.json", R"({"suites": ["suites"]})");
    const auto cpu = folder_ / "machine/sys/devices/system/cpu";
    std::filesystem::create_directories(cpu);
    std::ofstream{cpu / "online"} << "0-1\n";
  }
  ~FakeProject() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  FakeProject(const FakeProject&) = delete;
  FakeProject& operator=(const FakeProject&) = delete;

  /// Writes the executable `project/<path>`. Its content names the suite, so that another suite
  /// makes another binary.
  std::string build(const std::string& path, const FakeSuite& suite) {
    const auto file = folder_ / "project" / path;
    std::filesystem::create_directories(file.parent_path());
    const std::string content = "suite " + std::to_string(suites_.size());
    std::ofstream{file} << content;
    ::chmod(file.c_str(), 0755);
    suites_[content] = suite;
    return file.string();
  }

  void write(const std::string& path, const std::string& text) const {
    const auto file = folder_ / "project" / path;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream{file} << text;
  }

  [[nodiscard]] std::filesystem::path path(const std::string& below) const {
    return folder_ / "project" / below;
  }

  /// Everything that the fake launcher was asked, and what interrupts it.
  struct Seen {
    std::vector<run::Subject> measured, paired;
    run::Settings settings;
    plan::Effort effort;
    std::vector<std::string> notices;
  } seen;
  int interrupted_by = 0;

  [[nodiscard]] Session session() {
    auto workspace =
        open_workspace((folder_ / "project").string(), machine::Roots::under(folder_ / "machine"));
    REQUIRE(workspace);
    Environment environment;
    environment.built_suites = folder_ / "project/suites";
    environment.machine = environment.tuned = machine::Roots::under(folder_ / "machine");
    environment.open_suites = [this](const auto& programs, std::chrono::milliseconds) {
      return open(programs);
    };
    environment.measure = [this](auto subjects, std::size_t, const run::Settings& settings,
                                 const run::Interrupt&,
                                 const auto&) { return measure(subjects, settings); };
    environment.run_paired = [this](auto subjects, const run::PairedRunSettings& settings,
                                    const run::Interrupt&, const run::Judge& judge,
                                    const auto&) { return run_paired(subjects, settings, judge); };
    return {.workspace = *std::move(workspace),
            .environment = std::move(environment),
            .on_notice = [this](const std::string& line) { seen.notices.push_back(line); },
            .on_progress = {}};
  }

  /// `run` of the suite in `file` with nothing tuned.
  [[nodiscard]] RunRequest request(const std::string& file, const std::string& save = "") const {
    RunRequest request;
    request.executables = {file};
    request.save = save;
    request.no_tune = true;
    request.seed = 7;
    return request;
  }

 private:
  [[nodiscard]] const FakeSuite& suite_in(const std::filesystem::path& file) const {
    std::string content;
    std::getline(std::ifstream{file}, content);
    return suites_.at(content);
  }

  [[nodiscard]] Result<std::vector<run::Suite>> open(
      const std::vector<run::Program>& programs) const {
    std::vector<run::Suite> opened;
    for (const run::Program& program : programs) {
      const auto& file = program.executable;
      run::Suite& suite = opened.emplace_back();
      suite.executable = file;
      suite.options = program.options;
      suite.name = "fake";
      for (const auto& [id, benchmark] : suite_in(file)) {
        suite.benchmarks.push_back({.id = *BenchmarkId::parse(id), .version = benchmark.version});
        suite.native_names.push_back(id);
      }
    }
    return opened;
  }

  /// Slices that differ by up to 0.4 %, and a little from launch to launch.
  static Visit visit_of(double ns, int launch) {
    Visit visit{.launch = launch, .operations = 1000, .slices = {}, .reference_ns = 1.25};
    for (int i = 0; i < 20; ++i) {
      const double scatter = 1.0 + 0.001 * ((launch * 7 + i * 3) % 5);
      visit.slices.push_back({.ns_per_op = ns * scatter, .cpu_ns_per_op = ns, .disturbances = 0});
    }
    visit.seconds = 0.01;
    return visit;
  }

  [[nodiscard]] const FakeBenchmark& benchmark_of(const run::Subject& subject,
                                                  std::size_t side) const {
    return suite_in(subject.sides[side].executable).at(subject.sides[side].native_name);
  }

  run::Measurement measure(const std::vector<run::Subject>& subjects,
                           const run::Settings& settings) {
    seen.measured = subjects;
    seen.settings = settings;
    run::Measurement measurement;
    auto& side = measurement.sides.emplace_back();
    for (const run::Subject& subject : subjects) {
      const FakeBenchmark& benchmark = benchmark_of(subject, 0);
      Measured& measured = side.emplace_back(run::not_yet_measured(subject, 0, 2));
      measured.batching = subject.batching.value_or(Batching{.operations = 1000, .slices = 20});
      measured.outcome = {benchmark.status,
                          benchmark.status == Status::ok ? "" : "as the test says"};
      if (benchmark.status != Status::ok) continue;
      const double cost = benchmark.ns * (1.0 + subject.sides[0].inject_percent / 100.0);
      for (int i = 0; i < subject.launches; ++i) measured.visits.push_back(visit_of(cost, i));
    }
    measurement.interrupted_by = interrupted_by;
    measurement.seconds = 1.0;
    return measurement;
  }

  run::PairedRun run_paired(const std::vector<run::Subject>& subjects,
                            const run::PairedRunSettings& settings, const run::Judge& judge) {
    seen.paired = subjects;
    seen.effort = settings.effort;
    run::PairedRun result;
    for (std::size_t i = 0; i < subjects.size(); ++i) {
      result.subjects.push_back({.old_side = run::not_yet_measured(subjects[i], 0, 2),
                                 .new_side = run::not_yet_measured(subjects[i], 1, 2)});
      if (interrupted_by == 0)
        take_blocks(subjects[i], i, settings.effort, judge, result.subjects.back());
    }
    result.interrupted_by = interrupted_by;
    result.seconds = 1.0;
    return result;
  }

  void take_blocks(const run::Subject& subject, std::size_t i, const plan::Effort& effort,
                   const run::Judge& judge, run::PairedResult& paired) const {
    Measured* const sides[] = {&paired.old_side, &paired.new_side};
    for (std::size_t side = 0; side < 2; ++side) {
      const FakeBenchmark& benchmark = benchmark_of(subject, side);
      if (benchmark.status == Status::ok) continue;
      sides[side]->outcome = {benchmark.status, "as the test says"};
      if (benchmark.status != Status::skipped) return;
    }
    for (const Measured* side : sides) {
      if (side->outcome.status != Status::ok) return;
    }
    while (!paired.settled && !effort.spent(paired.blocks, 0.0) &&
           paired.blocks < effort.most_blocks) {
      for (std::size_t side = 0; side < 2; ++side) {
        const FakeBenchmark& benchmark = benchmark_of(subject, side);
        const double cost = benchmark.ns * (benchmark.twice_as_slow_in_blocks ? 2.0 : 1.0) *
                            (1.0 + subject.sides[side].inject_percent / 100.0);
        sides[side]->visits.push_back(visit_of(cost, paired.blocks));
      }
      ++paired.blocks;
      paired.settled = judge(i, paired.old_side.visits.back(), paired.new_side.visits.back(),
                             effort.spent(paired.blocks, 0.0));
    }
  }

  std::filesystem::path folder_;
  std::map<std::string, FakeSuite> suites_;  ///< by the content of the executable
};

}  // namespace pulsebench::session
