# psycopg reads all that a study consists of, in text and in binary, with Python's own types.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/clients";
use PostgreSQL::Test::Utils;
use StudyNode;
use Test::More;

my ($python) = grep { -x && system("$_ -c 'import psycopg' 2>/dev/null") == 0 } qw(/usr/bin/python3 /usr/local/bin/python3);
plan skip_all => 'no psycopg 3 (python3-psycopg); test/long clients installs it' unless $python;

my $node = study_node('psycopg');
my @all = study_views($node);
my $file = PostgreSQL::Test::Utils::tempdir . '/queries';

my %python = ('integer' => 'int', 'bigint' => 'int', 'double precision' => 'float', 'text' => 'str', 'boolean' => 'bool', 'text[]' => 'list', 'date' => 'date', 'regclass' => 'str', 'kz_matrix' => 'str');
for my $driver ('psycopg', 'psycopg-binary')
{
	# the tables behind an incremental study have types that psycopg does not know in binary: see 020_binary.pl
	my @views = grep { my $view = $_; $driver eq 'psycopg' || !grep { $_->[1] =~ /^(kz_matrix|regclass)$/ } @{ $view->{columns} } } @all;
	write_queries($file, @views);
	my ($out, $err) = run_command([ $python, "$FindBin::Bin/clients/read_views.py", $driver, $node->connstr('demo'), $file ]);
	is($err, '', "$driver: no error");
	# a geometry is EWKB, in hexadecimal digits or as bytes
	my %type = (%python, geometry => $driver eq 'psycopg' ? 'str' : 'bytes');
	compare_views($driver, sub { my ($type, $known) = @_; $known ? $type{$type} // $type : '-' }, $out, @views);
}

$node->stop;
done_testing();
