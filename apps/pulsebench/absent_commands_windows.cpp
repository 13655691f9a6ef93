#include <string>

#include "commands.hpp"
#include "help.hpp"

// Commands that stand on what Windows does not have, or that are not ported: docs/platforms.md.
namespace pulsebench::app {
namespace {

/// Refuses before any of its words is looked at, so that no option seems to be wrong.
Execute refuse(CLI::App& app, const char* why) {
  app.preparse_callback([&app, why](std::size_t) {
    throw CLI::RuntimeError{
        full_name(app) + " does not work on Windows: " + why + "; see docs/platforms.md", 1};
  });
  return {};
}

constexpr const char* kUnported = "it is not ported";
constexpr const char* kNoSettings = "no setting of Windows is changed";
constexpr const char* kNoEvents = "there are no perf events";
constexpr const char* kNoStacks = "programs are sampled by the kernel of Linux";

}  // namespace

Execute declare_advise(CLI::App& app) { return refuse(app, "it reads the code of ELF programs"); }
Execute declare_bisect(CLI::App& app) { return refuse(app, "revisions are not built there"); }
Execute declare_counters(CLI::App& app) { return refuse(app, kNoEvents); }
Execute declare_counters_list(CLI::App& app) { return refuse(app, kNoEvents); }
Execute declare_doctor(CLI::App& app) { return refuse(app, "it examines Linux"); }
Execute declare_fleet(CLI::App& app) { return refuse(app, kUnported); }
Execute declare_fleet_collect(CLI::App& app) { return refuse(app, kUnported); }
Execute declare_fleet_kinds(CLI::App& app) { return refuse(app, kUnported); }
Execute declare_fleet_status(CLI::App& app) { return refuse(app, kUnported); }
Execute declare_fleet_submit(CLI::App& app) { return refuse(app, kUnported); }
Execute declare_fleet_task(CLI::App& app) { return refuse(app, kUnported); }
Execute declare_profile(CLI::App& app) { return refuse(app, kNoStacks); }
Execute declare_profile_cpu(CLI::App& app) { return refuse(app, kNoStacks); }
Execute declare_profile_gpu(CLI::App& app) { return refuse(app, kNoStacks); }
Execute declare_profile_memory(CLI::App& app) { return refuse(app, kNoStacks); }
Execute declare_tune(CLI::App& app) { return refuse(app, kNoSettings); }
Execute declare_tune_apply(CLI::App& app) { return refuse(app, kNoSettings); }
Execute declare_tune_restore(CLI::App& app) { return refuse(app, kNoSettings); }
Execute declare_tune_show(CLI::App& app) { return refuse(app, kNoSettings); }

}  // namespace pulsebench::app
