-- Studies that read raw official tables: levels of a classification, vintages of figures, changed boundaries
SET client_min_messages = warning;
SET extra_float_digits = 1;
SET jit = off;
\set SHOW_CONTEXT never
\getenv inputdir PG_ABS_SRCDIR
\set error :inputdir '/error.sql'
\i :error
CREATE SCHEMA study_sources;
SET search_path = study_sources, public;

-- A, and IND with its parts B and C; two regions, of which North was divided; some figures were published again
CREATE TABLE employment (year integer, region text, section text, jobs numeric, published date);
INSERT INTO employment SELECT 2020, r, s, j, '2021-03-01' FROM (VALUES
  ('North', 'A', 40), ('North', 'B', 10), ('North', 'C', 20), ('North', 'IND', 30), ('South', 'A', 10), ('South', 'B', 30), ('South', 'C', 10), ('South', 'IND', 40)) v (r, s, j);
CREATE TABLE oked (section text, parent text);
INSERT INTO oked VALUES ('A', 'A'), ('IND', NULL), ('B', 'IND'), ('C', 'IND'), ('D', 'IND');
CREATE TABLE successor (was text, "is" text, weight numeric);
INSERT INTO successor VALUES ('North', 'Northeast', 0.6), ('North', 'Northwest', 0.4), ('North', 'South', 0);
-- the arguments that most calls have in common
CREATE FUNCTION pg_temp.make(more text, name text DEFAULT 's', facts text DEFAULT 'employment') RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('SELECT kz_create_study(%L, %L, period_column => ''year'', industry_column => ''section'', value_column => ''jobs''%s)', name, facts, more);
END $$;
CREATE FUNCTION pg_temp.refused(more text, facts text DEFAULT 'employment') RETURNS text LANGUAGE SQL AS $$ SELECT pg_temp.error(format('SELECT pg_temp.make(%L, facts => %L)', more, facts)) $$;
\pset format unaligned
\pset tuples_only

-- levels: a whole and its part are not added together, and a level makes the table of its industries
SELECT pg_temp.refused(', classification => ''oked'', parent_column => ''parent''');
SET client_min_messages = notice;
SELECT kz_create_study('s', 'employment', period_column => 'year', industry_column => 'section', value_column => 'jobs', classification => 'oked', parent_column => 'parent', level => 2);
SET client_min_messages = warning;
SELECT * FROM s.facts ORDER BY region, industry;
\d+ s.facts
-- 10 of 30 in the north are B, 40 of 70 in the country: 1 / 3 / (4 / 7)
SELECT region, industry, value, lq::numeric(6, 4), status FROM s.coefficients ORDER BY region, industry;
SELECT obj_description('s'::regnamespace);
SELECT count(*) FROM pg_class WHERE relnamespace = 's'::regnamespace AND relname = 'revisions';
SELECT kz_drop_study('s');
SELECT count(*) FROM pg_namespace WHERE nspname = 's';
-- level 1, or what industries list without a whole and its parts; no level is needed where there is no choice
SELECT pg_temp.make(', classification => ''oked'', parent_column => ''parent'', level => 1');
SELECT string_agg(DISTINCT industry, ',' ORDER BY industry) FROM s.coefficients;
SELECT kz_drop_study('s');
SELECT pg_temp.make(', classification => ''oked'', parent_column => ''parent'', industries => ''{A,B,C}''');
SELECT string_agg(DISTINCT industry, ',' ORDER BY industry) FROM s.coefficients;
SELECT kz_drop_study('s');
SELECT pg_temp.refused(', classification => ''oked'', parent_column => ''parent'', industries => ''{A,B,IND}''');
SELECT pg_temp.refused(', classification => ''oked'', parent_column => ''parent'', industries => ''{A,B}'', level => 2');
SELECT pg_temp.refused(', classification => ''oked'', parent_column => ''parent'', level => 3');
-- the reference has the same levels
CREATE TABLE nation AS SELECT year, section, sum(jobs) * 10 AS jobs FROM employment GROUP BY year, section;
SELECT pg_temp.refused(', classification => ''oked'', parent_column => ''parent'', industries => ''{A,B,C}'', reference => ''nation''') LIKE 'no error%', kz_drop_study('s');
SELECT pg_temp.make(', classification => ''oked'', parent_column => ''parent'', level => 2, reference => ''nation''');
SELECT region, industry, ref_value, ref_total, lq::numeric(6, 4) FROM s.coefficients WHERE region = 'North' ORDER BY industry;
SELECT kz_drop_study('s');
CREATE VIEW parts AS SELECT * FROM employment WHERE section IN ('B', 'C');
SELECT pg_temp.refused(', classification => ''oked'', parent_column => ''parent'', reference => ''nation''', 'parts');

-- what a classification must be
CREATE TABLE bad (section text, parent text);
CREATE FUNCTION pg_temp.bad(rows text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM bad;
  EXECUTE 'INSERT INTO bad VALUES ' || rows;
  RETURN pg_temp.refused(', classification => ''bad'', parent_column => ''parent'', level => 2');
END $$;
SELECT pg_temp.bad(v) FROM unnest(ARRAY[
  '(''A'', NULL), (''IND'', NULL), (''B'', ''IND'')', '(''A'', NULL), (''IND'', NULL), (''B'', ''IND''), (''C'', ''IND''), (''B'', ''A'')', '(''A'', NULL), (''IND'', ''C''), (''B'', ''IND''), (''C'', ''B'')',
  '(''A'', NULL), (''IND'', ''ALL''), (''B'', ''IND''), (''C'', ''IND'')', '(NULL, ''A'')', '(''A'', NULL)']) v;
-- the same row twice is no matter
SELECT pg_temp.bad('(''A'', NULL), (''IND'', NULL), (''B'', ''IND''), (''C'', ''IND''), (''B'', ''IND''), (''IND'', ''IND'')');
SELECT count(*), sum(value) FROM s.facts;
-- nor, for a while, is a classification that goes wrong later; a refresh says so
INSERT INTO bad VALUES ('IND', 'B');
SELECT count(*) FROM s.facts;
SELECT pg_temp.error('SELECT kz_refresh_study(''s'')');
SELECT kz_drop_study('s');

-- vintages: revised, withdrawn and late figures
INSERT INTO employment VALUES (2020, 'South', 'C', 12, '2022-03-01'), (2020, 'North', 'B', NULL, '2023-03-01'), (2020, 'North', 'C', 24, '2022-03-01'), (2020, 'North', 'C', 25, '2023-03-01');
DELETE FROM employment WHERE section NOT IN ('B', 'C');
SELECT pg_temp.make(', vintage_column => ''published''');
\d+ s.facts
\pset tuples_only off
SELECT * FROM s.facts ORDER BY region, industry;
SELECT region, industry, value, lq::numeric(6, 4), status FROM s.coefficients ORDER BY region, industry;
-- in 2022 the north had 24 of 34 jobs in C, the country 36 of 76: (24 / 34) / (36 / 76)
SELECT year, region, industry, vintage, number, value, previous_value, change, lq::numeric(6, 4), previous_lq::numeric(6, 4), status FROM s.revisions ORDER BY region, industry, number;
-- the last of them are the coefficients
SELECT count(*), bool_and(r.value IS NOT DISTINCT FROM c.value AND (r.lq IS NOT DISTINCT FROM c.lq OR r.number < 3)) AS same
FROM (SELECT DISTINCT ON (region, industry) * FROM s.revisions ORDER BY region, industry, number DESC) r JOIN s.coefficients c USING (year, region, industry);
\pset tuples_only
SELECT kz_drop_study('s');
-- as it was known at a time: what was published later is not there
SELECT pg_temp.make(', vintage_column => ''published'', vintage => ''2022-12-31''');
SELECT region, industry, value FROM s.coefficients ORDER BY region, industry;
SELECT max(vintage), max(number) FROM s.revisions;
SELECT obj_description('s.facts'::regclass);
SELECT kz_drop_study('s');
SELECT pg_temp.make(', vintage_column => ''published'', vintage => ''2020-12-31''');
SELECT count(*) FROM s.coefficients;
SELECT count(*) FROM s.revisions;
SELECT kz_drop_study('s');
SELECT pg_temp.refused(', vintage_column => ''published'', vintage => ''yesterday evening''');
INSERT INTO employment VALUES (2020, 'North', 'B', 11, NULL);
SELECT pg_temp.refused(', vintage_column => ''published''');
DELETE FROM employment WHERE published IS NULL;
-- several rows of one vintage are added, and so are those of a cell without
CREATE VIEW halves AS SELECT year, region, section, jobs / 2 AS jobs, published::text COLLATE "C" AS published FROM employment UNION ALL SELECT year, region, section, jobs / 2, published::text FROM employment;
SELECT pg_temp.make(', vintage_column => ''published'', vintage => ''2022''', facts => 'halves');
SELECT region, industry, value FROM s.coefficients ORDER BY region, industry;
SELECT vintage, pg_typeof(vintage), count(*) FROM s.revisions GROUP BY vintage;
SELECT kz_drop_study('s');

-- boundaries: the figures of North go to its successors, estimates are marked, what is suppressed stays so
SELECT pg_temp.make(', vintage_column => ''published'', crosswalk => ''successor'', from_region_column => ''was'', to_region_column => ''is'', weight_column => ''weight''');
\d+ s.facts
\pset tuples_only off
SELECT * FROM s.facts ORDER BY region, industry;
SELECT region, industry, value, lq::numeric(6, 4), status FROM s.coefficients ORDER BY region, industry;
SELECT region, industry, vintage, number, value, change, lq::numeric(6, 4) FROM s.revisions ORDER BY region, industry, number;
\pset tuples_only
SELECT obj_description('s.coefficients'::regclass);
SELECT kz_drop_study('s');
-- regions that are joined: no estimates; a part of a region that goes to another, which has figures of its own
TRUNCATE successor;
INSERT INTO successor VALUES ('North', 'All', 1), ('South', 'All', 1);
SELECT pg_temp.make(', vintage_column => ''published'', vintage => ''2022-12-31'', crosswalk => ''successor'', from_region_column => ''was'', to_region_column => ''is'', weight_column => ''weight''');
SELECT region, industry, sum(value), bool_or(estimated) FROM s.facts GROUP BY 1, 2 ORDER BY 2;
SELECT region, industry, value FROM s.coefficients ORDER BY industry;
SELECT kz_drop_study('s');
TRUNCATE successor;
INSERT INTO successor VALUES ('North', 'North', 0.75), ('North', 'South', 0.25);
SELECT pg_temp.make(', vintage_column => ''published'', vintage => ''2022-12-31'', crosswalk => ''successor'', from_region_column => ''was'', to_region_column => ''is'', weight_column => ''weight''');
SELECT * FROM s.facts ORDER BY region, industry, value;
SELECT region, industry, value FROM s.coefficients ORDER BY region, industry;
-- regions of the attributes are those after the change
CREATE TABLE attribute (year integer, region text, people integer);
INSERT INTO attribute VALUES (2020, 'North', 10), (2020, 'South', 10);
UPDATE successor SET "is" = 'Northeast' WHERE "is" = 'North';
SELECT kz_drop_study('s');
SELECT pg_temp.refused(', vintage_column => ''published'', crosswalk => ''successor'', from_region_column => ''was'', to_region_column => ''is'', weight_column => ''weight'', attributes => ''attribute'', population_column => ''people''');
CREATE TABLE place (region text, geom geometry(Polygon, 3857));
INSERT INTO place VALUES ('North', ST_MakeEnvelope(0, 0, 1, 1, 3857)), ('South', ST_MakeEnvelope(1, 0, 2, 1, 3857));
SELECT pg_temp.refused(', vintage_column => ''published'', crosswalk => ''successor'', from_region_column => ''was'', to_region_column => ''is'', weight_column => ''weight'', regions => ''place''');
-- with a map, and a level of a classification that is not taken for that of kz_study_clusters
UPDATE place SET region = 'Northeast' WHERE region = 'North';
SELECT pg_temp.make(', vintage_column => ''published'', crosswalk => ''successor'', from_region_column => ''was'', to_region_column => ''is'', weight_column => ''weight'', regions => ''place'', classification => ''oked'', parent_column => ''parent'', level => 2');
SELECT kz_study_clusters('s', replicates => 9);
SELECT industry, regions, round(lq::numeric, 4) FROM s.cluster_significance;
SELECT industry, regions, round(lq::numeric, 4) FROM s.clusters;
SELECT object, rows FROM kz_refresh_study('s');
SELECT kz_drop_study('s');
-- each region's weights sum to 1
CREATE FUNCTION pg_temp.weights(rows text, more text DEFAULT '') RETURNS text LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM successor;
  EXECUTE 'INSERT INTO successor VALUES ' || rows;
  RETURN pg_temp.refused(', vintage_column => ''published'', crosswalk => ''successor'', from_region_column => ''was'', to_region_column => ''is'', weight_column => ''weight''' || more);
END $$;
SELECT pg_temp.weights(v) FROM unnest(ARRAY['(''North'', ''a'', 0.5), (''North'', ''b'', 0.4)', '(''x'', ''y'', 1), (''North'', ''a'', 1), (''North'', ''b'', 1)', '(''North'', ''a'', NULL), (''North'', ''b'', 1)', '(''North'', ''a'', 1.5), (''North'', ''b'', -0.5)',
  '(''North'', ''a'', ''NaN'')', '(''North'', NULL, 1)', '(NULL, ''a'', 1)', '(''North'', ''a'', 0.3333333333), (''North'', ''b'', 0.66666666)']) v;
SELECT pg_temp.weights('(''North'', ''a'', 0.3333333333), (''North'', ''b'', 0.6666666666)') LIKE 'no error%', kz_drop_study('s');
-- by period
ALTER TABLE successor ADD "from" bigint;
INSERT INTO employment SELECT 2021, region, section, jobs, published FROM employment WHERE published < '2022-01-01';
SELECT pg_temp.weights('(''North'', ''a'', 1, 2020), (''South'', ''a'', 0.5, 2021), (''South'', ''b'', 0.4, 2021)', ', crosswalk_period_column => ''from''');
SELECT pg_temp.weights('(''North'', ''a'', 1, 2020), (''North'', ''a'', 1, 2021)');
SELECT pg_temp.weights('(''North'', ''a'', 1, 2020), (''South'', ''a'', 0.5, 2021), (''South'', ''b'', 0.5, 2021)', ', crosswalk_period_column => ''from''') LIKE 'no error%';
SELECT * FROM s.facts ORDER BY year, region, industry;
UPDATE successor SET weight = 2 WHERE "is" = 'b';
SELECT pg_temp.error('SELECT kz_refresh_study(''s'')');
SELECT kz_drop_study('s');

-- all at once is what hand-made views make of it, to the last bit
CREATE TABLE raw AS SELECT y AS year, 'r' || r AS region, s AS section, (hashtext(concat(y, r, s, v)) & 1023) / 8.0 AS jobs, DATE '2020-01-01' + v AS published
FROM generate_series(1, 3) y, generate_series(1, 6) r, unnest('{A,IND,B,C,D}'::text[]) s, generate_series(1, 4) v WHERE hashtext(concat(v, y, r, s)) & 3 > 0;
UPDATE raw SET jobs = NULL WHERE hashtext(concat(year, section, region)) % 11 = 0;
TRUNCATE successor;
INSERT INTO successor VALUES ('r1', 'n1', 0.3), ('r1', 'n2', 0.7), ('r2', 'n2', 1), ('r5', 'r6', 0.5), ('r5', 'r5', 0.5);
CREATE VIEW by_hand AS SELECT l.year, coalesce(x."is", l.region) AS region, l.section, l.jobs::float8 * coalesce(x.weight::float8, 1) AS jobs
FROM (SELECT DISTINCT ON (year, region, section) * FROM raw WHERE published <= '2020-01-04' AND section IN ('B', 'C', 'D') ORDER BY year, region, section, published DESC) l LEFT JOIN successor x ON x.was = l.region;
SELECT pg_temp.make(', classification => ''oked'', parent_column => ''parent'', level => 2, vintage_column => ''published'', vintage => ''2020-01-04'', crosswalk => ''successor'', from_region_column => ''was'', to_region_column => ''is'', weight_column => ''weight''', 's', 'raw');
SELECT pg_temp.make('', 'hand', 'by_hand');
SELECT count(*) > 40 AS cells FROM s.coefficients;
SELECT count(*) AS different FROM ((TABLE s.coefficients EXCEPT ALL TABLE hand.coefficients) UNION ALL (TABLE hand.coefficients EXCEPT ALL TABLE s.coefficients)) d;
SELECT count(*) AS different FROM ((TABLE s.candidates EXCEPT ALL TABLE hand.candidates) UNION ALL (TABLE hand.candidates EXCEPT ALL TABLE s.candidates)) d;
-- each vintage of the revisions is the study of that vintage
SELECT pg_temp.make(', classification => ''oked'', parent_column => ''parent'', level => 2, vintage_column => ''published'', vintage => ''2020-01-03'', crosswalk => ''successor'', from_region_column => ''was'', to_region_column => ''is'', weight_column => ''weight''', 'earlier', 'raw');
SELECT vintage, count(*) > 10 AS cells, bool_and((r.value, r.lq) IS NOT DISTINCT FROM (c.value, c.lq)) AS same FROM s.revisions r LEFT JOIN earlier.coefficients c USING (year, region, industry) WHERE vintage = '2020-01-03' GROUP BY vintage
UNION ALL SELECT vintage, count(*) > 10, bool_and((r.value, r.lq) IS NOT DISTINCT FROM (c.value, c.lq)) FROM s.revisions r LEFT JOIN s.coefficients c USING (year, region, industry) WHERE vintage = '2020-01-04' GROUP BY vintage;
SELECT kz_drop_study('earlier');

-- the definition is what the user said, under the names of now
SELECT * FROM s.definition \gx
\x off
SELECT key, value FROM jsonb_each_text(kz_study_definition('s')) WHERE key IN ('facts', 'period', 'region', 'industry', 'value', 'universe', 'classification', 'crosswalk', 'level', 'period_name') ORDER BY key COLLATE "C";
SELECT key, value FROM jsonb_each_text(kz_study_definition('s') -> 'raw') WHERE key IN ('facts', 'period', 'region', 'industry', 'value', 'classification', 'crosswalk', 'level', 'parent', 'vintage_column') ORDER BY key COLLATE "C";
CREATE TABLE before AS TABLE s.coefficients;
ALTER TABLE raw RENAME published TO "It's out";
ALTER TABLE raw RENAME year TO region_;
ALTER TABLE raw RENAME region TO year;
ALTER TABLE raw RENAME TO "Raw";
ALTER TABLE oked RENAME parent TO "part of";
ALTER TABLE oked RENAME section TO "who?";
ALTER TABLE successor RENAME weight TO "w""8";
ALTER TABLE successor RENAME was TO "{from}";
ALTER SCHEMA s RENAME TO "S s";
SELECT object, rows > 0 AS filled FROM kz_refresh_study('S s');
SELECT count(*) AS different FROM ((TABLE before EXCEPT ALL TABLE "S s".coefficients) UNION ALL (TABLE "S s".coefficients EXCEPT ALL TABLE before)) d;
SELECT facts, period_column, region_column, classification, parent_column, classification_industry_column, vintage_column, crosswalk, from_region_column, weight_column FROM "S s".definition;
SELECT count(*) > 0 FROM "S s".revisions;
-- other stages read such a study like any other
SELECT d ->> 'facts', d ->> 'period', d ->> 'study' FROM kz_study_open('S s') d;
SELECT pg_temp.error('SELECT kz_study_variables(''S s'', ''{jobs}'')');
CREATE TABLE figure AS SELECT region_ AS year, year AS region, "Raw".section, "Raw".section AS name, 1.5 AS jobs FROM "Raw" LIMIT 0;
SELECT kz_study_factors('S s', 'figure', industry_column => 'section', factor_column => 'name', value_column => 'jobs');
SELECT kz_study_profiles('S s');
SELECT object, rows > 0 AS filled FROM kz_refresh_study('S s');
SELECT kz_drop_study('S s'), kz_drop_study('hand');
SELECT count(*) FROM pg_class WHERE relnamespace IN (SELECT oid FROM pg_namespace WHERE nspname IN ('s', 'S s', 'hand'));

-- periods of any kind, labels of any kind
CREATE TYPE size AS ENUM ('small', 'large');
CREATE DOMAIN year AS integer;
CREATE FUNCTION pg_temp.periods(type text, periods text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  result text;
BEGIN
  EXECUTE format('CREATE TABLE typed AS SELECT p AS "{period}", r AS region, i AS industry, 1 + r * i AS value, v AS "%%L" FROM unnest(%1$L::%2$s[]) p, generate_series(1, 3) r, generate_series(1, 3) i, unnest(%1$L::%2$s[]) v', periods, type);
  EXECUTE format('CREATE TABLE typed_tree AS SELECT i AS industry, i %% 2 AS parent FROM generate_series(0, 3) i');
  EXECUTE format('CREATE TABLE typed_walk AS SELECT 1::smallint AS a, 9::bigint AS b, 1 AS w, p FROM unnest(%L::%s[]) p', periods, type);
  PERFORM kz_create_study('t', 'typed', period_column => '{period}', vintage_column => '%L', vintage => (periods::text[])[1], classification => 'typed_tree', parent_column => 'parent', level => 2,
    crosswalk => 'typed_walk', from_region_column => 'a', to_region_column => 'b', weight_column => 'w', crosswalk_period_column => 'p');
  SELECT string_agg(concat_ws(' ', pg_typeof(f."{period}"), f."{period}", f.region, f.industry, f.value), ', ' ORDER BY f."{period}", f.region, f.industry) INTO result FROM t.facts f;
  PERFORM kz_refresh_study('t');
  result := result || (SELECT format(' | %s %s', count(*), min(c.number)) FROM t.revisions c);
  PERFORM kz_drop_study('t');
  DROP TABLE typed, typed_tree, typed_walk;
  RETURN result;
END $$;
SELECT pg_temp.periods('date', '{2020-12-31}'), pg_temp.periods('text', '{"it''s {facts}"}'), pg_temp.periods('numeric', '{1.5,2}'), pg_temp.periods('study_sources.size', '{small,large}'), pg_temp.periods('study_sources.year', '{7}'), pg_temp.periods('timestamptz', '{2020-01-01 00:00:00+00}');

-- no labels are code
CREATE TABLE hostile (n integer, label text);
INSERT INTO hostile VALUES (1, 'quote"d'), (2, 'it''s'), (3, '{period}'), (4, '%I %s'), (5, E'new\nline'), (6, 'Қазақстан'), (7, ' '), (8, 'x"; DROP TABLE hostile; --'), (9, '{a,b}'), (10, E'back\\');
CREATE TABLE "o {facts} dd" AS SELECT p AS "{query}", l.label AS "sel""ect", i.label AS "it's", p + l.n * i.n AS "%s", l.label AS "{vintage}", NULL::text AS "{parent}" FROM generate_series(1, 2) p, hostile l, hostile i;
CREATE VIEW "tr{e}e" AS SELECT DISTINCT "it's", "{parent}" FROM "o {facts} dd";
CREATE VIEW "wa{l}k" AS SELECT label AS "{from_region}", label || '{to_region}' AS "{to}", 1 AS "{weight}" FROM hostile;
SELECT kz_create_study('"; {odd}', '"o {facts} dd"', period_column => '{query}', region_column => 'sel"ect', industry_column => 'it''s', value_column => '%s', industries => ARRAY(SELECT label FROM hostile WHERE n < 9),
  classification => '"tr{e}e"', parent_column => '{parent}', level => 1, vintage_column => '{vintage}', vintage => '{value}', crosswalk => '"wa{l}k"', from_region_column => '{from_region}', to_region_column => '{to}', weight_column => '{weight}');
SELECT count(*), count(DISTINCT region) FROM """; {odd}".coefficients;
SELECT count(*) FROM """; {odd}".revisions;
SELECT obj_description('"""; {odd}".facts'::regclass);
SELECT count(*) FROM kz_refresh_study('"; {odd}');
SELECT kz_drop_study('"; {odd}');
CREATE VIEW tops AS SELECT label AS "it's", NULL::text AS "{parent}" FROM hostile WHERE n <> 3;
SELECT pg_temp.error($$SELECT kz_create_study('t', '"o {facts} dd"', period_column => '{query}', region_column => 'sel"ect', industry_column => 'it''s', value_column => '%s', classification => 'tops', parent_column => '{parent}')$$);

-- no facts at all: everything is empty, and stays right when they come
CREATE TABLE none (LIKE employment);
SELECT pg_temp.make(', classification => ''oked'', parent_column => ''part of'', classification_industry_column => ''who?'', level => 2, vintage_column => ''published'', crosswalk => ''successor'', from_region_column => ''{from}'', to_region_column => ''is'', weight_column => ''w"8''', facts => 'none');
SELECT count(*) FROM s.coefficients;
SELECT count(*) FROM s.revisions;
INSERT INTO none SELECT * FROM employment;
SELECT object, rows FROM kz_refresh_study('s');
SELECT kz_drop_study('s');

-- arguments that need each other
SELECT pg_temp.refused(v) FROM unnest(ARRAY[', level => 2', ', parent_column => ''parent''', ', vintage => ''2020-01-01''', ', weight_column => ''weight''', ', classification => ''oked''', ', classification => ''oked'', parent_column => ''of''',
  ', classification => ''oked'', parent_column => ''part of''', ', classification => ''oked'', parent_column => ''part of'', classification_industry_column => ''who?'', level => 0', ', vintage_column => ''no''', ', crosswalk => ''successor''',
  ', crosswalk => ''successor'', from_region_column => ''{from}'', to_region_column => ''is'', weight_column => ''is''', ', crosswalk => ''successor'', from_region_column => ''{from}'', to_region_column => ''is'', weight_column => ''w"8'', crosswalk_period_column => ''is''',
  ', vintage_column => ''published'', incremental => true']) v;
ALTER TABLE employment RENAME year TO estimated;
SELECT pg_temp.error('SELECT kz_create_study(''s'', ''employment'', period_column => ''estimated'', industry_column => ''section'', value_column => ''jobs'', vintage_column => ''published'')');
ALTER TABLE employment RENAME estimated TO number;
SELECT pg_temp.error('SELECT kz_create_study(''s'', ''employment'', period_column => ''number'', industry_column => ''section'', value_column => ''jobs'', vintage_column => ''published'')');
ALTER TABLE employment RENAME number TO year;
SELECT count(*) FROM pg_namespace WHERE nspname = 's';

-- a total among the figures is warned of, whether exact or of rounded figures, suppressed or not
CREATE TABLE printed AS SELECT y AS year, 'r' || r AS region, 'i' || i AS section, (hashtext(concat(y, r, i)) & 65535) / 700.0 AS jobs, false AS total FROM generate_series(1, 2) y, generate_series(1, 4) r, generate_series(1, 4) i;
INSERT INTO printed SELECT year, region, 'everything', sum(jobs), true FROM printed GROUP BY year, region;
UPDATE printed SET jobs = round(jobs, 1);
SELECT pg_temp.make('', facts => 'printed');
SELECT kz_drop_study('s');
UPDATE printed SET jobs = NULL WHERE region = 'r2' AND section = 'i3';
SELECT pg_temp.make('', facts => 'printed');
SELECT kz_drop_study('s');
SELECT pg_temp.make(', industries => ''{i1,i2,i3,i4}''', facts => 'printed');
SELECT kz_drop_study('s');
DELETE FROM printed WHERE total;
INSERT INTO printed SELECT year, 'country', section, sum(jobs), true FROM printed WHERE year = 2 AND section <> 'i3' GROUP BY year, section;
SELECT pg_temp.make(', incremental => true', facts => 'printed');
SELECT kz_drop_study('s');
DELETE FROM printed WHERE total;
SELECT pg_temp.make('', facts => 'printed');
SELECT kz_drop_study('s');

-- who may read the views, but nothing below them, sees what is stored and not what they compute
CREATE ROLE regress_kz_sources;
SELECT pg_temp.make(', vintage_column => ''published''');
GRANT USAGE ON SCHEMA s TO regress_kz_sources;
GRANT SELECT ON ALL TABLES IN SCHEMA s TO regress_kz_sources;
GRANT USAGE ON SCHEMA study_sources TO regress_kz_sources;
SET ROLE regress_kz_sources;
SELECT count(*) > 0 FROM s.candidates;
SELECT pg_temp.error('SELECT count(*) FROM s.facts');
SELECT pg_temp.error('SELECT count(*) FROM s.revisions');
RESET ROLE;
GRANT SELECT ON employment TO regress_kz_sources;
SET ROLE regress_kz_sources;
SELECT count(*) > 0 FROM s.facts;
SELECT count(*) > 0 FROM s.revisions;
RESET ROLE;
-- everything is commented, in columns that any client can read
SELECT c.relname, count(*) AS columns, count(col_description(c.oid, a.attnum)) AS commented, c.reloptions, string_agg(DISTINCT format_type(a.atttypid, a.atttypmod), ', ')
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 WHERE c.relnamespace = 's'::regnamespace AND c.relname IN ('facts', 'revisions') GROUP BY c.oid, c.relname, c.reloptions ORDER BY c.relname;
-- what others have built on them is not dropped
CREATE VIEW mine AS SELECT count(*) FROM s.revisions;
SELECT pg_temp.error('SELECT kz_drop_study(''s'')');
DROP VIEW mine;
SELECT kz_drop_study('s');
DROP SCHEMA study_sources CASCADE;
DROP ROLE regress_kz_sources;
