-- Prints the candidate clusters of the last year, their trend, and the clusters that they form together.
\pset footer off
\pset border 1
SELECT min(year) AS first, max(year) AS year FROM kazakhstan.coefficients \gset

\echo
\set title 'Candidate clusters in industry, ' :year ': all three coefficients are at least 1'
\pset title :title
SELECT c.rank, c.region_name AS region, s.short_en AS section, round(c.value / 1000) AS "bn tenge",
	round(c.lq::numeric, 2) AS lq, round(c.cs::numeric, 2) AS cs, round(c.pc::numeric, 2) AS pc,
	to_char(c.change, 'SG0.00') AS change, c.direction, t.trend AS "score since 2010"
FROM kazakhstan.candidates AS c
JOIN section AS s ON s.section = c.industry
CROSS JOIN LATERAL (
	SELECT string_agg(substr('▁▂▃▄▅▆▇█', greatest(1, ceil(8 * score / highest)::integer), 1), '' ORDER BY year) AS trend
	FROM (SELECT p.year, least(p.lq, p.cs, p.pc) AS score, max(least(p.lq, p.cs, p.pc)) OVER () AS highest
		  FROM kazakhstan.coefficients AS p WHERE p.region = c.region AND p.industry = c.industry) AS p) AS t
WHERE c.year = :year
ORDER BY c.rank;

\set title 'Clusters of neighbouring candidate regions, ' :year
\pset title :title
SELECT s.short_en AS section, c.members AS n, c.region_names AS regions, round(100 * c.share::numeric) AS "share %",
	round(c.lq::numeric, 2) AS lq, round(c.cs::numeric, 2) AS cs, round(c.pc::numeric, 2) AS pc
FROM kazakhstan.clusters AS c
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
\pset title
