-- The demo's tables: value added, regions, attributes of the regions, sections of industry.
-- Run by psql in the project's folder, in a database that has the extension; see demo/data/README.md for the sources.

BEGIN;

CREATE TABLE section (
	section text PRIMARY KEY,
	name_en text NOT NULL,
	name_kk text NOT NULL,
	name_ru text NOT NULL,
	parent text REFERENCES section,
	short_en text
);
COMMENT ON TABLE section IS 'Sections of the classification of economic activities (OKED, which follows NACE 2)';
COMMENT ON COLUMN section.section IS 'A to I as in the classification; DE: sections D and E; OTH: a balancing item, not an industry; IND: all of industry';
COMMENT ON COLUMN section.parent IS 'the section that this one is part of';
COMMENT ON COLUMN section.short_en IS 'a short name, for tables';
\copy section (section, name_en, name_kk, name_ru, parent) FROM 'demo/data/kz_oked.csv' (FORMAT csv, HEADER)
UPDATE section SET short_en = short
FROM (VALUES ('A', 'Agriculture'), ('B', 'Mining'), ('C', 'Manufacturing'), ('DE', 'Energy and water'), ('F', 'Construction'),
	('H', 'Transport'), ('I', 'Hotels and catering'), ('OTH', 'Other'), ('IND', 'Industry')) AS v (section, short)
WHERE section.section = v.section;

CREATE TABLE region (
	region_code text PRIMARY KEY,
	id integer NOT NULL UNIQUE,
	name_en text NOT NULL,
	name_kk text NOT NULL,
	name_ru text NOT NULL,
	kind text NOT NULL,
	geom geometry(MultiPolygon, 4326) NOT NULL
);
COMMENT ON TABLE region IS 'The 14 regions (oblasts) and 2 cities of Kazakhstan in their boundaries of 1997-2018';
COMMENT ON COLUMN region.region_code IS 'first two digits of the code of the territory (KATO)';
COMMENT ON COLUMN region.id IS 'integer key for GIS clients';
COMMENT ON COLUMN region.kind IS 'oblast or city';
COMMENT ON COLUMN region.geom IS 'area, in degrees of longitude and latitude (WGS 84)';

-- GeoJSON, line by line: delimiter and quote are characters that it cannot contain
CREATE TEMPORARY TABLE geojson (line text) ON COMMIT DROP;
\copy geojson FROM 'demo/data/kz_regions_1997_2018.geojson' (FORMAT csv, DELIMITER E'\x02', QUOTE E'\x01')
INSERT INTO region
SELECT feature #>> '{properties,region_code}', (feature ->> 'id')::integer, feature #>> '{properties,name_en}',
	feature #>> '{properties,name_kk}', feature #>> '{properties,name_ru}', feature #>> '{properties,kind}',
	ST_SetSRID(ST_GeomFromGeoJSON(feature ->> 'geometry'), 4326)
FROM (SELECT string_agg(line, '')::jsonb AS map FROM geojson) AS file,
	jsonb_array_elements(map -> 'features') AS feature;
CREATE INDEX ON region USING gist (geom);

CREATE TABLE gva (
	year integer NOT NULL,
	region_code text NOT NULL REFERENCES region,
	section text NOT NULL REFERENCES section,
	gva_mln_kzt float8,
	PRIMARY KEY (year, region_code, section)
);
COMMENT ON TABLE gva IS 'Gross value added: the facts';
COMMENT ON COLUMN gva.gva_mln_kzt IS 'million tenge, at current prices';
\copy gva FROM 'demo/data/kz_panel16_gva_2010_2025.csv' (FORMAT csv, HEADER)

CREATE TABLE region_year (
	year integer NOT NULL,
	region_code text NOT NULL REFERENCES region,
	grp_mln_kzt float8,
	industry_gva_mln_kzt float8,
	population_avg float8,
	PRIMARY KEY (year, region_code)
);
COMMENT ON TABLE region_year IS 'Attributes of the regions in each year';
COMMENT ON COLUMN region_year.grp_mln_kzt IS 'gross regional product, million tenge, at current prices';
COMMENT ON COLUMN region_year.industry_gva_mln_kzt IS 'gross value added of industry (sections B to E), million tenge, at current prices';
COMMENT ON COLUMN region_year.population_avg IS 'average population of the year';
\copy region_year FROM 'demo/data/kz_panel16_totals_2010_2025.csv' (FORMAT csv, HEADER)

COMMIT;

ANALYZE section, region, gva, region_year;
