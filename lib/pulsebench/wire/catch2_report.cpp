#include "pulsebench/wire/catch2_report.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/text.hpp"
#include "pulsebench/vocabulary/try.hpp"
#include "pulsebench/wire/xml_tags.hpp"

namespace pulsebench::wire {
namespace {

constexpr double kMostMeanNs = 1e13;
constexpr std::size_t kDeepest = 100;
constexpr std::string_view kBenchmark = "BenchmarkResults";

Failure wrong_catch2(const std::string& what) {
  return fail(ErrorCode::child_failed, "its Catch2 report is not usable: " + what);
}

/// The number that an attribute is; empty where it is none.
template <class Number>
std::optional<Number> number_in(const XmlTag& tag, const char* key) {
  const auto found = tag.attributes.find(key);
  if (found == tag.attributes.end()) return std::nullopt;
  return pulsebench::number_in<Number>(found->second);
}

std::string text_in(const XmlTag& tag, const char* key) {
  const auto found = tag.attributes.find(key);
  return found == tag.attributes.end() ? std::string{} : found->second;
}

bool is_root(const std::string& name) { return name == "Catch" || name == "Catch2TestRun"; }

/// Follows the tags of one report.
class Catch2Reading {
 public:
  Result<Catch2Report> read(std::string_view xml) {
    XmlTags tags{xml};
    for (;;) {
      auto tag = tags.next();
      if (!tag) return wrong_catch2(tag.error().message);
      if (!*tag) break;
      if (open_.empty() && !is_root((*tag)->name)) return wrong_catch2("it has another root");
      if (done_) return wrong_catch2("it has two roots");
      if (open_.empty()) version_ = text_in(**tag, "catch2-version");
      PB_CHECK(take(**tag));
    }
    if (!done_) return wrong_catch2("it does not end; a crash cuts it");
    return Catch2Report{std::move(version_), std::move(found_)};
  }

 private:
  Result<void> take(const XmlTag& tag) {
    if (tag.opens) {
      if (open_.size() == kDeepest) return wrong_catch2("it is nested too deep");
      const bool nested =
          tag.name == kBenchmark && std::ranges::find(open_, kBenchmark) != open_.end();
      if (nested) return wrong_catch2("it has a benchmark inside another");
      open_.push_back(tag.name);
      enter(tag);
    }
    if (!tag.closes) return {};
    if (open_.empty() || open_.back() != tag.name) return wrong_catch2("its tags are not nested");
    if (tag.name == "TestCase" || tag.name == "Section") path_.pop_back();
    if (tag.name == kBenchmark) leave_benchmark();
    open_.pop_back();
    done_ = open_.empty();
    return {};
  }

  void enter(const XmlTag& tag) {
    if (tag.name == "TestCase" || tag.name == "Section") path_.push_back(text_in(tag, "name"));
    if (tag.name == kBenchmark) {
      found_.push_back({.path = path_});
      found_.back().path.push_back(text_in(tag, "name"));
      found_.back().samples = number_in<std::uint64_t>(tag, "samples").value_or(1);
      found_.back().operations = std::max<std::uint64_t>(
          1, found_.back().samples * number_in<std::uint64_t>(tag, "iterations").value_or(1));
    }
    const bool is_inside = open_.size() > 1 && open_[open_.size() - 2] == kBenchmark;
    if (!is_inside) return;
    if (tag.name == "mean") take_mean(number_in<double>(tag, "value"));
    if (tag.name == "failed") {
      found_.back().failure = "it failed: " + printable(text_in(tag, "message"));
    }
  }

  void take_mean(std::optional<double> mean) {
    if (mean && std::isfinite(*mean) && *mean > 0.0 && *mean < kMostMeanNs) {
      found_.back().mean_ns = *mean;
    } else {
      found_.back().failure = "its mean is not a time";
    }
  }

  void leave_benchmark() {
    Catch2Benchmark& benchmark = found_.back();
    if (benchmark.mean_ns <= 0.0 && benchmark.failure.empty()) {
      benchmark.failure = "it has no mean";
    }
  }

  std::vector<std::string> open_;  ///< the elements around the current place
  std::vector<std::string> path_;  ///< the test case and sections among them
  std::string version_;
  std::vector<Catch2Benchmark> found_;
  bool done_ = false;
};

}  // namespace

Result<Catch2Report> decode_catch2(std::string_view xml) { return Catch2Reading{}.read(xml); }

}  // namespace pulsebench::wire
