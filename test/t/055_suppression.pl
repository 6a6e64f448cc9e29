# County Business Patterns again: bounds of all suppressed cells from their size classes, of all quotients, with and without
# published totals; the finest figures along the codes; truth known and hidden here.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(time);

my $shared = $ENV{KZ_SHARED} // ($ENV{KZ_ROOT} // '.') . '/../shared';
my $file = "$shared/data/us_cbp_state_naics_2000_2011.csv.gz";
plan skip_all => "no $file" unless -r $file;

my $node = PostgreSQL::Test::Cluster->new('suppression');
$node->init;
$node->append_conf('postgresql.conf', $ENV{KZ_SERVER_CONF}) if $ENV{KZ_SERVER_CONF};
$node->start;

# What a query returns, as text.
sub value { return $node->safe_psql('postgres', shift) }

value(qq{
	CREATE EXTENSION kzcluster CASCADE;
	CREATE TABLE raw (year int, state text, naics text, establishments int, employment float8, emp_flag text, noise_flag text, payroll float8);
	\\copy raw FROM PROGRAM 'gzip -dc $file' (FORMAT csv, HEADER)
	CREATE TABLE class (flag text, low float8, high float8);
	INSERT INTO class VALUES ('A', 0, 19), ('B', 20, 99), ('C', 100, 249), ('E', 250, 499), ('F', 500, 999), ('G', 1000, 2499), ('H', 2500, 4999),
		('I', 5000, 9999), ('J', 10000, 24999), ('K', 25000, 49999), ('L', 50000, 99999), ('M', 100000, NULL);
	CREATE TABLE cbp AS
	SELECT year, state, naics, CASE WHEN emp_flag IS NULL THEN employment END AS employment, low, high, establishments::float8 AS establishments
	FROM raw LEFT JOIN class ON flag = emp_flag;
	CREATE TABLE facts AS
	SELECT year, length(naics) AS digits, kz_matrix_agg(state, naics, employment) AS m,
		kz_matrix_agg(state, naics, low) FILTER (WHERE employment IS NULL) AS low, kz_matrix_agg(state, naics, high) FILTER (WHERE employment IS NULL) AS high
	FROM cbp WHERE naics <> '00' GROUP BY year, length(naics);
	CREATE TABLE totals AS SELECT year, kz_matrix_agg(state, 'total', employment) AS t FROM cbp WHERE naics = '00' GROUP BY year;
	ANALYZE;
});

my $start = time;
value('CREATE TABLE bounds AS SELECT year, digits, b.* FROM facts f, kz_suppressed_bounds(m, f.low, f.high) b');
value('CREATE TABLE quotients AS SELECT year, digits, q.* FROM facts f, kz_quotient_bounds(m, f.low, f.high) q');
my $seconds = time - $start;
cmp_ok($seconds, '<', 60, sprintf 'all bounds of 12 years and 5 levels took %.1f s', $seconds);
is(value(q{SELECT count(*), count(*) FILTER (WHERE (b.low, b.high) IS DISTINCT FROM (c.low, c.high) OR status <> 'ok')
	FROM bounds b JOIN cbp c ON c.year = b.year AND c.state = region AND c.naics = industry}), '276225|0', 'without totals the bounds are the size classes');
is(value(q{SELECT count(*) FILTER (WHERE lq_low < 0 OR lq_low > lq_high OR (lq_low IS NULL) <> (status = 'no base') OR above_threshold <> (lq_low >= 1)) FROM quotients}),
	'0', 'the bounds of 811,020 quotients are in order');
cmp_ok(value(q{SELECT count(*) FROM quotients WHERE status = 'suppressed' AND above_threshold IS NOT NULL}), '>', 100_000,
	'of many suppressed cells it is known on which side of 1 the quotient is');

# published totals: the files of 2000 to 2002 lack sector 95, so a state's sectors cannot add up to its total
value(q{CREATE TABLE by_total AS SELECT year, b.* FROM facts f JOIN totals USING (year), kz_suppressed_bounds(m, f.low, f.high, t) b WHERE digits = 2});
is(value(q{SELECT string_agg(DISTINCT year::text, ' ' ORDER BY year::text) FILTER (WHERE status = 'contradiction'), count(*) FILTER (WHERE year > 2002 AND status = 'ok') FROM by_total}),
	'2000 2001 2002|361', 'totals that lack a sector are found out, all others agree with the size classes');
cmp_ok(value(q{SELECT count(*) FROM by_total JOIN bounds b USING (year, region, industry) WHERE by_total.high - by_total.low < b.high - b.low}), '>', 200, 'totals narrow most bounds');
is(value(q{
	SELECT count(*), count(*) FILTER (WHERE p.employment NOT BETWEEN s.low AND s.high)
	FROM cbp p
	JOIN (SELECT c.year, c.state, CASE left(naics, 2) WHEN '32' THEN '31' WHEN '33' THEN '31' WHEN '45' THEN '44' WHEN '49' THEN '48' ELSE left(naics, 2) END AS sector,
			sum(coalesce(employment, b.low)) AS low, sum(coalesce(employment, b.high)) AS high
		FROM cbp c LEFT JOIN bounds b ON b.year = c.year AND b.region = state AND b.industry = naics
		WHERE length(naics) = 3 GROUP BY 1, 2, 3 HAVING count(*) > count(employment)) s ON s.year = p.year AND s.state = p.state AND s.sector = p.naics
	WHERE p.year >= 2008 AND p.employment IS NOT NULL}), '867|0', 'every disclosed sector with suppressed subsectors lies within the sum of their bounds');

# figures that are known, hidden here: establishments
value(q{
	CREATE TABLE known AS
	SELECT year, state, naics, establishments AS truth, CASE WHEN hashtext(year || state || naics) % 3 <> 0 THEN establishments END AS shown, c.low, c.high
	FROM (SELECT year, state, naics, establishments FROM cbp WHERE length(naics) = 4) k LEFT JOIN class c ON establishments BETWEEN c.low AND coalesce(c.high, 1e9);
	CREATE TABLE hidden AS
	SELECT year, kz_matrix_agg(state, naics, shown) AS m, kz_matrix_agg(state, naics, truth) AS truth, kz_matrix_agg(state, naics, low) AS low, kz_matrix_agg(state, naics, high) AS high,
		kz_matrix_agg(state, 'total', truth) FILTER (WHERE year % 2 = 0) AS r, kz_matrix_agg('total', naics, truth) FILTER (WHERE year % 3 = 0) AS i
	FROM known GROUP BY year});
is(value(q{SELECT count(*) > 50000, count(*) FILTER (WHERE k.truth NOT BETWEEN b.low AND b.high OR status <> 'ok')
	FROM hidden h, kz_suppressed_bounds(m, h.low, h.high, r, i) b JOIN known k ON k.state = region AND k.naics = industry WHERE k.year = h.year}), 't|0',
	'the truth lies within the bounds');
is(value(q{SELECT count(*) > 150000, count(*) FILTER (WHERE c.lq NOT BETWEEN q.lq_low * (1 - 1e-12) AND q.lq_high * (1 + 1e-12)), count(*) FILTER (WHERE above_threshold <> (c.lq >= 1))
	FROM hidden h, kz_quotient_bounds(m, h.low, h.high, r, i) q JOIN LATERAL kz_coefficients(truth) c USING (region, industry)}), 't|0|0', '... and so do the quotients');

# the finest figures; a code's parent is its longest prefix that is a code
value(q{
	CREATE TABLE code AS SELECT DISTINCT naics FROM cbp;
	CREATE TABLE tree AS
	SELECT kz_matrix_agg(c.naics, coalesce(p.naics, '00'), 1) AS h
	FROM code c
	LEFT JOIN LATERAL (
		SELECT p.naics FROM code p, generate_series(2, length(c.naics) - 1) l
		WHERE p.naics = CASE WHEN l > 2 THEN left(c.naics, l) WHEN left(c.naics, 2) IN ('32', '33') THEN '31' WHEN left(c.naics, 2) = '45' THEN '44' WHEN left(c.naics, 2) = '49' THEN '48' ELSE left(c.naics, 2) END
		ORDER BY l DESC LIMIT 1) p ON true
	WHERE c.naics <> '00';
	CREATE TABLE finest AS
	SELECT year, f.* FROM (SELECT year, kz_matrix_agg(state, naics, employment) AS m FROM cbp GROUP BY year) m, tree, kz_finest_disclosed(m, h) f});
is(value(q{
	SELECT count(*), count(*) FILTER (WHERE covered = employment), count(*) FILTER (WHERE remainders = employment)
	FROM (SELECT year, region, sum(value) FILTER (WHERE in_partition) AS covered, sum(remainder) AS remainders FROM finest GROUP BY 1, 2) f
	JOIN cbp c ON c.year = f.year AND c.state = region AND c.naics = '00'}), '612|612|612', 'parts and remainders add up to every state in every year');
is(value(q{SELECT count(*) FILTER (WHERE disclosed_code IS NULL) FROM finest}), '0', 'every code has a disclosed ancestor');

# masking what the few would give away
value(q{
	CREATE TABLE small AS
	SELECT year, kz_matrix_agg(state, naics, establishments) AS m, kz_matrix_agg(state, naics, 1) FILTER (WHERE establishments < 5) AS mask
	FROM cbp WHERE length(naics) = 3 GROUP BY year});
cmp_ok(value('SELECT count(*) FILTER (WHERE derivable) FROM small, kz_disclosure_risk(m, mask)'), '>', 50, 'a mask of the small cells alone gives many away');
is(value('SELECT count(*) > 1000, count(*) FILTER (WHERE derivable) FROM small, kz_disclosure_risk(m, kz_complementary_mask(m, mask))'), 't|0', '... its complement none');
is(value(q{SELECT count(*) FILTER (WHERE kz_value(full_mask, region, industry) > 0 AND status <> 'suppressed'), count(*) FILTER (WHERE c.status = 'suppressed' AND num_nonnulls(value, region_share, industry_share, lq, excess) > 0), bool_or(status = 'ok')
	FROM small, LATERAL (SELECT kz_complementary_mask(m, small.mask) AS full_mask OFFSET 0) k, kz_masked_coefficients(m, full_mask) c}), '0|0|t', 'masked coefficients show nothing of masked cells');

$node->stop;
done_testing();
