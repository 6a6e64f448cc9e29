# Behind PgBouncer in transaction mode every statement may meet another server session: studies are made, refreshed, read
# and dropped through it, and nothing of a session stays behind for the next client.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/clients";
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use StudyNode;
use Test::More;

plan skip_all => 'no pgbouncer; test/long clients installs it' unless system('pgbouncer --version >/dev/null 2>&1') == 0;

my $node = study_node('pgbouncer');
my $folder = PostgreSQL::Test::Utils::tempdir_short;
my $port = PostgreSQL::Test::Cluster::get_free_port();
my $user = getpwuid($<);
# auth_type any: whoever connects is this user
append_to_file("$folder/pgbouncer.ini", join "\n", '[databases]', sprintf('* = host=%s port=%s user=%s', $node->host, $node->port, $user), '[pgbouncer]',
	"unix_socket_dir = $folder", 'listen_addr =', "listen_port = $port", 'auth_type = any', 'pool_mode = transaction', 'default_pool_size = 2',
	"logfile = $folder/log", "pidfile = $folder/pid", '');
system_or_bail('pgbouncer', '-q', '-d', "$folder/pgbouncer.ini");
my $connection = "host=$folder port=$port dbname=demo user=$user";

# What a query returns through PgBouncer.
sub value
{
	my ($out, $err) = run_command([ 'psql', '-XAtq', '-v', 'ON_ERROR_STOP=1', '-d', $connection, map { ('-c', $_) } @_ ]);
	diag($err) if $err =~ /ERROR|FATAL|error/;
	return $out;
}

is(value('SELECT count(*) > 0 FROM kazakhstan.candidates'), 't', 'a study is read');
like(value('SHOW server_version'), qr/^\d/, 'PgBouncer answers');

# all that a study with every part consists of
for my $view (study_relations($node, qr/^(full|live)$/))
{
	is(value("SELECT count(*) FROM $view->{name}"), $node->safe_psql('demo', "SELECT count(*) FROM $view->{name}"), "$view->{name} is read");
}

# what a session could leave behind
my $state = q{SELECT string_agg(name || '=' || setting, ',' ORDER BY name) FROM pg_settings WHERE source = 'session'};
my $rest = q{SELECT (SELECT count(*) FROM pg_prepared_statements), (SELECT count(*) FROM pg_cursors WHERE name <> ''), (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'),
	(SELECT count(*) FROM pg_class WHERE relpersistence = 't')};
my $before = value($state);
my $make = q{SELECT kz_create_study('pooled', 'gva', 'region', period_column => 'year', region_column => 'region_code', industry_column => 'section', value_column => 'gva_mln_kzt')};
for my $round (1 .. 3)
{
	is(value($make), '', "round $round: a study is made");
	is(value('REFRESH MATERIALIZED VIEW CONCURRENTLY pooled.coefficients', 'REFRESH MATERIALIZED VIEW CONCURRENTLY pooled.clusters',
		q{SELECT count(*) > 0 AND kz_tile('pooled', 4, 10, 5, period => '2023') <> '' FROM pooled.clusters_map}), 't', "round $round: it is refreshed and read, each statement by itself");
	is(value(q{SELECT kz_drop_study('pooled')}), '', "round $round: and dropped");
}
is(value($state), $before, 'no setting has changed in a pooled session') for 1 .. 2;
is(value($rest), '0|0|0|0', 'nothing is left in a pooled session: no prepared statement, cursor, lock or temporary table') for 1 .. 2;

# more clients than server sessions, reading while a study is refreshed
SKIP: {
	skip 'no pgbench', 2 unless system('pgbench --version >/dev/null 2>&1') == 0;
	open my $script, '>', "$folder/script" or die;
	print $script "SELECT count(*) FROM kazakhstan.candidates WHERE year = 2023;\nBEGIN;\nSELECT count(*) FROM kazakhstan.clusters;\nSELECT length(kz_tile('kazakhstan', 4, 10, 5, industry => 'C'));\nCOMMIT;\n";
	close $script;
	open my $refresh, '>', "$folder/refresh" or die;
	print $refresh "REFRESH MATERIALIZED VIEW CONCURRENTLY kazakhstan.coefficients;\n";
	close $refresh;
	my ($out, $err) = run_command([ 'pgbench', '-n', '-c', '8', '-j', '2', '-t', '20', '-f', "$folder/script\@9", '-f', "$folder/refresh\@1", '-h', $folder, '-p', $port, '-U', $user, 'demo' ]);
	like($out, qr{number of transactions actually processed: 160/160}, 'eight clients share two sessions');
	unlike($out . $err, qr/ERROR|aborted/, 'without an error') or diag($err);
}
is(value($rest), '0|0|0|0', 'and nothing is left');

# psycopg with server-side preparation off, as it must be here
SKIP: {
	skip 'no psycopg 3', 1 unless -x '/usr/bin/python3' && system("/usr/bin/python3 -c 'import psycopg' 2>/dev/null") == 0;
	my ($out, $err) = run_command([ '/usr/bin/python3', '-c', q{
import sys, psycopg
with psycopg.connect(sys.argv[1], prepare_threshold=None) as session:
    for i in range(10):
        n = session.execute('SELECT count(*) FROM kazakhstan.candidates WHERE year = %s', [2023]).fetchone()[0]
print(n)}, $connection ]);
	is($out, $node->safe_psql('demo', 'SELECT count(*) FROM kazakhstan.candidates WHERE year = 2023'), 'psycopg with prepare_threshold=None') or diag($err);
}

kill 'INT', slurp_file("$folder/pid") =~ /(\d+)/;
$node->stop;
done_testing();
