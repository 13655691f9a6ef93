#include "commands.hpp"
#include "output.hpp"
#include "pulsebench/report/memory_page.hpp"
#include "pulsebench/report/memory_tool_page.hpp"
#include "pulsebench/session/memory_tools.hpp"
#include "pulsebench/vocabulary/exit_code.hpp"
#include "pulsebench/vocabulary/try.hpp"
#include "shared_options.hpp"

namespace pulsebench::app {
namespace {

struct ProfileMemoryCommand {
  session::MemoryRequest request;
  std::optional<profile::MemoryTool> tool;
  Output output;

  void declare(CLI::App& app) {
    declare_benchmark(app, request);
    OptionGroup what{app, kWhatToMeasure};
    CLI::Option* const against =
        what.text("--against OLD", request.against,
                  "compare with an older build: an executable, a build folder or a git revision");
    what.value("--with TOOL", tool,
               one_of<profile::MemoryTool>({{"massif", profile::MemoryTool::massif},
                                            {"dhat", profile::MemoryTool::dhat},
                                            {"memcheck", profile::MemoryTool::memcheck},
                                            {"heaptrack", profile::MemoryTool::heaptrack}}),
               "run the benchmark under this tool instead, where it is installed")
        ->excludes(against);
    OptionGroup{app, kVerdict}.value("--fail-on TIERS", request.gates.fail_on, parse_tiers,
                                     "tiers whose growth fails the command, as in 0,1 (default 0)");
    output.declare(app);
    show_examples(app, {"pulsebench profile memory budget/consume",
                        "pulsebench profile memory budget/consume --against main",
                        "pulsebench profile memory budget/consume --with memcheck"});
  }

  Result<int> execute(Context& context) const {
    PB_TRY(const auto session, context.open_session());
    if (tool) {
      PB_TRY(const auto report, session::profile_memory_with(session, request, *tool));
      PB_CHECK(output.show(report::memory_tool_page(report), context.console));
      return kNothingGates;
    }
    PB_TRY(const auto report, session::profile_memory(session, request));
    const int code = report.fails() ? kRegressed : kNothingGates;
    PB_CHECK(output.show(report::memory_page(report, code), context.console));
    return code;
  }
};

}  // namespace

Execute declare_profile_memory(CLI::App& app) { return declared<ProfileMemoryCommand>(app); }

}  // namespace pulsebench::app
