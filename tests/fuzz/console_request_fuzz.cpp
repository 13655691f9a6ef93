#include "claims.hpp"
#include "pulse/console/prometheus.hpp"

namespace fuzz = pulsebench::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static pulse::WorkerGroup group{1};
  static const pulse::TierManager tiers{group};
  const std::string answer = pulse::console::http_answer(fuzz::text_of(data, size), tiers, nullptr);
  const bool is_known = answer.rfind("HTTP/1.1 200 ", 0) == 0 ||
                        answer.rfind("HTTP/1.1 404 ", 0) == 0 ||
                        answer.rfind("HTTP/1.1 405 ", 0) == 0;
  fuzz::require(is_known, "every request has one of three answers");
  const std::string body = answer.substr(answer.find("\r\n\r\n") + 4);
  fuzz::require(
      answer.find("Content-Length: " + std::to_string(body.size()) + "\r\n") != std::string::npos,
      "of the length that it says");
  return 0;
}
