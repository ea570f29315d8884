#include "projections/cube/dictionary.h"

#include <mutex>

#include "engine/base/check.h"

namespace trede {

Code Dictionary::intern(std::string_view text) {
  if (const auto found = find(text)) return *found;
  const std::unique_lock lock(mutex_);
  const auto known = codes_.find(text);
  if (known != codes_.end()) return known->second;
  texts_.emplace_back(text);
  const Code code = static_cast<Code>(texts_.size());
  codes_.emplace(texts_.back(), code);
  return code;
}

std::optional<Code> Dictionary::find(std::string_view text) const {
  if (text.empty() || text == kOnbekendText) return kOnbekend;
  const std::shared_lock lock(mutex_);
  const auto found = codes_.find(text);
  if (found == codes_.end()) return std::nullopt;
  return found->second;
}

std::string_view Dictionary::text(Code code) const {
  if (code == kOnbekend) return kOnbekendText;
  const std::shared_lock lock(mutex_);
  TREDE_CHECK(code <= texts_.size(), "a number that is not in the dictionary");
  return texts_[code - 1];
}

Code Dictionary::size() const {
  const std::shared_lock lock(mutex_);
  return static_cast<Code>(texts_.size());
}

}  // namespace trede
