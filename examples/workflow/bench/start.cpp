// workflow_start SERVER BATCH [FOLDER]: the time from the start of a server to its first answer,
// cold and warm. It is a report program of pulsebench: it measures each once, and prints one line
// of metrics in milliseconds. "Cold" is without the executable and the store in the page cache;
// shared libraries stay there, since other processes map them. Its files are in FOLDER, else in a
// folder of its own below TMPDIR.
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;
namespace http = boost::beast::http;
using boost::asio::ip::tcp;
using Milliseconds = std::chrono::duration<double, std::milli>;

/// A running server; stopped when it goes, and when this process is killed.
class Server {
 public:
  explicit Server(std::vector<std::string> words) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return;
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    pid_ = fork();
    if (pid_ == 0) {
      prctl(PR_SET_PDEATHSIG, SIGKILL);
      if (dup2(ends[1], STDOUT_FILENO) >= 0) execv(arguments[0], arguments.data());
      _exit(127);
    }
    close(ends[1]);
    says_ = fdopen(ends[0], "r");
  }
  ~Server() {
    if (says_ != nullptr) std::fclose(says_);
    if (pid_ <= 0) return;
    kill(pid_, SIGTERM);
    waitpid(pid_, nullptr, 0);
  }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Waits until the server listens. Returns its port; 0: it does not start.
  unsigned short wait_for_port() {
    unsigned short port = 0;
    const bool said = says_ != nullptr &&
                      std::fscanf(says_, "workflowd listens on http://127.0.0.1:%hu", &port) == 1;
    return said ? port : 0;
  }

 private:
  pid_t pid_ = -1;
  FILE* says_ = nullptr;
};

/// Returns true if the server on `port` answers a request for feedback well.
bool answers(unsigned short port) {
  boost::asio::io_context context;
  tcp::socket socket{context};
  boost::system::error_code error;
  socket.connect({boost::asio::ip::address_v4::loopback(), port}, error);
  if (error) return false;
  http::write(socket,
              http::request<http::empty_body>{http::verb::get, "/submissions/1/feedback", 11},
              error);
  boost::beast::flat_buffer buffer;
  http::response<http::string_body> response;
  if (!error) http::read(socket, buffer, response, error);
  return !error && response.result() == http::status::ok;
}

/// Starts the server until it has answered. Empty where it does not.
std::optional<Milliseconds> time_start(const std::vector<std::string>& words) {
  const auto began = std::chrono::steady_clock::now();
  Server server{words};
  const unsigned short port = server.wait_for_port();
  if (port == 0 || !answers(port)) return std::nullopt;
  return std::chrono::steady_clock::now() - began;
}

/// Removes a file from the page cache. Returns false if it is still there, as in a RAM disk.
bool drop_from_page_cache(const fs::path& file) {
  const int number = open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (number < 0) return false;
  fdatasync(number);  // what is not written stays
  posix_fadvise(number, 0, 0, POSIX_FADV_DONTNEED);
  char byte = 0;
  const iovec into{&byte, 1};
  const bool is_there = preadv2(number, &into, 1, 0, RWF_NOWAIT) == 1;
  close(number);
  return !is_there;
}

int report(const std::string& program, const std::string& batch, const fs::path& folder) {
  // A copy, since the executable of a server that runs elsewhere would stay in the page cache.
  const fs::path copy = folder / "server";
  std::error_code error;
  fs::copy_file(program, copy, error);
  std::vector<std::string> words{copy.string(), "--port", "0", "--db", (folder / "db").string()};
  std::vector<std::string> filling = words;
  filling.insert(filling.end(), {"--preload", batch});
  const bool is_filled = time_start(filling).has_value();
  const bool is_cold = drop_from_page_cache(copy) && drop_from_page_cache(folder / "db/data.mdb");
  const auto cold = time_start(words);
  const auto warm = time_start(words);
  if (!is_filled || !cold || !warm) {
    std::fprintf(stderr, "workflow_start: %s does not start, or does not answer\n",
                 program.c_str());
    return 1;
  }
  const int to = fcntl(4, F_GETFD) == -1 ? STDOUT_FILENO : 4;  // where pulsebench reads metrics
  dprintf(to,
          R"({"metrics":{"cold_start":%.3f,"warm_start":%.3f},"label":"%s"})"
          "\n",
          cold->count(), warm->count(),
          is_cold ? "cold: executable and store dropped from the page cache"
                  : "cold is warm: the files stay in the page cache");
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3 && argc != 4) {
    std::fputs("usage: workflow_start SERVER BATCH [FOLDER]\n", stderr);
    return 2;
  }
  if (argc == 4) return report(argv[1], argv[2], argv[3]);
  std::error_code error;
  std::string folder = fs::temp_directory_path(error) / "workflow-XXXXXX";
  if (error || mkdtemp(folder.data()) == nullptr) {
    std::fputs("workflow_start: cannot make a folder; set TMPDIR to one that can be written\n",
               stderr);
    return 1;
  }
  const int code = report(argv[1], argv[2], folder);
  fs::remove_all(folder, error);
  return code;
}
