-- A study of a raw table, as an office publishes it: figures in two vintages, a region that has become part of another; :study is
-- its name, :facts a table like gva. Run by psql in the project's folder after demo/load.sql.
CREATE TABLE published AS
SELECT year, region_code, section, gva_mln_kzt, '2026-06-01'::date AS edition FROM :facts
UNION ALL SELECT year, region_code, section, gva_mln_kzt * 0.9, '2025-06-01' FROM :facts WHERE year < 2025;
CREATE TABLE successor AS SELECT '75'::text AS region_code, '19'::text AS successor, 1.0::float8 AS share;
SELECT kz_create_study(:'study', facts => 'published', period_column => 'year', region_column => 'region_code', industry_column => 'section', value_column => 'gva_mln_kzt',
	industries => '{B,C,DE}', regions => 'region', vintage_column => 'edition', classification => 'section', parent_column => 'parent', classification_industry_column => 'section', level => 2,
	crosswalk => 'successor', from_region_column => 'region_code', to_region_column => 'successor', weight_column => 'share');
