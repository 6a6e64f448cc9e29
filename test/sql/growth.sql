-- Growth: rates and tables, shift-share in all its forms, entry and exit, convergence, trend.
SET extra_float_digits = 1;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SET jit = off;

-- Small enough to check by hand. x grows from 32 to 48 (1/2), y from 32 to 32 (0), all from 64 to 80 (1/4); both regions
-- have 32 at the start, so the homothetic value of every cell is 32 * 32 / 64 = 16. A x: national 24/4 = 6, mix 24 (1/2 - 1/4) = 6,
-- regional 24 (1/4 - 1/2) = -6, competitive 16 (1/4 - 1/2) = -4, allocation -2. B x: 8 (5/4 - 1/2) = 6 = 12 - 6.
CREATE TEMPORARY TABLE facts (year integer, region text, industry text, value float8);
INSERT INTO facts VALUES (2010, 'A', 'x', 24), (2010, 'A', 'y', 8), (2010, 'B', 'x', 8), (2010, 'B', 'y', 24),
  (2020, 'A', 'x', 30), (2020, 'A', 'y', 10), (2020, 'B', 'x', 18), (2020, 'B', 'y', 22);
CREATE TEMPORARY VIEW pair AS
SELECT kz_matrix_agg(region, industry, value) FILTER (WHERE year = 2010) AS m0, kz_matrix_agg(region, industry, value) FILTER (WHERE year = 2020) AS m1 FROM facts;
SELECT region, industry, start_value AS start, finish_value AS finish, change, national, mix, regional, round(competitive::numeric, 12) AS competitive,
  round(allocation::numeric, 12) AS allocation, homothetic, round(growth::numeric, 12) AS growth, status FROM pair, kz_shift_share(m0, m1);
SELECT region, start_value AS start, finish_value AS finish, change, national, mix, regional, round(competitive::numeric, 12) AS competitive,
  round(allocation::numeric, 12) AS allocation, homothetic, growth, status FROM pair, kz_shift_share(m0, m1, by => 'region');
SELECT industry, change, national, mix, regional, round(competitive::numeric, 12) AS competitive, round(allocation::numeric, 12) AS allocation, growth, status
FROM pair, kz_shift_share(m0, m1, by => 'industry');
SELECT region, industry, start_value, finish_value, change, national, mix, regional, round(competitive::numeric, 12) AS competitive, homothetic, growth, status
FROM pair, kz_shift_share(m0, m1, by => 'total');
-- a nation that is more than the sum of the regions, with an industry more: g = 1/4, g_x = 1, g_y = 0
CREATE TEMPORARY VIEW nation AS
SELECT kz_matrix_agg('then', industry, a) AS r0, kz_matrix_agg('now', industry, b) AS r1
FROM (VALUES ('x', 64::float8, 128::float8), ('y', 128, 128), ('z', 64, 64)) v (industry, a, b);
SELECT region, industry, change, national, mix, regional, competitive, allocation, homothetic, status FROM pair, nation, kz_shift_share(m0, m1, r0, r1);
-- the eight terms of Arcelus: A and B grow at the nation's 1/4, so its regional terms are 0
SELECT region, industry, national_homothetic AS nh, national_difference AS nd, mix_homothetic AS mh, mix_difference AS md, regional_homothetic AS rh,
  regional_difference AS rd, round(regional_mix_homothetic::numeric, 12) AS rmh, round(regional_mix_difference::numeric, 12) AS rmd, homothetic, status
FROM pair, kz_arcelus_shift_share(m0, m1);
-- neighbours: each is the other's, so A x is compared with B x (5/4): 24 (5/4 - 1/2) = 18 and 24 (1/4 - 5/4) = -24
SELECT region, industry, change, national, mix, neighbour_nation, own_neighbour, neighbour_growth, status
FROM pair, kz_spatial_shift_share(m0, m1, '{"rows":["A","B"],"cols":["A","B"],"cells":[[0,1,2],[1,0,0.5]]}');
-- Gerfin's indices: A had grown to 24 * 3/2 + 8 = 44 with its industries, B to 36, both to 40 with the whole
SELECT g.* FROM pair, kz_gerfin_shift_share(m0, m1) g;
-- growth tables: 2^(1/10) a year
SELECT region, industry, start_value, finish_value, change, contribution, round(growth::numeric, 6) AS growth, round(rate::numeric, 6) AS rate, status FROM pair, kz_growth(m0, m1, 10);
SELECT region, industry, start_value, finish_value, change, contribution, growth, round(rate::numeric, 6) AS rate, status FROM pair, kz_growth(m0, m1, 10, by => 'region')
UNION ALL SELECT region, industry, start_value, finish_value, change, contribution, growth, round(rate::numeric, 6), status FROM pair, kz_growth(m0, m1, 10, by => 'industry')
UNION ALL SELECT region, industry, start_value, finish_value, change, contribution, growth, round(rate::numeric, 6), status FROM pair, kz_growth(m0, m1, 10, by => 'total');
SELECT v.*, kz_growth_rate(a, b, t) AS rate
FROM (VALUES ('doubled in a period', 10::float8, 20::float8, 1::float8), ('fourfold in two', 10, 40, 2), ('halved in a half', 10, 5, 0.5), ('gone', 10, 0, 3), ('the same', 10, 10, 7),
  ('born', 0, 5, 1), ('never there', 0, 0, 1), ('negative', -1, 5, 1), ('to negative', 1, -5, 1), ('no time', 1, 2, 0), ('time back', 1, 2, -1),
  ('minus zero', '-0', 2, 1), ('overflow', 5e-324, 1e308, 1), ('unknown', NULL, 1, 1)) v (what, a, b, t);
SELECT kz_growth_rate(100, 150) AS one_period, round(kz_growth_rate(100, 150, 5)::numeric, 6) AS five, kz_growth_rate(start => 100, finish => 150, periods => 1) = kz_growth_rate(100, 150) AS same;
-- entry and exit: quotients are 1.5, 0.5 | 0.5, 1.5 and then 1.25, 0.625 | 0.75, 1.375
SELECT region, industry, start_lq, finish_lq, transition, status FROM pair, kz_specialization_changes(m0, m1);
SELECT transition, count(*) FROM pair, kz_specialization_changes(m0, m1, threshold => 0.6) GROUP BY transition ORDER BY transition;
SELECT region, industry, start_lq, finish_lq, transition, status FROM pair, nation, kz_specialization_changes(m0, m1, r0, r1, 1.5);

-- what is awkward. born: nothing of it is national or mix; dying; suppressed in either period; negative; zero in both;
-- a region and an industry that only one period has
CREATE TEMPORARY TABLE awkward (period integer, region text, industry text, value float8);
INSERT INTO awkward VALUES (0, 'north', 'mining', 16), (1, 'north', 'mining', 32), (1, 'north', 'farming', 4), (0, 'north', 'trade', 8),
  (0, 'south', 'mining', 16), (1, 'south', 'mining', 16), (0, 'south', 'farming', 8), (1, 'south', 'farming', 12), (0, 'south', 'trade', NULL), (1, 'south', 'trade', 100),
  (0, 'east', 'mining', 8), (1, 'east', 'mining', NULL), (0, 'east', 'trade', 8), (1, 'east', 'trade', 12), (0, 'east', 'farming', 0), (1, 'east', 'farming', 0),
  (0, 'west', 'mining', 8), (1, 'west', 'mining', -1), (0, 'west', 'farming', 8), (1, 'west', 'farming', 8),
  (1, 'new', 'mining', 4), (1, 'new', 'energy', 4), (0, 'old', 'farming', 4), (0, 'hidden', 'trade', NULL), (1, 'hidden', 'trade', NULL);
CREATE TEMPORARY VIEW odd AS
SELECT kz_matrix_agg(region, industry, value) FILTER (WHERE period = 0) AS m0, kz_matrix_agg(region, industry, value) FILTER (WHERE period = 1) AS m1 FROM awkward;
SELECT region, industry, start_value AS start, finish_value AS finish, change, round(national::numeric, 4) AS national, round(mix::numeric, 4) AS mix, round(regional::numeric, 4) AS regional,
  round(competitive::numeric, 4) AS competitive, round(allocation::numeric, 4) AS allocation, round(homothetic::numeric, 4) AS homothetic, growth, status FROM odd, kz_shift_share(m0, m1);
SELECT region, start_value AS start, finish_value AS finish, change, round(national::numeric, 4) AS national, round(mix::numeric, 4) AS mix, round(regional::numeric, 4) AS regional,
  round(competitive::numeric, 4) AS competitive, round(growth::numeric, 4) AS growth, status FROM odd, kz_shift_share(m0, m1, by => 'region');
SELECT industry, start_value AS start, finish_value AS finish, change, round(regional::numeric, 4) AS regional, status FROM odd, kz_shift_share(m0, m1, by => 'industry');
SELECT region, industry, start_value AS start, finish_value AS finish, round(contribution::numeric, 4) AS contribution, growth, round(rate::numeric, 6) AS rate, status FROM odd, kz_growth(m0, m1, 2);
SELECT region, start_value AS start, finish_value AS finish, round(contribution::numeric, 4) AS contribution, round(growth::numeric, 4) AS growth, status FROM odd, kz_growth(m0, m1, by => 'region');
SELECT region, industry, regional_mix_homothetic IS NOT NULL AS decomposed, status FROM odd, kz_arcelus_shift_share(m0, m1);
SELECT region, industry, round(start_lq::numeric, 4) AS start_lq, round(finish_lq::numeric, 4) AS finish_lq, transition, status FROM odd, kz_specialization_changes(m0, m1);
SELECT region, start_value, finish_value, round(net_total::numeric, 4) AS net_total, round(mix::numeric, 4) AS mix, round(regional::numeric, 4) AS regional, status FROM odd, kz_gerfin_shift_share(m0, m1);
-- neighbours in a row with an island: a suppressed neighbour is left out, one that had nothing leaves rates undefined
CREATE TEMPORARY VIEW row_of_regions AS
SELECT kz_symmetric_weights(kz_matrix_agg(a, b, 1), ARRAY['east', 'hidden', 'new', 'north', 'old', 'south', 'west']) AS w
FROM (VALUES ('north', 'south'), ('south', 'east'), ('south', 'west'), ('new', 'old'), ('hidden', 'old')) v (a, b);
SELECT region, industry, neighbour_growth, round(neighbour_nation::numeric, 4) AS neighbour_nation, round(own_neighbour::numeric, 4) AS own_neighbour, status
FROM odd, row_of_regions, kz_spatial_shift_share(m0, m1, w);
SELECT region, industry, neighbour_growth, round(neighbour_nation::numeric, 4) AS neighbour_nation, round(own_neighbour::numeric, 4) AS own_neighbour, status
FROM odd, row_of_regions, kz_spatial_shift_share(m0, m1, w, lag => 'rates');
SELECT region, industry, neighbour_growth, neighbour_nation, own_neighbour, status FROM pair, kz_spatial_shift_share(m0, m1, '{"rows":["A","B"],"cols":["A"],"cells":[[0,0,0],[1,0,1]]}');
-- a suppressed industry of the reference: only what needs it is unknown, the rest is incomplete
SELECT region, industry, national, mix, regional, homothetic, status
FROM pair, kz_shift_share(m0, m1, '{"rows":["r"],"cols":["x","y","z"],"cells":[[0,0,64],[0,1,32],[0,2,32]]}', '{"rows":["r"],"cols":["x","y","z"],"cells":[[0,0,128],[0,1,null],[0,2,64]]}');
SELECT region, industry, national, mix, regional, competitive, status
FROM pair, kz_shift_share(m0, m1, '{"rows":["r"],"cols":["x","y"],"cells":[[0,0,0],[0,1,32]]}', '{"rows":["r"],"cols":["x","y"],"cells":[[0,0,128],[0,1,64]]}');
SELECT region, industry, national, mix, regional, status
FROM pair, kz_shift_share(m0, m1, '{"rows":["r"],"cols":["x","y"],"cells":[[0,0,32],[0,1,-32]]}', '{"rows":["r"],"cols":["x","y"],"cells":[[0,0,128],[0,1,64]]}');
-- nothing at all, one cell, one region, no rows for what is unknown
SELECT count(*) FROM kz_shift_share('{"rows":[],"cols":[],"cells":[]}', '{"rows":[],"cols":[],"cells":[]}');
SELECT count(*) FROM kz_shift_share('{"rows":[],"cols":[],"cells":[]}', '{"rows":[],"cols":[],"cells":[]}', by => 'total');
SELECT region, industry, change, national, mix, regional, growth, status FROM pair, kz_shift_share('{"rows":[],"cols":[],"cells":[]}', m1, by => 'region');
SELECT change, national, mix, regional, competitive, allocation, growth, status FROM kz_shift_share('{"rows":["a"],"cols":["x"],"cells":[[0,0,0.1]]}', '{"rows":["a"],"cols":["x"],"cells":[[0,0,0.7]]}');
SELECT change, mix, regional, status FROM kz_shift_share('{"rows":["a"],"cols":["x"],"cells":[[0,0,0]]}', '{"rows":["a"],"cols":["x"],"cells":[[0,0,0]]}');
SELECT (SELECT count(*) FROM kz_shift_share(NULL, m1)) AS a, (SELECT count(*) FROM kz_shift_share(m0, NULL)) AS b, (SELECT count(*) FROM kz_dynamic_shift_share(NULL)) AS c,
  (SELECT count(*) FROM kz_spatial_shift_share(m0, m1, NULL)) AS d, (SELECT count(*) FROM kz_growth(NULL, NULL)) AS e, (SELECT count(*) FROM kz_specialization_changes(m0, NULL)) AS f,
  (SELECT count(*) FROM kz_arcelus_shift_share(NULL, m1)) AS g, (SELECT count(*) FROM kz_gerfin_shift_share(NULL, m1)) AS h, (SELECT count(*) FROM kz_beta_convergence(NULL, 'a', 'b')) AS i,
  (SELECT count(*) FROM kz_beta_convergence(m0, NULL, 'x')) AS j, (SELECT count(*) FROM kz_sigma_convergence(NULL)) AS k, (SELECT count(*) FROM kz_sigma_trend(NULL)) AS l,
  (SELECT count(*) FROM kz_shift_share(m0, m1, by => NULL)) AS cells, (SELECT count(*) FROM kz_growth(m0, m1, NULL)) AS one_period FROM pair;
-- labels that hurt
SELECT s.* FROM (SELECT kz_matrix_agg(r, i, 2) AS m0, kz_matrix_agg(r, i, 3) AS m1 FROM (VALUES ('', 'NaN'), ('a''b"\', E'\n'), ('Алматы', '{x,y}'), ('%s', '')) v (r, i)) m, LATERAL (SELECT region, industry, change, regional, status FROM kz_shift_share(m0, m1)) s;

-- on random matrices, some of them hostile: with several rows a cell, absent, suppressed and zero cells, up to thirty orders of magnitude
SELECT setseed(0.75);
CREATE TEMPORARY TABLE many AS
SELECT k, p, 'r' || r AS region, 'i' || i AS industry,
  CASE WHEN k % 3 = 0 AND random() < 0.05 THEN NULL WHEN random() < 0.05 THEN 0 WHEN k % 4 = 0 THEN floor(random() * 1000)
    WHEN k % 4 = 1 THEN round((random() * 1e6)::numeric, 2)::float8 WHEN k % 4 = 2 THEN random() ELSE random() * 10 ^ (random() * 30 - 15) END AS value
FROM generate_series(1, 200) k, generate_series(0, 3) p, generate_series(1, 5) r, generate_series(1, 4) i WHERE random() < 0.85;
CREATE TEMPORARY TABLE m AS SELECT k, p, kz_matrix_agg(region, industry, value) AS m FROM many GROUP BY k, p;
CREATE TEMPORARY TABLE both_ends AS SELECT a.k, a.m AS m0, b.m AS m1 FROM m a JOIN m b USING (k) WHERE a.p = 0 AND b.p = 3;
CREATE TEMPORARY VIEW every_one AS
SELECT 'static' AS form, k, by, s.*, NULL::float8 AS fourth FROM both_ends, unnest(ARRAY['cell', 'region', 'industry', 'total']) by,
  LATERAL (SELECT region, industry, start_value, finish_value, change, national, mix, regional, competitive, allocation, status FROM kz_shift_share(m0, m1, by => by)) s
UNION ALL SELECT 'dynamic', k, by, s.*, NULL FROM (SELECT k, array_agg(m ORDER BY p) AS ms FROM m GROUP BY k) d, unnest(ARRAY['cell', 'region', 'industry', 'total']) by,
  LATERAL (SELECT region, industry, start_value, finish_value, change, national, mix, regional, competitive, allocation, status FROM kz_dynamic_shift_share(ms, by => by)) s
UNION ALL SELECT 'spatial', k, by, s.region, s.industry, start_value, finish_value, change, national, mix, neighbour_nation, NULL, NULL, status, own_neighbour FROM both_ends, unnest(ARRAY['cell', 'region', 'industry', 'total']) by,
  LATERAL (SELECT kz_symmetric_weights(kz_matrix_agg('r' || i, 'r' || i + 1, 1), ARRAY['r1']) AS w FROM generate_series(1, 4) i) w,
  LATERAL kz_spatial_shift_share(m0, m1, w, by => by) s;
SELECT form, by, count(*) > 150 AS many, count(regional) > 150 AS known,
  bool_and(national + mix + regional = change) FILTER (WHERE form <> 'spatial' AND greatest(abs(national), abs(mix)) < 1e6 * greatest(start_value, finish_value)) AS adds_up,
  bool_and(competitive + allocation = regional) FILTER (WHERE greatest(abs(competitive), abs(allocation)) < 1e6 * greatest(start_value, finish_value)) AS splits_up,
  bool_and(national + mix + regional + fourth = change) FILTER (WHERE form = 'spatial' AND greatest(abs(national), abs(mix), abs(regional)) < 1e6 * greatest(start_value, finish_value)) AS four_add_up,
  bool_and(change = finish_value - start_value) FILTER (WHERE k % 4 = 0) AS whole_numbers_exact,
  max(abs(change - (finish_value - start_value)) / nullif(greatest(start_value, finish_value), 0)) < 1e-9 AS near
FROM every_one GROUP BY form, by ORDER BY form, by COLLATE "C";
SELECT by, count(*) > 150 AS many, bool_and(national_homothetic + national_difference + mix_homothetic + mix_difference + regional_homothetic + regional_difference
  + regional_mix_homothetic + regional_mix_difference = change) FILTER (WHERE k % 4 < 3) AS eight_add_up
FROM both_ends, unnest(ARRAY['cell', 'region', 'industry', 'total']) by, LATERAL kz_arcelus_shift_share(m0, m1, by => by) GROUP BY by ORDER BY by COLLATE "C";
-- the dynamic form of two periods is the static one; totals of a region are those of a matrix of that region against the same reference
SELECT count(*) > 1000 AS many, count(*) FILTER (WHERE (s.change, s.national, s.mix, s.regional, s.competitive, s.status) IS DISTINCT FROM (d.change, d.national, d.mix, d.regional, d.competitive, d.status)) AS differ
FROM both_ends, kz_shift_share(m0, m1) s JOIN both_ends b ON true JOIN LATERAL kz_dynamic_shift_share(ARRAY[b.m0, b.m1]) d USING (region, industry) WHERE both_ends.k = b.k;
-- the national terms are shares of the national change, by hand
SELECT count(*) > 1000 AS many, max(abs(s.national - s.start_value * (t.finish_value - t.start_value) / t.start_value)) < 1e-3 AS near,
  max(abs(s.regional - (s.change - s.start_value * i.change / i.start_value)) / (s.start_value + s.finish_value) / (1 + abs(i.growth))) FILTER (WHERE s.start_value > 0 AND i.start_value > 0 AND b.k % 4 < 3) < 1e-12 AS regional_near
FROM both_ends b, LATERAL kz_shift_share(m0, m1) s JOIN both_ends c ON true JOIN LATERAL kz_shift_share(c.m0, c.m1, by => 'industry') i USING (industry) JOIN LATERAL kz_shift_share(c.m0, c.m1, by => 'total') t ON true
WHERE b.k = c.k AND b.k % 4 < 3 AND s.status IN ('ok', 'incomplete totals');
-- order of rows, names of labels and the unit of the values change nothing
SELECT count(*) > 1000 AS many, count(*) FILTER (WHERE (s.national, s.mix, s.regional, s.competitive, s.allocation, s.growth, s.status) IS DISTINCT FROM (o.national, o.mix, o.regional, o.competitive, o.allocation, o.growth, o.status)) AS differ,
  count(*) FILTER (WHERE (s.national * 1024, s.mix * 1024, s.regional * 1024, s.competitive * 1024, s.growth) IS DISTINCT FROM (u.national, u.mix, u.regional, u.competitive, u.growth)) AS unit_differs
FROM both_ends b, LATERAL kz_shift_share(m0, m1) s,
  LATERAL (SELECT kz_matrix_agg(translate(region, '12345', '53214'), upper(industry), value ORDER BY value DESC) FILTER (WHERE p = 0) AS m0, kz_matrix_agg(translate(region, '12345', '53214'), upper(industry), value ORDER BY value DESC) FILTER (WHERE p = 3) AS m1 FROM many WHERE k = b.k) r,
  LATERAL kz_shift_share(r.m0, r.m1) o, LATERAL kz_shift_share(b.m0 * 1024, b.m1 * 1024) u
WHERE (o.region, o.industry) = (translate(s.region, '12345', '53214'), upper(s.industry)) AND (u.region, u.industry) = (s.region, s.industry);
-- the table of growth is the scalar rate; its contributions add up to the growth of the whole; the changes of quotients are the look-ups
SELECT count(*) > 1000 AS many, count(*) FILTER (WHERE g.rate IS DISTINCT FROM kz_growth_rate(g.start_value, g.finish_value, 3)) AS differ FROM both_ends, kz_growth(m0, m1, 3) g;
SELECT count(*) AS pairs, max(abs(contribution - growth) / (1 + growth)) < 1e-14 AS near FROM (SELECT k, (SELECT sum(contribution) FROM kz_growth(m0, m1)) AS contribution, t.growth FROM both_ends, kz_growth(m0, m1, by => 'total') t) s;
SELECT count(*) > 1000 AS many, count(*) FILTER (WHERE c.start_lq IS DISTINCT FROM kz_location_quotient(m0, c.region, c.industry) AND kz_location_quotient(m0, c.region, c.industry) IS NOT NULL) AS differ,
  count(*) FILTER (WHERE (c.transition = 'entry') <> (c.start_lq < 1 AND c.finish_lq >= 1)) AS wrong FROM both_ends, kz_specialization_changes(m0, m1) c;

-- beta convergence: y = ln(start) = 0, 1, 2, 3 (powers of e are no doubles, of 2 they are: in units of ln 2) and growth that falls by half of it
-- over ten years: beta = -1/20, intercept 0; a gap halves in ten years, so speed = ln 2 / 10
CREATE TEMPORARY VIEW halving AS
SELECT kz_matrix_agg(region, year, value) AS m FROM (VALUES ('a', 2010, 1), ('b', 2010, 4), ('c', 2010, 16), ('d', 2010, 64), ('a', 2020, 1), ('b', 2020, 2), ('c', 2020, 4), ('d', 2020, 8)) v (region, year, value);
SELECT n, excluded, periods_used, round(intercept::numeric, 12) AS intercept, round(beta::numeric, 12) AS beta, round(r_squared::numeric, 12) AS r_squared, round(speed::numeric, 12) AS speed, round(half_life::numeric, 9) AS half_life, status
FROM halving, kz_beta_convergence(m, '2010', '2020');
SELECT periods_used, round(beta::numeric, 12) AS beta, round(half_life::numeric, 9) AS half_life FROM halving, kz_beta_convergence(m, '2010', '2020', periods => 1);
-- against the definition in SQL: line, tests, speed; regions without a logarithm are left out
SELECT setseed(0.1);
CREATE TEMPORARY TABLE growing AS SELECT 'r' || r AS region, y AS year, CASE WHEN r = 7 AND y = 2000 THEN NULL WHEN r = 8 AND y = 2012 THEN 0 WHEN r = 9 AND y = 2000 THEN -1 ELSE exp(9 + (1 - (y - 2000) / 60.0) * sin(r) + (y - 2000) / 30.0 + random() / 3) END AS value
FROM generate_series(1, 40) r, generate_series(2000, 2012) y WHERE r <> 10 OR y > 2005;
CREATE TEMPORARY VIEW panel AS SELECT kz_matrix_agg(region, year, value) AS m FROM growing;
SELECT n, excluded, b.status, abs(beta / slope - 1) < 1e-12 AS beta, abs(intercept / a - 1) < 1e-12 AS intercept, abs(r_squared / r2 - 1) < 1e-12 AS r2, abs(beta_se / se - 1) < 1e-11 AS se, beta_t = beta / beta_se AS t,
  beta_p < 1e-3 AS p, abs(speed + ln(1 + slope * 12) / 12) < 1e-15 AS speed, abs(half_life * speed - ln(2)) < 1e-15 AS half_life, abs(speed_se - beta_se * exp(12 * speed)) < 1e-14 AS speed_se
FROM panel, kz_beta_convergence(m, '2000', '2012') b,
  (SELECT regr_slope(y, x) AS slope, regr_intercept(y, x) AS a, regr_r2(y, x) AS r2, sqrt((regr_syy(y, x) - regr_slope(y, x) * regr_sxy(y, x)) / (count(*) - 2) / regr_sxx(y, x)) AS se
   FROM (SELECT ln(a.value) AS x, ln(b.value / a.value) / 12 AS y FROM growing a JOIN growing b USING (region) WHERE a.year = 2000 AND b.year = 2012 AND a.value > 0 AND b.value > 0) s) d;
-- sigma convergence: sd of ln 2 times 0, 2, 4, 6 and 0, 1, 2, 3: sqrt(5) ln 2 and half of that; F = 4 with 3 and 3 degrees of freedom
SELECT period, n, excluded, round(sd::numeric, 9) AS sd, round(cv::numeric, 9) AS cv, round(f::numeric, 9) AS f, round(f_p::numeric, 6) AS f_p, status FROM halving, kz_sigma_convergence(m);
SELECT period, round(sd::numeric, 9) AS sd, round(cv::numeric, 9) AS cv, round(f::numeric, 9) AS f FROM halving, kz_sigma_convergence(m, sample => true);
SELECT period, n, excluded, status, abs(sd / s - 1) < 1e-12 AS sd, abs(cv / c - 1) < 1e-12 AS cv
FROM panel, kz_sigma_convergence(m) JOIN (SELECT year, stddev_pop(ln(value)) AS s, stddev_pop(value) / avg(value) AS c FROM growing WHERE value > 0 GROUP BY year) d ON year::text = period ORDER BY period COLLATE "C";
SELECT n, t.status, abs(slope / b - 1) < 1e-11 AS slope, abs(intercept / a - 1) < 1e-11 AS intercept, slope < 0 AND slope_p < 1e-3 AS falling
FROM panel, kz_sigma_trend(m) t, (SELECT regr_slope(s, year) AS b, regr_intercept(s, year) AS a FROM (SELECT year, stddev_pop(ln(value)) AS s FROM growing WHERE value > 0 GROUP BY year) y) d;
-- periods in the order of their numbers, of their labels if one is no number
SELECT string_agg(period, ' ') FROM kz_sigma_convergence((SELECT kz_matrix_agg(r, p, 1) FROM (VALUES ('10'), ('9'), ('-1'), ('2.5')) v (p), (VALUES ('a')) w (r)));
SELECT string_agg(period, ' ') FROM kz_sigma_convergence((SELECT kz_matrix_agg(r, p, 1) FROM (VALUES ('10'), ('9'), ('b')) v (p), (VALUES ('a')) w (r)));
-- too little to fit
SELECT n, excluded, round(intercept::numeric, 9) AS intercept, round(beta::numeric, 9) AS beta, round(beta_se::numeric, 9) AS beta_se, speed, half_life, status FROM (VALUES ('{"rows":["a"],"cols":["1","2"],"cells":[[0,0,1],[0,1,2]]}'::kz_matrix), ('{"rows":["a","b"],"cols":["1","2"],"cells":[[0,0,1],[0,1,1],[1,0,2],[1,1,2]]}'),
  ('{"rows":["a","b","c"],"cols":["1","2"],"cells":[[0,0,1],[0,1,2],[1,0,1],[1,1,3],[2,0,1],[2,1,1]]}'), ('{"rows":["a","b","c"],"cols":["1","2"],"cells":[[0,0,1],[0,1,8],[1,0,2],[1,1,2],[2,0,4],[2,1,1]]}')) v (m), LATERAL kz_beta_convergence(m, '1', '2');
SELECT s.* FROM kz_sigma_convergence('{"rows":["a","b"],"cols":["1","2","3"],"cells":[[0,0,1],[0,1,2],[1,1,2],[0,2,2],[1,2,null]]}') s;
SELECT n, slope, slope_se, status FROM kz_sigma_trend('{"rows":["a","b"],"cols":["1","2","3"],"cells":[[0,0,1],[0,1,2],[1,1,2],[0,2,2],[1,2,null]]}');
SELECT n, slope, slope_se, status FROM kz_sigma_trend('{"rows":[],"cols":[],"cells":[]}');

-- trend
CREATE TEMPORARY TABLE series (name text, period float8, value float8);
INSERT INTO series VALUES ('rising', 2020, 1), ('rising', 2021, 2), ('rising', 2022, 4), ('bent', 2020, 1), ('bent', 2021, 3), ('bent', 2022, 2.95), ('gap', 2020, 5), ('gap', 2022, 1),
  ('unknown at last', 2020, 1), ('unknown at last', 2021, 1.5), ('unknown at last', 2022, NULL), ('once', 2020, 7), ('never', NULL, 1), ('never', 2020, NULL), ('flat', 2022, 3), ('flat', 2021, 3), ('flat', 2020, 3);
SELECT name, kz_trend_change(value, period, 'first_last') AS first_last, kz_trend_change(value, period, 'last_step') AS last_step, round(kz_trend_change(value, period, 'slope')::numeric, 12) AS slope,
  kz_trend(value, period, 'first_last', 0.1) AS first_last, kz_trend(value, period, 'last_step', 0.1) AS last_step, kz_trend(value, period, 'slope', 0) AS slope
FROM series GROUP BY name ORDER BY name COLLATE "C";
SELECT kz_trend_change(value, period, 'slope') AS nothing, kz_trend(value, period, 'slope', 0) AS nothing FROM series WHERE false;
-- up to each period, in a moving window, and filtered
SELECT name, period, value, kz_trend_change(value, period, 'first_last') OVER w AS so_far, kz_trend_change(value, period, 'last_step') OVER w AS step, kz_trend(value, period, 'last_step', 0.1) OVER w,
  kz_trend_change(value, period, 'first_last') OVER (PARTITION BY name ORDER BY period ROWS 1 PRECEDING) AS moving
FROM series WHERE name IN ('rising', 'bent', 'gap') WINDOW w AS (PARTITION BY name ORDER BY period) ORDER BY name COLLATE "C", period;
-- serial and parallel, any order of rows, the same bits; the slope is PostgreSQL's
CREATE TABLE growth_trend AS SELECT i % 500 AS cell, 2000 + i / 500 AS year, sin(i) * 10 ^ (i % 7) AS value FROM generate_series(0, 9999) i;
ANALYZE growth_trend;
SET max_parallel_workers_per_gather = 0;
CREATE TEMPORARY TABLE answer AS SELECT cell, kz_trend_change(value, year, 'first_last') AS a, kz_trend_change(value, year, 'last_step') AS b, kz_trend_change(value, year, 'slope') AS c, kz_trend(value, year, 'slope', 1) AS d, regr_slope(value, year) AS e FROM growth_trend GROUP BY cell;
SET max_parallel_workers_per_gather = 3;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET enable_sort = off;
CREATE FUNCTION pg_temp.gathers(query text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  plan json;
BEGIN
  EXECUTE 'EXPLAIN (FORMAT JSON) ' || query INTO plan;
  RETURN plan::text LIKE '%"Node Type": "Gather%' AND plan::text LIKE '%"Partial Mode": "Partial"%';
END $$;
SELECT pg_temp.gathers('SELECT cell, kz_trend_change(value, year, ''slope'') FROM growth_trend GROUP BY cell') AS parallel;
SELECT count(*), bool_and((a.a, a.b, a.c, a.d) = (p.a, p.b, p.c, p.d)) AS same, max(abs(a.c - a.e) / (1 + abs(a.e))) < 1e-9 AS slope
FROM (SELECT cell, kz_trend_change(value, year, 'first_last') AS a, kz_trend_change(value, year, 'last_step') AS b, kz_trend_change(value, year, 'slope') AS c, kz_trend(value, year, 'slope', 1) AS d FROM growth_trend GROUP BY cell) p JOIN answer a USING (cell);
SELECT count(*) FILTER (WHERE change <> a) AS differ FROM (SELECT cell, kz_trend_change(value, year, 'first_last' ORDER BY value) AS change FROM growth_trend GROUP BY cell) o JOIN answer USING (cell);
RESET max_parallel_workers_per_gather;
RESET parallel_setup_cost;
RESET parallel_tuple_cost;
RESET min_parallel_table_scan_size;
RESET enable_sort;
DROP TABLE growth_trend;

-- a study's change and direction are these
SET client_min_messages = warning;
CREATE TABLE growth_facts AS SELECT p AS period, 'r' || r AS region, 'i' || i AS industry, round(50 + 40 * sin(p * r + 3 * i)) AS value FROM generate_series(2019, 2023) p, generate_series(1, 6) r, generate_series(1, 4) i WHERE (p * r + i) % 7 > 0;
CREATE FUNCTION pg_temp.study(rule text, OUT rows bigint, OUT same bigint) LANGUAGE plpgsql AS $$
BEGIN
  PERFORM kz_create_study('growth_study', 'growth_facts', trend_rule => rule, threshold => 0.0001, tolerance => 0.02);
  SELECT count(*), count(*) FILTER (WHERE abs(c.change - t.change) < 1e-12 AND c.direction = t.direction OR (c.change IS NULL AND t.change IS NULL AND c.direction IS NULL AND t.direction IS NULL)) INTO rows, same
  FROM growth_study.candidates c JOIN (
    SELECT period, region, industry, kz_trend_change(lq, period_number, rule) OVER w AS change, kz_trend(lq, period_number, rule, 0.02) OVER w AS direction
    FROM growth_study.coefficients WINDOW w AS (PARTITION BY region, industry ORDER BY period_number)) t USING (period, region, industry);
  PERFORM kz_drop_study('growth_study');
END $$;
SELECT rule, s.* FROM unnest(ARRAY['last_step', 'first_last', 'slope']) rule, pg_temp.study(rule) s;
DROP TABLE growth_facts;
RESET client_min_messages;

-- errors
\getenv inputdir PG_ABS_SRCDIR
\set error :inputdir '/error.sql'
\i :error
\pset tuples_only
\pset format unaligned
\set m '''{"rows":["a","b"],"cols":["x","y"],"cells":[[0,0,1],[0,1,2],[1,0,3]]}''::kz_matrix'
\set r '''{"rows":["r"],"cols":["x","y"],"cells":[[0,0,1],[0,1,2]]}''::kz_matrix'
\set x '''{"rows":["r"],"cols":["x"],"cells":[[0,0,1]]}''::kz_matrix'
SELECT pg_temp.error('SELECT * FROM kz_shift_share(' || :'m' || ', ' || :'m' || ', by => ''cells'')');
SELECT pg_temp.error('SELECT * FROM kz_shift_share(' || :'m' || ', ' || :'m' || ', ' || :'r' || ')');
SELECT pg_temp.error('SELECT * FROM kz_shift_share(' || :'m' || ', ' || :'m' || ', NULL, ' || :'r' || ')');
SELECT pg_temp.error('SELECT * FROM kz_shift_share(' || :'m' || ', ' || :'m' || ', ' || :'m' || ', ' || :'r' || ')');
SELECT pg_temp.error('SELECT * FROM kz_shift_share(' || :'m' || ', ' || :'m' || ', ' || :'r' || ', ''{"rows":[],"cols":[],"cells":[]}'')');
SELECT pg_temp.error('SELECT * FROM kz_arcelus_shift_share(' || :'m' || ', ' || :'m' || ', ' || :'r' || ', ' || :'x' || ')');
SELECT pg_temp.error('SELECT * FROM kz_dynamic_shift_share(ARRAY[' || :'m' || '])');
SELECT pg_temp.error('SELECT * FROM kz_dynamic_shift_share(''{}'')');
SELECT pg_temp.error('SELECT * FROM kz_dynamic_shift_share(ARRAY[ARRAY[' || :'m' || '], ARRAY[' || :'m' || ']])');
SELECT pg_temp.error('SELECT * FROM kz_dynamic_shift_share(ARRAY[' || :'m' || ', NULL])');
SELECT pg_temp.error('SELECT * FROM kz_dynamic_shift_share(ARRAY[' || :'m' || ', ' || :'m' || ', ' || :'m' || '], ARRAY[' || :'r' || ', ' || :'r' || '])');
SELECT pg_temp.error('SELECT * FROM kz_dynamic_shift_share(ARRAY[' || :'m' || ', ' || :'m' || '], ARRAY[' || :'r' || ', ' || :'m' || '])');
SELECT pg_temp.error('SELECT * FROM kz_dynamic_shift_share(ARRAY[' || :'m' || ', ' || :'m' || '], ARRAY[' || :'x' || ', ' || :'r' || '])');
SELECT pg_temp.error('SELECT * FROM kz_spatial_shift_share(' || :'m' || ', ' || :'m' || ', ''{"rows":["a"],"cols":["b"],"cells":[[0,0,1]]}'')');
SELECT pg_temp.error('SELECT * FROM kz_spatial_shift_share(' || :'m' || ', ' || :'m' || ', ''{"rows":["a","b"],"cols":["b"],"cells":[[0,0,1],[1,0,-1]]}'')');
SELECT pg_temp.error('SELECT * FROM kz_spatial_shift_share(' || :'m' || ', ' || :'m' || ', ''{"rows":["a","b"],"cols":["b"],"cells":[[0,0,1],[1,0,null]]}'')');
SELECT pg_temp.error('SELECT * FROM kz_spatial_shift_share(' || :'m' || ', ' || :'m' || ', ' || :'m' || ', lag => ''both'')');
SELECT pg_temp.error('SELECT * FROM kz_growth(' || :'m' || ', ' || :'m' || ', 0)');
SELECT pg_temp.error('SELECT * FROM kz_growth(' || :'m' || ', ' || :'m' || ', ''NaN'')');
SELECT pg_temp.error('SELECT kz_growth_rate(''Infinity'', 1)');
SELECT pg_temp.error('SELECT kz_growth_rate(1, ''NaN'')');
SELECT pg_temp.error('SELECT * FROM kz_specialization_changes(' || :'m' || ', ' || :'m' || ', threshold => -1)');
SELECT pg_temp.error('SELECT * FROM kz_specialization_changes(' || :'m' || ', ' || :'m' || ', ' || :'m' || ')');
SELECT pg_temp.error('SELECT * FROM kz_specialization_changes(' || :'m' || ', ' || :'m' || ', NULL, ' || :'x' || ')');
SELECT pg_temp.error('SELECT * FROM kz_beta_convergence(' || :'m' || ', ''x'', ''z'')');
SELECT pg_temp.error('SELECT * FROM kz_beta_convergence(' || :'m' || ', ''x'', ''y'')');
SELECT pg_temp.error('SELECT * FROM kz_beta_convergence(' || :'m' || ', ''x'', ''y'', 0)');
SELECT pg_temp.error('SELECT * FROM kz_beta_convergence(''{"rows":["a"],"cols":["1","2"],"cells":[[0,0,1],[0,1,2]]}'', ''2'', ''1'')');
SELECT pg_temp.error('SELECT * FROM kz_sigma_trend(' || :'m' || ')');
SELECT pg_temp.error('SELECT kz_trend_change(1, 1, ''last'')');
SELECT pg_temp.error('SELECT kz_trend_change(1, 1, NULL)');
SELECT pg_temp.error('SELECT kz_trend(1, 1, ''slope'', NULL)');
SELECT pg_temp.error('SELECT kz_trend(1, 1, ''slope'', -1)');
SELECT pg_temp.error('SELECT kz_trend(1, 1, ''slope'', ''NaN'')');
SELECT pg_temp.error('SELECT kz_trend_change(''NaN'', 1, ''slope'')');
SELECT pg_temp.error('SELECT kz_trend_change(1, ''Infinity'', ''slope'')');
SELECT pg_temp.error('SELECT kz_trend_change(1, p, ''first_last'') FROM (VALUES (1), (2), (1)) v (p)');
SELECT pg_temp.error('SELECT kz_trend_change(1, 1, r) FROM (VALUES (''slope''), (''last_step'')) v (r)');
SELECT pg_temp.error('SELECT kz_trend(1, 1, ''slope'', t) FROM (VALUES (1), (2)) v (t)');
-- the parts of the aggregates, called by hand
SELECT pg_temp.error('SELECT kz_trend_transition(NULL, 1, 1, ''slope'')');
SELECT pg_temp.error('SELECT kz_trend_combine(''{0,0}'', ''{0,0}'')');
SELECT kz_trend_change_final('{0,0,2,2,5,1,3}'), kz_trend_final('{2,0.5,2,1,1,2,9,0,0}'), kz_trend_final('{0,0,0}') IS NULL, kz_trend_final(NULL) IS NULL;
SELECT s, pg_temp.error('SELECT kz_trend_final(''' || s || ''')') FROM unnest(ARRAY['{}', '{0,0}', '{0,0,1}', '{0,0,1,1}', '{0,0,-1}', '{0,0,NaN}', '{0,0,0.5,1,1}', '{3,0,0}', '{0.5,0,0}', '{-1,0,0}', '{NaN,0,0}', '{0,-1,0}', '{0,NaN,0}', '{0,0,NULL}', '{0,0,1,NULL,1}', '{{0,0,0},{1,1,1}}', '{0,0,1,Infinity,1}', '{0,0,1,1,NaN}']) s;
