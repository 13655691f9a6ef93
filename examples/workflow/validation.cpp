#include "workflow/validation.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

namespace workflow {
namespace {

Failure invalid(std::string message) { return fail(ErrorCode::invalid, std::move(message)); }

/// Control characters could steer the terminal of whoever reads the answer.
bool is_text(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\n' && c != '\r' && c != '\t') || byte == 0x7F;
  });
}

Result<void> validate_answers(const std::vector<Answer>& answers) {
  if (answers.empty()) return invalid("answers: at least one is needed");
  std::uint32_t last = 0;
  for (const Answer& answer : answers) {
    if (answer.question <= last) return invalid("answers: question numbers must ascend from 1");
    last = answer.question;
    if (answer.text.empty()) return invalid(fmt::format("question {}: no text", last));
    if (answer.text.size() > kLongestText) {
      return invalid(fmt::format("question {}: the text has {} bytes, {} are allowed", last,
                                 answer.text.size(), kLongestText));
    }
    if (!is_text(answer.text)) {
      return invalid(fmt::format("question {}: the text has control characters", last));
    }
  }
  return {};
}

}  // namespace

Result<void> validate(const Submission& submission) {
  static const RE2 student("[A-Z][0-9]{7}");
  static const RE2 course("[A-Z]{1,4}[0-9]{3}");
  static const RE2 assignment("TMA[0-9]{2}");
  if (!RE2::FullMatch(submission.student, student)) {
    return invalid("student: a letter and seven digits are needed, such as A1234567");
  }
  if (!RE2::FullMatch(submission.course, course)) {
    return invalid("course: letters and three digits are needed, such as TM112");
  }
  if (!RE2::FullMatch(submission.assignment, assignment)) {
    return invalid("assignment: TMA and two digits are needed, such as TMA02");
  }
  return validate_answers(submission.answers);
}

}  // namespace workflow
