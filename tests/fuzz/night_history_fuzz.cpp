#include <string>

#include "claims.hpp"
#include "pulsebench/trend/history.hpp"

using namespace pulsebench;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto history = trend::decode_history(fuzz::text_of(data, size), "fuzz.jsonl");
  if (!history) return fuzz::require_clear_line(history.error()), 0;
  std::string text;
  for (const trend::Night& night : history->nights) text += trend::encode_night(night);
  const auto again = trend::decode_history(text, "again.jsonl");
  fuzz::require(again.has_value(), "what was read can be written and read again");
  fuzz::require(again->incomplete_line.empty(), "what is written is whole");
  std::string twice;
  for (const trend::Night& night : again->nights) twice += trend::encode_night(night);
  fuzz::require(twice == text, "and means the same");
  return 0;
}
