#include "pulsebench/report/annotated_page.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "pulsebench/json/write.hpp"
#include "pulsebench/profile/short_name.hpp"
#include "pulsebench/render/quantity.hpp"
#include "pulsebench/render/text.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::report {
namespace {

using profile::AnnotatedFunction;
using profile::AnnotatedInstruction;
using Json = nlohmann::ordered_json;

std::string text_of(const AnnotatedInstruction& one) {
  const std::string& operands = one.instruction.operands;
  return printable(one.instruction.mnemonic + (operands.empty() ? "" : " " + operands), 200);
}

std::string line_text(const std::optional<SourceLine>& where) {
  if (!where) return {};
  const auto file = std::filesystem::path{where->file}.filename().string();
  return fmt::format("{}:{}", printable(file, 100), where->line);
}

std::string summary_of(const AnnotatedFunction& annotated) {
  const double share = annotated.all_instructions > 0.0
                           ? 100.0 * annotated.instructions / annotated.all_instructions
                           : 0.0;
  return fmt::format("{} executes {} of the {} instructions of {} ({:.0f} %)",
                     printable(profile::short_name(annotated.function), 120),
                     render::format_per_operation(annotated.instructions),
                     render::format_per_operation(annotated.all_instructions),
                     printable(annotated.benchmark, 200), share);
}

Percent share_of(const AnnotatedInstruction& one, const AnnotatedFunction& annotated) {
  return Percent{100.0 * static_cast<double>(one.samples) / static_cast<double>(annotated.samples)};
}

std::string legend_of(const AnnotatedFunction& annotated) {
  std::string text = "executions: counted exactly; misses: of a simulated branch predictor";
  if (annotated.samples == 0) return text;
  return text + fmt::format("; samples: of {} of the operation, each at most one instruction late",
                            annotated.samples);
}

std::string document_of(const AnnotatedFunction& annotated) {
  Json json = {{"schema", "pulsebench-annotation"},
               {"version", 1},
               {"benchmark", printable(annotated.benchmark, render::kLongestText)},
               {"function", printable(annotated.function, render::kLongestText)},
               {"object", printable(annotated.object, render::kLongestText)},
               {"summary", summary_of(annotated)},
               {"instructions_per_op", annotated.instructions},
               {"all_instructions_per_op", annotated.all_instructions},
               {"samples", annotated.samples},
               {"not_sampled", printable(annotated.not_sampled, render::kLongestText)},
               {"code", Json::array()}};
  for (const AnnotatedInstruction& one : annotated.code) {
    Json line = {{"address", one.instruction.address},
                 {"text", text_of(one)},
                 {"executions_per_op", one.instruction.executions},
                 {"simulated_branch_misses_per_op", one.instruction.branch_misses},
                 {"samples", one.samples}};
    if (one.where) {
      line["source"] = {{"file", printable(one.where->file, render::kLongestText)},
                        {"line", one.where->line}};
    }
    json["code"].push_back(std::move(line));
  }
  return json::document_text(json);
}

}  // namespace

render::Page annotated_page(const AnnotatedFunction& annotated) {
  using render::Align;
  render::Page page{.title = render::Text{"machine code of "}.add_verbatim(annotated.function),
                    .headline = {.clauses = {summary_of(annotated)}},
                    .json = [&annotated] { return document_of(annotated); }};
  const bool sampled = annotated.samples > 0;
  if (!sampled) {
    page.blocks.emplace_back(
        render::Note{.mark = render::Mark::attention,
                     .text = {printable("there are no samples: " + annotated.not_sampled, 400)}});
  }
  render::Table table{.columns = {{.header = "executions/op", .align = Align::right},
                                  {.header = "samples %", .align = Align::right},
                                  {.header = "misses/op", .align = Align::right, .drop = 2},
                                  {.header = "address", .align = Align::right, .drop = 1},
                                  {.header = "instruction", .elastic = true},
                                  {.header = "line"}},
                      .groups = {{}},
                      .legend = {{.text = legend_of(annotated)}}};
  std::string before;
  for (const AnnotatedInstruction& one : annotated.code) {
    const std::string line = line_text(one.where);
    const auto& [executions, misses] =
        std::pair{one.instruction.executions, one.instruction.branch_misses};
    render::Row row;
    row.cells.push_back(executions > 0.0 ? render::Cell{render::PerOperation{executions}}
                                         : render::Cell{});
    row.cells.push_back(one.samples > 0 ? render::Cell{share_of(one, annotated)} : render::Cell{});
    row.cells.push_back(misses > 0.0 ? render::Cell{render::PerOperation{misses}} : render::Cell{});
    row.cells.push_back(
        {render::Text{fmt::format("{:x}", one.instruction.address), render::Tone::quiet}});
    row.cells.push_back({render::Text{}.add_verbatim(text_of(one))});
    row.cells.push_back({render::Text{line == before ? std::string{} : line, render::Tone::quiet}});
    if (!line.empty()) before = line;
    table.groups[0].rows.push_back(std::move(row));
  }
  page.add(std::move(table));
  return page;
}

}  // namespace pulsebench::report
