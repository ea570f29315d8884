// The options of one command, bound to the variables that receive their text. Keeps the option
// library in one place; what a text means is decided where it is used.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/trede/failure.h"

namespace trede::tool {

// How a command is described to a person.
struct Help {
  std::string name;      // `query`
  std::string summary;   // one line, for the list of commands
  std::string examples;  // whole lines, each ends in a line feed
};

// Owner: whoever parses. What an option is bound to must outlive it. Threads: one.
class Options {
 public:
  explicit Options(const Help& help);
  ~Options();
  Options(const Options&) = delete;
  Options& operator=(const Options&) = delete;

  // `names` as `--op` or `--soort-intake,--soort_intake`. Given at most once.
  void value(const std::string& names, std::optional<std::string>* into, std::string_view help);
  void required_value(const std::string& names, std::string* into, std::string_view help);
  // May be given more than once.
  void values(const std::string& names, std::vector<std::string>* into, std::string_view help);
  void flag(const std::string& names, bool* into, std::string_view help);
  // A word without an option name; `name` is what help calls it.
  void word(const std::string& name, std::optional<std::string>* into, std::string_view help);
  void required_word(const std::string& name, std::string* into, std::string_view help);

  // Fills what is bound. Returns: false when help was asked for; nothing else is to be done then.
  // Errors: an unknown, missing or twice given option; names the allowed ones.
  Outcome<bool> parse(const std::vector<std::string>& words);
  std::string help_text() const;
  // Whether there is an option of this name, as `--op`.
  bool has(const std::string& name) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace trede::tool
