// A suite that speaks the wire protocol by hand, without the harness, so that it can also speak it
// wrongly. What it does is in its file name: fake_good measures (its times follow from benchmark,
// layout and injected work alone), and each other name has one more benchmark, `bad/<name>`, or one
// more flaw, of the kind the name says. fake_threads has one of more threads than any machine,
// fake_hostile one with a hostile name. `.mended` behind the name leaves the flaw out and the
// benchmark in; `.v2` raises all versions.
//
// Another build of it is a copy with the text "slower=<per cent> pause=<µs>" behind its end:
// good/fast costs that much more, and each visit waits so long, whatever the file is named.

#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <random>
#include <string>

namespace {

using nlohmann::json;

constexpr int kOperations = 4096;

/// A command of GitHub, a formula of a spreadsheet, a table's bar, a code span's fence, a tag.
constexpr const char* kHostile = "=x%0A::add-mask::y|`<b>\"&'";

/// The number after `key` behind the end of this build of the suite; 0 where there is none.
double note_of_this_build(const std::string& key) {
  std::ifstream self{"/proc/self/exe", std::ios::binary};
  constexpr int kTail = 48;
  self.seekg(-kTail, std::ios::end);
  std::string tail(kTail, '\0');
  self.read(tail.data(), kTail);
  const std::size_t at = tail.rfind(key);
  return at == std::string::npos ? 0.0 : std::stod(tail.substr(at + key.size()));
}

/// As a program without a sanitizer's handler dies.
void die_by(int signal) {
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

struct Wire {
  int requests = -1;
  int events = -1;
};

std::string mode_of_this_program() {
  const std::string name = std::filesystem::read_symlink("/proc/self/exe").filename().string();
  return name.rfind("fake_", 0) == 0 ? name.substr(5) : "good";
}

void write_all(int descriptor, const std::string& text) {
  std::size_t done = 0;
  while (done < text.size()) {
    const ssize_t written = write(descriptor, text.data() + done, text.size() - done);
    if (written <= 0) std::exit(0);  // the other end is gone
    done += static_cast<std::size_t>(written);
  }
}

[[noreturn]] void write_for_ever(int descriptor, const std::string& text) {
  for (;;) write_all(descriptor, text);
}

[[noreturn]] void hang() {
  for (;;) pause();
}

/// The heap padding of launch 3: the only thing that a suite is told about which launch it is.
/// By the rule of the sampling: 16 * U[0, 4095], second draw of mt19937_64(12345 + launch).
unsigned long heap_padding_of_launch_3() {
  std::mt19937_64 random{12345 + 3};
  random();
  return 16 * (random() % 4096);
}

class FakeSuite {
 public:
  FakeSuite(Wire wire, const std::string& name, double slower)
      : wire_(wire),
        mode_(name.substr(0, name.find('.'))),
        mended_(name.ends_with(".mended")),
        version_(name.ends_with(".v2") ? 2 : 1),
        slower_(slower) {}

  [[noreturn]] void serve() {
    if (mode_ == "exit_at_start") std::exit(7);
    if (mode_ == "hang_at_start") hang();
    say({{"event", "hello"},
         {"protocol", mode_ == "wrong_protocol" ? 99 : 1},
         {"suite", "fake"},
         {"build", json::array({{{"name", "compiler"}, {"value", "none"}}})}});
    for (;;) answer(json::parse(next_line()));
  }

 private:
  void say(const json& event) { write_all(wire_.events, event.dump() + "\n"); }

  std::string next_line() {
    std::string line;
    for (char byte = 0; read(wire_.requests, &byte, 1) == 1;) {
      if (byte == '\n') return line;
      line += byte;
    }
    std::exit(0);  // the orchestrator is gone
  }

  void answer(const json& request) {
    const std::string what = request.at("request");
    if (what == "quit") std::exit(0);
    if (what == "list") return list();
    if (what == "calibrate") return calibrate(request);
    if (mode_ == "slow_visits") usleep(20'000);
    if (pause_us_ > 0) usleep(pause_us_);
    const bool bad = request.at("id").get<std::string>().rfind("bad/", 0) == 0;
    if (bad && !mended_) misbehave(request);
    say(visited(request));
  }

  void list() {
    json benchmarks = json::array();
    add(benchmarks, "good/fast", 0, "operation");
    add(benchmarks, "good/slow", 1, "operation");
    add(benchmarks, "floors/load", 0, "floor");
    if (mode_ == "threads") {
      add(benchmarks, "threads/many", 0, "operation", 100'000);
    } else if (mode_ == "hostile") {
      add(benchmarks, kHostile, 0, "operation");
    } else if (mode_ != "good") {
      add(benchmarks, "bad/" + mode_, 0, "operation");
    }
    if (mode_ == "listed_twice") add(benchmarks, "good/fast", 0, "operation");
    if (mode_ == "steers_the_terminal") add(benchmarks, "bad/\x1b[31mred", 0, "operation");
    say({{"event", "listed"}, {"benchmarks", benchmarks}});
  }

  void add(json& benchmarks, const std::string& id, int tier, const char* role,
           int threads = 1) const {
    benchmarks.push_back(
        {{"id", id}, {"tier", tier}, {"role", role}, {"version", version_}, {"threads", threads}});
  }

  void calibrate(const json& request) {
    const std::string id = request.at("id");
    if (id == "bad/crash_at_calibration") die_by(SIGSEGV);
    say({{"event", "calibrated"},
         {"id", id},
         {"operations", kOperations},
         {"slices", 50},
         {"ns_per_op", ns_of(id)},
         {"empty_loop_ns_per_op", 0.25},
         {"measured_nothing", id == "bad/measured_nothing"}});
  }

  [[nodiscard]] double ns_of(const std::string& id) const {
    if (id == "good/slow") return 80.0;
    if (id == "floors/load") return 0.5;
    return id == "good/fast" || id == kHostile ? 4.0 * (1.0 + slower_ / 100.0) : 4.0;
  }

  /// Times that follow from the benchmark, the layout and the injected work alone: two runs of the
  /// same suite agree to the last digit.
  [[nodiscard]] json visited(const json& request) const {
    const std::string id = request.at("id");
    const auto padding = request.at("heap_padding").get<unsigned>() / 16;
    const double layout = 1.0 + 0.00001 * (static_cast<double>(padding % 101) - 50.0);
    const double injected = 1.0 + request.at("inject_percent").get<double>() / 100.0;
    const int slices = request.at("slices");
    json times = json::array();
    json none = json::array();
    for (int slice = 0; slice < slices; ++slice) {
      times.push_back(ns_of(id) * layout * injected * (1.0 + 0.0001 * (slice % 5)));
      none.push_back(0);
    }
    return {{"event", "visited"},
            {"id", id},
            {"operations", request.at("operations")},
            {"ns_per_op", times},
            {"cpu_ns_per_op", times},
            {"disturbances", none},
            {"visit_disturbances", 0},
            {"memory_unlocked", ""},
            {"source_file", "/built/elsewhere/src/fake.cpp"},
            {"source_line", 7},
            {"reference_ns", 7.5},
            {"seconds", 0.001}};
  }

  void misbehave(const json& request) {
    json answer = visited(request);
    if (mode_ == "crash") die_by(SIGSEGV);
    if (mode_ == "abort") std::abort();
    if (mode_ == "exit_early") std::exit(0);
    if (mode_ == "hang") hang();
    if (mode_ == "hang_stubbornly") std::signal(SIGTERM, SIG_IGN), hang();
    if (mode_ == "nan") {
      std::string line = answer.dump();
      const std::string key = "\"ns_per_op\":[";
      line.insert(line.rfind(key) + key.size(), "NaN,");
      write_all(wire_.events, line + "\n");
      hang();
    }
    if (mode_ == "negative") answer["ns_per_op"][7] = -4.0;
    if (mode_ == "huge") answer["ns_per_op"][7] = 1e300;
    if (mode_ == "flood_stdout") write_for_ever(STDOUT_FILENO, std::string(65536, 'x') + "\n");
    if (mode_ == "flood_stderr") write_for_ever(STDERR_FILENO, std::string(65536, 'x') + "\n");
    if (mode_ == "flood_wire") write_for_ever(wire_.events, std::string(65536, 'x'));
    if (mode_ == "garbage") write_all(wire_.events, "\x1b[31mnot a message\x1b[0m\n");
    if (mode_ == "half_a_line") write_all(wire_.events, R"({"event":"visi)"), std::exit(0);
    if (mode_ == "wrong_id") answer["id"] = "good/fast";
    if (mode_ == "wrong_answer") answer = {{"event", "listed"}, {"benchmarks", json::array()}};
    if (mode_ == "fewer_slices") drop_a_slice(answer);
    if (mode_ == "throws") {
      answer = {{"event", "failed"},
                {"id", request.at("id")},
                {"status", "failed"},
                {"reason", "it threw: no such device"}};
    }
    if (mode_ == "skips") {
      answer = {{"event", "failed"},
                {"id", request.at("id")},
                {"status", "skipped"},
                {"reason", "no such device"}};
    }
    if (mode_ == "sigkill_in_launch_3" &&
        request.at("heap_padding") == heap_padding_of_launch_3()) {
      die_by(SIGKILL);
    }
    if (mode_ == "leaves_a_child" && fork() == 0) hang();  // it keeps every descriptor open
    say(answer);
  }

  static void drop_a_slice(json& answer) {
    for (const char* column : {"ns_per_op", "cpu_ns_per_op", "disturbances"}) {
      answer[column].erase(0);
    }
  }

  Wire wire_;
  std::string mode_;
  bool mended_;  ///< has the benchmark of its mode, and measures it
  int version_;  ///< of its benchmarks
  double slower_;
  useconds_t pause_us_ = static_cast<useconds_t>(note_of_this_build("pause="));
};

}  // namespace

int main(int argc, char** argv) {
  Wire wire;
  for (int i = 1; i < argc; ++i) {
    std::sscanf(argv[i], "--pulsebench_wire=%d,%d", &wire.requests, &wire.events);
  }
  if (wire.requests < 0 || wire.events < 0) {
    std::fputs("this suite measures nothing; it is for the tests of pulsebench\n", stderr);
    return 2;
  }
  FakeSuite{wire, mode_of_this_program(), note_of_this_build("slower=")}.serve();
}
