-- Concentration of industries: indices and profiles.
SET extra_float_digits = 1;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
\getenv inputdir PG_ABS_SRCDIR
\set error :inputdir '/error.sql'
\i :error
-- a row as lines, with numbers as far as every machine agrees on them
CREATE FUNCTION pg_temp.show(line json) RETURNS TABLE (name text, value text) LANGUAGE sql AS $$
  SELECT key, CASE WHEN json_typeof(value) = 'number' THEN trim_scale(round((value #>> '{}')::numeric, 12))::text ELSE value #>> '{}' END FROM json_each(line) $$;

-- A study small enough to check by hand. Totals: A 16, B 32, C 16; x 32, y 32. Shares of A, B and C: all 1/4 1/2 1/4,
-- x 3/8 1/8 1/2, y 1/8 7/8 0. Areas 1/2 1/4 1/4, populations 1/4 1/4 1/4 and 1/4 in D, where there is nothing.
CREATE TEMPORARY VIEW m AS SELECT kz_matrix_agg(region, industry, value) AS m, (SELECT kz_matrix_agg(region, attribute, value)
  FROM (VALUES ('A', 'area', 2), ('B', 'area', 1), ('C', 'area', 1), ('A', 'population', 5), ('B', 'population', 5), ('C', 'population', 5), ('D', 'population', 5), ('A', 'gross_product', 1), ('B', 'gross_product', 2), ('C', 'gross_product', 1)) v (region, attribute, value)) AS a
FROM (VALUES ('A', 'x', 12), ('A', 'y', 4), ('B', 'x', 4), ('B', 'y', 28), ('C', 'x', 16)) v (region, industry, value);

-- x against the total: hoover 3/8, gini 13/32 (quotients 1/4 3/2 2), chi2 1/16 + 9/32 + 1/4 = 19/32, squares 1/64 + 9/64 + 4/64 = 7/32; unweighted gini 14/45
SELECT industry, projection, round(value::numeric, 12) AS value, round(half::numeric, 12) AS half, status
FROM m, unnest('{hoover,krugman,gini,gini_unweighted,theil,variance,chi2,squares,herfindahl}'::text[]) WITH ORDINALITY p (projection, n),
  LATERAL (SELECT i.*, h.value AS half FROM kz_concentration_index(m, projection) i JOIN kz_concentration_index(m, projection, half => true) h USING (industry)) i
ORDER BY industry, n;
-- references of x: rest, mean and pairs are y; uniform 1/3 each: 1/24 + 5/24 + 1/6; area: 1/8 + 1/8 + 1/4; population: 1/8 + 1/8 + 1/4 + 1/4
SELECT industry, reference, round(value::numeric, 12) AS value, status
FROM m, unnest('{total,rest,mean,pairs,uniform,area,population,gross_product}'::text[]) WITH ORDINALITY r (reference, n),
  LATERAL kz_concentration_index(m, 'krugman', reference, CASE WHEN reference IN ('area', 'population', 'gross_product') THEN a END) ORDER BY industry, n;
SELECT i.* FROM m, kz_concentration_index(m, 'krugman', 'given', kz_cols(a, '{area}')) i;
SELECT i.* FROM m, kz_concentration_index(m, 'krugman', reference => 'given', base => kz_transpose(kz_cols(a, '{area}')), weight => 'uniform') i;
-- smoothed over neighbours, the same index is spatial: A and B are neighbours
SELECT i.* FROM m, kz_concentration_index('{"rows":["A","B","C"],"cols":["A","B","C"],"cells":[[0,0,0.5],[0,1,0.5],[1,0,0.5],[1,1,0.5],[2,2,1]]}' * m) i;

SELECT name, x.value AS x, y.value AS y, x_of_people.value AS x_of_people
FROM m, LATERAL (SELECT s.* FROM kz_industry_profile(m, a) p, pg_temp.show(row_to_json(p)) WITH ORDINALITY s (name, value, n) WHERE industry = 'x') x
JOIN LATERAL (SELECT s.* FROM kz_industry_profile(m, a, threshold => 1.5) p, pg_temp.show(row_to_json(p)) s WHERE industry = 'y') y USING (name)
JOIN LATERAL (SELECT s.* FROM kz_industry_profile(m, entropy_base => 2, reference => kz_cols(a, '{population}')) p, pg_temp.show(row_to_json(p)) s WHERE industry = 'x') x_of_people USING (name)
ORDER BY n;

-- what is missing: suppressed s, negative n, zero z, one region o; and what the others become
CREATE TEMPORARY VIEW bad AS SELECT kz_matrix_agg(region, industry, value) AS m
FROM (VALUES ('A', 'x', 12), ('B', 'x', 4), ('A', 'n', -1), ('B', 'n', 4), ('B', 'o', 5), ('A', 's', 3), ('B', 's', NULL), ('A', 'z', 0)) v (region, industry, value);
SELECT reference, industry, round(value::numeric, 12) AS value, status FROM bad, unnest('{total,rest,mean,pairs,uniform,area}'::text[]) WITH ORDINALITY r (reference, n),
  LATERAL kz_concentration_index(m, reference => reference, base => CASE reference WHEN 'area' THEN '{"rows":["A","B"],"cols":["area"],"cells":[[0,0,1],[1,0,1]]}'::kz_matrix END) ORDER BY n, industry;
SELECT industry, total, round(share::numeric, 6) AS share, regions, ubiquity, round(herfindahl::numeric, 6) AS herfindahl, round(krugman::numeric, 6) AS krugman, leading_region, round(topographic_theil::numeric, 6) AS topographic_theil, status
FROM bad, kz_industry_profile(m, '{"rows":["A","B"],"cols":["area"],"cells":[[0,0,1],[1,0,1]]}');
-- an area of zero, or below, in one region
SELECT industry, hoover, topographic_hoover, topographic_theil, status FROM m, kz_industry_profile(m, '{"rows":["A","B","C"],"cols":["area"],"cells":[[0,0,0],[1,0,1],[2,0,1]]}');
SELECT industry, hoover, topographic_hoover, topographic_theil, status FROM m, kz_industry_profile(m, '{"rows":["A","B","C"],"cols":["area"],"cells":[[0,0,-1],[1,0,1],[2,0,1]]}');
SELECT industry, value, status FROM m, kz_concentration_index(m, reference => 'area', base => '{"rows":["A","B","C"],"cols":["area"],"cells":[[0,0,0],[1,0,0],[2,0,0]]}');
-- attributes without an area leave the topographic indices out
SELECT industry, topographic_hoover, status FROM m, kz_industry_profile(m, kz_cols(a, '{population}'));
SELECT name, value FROM kz_industry_profile('{"rows":["a"],"cols":["x"],"cells":[[0,0,1]]}') p, pg_temp.show(row_to_json(p)) WITH ORDINALITY s (name, value, n) ORDER BY n;
SELECT (SELECT count(*) FROM kz_concentration_index(e)) AS indices, (SELECT count(*) FROM kz_industry_profile(e)) AS profiles, (SELECT count(*) FROM kz_concentration_index(NULL)) AS of_null, (SELECT count(*) FROM kz_industry_profile(NULL)) AS profiles_of_null,
  (SELECT count(*) FROM m, kz_industry_profile(m, NULL, NULL, NULL, NULL)) AS defaults, (SELECT count(*) FROM m, kz_concentration_index(m, NULL, NULL, NULL, NULL, NULL)) AS default_indices
FROM (SELECT '{"rows":[],"cols":[],"cells":[]}'::kz_matrix) e (e);

-- every error
\pset tuples_only
\pset format unaligned
SELECT pg_temp.error(format('SELECT * FROM %s', call)) FROM unnest(ARRAY[
  'm, kz_concentration_index(m, ''entropy'')', 'm, kz_concentration_index(m, reference => ''nation'')', 'm, kz_concentration_index(m, weight => ''area'')', 'm, kz_concentration_index(m, reference => ''area'')',
  'm, kz_concentration_index(m, base => a)', 'm, kz_concentration_index(m, reference => ''given'', base => a)', 'm, kz_concentration_index(m, reference => ''area'', base => kz_cols(a, ''{population}''))',
  'm, kz_concentration_index(m, reference => ''population'', base => kz_rows(a, ''{A,B}''))', 'm, kz_concentration_index(m, reference => ''area'', base => ''{"rows":["A","B","C"],"cols":["area"],"cells":[[0,0,1],[1,0,1],[2,0,null]]}'')',
  'm, kz_industry_profile(m, kz_rows(a, ''{A,B}''))', 'm, kz_industry_profile(m, threshold => -1)', 'm, kz_industry_profile(m, entropy_base => 1)', 'm, kz_industry_profile(m, reference => a)',
  'm, kz_industry_profile(m, reference => kz_rows(kz_cols(a, ''{area}''), ''{A,B}''))']) call;
\pset tuples_only off
\pset format aligned

-- an index of concentration is an index of specialization of the transposed matrix, to the bit
SELECT setseed(0.5);
CREATE TEMPORARY TABLE random AS
SELECT g, kz_matrix_agg('r' || r, 'i' || i, ceil(random() * 10 ^ (1 + g % 5))) AS m, (SELECT kz_matrix_agg('r' || r, 'area', ceil(random() * 100)) FROM generate_series(1, 9) r WHERE g > 0) AS a
FROM generate_series(1, 60) g, generate_series(1, 2 + g % 7) r, generate_series(1, 2 + g % 9) i WHERE random() < 0.7 OR i = r OR (i = 1 AND r > 5) OR r = 1 GROUP BY g;
SELECT count(*) > 5000 AS indices, count(*) FILTER (WHERE (i.value, i.status) IS DISTINCT FROM (s.value, s.status)) AS wrong
FROM random, unnest('{hoover,krugman,gini,gini_unweighted,theil,variance,chi2,squares,herfindahl}'::text[]) projection, unnest('{total,rest,mean,pairs,uniform}'::text[]) reference, unnest('{reference,uniform}'::text[]) weight,
  LATERAL kz_concentration_index(m, projection, reference, weight => weight) i JOIN LATERAL kz_specialization_index(kz_transpose(m), projection, reference, weight => weight) s ON s.region = i.industry;
-- the profile shows the same bits as the indices, and meets the coefficients
SELECT count(*) > 200 AS industries, count(*) FILTER (WHERE p.theil <> t.value OR p.raw_concentration <> s.value OR p.absolute_gini <> u.value OR p.topographic_gini <> a.value) AS wrong,
  count(*) FILTER (WHERE p.ubiquity <> c.ubiquity OR p.largest_lq <> c.largest) AS quotients_wrong
FROM random, LATERAL kz_industry_profile(m, a) p JOIN LATERAL kz_concentration_index(m, 'theil') t USING (industry) JOIN LATERAL kz_concentration_index(m, 'squares') s USING (industry) JOIN LATERAL kz_concentration_index(m, 'gini', 'uniform') u USING (industry)
JOIN LATERAL kz_concentration_index(m, 'gini', 'area', a) a USING (industry) JOIN LATERAL (SELECT industry, count(*) FILTER (WHERE lq >= 1) AS ubiquity, max(lq) AS largest FROM kz_coefficients(m, fill => true) GROUP BY industry) c USING (industry);
-- the same facts in another order, at another scale, under other names: the same numbers
SELECT count(*) > 200 AS industries, count(*) FILTER (WHERE to_jsonb(x) - '{industry,total,leading_region,hoover,krugman}'::text[] IS DISTINCT FROM to_jsonb(y) - '{industry,total,leading_region,hoover,krugman}'::text[]) AS wrong
FROM random, LATERAL (SELECT kz_matrix_agg(md5(row_label), translate(col_label, 'i123456789', 'z987654321'), value * 1024) AS turned FROM kz_cells(m)) t, LATERAL kz_industry_profile(m) x
JOIN LATERAL kz_industry_profile(turned) y ON y.industry = translate(x.industry, 'i123456789', 'z987654321');
-- a country cut into pieces of equal mix: relative indices do not see it, but the unweighted Gini does
SELECT count(*) AS industries, count(*) FILTER (WHERE abs(x.gini - y.gini) > 1e-14 OR abs(x.theil - y.theil) > 1e-14 OR abs(x.hoover - y.hoover) > 1e-14 OR abs(x.chi2 - y.chi2) > 1e-14) AS wrong, count(*) FILTER (WHERE x.gini_unweighted <> y.gini_unweighted) > 0 AS unweighted_differs
FROM m, LATERAL (SELECT kz_matrix_agg(row_label || half, col_label, value * CASE half WHEN 1 THEN 0.25 ELSE 0.75 END) AS halves FROM kz_cells(m), generate_series(1, CASE row_label WHEN 'B' THEN 2 ELSE 1 END) half WHERE row_label = 'B') h,
  LATERAL kz_industry_profile(m) x JOIN LATERAL kz_industry_profile(kz_rows(m, '{A,C}') + halves) y USING (industry);
