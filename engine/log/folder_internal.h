// A data folder as the rest of this room sees it.
#pragma once

#include "engine/log/data_folder.h"
#include "engine/log/rocks_keys_internal.h"
#include "engine/log/rocks_log_internal.h"

namespace trede {

class RocksFolder : public DataFolder {
 public:
  TableLog& log() override = 0;
  RocksKeys& keys() override = 0;
};

}  // namespace trede
