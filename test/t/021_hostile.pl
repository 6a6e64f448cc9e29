# Bytes and texts that are no matrix: every truncation, every flipped bit, every number of the wire format that may
# hurt, thousands of mutations. Each is refused with an SQLSTATE of the documented ones or read as a matrix that
# writes itself back; the server lives, and no memory stays behind.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('hostile');
$node->init;
$node->append_conf('postgresql.conf', $ENV{KZ_SERVER_CONF}) if $ENV{KZ_SERVER_CONF};
$node->append_conf('postgresql.conf', 'fsync = off');
$node->start;
$node->safe_psql('postgres', 'CREATE EXTENSION kzcluster CASCADE; CREATE TABLE received (m kz_matrix)');

# What a query returns, as text.
sub value { return $node->safe_psql('postgres', shift) }

# Writes payloads as files of COPY BINARY, one row of one field each, and returns their folder.
my $folders = 0;
sub spill
{
	my $folder = $node->basedir . '/payloads' . $folders++;
	mkdir $folder or die;
	my $i = 0;
	for my $bytes (@_)
	{
		open my $out, '>:raw', "$folder/" . $i++ or die;
		print $out "PGCOPY\n\377\r\n\0", pack('NNnN', 0, 0, 1, length $bytes), $bytes, pack('n', 0xffff);
		close $out;
	}
	return ($folder, $i);
}

# Receives each payload in a subtransaction of one session and returns what came of them as 'state count, ...', by how
# many kB the backend grew after the first half of them, and how many of those accepted do not come back from text,
# jsonb and bytes.
sub receive
{
	my ($folder, $count) = spill(@_);
	value('TRUNCATE received');
	my $said = value(qq{
		CREATE TEMPORARY TABLE outcome (state text);
		CREATE TEMPORARY TABLE memory (kb bigint);
		CREATE FUNCTION pg_temp.rss() RETURNS bigint LANGUAGE sql AS
		\$\$ SELECT substring(pg_read_file('/proc/' || pg_backend_pid() || '/status') FROM 'VmRSS:\\s*(\\d+)')::bigint \$\$;
		DO \$do\$
		BEGIN
			FOR i IN 0..@{[$count - 1]} LOOP
				BEGIN
					EXECUTE format('COPY received FROM %L (FORMAT binary)', '$folder/' || i);
					INSERT INTO outcome VALUES ('accepted');
				EXCEPTION WHEN OTHERS THEN
					INSERT INTO outcome VALUES (SQLSTATE || CASE WHEN SQLSTATE LIKE 'XX%' THEN ' ' || SQLERRM ELSE '' END);
				END;
				IF i = @{[int($count / 2)]} THEN INSERT INTO memory VALUES (pg_temp.rss()); END IF;
			END LOOP;
			INSERT INTO memory VALUES (pg_temp.rss());
		END \$do\$;
		SELECT string_agg(state || ' ' || n, ', ' ORDER BY state) FROM (SELECT state, count(*) AS n FROM outcome GROUP BY state) s;
		SELECT max(kb) - min(kb) FROM memory;
		SELECT count(*) FROM received WHERE m <> m::text::kz_matrix OR m <> m::jsonb::kz_matrix OR kz_matrix_send(m) <> kz_matrix_send(m::text::kz_matrix);
	});
	my ($states, $growth, $wrong) = split /\n/, $said;
	return ($states, $growth, $wrong);
}

# What may come of hostile bytes: 08P01 is the server's own for a message that ends too early, 22021 for bytes that are
# no text.
sub only_documented
{
	my ($states, $name) = @_;
	my @other = grep { !/^(?:accepted|22P03|22000|22003|54000|08P01|22021) \d+$/ } split /, /, $states;
	is_deeply(\@other, [], "$name: $states");
}

sub check
{
	my $name = shift;
	my ($states, $growth, $wrong) = receive(@_);
	only_documented($states, $name);
	is($wrong, 0, "$name: what is accepted comes back from text, jsonb and bytes");
	cmp_ok($growth, '<=', 1024, "$name: the backend does not grow");
}

my %matrix = (
	final => '{"rows":["Abai","Алматы"],"cols":["B","C"],"cells":[[0,0,1.5],[0,1,null,2],[1,1,-1e100]]}',
	partial => '{"rows":["","Abai"],"cols":["B","C"],"cells":[[0,0,1e17],[0,1,null],[1,0,3]],"partial":[[2,0,1],[3,2],[0,-1]]}');

for my $name (sort keys %matrix)
{
	my $bytes = pack 'H*', value("SELECT encode(kz_matrix_send('$matrix{$name}'), 'hex')");
	my $length = length $bytes;
	cmp_ok($length, '<', 250, "$name: $length bytes");

	check("$name, unchanged and with bytes too many", $bytes, $bytes . "\0", $bytes . $bytes);
	check("$name, truncated", map { substr $bytes, 0, $_ } 0 .. $length - 1);
	check("$name, a bit flipped", map { my $copy = $bytes; vec($copy, $_, 1) ^= 1; $copy } 0 .. $length * 8 - 1);
	# every aligned and unaligned word set to what may hurt
	my @words;
	for my $at (0 .. $length - 4)
	{
		for my $word (0, 3, 0x7fffffff, 0xffffffff)
		{
			my $copy = $bytes;
			substr($copy, $at, 4) = pack 'N', $word;
			push @words, $copy;
		}
	}
	check("$name, a word of it " . @words . " times", @words);
}

# random mutations: bytes replaced, cut out, doubled; the seed is fixed, so that a failure can be seen again
srand 1;
my @seeds = map { pack 'H*', value("SELECT encode(kz_matrix_send('$_'), 'hex')") } sort values %matrix;
my @mutants;
for (1 .. 1500)
{
	my $copy = $seeds[rand @seeds];
	for (0 .. rand 4)
	{
		my $at = int rand length $copy;
		my $kind = int rand 4;
		if ($kind == 0) { substr($copy, $at, 1) = chr rand 256 }
		elsif ($kind == 1) { substr($copy, $at, 1 + rand 9) = '' }
		elsif ($kind == 2) { substr($copy, $at, 0) = substr($copy, rand length $copy, 1 + rand 20) }
		else { substr($copy, $at, 8) = pack 'd>', (0, -0.0, 1e300, 'NaN', 'Inf', 5e-324)[rand 6] }
	}
	push @mutants, $copy;
}
check('mutated', @mutants);

# counts that promise much and bring nothing do not allocate: under a small limit each is refused for what it is
check('promises', map { pack('CCN', 1, 0, $_) . "\0" x 16 } 5, 1000, 0x10000, 0x7fffffff, 0xffffffff);

# texts: mutated in the server, in one session
for my $name (sort keys %matrix)
{
	my $states = value(qq{
		CREATE TEMPORARY TABLE outcome (state text);
		SELECT setseed(0.5);
		DO \$do\$
		DECLARE
			t text;
			m kz_matrix;
			alphabet text := '{}[],:"0123456789-+.eEnulrowscepati\\/ ';
		BEGIN
			FOR i IN 1..2000 LOOP
				t := '$matrix{$name}';
				FOR k IN 0..(random() * 3)::int LOOP
					t := overlay(t PLACING CASE WHEN random() < 0.3 THEN '' ELSE substr(alphabet, (random() * length(alphabet))::int, 1) END
						FROM 1 + (random() * length(t))::int FOR (random() * 2)::int);
				END LOOP;
				BEGIN
					m := t::kz_matrix;
					IF m::text::kz_matrix <> m THEN RAISE EXCEPTION 'does not come back: %', t; END IF;
					INSERT INTO outcome VALUES ('accepted');
				EXCEPTION WHEN OTHERS THEN
					INSERT INTO outcome VALUES (SQLSTATE || CASE WHEN SQLSTATE ~ '^(XX|P0)' THEN ' ' || SQLERRM ELSE '' END);
				END;
			END LOOP;
		END \$do\$;
		SELECT string_agg(state || ' ' || n, ', ' ORDER BY state) FROM (SELECT state, count(*) AS n FROM outcome GROUP BY state) s;
	});
	$states =~ s/^\n//;
	my @other = grep { !/^(?:accepted|22P02|22000|22003|22P05|54000) \d+$/ } split /, /, $states;
	is_deeply(\@other, [], "$name as text, mutated: $states");
}

# a value that lies on disk and is no matrix, which takes a superuser and a cast that the product does not have: any
# error, but no crash
value(q{
	CREATE TYPE hostile;
	CREATE FUNCTION hostile_in(cstring) RETURNS hostile LANGUAGE internal IMMUTABLE STRICT AS 'byteain';
	CREATE FUNCTION hostile_out(hostile) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'byteaout';
	CREATE TYPE hostile (INPUT = hostile_in, OUTPUT = hostile_out, INTERNALLENGTH = variable, ALIGNMENT = double, STORAGE = external);
	CREATE CAST (kz_matrix AS hostile) WITHOUT FUNCTION;
	CREATE CAST (hostile AS kz_matrix) WITHOUT FUNCTION;
	CREATE TABLE corrupt (m hostile);
});
for my $name (sort keys %matrix)
{
	my ($status, $out, $err) = $node->psql('postgres', qq{
		TRUNCATE corrupt;
		INSERT INTO corrupt SELECT set_bit(b, i, 1 - get_bit(b, i))::text::hostile
		FROM (SELECT '$matrix{$name}'::kz_matrix::hostile::text::bytea AS b) s, generate_series(0, octet_length(b) * 8 - 1) i;
		INSERT INTO corrupt SELECT substr(b, 1, i)::text::hostile
		FROM (SELECT '$matrix{$name}'::kz_matrix::hostile::text::bytea AS b) s, generate_series(0, octet_length(b)) i;
		CREATE TEMPORARY TABLE outcome (state text);
		DO \$do\$
		DECLARE
			r record;
			call text;
			calls text[] := '{"kz_total(m)","kz_dims(m)","kz_row_labels(m)","kz_col_labels(m)","kz_transpose(m)","m + m","m - m","m * 2","m * kz_transpose(m)","m::text",
				"m::jsonb","kz_matrix_send(m)","m = m","kz_matrix_hash(m)","kz_rows(m, ''{Abai}'')","kz_cols(m, ''{B}'')","kz_value(m, ''Abai'', ''B'')","kz_location_quotient(m, ''Abai'', ''B'')",
				"(SELECT count(*) FROM kz_cells(m, true))","(SELECT count(*) FROM kz_row_totals(m))","(SELECT count(*) FROM kz_col_totals(m))","(SELECT count(*) FROM kz_coefficients(m))","(SELECT kz_matrix_sum(x) FROM (VALUES (m), (m)) v (x))"}';
		BEGIN
			FOR r IN SELECT m::kz_matrix AS m FROM corrupt LOOP
				FOREACH call IN ARRAY calls LOOP
					BEGIN
						EXECUTE 'SELECT ' || call || ' FROM (SELECT \$1 AS m) s' USING r.m;
						INSERT INTO outcome VALUES ('accepted');
					EXCEPTION WHEN OTHERS THEN
						INSERT INTO outcome VALUES (SQLSTATE || CASE WHEN SQLSTATE = 'XX000' THEN ' ' || SQLERRM ELSE '' END);
					END;
				END LOOP;
			END LOOP;
		END \$do\$;
		SELECT string_agg(state || ' ' || n, ', ' ORDER BY state) FROM (SELECT state, count(*) AS n FROM outcome GROUP BY state) s;
	});
	is($status, 0, "$name: corrupt on disk: no crash" . ($status == 0 ? ": $out" : ''));
	last if $status != 0;
}

# the same to every function and aggregate that takes a matrix, as the catalog lists them, in each place that takes one: a value
# that is cut off is always refused, but by what compares bytes; any other corruption is, or does no harm
my ($status, $out) = $node->psql('postgres', q{
	CREATE TABLE bad AS SELECT substr(b, 1, octet_length(b) - 8)::text::hostile AS m, true AS cut, 0 AS i FROM (SELECT '{"rows":["a","b"],"cols":["x","y"],"cells":[[0,0,1],[0,1,2],[1,0,3]]}'::kz_matrix::hostile::text::bytea AS b) s;
	INSERT INTO bad SELECT m, false, row_number() OVER () FROM corrupt;
	SET search_path = public, pg_temp;
	CREATE TABLE found (signature text, place integer, state text);
	DO $do$
	DECLARE
		f record;
		b record;
		arguments text;
	BEGIN
		FOR f IN SELECT p.*, p.oid::regprocedure::text AS signature, proargtypes::regtype[] AS types, place
			FROM pg_proc p JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
				JOIN pg_extension e ON d.refclassid = 'pg_extension'::regclass AND e.oid = d.refobjid AND e.extname = 'kzcluster', generate_series(1, pronargs) place
			WHERE proargtypes[place - 1] IN ('kz_matrix'::regtype, 'kz_matrix[]'::regtype) AND proname !~ '^kz_matrix_(agg_|sum_)?(transition|inverse|combine|final|partial_final)$' LOOP
			SELECT string_agg(CASE WHEN f.proargnames[n] <> '' AND f.prokind = 'f' THEN quote_ident(f.proargnames[n]) || ' => ' ELSE '' END || CASE
				WHEN n = f.place THEN CASE f.types[n - 1] WHEN 'kz_matrix'::regtype THEN '$1' ELSE 'ARRAY[$1, $1]' END
				WHEN f.types[n - 1] = 'kz_matrix'::regtype THEN '''{"rows":["a","b"],"cols":["x","y"],"cells":[[0,0,1],[0,1,2],[1,0,3]]}''::kz_matrix'
				WHEN f.types[n - 1] = 'kz_matrix[]'::regtype THEN '(SELECT ARRAY[x, x] FROM (SELECT ''{"rows":["a"],"cols":["x"],"cells":[[0,0,1]]}''::kz_matrix AS x) s)'
				WHEN f.types[n - 1] IN ('float8'::regtype, 'integer'::regtype, 'bigint'::regtype) THEN '1' WHEN f.types[n - 1] = 'boolean'::regtype THEN 'true'
				WHEN f.types[n - 1] = 'text[]'::regtype THEN '''{x}''' WHEN f.types[n - 1] = '"any"'::regtype THEN CASE WHEN f.proargnames[n] IN ('row', 'region') THEN '''a''::text' ELSE '''x''::text' END
				ELSE CASE f.proargnames[n] WHEN 'start' THEN '''x''' WHEN 'finish' THEN '''y''' ELSE '''a''' END END, ', ' ORDER BY n) INTO arguments
			FROM generate_series(1, f.pronargs) n WHERE n <= f.pronargs - f.pronargdefaults OR n = f.place;
			FOR b IN SELECT * FROM bad WHERE cut OR i % 211 = f.oid::bigint % 211 LOOP
				BEGIN
					EXECUTE format('SELECT count(r::text) FROM (SELECT %s(%s) AS r) s', f.proname, arguments) USING b.m::kz_matrix;
					INSERT INTO found SELECT f.signature, f.place, 'accepted ' || b.cut;
				EXCEPTION WHEN OTHERS THEN
					INSERT INTO found SELECT f.signature, f.place, SQLSTATE || ' ' || b.cut;
				END;
			END LOOP;
		END LOOP;
	END $do$;
	SELECT count(DISTINCT signature), count(*) > 1000 FROM found;
	SELECT signature, place, state FROM found WHERE state = 'accepted true' AND signature !~ '^kz_matrix_(cmp|eq|ne|lt|le|gt|ge|hash|hash_extended)\(' OR state LIKE 'XX000%' ORDER BY 1, 2});
is($status, 0, 'every function: no crash');
my ($functions, @careless) = split /\n/, $out;
like($functions, qr/^\d\d+\|t$/, "every function: $functions");
is(join("\n", @careless), '', 'every function refuses a matrix that is cut off');

is(($node->psql('postgres', 'SELECT 1'))[1], 1, 'the server lives');
$node->stop;
done_testing();
