# A server of its own: the extension with everything it requires, and a first aggregate.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
# where the extension is, if it is not installed in the server's own folders
$node->append_conf('postgresql.conf', $ENV{KZ_SERVER_CONF}) if $ENV{KZ_SERVER_CONF};
$node->start;

$node->safe_psql('postgres', 'CREATE EXTENSION kzcluster CASCADE');
is($node->safe_psql('postgres', q{SELECT extname FROM pg_extension WHERE extname <> 'plpgsql' ORDER BY 1}),
	"kzcluster\npostgis", 'CREATE EXTENSION brings what it requires');

is( $node->safe_psql('postgres', q{
		SELECT kz_matrix_agg(region, industry, value)
		FROM (VALUES ('north', 'mining', 3), ('south', 'farming', 4), ('north', 'mining', 2)) f (region, industry, value)}),
	'{"rows":["north","south"],"cols":["farming","mining"],"cells":[[0,1,5],[1,0,4]]}',
	'facts become a matrix');

$node->restart;
is($node->safe_psql('postgres', q{SELECT kz_total('{"rows":["a"],"cols":["b"],"cells":[[0,0,1.5]]}'::kz_matrix)}),
	'1.5', 'the library loads again after a restart');

$node->stop;
done_testing();
