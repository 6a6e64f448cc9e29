# What carries matrices between servers: binary COPY and send/receive, pg_dump in all formats, other encodings.
# Values, partial states, indexes, constraints, domains and views come back to the last bit.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('binary');
$node->init(extra => [ '--encoding=UTF8', '--locale=C' ]);
$node->append_conf('postgresql.conf', $ENV{KZ_SERVER_CONF}) if $ENV{KZ_SERVER_CONF};
$node->append_conf('postgresql.conf', 'fsync = off');
$node->start;
my $folder = $node->basedir;

# What a query returns in a database, as text.
sub value { my ($query, $database) = @_; return $node->safe_psql($database // 'postgres', $query) }

# A database with what people keep: final and partial matrices, some large and out of line, empty ones, all kinds of labels,
# numbers and suppressed cells; indexes, a constraint, a default, a domain, an array, views.
value('CREATE DATABASE source');
value(q{
	CREATE EXTENSION kzcluster CASCADE;
	SELECT setseed(0.1);
	CREATE DOMAIN square AS kz_matrix CHECK ((kz_dims(VALUE)).rows = (kz_dims(VALUE)).cols);
	CREATE TYPE pair AS (period int, m kz_matrix);
	CREATE TABLE facts AS
	SELECT 2000 + i % 6 AS period, CASE i % 5 WHEN 0 THEN 'Қарағанды' WHEN 1 THEN '' WHEN 2 THEN E'tab\t"quote" \\\\ ' ELSE 'r' || i % 37 END AS region, 'C' || i % 23 AS industry,
		CASE WHEN random() < 0.05 THEN NULL ELSE (random() - 0.5) * 10 ^ (random() * 570 - 290) END AS value
	FROM generate_series(1, 6000) i;
	CREATE TABLE stored (
		period int PRIMARY KEY,
		m kz_matrix NOT NULL,
		p kz_matrix DEFAULT '{"rows":[],"cols":[],"cells":[],"partial":[]}',
		s square,
		a kz_matrix[],
		r pair,
		EXCLUDE USING hash (m WITH =),
		CHECK (kz_total(m) = kz_total(m)));
	INSERT INTO stored SELECT period, kz_matrix_agg(region, industry, value), kz_matrix_partial_agg(region, industry, value), kz_matrix_agg(period, period, 1),
		ARRAY[kz_matrix_agg(region, 'x', value), NULL], ROW(period, kz_matrix_agg('x', industry, value))::pair FROM facts GROUP BY period;
	INSERT INTO stored (period, m) VALUES (1, '{"rows":[],"cols":[],"cells":[]}');
	INSERT INTO stored SELECT 2, kz_matrix_agg(i / 300, i % 300, i), kz_matrix_partial_agg(i / 300, i % 300, 0.1 * i) - kz_matrix_partial_agg(i % 300, i / 300, 1e20) FROM generate_series(1, 15000) i;
	CREATE INDEX by_hash ON stored USING hash (p);
	CREATE INDEX by_bytes ON stored (s);
	CREATE INDEX by_total ON stored (kz_total(m), kz_row_labels(s));
	CREATE VIEW quotients AS SELECT period, c.* FROM stored, kz_coefficients(m) c;
	CREATE VIEW looked_up AS SELECT period, region, industry, kz_location_quotient(m, region, industry) AS lq FROM facts JOIN stored USING (period);
	CREATE VIEW windows AS SELECT *, kz_location_quotient(region, industry, value) OVER (PARTITION BY period) AS lq FROM facts;
	CREATE MATERIALIZED VIEW totals AS SELECT kz_matrix_sum(p) AS m FROM stored WHERE period > 2000;
	CREATE FUNCTION total(m kz_matrix) RETURNS float8 LANGUAGE SQL IMMUTABLE BEGIN ATOMIC SELECT kz_total(m) + kz_value(m, 'r3', 'C3'); END;
}, 'source');

# The sum of all that a database holds, over the bytes that are sent.
sub fingerprint
{
	my $database = shift;
	return value(q{
		SELECT md5(string_agg(concat_ws('|', period, md5(kz_matrix_send(m)), md5(kz_matrix_send(p)), md5(kz_matrix_send(s)), a::text, (r).period, md5(kz_matrix_send((r).m))), E'\n' ORDER BY period)) FROM stored;
		SELECT count(*), count(lq), sum(hashfloat8(lq)) FROM quotients;
		SELECT count(*), count(lq), sum(hashfloat8(lq)) FROM looked_up;
		SELECT count(*), count(lq), sum(hashfloat8(lq)) FROM windows;
		SELECT md5(kz_matrix_send(m)) FROM totals;
		SELECT total(m) FROM stored WHERE period = 2000;
		SET enable_seqscan = off;
		SELECT count(*) FROM stored a JOIN stored b ON a.m = b.m;
		SELECT string_agg(indexdef, ';' ORDER BY indexdef) FROM pg_indexes WHERE tablename = 'stored';
	}, $database);
}
my $source = fingerprint('source');
like($source, qr/^[0-9a-f]{32}\n\d{3,}/, 'there is something to carry');

# COPY, text and binary, of the same table
for my $format ('text', 'csv', 'binary')
{
	is(value(qq{
		COPY (SELECT period, m, p, s FROM stored) TO '$folder/stored.$format' (FORMAT $format);
		CREATE TEMPORARY TABLE copy AS SELECT period, m, p, s FROM stored LIMIT 0;
		COPY copy FROM '$folder/stored.$format' (FORMAT $format);
		SELECT count(*), count(*) FILTER (WHERE (c.m, c.p, c.s) IS DISTINCT FROM (o.m, o.p, o.s)),
			count(*) FILTER (WHERE kz_matrix_send(c.m) <> kz_matrix_send(o.m) OR kz_matrix_send(c.p) <> kz_matrix_send(o.p)) FROM copy c JOIN stored o USING (period)}, 'source'),
		'8|0|0', "COPY as $format");
}
# whoever reads with another client encoding and other settings gets and gives the same matrix
for my $setting ('client_encoding = KOI8R', 'extra_float_digits = -15', "DateStyle = 'German, DMY'", 'bytea_output = escape', 'standard_conforming_strings = off')
{
	$setting =~ /KOI8R/ and value(q{CREATE TABLE russian AS SELECT kz_matrix_partial_agg('Караганда', 'Добыча', v) AS m FROM (VALUES (0.1::float8), (1e20)) v (v)}, 'source');
	is(value(qq{
		SET $setting;
		COPY russian TO '$folder/russian.bin' (FORMAT binary);
		COPY russian TO '$folder/russian.txt' (ENCODING 'KOI8R');
		CREATE TEMPORARY TABLE copy (LIKE russian);
		COPY copy FROM '$folder/russian.bin' (FORMAT binary);
		COPY copy FROM '$folder/russian.txt' (ENCODING 'KOI8R');
		RESET client_encoding;
		SELECT count(*) FILTER (WHERE c.m = o.m), min(kz_row_labels(c.m)::text) FROM copy c, russian o}, 'source'),
		'2|{Караганда}', "SET $setting");
}

# dumps
my @dumps = (
	[ 'plain', [ '-Fp' ] ], [ 'plain with inserts', [ '-Fp', '--inserts', '--rows-per-insert=3' ] ], [ 'custom', [ '-Fc' ] ], [ 'directory', [ '-Fd', '-j2' ] ], [ 'tar, no owner', [ '-Ft', '--no-owner' ] ]);
for my $dump (@dumps)
{
	my ($name, $options) = @$dump;
	(my $target = "target_$name") =~ tr/a-z/_/cs;
	my $file = "$folder/$target.dump";
	command_ok([ 'pg_dump', @$options, '-f', $file, '-d', $node->connstr('source') ], "pg_dump, $name");
	value("CREATE DATABASE $target");
	if ($options->[0] eq '-Fp') { command_ok([ 'psql', '-XqAt', '-v', 'ON_ERROR_STOP=1', '-o', '/dev/null', '-d', $node->connstr($target), '-f', $file ], "restore, $name") }
	else { command_ok([ 'pg_restore', '--exit-on-error', '-d', $node->connstr($target), $file ], "restore, $name") }
	is(fingerprint($target), $source, "the same after restore, $name");
	value("DROP DATABASE $target");
}
# schema and data apart
value('CREATE DATABASE apart');
command_ok([ 'pg_dump', '--schema-only', '-f', "$folder/schema.sql", '-d', $node->connstr('source') ], 'pg_dump of the schema');
command_ok([ 'pg_dump', '--data-only', '-f', "$folder/data.sql", '-d', $node->connstr('source') ], 'pg_dump of the data');
command_ok([ 'psql', '-XqAt', '-v', 'ON_ERROR_STOP=1', '-o', '/dev/null', '-d', $node->connstr('apart'), '-f', "$folder/schema.sql", '-f', "$folder/data.sql", '-c', 'REFRESH MATERIALIZED VIEW public.totals' ], 'restore of both');
is(fingerprint('apart'), $source, 'the same after a restore of schema and data apart');

# a dump of UTF-8 into a database of another encoding, as far as its letters reach
value(q{CREATE DATABASE russian ENCODING 'KOI8R' LOCALE 'C' TEMPLATE template0});
command_ok([ 'pg_dump', '-t', 'russian', '-f', "$folder/russian.sql", '-d', $node->connstr('source') ], 'pg_dump of one table');
value('CREATE EXTENSION kzcluster CASCADE', 'russian');
command_ok([ 'psql', '-XqAt', '-v', 'ON_ERROR_STOP=1', '-o', '/dev/null', '-d', $node->connstr('russian'), '-f', "$folder/russian.sql" ], 'restore into KOI8-R');
value("SET client_encoding = UTF8; COPY russian FROM '$folder/russian.bin' (FORMAT binary)", 'russian');
is(value(q{SET client_encoding = UTF8; SELECT count(DISTINCT m), count(*), min(m::text) FROM russian}, 'russian'),
	'1|2|{"rows":["Караганда"],"cols":["Добыча"],"cells":[[0,0,1e+20]],"partial":[[2,0,0.1]]}', 'the labels in another encoding, text and binary');

$node->stop;
done_testing();
