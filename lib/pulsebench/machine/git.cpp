#include "pulsebench/machine/git.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/text.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::machine {
namespace fs = std::filesystem;

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kLongestWords = 400;

/// Variables of git that the user may need: where its settings are, and where it looks for a
/// repository.
bool is_setting(std::string_view name) {
  constexpr std::array<std::string_view, 3> kKept{
      "GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM", "GIT_EXEC_PATH"};
  if (name == "GIT_CONFIG_PARAMETERS" || name == "GIT_CONFIG") return false;
  return name.substr(0, 11) == "GIT_CONFIG_" ||
         std::find(kKept.begin(), kKept.end(), name) != kKept.end();
}

/// What git wrote to stderr, in one line.
std::string in_one_line(const std::string& errors) {
  std::string line;
  for (const std::string& part : split(errors, '\n')) {
    const std::size_t begin = part.find_first_not_of(" \t");
    if (begin == std::string::npos) continue;
    if (!line.empty()) line += line.back() == ':' ? " " : "; ";
    line += part.substr(begin);
  }
  return printable(line, kLongestWords);
}

Failure failed(const std::string& word, const os::CommandOutput& output) {
  if (output.errors.find("not a git repository (or any") != std::string::npos) {
    return fail(ErrorCode::not_found, "this is not a git repository");
  }
  if (output.errors.find("does not have any commits yet") != std::string::npos) {
    return fail(ErrorCode::not_found, "this git repository has no commit yet");
  }
  const std::string words = in_one_line(output.errors);
  return words.empty() ? fail(ErrorCode::not_found, "git " + word + " found nothing")
                       : fail(ErrorCode::child_failed, "git says: " + words);
}

/// Runs git in one repository until a deadline.
class GitQuery {
 public:
  GitQuery(const fs::path& root, std::chrono::milliseconds limit)
      : root_(root), deadline_(Clock::now() + limit) {}

  Result<std::string> operator()(const std::vector<std::string>& words) const {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline_ - Clock::now());
    if (left.count() <= 0) return fail(ErrorCode::child_failed, "git did not end in time");
    return run_git(root_, words, {.environment = {"GIT_NO_LAZY_FETCH=1"}, .limit = left});
  }

 private:
  fs::path root_;
  Clock::time_point deadline_;
};

}  // namespace

bool may_be_in_repository(const fs::path& folder) {
  std::error_code error;
  for (fs::path at = fs::absolute(folder, error);; at = at.parent_path()) {
    if (fs::symlink_status(at / ".git", error).type() != fs::file_type::not_found) return true;
    if (at == at.parent_path()) return false;
  }
}

std::vector<std::string> repository_variables() {
  std::vector<std::string> names;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    const std::string_view text{*variable};
    const std::string_view name = text.substr(0, text.find('='));
    if (name.substr(0, 4) == "GIT_" && !is_setting(name)) names.emplace_back(name);
  }
  return names;
}

Result<std::string> run_git(const fs::path& root, const std::vector<std::string>& words,
                            os::Command how) {
  // The repository is untrusted: no program that it names runs. (Its clean filters, which `status`
  // needs, and its smudge filters come from the user's own configuration.)
  how.argv = {"git",
              "-C",
              root.string(),
              "-c",
              "core.fsmonitor=false",
              "-c",
              "core.hooksPath=/dev/null",
              "-c",
              "log.showSignature=false"};
  how.argv.insert(how.argv.end(), words.begin(), words.end());
  const auto foreign = repository_variables();  // what the caller sets stays set
  how.environment.insert(how.environment.begin(), foreign.begin(), foreign.end());
  for (const char* change : {"LC_ALL=C", "GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0",
                             "GIT_ASKPASS=true", "SSH_ASKPASS_REQUIRE=never"}) {
    how.environment.emplace_back(change);
  }
  auto output = os::run_process(how);
  if (!output && output.error().code == ErrorCode::not_found) {
    return fail(ErrorCode::child_failed, "there is no git on PATH; install it");
  }
  if (!output) return tl::unexpected{output.error()};
  if (output->exit_code != 0) return failed(words.front(), *output);
  while (!output->text.empty() && output->text.back() == '\n') output->text.pop_back();
  return std::move(output->text);
}

Result<Git> read_git(const fs::path& root, std::chrono::milliseconds limit) {
  if (!may_be_in_repository(root))
    return fail(ErrorCode::not_found, "this is not a git repository");
  const GitQuery query{root, limit};
  PB_TRY(const auto& shown, query({"log", "-1", "--format=%H%n%cI"}));
  const auto head = split(shown, '\n');
  if (head.size() != 2) return fail(ErrorCode::child_failed, "git named no commit");
  const auto fact = [&](const std::vector<std::string>& words) {
    return query(words).value_or("");
  };
  Git git;
  git.commit = head[0];
  git.commit_date = head[1];
  git.branch = fact({"symbolic-ref", "-q", "--short", "HEAD"});
  const auto changed = query({"status", "--porcelain", "--untracked-files=no"});
  git.dirty = !changed || !changed->empty();
  git.merge_base = fact({"merge-base", "HEAD", "refs/remotes/origin/main"});
  if (git.merge_base.empty()) git.merge_base = fact({"merge-base", "HEAD", "refs/heads/main"});
  return git;
}

}  // namespace pulsebench::machine
