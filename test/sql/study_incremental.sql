-- Incremental studies: coefficients that are never stale, from stored matrices and a log that triggers write
\getenv inputdir PG_ABS_SRCDIR
\set error :inputdir '/error.sql'
\i :error
SET client_min_messages = warning;
SET jit = off;
CREATE SCHEMA study_incremental;
SET search_path = study_incremental, public;

-- the coefficients of a study and those that the same arguments give from the facts, compared to the last bit
CREATE FUNCTION differing(incremental text, plain text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  result bigint;
BEGIN
  EXECUTE format('REFRESH MATERIALIZED VIEW %I.coefficients', plain);
  EXECUTE format('SELECT count(*) FROM ((SELECT * FROM %1$I.coefficients EXCEPT ALL SELECT * FROM %2$I.coefficients)
    UNION ALL (SELECT * FROM %2$I.coefficients EXCEPT ALL SELECT * FROM %1$I.coefficients)) d', incremental, plain) INTO result;
  RETURN result;
END $$;
CREATE FUNCTION create_both(facts regclass, VARIADIC more text[] DEFAULT '{}') RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('SELECT kz_create_study(''i'', %L, incremental => true %s)', facts, array_to_string(more, ''));
  EXECUTE format('SELECT kz_create_study(''p'', %L %s)', facts, array_to_string(more, ''));
END $$;

-- partitioned, with dates, integers, numerics, suppressed figures, attributes, and industries left out
CREATE TABLE fact (month date NOT NULL, code integer NOT NULL, branch varchar(5), jobs numeric(8, 1)) PARTITION BY RANGE (month);
CREATE TABLE fact_1 PARTITION OF fact FOR VALUES FROM ('2024-01-01') TO ('2024-02-01');
CREATE TABLE fact_2 PARTITION OF fact DEFAULT PARTITION BY LIST (code);
-- a partition whose columns lie otherwise
CREATE TABLE fact_2_1 (jobs numeric(8, 1), dropped text, branch varchar(5), code integer NOT NULL, month date NOT NULL);
ALTER TABLE fact_2_1 DROP dropped;
ALTER TABLE fact_2 ATTACH PARTITION fact_2_1 FOR VALUES IN (1);
CREATE TABLE fact_2_2 PARTITION OF fact_2 DEFAULT;
INSERT INTO fact SELECT ('2024-01-01'::date + (i % 3) * interval '1 month')::date, i % 4, chr(120 + i % 3), CASE WHEN i % 17 = 0 THEN NULL ELSE i * 0.1 END FROM generate_series(1, 200) i;
CREATE TABLE attribute (month date, code integer, product numeric);
INSERT INTO attribute SELECT DISTINCT month, code, 100 + code FROM fact;
SELECT create_both('fact', $$, attributes => 'attribute', period_column => 'month', region_column => 'code', industry_column => 'branch', value_column => 'jobs',
  gross_product_column => 'product', industries => '{x,y}'$$);
SELECT differing('i', 'p');
SELECT period, facts, kz_dims(matrix) FROM i.stored ORDER BY period;
\d i.stored
\d i.log
\pset format unaligned
SELECT obj_description(c.oid) FROM pg_class c WHERE relnamespace = 'i'::regnamespace AND relkind IN ('r', 'v') ORDER BY relname COLLATE "C";
SELECT count(*) AS columns_without_comment FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
WHERE relnamespace = 'i'::regnamespace AND relkind IN ('r', 'v') AND col_description(c.oid, attnum) IS NULL;
SELECT tgrelid::regclass, pg_get_triggerdef(oid) FROM pg_trigger WHERE tgfoid = 'kz_study_log'::regproc ORDER BY tgrelid::regclass::text COLLATE "C", tgname;
\pset format aligned

-- every kind of statement; each shows at once
INSERT INTO fact VALUES ('2024-02-01', 1, 'x', 17.3), ('2024-05-01', 9, 'y', NULL), ('2024-05-01', 9, 'x', 3);
SELECT differing('i', 'p');
UPDATE fact SET jobs = jobs * 1.1 WHERE branch = 'x';
SELECT differing('i', 'p');
UPDATE fact SET month = month + interval '1 month' WHERE code = 1 AND branch = 'y';
SELECT differing('i', 'p');
UPDATE fact SET branch = CASE branch WHEN 'z' THEN 'x' ELSE 'z' END WHERE code = 2;
SELECT differing('i', 'p');
DELETE FROM fact WHERE jobs IS NULL;
SELECT differing('i', 'p');
COPY fact FROM STDIN;
2024-06-01	3	x	1.5
2024-01-01	3	z	1.5
2024-06-01	3	y	\N
\.
SELECT differing('i', 'p');
-- of partitions themselves
INSERT INTO fact_2_1 (month, code, branch, jobs) VALUES ('2024-02-01', 1, 'x', 4), ('2024-09-01', 1, 'y', 4);
UPDATE fact_2 SET jobs = 7 WHERE branch = 'y';
UPDATE fact_2_2 SET jobs = 8 WHERE branch = 'x';
DELETE FROM fact_1 WHERE code = 0;
SELECT differing('i', 'p');
TRUNCATE fact_2_1;
SELECT differing('i', 'p');
-- with MERGE, ON CONFLICT, and in WITH
MERGE INTO fact f USING (VALUES ('2024-01-01'::date, 1, 'x', 5), ('2024-01-01', 77, 'x', 5)) v (month, code, branch, jobs) ON f.month = v.month AND f.code = v.code AND f.branch = v.branch
WHEN MATCHED AND f.jobs > 5 THEN DELETE WHEN MATCHED THEN UPDATE SET jobs = v.jobs WHEN NOT MATCHED THEN INSERT VALUES (v.month, v.code, v.branch, v.jobs);
WITH gone AS (DELETE FROM fact WHERE code = 77 RETURNING *) INSERT INTO fact SELECT month, 78, branch, jobs FROM gone;
SELECT differing('i', 'p');
-- what is rolled back was never there; what changes nothing leaves no trace
SELECT count(*) AS logged FROM i.log \gset
BEGIN; DELETE FROM fact; SELECT count(*) FROM i.coefficients; SAVEPOINT s; TRUNCATE fact; ROLLBACK TO s; ROLLBACK;
UPDATE fact SET code = code;
UPDATE fact SET jobs = 5 WHERE branch = 'z';
INSERT INTO fact SELECT * FROM fact WHERE branch = 'none';
SELECT count(*) - :logged AS logged FROM i.log;
SELECT differing('i', 'p');
-- a transaction sees its own changes
BEGIN; DELETE FROM fact WHERE branch = 'x'; SELECT count(*) FROM i.coefficients WHERE industry = 'x'; ROLLBACK;

-- the log is folded into the periods that changed
SELECT object, rows, (SELECT count(*) FROM i.log) AS logged FROM kz_refresh_study('i');
SELECT differing('i', 'p');
SELECT xmin AS before, ctid AS place FROM i.stored WHERE period = '2024-03-01' \gset
INSERT INTO fact VALUES ('2024-02-01', 1, 'x', 17.3);
SELECT object, rows FROM kz_refresh_study('i');
SELECT xmin = :before AND ctid = :'place' AS untouched FROM i.stored WHERE period = '2024-03-01';
-- and what is stored then are the bits that a rebuild gives
CREATE TABLE folded AS SELECT * FROM i.stored;
SELECT object, rows FROM kz_refresh_study('i', full => true);
SELECT count(*) AS periods, bool_and(a.facts = b.facts AND a.matrix = b.matrix) AS same FROM folded a FULL JOIN i.stored b USING (period);
-- a period goes with its last fact, and the later ones move up
DELETE FROM fact WHERE month = '2024-02-01';
SELECT month, period_number FROM i.coefficients GROUP BY month, period_number ORDER BY month;
SELECT differing('i', 'p');
SELECT object, rows FROM kz_refresh_study('i');
SELECT count(*) FROM i.stored WHERE period = '2024-02-01';
TRUNCATE fact;
SELECT count(*) FROM i.coefficients;
SELECT object, rows FROM kz_refresh_study('i');
SELECT count(*) FROM i.stored;
INSERT INTO fact SELECT '2024-01-01', i % 4, chr(120 + i % 3), i FROM generate_series(1, 20) i;
SELECT differing('i', 'p');

-- partitions come and go: the next refresh takes it up
CREATE TABLE fact_3 PARTITION OF fact FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
INSERT INTO fact_3 VALUES ('2025-02-01', 1, 'x', 3), ('2025-02-01', 2, 'y', 3);
SELECT object, rows FROM kz_refresh_study('i');
SELECT differing('i', 'p');
INSERT INTO fact_3 VALUES ('2025-02-01', 3, 'x', 3);
SELECT differing('i', 'p');
ALTER TABLE fact DETACH PARTITION fact_3;
SELECT object, rows FROM kz_refresh_study('i');
INSERT INTO fact_3 VALUES ('2025-02-01', 4, 'x', 3);
SELECT differing('i', 'p');
ALTER TABLE fact ATTACH PARTITION fact_3 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
SELECT object, rows FROM kz_refresh_study('i');
INSERT INTO fact_3 VALUES ('2025-02-01', 4, 'y', 3);
SELECT differing('i', 'p');
-- away and back between two refreshes
ALTER TABLE fact DETACH PARTITION fact_3;
UPDATE fact_3 SET jobs = 9 WHERE branch = 'x';
ALTER TABLE fact ATTACH PARTITION fact_3 FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
SELECT differing('i', 'p');
ALTER TABLE fact DETACH PARTITION fact_3;
SELECT object, rows FROM kz_refresh_study('i');
TRUNCATE fact_3;
SELECT differing('i', 'p');
DROP TABLE fact_1;
SELECT object, rows FROM kz_refresh_study('i');
SELECT differing('i', 'p');
-- renamed and moved
ALTER TABLE fact RENAME code TO place;
ALTER TABLE fact RENAME TO facts;
ALTER SCHEMA i RENAME TO "I i";
INSERT INTO facts VALUES ('2024-03-01', 5, 'x', 3), ('2024-03-01', 5, 'y', 4);
SELECT differing('I i', 'p');
SELECT object, rows FROM kz_refresh_study('I i');
SELECT differing('I i', 'p');
ALTER SCHEMA "I i" RENAME TO i;
-- what cannot be a fact is refused where it is written
SELECT pg_temp.error($$INSERT INTO facts VALUES ('2024-03-01', 5, 'x', 'NaN')$$);
-- of an industry that is not in the study it is no matter
BEGIN; INSERT INTO facts VALUES ('2024-03-01', 5, 'z', 'NaN'); ROLLBACK;
SELECT regexp_replace(pg_temp.error('ALTER TABLE facts ALTER jobs TYPE float8'), 'view [ip]\.\w+', 'view ...');
SELECT pg_temp.error('DROP TABLE facts');
-- a second study of the same facts; drop takes the triggers along
SELECT kz_create_study('j', 'facts', period_column => 'month', region_column => 'place', industry_column => 'branch', value_column => 'jobs', incremental => true);
INSERT INTO facts VALUES ('2024-03-01', 6, 'x', 3);
SELECT (SELECT count(*) FROM i.log) AS i, (SELECT count(*) FROM j.log) AS j;
CREATE VIEW mine AS SELECT count(*) FROM j.log;
SELECT pg_temp.error('SELECT kz_drop_study(''j'')');
DROP VIEW mine;
SELECT kz_drop_study('j');
INSERT INTO facts VALUES ('2024-03-01', 6, 'x', 3);
SELECT differing('i', 'p');
DROP TABLE facts CASCADE;
SELECT pg_temp.error('SELECT kz_refresh_study(''i'')');
SELECT kz_drop_study('i');
SELECT kz_drop_study('p');

-- every kind of attribute and reference, with suppressed, negative and zero figures and a period of its own type
CREATE TABLE odd (quarter text COLLATE "POSIX", code char(3), branch text, jobs real);
INSERT INTO odd SELECT 'Q' || p, chr(97 + r), chr(120 + i), CASE (p + 2 * r + 3 * i) % 7 WHEN 0 THEN NULL WHEN 1 THEN -r WHEN 2 THEN 0 ELSE p + r * i END
FROM generate_series(1, 3) p, generate_series(0, 3) r, generate_series(0, 2) i;
CREATE TABLE odd_attribute (quarter text, code text, product numeric, people integer, total float8, label text);
INSERT INTO odd_attribute SELECT 'Q' || p, chr(97 + r), CASE WHEN p + r <> 4 THEN 100 * (r + 1) END, 10 + r, 50 + r, 'Region ' || r FROM generate_series(1, 3) p, generate_series(0, 3) r;
CREATE TABLE odd_nation (quarter varchar(4), branch text, jobs integer, product numeric, people integer, total float8);
INSERT INTO odd_nation SELECT 'Q' || p, chr(120 + i), 90, 5000, 100, 400 FROM generate_series(0, 9) p, generate_series(0, 2) i;
CREATE VIEW odd_product AS SELECT DISTINCT quarter, product, people, total FROM odd_nation;
CREATE VIEW odd_place AS SELECT DISTINCT code, label, ST_MakeEnvelope(ascii(code), 0, ascii(code) + 1, 1, 3857) AS geom FROM odd_attribute;
CREATE FUNCTION odd_study(more text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  result text;
BEGIN
  PERFORM create_both('odd', ', period_column => ''quarter'', region_column => ''code'', industry_column => ''branch'', value_column => ''jobs''', more);
  result := differing('i', 'p');
  INSERT INTO odd VALUES ('Q0', 'a', 'x', 3), ('Q4', 'b', 'x', 4), ('Q4', 'b', 'y', NULL), ('Q2', 'd', 'x', 7);
  UPDATE odd SET jobs = jobs * 1.7 WHERE code <> 'a';
  DELETE FROM odd WHERE quarter = 'Q1' OR branch = 'z';
  result := concat_ws(' ', result, differing('i', 'p'));
  PERFORM kz_refresh_study('i');
  result := concat_ws(' ', result, differing('i', 'p'), (SELECT count(*) FROM i.coefficients));
  RAISE EXCEPTION USING MESSAGE = result;
EXCEPTION WHEN raise_exception THEN
  RETURN SQLERRM;
END $$;
SELECT more, odd_study(more) AS differing FROM (VALUES
  (''), (', fill => true'), (', industries => ''{x,y}'''),
  (', attributes => ''odd_attribute'', gross_product_column => ''product'', population_column => ''people'', regions => ''odd_place'', region_name_column => ''label'''),
  (', attributes => ''odd_attribute'', gross_product_column => ''product'', total_column => ''total'', industries => ''{x,z}'''),
  (', attributes => ''odd_attribute'', population_column => ''people'', reference => ''odd_nation'', reference_attributes => ''odd_product'''),
  (', attributes => ''odd_attribute'', total_column => ''total'', reference => ''odd_nation'', fill => true, rule => ''any''')) AS v (more);

-- rows that a conflict turns into updates, and rows that a foreign key takes along
CREATE TABLE area (code text PRIMARY KEY);
INSERT INTO area VALUES ('a'), ('b'), ('c');
CREATE TABLE keyed (period integer, region text REFERENCES area ON DELETE CASCADE ON UPDATE CASCADE, industry text, value float8, PRIMARY KEY (period, region, industry));
INSERT INTO keyed SELECT p, r, i, p + ascii(i) FROM generate_series(1, 2) p, unnest('{a,b,c}'::text[]) r, unnest('{x,y}'::text[]) i;
SELECT create_both('keyed');
INSERT INTO keyed VALUES (1, 'a', 'x', 7), (3, 'a', 'x', 7), (2, 'b', 'y', NULL) ON CONFLICT (period, region, industry) DO UPDATE SET value = keyed.value * 2 + excluded.value;
SELECT differing('i', 'p');
INSERT INTO keyed VALUES (1, 'a', 'x', 9), (4, 'a', 'x', 9) ON CONFLICT DO NOTHING;
UPDATE area SET code = 'd' WHERE code = 'a';
DELETE FROM area WHERE code = 'b';
SELECT differing('i', 'p'), (SELECT count(*) FROM i.coefficients);
TRUNCATE area CASCADE;
SELECT differing('i', 'p'), (SELECT count(*) FROM i.coefficients);
SELECT kz_drop_study('i');
SELECT kz_drop_study('p');

-- triggers of studies that were renamed, or whose names begin alike, do not get into each other's way
CREATE TABLE shared (period integer, region text, industry text, value float8);
SELECT kz_create_study(repeat('ж', 30) || n, 'shared', incremental => true) FROM unnest('{a,b}'::text[]) n;
SELECT kz_create_study('i', 'shared', incremental => true);
ALTER SCHEMA i RENAME TO j;
SELECT kz_create_study('i', 'shared', incremental => true);
INSERT INTO shared VALUES (1, 'a', 'x', 1);
DO $$ BEGIN EXECUTE format('CREATE VIEW logs AS SELECT (SELECT count(*) FROM %I.log) AS a, (SELECT count(*) FROM %I.log) AS b, (SELECT count(*) FROM i.log) AS i, (SELECT count(*) FROM j.log) AS j',
  repeat('ж', 30) || 'a', repeat('ж', 30) || 'b'); END $$;
SELECT * FROM logs;
DROP VIEW logs;
SELECT kz_drop_study(n) FROM unnest(ARRAY[repeat('ж', 30) || 'a', 'j']) n;
SELECT count(*) AS triggers, count(DISTINCT tgname) AS names FROM pg_trigger WHERE tgrelid = 'shared'::regclass;
SELECT kz_drop_study(n) FROM unnest(ARRAY[repeat('ж', 30) || 'b', 'i']) n;
SELECT count(*) AS triggers FROM pg_trigger WHERE tgrelid = 'shared'::regclass;

-- with regions: candidates see a change at once, clusters after the refresh
CREATE TABLE place (region text, geom geometry(Polygon, 3857));
INSERT INTO place VALUES ('a', ST_MakeEnvelope(0, 0, 1, 1, 3857)), ('b', ST_MakeEnvelope(1, 0, 2, 1, 3857));
CREATE TABLE fact (period text COLLATE "C", region text, industry text, value float8);
SELECT kz_create_study('i', 'fact', 'place', incremental => true);
SELECT count(*) FROM i.candidates;
INSERT INTO fact VALUES ('2024Q1', 'a', 'x', 4), ('2024Q1', 'a', 'y', 1), ('2024Q1', 'b', 'x', 1), ('2024Q1', 'b', 'y', 4);
SELECT period, region, industry, lq, rank FROM i.candidates ORDER BY rank;
SELECT count(*) FROM i.clusters_map;
SELECT object, rows FROM kz_refresh_study('i');
SELECT period, industry, region_names FROM i.clusters_map ORDER BY id;
SELECT pg_temp.error($$INSERT INTO fact VALUES (NULL, 'a', 'x', 1)$$);
SELECT pg_temp.error($$INSERT INTO fact VALUES ('2024Q1', NULL, 'x', 1)$$);
SELECT pg_temp.error($$INSERT INTO fact VALUES ('2024Q1', 'a', 'x', 'Infinity')$$);
SELECT kz_drop_study('i');

-- a trigger of nobody's
CREATE TRIGGER mine AFTER INSERT ON place REFERENCING NEW TABLE AS new FOR EACH STATEMENT EXECUTE FUNCTION kz_study_log('table');
SELECT pg_temp.error('INSERT INTO place VALUES (''c'', NULL)');
DROP TRIGGER mine ON place;

-- facts that triggers cannot follow
CREATE VIEW facts AS SELECT * FROM fact;
CREATE UNLOGGED TABLE unlogged (LIKE fact);
CREATE TABLE child () INHERITS (fact);
CREATE TABLE split (LIKE fact) PARTITION BY LIST (region);
CREATE TABLE split_1 PARTITION OF split DEFAULT;
SELECT pg_temp.error(format('SELECT kz_create_study(''i'', %L, incremental => true)', f)) FROM unnest('{facts,unlogged,fact,child,split_1}'::text[]) f;
SELECT pg_temp.error('SELECT kz_create_study(''i'', ''split'', incremental => NULL)');
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT pg_temp.error('SELECT kz_create_study(''i'', ''split'', incremental => true)');
COMMIT;
SELECT kz_create_study('i', 'split', incremental => true);
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT pg_temp.error('TRUNCATE split');
COMMIT;
SELECT kz_drop_study('i');
DROP TABLE fact CASCADE;

-- random batches of changes to tables of both kinds, never anything but what the facts give; every tenth is folded
CREATE TABLE whole (period integer, region text, industry text, value float8);
CREATE TABLE parts (LIKE whole) PARTITION BY HASH (region);
CREATE TABLE parts_0 PARTITION OF parts FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE parts_1 PARTITION OF parts FOR VALUES WITH (MODULUS 2, REMAINDER 1);
SELECT kz_create_study('whole_i', 'whole', incremental => true, industries => NULL);
SELECT kz_create_study('parts_i', 'parts', incremental => true);
CREATE FUNCTION change(relation text, seed integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  pick integer[] := ARRAY(SELECT (hashint8extended(seed, i) & 65535)::integer FROM generate_series(1, 4) i);
  rows text := format('SELECT 1 + (hashint8extended(i, %1$s) & 3)::integer, chr(97 + (hashint8extended(i, %1$s + 1) & 7)::integer), chr(110 + (hashint8extended(i, %1$s + 2) & 7)::integer),
    CASE WHEN hashint8extended(i, %1$s + 3) & 15 = 0 THEN NULL ELSE (hashint8extended(i, %1$s + 4) & 1048575) / 1000.0 * 10.0 ^ (hashint8extended(i, %1$s + 5) & 15) END FROM generate_series(1, %2$s) i', seed, 1 + pick[2] % 9);
BEGIN
  EXECUTE CASE pick[1] % 10
    WHEN 0 THEN format('DELETE FROM %I WHERE region = chr(97 + %s)', relation, pick[3] % 8)
    WHEN 1 THEN format('DELETE FROM %I WHERE value IS NULL AND period = 1 + %s', relation, pick[3] % 4)
    WHEN 2 THEN format('UPDATE %I SET value = value / 3 WHERE industry = chr(110 + %s)', relation, pick[3] % 8)
    WHEN 3 THEN format('UPDATE %I SET period = 1 + (period + 1) %% 4 WHERE region = chr(97 + %s)', relation, pick[3] % 8)
    WHEN 4 THEN format('UPDATE %I SET region = chr(97 + %s), value = nullif(value, 0) WHERE industry = chr(110 + %s)', relation, pick[3] % 8, pick[4] % 8)
    WHEN 5 THEN format('UPDATE %I SET value = NULL WHERE region = chr(97 + %s) AND industry = chr(110 + %s)', relation, pick[3] % 8, pick[4] % 8)
    WHEN 6 THEN CASE WHEN pick[4] % 8 = 0 THEN format('TRUNCATE %I', relation) ELSE format('INSERT INTO %I ', relation) || rows END
    ELSE format('INSERT INTO %I ', relation) || rows END;
END $$;
CREATE FUNCTION wrong(relation text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  result boolean;
BEGIN
  EXECUTE format('SELECT EXISTS (
    SELECT FROM (SELECT period, kz_matrix_agg(region, industry, value) AS m FROM %1$I GROUP BY period) f
    FULL JOIN (SELECT period, kz_matrix_sum(matrix) AS m FROM (SELECT * FROM %2$I.stored UNION ALL SELECT * FROM %2$I.log) u GROUP BY period HAVING sum(facts) > 0) s USING (period)
    WHERE (f.m = s.m) IS NOT TRUE)', relation, relation || '_i') INTO result;
  RETURN result;
END $$;
CREATE TABLE outcome (relation text, batch integer, wrong boolean);
DO $$
BEGIN
  FOR batch IN 1 .. 250 LOOP
    PERFORM change(r, 2 * batch + CASE r WHEN 'parts' THEN 1 ELSE 0 END) FROM unnest('{whole,parts}'::text[]) r;
    IF batch % 10 = 0 THEN
      PERFORM kz_refresh_study(r || '_i') FROM unnest('{whole,parts}'::text[]) r;
    END IF;
    INSERT INTO outcome SELECT r, batch, wrong(r) FROM unnest('{whole,parts}'::text[]) r;
  END LOOP;
END $$;
SELECT relation, count(*) AS batches, count(*) FILTER (WHERE wrong) AS wrong FROM outcome GROUP BY relation ORDER BY relation;
SELECT kz_create_study('p', 'parts');
SELECT differing('parts_i', 'p'), (SELECT count(*) > 0 FROM p.coefficients) AS any;
SELECT object, rows FROM kz_refresh_study('parts_i');
CREATE TABLE folded_parts AS SELECT * FROM parts_i.stored;
SELECT object, rows FROM kz_refresh_study('parts_i', full => true);
SELECT bool_and(a.facts = b.facts AND a.matrix = b.matrix) AS same FROM folded_parts a FULL JOIN parts_i.stored b USING (period);
SELECT kz_drop_study(s) FROM unnest('{whole_i,parts_i,p}'::text[]) s;
DROP SCHEMA study_incremental CASCADE;
