#include "pulsebench/run/suite.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <system_error>

#include "pulsebench/os/find_program.hpp"
#include "pulsebench/run/child.hpp"
#include "pulsebench/run/foreign.hpp"
#include "pulsebench/run/framework.hpp"
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

tl::expected<Suite, ProcessFailure> open_on_the_wire(ProcessSpec spec) {
  // A Google Benchmark program that ignores the wire's flag lists its benchmarks, and runs none.
  spec.arguments.emplace_back("--benchmark_list_tests=true");
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

/// The id of each name: without what only configures the run, unless another name has that id too,
/// as where one function is registered once for each clock.
std::vector<std::string> ids_of(const std::vector<std::string>& names) {
  std::map<std::string, int> bearers;
  for (const std::string& name : names) ++bearers[wire::id_of(name)];
  std::vector<std::string> ids;
  for (const std::string& name : names) {
    const std::string id = wire::id_of(name);
    ids.push_back(bearers[id] == 1 ? id : name);
  }
  return ids;
}

/// Two benchmarks of one name are one here, which cannot be measured.
void remove_twins(std::vector<std::string>& names) {
  std::set<std::string> seen;
  std::erase_if(names, [&](const std::string& name) { return !seen.insert(name).second; });
}

/// Without a tier of the program the benchmarks are in tier 0, which has the finest gate.
tl::expected<Suite, ProcessFailure> open_foreign(const ProcessSpec& spec,
                                                 std::optional<Tier> tier) {
  PB_TRY(auto listed, list_foreign(spec));
  std::vector<std::string>& names = listed.names;
  remove_twins(names);
  Suite suite{.executable = spec.executable,
              .driver = Driver::foreign,
              .name = printable(spec.executable.filename().string(), 60),
              .build = {{"driver", "google_benchmark"}},
              .benchmarks = {},
              .native_names = names,
              .exits_with_count = listed.exits_with_count};
  for (const std::string& text : ids_of(names)) {
    const auto id = BenchmarkId::parse(text);
    if (!id) return failed(id.error().message);
    const int threads = wire::threads_of(id->text());
    suite.benchmarks.push_back(
        {.id = *id,
         .tier = tier.value_or(Tier::critical),
         .role = Role::operation,
         // pulsebench 0.1 took the time of several threads as it was reported
         .version = threads > 1 ? 2 : 1,
         .threads = threads,
         .tier_declared = tier.has_value()});
  }
  return suite;
}

/// Replaces `suite`, an error, by what the program is for a framework, or by a better error.
void open_as_foreign(const ProcessSpec& spec, std::optional<Tier> tier,
                     tl::expected<Suite, ProcessFailure>& suite) {
  auto foreign = open_foreign(spec, tier);
  const bool is_listed = foreign.has_value();
  if (foreign || foreign.error().status == Status::failed) suite = std::move(foreign);
  auto other = !is_listed                                 ? open_other_program(spec, tier)
               : is_nanobench_output(suite->native_names) ? open_as(Driver::nanobench, spec, tier)
                                                          : Opened{std::nullopt};
  if (!other) suite = tl::unexpected{other.error()};
  if (other && *other) suite = **std::move(other);
}

/// Puts the name of its program before each id of a foreign program that another suite has too.
Result<void> tell_apart(std::vector<Suite>& suites) {
  std::map<BenchmarkId, int> bearers;
  for (const Suite& suite : suites) {
    for (const BenchmarkInfo& info : suite.benchmarks) ++bearers[info.id];
  }
  for (Suite& suite : suites) {
    if (suite.driver == Driver::wire) continue;
    for (BenchmarkInfo& info : suite.benchmarks) {
      if (bearers[info.id] == 1) continue;
      PB_TRY(info.id, BenchmarkId::parse(suite.name + "/" + info.id.text()));
    }
  }
  return {};
}

/// How the program is started; of variables the names, since a value may be a secret.
void add_start_facts(const ProgramOptions& options, NamedFacts& facts) {
  const auto add = [&](const char* name, const std::string& text) {
    if (!text.empty()) facts.emplace_back(name, printable(text, 400));
  };
  const auto append = [](std::string& list, const std::string& word) {
    list += (list.empty() ? "" : " ") + word;
  };
  std::string arguments, variables;
  for (const std::string& argument : options.arguments) append(arguments, argument);
  for (const std::string& variable : options.environment) {
    append(variables, variable.substr(0, variable.find('=')));
  }
  add("arguments", arguments);
  add("variables", variables);
  add("working_directory", options.working_directory.string());
}

}  // namespace

void take_options(const ProgramOptions& options, ProcessSpec& spec) {
  spec.arguments = options.arguments;
  spec.environment = options.environment;
  spec.working_directory = options.working_directory;
  if (options.limit) spec.limit = *options.limit;
}

std::vector<fs::path> executables_in(const fs::path& folder) {
  std::vector<fs::path> found;
  std::error_code ignored;
  for (fs::directory_iterator entry{folder, ignored}, end; entry != end; entry.increment(ignored)) {
    const fs::path& path = entry->path();
    if (os::is_executable(path)) found.push_back(path);
  }
  std::sort(found.begin(), found.end());
  return found;
}

Result<Suite> open_suite(const Program& program, std::chrono::milliseconds limit) {
  ProcessSpec spec;
  spec.executable = program.executable;
  spec.limit = limit;
  take_options(program.options, spec);
  auto suite = open_on_the_wire(spec);
  if (!suite && suite.error().status == Status::crashed) {
    // A program of a framework exits at once: it does not know the wire's flag.
    open_as_foreign(spec, program.tier, suite);
  }
  if (!suite) {
    return fail(ErrorCode::child_failed, "suite '" + printable(program.executable.string()) +
                                             "' cannot be used: " + suite.error().reason);
  }
  suite->options = program.options;
  add_start_facts(program.options, suite->build);
  Owners owners;
  PB_CHECK(claim(owners, *suite));
  return *std::move(suite);
}

Result<std::vector<Suite>> open_suites(const std::vector<Program>& programs,
                                       std::chrono::milliseconds limit) {
  std::vector<Suite> suites;
  for (const Program& program : programs) {
    PB_TRY(auto suite, open_suite(program, limit));
    suites.push_back(std::move(suite));
  }
  PB_CHECK(tell_apart(suites));
  Owners owners;
  for (const Suite& suite : suites) PB_CHECK(claim(owners, suite));
  return suites;
}

}  // namespace pulsebench::run
