#include "watch.hpp"

#include <csignal>

#if defined(__x86_64__)

#include <elf.h>
#include <fcntl.h>
#include <sys/ptrace.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <system_error>
#include <utility>

namespace {

std::filesystem::path folder_of(pid_t process) {
  return std::filesystem::path{"/proc"} / std::to_string(process);
}

/// The program that a process executes; empty where that cannot be read.
std::string program_of(pid_t process) {
  std::error_code ignored;
  return std::filesystem::read_symlink(folder_of(process) / "exe", ignored).string();
}

/// How far from its addresses the program is loaded; nothing where that cannot be read.
std::optional<std::uint64_t> load_offset(pid_t process) {
  const auto folder = folder_of(process);
  Elf64_Ehdr header{};
  Elf64_auxv_t entry{};
  std::ifstream program{folder / "exe", std::ios::binary};
  std::ifstream auxiliary{folder / "auxv", std::ios::binary};
  if (!program.read(reinterpret_cast<char*>(&header), sizeof header)) return std::nullopt;
  while (auxiliary.read(reinterpret_cast<char*>(&entry), sizeof entry)) {
    if (entry.a_type == AT_ENTRY) return entry.a_un.a_val - header.e_entry;
  }
  return std::nullopt;
}

/// Runs one program and all that it starts.
class Watch {
 public:
  Watch(pid_t process, const std::vector<std::uint64_t>& addresses, std::string program,
        std::FILE* report)
      : process_(process), program_(std::move(program)), report_(report) {
    for (const std::uint64_t address : addresses) addresses_.emplace(address, kBreakpoint);
  }

  /// The program's wait status, or nothing where it was ended here.
  std::optional<int> run() {
    int status = 0;
    if (waitpid(process_, &status, __WALL) != process_ || !WIFSTOPPED(status)) return status;
    known_.insert(process_);
    if (!prepare()) return end();
    resume(process_, 0);
    while (true) {
      const pid_t stopped = waitpid(-1, &status, __WALL);
      if (stopped < 0 && errno == EINTR) continue;
      if (stopped < 0) return std::nullopt;
      if (!WIFSTOPPED(status)) {
        if (stopped == process_) return status;
        continue;
      }
      if (!take_stop(stopped, status)) return end();
    }
  }

 private:
  static constexpr unsigned char kBreakpoint = 0xcc;  // int3

  /// Sets the breakpoints before the first instruction.
  bool prepare() {
    const long options = PTRACE_O_EXITKILL | PTRACE_O_TRACECLONE | PTRACE_O_TRACEFORK |
                         PTRACE_O_TRACEVFORK | PTRACE_O_TRACEEXEC | PTRACE_O_TRACEEXIT;
    if (ptrace(PTRACE_SETOPTIONS, process_, nullptr, options) != 0) return refuse();
    if (program_of(process_) != program_) return became_another();
    const auto offset = load_offset(process_);
    if (!offset) return refuse();
    offset_ = *offset;
    return set_breakpoints() || refuse();
  }

  /// Replaces the first byte at each address, and keeps what was there.
  bool set_breakpoints() {
    return for_each_byte(process_, [this](int memory, std::uint64_t address, off_t place) {
      unsigned char& before = addresses_[address];
      return pread(memory, &before, 1, place) == 1 && pwrite(memory, &kBreakpoint, 1, place) == 1;
    });
  }

  /// Puts back what was there, in a process that has them too.
  bool remove_breakpoints(pid_t process) {
    return for_each_byte(process, [this](int memory, std::uint64_t address, off_t place) {
      return pwrite(memory, &addresses_[address], 1, place) == 1;
    });
  }

  template <class Change>
  bool for_each_byte(pid_t process, Change change) const {
    const auto path = folder_of(process) / "mem";
    const int memory = open(path.c_str(), O_RDWR | O_CLOEXEC);  // NOLINT: a system call
    bool done = memory >= 0;
    for (const auto& [address, before] : addresses_) {
      done = done && change(memory, address, static_cast<off_t>(address + offset_));
    }
    if (memory >= 0) close(memory);
    return done;
  }

  bool refuse() const {
    std::fprintf(report_, "refused %s\n", std::strerror(errno));
    return false;
  }

  bool became_another() const {
    std::fprintf(report_, "became %s\n", program_of(process_).c_str());
    return false;
  }

  /// False where no more is to be seen.
  bool take_stop(pid_t stopped, int status) {
    const int event = status >> 16, signal = WSTOPSIG(status);
    if (known_.insert(stopped).second) {  // a thread or a process that begins, by a stop of its own
      if (threads_.erase(stopped) == 0) return waiting_.insert(stopped).second;
      return resume(stopped, 0);
    }
    if (event == PTRACE_EVENT_CLONE) return take_thread(stopped);
    if (event == PTRACE_EVENT_FORK || event == PTRACE_EVENT_VFORK) return let_go(stopped);
    if (event == PTRACE_EVENT_EXEC) {
      became_another();
      watching_ = false;
      addresses_.clear();  // they are not in the new program
    }
    if (event == PTRACE_EVENT_EXIT && stopped == process_) note_loaded();
    if (event == 0 && signal == SIGTRAP && reached(stopped)) {
      return !watching_ && resume(stopped, 0);
    }
    return resume(stopped, event != 0 ? 0 : signal);
  }

  static pid_t started_by(pid_t parent) {
    unsigned long started = 0;
    ptrace(PTRACE_GETEVENTMSG, parent, nullptr, &started);
    return static_cast<pid_t>(started);
  }

  /// The stop with which a thread begins comes before or after this.
  bool take_thread(pid_t parent) {
    const pid_t thread = started_by(parent);
    if (waiting_.erase(thread) != 0) {
      resume(thread, 0);
    } else {
      threads_.insert(thread);
    }
    return resume(parent, 0);
  }

  /// Another process is not watched: what it does may end after the program, as of a server. Both
  /// go on as if nobody had looked.
  bool let_go(pid_t parent) {
    const pid_t started = started_by(parent);
    if (watching_) std::fprintf(report_, "forked\n");
    watching_ = false;
    remove_breakpoints(parent);
    int status = 0;
    const bool stops = waiting_.erase(started) != 0 ||
                       (waitpid(started, &status, __WALL) == started && WIFSTOPPED(status));
    if (stops) {
      remove_breakpoints(started);
      ptrace(PTRACE_DETACH, started, nullptr, 0L);
    }
    return resume(parent, 0);
  }

  /// Whether it stopped at a breakpoint. One that was removed meanwhile is executed again.
  bool reached(pid_t stopped) const {
    user_regs_struct registers{};
    if (ptrace(PTRACE_GETREGS, stopped, nullptr, &registers) != 0) return false;
    const std::uint64_t address = registers.rip - 1 - offset_;
    if (!addresses_.contains(address)) return false;
    if (watching_) {
      std::fprintf(report_, "reached %llx\n", static_cast<unsigned long long>(address));
      return true;
    }
    --registers.rip;
    ptrace(PTRACE_SETREGS, stopped, nullptr, &registers);
    return true;
  }

  /// Its last moment: whatever it opened is still there.
  void note_loaded() const {
    std::ifstream maps{folder_of(process_) / "maps"};
    std::set<std::string> files;
    for (std::string line; std::getline(maps, line);) {
      const std::size_t slash = line.find('/');
      const bool executable = line.find(" r-xp ") != std::string::npos;
      if (slash != std::string::npos && executable) files.insert(line.substr(slash));
    }
    files.erase(program_);
    for (const std::string& file : files) std::fprintf(report_, "loaded %s\n", file.c_str());
    std::fprintf(report_, "ended\n");
  }

  static bool resume(pid_t stopped, int signal) {
    ptrace(PTRACE_CONT, stopped, nullptr, static_cast<long>(signal));
    return true;
  }

  std::optional<int> end() {
    std::fflush(report_);
    kill(process_, SIGKILL);
    return std::nullopt;  // what else it started dies with the tracer
  }

  pid_t process_;
  std::map<std::uint64_t, unsigned char> addresses_;  // with the byte that was there
  std::string program_;
  std::FILE* report_;
  std::uint64_t offset_ = 0;
  bool watching_ = true;
  std::set<pid_t> known_{}, threads_{}, waiting_{};
};

}  // namespace

std::optional<int> watch(pid_t process, const std::vector<std::uint64_t>& addresses,
                         std::string program, std::FILE* report) {
  return Watch{process, addresses, std::move(program), report}.run();
}

#else

std::optional<int> watch(pid_t process, const std::vector<std::uint64_t>& /*addresses*/,
                         std::string /*program*/, std::FILE* report) {
  std::fprintf(report, "refused breakpoints are set on x86-64 only\n");
  kill(process, SIGKILL);
  return std::nullopt;
}

#endif
