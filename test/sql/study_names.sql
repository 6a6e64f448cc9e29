-- kz_study_names: the regions and industries of a study in several languages
SET client_min_messages = warning;
SET extra_float_digits = 1;
SET jit = off;
\getenv inputdir PG_ABS_SRCDIR
\set error :inputdir '/error.sql'
\i :error
CREATE SCHEMA study_names;
SET search_path = study_names, public;
-- three squares in a row; "c" has no facts
CREATE TABLE place (region text, title text, geom geometry(MultiPolygon, 3857));
INSERT INTO place SELECT chr(96 + i), 'place ' || chr(96 + i), ST_Multi(ST_MakeEnvelope(i, 0, i + 1, 1, 3857)) FROM generate_series(1, 3) i;
CREATE TABLE fact (year integer, region text, industry text, value float8);
INSERT INTO fact VALUES (1, 'a', 'x', 40), (1, 'a', 'y', 10), (1, 'b', 'x', 30), (1, 'b', 'y', 20), (2, 'a', 'x', 50), (2, 'a', 'y', 10), (2, 'b', 'x', 10), (2, 'b', 'y', 30);
-- three name columns of a classification become rows; it has more labels than the study
CREATE TABLE section (code varchar(5), name_kk text, name_ru text, name_en text COLLATE "C");
INSERT INTO section VALUES ('x', 'икс кк', 'икс', 'ex'), ('y', NULL, 'игрек', 'wy'), ('z', 'зет кк', 'зет', 'zed');
CREATE VIEW section_name AS
  SELECT code AS label, language, name FROM section
  CROSS JOIN LATERAL (VALUES ('kk', name_kk), ('ru', name_ru), ('en', name_en)) AS v (language, name)
  WHERE name IS NOT NULL;
-- another relation has other languages
CREATE TABLE place_name (label text, language text, name text);
INSERT INTO place_name VALUES ('a', 'kk', 'А орны'), ('b', 'kk', 'Б орны'), ('a', 'zh-Hant', '甲'), ('c', 'kk', 'В орны'), ('elsewhere', 'kk', 'басқа');

SELECT kz_create_study('s', 'fact', 'place', period_column => 'year', region_name_column => 'title');
SELECT kz_study_names('s', industries => 'section_name', regions => 'place_name');
SELECT * FROM s.names ORDER BY kind COLLATE "C", label COLLATE "C", language COLLATE "C";
SELECT year, language, region, region_name, industry, industry_name, round(lq::numeric, 3) AS lq, region_translated, industry_translated
FROM s.named_candidates ORDER BY year, language COLLATE "C", region, industry;
-- each language has every candidate, as it is in candidates
SELECT n.language, count(*), bool_and((n.value, n.lq, n.lq_passed, n.score, n.rank, n.change, n.direction, n.status) IS NOT DISTINCT FROM (c.value, c.lq, c.lq_passed, c.score, c.rank, c.change, c.direction, c.status))
FROM s.named_candidates AS n FULL JOIN s.candidates AS c USING (year, region, industry) GROUP BY 1 ORDER BY n.language COLLATE "C";
SELECT id, year, language, industry_name, members, region_names, regions_translated, industry_translated, ST_Area(geom) AS area FROM s.named_clusters ORDER BY language COLLATE "C", id;
SELECT table_name, string_agg(column_name, ' ' ORDER BY ordinal_position) FROM information_schema.columns WHERE table_schema = 's' AND table_name LIKE 'name%' GROUP BY 1 ORDER BY min(table_name::text COLLATE "C");
SELECT attrelid::regclass, count(*), count(col_description(attrelid, attnum)) FROM pg_attribute WHERE attrelid IN ('s.names'::regclass, 's.named_candidates'::regclass, 's.named_clusters'::regclass) AND attnum > 0 GROUP BY 1 ORDER BY 1::text COLLATE "C";
SELECT obj_description('s.named_candidates'::regclass);
-- whatever the collations of the names, the columns can be sorted
SELECT count(*) FROM (SELECT region_name, industry_name, language FROM s.named_candidates ORDER BY 1, 2, 3) AS q;
SELECT count(*) FROM (SELECT name, region_names FROM s.names, s.named_clusters ORDER BY 1, 2) AS q;

-- a change is seen at once; what has become ambiguous or empty is as good as missing, and a new language is there
INSERT INTO place_name VALUES ('b', 'kk', 'тағы Б'), ('b', 'zh-Hant', ''), ('b', 'tr', 'B yeri'), (NULL, 'kk', '?'), ('a', NULL, '?');
SELECT label, language, name, translated FROM s.names WHERE kind = 'region' AND label IN ('a', 'b') ORDER BY label, language COLLATE "C";
SELECT language, count(*), count(DISTINCT (year, region, industry)) FROM s.named_candidates GROUP BY 1 ORDER BY language COLLATE "C";
TRUNCATE place_name;
SELECT DISTINCT language, region_name, region_translated FROM s.named_candidates ORDER BY 1, 2;
UPDATE section SET name_kk = NULL, name_ru = NULL, name_en = NULL;
SELECT count(*) FROM s.named_candidates;
SELECT kz_drop_study('s');

-- one relation only, columns of other names and types, an enum of labels, no regions; hostile labels
CREATE TYPE branch AS ENUM ('x', 'y');
CREATE TABLE odd (year integer, region integer, industry branch, value numeric);
INSERT INTO odd SELECT year, CASE region WHEN 'a' THEN 1 ELSE 2 END, industry::branch, value FROM fact;
CREATE TABLE odd_name (code branch, lang char(3), text varchar(40));
INSERT INTO odd_name VALUES ('x', 'de', '{study} "x" ''x'' %s'), ('y', 'de', 'ypsilon');
SELECT kz_create_study('s', 'odd', period_column => 'year');
SELECT kz_study_names('s', 'odd_name', label_column => 'code', language_column => 'lang', name_column => 'text');
SELECT * FROM s.names ORDER BY kind COLLATE "C", label COLLATE "C";
SELECT DISTINCT industry, industry_name, region_name, region_translated, industry_translated FROM s.named_candidates ORDER BY 1, 3;
SELECT to_regclass('s.named_clusters');
ALTER TABLE odd_name RENAME code TO label;
SELECT count(*) FROM s.named_candidates;
SELECT pg_temp.error($$SELECT kz_study_names('s', 'odd_name', language_column => 'lang', name_column => 'text')$$);
SELECT kz_drop_study('s');
CREATE TABLE odd_region (label integer, language text, name text);
INSERT INTO odd_region VALUES (1, 'ru', 'первый');
-- an incremental study: new regions are named at once
SELECT kz_create_study('s', 'odd', period_column => 'year', incremental => true);
SELECT kz_study_names('s', regions => 'odd_region');
INSERT INTO odd VALUES (3, 1, 'y', 5), (3, 3, 'x', 5);
SELECT year, region_name, region_translated, industry_name, industry_translated FROM s.named_candidates WHERE language = 'ru' AND year = 3 ORDER BY region;
SELECT kind, label, name FROM s.names ORDER BY kind COLLATE "C", label COLLATE "C";
SELECT kz_drop_study('s');

-- errors
SELECT kz_create_study('s', 'fact', period_column => 'year');
CREATE TABLE n (label text, language text, name text);
SELECT pg_temp.error(format('SELECT kz_study_names(%s)', a)) FROM (VALUES (1, 'NULL, ''n'''), (2, '''s'''), (3, '''t'', ''n'''), (4, '''s'', ''n'''), (5, '''s'', ''n'', label_column => ''code'''),
  (6, '''s'', ''n'', language_column => NULL'), (7, '''s'', ''n'', name_column => ''no''')) v (i, a) ORDER BY i;
INSERT INTO n VALUES ('x', 'kk', 'икс'), ('other', 'kk', 'өзге');
SELECT pg_temp.error('SELECT kz_study_names(''s'', regions => ''n'')');
SELECT pg_temp.error(format('INSERT INTO n VALUES (%s); SELECT kz_study_names(''s'', ''n'')', a)) FROM (VALUES (1, 'NULL, ''kk'', ''a'''), (2, '''y'', NULL, ''a'''), (3, '''y'', ''kk'', NULL'), (4, '''y "%s" {label}'', ''kk'', '''''),
  (5, '''x'', ''kk'', ''иксы'''), (6, '''other'', ''kk'', ''өзге''')) v (i, a) ORDER BY i;
SELECT kz_study_names('s', 'n');
SELECT pg_temp.error('SELECT kz_study_names(''s'', ''n'')');
SELECT kz_drop_study('s');
CREATE VIEW named AS SELECT year AS language, region, industry, value FROM fact;
SELECT kz_create_study('s', 'named', period_column => 'language');
SELECT pg_temp.error('SELECT kz_study_names(''s'', ''n'')');
SELECT kz_drop_study('s');
DROP SCHEMA study_names CASCADE;
