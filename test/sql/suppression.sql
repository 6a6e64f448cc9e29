-- Suppression: bounds of cells and of quotients, the finest disclosed figures, masks that hide what they must.
SET extra_float_digits = 1;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
\getenv inputdir PG_ABS_SRCDIR
\set error :inputdir '/error.sql'
\i :error

-- A table to solve by hand. The truth: A 10 8 12, B 5 8 2, C 12 4 4; totals of regions 30 15 20, of industries 27 20 18.
CREATE TEMPORARY TABLE facts (region text, industry text, truth float8, value float8);
INSERT INTO facts VALUES ('A', 'x', 10, 10), ('A', 'y', 8, NULL), ('A', 'z', 12, NULL), ('B', 'x', 5, 5), ('B', 'y', 8, 8), ('B', 'z', 2, 2),
  ('C', 'x', 12, NULL), ('C', 'y', 4, 4), ('C', 'z', 4, NULL);
CREATE TEMPORARY VIEW m AS SELECT kz_matrix_agg(region, industry, value) AS m, kz_matrix_agg(region, industry, truth) AS truth,
  kz_matrix_agg(region, 'total', truth) AS regions, kz_matrix_agg('total', industry, truth) AS industries FROM facts;

-- nothing known
SELECT b.* FROM m, kz_suppressed_bounds(m) b;
-- A leaves 20 for y and z, C 16 for x and z
SELECT b.* FROM m, kz_suppressed_bounds(m, region_totals => regions) b;
-- y leaves 8 for A, x 12 for C, z 16 for both
SELECT b.* FROM m, kz_suppressed_bounds(m, industry_totals => industries) b;
-- with both all follows: A y = 8, so A z = 12, so C z = 4
SELECT b.* FROM m, kz_suppressed_bounds(m, NULL, NULL, regions, industries) b;
-- size classes: A y 5 to 9, A z at least 1, C z at most 10; with the totals of regions A z is 11 to 15, C x 6 to 16
CREATE TEMPORARY VIEW class AS SELECT '{"rows":["A"],"cols":["x","y","z"],"cells":[[0,0,99],[0,1,5],[0,2,1]]}'::kz_matrix AS low,
  '{"rows":["A","C","D"],"cols":["y","z"],"cells":[[0,0,9],[0,1,null],[1,1,10],[2,1,0]]}'::kz_matrix AS high;
SELECT b.* FROM m, class, kz_suppressed_bounds(m, class.low, class.high) b;
SELECT b.* FROM m, class, kz_suppressed_bounds(m, class.low, class.high, regions) b;
-- totals of some regions only, as attributes beside others, suppressed, or of a region that the facts lack
SELECT b.* FROM m, kz_suppressed_bounds(m, region_totals => '{"rows":["A","C","E"],"cols":["population","total"],"cells":[[0,0,7],[0,1,30],[1,0,9],[1,1,null],[2,1,1]]}') b;
-- a total that was rounded to tens, as its cells were to ones
SELECT b.* FROM m, kz_suppressed_bounds(m, region_totals => regions, tolerance => 0.5) b;
-- a cell of which a part is disclosed is at least that part, unless its bounds say otherwise
SELECT b.* FROM kz_suppressed_bounds((SELECT kz_matrix_agg('A', i, v) FROM (VALUES ('x', 7::float8), ('x', NULL), ('y', NULL)) f (i, v)), region_totals => '{"rows":["A"],"cols":["t"],"cells":[[0,0,10]]}') b;
SELECT b.* FROM kz_suppressed_bounds((SELECT kz_matrix_agg('A', i, v) FROM (VALUES ('x', 7::float8), ('x', NULL), ('y', NULL)) f (i, v)), '{"rows":["A"],"cols":["x","y"],"cells":[[0,0,2],[0,1,-5]]}', region_totals => '{"rows":["A"],"cols":["t"],"cells":[[0,0,10]]}') b;

-- contradictions: bounds that exclude each other; a total that is too small, or too large; the others keep theirs
SELECT b.* FROM m, kz_suppressed_bounds(m, '{"rows":["A"],"cols":["y"],"cells":[[0,0,9]]}', '{"rows":["A"],"cols":["y"],"cells":[[0,0,8]]}', regions) b;
SELECT b.* FROM m, kz_suppressed_bounds(m, region_totals => '{"rows":["A","C"],"cols":["t"],"cells":[[0,0,9],[1,0,20]]}') b;
SELECT b.* FROM m, kz_suppressed_bounds(m, high => '{"rows":["C"],"cols":["x","z"],"cells":[[0,0,1],[0,1,2]]}', region_totals => regions, industry_totals => '{"rows":["t"],"cols":["y"],"cells":[[0,0,20]]}') b;
-- each total by itself could hold, all together cannot: what is marked is not silent
SELECT region, industry, low, high, b.status FROM kz_suppressed_bounds('{"rows":["A","B"],"cols":["x","y"],"cells":[[0,0,null],[0,1,null],[1,0,null],[1,1,5]]}',
  region_totals => '{"rows":["A","B"],"cols":["t"],"cells":[[0,0,4],[1,0,9]]}', industry_totals => '{"rows":["t"],"cols":["x","y"],"cells":[[0,0,2],[0,1,11]]}') b;
-- figures in decimals are no contradiction
SELECT region, industry, round(low::numeric, 6) AS low, round(high::numeric, 6) AS high, b.status FROM kz_suppressed_bounds('{"rows":["A","B"],"cols":["x","y"],"cells":[[0,0,0.1],[0,1,null],[1,0,0.1],[1,1,0.2]]}',
  region_totals => '{"rows":["A","B"],"cols":["t"],"cells":[[0,0,0.3],[1,0,0.3]]}') b;

-- Quotients of a table of two regions, worked by hand: A x in [2, 6], A y 4, B x 4, B y 8.
-- lq(A, x) = x (x + 16) / (x + 4)^2 from 36 / 36 to 132 / 100; lq(A, y) = 4 (x + 16) / (12 (x + 4)) from 88 / 120 to 72 / 72;
-- lq(B, y) = 8 (x + 16) / 144 from 144 / 144 to 176 / 144
CREATE TEMPORARY VIEW two AS SELECT '{"rows":["A","B"],"cols":["x","y"],"cells":[[0,0,null],[0,1,4],[1,0,4],[1,1,8]]}'::kz_matrix AS m,
  '{"rows":["A"],"cols":["x"],"cells":[[0,0,2]]}'::kz_matrix AS low, '{"rows":["A"],"cols":["x"],"cells":[[0,0,6]]}'::kz_matrix AS high;
SELECT region, industry, value, value_low, value_high, lq, round(lq_low::numeric, 6) AS lq_low, round(lq_high::numeric, 6) AS lq_high, above_threshold, q.status FROM two, kz_quotient_bounds(m, two.low, two.high) q;
-- no upper bound: lq(A, x) up to its peak at x* = (16 + sqrt(16 12 12)) / 8 = 8, where it is 8 24 / 144, then down to 1
SELECT region, industry, value_low, value_high, round(lq_low::numeric, 6) AS lq_low, round(lq_high::numeric, 6) AS lq_high, above_threshold, q.status FROM two, kz_quotient_bounds(m, two.low) q;
-- the peak lies within: A x in [0.5, 5], A y 1, B x 1, B y 8: x* = 1.25, lq = 1.25 11.25 / 2.25^2 there, 0.5 10.5 / 1.5^2 and 5 15 / 36 at the ends
SELECT region, industry, value_low, value_high, round(lq_low::numeric, 6) AS lq_low, round(lq_high::numeric, 6) AS lq_high, above_threshold, q.status
FROM kz_quotient_bounds('{"rows":["A","B"],"cols":["x","y"],"cells":[[0,0,null],[0,1,1],[1,0,1],[1,1,8]]}', '{"rows":["A"],"cols":["x"],"cells":[[0,0,0.5]]}', '{"rows":["A"],"cols":["x"],"cells":[[0,0,5]]}', threshold => 2) q;
-- published totals of regions: A 10 makes x 6, and all is known
SELECT region, industry, value, value_low, value_high, round(lq::numeric, 6) AS lq, lq = lq_low AND lq = lq_high AS same, above_threshold, q.status FROM two, kz_quotient_bounds(m, region_totals => '{"rows":["A"],"cols":["t"],"cells":[[0,0,10]]}') q;
-- the first table, totals of regions only: E = 65, R fixed: lq(A, y) = y 65 / (30 (y + 12)), y in [0, 20]; lq(C, x) = x 65 / (20 (x + 15)), x in [0, 16]
SELECT region, industry, value, value_low, value_high, lq, round(lq_low::numeric, 6) AS lq_low, round(lq_high::numeric, 6) AS lq_high, above_threshold, q.status FROM m, kz_quotient_bounds(m, region_totals => regions) q;
-- both totals: every quotient is known, the same bits as of the true table
SELECT count(*) AS cells, count(*) FILTER (WHERE q.lq IS DISTINCT FROM c.lq OR q.value_low <> c.value OR q.value_high <> c.value OR q.status <> 'ok') AS wrong
FROM m, kz_quotient_bounds(m, NULL, NULL, regions, industries) q JOIN LATERAL kz_coefficients(truth) c USING (region, industry);
-- nothing suppressed: as kz_coefficients, absent cells too
SELECT count(*) AS cells, count(*) FILTER (WHERE q.lq IS DISTINCT FROM c.lq OR q.status <> c.status OR q.above_threshold IS DISTINCT FROM (c.lq >= 1)) AS wrong
FROM LATERAL (SELECT kz_matrix_agg(i % 7, i % 5, CASE i % 11 WHEN 0 THEN -1 ELSE i % 4 END) AS m FROM generate_series(1, 30) i) m, kz_quotient_bounds(m, fill => true) q JOIN LATERAL kz_coefficients(m, fill => true) c USING (region, industry);
-- a zero is a zero whatever the others are; a cell that is not there; no base; a region that may be nothing
SELECT region, industry, value, value_high, lq, round(lq_low::numeric, 6) AS lq_low, round(lq_high::numeric, 6) AS lq_high, above_threshold, q.status
FROM kz_quotient_bounds('{"rows":["A","B","C","D"],"cols":["x","y"],"cells":[[0,0,null],[0,1,3],[1,0,0],[1,1,5],[2,0,0],[3,0,null]]}', high => '{"rows":["A","D"],"cols":["x"],"cells":[[0,0,6],[1,0,2]]}', fill => true) q;
-- negative figures: what may be below zero has no bounds; what cannot be has
SELECT region, industry, value, value_low, value_high, round(lq_low::numeric, 6) AS lq_low, round(lq_high::numeric, 6) AS lq_high, q.status
FROM kz_quotient_bounds('{"rows":["A","B"],"cols":["x","y","z"],"cells":[[0,0,null],[0,1,-3],[0,2,5],[1,0,4],[1,1,9],[1,2,null]]}', high => '{"rows":["A","B"],"cols":["x","z"],"cells":[[0,0,6],[1,1,8]]}') q;
SELECT region, industry, value_low, value_high, lq_low, lq_high, q.status FROM kz_quotient_bounds('{"rows":["A","B"],"cols":["x"],"cells":[[0,0,null],[1,0,4]]}', low => '{"rows":["A"],"cols":["x"],"cells":[[0,0,-1]]}') q;
-- contradictions, with and without suppressed cells
SELECT region, industry, value, value_low, value_high, round(lq_low::numeric, 6) AS lq_low, round(lq_high::numeric, 6) AS lq_high, q.status FROM m, kz_quotient_bounds(m, region_totals => '{"rows":["A","B"],"cols":["t"],"cells":[[0,0,9],[1,0,16]]}') q;
-- one cell; no cell; labels that hurt
SELECT q.* FROM kz_quotient_bounds('{"rows":["A"],"cols":["x"],"cells":[[0,0,null]]}') q;
SELECT q.* FROM kz_quotient_bounds('{"rows":["A"],"cols":["x"],"cells":[[0,0,null]]}', region_totals => '{"rows":["A"],"cols":["t"],"cells":[[0,0,0]]}') q;
SELECT (SELECT count(*) FROM kz_quotient_bounds(NULL)) AS q, (SELECT count(*) FROM kz_suppressed_bounds(NULL, '{"rows":[],"cols":[],"cells":[]}')) AS s,
  (SELECT count(*) FROM kz_quotient_bounds('{"rows":[],"cols":[],"cells":[]}', fill => true)) AS empty_q, (SELECT count(*) FROM kz_suppressed_bounds('{"rows":[],"cols":[],"cells":[]}')) AS empty_s;
SELECT b.* FROM kz_suppressed_bounds((SELECT kz_matrix_agg(r, i, v) FROM (VALUES (E'a\nb', '', NULL::float8), (E'a\nb', '"{}\', 3), ('Алматы', '', 2)) f (r, i, v)), '{"rows":["a\nb"],"cols":[""],"cells":[[0,0,1]]}', '{"rows":["a\nb"],"cols":[""],"cells":[[0,0,9]]}', industry_totals => '{"rows":["t"],"cols":[""],"cells":[[0,0,7]]}') b;

-- Random tables with known truth: bounds contain it; scale, order of rows and transposition change nothing.
SELECT setseed(0.4);
CREATE TEMPORARY TABLE random AS
SELECT g, 'r' || r AS region, 'i' || i AS industry, truth, CASE WHEN random() > 0.4 THEN truth END AS value, floor(truth * random()) AS low, truth + floor(50 * random()) AS high
FROM generate_series(1, 60) g, generate_series(1, 9) r, generate_series(1, 7) i, LATERAL (SELECT floor(random() * random() * 100 * (g + r + i > 0)::integer) AS truth OFFSET 0) t WHERE random() < 0.8;
CREATE TEMPORARY TABLE rm AS
SELECT g, kz_matrix_agg(region, industry, value) AS m, kz_matrix_agg(region, industry, truth) AS truth, kz_matrix_agg(region, industry, low) FILTER (WHERE value IS NULL) AS low, kz_matrix_agg(region, industry, high) FILTER (WHERE value IS NULL) AS high,
  kz_matrix_agg(region, 'total', truth) FILTER (WHERE g % 4 > 1) AS regions, kz_matrix_agg('total', industry, truth) FILTER (WHERE g % 2 = 1) AS industries
FROM random GROUP BY g;
SELECT count(*) > 1000 AS cells, count(*) FILTER (WHERE NOT f.truth BETWEEN b.low AND b.high OR b.status <> 'ok') AS wrong,
  count(*) FILTER (WHERE b.low > f.low OR b.high < f.high) > 300 AS tightened
FROM rm, kz_suppressed_bounds(m, rm.low, rm.high, regions, industries) b JOIN random f USING (region, industry) WHERE f.g = rm.g;
SELECT count(*) > 2500 AS cells, count(*) FILTER (WHERE NOT c.lq BETWEEN q.lq_low * (1 - 1e-12) AND q.lq_high * (1 + 1e-12)) AS outside, count(*) FILTER (WHERE q.above_threshold <> (c.lq >= 1)) AS wrong_side,
  count(*) FILTER (WHERE q.above_threshold IS NOT NULL) > 1000 AS certain
FROM rm, kz_quotient_bounds(m, rm.low, rm.high, regions, industries) q JOIN LATERAL kz_coefficients(truth) c USING (region, industry);
-- without any bounds but zero, too
SELECT count(*) > 2500 AS cells, count(*) FILTER (WHERE NOT c.lq BETWEEN q.lq_low * (1 - 1e-12) AND coalesce(q.lq_high, 'Infinity') * (1 + 1e-12)) AS outside
FROM rm, kz_quotient_bounds(m, NULL, NULL, regions, industries) q JOIN LATERAL kz_coefficients(truth) c USING (region, industry);
-- more knowledge never widens
SELECT count(*) > 1000 AS cells, count(*) FILTER (WHERE a.low < b.low OR a.high > b.high) AS wider
FROM rm, kz_suppressed_bounds(m, rm.low, rm.high, regions, industries) a JOIN LATERAL kz_suppressed_bounds(m, rm.low, rm.high) b USING (region, industry);
SELECT count(*) > 2500 AS cells, count(*) FILTER (WHERE (a.lq_low, a.lq_high, a.above_threshold, a.status, a.value_low) IS DISTINCT FROM (b.lq_low, b.lq_high, b.above_threshold, b.status, b.value_low * 1024)) AS wrong
FROM rm, kz_quotient_bounds(1024 * m, 1024 * rm.low, 1024 * rm.high, 1024 * regions, 1024 * industries) a JOIN LATERAL kz_quotient_bounds(m, rm.low, rm.high, regions, industries) b USING (region, industry);
SELECT count(*) > 1000 AS cells, count(*) FILTER (WHERE abs(a.lq_low - b.lq_low) > 1e-12 * b.lq_low OR abs(a.lq_high - b.lq_high) > 1e-12 * b.lq_high OR a.status <> b.status) AS wrong
FROM rm, kz_quotient_bounds(kz_transpose(m), kz_transpose(rm.low), kz_transpose(rm.high), kz_transpose(industries), kz_transpose(regions)) a
JOIN LATERAL kz_quotient_bounds(m, rm.low, rm.high, regions, industries) b ON a.region = b.industry AND a.industry = b.region WHERE g % 4 IN (0, 3);

-- The finest disclosed figures. Codes 1, 11, 111, 112, 12, 2, 21. In A 112 is suppressed, so 111 and 112 do not cover 11, which does: 11 and 12
-- cover 1. In B 12 is suppressed and so is 1: what is left is 111, 112 (which add up to 11). In C 21 is not all of 2.
CREATE TEMPORARY VIEW tree AS SELECT '{"rows":["11","111","112","12","21"],"cols":["1","11","2"],"cells":[[0,0,1],[1,1,1],[2,1,1],[3,0,1],[4,2,1]]}'::kz_matrix AS h;
CREATE TEMPORARY VIEW leaves AS SELECT kz_matrix_agg(r, c, v) AS m FROM (VALUES ('A', '1', 100::float8), ('A', '11', 70), ('A', '111', 40), ('A', '112', NULL), ('A', '12', 30),
  ('B', '1', NULL), ('B', '11', 9), ('B', '111', 4), ('B', '112', 5), ('B', '12', NULL), ('C', '2', 10), ('C', '21', 9.5), ('D', '111', NULL), ('D', '1', 8), ('D', '3', NULL)) f (r, c, v);
SELECT f.* FROM leaves, tree, kz_finest_disclosed(m, h) f;
SELECT region, sum(value) FILTER (WHERE in_partition) AS covered, sum(remainder) AS remainders, string_agg(code, ' ' ORDER BY code COLLATE "C") FILTER (WHERE in_partition) AS codes FROM leaves, tree, kz_finest_disclosed(m, h) GROUP BY region ORDER BY region COLLATE "C";
SELECT code, remainder, in_partition FROM leaves, tree, kz_finest_disclosed(m, h, tolerance => 0.5) WHERE region = 'C';
-- children that are more than their parent
SELECT f.* FROM tree, kz_finest_disclosed('{"rows":["A"],"cols":["1","11","12"],"cells":[[0,0,8],[0,1,6],[0,2,3]]}', h) f;
SELECT count(*) FROM tree, kz_finest_disclosed(NULL, h);
SELECT f.* FROM leaves, kz_finest_disclosed(kz_rows(m, '{C}'), '{"rows":[],"cols":[],"cells":[]}') f;

-- What a mask gives away. In A x alone is masked; B y and B z hide each other in B, but y and z show them; D w is the only industry of D.
CREATE TEMPORARY VIEW whole AS SELECT kz_matrix_agg(r, i, v) AS m FROM (VALUES ('A', 'x', 10), ('A', 'y', 20), ('A', 'z', 5), ('B', 'x', 7), ('B', 'y', 3), ('B', 'z', 9), ('C', 'x', 4), ('C', 'y', 6), ('C', 'z', 8), ('D', 'w', 2)) f (r, i, v);
CREATE TEMPORARY VIEW masks AS SELECT '{"rows":["A"],"cols":["x"],"cells":[[0,0,1]]}'::kz_matrix AS one, '{"rows":["B"],"cols":["y","z"],"cells":[[0,0,1],[0,1,null]]}'::kz_matrix AS two,
  '{"rows":["B","C"],"cols":["x","y"],"cells":[[0,0,1],[0,1,1],[1,0,1],[1,1,1]]}'::kz_matrix AS four, '{"rows":["A","D"],"cols":["w","x"],"cells":[[0,0,1],[0,1,0],[1,0,1]]}'::kz_matrix AS zero;
SELECT r.* FROM whole, masks, kz_disclosure_risk(m, one) r;
SELECT r.* FROM whole, masks, kz_disclosure_risk(m, two) r;
SELECT r.* FROM whole, masks, kz_disclosure_risk(m, four) r;
SELECT r.* FROM whole, masks, kz_disclosure_risk(m, zero) r;
-- four and a chain that hangs on it: C z is the only masked cell of z, and once it is known B z would be
SELECT r.* FROM whole, masks, kz_disclosure_risk(m, four + '{"rows":["C"],"cols":["z"],"cells":[[0,0,1]]}') r;
-- a zero can only grow: where amounts can go round it hides others, where they cannot it gives them away
SELECT region, industry, value, low, high, derivable, derivable_from FROM kz_disclosure_risk('{"rows":["A","B"],"cols":["x","y"],"cells":[[0,0,0],[0,1,5],[1,0,6],[1,1,0]]}', '{"rows":["A","B"],"cols":["x","y"],"cells":[[0,0,1],[0,1,1],[1,0,1],[1,1,1]]}');
SELECT region, industry, value, low, high, derivable, derivable_from FROM kz_disclosure_risk('{"rows":["B"],"cols":["x","y"],"cells":[[0,0,6],[0,1,5]]}', '{"rows":["B"],"cols":["x","y"],"cells":[[0,0,1],[0,1,1]]}');
SELECT region, industry, value, low, high, derivable, derivable_from FROM kz_disclosure_risk('{"rows":["A","B"],"cols":["x","y","z"],"cells":[[0,0,0],[0,1,0],[0,2,3],[1,0,6],[1,1,5]]}', '{"rows":["A","B"],"cols":["x","y"],"cells":[[0,0,1],[0,1,1],[1,0,1],[1,1,1]]}');
-- an onlooker who must reckon with negative values has no bounds
SELECT region, industry, value, low, high, derivable, derivable_from FROM kz_disclosure_risk('{"rows":["A","B"],"cols":["x","y"],"cells":[[0,0,-1],[0,1,5],[1,0,6],[1,1,2]]}', '{"rows":["A","B"],"cols":["x","y"],"cells":[[0,0,1],[0,1,1],[1,0,1],[1,1,1]]}');
SELECT (SELECT count(*) FROM kz_disclosure_risk(NULL, one)) AS no_matrix, (SELECT count(*) FROM kz_disclosure_risk(m, NULL)) AS no_mask FROM whole, masks;
-- the complement: the cheapest cycle through A x is A z, B z, B x with 5 + 9 + 7 or A z, C z, C x with 5 + 8 + 4
SELECT kz_complementary_mask(m, one) AS one, kz_complementary_mask(m, four) AS four, kz_complementary_mask(m, NULL) AS none, kz_complementary_mask(NULL, one) IS NULL AS null FROM whole, masks;
SELECT r.* FROM whole, masks, kz_disclosure_risk(m, kz_complementary_mask(m, two)) r;
SELECT kz_sufficient_mask(m, four) AS four, kz_sufficient_mask(m, NULL) AS none, kz_sufficient_mask(NULL, one) IS NULL AS null FROM whole, masks;

-- Masked coefficients: true totals, nothing of the masked cells, everything else as it was, in the order of the labels.
SELECT region, industry, value, region_total, ref_value, ref_total, region_share, round(reference_share::numeric, 6) AS reference_share, industry_share, round(lq::numeric, 6) AS lq, cs, pc, excess IS NULL AS no_excess, status
FROM whole, masks, kz_masked_coefficients(m, four) WHERE region IN ('B', 'C');
SELECT count(*) AS cells, count(*) FILTER (WHERE a IS DISTINCT FROM c) AS differ, count(*) FILTER (WHERE a.status = 'suppressed' AND num_nonnulls(a.value, a.region_share, a.industry_share, a.lq, a.cs, a.pc, a.excess) = 0) AS hidden
FROM whole, masks, kz_masked_coefficients(m, four, '{"rows":["A","B"],"cols":["gross_product","population","total"],"cells":[[0,0,9],[0,1,3],[0,2,40],[1,0,9],[1,1,7]]}') a
JOIN LATERAL kz_coefficients(m, '{"rows":["A","B"],"cols":["gross_product","population","total"],"cells":[[0,0,9],[0,1,3],[0,2,40],[1,0,9],[1,1,7]]}') c USING (region, industry);
SELECT array_agg(region || industry) = array_agg(region || industry ORDER BY region COLLATE "C", industry COLLATE "C") AS in_order FROM whole, masks, kz_masked_coefficients(m, four);
SELECT count(*) AS cells, count(*) FILTER (WHERE a IS DISTINCT FROM c) AS differ FROM whole, kz_masked_coefficients(m, NULL, fill => true) a JOIN LATERAL kz_coefficients(m, fill => true) c USING (region, industry);
-- a masked cell that is absent is listed, or its absence would tell
SELECT region, industry, value, region_total, status FROM kz_masked_coefficients('{"rows":["A","B"],"cols":["x","y","z"],"cells":[[0,1,5],[0,2,1],[1,0,6],[1,1,3]]}', '{"rows":["A","B"],"cols":["x","y"],"cells":[[0,0,1],[0,1,1],[1,0,1],[1,1,1]]}');
SELECT count(*) FROM masks, kz_masked_coefficients(NULL, one);
-- the complement of any mask is sufficient, on random tables
SELECT count(*) > 300 AS masked, count(*) FILTER (WHERE derivable) AS derivable, count(*) FILTER (WHERE value NOT BETWEEN r.low AND r.high) AS outside
FROM rm, LATERAL (SELECT kz_matrix_agg(region, industry, 1) AS mask FROM random f WHERE f.g = rm.g AND f.value IS NULL AND truth BETWEEN 1 AND 20) k, LATERAL (SELECT kz_complementary_mask(truth, mask) AS safe) s, kz_disclosure_risk(truth, safe) r;
-- what the graph does not call derivable has room
SELECT count(*) > 1000 AS masked, count(*) FILTER (WHERE derivable) > 20 AS some, count(*) FILTER (WHERE (r.low = r.high) <> derivable) AS wrong
FROM rm, LATERAL (SELECT kz_matrix_agg(region, industry, 1) AS mask FROM random f WHERE f.g = rm.g AND f.value IS NULL) k, kz_disclosure_risk(truth, mask) r;

-- errors
\pset tuples_only
\pset format unaligned
\set m '''{"rows":["A","B"],"cols":["x","y"],"cells":[[0,0,null],[0,1,4],[1,0,4],[1,1,8]]}''::kz_matrix'
\set t '''{"rows":["A","B"],"cols":["t","u"],"cells":[[0,0,5],[1,1,4]]}''::kz_matrix'
SELECT pg_temp.error('SELECT * FROM kz_suppressed_bounds(' || :'m' || ', region_totals => ' || :'t' || ')');
SELECT pg_temp.error('SELECT * FROM kz_suppressed_bounds(' || :'m' || ', industry_totals => ' || :'t' || ')');
SELECT pg_temp.error('SELECT * FROM kz_suppressed_bounds(' || :'m' || ', tolerance => -1)');
SELECT pg_temp.error('SELECT * FROM kz_suppressed_bounds(' || :'m' || ', tolerance => ''NaN'')');
SELECT pg_temp.error('SELECT * FROM kz_quotient_bounds(' || :'m' || ', threshold => -0.5)');
SELECT pg_temp.error('SELECT * FROM kz_quotient_bounds(' || :'m' || ', threshold => ''Infinity'')');
SELECT pg_temp.error('SELECT * FROM kz_quotient_bounds(' || :'m' || ', region_totals => ''{"rows":["A","B"],"cols":["t"],"cells":[[0,0,9],[1,0,12]]}'', industry_totals => ''{"rows":["t"],"cols":["x","y"],"cells":[[0,0,7],[0,1,12]]}'')');
SELECT pg_temp.error('SELECT * FROM kz_finest_disclosed(' || :'m' || ', NULL)');
SELECT pg_temp.error('SELECT * FROM kz_finest_disclosed(' || :'m' || ', ''{"rows":["x"],"cols":["g","h"],"cells":[[0,0,1],[0,1,1]]}'')');
SELECT pg_temp.error('SELECT * FROM kz_finest_disclosed(' || :'m' || ', ''{"rows":["g","h","x"],"cols":["g","h"],"cells":[[0,1,1],[1,0,1],[2,0,1]]}'')');
SELECT pg_temp.error('SELECT * FROM kz_finest_disclosed(' || :'m' || ', ''{"rows":[],"cols":[],"cells":[]}'', -2)');
SELECT pg_temp.error('SELECT * FROM kz_disclosure_risk(' || :'m' || ', ''{"rows":["A","Ж"],"cols":["x"],"cells":[[0,0,1],[1,0,1]]}'')');
SELECT pg_temp.error('SELECT * FROM kz_masked_coefficients(' || :'m' || ', ''{"rows":["A"],"cols":["w"],"cells":[[0,0,null]]}'')');
SELECT pg_temp.error('SELECT * FROM kz_masked_coefficients(' || :'m' || ', ''{"rows":["B"],"cols":["y"],"cells":[[0,0,1]]}'')');
SELECT pg_temp.error('SELECT kz_complementary_mask(''{"rows":["A","B"],"cols":["x","y"],"cells":[[0,0,3],[1,1,4]]}'', ''{"rows":["A"],"cols":["x"],"cells":[[0,0,1]]}'')');
SELECT pg_temp.error('SELECT kz_sufficient_mask(' || :'m' || ', ''{"rows":["B"],"cols":["x"],"cells":[[0,0,1]]}'')');
-- a label of the mask that masks nothing may be anything
SELECT kz_sufficient_mask(:m, '{"rows":["Q"],"cols":["w"],"cells":[[0,0,0]]}');
