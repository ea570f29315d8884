#include "projections/worker/folder_store.h"

#include <algorithm>
#include <utility>

#include "engine/ledger/merkle.h"

namespace trede {

namespace {

constexpr std::size_t kBatchEvents = 2'000;
constexpr int kReadAttempts = 3;  // to open a store while the writer replaces its files

}  // namespace

FolderStore::FolderStore(DataFolder& folder, std::size_t rollup_bytes)
    : log_(folder.log()),
      writable_(folder.mode() == OpenMode::kWrite),
      options_{folder.projections_path(), folder.log().identity()},
      generation_options_{.writable = writable_, .rollup_bytes = rollup_bytes} {}

FolderStore::GenerationPtr FolderStore::current() const {
  const std::lock_guard lock(mutex_);
  return current_;
}

void FolderStore::set_current(GenerationPtr generation) {
  const std::lock_guard lock(mutex_);
  if (generation->stored()) stopped_ = generation->stored()->head().stopped;
  current_ = std::move(generation);
}

ProjectionStatus FolderStore::status() const {
  const std::lock_guard lock(mutex_);
  const auto& stored = current_->stored();
  return {.position = stored ? stored->head().position : Position{},
          .generation = current_->number(),
          .stopped = stopped_};
}

// ---- opening

Status FolderStore::open() {
  if (writable_) return open_to_write();
  open_to_read();
  return {};
}

// Whether the log has what a store stands on.
Result<bool> FolderStore::stands_on_log(const StoreHead& head) const {
  if (head.position > log_.last_position()) return false;
  const auto expected = head_at(head.position);
  if (!expected) return std::unexpected(expected.error());
  return expected->event == head.event;
}

Result<StoreHead> FolderStore::head_at(Position position) const {
  if (position == Position{}) return StoreHead{};
  const auto stored = log_.load(position);
  if (!stored) return std::unexpected(stored.error());
  return StoreHead{position, leaf_hash(stored->bytes), {}};
}

Status FolderStore::open_to_write() {
  auto store = ProjectionStore::open_write(options_);
  if (!store) return std::unexpected(std::move(store).error());
  store_ = std::move(*store);
  auto generation = std::make_shared<Generation>(store_->current(), generation_options_);
  const auto stands = stands_on_log(store_->current()->head());
  if (!stands) return std::unexpected(stands.error());
  const Status opened = *stands ? generation->open() : Status{};
  if (!opened && opened.error().code != ErrorCode::kCorrupt) return opened;
  if (*stands && opened) {
    set_current(std::move(generation));
    return {};
  }
  auto empty = make_empty();
  if (!empty) return std::unexpected(std::move(empty).error());
  TREDE_RETURN_IF_ERROR((*empty)->apply({}, {}));
  TREDE_RETURN_IF_ERROR(store_->take_over((*empty)->stored()));
  set_current(std::move(*empty));
  return {};
}

void FolderStore::open_to_read() {
  for (int attempt = 0; attempt < kReadAttempts; ++attempt) {
    auto store = ProjectionStore::open_read(options_);
    if (!store) {
      if (store.error().code == ErrorCode::kNotFound) break;
      damage_ = store.error().message;
      continue;
    }
    const auto stands = stands_on_log((*store)->current()->head());
    if (!stands || !*stands) break;  // a log that cannot be read says so when it is asked
    auto generation = std::make_shared<Generation>((*store)->current(), generation_options_);
    const Status opened = generation->open();
    if (!opened) {
      damage_ = opened.error().message;
      continue;
    }
    damage_.clear();
    store_ = std::move(*store);
    set_current(std::move(generation));
    return;
  }
  set_current(std::make_shared<Generation>(generation_options_));
}

// ---- keeping up

void FolderStore::begin(const GenerationPtr& generation) {
  append_.clear();
  if (projected_ == generation) return;
  projector_ = std::make_unique<Projector>(log_, generation->dictionary());
  projected_ = generation;
}

// Takes the next event; at the end of an append its deltas join the batch.
Status FolderStore::add(Batch& batch, std::string_view stored) {
  auto event = decode_shared(stored);
  if (!event) return std::unexpected(std::move(event).error());
  const Position position = position_of(**event);
  const bool whole = append_last(**event) == position;
  append_.push_back(std::move(*event));
  if (!whole) return {};
  const std::size_t count = append_.size();
  TREDE_RETURN_IF_ERROR(projector_->project(
      std::exchange(append_, {}), [&batch](const Delta& delta) { batch.deltas.push_back(delta); }));
  batch.events += count;
  batch.head = {position, leaf_hash(stored), {}};
  return {};
}

Status FolderStore::apply(Generation& generation, Batch& batch) {
  if (batch.events == 0) return {};
  TREDE_RETURN_IF_ERROR(generation.apply(batch.deltas, batch.head));
  batch = {};
  const std::lock_guard lock(mutex_);
  stopped_.clear();
  return {};
}

// Keeps why no progress is made, in the store as well.
Status FolderStore::note_stop(Generation& generation, Status status) {
  if (status) return status;
  {
    const std::lock_guard lock(mutex_);
    stopped_ = status.error().message;
  }
  if (!writable_) return status;
  StoreHead head = generation.stored()->head();
  head.stopped = status.error().message;
  const Status noted = generation.apply({}, head);
  static_cast<void>(noted);  // the disk may be the trouble itself, and that is handed back
  return status;
}

Status FolderStore::advance(const Progress& progress) {
  const GenerationPtr generation = current();
  if (!generation->stored() && generation->position() == Position{}) {
    auto filled = make_filled(progress);
    if (!filled) return note_stop(*generation, std::unexpected(std::move(filled).error()));
    set_current(std::move(*filled));
  }
  return advance(current(), progress);
}

Status FolderStore::advance(const GenerationPtr& generation, const Progress& progress) {
  begin(generation);
  const Position from = generation->position();
  const Position to = log_.last_position();
  Batch batch;
  const auto project = [&](Position position, std::string_view stored) -> Status {
    TREDE_RETURN_IF_ERROR(add(batch, stored));
    if (batch.events < kBatchEvents) return {};
    TREDE_RETURN_IF_ERROR(apply(*generation, batch));
    if (progress) progress(position.value - from.value, to.value - from.value);
    return {};
  };
  const Status scanned = log_.scan(from.next(), to, project);
  // What came before the trouble is good.
  const Status applied = apply(*generation, batch);
  return note_stop(*generation, scanned ? applied : scanned);
}

// Takes out what was projected already or stands there twice. Returns: false when what is left does
// not continue `position` without a hole.
bool FolderStore::keep_next(Position position, std::vector<StoredEvent>& events) {
  bool continues = true;
  std::erase_if(events, [&](const StoredEvent& event) {
    if (event.position <= position) return true;
    continues = continues && event.position == position.next();
    if (continues) position = event.position;
    return false;
  });
  return continues;
}

Status FolderStore::take(std::vector<StoredEvent>& events) {
  const GenerationPtr generation = current();
  if (!keep_next(generation->position(), events)) {
    events.clear();
    return advance({});
  }
  if (events.empty()) return {};
  begin(generation);
  Batch batch;
  Status added;
  std::size_t whole = 0;
  for (std::size_t i = 0; i < events.size() && added; ++i) {
    added = add(batch, events[i].bytes);
    if (added && append_.empty()) whole = i + 1;
  }
  const Status applied = apply(*generation, batch);
  if (applied) events.erase(events.begin(), events.begin() + static_cast<std::ptrdiff_t>(whole));
  return note_stop(*generation, added ? applied : added);
}

// ---- building

Result<FolderStore::GenerationPtr> FolderStore::make_empty() {
  if (!writable_) return std::make_shared<Generation>(generation_options_);
  const auto stored = store_->begin_generation();
  if (!stored) return std::unexpected(stored.error());
  return std::make_shared<Generation>(*stored, generation_options_);
}

// A new generation up to the end of the log, or up to an event that this program does not know.
Result<FolderStore::GenerationPtr> FolderStore::make_filled(const Progress& progress) {
  Position to = log_.last_position();
  for (bool again = false;; again = true) {
    auto generation = make_empty();
    if (!generation) return generation;
    const auto head = head_at(to);
    if (!head) return std::unexpected(head.error());
    Status filled = (*generation)->fill(log_, *head, progress);
    if (filled) return generation;
    if (again || filled.error().code != ErrorCode::kNewer) {
      return std::unexpected(std::move(filled).error());
    }
    const auto known = known_until(log_, Position{}, to);
    if (!known) return std::unexpected(known.error());
    to = *known;
  }
}

Status FolderStore::rebuild(const Progress& progress) {
  const std::lock_guard lock(rebuild_mutex_);
  return rebuild_alone(progress);
}

// Requires: rebuild_mutex_ held. The fill itself goes on beside everything else.
Status FolderStore::rebuild_alone(const Progress& progress) {
  auto filled = make_filled(progress);
  if (!filled) return std::unexpected(std::move(filled).error());
  const std::lock_guard lock(project_mutex_);
  const Status advanced = advance(*filled, {});
  if (!advanced && advanced.error().code != ErrorCode::kNewer) return advanced;
  TREDE_RETURN_IF_ERROR(store_->take_over((*filled)->stored()));
  set_current(std::move(*filled));
  return advanced;
}

Status FolderStore::recover(const GenerationPtr& damaged, const Error& damage) {
  const std::lock_guard lock(rebuild_mutex_);
  if (current() != damaged) return {};
  // Otherwise it is the log that is.
  if (!damaged->stored() || !damaged->stored()->is_damaged()) return std::unexpected(damage);
  if (writable_) return rebuild_alone({});
  const std::lock_guard project(project_mutex_);
  damage_ = damage.message;
  set_current(std::make_shared<Generation>(generation_options_));
  return {};
}

}  // namespace trede
