// pulsebench-reach ADDRESSES REPORT PROGRAM [ARGUMENT]...
//
// Runs a program until it executes an instruction at one of the addresses in the file ADDRESSES,
// each in hexadecimal and as in the program's file. Then it ends the program. REPORT says line by
// line what was seen:
//
//   reached 1139         the address that was executed
//   loaded /lib/x.so     a file with code that the program had loaded, apart from its own
//   became /bin/sh       the program was replaced by another one, and was ended
//   refused WHY          the program cannot be watched
//   ended                it ran to its end and reached none
//
// It exits as the program does. A breakpoint stops a program once, so that it is as fast as ever
// before that; no more is known of it afterwards.

#include <elf.h>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace {

constexpr int kUsage = 2;
constexpr int kNotStarted = 127;
constexpr int kRequests = 3, kEvents = 4;  // between the orchestrator and the program

std::FILE* report = nullptr;

std::string link_of(pid_t process, const char* name) {
  const std::string path = "/proc/" + std::to_string(process) + "/" + name;
  char target[PATH_MAX];
  const ssize_t size = readlink(path.c_str(), target, sizeof target);
  return size < 0 ? std::string{} : std::string(target, static_cast<std::size_t>(size));
}

[[noreturn]] void become(char** words) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) != 0) {
    std::fprintf(report, "refused %s\n", std::strerror(errno));
    std::fflush(report);
    _exit(kNotStarted);
  }
  execv(words[0], words);
  std::fprintf(stderr, "cannot start %s: %s\n", words[0], std::strerror(errno));
  _exit(kNotStarted);
}

#if defined(__x86_64__)

/// How far from its addresses the program is loaded; nothing where that cannot be read.
std::optional<std::uint64_t> load_offset(pid_t process) {
  const std::string folder = "/proc/" + std::to_string(process);
  Elf64_Ehdr header{};
  Elf64_auxv_t entry{};
  std::ifstream program{folder + "/exe", std::ios::binary};
  std::ifstream auxiliary{folder + "/auxv", std::ios::binary};
  if (!program.read(reinterpret_cast<char*>(&header), sizeof header)) return std::nullopt;
  while (auxiliary.read(reinterpret_cast<char*>(&entry), sizeof entry)) {
    if (entry.a_type == AT_ENTRY) return entry.a_un.a_val - header.e_entry;
  }
  return std::nullopt;
}

/// Runs one program and all that it starts.
class Watch {
 public:
  Watch(pid_t process, std::vector<std::uint64_t> addresses, std::string program)
      : process_(process),
        addresses_(addresses.begin(), addresses.end()),
        program_(std::move(program)) {}

  /// The program's wait status, or nothing where it was ended here.
  std::optional<int> run() {
    int status = 0;
    if (waitpid(process_, &status, __WALL) != process_ || !WIFSTOPPED(status)) return status;
    if (!prepare()) return end();
    resume(process_, 0);
    while (true) {
      const pid_t stopped = waitpid(-1, &status, __WALL);
      if (stopped < 0 && errno == EINTR) continue;
      if (stopped < 0) return last_;
      if (!WIFSTOPPED(status)) {
        if (stopped == process_) last_ = status;
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
    if (link_of(process_, "exe") != program_) return became_another();
    const auto offset = load_offset(process_);
    if (!offset) return refuse();
    offset_ = *offset;
    const std::string memory = "/proc/" + std::to_string(process_) + "/mem";
    const int file = open(memory.c_str(), O_RDWR | O_CLOEXEC);  // NOLINT: a system call
    bool written = file >= 0;
    for (const std::uint64_t address : addresses_) {
      written =
          written && pwrite(file, &kBreakpoint, 1, static_cast<off_t>(address + offset_)) == 1;
    }
    if (file >= 0) close(file);
    return written || refuse();
  }

  bool refuse() const {
    std::fprintf(report, "refused %s\n", std::strerror(errno));
    return false;
  }

  bool became_another() const {
    std::fprintf(report, "became %s\n", link_of(process_, "exe").c_str());
    return false;
  }

  /// False where no more is to be seen.
  bool take_stop(pid_t stopped, int status) {
    const bool is_new = known_.insert(stopped).second && stopped != process_;
    const int event = status >> 16, signal = WSTOPSIG(status);
    if (event == PTRACE_EVENT_EXEC) return became_another();
    if (event == PTRACE_EVENT_EXIT && stopped == process_) note_loaded();
    if (event == 0 && signal == SIGTRAP && reached(stopped)) return false;
    // A new process or thread stops once, by no signal of its own.
    resume(stopped, event != 0 || (is_new && signal == SIGSTOP) ? 0 : signal);
    return true;
  }

  bool reached(pid_t stopped) const {
    user_regs_struct registers{};
    if (ptrace(PTRACE_GETREGS, stopped, nullptr, &registers) != 0) return false;
    const std::uint64_t address = registers.rip - 1 - offset_;
    if (!addresses_.contains(address)) return false;
    std::fprintf(report, "reached %llx\n", static_cast<unsigned long long>(address));
    return true;
  }

  /// Its last moment: whatever it opened is still there.
  void note_loaded() const {
    std::ifstream maps{"/proc/" + std::to_string(process_) + "/maps"};
    std::set<std::string> files;
    for (std::string line; std::getline(maps, line);) {
      const std::size_t slash = line.find('/');
      const bool executable = line.find(" r-xp ") != std::string::npos;
      if (slash != std::string::npos && executable) files.insert(line.substr(slash));
    }
    files.erase(program_);
    for (const std::string& file : files) std::fprintf(report, "loaded %s\n", file.c_str());
    std::fprintf(report, "ended\n");
  }

  static void resume(pid_t stopped, int signal) {
    ptrace(PTRACE_CONT, stopped, nullptr, static_cast<long>(signal));
  }

  std::optional<int> end() {
    std::fflush(report);
    kill(process_, SIGKILL);
    return std::nullopt;  // what else it started dies with the tracer
  }

  pid_t process_;
  std::set<std::uint64_t> addresses_;
  std::string program_;
  std::uint64_t offset_ = 0;
  std::set<pid_t> known_{};
  std::optional<int> last_{};
};

std::optional<int> watch(pid_t process, std::vector<std::uint64_t> addresses, std::string program) {
  return Watch{process, std::move(addresses), std::move(program)}.run();
}

#else

std::optional<int> watch(pid_t process, std::vector<std::uint64_t>, std::string) {
  std::fprintf(report, "refused breakpoints are set on x86-64 only\n");
  kill(process, SIGKILL);
  return std::nullopt;
}

#endif

std::vector<std::uint64_t> addresses_in(const char* path) {
  std::vector<std::uint64_t> addresses;
  std::ifstream file{path};
  for (std::uint64_t address = 0; file >> std::hex >> address;) addresses.push_back(address);
  return addresses;
}

std::string canonical(const char* path) {
  char* const found = realpath(path, nullptr);
  std::string text = found == nullptr ? path : found;
  std::free(found);  // NOLINT: realpath allocates by malloc
  return text;
}

/// For writing, above the descriptors of the program; null where that fails.
std::FILE* opened(const char* path) {
  const int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);  // NOLINT
  if (file < 0) return nullptr;
  const int above = fcntl(file, F_DUPFD_CLOEXEC, kEvents + 1);  // NOLINT
  close(file);
  return above < 0 ? nullptr : fdopen(above, "w");
}

}  // namespace

int main(int count, char** words) {
  if (count < 4) {
    std::fprintf(stderr, "pulsebench-reach watches programs for pulsebench, which starts it\n");
    return kUsage;
  }
  const auto addresses = addresses_in(words[1]);
  report = opened(words[2]);
  if (report == nullptr) {
    std::fprintf(stderr, "cannot write %s: %s\n", words[2], std::strerror(errno));
    return kUsage;
  }
  const pid_t process = fork();
  if (process == 0) become(words + 3);
  if (process < 0) {
    std::fprintf(stderr, "cannot start %s: %s\n", words[3], std::strerror(errno));
    return kNotStarted;
  }
  close(kRequests);
  close(kEvents);
  const auto status = watch(process, addresses, canonical(words[3]));
  std::fclose(report);
  return !status || WIFSIGNALED(*status) ? kNotStarted : WEXITSTATUS(*status);
}
