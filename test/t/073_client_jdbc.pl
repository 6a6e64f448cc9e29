# The JDBC driver reads all that a study consists of, through cursors and in text and binary, and its catalogue knows them.
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
	'boolean' => 'BIT/Boolean', 'text[]' => 'ARRAY/Array', 'date' => 'DATE/Date', map { $_ => 'OTHER/String' } qw(geometry kz_matrix regclass));
for my $mode ('text', 'binary')
{
	my $url = sprintf('jdbc:postgresql://127.0.0.1:%s/demo?user=%s&prepareThreshold=%d', $node->port, scalar getpwuid($<), $mode eq 'binary' ? -1 : 0);
	my ($out, $err) = run_command([ 'java', '-cp', $driver, "$FindBin::Bin/clients/ReadViews.java", $url, $file ]);
	is($err, '', "jdbc, $mode: no error");
	my ($rows, $catalogue) = split /^catalogue\n/m, $out;
	compare_views("jdbc, $mode", sub { $java{ $_[0] } // $_[0] }, $rows, @views);
	# what a BI tool asks for first
	my %listed = map { /^(\S.*?) (TABLE|VIEW|MATERIALIZED VIEW), (\d+) columns, all with remarks$/ ? ($1 => [ $2, $3 ]) : () } split /\n/, $catalogue;
	my %kind = (r => 'TABLE', v => 'VIEW', m => 'MATERIALIZED VIEW');
	is_deeply([ map { $listed{"$_->{study}.$_->{object}"} } @views ], [ map { [ $kind{ $_->{kind} }, scalar @{ $_->{columns} } ] } @views ],
		"jdbc, $mode: the catalogue has all of them, with kinds and remarks");
}

$node->stop;
done_testing();
