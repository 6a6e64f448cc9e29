-- Contradictions among published numbers: coefficients, directions, totals, territories.
SET extra_float_digits = 1;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SET datestyle = 'ISO';
\getenv inputdir PG_ABS_SRCDIR
\set error :inputdir '/error.sql'
\i :error

-- By hand: shares 1, 2, 3, 4 over bases that make LQ 1, CS 2 and PC 3 times as much, but the CS of z is printed as 9
-- instead of 6. Printed whole, LQ of z is from 2.5 to 3.5. CS / LQ is at most 8.5 / 3.5 (w), so CS of z is at most 3.5 * 8.5 / 3.5
-- = 8.5 by LQ alone; PC of z is at most 9.5, CS / PC at most 8.5 / 11.5 (w), so it is at most 7.0217; likewise at least
-- 8.5 * 7.5 / 12.5 = 5.1. If instead PC of z were wrong, nothing would contradict either: CS / LQ is just possible.
CREATE TEMPORARY TABLE printed (coefficient text, industry text, value float8);
INSERT INTO printed VALUES ('LQ', 'w', 4), ('LQ', 'x', 1), ('LQ', 'y', 2), ('LQ', 'z', 3), ('CS', 'w', 8), ('CS', 'x', 2), ('CS', 'y', 4), ('CS', 'z', 9),
  ('PC', 'w', 12), ('PC', 'x', 3), ('PC', 'y', 6), ('PC', 'z', 9);
CREATE TEMPORARY VIEW m AS SELECT kz_matrix_agg(coefficient, industry, value) AS m FROM printed;
SELECT coefficient, industry, value, round(low::numeric, 4) AS low, round(high::numeric, 4) AS high, contradicts, set_share, status
FROM m, kz_check_coefficients(m, digits => 0);
-- why: the two industries that do not go together
SELECT coefficient, other, round(low::numeric, 4) AS low, round(high::numeric, 4) AS high, low_industry, high_industry, contradicts, status
FROM m, kz_check_ratios(m, digits => 0);
-- numbers that may be off by a whole unit and more can all be right
SELECT rounding_error, count(*) FILTER (WHERE contradicts) AS contradict
FROM m, (VALUES (0), (0.5), (1), (2)) v (rounding_error), kz_check_coefficients(m, 0, rounding_error) GROUP BY 1 ORDER BY 1;
-- two by two: any one of four may be wrong; the one that needs the least correction is chosen, the first of equal ones
SELECT coefficient, industry, value, round(low::numeric, 4) AS low, round(high::numeric, 4) AS high, contradicts, set_share, status
FROM kz_check_coefficients('{"rows":["CS","LQ"],"cols":["x","y"],"cells":[[0,0,10],[0,1,20],[1,0,20],[1,1,10]]}', 0);
-- two industries, or two coefficients, alone: only what is printed for both can contradict
SELECT coefficient, industry, value, low, high, contradicts, set_share, status
FROM kz_check_coefficients('{"rows":["CS","LQ"],"cols":["x","y"],"cells":[[0,0,1],[0,1,2],[1,0,2]]}', 0);

-- published tables of 2004 to 2006 (the last column was headed 2005 once more): one region, three coefficients, five industries
CREATE TEMPORARY TABLE tables AS
SELECT coefficient, industry, period, printed, arrow FROM (VALUES
  ('Food', 2004, '5.89', '2.88', '2.24', 1, -1, 1), ('Food', 2005, '6.16', '2.64', '2.26', 1, -1, 1), ('Food', 2006, '6.40', '2.79', '2.46', 1, -1, 1),
  ('Textiles', 2004, '0.50', '0.25', '0.19', 1, -1, -1), ('Textiles', 2005, '0.74', '0.36', '0.27', 1, -1, -1), ('Textiles', 2006, '0.9', '0.35', '0.25', 1, -1, -1),
  ('Chemicals', 2004, '1.69', '0.82', '0.64', -1, -1, -1), ('Chemicals', 2005, '1.01', '0.48', '0.37', -1, -1, -1), ('Chemicals', 2006, '0.77', '0.56', '0.40', -1, -1, -1),
  ('Metals', 2004, '0.09', '0.04', '0.04', -1, 1, 1), ('Metals', 2005, '0.11', '0.03', '0.04', -1, 1, 1), ('Metals', 2006, '0.12', '0.08', '0.06', -1, 1, 1),
  ('Machinery', 2004, '0.12', '0.04', '0.05', 1, 1, 1), ('Machinery', 2005, '0.17', '0.06', '0.06', 1, 1, 1), ('Machinery', 2006, '0.17', '0.09', '0.07', 1, 1, 1)
  ) v (industry, period, cs, lq, pc, cs_arrow, lq_arrow, pc_arrow),
  LATERAL (VALUES ('CS', cs, cs_arrow), ('LQ', lq, lq_arrow), ('PC', pc, pc_arrow)) c (coefficient, printed, arrow);
SELECT period, coefficient, industry, value, round(low::numeric, 4) AS low, round(high::numeric, 4) AS high, contradicts, round(set_share::numeric, 2) AS set_share, status
FROM kz_check('tables', 'coefficient', 'industry', 'printed', 'period') WHERE set_share > 0;
SELECT period, r.coefficient, other, round(low::numeric, 3) AS low, round(high::numeric, 3) AS high, low_industry, high_industry, contradicts
FROM (SELECT period, kz_matrix_agg(coefficient, industry, printed::float8) AS m FROM tables GROUP BY period) t, kz_check_ratios(m) r ORDER BY period, coefficient, other;
-- without what contradicts, nothing contradicts
SELECT count(*), bool_or(c.contradicts) AS contradicts
FROM kz_check('tables', 'coefficient', 'industry', 'printed', 'period') w,
  LATERAL (SELECT kz_matrix_agg(coefficient, industry, CASE WHEN NOT (w2.contradicts) THEN value END) AS m FROM kz_check('tables', 'coefficient', 'industry', 'printed', 'period') w2 WHERE w2.period = w.period) m,
  kz_check_coefficients(m) c WHERE w.coefficient = 'CS' AND w.industry = 'Food';
-- directions: one of them holds under no rule
SELECT series, printed, round(first_last_low::numeric, 3) AS first_last_low, round(first_last_high::numeric, 3) AS first_last_high,
  round(last_step_low::numeric, 3) AS last_step_low, round(last_step_high::numeric, 3) AS last_step_high,
  round(slope_low::numeric, 4) AS slope_low, round(slope_high::numeric, 4) AS slope_high, holds, status
FROM kz_check_directions((SELECT kz_matrix_agg(coefficient || ' ' || industry, period, printed::float8) FROM tables),
  (SELECT kz_matrix_agg(coefficient || ' ' || industry, period, arrow) FROM tables WHERE period = 2006));

-- a thousand exact tables, printed with two digits: not one flag; an error of a tenth in one cell of each is found and named
SELECT setseed(0.5);
CREATE TEMPORARY TABLE exact AS
SELECT t, 'c' || c AS coefficient, 'i' || i AS industry, base * share AS value, round((base * share)::numeric, 2) AS printed
FROM (SELECT t, c, exp(random()) AS base FROM generate_series(1, 1000) t, generate_series(1, 3) c) b
JOIN (SELECT t, i, CASE WHEN random() < 0.05 THEN 0 ELSE exp(6 * random() - 4) END AS share FROM generate_series(1, 1000) t, generate_series(1, 6) i) s USING (t);
CREATE TEMPORARY TABLE exact_check AS
SELECT x.t, c.*, e.value AS exact FROM (SELECT t, kz_matrix_agg(coefficient, industry, printed) AS m FROM exact GROUP BY t) x, kz_check_coefficients(m) c
  JOIN exact e USING (coefficient, industry) WHERE e.t = x.t;
SELECT count(DISTINCT t) AS tables, count(*) AS cells, count(*) FILTER (WHERE contradicts) AS flags, bool_and(set_share = 0 AND status = 'ok') AS ok,
  bool_and(exact BETWEEN low * (1 - 1e-12) AND high * (1 + 1e-12) OR exact >= low * (1 - 1e-12) AND high IS NULL) AS true_value_within FROM exact_check;
SELECT count(*) AS tables, count(*) FILTER (WHERE found = 1 AND named) AS found
FROM (SELECT t, count(*) FILTER (WHERE contradicts) AS found, bool_or(contradicts AND coefficient = 'c2' AND industry = 'i4') AS named
      FROM (SELECT t, kz_matrix_agg(coefficient, industry, round((base * share * CASE WHEN coefficient = 'c2' AND industry = 'i4' THEN 1.1 ELSE 1 END)::numeric, 2)) AS m
            FROM (SELECT t, coefficient, industry, 1 + (t * ascii(right(coefficient, 1))) % 5 AS base, 1 + (t * ascii(right(industry, 1))) % 7 AS share FROM exact) p GROUP BY t) x,
        kz_check_coefficients(m) GROUP BY t) f;
-- more contradictions than the search can see through: what is chosen is enough, and set_share says that it may not be fewest
CREATE TEMPORARY TABLE noise AS SELECT kz_matrix_agg('c' || c, 'i' || i, 1 + (c * i * 7919 + c * 104729 + i * i * 31) % 97) AS m FROM generate_series(1, 6) c, generate_series(1, 40) i;
CREATE TEMPORARY TABLE noise_check AS SELECT c.* FROM noise, kz_check_coefficients(m, 0) c;
SELECT count(*) AS cells, count(*) FILTER (WHERE contradicts) > 20 AS many, bool_and(set_share IS NULL) AS ended_early FROM noise_check;
SELECT count(*) AS cells, count(*) FILTER (WHERE c.contradicts) AS contradict
FROM (SELECT kz_matrix_agg(coefficient, industry, value) AS m FROM noise_check WHERE NOT contradicts) k, kz_check_coefficients(m, 0) c;

-- not printed (absent), not disclosed (NULL), printed zero, negative
SELECT coefficient, industry, value, round(low::numeric, 4) AS low, round(high::numeric, 4) AS high, contradicts, set_share, status
FROM kz_check_coefficients((SELECT kz_matrix_agg(coefficient, industry, value) FROM (VALUES ('LQ', 'w', 1.00), ('CS', 'w', 2.00), ('LQ', 'x', NULL), ('CS', 'x', 4.00),
  ('LQ', 'y', 0), ('CS', 'y', 0), ('LQ', 'z', -1), ('CS', 'z', 3.00), ('PC', 'w', 0.00), ('LQ', 'v', 0.00), ('CS', 'v', 5)) v (coefficient, industry, value)));
-- exact numbers: a zero beside what is none
SELECT coefficient, industry, value, contradicts, set_share FROM kz_check_coefficients('{"rows":["CS","LQ","PC"],"cols":["x","y","z"],"cells":[[0,0,2],[0,1,4],[0,2,0],[1,0,1],[1,1,2],[1,2,0],[2,0,8],[2,1,0],[2,2,0]]}', 0, 0);
-- nothing, one cell, one row, one column
SELECT count(*) FROM kz_check_coefficients(NULL);
SELECT count(*) FROM kz_check_coefficients(NULL::kz_matrix, NULL::kz_matrix);
SELECT count(*) FROM kz_check_coefficients('{"rows":[],"cols":[],"cells":[]}');
SELECT * FROM kz_check_coefficients('{"rows":["LQ"],"cols":["x"],"cells":[[0,0,1.5]]}');
SELECT count(*), bool_or(contradicts) AS contradicts, min(status) AS status FROM kz_check_coefficients('{"rows":["LQ"],"cols":["x","y"],"cells":[[0,0,1.5],[0,1,2]]}');
SELECT count(*), bool_or(contradicts) AS contradicts, min(status) AS status FROM kz_check_coefficients('{"rows":["CS","LQ"],"cols":["x"],"cells":[[0,0,1.5],[1,0,2]]}');
SELECT * FROM kz_check_ratios('{"rows":["CS","LQ","PC"],"cols":["x","y"],"cells":[[0,0,1.5],[1,1,2],[2,0,0]]}');
SELECT count(*) FROM kz_check_ratios(NULL);
-- NULL options are the defaults; labels are joined by label
SELECT count(*) FILTER (WHERE a IS DISTINCT FROM b) AS differ FROM m, kz_check_coefficients(m) a JOIN kz_check_coefficients(m, NULL::integer, NULL) b USING (coefficient, industry);
SELECT count(*) FILTER (WHERE a.* IS DISTINCT FROM b.*) AS differ
FROM m, kz_check_coefficients(m, 0) a JOIN LATERAL (SELECT * FROM kz_check_coefficients(m, (SELECT kz_matrix_agg(coefficient, industry, 0) FROM
  (SELECT * FROM printed UNION ALL SELECT 'ZZ', 'a', 0) p))) b USING (coefficient, industry);
SELECT left(coefficient, 5) AS coefficient, industry, contradicts FROM kz_check_coefficients((SELECT kz_matrix_agg(coefficient, industry, value) FROM (VALUES
  ('L''Q"', E'x\ny', 1), ('', E'x\ny', 2), ('L''Q"', '', 2), ('', '', 1), (repeat('c', 300), '', 1)) v (coefficient, industry, value)), 0) c ORDER BY c.coefficient COLLATE "C", industry COLLATE "C";
-- the order of the rows makes no difference
SELECT kz_matrix_agg(coefficient, industry, value ORDER BY value) = kz_matrix_agg(coefficient, industry, value ORDER BY industry DESC) AS same FROM printed;

-- kz_check: digits as printed. 0.9 says less than 0.90
CREATE TEMPORARY TABLE published (area text, year integer, c text, i text, as_text text, as_numeric numeric, as_float float8, as_integer integer);
INSERT INTO published SELECT area, 2020, c, i, v, v::numeric, v::float8, round(v::numeric) FROM (VALUES ('north'), ('south')) a (area),
  LATERAL (VALUES ('LQ', 'x', '0.44'), ('CS', 'x', CASE area WHEN 'north' THEN '0.90' ELSE '0.9' END), ('LQ', 'y', '1.00'), ('CS', 'y', '2.00'), ('LQ', 'z', '3.00'), ('CS', 'z', '6.00')) v (c, i, v);
SELECT region, period, coefficient, industry, value, contradicts, set_share FROM kz_check('published', 'c', 'i', 'as_text', 'year', 'area') WHERE set_share > 0;
SELECT count(*) FILTER (WHERE a.* IS DISTINCT FROM b.*) AS differ FROM kz_check('published', 'c', 'i', 'as_text', 'year', 'area') a FULL JOIN kz_check('published', 'c', 'i', 'as_numeric', 'year', 'area') b USING (region, period, coefficient, industry);
SELECT region, count(*) FILTER (WHERE contradicts) AS contradict FROM kz_check('published', 'c', 'i', 'as_float', region_column => 'area', digits => 2) GROUP BY region ORDER BY region;
SELECT region, count(*) FILTER (WHERE contradicts) AS contradict FROM kz_check('published', 'c', 'i', 'as_text', region_column => 'area', digits => 1) GROUP BY region ORDER BY region;
SELECT count(*), bool_or(contradicts) AS contradicts FROM kz_check('published', 'c', 'i', 'as_integer', 'year', 'area');
-- a period may be a date; a row without one is in a table of its own
CREATE TEMPORARY VIEW dated AS SELECT CASE WHEN area = 'north' THEN date '2020-12-31' END AS day, * FROM published;
SELECT period, count(*), count(*) FILTER (WHERE contradicts) AS contradict FROM kz_check('dated', 'c', 'i', 'as_numeric', period_column => 'day') GROUP BY period ORDER BY period;
UPDATE published SET as_text = NULL WHERE i = 'z';
SELECT region, coefficient, industry, value, round(low::numeric, 3) AS low, round(high::numeric, 3) AS high, contradicts, status FROM kz_check('published', 'c', 'i', 'as_text', 'year', 'area') WHERE industry = 'z';
DELETE FROM published;
SELECT count(*) FROM kz_check('published', 'c', 'i', 'as_text', 'year', 'area');

-- directions: values 1.00, 1.50, 1.20, 1.20
CREATE TEMPORARY VIEW series AS SELECT '{"rows":["a","b"],"cols":["9","10","11","12"],"cells":[[0,0,1],[0,1,1.5],[0,2,1.2],[0,3,1.2],[1,0,5],[1,1,null],[1,2,7],[1,3,8]]}'::kz_matrix AS v;
SELECT series, period, d.printed, round(first_last_low::numeric, 4) AS first_last_low, round(first_last_high::numeric, 4) AS first_last_high,
  round(last_step_low::numeric, 4) AS last_step_low, round(last_step_high::numeric, 4) AS last_step_high, round(slope_low::numeric, 4) AS slope_low, round(slope_high::numeric, 4) AS slope_high, holds, status
FROM series, kz_check_directions(v, '{"rows":["a","b"],"cols":["9","10","11","12"],"cells":[[0,0,1],[0,1,-1],[0,2,1],[0,3,-1],[1,2,1],[1,3,-1]]}') d;
-- exact values; a change up to the tolerance is flat
SELECT digits, tolerance, d.printed, last_step_low, holds FROM series, (VALUES (NULL, 0.0), (2, 0.0), (NULL, 0.31), (2, 0.3)) o (digits, tolerance),
  kz_check_directions(v, '{"rows":["a"],"cols":["11"],"cells":[[0,0,-1]]}', digits, tolerance) d;
SELECT tolerance, holds FROM (VALUES (0.0), (0.09), (0.1)) o (tolerance), kz_check_directions('{"rows":["a"],"cols":["1","2"],"cells":[[0,0,1.1],[0,1,1.2]]}', '{"rows":["a"],"cols":["2"],"cells":[[0,0,0]]}', NULL, tolerance);
-- periods that are no numbers are in bytewise order; 1 and 01 are one number, so no order of numbers
SELECT series, period, first_last_low, slope_low, status FROM kz_check_directions('{"rows":["a"],"cols":["2020q1","2020q3","2020q4"],"cells":[[0,0,1],[0,1,2],[0,2,3]]}', '{"rows":["a"],"cols":["2020q4"],"cells":[[0,0,1]]}', NULL);
SELECT series, period, first_last_low, slope_low, status FROM kz_check_directions('{"rows":["a"],"cols":["1","01"],"cells":[[0,0,1],[0,1,2]]}', '{"rows":["a"],"cols":["1"],"cells":[[0,0,1]]}', NULL);
SELECT count(*) FROM series, kz_check_directions(v, NULL);
SELECT count(*) FROM kz_check_directions(NULL, '{"rows":["a"],"cols":["2"],"cells":[[0,0,1]]}');

-- totals: T = x + y, and x = x1 + x2 with half of x2 counted; a parent that is right, wrong, missing, suppressed, with suppressed and negative children, with none
CREATE TEMPORARY TABLE facts (region text, code text, value float8);
INSERT INTO facts VALUES ('a', 'T', 10), ('a', 'x', 4), ('a', 'y', 6.2), ('a', 'x1', 3), ('a', 'x2', 2), ('b', 'x', 1), ('c', 'T', 3), ('c', 'x', 2), ('c', 'y', NULL),
  ('d', 'T', 1), ('d', 'x', 2), ('d', 'y', NULL), ('e', 'T', NULL), ('e', 'x', 1), ('f', 'T', 3), ('f', 'x', -1), ('f', 'y', NULL), ('g', 'T', 1), ('g', 'x', -1), ('g', 'y', 2), ('h', 'T', 5), ('i', 'y', 0);
CREATE TEMPORARY VIEW tree AS SELECT kz_matrix_agg(member, grp, weight) AS h FROM (VALUES ('x', 'T', 1), ('y', 'T', 1), ('x1', 'x', 1), ('x2', 'x', 0.5), ('T', 'T', 1), ('x', 'elsewhere', 1), ('z', 'T', 1), ('x1', 'T', 0)) v (member, grp, weight);
SELECT t.* FROM tree, kz_check_totals((SELECT kz_matrix_agg(region, code, value) FROM facts), h) t;
SELECT digits, tolerance, region, difference, allowed, contradicts FROM tree, (VALUES (1, 0.0), (0, 0.0), (NULL, 0.2), (NULL, 0.1999), (1, 0.05)) o (digits, tolerance),
  kz_check_totals((SELECT kz_matrix_agg(region, code, round(value::numeric, 1)) FROM facts WHERE region = 'a' AND code IN ('T', 'x', 'y')), h, digits, tolerance);
-- decimal numbers do not contradict each other by being doubles
SELECT difference, contradicts FROM kz_check_totals('{"rows":["a"],"cols":["T","x","y","z"],"cells":[[0,0,0.6],[0,1,0.1],[0,2,0.2],[0,3,0.3]]}', '{"rows":["x","y","z"],"cols":["T"],"cells":[[0,0,1],[1,0,1],[2,0,1]]}');
SELECT count(*) FROM tree, kz_check_totals(NULL, h);
SELECT count(*) FROM kz_check_totals('{"rows":["a"],"cols":["T"],"cells":[[0,0,1]]}', NULL);
SELECT count(*) FROM tree, kz_check_totals('{"rows":[],"cols":[],"cells":[]}', h);

-- regions against the national row
SELECT r.* FROM kz_check_reference((SELECT kz_matrix_agg(region, code, value) FROM facts WHERE code IN ('x', 'y')),
  '{"rows":["nation"],"cols":["u","v","x","y"],"cells":[[0,0,1],[0,1,0],[0,2,9],[0,3,8]]}') r;
SELECT industry, difference, allowed, contradicts, status FROM kz_check_reference('{"rows":["a","b"],"cols":["x","y"],"cells":[[0,0,1.3],[1,0,1.4],[0,1,1]]}', '{"rows":["n"],"cols":["x","y"],"cells":[[0,0,2.8],[0,1,null]]}', 1);
SELECT count(*) FROM kz_check_reference(NULL, '{"rows":["n"],"cols":["x"],"cells":[[0,0,2]]}');
SELECT count(*) FROM kz_check_reference('{"rows":["a"],"cols":["x"],"cells":[[0,0,1]]}', NULL);

-- totals among the facts: rows and columns that are the sum of the others, with and without a sub-total
CREATE TEMPORARY TABLE grid AS SELECT r AS region, i AS industry, (ascii(r) * ascii(i) % 17 + length(i))::float8 / 10 AS value FROM unnest('{a,b,c,d}'::text[]) r, unnest('{p,q,r,s}'::text[]) i;
CREATE TEMPORARY VIEW with_totals AS
SELECT * FROM grid UNION ALL SELECT 'nation', industry, sum(value) FROM grid GROUP BY industry
UNION ALL SELECT region, 'all', sum(value) FROM grid GROUP BY region UNION ALL SELECT 'nation', 'all', sum(value) FROM grid
UNION ALL SELECT region, 'pq', sum(value) FROM grid WHERE industry IN ('p', 'q') GROUP BY region UNION ALL SELECT 'nation', 'pq', sum(value) FROM grid WHERE industry IN ('p', 'q');
SELECT side, label, without, cells, difference < 1e-12 AS exact FROM kz_check_margins((SELECT kz_matrix_agg(region, industry, value) FROM with_totals));
SELECT count(*) FROM kz_check_margins((SELECT kz_matrix_agg(region, industry, value) FROM grid));
SELECT side, label, without, cells, round(difference::numeric, 6) AS difference FROM kz_check_margins((SELECT kz_matrix_agg(region, industry, round(value::numeric)) FROM with_totals), 0, 0);
SELECT side, label, without, cells FROM kz_check_margins((SELECT kz_matrix_agg(region, industry, CASE WHEN NOT (region = 'a' AND industry = 'q') THEN value END) FROM with_totals));
-- what cannot be told: two rows, zeros, nothing
SELECT count(*) FROM kz_check_margins('{"rows":["a","b"],"cols":["x"],"cells":[[0,0,1],[1,0,1]]}');
SELECT count(*) FROM kz_check_margins('{"rows":["a","b","c"],"cols":["x","y","z"],"cells":[[0,0,0],[1,1,0],[2,2,0]]}');
SELECT count(*) FROM kz_check_margins('{"rows":["a","b","c"],"cols":["x"],"cells":[[0,0,null],[1,0,1],[2,0,1]]}');
SELECT count(*) FROM kz_check_margins(NULL);
SELECT count(*) FROM kz_check_margins('{"rows":[],"cols":[],"cells":[]}');
SELECT * FROM kz_check_margins('{"rows":["a","b","c"],"cols":["x"],"cells":[[0,0,3],[1,0,1],[2,0,2]]}');

-- the same territory twice: 51 and its successors 61 and 79 in one year; 63 goes on beside 10, which was a part of it
CREATE TEMPORARY TABLE years (year integer, region text, value float8);
INSERT INTO years VALUES (2017, '51', 5), (2017, '61', 3), (2017, '79', 2), (2017, '63', 7), (2018, '61', 3), (2018, '79', NULL), (2018, '51', 0), (2018, '63', 7), (2019, '51', 5), (2019, '79', NULL), (2022, '63', 4), (2022, '10', 3);
SELECT year, t.* FROM (SELECT year, kz_matrix_agg(region, 'all', value) AS m FROM years GROUP BY year) y,
  kz_check_territories(m, (SELECT kz_matrix_agg(member, grp, 1) FROM (VALUES ('61', '51'), ('79', '51'), ('63', '63'), ('10', '63')) c (member, grp))) t ORDER BY year, territory, part;
SELECT count(*) FROM kz_check_territories(NULL, '{"rows":["61"],"cols":["51"],"cells":[[0,0,1]]}');
SELECT count(*) FROM kz_check_territories('{"rows":["61"],"cols":["51"],"cells":[[0,0,1]]}', NULL);

-- by their geometries
CREATE TEMPORARY TABLE maps (label text, geom geometry(Polygon, 3857));
INSERT INTO maps VALUES ('old', ST_MakeEnvelope(0, 0, 2, 1, 3857)), ('west', ST_MakeEnvelope(0, 0, 1, 1, 3857)), ('east', ST_MakeEnvelope(1, 0, 2, 1, 3857)),
  ('beside', ST_MakeEnvelope(2, 0, 3, 1, 3857)), ('sliver', ST_MakeEnvelope(2.9995, 0, 4, 1, 3857)), ('far', ST_MakeEnvelope(10, 10, 11, 11, 3857));
SELECT * FROM kz_check_overlaps('maps', 'label');
SELECT label, other, round(label_share::numeric, 6) AS label_share, round(other_share::numeric, 6) AS other_share FROM kz_check_overlaps('maps', 'label', tolerance => 0) WHERE other = 'sliver';
SELECT count(*) FROM kz_check_overlaps('maps', NULL);

-- errors
\pset tuples_only
\pset format unaligned
\set t '''{"rows":["CS","LQ"],"cols":["x"],"cells":[[0,0,1],[1,0,2]]}''::kz_matrix'
SELECT pg_temp.error('SELECT kz_check_coefficients(' || :'t' || ', 16)');
SELECT pg_temp.error('SELECT kz_check_coefficients(' || :'t' || ', -16)');
SELECT pg_temp.error('SELECT kz_check_coefficients(' || :'t' || ', 2, -1)');
SELECT pg_temp.error('SELECT kz_check_coefficients(' || :'t' || ', 2, ''NaN'')');
SELECT pg_temp.error('SELECT kz_check_coefficients(' || :'t' || ', ''{"rows":["CS"],"cols":["x"],"cells":[[0,0,1]]}''::kz_matrix)');
SELECT pg_temp.error('SELECT kz_check_coefficients(' || :'t' || ', ''{"rows":["CS","LQ"],"cols":["x"],"cells":[[0,0,null],[1,0,1]]}''::kz_matrix)');
SELECT pg_temp.error('SELECT kz_check_ratios(' || :'t' || ', ''{"rows":["CS","LQ"],"cols":["x"],"cells":[[0,0,1.5],[1,0,1]]}''::kz_matrix)');
SELECT pg_temp.error('SELECT kz_check_ratios(' || :'t' || ', 99)');
SELECT pg_temp.error('SELECT kz_check_coefficients(kz_matrix_agg(i, i, 1)) FROM generate_series(1, 317) i');
CREATE TEMPORARY TABLE wrong (c text, i text, v text, f float8, g point, e text);
INSERT INTO wrong VALUES ('LQ', 'x', '1.0', 1, '(0,0)', 'one'), ('LQ', 'x', '1.1', 1, '(0,0)', 'two');
SELECT pg_temp.error('SELECT kz_check(NULL, ''c'', ''i'', ''v'')');
SELECT pg_temp.error('SELECT kz_check(''wrong'', NULL, ''i'', ''v'')');
SELECT pg_temp.error('SELECT kz_check(''wrong'', ''c'', ''nowhere'', ''v'')');
SELECT pg_temp.error('SELECT kz_check(''wrong'', ''c'', ''i'', ''nothing'')');
SELECT pg_temp.error('SELECT kz_check(''wrong'', ''c'', ''i'', NULL)');
SELECT pg_temp.error('SELECT kz_check(''wrong'', ''g'', ''i'', ''v'')');
SELECT pg_temp.error('SELECT kz_check(''wrong'', ''c'', ''i'', ''g'')');
SELECT pg_temp.error('SELECT kz_check(''wrong'', ''c'', ''i'', ''f'')');
SELECT pg_temp.error('SELECT kz_check(''wrong'', ''c'', ''i'', ''v'')');
SELECT pg_temp.error('SELECT kz_check(''wrong'', ''c'', ''i'', ''v'', ''e'', ''e'', digits => 77)');
DELETE FROM wrong WHERE e = 'two';
UPDATE wrong SET v = '1,0';
SELECT pg_temp.error('SELECT kz_check(''wrong'', ''c'', ''i'', ''v'')');
SELECT pg_temp.error('SELECT kz_check(''wrong'', ''c'', ''i'', ''e'')');
ALTER TABLE wrong ALTER COLUMN v TYPE numeric USING 'NaN'::numeric;
SELECT pg_temp.error('SELECT kz_check(''wrong'', ''c'', ''i'', ''v'')');
UPDATE wrong SET v = '1.0', i = NULL;
SELECT pg_temp.error('SELECT kz_check(''wrong'', ''c'', ''i'', ''v'')');
SELECT pg_temp.error('SELECT kz_check_directions(' || :'t' || ', ''{"rows":["LQ"],"cols":["x"],"cells":[[0,0,2]]}'')');
SELECT pg_temp.error('SELECT kz_check_directions(' || :'t' || ', ''{"rows":["LQ"],"cols":["x"],"cells":[[0,0,null]]}'')');
SELECT pg_temp.error('SELECT kz_check_directions(' || :'t' || ', ''{"rows":["ZQ"],"cols":["x"],"cells":[[0,0,1]]}'')');
SELECT pg_temp.error('SELECT kz_check_directions(' || :'t' || ', ''{"rows":["LQ"],"cols":["z"],"cells":[[0,0,1]]}'')');
SELECT pg_temp.error('SELECT kz_check_directions(' || :'t' || ', ' || :'t' || ', 99)');
SELECT pg_temp.error('SELECT kz_check_directions(' || :'t' || ', ' || :'t' || ', 2, ''infinity'')');
SELECT pg_temp.error('SELECT kz_check_totals(' || :'t' || ', ''{"rows":["x1"],"cols":["x"],"cells":[[0,0,null]]}'')');
SELECT pg_temp.error('SELECT kz_check_totals(' || :'t' || ', ' || :'t' || ', 2, -1)');
SELECT pg_temp.error('SELECT kz_check_totals(''{"rows":["a"],"cols":["x","y"],"cells":[[0,0,1],[0,1,1e200]]}'', ''{"rows":["y"],"cols":["x"],"cells":[[0,0,1e200]]}'')');
SELECT pg_temp.error('SELECT kz_check_reference(' || :'t' || ', ' || :'t' || ')');
SELECT pg_temp.error('SELECT kz_check_reference(' || :'t' || ', ''{"rows":["n"],"cols":["y"],"cells":[[0,0,1]]}'')');
SELECT pg_temp.error('SELECT kz_check_margins(' || :'t' || ', 99)');
SELECT pg_temp.error('SELECT kz_check_margins(' || :'t' || ', 2, ''NaN'')');
SELECT pg_temp.error('SELECT kz_check_overlaps(''maps'', ''label'', tolerance => 2)');
SELECT pg_temp.error('SELECT kz_check_overlaps(''maps'', ''nowhere'')');
