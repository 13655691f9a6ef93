#include "pulsebench/report/reason_json.hpp"

#include "pulsebench/render/text.hpp"
#include "pulsebench/report/reason_text.hpp"
#include "pulsebench/vocabulary/printable.hpp"

namespace pulsebench::report {

nlohmann::ordered_json sentences_of(const std::vector<compare::Reason>& reasons) {
  auto sentences = nlohmann::ordered_json::array();
  for (const compare::Reason& reason : reasons) {
    sentences.push_back(printable(describe_reason(reason), render::kLongestText));
  }
  return sentences;
}

nlohmann::ordered_json codes_of(const std::vector<compare::Reason>& reasons) {
  auto codes = nlohmann::ordered_json::array();
  for (const compare::Reason& reason : reasons) codes.push_back(name_of(reason.code));
  return codes;
}

}  // namespace pulsebench::report
