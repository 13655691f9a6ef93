// From a request to its response, without the network. Commits do not wait for the disk.
#include <benchmark/benchmark.h>

#include <pulsebench/harness/measure.hpp>
#include <pulsebench/harness/opaque.hpp>

#include "inputs.hpp"
#include "temporary_store.hpp"
#include "workflow/routes.hpp"

namespace {

using workflow::Method;
using workflow::Request;

/// Answers `request` again and again, after one submission is stored.
void answer(benchmark::State& state, const Request& request, int status) {
  auto store = suites::make_temporary_store();
  if (!store) return state.SkipWithError(store.error().message.c_str());
  workflow::Service service{*std::move(store)};
  if (!service.submit(suites::json_of(suites::kMedium)) ||
      workflow::answer(service, request).status != status) {
    return state.SkipWithError("the service does not answer as it should");
  }
  pulsebench::measure(state, [&service, &request] {
    pulsebench::consume(workflow::answer(service, request).body.size());
  });
}

void submit(benchmark::State& state) {
  const std::string body = suites::json_of(suites::kMedium);
  answer(state, {Method::post, "/submissions", body}, 201);
}
BENCHMARK(submit)->Name("workflow/end_to_end/submit");  // target: < 20 s, with a language model

void submit_batch(benchmark::State& state) {
  const std::string body = suites::batch_of(100, suites::kMedium);
  answer(state, {Method::post, "/submissions/batch", body}, 201);
}
BENCHMARK(submit_batch)->Name("workflow/end_to_end/batch_100");  // target: < 1000 s, likewise

void status(benchmark::State& state) { answer(state, {Method::get, "/submissions/1", ""}, 200); }
BENCHMARK(status)->Name("workflow/end_to_end/status");

void feedback(benchmark::State& state) {
  answer(state, {Method::get, "/submissions/1/feedback", ""}, 200);
}
BENCHMARK(feedback)->Name("workflow/end_to_end/feedback");

}  // namespace
