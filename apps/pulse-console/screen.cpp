#include "screen.hpp"

#include <curses.h>
#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <clocale>
#include <csignal>
#include <optional>

namespace pulsebench::console {
namespace {

constexpr int kEscape = 27;

/// The terminal in the hands of ncurses. Left as it was found, also after SIGTERM.
class Terminal {
 public:
  explicit Terminal(bool in_colour) : screen_(::newterm(nullptr, stdout, stdin)) {
    if (screen_ == nullptr) return;
    ::cbreak();
    ::noecho();
    ::nodelay(stdscr, TRUE);
    ::keypad(stdscr, TRUE);
    ::set_escdelay(25);
    ::curs_set(0);
    if (!in_colour || ::has_colors() == FALSE) return;
    ::start_color();
    ::use_default_colors();
    ::init_pair(1, COLOR_YELLOW, -1);
    ::init_pair(2, COLOR_RED, -1);
    has_colour_ = true;
  }
  ~Terminal() {
    if (screen_ == nullptr) return;
    ::endwin();
    ::delscreen(screen_);
  }
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;

  [[nodiscard]] bool is_usable() const { return screen_ != nullptr; }
  [[nodiscard]] static std::size_t width() { return static_cast<std::size_t>(COLS); }
  [[nodiscard]] static std::size_t height() { return static_cast<std::size_t>(LINES); }

  void draw(const std::vector<Line>& lines) const {
    ::erase();
    for (std::size_t i = 0; i < lines.size() && i < height(); ++i) {
      ::attrset(static_cast<int>(attributes(lines[i].look)));
      mvaddnstr(static_cast<int>(i), 0, lines[i].text.c_str(), COLS);
    }
    ::attrset(A_NORMAL);
    ::refresh();
  }

 private:
  [[nodiscard]] chtype attributes(Look look) const {
    switch (look) {
      case Look::plain:
        return A_NORMAL;
      case Look::heading:
        return A_BOLD;
      case Look::quiet:
        return A_DIM;
      case Look::warning:
        return has_colour_ ? COLOR_PAIR(1) : A_BOLD;
      case Look::isolated:
        return A_BOLD | (has_colour_ ? COLOR_PAIR(2) : A_UNDERLINE);
      case Look::selected:
        return A_REVERSE;
    }
    return A_NORMAL;
  }

  SCREEN* screen_;
  bool has_colour_ = false;
};

/// What the user looks at, and what keys do to it.
class Screen {
 public:
  Screen(Session& session, Choices choices) : session_(session), choices_(std::move(choices)) {}

  /// False when the user quits.
  bool press(int key) {
    if (is_typing_) return type(key), true;
    switch (key) {
      case 'q':
        return false;
      case 'p':
        pause();
        break;
      case '\t':
        show(static_cast<View>((static_cast<std::size_t>(choices_.view) + 1) % kViews));
        break;
      case KEY_BTAB:
        show(static_cast<View>((static_cast<std::size_t>(choices_.view) + kViews - 1) % kViews));
        break;
      case 's':
        sort_by_next(choices_, 1);
        break;
      case 'S':
        choices_.with_shown([&]<class Column>(const ChoiceOf<Column>&) {
          sort_by_next(choices_, kNames<Column>.size() - 1);
        });
        break;
      case 'r':
        choices_.with_shown([](auto& choice) { choice.is_reversed = !choice.is_reversed; });
        break;
      case '/':
        is_typing_ = true;
        break;
      case KEY_UP:
      case 'k':
        move(-1);
        break;
      case KEY_DOWN:
      case 'j':
        move(1);
        break;
      case KEY_PPAGE:
        move(-page());
        break;
      case KEY_NPAGE:
        move(page());
        break;
      case KEY_HOME:
      case 'g':
        move(-static_cast<long>(order_.size()));
        break;
      case KEY_END:
      case 'G':
        move(static_cast<long>(order_.size()));
        break;
      case '\n':
      case '\r':
      case KEY_ENTER:
        shows_details_ = choices_.view == View::tasks && !selected_.empty();
        break;
      case kEscape:
        if (!shows_details_) filter().clear();
        shows_details_ = false;
        break;
      default:
        break;
    }
    return true;
  }

  std::vector<Line> lines(std::size_t width, std::size_t height) {
    height_ = height;
    const Listing listing = listing_of(tasks(), choices_, width);
    keep_selection(listing.keys);
    std::vector<Line> lines;
    const auto row = shows_details_ ? tasks().find(std::stoull(selected_)) : std::nullopt;
    if (row) {
      lines = detail_lines(*row, width);
    } else {
      shows_details_ = false;
      lines = table(listing);
    }
    lines.resize(std::max<std::size_t>(height, 1) - 1);
    lines.push_back(foot(width));
    return lines;
  }

 private:
  static constexpr std::size_t kViews = kNames<View>.size();

  [[nodiscard]] const Tasks& tasks() const { return paused_ ? *paused_ : session_.tasks(); }

  void pause() {
    if (paused_) {
      paused_.reset();
    } else {
      paused_ = session_.tasks();
    }
  }

  void show(View view) {
    choices_.view = view;
    shows_details_ = false;
    selected_.clear();
    at_ = top_ = 0;
  }

  [[nodiscard]] std::string& filter() {
    return choices_.with_shown([](auto& choice) -> std::string& { return choice.filter; });
  }

  void type(int key) {
    if (key == '\n' || key == '\r' || key == KEY_ENTER || key == kEscape) {
      if (key == kEscape) filter().clear();
      is_typing_ = false;
    } else if (key == KEY_BACKSPACE || key == '\b' || key == 127) {
      if (!filter().empty()) filter().pop_back();
    } else if (key >= ' ' && key <= '~') {
      filter() += static_cast<char>(key);
    }
  }

  [[nodiscard]] long page() const { return static_cast<long>(room()); }
  [[nodiscard]] std::size_t room() const { return height_ > 5 ? height_ - 5 : 1; }

  void move(long by) {
    if (order_.empty()) return;
    const auto last = static_cast<long>(order_.size()) - 1;
    at_ = static_cast<std::size_t>(std::clamp(static_cast<long>(at_) + by, 0L, last));
    selected_ = order_[at_];
  }

  /// The selection follows its row. Without one, or after its end, it stays at its place.
  void keep_selection(const std::vector<std::string>& keys) {
    order_ = keys;
    if (order_.empty()) {
      at_ = 0;
      if (!shows_details_) selected_.clear();
      return;
    }
    at_ = std::min(at_, order_.size() - 1);
    if (selected_.empty()) return;
    const auto found = std::find(order_.begin(), order_.end(), selected_);
    if (found != order_.end()) {
      at_ = static_cast<std::size_t>(found - order_.begin());
    } else if (!shows_details_) {
      selected_ = order_[at_];
    }
  }

  std::vector<Line> table(const Listing& listing) {
    std::vector<Line> lines = listing.head;
    const std::size_t rows = listing.keys.size();
    if (at_ < top_) top_ = at_;
    if (at_ >= top_ + room()) top_ = at_ - room() + 1;
    top_ = std::min(top_, rows > room() ? rows - room() : 0);
    for (std::size_t i = top_; i < rows && i < top_ + room(); ++i) {
      lines.push_back(listing.line(i));
      if (selected_ == listing.keys[i]) lines.back().look = Look::selected;
    }
    return lines;
  }

  [[nodiscard]] Line foot(std::size_t width) {
    if (is_typing_) return {fitted("filter: " + filter() + "_", width), Look::heading};
    std::string text;
    if (session_.feed().is_over()) text += "ended   ";
    if (paused_) text += "paused   ";
    if (!filter().empty()) text += "filter: " + filter() + "   ";
    if (shows_details_) {
      text += "Esc back  p pause  q quit";
    } else {
      if (choices_.view == View::tasks) text += "Enter details  ";
      const auto next = (static_cast<std::size_t>(choices_.view) + 1) % kViews;
      text += fmt::format("Tab {}  s sort  r reverse  / filter  p pause  q quit",
                          name_of(static_cast<View>(next)));
    }
    return {fitted(text, width), Look::quiet};
  }

  Session& session_;
  std::optional<Tasks> paused_;  ///< as they were then; messages are taken all the same
  Choices choices_;
  std::vector<std::string> order_;  ///< keys of the rows as they were last drawn
  std::string selected_;            ///< key of a row; empty: none
  std::size_t at_ = 0;              ///< row of the selection
  std::size_t top_ = 0;             ///< first row on the screen
  std::size_t height_ = 24;
  bool is_typing_ = false, shows_details_ = false;
};

}  // namespace

Result<void> show(Session& session, Choices choices, bool in_colour) {
  std::setlocale(LC_ALL, "");  // NOLINT(concurrency-mt-unsafe): one thread
  const Terminal terminal(in_colour);
  if (!terminal.is_usable()) {
    return fail(ErrorCode::bad_input, "this terminal cannot be drawn on; use --once");
  }
  Screen screen(session, std::move(choices));
  while (true) {
    terminal.draw(screen.lines(Terminal::width(), Terminal::height()));
    const bool takes = !session.feed().is_over();
    pollfd waiting[]{{STDIN_FILENO, POLLIN, 0},
                     {takes ? session.feed().descriptor() : -1, POLLIN, 0}};
    ::poll(waiting, 2, takes ? session.feed().wait_ms() : -1);
    if ((waiting[0].revents & (POLLHUP | POLLERR)) != 0) return {};
    for (int key = ::getch(); key != ERR; key = ::getch()) {
      if (!screen.press(key)) return {};
    }
    if (!takes) continue;
    const auto taken = session.take();
    if (!taken) return Failure{taken.error()};
  }
}

}  // namespace pulsebench::console
