#include "workflow/validation.hpp"

#include <doctest/doctest.h>

using namespace workflow;

namespace {

Submission valid_submission() {
  return {"A1234567", "TM112", "TMA02", {{1, "One."}, {3, "Three."}}};
}

std::string error_of(const Submission& submission) {
  const auto valid = validate(submission);
  REQUIRE_FALSE(valid.has_value());
  CHECK(valid.error().code == ErrorCode::invalid);
  return valid.error().message;
}

std::string error_of_text(std::string text) {
  Submission submission = valid_submission();
  submission.answers[1].text = std::move(text);
  return error_of(submission);
}

}  // namespace

TEST_CASE("a submission with allowed values is valid") {
  CHECK(validate(valid_submission()).has_value());
  Submission submission = valid_submission();
  submission.course = "M250";
  submission.answers[0].text = std::string(kLongestText, 'x');
  submission.answers[1].text = "Tabs\tand\r\nlines, and Grüße.";
  CHECK(validate(submission).has_value());
}

TEST_CASE("a value that is not allowed is named") {
  Submission submission = valid_submission();
  for (const std::string student :
       {"", "1234567", "A123456", "A12345678", "a1234567", "A1234567\n"}) {
    submission.student = student;
    CAPTURE(student);
    CHECK(error_of(submission).find("student: ") == 0);
  }
  submission = valid_submission();
  submission.course = "TM11";
  CHECK(error_of(submission).find("course: ") == 0);
  submission = valid_submission();
  submission.assignment = "TMA2";
  CHECK(error_of(submission).find("assignment: ") == 0);
}

TEST_CASE("questions ascend from 1, and there is at least one") {
  Submission submission = valid_submission();
  submission.answers.clear();
  CHECK(error_of(submission) == "answers: at least one is needed");
  for (const std::uint32_t first : {0U, 3U, 4U}) {
    submission = valid_submission();
    submission.answers[0].question = first;
    CHECK(error_of(submission) == "answers: question numbers must ascend from 1");
  }
}

TEST_CASE("a text is neither empty nor too long, and has no control characters") {
  CHECK(error_of_text("") == "question 3: no text");
  CHECK(error_of_text(std::string(kLongestText + 1, 'x')) ==
        "question 3: the text has 20001 bytes, 20000 are allowed");
  for (const char c : {'\0', '\x1b', '\x7f'}) {
    CHECK(error_of_text(std::string("a") + c) == "question 3: the text has control characters");
  }
}
