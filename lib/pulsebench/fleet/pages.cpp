#include "pulsebench/fleet/pages.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <utility>

#include "pulsebench/json/write.hpp"
#include "pulsebench/render/quantity.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::fleet {
namespace {

using render::Mark;
using render::Tone;
using PageJson = nlohmann::ordered_json;

std::string counted(std::size_t number, const char* one, const char* many) {
  return render::format_count(static_cast<long long>(number), one, many);
}

PageJson begin_page(const char* schema) { return {{"schema", schema}, {"version", 1}}; }

PageJson submitted_json(const Submitted& submitted) {
  PageJson json = begin_page("pulsebench-fleet-submitted");
  json["run"] = submitted.run;
  json["folder"] = submitted.folder.string();
  json["job"] = submitted.job;
  json["machine_key"] = submitted.machine_key;
  json["constraint"] =
      submitted.constraint.empty() ? PageJson(nullptr) : PageJson(printable(submitted.constraint));
  json["benchmarks"] = submitted.benchmarks;
  json["not_sent"] = submitted.unsent;
  json["estimated"] = submitted.estimated;
  json["shards"] = submitted.shards;
  json["nodes"] = submitted.nodes;
  json["longest_shard_seconds"] = json::rounded(submitted.longest_seconds, 4);
  json["total_seconds"] = json::rounded(submitted.total_seconds, 4);
  return json;
}

/// How the last life of a task is told.
std::string words_of(const TaskRecord& task) {
  switch (task.state) {
    case TaskState::measured:
      return "ended";
    case TaskState::wrong_kind:
      return "another kind of machine: " + task.machine_key;
    case TaskState::interrupted:
      return "interrupted";
    case TaskState::failed:
      break;
  }
  return "failed: " + task.why;
}

/// One task that has benchmarks without a result.
struct OpenTask {
  std::size_t shard = 0, open = 0;
  std::string node, state;
  bool queued = false;
};

std::vector<OpenTask> open_tasks(const Progress& progress) {
  std::vector<OpenTask> tasks;
  for (const auto& [shard, open] : progress.open) {
    OpenTask task{.shard = shard, .open = open, .node = {}, .state = "never ran to an end"};
    const auto ended = progress.ended.find(shard);
    if (ended != progress.ended.end()) {
      task.node = ended->second.node;
      task.state = words_of(ended->second);
    }
    for (const QueuedTask& queued : progress.queued) {
      if (queued.shard != shard) continue;
      task.queued = true;
      task.node = queued.node;
      task.state = queued.running ? "runs" : "waits: " + queued.reason;
    }
    tasks.push_back(std::move(task));
  }
  return tasks;
}

PageJson status_json(const Plan& plan, const Progress& progress) {
  PageJson json = begin_page("pulsebench-fleet-status");
  json["run"] = plan.run;
  json["machine_key"] = plan.machine_key;
  json["family"] = plan.family;
  json["benchmarks"] = progress.benchmarks;
  json["measured"] = progress.measured;
  json["at_its_end"] = progress.at_its_end();
  json["open_tasks"] = PageJson::array();
  for (const OpenTask& task : open_tasks(progress)) {
    json["open_tasks"].push_back({{"shard", task.shard},
                                  {"benchmarks_open", task.open},
                                  {"queued", task.queued},
                                  {"node", printable(task.node)},
                                  {"state", printable(task.state)}});
  }
  return json;
}

PageJson kinds_json(const Kinds& kinds) {
  PageJson json = begin_page("pulsebench-fleet-kinds");
  json["kinds"] = PageJson::array();
  for (const auto& [key, nodes] : kinds.by_key) {
    PageJson names = PageJson::array();
    for (const NodeKind& node : nodes) names.push_back(node.node);
    json["kinds"].push_back({{"machine_key", key},
                             {"cpu_model", printable(nodes.front().cpu_model)},
                             {"nodes", std::move(names)}});
  }
  json["silent"] = kinds.silent;
  json["slurm_conf"] = feature_lines(kinds);
  return json;
}

}  // namespace

render::Page submitted_page(const Submitted& submitted, const std::string& collect_command) {
  render::Page page{.title = "run " + submitted.run,
                    .json = [submitted] { return json::document_text(submitted_json(submitted)); }};
  page.headline.verdict = "submitted";
  page.headline.clauses = {fmt::format("{} in {} for {} of the kind {}, job {}",
                                       counted(submitted.benchmarks, "benchmark", "benchmarks"),
                                       counted(submitted.shards, "shard", "shards"),
                                       counted(submitted.nodes, "node", "nodes"),
                                       submitted.machine_key, submitted.job)};
  page.add(render::Paragraph{
      .items = {fmt::format("about {:.0f} s of measuring, the longest shard {:.0f} s",
                            submitted.total_seconds, submitted.longest_seconds)}});
  if (submitted.estimated > 0) {
    page.add(render::Note{Mark::footnote,
                          fmt::format("the time of {} is estimated: no earlier run in the spool "
                                      "folder has measured {}",
                                      counted(submitted.estimated, "benchmark", "benchmarks"),
                                      submitted.estimated == 1 ? "it" : "them")});
  }
  if (submitted.unsent > 0) {
    page.add(render::Note{
        Mark::attention, fmt::format("{} not sent: a fleet measures suites, no workloads",
                                     counted(submitted.unsent, "benchmark is", "benchmarks are"))});
  }
  if (submitted.nodes == 0) {
    page.add(render::Note{Mark::attention, "no node can take the tasks now; they wait for one"});
  }
  page.next = {"see the result when it is there", collect_command};
  return page;
}

render::Page status_page(const Plan& plan, const Progress& progress,
                         const std::string& collect_command, const std::string& resume_command) {
  render::Page page{.title = "run " + plan.run, .json = [plan, progress] {
                      return json::document_text(status_json(plan, progress));
                    }};
  const bool complete = progress.complete(), ended = progress.at_its_end();
  page.headline.verdict = complete ? "measured" : ended ? "incomplete" : "measuring";
  page.headline.tone = complete ? Tone::good : ended ? Tone::bad : Tone::plain;
  page.headline.clauses = {fmt::format("{} of {} measured", progress.measured,
                                       counted(progress.benchmarks, "benchmark", "benchmarks"))};
  if (!complete) {
    render::Table table{.columns = {{.header = "task", .align = render::Align::right},
                                    {.header = "open", .align = render::Align::right},
                                    {.header = "node"},
                                    {.header = "state", .elastic = true}},
                        .groups = {{}}};
    for (const OpenTask& task : open_tasks(progress)) {
      table.groups[0].rows.push_back(
          {.cells = {render::Count{static_cast<long long>(task.shard)},
                     render::Count{static_cast<long long>(task.open)}, task.node,
                     render::Text{printable(task.state), task.queued ? Tone::plain : Tone::bad}}});
    }
    page.add(std::move(table));
  }
  if (complete || !ended) {
    page.next = {complete ? "see the result" : "wait for it", collect_command};
  } else {
    page.next = {"measure what is left", resume_command};
  }
  return page;
}

render::Page kinds_page(const Kinds& kinds) {
  render::Page page{.title = "kinds of machines",
                    .json = [kinds] { return json::document_text(kinds_json(kinds)); }};
  page.headline.clauses = {counted(kinds.by_key.size(), "kind of machine", "kinds of machines")};
  render::Table table{.columns = {{.header = "key"},
                                  {.header = "nodes", .elastic = true},
                                  {.header = "CPU", .drop = 1}},
                      .groups = {{}}};
  for (const auto& [key, nodes] : kinds.by_key) {
    std::string names;
    for (const NodeKind& node : nodes) names += (names.empty() ? "" : ", ") + node.node;
    table.groups[0].rows.push_back({.cells = {key, names, printable(nodes.front().cpu_model, 60)}});
  }
  if (!kinds.by_key.empty()) page.add(std::move(table));
  for (const std::string& name : kinds.silent) {
    page.add(render::Note{Mark::attention, "node " + name + " is down, or did not answer"});
  }
  if (!kinds.by_key.empty()) {
    page.add(render::Paragraph{.items = {"features for slurm.conf, with which submit asks for one "
                                         "kind:"}});
    for (const std::string& line : feature_lines(kinds)) {
      page.add(render::Paragraph{.items = {line}});
    }
  }
  return page;
}

}  // namespace pulsebench::fleet
