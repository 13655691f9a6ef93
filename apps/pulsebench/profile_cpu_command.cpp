#include "commands.hpp"
#include "output.hpp"
#include "pulsebench/report/annotated_page.hpp"
#include "pulsebench/report/cpu_profile_page.hpp"
#include "pulsebench/report/profile_change_page.hpp"
#include "pulsebench/session/annotate.hpp"
#include "pulsebench/session/profile_against.hpp"
#include "pulsebench/vocabulary/exit_code.hpp"
#include "pulsebench/vocabulary/try.hpp"
#include "shared_options.hpp"

namespace pulsebench::app {
namespace {

struct ProfileCpuCommand {
  session::ProfileCpuRequest request;
  std::string against;
  std::string annotated;  ///< a function
  profile::SpotsBy by = profile::SpotsBy::function;
  Output output;

  void declare(CLI::App& app) {
    declare_benchmark(
        app, request,
        "its id, or a regular expression that matches one benchmark; or a workload's name");
    OptionGroup what{app, kWhatToMeasure};
    what.text("--against OLD", against,
              "say what became slower than in a build folder, an executable, a git revision or a "
              "kept baseline");
    what.text("--annotate FUNCTION", annotated,
              "list the machine code of this function with what an operation executes of it, "
              "counted with valgrind")
        ->excludes(app.get_option("--against"));
    OptionGroup how_long{app, kHowLong};
    how_long.value("--time-budget TIME", request.seconds, parse_duration,
                   "sample for this long, as in 10s (default: 3s; with --against at most 30s)");
    how_long.value("--rate NUMBER", request.rate, whole_number(10, 20'000),
                   "samples a second (default: 5000)");
    how_long.flag(
        "--timer", request.by_timer,
        "sample by a timer's signal, as where perf events are refused; only suites on the "
        "harness, and one thread");
    declare_machine(app, request);
    OptionGroup{app, kOutput}.value(
        "--by WHAT", by,
        one_of<profile::SpotsBy>({{"function", profile::SpotsBy::function},
                                  {"inlined", profile::SpotsBy::inlined},
                                  {"line", profile::SpotsBy::line}}),
        "what the table lists: functions with what is inlined into them, inlined functions too, or "
        "lines (default: function)");
    output.declare(app, Shows::stacks);
    show_examples(
        app,
        {"pulsebench profile cpu budget/consume", "pulsebench profile cpu budget/consume --by line",
         "pulsebench profile cpu BM_parse --exe build/bench --export svg=flame.svg"});
  }

  Result<int> execute(Context& context) const {
    PB_TRY(const auto session, context.open_session());
    if (!annotated.empty()) return annotate(session, context.console);
    if (!against.empty()) return compare(session, context.console);
    PB_TRY(const auto profile, session::profile_cpu(session, request));
    const int code =
        profile.interrupted_by == 0 ? kNothingGates : exit_code_of_signal(profile.interrupted_by);
    PB_CHECK(output.show(report::cpu_profile_page(profile, by, code), context.console));
    return code;
  }

  Result<int> annotate(const session::Session& session, const Console& console) const {
    PB_TRY(const auto listing, session::annotate(session,
                                                 {.benchmark = request.benchmark,
                                                  .options = request.options,
                                                  .executables = request.executables,
                                                  .cpus = request.cpus},
                                                 annotated));
    PB_CHECK(output.show(report::annotated_page(listing), console));
    return kNothingGates;
  }

  Result<int> compare(const session::Session& session, const Console& console) const {
    PB_TRY(auto result, session::profile_against(session, request, against, by));
    const bool regressed = result.regressed();
    const int code = result.interrupted_by != 0       ? exit_code_of_signal(result.interrupted_by)
                     : regressed && result.gate.gates ? kRegressed
                                                      : kNothingGates;
    PB_CHECK(output.show(report::profile_change_page({.old_name = std::move(result.old_name),
                                                      .new_name = std::move(result.new_name),
                                                      .old_side = std::move(result.old_side),
                                                      .new_side = std::move(result.new_side),
                                                      .change = std::move(result.change),
                                                      .regressed = regressed},
                                                     by, code),
                         console));
    return code;
  }
};

}  // namespace

Execute declare_profile_cpu(CLI::App& app) { return declared<ProfileCpuCommand>(app); }

}  // namespace pulsebench::app
