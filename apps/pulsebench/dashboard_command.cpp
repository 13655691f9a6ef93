#include <string>

#include <fmt/format.h>

#include "commands.hpp"
#include "option_group.hpp"
#include "pulsebench/os/guarded_folder.hpp"
#include "pulsebench/render/html_page.hpp"
#include "pulsebench/render/quantity.hpp"
#include "pulsebench/report/dashboard_pages.hpp"
#include "pulsebench/session/dashboard.hpp"
#include "pulsebench/vocabulary/exit_code.hpp"
#include "pulsebench/vocabulary/printable.hpp"
#include "pulsebench/vocabulary/try.hpp"

namespace pulsebench::app {
namespace {

/// The files of a site. One that says the same already is left as it is.
class SiteFolder {
 public:
  explicit SiteFolder(const std::string& folder) : files_(folder) {}

  Result<void> put(const std::string& path, std::string_view content) {
    ++files_of_site_;
    const auto there = files_.read(path, 0, content.size());
    if (there && *there == content) return {};
    ++written_;
    // A page that a power cut tears is another one, and is written again.
    return files_.write(path, content, std::nullopt, os::Sync::later);
  }

  [[nodiscard]] std::string summary() const {
    return fmt::format("{}, {} written", render::format_count(files_of_site_, "file", "files"),
                       render::format_count(written_));
  }

 private:
  os::GuardedFolder files_;
  long long files_of_site_ = 0, written_ = 0;
};

struct DashboardCommand {
  std::string folder;

  void declare(CLI::App& app) {
    OptionGroup{app, kOutput}
        .text("-o,--output FOLDER", folder, "write the site here; index.html is its first page")
        ->required();
    show_examples(app, {"pulsebench dashboard -o public"});
  }

  Result<int> execute(Context& context) const {
    PB_TRY(const auto session, context.open_session());
    PB_TRY(const auto stored, session::dashboard(session));
    SiteFolder site{folder};
    PB_CHECK(site.put("page.css", render::page_style()));
    PB_CHECK(site.put("page.js", render::page_script()));
    const auto put = [&site](const report::SitePage& page) {
      const bool below = page.path.find('/') != std::string::npos;
      return site.put(page.path,
                      render::html_page(page.page, {.assets = below ? "../" : "",
                                                    .home = below ? "../index.html" : ""}));
    };
    PB_CHECK(report::dashboard_pages(stored.machines, stored.results, session::file_stem, put));
    PB_CHECK(context.console.write(
        fmt::format("{}: {}\n", printable(folder + "/index.html", 300), site.summary())));
    return kNothingGates;
  }
};

}  // namespace

Execute declare_dashboard(CLI::App& app) { return declared<DashboardCommand>(app); }

}  // namespace pulsebench::app
