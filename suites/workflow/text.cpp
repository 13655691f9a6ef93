// The steps on the text of a submission.
#include <benchmark/benchmark.h>

#include <pulsebench/harness/measure.hpp>
#include <pulsebench/harness/opaque.hpp>

#include "inputs.hpp"
#include "workflow/digest.hpp"
#include "workflow/feedback.hpp"
#include "workflow/personal_data.hpp"
#include "workflow/validation.hpp"

namespace {

using suites::Size;
using suites::text_of;

void parse(benchmark::State& state, Size size) {
  const std::string json = suites::json_of(size);
  workflow::SubmissionParser parser;
  pulsebench::measure(
      state, [&parser, &json] { pulsebench::consume(parser.parse(json)->answers.size()); });
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(json.size()));
}
BENCHMARK_CAPTURE(parse, small, suites::kSmall)->Name("workflow/parse/small");
BENCHMARK_CAPTURE(parse, medium, suites::kMedium)->Name("workflow/parse/medium");  // < 60 us
BENCHMARK_CAPTURE(parse, large, suites::kLarge)->Name("workflow/parse/large");

void validate(benchmark::State& state) {
  const workflow::Submission submission = suites::submission_of(suites::kMedium);
  pulsebench::measure(
      state, [&submission] { pulsebench::consume(workflow::validate(submission).has_value()); });
}
BENCHMARK(validate)->Name("workflow/validate");

void detect(benchmark::State& state, bool has_personal_data) {
  const workflow::PersonalDataDetector detector;
  const std::string text = text_of(1000, has_personal_data);
  pulsebench::measure(state,
                      [&detector, &text] { pulsebench::consume(detector.find(text).size()); });
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}
BENCHMARK_CAPTURE(detect, some, true)->Name("workflow/detect/some");
BENCHMARK_CAPTURE(detect, none, false)->Name("workflow/detect/none");

void anonymise(benchmark::State& state) {
  const workflow::PersonalDataDetector detector;
  const std::string text = text_of(1000);
  const auto findings = detector.find(text);
  pulsebench::measure(state, [&text, &findings] {
    pulsebench::consume(workflow::anonymise(text, findings).size());
  });
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}
BENCHMARK(anonymise)->Name("workflow/anonymise");

void hash(benchmark::State& state) {
  const std::string text(static_cast<std::size_t>(state.range(0)), 'x');
  pulsebench::measure(state, [&text] { pulsebench::consume(workflow::sha256_of(text).size()); });
  state.SetBytesProcessed(state.iterations() * state.range(0));
}
BENCHMARK(hash)->Name("workflow/hash")->Arg(1024)->Arg(10240)->Arg(102400);

void comment(benchmark::State& state) {
  const workflow::Submission submission = suites::submission_of(suites::kMedium);
  pulsebench::measure(state, [&submission] {
    pulsebench::consume(workflow::comment_on(submission.answers).size());
  });
}
BENCHMARK(comment)->Name("workflow/comment");

}  // namespace
