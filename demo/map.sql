-- Prints a map as SVG: manufacturing in the last year, with its candidate clusters outlined.
\pset format unaligned
\pset tuples_only on
SELECT kz_svg_map(array_agg(r.geom), array_agg(c.region_name), array_agg(c.lq),
	title => format('Manufacturing in the regions of Kazakhstan, %s', max(c.year)),
	subtitle => 'Location quotient against all industry. Outlined: candidate clusters, where the coefficients of specialization and of per-capita production are at least 1 too.',
	legend => 'Location quotient: the section''s share in the region''s industry, relative to the country''s',
	source => 'Source: Bureau of National Statistics of Kazakhstan, gross value added at current prices, in the boundaries of 1997-2018; calculations by kzcluster. Boundaries: Natural Earth.',
	palette => 'diverging', breaks => '{0.5,0.75,1,1.25,1.5}', decimals => 2, show_values => true,
	outlines => (SELECT array_agg(geom) FROM kazakhstan.clusters WHERE industry = 'C' AND year = max(c.year)))
FROM kazakhstan.coefficients AS c
JOIN region AS r ON r.region_code = c.region
WHERE c.industry = 'C' AND c.year = (SELECT max(year) FROM kazakhstan.coefficients);
