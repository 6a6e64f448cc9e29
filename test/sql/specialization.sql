-- Specialization and diversity of regions: indices, distances, profiles, Hill numbers, Rao-Stirling, change, coherence.
SET extra_float_digits = 1;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
\getenv inputdir PG_ABS_SRCDIR
\set error :inputdir '/error.sql'
\i :error
-- a row as lines, with numbers as far as every machine agrees on them
CREATE FUNCTION pg_temp.show(line json) RETURNS TABLE (name text, value text) LANGUAGE sql AS $$
  SELECT key, CASE WHEN json_typeof(value) = 'number' THEN trim_scale(round((value #>> '{}')::numeric, 12))::text ELSE value #>> '{}' END FROM json_each(line) $$;

-- A study small enough to check by hand. Totals: A 16, B 32, C 16; x 32, y 32. Shares of x and y: A 3/4 1/4, B 1/8 7/8,
-- C 1 0; all 1/2 1/2.
CREATE TEMPORARY VIEW m AS SELECT kz_matrix_agg(region, industry, value) AS m
FROM (VALUES ('A', 'x', 12), ('A', 'y', 4), ('B', 'x', 4), ('B', 'y', 28), ('C', 'x', 16)) v (region, industry, value);

-- against the total: A 1/4 1/2 1/4 1/4, theil 3/4 ln 3/2 - 1/4 ln 2, chi2 1/4, squares 1/8, herfindahl 5/8
SELECT region, projection, round(value::numeric, 12) AS value, round(half::numeric, 12) AS half, status
FROM m, unnest('{hoover,krugman,gini,gini_unweighted,theil,variance,chi2,squares,herfindahl}'::text[]) WITH ORDINALITY p (projection, n),
  LATERAL (SELECT i.*, h.value AS half FROM kz_specialization_index(m, projection) i JOIN kz_specialization_index(m, projection, half => true) h USING (region)) i
ORDER BY region, n;
-- krugman against each reference. A: rest 5/12 7/12, so 2/3; mean 9/16 7/16, so 3/8; pairs 5/4 and 1/2, so 7/8; given 3/4 1/8 1/8, so 1/4
SELECT region, reference, round(value::numeric, 12) AS value, status
FROM m, unnest('{total,rest,mean,pairs,uniform}'::text[]) WITH ORDINALITY r (reference, n), kz_specialization_index(m, 'krugman', reference) ORDER BY region, n;
SELECT i.* FROM m, kz_specialization_index(m, 'krugman', 'given', '{"rows":["land"],"cols":["x","y","z"],"cells":[[0,0,6],[0,1,1],[0,2,1]]}') i;
SELECT i.* FROM m, kz_specialization_index(m, 'krugman', reference => 'given', base => kz_transpose('{"rows":["land"],"cols":["x","y","z"],"cells":[[0,0,6],[0,1,1],[0,2,1]]}')) i;
-- weights: the quotients of A against 3/4 1/8 1/8 are 1, 2 and 0, whose mean is 1: with each counting the same, hoover 1/3, variance 2/3
SELECT projection, weight, round(value::numeric, 12) AS value, status
FROM m, unnest('{hoover,krugman,gini,gini_unweighted,theil,variance,chi2,squares,herfindahl}'::text[]) WITH ORDINALITY p (projection, n), unnest('{reference,uniform}'::text[]) weight,
  kz_specialization_index(m, projection, 'given', '{"rows":["land"],"cols":["x","y","z"],"cells":[[0,0,6],[0,1,1],[0,2,1]]}', weight)
WHERE region = 'A' ORDER BY n, weight;
-- NULL words are the defaults; an industry that the reference has not leaves a projection that divides by it without base
SELECT i.* FROM m, kz_specialization_index(m, NULL, NULL, NULL, NULL, NULL) i;
SELECT region, projection, value, status
FROM m, unnest('{hoover,krugman,gini,gini_unweighted,theil,chi2}'::text[]) projection, kz_specialization_index(m, projection, 'given', '{"rows":["land"],"cols":["x","y"],"cells":[[0,0,1],[0,1,0]]}')
WHERE region <> 'B' ORDER BY region, projection;

SELECT c.* FROM m, kz_cells(kz_specialization_distance(m)) c;
SELECT row_label, col_label, round(value::numeric, 12) AS theil, status FROM m, kz_cells(kz_specialization_distance(m, 'theil')) c;
SELECT name, a.value AS a, c.value AS c, land.value AS a_of_land
FROM m, LATERAL (SELECT s.* FROM kz_region_profile(m, '{"rows":["x","y"],"cols":["g"],"cells":[[0,0,1],[1,0,1]]}', entropy_base => 2) p, pg_temp.show(row_to_json(p)) WITH ORDINALITY s (name, value, n) WHERE region = 'A') a
JOIN LATERAL (SELECT s.* FROM kz_region_profile(m) p, pg_temp.show(row_to_json(p)) s WHERE region = 'C') c USING (name)
JOIN LATERAL (SELECT s.* FROM kz_region_profile(m, threshold => 1.5, reference => '{"rows":["land"],"cols":["x","y","z"],"cells":[[0,0,6],[0,1,1],[0,2,1]]}') p, pg_temp.show(row_to_json(p)) s WHERE region = 'A') land USING (name)
ORDER BY n;

-- A 3/4 1/4: order 0 2, 2 8/5, infinity 4/3; C 1
SELECT region, q, round(h.value::numeric, 12) AS value, status FROM m, unnest('{0,0.5,1,1.00001,2,3,1e9,Infinity}'::float8[]) q, kz_hill_numbers(m, q) h WHERE region <> 'B' ORDER BY region, q;
-- A 2 x 3/16 x 1/2; with beta 1/2 the root
SELECT region, round(r.value::numeric, 12) AS rao, round(s.value::numeric, 12) AS stirling, round(n.value::numeric, 12) AS disparity_ignored, r.status
FROM m, (SELECT '{"rows":["x","y"],"cols":["x","y"],"cells":[[0,0,9],[0,1,0.5],[1,0,0.5]]}'::kz_matrix) d (d),
  kz_rao_stirling(m, d) r JOIN LATERAL kz_rao_stirling(m, d, 2, 0.5) s USING (region) JOIN LATERAL kz_rao_stirling(m, d, alpha => 0) n USING (region);
-- A 3/4 1/4 to 1/2 1/2: 1/4; ends and begins: no Lilien; regions and industries of one side only
SELECT region, michaely, round(lilien::numeric, 12) AS lilien, status
FROM m, kz_structural_change(m, '{"rows":["A","B","D"],"cols":["w","x","y"],"cells":[[0,1,2],[0,2,2],[1,0,1],[1,2,3],[2,1,1]]}');
SELECT round(sqrt(0.5 * ln(0.5 / 0.75) ^ 2 + 0.5 * ln(0.5 / 0.25) ^ 2), 12) AS lilien_of_a;
-- shares 0.4 0.3 0.2 0.1; the tree is a-b, b-c, c-d
SELECT region, round(war::numeric, 12) AS war, round(warn::numeric, 12) AS warn, status
FROM kz_coherence('{"rows":["one","two"],"cols":["a","b","c","d"],"cells":[[0,0,4],[0,1,3],[0,2,2],[0,3,1],[1,1,5]]}',
  '{"rows":["a","b","c"],"cols":["b","c","d"],"cells":[[0,0,1.8],[0,1,0.2],[0,2,0.4],[1,1,1.6],[1,2,0.6],[2,2,1.4]]}');
SELECT round(0.4 * 0.31 / 0.6 + 0.3 * 0.55 / 0.7 + 0.2 * 0.35 / 0.8 + 0.1 * 0.31 / 0.9, 12) AS war, round(0.36 + 0.3 * 0.52 / 0.6 + 0.2 * 0.31 / 0.4 + 0.07, 12) AS warn;

-- what is missing: suppressed S, negative N, zero Z, one industry O; and what the others become
CREATE TEMPORARY VIEW bad AS SELECT kz_matrix_agg(region, industry, value) AS m
FROM (VALUES ('A', 'x', 12), ('A', 'y', 4), ('N', 'x', -1), ('N', 'y', 4), ('O', 'y', 5), ('S', 'x', 3), ('S', 'y', NULL), ('Z', 'x', 0)) v (region, industry, value);
SELECT reference, region, round(value::numeric, 12) AS value, status FROM bad, unnest('{total,rest,mean,pairs,uniform}'::text[]) WITH ORDINALITY r (reference, n), kz_specialization_index(m, reference => reference) ORDER BY n, region;
SELECT region, total, round(share::numeric, 6) AS share, industries, diversity, round(herfindahl::numeric, 6) AS herfindahl, round(evenness::numeric, 6) AS evenness, round(krugman::numeric, 6) AS krugman, leading_industry, round(unrelated_variety::numeric, 6) AS uv, status
FROM bad, kz_region_profile(m, '{"rows":["x","y"],"cols":["g","h"],"cells":[[0,0,1],[1,1,1]]}');
SELECT region, round(value::numeric, 12) AS value, status FROM bad, kz_hill_numbers(m) h;
SELECT r.* FROM bad, kz_rao_stirling(m, '{"rows":["x","y"],"cols":["x","y"],"cells":[[0,1,1],[1,0,1]]}') r;
SELECT c.* FROM bad, kz_structural_change(m, m) c;
SELECT c.* FROM bad, kz_coherence(m, '{"rows":["x","y"],"cols":["x","y"],"cells":[[0,1,1],[1,0,1]]}') c;
SELECT row_label, col_label, value, status FROM bad, kz_cells(kz_specialization_distance(m)) WHERE row_label IN ('A', 'S');
-- a matrix whose totals are negative or zero leaves all without base
SELECT i.* FROM kz_specialization_index('{"rows":["a","b"],"cols":["x","y"],"cells":[[0,0,1],[0,1,1],[1,0,-3]]}') i;
SELECT i.* FROM kz_specialization_index('{"rows":["a","b"],"cols":["x","y"],"cells":[[0,0,1],[0,1,1],[1,0,-2]]}') i;

-- one region, one industry, one cell, none, NULL
SELECT reference, i.* FROM unnest('{total,rest,mean,pairs,uniform}'::text[]) WITH ORDINALITY r (reference, n), kz_specialization_index('{"rows":["a"],"cols":["x","y"],"cells":[[0,0,1],[0,1,3]]}', 'krugman', reference) i ORDER BY n;
SELECT name, one.value AS one, alike.value AS alike
FROM (SELECT s.* FROM kz_region_profile('{"rows":["a"],"cols":["x"],"cells":[[0,0,1]]}') p, pg_temp.show(row_to_json(p)) WITH ORDINALITY s (name, value, n)) one
JOIN (SELECT s.* FROM kz_region_profile('{"rows":["a","b"],"cols":["x","y"],"cells":[[0,0,1],[0,1,3],[1,0,2],[1,1,6]]}') p, pg_temp.show(row_to_json(p)) s WHERE region = 'a') alike USING (name) ORDER BY n;
SELECT (SELECT count(*) FROM kz_specialization_index(e)) AS indices, (SELECT count(*) FROM kz_specialization_index(e, 'gini', 'pairs')) AS pairs, (SELECT count(*) FROM kz_region_profile(e)) AS profiles, (SELECT count(*) FROM kz_hill_numbers(e)) AS hill,
  (SELECT count(*) FROM kz_rao_stirling(e, e)) AS rao, (SELECT count(*) FROM kz_structural_change(e, e)) AS change, (SELECT count(*) FROM kz_coherence(e, e)) AS coherence, kz_dims(kz_specialization_distance(e)) AS distance
FROM (SELECT '{"rows":[],"cols":[],"cells":[]}'::kz_matrix) e (e);
SELECT (SELECT count(*) FROM kz_specialization_index(NULL)) AS indices, (SELECT count(*) FROM kz_region_profile(NULL)) AS profiles, (SELECT count(*) FROM m, kz_hill_numbers(m, NULL)) AS hill,
  (SELECT count(*) FROM m, kz_rao_stirling(m, NULL)) AS rao, (SELECT count(*) FROM m, kz_structural_change(m, NULL)) AS change, (SELECT count(*) FROM m, kz_coherence(m, NULL)) AS coherence, kz_specialization_distance(NULL) IS NULL AS distance,
  (SELECT count(*) FROM m, kz_region_profile(m, NULL, NULL, NULL, NULL)) AS defaults;
-- labels that hurt, sorted by their bytes
SELECT region, value, leading_industry FROM (SELECT kz_matrix_agg(r, i, n) AS m FROM (VALUES ('', '"', 1), ('Ünïcode', E'tab\t', 2), ('%s', '%n', 3), (repeat('long', 20), '', 4)) v (r, i, n)) s,
  LATERAL (SELECT i.region, round(i.value::numeric, 6) AS value, p.leading_industry FROM kz_specialization_index(m) i JOIN kz_region_profile(m) p USING (region)) l ORDER BY region COLLATE "C";

-- every error
\pset tuples_only
\pset format unaligned
SELECT pg_temp.error(format('SELECT * FROM %s', call)) FROM unnest(ARRAY[
  'm, kz_specialization_index(m, ''Hoover'')', 'm, kz_specialization_index(m, reference => ''area'')', 'm, kz_specialization_index(m, weight => ''none'')', 'm, kz_specialization_index(m, reference => ''given'')',
  'm, kz_specialization_index(m, base => m)', 'm, kz_specialization_index(m, reference => ''given'', base => m)',
  'm, kz_specialization_index(m, reference => ''given'', base => ''{"rows":["r"],"cols":["x"],"cells":[[0,0,1]]}'')',
  'm, kz_specialization_index(m, reference => ''given'', base => ''{"rows":["r"],"cols":["x","y"],"cells":[[0,0,1],[0,1,null]]}'')',
  'm, kz_specialization_index(m, reference => ''given'', base => ''{"rows":["r"],"cols":["x","y","z"],"cells":[[0,0,1],[0,1,2],[0,2,null]]}'')',
  'm, kz_specialization_distance(m, ''herfindahl'')',
  'm, kz_region_profile(m, threshold => -1)', 'm, kz_region_profile(m, threshold => ''NaN'')', 'm, kz_region_profile(m, entropy_base => 1)', 'm, kz_region_profile(m, entropy_base => 0.5)', 'm, kz_region_profile(m, entropy_base => ''Infinity'')',
  'm, kz_region_profile(m, ''{"rows":["x"],"cols":["g"],"cells":[[0,0,1]]}'')', 'm, kz_region_profile(m, ''{"rows":["x","y"],"cols":["g","h"],"cells":[[0,0,1],[1,0,1],[1,1,1]]}'')',
  'm, kz_region_profile(m, reference => m)', 'm, kz_region_profile(m, reference => ''{"rows":["r"],"cols":["y","z"],"cells":[[0,0,1],[0,1,2]]}'')',
  'm, kz_hill_numbers(m, -1)', 'm, kz_hill_numbers(m, ''NaN'')',
  'm, kz_rao_stirling(m, ''{"rows":["x"],"cols":["x"],"cells":[[0,0,1]]}'')', 'm, kz_rao_stirling(m, ''{"rows":["x"],"cols":["y"],"cells":[[0,0,-1]]}'')', 'm, kz_rao_stirling(m, ''{"rows":["x"],"cols":["y"],"cells":[[0,0,null]]}'')',
  'm, kz_rao_stirling(m, ''{"rows":["x"],"cols":["y"],"cells":[[0,0,1e200]]}'', 2)', 'm, kz_rao_stirling(m, m, alpha => -1)', 'm, kz_rao_stirling(m, m, beta => -1)', 'm, kz_rao_stirling(m, m, beta => ''Infinity'')',
  'm, kz_coherence(m, m)', 'm, kz_coherence(m, ''{"rows":["x"],"cols":["y"],"cells":[[0,0,-1]]}'')']) call;
SET kzcluster.max_matrix_memory = '64kB';
SELECT pg_temp.error($$SELECT kz_specialization_distance((SELECT kz_matrix_agg(r, 'x'::text, 1) FROM generate_series(1, 100) r))$$);
SELECT pg_temp.error($$SELECT * FROM kz_rao_stirling((SELECT kz_matrix_agg('r'::text, i, 1) FROM generate_series(1, 100) i), (SELECT kz_matrix_agg(i, i, 1) FROM generate_series(1, 100) i))$$);
SELECT pg_temp.error($$SELECT * FROM kz_specialization_index((SELECT kz_matrix_agg(i, i, 1) FROM generate_series(1, 100) i), reference => 'pairs')$$);
RESET kzcluster.max_matrix_memory;
\pset tuples_only off
\pset format aligned

-- random matrices against the formulas in SQL, written from the coefficients
SELECT setseed(0.25);
CREATE TEMPORARY TABLE random AS
SELECT g, kz_matrix_agg('r' || r, 'i' || i, ceil(random() * 10 ^ (1 + g % 5))) AS m
FROM generate_series(1, 60) g, generate_series(1, 2 + g % 7) r, generate_series(1, 2 + g % 9) i WHERE random() < 0.7 OR i = r OR (i = 1 AND r > 5) OR r = 1 GROUP BY g;
CREATE TEMPORARY TABLE cell AS
SELECT g, c.region, c.industry, c.industry_share AS v, c.reference_share AS y, c.lq, c.region_total / c.ref_total AS x, c.region_share AS s FROM random, kz_coefficients(m, fill => true) c;
SELECT count(*) > 200 AS regions, count(*) FILTER (WHERE abs(p.krugman - f.krugman) > 1e-12 OR abs(p.theil - f.theil) > 1e-12 OR abs(p.chi2 - f.chi2) > 1e-12 OR abs(p.average_lq - f.average_lq) > 1e-12
    OR abs(p.gini - f.gini) > 1e-12 OR abs(p.gini_unweighted - f.gini_unweighted) > 1e-12 OR abs(p.herfindahl - f.herfindahl) > 1e-12 OR abs(p.entropy - f.entropy) > 1e-12
    OR p.diversity <> f.diversity OR p.industries <> f.industries OR p.relative_specialization <> f.largest OR p.status NOT IN ('ok', 'too few')) AS wrong
FROM (SELECT g, p.* FROM random, kz_region_profile(m) p) p
JOIN (SELECT g, region, sum(abs(v - y)) AS krugman, sum(CASE WHEN v > 0 THEN v * ln(v / y) ELSE 0 END) AS theil, sum((v - y) ^ 2 / y) AS chi2, sum(v * lq) AS average_lq, sum(v ^ 2) AS herfindahl,
        -sum(CASE WHEN v > 0 THEN v * ln(v) ELSE 0 END) AS entropy, count(*) FILTER (WHERE lq >= 1) AS diversity, count(*) FILTER (WHERE v > 0) AS industries, max(lq) AS largest,
        (SELECT sum(a.y * b.y * abs(a.lq - b.lq)) / 2 FROM cell a, cell b WHERE (a.g, a.region) = (cell.g, cell.region) AND (b.g, b.region) = (cell.g, cell.region)) AS gini,
        (SELECT sum(abs(a.lq - b.lq)) / (2 * sum(a.lq)) FROM cell a, cell b WHERE (a.g, a.region) = (cell.g, cell.region) AND (b.g, b.region) = (cell.g, cell.region)) AS gini_unweighted
      FROM cell GROUP BY g, region) f USING (g, region);
-- the index and the profile are the same bits
SELECT count(*) > 200 AS regions, count(*) FILTER (WHERE (p.hoover, p.krugman, p.gini, p.gini_unweighted, p.theil, p.chi2) IS DISTINCT FROM
  (i.v[1], i.v[2], i.v[3], i.v[4], i.v[5], i.v[6])) AS wrong
FROM random, LATERAL (SELECT region, array_agg(value ORDER BY n) AS v FROM unnest('{hoover,krugman,gini,gini_unweighted,theil,chi2}'::text[]) WITH ORDINALITY w (projection, n), kz_specialization_index(m, projection) GROUP BY region) i
JOIN LATERAL kz_region_profile(m) p USING (region);
-- the mean of all distances of a region is the index against pairs; what a total includes is nearer by the region's own share
SELECT count(*) > 200 AS regions, count(*) FILTER (WHERE abs(d.mean - p.value) > 1e-14) AS pairs_wrong, count(*) FILTER (WHERE abs(t.value - r.value * (1 - x.x)) > 1e-14) AS rest_wrong
FROM random, LATERAL (SELECT row_label AS region, sum(value) / (count(*) - 1) AS mean FROM kz_cells(kz_specialization_distance(m)) GROUP BY 1) d
JOIN LATERAL kz_specialization_index(m, 'krugman', 'pairs') p USING (region) JOIN LATERAL kz_specialization_index(m, 'krugman', 'rest') r USING (region) JOIN LATERAL kz_specialization_index(m, 'krugman') t USING (region)
JOIN LATERAL (SELECT label AS region, total / kz_total(m) AS x FROM kz_row_totals(m)) x USING (region);
-- specialization and concentration close: the mean Theil of regions by size is that of industries by size
SELECT count(*) AS matrices, count(*) FILTER (WHERE abs(r.t - i.t) > 1e-13) AS theil_differs, count(*) FILTER (WHERE abs(r.c - i.c) > 1e-12) AS chi2_differs, count(*) FILTER (WHERE abs(r.k - i.k) > 1e-13) AS krugman_differs
FROM random, LATERAL (SELECT sum(share * theil) AS t, sum(share * chi2) AS c, sum(share * krugman) AS k FROM kz_region_profile(m)) r, LATERAL (SELECT sum(share * theil) AS t, sum(share * chi2) AS c, sum(share * krugman) AS k FROM kz_industry_profile(m)) i;
-- varieties add up to the entropy, and Hill numbers meet the profile
SELECT count(*) > 200 AS regions, count(*) FILTER (WHERE abs(unrelated_variety + related_variety - entropy) > 1e-13) AS varieties_wrong, count(*) FILTER (WHERE abs(h1.value - exp(entropy)) > 1e-12) AS h1_wrong,
  count(*) FILTER (WHERE abs(h2.value - equivalent_number) > 1e-12) AS h2_wrong, count(*) FILTER (WHERE h0.value <> industries) AS h0_wrong, count(*) FILTER (WHERE hi.value <> 1 / berger_parker) AS hi_wrong
FROM random, LATERAL kz_region_profile(m, (SELECT kz_matrix_agg(l, CASE WHEN l < 'i4' THEN 'low' ELSE 'high' END, 1) FROM unnest(kz_col_labels(m)) l)) p
JOIN LATERAL kz_hill_numbers(m) h1 USING (region) JOIN LATERAL kz_hill_numbers(m, 2) h2 USING (region) JOIN LATERAL kz_hill_numbers(m, 0) h0 USING (region) JOIN LATERAL kz_hill_numbers(m, 'Infinity') hi USING (region);
-- the same facts in another order, at another scale, under other names: the same numbers
SELECT count(*) > 200 AS regions, count(*) FILTER (WHERE to_jsonb(a) - '{region,total,leading_industry,hoover,krugman,relative_diversity}'::text[] IS DISTINCT FROM to_jsonb(b) - '{region,total,leading_industry,hoover,krugman,relative_diversity}'::text[]) AS wrong,
  count(*) FILTER (WHERE abs(a.krugman - b.krugman) > 1e-14) AS krugman_wrong
FROM random, LATERAL (SELECT kz_matrix_agg(translate(row_label, 'r123456789', 'z987654321'), md5(col_label), value * 1024) AS turned FROM kz_cells(m)) t, LATERAL kz_region_profile(m) a
JOIN LATERAL kz_region_profile(turned) b ON b.region = translate(a.region, 'r123456789', 'z987654321');
-- a given reference that is the total is the total, to the bit
SELECT count(*) > 200 AS regions, count(*) FILTER (WHERE (a.*)::text <> (b.*)::text) AS wrong
FROM random, LATERAL (SELECT kz_matrix_agg('all', label, total) AS t FROM kz_col_totals(m)) t, LATERAL kz_region_profile(m) a JOIN LATERAL kz_region_profile(m, reference => t) b USING (region);
-- distances are matrices like any other: their text reads back to the same bytes
SELECT count(*) AS matrices, count(*) FILTER (WHERE d::text::kz_matrix <> d OR d <> kz_transpose(d) OR d::jsonb::kz_matrix <> d) AS wrong
FROM (SELECT kz_specialization_distance(m) AS d FROM random UNION ALL SELECT kz_specialization_distance(m) FROM bad) s;
