#include "runtime.hpp"

#include "../report.hpp"

extern "C" {
struct OrtApiBase {
  const onnx::Api* (*api)(std::uint32_t version);
  const char* (*version)();
};
const OrtApiBase* OrtGetApiBase();
}

namespace onnx {
namespace {

constexpr std::uint32_t kApiVersion = 17;  // the oldest that was tried
constexpr int kErrors = 3;                 // OrtLoggingLevel
constexpr int kAllOptimizations = 99;      // GraphOptimizationLevel
constexpr int kArena = 1;                  // OrtAllocatorType
constexpr int kDefaultMemory = 0;          // OrtMemType
constexpr int kFloat = 1;                  // ONNXTensorElementDataType

const Api& api() {
  static const Api* const table = OrtGetApiBase()->api(kApiVersion);
  if (table == nullptr) inference::stop("this ONNX Runtime is too old");
  return *table;
}

void check(const Status* status) {
  if (status == nullptr) return;
  const std::string message = api().message(status);
  inference::stop(message.substr(0, message.find('\n')));
}

}  // namespace

std::string version() { return OrtGetApiBase()->version(); }

Model::Model(const char* file, int threads) {
  Environment* environment = nullptr;
  check(api().create_environment(kErrors, "inference", &environment));
  Options* options = nullptr;
  check(api().create_options(&options));
  check(api().set_optimization(options, kAllOptimizations));
  check(api().set_threads(options, threads));
  check(api().create_session(environment, file, options, &session_));
  check(api().create_memory(kArena, kDefaultMemory, &memory_));
  Allocator* allocator = nullptr;
  check(api().default_allocator(&allocator));
  check(api().input_name(session_, 0, allocator, &input_));
  check(api().output_name(session_, 0, allocator, &output_));
}

void Model::run(std::vector<float>& values, const std::vector<std::int64_t>& shape) {
  Value* tensor = nullptr;
  check(api().create_tensor(memory_, values.data(), values.size() * sizeof(float), shape.data(),
                            shape.size(), kFloat, &tensor));
  Value* result = nullptr;
  check(api().run(session_, nullptr, &input_, &tensor, 1, &output_, 1, &result));
  api().release_value(result);
  api().release_value(tensor);
}

}  // namespace onnx
