#include <algorithm>
#include <array>
#include <memory>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "commands.hpp"
#include "next_step.hpp"
#include "output.hpp"
#include "pulsebench/baseline/decode_text.hpp"
#include "pulsebench/compare/exit_code.hpp"
#include "pulsebench/report/comparison_document.hpp"
#include "pulsebench/report/report_pages.hpp"
#include "pulsebench/report/trend_page.hpp"
#include "pulsebench/session/compare.hpp"
#include "pulsebench/vocabulary/exit_code.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::app {
namespace {

/// A page, and the documents that it refers to.
struct Shown {
  std::shared_ptr<const void> documents;
  render::Page page;
};

Result<Shown> show_result(const session::Session& session, const baseline::StoredText& stored) {
  PB_TRY(auto document,
         baseline::decode_in_place(stored.text, stored.file_name, baseline::Detail::everything));
  const auto kept = std::make_shared<const baseline::Document>(std::move(document));
  const report::RunPageOptions options{.demands = report::demands_of(session.workspace.config)};
  return Shown{kept, report::result_report(*kept, options)};
}

Result<Shown> show_comparison(const session::Session&, const baseline::StoredText& stored) {
  PB_TRY(auto comparison, report::read_comparison(stored.text, stored.file_name));
  const auto kept = std::make_shared<const report::StoredComparison>(std::move(comparison));
  return Shown{kept, report::comparison_report(kept->comparison, {.exit_code = kept->exit_code})};
}

Result<Shown> show_trend(const session::Session&, const baseline::StoredText& stored) {
  PB_TRY(auto trends, report::read_trends(stored.text, stored.file_name));
  const auto kept = std::make_shared<const report::StoredTrends>(std::move(trends));
  return Shown{kept, report::trend_page(kept->trends, kept->rule, true)};
}

/// A kind of document that a report shows. Another one is one row.
struct DocumentKind {
  std::string_view schema;  ///< as the document says
  const char* name;
  Result<Shown> (*show)(const session::Session&, const baseline::StoredText&);
};

constexpr std::array kKinds{
    DocumentKind{baseline::kSchemaId, "a result", show_result},
    DocumentKind{report::kComparisonSchema, "a comparison", show_comparison},
    DocumentKind{report::kTrendSchema, "a trend", show_trend}};

Result<Shown> show_one(const session::Session& session, const std::string& input) {
  PB_TRY(const auto stored, session.workspace.store.read(input));
  const std::string schema = baseline::schema_of(stored.text);
  const auto kind = std::ranges::find(kKinds, schema, &DocumentKind::schema);
  if (kind != kKinds.end()) return kind->show(session, stored);
  // What says nothing of its kind is no document of ours; why, the reader of results knows.
  if (schema.empty()) return show_result(session, stored);
  std::string known;
  for (const DocumentKind& one : kKinds) {
    known += fmt::format("{}{} ({})", known.empty() ? "" : " or ", one.name, one.schema);
  }
  return fail(ErrorCode::bad_input,
              fmt::format("{}: its schema is '{}'; a report shows {}", printable(stored.file_name),
                          printable(schema, 60), known));
}

Result<Shown> show_two(const session::Session& session, const std::string& base,
                       const std::string& candidate, const session::Explained& explained) {
  const session::CompareRequest request{.base = base,
                                        .candidate = candidate,
                                        .confirm = false,
                                        .detail = baseline::Detail::everything,
                                        .explain = explained};
  PB_TRY(auto compared, session::compare(session, request));
  const auto kept = std::make_shared<const session::CompareResult>(std::move(compared));
  const int code = compare::exit_code_of(kept->comparison, false, 0);
  return Shown{
      kept, report::comparison_report(
                kept->comparison,
                {.exit_code = code,
                 .next = next_after_compare(kept->comparison, request, code),
                 .results = report::ComparedResults{kept->results->first, kept->results->second}})};
}

struct ReportCommand {
  std::string input, candidate;
  Output output{"html"};
  session::Explained explained;

  void declare(CLI::App& app) {
    OptionGroup arguments{app, kArguments};
    arguments
        .text("INPUT", input,
              "a baseline, last, or the file of a result, a comparison or a trend; - for standard "
              "input")
        ->required();
    arguments.text("NEW", candidate, "a second result, which is compared with the first");
    output.declare(app, Shows::results, explained);
    show_examples(app, {"pulsebench report last -o report.html",
                        "pulsebench report main pr-123 -o report.html",
                        "pulsebench report verdict.json -o report.html"});
  }

  Result<int> execute(Context& context) const {
    PB_TRY(const auto session, context.open_session());
    PB_TRY(const auto shown, candidate.empty() ? show_one(session, input)
                                               : show_two(session, input, candidate, explained));
    PB_CHECK(output.show(shown.page, context.console));
    return kNothingGates;
  }
};

}  // namespace

Execute declare_report(CLI::App& app) { return declared<ReportCommand>(app); }

}  // namespace pulsebench::app
