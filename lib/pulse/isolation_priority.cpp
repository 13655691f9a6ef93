#include "pulse/isolation_method.hpp"

#include <utility>

#include "pulse/isolation.hpp"

namespace pulse {
namespace {

class PriorityMethod final : public IsolationMethod {
 public:
  explicit PriorityMethod(ThreadPriorities priorities) : priorities_(std::move(priorities)) {}

  [[nodiscard]] IsolationKind kind() const noexcept override {
    return IsolationKind::thread_priority;
  }
  std::optional<std::string> read(pid_t thread, ThreadState& state) const override {
    return priorities_.read(thread, state.nice);
  }
  std::optional<std::string> enter(pid_t thread) override {
    return priorities_.write(thread, priorities_.idle);
  }
  std::optional<std::string> leave(pid_t thread, const ThreadState& before) override {
    return priorities_.write(thread, before.nice);
  }

 private:
  ThreadPriorities priorities_;
};

}  // namespace

std::unique_ptr<IsolationMethod> make_priority_method(ThreadPriorities priorities) {
  return std::make_unique<PriorityMethod>(std::move(priorities));
}

}  // namespace pulse
