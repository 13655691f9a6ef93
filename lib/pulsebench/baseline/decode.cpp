#include <algorithm>
#include <cassert>
#include <unordered_set>

#include <fmt/format.h>

#include "pulsebench/baseline/decode_benchmark.hpp"
#include "pulsebench/baseline/decode_text.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::baseline {
namespace {

using Value = JsonReader::Value;

static_assert(kTextSlack >= simdjson::SIMDJSON_PADDING);

/// Memory is asked for so many benchmarks at once, whatever the file may hold.
constexpr std::size_t kMostExpected = 100'000;

/// Whether the file is ours and of a version we know; asked first, wherever in the file it says so.
/// What else it holds would only hide the reason.
bool check_schema(JsonReader& reader, simdjson::ondemand::document& root) {
  std::string_view id;
  const auto error = root["schema"].get(id);
  if (error == simdjson::NO_SUCH_FIELD || error == simdjson::INCORRECT_TYPE) {
    return reader.refuse(
        fmt::format("no 'schema' that says '{}': the file is not a result of pulsebench; "
                    "'pulsebench import' reads what other tools write",
                    kSchemaId));
  }
  if (error) return reader.refuse_torn();
  if (id == "pulsebench-comparison") {
    return reader.refuse(
        "the file is what 'ab' or 'compare' said with --format json, not a stored result; "
        "'run --save NAME' makes one");
  }
  if (id == "pulsebench-noise" || id == "pulsebench-proof") {
    return reader.refuse(
        "the file is what 'noise' said with --format json, not a stored result; 'run --save NAME' "
        "makes one");
  }
  if (id != kSchemaId) {
    return reader.refuse(fmt::format("'schema' is '{}', not '{}': the file is not a result",
                                     printable(id, 40), kSchemaId));
  }
  std::int64_t version = 0;
  if (root["schema_version"].get(version) || version < 1) {
    return reader.refuse("'schema_version' must be a whole number from 1");
  }
  if (version > kSchemaVersion) {
    return reader.refuse(fmt::format(
        "'schema_version' is {} and this pulsebench reads up to {}; a newer pulsebench wrote the "
        "file, use that",
        version, kSchemaVersion));
  }
  root.rewind();
  return true;
}

bool read_git(JsonReader& reader, Value value, Git& git) {
  return reader.read_record(value, field("commit", git.commit), field("branch", git.branch),
                            field("commit_date", git.commit_date),
                            field("merge_base", git.merge_base), field("dirty", git.dirty));
}

bool read_suites(JsonReader& reader, Value value, std::vector<SuiteBuild>& suites) {
  suites.clear();
  return reader.read_list(value, [&](Value item) {
    SuiteBuild& suite = suites.emplace_back();
    return reader.read_record(item, field("name", suite.name), field("sha256", suite.sha256),
                              field("facts", suite.facts));
  });
}

bool read_machine(JsonReader& reader, Value value, Machine& machine) {
  const bool read =
      reader.read_record(value, field("key", machine.key), field("hashed", machine.hashed),
                         field("shown", machine.shown));
  if (!read) return false;
  return !machine.key.empty() || reader.refuse_missing("key");
}

bool read_state(JsonReader& reader, Value value, std::vector<StateFact>& state) {
  state.clear();
  return reader.read_list(value, [&](Value item) {
    StateFact& fact = state.emplace_back();
    return reader.read_record(item, field("name", fact.name), field("requested", fact.requested),
                              field("before", fact.before), field("after", fact.after),
                              field("reason", fact.reason));
  });
}

bool read_imported(JsonReader& reader, Value value, ImportedFrom& from) {
  const bool read = reader.read_record(
      value, field("format", from.format), field("tool", from.tool),
      field("tool_version", from.tool_version), field("file_sha256", from.file_sha256));
  return read && (!from.tool.empty() || reader.refuse_missing("tool"));
}

bool read_time(JsonReader& reader, Value value, TimeSpent& time) {
  return reader.read_record(value, field("total_seconds", time.total, kAnyTime),
                            field("measuring_seconds", time.measuring, kAnyTime),
                            field("in_visits_seconds", time.in_visits, kAnyTime));
}

bool read_benchmarks(JsonReader& reader, Value value, Detail detail, Document& document) {
  std::size_t count = 0;
  if (!value.count_elements().get(count)) count = std::min(count, kMostExpected);
  document.benchmarks.clear();
  document.benchmarks.reserve(count);
  std::unordered_set<std::string> ids;
  ids.reserve(count);
  return reader.read_list(value, [&](Value item) {
    if (!decode_benchmark(reader, item, detail, document.benchmarks)) return false;
    const std::string& id = document.benchmarks.back().info.id.text();
    if (ids.insert(id).second) return true;
    return reader.refuse(fmt::format("has the id '{}', which came before", printable(id, 60)));
  });
}

bool read_detail(JsonReader& reader, std::string_view key, Value value, Document& document) {
  if (key == "tool_version") return reader.read(value, document.tool_version);
  if (key == "kind") return reader.read(value, document.kind);
  if (key == "project") return reader.read(value, document.project);
  if (key == "started") return reader.read(value, document.started);
  if (key == "ended") return reader.read(value, document.ended);
  if (key == "reason") return reader.read(value, document.reason);
  if (key == "incomplete_because") return reader.read(value, document.incomplete_because);
  if (key == "seed") return reader.read(value, document.seed);
  if (key == "preset") return reader.read(value, document.preset);
  if (key == "like") return reader.read(value, document.like);
  if (key == "command_line") return reader.read(value, document.command_line);
  if (key == "git") return read_git(reader, value, document.git);
  if (key == "imported_from") return read_imported(reader, value, document.imported_from.emplace());
  if (key == "suites") return read_suites(reader, value, document.suites);
  if (key == "state") return read_state(reader, value, document.state);
  if (key == "time") return read_time(reader, value, document.time);
  return true;
}

bool read_field(JsonReader& reader, std::string_view key, Value value, Detail detail,
                Document& document) {
  if (key == "schema_version") return reader.read(value, document.schema_version);
  if (key == "run_id") return reader.read(value, document.run_id);
  if (key == "complete") return reader.read(value, document.complete);
  if (key == "machine") return read_machine(reader, value, document.machine);
  if (key == "benchmarks") {
    return detail == Detail::envelope || read_benchmarks(reader, value, detail, document);
  }
  return read_detail(reader, key, value, document);
}

bool read_document(JsonReader& reader, simdjson::ondemand::parser& parser, const std::string& text,
                   Detail detail, Document& document) {
  simdjson::ondemand::document root;
  const auto error =
      parser.iterate(simdjson::padded_string_view(text.data(), text.size(), text.capacity()))
          .get(root);
  if (error == simdjson::EMPTY) return reader.refuse("it is empty");
  if (error == simdjson::UTF8_ERROR) return reader.refuse("not UTF-8 text");
  if (error) return reader.refuse("torn or not JSON");
  simdjson::ondemand::json_type type{};
  if (root.type().get(type) || type != simdjson::ondemand::json_type::object) {
    return reader.refuse("not a JSON object: the file is not a result of pulsebench");
  }
  if (!check_schema(reader, root)) return false;
  std::vector<std::string_view> missing{"run_id", "complete", "machine", "benchmarks"};
  const bool read = reader.read_fields(root.get_object(), [&](std::string_view key, Value value) {
    std::erase(missing, key);
    return read_field(reader, key, value, detail, document);
  });
  if (!read) return false;
  if (!missing.empty()) return reader.refuse_missing(missing.front());
  if (document.kind == kImported && !document.imported_from) {
    return reader.refuse_missing("imported_from");
  }
  const bool at_end = root.current_location().error() == simdjson::OUT_OF_BOUNDS;
  return at_end || reader.refuse("it goes on after its JSON ends");
}

}  // namespace

Result<Document> decode_in_place(const std::string& text, std::string_view file_name,
                                 Detail detail) {
  assert(text.capacity() >= text.size() + kTextSlack);
  JsonReader reader(file_name);
  simdjson::ondemand::parser parser;
  Document document;
  if (!read_document(reader, parser, text, detail, document)) return reader.failure();
  return document;
}

std::string schema_of(const std::string& text) {
  assert(text.capacity() >= text.size() + kTextSlack);
  simdjson::ondemand::parser parser;
  simdjson::ondemand::document root;
  std::string_view id;
  const simdjson::padded_string_view padded{text.data(), text.size(), text.capacity()};
  if (parser.iterate(padded).get(root) || root["schema"].get(id)) return {};
  return std::string{id};
}

Result<Document> decode(std::string_view json, std::string_view file_name, Detail detail) {
  std::string text;
  text.reserve(json.size() + kTextSlack);
  text = json;
  return decode_in_place(text, file_name, detail);
}

}  // namespace pulsebench::baseline
