-- ILLUSTRATIVE tables of production factors, actors and flows between sections: invented, to show what such tables look like and what a study
-- makes of them. The demo has no official figures of all this by region and section; nothing here says anything of Kazakhstan.
-- Run by psql in the project's folder after demo/load.sql.

CREATE TABLE illustrative_factor AS
SELECT year, region_code, section, factor, value
FROM gva CROSS JOIN LATERAL (VALUES
	('employment', round(gva_mln_kzt / CASE section WHEN 'B' THEN 40 WHEN 'C' THEN 12 ELSE 15 END * (8 + region_code::integer % 7) / 10)),
	('investment', round(gva_mln_kzt * (10 + (region_code::integer * 3 + year) % 13) / 100)),
	('wage', CASE section WHEN 'B' THEN 300 ELSE 200 END + region_code::integer * 5 % 110 + 20 * (year - 2010) + ascii(section) % 7 * 15)) AS v (factor, value)
WHERE section IN ('B', 'C', 'DE');
COMMENT ON TABLE illustrative_factor IS 'ILLUSTRATIVE, invented: employment (persons), investment (million tenge), monthly wage (thousand tenge)';

CREATE TABLE illustrative_actor AS
SELECT row_number() OVER ()::integer AS id, category, section,
	ST_Translate(ST_PointOnSurface(geom), n % 3 * 0.2, n / 3 * 0.2)::geography(Point, 4326) AS place
FROM region
CROSS JOIN (VALUES ('firms', 'C', 7), ('firms', 'B', 6), ('suppliers', NULL, 4), ('services', NULL, 3), ('research', NULL, 2), ('associations', NULL, 2)) AS v (category, section, most)
CROSS JOIN LATERAL generate_series(1, (region_code::integer / 2 + ascii(category)) % most) AS n
ORDER BY region_code, category, section, n;
CREATE INDEX ON illustrative_actor USING gist (place);
COMMENT ON TABLE illustrative_actor IS 'ILLUSTRATIVE, invented: actors of six categories; firms belong to a section, the others to none';

CREATE TABLE illustrative_flow (seller text, buyer text, value float8);
INSERT INTO illustrative_flow VALUES ('B', 'C', 45), ('C', 'C', 30), ('DE', 'C', 15), ('H', 'C', 10),
	('C', 'B', 12), ('C', 'DE', 8), ('C', 'F', 40), ('C', 'A', 4), ('C', 'H', 6), ('B', 'DE', 20), ('DE', 'B', 5);
COMMENT ON TABLE illustrative_flow IS 'ILLUSTRATIVE, invented: what sections sell to each other and to themselves';
