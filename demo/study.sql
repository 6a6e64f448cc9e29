-- Two studies of the same facts. They differ in the total that a section of industry is measured against.
-- Run by psql in the project's folder after demo/load.sql and demo/illustrative.sql.

-- Industry: mining (B), manufacturing (C), energy and water (DE) against the value added of all industry.
SELECT kz_create_study('kazakhstan',
	facts => 'gva', period_column => 'year', region_column => 'region_code', industry_column => 'section', value_column => 'gva_mln_kzt',
	industries => '{B,C,DE}',
	attributes => 'region_year', gross_product_column => 'grp_mln_kzt', population_column => 'population_avg',
	regions => 'region', region_name_column => 'name_en');

-- Stages 2 and 3 of the method, and the value chain: from INVENTED tables, see demo/illustrative.sql.
SELECT kz_study_factors('kazakhstan', 'illustrative_factor', region_column => 'region_code', industry_column => 'section', means => '{wage}');
UPDATE kazakhstan.factor_rules SET weighted_by = 'employment' WHERE factor = 'wage';
SELECT kz_study_actors('kazakhstan', 'illustrative_actor', geometry_column => 'place', industry_column => 'section', radius => 50000,
	linkages => 'illustrative_flow', supplier_column => 'seller');
SELECT kz_study_value_chain('kazakhstan', 'illustrative_flow');

-- Rule sets and the life cycle: of official figures, but for the tests of stages 2 and 3 and of linkages.
SELECT kz_study_rules('kazakhstan');

-- Clusters against chance, and whether concentration goes with growth of gross regional product per head: of official figures.
SELECT kz_study_clusters('kazakhstan');
SELECT kz_study_development('kazakhstan', 'region_year', 'grp_mln_kzt', per_column => 'population_avg');

-- Whatever else is added to the study goes here.

-- The whole economy: every section against gross regional product, which is the sum of all sections with the balancing
-- item OTH. The location quotient and the coefficient of specialization are then one and the same number, by construction
-- (a NOTICE says so): two conditions are left of the three, and mining, where prices swing most, moves all the others.
SELECT kz_create_study('kazakhstan_economy',
	facts => 'gva', period_column => 'year', region_column => 'region_code', industry_column => 'section', value_column => 'gva_mln_kzt',
	industries => '{A,B,C,DE,F,H,I}', total_column => 'grp_mln_kzt',
	attributes => 'region_year', gross_product_column => 'grp_mln_kzt', population_column => 'population_avg',
	regions => 'region', region_name_column => 'name_en');
