#include "pulsebench/baseline/kind.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace pulsebench::baseline {
namespace {

constexpr std::size_t kLongestModel = 40;
constexpr std::size_t kDigits = 8;
/// Words of a CPU's name that tell no two CPUs apart.
constexpr std::array<std::string_view, 4> kEmptyWords{"r", "tm", "cpu", "processor"};

bool is_lower_hex(char byte) {
  return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'f');
}

bool is_model_byte(char byte) {
  const auto plain = static_cast<unsigned char>(byte);
  return plain < 128 && std::isalnum(plain) != 0 && std::isupper(plain) == 0;
}

/// "intel-xeon-2.80ghz" of "Intel(R) Xeon(R) CPU @ 2.80GHz".
std::string model_of(std::string_view cpu_model) {
  std::string model, word;
  const auto end_word = [&] {
    while (word.ends_with('.')) word.pop_back();
    const bool is_empty = word.empty() || std::ranges::find(kEmptyWords, word) != kEmptyWords.end();
    if (!is_empty) model += (model.empty() ? "" : "-") + word;
    word.clear();
  };
  for (const char byte : cpu_model) {
    const auto small = static_cast<char>(std::tolower(static_cast<unsigned char>(byte)));
    const bool belongs = is_model_byte(small) || (small == '.' && !word.empty());
    if (belongs) {
      word += small;
    } else {
      end_word();
    }
  }
  end_word();
  if (model.size() > kLongestModel) model.resize(kLongestModel);
  while (model.ends_with('-') || model.ends_with('.')) model.pop_back();
  return model.empty() ? "unknown" : model;
}

}  // namespace

std::string kind_of(const Machine& machine) {
  const std::string digits = machine.key.substr(0, kDigits);
  if (digits.size() < kDigits || !std::ranges::all_of(digits, is_lower_hex)) return "";
  const auto is_model = [](const auto& fact) { return fact.first == "cpu_model"; };
  const auto model = std::ranges::find_if(machine.hashed, is_model);
  return model_of(model == machine.hashed.end() ? "" : model->second) + "@" + digits;
}

bool is_kind(std::string_view text) {
  const std::size_t at = text.find('@');
  if (at == 0 || at == std::string_view::npos || at > kLongestModel) return false;
  const std::string_view model = text.substr(0, at), digits = text.substr(at + 1);
  const auto fits = [](char byte) { return is_model_byte(byte) || byte == '.' || byte == '-'; };
  return is_model_byte(model.front()) && std::ranges::all_of(model, fits) &&
         digits.size() == kDigits && std::ranges::all_of(digits, is_lower_hex);
}

}  // namespace pulsebench::baseline
