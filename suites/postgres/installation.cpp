#include "installation.hpp"

#include <pwd.h>
#include <unistd.h>

#include <charconv>
#include <cstdlib>
#include <sstream>
#include <system_error>

namespace {

namespace fs = std::filesystem;

constexpr const char* kDebian = "/usr/lib/postgresql";

bool has_server(const fs::path& folder) {
  return ::access((folder / "initdb").c_str(), X_OK) == 0 &&
         ::access((folder / "postgres").c_str(), X_OK) == 0;
}

int number_in(const std::string& text) {
  int number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

void look_in_debian(Installation& found) {
  std::error_code ignored;
  int newest = 0;
  for (fs::directory_iterator entry{kDebian, ignored}, end; entry != end;
       entry.increment(ignored)) {
    const int version = number_in(entry->path().filename().string());
    if (version <= newest || !has_server(entry->path() / "bin")) continue;
    newest = version;
    found.programs = entry->path() / "bin";
    found.version = std::to_string(version);
  }
}

void look_along_path(Installation& found) {
  const char* const path = std::getenv("PATH");
  std::istringstream folders{path == nullptr ? "" : path};
  for (std::string folder; found.programs.empty() && std::getline(folders, folder, ':');) {
    if (has_server(folder)) found.programs = folder;
  }
}

}  // namespace

Installation find_installation() {
  Installation found;
  look_in_debian(found);
  if (found.programs.empty()) look_along_path(found);
  if (found.programs.empty()) {
    found.problem = "no initdb: install a PostgreSQL server, as config/bootstrap.sh workloads does";
    return found;
  }
  if (::geteuid() != 0) return found;
  const passwd* const user = ::getpwnam("postgres");
  if (user == nullptr) {
    found.problem = "PostgreSQL does not run as root, and there is no user 'postgres'";
    return found;
  }
  found.account = Account{user->pw_uid, user->pw_gid};
  return found;
}
