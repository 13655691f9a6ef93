#pragma once

#include <sys/types.h>

#include <chrono>
#include <functional>
#include <string>

/// A process that does one operation each time it is asked, and says how long that took by its own
/// clock: in namespaces of its own, as a container has them, or, to compare with, in none.
///
/// The namespaces are those of user, mounts, control groups, IPC and host name; control groups are
/// mounted read-only inside, as container runtimes mount them. The process is root there whoever
/// it is outside.
class Container {
 public:
  enum class Walls { none, namespaces };
  /// One operation; called in the process.
  using Operation = std::function<std::chrono::nanoseconds()>;
  /// What the operation needs is made in the process too; `name` is what it says of itself.
  using Make = std::function<Operation(std::string& name)>;

  Container(Walls walls, const Make& make);
  ~Container();
  Container(const Container&) = delete;
  Container& operator=(const Container&) = delete;

  /// Why there is none; empty where there is.
  [[nodiscard]] const std::string& problem() const { return problem_; }
  [[nodiscard]] const std::string& name() const { return name_; }

  /// Zero where the process has died.
  [[nodiscard]] std::chrono::nanoseconds operate() const;

 private:
  pid_t process_ = -1;
  int channel_ = -1;
  std::string problem_, name_;
};
