#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "workflow/result.hpp"

namespace workflow {

inline constexpr std::size_t kMostAnswers = 20;
inline constexpr std::size_t kLargestBatch = 100;

struct Answer {
  std::uint32_t question = 0;  ///< from 1
  std::string text;            ///< UTF-8
};

/// A student's answers to the questions of an assignment.
struct Submission {
  std::string student;     ///< a letter and seven digits
  std::string course;      ///< such as "TM112"
  std::string assignment;  ///< such as "TMA02"
  std::vector<Answer> answers;
};

/// Reads submissions from JSON. It reuses its memory: keep one for each thread.
class SubmissionParser {
 public:
  SubmissionParser();
  SubmissionParser(SubmissionParser&&) noexcept;
  ~SubmissionParser();

  /// Reads one object. `malformed` where the text is not JSON, or has a member that is unknown or
  /// of the wrong type. Values are not judged, and a member that is missing is empty.
  [[nodiscard]] Result<Submission> parse(std::string_view json);

  /// Reads an array of 1 to `kLargestBatch` such objects.
  [[nodiscard]] Result<std::vector<Submission>> parse_batch(std::string_view json);

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace workflow
