-- What must stay the same, or change in a known way, when the facts change in a known way.
-- Each number is of violations and must be 0, beside a count that shows that there was something to violate.
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT setseed(0.75);
CREATE TEMPORARY TABLE fact AS
SELECT g, 'r' || r AS region, 'i' || i AS industry,
  CASE WHEN random() < 0.02 THEN NULL WHEN random() < 0.1 THEN 0 ELSE round((random() * 1000)::numeric, (g % 4))::float8 END AS value
FROM generate_series(1, 50) g, generate_series(1, 3 + g % 6) r, generate_series(1, 2 + g % 5) i, generate_series(1, 2) k WHERE random() < 0.6;
-- the same, all known and whole
CREATE TEMPORARY TABLE whole AS SELECT g, region, industry, coalesce(round(value), 7) AS value FROM fact;
CREATE TEMPORARY TABLE m AS
SELECT g, kz_matrix_agg(region, industry, value) AS m, (SELECT kz_matrix_agg(region, industry, value) FROM whole w WHERE w.g = f.g) AS w,
  (SELECT kz_matrix_agg(region, attribute, 1 + ascii(right(region, 1)) % 7) FROM (SELECT DISTINCT region FROM fact d WHERE d.g = f.g) d, (VALUES ('gross_product'), ('population')) a (attribute)) AS a
FROM fact f GROUP BY g;
CREATE TEMPORARY TABLE c AS SELECT g, c.* FROM m, kz_coefficients(m, a) c;
SELECT count(*) > 500 AS cells, count(lq) > 400 AS quotients, count(*) FILTER (WHERE status = 'incomplete totals') > 100 AS incomplete, count(*) FILTER (WHERE status = 'ok') > 50 AS ok FROM c;

-- all facts times a power of two: quotients and shares stay to the last bit, values and excess double
SELECT count(*) > 500 AS cells, count(*) FILTER (WHERE (a.region_share, a.reference_share, a.industry_share, a.lq, a.cs, a.pc, a.status) IS DISTINCT FROM (c.region_share, c.reference_share, c.industry_share, c.lq, c.cs, c.pc, c.status)
  OR (a.value, a.region_total, a.excess) IS DISTINCT FROM (1024 * c.value, 1024 * c.region_total, 1024 * c.excess)) AS wrong
FROM m, kz_coefficients(1024 * m, m.a) a JOIN c USING (region, industry) WHERE c.g = m.g;
-- times three: to rounding
SELECT count(*) > 500 AS cells, count(*) FILTER (WHERE abs(a.lq - c.lq) > 1e-12 * c.lq OR abs(a.cs - c.cs) > 1e-12 * c.cs OR (a.lq IS NULL) <> (c.lq IS NULL) OR a.status <> c.status) AS wrong
FROM m, kz_coefficients(m * 3, m.a) a JOIN c USING (region, industry) WHERE c.g = m.g;
-- all attributes times a power of two: nothing
SELECT count(*) > 500 AS cells, count(*) FILTER (WHERE (a.cs, a.pc) IS DISTINCT FROM (c.cs, c.pc)) AS wrong FROM m, kz_coefficients(m, m.a * 0.125) a JOIN c USING (region, industry) WHERE c.g = m.g;

-- other names in another order: the same numbers under the other names
SELECT count(*) > 500 AS cells, count(*) FILTER (WHERE to_jsonb(a) - '{region,industry}'::text[] IS DISTINCT FROM to_jsonb(c) - '{g,region,industry,cs,pc}'::text[] || '{"cs":null,"pc":null}') AS wrong
FROM (SELECT g, kz_matrix_agg(translate(region, 'r123456789', 'ё987654321'), md5(industry), value) AS m FROM fact GROUP BY g) m, kz_coefficients(m) a
JOIN c ON a.region = translate(c.region, 'r123456789', 'ё987654321') AND a.industry = md5(c.industry) WHERE c.g = m.g;

-- a fact cut in two, a fact twice the half, facts in another order, facts of zero for absent cells: nothing
SELECT count(*) AS matrices,
  count(*) FILTER (WHERE m <> (SELECT kz_matrix_agg(region, industry, v ORDER BY random()) FROM fact f, LATERAL (VALUES (value / 2), (value / 2)) h (v) WHERE f.g = m.g)) AS halves,
  count(*) FILTER (WHERE m <> (SELECT kz_matrix_agg(region, industry, v ORDER BY v) FROM fact f, LATERAL (VALUES (value), (1e20), (-1e20)) h (v) WHERE f.g = m.g)) AS cut
FROM m;
SELECT count(*) > 500 AS cells, count(*) FILTER (WHERE (a.lq, a.cs, a.excess, a.status, a.region_total, a.ref_total) IS DISTINCT FROM (c.lq, c.cs, c.excess, c.status, c.region_total, c.ref_total)) AS wrong
FROM m, kz_coefficients(m + (SELECT kz_matrix_agg(r, i, 0) FROM unnest(kz_row_labels(m)) r, unnest(kz_col_labels(m)) i), m.a) a JOIN c USING (region, industry) WHERE c.g = m.g;

-- shares add up to 1, excess to 0, and the mean of the quotients weighted by the regions' sizes is 1
SELECT count(*) > 100 AS sums, count(*) FILTER (WHERE abs(one - 1) > 1e-14 * n) AS industry_shares_wrong
FROM (SELECT g, region, sum(industry_share) AS one, count(*) AS n FROM m, kz_coefficients(w) c WHERE region_total > 0 GROUP BY g, region) s;
SELECT count(*) > 100 AS sums, count(*) FILTER (WHERE abs(one - 1) > 1e-14 * n) AS region_shares_wrong, count(*) FILTER (WHERE abs(zero) > 1e-12 * size) AS excess_wrong,
  count(*) FILTER (WHERE abs(mean - 1) > 1e-14 * n) AS mean_quotient_wrong
FROM (SELECT g, industry, sum(region_share) AS one, sum(excess) AS zero, sum(region_total) AS size, sum(coalesce(lq, 0) * region_total / ref_total) AS mean, count(*) AS n
      FROM m, kz_coefficients(w, fill => true) c WHERE industry_total > 0 GROUP BY g, industry) s;
-- the quotients of coefficients do not depend on the industry
SELECT count(*) > 100 AS regions, count(*) FILTER (WHERE high - low > 1e-12 * high) AS wrong FROM (SELECT g, region, max(cs / lq) AS high, min(cs / lq) AS low FROM c WHERE lq > 0 GROUP BY g, region) s;
-- regions alike in all industries have quotients of 1, and twice a region is the same region
SELECT count(*) AS cells, count(*) FILTER (WHERE abs(lq - 1) > 1e-14) AS wrong
FROM kz_coefficients((SELECT kz_matrix_agg(r, i, r * i) FROM generate_series(1, 9) r, generate_series(1, 7) i));
-- the location quotient does not know rows from columns
SELECT count(*) > 400 AS cells, count(*) FILTER (WHERE abs(lq - other) > 1e-14 * lq OR (lq IS NULL) <> (other IS NULL)) AS wrong
FROM (SELECT lq, kz_location_quotient(t, industry, region) AS other FROM c, LATERAL (SELECT kz_transpose(m) AS t FROM m WHERE m.g = c.g OFFSET 0) t) s;
-- a partition knows nothing of the others
SELECT count(*) > 500 AS rows, count(*) FILTER (WHERE f.lq IS DISTINCT FROM c.lq) AS wrong
FROM (SELECT g, region, industry, kz_location_quotient(region, industry, value) OVER (PARTITION BY g) AS lq FROM fact) f JOIN c USING (g, region, industry);
-- a region left out changes the reference of the others, unless the reference is given
SELECT count(*) > 300 AS cells, count(*) FILTER (WHERE (a.lq, a.excess) IS DISTINCT FROM (c.lq, c.excess)) AS wrong
FROM m, LATERAL (SELECT kz_matrix_agg('all', label, total) AS r FROM kz_col_totals(w)) r, kz_coefficients(kz_rows(w, (kz_row_labels(w))[2:]), reference => r) a
JOIN LATERAL kz_coefficients(w) c USING (region, industry);
-- one more suppressed row: its cell, and nothing but "incomplete" elsewhere
SELECT count(*) > 300 AS cells, count(*) FILTER (WHERE CASE WHEN (a.region, a.industry) = ('r1', 'i1') THEN a.status <> 'suppressed' OR a.lq IS NOT NULL
  ELSE a.lq IS DISTINCT FROM c.lq OR a.status <> CASE c.status WHEN 'ok' THEN 'incomplete totals' ELSE c.status END END) AS wrong
FROM m, kz_coefficients(w + '{"rows":["r1"],"cols":["i1"],"cells":[[0,0,null]]}') a JOIN LATERAL kz_coefficients(w) c USING (region, industry) WHERE kz_value(w, 'r1', 'i1') > 0;

-- algebra: whole numbers, so that nothing is rounded
CREATE TEMPORARY TABLE abc AS
SELECT a, b, b2, c FROM generate_series(1, 40) g,
  LATERAL (SELECT kz_matrix_agg(i, 'k' || k, (random() * 20)::integer - 10) AS a FROM generate_series(1, 5) i, generate_series(1, 4) k WHERE g > 0 AND random() < 0.8) a,
  LATERAL (SELECT kz_matrix_agg('k' || k, 'j' || j, (random() * 20)::integer - 10) AS b FROM generate_series(1, 4) k, generate_series(1, 3) j WHERE g > 0 AND (j = 1 OR random() < 0.7)) b,
  LATERAL (SELECT kz_matrix_agg('k' || k, 'j' || j, (random() * 20)::integer - 10) AS b2 FROM generate_series(1, 4) k, generate_series(1, 3) j WHERE g > 0 AND (j = 2 OR random() < 0.5)) b2,
  LATERAL (SELECT kz_matrix_agg('j' || j, l, (random() * 20)::integer - 10) AS c FROM generate_series(1, 3) j, generate_series(1, 2) l WHERE g > 0 AND (l = 1 OR random() < 0.7)) c;
-- a product may have a cell of zero where another has none: what is compared is every value
CREATE FUNCTION pg_temp.differ(a kz_matrix, b kz_matrix) RETURNS boolean LANGUAGE sql AS $$
  SELECT coalesce(bool_or(value <> 0 OR status <> 'ok'), false) FROM kz_cells(a - b) $$;
SELECT count(*) AS cases, count(*) FILTER (WHERE (a * b) * c <> a * (b * c)) AS associative, count(*) FILTER (WHERE kz_transpose(a * b) <> kz_transpose(b) * kz_transpose(a)) AS transposed,
  count(*) FILTER (WHERE pg_temp.differ(a * (b + b2), a * b + a * b2)) AS distributive, count(*) FILTER (WHERE pg_temp.differ(a * (b - b2), a * b - a * b2)) AS subtracted,
  count(*) FILTER (WHERE (2 * a) * b <> 2 * (a * b) OR a * (b * 2) <> 2 * (a * b)) AS scaled, count(*) FILTER (WHERE b + b2 <> b2 + b) AS commutative,
  count(*) FILTER (WHERE pg_temp.differ(b + b2 - b2, b)) AS back, count(*) FILTER (WHERE kz_total(b + b2) <> kz_total(b) + kz_total(b2)) AS totals,
  count(*) FILTER (WHERE kz_transpose(kz_transpose(a)) <> a OR kz_total(kz_transpose(a)) <> kz_total(a)) AS twice,
  count(*) FILTER (WHERE a * (SELECT kz_matrix_agg(l, l, 1) FROM unnest(kz_col_labels(a)) l) <> a OR (SELECT kz_matrix_agg(l, l, 1) FROM unnest(kz_row_labels(a)) l) * a <> a) AS identity,
  count(*) FILTER (WHERE kz_rows(a, (kz_row_labels(a))[:2]) + kz_rows(a, (kz_row_labels(a))[3:]) <> a OR kz_cols(a, (kz_col_labels(a))[:1]) + kz_cols(a, (kz_col_labels(a))[2:]) <> a) AS parts,
  count(*) FILTER (WHERE kz_rows(kz_cols(a, '{k1}'), ARRAY[(kz_row_labels(kz_cols(a, '{k1}')))[1]]) <> kz_cols(kz_rows(a, ARRAY[(kz_row_labels(kz_cols(a, '{k1}')))[1]]), '{k1}')) AS selections
FROM abc;
-- a product cell by cell in SQL
SELECT count(*) > 400 AS cells, count(*) FILTER (WHERE v IS DISTINCT FROM kz_value(ab, r, c)) AS wrong
FROM (SELECT a * b AS ab, x.row_label AS r, y.col_label AS c, sum(x.value * y.value) AS v FROM abc, kz_cells(a) x JOIN LATERAL kz_cells(b) y ON x.col_label = y.row_label GROUP BY a, b, 2, 3) s;
-- a roll-up and then totals, or totals of the whole: the same; sums of periods are the sum over all
SELECT count(*) AS matrices, count(*) FILTER (WHERE kz_total(w * s.s) <> kz_total(w)) AS wrong
FROM m, LATERAL (SELECT kz_matrix_agg(l, CASE WHEN l < 'i3' THEN 'low' ELSE 'high' END, 1) AS s FROM unnest(kz_col_labels(w)) l) s;
SELECT kz_matrix_sum(w) = (SELECT kz_matrix_agg(region, industry, value) FROM whole) AS sum_of_periods FROM m;
