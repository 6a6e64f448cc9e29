# Value chains of published input-output tables: shares against plain SQL, and the picture is well-formed.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $shared = $ENV{KZ_SHARED} // ($ENV{KZ_ROOT} // '.') . '/../shared';
my $data = "$shared/data";
plan skip_all => "no $data/io_germany_1995.csv" unless -r "$data/io_germany_1995.csv";

my $node = PostgreSQL::Test::Cluster->new('value_chain');
$node->init;
$node->append_conf('postgresql.conf', $ENV{KZ_SERVER_CONF}) if $ENV{KZ_SERVER_CONF};
$node->start;

# What a query returns, as text.
sub value { return $node->safe_psql('postgres', shift) }

# CPA_A to CPA_O-T are the industries; CPA_TOTAL, value added, final uses and output are not
value(qq{
	CREATE EXTENSION kzcluster CASCADE;
	CREATE TABLE germany (seller text, buyer text, value text);
	\\copy germany FROM '$data/io_germany_1995.csv' (FORMAT csv, HEADER)
	CREATE VIEW flow AS SELECT seller, buyer, value::float8 FROM germany WHERE value <> 'NA' AND seller ~ '^CPA_[A-Z](-[A-Z])?\$' AND buyer ~ '^CPA_[A-Z](-[A-Z])?\$';
	CREATE VIEW flows AS SELECT kz_matrix_agg(seller, buyer, value) AS m FROM flow;
});
is(value('SELECT kz_dims(m) FROM flows'), value('SELECT kz_dims(kz_transpose(m)) FROM flows'), 'six industries buy, six sell');
is(value(q{
	SELECT string_agg(concat_ws(' ', c.industry, c.role, round(purchase_share::numeric, 4), round(sales_share::numeric, 4)), ', ' ORDER BY rank)
	FROM flows, kz_value_chain(m, 'CPA_F') AS c}),
	'CPA_F core 0.0337 0.0782, CPA_B-E both 0.5579 0.1480, CPA_J-N both 0.2698 0.4735, CPA_O-T buyer 0.0152 0.1848, CPA_G-I both 0.1234 0.1069',
	'construction buys from industry, business services and trade');

# with total output the shares are input coefficients, a_ij = z_ij / x_j
is(value(q{
	SELECT round(purchase_share::numeric, 4) FROM flows, kz_value_chain(m, 'CPA_F', output => 245606) AS c WHERE industry = 'CPA_B-E'}),
	'0.2613', 'an input coefficient');
is(value(q{
	SELECT count(*), count(*) FILTER (WHERE abs(coalesce(c.purchase_share, 0) - a.share) > 1e-15 OR abs(coalesce(c.sales_share, 0) - b.share) > 1e-15)
	FROM flows, (SELECT DISTINCT buyer AS core FROM flow) AS k, kz_value_chain(m, k.core, 0) AS c,
		LATERAL (SELECT coalesce(sum(value) FILTER (WHERE seller = c.industry), 0) / sum(value) AS share FROM flow WHERE buyer = k.core) AS a,
		LATERAL (SELECT coalesce(sum(value) FILTER (WHERE buyer = c.industry), 0) / sum(value) AS share FROM flow WHERE seller = k.core) AS b}),
	'36|0', 'all shares are those of plain SQL');
is(value('SELECT bool_and(abs(total - 1) < 1e-12) FROM (SELECT k.core, sum(purchase_share) AS total FROM flows, (SELECT DISTINCT buyer AS core FROM flow) AS k, kz_value_chain(m, k.core, 0) GROUP BY 1) AS t'),
	't', 'without a threshold they sum to one');

SKIP:
{
	my $svg = value(q{SELECT kz_svg_value_chain(array_agg('<&"' || industry ORDER BY rank), array_agg(role ORDER BY rank), array_agg(purchase_share ORDER BY rank),
		array_agg(sales_share ORDER BY rank), title => 'a < b & "c"', source => chr(1) || '''') FROM flows, kz_value_chain(m, 'CPA_F')});
	skip 'a server without XML', 1 if value(q{SELECT count(*) FROM pg_config WHERE name = 'CONFIGURE' AND setting LIKE '%libxml%'}) eq '0';
	is($node->psql('postgres', "SELECT xmlparse(DOCUMENT \$svg\$$svg\$svg\$) IS DOCUMENT"), 0, 'the picture is well-formed XML');
}
$node->stop;
done_testing();
