#include "pulsebench/session/unpassed_variables.hpp"

#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <set>
#include <string_view>

#include "pulsebench/run/spawn.hpp"

namespace pulsebench::session {
namespace {

constexpr std::size_t kShortest = 3;  // a shorter name might be any word

bool is_word_character(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

bool has_word(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos;
       at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || !is_word_character(text[at - 1])) &&
        (end == text.size() || !is_word_character(text[end]))) {
      return true;
    }
  }
  return false;
}

/// As variables are named, and words in a sentence are not.
bool is_in_capitals(std::string_view name) {
  return name.size() >= kShortest && std::ranges::none_of(name, [](char c) {
           return std::islower(static_cast<unsigned char>(c)) != 0;
         });
}

void add_reason(const Measured& measured, std::vector<std::string>& reasons) {
  if (measured.outcome.status != Status::ok) reasons.push_back(measured.outcome.reason);
}

void note(const Session& session, const std::vector<std::string>& reasons) {
  for (const std::string& name : unpassed_variables_in(reasons)) {
    session.notice("programs do not get the variable " + name +
                   ", which is set here: pass it with --env " + name +
                   ", or by \"environment\" of their suite");
  }
}

}  // namespace

std::vector<std::string> unpassed_variables_in(const std::vector<std::string>& texts) {
  std::set<std::string> names;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    const std::string_view text{*variable};
    const std::string_view name = text.substr(0, text.find('='));
    if (!is_in_capitals(name) || run::is_passed_on(name)) continue;
    if (std::ranges::any_of(texts, [&](const std::string& one) { return has_word(one, name); })) {
      names.emplace(name);
    }
  }
  return {names.begin(), names.end()};
}

void note_unpassed_variables(const Session& session, const run::Measurement& measurement) {
  std::vector<std::string> reasons;
  for (const Measured& one : measurement.sides.front()) add_reason(one, reasons);
  note(session, reasons);
}

void note_unpassed_variables(const Session& session, const run::PairedRun& paired_run) {
  std::vector<std::string> reasons;
  for (const run::PairedResult& paired : paired_run.subjects) {
    add_reason(paired.old_side, reasons);
    add_reason(paired.new_side, reasons);
  }
  note(session, reasons);
}

}  // namespace pulsebench::session
