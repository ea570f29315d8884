#include "tests/support/temp_dir.h"

#include <cstdlib>
#include <stdexcept>
#include <string>

namespace trede::test {

TempDir::TempDir() {
  std::string form = (std::filesystem::temp_directory_path() / "trede-test-XXXXXX").string();
  if (mkdtemp(form.data()) == nullptr) throw std::runtime_error("no temporary folder: " + form);
  path_ = form;
}

TempDir::~TempDir() {
  std::error_code ignored;  // a test may have removed it
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace trede::test
