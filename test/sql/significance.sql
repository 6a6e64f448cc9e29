-- Tails of counts, tests of cells, tables and industries, families of p-values, cut-offs, sensitivity.
SET extra_float_digits = 1;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
\getenv inputdir PG_ABS_SRCDIR
\set error :inputdir '/error.sql'
\i :error
-- Are two numbers equal, relatively?
CREATE FUNCTION pg_temp.near(a float8, b numeric, tolerance float8 DEFAULT 1e-12) RETURNS boolean LANGUAGE sql AS $$
  SELECT abs(a::numeric - b) <= tolerance::numeric * abs(b) $$;

-- A study small enough to check by hand. Totals: A 16, B 32, C 16; x 32, y 32; all 64. So half of each region's is
-- expected in each industry. In A and x: 12 where 8 are expected, lq 1.5; binomial (1820 + 560 + 120 + 16 + 1) / 2^16 =
-- 0.038406; residual 4 / sqrt(8) = 1.414214; adjusted 4 / sqrt(8 * 3/4 * 1/2) = 2.309401. chi2 = 2 * 2 + 2 * 9 + 2 * 8 = 38
-- with 2 degrees of freedom, of which the tail is exp(-chi2 / 2).
CREATE TEMPORARY TABLE facts (region text, industry text, value float8);
INSERT INTO facts VALUES ('A', 'x', 12), ('A', 'y', 4), ('B', 'x', 3), ('B', 'y', 28), ('C', 'x', 16), ('B', 'x', 1);
CREATE TEMPORARY VIEW m AS SELECT kz_matrix_agg(region, industry, value) AS m FROM facts;
CREATE FUNCTION pg_temp.r(x float8) RETURNS numeric LANGUAGE sql AS $$ SELECT round(x::numeric, 6) $$;

SELECT region, industry, value, expected, lq, pg_temp.r(binomial_p) AS binomial_p, pg_temp.r(poisson_p) AS poisson_p, pg_temp.r(hypergeometric_p) AS hypergeometric_p,
  pg_temp.r(residual) AS residual, pg_temp.r(adjusted_residual) AS adjusted_residual, status FROM m, kz_cell_significance(m);
SELECT region, industry, lq, pg_temp.r(wald_low) AS wald_low, pg_temp.r(wald_high) AS wald_high, pg_temp.r(exact_low) AS exact_low, pg_temp.r(exact_high) AS exact_high, status
FROM m, kz_cell_significance(m, fill => true);
SELECT chi2, pg_temp.r(g) AS g, df, pg_temp.near(chi2_p, exp(-chi2 / 2)::numeric) AS chi2_p, pg_temp.near(g_p, exp(-g / 2)::numeric) AS g_p, pg_temp.r(cramers_v) AS cramers_v, n, status FROM m, kz_independence_test(m);
SELECT industry, n, pg_temp.r(divergence) AS divergence, pg_temp.r(statistic) AS statistic, df, pg_temp.r(p) AS p, status FROM m, kz_localization_test(m);
SELECT region, industry, value, lq, pg_temp.r(lq_more) AS lq_more, pg_temp.r(lq_fewer) AS lq_fewer, pg_temp.r(change) AS change, status FROM m, kz_quotient_sensitivity(m, fill => true);
SELECT industry, n, pg_temp.r(quantile) AS quantile, pg_temp.r(cutoff) AS cutoff, pg_temp.r(cutoff_se) AS cutoff_se, status FROM m, kz_bootstrap_cutoff(m);
SELECT industry, n, pg_temp.r(quantile) AS quantile, pg_temp.r(cutoff) AS cutoff, pg_temp.r(cutoff_se) AS cutoff_se, status FROM m, kz_bootstrap_cutoff(m, form => 'standardized_log');
SELECT p, kz_bonferroni(p) OVER (), kz_holm(p) OVER (), kz_benjamini_hochberg(p) OVER (), pg_temp.r(kz_benjamini_yekutieli(p) OVER ()) AS kz_benjamini_yekutieli
FROM (VALUES (0.0625::float8), (0.25), (NULL), (0.125), (0.03125), (0.75), (0.125), (1), (0.25)) v (p) ORDER BY p;

-- the tails against whole numbers of any size
SELECT setseed(0.5);
CREATE TEMPORARY TABLE draw AS
SELECT n, floor(random() * (n + 2))::integer AS k, floor(random() * (n + 1))::integer AS s, floor(random() * (n + 1))::integer AS g, (floor(random() * 1024) / 1024)::float8 AS p
FROM (SELECT floor(random() * 60)::integer AS n FROM generate_series(1, 300)) v;
CREATE FUNCTION pg_temp.choose(n integer, k integer) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$ SELECT CASE WHEN k BETWEEN 0 AND n THEN factorial(n) / factorial(k) / factorial(n - k) ELSE 0 END $$;
SELECT count(*) AS draws, count(*) FILTER (WHERE pg_temp.near(kz_binomial_tail(k, n, p), (SELECT coalesce(sum(pg_temp.choose(n, i) * (p * 1024)::numeric ^ i * ((1 - p) * 1024)::numeric ^ (n - i)), 0) / 1024::numeric ^ n FROM generate_series(k, n) i))) AS binomial,
  count(*) FILTER (WHERE pg_temp.near(kz_hypergeometric_tail(k, g, s, n), (SELECT coalesce(sum(pg_temp.choose(g, i) * pg_temp.choose(n - g, s - i)), 0) / pg_temp.choose(n, s) FROM generate_series(k, n) i))) AS hypergeometric,
  count(*) FILTER (WHERE abs(kz_poisson_tail(k, s)::numeric + (SELECT coalesce(sum(s::numeric(60, 40) ^ i / factorial(i)), 0) * exp(-s::numeric(60, 40)) FROM generate_series(0, k - 1) i) - 1) < 1e-14) AS poisson
FROM draw;
-- far out and large, against forty digits' arithmetic
SELECT pg_temp.near(kz_binomial_tail(28, 41, 1e-9), 1.7620076138837694e-242) AS smallest, pg_temp.near(kz_poisson_tail(1e8, 1e8), 0.50001329807601412) AS largest,
  pg_temp.near(kz_hypergeometric_tail(857354, 900000, 950000, 1e6), 7.7459793741286258e-254, 1e-11) AS deal, kz_poisson_tail(1e6, 1) AS beyond,
  pg_temp.near(kz_binomial_tail(3000000, 1e7, 0.3), 0.500119295073, 1e-11) AS where_gsl_gives_up, pg_temp.near(kz_hypergeometric_tail(5e7, 1e10, 4e7, 8e10), 0, 0) AS impossible;
-- what is certain, what cannot be, and what is not known
SELECT kz_binomial_tail(0, 0, 0.5) AS a, kz_binomial_tail(1, 0, 0.5) AS b, kz_binomial_tail(5, 4, 1) AS c, kz_binomial_tail(4, 4, 1) AS d, kz_binomial_tail(1, 4, 0) AS e,
  kz_poisson_tail(0, 0) AS f, kz_poisson_tail(1, 0) AS g, kz_hypergeometric_tail(0, 0, 0, 0) AS h, kz_hypergeometric_tail(3, 2, 4, 4) AS i, kz_hypergeometric_tail(2, 2, 4, 4) AS j, kz_hypergeometric_tail(1, 3, 2, 4) AS k,
  kz_binomial_tail(NULL, 4, 0) AS l, kz_poisson_tail(1, NULL) AS m, kz_hypergeometric_tail(1, 2, 3, NULL) AS n;
SELECT kz_binomial_tail(count => 12, trials => 16, probability => 0.5) = kz_binomial_tail(12, 16, 0.5) AS binomial, kz_poisson_tail(count => 12, expected => 8) = kz_poisson_tail(12, 8) AS poisson,
  kz_hypergeometric_tail(count => 12, group_size => 32, sample_size => 16, population => 64) = kz_hypergeometric_tail(12, 32, 16, 64) AS hypergeometric;
-- a cell's tails are those of its totals; so are its intervals, whichever the confidence
SELECT count(*) AS cells, bool_and(binomial_p = kz_binomial_tail(value, c.region_total, c.reference_share)) AS binomial, bool_and(poisson_p = kz_poisson_tail(value, expected)) AS poisson,
  bool_and(hypergeometric_p = kz_hypergeometric_tail(value, c.ref_value, c.region_total, c.ref_total)) AS hypergeometric, bool_and(s.lq = c.lq) AS lq,
  bool_and(exact_low = 0 OR pg_temp.near(kz_binomial_tail(value, c.region_total, exact_low * c.reference_share), 0.05, 1e-9)) AS exact_low,
  bool_and(value = c.region_total OR abs(1 - kz_binomial_tail(value + 1, c.region_total, exact_high * c.reference_share) - 0.05) < 1e-9) AS exact_high
FROM m, kz_cell_significance(m, confidence => 0.9, fill => true) s JOIN LATERAL (SELECT region, industry, region_total, ref_value, ref_total, reference_share, lq FROM kz_coefficients(m, fill => true)) c USING (region, industry);

-- a reference: a country that the regions are a part of
CREATE TEMPORARY VIEW reference AS SELECT kz_matrix_agg('country', industry, value) AS r FROM (VALUES ('x', 64), ('y', 128), ('z', 64)) v (industry, value);
SELECT region, industry, value, expected, lq, pg_temp.r(binomial_p) AS binomial_p, pg_temp.r(hypergeometric_p) AS hypergeometric_p, pg_temp.r(adjusted_residual) AS adjusted_residual, pg_temp.r(exact_low) AS exact_low, status
FROM m, reference, kz_cell_significance(m, r);
-- the matrix's own totals as a reference change nothing
SELECT count(*) AS cells, count(*) FILTER (WHERE a IS DISTINCT FROM b) AS differ
FROM m, LATERAL (SELECT kz_matrix_agg('all', label, total) AS own FROM kz_col_totals(m)) o, kz_cell_significance(m, own) a JOIN LATERAL kz_cell_significance(m) b USING (region, industry);
-- a reference that the regions are no part of: what presupposes it is unknown
SELECT region, industry, value, pg_temp.r(lq) AS lq, pg_temp.r(binomial_p) AS binomial_p, hypergeometric_p, pg_temp.r(residual) AS residual, pg_temp.r(adjusted_residual) AS adjusted_residual, status
FROM m, kz_cell_significance(m, '{"rows":["small"],"cols":["x","y"],"cells":[[0,0,10],[0,1,10]]}');
-- a reference without an industry has no base; one with a figure suppressed elsewhere is incomplete
SELECT region, industry, expected, lq, status FROM m, kz_cell_significance(m, '{"rows":["r"],"cols":["x","y","z"],"cells":[[0,0,0],[0,1,80],[0,2,null]]}') WHERE region = 'A';

-- what is awkward. Totals of what is disclosed: north 8, south 3, west 1, zero 0; mining 8, farming 6 (incomplete), nothing 0, trade -2
CREATE TEMPORARY TABLE awkward (region text, industry text, value float8);
INSERT INTO awkward VALUES ('north', 'mining', 6), ('north', 'farming', 2), ('north', 'nothing', 0),
  ('south', 'mining', 2), ('south', 'farming', NULL), ('south', 'farming', 4), ('south', 'trade', -3),
  ('zero', 'mining', 0), ('zero', 'farming', 0), ('west', 'trade', 1);
CREATE TEMPORARY VIEW w AS SELECT kz_matrix_agg(region, industry, value) AS w FROM awkward;
SELECT region, industry, value, pg_temp.r(lq) AS lq, pg_temp.r(binomial_p) AS binomial_p, pg_temp.r(hypergeometric_p) AS hypergeometric_p, pg_temp.r(wald_low) AS wald_low, pg_temp.r(exact_high) AS exact_high, status
FROM w, kz_cell_significance(w, fill => true);
SELECT region, industry, value, pg_temp.r(lq) AS lq, pg_temp.r(lq_more) AS lq_more, pg_temp.r(lq_fewer) AS lq_fewer, status FROM w, kz_quotient_sensitivity(w);
SELECT t.* FROM w, kz_independence_test(w) t;
SELECT t.* FROM w, kz_independence_test(kz_cols(w, '{trade}')) t;
SELECT industry, n, pg_temp.r(divergence) AS divergence, df, pg_temp.r(p) AS p, status FROM w, kz_localization_test(w);
SELECT industry, n, pg_temp.r(quantile) AS quantile, pg_temp.r(cutoff) AS cutoff, pg_temp.r(cutoff_se) AS cutoff_se, status FROM w, kz_bootstrap_cutoff(w);
-- a suppressed figure makes what it is a part of unknown, and all else incomplete
SELECT industry, n, pg_temp.r(divergence) AS divergence, df, status FROM m, kz_localization_test(m + '{"rows":["B"],"cols":["y"],"cells":[[0,0,null]]}');
SELECT industry, n, pg_temp.r(quantile) AS quantile, status FROM m, kz_bootstrap_cutoff(m + '{"rows":["B"],"cols":["y"],"cells":[[0,0,null]]}');
-- nothing at all, one cell, one region, one industry, zeros
CREATE TEMPORARY TABLE tiny (what text, t kz_matrix);
INSERT INTO tiny VALUES ('empty', '{"rows":[],"cols":[],"cells":[]}'), ('cell', '{"rows":["a"],"cols":["x"],"cells":[[0,0,7]]}'),
  ('zero', '{"rows":["a"],"cols":["x"],"cells":[[0,0,0]]}'), ('region', '{"rows":["a"],"cols":["x","y"],"cells":[[0,0,7],[0,1,2]]}'),
  ('industry', '{"rows":["a","b"],"cols":["x"],"cells":[[0,0,7],[1,0,2]]}'), ('alike', '{"rows":["a","b"],"cols":["x","y"],"cells":[[0,0,1],[0,1,1],[1,0,1],[1,1,1]]}'), ('unknown', NULL);
SELECT what, region, industry, value, lq, pg_temp.r(binomial_p) AS binomial_p, pg_temp.r(poisson_p) AS poisson_p, pg_temp.r(hypergeometric_p) AS hypergeometric_p, residual, adjusted_residual, pg_temp.r(wald_low) AS wald_low, pg_temp.r(exact_low) AS exact_low, pg_temp.r(exact_high) AS exact_high, s.status
FROM tiny, kz_cell_significance(t, fill => true) s ORDER BY what COLLATE "C", region COLLATE "C", industry COLLATE "C";
SELECT what, s.* FROM tiny, kz_independence_test(t) s ORDER BY what COLLATE "C";
SELECT what, s.* FROM tiny, kz_localization_test(t) s ORDER BY what COLLATE "C", industry COLLATE "C";
SELECT what, s.* FROM tiny, kz_bootstrap_cutoff(t) s ORDER BY what COLLATE "C", industry COLLATE "C";
SELECT what, s.* FROM tiny, kz_quotient_sensitivity(t, fill => true) s ORDER BY what COLLATE "C", region COLLATE "C", industry COLLATE "C";

-- numbers at the ends of the range
CREATE TEMPORARY VIEW ends AS SELECT kz_matrix_agg(region, industry, value) AS e FROM (VALUES ('a', 'x', 1e280::float8), ('a', 'y', 2e-290), ('b', 'x', 3e-285), ('b', 'y', 5), ('c', 'y', 1e-200)) v (region, industry, value);
SELECT chi2 > 0 AS chi2, g > 0 AS g, chi2_p, g_p, status FROM ends, kz_independence_test(e);
SELECT industry, statistic > 0 AS statistic, p, status FROM ends, kz_localization_test(e);
SELECT industry, p, status FROM ends, kz_localization_test(e, '{"rows":["a","b","c"],"cols":["area"],"cells":[[0,0,1e280],[1,0,1e-290],[2,0,1]]}');
SELECT industry, n, quantile > 0 AS quantile, cutoff > 0 AS cutoff, status FROM ends, kz_bootstrap_cutoff(e);
SELECT industry, n, quantile > 0 AS quantile, cutoff > 0 AS cutoff, status FROM ends, kz_bootstrap_cutoff(e, form => 'standardized_log');
SELECT region, industry, lq >= 0 AS lq, lq_more >= 0 AS lq_more, lq_fewer >= 0 AS lq_fewer, status FROM ends, kz_quotient_sensitivity(e);

-- localization against areas: by hand for x, 12, 4 and 16 of 32 where 1/4, 1/8 and 1/8 of the area are, and half is empty
SELECT industry, pg_temp.r(divergence) AS divergence, pg_temp.r((12 * ln(12 / 8.0) + 4 * ln(4 / 4.0) + 16 * ln(16 / 4.0)) / 32) AS by_hand, pg_temp.r(statistic) AS statistic, df, pg_temp.r(p) AS p, status
FROM m, kz_localization_test(m, '{"rows":["A","B","C","D"],"cols":["area"],"cells":[[0,0,10],[1,0,5],[2,0,5],[3,0,20]]}') WHERE industry = 'x';
SELECT industry, pg_temp.r(divergence) AS divergence, df, pg_temp.r(p) AS p, status FROM m, kz_localization_test(m, '{"rows":["A","B","C"],"cols":["area"],"cells":[[0,0,1],[1,0,1],[2,0,0]]}');
SELECT industry, pg_temp.r(divergence) AS divergence, df, pg_temp.r(p) AS p, status FROM m, kz_localization_test(m, '{"rows":["A","B","C"],"cols":["area"],"cells":[[0,0,1],[1,0,1],[2,0,-1]]}');
SELECT industry, pg_temp.r(divergence) AS divergence, df, pg_temp.r(p) AS p, status FROM m, kz_localization_test(m, '{"rows":["A","B","C"],"cols":["area"],"cells":[[0,0,0],[1,0,0],[2,0,0]]}');
-- G is the sum of the industries' statistics, chi2 that of the squared residuals
CREATE TEMPORARY TABLE random_facts AS
SELECT p AS period, 'r' || r AS region, 'i' || i AS industry, floor(random() * random() * 200) AS value
FROM generate_series(1, 12) p, generate_series(1, 3 + p) r, generate_series(1, 2 + p / 2) i WHERE random() < 0.7;
CREATE TEMPORARY TABLE pm AS SELECT period, kz_matrix_agg(region, industry, value) AS m FROM random_facts GROUP BY period;
SELECT count(*) AS tables, count(*) FILTER (WHERE abs(g - (SELECT sum(statistic) FROM kz_localization_test(m))) > 1e-9 * g) AS g, count(*) FILTER (WHERE abs(chi2 - (SELECT sum(residual ^ 2) FROM kz_cell_significance(m, fill => true))) > 1e-9 * chi2) AS chi2,
  count(*) FILTER (WHERE t.df <> (SELECT count(*) FROM kz_row_totals(m) WHERE total > 0) * (SELECT count(*) FROM kz_col_totals(m) WHERE total > 0) - (SELECT count(*) FROM kz_row_totals(m) WHERE total > 0) - (SELECT count(*) FROM kz_col_totals(m) WHERE total > 0) + 1) AS df,
  count(*) FILTER (WHERE t IS DISTINCT FROM (SELECT u FROM kz_independence_test(kz_transpose(m)) u) AND abs(chi2 - (SELECT u.chi2 FROM kz_independence_test(kz_transpose(m)) u)) > 1e-12 * chi2) AS transposed
FROM pm, kz_independence_test(m) t;
-- one establishment more is the matrix that has it
SELECT count(*) > 400 AS cells, count(*) FILTER (WHERE lq_more IS DISTINCT FROM kz_location_quotient(m + one, region, industry)) AS more,
  count(*) FILTER (WHERE lq_fewer IS DISTINCT FROM kz_location_quotient(m - one, region, industry)) AS fewer, count(*) FILTER (WHERE change IS DISTINCT FROM lq_more - lq) AS change
FROM pm, kz_quotient_sensitivity(m, fill => true) s, LATERAL (SELECT kz_matrix_agg(r, i, 1) AS one FROM (VALUES (region, industry)) v (r, i)) one;

-- cut-offs: the quantile is percentile_cont's; names, order and other runs make no difference, the seed does
CREATE TEMPORARY TABLE cut AS SELECT period, c.* FROM pm, kz_bootstrap_cutoff(m, seed => 7) c;
CREATE TEMPORARY TABLE form AS SELECT period, f.* FROM pm, kz_quotient_forms(m, fill => true) f;
SELECT count(*) AS industries, count(*) FILTER (WHERE cut.n <> z.n OR abs(quantile - q) > 1e-12) AS wrong
FROM cut JOIN (SELECT period, industry, count(lq) AS n, percentile_cont(0.95) WITHIN GROUP (ORDER BY standardized_lq) AS q FROM form GROUP BY period, industry) z USING (period, industry);
SELECT count(*) AS industries, count(*) FILTER (WHERE cut.n <> z.n OR abs(cut.quantile - q) > 1e-12) AS wrong
FROM pm, kz_bootstrap_cutoff(m, 0.8, form => 'standardized_log') cut
JOIN (SELECT period, industry, count(log_lq) AS n, percentile_cont(0.8) WITHIN GROUP (ORDER BY standardized_log_lq) AS q FROM form GROUP BY period, industry) z USING (industry) WHERE z.period = pm.period;
SELECT count(*) AS industries, count(*) FILTER (WHERE (a.quantile, a.cutoff, a.cutoff_se) IS DISTINCT FROM (cut.quantile, cut.cutoff, cut.cutoff_se)) AS wrong
FROM (SELECT period, kz_matrix_agg(md5(region), translate(industry, 'i123456789', 'ё987654321'), value ORDER BY random()) AS m FROM random_facts GROUP BY period) p, kz_bootstrap_cutoff(m, seed => 7) a JOIN cut ON a.industry = translate(cut.industry, 'i123456789', 'ё987654321') WHERE cut.period = p.period;
SELECT count(*) AS industries, count(*) FILTER (WHERE a.quantile IS DISTINCT FROM cut.quantile) AS quantiles_differ, count(*) FILTER (WHERE a.cutoff IS DISTINCT FROM cut.cutoff) > 50 AS cutoffs_differ,
  max(abs(a.cutoff - cut.cutoff) / cut.cutoff_se) < 0.2 AS by_little
FROM pm, kz_bootstrap_cutoff(m, seed => -9223372036854775808) a JOIN cut USING (industry) WHERE cut.period = pm.period;
SELECT count(*) FILTER (WHERE a IS DISTINCT FROM b) AS differ FROM pm, kz_bootstrap_cutoff(m, 0.95, 1000, 1, 'standardized') a JOIN LATERAL kz_bootstrap_cutoff(m, NULL, NULL, NULL, NULL) b USING (industry);
SELECT count(*) FILTER (WHERE a IS DISTINCT FROM b) AS differ FROM pm, kz_cell_significance(m) a JOIN LATERAL kz_cell_significance(m, NULL, NULL, NULL) b USING (region, industry);

-- families: NULLs are no tests, a partition is a family, order and frame make no difference
CREATE TEMPORARY TABLE test AS SELECT g AS family, i, CASE WHEN random() > 0.1 THEN CASE WHEN g % 2 = 0 THEN random() ^ 3 ELSE round((random() * 8)::numeric) / 16 END::float8 END AS p FROM generate_series(0, 9) g, generate_series(1, g * g) i;
CREATE TEMPORARY TABLE adjusted AS
SELECT *, kz_bonferroni(p) OVER f AS bonferroni, kz_holm(p) OVER f AS holm, kz_benjamini_hochberg(p) OVER f AS hochberg, kz_benjamini_yekutieli(p) OVER f AS yekutieli FROM test WINDOW f AS (PARTITION BY family);
SELECT count(*) AS rows, count(*) FILTER (WHERE p IS NULL) > 10 AS nulls, count(*) FILTER (WHERE (p IS NULL) <> (bonferroni IS NULL AND holm IS NULL AND hochberg IS NULL AND yekutieli IS NULL)) AS wrong FROM adjusted;
SELECT count(*) AS tests, count(*) FILTER (WHERE bonferroni <> least(1, m * p)) AS bonferroni, count(*) FILTER (WHERE abs(holm - h) > 1e-14) AS holm, count(*) FILTER (WHERE abs(hochberg - b) > 1e-14) AS hochberg,
  count(*) FILTER (WHERE abs(yekutieli - least(1, b * c)) > 1e-14 AND b < 1) AS yekutieli
FROM adjusted JOIN (SELECT family, i, m, c, max(least(1, (m - j + 1) * p)) OVER (PARTITION BY family ORDER BY p, i) AS h, min(least(1, m * p / j)) OVER (PARTITION BY family ORDER BY p DESC, i DESC) AS b
  FROM (SELECT *, count(*) OVER (PARTITION BY family) AS m, row_number() OVER (PARTITION BY family ORDER BY p, i) AS j FROM test WHERE p IS NOT NULL) s, LATERAL (SELECT sum(1.0::float8 / k) AS c FROM generate_series(1, m) k) c) d USING (family, i);
SELECT count(*) AS rows, count(*) FILTER (WHERE a.hochberg IS DISTINCT FROM b.q OR a.holm IS DISTINCT FROM b.h) AS differ
FROM adjusted a JOIN (SELECT family, i, kz_benjamini_hochberg(p) OVER (PARTITION BY family ORDER BY i DESC ROWS CURRENT ROW) AS q, kz_holm(p) OVER (PARTITION BY family ORDER BY p RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW EXCLUDE GROUP) AS h FROM test) b USING (family, i);
SELECT count(DISTINCT hochberg) AS values, count(DISTINCT (p, hochberg)) - count(DISTINCT p) AS equal_tests_differ FROM adjusted WHERE family = 9 AND p IS NOT NULL;
SELECT kz_holm(p) OVER () FROM (VALUES (NULL::float8), (NULL)) v (p);
SELECT kz_benjamini_hochberg(p) OVER () FROM (VALUES (0.3::float8), (NULL)) v (p);
SELECT kz_benjamini_hochberg(p) OVER () FROM (SELECT 0.5::float8 AS p WHERE false) v;
SELECT kz_bonferroni(0::float8) OVER () AS zero, kz_holm('-0'::float8) OVER () AS minus_zero, kz_benjamini_yekutieli(1::float8) OVER () AS one, kz_benjamini_hochberg(5e-324) OVER () AS smallest;
-- the recipe: which cells stand out, with one chance in twenty that any finding is false
SELECT region, industry, lq, kz_holm(hypergeometric_p) OVER () < 0.05 AS stands_out FROM m, kz_cell_significance(m) WHERE status = 'ok' ORDER BY region COLLATE "C", industry COLLATE "C";

-- errors
\pset tuples_only
\pset format unaligned
\set m '''{"rows":["a","b"],"cols":["x","y"],"cells":[[0,0,1],[0,1,2],[1,0,3]]}'''
SELECT pg_temp.error('SELECT kz_binomial_tail(' || a || ')') FROM unnest('{"-1, 2, 0.5","1.5, 2, 0.5","1, 2.5, 0.5","1, -2, 0.5","1, 2, 1.5","1, 2, -0.5","''NaN'', 2, 0.5","1, ''Infinity'', 0.5","1, 2, ''NaN''","1e300, 2, 0.5"}'::text[]) a;
SELECT pg_temp.error('SELECT kz_poisson_tail(' || a || ')') FROM unnest('{"-1, 2","0.5, 2","1, -2","1, 1e300","1, ''NaN''"}'::text[]) a;
SELECT pg_temp.error('SELECT kz_hypergeometric_tail(' || a || ')') FROM unnest('{"-1, 2, 3, 4","1, 2.5, 3, 4","1, 2, 3.5, 4","1, 2, 3, 4.5","1, 5, 3, 4","1, 2, 5, 4","1, 5, 6, 4","1, 2, 3, ''NaN''"}'::text[]) a;
SELECT pg_temp.error('SELECT * FROM kz_cell_significance(' || :'m' || ', ' || a || ')')
FROM unnest('{"confidence => 0","confidence => 1","confidence => 95","confidence => -0.5","confidence => ''NaN''","''{\"rows\":[\"r\"],\"cols\":[\"x\"],\"cells\":[[0,0,9]]}''","''{\"rows\":[\"r\"],\"cols\":[\"x\",\"y\"],\"cells\":[[0,0,9],[0,1,9.5]]}''","''{\"rows\":[\"r\",\"s\"],\"cols\":[\"x\",\"y\"],\"cells\":[[0,0,9],[1,1,9]]}''"}'::text[]) a;
SELECT pg_temp.error('SELECT kz_cell_significance(kz_matrix_agg(''%s "north"'', E''x\ty'', 2.5))');
SELECT pg_temp.error('SELECT kz_cell_significance(kz_matrix_agg(''a'', ''x'', -0.5))');
SELECT pg_temp.error('SELECT kz_cell_significance(kz_matrix_agg(''a'', ''x'', v)) FROM (VALUES (0.5::float8), (NULL)) f (v)');
SELECT pg_temp.error('SELECT kz_cell_significance(kz_matrix_agg(''a'', v::text, v)) FROM (VALUES (9007199254740992::float8), (2)) f (v)');
SELECT pg_temp.error('SELECT * FROM kz_localization_test(' || :'m' || ', ' || a || ')')
FROM unnest('{"''{\"rows\":[\"a\"],\"cols\":[\"area\"],\"cells\":[[0,0,9]]}''","''{\"rows\":[\"a\",\"b\"],\"cols\":[\"area\"],\"cells\":[[0,0,9],[1,0,null]]}''","''{\"rows\":[\"a\",\"b\"],\"cols\":[\"area\",\"more\"],\"cells\":[[0,0,9],[1,1,1]]}''"}'::text[]) a;
SELECT pg_temp.error('SELECT * FROM kz_bootstrap_cutoff(' || :'m' || ', ' || a || ')') FROM unnest('{"probability => 0","probability => 1","probability => 1.5","probability => ''NaN''","replicates => 1","replicates => -5","replicates => 1000001","form => ''log''"}'::text[]) a;
SELECT DISTINCT pg_temp.error('SELECT ' || f || '(' || a || '::float8) OVER ()') COLLATE "C" AS error
FROM unnest('{kz_bonferroni,kz_holm,kz_benjamini_hochberg,kz_benjamini_yekutieli}'::text[]) f, unnest('{-0.1,1.1,''NaN''}'::text[]) a ORDER BY error;
