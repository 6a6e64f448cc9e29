-- Adds to the study kazakhstan all that goes beyond stage 1.
-- Run by psql after demo/study.sql and demo/illustrative.sql.

-- Stages 2 and 3, and the value chain: of INVENTED tables, see demo/illustrative.sql.
SELECT kz_study_factors('kazakhstan', 'illustrative_factor',
	region_column => 'region_code', industry_column => 'section', means => '{wage}');
UPDATE kazakhstan.factor_rules SET weighted_by = 'employment' WHERE factor = 'wage';
SELECT kz_study_actors('kazakhstan', 'illustrative_actor',
	geometry_column => 'place', industry_column => 'section', radius => 50000,
	linkages => 'illustrative_flow', supplier_column => 'seller');
SELECT kz_study_value_chain('kazakhstan', 'illustrative_flow');

-- Rule sets and the life cycle: of official figures, but for the tests of stages 2 and 3 and of linkages.
SELECT kz_study_rules('kazakhstan');

-- Clusters against chance; does concentration go with growth of gross product per head? Of official figures.
SELECT kz_study_clusters('kazakhstan');
SELECT kz_study_development('kazakhstan', 'region_year', 'grp_mln_kzt', per_column => 'population_avg');

-- Trends of every cell with shift-share, and the indices of regions and industries. Of official figures.
SELECT kz_study_profiles('kazakhstan');

-- Names in three languages.
CREATE VIEW section_name AS
SELECT section AS label, language, name FROM section CROSS JOIN LATERAL (VALUES ('en', name_en), ('kk', name_kk), ('ru', name_ru)) AS v (language, name);
CREATE VIEW region_name AS
SELECT region_code AS label, language, name FROM region CROSS JOIN LATERAL (VALUES ('en', name_en), ('kk', name_kk), ('ru', name_ru)) AS v (language, name);
SELECT kz_study_names('kazakhstan', industries => 'section_name', regions => 'region_name');
