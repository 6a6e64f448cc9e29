-- A study of the demo's tables with every part that a study can have: :study is its name, :facts a table like gva, :incremental
-- whether it is so. Run by psql in the project's folder after demo/load.sql and demo/illustrative.sql. What a new part adds to studies is added
-- here: then the tests of clients, roles, dumps, upgrades and incremental studies have it too.
SELECT kz_create_study(:'study', facts => :'facts', period_column => 'year', region_column => 'region_code', industry_column => 'section', value_column => 'gva_mln_kzt',
	industries => '{B,C,DE}', attributes => 'region_year', gross_product_column => 'grp_mln_kzt', population_column => 'population_avg',
	regions => 'region', region_name_column => 'name_kk', incremental => :incremental);
SELECT kz_study_factors(:'study', 'illustrative_factor', region_column => 'region_code', industry_column => 'section', means => '{wage}');
SELECT kz_study_actors(:'study', 'illustrative_actor', geometry_column => 'place', industry_column => 'section', radius => 50000, linkages => 'illustrative_flow', supplier_column => 'seller');
SELECT kz_study_variables(:'study', '{value}', 'illustrative_factor', 'factor', '{employment,investment}', region_column => 'region_code', industry_column => 'section');
SELECT kz_study_rules(:'study', 'illustrative_factor', region_column => 'region_code', industry_column => 'section');
SELECT kz_study_development(:'study', 'region_year', 'grp_mln_kzt', per_column => 'population_avg', region_column => 'region_code');
SELECT kz_study_value_chain(:'study', 'illustrative_flow');
SELECT kz_study_clusters(:'study', replicates => 99);
SELECT kz_study_profiles(:'study');
CREATE TABLE IF NOT EXISTS section_name AS SELECT section AS label, 'kk' AS language, name_kk AS name FROM section UNION ALL SELECT section, 'ru', name_ru FROM section;
SELECT kz_study_names(:'study', 'section_name');
