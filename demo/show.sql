-- Run by psql after demo/stages.sql.
-- Prints what the studies say of the last year: candidates, clusters, the three stages, the link to development.
\pset footer off
\pset border 0
SELECT min(year) AS first, max(year) AS year FROM kazakhstan.coefficients \gset
\set since 'score since ' :first

\echo
\set title 'Candidate clusters in industry, ' :year ': all three coefficients are at least 1'
\pset title :title
SELECT c.rank, c.region_name AS region, s.short_en AS section, round(c.value / 1000) AS "bn tenge",
	round(c.lq::numeric, 2) AS lq, round(c.cs::numeric, 2) AS cs, round(c.pc::numeric, 2) AS pc,
	to_char(c.change, 'SG0.00') AS change, c.direction, t.trend AS :"since"
FROM kazakhstan.candidates AS c
JOIN section AS s ON s.section = c.industry
CROSS JOIN LATERAL (
	SELECT string_agg(substr('▁▂▃▄▅▆▇█', greatest(1, ceil(8 * score / highest)::integer), 1), '' ORDER BY year) AS trend
	FROM (SELECT p.year, least(p.lq, p.cs, p.pc) AS score, max(least(p.lq, p.cs, p.pc)) OVER () AS highest
		  FROM kazakhstan.coefficients AS p WHERE p.region = c.region AND p.industry = c.industry) AS p) AS t
WHERE c.year = :year
ORDER BY c.rank;

\set title 'Clusters of neighbouring candidate regions, ' :year '; p: how often chance makes a group of as many regions'
\pset title :title
SELECT s.short_en AS section, c.members AS n, c.region_names AS regions, round(100 * c.share::numeric) AS "%",
	round(c.lq::numeric, 2) AS lq, round(c.cs::numeric, 2) AS cs, round(c.pc::numeric, 2) AS pc, round(c.members_p::numeric, 2) AS p
FROM kazakhstan.cluster_significance AS c
JOIN section AS s ON s.section = c.industry
WHERE c.year = :year AND c.members > 1
ORDER BY c.share DESC;

\pset title 'Number of candidate regions in each year'
SELECT s.short_en AS section, c.year, count(*) AS n
FROM kazakhstan.candidates AS c
JOIN section AS s ON s.section = c.industry
GROUP BY s.section, s.short_en, c.year
ORDER BY s.section, c.year
\crosstabview section year n

-- stage 2 of 3 factors, stage 3 of as many of six criteria as are known
\set title 'The three stages, ' :year '. Stages 2 and 3, and links, rest on INVENTED, illustrative tables and say nothing of Kazakhstan'
\pset title :title
SELECT c.region_name AS region, s.short_en AS section, round(c.score::numeric, 2) AS "stage 1", round(f.factor_score::numeric, 2) AS "stage 2",
	format('%s of %s', a.criteria_passed, a.criteria_known) AS "stage 3", l.type AS "life cycle",
	CASE l.deciding_measure WHEN 'link_lq' THEN 'links' WHEN 'size_percentile' THEN 'size' ELSE l.deciding_measure END
		|| coalesce(format(' %s, not %s %s', round(l.deciding_value::numeric, 2), l.deciding_comparison, l.deciding_threshold), ' unknown') AS because,
	r.passed AS "rule sets passed"
FROM kazakhstan.candidates AS c
JOIN section AS s ON s.section = c.industry
JOIN kazakhstan.candidate_factors AS f USING (year, region, industry)
JOIN kazakhstan.actors AS a USING (year, region, industry)
JOIN kazakhstan.life_cycle AS l USING (year, region, industry)
CROSS JOIN LATERAL (
	SELECT string_agg(replace(r.rule_set, '_cluster', ''), ' ' ORDER BY r.rule_set COLLATE "C") FILTER (WHERE r.passed) AS passed
	FROM kazakhstan.candidate_scores AS r
	WHERE r.year = c.year AND r.region = c.region AND r.industry = c.industry
		AND r.rule_set IN ('growth', 'stars', 'strength', 'strong_cluster')) AS r
WHERE c.year = :year
ORDER BY c.rank;
\pset title

-- three lines on development, and one on a tile
\pset format unaligned
\pset tuples_only on
SELECT format(E'Does gross product per head grow faster where manufacturing has the higher lq? Official figures, %s-%s:\n'
		'  comparing the %s regions: correlation %s (%s to %s); without the %s with lq > 1 in mining: %s (%s to %s)\n'
		'  comparing each region with itself, year by year: slope %s (%s to %s), p = %s\n'
		'  Neither is a cause: few regions, current prices, and manufacturing is itself a part of gross product.\n',
	:first, :year, d.between_n, round(d.between_pearson::numeric, 2), round(d.between_low::numeric, 2), round(d.between_high::numeric, 2),
	d.between_n - o.n, round(o.pearson::numeric, 2), round(o.pearson_low::numeric, 2), round(o.pearson_high::numeric, 2),
	round(d.slope::numeric, 3), round(d.low::numeric, 3), round(d.high::numeric, 3), round(d.p::numeric, 2))
FROM kazakhstan.development AS d
CROSS JOIN (
	SELECT array_agg(manufacturing) AS x, array_agg(growth) AS y
	FROM (SELECT avg(coefficient) FILTER (WHERE industry = 'C') AS manufacturing, avg(coefficient) FILTER (WHERE industry = 'B') AS mining, avg(growth) AS growth
		  FROM kazakhstan.development_panel WHERE growth IS NOT NULL GROUP BY region) AS region
	WHERE mining <= 1) AS others
CROSS JOIN LATERAL kz_correlation(others.x, others.y) AS o
WHERE d.industry = 'C';
SELECT format(E'A vector tile of the candidates, kz_tile(''kazakhstan'', 3, 5, 2, period => ''%s''): %s bytes\n', :year,
	octet_length(kz_tile('kazakhstan', 3, 5, 2, period => :'year')));
\pset tuples_only off
\pset format aligned
