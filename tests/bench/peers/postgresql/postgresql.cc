#include "tests/bench/peers/postgresql.h"

#include <array>

#include "tests/bench/peers/postgresql/events_table.h"

namespace trede::bench {

namespace {

// The state after each event of a dossier, as known from each position on at which that dossier
// changed; then the same stay over positions that follow one another put together.
//   moves     what moves somebody between rows of trajecten, with from when until when it acts
//             (soort 71 withdraws; a correctie, 71 included, ends what stood in its place)
//   known     what acts, per dossier and position at which something changed
//   states    gemeente and trede after each of them (a running maximum over (row, value) gives the
//             last value that is not null), and the day of the next
constexpr const char* kBuild = R"(
create unlogged table rectangles as
with moves as (
  select dossier, coalesce(nullif(vervangt, 0), positie) as thing, soort, geldig_op,
    nullif(gemeente, 0) as gemeente,
    case when soort = 32 then 0 else nullif(trede, 0) end as trede,
    positie as k_van,
    lead(positie, 1, 4294967295) over (
      partition by dossier, coalesce(nullif(vervangt, 0), positie) order by positie) as k_tot
  from events
  where dossier > 0 and (soort in (5, 6, 32, 71) or gemeente > 0)
), changes as (
  select dossier, k_van as k,
    lead(k_van, 1, 4294967295) over (partition by dossier order by k_van) as k_next
  from moves
), known as (
  select c.dossier, c.k, c.k_next, m.geldig_op, m.gemeente, m.trede,
    row_number() over w as place
  from changes c join moves m on m.dossier = c.dossier and m.k_van <= c.k and c.k < m.k_tot
  where m.soort <> 71
  window w as (partition by c.dossier, c.k order by m.geldig_op, m.soort, m.thing)
), states as (
  select dossier, k, k_next, geldig_op as van,
    lead(geldig_op, 1, 2147483647) over w as tot,
    (max(place * 65536 + gemeente) over w) % 65536 as gemeente,
    (max(place * 65536 + trede) over w) % 65536 as trede
  from known
  window w as (partition by dossier, k order by place)
), stays as (
  select dossier, gemeente, trede, van, tot, k, k_next from states where trede > 0 and van < tot
), runs as (
  select *, sum(starts) over (
    partition by dossier, gemeente, trede, van, tot order by k) as run
  from (select *, case when lag(k_next) over (
    partition by dossier, gemeente, trede, van, tot order by k) = k then 0 else 1 end as starts
    from stays) s
)
select gemeente::smallint as gemeente, trede::smallint as trede, van, tot, min(k) as k_van,
  max(k_next) as k_tot
from runs group by dossier, gemeente, trede, van, tot, run)";

// Read alone, without the table. A B-tree over all columns: a GiST index over two ranges took
// fourteen times as long to build and three times as long to ask.
constexpr const char* kIndexes = R"(
create index on rectangles (van, tot, k_van, k_tot, gemeente, trede);
create index on rectangles (van, tot, gemeente, trede) where k_tot = 4294967295)";

constexpr const char* kCountNow =
    "select gemeente, trede, count(*) from rectangles "
    "where van <= $1::int and $1 < tot and k_tot = 4294967295 group by gemeente, trede";
constexpr const char* kCountKnownAt =
    "select gemeente, trede, count(*) from rectangles "
    "where van <= $1::int and $1 < tot and k_van <= $2::bigint and $2 < k_tot "
    "group by gemeente, trede";

class RunningPostgresql final : public Postgresql {
 public:
  explicit RunningPostgresql(const std::filesystem::path& folder)
      : cluster_(folder), connection_(cluster_.address()) {}

  std::string version() override {
    return PQgetvalue(connection_.execute("show server_version").get(), 0, 0);
  }

  double insert(const AppendLoad& load) override {
    make_events_table(connection_);
    filled_ = built_ = false;
    return insert_events(cluster_.address(), load);
  }

  double copy(const StoredEvents& events, const Columns& columns) override {
    make_events_table(connection_);
    built_ = false;
    const double taken = copy_events(connection_, events, columns);
    connection_.execute("analyze events");
    filled_ = true;
    return taken;
  }

  double rebuild(const StoredEvents& events, const Columns& columns) override {
    if (!filled_) copy(events, columns);
    gemeenten_ = columns.gemeenten;
    last_ = Position{events.count()};
    connection_.execute("deallocate all");
    connection_.execute("drop table if exists rectangles");
    const double taken = seconds([this] {
      connection_.execute(kBuild);
      connection_.execute(kIndexes);
    });
    connection_.execute("vacuum analyze rectangles");
    connection_.prepare("count_now", kCountNow);
    connection_.prepare("count_known_at", kCountKnownAt);
    built_ = true;
    return taken;
  }

  void prepare(const StoredEvents& events, const Columns& columns) override {
    if (!built_) rebuild(events, columns);
  }

  std::uintmax_t bytes() override {
    return std::stoull(PQgetvalue(connection_
                                      .execute("select pg_total_relation_size('events') + "
                                               "pg_total_relation_size('rectangles')")
                                      .get(),
                                  0, 0));
  }

  Counts count(const Question& question) override {
    const std::string day = std::to_string(day_number(question.day));
    const std::string known = std::to_string(question.known.value);
    const std::array<const char*, 2> values = {day.c_str(), known.c_str()};
    const bool now = question.known == last_;
    const PgResult found =
        connection_.checked(PQexecPrepared(connection_.get(), now ? "count_now" : "count_known_at",
                                           now ? 1 : 2, values.data(), nullptr, nullptr, 0));
    Counts out;
    for (int row = 0; row < PQntuples(found.get()); ++row) {
      const auto number = [&](int column) {
        return std::stoll(PQgetvalue(found.get(), row, column));
      };
      const auto gemeente = static_cast<std::size_t>(number(0));
      out[{gemeenten_.at(gemeente - 1), trede_code(static_cast<int>(number(1)))}] = number(2);
    }
    return out;
  }

 private:
  Cluster cluster_;
  Connection connection_;
  std::vector<std::string> gemeenten_;
  Position last_;
  bool filled_ = false;  // the table holds the log
  bool built_ = false;   // and the rectangles stand on it
};

}  // namespace

std::unique_ptr<Postgresql> Postgresql::start(const std::filesystem::path& folder) {
  return std::make_unique<RunningPostgresql>(folder);
}

}  // namespace trede::bench
