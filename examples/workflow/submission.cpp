#include "workflow/submission.hpp"

#include <simdjson.h>

#include <limits>

#include <fmt/format.h>

namespace workflow {
namespace {

namespace dom = simdjson::dom;

Failure malformed(std::string message) { return fail(ErrorCode::malformed, std::move(message)); }

[[nodiscard]] bool read_text(const dom::element& value, std::string& into) {
  std::string_view text;
  if (value.get(text) != simdjson::SUCCESS) return false;
  into = text;
  return true;
}

Result<Answer> read_answer(const dom::element& element) {
  dom::object object;
  if (element.get(object) != simdjson::SUCCESS) return malformed(" must be an object");
  Answer answer;
  for (const dom::key_value_pair& member : object) {
    if (member.key == "question") {
      std::uint64_t number = 0;
      if (member.value.get(number) != simdjson::SUCCESS ||
          number > std::numeric_limits<std::uint32_t>::max()) {
        return malformed(": its question must be a number from 1");
      }
      answer.question = static_cast<std::uint32_t>(number);
    } else if (member.key == "text") {
      if (!read_text(member.value, answer.text)) return malformed(": its text must be a string");
    } else {
      return malformed(" has a member other than question and text");
    }
  }
  return answer;
}

Result<std::vector<Answer>> read_answers(const dom::element& element) {
  dom::array array;
  if (element.get(array) != simdjson::SUCCESS) return malformed("answers must be an array");
  if (array.size() > kMostAnswers) {
    return malformed(
        fmt::format("answers has {} elements, {} are allowed", array.size(), kMostAnswers));
  }
  std::vector<Answer> answers;
  answers.reserve(array.size());
  for (const dom::element& one : array) {
    auto answer = read_answer(one);
    if (!answer) {
      return malformed(fmt::format("answer {}{}", answers.size() + 1, answer.error().message));
    }
    answers.push_back(*std::move(answer));
  }
  return answers;
}

Result<Submission> read_submission(const dom::element& element) {
  dom::object object;
  if (element.get(object) != simdjson::SUCCESS) return malformed("a submission must be an object");
  Submission submission;
  for (const dom::key_value_pair& member : object) {
    bool is_text = true;
    if (member.key == "student") {
      is_text = read_text(member.value, submission.student);
    } else if (member.key == "course") {
      is_text = read_text(member.value, submission.course);
    } else if (member.key == "assignment") {
      is_text = read_text(member.value, submission.assignment);
    } else if (member.key == "answers") {
      auto answers = read_answers(member.value);
      if (!answers) return Failure{std::move(answers).error()};
      submission.answers = *std::move(answers);
    } else {
      return malformed("a submission has only student, course, assignment and answers");
    }
    if (!is_text) return malformed(fmt::format("{} must be a string", member.key));
  }
  return submission;
}

Result<std::vector<Submission>> read_batch(const dom::element& element) {
  dom::array array;
  if (element.get(array) != simdjson::SUCCESS) return malformed("a batch must be an array");
  if (array.size() == 0 || array.size() > kLargestBatch) {
    return malformed(
        fmt::format("a batch has 1 to {} submissions, this one {}", kLargestBatch, array.size()));
  }
  std::vector<Submission> submissions;
  submissions.reserve(array.size());
  for (const dom::element& one : array) {
    auto submission = read_submission(one);
    if (!submission) {
      return malformed(fmt::format("submission {} of the batch: {}", submissions.size() + 1,
                                   submission.error().message));
    }
    submissions.push_back(*std::move(submission));
  }
  return submissions;
}

Result<dom::element> parse_document(dom::parser& parser, std::string_view json) {
  dom::element document;
  const simdjson::error_code error = parser.parse(json.data(), json.size()).get(document);
  if (error == simdjson::SUCCESS) return document;
  return malformed(fmt::format("the body is not JSON: {}", simdjson::error_message(error)));
}

}  // namespace

struct SubmissionParser::Parser {
  dom::parser dom;
};

SubmissionParser::SubmissionParser() : parser_(std::make_unique<Parser>()) {}
SubmissionParser::SubmissionParser(SubmissionParser&&) noexcept = default;
SubmissionParser::~SubmissionParser() = default;

Result<Submission> SubmissionParser::parse(std::string_view json) {
  return parse_document(parser_->dom, json).and_then(read_submission);
}

Result<std::vector<Submission>> SubmissionParser::parse_batch(std::string_view json) {
  return parse_document(parser_->dom, json).and_then(read_batch);
}

}  // namespace workflow
