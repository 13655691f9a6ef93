// The foreign text of examples/workflow: a body, which also stands for a text with personal data.
#include "claims.hpp"
#include "workflow/json_text.hpp"
#include "workflow/personal_data.hpp"
#include "workflow/submission.hpp"
#include "workflow/validation.hpp"

namespace {

using pulsebench::fuzz::require;

void require_clear_line(const workflow::Error& error) {
  pulsebench::fuzz::require_clear_line({pulsebench::ErrorCode::bad_input, error.message});
}

void check_personal_data(std::string_view text) {
  static const workflow::PersonalDataDetector detector;
  const auto findings = detector.find(text);
  std::size_t end = 0;
  for (const workflow::Finding& finding : findings) {
    require(finding.begin >= end, "findings are in order and do not overlap");
    require(finding.size > 0, "a finding is not empty");
    end = finding.begin + finding.size;
    require(end <= text.size(), "a finding is in the text");
  }
  const std::string anonymous = workflow::anonymise(text, findings);
  require(detector.find(anonymous).empty(), "an anonymous text has no personal data");
}

void check_quote(workflow::SubmissionParser& parser, const std::string& text) {
  const auto again = parser.parse("{\"student\":" + workflow::quote(text) + "}");
  require(again.has_value() && again->student == text, "a quoted text is read as it was");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static workflow::SubmissionParser parser;
  const std::string_view text = pulsebench::fuzz::text_of(data, size);
  check_personal_data(text);
  if (const auto batch = parser.parse_batch(text); !batch) require_clear_line(batch.error());
  const auto submission = parser.parse(text);
  if (!submission) return require_clear_line(submission.error()), 0;
  require(submission->answers.size() <= workflow::kMostAnswers, "answers are bounded");
  check_quote(parser, submission->student);
  for (const workflow::Answer& answer : submission->answers) check_quote(parser, answer.text);
  const auto valid = workflow::validate(*submission);
  if (!valid) require_clear_line(valid.error());
  return 0;
}
