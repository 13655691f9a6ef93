#include "workflow/submission.hpp"

#include "submissions.hpp"

using namespace workflow;

namespace {

std::string error_of(std::string_view json) {
  SubmissionParser parser;
  const auto submission = parser.parse(json);
  REQUIRE_FALSE(submission.has_value());
  CHECK(submission.error().code == ErrorCode::malformed);
  return submission.error().message;
}

}  // namespace

TEST_CASE("a submission is read with its members") {
  SubmissionParser parser;
  const auto submission = parser.parse(kSubmission);
  REQUIRE(submission.has_value());
  CHECK(submission->student == "A1234567");
  CHECK(submission->course == "TM112");
  CHECK(submission->assignment == "TMA02");
  REQUIRE(submission->answers.size() == 2);
  CHECK(submission->answers[0].question == 1);
  CHECK(submission->answers[1].text == "The second answer.");
}

TEST_CASE("escapes in a text are decoded") {
  SubmissionParser parser;
  const auto submission = parser.parse(R"({"student":"\u00e4\n\"\ud83d\ude00"})");
  REQUIRE(submission.has_value());
  CHECK(submission->student == "ä\n\"😀");
}

TEST_CASE("what is not JSON is refused, and the parser can be used again") {
  SubmissionParser parser;
  for (const std::string_view json : {"", "{", "nonsense", "{} {}", "{\"student\":\"\xff\"}",
                                      R"({"student":"\ud800"})", "[[[["}) {
    CAPTURE(json);
    const auto submission = parser.parse(json);
    REQUIRE_FALSE(submission.has_value());
    CHECK(submission.error().message.find("the body is not JSON") == 0);
  }
  CHECK(parser.parse(kSubmission).has_value());
}

TEST_CASE("a member of the wrong type or name is refused, and named") {
  CHECK(error_of("[]") == "a submission must be an object");
  CHECK(error_of(R"({"student":1})") == "student must be a string");
  CHECK(error_of(R"({"course":null})") == "course must be a string");
  CHECK(error_of(R"({"grade":1})") ==
        "a submission has only student, course, assignment and answers");
  CHECK(error_of(R"({"answers":{}})") == "answers must be an array");
  CHECK(error_of(R"({"answers":[1]})") == "answer 1 must be an object");
  CHECK(error_of(R"({"answers":[{},{"text":[]}]})") == "answer 2: its text must be a string");
  CHECK(error_of(R"({"answers":[{"question":-1}]})") ==
        "answer 1: its question must be a number from 1");
  CHECK(error_of(R"({"answers":[{"question":4294967296}]})") ==
        "answer 1: its question must be a number from 1");
  CHECK(error_of(R"({"answers":[{"mark":1}]})") ==
        "answer 1 has a member other than question and text");
}

TEST_CASE("twenty answers are allowed, and no more") {
  std::string answers = "{}";
  for (int i = 1; i < 20; ++i) answers += ",{}";
  SubmissionParser parser;
  CHECK(parser.parse("{\"answers\":[" + answers + "]}").has_value());
  CHECK(error_of("{\"answers\":[" + answers + ",{}]}") ==
        "answers has 21 elements, 20 are allowed");
}

TEST_CASE("a batch has 1 to 100 submissions, and an error names which is wrong") {
  std::string batch = "{}";
  for (int i = 1; i < 100; ++i) batch += ",{}";
  SubmissionParser parser;
  CHECK(parser.parse_batch("[" + batch + "]").value().size() == 100);
  CHECK(parser.parse_batch("[" + batch + ",{}]").error().message ==
        "a batch has 1 to 100 submissions, this one 101");
  CHECK(parser.parse_batch("[]").error().message == "a batch has 1 to 100 submissions, this one 0");
  CHECK(parser.parse_batch("{}").error().message == "a batch must be an array");
  CHECK(parser.parse_batch("[{},1]").error().message ==
        "submission 2 of the batch: a submission must be an object");
}
