-- Gini, Theil, Atkinson and their kin: as aggregates, as moving windows, in parallel; Lorenz curve and spatial Gini.
SET extra_float_digits = 1;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SET max_parallel_workers_per_gather = 0;

-- Five values small enough to check by hand: n 5, sum 100, mean 20, r = 1/2, 1/2, 1/2, 1, 5/2.
-- Gini: gaps of 10 after 3 and of 30 after 4 of the 5: (3 * 2 * 10 + 4 * 1 * 30) / (25 * 20) = 0.36, corrected * 5/4 = 0.45.
-- Herfindahl: 0.01 * 3 + 0.04 + 0.25 = 0.32, normalized (0.32 - 0.2) / 0.8 = 0.15. Hoover: (0.1 * 3 + 0 + 0.3) / 2 = 0.3.
-- Coulter: sqrt((0.01 * 3 + 0.09) / 2) = sqrt(0.06). Variation: sqrt(300 + 900 = 1200 over 4 or 5) / 20 = 0.866025, 0.774597.
-- L: (3 ln 2 - ln 2.5) / 5 = 0.232630; T: (3/2 ln 1/2 + 5/2 ln 5/2) / 5 = 0.250201; Atkinson 1: 1 - 1/exp(L) = 0.207553,
-- 2: 1 - 1 / ((3 * 2 + 1 + 0.4) / 5) = 1 - 5 / 7.4 = 0.324324; GE(2): half of 0.6. Entropy: ln 5 - T = 1.359237.
CREATE TEMPORARY TABLE five (x float8, w integer, g text);
INSERT INTO five VALUES (10, 1, 'east'), (50, 2, 'west'), (10, 1, 'east'), (20, 3, 'west'), (10, 2, 'west');
\x on
SELECT round(kz_gini(x)::numeric, 6) AS gini, round(kz_gini(x, true)::numeric, 6) AS gini_corrected, kz_gini(x, false) = kz_gini(x) AS same,
  round(kz_hhi(x)::numeric, 6) AS hhi, round(kz_hhi(x, true)::numeric, 6) AS hhi_normalized, kz_hhi(x, false) = kz_hhi(x) AS same,
  round(kz_hoover(x)::numeric, 6) AS hoover, round(kz_coulter(x)::numeric, 6) AS coulter,
  round(kz_cv(x)::numeric, 6) AS cv, round(kz_cv(x, true)::numeric, 6) AS cv_sample, round(kz_cv(x, false)::numeric, 6) AS cv_population,
  round(kz_mean_log_deviation(x)::numeric, 6) AS l, round(kz_theil(x)::numeric, 6) AS t,
  round(kz_atkinson(x, 1)::numeric, 6) AS atkinson_1, round(kz_atkinson(x, 2)::numeric, 6) AS atkinson_2, kz_atkinson(x, 0) AS atkinson_0,
  round(kz_generalized_entropy(x, 2)::numeric, 6) AS ge_2, kz_generalized_entropy(x, 1) = kz_theil(x) AS ge_1, kz_generalized_entropy(x, 0) = kz_mean_log_deviation(x) AS ge_0,
  round(kz_kolm(x, 0.1)::numeric, 6) AS kolm, round(kz_entropy(x)::numeric, 6) AS entropy, round(kz_entropy(x, 2)::numeric, 6) AS entropy_in_bits,
  kz_concentration_ratio(x, 1) AS cr1, kz_concentration_ratio(x, 2) AS cr2, kz_concentration_ratio(x, 9) AS cr9,
  kz_hill(x, 0) AS hill_0, round(kz_hill(x, 1)::numeric, 6) AS hill_1, round(kz_hill(x, 2)::numeric, 6) AS hill_2, round(kz_hill(x, 1000)::numeric, 3) AS hill_1000
FROM five;
-- Weighted: so many each. W 9, sum 210, mean 70/3. What is weighted 2 counts as if it stood there twice.
SELECT round(kz_gini(x, w)::numeric, 6) AS gini, round(kz_theil(x, w)::numeric, 6) AS t, round(kz_mean_log_deviation(x, w)::numeric, 6) AS l,
  round(kz_generalized_entropy(x, -1, w)::numeric, 6) AS ge, round(kz_atkinson(x, 0.5, w)::numeric, 6) AS atkinson, round(kz_kolm(x, 0.1, w)::numeric, 6) AS kolm,
  round(kz_williamson(x, w)::numeric, 6) AS williamson, kz_williamson(x, w) = kz_cv(x, w) AS same
FROM five;
SELECT round(kz_gini(x)::numeric, 6) AS gini, round(kz_theil(x)::numeric, 6) AS t, round(kz_mean_log_deviation(x)::numeric, 6) AS l,
  round(kz_generalized_entropy(x, -1)::numeric, 6) AS ge, round(kz_atkinson(x, 0.5)::numeric, 6) AS atkinson, round(kz_kolm(x, 0.1)::numeric, 6) AS kolm,
  round(kz_cv(x, false)::numeric, 6) AS williamson
FROM five, generate_series(1, w);
-- against a reference, both as amounts: shares 0.1, 0.5, 0.1, 0.2, 0.1 against 1/9, 2/9, 1/9, 3/9, 2/9
SELECT round(kz_hoover(x, w)::numeric, 6) AS hoover, round(kz_coulter(x, w)::numeric, 6) AS coulter, round(kz_hoover(x * w, w)::numeric, 6) AS hoover_of_heads,
  (SELECT round(kz_hoover(x)::numeric, 6) FROM five, generate_series(1, w)) AS same, kz_hoover(x, 2 * x) AS proportional
FROM five;
-- between and within: means of 10 twice and of 80/3 thrice
SELECT round(kz_theil_between(x, g)::numeric, 6) AS between, round(kz_theil_within(x, g)::numeric, 6) AS within, kz_theil_between(x, g) + kz_theil_within(x, g) = kz_theil(x) AS adds_up,
  round(kz_theil_between(x, w, g)::numeric, 6) AS between_weighted, round(kz_theil_within(x, w, g)::numeric, 6) AS within_weighted,
  kz_theil_between(x, w, g) + kz_theil_within(x, w, g) = kz_theil(x, w) AS weighted_adds_up
FROM five;
\x off
-- the same from the groups' own numbers
SELECT round(kz_theil(mean, n)::numeric, 6) AS between, round(sum(share * t)::numeric, 6) AS within
FROM (SELECT avg(x) AS mean, count(*) AS n, sum(x) / 100 AS share, kz_theil(x) AS t FROM five GROUP BY g) s;

-- NULL does not count, nor does a row of weight 0; no rows, only NULL: NULL
CREATE TEMPORARY TABLE cases (name text, x float8, w float8, g text);
INSERT INTO cases VALUES ('NULL beside', 1, 1, 'a'), ('NULL beside', 3, 2, 'b'), ('NULL beside', NULL, 5, 'a'), ('NULL beside', 7, NULL, 'b'),
  ('all NULL', NULL, 1, 'a'), ('all NULL', NULL, NULL, 'b'), ('one', 4, 2, 'a'), ('one zero', 0, 1, 'a'), ('all zero', 0, 1, 'a'), ('all zero', 0, 2, 'b'),
  ('zero', 0, 1, 'a'), ('zero', 1, 1, 'a'), ('zero', 2, 1, 'b'), ('negative', -1, 1, 'a'), ('negative', 1, 1, 'a'), ('negative', 3, 1, 'b'),
  ('negative sum', -5, 1, 'a'), ('negative sum', 1, 1, 'a'), ('equal', 0.1, 1, 'a'), ('equal', 0.1, 3, 'a'), ('equal', 0.1, 7, 'b'),
  ('weight 0', 1, 1, 'a'), ('weight 0', 3, 2, 'b'), ('weight 0', 0, 0, 'c'), ('weight 0', -7, 0, 'c'), ('weights 0', 1, 0, 'a'), ('weights 0', 2, 0, 'b');
CREATE FUNCTION pg_temp.r(float8) RETURNS numeric LANGUAGE sql AS 'SELECT round($1::numeric, 4)';
SELECT name, pg_temp.r(kz_gini(x)) AS gini, pg_temp.r(kz_gini(x, true)) AS corrected, pg_temp.r(kz_hhi(x)) AS hhi, pg_temp.r(kz_hhi(x, true)) AS normal, pg_temp.r(kz_entropy(x)) AS entropy,
  pg_temp.r(kz_hill(x, 0)) AS hill, pg_temp.r(kz_concentration_ratio(x, 1)) AS cr1, pg_temp.r(kz_hoover(x)) AS hoover, pg_temp.r(kz_coulter(x)) AS coulter, pg_temp.r(kz_cv(x)) AS cv, pg_temp.r(kz_cv(x, false)) AS cv_pop
FROM cases GROUP BY name ORDER BY name COLLATE "C";
SELECT name, pg_temp.r(kz_theil(x)) AS t, pg_temp.r(kz_mean_log_deviation(x)) AS l, pg_temp.r(kz_generalized_entropy(x, -1)) AS ge_m1, pg_temp.r(kz_generalized_entropy(x, 0.5)) AS ge_half, pg_temp.r(kz_generalized_entropy(x, 2)) AS ge_2,
  pg_temp.r(kz_atkinson(x, 0.5)) AS a_half, pg_temp.r(kz_atkinson(x, 1)) AS a_1, pg_temp.r(kz_atkinson(x, 2)) AS a_2, pg_temp.r(kz_kolm(x, 1)) AS kolm, pg_temp.r(kz_theil_between(x, g)) AS between, pg_temp.r(kz_theil_within(x, g)) AS within
FROM cases GROUP BY name ORDER BY name COLLATE "C";
SELECT name, pg_temp.r(kz_gini(x, w)) AS gini, pg_temp.r(kz_theil(x, w)) AS t, pg_temp.r(kz_mean_log_deviation(x, w)) AS l, pg_temp.r(kz_generalized_entropy(x, 2, w)) AS ge_2, pg_temp.r(kz_atkinson(x, 2, w)) AS a_2,
  pg_temp.r(kz_kolm(x, 1, w)) AS kolm, pg_temp.r(kz_williamson(x, w)) AS williamson, pg_temp.r(kz_hoover(x, w)) AS hoover, pg_temp.r(kz_coulter(x, w)) AS coulter, pg_temp.r(kz_theil_between(x, w, g)) AS between, pg_temp.r(kz_theil_within(x, w, g)) AS within
FROM cases GROUP BY name ORDER BY name COLLATE "C";
SELECT kz_gini(x) IS NULL AND kz_theil(x, w) IS NULL AND kz_hill(x, 2) IS NULL AND kz_theil_within(x, g) IS NULL AND kz_kolm(x, 1) IS NULL AS nothing_of_no_rows FROM cases WHERE false;
-- equal values are equal to the last bit
SELECT kz_gini(x) = 0 AND kz_hhi(x, true) = 0 AND kz_hoover(x) = 0 AND kz_coulter(x) = 0 AND kz_cv(x) = 0 AND kz_theil(x) = 0 AND kz_mean_log_deviation(x) = 0 AND kz_atkinson(x, 2) = 0
  AND kz_kolm(x, 3) = 0 AND kz_gini(x, i) = 0 AND kz_theil(x, i) = 0 AND kz_williamson(x, i) = 0 AND kz_theil_between(x, (i % 7)::text) = 0 AND kz_theil_within(x, (i % 7)::text) = 0 AS zero
FROM (SELECT 0.1 AS x, i FROM generate_series(1, 1000) i) s;
-- nearly equal values: the first digits are right where the textbook's sum has none; here T and L are half the squared variation
SELECT kz_theil(x) / (d * d / 2) BETWEEN 1 - 1e-7 AND 1 + 1e-7 AND kz_mean_log_deviation(x) / (d * d / 2) BETWEEN 1 - 1e-7 AND 1 + 1e-7 AND kz_atkinson(x, 2) / (d * d) BETWEEN 1 - 1e-7 AND 1 + 1e-7
  AND kz_gini(x) / (d / 2) BETWEEN 1 - 1e-7 AND 1 + 1e-7 AND kz_cv(x, false) / d BETWEEN 1 - 1e-7 AND 1 + 1e-7 AS right, d
FROM (VALUES (1 / 4096.0::float8 ^ 2)) v (d), LATERAL (SELECT unnest(ARRAY[1 - d, 1 + d])) u (x) GROUP BY d;
-- 1e9 + 0, 1, 3 of mean m = 1e9 + 4/3, which no float is: Hoover (4 + 1 + 5) / 3 / 6 m; between {0, 1} and {3}, d = -5/6, 5/3 over m,
-- T = sum p (d^2 / 2 - d^3 / 6) = 25/36 / m^2 - 125/648 / m^3; with equal weights the same
SELECT abs(kz_hoover(x) * 9 * m / 5 - 1) < 1e-15 AS hoover, abs(kz_theil_between(x, g) / (25.0 / 36 / m ^ 2 - 125.0 / 648 / m ^ 3) - 1) < 1e-14 AS between,
  abs(kz_hoover(x * w, w) / kz_hoover(x) - 1) < 1e-15 AS as_heads
FROM (VALUES (1e9::float8, 'a', 7::float8), (1e9 + 1, 'a', 7), (1e9 + 3, 'b', 7)) AS t (x, g, w), (SELECT 1e9 + 4.0::float8 / 3 AS m) AS mean GROUP BY m;
-- far apart, and far from 1
SELECT kz_gini(x), kz_hoover(x), kz_hhi(x), kz_hill(x, 1), kz_theil(x) > 0.69314 AS t, kz_mean_log_deviation(x) > 600 AS l, kz_atkinson(x, 3), round(kz_atkinson(x, 0.001)::numeric, 6) AS a, kz_kolm(x, 1e-280) > 0 AS kolm FROM (VALUES (1e-280::float8), (9e288)) v (x);
SELECT round(kz_atkinson(x, 500)::numeric, 6) AS rawls, round(kz_hill(x, 1e6)::numeric, 6) AS dominant, kz_generalized_entropy(x, 1e5) AS too_great FROM (VALUES (1::float8), (4)) v (x);
SELECT kz_gini(x, w), kz_theil(x, w) FROM (VALUES (1::float8, 1e288::float8), (3, 1e288), (5, 1e-300)) v (x, w);
SELECT kz_gini(x * 9e288), kz_theil(x * 9e288, x * 9e288) > 0 AS theil FROM (VALUES (0::float8), (1), (0.5)) v (x);

-- The locational Gini is the Gini of the quotients weighted with the regions' sizes; Hoover's index of an industry is that of its shares against them.
CREATE TEMPORARY TABLE cells AS
SELECT c.* FROM kz_coefficients((SELECT kz_matrix_agg(r, i, (r * i * 37) % 11) FROM generate_series(1, 9) r, generate_series(1, 4) i), fill => true) c;
SELECT industry, round(kz_gini(lq, region_total)::numeric, 6) AS locational_gini, round(kz_hoover(value, region_total)::numeric, 6) AS hoover, round(kz_theil(lq, region_total)::numeric, 6) AS theil,
  round((sum(abs(region_share - region_total / ref_total)) / 2)::numeric, 6) AS hoover_by_hand, round(sum(region_share * ln(nullif(lq, 0)))::numeric, 6) AS theil_by_hand
FROM cells GROUP BY industry ORDER BY industry COLLATE "C";
-- so the aggregates are the indices of the matrix, of all industries and regions
CREATE TEMPORARY TABLE shares AS SELECT kz_matrix_agg(r, i, (r * i * 37) % 11) AS m FROM generate_series(1, 9) r, generate_series(1, 4) i;
CREATE FUNCTION pg_temp.near(a float8, b float8) RETURNS boolean LANGUAGE sql AS 'SELECT abs($1 - $2) <= 1e-13 * greatest(abs($1), abs($2))';
SELECT count(*) AS industries, bool_and(pg_temp.near(a.gini, g.value)) AS gini, bool_and(pg_temp.near(a.half, k.value)) AS half, bool_and(pg_temp.near(a.unweighted, u.value)) AS gini_unweighted, bool_and(pg_temp.near(a.hoover, h.value)) AS hoover,
  bool_and(pg_temp.near(a.theil, t.value)) AS theil, bool_and(pg_temp.near(a.variation, v.value)) AS variance, bool_and(pg_temp.near(a.absolute, p.absolute_gini)) AS absolute_gini, bool_and(pg_temp.near(a.hhi, f.value)) AS herfindahl
FROM (SELECT industry, kz_gini(lq, region_total) AS gini, kz_gini(lq, region_total) / 2 AS half, kz_gini(lq) AS unweighted, kz_hoover(value, region_total) AS hoover, kz_theil(lq, region_total) AS theil, kz_cv(lq, region_total) ^ 2 AS variation, kz_gini(value) AS absolute, kz_hhi(value) AS hhi FROM cells GROUP BY industry) a, shares,
  kz_concentration_index(m, 'gini') g, kz_concentration_index(m, 'gini', half => true) k, kz_concentration_index(m, 'gini_unweighted') u, kz_concentration_index(m, 'hoover') h, kz_concentration_index(m, 'theil') t, kz_concentration_index(m, 'variance') v, kz_concentration_index(m, 'herfindahl') f, kz_industry_profile(m) p
WHERE (a.industry, a.industry, a.industry, a.industry, a.industry, a.industry, a.industry, a.industry) = (g.industry, k.industry, u.industry, h.industry, t.industry, v.industry, f.industry, p.industry);
SELECT count(*) AS regions, bool_and(pg_temp.near(a.hhi, p.herfindahl)) AS herfindahl, bool_and(pg_temp.near(a.normalized, p.herfindahl_normalized)) AS normalized, bool_and(pg_temp.near(a.entropy, p.entropy)) AS entropy, bool_and(pg_temp.near(a.hill, h.value)) AS hill, bool_and(pg_temp.near(a.dominant, d.value)) AS dominant,
  bool_and(pg_temp.near(a.near_entropy, n.value)) AS hill_near_1
FROM (SELECT region, kz_hhi(value) AS hhi, kz_hhi(value, true) AS normalized, kz_entropy(value) AS entropy, kz_hill(value, 1.5) AS hill, kz_hill(value, 'Infinity') AS dominant, kz_hill(value, 1.0001) AS near_entropy FROM cells GROUP BY region) a
JOIN shares ON true JOIN LATERAL kz_region_profile(m) p USING (region) JOIN LATERAL kz_hill_numbers(m, 1.5) h USING (region) JOIN LATERAL kz_hill_numbers(m, 'Infinity') d USING (region) JOIN LATERAL kz_hill_numbers(m, 1.0001) n USING (region);

-- The Lorenz curve, and the Gini from its area
SELECT l.* FROM (SELECT array_agg(x) AS x FROM five) s, kz_lorenz(x) l;
SELECT point, value, round(weight_share::numeric, 6) AS weight_share, round(value_share::numeric, 6) AS value_share, status FROM (SELECT array_agg(x) AS x, array_agg(w) AS w FROM five) s, kz_lorenz(x, w::float8[]);
SELECT round((1 - sum((value_share + before) * width))::numeric, 12) = (SELECT round(kz_gini(x, w)::numeric, 12) FROM five) AS area
FROM (SELECT value_share, lag(value_share) OVER (ORDER BY point) AS before, weight_share - lag(weight_share) OVER (ORDER BY point) AS width FROM (SELECT array_agg(x) AS x, array_agg(w) AS w FROM five) s, kz_lorenz(x, w::float8[])) c;
SELECT * FROM kz_lorenz('{3,NULL,1,2}', '{1,1,1,NULL}');
SELECT * FROM kz_lorenz('{3,-1}');
SELECT * FROM kz_lorenz('{{0,0},{0,0}}');
SELECT count(*) FROM (SELECT kz_lorenz(NULL) UNION ALL SELECT kz_lorenz('{}') UNION ALL SELECT kz_lorenz('{NULL}') UNION ALL SELECT kz_lorenz('{1,2}', '{0,0}')) s;
SELECT count(*) AS points, count(*) FILTER (WHERE l IS DISTINCT FROM m) AS differ FROM (SELECT array_agg(x ORDER BY x, w) AS x, array_agg(w ORDER BY x, w) AS w, array_agg(x ORDER BY -x, -w) AS y, array_agg(w ORDER BY -x, -w) AS v FROM (SELECT i % 7 AS x, i % 3 AS w FROM generate_series(1, 50) i) f) s,
  kz_lorenz(x::float8[], w::float8[]) l JOIN LATERAL kz_lorenz(y::float8[], v::float8[]) m USING (point);

-- The spatial Gini. Four regions in a row, values 1, 1, 3, 3: all pairs differ by 4 * 2 = 8 in each direction, neighbours (2-3) by 2: 16 / (2 * 16 * 2) and 4 / 64.
\set values '''{"rows":["a","b","c","d"],"cols":["x"],"cells":[[0,0,1],[1,0,1],[2,0,3],[3,0,3]]}''::kz_matrix'
CREATE TEMPORARY VIEW row_of_four AS SELECT kz_matrix_agg(a, b, 1) AS w FROM (VALUES ('a', 'b'), ('b', 'a'), ('b', 'c'), ('c', 'b'), ('c', 'd'), ('d', 'c')) v (a, b);
SELECT g.* FROM row_of_four, kz_spatial_gini(:values, w) g;
SELECT g.* FROM row_of_four, kz_spatial_gini(:values * 0, w) g;
SELECT g.* FROM row_of_four, kz_spatial_gini(:values * -1, w) g;
SELECT g.* FROM row_of_four, kz_spatial_gini(:values, w * 0.5) g;
SELECT g.* FROM row_of_four, kz_spatial_gini(:values + '{"rows":["a"],"cols":["x"],"cells":[[0,0,null]]}', w) g;
SELECT g.* FROM row_of_four, kz_spatial_gini(:values, w + '{"rows":["a"],"cols":["b"],"cells":[[0,0,null]]}') g;
SELECT g.* FROM kz_spatial_gini(:values, '{"rows":[],"cols":[],"cells":[]}') g;
SELECT g.* FROM kz_spatial_gini('{"rows":["a"],"cols":["x"],"cells":[[0,0,5]]}', '{"rows":["a"],"cols":["a"],"cells":[[0,0,1]]}') g;
SELECT g.* FROM kz_spatial_gini('{"rows":[],"cols":[],"cells":[]}', '{"rows":[],"cols":[],"cells":[]}') g;
SELECT count(*) FROM (SELECT kz_spatial_gini(NULL, :values) UNION ALL SELECT kz_spatial_gini(:values, NULL)) s;

-- Everything again under random facts: every number must be the same bits in any order, plan and form.
SELECT setseed(0.25);
CREATE TABLE inequality_facts (id integer, year integer, part integer, grp text, x float8, w float8) PARTITION BY LIST (part);
CREATE TABLE inequality_0 PARTITION OF inequality_facts FOR VALUES IN (0);
CREATE TABLE inequality_1 PARTITION OF inequality_facts FOR VALUES IN (1);
CREATE TABLE inequality_2 PARTITION OF inequality_facts DEFAULT;
INSERT INTO inequality_facts
SELECT i, 2010 + i % 6, i % 5, CASE WHEN random() < 0.3 THEN repeat('длинно ', 20) ELSE 'g' || i % 4 END, CASE WHEN random() < 0.02 THEN NULL WHEN random() < 0.02 THEN 0 ELSE exp(10 * random()) * 10 ^ (i % 9) END,
  CASE WHEN random() < 0.02 THEN NULL WHEN random() < 0.02 THEN 0 ELSE random() * 1000 END
FROM generate_series(1, 3000) i;
ANALYZE inequality_facts;
CREATE VIEW inequality_answers AS
SELECT year, ARRAY[kz_gini(x), kz_gini(x, w), kz_gini(x, true), kz_hhi(x), kz_hhi(x, true), kz_entropy(x), kz_entropy(x, 2), kz_hill(x, 1), kz_hill(x, 1.001), kz_hill(x, 0.5), kz_concentration_ratio(x, 4),
  kz_theil(x), kz_theil(x, w), kz_mean_log_deviation(x) FILTER (WHERE x > 0), kz_mean_log_deviation(x, w) FILTER (WHERE x > 0), kz_generalized_entropy(x, 0.5), kz_generalized_entropy(x, 1.5, w), kz_atkinson(x, 0.5), kz_atkinson(x, 0.5, w),
  kz_kolm(x / 1e12, 1), kz_kolm(x / 1e12, 1, w), kz_hoover(x), kz_hoover(x, w), kz_coulter(x), kz_coulter(x, w), kz_cv(x), kz_cv(x, false), kz_cv(x, w), kz_williamson(x, w),
  kz_theil_between(x, grp), kz_theil_within(x, grp), kz_theil_between(x, w, grp), kz_theil_within(x, w, grp), kz_theil_between(x, w, (id % 10)::text), kz_theil_within(x, w, (id % 10)::text)] AS answer
FROM inequality_facts GROUP BY year;
CREATE TEMPORARY TABLE answers AS SELECT * FROM inequality_answers;
SELECT count(*) AS years, min(cardinality(array_remove(answer, NULL))) AS answers FROM answers;
CREATE FUNCTION pg_temp.wrong() RETURNS bigint LANGUAGE sql AS $$
  SELECT count(*) FILTER (WHERE b.answer IS DISTINCT FROM a.answer) FROM answers a FULL JOIN inequality_answers b USING (year) $$;
SELECT bool_and(answer[30] + answer[31] = answer[12] AND answer[32] + answer[33] = answer[13] AND answer[34] + answer[35] = answer[13]) AS groups_add_up FROM answers;
SET enable_hashagg = off;
SELECT pg_temp.wrong() AS sorted;
RESET enable_hashagg;
SET work_mem = '64kB';
SELECT pg_temp.wrong() AS spilled;
RESET work_mem;
SET enable_partitionwise_aggregate = on;
SELECT pg_temp.wrong() AS by_partition;
SET max_parallel_workers_per_gather = 2;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
EXPLAIN (COSTS OFF) SELECT kz_gini(x), kz_theil_between(x, grp) FROM inequality_0;
SELECT pg_temp.wrong() AS parallel_by_partition;
SET enable_partitionwise_aggregate = off;
SELECT pg_temp.wrong() AS parallel;
SET parallel_leader_participation = off;
SELECT pg_temp.wrong() AS parallel_without_leader;
RESET parallel_leader_participation;
RESET enable_partitionwise_aggregate;
SET max_parallel_workers_per_gather = 0;
-- other orders
SELECT count(*) AS years, count(*) FILTER (WHERE (answer[1], answer[2], answer[13], answer[22], answer[33]) IS DISTINCT FROM (SELECT (kz_gini(x ORDER BY x DESC), kz_gini(x, w ORDER BY -id), kz_theil(x, w ORDER BY w), kz_hoover(x ORDER BY -id), kz_theil_within(x, w, grp ORDER BY w)) FROM inequality_facts f WHERE f.year = a.year)) AS wrong
FROM answers a;
-- as a window over the whole, which has no frame to move
SELECT count(*) AS rows, count(*) FILTER (WHERE (w.gini, w.theil) IS DISTINCT FROM (a.answer[2], a.answer[12])) AS wrong
FROM (SELECT year, kz_gini(x, w) OVER (PARTITION BY year) AS gini, kz_theil(x) OVER (PARTITION BY year) AS theil FROM inequality_facts) w JOIN answers a USING (year);
-- As moving windows: what comes of taking rows away is what comes of the frame alone. A volatile argument keeps PostgreSQL from taking rows away.
SELECT count(*) AS rows, count(gini) > 2000 AS defined,
  count(*) FILTER (WHERE (gini, giniw, corrected, hhi, entropy, theil, theilw, atkinson, cr, cv, kind, between, withinw) IS DISTINCT FROM (gini_v, giniw_v, corrected_v, hhi_v, entropy_v, theil_v, theilw_v, atkinson_v, cr_v, cv_v, kind_v, between_v, withinw_v)) AS wrong
FROM (
  SELECT kz_gini(x) OVER f AS gini, kz_gini(x + 0 * random()) OVER f AS gini_v, kz_gini(x, w) OVER f AS giniw, kz_gini(x, w + 0 * random()) OVER f AS giniw_v, kz_gini(x, true) OVER f AS corrected, kz_gini(x + 0 * random(), true) OVER f AS corrected_v,
    kz_hhi(x) OVER f AS hhi, kz_hhi(x + 0 * random()) OVER f AS hhi_v, kz_entropy(x, 2) OVER f AS entropy, kz_entropy(x + 0 * random(), 2) OVER f AS entropy_v, kz_theil(x) OVER f AS theil, kz_theil(x + 0 * random()) OVER f AS theil_v,
    kz_theil(x, w) OVER f AS theilw, kz_theil(x + 0 * random(), w) OVER f AS theilw_v, kz_atkinson(x, 2, w) OVER f AS atkinson, kz_atkinson(x, 2, w + 0 * random()) OVER f AS atkinson_v,
    kz_concentration_ratio(x, 2) OVER f AS cr, kz_concentration_ratio(x + 0 * random(), 2) OVER f AS cr_v, kz_cv(x) OVER f AS cv, kz_cv(x + 0 * random()) OVER f AS cv_v, kz_cv(x, false) OVER f AS kind, kz_cv(x + 0 * random(), false) OVER f AS kind_v,
    kz_theil_between(x, grp) OVER f AS between, kz_theil_between(x + 0 * random(), grp) OVER f AS between_v, kz_theil_within(x, w, grp) OVER f AS withinw, kz_theil_within(x + 0 * random(), w, grp) OVER f AS withinw_v
  FROM inequality_facts WINDOW f AS (PARTITION BY year ORDER BY id ROWS BETWEEN 7 PRECEDING AND 3 FOLLOWING)) s;
SELECT count(*) AS rows, count(*) FILTER (WHERE a IS DISTINCT FROM b) AS wrong_far, count(*) FILTER (WHERE c IS DISTINCT FROM d) AS wrong_range, count(*) FILTER (WHERE e IS DISTINCT FROM f) AS wrong_exclude, count(*) FILTER (WHERE g IS DISTINCT FROM h) AS wrong_away FROM (
  SELECT kz_gini(x) OVER (ORDER BY id ROWS 100 PRECEDING) AS a, kz_gini(x + 0 * random()) OVER (ORDER BY id ROWS 100 PRECEDING) AS b, kz_gini(x, w) OVER (ORDER BY id % 97 RANGE BETWEEN 1 PRECEDING AND 1 FOLLOWING) AS c, kz_gini(x + 0 * random(), w) OVER (ORDER BY id % 97 RANGE BETWEEN 1 PRECEDING AND 1 FOLLOWING) AS d,
    kz_theil(x) OVER (ORDER BY id ROWS BETWEEN 2 PRECEDING AND 2 FOLLOWING EXCLUDE CURRENT ROW) AS e, kz_theil(x + 0 * random()) OVER (ORDER BY id ROWS BETWEEN 2 PRECEDING AND 2 FOLLOWING EXCLUDE CURRENT ROW) AS f,
    kz_hhi(x) OVER (ORDER BY id ROWS BETWEEN 20 FOLLOWING AND 25 FOLLOWING) AS g, kz_hhi(x + 0 * random()) OVER (ORDER BY id ROWS BETWEEN 20 FOLLOWING AND 25 FOLLOWING) AS h
  FROM inequality_facts WHERE year < 2013) s;
DROP VIEW inequality_answers;
DROP TABLE inequality_facts;

-- as everyone uses them: whole numbers, numerics, FILTER, DISTINCT
SELECT kz_gini(i) FILTER (WHERE i > 1) AS of_integers, kz_gini(i::numeric) AS of_numerics, kz_hhi(DISTINCT i % 2 + 1) AS of_distinct, kz_concentration_ratio(i, 2::smallint) AS cr, kz_entropy(i, 2) > 1 AS entropy, kz_cv(i, true) = kz_cv(i) AS sample FROM generate_series(1, 4) i;
SELECT kz_theil_between(i, (i % 2 = 0)::text) = kz_theil_between(i, (i % 2)::text) AND kz_theil_between(i, (i % 2)::varchar) = kz_theil_between(i, 1.0, (date '2023-01-01' + i % 2)::text) AND kz_theil_between(i, (ARRAY['a', 'b'])[1 + i % 2]::char(9)) = kz_theil_between(i, (ARRAY['a', 'b'])[1 + i % 2]::name) AND kz_theil_between(i, '') = 0 AND kz_theil_within(i, i::text) = 0 AS any_text
FROM generate_series(1, 9) i;
SELECT kz_theil_between(x, g) > 0 AND kz_theil_within(x, g) > 0 AND kz_theil_between(x, g) = kz_theil_between(x, h::text) AND kz_theil_within(x, g) = kz_theil_within(x, h::text) AS hostile_labels
FROM (VALUES (1, '', 1), (2, '', 1), (3, ' ', 2), (4, 'ёжик', 3), (5, 'ёжик', 3), (6, 'NULL', 4), (7, E'a\tb"\n', 5), (8, repeat('x', 65535), 6), (9, repeat('x', 65534), 7), (10, repeat('x', 65535), 6)) v (x, g, h);

-- errors
\getenv inputdir PG_ABS_SRCDIR
\set error :inputdir '/error.sql'
\i :error
\pset tuples_only
\pset format unaligned
SELECT pg_temp.error('SELECT kz_gini(x) FROM (VALUES (1::float8), (''NaN'')) v (x)');
SELECT pg_temp.error('SELECT kz_theil(''Infinity''::float8)');
SELECT pg_temp.error('SELECT kz_hhi(-1e300)');
SELECT pg_temp.error('SELECT kz_gini(1, ''NaN''::float8)');
SELECT pg_temp.error('SELECT kz_gini(1, -1.5)');
SELECT pg_temp.error('SELECT kz_hoover(1, ''-Infinity''::float8)');
SELECT pg_temp.error('SELECT kz_theil_within(1, -1, ''a'')');
-- a weight is not taken for a group
SELECT pg_temp.error('SELECT kz_theil_between(1, 2)');
SELECT pg_temp.error('SELECT kz_theil_within(1, 2::float8)');
SELECT pg_temp.error('SELECT kz_theil_between(1, 2::numeric, 3::bigint)');
SELECT pg_temp.error('SELECT kz_theil_between(1, NULL::text)');
SELECT pg_temp.error('SELECT kz_theil_between(1, repeat(''x'', 65536))');
SELECT pg_temp.error('SELECT kz_gini(x) OVER (ROWS 1 PRECEDING) FROM (VALUES (1::float8), (''NaN''), (2), (3)) f (x)');
SELECT pg_temp.error(format('SELECT kz_%s FROM generate_series(1, 3) i', call)) FROM unnest(ARRAY['gini(i, i = 2)', 'gini(i, NULL::boolean)', 'hhi(i, i = 2)', 'hhi(i, NULL::boolean)', 'entropy(i, i + 1)', 'entropy(i, 1)', 'entropy(i, NULL)', 'entropy(i, ''Infinity'')',
  'generalized_entropy(i, i)', 'generalized_entropy(i, i, 1)', 'generalized_entropy(i, NULL)', 'generalized_entropy(i, ''NaN'')', 'atkinson(i, i)', 'atkinson(i, -0.5)', 'atkinson(i, NULL, 1)', 'atkinson(i, 1, -1)', 'kolm(i, i)', 'kolm(i, 0)', 'kolm(i, NULL)',
  'concentration_ratio(i, i)', 'concentration_ratio(i, 0)', 'concentration_ratio(i, NULL)', 'hill(i, i)', 'hill(i, -1)', 'hill(i, NULL)', 'cv(i, i = 1)', 'cv(i, NULL::boolean)']) WITH ORDINALITY c (call, n) ORDER BY n;
-- a parameter that differs only between workers
CREATE TABLE inequality_parameters AS SELECT i AS x, CASE WHEN i <= 1000 THEN 1 ELSE 2 END AS alpha FROM generate_series(1, 2000) i;
ANALYZE inequality_parameters;
SELECT pg_temp.error('SELECT kz_generalized_entropy(x, alpha) FROM inequality_parameters');
SET max_parallel_workers_per_gather = 2;
SELECT pg_temp.error('SELECT kz_generalized_entropy(x, alpha) FROM inequality_parameters');
SELECT count(*) FROM (SELECT alpha, kz_generalized_entropy(x, alpha) AS ge FROM inequality_parameters GROUP BY alpha) s WHERE ge > 0;
DROP TABLE inequality_parameters;
SELECT pg_temp.error('SELECT kz_lorenz(''{1,NaN}'')');
SELECT pg_temp.error('SELECT kz_lorenz(''{1,2}'', ''{1,-2}'')');
SELECT pg_temp.error('SELECT kz_lorenz(''{1,2}'', ''{1}'')');
SELECT pg_temp.error('SELECT kz_spatial_gini(' || :'values' || ', ''{"rows":["a"],"cols":["e"],"cells":[[0,0,1]]}'')');
SELECT pg_temp.error('SELECT kz_spatial_gini(' || :'values' || ', ''{"rows":["a"],"cols":["b"],"cells":[[0,0,1.5]]}'')');
SELECT pg_temp.error('SELECT kz_spatial_gini(' || :'values' || ', ''{"rows":["a"],"cols":["b"],"cells":[[0,0,-1]]}'')');
SELECT pg_temp.error('SELECT kz_spatial_gini(''{"rows":["a"],"cols":["x","y"],"cells":[[0,0,1],[0,1,1]]}'', ' || :'values' || ')');
-- memory
SET kzcluster.max_matrix_memory = '64kB';
SELECT pg_temp.error('SELECT kz_gini(i) FROM generate_series(1, 100000) i');
SELECT pg_temp.error('SELECT kz_theil_between(i, i::text) FROM generate_series(1, 100000) i');
SELECT kz_gini(i) > 0.3 FROM generate_series(1, 2000) i;
RESET kzcluster.max_matrix_memory;

-- The parts of the aggregates, called as they should not be.
SELECT pg_temp.error('SELECT kz_sample_transition(NULL, 1)');
SELECT pg_temp.error('SELECT kz_sample_inverse(''{1,0,0,1,0,1}'', 1::float8)');
SELECT pg_temp.error('SELECT kz_sample_combine(''{1,0,0,1,0,1}'', ''{1,0,0,1,0,1}'')');
SELECT pg_temp.error('SELECT kz_theil_groups_transition(NULL, 1, ''a''::text)');
-- a final function takes what is a state, and nothing else; the state is an array like any other
SELECT kz_gini_final('{1,0,0,2,0,10,20}'), kz_gini_final(NULL), kz_gini_final('{1,0,0,2,1,10,20}'), kz_theil_between_final('{3,0,0,7,0,1,1,0,3,1,1,97}') > 0;
SELECT pg_temp.error(format('SELECT kz_%s_final(%L)', f, state))
FROM (VALUES ('gini', '{}'), ('gini', '{1,0,0,0}'), ('gini', '{0,0,0,0,0}'), ('gini', '{4,0,0,0,0}'), ('gini', '{1.5,0,0,0,0}'), ('gini', '{1,99,0,0,0}'), ('gini', '{1,0,0,1,2,1}'), ('gini', '{1,0,0,1,-1,1}'), ('gini', '{2,0,0,1,0,1}'), ('gini', '{2,0,0,2,1,1,1}'), ('gini', '{1,0,0,1,0,NULL}'), ('gini', '{1,0,0,1,0,NaN}'),
  ('gini', '{1,0,NaN,1,0,1}'), ('gini', '{2,0,0,2,0,1,-1}'), ('gini', '{{1,0,0,1,0,1},{1,2,3,4,5,6}}'), ('gini', '{1,0,0,2,0,1}'), ('gini', '{1,0,0,-1,0,1}'), ('gini', '{1,0,0,0.5,0,1}'), ('gini', '{1,0,0,NaN,0,1}'), ('gini', '{NaN,0,0,0,0}'), ('hill', '{1,8,NaN,1,0,1}'), ('gini', '{1,2,0,1,0,1}'), ('theil', '{1,4,1,1,0,1}'), ('gini', '{3,0,0,3,0,1,1,0}'), ('theil_between', '{1,0,0,1,0,1}'), ('theil_between', '{3,0,0,2,0,1,1}'), ('theil_within', '{3,0,0,4,0,1,1,7,1}'),
  ('theil_within', '{3,0,0,3,0,1,1,65536}'), ('theil_within', '{3,0,0,3,0,1,1,-1}'), ('theil_within', '{3,0,0,4,0,1,1,3,1e300}'), ('theil_within', '{3,0,0,4,0,1,1,3,-1}'), ('theil_within', '{3,0,0,4,0,1,1,3,NaN}')) v (f, state);
CREATE AGGREGATE pg_temp.state(float8) (SFUNC = kz_sample_transition, STYPE = float8[]);
CREATE AGGREGATE pg_temp.state_of_groups(float8, text) (SFUNC = kz_theil_groups_transition, STYPE = float8[]);
CREATE AGGREGATE pg_temp.begun(float8) (SFUNC = kz_sample_transition, STYPE = float8[], INITCOND = '{1,0,0,1,0,5}', FINALFUNC = kz_gini_final);
CREATE AGGREGATE pg_temp.begun_badly(float8) (SFUNC = kz_sample_transition, STYPE = float8[], INITCOND = '{}');
CREATE AGGREGATE pg_temp.begun_otherwise(float8) (SFUNC = kz_sample_transition, STYPE = float8[], INITCOND = '{2,0,0,0,0}');
CREATE AGGREGATE pg_temp.appended(float8) (SFUNC = array_append, STYPE = float8[], INITCOND = '{1,0,0,3,0}', FINALFUNC = kz_gini_final);
CREATE AGGREGATE pg_temp.merged(float8[]) (SFUNC = kz_sample_combine, STYPE = float8[], FINALFUNC = kz_gini_final);
CREATE AGGREGATE pg_temp.bad_window(float8) (SFUNC = kz_sample_transition, STYPE = float8[], FINALFUNC = kz_gini_final, MSFUNC = kz_sample_transition, MINVFUNC = kz_sample_inverse, MSTYPE = float8[], MINITCOND = '{1,0,0,1,0,5}', MFINALFUNC = kz_gini_final);
SELECT (pg_temp.state(i))[1:9], array_append(pg_temp.state(i), 7) = pg_temp.state(i) || ARRAY[7::float8], (pg_temp.state(i))[6] FROM generate_series(1, 3) i;
SELECT (pg_temp.state_of_groups(i, 'группа ' || i % 2))[1:18] FROM generate_series(1, 2) i;
SELECT pg_temp.begun(i) = kz_gini_final('{1,0,0,4,0,5,1,2,3}'), pg_temp.appended(i) = kz_gini(i), kz_gini(i) FROM generate_series(1, 3) i;
SELECT pg_temp.merged(s) = (SELECT kz_gini(i) FROM generate_series(1, 30) i) FROM (SELECT pg_temp.state(i) AS s FROM generate_series(1, 30) i GROUP BY i % 4) p;
SELECT pg_temp.merged(s) FROM (VALUES (NULL::float8[]), ('{1,0,0,1,0,1}'), (NULL), ('{1,0,0,0,0}')) v (s);
-- the oldest row is not the one that leaves: the frame is aggregated anew, with what was there in the beginning
SELECT i, pg_temp.bad_window(i) OVER w = kz_gini_final(array_remove(ARRAY[1, 0, 0, 1 + least(i, 2), 0, 5, lag(i) OVER w, i]::float8[], NULL)) AS same FROM generate_series(1, 4) i WINDOW w AS (ORDER BY i ROWS 1 PRECEDING);
SELECT pg_temp.error('SELECT pg_temp.begun_badly(1)');
SELECT pg_temp.error('SELECT pg_temp.begun_otherwise(1)');
SELECT pg_temp.error('SELECT pg_temp.merged(s) FROM (VALUES (''{1,0,0,1,0,1}''::float8[]), (''{2,0,0,2,0,1,1}'')) v (s)');
SELECT pg_temp.error('SELECT pg_temp.merged(s) FROM (VALUES (''{1,5,1,1,0,1}''::float8[]), (''{1,5,2,1,0,1}'')) v (s)');
SELECT pg_temp.error('SELECT pg_temp.merged(s) FROM (VALUES (''{1,0,0,1,0,1}''::float8[]), (''{1,0,0,1,0,NULL}'')) v (s)');
