-- kz_study_profiles: trends of cells, profiles of regions and industries, small enough to check by hand
SET client_min_messages = warning;
SET extra_float_digits = 1;
SET jit = off;
\getenv inputdir PG_ABS_SRCDIR
\set error :inputdir '/error.sql'
\i :error
CREATE SCHEMA study_profiles;
SET search_path = study_profiles, public;
-- everything doubles from 1 to 2; then x in a grows by half, y in b falls. From 1 to 3: all by 190 / 80 - 1 = 1.375, x by 110 / 40 - 1 = 1.75,
-- x in a by 2: national 30 * 1.375 = 41.25, mix 30 * 0.375 = 11.25, regional 30 * 0.25 = 7.5, together 60
CREATE TABLE fact (year integer, region text, industry text, value float8);
INSERT INTO fact VALUES (1, 'a', 'x', 30), (1, 'a', 'y', 10), (1, 'b', 'x', 10), (1, 'b', 'y', 30),
  (2, 'a', 'x', 60), (2, 'a', 'y', 20), (2, 'b', 'x', 20), (2, 'b', 'y', 60), (3, 'a', 'x', 90), (3, 'a', 'y', 30), (3, 'b', 'x', 20), (3, 'b', 'y', 50);
SELECT kz_create_study('s', 'fact', period_column => 'year');
SELECT kz_study_profiles('s');
SELECT region, industry, periods, known_periods, candidate_periods, first_period, last_period, first_value, last_value, round(growth::numeric, 4) AS growth, value_change, "national", mix, regional, status
FROM s.trends ORDER BY region, industry;
SELECT region, industry, round(first_lq::numeric, 4) AS first_lq, round(last_lq::numeric, 4) AS last_lq, round(lq_change::numeric, 4) AS lq_change, round(score_change::numeric, 4) AS score_change,
  round(slope::numeric, 4) AS slope, round(change::numeric, 4) AS change, direction FROM s.trends ORDER BY region, industry;
SELECT year, region, candidates, top_industry, round(top_score::numeric, 4) AS top_score, largest_industry, total, industries, diversity, round(herfindahl::numeric, 4) AS herfindahl,
  round(krugman::numeric, 4) AS krugman, leading_industry, status FROM s.region_profile ORDER BY year, region;
SELECT year, industry, candidates, top_region, top_region_name, round(top_score::numeric, 4) AS top_score, largest_region, total, regions, ubiquity, round(herfindahl::numeric, 4) AS herfindahl,
  round(gini::numeric, 4) AS gini, leading_region, topographic_gini, status FROM s.industry_profile ORDER BY year, industry;
\d s.trends
SELECT c.relname, obj_description(c.oid) AS comment FROM pg_class c WHERE relnamespace = 's'::regnamespace AND relname IN ('trends', 'region_profile', 'industry_profile') ORDER BY relname;
SELECT c.relname, attname, col_description(c.oid, attnum) AS comment FROM pg_class c JOIN pg_attribute a ON attrelid = c.oid AND attnum > 0
WHERE relnamespace = 's'::regnamespace AND relname IN ('trends', 'region_profile', 'industry_profile') ORDER BY relname, attnum;
-- every column of the functions is there, as the function gives it
CREATE VIEW by_function AS SELECT f.year, k.* FROM (SELECT year, kz_matrix_agg(region, industry, value) AS m FROM fact GROUP BY year) f, kz_region_profile(m) k;
SELECT string_agg(attname, ', ') AS missing FROM (SELECT attname FROM pg_attribute WHERE attrelid = 'by_function'::regclass AND attnum > 0
  EXCEPT SELECT attname FROM pg_attribute WHERE attrelid = 's.region_profile'::regclass) d;
CREATE VIEW by_other_function AS SELECT f.year, k.* FROM (SELECT year, kz_matrix_agg(region, industry, value) AS m FROM fact GROUP BY year) f, kz_industry_profile(m) k;
SELECT string_agg(attname, ', ') AS missing FROM (SELECT attname FROM pg_attribute WHERE attrelid = 'by_other_function'::regclass AND attnum > 0
  EXCEPT SELECT attname FROM pg_attribute WHERE attrelid = 's.industry_profile'::regclass) d;
SELECT count(*) AS differing FROM by_function f JOIN s.region_profile p USING (year, region) WHERE to_jsonb(f) <> (SELECT jsonb_object_agg(key, value) FROM jsonb_each(to_jsonb(p)) WHERE key IN (SELECT jsonb_object_keys(to_jsonb(f))));
SELECT count(*) AS differing FROM by_other_function f JOIN s.industry_profile p USING (year, industry) WHERE to_jsonb(f) <> (SELECT jsonb_object_agg(key, value) FROM jsonb_each(to_jsonb(p)) WHERE key IN (SELECT jsonb_object_keys(to_jsonb(f))));
-- shift-share is that of kz_shift_share, and adds up
SELECT count(*), bool_and(t.national + t.mix + t.regional = t.value_change AND (t.national, t.mix, t.regional, t.first_value, t.last_value) = (k.national, k.mix, k.regional, k.start_value, k.finish_value)) AS same
FROM s.trends t JOIN kz_shift_share((SELECT kz_matrix_agg(region, industry, value) FROM fact WHERE year = 1), (SELECT kz_matrix_agg(region, industry, value) FROM fact WHERE year = 3)) k USING (region, industry);
SELECT pg_temp.error('SELECT kz_study_profiles(''s'')');
SELECT kz_drop_study('s');

-- the change and the direction are those of candidates, by every rule, with gaps, suppressed and negative values
INSERT INTO fact SELECT y, r, i, CASE WHEN h % 11 = 0 THEN NULL WHEN h % 13 = 0 THEN -h ELSE h END
FROM (SELECT y, r, i, 1 + (hashtextextended(r || i || y, 1) & 1023)::integer AS h FROM generate_series(4, 12) y, unnest('{a,b,c,d,e}'::text[]) r, unnest('{x,y,z}'::text[]) i) f WHERE h % 5 > 0;
SELECT kz_create_study(rule, 'fact', period_column => 'year', trend_rule => rule, tolerance => 0.2) FROM unnest('{last_step,first_last,slope}'::text[]) rule;
SELECT kz_study_profiles(rule) FROM unnest('{last_step,first_last,slope}'::text[]) rule;
SELECT rule, count(*), count(c.change) AS changes, bool_and(coalesce(abs(c.change - t.change) < 1e-9, c.change IS NULL AND t.change IS NULL)) AS same, bool_and(c.direction IS NOT DISTINCT FROM t.direction) AS same_direction
FROM (SELECT 'last_step' AS rule, * FROM last_step.candidates UNION ALL SELECT 'first_last', * FROM first_last.candidates UNION ALL SELECT 'slope', * FROM slope.candidates) c
JOIN (SELECT 'last_step' AS rule, * FROM last_step.trends UNION ALL SELECT 'first_last', * FROM first_last.trends UNION ALL SELECT 'slope', * FROM slope.trends) t USING (rule, region, industry)
WHERE c.year = (SELECT max(k.year) FROM last_step.coefficients k WHERE k.region = c.region AND k.industry = c.industry AND k.lq IS NOT NULL) GROUP BY rule ORDER BY rule;
SELECT bool_and(candidate_periods = (SELECT count(*) FROM slope.candidates c WHERE c.region = t.region AND c.industry = t.industry)) AS candidates,
  bool_and(periods = (SELECT count(*) FROM fact c WHERE c.region = t.region AND c.industry = t.industry)) AS periods,
  bool_and(known_periods = (SELECT count(value) FROM fact c WHERE c.region = t.region AND c.industry = t.industry)) AS known FROM slope.trends t;
SELECT bool_and(r.candidates = (SELECT count(*) FROM slope.candidates c WHERE c.year = r.year AND c.region = r.region)) AS regions FROM slope.region_profile r;
SELECT bool_and(i.candidates = (SELECT count(*) FROM slope.candidates c WHERE c.year = i.year AND c.industry = i.industry)) AS industries FROM slope.industry_profile i;
SELECT status, count(*), count(change) AS changes, count(regional) AS terms, count(growth) AS growth FROM slope.trends GROUP BY status ORDER BY status;
SELECT status, count(*), count(herfindahl) AS indices FROM slope.region_profile GROUP BY status ORDER BY status;
SELECT status, count(*), count(herfindahl) AS indices FROM slope.industry_profile GROUP BY status ORDER BY status;
SELECT kz_drop_study(rule) FROM unnest('{last_step,first_last,slope}'::text[]) rule;

-- one known period, none, a first value of zero, a cell that comes late
CREATE TABLE odd (period text, region text, industry text, value float8);
INSERT INTO odd VALUES ('1', 'a', 'x', 1), ('2', 'a', 'x', 2), ('1', 'a', 'once', 5), ('2', 'a', 'once', NULL), ('1', 'a', 'never', NULL), ('1', 'b', 'x', 0), ('2', 'b', 'x', 3), ('2', 'b', 'late', 3), ('3', 'b', 'late', 6), ('3', 'a', 'x', 2),
  ('1', 'b', 'below', -2), ('3', 'b', 'below', 4);
SELECT kz_create_study('odd_study', 'odd');
SELECT kz_study_profiles('odd_study');
SELECT region, industry, periods, known_periods AS known, candidate_periods AS candidate, first_period AS first, last_period AS last, first_value, last_value, round(growth::numeric, 4) AS growth, value_change,
  round("national"::numeric, 3) AS "national", round(mix::numeric, 3) AS mix, round(regional::numeric, 3) AS regional, direction, status FROM odd_study.trends ORDER BY region, industry COLLATE "C";
SELECT kz_drop_study('odd_study');
-- with fill => true absent is zero and known
SELECT kz_create_study('odd_study', 'odd', fill => true);
SELECT kz_study_profiles('odd_study');
SELECT region, industry, periods, known_periods AS known, first_period AS first, last_period AS last, first_value, last_value, status FROM odd_study.trends ORDER BY region, industry COLLATE "C";
SELECT kz_drop_study('odd_study');

-- a reference for trends and regions, published totals and areas for industries; groups for the varieties; nothing follows search_path
CREATE TABLE place (region text, label text, geom geometry(Polygon, 3857));
INSERT INTO place VALUES ('a', 'A town', ST_MakeEnvelope(0, 0, 1, 1, 3857)), ('b', 'B town', ST_MakeEnvelope(1, 0, 3, 1, 3857)), ('empty', 'Nowhere', ST_MakeEnvelope(3, 0, 4, 1, 3857));
CREATE TABLE attribute (year integer, region text, total float8);
INSERT INTO attribute VALUES (1, 'a', 100), (1, 'b', 300), (1, 'empty', 50), (2, 'a', 100), (2, 'b', NULL), (3, 'a', 100), (3, 'b', 300), (3, 'empty', 100);
CREATE TABLE nation (year integer, industry text, value float8);
INSERT INTO nation SELECT y, i, y * v FROM generate_series(1, 3) y, (VALUES ('x', 100), ('y', 200), ('other', 700)) AS v (i, v);
CREATE TABLE groups (member text, "group" text);
INSERT INTO groups VALUES ('x', 'both'), ('y', 'both'), ('y', 'both');
DELETE FROM fact WHERE year > 3;
SELECT kz_create_study('given', 'fact', 'place', 'attribute', 'nation', period_column => 'year', region_name_column => 'label', total_column => 'total', industries => '{x,y}', incremental => true);
SELECT kz_study_profiles('given', 'groups');
SELECT region_name, industry, round("national"::numeric, 6) AS "national", mix, round(regional::numeric, 6) AS regional, status FROM given.trends ORDER BY region_name, industry;
SELECT count(*) AS differing FROM given.trends t JOIN kz_shift_share((SELECT kz_matrix_agg(region, industry, value) FROM fact WHERE year = 1), (SELECT kz_matrix_agg(region, industry, value) FROM fact WHERE year = 3),
  (SELECT kz_matrix_agg('n', industry, value) FROM nation WHERE year = 1 AND industry <> 'other'), (SELECT kz_matrix_agg('n', industry, value) FROM nation WHERE year = 3 AND industry <> 'other')) k USING (region, industry)
WHERE (t.national, t.mix, t.regional) <> (k.national, k.mix, k.regional);
SELECT year, region_name, round(krugman::numeric, 4) AS krugman, round(relative_specialization::numeric, 4) AS largest_lq, leading_industry, unrelated_variety, round(related_variety::numeric, 4) AS related, round(entropy::numeric, 4) AS entropy, status
FROM given.region_profile ORDER BY year, region_name;
SELECT count(*) AS differing FROM given.region_profile p JOIN kz_region_profile((SELECT kz_matrix_agg(region, industry, value) FROM fact WHERE year = 3), (SELECT kz_matrix_agg(member, "group", 1) FROM groups),
  (SELECT kz_matrix_agg('n', industry, value) FROM nation WHERE year = 3 AND industry <> 'other')) k USING (region) WHERE year = 3 AND (p.krugman, p.theil, p.hachman, p.related_variety, p.status) <> (k.krugman, k.theil, k.hachman, k.related_variety, k.status);
SELECT year, industry, top_region_name, round(gini::numeric, 4) AS gini, round(largest_lq::numeric, 4) AS largest_lq, leading_region, round(topographic_hoover::numeric, 4) AS hoover_by_area, status FROM given.industry_profile ORDER BY year, industry;
-- in the second year b lacks its total and has its sum, 80
SELECT count(*) AS rows, count(*) FILTER (WHERE (p.gini, p.krugman, p.largest_lq, p.topographic_theil, p.status) IS DISTINCT FROM (k.gini, k.krugman, k.largest_lq, k.topographic_theil, k.status)) AS differing
FROM (SELECT f.year, k.* FROM (SELECT year, kz_matrix_agg(region, industry, value) AS m FROM fact GROUP BY year) f JOIN (SELECT year, kz_matrix_agg(region, 'total', coalesce(total, 80)) AS t FROM attribute GROUP BY year) t USING (year),
  kz_industry_profile(m, (SELECT kz_matrix_agg(region, 'area', ST_Area(geom)) FROM place), t) k) k JOIN given.industry_profile p USING (year, industry);
SET search_path = pg_catalog;
SELECT object, rows FROM public.kz_refresh_study('given');
SET search_path = study_profiles, public;
INSERT INTO fact VALUES (4, 'b', 'x', 5);
INSERT INTO nation VALUES (4, 'x', 500);
SELECT object, rows FROM kz_refresh_study('given');
SELECT region, industry, last_period, last_value, round(regional::numeric, 6) AS regional, status FROM given.trends WHERE region = 'b' ORDER BY industry;
-- a region without a geometry and an industry without a group leave what needs them unknown
DELETE FROM place WHERE region = 'a';
DELETE FROM groups WHERE member = 'y';
SELECT object, rows FROM kz_refresh_study('given');
SELECT year, count(*), count(topographic_hoover) AS by_area, count(krugman) AS krugman FROM given.industry_profile GROUP BY year ORDER BY year;
SELECT year, count(*), count(related_variety) AS varieties, count(krugman) AS krugman FROM given.region_profile GROUP BY year ORDER BY year;
SELECT kz_drop_study('given');
INSERT INTO groups VALUES ('y', 'both');
-- degrees are no area: near the pole a square degree is small
CREATE TABLE globe AS SELECT * FROM (VALUES ('a', ST_SetSRID(ST_MakeEnvelope(0, 0, 1, 1), 4326)), ('b', ST_SetSRID(ST_MakeEnvelope(0, 80, 1, 81), 4326))) AS v (region, geom);
SELECT kz_create_study('s', 'fact', 'globe', period_column => 'year');
SELECT kz_study_profiles('s');
SELECT topographic_hoover > 0.5 AS small FROM s.industry_profile WHERE year = 1 AND industry = 'y';
SELECT kz_drop_study('s');

-- hostile names, and a study of nothing
CREATE TABLE "{a} 'fact""" (period date, "re{gion}" text, "in""dustry" text, value float8);
SELECT kz_create_study('It''s {x} "study"', 'study_profiles."{a} ''fact"""', region_column => 're{gion}', industry_column => 'in"dustry');
SELECT kz_study_profiles('It''s {x} "study"');
SELECT count(*) FROM "It's {x} ""study""".trends;
INSERT INTO "{a} 'fact""" VALUES ('2020-01-01', '{r}', '{x} ''"', 1), ('2021-01-01', '{r}', '{x} ''"', 3), ('2021-01-01', '{r}', 'ы', 0);
SELECT object, rows FROM kz_refresh_study('It''s {x} "study"');
SELECT region, industry, last_value, growth, first_lq, status FROM "It's {x} ""study""".trends ORDER BY industry COLLATE "C";
SELECT region, top_industry, herfindahl, evenness, status FROM "It's {x} ""study""".region_profile ORDER BY period;
SELECT kz_drop_study('It''s {x} "study"');

-- errors
SELECT kz_create_study('s', 'fact', period_column => 'year');
SELECT pg_temp.error('SELECT kz_study_profiles(NULL)');
SELECT pg_temp.error('SELECT kz_study_profiles(''t'')');
SELECT pg_temp.error('SELECT kz_study_profiles(''s'', ''groups'', group_column => ''no'')');
DELETE FROM groups WHERE member = 'x';
SELECT pg_temp.error('SELECT kz_study_profiles(''s'', ''groups'')');
INSERT INTO groups VALUES ('x', 'both'), ('x', 'one');
SELECT pg_temp.error('SELECT kz_study_profiles(''s'', ''groups'')');
INSERT INTO groups VALUES ('x', NULL);
SELECT pg_temp.error('SELECT kz_study_profiles(''s'', ''groups'')');
SELECT count(*) FROM pg_class WHERE relnamespace = 's'::regnamespace AND relname IN ('trends', 'region_profile', 'industry_profile');
SELECT kz_drop_study('s');
ALTER TABLE fact RENAME year TO total;
SELECT kz_create_study('s', 'fact', period_column => 'total');
SELECT pg_temp.error('SELECT kz_study_profiles(''s'')');
SELECT kz_drop_study('s');
DROP SCHEMA study_profiles CASCADE;
