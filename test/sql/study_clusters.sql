-- kz_cluster_significance and kz_study_clusters, against chances that can be counted
SET client_min_messages = warning;
SET extra_float_digits = 1;
SET jit = off;
\getenv inputdir PG_ABS_SRCDIR
\set error :inputdir '/error.sql'
\i :error
CREATE SCHEMA study_clusters;
SET search_path = study_clusters, public;
-- a row of four regions; nine of a grid
CREATE TABLE row_of_four AS SELECT '{"rows":["a","b","c","d"],"cols":["a","b","c","d"],"cells":[[0,1,1],[1,0,1],[1,2,1],[2,1,1],[2,3,1],[3,2,1]]}'::kz_matrix AS w;
CREATE TABLE grid AS SELECT kz_matrix_agg(a, b, 1) AS w FROM generate_series(0, 8) a, generate_series(0, 8) b WHERE abs(a / 3 - b / 3) + abs(a % 3 - b % 3) = 1;

-- Two candidates of four are neighbours in 3 of 6 choices; a single one and two that are apart are no more than any choice
SELECT c.* FROM row_of_four, kz_cluster_significance(w, '{"rows":["a","b","d"],"cols":["apart","pair","single"],"cells":[[0,0,3],[0,1,2],[1,1,1],[1,2,5],[2,0,1],[2,1,0.5]]}', 1, 9999) c;
-- all regions are candidates: chance can do nothing else, and a total of tenths is the same in any order
SELECT DISTINCT members, total, members_p, total_p FROM grid, (SELECT kz_matrix_agg(i, 'x', 1 + i / 10.0) AS v FROM generate_series(0, 8) i) s, kz_cluster_significance(w, v) c;
-- a threshold of 0 makes candidates of absent cells, one of 9 of nothing
SELECT count(*), min(members), min(total) FROM grid, kz_cluster_significance(w, '{"rows":["1"],"cols":["x"],"cells":[[0,0,2]]}', 0) c;
SELECT count(*) FROM grid, kz_cluster_significance(w, '{"rows":["1"],"cols":["x"],"cells":[[0,0,2]]}', 9) c;
-- what is suppressed is no candidate, but may be one
SELECT c.* FROM row_of_four, kz_cluster_significance(w, '{"rows":["a","b","c"],"cols":["x"],"cells":[[0,0,2],[1,0,null],[2,0,3]]}', 1, 99) c;
-- nobody has neighbours
SELECT DISTINCT cluster, members, members_p FROM kz_cluster_significance('{"rows":["a","b","c"],"cols":["a","b","c"],"cells":[[0,0,0],[1,1,0],[2,2,0]]}', '{"rows":["a","c"],"cols":["x"],"cells":[[0,0,1],[1,0,1]]}') ORDER BY cluster;
SELECT count(*) FROM kz_cluster_significance(NULL, '{"rows":["a"],"cols":["x"],"cells":[[0,0,1]]}');
SELECT count(*) FROM row_of_four, kz_cluster_significance(w, NULL);
SELECT count(*) FROM row_of_four, kz_cluster_significance(w, '{"rows":[],"cols":[],"cells":[]}');

-- All 9 8 7 6 = 3024 ways to deal 1, 2, 3 and 4 out to the grid, counted in SQL: how often is there a group of three, a total of 6?
CREATE TABLE dealt AS
WITH RECURSIVE dealt AS (
  SELECT row_number() OVER () AS n, ARRAY[a, b, c, d] AS r FROM generate_series(0, 8) a, generate_series(0, 8) b, generate_series(0, 8) c, generate_series(0, 8) d
  WHERE a NOT IN (b, c, d) AND b NOT IN (c, d) AND c <> d
), reach AS (
  SELECT n, r, i AS one, i AS other FROM dealt, generate_series(1, 4) i
  UNION
  SELECT n, r, one, j FROM reach, generate_series(1, 4) j WHERE abs(r[other] / 3 - r[j] / 3) + abs(r[other] % 3 - r[j] % 3) = 1
) SELECT n, one, count(*) AS members, sum(other) AS total FROM reach GROUP BY n, one;
SELECT c.region, c.members, c.total, abs(c.members_p - s.members_p) < 0.005 AS like_members, abs(c.total_p - s.total_p) < 0.005 AS like_total, round(s.members_p, 4) AS members_p, round(s.total_p, 4) AS total_p
FROM grid, kz_cluster_significance(w, '{"rows":["0","1","3","8"],"cols":["x"],"cells":[[0,0,1],[1,0,2],[2,0,3],[3,0,4]]}', 1, 99999) c,
  LATERAL (SELECT avg((m >= c.members)::integer) AS members_p, avg((t >= c.total)::integer) AS total_p FROM (SELECT n, max(members) AS m, max(total) AS t FROM dealt GROUP BY n) d) s;

-- the same seed, the same numbers: of another industry too, and whatever the order of the facts; another seed, others; a symmetric half of the weights is enough
SELECT count(DISTINCT (c.members_p, c.total_p)) FROM grid, (SELECT kz_matrix_agg(r, i, v) AS m FROM unnest('{0,1,3,8}'::int[], '{1,2,3,4}'::float8[]) u (r, v), unnest('{x,y,z}'::text[]) i) v,
  kz_cluster_significance(w, m, 1, 500) c WHERE c.cluster = 1;
SELECT count(DISTINCT c) FROM (SELECT k, kz_matrix_agg(r, 'x', v ORDER BY md5((k + r)::text)) AS m FROM unnest('{0,1,3,8}'::int[], '{1,2,3,4}'::float8[]) u (r, v), generate_series(1, 9) k GROUP BY k) v, grid,
  kz_cluster_significance(w, m, 1, 500) c WHERE c.region = '0';
SELECT count(DISTINCT c.members_p) > 5 FROM grid, generate_series(-5, 5) s, kz_cluster_significance(w, '{"rows":["0","1","3","8"],"cols":["x"],"cells":[[0,0,1],[1,0,2],[2,0,3],[3,0,4]]}', 1, 500, s) c WHERE region = '0';
SELECT count(*) FROM (SELECT c.* FROM grid, kz_cluster_significance(w, '{"rows":["0","1","3","8"],"cols":["x"],"cells":[[0,0,1],[1,0,2],[2,0,3],[3,0,4]]}') c
  EXCEPT SELECT c.* FROM (SELECT kz_matrix_agg(a, b, CASE WHEN a <= b THEN (a <> b)::int ELSE 0 END) AS w FROM generate_series(0, 8) a, generate_series(0, 8) b WHERE abs(a / 3 - b / 3) + abs(a % 3 - b % 3) <= 1) half,
    kz_cluster_significance(w, '{"rows":["0","1","3","8"],"cols":["x"],"cells":[[0,0,1],[1,0,2],[2,0,3],[3,0,4]]}') c) s;
-- NULL stands for the default; the groups are the components of the candidates
SELECT count(*) FROM (SELECT c.* FROM grid, kz_cluster_significance(w, '{"rows":["0","1","3","8"],"cols":["x"],"cells":[[0,0,1],[1,0,2],[2,0,3],[3,0,4]]}', NULL, NULL, NULL) c
  EXCEPT SELECT c.* FROM grid, kz_cluster_significance(w, '{"rows":["0","1","3","8"],"cols":["x"],"cells":[[0,0,1],[1,0,2],[2,0,3],[3,0,4]]}', 1, 999, 1) c) s;
SELECT count(*), bool_and(c.cluster = k.component) FROM grid, (SELECT kz_matrix_agg(i, 'x', i % 4) AS v FROM generate_series(0, 8) i) s, kz_cluster_significance(w, v, 1, 1) c,
  LATERAL (SELECT * FROM kz_connected_components((SELECT kz_matrix_agg(a, b, (abs(a / 3 - b / 3) + abs(a % 3 - b % 3) = 1)::int) FROM generate_series(0, 8) a, generate_series(0, 8) b WHERE a % 4 > 0 AND b % 4 > 0))) k
WHERE k.label = c.region;

-- without replicates only the groups
SELECT c.* FROM row_of_four, kz_cluster_significance(w, '{"rows":["a","b","d"],"cols":["x"],"cells":[[0,0,3],[1,0,1],[2,0,1]]}', 1, 0) c;

-- errors
SELECT pg_temp.error(format('SELECT kz_cluster_significance(w, %s) FROM row_of_four', a)) FROM (VALUES (1, '''{"rows":["e"],"cols":["x"],"cells":[[0,0,1]]}'''), (2, '''{"rows":["a"],"cols":["x"],"cells":[[0,0,1]]}'', ''NaN'''),
  (3, '''{"rows":["a"],"cols":["x"],"cells":[[0,0,1]]}'', replicates => -1'), (4, '''{"rows":["a"],"cols":["x"],"cells":[[0,0,1]]}'', replicates => 1000001')) v (i, a) ORDER BY i;
SELECT pg_temp.error(format('SELECT kz_cluster_significance(%L, ''{"rows":["a"],"cols":["x"],"cells":[[0,0,1]]}'')', w)) FROM (VALUES (1, '{"rows":["a"],"cols":["b"],"cells":[[0,0,1]]}'), (2, '{"rows":["a"],"cols":["a"],"cells":[[0,0,null]]}')) v (i, w) ORDER BY i;

-- a study of a row of six regions and a far one: x in a b c and e, y in b c, z everywhere
CREATE TABLE place (region text, title text, geom geometry(Polygon, 3857));
INSERT INTO place SELECT chr(96 + i), upper(chr(96 + i)), ST_MakeEnvelope(i + 10 * (i / 7), 0, i + 1 + 10 * (i / 7), 1, 3857) FROM generate_series(1, 7) i;
CREATE TABLE fact (year integer, region text, industry text, value float8);
INSERT INTO fact SELECT y, chr(96 + r), i, CASE i WHEN 'x' THEN CASE WHEN r IN (1, 2, 3, 5) THEN 8 + r ELSE 1 END WHEN 'y' THEN CASE WHEN r IN (2, 3) THEN 6 + y ELSE 2 END ELSE 10 END
FROM generate_series(1, 2) y, generate_series(1, 7) r, unnest('{x,y,z}'::text[]) i;
CREATE TABLE class (member text, "group" text);
INSERT INTO class VALUES ('x', 'heavy'), ('y', 'heavy'), ('z', 'light'), ('x', 'all but z'), ('y', 'all but z'), ('elsewhere', 'nothing');
SELECT kz_create_study('s', 'fact', 'place', period_column => 'year', region_name_column => 'title');
SELECT kz_study_clusters('s');
SELECT id, year, industry, cluster, members, regions, region_names, value, round(share::numeric, 4) AS share, round(lq::numeric, 4) AS lq, cs, round(total::numeric, 4) AS total, members_p, total_p, status, ST_Area(geom) AS area
FROM s.cluster_significance ORDER BY id;
-- the rows of clusters
SELECT count(*), bool_and(k.lq = c.lq AND k.value = c.value AND k.share = c.share AND k.members = c.members AND k.region_names = c.region_names AND k.status = c.status AND ST_Equals(k.geom, c.geom))
FROM s.clusters c FULL JOIN s.cluster_significance k ON k.year = c.year AND k.industry = c.industry AND k.regions = array_to_string(c.regions, ', ');
-- groups of related industries, within a distance that the far one is in. Year 1: x is 46 and y 24, of which a, b, c and e have 43 and 18: 61 of 70, where they
-- have 101 of all 140: (61 / 70) / (101 / 140)
SELECT kz_study_clusters('s', 'class', distance => 10, replicates => 99, seed => 7, view_name => 'kin');
SELECT year, industry, cluster, members, regions, value, round(share::numeric, 4) AS share, round(lq::numeric, 4) AS lq, members_p, total_p, status FROM s.kin ORDER BY id;
SELECT count(*), bool_and(abs(k.lq - (f.value / n.value) / (f.total / n.total)) < 1e-12) FROM s.kin k,
  LATERAL (SELECT sum(value) FILTER (WHERE industry <> 'z') AS value, sum(value) AS total FROM fact WHERE year = k.year AND region = ANY (string_to_array(k.regions, ', '))) f,
  LATERAL (SELECT sum(value) FILTER (WHERE industry <> 'z') AS value, sum(value) AS total FROM fact WHERE year = k.year) n WHERE k.industry <> 'light';
-- an industry that a region lacks still counts in the group's reference
DELETE FROM fact WHERE region = 'd' AND industry = 'y';
UPDATE fact SET value = NULL WHERE region = 'a' AND industry = 'x' AND year = 2;
SELECT object, rows FROM kz_refresh_study('s') ORDER BY object;
SELECT year, industry, regions, value, round(lq::numeric, 4) AS lq, status FROM s.kin ORDER BY id;
SELECT count(*), bool_and(abs(k.lq - (f.value / n.value) / (f.total / n.total)) < 1e-12) FROM s.kin k,
  LATERAL (SELECT sum(value) FILTER (WHERE industry <> 'z') AS value, sum(value) AS total FROM fact WHERE year = k.year AND region = ANY (string_to_array(k.regions, ', '))) f,
  LATERAL (SELECT sum(value) FILTER (WHERE industry <> 'z') AS value, sum(value) AS total FROM fact WHERE year = k.year) n WHERE k.industry <> 'light' AND year = 1;
-- comments; concurrently; keys
SELECT obj_description('s.kin'::regclass);
SELECT attrelid::regclass, count(*), count(col_description(attrelid, attnum)) FROM pg_attribute WHERE attrelid IN ('s.kin'::regclass, 's.cluster_significance'::regclass) AND attnum > 0 GROUP BY 1 ORDER BY 1::text COLLATE "C";
REFRESH MATERIALIZED VIEW CONCURRENTLY s.kin;
SELECT pg_temp.error(format('SELECT kz_study_clusters(%s)', a)) FROM (VALUES (1, 'NULL'), (2, '''t'''), (3, '''s'', distance => -1'), (4, '''s'', distance => ''NaN'''), (5, '''s'', replicates => 0'), (6, '''s'', replicates => NULL'), (7, '''s'', seed => NULL'),
  (8, '''s'', view_name => '''''), (9, '''s'''), (10, '''s'', ''class'', ''x'''), (11, '''s'', ''class'', group_column => ''x'''), (12, '''s'', ''place'', ''title'', ''region'', view_name => ''v''')) v (i, a) ORDER BY i;
SELECT pg_temp.error('INSERT INTO class VALUES (''x'', NULL); SELECT kz_study_clusters(''s'', ''class'', view_name => ''v'')');
SELECT kz_create_study('t', 'fact', period_column => 'year');
SELECT pg_temp.error('SELECT kz_study_clusters(''t'')');
-- tiles that fit together, some with a hole that another fills, and rectangles that overlap, touch or lie apart: the groups are those of ST_ClusterDBSCAN, their shapes ST_Union
CREATE TABLE tile AS SELECT 'r' || i AS region, ST_MakeEnvelope(i / 8, i % 8, i / 8 + 1, i % 8 + 1, 3857) AS geom FROM generate_series(0, 63) i WHERE i NOT IN (9, 20, 42);
UPDATE tile SET geom = ST_Difference(geom, ST_Buffer(ST_Centroid(geom), 0.3)) WHERE region IN ('r11', 'r33', 'r55');
INSERT INTO tile SELECT 's' || i, ST_Buffer(ST_SetSRID(ST_MakePoint(i / 8 + 0.5, i % 8 + 0.5), 3857), 0.3) FROM unnest('{11,55}'::int[]) i;
CREATE TABLE heap AS SELECT 'r' || i AS region, ST_Multi(ST_MakeEnvelope(x, y, x + 1 + i % 3, y + 1 + i % 2, 3857)) AS geom
FROM generate_series(1, 60) i, LATERAL (SELECT (i * 37 % 41) / 2.0 AS x, (i * 23 % 43) / 2.0 AS y) AS c;
CREATE VIEW load AS SELECT p AS period, r.region, 'i' || k AS industry, 1 + (hashtextextended(r.region, k * 10 + p) & 3)::float8 AS value
FROM (SELECT region FROM tile UNION SELECT region FROM heap) r, generate_series(1, 6) k, generate_series(1, 2) p;
CREATE VIEW load_tile AS SELECT l.* FROM load l WHERE region IN (SELECT region FROM tile);
CREATE VIEW load_heap AS SELECT l.* FROM load l WHERE region IN (SELECT region FROM heap);
SELECT kz_create_study('tiles', 'load_tile', 'tile'), kz_create_study('heaps', 'load_heap', 'heap'), kz_create_study('heaps_near', 'load_heap', 'heap', distance => 0.5);
SELECT v.study, count(*) > 20 AS clusters, max(v.members) > 5 AS large, bool_and(v.same) AS same, bool_and(v.shape) AS shape
FROM (
  SELECT s.study, s.members, c.regions IS NOT NULL AS same, ST_Equals(s.geom, c.geom) AS shape
  FROM (SELECT 'tiles' AS study, * FROM tiles.clusters UNION ALL SELECT 'heaps', * FROM heaps.clusters UNION ALL SELECT 'heaps_near', * FROM heaps_near.clusters) s
  FULL JOIN (
    SELECT study, period, industry, array_agg(region ORDER BY region COLLATE "C") AS regions, ST_Union(geom) AS geom
    FROM (
      SELECT 'tiles' AS study, c.period, c.industry, c.region, g.geom, ST_ClusterDBSCAN(g.geom, 0, 1) OVER (PARTITION BY c.period, c.industry) AS part
      FROM tiles.candidates c JOIN tile g USING (region)
      UNION ALL SELECT s.study, c.period, c.industry, c.region, g.geom, ST_ClusterDBSCAN(g.geom, s.distance, 1) OVER (PARTITION BY s.study, c.period, c.industry)
      FROM (VALUES ('heaps', 0), ('heaps_near', 0.5)) s (study, distance), heaps.candidates c JOIN heap g USING (region)) d
    GROUP BY study, period, industry, part) c ON c.study = s.study AND c.period = s.period AND c.industry = s.industry AND c.regions = s.regions) v
GROUP BY v.study ORDER BY v.study;
SELECT kz_drop_study(s) FROM unnest('{s,t,tiles,heaps,heaps_near}'::text[]) s;
DROP SCHEMA study_clusters CASCADE;
