# Every function and aggregate of the extension, as the catalog lists them, with values that hurt: empty matrices, of one
# cell, all zero, suppressed or negative, near the limits, labels that are empty, long or full of quotes; arrays that are
# states and arrays that only look so. What comes is a result without NaN or infinity, the same in a parallel worker,
# or an error of a documented kind; never XX000, never a crash.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('no_crash');
$node->init;
$node->append_conf('postgresql.conf', $ENV{KZ_SERVER_CONF}) if $ENV{KZ_SERVER_CONF};
$node->append_conf('postgresql.conf', "fsync = off\njit = off\nclient_min_messages = warning\nwork_mem = '64MB'");
$node->start;
my $rounds = $ENV{KZ_ROUNDS} // 12;
my $seed = $ENV{KZ_SEED} // 0.25;

# What a query returns, as text.
sub value { return $node->safe_psql('postgres', shift) }

value('CREATE EXTENSION kzcluster CASCADE');
value(q{
	-- matrices that share labels: of each shape all kinds of values
	CREATE TABLE label (shape text, r text, c text, k integer);
	INSERT INTO label VALUES ('one', 'a', 'x', 0);
	INSERT INTO label SELECT 'full', r, c, row_number() OVER () FROM unnest('{a,b,c,d}'::text[]) r, unnest('{x,y,z,w,v}'::text[]) c;
	INSERT INTO label SELECT 'sparse', r, c, k FROM label WHERE shape = 'full' AND k % 3 > 0;
	INSERT INTO label SELECT 'row', r, c, k FROM label WHERE shape = 'full' AND r = 'a';
	INSERT INTO label SELECT 'column', r, c, k FROM label WHERE shape = 'full' AND c = 'x';
	INSERT INTO label SELECT 'regions', r, s, row_number() OVER () FROM unnest('{a,b,c,d}'::text[]) r, unnest('{a,b,c,d}'::text[]) s WHERE r <> s;
	INSERT INTO label SELECT 'industries', r, s, row_number() OVER () FROM unnest('{x,y,z,w,v}'::text[]) r, unnest('{x,y,z,w,v}'::text[]) s WHERE r <> s;
	INSERT INTO label SELECT 'attributes', r, c, row_number() OVER () FROM unnest('{a,b,c,d}'::text[]) r, unnest('{gross_product,population,area,"low"}'::text[]) c;
	INSERT INTO label SELECT 'hierarchy', c, CASE WHEN c IN ('x', 'y') THEN 'z' ELSE 'top' END, 0 FROM unnest('{x,y,z,w}'::text[]) c;
	INSERT INTO label SELECT 'loop', c, translate(c, 'xyzw', 'yzwx'), 0 FROM unnest('{x,y,z,w}'::text[]) c;
	INSERT INTO label SELECT 'coefficients', c, r, row_number() OVER () FROM unnest('{lq,cs,pc}'::text[]) c, unnest('{x,y,z,w,v}'::text[]) r;
	INSERT INTO label SELECT 'periods', r, c, row_number() OVER () FROM unnest('{a,b,c,d}'::text[]) r, unnest('{2019,2020,2022.5}'::text[]) c;
	INSERT INTO label SELECT 'directions', r, c, row_number() OVER () FROM unnest('{a,b,c,d}'::text[]) r, unnest('{up,down,flat}'::text[]) c;
	INSERT INTO label SELECT 'hostile', r, c, row_number() OVER ()
	FROM (VALUES (''), (E'"\\'\n\\\t;-- %s $1'), (E'\u0001<&>'), (repeat('я', 300))) r (r), (VALUES (''), (E'''); DROP TABLE label; --'), ('x'), (repeat('"', 300))) c (c);
	INSERT INTO label SELECT 'long', r, c, row_number() OVER () FROM unnest(ARRAY['a', repeat('l', 65000), repeat('l', 65000) || 'm']) r, unnest(ARRAY['x', repeat('c', 65000)]) c;
	INSERT INTO label SELECT 'large', 'a' || i, 'x' || j, i * j FROM generate_series(1, 40) i, generate_series(1, 30) j WHERE (i * j) % 7 > 0;
	CREATE TABLE kind (kind text, shift integer, val float8[]);
	INSERT INTO kind VALUES ('counts', 0, '{3,1,4,15,9,2,6,5,35,8}'), ('zero', 0, '{0}'), ('suppressed', 0, '{NULL}'), ('negative', 0, '{-3,-1,-4.5,-15}'),
		('one', 0, '{1}'), ('mixed', 0, '{1,0,NULL,-2,1e-300,7.25,1e200,0,3,NULL,12}'), ('huge', 0, '{9.7e288,9e288,8e288}'), ('huge and negative', 0, '{9.7e288,-9.7e288,9e288,1}'),
		('tiny', 0, '{5e-324,1e-310,2e-308}'), ('far apart', 0, '{9.7e288,5e-324,1}'), ('shares', 0, '{0.1,0.2,0.3,0.4,0.7}'), ('other counts', 3, '{3,1,4,15,9,2,6,5,35,8}'),
		('some suppressed', 0, '{12,NULL,7,4,0,9,3}'), ('beyond integers', 0, '{9007199254740993,18014398509481985,4294967296}');
	CREATE TABLE matrix AS SELECT shape, kind, kz_matrix_agg(r, c, val[1 + (k + shift) % cardinality(val)]) AS m FROM label, kind GROUP BY shape, kind;
	INSERT INTO matrix SELECT 'empty', 'empty', '{"rows":[],"cols":[],"cells":[]}';
	INSERT INTO matrix SELECT shape, 'partial', kz_matrix_partial_agg(r, c, 0.1 * k) FROM label, generate_series(1, 3) GROUP BY shape;
	INSERT INTO matrix SELECT 'empty', 'partial', m - m FROM matrix WHERE kind = 'partial' AND shape = 'full';
	INSERT INTO matrix SELECT 'overdrawn', 'partial', a.m - b.m - b.m FROM matrix a, matrix b WHERE a.kind = 'partial' AND a.shape = 'full' AND b.kind = 'partial' AND b.shape = 'sparse';
	-- those that functions expect, and that nothing is wrong with
	CREATE TABLE facts AS SELECT r, c, k::float8 AS v, 'lq' AS p FROM label WHERE shape IN ('full', 'hostile');
	CREATE TABLE state (a float8[], intact boolean DEFAULT false);
});

# states of the aggregates, as they are and with one number of them changed, and other arrays
value(q{
	DO $do$
	DECLARE
		f record;
	BEGIN
		FOR f IN SELECT p.proname, p.pronargs, p.proargtypes::regtype[] AS types FROM pg_proc p WHERE proname ~ '^kz_.*_transition$' AND prorettype = 'float8[]'::regtype LOOP
			EXECUTE format('CREATE AGGREGATE pg_temp.state_of_%s_%s (%s) (SFUNC = %I, STYPE = float8[])', f.proname, f.pronargs, array_to_string(f.types[1:], ','), f.proname);
			EXECUTE format('INSERT INTO state SELECT pg_temp.state_of_%s_%s(%s), true FROM generate_series(1, 5) i', f.proname, f.pronargs, array_to_string(ARRAY(
				SELECT CASE t WHEN 'float8'::regtype THEN CASE WHEN n = 1 OR f.proname LIKE '%trend%' AND n = 2 THEN 'i' WHEN f.proname ~ 'theil|trend|sample' THEN '2' ELSE '2' END
					WHEN 'text'::regtype THEN CASE WHEN f.proname LIKE '%cv%' THEN '''population''' ELSE '''slope''' END WHEN 'boolean'::regtype THEN 'true' WHEN 'integer'::regtype THEN '2'
					ELSE '''group '' || i % 2' END FROM unnest(f.types[1:]) WITH ORDINALITY u (t, n) ORDER BY n), ','));
		END LOOP;
	END $do$;
	INSERT INTO state SELECT a[1:place - 1] || val || a[place + 1:] FROM state, generate_series(1, 12) place, unnest('{-1,0,1,2,3,9,0.5,NaN,Infinity,1e300,2147483647,4294967296,281474976710656}'::float8[]) val ORDER BY md5(a::text || place || val) LIMIT 2500;
	INSERT INTO state SELECT a[1:n] FROM state, generate_series(0, 9) n WHERE intact;
	INSERT INTO state VALUES ('{}'), ('{NULL}'), ('{1,2}'), ('{{1,0,0,1,0,5}}'), ('[-3:2]={1,0,0,1,0,5}'), ('{NaN}'), ('{1,0,0,1,0,NULL}'), ('{1e308,-1e308}'), ('{3,2,1,-1}'), ('{Infinity,1}')
});

my $states = value('SELECT count(*) FROM state WHERE intact');
value(q{
	ALTER TABLE matrix ADD id serial;
	ALTER TABLE state ADD id serial;
	-- what an argument may be, by its type and name: words that are likely right, and others
	CREATE TABLE word (type regtype, name text, harmless text[], others text[]);
	INSERT INTO word VALUES
		('float8', '^(p|p_value|probability|confidence|.*percentile|minimum_share|rounding_error)$', '{0.5,0.9,0.05}', ARRAY['NULL', '0', '1', '-1', '''NaN''', '1e-300', '0.99999999999999989']), ('float8', 'period', '{2019,2020.5,1}', ARRAY['NULL', '0', '-1', '9.7e288', '''Infinity''']),
		('float8', '.', '{1,0.5,2,3}', ARRAY['NULL', '0', '-0.0', '1', '-1', '0.5', '2', '100', '''NaN''', '''Infinity''', '''-Infinity''', '1e308', '9.7e288', '-9.7e288', '5e-324', '1e-310', '4503599627370497', '1e17', '0.99999999999999989']),
		('integer', '.', '{1,2,3}', '{NULL,0,1,-1,2,17,300,2147483647,(-2147483648)}'),
		('bigint', '.', '{1,2,3}', '{NULL,0,1,-1,2,9223372036854775807}'),
		('boolean', '.', '{true,false}', '{true,false,NULL}'),
		('text[]', '.', ARRAY['''{x,y}''', '''{a,b}'''], ARRAY['''{}''', '''{NULL}''', '''{nowhere}''', '''{x,x}''', '''{{x,y},{z,w}}''', 'NULL']),
		('jsonb', '.', ARRAY['''{"rows":["a"],"cols":["x"],"cells":[[0,0,1]]}'''], ARRAY['''{}''', '''[]''', '''null''', '''{"rows":1}''', 'NULL']),
		('cstring', '.', ARRAY['''{"rows":["a"],"cols":["x"],"cells":[[0,0,1]]}'''], ARRAY['''{}''', '''''', 'NULL']),
		('"any"', 'col|industry', ARRAY['''x''', '''y'''], ARRAY['NULL', '''''', '''a''', 'repeat(''c'', 65000)']),
		('"any"', '.', ARRAY['''a''', '''b'''], ARRAY['NULL', '''''', 'repeat(''l'', 65000)', 'repeat(''l'', 66000)']),
		('regclass', '.', ARRAY['''facts'''], ARRAY['''facts''', 'NULL']),
		('name', 'period', ARRAY['''p'''], ARRAY['''nothing''', '''v''', 'NULL']), ('name', 'region', ARRAY['''r'''], ARRAY['''nothing''', 'NULL']),
		('name', 'value', ARRAY['''v'''], ARRAY['''r''', 'NULL']), ('name', '.', ARRAY['''c'''], ARRAY['''nothing''', 'NULL']),
		('text', '^(start|finish)$', ARRAY['''2019''', '''2020''', '''2022.5'''], ARRAY['''x''', '''''', 'NULL']), ('text', '^region$', ARRAY['''a''', '''b'''], ARRAY['''nowhere''', 'NULL']),
		('text', '.', ARRAY['DEFAULT', 'NULL'], ARRAY(SELECT quote_literal(w) FROM unnest('{"",total,rest,mean,pairs,uniform,area,hoover,gini,gini_unweighted,theil,krugman,variance,chi2,herfindahl,region,industry,cell,rates,undefined,
			base,all,pair,slope,last_step,population,standardized,standardized_log,symmetric,log,normalized,additive,excess,nonsense}'::text[]) w));
	-- the same of matrices: which shapes
	CREATE TABLE wanted (name text, shapes text[]);
	INSERT INTO wanted VALUES ('attributes', '{attributes}'), ('region_totals', '{column}'), ('^low$|^high$', '{sparse,full}'), ('industry_totals', '{row}'), ('weights|distance|relatedness', '{regions,industries}'),
		('hierarchy|classification', '{hierarchy}'), ('directions', '{directions}'), ('reference', '{row,full}'), ('digits', '{coefficients,full}'), ('.', '{full,sparse,periods,coefficients}');
	CREATE FUNCTION argument(type regtype, name text, good boolean) RETURNS text LANGUAGE plpgsql AS $$
	DECLARE
		wanted_shapes text[] := (SELECT w.shapes FROM wanted w WHERE argument.name ~ w.name ORDER BY w.ctid LIMIT 1);
		answer text;
	BEGIN
		IF type = 'kz_matrix'::regtype THEN
			SELECT format('(SELECT m FROM matrix WHERE id = %s)', id) INTO answer FROM matrix
			WHERE CASE WHEN good THEN shape = ANY (wanted_shapes) AND matrix.kind IN ('counts', 'other counts', 'some suppressed', 'shares') ELSE shape = ANY (wanted_shapes) OR random() < 0.3 END ORDER BY random() LIMIT 1;
			RETURN CASE WHEN good OR random() < 0.97 THEN answer ELSE 'NULL::kz_matrix' END;
		ELSIF type = 'kz_matrix[]'::regtype THEN
			RETURN CASE WHEN good OR random() < 0.9 THEN format('ARRAY[%s, %s, %s]', argument('kz_matrix', name, good), argument('kz_matrix', name, good), argument('kz_matrix', name, good)) ELSE '''{}''::kz_matrix[]' END;
		ELSIF type = 'float8[]'::regtype THEN
			RETURN format('(SELECT a FROM state WHERE id = %s)', 1 + trunc(random() * CASE WHEN good THEN $states ELSE 3000 END));
		END IF;
		SELECT words[1 + trunc(random() * cardinality(words))] INTO answer
		FROM (SELECT CASE WHEN good THEN harmless ELSE others END AS words FROM word w WHERE w.type = argument.type AND argument.name ~ w.name ORDER BY w.ctid LIMIT 1) s;
		RETURN CASE WHEN answer = 'DEFAULT' THEN answer ELSE coalesce(answer, 'NULL') || '::' || CASE WHEN type = '"any"'::regtype THEN 'text' ELSE type::text END END;
	END $$;
	-- what comes of a query: its state; that of a result its digest, and whether there is a number in it that must not be
	CREATE FUNCTION outcome(query text) RETURNS text LANGUAGE plpgsql AS $$
	DECLARE
		answer text;
	BEGIN
		EXECUTE 'SELECT md5(string_agg(r::text, chr(10))) || CASE WHEN bool_or(r::text ~ ''(NaN|Infinity)'') THEN '' NOT A NUMBER'' ELSE '''' END FROM (' || query || ') s' INTO answer;
		RETURN 'ok ' || coalesce(answer, '');
	EXCEPTION WHEN OTHERS THEN
		RETURN SQLSTATE || ' ' || SQLERRM;
	END $$;
	CREATE TABLE called (signature text, form text, query text, outcome text, at timestamptz DEFAULT clock_timestamp(), id serial)} =~ s{\$states}{$states}r);

# Runs a DO block that makes calls, and says whether the server lived.
sub run
{
	my ($name, $script) = @_;
	my ($status, $out, $err) = $node->psql('postgres', "SET search_path = public;\n$script");
	is($status, 0, "$name: no crash") or diag($err, value('SELECT query FROM called ORDER BY ctid DESC LIMIT 1'));
}

# The functions: of each, some calls with one bad argument and some with several.
my $members = q{(SELECT p.*, p.oid::regprocedure::text AS signature, proargtypes::regtype[] AS types FROM pg_proc p JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
		JOIN pg_extension e ON d.refclassid = 'pg_extension'::regclass AND e.oid = d.refobjid AND e.extname = 'kzcluster'
	WHERE pronargs > 0 AND NOT proargtypes::regtype[] && '{internal,geometry,geometry[],box[]}'::regtype[])};
run('functions', qq{
	DO \$do\$
	DECLARE
		f record;
		list text;
		call text;
	BEGIN
		FOR f IN SELECT * FROM $members s WHERE prokind = 'f' AND (prolang = (SELECT oid FROM pg_language WHERE lanname = 'c') OR signature ~ '^kz_(check|svg_(text|lines|escape))') ORDER BY signature COLLATE "C" LOOP
			PERFORM setseed($seed * hashtext(f.signature) / 2147483648.0); -- the calls of one function do not depend on what others there are
			FOR i IN 1..CASE WHEN f.proname ~ '_(transition|inverse|combine)\$' THEN 5 WHEN f.types = '{float8[]}' THEN $states + $rounds ELSE $rounds + $rounds / 5 * f.pronargs END LOOP
				SELECT string_agg(CASE WHEN f.proargnames[n] <> '' THEN quote_ident(f.proargnames[n]) || ' => ' || a ELSE a END, ', ' ORDER BY n) INTO list
				FROM (SELECT n, CASE WHEN good AND n > f.pronargs - f.pronargdefaults AND random() < 0.6 THEN 'DEFAULT' ELSE argument(f.types[n - 1], coalesce(nullif(f.proargnames[n], ''), 'x'), good) END AS a
					FROM (SELECT n, (i + n) % 4 > 0 AND (i > $rounds OR i % 2 = 0) OR i > $rounds AND i % f.pronargs <> n - 1 AS good FROM generate_series(1, f.pronargs) n) t) u
				WHERE a <> 'DEFAULT' OR n <= f.pronargs - f.pronargdefaults;
				list := replace(list, 'DEFAULT', '''some text''');
				IF f.types = '{float8[]}' AND i <= $states THEN list := format('(SELECT a FROM state WHERE id = %s)', i); END IF; -- what takes a state sees one of each kind
				call := format('SELECT %s(%s) AS r', f.proname, list);
				INSERT INTO called VALUES (f.signature, 'function', call, outcome(call));
			END LOOP;
		END LOOP;
	END \$do\$});

# The aggregates and window functions, over rows of which some are bad, in all the ways that they can be called.
run('aggregates', qq{
	DO \$do\$
	DECLARE
		f record;
		rows text;
		list text;
		forms text[];
		call text;
	BEGIN
		FOR f IN SELECT * FROM $members s WHERE prokind IN ('a', 'w') ORDER BY signature COLLATE "C" LOOP
			PERFORM setseed($seed / 2 * hashtext(f.signature) / 2147483648.0);
			SELECT string_agg('a' || n, ', ' ORDER BY n) INTO list FROM generate_series(1, f.pronargs) n;
			FOR i IN 1..$rounds / 3 LOOP
				SELECT string_agg('(' || k || ', ' || k % 2 || ', ' || a || ')', ', ' ORDER BY k) INTO rows FROM (
					SELECT k, string_agg(CASE
						WHEN n > 1 AND name = 'period' AND (i % 2 = 0 OR k <> i % 7) THEN k || '::float8'
						WHEN n > 1 AND name IN ('rule', 'kind', 'corrected', 'normalized', 'k', 'base', 'epsilon', 'alpha', 'q', 'tolerance') THEN CASE WHEN i = 1 OR i > 5 AND k = i % 7 THEN argument(type, name, false)
							ELSE CASE name WHEN 'rule' THEN '''slope''' WHEN 'kind' THEN '''population''' WHEN 'corrected' THEN 'true' WHEN 'normalized' THEN 'false' ELSE '2::' || type END END
						ELSE replace(argument(type, name, i % 3 = 0 OR k <> i % 7), 'DEFAULT', '''group ' || k % 2 || '''') END, ', ' ORDER BY n) AS a
					FROM generate_series(1, 6) k, LATERAL (SELECT n, f.types[n - 1] AS type, coalesce(nullif(f.proargnames[n], ''), 'x') AS name FROM generate_series(1, f.pronargs) n WHERE k > 0) t GROUP BY k) u;
				rows := format('(VALUES %s) v (k, g, %s)', rows, list);
				forms := CASE f.prokind WHEN 'a' THEN ARRAY['%1\$s(%2\$s)', '%1\$s(%2\$s) FILTER (WHERE k <> 3)', '%1\$s(DISTINCT %2\$s)', '%1\$s(%2\$s ORDER BY -k)'] ELSE '{}' END
					|| ARRAY['%1\$s(%2\$s) OVER ()', '%1\$s(%2\$s) OVER (PARTITION BY g)', '%1\$s(%2\$s) OVER (ORDER BY k ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING)',
						'%1\$s(%2\$s) OVER (ORDER BY k ROWS BETWEEN 3 PRECEDING AND 1 PRECEDING)', '%1\$s(%2\$s) OVER (ORDER BY k ROWS BETWEEN 2 PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE TIES)'];
				FOREACH call IN ARRAY forms LOOP
					call := 'SELECT ' || format(call, f.proname, list) || ' AS r FROM ' || rows;
					INSERT INTO called VALUES (f.signature, 'aggregate', call, outcome(call));
				END LOOP;
				call := format('SELECT %s(%s) AS r FROM %s GROUP BY GROUPING SETS ((g), (k), ()) ORDER BY g, k', f.proname, list, rows);
				IF f.prokind = 'a' THEN INSERT INTO called VALUES (f.signature, 'aggregate', call, outcome(call)); END IF;
			END LOOP;
		END LOOP;
	END \$do\$});

# What was called, again in a parallel worker where that is possible.
my $forced = value(q{SELECT name FROM pg_settings WHERE name IN ('force_parallel_mode', 'debug_parallel_query') ORDER BY name LIMIT 1});
run('in a parallel worker', qq{
	SET $forced = on;
	CREATE TABLE differs AS SELECT signature, query, outcome, again FROM (SELECT *, outcome(query) AS again FROM called WHERE id % CASE form WHEN 'aggregate' THEN 5 ELSE 10 END = 0 OFFSET 0) s WHERE outcome <> again});
is(value('SELECT signature, query, outcome, again FROM differs LIMIT 5'), '', 'the same in a parallel worker');

is(value(q{SELECT DISTINCT ON (signature, outcome) signature || ' ' || left(query, 1500) || ' ' || outcome FROM called WHERE outcome ~ '^XX'}), '', 'no internal errors');
is(value(q{SELECT DISTINCT ON (signature) signature || ' ' || left(query, 1500) FROM called WHERE outcome LIKE '%NOT A NUMBER' AND query !~ '(svg|_transition|_combine|_inverse)'}), '', 'no NaN, no infinity');
is( value(
		q{SELECT left(outcome, 5), count(*), min(left(query, 300)) FROM called
		WHERE left(outcome, 5) NOT IN ('22000', '22003', '22004', '22012', '22023', '22P02', '54000', '42704', '0A000', '21000', '2202E', '42703', '42804', '55000', '22P05', '22021', '23505', '3F000') AND outcome NOT LIKE 'ok%' GROUP BY 1}),
	'', 'no errors but those that are documented');
my $fruitless = q{SELECT signature FROM called WHERE signature !~ '_(transition|combine|inverse)\(' AND signature !~ '^kz_matrix_(partial_)?final' GROUP BY signature HAVING count(*) FILTER (WHERE outcome ~ '^ok .') = 0};
cmp_ok(value("SELECT count(*) FROM ($fruitless) s"), '<=', 60, 'of most functions some call came to a result') or diag(value($fruitless));
note(value(q{SELECT count(*), count(DISTINCT signature), count(*) FILTER (WHERE outcome LIKE 'ok%') FROM called}));
note(value(q{SELECT CASE WHEN outcome LIKE 'ok%' THEN 'ok' ELSE left(outcome, 5) END AS state, count(*) FROM called GROUP BY 1 ORDER BY 2 DESC}));

$node->stop;
done_testing();
