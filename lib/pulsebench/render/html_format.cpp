#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "html_assets.hpp"
#include "pulsebench/render/cell_text.hpp"
#include "pulsebench/render/formats.hpp"
#include "pulsebench/render/html_page.hpp"
#include "pulsebench/render/html_table.hpp"
#include "pulsebench/render/html_text.hpp"
#include "pulsebench/render/plots.hpp"
#include "pulsebench/render/svg.hpp"

/// Pages as HTML: one file that is complete without a network. What a page says is escaped, and a
/// policy lets nothing run or load but what its hash names, so that a hostile name does nothing.
namespace pulsebench::render {
namespace {

/// The value of a hex digit of our own.
std::uint32_t value_of(char digit) {
  return static_cast<std::uint32_t>(digit <= '9' ? digit - '0' : digit - 'a' + 10);
}

/// A SHA-256 of 64 hex digits in base64, RFC 4648: 43 digits and a `=`.
std::string base64_of(std::string_view hex) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  std::uint32_t bits = 0;
  int held = 0;
  for (const char digit : hex) {
    bits = bits << 4U | value_of(digit);
    held += 4;
    if (held < 6) continue;
    held -= 6;
    text += kDigits[bits >> static_cast<unsigned>(held) & 63U];
  }
  if (held > 0) text += kDigits[bits << static_cast<unsigned>(6 - held) & 63U];
  return text + "=";
}

/// The first graphic of the page that has a script; null where none has one.
const Graphic* scripted_graphic(const Page& page) {
  for (const Block& block : page.blocks) {
    const auto* const graphic = std::get_if<Graphic>(&block);
    if (graphic != nullptr && !graphic->script.empty()) return graphic;
  }
  return nullptr;
}

/// What may be used: by hash where it stands in the page, by place where the page has it beside it.
std::string policy(const HtmlShell& shell, const Graphic* scripted) {
  const auto source = [&](std::string_view sha256) {
    return shell.assets ? std::string{"'self'"} : "'sha256-" + base64_of(sha256) + "'";
  };
  std::string scripts = source(kPageScriptSha256);
  if (scripted != nullptr) scripts += " 'sha256-" + base64_of(scripted->script_sha256) + "'";
  return fmt::format(
      "default-src 'none'; style-src {}; script-src {}; base-uri 'none'; form-action 'none'",
      source(kPageStyleSha256), scripts);
}

Mark mark_for(Tone tone) {
  switch (tone) {
    case Tone::good:
      return Mark::met;
    case Tone::bad:
      return Mark::missed;
    case Tone::doubtful:
      return Mark::unsure;
    default:
      return Mark::none;
  }
}

std::string title_text(const Page& page) {
  const std::string about = page.title.plain();
  const std::string verdict = Text{page.headline.verdict}.plain();
  return verdict.empty() ? about : about.empty() ? verdict : verdict + ": " + about;
}

std::string header(const Page& page, const HtmlShell& shell) {
  const Headline& headline = page.headline;
  std::string sentence = escaped_html(Text{headline.verdict}.plain());
  for (std::size_t i = 0; i < headline.clauses.size(); ++i) {
    sentence += (sentence.empty() ? "" : i == 0 ? ": " : "; ") + html_of(headline.clauses[i]);
  }
  if (headline.exit_code) sentence += fmt::format(" <small>(exit {})</small>", *headline.exit_code);
  if (sentence.empty()) sentence = html_of(page.title);
  const std::string its_sign = sign(mark_for(headline.tone), kUnbounded);
  std::string html = fmt::format("<header class=\"verdict {}\">\n", css_class_of(headline.tone));
  html += "<p class=\"about\">";
  if (!shell.home.empty()) {
    html += fmt::format("<a href=\"{}\">all results</a> · ", escaped_html(shell.home));
  }
  html += html_of(page.title) + "</p>\n<h1>" + its_sign + (its_sign.empty() ? "" : " ") + sentence +
          "</h1>\n";
  const auto& [advice, command] = page.next;
  if (!command.empty()) {
    html += "<p>next: " + escaped_html(Text{advice}.plain()) + (advice.empty() ? "" : ": ") +
            "<code>" + escaped_html(Text{command}.plain()) + "</code></p>\n";
  }
  return html + "</header>\n";
}

std::string note_item(const Note& note) {
  const std::string its_sign = sign(note.mark, kUnbounded);
  return fmt::format("<li><span class=\"{}\">{}</span> ", css_class_of(tone_of(note.mark)),
                     its_sign) +
         html_of(note.text) + "</li>\n";
}

/// Notes side by side in the page are one list; of more than there is room for, the number.
std::string list_of(const std::vector<const Note*>& notes, Room& room) {
  if (notes.empty()) return "";
  std::string items;
  std::size_t shown = 0;
  for (const std::size_t room_for_notes = room.left() / 8; shown < notes.size(); ++shown) {
    const std::string item = note_item(*notes[shown]);
    if (items.size() + item.size() > room_for_notes || !room.take(item.size())) break;
    items += item;
  }
  if (shown < notes.size()) items += fmt::format("<li>and {} more</li>\n", notes.size() - shown);
  return "<ul class=\"notes\">\n" + items + "</ul>\n";
}

std::string paragraph_html(const Paragraph& paragraph) {
  std::string html;
  for (const Text& item : paragraph.items) {
    if (!item.empty()) html += (html.empty() ? "" : " · ") + html_of(item);
  }
  return html.empty() ? "" : "<p class=\"facts\">" + html + "</p>\n";
}

std::string figure_html(const Graphic& graphic) {
  return "<figure class=\"graphic\">\n" + graphic.svg() + "</figure>\n";
}

bool is_warning(const Note& note) {
  return note.mark == Mark::attention || note.mark == Mark::missed;
}

/// Warnings come before everything else: a long table would hide them.
std::string blocks_html(const Page& page, Room& room) {
  std::vector<const Note*> warnings, notes;
  for (const Block& block : page.blocks) {
    const auto* note = std::get_if<Note>(&block);
    if (note != nullptr && is_warning(*note)) warnings.push_back(note);
  }
  const Table* const main = main_table(page);
  std::string html = list_of(warnings, room);
  const auto flush = [&] {
    html += list_of(notes, room);
    notes.clear();
  };
  for (const Block& block : page.blocks) {
    if (const auto* note = std::get_if<Note>(&block)) {
      if (!is_warning(*note)) notes.push_back(note);
      continue;
    }
    flush();
    if (const auto* table = std::get_if<Table>(&block)) {
      Room share{room.left() - room.left() / 6};  // the rest is for what follows
      const std::string written = html_of(*table, table == main, share);
      html += written;
      if (!room.take(written.size())) room.take(room.left());
    } else {
      const auto* const graphic = std::get_if<Graphic>(&block);
      const std::string text =
          graphic != nullptr ? figure_html(*graphic) : paragraph_html(std::get<Paragraph>(block));
      if (room.take(text.size())) html += text;
    }
  }
  flush();
  return html;
}

}  // namespace

std::string_view page_style() { return kPageStyle; }
std::string_view page_script() { return kPageScript; }

std::string html_page(const Page& page, const HtmlShell& shell) {
  const Graphic* const scripted = scripted_graphic(page);
  std::string html =
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"" +
      policy(shell, scripted) + "\">\n<title>" + escaped_html(title_text(page)) + "</title>\n";
  if (shell.assets) {
    const std::string folder = escaped_html(*shell.assets);
    html += fmt::format("<link rel=\"stylesheet\" href=\"{0}page.css\">\n", folder) +
            fmt::format("<script src=\"{0}page.js\" defer></script>\n", folder);
  } else {
    html += "<style>" + std::string{kPageStyle} + "</style>\n";
  }
  html += "</head>\n<body>\n<a class=\"skip\" href=\"#main\">skip to the report</a>\n" +
          header(page, shell) + "<main id=\"main\">\n" + shared_drawings() + "\n";
  Room room{kMostHtmlBytes - std::min(kMostHtmlBytes, html.size() + kPageScript.size() + 200)};
  html += blocks_html(page, room) +
          "</main>\n<footer>made by pulsebench; nothing is loaded from a network</footer>\n";
  if (!shell.assets) html += "<script>" + std::string{kPageScript} + "</script>\n";
  if (scripted != nullptr) html += "<script>" + std::string{scripted->script} + "</script>\n";
  return html + "</body>\n</html>\n";
}

std::string write_html(const Page& page, const Style&) { return html_page(page); }

}  // namespace pulsebench::render
