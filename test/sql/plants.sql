-- Concentration given the sizes of plants, coagglomeration of pairs and groups, colocation of establishments.
SET extra_float_digits = 1;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
CREATE FUNCTION pg_temp.error(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  state text;
  message text;
  hint text;
BEGIN
  EXECUTE query;
  RETURN 'no error: ' || query;
EXCEPTION WHEN query_canceled OR OTHERS THEN
  GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT, hint = PG_EXCEPTION_HINT;
  RETURN state || ' ' || message || CASE WHEN hint <> '' THEN E'\n      ' || hint ELSE '' END;
END $$;
CREATE FUNCTION pg_temp.r(number float8) RETURNS numeric LANGUAGE sql AS $$ SELECT round(number::numeric, 6) $$;

-- Five plants, small enough to check by hand. Shares of x: A 3/4, B 1/4; of y: A 1/4, B 3/4; of all jobs: 1/2 each, so
-- 1 - sum x^2 = 1/2. Plants' shares of x: 1/2, 1/4, 1/4, H = 3/8, sum z^4 = 18/256; of y: 1/4, 3/4, H = 5/8, 82/256.
-- G = 1/8 for both. gamma: (1/8 - 3/16) / (5/16) = -1/5; (1/8 - 5/16) / (3/16) = -1.
-- Variance: 2 (1/4) (36 - 18)/256 / (5/16)^2 = 9/25, z = -1/3; 2 (1/4) (100 - 82)/256 / (3/16)^2 = 1, z = -1.
-- Maurel and Sedillot: sum s^2 = 5/8 for both; (1/4 - 3/8) / (5/8) = -1/5; (1/4 - 5/8) / (3/8) = -1.
-- Devereux and others: 5/8 - 3/8 = 1/4, less 1/2 - 1/3: 1/12; 5/8 - 5/8 = 0, less 1/2 - 1/2: 0.
CREATE TEMPORARY TABLE plant (plant text, region text, industry text, jobs float8);
INSERT INTO plant VALUES ('p1', 'A', 'x', 2), ('p2', 'A', 'x', 1), ('p3', 'B', 'x', 1), ('p4', 'A', 'y', 1), ('p5', 'B', 'y', 3);
CREATE TEMPORARY VIEW m AS SELECT kz_matrix_agg(region, industry, jobs) AS m, kz_matrix_agg(plant, industry, jobs) AS p, kz_matrix_agg(region, industry, 1) AS n FROM plant;
\x
SELECT industry, plants, herfindahl, raw_concentration, pg_temp.r(ellison_glaeser) AS ellison_glaeser, pg_temp.r(ellison_glaeser_variance) AS ellison_glaeser_variance,
  pg_temp.r(ellison_glaeser_z) AS ellison_glaeser_z, pg_temp.r(ellison_glaeser_p) AS ellison_glaeser_p, pg_temp.r(maurel_sedillot) AS maurel_sedillot,
  devereux_griffith_simpson, pg_temp.r(devereux_griffith_simpson_excess) AS devereux_griffith_simpson_excess, status
FROM m, kz_plant_concentration(m, p);
\x
-- (1/4 (-1/4) + (-1/4) 1/4) / (1/2); the group of both is the pair, and all jobs are where all jobs are
SELECT c.* FROM m, kz_coagglomeration(m) c;
SELECT kz_coagglomeration_matrix(m) FROM m;
SELECT c.* FROM m, kz_group_coagglomeration(m) c;
-- the mean of the shares is 1/2 each as well
SELECT c.* FROM m, kz_coagglomeration(m, 'mean') c;
-- Pairs in one region: A 2 x 1, B 1 x 1, of 3 x 2. Of two places among AAABB, (6 + 2) / 20 are in one region; of three,
-- 6 / 60; so c2 = 0.24, c3 = -0.06, c4 = 0.04 and the variance (0.24 - 3 0.06 + 2 0.04) / 6 = 0.14 / 6.
SELECT industry, other_industry, colocation, expected, pg_temp.r(excess) AS excess, pg_temp.r(z) AS z, pg_temp.r(c.p) AS p, pg_temp.r(excess ^ 2 / z ^ 2) AS variance, status
FROM m, kz_colocation(n) c;
-- all ten ways to deal three x and two y out over AAABB
SELECT count(*) AS ways, avg(cl)::numeric(9,6) AS expected, var_pop(cl)::numeric(9,6) AS variance
FROM (SELECT ((bit_count(d & B'11100') * bit_count(~d & B'11100') + bit_count(d & B'00011') * bit_count(~d & B'00011')) / 6.0) AS cl
      FROM (SELECT i::bit(5) AS d FROM generate_series(0, 31) i) s WHERE bit_count(d) = 3) w;
-- among the pair's own places: here all of them are
SELECT count(*) AS pairs, bool_and(a = b) AS same FROM m, kz_colocation(n) a JOIN LATERAL kz_colocation(n, 'pair') b USING (industry, other_industry);

-- a reference: all jobs of all regions, C without a plant of these industries; as a column and as a row
CREATE TEMPORARY VIEW r AS SELECT kz_matrix_agg(region, 'jobs', jobs) AS r, kz_matrix_agg('jobs', region, jobs) AS row FROM (VALUES ('B', 25), ('A', 50), ('C', 25)) v (region, jobs);
-- shares 1/2, 1/4, 1/4, 1 - sum x^2 = 5/8. G of x: 1/16 + 0 + 1/16; of y: 1/16 + 1/4 + 1/16. The pair: -1/16 + 0 + 1/16 = 0.
SELECT industry, raw_concentration, pg_temp.r(ellison_glaeser) AS ellison_glaeser, pg_temp.r(maurel_sedillot) AS maurel_sedillot, devereux_griffith_simpson AS dgs, pg_temp.r(devereux_griffith_simpson_excess) AS dgs_excess, status
FROM m, r, kz_plant_concentration(m, p, r);
SELECT c.* FROM m, r, kz_coagglomeration(m, reference => 'given', base => r) c;
SELECT c.* FROM m, r, kz_group_coagglomeration(m, reference => 'given', base => r) c;
SELECT kz_coagglomeration_matrix(m, reference => 'given', base => r) FROM m, r;
SELECT bool_and(a = b) AS row_or_column FROM m, r, kz_plant_concentration(m, p, r) a JOIN LATERAL kz_plant_concentration(m, p, row) b USING (industry);
-- a region that is written out as zeros is the region that only the reference has
SELECT bool_and(a = b) AS same, kz_coagglomeration_matrix(m, 'given', r) = kz_coagglomeration_matrix(z, 'given', r) AS same_matrix
FROM m, r, LATERAL (SELECT m + '{"rows":["C"],"cols":["x","y"],"cells":[[0,0,0],[0,1,0]]}' AS z) z, kz_plant_concentration(m, p, r) a JOIN LATERAL kz_plant_concentration(z, p, r) b USING (industry) GROUP BY m, r, z;
-- counts instead of jobs, against all jobs: Guimaraes, Figueiredo and Woodward's index, H = 1 / plants
SELECT industry, herfindahl * plants AS one, pg_temp.r(ellison_glaeser) AS from_counts, pg_temp.r((raw_concentration - 0.625 / plants) / (0.625 * (1 - 1.0 / plants))) AS closed_form
FROM m, r, kz_plant_concentration(n, (SELECT kz_matrix_agg(plant, industry, 1) FROM plant), r);

-- what is awkward: an industry of one plant, of zeros, without plants, suppressed, negative; plants that do not add up
CREATE TEMPORARY TABLE awkward (plant text, region text, industry text, jobs float8);
INSERT INTO awkward VALUES ('a', 'N', 'fine', 4), ('b', 'S', 'fine', 2), ('c', 'S', 'fine', 2), ('d', 'N', 'lone', 4), ('e', 'S', 'zero', 0), ('f', 'N', 'minus', 3), ('g', 'S', 'minus', -1),
  ('h', 'S', 'more', 3), ('i', 'N', 'more', 1), ('k', 'N', 'more', 2), ('j', 'N', 'spare', 8), (NULL, 'S', 'without', 2);
CREATE TEMPORARY VIEW a AS SELECT kz_matrix_agg(region, industry, jobs) AS m, kz_matrix_agg(coalesce(plant, 'x'), industry, jobs) FILTER (WHERE plant IS NOT NULL AND plant <> 'i') AS p FROM awkward;
SELECT industry, plants, herfindahl AS h, pg_temp.r(raw_concentration) AS g, pg_temp.r(ellison_glaeser) AS eg, pg_temp.r(ellison_glaeser_z) AS z, pg_temp.r(maurel_sedillot) AS ms,
  pg_temp.r(devereux_griffith_simpson) AS dgs, pg_temp.r(devereux_griffith_simpson_excess) AS dgs_excess, status
FROM a, kz_plant_concentration(m, p);
-- a plant of zero is none, a plant in two industries is one of each, and plants of the same label are one
SELECT industry, plants, herfindahl, status FROM kz_plant_concentration('{"rows":["A","B"],"cols":["x","y"],"cells":[[0,0,1],[1,0,1],[0,1,3],[1,1,1]]}',
  '{"rows":["p","q","r"],"cols":["w","x","y"],"cells":[[0,1,1],[0,2,3],[1,1,1],[1,2,1],[2,0,7],[2,1,0]]}');
SELECT industry, plants, herfindahl, status FROM kz_plant_concentration((SELECT kz_matrix_agg(region, industry, jobs) FROM plant), (SELECT kz_matrix_agg('every', industry, jobs) FROM plant));
-- a suppressed plant: what rests on its size; a suppressed cell of the regions: its industry, and lower bounds elsewhere
SELECT industry, plants, herfindahl AS h, raw_concentration AS g, ellison_glaeser AS eg, devereux_griffith_simpson AS dgs, status
FROM m, kz_plant_concentration(m, p + '{"rows":["p9"],"cols":["x"],"cells":[[0,0,null]]}');
SELECT industry, plants, herfindahl AS h, pg_temp.r(raw_concentration) AS g, pg_temp.r(ellison_glaeser) AS eg, devereux_griffith_simpson AS dgs, status
FROM m, kz_plant_concentration(m + '{"rows":["A"],"cols":["x"],"cells":[[0,0,null]]}', p);
SELECT industry, pg_temp.r(ellison_glaeser) AS eg, status FROM m, r, kz_plant_concentration(m + '{"rows":["A"],"cols":["x"],"cells":[[0,0,null]]}', p, r);
-- pairs and groups of the awkward
SELECT industry, other_industry, pg_temp.r(c.coagglomeration) AS total, pg_temp.r(b.coagglomeration) AS mean, c.status, b.status AS status_of_mean
FROM a, kz_coagglomeration(m) c JOIN LATERAL kz_coagglomeration(m, 'mean') b USING (industry, other_industry) ORDER BY c.status, industry COLLATE "C", other_industry COLLATE "C";
SELECT g.* FROM a, kz_group_coagglomeration(m) g;
SELECT i AS of, industries_in_group AS n, pg_temp.r(raw_concentration) AS g, pg_temp.r(coagglomeration) AS coagglomeration, status FROM a, (VALUES ('{fine,lone,without}'::text[]), ('{fine,lone}'), ('{lone,fine,fine}'), ('{fine,lone,zero}'), ('{fine,zero}'), ('{fine}'), ('{zero}'), ('{}'), ('{fine,minus}')) v (i), kz_group_coagglomeration(m, i) g;
-- a suppressed cell: its pairs, and lower bounds elsewhere; against the mean, an industry is missing from the reference
SELECT industry, other_industry, pg_temp.r(coagglomeration) AS coagglomeration, status
FROM a, kz_coagglomeration(kz_cols(m, '{fine,lone,more}') + '{"rows":["N"],"cols":["spare"],"cells":[[0,0,null]]}', 'mean');
SELECT kz_coagglomeration_matrix('{"rows":["N","S"],"cols":["x","y","z"],"cells":[[0,0,1],[0,1,null],[1,0,1],[1,1,1],[1,2,-1]]}');
SELECT g.* FROM kz_group_coagglomeration('{"rows":["N","S"],"cols":["x","y","z"],"cells":[[0,0,1],[0,1,null],[1,0,1],[1,1,1],[1,2,1]]}') g;
SELECT industries_in_group, pg_temp.r(raw_concentration) AS g, pg_temp.r(coagglomeration) AS coagglomeration, status FROM kz_group_coagglomeration('{"rows":["N","S"],"cols":["x","y","z"],"cells":[[0,0,1],[0,1,null],[1,0,1],[1,1,1],[1,2,1]]}', '{x,z}') g;
-- a region, or a reference, that is negative or nothing at all
SELECT c.* FROM kz_coagglomeration('{"rows":["N","S"],"cols":["x","y","z"],"cells":[[0,0,1],[0,1,1],[1,0,1],[1,2,-3]]}') c;
SELECT c.* FROM kz_coagglomeration('{"rows":["N","S"],"cols":["x","y"],"cells":[[0,0,1],[0,1,1],[1,0,1]]}', reference => 'given', base => '{"rows":["N","S"],"cols":["r"],"cells":[[0,0,0],[1,0,0]]}') c;
SELECT c.* FROM kz_coagglomeration('{"rows":["N","S"],"cols":["x","y"],"cells":[[0,0,1],[0,1,1],[1,0,1]]}', reference => 'given', base => '{"rows":["N","S"],"cols":["r"],"cells":[[0,0,2],[1,0,-1]]}') c;
-- one region, one industry, one cell, nothing, NULL
SELECT industry, plants, herfindahl, raw_concentration, ellison_glaeser, devereux_griffith_simpson, status FROM kz_plant_concentration('{"rows":["A"],"cols":["x"],"cells":[[0,0,3]]}', '{"rows":["p","q"],"cols":["x"],"cells":[[0,0,1],[1,0,2]]}');
SELECT c.* FROM kz_coagglomeration('{"rows":["A"],"cols":["x","y"],"cells":[[0,0,3],[0,1,1]]}') c;
SELECT c.* FROM kz_group_coagglomeration('{"rows":["A"],"cols":["x","y"],"cells":[[0,0,3],[0,1,1]]}') c;
SELECT kz_coagglomeration_matrix('{"rows":["A"],"cols":["x"],"cells":[[0,0,3]]}') AS one_cell, kz_coagglomeration_matrix('{"rows":[],"cols":[],"cells":[]}') AS nothing, kz_coagglomeration_matrix(NULL) IS NULL AS null;
SELECT (SELECT count(*) FROM kz_coagglomeration('{"rows":["A","B"],"cols":["x"],"cells":[[0,0,3],[1,0,1]]}')) AS one_industry, (SELECT count(*) FROM kz_coagglomeration('{"rows":[],"cols":[],"cells":[]}')) AS nothing,
  (SELECT count(*) FROM kz_coagglomeration(NULL)) AS null, (SELECT count(*) FROM kz_plant_concentration(NULL, NULL)) AS no_matrix, (SELECT count(*) FROM kz_plant_concentration('{"rows":[],"cols":[],"cells":[]}', NULL)) AS empty_matrix,
  (SELECT count(*) FROM kz_group_coagglomeration(NULL)) AS no_group, (SELECT count(*) FROM kz_colocation(NULL)) AS no_establishments, (SELECT count(*) FROM kz_colocation('{"rows":[],"cols":[],"cells":[]}')) AS none;
SELECT g.* FROM kz_group_coagglomeration('{"rows":[],"cols":[],"cells":[]}') g;
SELECT industry, plants, herfindahl, raw_concentration, ellison_glaeser, status FROM m, kz_plant_concentration(m, NULL);
SELECT count(*), bool_and(a = b) AS null_is_the_default FROM m, kz_coagglomeration(m, NULL, NULL) a JOIN LATERAL kz_coagglomeration(matrix => m, reference => 'total', base => NULL) b USING (industry, other_industry);

-- colocation of the awkward: none, suppressed, negative, alone in the world, always or never together
SELECT industry, other_industry, pg_temp.r(colocation) AS cl, pg_temp.r(expected) AS expected, pg_temp.r(excess) AS xcl, pg_temp.r(z) AS z, status
FROM kz_colocation('{"rows":["N","S"],"cols":["a","b","minus","none","some"],"cells":[[0,0,2],[0,1,1],[0,3,0],[0,4,null],[1,1,3],[1,2,-1]]}');
SELECT industry, other_industry, pg_temp.r(colocation) AS cl, pg_temp.r(expected) AS expected, pg_temp.r(excess) AS xcl, pg_temp.r(z) AS z, status
FROM kz_colocation('{"rows":["N","S"],"cols":["a","b","minus","none","some"],"cells":[[0,0,2],[0,1,1],[0,3,0],[0,4,null],[1,1,3],[1,2,-1]]}', among => 'pair');
SELECT c.* FROM kz_colocation('{"rows":["N"],"cols":["a","b"],"cells":[[0,0,1],[0,1,1]]}') c;
SELECT c.* FROM kz_colocation('{"rows":["N","S"],"cols":["a","b"],"cells":[[0,0,1],[1,1,1]]}') c;
SELECT c.* FROM kz_colocation('{"rows":["N","S"],"cols":["a","b","c"],"cells":[[0,0,1],[0,1,1],[1,0,5],[1,2,-3]]}') c;
SELECT c.* FROM kz_colocation('{"rows":["N","S"],"cols":["a","b"],"cells":[[0,0,1],[0,1,1],[1,1,2]]}') c;
SELECT c.* FROM kz_colocation('{"rows":["N"],"cols":["a","b"],"cells":[[0,0,9007199254740992],[0,1,9007199254740992]]}') c;

-- labels that hurt
SELECT c.* FROM kz_coagglomeration((SELECT kz_matrix_agg(r, i, length(r) * length(i) + ascii(i)) FROM (VALUES (''), (E'\n'), ('"'), ('Ә🙂')) r (r), (VALUES (''), (''''), (E'\\'), ('x;--')) i (i))) c WHERE status <> 'ok';
SELECT count(*) AS pairs, min(industry) AS first, bool_and(industry COLLATE "C" < other_industry COLLATE "C") AS in_order FROM kz_colocation((SELECT kz_matrix_agg(r, i, length(r) + length(i)) FROM (VALUES (''), (E'\n'), ('Ә🙂')) r (r), (VALUES (''), ('"'), (E'\t'), ('y')) i (i)));

-- random establishments: all forms agree with each other and with the formulas in plain SQL
SELECT setseed(0.5);
CREATE TEMPORARY TABLE random_plant AS
SELECT 'p' || k AS plant, 'r' || (random() ^ 2 * 15)::integer AS region, 'i' || (random() * 9)::integer AS industry, ceil(exp(random() * 6)) AS jobs FROM generate_series(1, 2000) k;
CREATE TEMPORARY VIEW rm AS SELECT kz_matrix_agg(region, industry, jobs) AS m, kz_matrix_agg(plant, industry, jobs) AS p, kz_matrix_agg(region, industry, 1) AS n FROM random_plant;
CREATE TEMPORARY TABLE share AS
SELECT r.region, i.industry, coalesce(sum(jobs), 0) / i.total AS s, r.x FROM (SELECT region, sum(jobs) / sum(sum(jobs)) OVER () AS x FROM random_plant GROUP BY region) r
CROSS JOIN (SELECT industry, sum(jobs) AS total FROM random_plant GROUP BY industry) i LEFT JOIN random_plant USING (region, industry) GROUP BY r.region, i.industry, i.total, r.x;
CREATE TEMPORARY VIEW closed_form AS
SELECT industry, plants, h, z4, g, s2, x2, x3, (g - (1 - x2) * h) / ((1 - x2) * (1 - h)) AS eg, 2 * (h ^ 2 * (x2 - 2 * x3 + x2 ^ 2) - z4 * (x2 - 4 * x3 + 3 * x2 ^ 2)) / ((1 - x2) * (1 - h)) ^ 2 AS v, ((s2 - x2) / (1 - x2) - h) / (1 - h) AS ms
FROM (SELECT industry, count(*) AS plants, sum(z ^ 2) AS h, sum(z ^ 4) AS z4 FROM (SELECT industry, jobs / sum(jobs) OVER (PARTITION BY industry) AS z FROM random_plant) z GROUP BY industry) h
JOIN (SELECT industry, sum((s - x) ^ 2) AS g, sum(s ^ 2) AS s2, sum(x ^ 2) AS x2, sum(x ^ 3) AS x3 FROM share GROUP BY industry) g USING (industry);
SELECT count(*) AS industries, bool_and(c.plants = f.plants) AS plants, max(abs(herfindahl / h - 1)) < 1e-12 AS h, max(abs(raw_concentration / g - 1)) < 1e-12 AS g, max(abs(ellison_glaeser - eg)) < 1e-12 AS eg,
  max(abs(ellison_glaeser_variance / v - 1)) < 1e-12 AS variance, max(abs(ellison_glaeser_z - eg / sqrt(v))) < 1e-10 AS z, max(abs(maurel_sedillot - ms)) < 1e-12 AS ms, max(abs(devereux_griffith_simpson - (s2 - h))) < 1e-12 AS dgs,
  max(abs(devereux_griffith_simpson_excess - (s2 - 1.0 / 16 - h + 1.0 / f.plants))) < 1e-12 AS dgs_excess
FROM rm, kz_plant_concentration(m, p) c JOIN closed_form f USING (industry);
SELECT count(*) AS pairs, max(abs(coagglomeration - f)) < 1e-14 AS pairs_agree, max(abs(coagglomeration - kz_value(mm, industry, other_industry))) = 0 AND max(abs(coagglomeration - kz_value(mm, other_industry, industry))) = 0 AS matrix_agrees,
  max(abs(coagglomeration - (SELECT g.coagglomeration FROM kz_group_coagglomeration(m, ARRAY[industry, other_industry]) g))) < 1e-14 AS groups_of_two_agree
FROM rm, kz_coagglomeration_matrix(m) mm, kz_coagglomeration(m) c JOIN (SELECT a.industry, b.industry AS other_industry, sum((a.s - a.x) * (b.s - a.x)) / (1 - sum(a.x ^ 2)) AS f FROM share a JOIN share b USING (region) GROUP BY 1, 2) f USING (industry, other_industry);
SELECT max(abs(raw_concentration - kz_value(mm, industry, industry) * (1 - (SELECT sum(x ^ 2) FROM (SELECT DISTINCT region, x FROM share) x)))) < 1e-15 AS diagonal_is_g, kz_transpose(mm) = mm AS symmetric FROM rm, kz_coagglomeration_matrix(m) mm, kz_plant_concentration(m, p) GROUP BY mm;
-- the group is the weighted mean of its pairs, and Ellison and Glaeser's equation with the plants in it
SELECT abs(g.coagglomeration - (SELECT sum(coagglomeration * w * o) / sum(w * o) FROM kz_coagglomeration(m) JOIN (SELECT label AS industry, total AS w FROM kz_col_totals(m)) a USING (industry) JOIN (SELECT label AS other_industry, total AS o FROM kz_col_totals(m)) b USING (other_industry))) < 1e-15 AS mean_of_pairs,
  abs(g.coagglomeration - (SELECT (g.raw_concentration / (1 - max(x2)) - sum(w ^ 2 * h) - sum(eg * w ^ 2 * (1 - h))) / (1 - sum(w ^ 2)) FROM closed_form JOIN (SELECT label AS industry, total / sum(total) OVER () AS w FROM kz_col_totals(m)) w USING (industry))) < 1e-14 AS general_form
FROM rm, kz_group_coagglomeration(m) g;
-- against the total of the industries themselves, an industry's pairs, weighted, add up to nothing; against their mean, unweighted
SELECT max(abs(total)) < 1e-14 AS total, max(abs(mean)) < 1e-14 AS mean FROM (SELECT c.row_label, sum(c.value * w.total) / sum(w.total) AS total, sum(d.value) AS mean
  FROM rm, kz_cells(kz_coagglomeration_matrix(m)) c JOIN LATERAL kz_cells(kz_coagglomeration_matrix(m, 'mean')) d USING (row_label, col_label) JOIN LATERAL kz_col_totals(m) w ON w.label = c.col_label GROUP BY c.row_label) s;
-- the order of rows: not a bit; other units: not a bit where they are powers of two
SELECT (SELECT array_agg(c ORDER BY industry COLLATE "C") FROM kz_plant_concentration(m, p) c) = (SELECT array_agg(c ORDER BY industry COLLATE "C") FROM kz_plant_concentration(m2, p2) c) AS order_of_rows,
  (SELECT array_agg(c ORDER BY industry COLLATE "C") FROM kz_plant_concentration(m, p) c) = (SELECT array_agg(c ORDER BY industry COLLATE "C") FROM kz_plant_concentration(m * 0.125, p * 0.125) c) AS units,
  kz_coagglomeration_matrix(m) = kz_coagglomeration_matrix(m2) AS order_of_matrix, kz_coagglomeration_matrix(m) = kz_coagglomeration_matrix(m * 64) AS units_of_matrix
FROM rm, (SELECT kz_matrix_agg(region, industry, jobs ORDER BY jobs, plant) AS m2, kz_matrix_agg(plant, industry, jobs ORDER BY md5(plant)) AS p2 FROM random_plant) o;
-- colocation in plain SQL, and what dealing out anew gives: 2000 deals, within four standard errors
CREATE TEMPORARY TABLE dealt AS
WITH place AS (SELECT region FROM random_plant WHERE industry IN ('i1', 'i9') ORDER BY plant LIMIT 60)
SELECT d, sum(a * b) / (20.0 * 40) AS cl
FROM (SELECT d, region, count(*) FILTER (WHERE turn <= 20) AS a, count(*) FILTER (WHERE turn > 20) AS b FROM (SELECT d, region, row_number() OVER (PARTITION BY d ORDER BY random()) AS turn FROM place, generate_series(1, 2000) d) t GROUP BY d, region) s GROUP BY d;
SELECT abs(avg(cl) - expected) < 4 * stddev(cl) / sqrt(2000) AS mean, abs(stddev(cl) / (excess / z) - 1) < 4 / sqrt(4000.0) AS deviation
FROM dealt, kz_colocation((SELECT kz_matrix_agg(region, CASE WHEN k <= 20 THEN 'a' ELSE 'b' END, 1) FROM (SELECT region, row_number() OVER (ORDER BY plant) AS k FROM random_plant WHERE industry IN ('i1', 'i9') ORDER BY plant LIMIT 60) p)) GROUP BY expected, excess, z;
SELECT count(*) AS pairs, max(abs(colocation - cl)) < 1e-15 AS colocation, max(abs(expected - (SELECT sum(k * (k - 1)) / (2000.0 * 1999) FROM (SELECT count(*) AS k FROM random_plant GROUP BY region) r))) < 1e-15 AS expected, bool_and(abs(excess - (colocation - expected)) < 1e-16) AS excess
FROM rm, kz_colocation(n) JOIN (SELECT a.industry, b.industry AS other_industry, count(*) FILTER (WHERE a.region = b.region) / count(*)::float8 AS cl FROM random_plant a, random_plant b WHERE a.industry < b.industry GROUP BY 1, 2) c USING (industry, other_industry);
SELECT count(*) AS pairs, max(abs(e - expected)) < 1e-15 AS expected_among_the_pair
FROM rm, kz_colocation(n, 'pair') JOIN (SELECT industry, other_industry, sum(k * (k - 1)) / (sum(k) * (sum(k) - 1)) AS e FROM (SELECT a.industry, b.industry AS other_industry, p.region, count(*) AS k
  FROM (SELECT DISTINCT industry FROM random_plant) a, (SELECT DISTINCT industry FROM random_plant) b, random_plant p WHERE a.industry < b.industry AND p.industry IN (a.industry, b.industry) GROUP BY 1, 2, 3) k GROUP BY 1, 2) e USING (industry, other_industry);

-- more industries than fit into one band of sums, which is 8 MB: 953 rows of 1100. Two kinds, in a and b or in b and c:
-- x = 1/4, 1/2, 1/4, so pairs of a kind have (1/16 + 1/16) / (5/8), the others its negative
SELECT count(*) AS pairs, bool_and(status = 'ok' AND coagglomeration = CASE WHEN (industry::integer + other_industry::integer) % 2 = 0 THEN 0.2 ELSE -0.2 END) AS right
FROM kz_coagglomeration((SELECT kz_matrix_agg(region, i, 1) FROM generate_series(1, 1100) i, unnest(CASE i % 2 WHEN 0 THEN '{a,b}'::text[] ELSE '{b,c}' END) region));
SELECT count(*) AS cells, bool_and(value = CASE WHEN (row_label::integer + col_label::integer) % 2 = 0 THEN 0.2 ELSE -0.2 END) AS right
FROM kz_cells(kz_coagglomeration_matrix((SELECT kz_matrix_agg(region, i, 1) FROM generate_series(1, 1100) i, unnest(CASE i % 2 WHEN 0 THEN '{a,b}'::text[] ELSE '{b,c}' END) region)));
-- one establishment of each in each of its regions: a kind meets in two pairs of four, the others in one
SELECT count(*) AS pairs, bool_and(colocation = CASE WHEN (industry::integer + other_industry::integer) % 2 = 0 THEN 0.5 ELSE 0.25 END) AS colocation, bool_and(expected = CASE WHEN (industry::integer + other_industry::integer) % 2 = 0 THEN 1.0 / 3 ELSE 1.0 / 6 END::float8) AS expected
FROM kz_colocation((SELECT kz_matrix_agg(region, i, 1) FROM generate_series(1, 1100) i, unnest(CASE i % 2 WHEN 0 THEN '{a,b}'::text[] ELSE '{b,c}' END) region), 'pair');

-- errors
\pset tuples_only
\pset format unaligned
\set m '''{"rows":["A","B"],"cols":["x","y"],"cells":[[0,0,1],[0,1,2],[1,0,3]]}''::kz_matrix'
SELECT pg_temp.error('SELECT * FROM kz_coagglomeration(' || :'m' || ', ''Total'')');
SELECT pg_temp.error('SELECT * FROM kz_coagglomeration(' || :'m' || ', ''mean'', ' || :'m' || ')');
SELECT pg_temp.error('SELECT kz_coagglomeration_matrix(' || :'m' || ', '''')');
SELECT pg_temp.error('SELECT * FROM kz_coagglomeration(' || :'m' || ', ''given'', ' || :'m' || ')');
SELECT pg_temp.error('SELECT * FROM kz_coagglomeration(' || :'m' || ', ''given'', ''{"rows":["A","C"],"cols":["r"],"cells":[[0,0,1],[1,0,1]]}'')');
SELECT pg_temp.error('SELECT * FROM kz_coagglomeration(' || :'m' || ', ''given'', ''{"rows":["A","B"],"cols":["r"],"cells":[[0,0,1],[1,0,null]]}'')');
SELECT pg_temp.error('SELECT * FROM kz_coagglomeration(' || :'m' || ', ''given'', ''{"rows":["A","B","C"],"cols":["r"],"cells":[[0,0,1],[1,0,1],[2,0,null]]}'')');
SELECT pg_temp.error('SELECT kz_plant_concentration(' || :'m' || ', ' || :'m' || ', ''{"rows":[],"cols":[],"cells":[]}'')');
SELECT pg_temp.error('SELECT kz_plant_concentration(' || :'m' || ', ' || :'m' || ', ''{"rows":["r"],"cols":["B"],"cells":[[0,0,1]]}'')');
SELECT pg_temp.error('SELECT kz_group_coagglomeration(' || :'m' || ', ''{x,q}'')');
SELECT pg_temp.error('SELECT kz_group_coagglomeration(' || :'m' || ', ARRAY[''x'', NULL])');
SELECT pg_temp.error('SELECT kz_group_coagglomeration(' || :'m' || ', reference => ''median'')');
SELECT pg_temp.error('SELECT kz_colocation(' || :'m' || ', ''pairs'')');
SELECT pg_temp.error('SELECT kz_colocation(' || :'m' || ' * 0.5)');
SELECT pg_temp.error('SELECT kz_colocation(''{"rows":["A"],"cols":["x"],"cells":[[0,0,1e16]]}'')');
SET statement_timeout = '200ms';
SELECT pg_temp.error('SELECT count(*) FROM kz_coagglomeration((SELECT kz_matrix_agg(i, i % 4000, 1) FROM generate_series(1, 8000) i))');
RESET statement_timeout;
