-- Runs every query of map.csv and compares what it returns with the peers' values; run by test/oracle/run.
\set ON_ERROR_STOP on
\set QUIET on
\pset footer off
\pset format aligned
CREATE TABLE oracle.map (id text, dataset text, tolerance float8, query text, problem text, PRIMARY KEY (id, dataset));
CREATE TABLE oracle.unmapped (id text PRIMARY KEY, reason text NOT NULL);
CREATE TABLE oracle.chapters (first integer, last integer, chapter text);
\cd :here
\copy oracle.map (id, dataset, tolerance, query) FROM 'map.csv' WITH (FORMAT csv, HEADER)
\copy oracle.unmapped FROM 'unmapped.csv' WITH (FORMAT csv, HEADER)
\copy oracle.chapters FROM 'chapters.csv' WITH (FORMAT csv, HEADER)

CREATE TABLE oracle.result (id text, dataset text, key text, value float8, PRIMARY KEY (id, dataset, key));
DO $$
DECLARE
	item record;
BEGIN
	FOR item IN SELECT id, dataset, query FROM oracle.map LOOP
		BEGIN
			EXECUTE format('INSERT INTO oracle.result SELECT %L, %L, q.* FROM (%s) q (key, value)',
						   item.id, item.dataset, item.query);
		EXCEPTION WHEN others THEN
			UPDATE oracle.map m SET problem = sqlerrm WHERE (m.id, m.dataset) = (item.id, item.dataset);
		END;
	END LOOP;
END $$;

-- One row a value that a mapped id has. A peer's NA, NaN or Inf agrees with NULL; a class or a list
-- agrees with nothing.
CREATE TABLE oracle.compared AS
SELECT m.id, m.dataset, r.key, r.value AS theirs, o.value AS ours, e.error,
       CASE WHEN r.value IN ('NA', 'NaN', 'Inf', '-Inf') THEN o.value IS NULL
            ELSE coalesce(e.error <= m.tolerance, false) END AS agrees
FROM oracle.map m
JOIN oracle.reference r USING (id, dataset)
LEFT JOIN oracle.result o ON (o.id, o.dataset, o.key) = (m.id, m.dataset, coalesce(r.key, '')),
LATERAL (SELECT abs(o.value - r.number) / CASE WHEN r.number = 0 THEN 1 ELSE abs(r.number) END) e (error);

-- One row a test. An id that ends in x is a peer's wrong value: some of it must differ from ours.
CREATE TABLE oracle.verdict AS
SELECT m.id, m.dataset, m.id LIKE '%x' AS wrong, count(c.id) AS values, count(c.id) FILTER (WHERE c.agrees) AS agree,
       max(c.error) AS worst,
       coalesce(m.problem,
                CASE WHEN count(c.id) = 0 THEN 'the peers have no such values'
                     WHEN m.id LIKE '%x' AND bool_and(c.agrees) THEN 'our values equal a peer''s wrong ones'
                     WHEN m.id NOT LIKE '%x' AND NOT bool_and(c.agrees) THEN 'values differ' END) AS problem
FROM oracle.map m
LEFT JOIN oracle.compared c USING (id, dataset)
GROUP BY m.id, m.dataset, m.problem
UNION ALL
SELECT r.id, r.dataset, false, 0, 0, NULL, 'neither in map.csv nor in unmapped.csv'
FROM (SELECT DISTINCT id, dataset FROM oracle.reference) r
LEFT JOIN oracle.map m USING (id, dataset)
LEFT JOIN oracle.unmapped u USING (id)
WHERE m.id IS NULL AND u.id IS NULL
UNION ALL
SELECT u.id, NULL, false, 0, 0, NULL, 'in unmapped.csv, but the peers have no such id'
FROM oracle.unmapped u
WHERE NOT EXISTS (SELECT FROM oracle.reference r WHERE r.id = u.id);

CREATE FUNCTION oracle.chapter(id text) RETURNS text
LANGUAGE sql STABLE
RETURN (SELECT chapter FROM oracle.chapters WHERE substring(id FROM '^O([0-9]+)')::integer BETWEEN first AND last);

\echo 'By chapter: values within their tolerance, and what is not compared yet'
SELECT oracle.chapter(id) AS chapter, count(DISTINCT v.id) AS "ids mapped", sum(v.values) AS "values compared",
       to_char(max(v.worst) FILTER (WHERE NOT v.wrong), '9.9EEEE') AS "worst relative error",
       count(DISTINCT u.id) AS "ids not mapped"
FROM oracle.verdict v
FULL JOIN (SELECT DISTINCT u.* FROM oracle.unmapped u) u USING (id)
GROUP BY chapter
ORDER BY min(substring(id FROM '^O([0-9]+)')::integer);

\echo 'Why ids are not mapped'
SELECT reason, count(*) AS ids FROM oracle.unmapped GROUP BY reason ORDER BY reason;

SELECT EXISTS (SELECT FROM oracle.verdict WHERE problem IS NOT NULL) AS failed \gset
\if :failed
	\echo 'Failures'
	SELECT id, dataset, problem, values, agree, worst FROM oracle.verdict WHERE problem IS NOT NULL ORDER BY id, dataset;
	\echo 'The worst of them'
	SELECT c.* FROM oracle.compared c
	WHERE NOT agrees AND id NOT LIKE '%x' ORDER BY error DESC NULLS FIRST LIMIT 30;
\endif
\pset tuples_only on
\pset format unaligned
SELECT format('%s passed, %s failed', count(*) FILTER (WHERE problem IS NULL), count(*) FILTER (WHERE problem IS NOT NULL))
FROM oracle.verdict;
