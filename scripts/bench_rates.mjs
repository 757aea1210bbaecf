// Rates of 13 attributes by DuckDB: one pass over the CSV, GROUPING SETS, the counts only once.
// usage: node bench_rates.mjs MODULES leads.csv THREADS   (MODULES: a folder with node_modules)
// Writes attribute,level,leads,won as CSV; the seconds inside DuckDB go to standard error.
import { createRequire } from 'module';
import { resolve } from 'path';
const [modules, csv, threads] = process.argv.slice(2);
const { DuckDBInstance } = createRequire(resolve(modules) + '/')('@duckdb/node-api');
const attributes = ['company_size', 'industry', 'country', 'job_level', 'job_function', 'source', 'campaign',
  'webinar', 'demo_request', 'free_email', 'careers_page', 'sales_accepted', 'owner'];
const db = await (await DuckDBInstance.create(':memory:', { threads })).connect();
await db.run('SET preserve_insertion_order=false');
const began = performance.now();
const all = attributes.join(',');
const id = (i) => (1 << attributes.length) - 1 - (1 << (attributes.length - 1 - i));
const rows = (await db.runAndReadAll(`
  WITH t AS (SELECT ${attributes.map((a) => `coalesce(${a}, '') AS ${a}`).join(',')}, (stage = 'Closed Won')::INT AS w
             FROM read_csv('${csv}', all_varchar=true, header=true, delim=',', quote='"', escape='"')),
  g AS MATERIALIZED (
    SELECT CASE grouping_id(${all}) ${attributes.map((a, i) => `WHEN ${id(i)} THEN '${a}'`).join(' ')} END AS attribute,
           coalesce(${all}) AS level, count(*) AS n, sum(w) AS won
    FROM t GROUP BY GROUPING SETS (${attributes.map((a) => `(${a})`).join(',')}))
  SELECT attribute, CASE WHEN level = '' THEN '(missing)' ELSE level END, n::BIGINT, won::BIGINT,
         won / n, won / n / (SELECT sum(won) / sum(n) FROM g WHERE attribute = 'webinar')
  FROM g ORDER BY 1, 2`)).getRows();
console.error(`seconds ${((performance.now() - began) / 1e3).toFixed(4)}`);
const quoted = (s) => (/[",\n]/.test(s) ? `"${s.replaceAll('"', '""')}"` : s);
process.stdout.write(rows.map((r) => `${r[0]},${quoted(r[1])},${r[2]},${r[3]},\n`).join(''));
