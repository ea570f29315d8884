// Where figures come from: a data folder, or a server that is asked.
#pragma once

#include <memory>

#include "projections/measures/query.h"
#include "tools/trede/context.h"
#include "tools/trede/failure.h"
#include "tools/trede/listing.h"
#include "tools/trede/question.h"
#include "tools/trede/source.h"

namespace trede::tool {

struct Figure {
  Answer answer;
  Known known;
};

// The events behind a figure, as `contribution_listing` has them.
struct Explanation {
  Figure figure;
  Listing events;
};

// A figure as known at two moments, and what was recorded in between.
struct Movement {
  Figure before;
  Figure after;
  Listing events;
};

// Each answer is complete and adds up, and the trail has what was read of dossiers. `query.known`
// follows from the other options. Threads: one.
class FigureSource {
 public:
  virtual ~FigureSource() = default;
  virtual Outcome<Figure> answer(Query query, const KnownOptions& known) = 0;
  virtual Outcome<Explanation> explain(Query query, const KnownOptions& known) = 0;
  // Requires: each of the two says a moment or a position.
  virtual Outcome<Movement> compare(Query query, const KnownOptions& from,
                                    const KnownOptions& to) = 0;
};

// `context` must outlive it.
Outcome<std::unique_ptr<FigureSource>> open_figures(const SourceOptions& source, Context& context);

// What both kinds check of two moments.
Outcome<> check_order(const Known& from, const Known& to);

}  // namespace trede::tool
