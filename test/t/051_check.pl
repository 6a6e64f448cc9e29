# Traps in published figures: a region beside its successors, national rows, totals among the facts, suppressed children.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $shared = $ENV{KZ_SHARED} // ($ENV{KZ_ROOT} // '.') . '/../shared';
my $data = "$shared/data";
plan skip_all => "no $data/kz_gva_published_2010_2025.csv" unless -r "$data/kz_gva_published_2010_2025.csv";

my $node = PostgreSQL::Test::Cluster->new('check');
$node->init;
$node->append_conf('postgresql.conf', $ENV{KZ_SERVER_CONF}) if $ENV{KZ_SERVER_CONF};
$node->start;

# What a query returns, as text.
sub value { return $node->safe_psql('postgres', shift) }

value(qq{
	CREATE EXTENSION kzcluster CASCADE;
	CREATE TABLE grp (year int, region text, value float8);
	\\copy grp FROM '$data/kz_grp_1993_2023.csv' (FORMAT csv, HEADER)
	CREATE TABLE gva (year int, region text, vintage text, item text, value float8);
	\\copy gva FROM '$data/kz_gva_published_2010_2025.csv' (FORMAT csv, HEADER)
	CREATE TABLE region (region text, short text, iso text, iso_2004 text, kato text, en text, kk text, ru text, kind text,
		valid_from int, valid_to int, region_2004 text, centre text, latitude text, longitude text);
	\\copy region FROM '$data/kz_regions.csv' (FORMAT csv, HEADER)
	CREATE TABLE printed ("table" text, coefficient text, industry text, period_printed int, period int, value text, arrow text);
	\\copy printed FROM '$data/thesis_tables.csv' (FORMAT csv, HEADER)
	CREATE VIEW grp_of_year AS
	SELECT year, kz_matrix_agg(region, 'grp', value) AS m FROM grp GROUP BY year;
	CREATE VIEW successors AS SELECT kz_matrix_agg(region, region_2004, 1) AS c FROM region WHERE valid_to IS NULL;
});

# South Kazakhstan and its successors
is(value(q{SELECT string_agg(DISTINCT territory || '<' || part, ' '), min(year), max(year), count(*) FROM grp_of_year, successors, kz_check_territories(m, c)}),
	'51<61 51<79|2011|2017|14', 'South Kazakhstan is there beside Turkistan and Shymkent in seven years, and nothing else is twice');
is(value(q{
	SELECT string_agg(label || ' ' || coalesce(without, '-') || ' ' || years, ', ' ORDER BY without)
	FROM (SELECT label, without, count(*) AS years FROM grp_of_year, kz_check_margins(m, digits => 1) GROUP BY 1, 2) t}),
	'KZ 51 7, KZ - 24', 'the national row is found among the regions, in seven years without the region that is there twice');
value(q{
	CREATE VIEW reference_check AS
	SELECT years.year, twice.kept, r.*
	FROM (SELECT DISTINCT year FROM gva) years, (VALUES (true), (false)) twice (kept),
		LATERAL (SELECT kz_matrix_agg(region, item, value) FILTER (WHERE region = 'KZ') AS k, kz_matrix_agg(region, item, value) FILTER (WHERE region <> 'KZ') AS m
			 FROM (SELECT region, item, value FROM gva WHERE gva.year = years.year AND (kept OR years.year > 2017 OR region NOT IN ('61', '79'))) f) f,
		kz_check_reference(m, k, digits => 1) r});
is(value(q{SELECT min(year), max(year), count(*), bool_and(difference < -1000) FROM reference_check WHERE kept AND contradicts}),
	'2011|2017|60|t', 'with both, the sum of the regions is far above the national row in each of those years');
is(value(q{SELECT count(*) FILTER (WHERE contradicts), max(abs(difference)) <= 1.5 FROM reference_check WHERE NOT kept AND status = 'ok'}),
	'0|t', 'without the successors all regional sums meet the national row');
is(value(q{SELECT count(*) FROM reference_check WHERE NOT kept AND status = 'ok' AND industry <> 'GRP'}), '124', 'all 124 of the sections, and those of the gross regional product');

# energy and water are industry less mining and manufacturing
is(value(q{
	SELECT count(*) > 200, count(*) FILTER (WHERE contradicts)
	FROM (SELECT year, kz_matrix_agg(region, item, value) AS m FROM gva GROUP BY year) f,
		kz_check_totals(m, '{"rows":["B","C","DE"],"cols":["IND"],"cells":[[0,0,1],[1,0,1],[2,0,1]]}', digits => 1)
	WHERE status = 'ok'}), 't|0', 'industry is mining, manufacturing, energy and water');

# the published tables
is(value(q{
	SELECT string_agg(period || ' ' || certain || ' of ' || fewest || ', ' || suspects || ' suspects', '; ' ORDER BY period)
	FROM (SELECT period, count(*) FILTER (WHERE set_share = 1) AS certain, count(*) FILTER (WHERE contradicts) AS fewest,
			count(*) FILTER (WHERE set_share > 0) AS suspects
		  FROM kz_check('printed', 'coefficient', 'industry', 'value', 'period') GROUP BY period) t}),
	'2004 1 of 1, 1 suspects; 2005 1 of 3, 5 suspects; 2006 1 of 4, 7 suspects', 'the contradictory cells of the published tables');
is(value(q{
	SELECT string_agg(series, ', ')
	FROM kz_check_directions((SELECT kz_matrix_agg(coefficient || ' ' || industry, period, value::float8) FROM printed),
		(SELECT kz_matrix_agg(coefficient || ' ' || industry, period, CASE arrow WHEN 'up' THEN 1 WHEN 'down' THEN -1 END) FROM printed WHERE period = 2006))
	WHERE NOT holds}), 'CS Metallurgy and production of finished metalware', 'and the arrow that holds under no rule');

# parents and children side by side, with suppressed children
SKIP:
{
	my $cbp = "$data/us_cbp_state_naics3_2000_2011.csv.gz";
	skip "no $cbp", 2 unless -r $cbp;
	value(qq{
		CREATE TABLE raw (year int, state text, naics text, establishments int, employment float8, emp_flag text, noise_flag text, payroll float8);
		\\copy raw FROM PROGRAM 'gzip -dc $cbp' (FORMAT csv, HEADER)
		CREATE VIEW tree AS SELECT kz_matrix_agg(naics, CASE left(naics, 2) WHEN '32' THEN '31' WHEN '33' THEN '31' WHEN '45' THEN '44' WHEN '49' THEN '48' ELSE left(naics, 2) END, 1) AS h
		FROM (SELECT DISTINCT naics FROM raw WHERE length(naics) = 3) n});
	is(value(q{
		SELECT count(*), count(*) FILTER (WHERE contradicts)
		FROM (SELECT kz_matrix_agg(state, naics, establishments) AS m FROM raw WHERE year = 2011 AND naics <> '00') f, tree, kz_check_totals(m, h)
		WHERE parts > 0}), '765|0', 'sectors have the establishments of their subsectors');
	is(value(q{
		SELECT count(*) FILTER (WHERE status = 'incomplete totals') > 100, count(*) FILTER (WHERE contradicts AND status = 'incomplete totals')
		FROM (SELECT kz_matrix_agg(state, naics, CASE WHEN emp_flag IS NULL THEN employment END) AS m FROM raw WHERE year = 2011 AND naics <> '00') f, tree,
			kz_check_totals(m, h)}), 't|0', 'and not less employment than their disclosed subsectors');
}

$node->stop;
done_testing();
