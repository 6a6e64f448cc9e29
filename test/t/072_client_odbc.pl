# psqlODBC reads all that a study consists of with the types that Excel, Power BI and the like take from it.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/clients";
use PostgreSQL::Test::Utils;
use StudyNode;
use Test::More;

plan skip_all => 'no psqlODBC with pyodbc (odbc-postgresql, python3-pyodbc); test/long clients installs them'
  unless system("/usr/bin/python3 -c 'import pyodbc; assert \"PostgreSQL Unicode\" in pyodbc.drivers()' 2>/dev/null") == 0;

my $node = study_node('odbc');
my @views = study_views($node);
my $file = PostgreSQL::Test::Utils::tempdir . '/queries';
write_queries($file, @views);

# without these two settings booleans are the characters 0 and 1, and a geometry or a list may be cut after 255 characters
my $connection = sprintf('Driver={PostgreSQL Unicode};Server=127.0.0.1;Port=%s;Database=demo;UID=%s;BoolsAsChar=0;UnknownsAsLongVarchar=1',
	$node->port, scalar getpwuid($<));
my ($out, $err) = run_command([ '/usr/bin/python3', "$FindBin::Bin/clients/read_views.py", 'odbc', $connection, $file ]);
is($err, '', 'odbc: no error');
my %python = ('integer' => 'int', 'bigint' => 'int', 'double precision' => 'float', 'text' => 'str', 'boolean' => 'bool', 'date' => 'date', map { $_ => 'str' } qw(text[] geometry kz_matrix regclass));
compare_views('odbc', sub { my ($type, $known) = @_; $known ? $python{$type} // $type : '-' }, $out, @views);

$node->stop;
done_testing();
