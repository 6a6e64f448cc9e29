-- kz_check_study: every finding planted and found, nothing found in clean figures
SET client_min_messages = error;
SET extra_float_digits = 1;
SET jit = off;
SET datestyle = 'ISO, YMD';
SET timezone = 'UTC';
\getenv inputdir PG_ABS_SRCDIR
\set error :inputdir '/error.sql'
\i :error
CREATE SCHEMA study_check;
SET search_path = study_check, public;

-- periods that are lacking: numbers, five years apart, quarters, months in three forms, days, weeks, ends of months, the first of quarters
SELECT p, l.* FROM unnest(ARRAY['2010,2011,2014', '1,2,3', '2000,2005,2015,2020', '1990,2000,2010,2011,2012,2013', '2023Q3,2023Q4,2024Q2,2024Q3', '20233,20234,20242', '2023-Q4,2024-Q1,2024-Q4',
    '2023-11,2023-12,2024-03', '202311,202312,202402', '2023M11,2023M12,2024M02', '2024-02-27,2024-02-28,2024-03-02', '2024-01-01,2024-01-08,2024-01-22', '2023-12-31,2024-01-31,2024-02-29,2024-05-31',
    '2024-01-01,2024-04-01,2024-10-01', '2019-12-31,2020-12-31,2023-12-31',
    -- nothing can be said: no step twice, one or two periods, a step that is no multiple, school years, mixed forms, not in order, no date, nothing
    '2010', '2010,2020', '1999,2009,2021', '2021/22,2022/23,2024/25', '2020,2021Q1,2023', '3,2,9', '2024-02-30,2024-02-31,2024-13-01', '2020,2020,2021,2023']) WITH ORDINALITY AS u (p, i)
LEFT JOIN kz_study_lacking(string_to_array(p, ',')) AS l ON true ORDER BY i, l.number;
SELECT count(*) FROM kz_study_lacking('{}');

-- clean figures: four years, three regions that touch, three industries
CREATE TABLE place (region text, geom geometry(Polygon, 3857));
INSERT INTO place SELECT chr(96 + i), ST_MakeEnvelope(i, 0, i + 1, 1, 3857) FROM generate_series(1, 3) i;
CREATE TABLE fact (year integer, region text, industry text, value float8);
INSERT INTO fact SELECT y, chr(96 + r), chr(119 + i), 10 * r + 7 * i * i + 3 * r * i + y + y * r * i FROM generate_series(1, 4) y, generate_series(1, 3) r, generate_series(1, 3) i;
CREATE TABLE attribute (year integer, region text, product numeric, people integer, total float8);
INSERT INTO attribute SELECT year, region, sum(value) * 2 + 1, sum(value) / 2, sum(value) FROM fact GROUP BY year, region;
CREATE TABLE nation (year integer, industry text, value float8);
INSERT INTO nation SELECT year, industry, sum(value) FROM fact GROUP BY year, industry;
CREATE TABLE nation_attribute AS SELECT year, sum(product) AS product, sum(people) AS people, sum(total) AS total FROM attribute GROUP BY year;
SELECT kz_create_study('s', 'fact', 'place', 'attribute', 'nation', 'nation_attribute', 'year', gross_product_column => 'product', population_column => 'people', total_column => 'total');
SELECT kz_create_study('i', 'fact', period_column => 'year', incremental => true);
SELECT kz_create_study('l', 'fact', 'place', 'attribute', period_column => 'year', industries => '{x,y}', total_column => 'total');
SELECT (SELECT count(*) FROM kz_check_study('s')) AS s, (SELECT count(*) FROM kz_check_study('i')) AS i, (SELECT count(*) FROM kz_check_study('l')) AS l;
SELECT * FROM kz_check_study('s');

-- each in a transaction that takes it back: what it is, and what it finds in the study s, with all relations, and the incremental one; neither is refreshed
CREATE FUNCTION planted(what text, VARIADIC statements text[]) RETURNS TABLE (planted text, study text, finding text, period text, region text, industry text, value float8, detail text) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  statement text;
  rows jsonb;
BEGIN
  BEGIN
    FOREACH statement IN ARRAY statements LOOP EXECUTE statement; END LOOP;
    SELECT jsonb_agg(to_jsonb(q)) INTO rows FROM (
      SELECT CASE WHEN count(*) = 2 THEN 'both' ELSE min(t.study) END AS study, t.finding, t.period, t.region, t.industry, t.value, t.detail, min(t.i) AS i
      FROM (SELECT 's' AS study, * FROM kz_check_study('s') WITH ORDINALITY AS k (finding, period, region, industry, value, detail, i)
            UNION ALL SELECT 'i', * FROM kz_check_study('i') WITH ORDINALITY AS k (finding, period, region, industry, value, detail, i)) AS t
      GROUP BY t.finding, t.period, t.region, t.industry, t.value, t.detail) AS q;
    RAISE EXCEPTION USING ERRCODE = 'UE000';
  EXCEPTION WHEN SQLSTATE 'UE000' THEN NULL;
  END;
  RETURN QUERY SELECT what, r.study, r.finding, r.period, r.region, r.industry, r.value, r.detail
    FROM jsonb_to_recordset(coalesce(rows, '[{}]')) AS r (study text, finding text, period text, region text, industry text, value float8, detail text, i bigint) ORDER BY r.finding COLLATE "C", r.study COLLATE "C", r.i;
END $$;

-- facts; the published totals and the reference follow where nothing is said of them
CREATE FUNCTION follow() RETURNS text LANGUAGE SQL AS $$
  SELECT 'UPDATE attribute a SET total = (SELECT coalesce(sum(value), 0) FROM fact f WHERE f.year = a.year AND f.region = a.region);
    UPDATE nation n SET value = (SELECT coalesce(sum(value), 0) FROM fact f WHERE f.year = n.year AND f.industry = n.industry); UPDATE nation_attribute n SET total = (SELECT sum(total) FROM attribute a WHERE a.year = n.year)' $$;
SELECT * FROM planted('a suppressed figure', $$UPDATE fact SET value = NULL WHERE year = 2 AND region = 'a' AND industry = 'y'$$, follow());
SELECT * FROM planted('a negative one', $$UPDATE fact SET value = -3 WHERE year = 4 AND region = 'a' AND industry = 'y'$$, follow());
SELECT * FROM planted('a thousand times a figure', $$UPDATE fact SET value = value * 1000 WHERE year = 2 AND region = 'b' AND industry = 'x'$$, follow());
SELECT * FROM planted('a tenth', $$UPDATE fact SET value = value / 20 WHERE year = 3 AND region = 'b' AND industry = 'x'$$, follow());
SELECT * FROM planted('a thousandth in the last year', $$UPDATE fact SET value = value / 1000 WHERE year = 4 AND region = 'b' AND industry = 'x'$$, follow());
SELECT * FROM planted('the first year in other units', $$UPDATE fact SET value = value / 1000 WHERE year = 1$$, follow());
SELECT * FROM planted('an absent cell', $$DELETE FROM fact WHERE year = 2 AND region = 'b' AND industry = 'x'$$, follow());
SELECT * FROM planted('a zero', $$UPDATE fact SET value = 0 WHERE year = 2 AND region = 'b' AND industry = 'x'$$, follow());
SELECT * FROM planted('an absent region', $$DELETE FROM fact WHERE year = 3 AND region = 'b'$$, follow());
SELECT * FROM planted('an absent industry', $$DELETE FROM fact WHERE year IN (2, 3) AND industry = 'x'$$, follow());
SELECT * FROM planted('an absent year', $$DELETE FROM fact WHERE year = 3$$, follow());
SELECT * FROM planted('a region with a cell only', $$DELETE FROM fact WHERE region = 'c' AND (year > 1 OR industry <> 'x')$$, follow());
SELECT * FROM planted('last year''s figures again', $$UPDATE fact f SET value = (SELECT value FROM fact p WHERE p.year = 2 AND p.region = f.region AND p.industry = f.industry) WHERE year = 3 AND region = 'c'$$, follow());
SELECT * FROM planted('the same row twice, a figure in two', $$INSERT INTO fact SELECT * FROM fact WHERE year = 1 AND region = 'a' AND industry = 'x'$$, $$INSERT INTO fact VALUES (1, 'a', 'y', 1)$$, follow());
SELECT * FROM planted('an industry that is the sum of all', $$INSERT INTO fact SELECT year, region, 'all', sum(value) FROM fact GROUP BY year, region$$, $$INSERT INTO nation SELECT year, 'all', 0 FROM nation_attribute$$, follow());
SELECT * FROM planted('a region that is the sum of all, in two years', $$INSERT INTO fact SELECT year, 'nation', industry, sum(value) FROM fact WHERE year < 3 GROUP BY year, industry$$, follow());
SELECT * FROM planted('other spellings', $$UPDATE fact SET region = ' A' WHERE region = 'a' AND year = 2$$, $$UPDATE fact SET industry = chr(1093) WHERE industry = 'x' AND year = 4$$, follow());
SELECT * FROM planted('no facts at all', 'DELETE FROM fact');
-- attributes
SELECT * FROM planted('no row, NULL, zero, negative', $$DELETE FROM attribute WHERE year = 1 AND region = 'a'$$, $$UPDATE attribute SET product = NULL, total = NULL WHERE year = 2 AND region = 'b'$$,
  $$UPDATE attribute SET product = 0, people = -1 WHERE year = 3 AND region = 'c'$$, $$UPDATE attribute SET product = 'NaN' WHERE year = 4 AND region = 'c'$$);
SELECT * FROM planted('a total that is too small, and one too large', $$UPDATE attribute SET total = total - 5 WHERE year = 1 AND region = 'a'$$, $$UPDATE attribute SET total = total + 5 WHERE year = 2 AND region = 'b'$$);
SELECT * FROM planted('a total within rounding', $$UPDATE attribute SET total = total - 2 WHERE year = 1 AND region = 'a'$$);
SELECT * FROM planted('a row twice, a region that nobody knows', $$INSERT INTO attribute SELECT * FROM attribute WHERE year = 1 AND region = 'a'$$, $$INSERT INTO attribute VALUES (2, 'KZ', 1, 1, 1)$$);
SELECT * FROM planted('a population in thousands', $$UPDATE attribute SET people = greatest(people / 1000, 1) WHERE year = 4 AND region = 'a'$$);
-- reference
SELECT * FROM planted('a reference below its regions, none, NULL', $$UPDATE nation SET value = value - 10 WHERE year = 1 AND industry = 'x'$$, $$DELETE FROM nation WHERE year = 2 AND industry = 'y'$$, $$UPDATE nation SET value = NULL WHERE year = 3 AND industry = 'z'$$);
SELECT * FROM planted('the same of its attributes', $$UPDATE nation_attribute SET product = product - 10 WHERE year = 1$$, $$DELETE FROM nation_attribute WHERE year = 2$$, $$UPDATE nation_attribute SET people = NULL WHERE year = 3$$);
SELECT * FROM planted('a reference of a larger area', 'UPDATE nation SET value = 10 * value', 'UPDATE nation_attribute SET product = 10 * product, people = 10 * people');
-- the map
SELECT * FROM planted('a region without facts, one that is not on the map', $$UPDATE place SET region = 'd' WHERE region = 'c'$$);
SELECT * FROM planted('a region that begins late', $$DELETE FROM fact WHERE region = 'c' AND year < 3$$, follow());
SELECT * FROM planted('an overlap', $$INSERT INTO place SELECT 'a part of b', ST_MakeEnvelope(2, 0, 2.25, 1, 3857)$$);
SELECT * FROM planted('a geometry that is none', $$UPDATE place SET geom = ST_GeomFromText('POLYGON((0 0, 1 1, 1 0, 0 1, 0 0))', 3857) WHERE region = 'a'$$);
SELECT * FROM planted('a region twice on the map', $$INSERT INTO place SELECT * FROM place WHERE region = 'a'$$);
SELECT * FROM planted('no map', 'DELETE FROM place') WHERE finding <> 'unknown region' OR region = 'a' AND period = '1';
SELECT * FROM planted('everything is NULL', 'UPDATE fact SET value = NULL', 'UPDATE attribute SET product = NULL, people = NULL, total = NULL', 'UPDATE nation SET value = NULL', 'UPDATE place SET region = NULL') WHERE study <> 'i' AND period = '1' AND coalesce(region, 'a') = 'a' AND coalesce(industry, 'x') = 'x';

-- what an incremental study refuses as it is written, others see when they are refreshed
SELECT kz_drop_study('i');
BEGIN;
INSERT INTO fact VALUES (NULL, 'a', 'x', 1), (1, NULL, 'x', 1), (1, NULL, 'x', 2), (2, NULL, NULL, 3);
SELECT * FROM kz_check_study('s') WHERE finding <> 'jump';
SELECT pg_temp.error('SELECT kz_refresh_study(''s'')');
ROLLBACK;
BEGIN;
UPDATE fact SET value = v FROM (VALUES ('a', 'x', 'NaN'::float8), ('a', 'y', '-inf'), ('b', 'y', 1e300), ('b', 'z', 1e-310)) AS n (r, i, v) WHERE year = 1 AND region = r AND industry = i;
SELECT * FROM kz_check_study('s') WHERE industry IS NOT NULL;
ROLLBACK;
-- listed industries: a published total may be larger than their sum; what is outside them is not looked at
BEGIN;
UPDATE fact SET value = -1 WHERE industry = 'z' AND year = 1;
INSERT INTO fact VALUES (2, 'a', NULL, 1);
UPDATE attribute SET total = 1 WHERE year = 3 AND region = 'c';
UPDATE attribute SET total = 1000 WHERE year = 1 AND region = 'c';
SELECT * FROM kz_check_study('l');
ROLLBACK;
SELECT kz_drop_study('s'), kz_drop_study('l');

-- rounding: a published sum of rounded figures is still a total, and no contradiction
CREATE TABLE rounded AS SELECT year, region, industry, round((value * 1.2345)::numeric, 1) AS value FROM fact;
INSERT INTO rounded SELECT year, region, 'total', round(sum((value * 1.2345)::numeric), 1) FROM fact GROUP BY year, region;
SELECT kz_create_study('s', 'rounded', period_column => 'year');
SELECT * FROM kz_check_study('s');
SELECT kz_drop_study('s');

-- raw tables are checked as the study reads them: of one level and vintage, through the crosswalk
CREATE TABLE raw AS SELECT year, region, industry, value, 1 AS vintage FROM fact UNION ALL SELECT year, region, 'all', sum(value), 1 FROM fact GROUP BY year, region UNION ALL VALUES (2, 'a', 'x', -5, 2), (2, 'b', 'x', NULL, 2);
CREATE TABLE tree (industry text, parent text);
INSERT INTO tree VALUES ('all', NULL), ('x', 'all'), ('y', 'all'), ('z', 'all');
CREATE TABLE successor (old text, new text, weight float8);
INSERT INTO successor VALUES ('b', 'd', 1), ('c', 'd', 0.25), ('c', 'e', 0.75);
SELECT kz_create_study('s', 'raw', period_column => 'year', classification => 'tree', parent_column => 'parent', level => 2, vintage_column => 'vintage');
SELECT * FROM kz_check_study('s');
SELECT kz_drop_study('s');
SELECT kz_create_study('s', 'raw', period_column => 'year', classification => 'tree', parent_column => 'parent', level => 2, vintage_column => 'vintage', vintage => '1',
  crosswalk => 'successor', from_region_column => 'old', to_region_column => 'new', weight_column => 'weight');
SELECT * FROM kz_check_study('s') WHERE period = '2';
SELECT kz_drop_study('s');
-- small numbers add up by chance
CREATE TABLE small (year integer, region text, industry text, value integer);
INSERT INTO small VALUES (1, 'a', 'x', 2), (1, 'b', 'x', 3), (1, 'c', 'x', 5), (1, 'a', 'y', 4), (1, 'b', 'y', 2), (1, 'c', 'y', 6), (1, 'a', 'z', 1), (1, 'b', 'z', 7), (1, 'c', 'z', 8);
SELECT kz_create_study('s', 'small', period_column => 'year');
SELECT * FROM kz_check_study('s');
UPDATE small SET value = value * 1000;
SELECT * FROM kz_check_study('s');
SELECT kz_drop_study('s');
-- the overview; another factor
SELECT kz_create_study('s', 'fact', period_column => 'year');
UPDATE fact SET value = value * 5 WHERE year = 2 AND region = 'b';
SELECT finding, count(*) FROM kz_check_study('s', factor => 4) GROUP BY 1;
SELECT count(*) FROM kz_check_study('s');
SELECT pg_temp.error(format('SELECT * FROM kz_check_study(%s)', a)) FROM (VALUES (1, 'NULL'), (2, '''t'''), (3, '''s'', 1'), (4, '''s'', NULL'), (5, '''s'', ''NaN'''), (6, '''s'', ''inf''')) v (i, a) ORDER BY i;
-- a renamed column is found; the right to read is the caller's
ALTER TABLE fact RENAME year TO jahr;
ALTER TABLE fact RENAME value TO "Wert {value}";
SELECT count(*) FROM kz_check_study('s', 4);
CREATE ROLE kz_study_check_reader;
GRANT USAGE ON SCHEMA study_check, s TO kz_study_check_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA s TO kz_study_check_reader;
SET ROLE kz_study_check_reader;
SELECT pg_temp.error('SELECT * FROM kz_check_study(''s'')');
RESET ROLE;
GRANT SELECT ON fact TO kz_study_check_reader;
SET ROLE kz_study_check_reader;
SELECT count(*) FROM kz_check_study('s', 4);
RESET ROLE;
DROP OWNED BY kz_study_check_reader;
DROP ROLE kz_study_check_reader;
SELECT kz_drop_study('s');

-- every type of period; numeric figures beyond a double, of either size
CREATE TYPE season AS ENUM ('winter', 'spring', 'summer', 'autumn');
CREATE FUNCTION typed(type text, periods text[]) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE TABLE typed AS SELECT p::%s AS period, r AS region, i AS industry, (10 + n)::numeric AS value FROM unnest($1) WITH ORDINALITY AS u (p, n), unnest(''{1,2,3}''::smallint[]) r, unnest(''{u,v}''::char(3)[]) i', type) USING periods;
  PERFORM kz_create_study('s', 'typed');
  EXECUTE 'UPDATE typed SET value = -1 WHERE region = 2 AND industry = ''u'' AND period = $1::' || type USING periods[2];
  RETURN QUERY SELECT type || ': ' || concat_ws(' | ', k.finding, k.period, k.region, k.industry, k.value, k.detail) FROM kz_check_study('s') AS k;
  PERFORM kz_drop_study('s');
  DROP TABLE typed;
END $$;
SELECT typed('date', '{2024-01-01,2024-02-01,2024-05-01}');
SELECT typed('timestamp', '{2024-01-01,2024-01-02,2024-01-04}');
SELECT typed('timestamptz', '{2024-01-31,2024-02-29,2024-04-30}');
SELECT typed('text', '{2023Q4,2024Q1,2024Q3}');
SELECT typed('varchar(20)', '{I,II,III}');
SELECT typed('char(8)', '{2001,2002,2004}');
SELECT typed('numeric', '{1.5,2.5,4.5}');
SELECT typed('bigint', '{2001,2002,2004}');
SELECT typed('float8', '{2001,2002,2004}');
SELECT typed('season', '{winter,spring,summer}');
SELECT typed('date', '{-infinity,2024-01-01,infinity}');
SET datestyle = 'German';
SELECT typed('date', '{01.01.2024,01.02.2024,01.05.2024}');
SET datestyle = 'ISO, YMD';
CREATE TABLE odd (period numeric, region text, industry text, value numeric);
INSERT INTO odd VALUES (1, 'a', 'x', 1), (1, 'b', 'x', 2);
INSERT INTO odd SELECT p, r, 'z', 8e288 * p / 3 FROM generate_series(1, 3) p, unnest('{a,b,c}'::text[]) r;
SELECT kz_create_study('s', 'odd');
INSERT INTO odd VALUES (1, 'a', 'y', 1e400), (1, 'b', 'y', 1e-400), ('NaN', 'a', 'x', 'NaN'), (1, '', '', -1), (1, '{x} "%s"', E'\t''', NULL);
SELECT finding, period, region, industry, value, detail FROM kz_check_study('s', 1e9);
SELECT kz_drop_study('s');
DROP SCHEMA study_check CASCADE;
