#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "workflow/event_store.hpp"
#include "workflow/personal_data.hpp"
#include "workflow/result.hpp"
#include "workflow/submission.hpp"

namespace workflow {

/// Milliseconds since 1970, UTC.
[[nodiscard]] std::int64_t system_time_ms();

/// The workflow of a submission: parse, validate, anonymise, comment, store. Who submitted is not
/// stored. For one thread.
class Service {
 public:
  using Clock = std::int64_t (*)();

  explicit Service(EventStore store, Clock clock = system_time_ms)
      : store_(std::move(store)), clock_(clock) {}

  /// Takes a submission, a JSON object.
  [[nodiscard]] Result<SubmissionId> submit(std::string_view json);

  /// Takes an array of submissions in one transaction: all or none. Returns their ids in order.
  [[nodiscard]] Result<std::vector<SubmissionId>> submit_batch(std::string_view json);

  /// Returns what happened to a submission so far, as a JSON object.
  [[nodiscard]] Result<std::string> status(SubmissionId submission) const;

  /// Returns the comments on a submission, as a JSON object.
  [[nodiscard]] Result<std::string> feedback(SubmissionId submission) const;

  [[nodiscard]] bool is_empty() const { return store_.is_empty(); }

 private:
  [[nodiscard]] History assess(Submission submission) const;
  [[nodiscard]] Result<std::vector<SubmissionId>> store(const std::vector<History>& histories);

  EventStore store_;
  Clock clock_;
  SubmissionParser parser_;
  PersonalDataDetector detector_;
};

}  // namespace workflow
