#include "commands.hpp"
#include "output.hpp"
#include "pulsebench/report/gpu_page.hpp"
#include "pulsebench/report/gpu_tool_page.hpp"
#include "pulsebench/session/gpu_tools.hpp"
#include "pulsebench/vocabulary/exit_code.hpp"
#include "pulsebench/vocabulary/try.hpp"
#include "shared_options.hpp"

namespace pulsebench::app {
namespace {

struct ProfileGpuCommand {
  session::GpuRequest request;
  std::optional<profile::GpuTool> tool;
  Output output;

  void declare(CLI::App& app) {
    declare_benchmark(app, request);
    OptionGroup{app, kWhatToMeasure}.value(
        "--with TOOL", tool,
        one_of<profile::GpuTool>(
            {{"nsys", profile::GpuTool::nsys}, {"ncu", profile::GpuTool::ncu}}),
        "run the benchmark under this tool instead, where it is installed");
    OptionGroup{app, kHowLong}.value("--time TIME", request.seconds, parse_duration,
                                     "run the benchmark for this long (default 2s)");
    declare_machine(app, request);
    output.declare(app);
    show_examples(app, {"pulsebench profile gpu budget/consume",
                        "pulsebench profile gpu BM_Kernel --exe build/kernels --time 5s"});
  }

  Result<int> execute(Context& context) const {
    PB_TRY(const auto session, context.open_session());
    if (tool) {
      PB_TRY(const auto report, session::profile_gpu_with(session, request, *tool));
      PB_CHECK(output.show(report::gpu_tool_page(report), context.console));
      return kNothingGates;
    }
    PB_TRY(const auto profile, session::profile_gpu(session, request, profile::this_nvml()));
    PB_CHECK(output.show(report::gpu_page(profile), context.console));
    return kNothingGates;
  }
};

}  // namespace

Execute declare_profile_gpu(CLI::App& app) { return declared<ProfileGpuCommand>(app); }

}  // namespace pulsebench::app
