#include "tools/trede/options.h"

#include <CLI/CLI.hpp>

namespace trede::tool {

struct Options::Impl {
  explicit Impl(const Help& help)
      : app(help.summary, "trede " + help.name), examples("Examples:\n" + help.examples) {
    app.allow_extras();
    app.footer(examples);
    app.get_formatter()->column_width(32);
    app.get_formatter()->label("TEXT", "");
  }

  // A bound text: taken as it stands, without the library's own reading of values.
  CLI::Option* bind(const std::string& names, CLI::callback_t take, std::string_view help) {
    return app.add_option(names, std::move(take), std::string(help))->type_size(1)->expected(1);
  }

  std::string allowed() const {
    std::string out;
    for (const auto* option : app.get_options()) {
      const std::string name = option->get_name();
      out += (out.empty() ? "" : ", ") + name;
    }
    return out;
  }

  // The option that stands more often than it may; empty when none does.
  std::string repeated() const {
    for (const auto* option : app.get_options()) {
      const bool many = option->get_multi_option_policy() == CLI::MultiOptionPolicy::TakeAll;
      if (option->get_expected_max() == 0 || many || option->count() < 2) continue;
      const std::string times =
          option->count() == 2 ? "twice" : std::to_string(option->count()) + " times";
      return option->get_name() + ": given " + times + ", expected once";
    }
    return "";
  }

  CLI::App app;
  std::string examples;
};

Options::Options(const Help& help) : impl_(std::make_unique<Impl>(help)) {}
Options::~Options() = default;

void Options::value(const std::string& names, std::optional<std::string>* into,
                    std::string_view help) {
  impl_->bind(
      names, [into](const CLI::results_t& r) { return *into = r.at(0), true; }, help);
}

void Options::required_value(const std::string& names, std::string* into, std::string_view help) {
  impl_
      ->bind(
          names, [into](const CLI::results_t& r) { return *into = r.at(0), true; }, help)
      ->required();
}

void Options::values(const std::string& names, std::vector<std::string>* into,
                     std::string_view help) {
  impl_
      ->bind(
          names, [into](const CLI::results_t& r) { return *into = r, true; }, help)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
      ->allow_extra_args(false);
}

void Options::flag(const std::string& names, bool* into, std::string_view help) {
  impl_->app.add_flag(names, *into, std::string(help));
}

void Options::word(const std::string& name, std::optional<std::string>* into,
                   std::string_view help) {
  value(name, into, help);
}

void Options::required_word(const std::string& name, std::string* into, std::string_view help) {
  required_value(name, into, help);
}

Outcome<bool> Options::parse(const std::vector<std::string>& words) {
  try {
    std::vector<std::string> reversed(words.rbegin(), words.rend());  // as the library wants them
    impl_->app.parse(reversed);
  } catch (const CLI::CallForHelp&) {
    return false;
  } catch (const CLI::ParseError& error) {
    const std::string repeated = impl_->repeated();
    return wrong_input(repeated.empty() ? error.what() : repeated);
  }
  const auto unknown = impl_->app.remaining();
  if (!unknown.empty()) {
    return wrong_input("unknown option or word `" + unknown.front() + "`, expected one of " +
                       impl_->allowed());
  }
  return true;
}

bool Options::has(const std::string& name) const {
  return impl_->app.get_option_no_throw(name) != nullptr;
}

std::string Options::help_text() const { return impl_->app.help(); }

}  // namespace trede::tool
