#include "pulsebench/os/windows_process.hpp"

#include <io.h>

#include <algorithm>
#include <cstring>
#include <string_view>

#include <fmt/format.h>

namespace pulsebench::os {
namespace fs = std::filesystem;
namespace {

constexpr UINT kKilled = 0xDEAD;

/// As the C library of Windows takes a command line apart: quotes around each word, and a
/// backslash before each quote and before each backslash in front of one.
std::wstring quoted(const std::string& word) {
  std::wstring text = L"\"";
  std::size_t backslashes = 0;
  for (const wchar_t letter : fs::path{word}.wstring()) {
    if (letter == L'"') text.append(backslashes + 1, L'\\');
    backslashes = letter == L'\\' ? backslashes + 1 : 0;
    text += letter;
  }
  return text.append(backslashes, L'\\') + L'"';
}

std::wstring command_line(const std::vector<std::string>& argv) {
  std::wstring line;
  for (const std::string& word : argv) line += (line.empty() ? L"" : L" ") + quoted(word);
  return line;
}

/// Each variable with a zero behind it, and one more at the end.
std::wstring block_of(const std::vector<std::string>& environment) {
  std::wstring block;
  for (const std::string& variable : environment) block += fs::path{variable}.wstring() + L'\0';
  return block + L'\0';
}

HANDLE handle_of(int descriptor) { return reinterpret_cast<HANDLE>(::_get_osfhandle(descriptor)); }

/// Copies of descriptors' handles that a child inherits.
class Inherited {
 public:
  explicit Inherited(const std::vector<int>& descriptors) {
    for (const int descriptor : descriptors) {
      HANDLE copy = nullptr;
      const HANDLE self = ::GetCurrentProcess();
      if (descriptor >= 0) {
        ::DuplicateHandle(self, handle_of(descriptor), self, &copy, 0, TRUE, DUPLICATE_SAME_ACCESS);
      }
      handles_.emplace_back(copy);
      if (copy != nullptr) given_.push_back(copy);
    }
  }

  [[nodiscard]] HANDLE operator[](std::size_t number) const {
    return number < handles_.size() && handles_[number].open() ? handles_[number].get()
                                                               : INVALID_HANDLE_VALUE;
  }
  /// Those that are open.
  [[nodiscard]] std::vector<HANDLE>& given() { return given_; }

  /// What the C library of the child reads its descriptors from: their number, a byte for each that
  /// says what it is, and their handles.
  [[nodiscard]] std::vector<BYTE> block() const {
    constexpr BYTE kOpen = 0x01, kPipe = 0x08;
    const int count = static_cast<int>(handles_.size());
    std::vector<BYTE> bytes(sizeof count + handles_.size() * (1 + sizeof(HANDLE)));
    std::memcpy(bytes.data(), &count, sizeof count);
    BYTE* const kinds = bytes.data() + sizeof count;
    for (std::size_t i = 0; i < handles_.size(); ++i) {
      const HANDLE handle = (*this)[i];
      const bool is_pipe = ::GetFileType(handle) == FILE_TYPE_PIPE;
      kinds[i] = handles_[i].open() ? static_cast<BYTE>(kOpen | (is_pipe ? kPipe : 0)) : BYTE{0};
      std::memcpy(kinds + handles_.size() + i * sizeof handle, &handle, sizeof handle);
    }
    return bytes;
  }

 private:
  std::vector<Handle> handles_;
  std::vector<HANDLE> given_;
};

/// The list of handles that a process inherits: no others, whatever is started meanwhile.
class AttributeList {
 public:
  explicit AttributeList(std::vector<HANDLE>& handles) {
    SIZE_T size = 0;
    ::InitializeProcThreadAttributeList(nullptr, 1, 0, &size);
    memory_.resize(size);
    ::InitializeProcThreadAttributeList(get(), 1, 0, &size);
    ::UpdateProcThreadAttribute(get(), 0, PROC_THREAD_ATTRIBUTE_HANDLE_LIST, handles.data(),
                                handles.size() * sizeof(HANDLE), nullptr, nullptr);
  }
  ~AttributeList() { ::DeleteProcThreadAttributeList(get()); }
  AttributeList(const AttributeList&) = delete;
  AttributeList& operator=(const AttributeList&) = delete;

  [[nodiscard]] LPPROC_THREAD_ATTRIBUTE_LIST get() {
    return reinterpret_cast<LPPROC_THREAD_ATTRIBUTE_LIST>(memory_.data());
  }

 private:
  std::vector<BYTE> memory_;
};

/// A job whose processes end when its last handle is closed, which the end of this process does.
Handle make_job() {
  Handle job{::CreateJobObjectW(nullptr, nullptr)};
  JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits{};
  limits.BasicLimitInformation.LimitFlags =
      JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE | JOB_OBJECT_LIMIT_DIE_ON_UNHANDLED_EXCEPTION;
  ::SetInformationJobObject(job.get(), JobObjectExtendedLimitInformation, &limits, sizeof limits);
  return job;
}

/// Creates it, but none of its code runs yet. Returns 0 or the error.
DWORD create_suspended(const WindowsCommand& command, PROCESS_INFORMATION& created) {
  Inherited inherited{command.descriptors};
  AttributeList attributes{inherited.given()};
  std::vector<BYTE> block = inherited.block();
  STARTUPINFOEXW how{};
  how.StartupInfo.cb = sizeof how;
  how.StartupInfo.dwFlags = STARTF_USESTDHANDLES;
  how.StartupInfo.hStdInput = inherited[0];
  how.StartupInfo.hStdOutput = inherited[1];
  how.StartupInfo.hStdError = inherited[2];
  how.StartupInfo.cbReserved2 = static_cast<WORD>(block.size());
  how.StartupInfo.lpReserved2 = block.data();
  how.lpAttributeList = attributes.get();
  std::wstring line = command_line(command.argv);
  std::wstring environment = block_of(command.environment);
  constexpr DWORD kFlags = CREATE_SUSPENDED | CREATE_UNICODE_ENVIRONMENT | CREATE_NO_WINDOW |
                           CREATE_NEW_PROCESS_GROUP | EXTENDED_STARTUPINFO_PRESENT;
  const BOOL is_created = ::CreateProcessW(
      command.program.empty() ? nullptr : command.program.c_str(), line.data(), nullptr, nullptr,
      TRUE, kFlags | command.priority, environment.data(),
      command.folder.empty() ? nullptr : command.folder.c_str(), &how.StartupInfo, &created);
  return is_created != 0 ? 0 : ::GetLastError();
}

}  // namespace

std::optional<WindowsProcess> WindowsProcess::start(const WindowsCommand& command,
                                                    Refusal& refusal) {
  // No window about a crash, which would wait for a click. The process inherits that.
  ::SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX | SEM_NOOPENFILEERRORBOX);
  Handle job = make_job();
  PROCESS_INFORMATION created{};
  refusal = {};
  refusal.error = job.open() ? create_suspended(command, created) : ::GetLastError();
  if (refusal.error != 0) return std::nullopt;
  Handle process{created.hProcess};
  const Handle thread{created.hThread};
  const bool is_held = ::AssignProcessToJobObject(job.get(), process.get()) != 0;
  const std::uint64_t cpus = command.cpus != 0 ? command.cpus : cpus_of_thread();
  refusal.of_cpus = is_held && cpus != 0 && ::SetProcessAffinityMask(process.get(), cpus) == 0;
  if (!is_held || refusal.of_cpus || ::ResumeThread(thread.get()) == static_cast<DWORD>(-1)) {
    refusal.error = ::GetLastError();
    ::TerminateProcess(process.get(), kKilled);
    return std::nullopt;
  }
  return WindowsProcess{std::move(job), std::move(process), created.dwProcessId};
}

bool WindowsProcess::has_ended(std::chrono::milliseconds patience) const {
  const auto most = std::max<std::chrono::milliseconds::rep>(patience.count(), 0);
  return ::WaitForSingleObject(process_.get(), static_cast<DWORD>(most)) == WAIT_OBJECT_0;
}

void WindowsProcess::kill() const { ::TerminateJobObject(job_.get(), kKilled); }

DWORD WindowsProcess::exit_code() const {
  DWORD code = 0;
  ::GetExitCodeProcess(process_.get(), &code);
  return code;
}

std::optional<std::uint64_t> cpu_bits(const std::vector<int>& cpus) {
  std::uint64_t bits = 0;
  for (const int cpu : cpus) {
    if (cpu < 0 || cpu >= 64) return std::nullopt;
    bits |= std::uint64_t{1} << static_cast<unsigned>(cpu);
  }
  return bits;
}

std::uint64_t cpus_of_thread() {
  DWORD_PTR ours = 0, all = 0;
  if (::GetProcessAffinityMask(::GetCurrentProcess(), &ours, &all) == 0) return 0;
  const DWORD_PTR before = ::SetThreadAffinityMask(::GetCurrentThread(), ours);
  if (before != 0) ::SetThreadAffinityMask(::GetCurrentThread(), before);
  return before;
}

bool is_exception(DWORD exit_code) { return exit_code >= 0xC000'0000U; }

std::string how_ended(DWORD exit_code) {
  return is_exception(exit_code) ? fmt::format("exception 0x{:08X} ended it", exit_code)
                                 : fmt::format("it exited with code {}", exit_code);
}

}  // namespace pulsebench::os
