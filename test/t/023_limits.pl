# What does not fit is refused with a clear error and in good time; what is called a hundred thousand times leaves
# nothing behind.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use Time::HiRes qw(time);

my $node = PostgreSQL::Test::Cluster->new('limits');
$node->init;
$node->append_conf('postgresql.conf', $ENV{KZ_SERVER_CONF}) if $ENV{KZ_SERVER_CONF};
$node->append_conf('postgresql.conf', "fsync = off\njit = off");
$node->start;
$node->safe_psql('postgres', q{
	CREATE EXTENSION kzcluster CASCADE;
	CREATE TABLE facts AS SELECT 'region ' || i % 40 AS region, 'industry ' || i % 30 AS industry, (1 + i % 17)::float8 AS value FROM generate_series(1, 5000) i;
	CREATE TABLE m AS SELECT kz_matrix_agg(region, industry, value) AS m, kz_matrix_partial_agg(region, industry, value * 0.1) AS p,
		kz_matrix_agg(region, 'population', 7) AS a, kz_matrix_agg('all', industry, 1000) AS r FROM facts;
	CREATE TABLE stored AS SELECT i, kz_matrix_agg('a' || k, 'x' || k % 7, i + k) AS m FROM generate_series(1, 400) i, generate_series(1, 100) k GROUP BY i});

# What a statement fails with, and after how many seconds.
sub failure
{
	my $start = time;
	my ($status, $out, $err) = $node->psql('postgres', "\\set VERBOSITY verbose\n" . shift);
	return ($err =~ /ERROR:\s+(\w{5}: .*)/ ? $1 : "no error: $out", time - $start);
}

my ($available) = -r '/proc/meminfo' ? slurp_file('/proc/meminfo') =~ /^MemAvailable:\s*(\d+)/m : 0;
SKIP:
{
	skip 'needs 4 GB of memory', 5 if ($available // 0) < 4 * 1024 * 1024;

	my $long = q{lpad(i::text, 6, '0') || (SELECT repeat('x', 65529))};
	my ($error, $seconds) = failure("SELECT kz_dims(kz_matrix_agg($long, 'x', 1)) FROM generate_series(1, 16500) i");
	like($error, qr/^54000: the labels of a matrix are too long/, 'labels of more than 1 GB on one side');
	($error, $seconds) = failure("SELECT kz_dims(kz_matrix_agg($long, $long, 1)) FROM generate_series(1, 8250) i");
	like($error, qr/^54000: matrix of 8250 rows, 8250 columns and 8250 cells is too large to be a value/, 'labels of more than 1 GB on both');
	($error, $seconds) = failure(q{SELECT length(m::text) FROM (SELECT kz_matrix_agg(i || (SELECT repeat(chr(1), 65530)), 'x', 1) AS m FROM generate_series(1, 2800) i) s});
	like($error, qr/^54000: /, 'text of more than 1 GB');

	# the setting holds when it is small, whatever the work memory
	for my $work_mem ('64kB', '1GB')
	{
		($error, $seconds) = failure("SET work_mem = '$work_mem'; SET kzcluster.max_matrix_memory = '32MB'; SELECT kz_dims(kz_matrix_agg(i, i % 10, 1)) FROM generate_series(1, 10000000) i");
		like($error, qr/^54000: matrix needs more memory than kzcluster.max_matrix_memory allows/, "work_mem = $work_mem: refused");
	}
}

# The peak of a backend's memory grows by no more than 1 MB while a statement calls a function many times.
my $peak = q{(SELECT substring(pg_read_file('/proc/' || pg_backend_pid() || '/status') FROM 'VmHWM:\s*(\d+)')::bigint)};
my %call = (
	"kz_value(m, 'region 1', 'industry ' || i % 30)" => 100000,
	"kz_location_quotient(m, 'region ' || i % 40, 'industry 1')" => 100000,
	"kz_per_capita_coefficient(m, a, 'region ' || i % 40, 'industry 1')" => 100000,
	'kz_share_quotient(i, i + 1, 2, 3)' => 100000,
	'kz_total(m)' => 20000,
	'kz_dims(m)' => 20000,
	'kz_matrix_hash(m)' => 20000,
	'm = p' => 20000,
	'kz_row_labels(m)' => 5000,
	'kz_transpose(m)' => 2000,
	"kz_rows(m, ARRAY['region 1', 'region 2'])" => 2000,
	'm + m' => 2000,
	'p - p' => 2000,
	'm * 2' => 2000,
	'm * kz_transpose(m)' => 200,
	'm::text' => 1000,
	'm::text::kz_matrix' => 500,
	'p::jsonb::kz_matrix' => 300,
	'kz_matrix_send(p)' => 1000,
	'(SELECT count(*) FROM (SELECT FROM kz_cells(m) LIMIT i % 2) s)' => 500,
	'(SELECT count(*) FROM kz_coefficients(m, a, r) WHERE i > 0)' => 300,
	'(SELECT kz_matrix_sum(x) FROM (VALUES (m), (p)) v (x) WHERE i > 0)' => 500,
	'(SELECT kz_matrix_agg(region, industry, i) FROM facts)' => 100,
	'(SELECT count(lq) FROM (SELECT kz_location_quotient(region, industry, value + i) OVER (PARTITION BY region < \'region 2\') AS lq FROM facts) s)' => 30);
for my $call (sort keys %call)
{
	# the planner must not fold or share the calls: m and i come from rows
	my $query = sub { "SELECT count($call) FROM (SELECT i, m, p, a, r FROM generate_series(1, $_[0]) i, m OFFSET 0) s" };
	my @rows = split /\n/, $node->safe_psql('postgres', 'SET work_mem = \'64kB\'; ' . $query->(int($call{$call} / 10)) . "; SELECT $peak; " . $query->($call{$call}) . "; SELECT $peak");
	cmp_ok($rows[3] - $rows[1], '<=', 1024, "$call, $call{$call} times");
}
# every function that takes matrices, as the catalog lists them, whether these calls come to something or fail
my @functions = split /\n/, $node->safe_psql('postgres', q{
	SELECT format('%I(%s)', proname, string_agg(quote_ident(proargnames[n]) || ' => ' || CASE
		WHEN t = 'kz_matrix'::regtype THEN CASE WHEN proargnames[n] ~ 'weights|distance' THEN 'm * kz_transpose(m)' ELSE 'm' END WHEN t = 'kz_matrix[]'::regtype THEN 'ARRAY[m, p, m]'
		WHEN t = '"any"'::regtype THEN CASE WHEN proargnames[n] IN ('row', 'region') THEN '''region 1''' ELSE '''industry 1''' END || '::text' WHEN t = 'text[]'::regtype THEN '''{industry 1,industry 2}'''
		WHEN t = 'boolean'::regtype THEN 'true' WHEN t = 'text'::regtype THEN CASE proargnames[n] WHEN 'start' THEN '''industry 1''' WHEN 'region' THEN '''region 1''' ELSE '''industry 2''' END ELSE '1' END, ', '))
	FROM pg_proc f JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = f.oid AND d.deptype = 'e'
		JOIN pg_extension e ON d.refclassid = 'pg_extension'::regclass AND e.oid = d.refobjid AND e.extname = 'kzcluster',
		unnest(proargtypes::regtype[]) WITH ORDINALITY AS u (t, n)
	WHERE prokind = 'f' AND n <= pronargs - pronargdefaults AND proargtypes::regtype[] && '{kz_matrix,kz_matrix[]}'::regtype[] AND proargnames[1] <> '' AND proname !~ '^kz_matrix_' GROUP BY f.oid, proname});
cmp_ok(scalar @functions, '>', 60, @functions . ' functions that take matrices');
my @grown;
for my $call (@functions)
{
	my $query = sub { "SELECT count(r) FROM (SELECT i, m, p FROM generate_series(1, $_[0]) i, m OFFSET 0) s, LATERAL (SELECT $call AS r OFFSET 0) t" };
	my $caught = sub { "DO \$\$ BEGIN FOR i IN 1..$_[0] LOOP BEGIN PERFORM 1 FROM (@{[$query->(1)]}) q; EXCEPTION WHEN OTHERS THEN NULL; END; END LOOP; END \$\$" };
	my ($status, $out) = $node->psql('postgres', "SET work_mem = '64kB'; " . join '; ', $query->(15), "SELECT 'peak', $peak", $query->(115), "SELECT 'peak', $peak");
	($status, $out) = $node->psql('postgres', join '; ', $caught->(30), "SELECT 'peak', $peak", $caught->(330), "SELECT 'peak', $peak") if $status != 0;
	my @peak = $out =~ /^peak\|(\d+)$/mg;
	push @grown, "$call: $out" if @peak < 2 || $peak[-1] - $peak[-2] > 1024;
}
is(join("\n", @grown), '', 'no function that takes matrices leaves memory behind');
# different stored matrices: indexes of those that were seen are kept, but not without end
my @rows = split /\n/, $node->safe_psql('postgres', qq{
	SET kzcluster.max_matrix_memory = '1MB';
	SELECT sum(kz_value(m, 'a1', 'x1')) FROM stored, generate_series(1, 20);
	SELECT $peak;
	SELECT sum(kz_value(m, 'a1', 'x1')) FROM stored, generate_series(1, 200);
	SELECT $peak});
cmp_ok($rows[3] - $rows[1], '<=', 1024, '400 matrices looked up 200 times each');

# calls that fail, in subtransactions of one session
my %error = (
	'kz_matrix_agg' => q{SELECT kz_matrix_agg('a', 'x' || k, CASE WHEN k = 90 THEN 'NaN'::float8 ELSE 1 END) FROM generate_series(1, 100) k},
	'the window function' => q{SELECT kz_location_quotient('a', 'x' || k, CASE WHEN k = 90 THEN 'NaN'::float8 ELSE 1 END) OVER () FROM generate_series(1, 100) k},
	'text' => q{SELECT '{"rows":["a","b"],"cols":["x"],"cells":[[0,0,1],[1,0,2],[7,0,1]]}'::kz_matrix},
	'a product' => q{SELECT m * m FROM m},
	'a selection' => q{SELECT kz_rows(m, '{nowhere}') FROM m},
	'kz_coefficients' => q{SELECT kz_coefficients(m, reference => kz_cols(r, '{industry 1}')) FROM m});
for my $name (sort keys %error)
{
	my @rows = split /\n/, $node->safe_psql('postgres', qq{
		CREATE FUNCTION pg_temp.fail(query text, times int) RETURNS bigint LANGUAGE plpgsql AS \$\$
		DECLARE
			failed int := 0;
		BEGIN
			FOR i IN 1..times LOOP
				BEGIN EXECUTE query; EXCEPTION WHEN OTHERS THEN failed := failed + 1; END;
			END LOOP;
			IF failed < times THEN RAISE EXCEPTION 'did not fail'; END IF;
			RETURN $peak;
		END \$\$;
		SELECT pg_temp.fail(\$q\$$error{$name}\$q\$, 200);
		SELECT pg_temp.fail(\$q\$$error{$name}\$q\$, 2000)});
	cmp_ok($rows[1] - $rows[0], '<=', 1024, "$name, failing 2000 times");
}

$node->stop;
done_testing();
