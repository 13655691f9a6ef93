#include "workflow/feedback.hpp"

#include <fmt/format.h>

namespace workflow {
namespace {

constexpr std::size_t kFewestWords = 100;
constexpr std::size_t kMostWords = 500;

std::string_view remark_on_length(std::size_t words) {
  if (words < kFewestWords) return "Say more: give a reason and an example for each point.";
  if (words > kMostWords) return "Say less: keep the points that answer the question.";
  return "The length is right.";
}

std::string_view remark_on_sources(std::string_view text) {
  const bool names_source =
      text.find("http") != std::string_view::npos ||
      text.find("(19") != std::string_view::npos ||  // as in "(Codd, 1970)" or
      text.find("(20") != std::string_view::npos ||  // "Codd (1970)"
      text.find(", 19") != std::string_view::npos || text.find(", 20") != std::string_view::npos;
  return names_source ? "You name a source." : "Name the sources that you used.";
}

}  // namespace

std::size_t count_words(std::string_view text) {
  std::size_t words = 0;
  bool in_word = false;
  for (const char c : text) {
    const bool is_space = c == ' ' || (c >= '\t' && c <= '\r');
    words += !is_space && !in_word ? 1U : 0U;
    in_word = !is_space;
  }
  return words;
}

std::vector<Comment> comment_on(const std::vector<Answer>& answers) {
  std::vector<Comment> comments;
  comments.reserve(answers.size());
  for (const Answer& answer : answers) {
    const std::size_t words = count_words(answer.text);
    comments.push_back({answer.question, words,
                        fmt::format("Your answer has {} words. {} {}", words,
                                    remark_on_length(words), remark_on_sources(answer.text))});
  }
  return comments;
}

}  // namespace workflow
