# The JDBC driver reads every view of a study, through cursors and in text and binary, and its catalogue knows them.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/clients";
use PostgreSQL::Test::Utils;
use StudyNode;
use Test::More;

my $driver = '/usr/share/java/postgresql.jar';
plan skip_all => 'no JDBC driver or no Java 11 with a compiler (libpostgresql-jdbc-java, default-jdk-headless); test/long clients installs them'
  unless -r $driver && system("java --list-modules 2>/dev/null | grep -q '^jdk.compiler'") == 0;

my $node = study_node('jdbc');
my @views = study_views($node);
my $file = PostgreSQL::Test::Utils::tempdir . '/queries';
write_queries($file, @views);

my %java = ('integer' => 'INTEGER/Integer', 'bigint' => 'BIGINT/Long', 'double precision' => 'DOUBLE/Double', 'text' => 'VARCHAR/String',
	'boolean' => 'BIT/Boolean', 'text[]' => 'ARRAY/Array', 'geometry' => 'OTHER/String');
for my $mode ('text', 'binary')
{
	my $url = sprintf('jdbc:postgresql://127.0.0.1:%s/demo?user=%s&prepareThreshold=%d', $node->port, scalar getpwuid($<), $mode eq 'binary' ? -1 : 0);
	my ($out, $err) = run_command([ 'java', '-cp', $driver, "$FindBin::Bin/clients/ReadViews.java", $url, $file ]);
	is($err, '', "jdbc, $mode: no error");
	$out =~ s/^(table .*)//ms;
	my $catalogue = join "\n", grep { !/^table definition/ } split /\n/, $1;
	compare_views("jdbc, $mode", sub { $java{ $_[0] } // $_[0] }, $out, @views);
	is($catalogue, q{table clusters, MATERIALIZED VIEW, remark
table coefficients, MATERIALIZED VIEW, remark
table candidates, VIEW, remark
table candidates_map, VIEW, remark
table clusters_map, VIEW, remark
columns without a remark: 0}, "jdbc, $mode: the catalogue shows kinds and remarks") if $mode eq 'text';
}

$node->stop;
done_testing();
