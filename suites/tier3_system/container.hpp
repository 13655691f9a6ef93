#pragma once

#include <sys/types.h>

#include <chrono>
#include <functional>
#include <string>

/// A process that does one operation per request and reports its time by its own clock. It has its
/// own namespaces like a container, or none for comparison.
///
/// The namespaces are those of user, mounts, control groups, IPC and host name. Control groups are
/// mounted read-only inside, as container runtimes do, and the process is root there.
class Container {
 public:
  enum class Walls { none, namespaces };
  /// One operation, called in the process.
  using Operation = std::function<std::chrono::nanoseconds()>;
  /// Creates the operation in the process, and sets its `name`.
  using Make = std::function<Operation(std::string& name)>;

  Container(Walls walls, const Make& make);
  ~Container();
  Container(const Container&) = delete;
  Container& operator=(const Container&) = delete;

  /// Reason why there is no container; empty if there is one.
  [[nodiscard]] const std::string& problem() const { return problem_; }
  [[nodiscard]] const std::string& name() const { return name_; }

  /// Runs one operation; zero if the process has exited.
  [[nodiscard]] std::chrono::nanoseconds operate() const;

 private:
  pid_t process_ = -1;
  int channel_ = -1;
  std::string problem_, name_;
};
