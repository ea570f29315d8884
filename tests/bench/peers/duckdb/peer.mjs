// Answers one line of JSON with another: version, load, rebuild, count, time. Times are taken here,
// so that the pipe to the bench costs DuckDB nothing.
import { createInterface } from 'node:readline';
import { DuckDBInstance } from '@duckdb/node-api';

const kLongestRoundMs = 4000;  // as ask_many of the bench
const kFewestAsked = 20;

// The state after each event of a dossier, as known from each position on at which that dossier
// changed; then the same stay over positions that follow one another put together. The same as the
// SQL for PostgreSQL, with what DuckDB has for it.
const kBuild = `
create or replace table rectangles as
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
), states as (
  select c.dossier, c.k, c.k_next, m.geldig_op as van,
    lead(m.geldig_op, 1, 2147483647) over w as tot,
    last_value(m.gemeente ignore nulls) over w as gemeente,
    last_value(m.trede ignore nulls) over w as trede
  from changes c join moves m on m.dossier = c.dossier and m.k_van <= c.k and c.k < m.k_tot
  where m.soort <> 71
  window w as (partition by c.dossier, c.k order by m.geldig_op, m.soort, m.thing
    rows between unbounded preceding and current row)
), stays as (
  select dossier, gemeente, trede, van, tot, k, k_next from states where trede > 0 and van < tot
), runs as (
  select dossier, gemeente, trede, van, tot, min(k) as k_van, max(k_next) as k_tot,
    sum(k_next - k) = max(k_next) - min(k) as is_one
  from stays group by all
)
select gemeente, trede, van, tot, k_van, k_tot from runs where is_one
union all
select s.gemeente, s.trede, s.van, s.tot, s.k, s.k_next from stays s join runs r
  on not r.is_one and s.dossier = r.dossier and s.gemeente = r.gemeente and s.trede = r.trede
  and s.van = r.van and s.tot = r.tot`;

const kCountNow = `
select gemeente, trede, count(*) from rectangles
where van <= $1 and $1 < tot and k_tot = 4294967295 group by all`;
const kCountKnownAt = `
select gemeente, trede, count(*) from rectangles
where van <= $1 and $1 < tot and k_van <= $2 and $2 < k_tot group by all`;

const database = await DuckDBInstance.create(':memory:');
const connection = await database.connect();
let countNow, countKnownAt;

const elapsedMs = (begin) => Number(process.hrtime.bigint() - begin) / 1e6;

// `known` is null for what is known now.
async function count([day, known]) {
  const counting = known === null ? countNow : countKnownAt;
  counting.bindInteger(1, day);
  if (known !== null) counting.bindBigInt(2, BigInt(known));
  return (await counting.runAndReadAll()).getRows();
}

const commands = {
  async version() {
    return (await connection.runAndReadAll('select version()')).getRows()[0][0];
  },

  async load({ file }) {
    await connection.run(`
      create table events as select * from read_csv('${file}', header = true, columns = {
        positie: 'BIGINT', dossier: 'INTEGER', soort: 'SMALLINT', geldig_op: 'INTEGER',
        gemeente: 'SMALLINT', trede: 'SMALLINT', vervangt: 'INTEGER'})`);
    return null;
  },

  async rebuild() {
    const begin = process.hrtime.bigint();
    await connection.run(kBuild);
    const taken = elapsedMs(begin) / 1e3;
    countNow = await connection.prepare(kCountNow);
    countKnownAt = await connection.prepare(kCountKnownAt);
    return taken;
  },

  async count({ question }) {
    return (await count(question)).map((row) => row.map(Number));
  },

  // Microseconds per question.
  async time({ questions }) {
    const latencies = [];
    const begin = process.hrtime.bigint();
    for (const question of questions) {
      if (latencies.length >= kFewestAsked && elapsedMs(begin) > kLongestRoundMs) break;
      const asked = process.hrtime.bigint();
      await count(question);
      latencies.push(elapsedMs(asked) * 1e3);
    }
    return latencies;
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  let reply;
  try {
    const asked = JSON.parse(line);
    reply = { answer: await commands[asked.do](asked) };
  } catch (error) {
    reply = { error: String(error.message ?? error) };
  }
  process.stdout.write(JSON.stringify(reply) + '\n');
}
