#include "inputs.hpp"

#include <array>
#include <random>
#include <string_view>

#include "workflow/json_text.hpp"

namespace suites {
namespace {

constexpr std::array<std::string_view, 24> kWords{
    "the",   "relational", "model", "separates", "what",    "is",       "stored", "from",
    "how",   "it",         "found", "so",        "a",       "query",    "says",   "which",
    "tuple", "we",         "want",  "and",       "system.", "decides,", "(Codd",  "1970)"};
constexpr std::array<std::string_view, 4> kPersonalData{"ada@example.org", "01632 960123",
                                                        "A7654321", "MK7 6AA"};

}  // namespace

std::string text_of(std::size_t words, bool has_personal_data) {
  std::mt19937 random{words};
  std::string text;
  for (std::size_t i = 1; i <= words; ++i) {
    const bool is_personal = has_personal_data && i % 100 == 50;
    text += is_personal ? kPersonalData[i / 100 % kPersonalData.size()]
                        : kWords[random() % kWords.size()];
    text += i % 15 == 0 ? '\n' : ' ';
  }
  return text;
}

workflow::Submission submission_of(Size size) {
  workflow::Submission submission{"A1234567", "TM112", "TMA02", {}};
  for (std::uint32_t question = 1; question <= size.answers; ++question) {
    submission.answers.push_back({question, text_of(size.words + question)});
  }
  return submission;
}

std::string json_of(Size size) {
  const workflow::Submission submission = submission_of(size);
  std::string json = R"({"student":"A1234567","course":"TM112","assignment":"TMA02","answers":[)";
  for (const workflow::Answer& answer : submission.answers) {
    if (answer.question > 1) json += ',';
    json += R"({"question":)" + std::to_string(answer.question) + R"(,"text":)" +
            workflow::quote(answer.text) + "}";
  }
  return json + "]}";
}

std::string batch_of(std::size_t count, Size size) {
  const std::string one = json_of(size);
  std::string json = "[" + one;
  for (std::size_t i = 1; i < count; ++i) json.append(",").append(one);
  return json + "]";
}

}  // namespace suites
