#pragma once

#include <memory>
#include <string>

#include "feed.hpp"
#include "tasks.hpp"

namespace pulsebench::console {

/// Applies what comes from a feed to the tasks, and keeps a recording.
class Session {
 public:
  explicit Session(std::unique_ptr<Feed> feed) : feed_(std::move(feed)) {}

  /// Appends each line to `file` from now on.
  [[nodiscard]] Result<void> record_to(const std::string& file);

  /// Applies the lines that have come; true if there were any.
  [[nodiscard]] Result<bool> take();

  [[nodiscard]] const Feed& feed() const { return *feed_; }
  [[nodiscard]] const Tasks& tasks() const { return tasks_; }

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };

  std::unique_ptr<Feed> feed_;
  Tasks tasks_;
  std::unique_ptr<std::FILE, Close> recording_;
};

}  // namespace pulsebench::console
