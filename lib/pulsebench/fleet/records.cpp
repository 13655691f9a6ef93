#include "pulsebench/fleet/records.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "pulsebench/fleet/plan_format.hpp"
#include "pulsebench/fleet/slurm_text.hpp"
#include "pulsebench/json/reader.hpp"
#include "pulsebench/json/write.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::fleet {
namespace {

using Json = nlohmann::ordered_json;
using json::Reader;

constexpr std::size_t kLongestWhy = 400;
constexpr json::TextBounds kRecordLine{0, 4096, true};

Json begin(const json::Format& format) {
  return {{"schema", format.schema}, {format.version_key, format.newest}};
}

std::string node_in(Reader& fields) {
  std::string node = fields.text("node");
  if (!is_node_name(node)) fields.note("node", "is not the name of a node");
  return node;
}

std::string key_in(Reader& fields) {
  std::string key = fields.text("machine_key");
  if (!is_hex(key, 16)) fields.note("machine_key", "must be 16 hexadecimal digits");
  return key;
}

}  // namespace

std::string jobs_text(const Jobs& jobs) {
  Json json = begin(kJobsFormat);
  json["jobs"] = jobs.ids;
  return json::document_text(json);
}

Result<Jobs> read_jobs(std::string_view text, std::string_view file_name) {
  return json::read_document<Jobs>(text, file_name, kJobsFormat, [](Reader& fields, Jobs& jobs) {
    if (fields.require("jobs") == nullptr) return;
    fields.read("jobs", jobs.ids, json::TextBounds{1, 20});
    if (!std::ranges::all_of(jobs.ids, is_job_id)) {
      fields.note("jobs", "must be a list of the numbers of jobs");
    }
  });
}

std::string attempt_text(const Attempt& attempt) {
  Json json = begin(kAttemptFormat);
  json["node"] = attempt.node;
  return json::document_text(json);
}

Result<Attempt> read_attempt(std::string_view text, std::string_view file_name) {
  return json::read_document<Attempt>(
      text, file_name, kAttemptFormat,
      [](Reader& fields, Attempt& attempt) { attempt.node = node_in(fields); });
}

std::string task_text(const TaskRecord& task) {
  Json json = begin(kTaskFormat);
  json["state"] = name_of(task.state);
  json["node"] = task.node;
  json["machine_key"] = task.machine_key;
  if (!task.why.empty()) json["why"] = printable(task.why, kLongestWhy);
  return json::document_text(json);
}

Result<TaskRecord> read_task(std::string_view text, std::string_view file_name) {
  return json::read_document<TaskRecord>(text, file_name, kTaskFormat,
                                         [](Reader& fields, TaskRecord& task) {
                                           task.state = fields.named<TaskState>("state");
                                           task.node = node_in(fields);
                                           task.machine_key = key_in(fields);
                                           fields.read("why", task.why, kRecordLine);
                                         });
}

std::string node_text(const NodeKind& node) {
  Json json = begin(kNodeFormat);
  json["node"] = node.node;
  json["machine_key"] = node.machine_key;
  if (!node.cpu_model.empty()) json["cpu_model"] = printable(node.cpu_model);
  return json::document_text(json);
}

Result<NodeKind> read_node(std::string_view text, std::string_view file_name) {
  return json::read_document<NodeKind>(text, file_name, kNodeFormat,
                                       [](Reader& fields, NodeKind& node) {
                                         node.node = node_in(fields);
                                         node.machine_key = key_in(fields);
                                         fields.read("cpu_model", node.cpu_model, kRecordLine);
                                       });
}

}  // namespace pulsebench::fleet
