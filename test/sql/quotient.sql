-- Location quotient, coefficients of specialization and of per-capita production, shares: as scalars, look-ups,
-- window functions and rows.
SET extra_float_digits = 1;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;

-- A study small enough to check by hand. Totals: A 16, B 32, C 16; x 32, y 32; all 64. Shares of the gross product
-- A 1/2, B 1/4, C 1/4; of the population A 1/4, B 1/4, C 1/2.
CREATE TEMPORARY TABLE facts (region text, industry text, value float8);
INSERT INTO facts VALUES ('A', 'x', 12), ('A', 'y', 4), ('B', 'x', 3), ('B', 'y', 28), ('C', 'x', 16), ('B', 'x', 1);
CREATE TEMPORARY TABLE attributes (region text, attribute text, value float8);
INSERT INTO attributes VALUES ('A', 'gross_product', 32), ('B', 'gross_product', 16), ('C', 'gross_product', 16),
  ('A', 'population', 4), ('B', 'population', 4), ('C', 'population', 8);
CREATE TEMPORARY VIEW m AS SELECT kz_matrix_agg(region, industry, value) AS m, (SELECT kz_matrix_agg(region, attribute, value) FROM attributes) AS a FROM facts;

SELECT c.* FROM m, kz_coefficients(m, a) c;
SELECT region, industry, value, lq, cs, pc, status FROM m, kz_coefficients(m, a, fill => true) WHERE region = 'C';
SELECT region, industry, value, lq, cs, pc, status FROM m, kz_coefficients(m) WHERE region = 'A';
-- as scalars of totals in hand
SELECT kz_location_quotient(12, 32, 16, 64) AS lq, kz_specialization_coefficient(12, 32, 32, 64) AS cs,
  kz_per_capita_coefficient(12, 32, 4, 16) AS pc, kz_share_quotient(12, 32, 16, 64) AS share_quotient;
SELECT kz_location_quotient(value => 12, industry_total => 32, region_total => 16, total => 64) AS lq,
  kz_specialization_coefficient(value => 12, industry_total => 32, gross_product => 32, total_gross_product => 64) AS cs,
  kz_per_capita_coefficient(value => 12, industry_total => 32, population => 4, total_population => 16) AS pc,
  kz_share_quotient(part => 12, part_total => 32, base => 16, base_total => 64) AS share_quotient;
-- as look-ups
SELECT region, industry, kz_location_quotient(m, region, industry) AS lq, kz_specialization_coefficient(m, a, region, industry) AS cs,
  kz_per_capita_coefficient(m, a, region, industry) AS pc, kz_region_share(m, region, industry), kz_industry_share(m, region, industry)
FROM m, (VALUES ('A', 'x'), ('A', 'y'), ('B', 'x'), ('B', 'y'), ('C', 'x'), ('C', 'y'), ('D', 'x'), ('A', 'z'), (NULL, 'x'), ('A', NULL)) v (region, industry);
-- as window functions: rows of one cell add up, and all show it
SELECT f.*, kz_location_quotient(region, industry, f.value) OVER () AS lq,
  kz_specialization_coefficient(region, industry, f.value, y.value) OVER () AS cs,
  kz_specialization_coefficient(region, industry, f.value, y.value, 128) OVER () AS cs_of_twice,
  kz_per_capita_coefficient(region, industry, f.value, p.value) OVER () AS pc,
  kz_per_capita_coefficient(region, industry, f.value, p.value, NULL) OVER () AS pc_of_sum,
  kz_region_share(region, industry, f.value) OVER (), kz_industry_share(region, industry, f.value) OVER ()
FROM facts f JOIN attributes y USING (region) JOIN attributes p USING (region)
WHERE y.attribute = 'gross_product' AND p.attribute = 'population' ORDER BY region, industry, value;
-- order and frame of the window make no difference, its partition does
SELECT bool_and(a = b AND a = c AND a = d) AS same, count(*)
FROM (SELECT kz_location_quotient(region, industry, value) OVER () AS a,
        kz_location_quotient(region, industry, value) OVER (ORDER BY value DESC) AS b,
        kz_location_quotient(region, industry, value) OVER (ORDER BY region ROWS BETWEEN CURRENT ROW AND CURRENT ROW) AS c,
        kz_location_quotient(region, industry, value) OVER (ORDER BY industry RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW EXCLUDE GROUP) AS d
      FROM facts) s;
SELECT year, region, industry, value, kz_location_quotient(region, industry, value) OVER (PARTITION BY year) AS lq
FROM (SELECT 2022 AS year, * FROM facts UNION ALL SELECT 2023, 'A', 'x', 5 UNION ALL SELECT 2024, 'A', 'x', 1 UNION ALL SELECT 2024, 'B', 'y', 3) f
ORDER BY year, region, industry, value;
SELECT kz_location_quotient(region, industry, value) OVER (PARTITION BY region) AS alone FROM facts WHERE false;

-- a reference: published figures of a larger area, with one industry more; its own totals
CREATE TEMPORARY VIEW reference AS
SELECT kz_matrix_agg('country', industry, value) AS r, kz_matrix_agg('country', attribute, amount) FILTER (WHERE attribute IS NOT NULL) AS a
FROM (VALUES ('x', 64, 'gross_product', 256), ('y', 128, 'population', 32), ('z', 64, NULL, NULL)) v (industry, value, attribute, amount);
SELECT c.region, c.industry, c.value, region_total, industry_total, ref_value, ref_total, region_share, reference_share, industry_share, lq, cs, pc, excess, status
FROM m, reference, kz_coefficients(m, m.a, reference => r, reference_attributes => reference.a) c;
-- reference_attributes alone: a published total of the reference, published totals of regions
SELECT c.region, c.industry, region_total, ref_value, ref_total, lq, industry_share, excess, status
FROM m, kz_coefficients(m, '{"rows":["A","Z"],"cols":["total"],"cells":[[0,0,32],[1,0,1000]]}', NULL, '{"rows":["all"],"cols":["total"],"cells":[[0,0,128]]}') c;

-- what is awkward. Totals of what is disclosed: north 8, south 3, zero 0, west 1; mining 8, farming 6 (incomplete),
-- nothing 0, trade -2; all 12 (incomplete)
CREATE TEMPORARY TABLE awkward (region text, industry text, value float8);
INSERT INTO awkward VALUES ('north', 'mining', 6), ('north', 'farming', 2), ('north', 'nothing', 0),
  ('south', 'mining', 2), ('south', 'farming', NULL), ('south', 'farming', 4), ('south', 'trade', -3),
  ('zero', 'mining', 0), ('zero', 'farming', 0), ('west', 'trade', 1);
SELECT region, industry, value, region_total, industry_total, region_share, reference_share, industry_share, lq, excess, status
FROM kz_coefficients((SELECT kz_matrix_agg(region, industry, value) FROM awkward), fill => true);
-- with published totals nothing is incomplete but what they do not cover
SELECT region, industry, value, region_total, ref_value, ref_total, lq, status
FROM kz_coefficients((SELECT kz_matrix_agg(region, industry, value) FROM awkward),
  '{"rows":["north","south"],"cols":["total"],"cells":[[0,0,8],[1,0,8]]}',
  '{"rows":["r"],"cols":["farming","mining","nothing","trade"],"cells":[[0,0,8],[0,1,8],[0,2,0],[0,3,16]]}');
-- a suppressed figure in the reference leaves only what uses it incomplete
SELECT region, industry, lq, status
FROM m, kz_coefficients(m, NULL, '{"rows":["r"],"cols":["x","y"],"cells":[[0,0,32],[0,1,null]]}', '{"rows":["r"],"cols":["total"],"cells":[[0,0,64]]}');
-- attributes that are missing, suppressed, zero or negative: unknown for that region, and a sum of the others is
-- incomplete, unless the reference's own is given; only attributes that are there at all count
SELECT region, industry, cs, pc, lq, status
FROM m, kz_coefficients(m, '{"rows":["A","B","C"],"cols":["gross_product","population"],"cells":[[0,0,null],[0,1,0],[1,0,16],[1,1,-4],[2,1,8]]}');
SELECT region, industry, cs, pc, status FROM m, kz_coefficients(m, '{"rows":["A","B"],"cols":["population"],"cells":[[0,0,8],[1,0,8]]}');
SELECT region, industry, cs, pc, status FROM m, kz_coefficients(m, '{"rows":[],"cols":[],"cells":[]}') WHERE region = 'A';
SELECT region, industry, cs, pc, status
FROM m, kz_coefficients(m, '{"rows":["A","B"],"cols":["population"],"cells":[[0,0,8],[1,0,8]]}', NULL, '{"rows":["r"],"cols":["population"],"cells":[[0,0,32]]}');
SELECT kz_specialization_coefficient(m, '{"rows":["A","B"],"cols":["population"],"cells":[[0,0,8],[1,0,8]]}', 'A', 'x') AS no_attribute,
  kz_per_capita_coefficient(m, '{"rows":["A","B"],"cols":["population"],"cells":[[0,0,8],[1,0,8]]}', 'C', 'x') AS no_region,
  kz_per_capita_coefficient(m, '{"rows":["A","B"],"cols":["population"],"cells":[[0,0,8],[1,0,null]]}', 'B', 'x') AS suppressed,
  kz_per_capita_coefficient(m, '{"rows":["A","B"],"cols":["population"],"cells":[[0,0,8],[1,0,8]]}', 'B', 'x') AS given FROM m;
-- nothing at all, one cell, one region, one industry
SELECT count(*) FROM kz_coefficients('{"rows":[],"cols":[],"cells":[]}', fill => true);
SELECT count(*) FROM kz_coefficients(NULL);
SELECT lq, region_share, reference_share, industry_share, excess, status FROM kz_coefficients('{"rows":["a"],"cols":["x"],"cells":[[0,0,0.1]]}');
SELECT lq, status FROM kz_coefficients('{"rows":["a"],"cols":["x"],"cells":[[0,0,0]]}');
SELECT lq, status FROM kz_coefficients('{"rows":["a"],"cols":["x"],"cells":[[0,0,null]]}');
SELECT lq, status FROM kz_coefficients('{"rows":["a"],"cols":["x"],"cells":[[0,0,-1]]}');
SELECT DISTINCT lq FROM kz_coefficients('{"rows":["a","b"],"cols":["x"],"cells":[[0,0,1],[1,0,2]]}');

-- the scalar: every undefined case, and results that stay finite
SELECT v.*, kz_share_quotient(a, b, c, d)
FROM (VALUES ('plain', 1::float8, 2::float8, 1::float8, 4::float8), ('zero part', 0, 2, 1, 4), ('no part total', 1, 0, 1, 4), ('no base', 1, 2, 0, 4),
  ('no base total', 1, 2, 1, 0), ('all zero', 0, 0, 0, 0), ('negative part', -1, 2, 1, 4), ('negative part total', 1, -2, 1, 4),
  ('negative base', 1, 2, -1, 4), ('negative base total', 1, 2, 1, -4), ('minus zero', '-0', 2, 1, 4), ('minus zero total', 1, 2, 1, '-0'),
  ('overflow', 1e308, 1e-308, 1, 1), ('underflow', 1, 1, 1e-308, 1e308), ('unknown', NULL, 2, 1, 4)) v (what, a, b, c, d);
SELECT kz_share_quotient(5e-324, 5e-324, 5e-324, 5e-324) AS smallest, kz_share_quotient(1.7e308, 1.7e308, 1.7e308, 1.7e308) AS largest;

-- the awkward files of the oracle in small: industries of total 100 in regions of total 100, so lq = value / 20
CREATE TEMPORARY TABLE grid AS
SELECT region, industry, value::float8 FROM (VALUES
  ('R1', 'I1', 100), ('R2', 'I2', 15), ('R3', 'I2', 20), ('R4', 'I2', 25), ('R5', 'I2', 40), ('R2', 'I3', 5), ('R3', 'I3', 10), ('R4', 'I3', 30), ('R5', 'I3', 55),
  ('R2', 'I4', 70), ('R3', 'I4', 20), ('R4', 'I4', 5), ('R5', 'I4', 5), ('R2', 'I5', 10), ('R3', 'I5', 50), ('R4', 'I5', 40)) v (region, industry, value);
CREATE TEMPORARY TABLE lq AS SELECT region, industry, value, lq, status FROM kz_coefficients((SELECT kz_matrix_agg(region, industry, value) FROM grid), fill => true);
SELECT count(*) AS cells, bool_and(abs(lq - value / 20) < 1e-12) AS right, bool_and(status = 'ok') AS ok, count(*) FILTER (WHERE value = 0) AS zeros FROM lq;
-- absent rows are zeros
SELECT count(*) AS cells, count(*) FILTER (WHERE a.lq = b.lq AND a.status = b.status) AS same
FROM kz_coefficients((SELECT kz_matrix_agg(region, industry, coalesce(g.value, 0))
  FROM (SELECT DISTINCT region FROM grid) r CROSS JOIN (SELECT DISTINCT industry FROM grid) i LEFT JOIN grid g USING (region, industry))) a JOIN lq b USING (region, industry);
-- a region and an industry of zeros change nothing but themselves
SELECT a.status, count(*), count(*) FILTER (WHERE a.lq = b.lq) AS same, count(a.lq) AS lq
FROM kz_coefficients((SELECT kz_matrix_agg(region, industry, value) FROM (SELECT * FROM grid
  UNION ALL SELECT 'R6', 'I' || i, 0 FROM generate_series(1, 6) i UNION ALL SELECT 'R' || r, 'I6', 0 FROM generate_series(1, 5) r) f), fill => true) a
LEFT JOIN lq b USING (region, industry) GROUP BY a.status ORDER BY a.status;
-- a missing cell is not a zero: its margins are lower bounds, and every quotient rests on the total
SELECT region, industry, value, round(lq::numeric, 12) AS lq, status
FROM kz_coefficients((SELECT kz_matrix_agg(region, industry, CASE WHEN region || industry <> 'R3I2' THEN value END) FROM grid)) WHERE region = 'R3';

-- all four forms agree to the last bit, on facts with several rows a cell, suppressed, zero, negative and absent
-- cells, regions and industries without any value
SELECT setseed(0.25);
CREATE TEMPORARY TABLE random_facts AS
SELECT p AS period, 'r' || r AS region, i AS industry,
  CASE WHEN r = 7 OR i = 8 THEN 0 WHEN random() < 0.002 * p * p THEN NULL WHEN random() < 0.05 THEN 0 WHEN random() < 0.01 * p THEN -random() ELSE random() * 10 ^ (8 * random() - 2) END AS value,
  CASE WHEN r <> 5 OR p < 3 THEN 1000.0::float8 / r + p END AS gross_product, (17 * r % 23 + p)::float8 AS population
FROM generate_series(0, 5) p, generate_series(1, 15) r, generate_series(1, 12) i, generate_series(1, 3) k WHERE (r + i + p) % 4 > 0 AND random() < 0.6;
CREATE TEMPORARY TABLE w AS
SELECT period, region, industry,
  kz_location_quotient(region, industry, value) OVER (PARTITION BY period) AS lq,
  kz_region_share(region, industry, value) OVER (PARTITION BY period) AS region_share,
  kz_industry_share(region, industry, value) OVER (PARTITION BY period) AS industry_share,
  kz_specialization_coefficient(region, industry, value, gross_product) OVER (PARTITION BY period) AS cs,
  kz_per_capita_coefficient(region, industry, value, population) OVER (PARTITION BY period) AS pc,
  kz_specialization_coefficient(region, industry, value, gross_product, 5000 + period) OVER (PARTITION BY period) AS cs_ref,
  kz_per_capita_coefficient(region, industry, value, population, 500 + period) OVER (PARTITION BY period) AS pc_ref
FROM random_facts;
CREATE TEMPORARY TABLE pm AS
SELECT period, m, (SELECT kz_matrix_agg(region, attribute, v) FROM (SELECT DISTINCT period, region, gross_product, population FROM random_facts) b,
    LATERAL (VALUES ('gross_product', gross_product), ('population', population)) a (attribute, v) WHERE b.period = f.period) AS a,
  kz_matrix_agg('all', attribute, v) AS ra
FROM (SELECT period, kz_matrix_agg(region, industry, value) AS m FROM random_facts GROUP BY period) f, LATERAL (VALUES ('gross_product', 5000 + period), ('population', 500 + period)) r (attribute, v)
GROUP BY period, m;
CREATE TEMPORARY TABLE rows AS SELECT period, c.*, d.cs AS cs_ref, d.pc AS pc_ref FROM pm, kz_coefficients(m, a) c JOIN kz_coefficients(m, a, NULL, ra) d USING (region, industry);
-- enough of everything
SELECT (SELECT count(*) > 1000 FROM random_facts) AS facts, count(*) FILTER (WHERE status = 'ok') > 50 AS ok, count(*) FILTER (WHERE status = 'suppressed') > 5 AS suppressed,
  count(*) FILTER (WHERE status = 'negative') > 5 AS negative, count(*) FILTER (WHERE status = 'no base') > 20 AS no_base,
  count(*) FILTER (WHERE status = 'incomplete totals') > 50 AS incomplete, count(*) FILTER (WHERE status = 'no gross product') > 5 AS no_gross_product,
  count(cs) > 100 AS cs, count(pc) > 100 AS pc, count(lq) > 100 AS lq FROM rows;
SELECT count(*) > 1000 AS rows,
  count(*) FILTER (WHERE (w.lq, w.region_share, w.industry_share) IS DISTINCT FROM (r.lq, r.region_share, r.industry_share)) AS window_and_rows_differ,
  count(*) FILTER (WHERE (w.cs, w.pc, w.cs_ref, w.pc_ref) IS DISTINCT FROM (r.cs, r.pc, r.cs_ref, r.pc_ref)) AS in_bases
FROM w JOIN rows r ON r.period = w.period AND r.region = w.region AND r.industry = w.industry::text;
SELECT count(*) FILTER (WHERE r.region IS NULL) AS rows_lack, count(*) FILTER (WHERE w.region IS NULL) AS window_lacks
FROM (SELECT DISTINCT period, region, industry::text FROM w) w FULL JOIN rows r ON r.period = w.period AND r.region = w.region AND r.industry = w.industry;
SELECT count(*) > 500 AS rows,
  count(*) FILTER (WHERE r.lq IS DISTINCT FROM kz_location_quotient(m, region, industry)) AS lq_differs,
  count(*) FILTER (WHERE r.region_share IS DISTINCT FROM kz_region_share(m, region, industry)) AS region_share_differs,
  count(*) FILTER (WHERE r.industry_share IS DISTINCT FROM kz_industry_share(m, region, industry)) AS industry_share_differs,
  count(*) FILTER (WHERE r.cs IS DISTINCT FROM kz_specialization_coefficient(m, a, region, industry)) AS cs_differs,
  count(*) FILTER (WHERE r.pc IS DISTINCT FROM kz_per_capita_coefficient(m, a, region, industry)) AS pc_differs,
  count(*) FILTER (WHERE r.value IS DISTINCT FROM kz_value(m, region, industry)) AS value_differs
FROM rows r JOIN pm USING (period);
SELECT count(*) > 500 AS rows,
  count(*) FILTER (WHERE r.lq IS DISTINCT FROM kz_location_quotient(value, ref_value, region_total, ref_total)) AS lq_differs,
  count(*) FILTER (WHERE r.cs_ref IS DISTINCT FROM kz_specialization_coefficient(value, ref_value, kz_value(a, region, 'gross_product'), 5000 + period)) AS cs_differs,
  count(*) FILTER (WHERE r.pc_ref IS DISTINCT FROM kz_per_capita_coefficient(value, ref_value, kz_value(a, region, 'population'), 500 + period)) AS pc_differs,
  count(*) FILTER (WHERE region_total <> rt.total OR industry_total <> ct.total OR ref_value <> ct.total OR ref_total <> kz_total(m)) AS totals_differ
FROM rows r JOIN pm USING (period), kz_row_totals(m) rt, kz_col_totals(m) ct WHERE rt.label = region AND ct.label = industry;
-- the same once more by the textbook, from SQL's own sums
SELECT count(*) > 200 AS rows, bool_and(abs(lq / (f.value / f.region_total / (f.industry_total / total)) - 1) < 1e-12) AS lq,
  bool_and(abs(excess - (f.value - f.region_total * f.industry_total / total)) <= 1e-9 * total) AS excess
FROM (SELECT DISTINCT period, region, industry, sum(value) OVER (PARTITION BY period, region, industry) AS value, sum(value) OVER (PARTITION BY period, region) AS region_total,
        sum(value) OVER (PARTITION BY period, industry) AS industry_total, sum(value) OVER (PARTITION BY period) AS total FROM random_facts) f
  JOIN rows r USING (period, region) WHERE r.industry = f.industry::text AND lq > 0;
-- fill lists all cells, and the same of those that are there
SELECT count(*) = sum(DISTINCT (d).rows * (d).cols) AS all_cells, count(*) FILTER (WHERE r.region IS NOT NULL) = (SELECT count(*) FROM rows WHERE period = 3) AS those_there,
  count(*) FILTER (WHERE r.region IS NOT NULL AND (c.value, c.lq, c.cs, c.pc, c.excess, c.status) IS DISTINCT FROM (r.value, r.lq, r.cs, r.pc, r.excess, r.status)) AS differ,
  bool_and(c.value = 0 AND c.lq IS NOT DISTINCT FROM kz_location_quotient(m, c.region, c.industry)) FILTER (WHERE r.region IS NULL) AS absent_are_zero
FROM pm, kz_dims(m) d, kz_coefficients(m, a, fill => true) c LEFT JOIN rows r ON r.period = 3 AND r.region = c.region AND r.industry = c.industry WHERE pm.period = 3;

-- many regions with bases of their own
SELECT count(*) AS rows, bool_and(abs(pc - 1) < 1e-12) AS one_each FROM (SELECT kz_per_capita_coefficient('r' || i, 'x'::text, i, 2 * i) OVER () AS pc FROM generate_series(1, 1000) i) s;

-- a matrix is indexed once a query, whether it comes from a subquery, a table, or changes from row to row
SELECT count(*) > 100 AS rows, bool_and(lq IS NOT DISTINCT FROM kz_location_quotient((SELECT m FROM pm WHERE period = 2), region, industry)) AS from_subquery FROM w WHERE period = 2;
SELECT count(*) > 100 AS rows, bool_and(lq IS NOT DISTINCT FROM kz_location_quotient(m, region, industry)) AS one_a_period FROM w JOIN pm USING (period);
SELECT count(*) AS rows, bool_and(kz_location_quotient(m, 'a', 'x') = 1 AND kz_value(m, 'a', 'x') = i) AS many_matrices
FROM (SELECT i, kz_matrix_agg('a', 'x', i) AS m FROM generate_series(1, 700) i GROUP BY i) s, generate_series(1, 3) k;
SET kzcluster.max_matrix_memory = '64kB';
SELECT count(*) > 100 AS rows, bool_and(lq IS NOT DISTINCT FROM kz_location_quotient(m, region, industry)) AS in_little_memory FROM w JOIN pm USING (period);
RESET kzcluster.max_matrix_memory;

-- integer keys. Where both are numbers, four arguments are the scalar function, so the window takes five.
CREATE TEMPORARY TABLE numbered AS SELECT ascii(region) AS region, ascii(industry)::bigint AS industry, value, 4 AS population FROM facts;
SELECT region, industry, value, kz_location_quotient(region, industry, value) OVER () AS lq, kz_region_share(region, industry, value) OVER () AS region_share,
  kz_specialization_coefficient(region, industry, value, CASE region WHEN 65 THEN 32 ELSE 16 END, NULL) OVER () AS cs,
  kz_per_capita_coefficient(region, industry, value, population, 16) OVER () AS pc
FROM numbered ORDER BY region, industry, value;
SELECT kz_location_quotient(m, 65, 120), kz_location_quotient(m, 65::smallint, 120::numeric), kz_location_quotient(m, '65', 120::bigint), kz_value(m, 66, 121),
  kz_specialization_coefficient(m, a, 65, 120) AS cs
FROM (SELECT kz_matrix_agg(region, industry, value) AS m, kz_matrix_agg(DISTINCT region, 'gross_product'::text, 16) AS a FROM numbered) s;

-- which function a call means
CREATE FUNCTION pg_temp.means(call text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE 'CREATE TEMPORARY VIEW meaning AS SELECT ' || call || ' AS v FROM (SELECT 1 AS i, 2::bigint AS b, ''t''::text AS t, ''v''::varchar AS v, ''c''::char(3) AS c,
    date ''2023-01-01'' AS d, 1.5::float8 AS f, 2.5::numeric AS n, ''{"rows":["a"],"cols":["x"],"cells":[[0,0,1]]}''::kz_matrix AS m) s';
  SELECT CASE WHEN p.prokind = 'w' THEN 'window' WHEN p.proargtypes[0] = 'kz_matrix'::regtype THEN 'look-up' ELSE 'scalar' END || ' of ' || p.pronargs
  FROM pg_depend d JOIN pg_rewrite r ON r.oid = d.objid JOIN pg_proc p ON p.oid = d.refobjid AND d.refclassid = 'pg_proc'::regclass
  WHERE d.classid = 'pg_rewrite'::regclass AND r.ev_class = 'meaning'::regclass AND p.proname LIKE 'kz\_%' INTO call;
  DROP VIEW meaning;
  RETURN call;
EXCEPTION WHEN OTHERS THEN
  RETURN SQLERRM;
END $$;
SELECT c AS call, pg_temp.means(c) FROM unnest(ARRAY[
  'kz_location_quotient(t, t, f) OVER ()', 'kz_location_quotient(t, v, n) OVER ()', 'kz_location_quotient(v, c, i) OVER ()', 'kz_location_quotient(i, b, f) OVER ()',
  'kz_location_quotient(i, b, b) OVER ()', 'kz_location_quotient(d, t, f) OVER ()', 'kz_location_quotient(''a'', ''b'', f) OVER ()', 'kz_location_quotient(''a'', i, 3) OVER ()',
  'kz_location_quotient(t, t, f)', 'kz_location_quotient(m, t, t)', 'kz_location_quotient(m, v, c)', 'kz_location_quotient(m, i, b)', 'kz_location_quotient(m, ''a'', ''x'')',
  'kz_location_quotient(m, t, ''x'')', 'kz_location_quotient(m, ''a'', n)', 'kz_location_quotient(m, ''a'', d)', 'kz_location_quotient(m, t, NULL)', 'kz_location_quotient(m, t, t) OVER ()',
  'kz_location_quotient((SELECT m), t, i)', 'kz_location_quotient(i, b, f, n)', 'kz_location_quotient(1, 2, 3, 4)', 'kz_location_quotient(''1'', ''2'', ''3'', ''4'')', 'kz_location_quotient(f, f, f, f)',
  'kz_region_share(t, t, f) OVER ()', 'kz_region_share(i, i, i) OVER ()', 'kz_region_share(m, i, i)', 'kz_industry_share(t, d, f) OVER ()', 'kz_industry_share(m, t, d)',
  'kz_specialization_coefficient(t, t, f, f) OVER ()', 'kz_specialization_coefficient(t, i, n, b) OVER ()', 'kz_specialization_coefficient(i, t, f, f) OVER ()', 'kz_specialization_coefficient(v, c, i, i) OVER ()',
  'kz_specialization_coefficient(d, ''C'', f, f) OVER ()', 'kz_specialization_coefficient(i, i, f, f, f) OVER ()', 'kz_specialization_coefficient(i, i, f, f, NULL) OVER ()', 'kz_specialization_coefficient(''a'', ''b'', f, f, f) OVER ()',
  'kz_specialization_coefficient(i, i, f, f)', 'kz_specialization_coefficient(1, 2, 3, 4)', 'kz_specialization_coefficient(n, n, n, n)', 'kz_specialization_coefficient(m, m, t, t)', 'kz_specialization_coefficient(m, m, i, i)',
  'kz_specialization_coefficient(m, m, ''a'', ''x'')', 'kz_specialization_coefficient(m, NULL, ''a'', ''x'')',
  'kz_per_capita_coefficient(t, v, f, b) OVER ()', 'kz_per_capita_coefficient(b, t, f, b) OVER ()', 'kz_per_capita_coefficient(b, b, f, b, n) OVER ()', 'kz_per_capita_coefficient(i, i, i, i)', 'kz_per_capita_coefficient(m, m, d, t)']) c;
-- and where PostgreSQL asks for a cast, or takes numbers for the scalar function
SELECT c AS call, pg_temp.means(c) FROM unnest(ARRAY[
  'kz_location_quotient(''a'', ''b'', ''3'') OVER ()', 'kz_location_quotient(m, t, f)', 'kz_location_quotient(m, ''a'', f)', 'kz_location_quotient(''{}'', ''a'', ''x'')',
  'kz_specialization_coefficient(''a'', ''b'', f, f) OVER ()', 'kz_specialization_coefficient(i, i, f, f) OVER ()', 'kz_specialization_coefficient(''a'', i, f, f) OVER ()', 'kz_specialization_coefficient(t, t, f, f)',
  'kz_per_capita_coefficient(i, b, f, f) OVER ()', 'kz_region_share(m, t, f)', 'kz_value(m, t, f)']) c;
-- published totals of the regions add up to the reference's; a region without one counts with its cells
SELECT region, value, region_total, ref_value, ref_total, lq, status
FROM kz_coefficients('{"rows":["A","B"],"cols":["x","y"],"cells":[[0,0,10],[0,1,10],[1,0,30]]}',
	'{"rows":["A","B"],"cols":["total"],"cells":[[0,0,40],[1,0,120]]}');
SELECT region, value, region_total, ref_value, ref_total, lq, status
FROM kz_coefficients('{"rows":["A","B"],"cols":["x","y"],"cells":[[0,0,10],[0,1,10],[1,0,30]]}',
	'{"rows":["A","C"],"cols":["total"],"cells":[[0,0,40],[1,0,90]]}');

-- rows of any length: labels up to their limit, NULLs between
SELECT right(region, 2) AS region, length(region) AS of, right(industry, 2) AS industry, length(industry) AS of, value, round(lq::numeric, 6) AS lq, status
FROM (SELECT kz_matrix_agg(repeat('r', 65000 / i) || i, repeat('c', 65000 / j) || j, CASE WHEN i + j <> 4 THEN i + j END) AS m
	  FROM generate_series(1, 2) AS i, generate_series(1, 3) AS j) AS s, kz_coefficients(m)
ORDER BY region COLLATE "C", industry COLLATE "C";
