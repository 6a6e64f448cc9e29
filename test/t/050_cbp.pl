# The 811,632 rows of County Business Patterns: suppressed cells, totals that contain them, published totals.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $shared = $ENV{KZ_SHARED} // ($ENV{KZ_ROOT} // '.') . '/../shared';
my $file = "$shared/data/us_cbp_state_naics_2000_2011.csv.gz";
plan skip_all => "no $file" unless -r $file;

my $node = PostgreSQL::Test::Cluster->new('cbp');
$node->init;
$node->append_conf('postgresql.conf', $ENV{KZ_SERVER_CONF}) if $ENV{KZ_SERVER_CONF};
$node->start;

# What a query returns, as text.
sub value { return $node->safe_psql('postgres', shift) }

value(qq{
	CREATE EXTENSION kzcluster CASCADE;
	CREATE TABLE raw (year int, state text, naics text, establishments int, employment float8, emp_flag text, noise_flag text, payroll float8);
	\\copy raw FROM PROGRAM 'gzip -dc $file' (FORMAT csv, HEADER)
	ANALYZE raw;
	-- a flag says that employment is suppressed; the figure beside it is not one
	CREATE VIEW cbp AS SELECT year, state, naics, establishments, CASE WHEN emp_flag IS NULL THEN employment END AS employment FROM raw;
});
is(value('SELECT count(*), count(*) FILTER (WHERE employment IS NULL) FROM cbp'), '811632|276225', 'all rows are there');
is(value(q{SELECT sum(establishments), sum(employment) FROM cbp WHERE year = 2011 AND naics = '00'}),
	'7354043|113425965', 'the national totals of 2011 are the published ones');

is(value(q{SELECT cells, suppressed FROM kz_dims((SELECT kz_matrix_agg(state, naics, employment) FROM cbp WHERE year = 2011 AND length(naics) = 6))}),
	value(q{SELECT count(*) || '|' || count(*) FILTER (WHERE employment IS NULL) FROM cbp WHERE year = 2011 AND length(naics) = 6}),
	'a matrix keeps which cells are suppressed');

value(q{
	CREATE TABLE coefficients AS
	SELECT year, c.*
	FROM (SELECT year, kz_matrix_agg(state, naics, employment) AS m FROM cbp WHERE length(naics) = 6 GROUP BY year) f, kz_coefficients(m) c;
	ANALYZE coefficients});
is(value(q{SELECT count(*) FROM coefficients WHERE status = 'suppressed' AND value IS NULL AND lq IS NULL}),
	value(q{SELECT count(*) FROM cbp WHERE length(naics) = 6 AND employment IS NULL}), 'suppressed cells say so and have no quotient');
is(value(q{SELECT count(*) FROM coefficients WHERE status NOT IN ('suppressed', 'incomplete totals', 'no base')}), '0',
	'with suppressed cells in every state and year no quotient of a 6-digit industry is called complete');
is(value(q{
	WITH f AS (SELECT * FROM cbp WHERE length(naics) = 6),
		r AS (SELECT year, state, sum(employment) AS total FROM f GROUP BY 1, 2),
		i AS (SELECT year, naics, sum(employment) AS total FROM f GROUP BY 1, 2),
		t AS (SELECT year, sum(employment) AS total FROM f GROUP BY 1)
	SELECT count(*) FROM f JOIN r USING (year, state) JOIN i USING (year, naics) JOIN t USING (year)
	JOIN coefficients c ON c.year = f.year AND c.region = f.state AND c.industry = f.naics
	WHERE f.employment IS NOT NULL AND r.total > 0 AND i.total > 0
		AND abs(c.lq - (f.employment / r.total) / (i.total / t.total)) > 1e-12 * c.lq}), '0',
	'disclosed cells have the quotient that plain SQL computes of the disclosed figures');

# establishments are never suppressed; published totals are the rows with code 00
is(value(q{
	SELECT string_agg(DISTINCT status, ',')
	FROM kz_coefficients((SELECT kz_matrix_agg(state, naics, establishments) FROM cbp WHERE year = 2011 AND length(naics) = 2 AND naics <> '00'))}),
	'ok', 'without suppressed cells every status is ok');
is(value(q{
	SELECT string_agg(DISTINCT c.status, ',' ORDER BY c.status), bool_and(c.region_total = t.employment)
	FROM kz_coefficients((SELECT kz_matrix_agg(state, naics, employment) FROM cbp WHERE year = 2011 AND length(naics) = 2 AND naics <> '00'),
		attributes => (SELECT kz_matrix_agg(state, 'total', employment) FROM cbp WHERE year = 2011 AND naics = '00'),
		reference_attributes => (SELECT kz_matrix_agg('US', 'total', employment) FROM cbp WHERE year = 2011 AND naics = '00')) c
	JOIN cbp t ON t.year = 2011 AND t.naics = '00' AND t.state = c.region
	WHERE c.industry NOT IN (SELECT naics FROM cbp WHERE year = 2011 AND length(naics) = 2 AND employment IS NULL)}),
	'ok|t', 'published totals replace the sums, and complete industries are complete');

$node->stop;
done_testing();
