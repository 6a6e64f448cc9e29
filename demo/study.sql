-- Two studies of the same facts. They differ in the total that a section of industry is measured against.

-- Industry: mining (B), manufacturing (C), energy and water (DE) against the value added of all industry.
SELECT kz_create_study('kazakhstan',
	facts => 'gva', period_column => 'year', region_column => 'region_code', industry_column => 'section', value_column => 'gva_mln_kzt',
	industries => '{B,C,DE}',
	attributes => 'region_year', gross_product_column => 'grp_mln_kzt', population_column => 'population_avg',
	regions => 'region', region_name_column => 'name_en');

-- The whole economy: every section against gross regional product, which is the sum of all sections with the balancing
-- item OTH. The location quotient and the coefficient of specialization are then one and the same number, by construction
-- (a NOTICE says so): two conditions are left of the three, and mining, where prices swing most, moves all the others.
SELECT kz_create_study('kazakhstan_economy',
	facts => 'gva', period_column => 'year', region_column => 'region_code', industry_column => 'section', value_column => 'gva_mln_kzt',
	industries => '{A,B,C,DE,F,H,I}', total_column => 'grp_mln_kzt',
	attributes => 'region_year', gross_product_column => 'grp_mln_kzt', population_column => 'population_avg',
	regions => 'region', region_name_column => 'name_en');
