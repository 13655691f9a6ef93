#include "commands.hpp"

namespace pulsebench::app {

Execute declare_ab(CLI::App&), declare_advise(CLI::App&), declare_approve(CLI::App&),
    declare_baseline(CLI::App&), declare_bisect(CLI::App&), declare_compare(CLI::App&),
    declare_completions(CLI::App&), declare_counters(CLI::App&), declare_counters_list(CLI::App&),
    declare_dashboard(CLI::App&), declare_doctor(CLI::App&), declare_export(CLI::App&),
    declare_fleet(CLI::App&), declare_fleet_collect(CLI::App&), declare_fleet_kinds(CLI::App&),
    declare_fleet_status(CLI::App&), declare_fleet_submit(CLI::App&), declare_fleet_task(CLI::App&),
    declare_history(CLI::App&), declare_import(CLI::App&), declare_init(CLI::App&),
    declare_list(CLI::App&), declare_noise(CLI::App&), declare_profile(CLI::App&),
    declare_profile_cpu(CLI::App&), declare_profile_gpu(CLI::App&),
    declare_profile_memory(CLI::App&), declare_prune(CLI::App&), declare_remove(CLI::App&),
    declare_report(CLI::App&), declare_run(CLI::App&), declare_save(CLI::App&),
    declare_show(CLI::App&), declare_trend(CLI::App&), declare_trend_accept(CLI::App&),
    declare_trend_reset(CLI::App&), declare_tune(CLI::App&), declare_tune_apply(CLI::App&),
    declare_tune_restore(CLI::App&), declare_tune_show(CLI::App&);

std::span<const CommandRow> commands() {
  static constexpr CommandRow kCommands[] = {
      {"init", "write a configuration for the project in this folder", declare_init},
      {"run", "measure benchmarks", declare_run},
      {"compare", "judge one stored result against another", declare_compare},
      {"ab", "measure two builds against each other, block by block", declare_ab},
      {"bisect", "find the commit that made a benchmark slower", declare_bisect},
      {"advise", "say what might make a benchmark faster, with evidence", declare_advise},
      {"noise", "report what change this machine can resolve", declare_noise},
      {"profile", "show where a benchmark spends its time or memory", declare_profile},
      {"profile cpu", "sample the functions of one benchmark", declare_profile_cpu},
      {"profile memory", "show what a benchmark takes from the heap", declare_profile_memory},
      {"profile gpu", "show what the GPUs do while a benchmark runs", declare_profile_gpu},
      {"history", "show what benchmarks cost in the kept results", declare_history},
      {"trend", "find what changed in the nightly history", declare_trend},
      {"trend accept", "accept a change, with a reason", declare_trend_accept},
      {"trend reset", "judge a benchmark anew from now on", declare_trend_reset},
      {"report", "write a result or a comparison as one page for a browser", declare_report},
      {"dashboard", "write a site over all stored results", declare_dashboard},
      {"baseline", "keep results under a name", declare_baseline},
      {"baseline save", "keep the last complete run as NAME", declare_save},
      {"baseline list", "list the baselines", declare_list},
      {"baseline show", "show one result", declare_show},
      {"baseline rm", "remove a baseline", declare_remove},
      {"baseline prune", "remove full results of old nights", declare_prune},
      {"baseline approve", "accept a regression, with a reason", declare_approve},
      {"fleet", "measure two builds on many machines, by Slurm", declare_fleet},
      {"fleet submit", "send a comparison to the nodes", declare_fleet_submit},
      {"fleet status", "show how far it is", declare_fleet_status},
      {"fleet collect", "show the verdict of the whole", declare_fleet_collect},
      {"fleet kinds", "show which kinds of machines the nodes are", declare_fleet_kinds},
      {"fleet task", "measure one shard; what the nodes run", declare_fleet_task},
      {"import", "read what another benchmark tool wrote", declare_import},
      {"export", "write a result for another tool", declare_export},
      {"doctor", "check whether this machine can measure, and how to fix it", declare_doctor},
      {"tune", "set the machine up for measuring, and back", declare_tune},
      {"tune show", "show each setting, and what it would become", declare_tune_show},
      {"tune apply", "change the settings, until tune restore", declare_tune_apply},
      {"tune restore", "restore the settings that tune apply changed", declare_tune_restore},
      {"counters", "list what can be counted besides the time", declare_counters},
      {"counters list", "try every event that libpfm knows", declare_counters_list},
      {"completions", "print what a shell needs to complete commands", declare_completions},
  };
  return kCommands;
}

}  // namespace pulsebench::app
