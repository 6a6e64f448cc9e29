# A database with a study, dumped and restored in every way: the extension in a schema of its own, PostGIS in
# another, nothing in the search_path, the study made by a role without rights beyond its own.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('dump');
$node->init;
$node->append_conf('postgresql.conf', $ENV{KZ_SERVER_CONF}) if $ENV{KZ_SERVER_CONF};
$node->append_conf('postgresql.conf', 'max_locks_per_transaction = 256');
$node->start;

# What a query in a database returns, as text.
sub value { my ($database, $query) = @_; return $node->safe_psql($database, $query) }

# A sum of everything in every view of the studies, and of who owns them and how they are made.
sub checksum
{
	my $database = shift;
	return value($database, q{
		SELECT format('SELECT %L, count(*), md5(string_agg(t::text, chr(10) ORDER BY t::text COLLATE "C")) FROM %I.%I AS t', n.nspname || '.' || c.relname, n.nspname, c.relname)
		FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE (n.nspname LIKE 'Study%' OR n.nspname = 'Made by hand') AND c.relkind IN ('v', 'm', 'r')
		ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C" \gexec
		SELECT string_agg(concat_ws('|', n.nspname, c.relname, c.relkind, c.reloptions, c.relowner::regrole, obj_description(c.oid), pg_get_indexdef(i.indexrelid),
			CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) END), chr(10) ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C")
		FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_index i ON i.indexrelid = c.oid
		WHERE n.nspname LIKE 'Study%';
		SELECT md5(string_agg(col_description(a.attrelid, a.attnum), chr(10) ORDER BY a.attrelid::regclass::text COLLATE "C", a.attnum))
		FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname LIKE 'Study%';
		SELECT md5("Kz.Cluster".kz_tile('Study: industry', 4, 10, 5)) || md5("Kz.Cluster".kz_tile('Study "all"', 4, 10, 5, 'clusters', period => '2023'));
		SELECT string_agg(obj_description(oid, 'pg_namespace'), ', ' ORDER BY nspname COLLATE "C") FROM pg_namespace WHERE nspname LIKE 'Study%'});
}

# the source: roles, three schemas, the demo's tables, two studies by a role that is not a superuser
value('postgres', 'CREATE ROLE office LOGIN');
$node->safe_psql('postgres', 'CREATE DATABASE source');
value('source', q{
	CREATE SCHEMA gis;
	CREATE EXTENSION postgis SCHEMA gis;
	CREATE SCHEMA "Kz.Cluster";
	CREATE EXTENSION kzcluster SCHEMA "Kz.Cluster";
	CREATE SCHEMA office AUTHORIZATION office;
	GRANT CREATE ON DATABASE source TO office;
	GRANT USAGE ON SCHEMA gis, "Kz.Cluster" TO office;
	ALTER DATABASE source SET search_path = ''});
$node->psql('source', "SET ROLE office;\nSET search_path = office, gis;\n\\i demo/load.sql\n", on_error_die => 1);
is(value('source', q{
	SELECT count(*) FROM office.gva}), '1984', 'the demo loads with PostGIS in another schema');

my $arguments = q{facts => 'office.gva', period_column => 'year', region_column => 'region_code', industry_column => 'section',
	value_column => 'gva_mln_kzt', attributes => 'office.region_year', gross_product_column => 'grp_mln_kzt', population_column => 'population_avg',
	regions => 'office.region', region_name_column => 'name_kk'};
$node->safe_psql('source', qq{
	SET ROLE office;
	SELECT "Kz.Cluster".kz_create_study('Study: industry', industries => '{B,C,DE}', $arguments);
	SELECT "Kz.Cluster".kz_create_study('Study "all"', rule => 'any', threshold => 1.25, trend_rule => 'slope', $arguments)});

# what a user makes of the functions: a generated column, indexes on expressions, views of all kinds, functions, an aggregate
$node->safe_psql('source', q{
	CREATE SCHEMA "Made by hand" AUTHORIZATION office;
	SET ROLE office;
	SET search_path = "Made by hand", "Kz.Cluster";
	CREATE TABLE matrices (year integer PRIMARY KEY, m kz_matrix NOT NULL, total float8 GENERATED ALWAYS AS (kz_total(m)) STORED, CHECK (kz_total(m) > 0));
	INSERT INTO matrices SELECT year, kz_matrix_agg(region_code, section, gva_mln_kzt) FROM office.gva GROUP BY year;
	CREATE INDEX ON matrices ((kz_total(m)), (kz_transpose(m)));
	CREATE INDEX ON matrices USING hash (m);
	CREATE VIEW specialized WITH (security_invoker = true) AS SELECT year, i.* FROM matrices, kz_specialization_index(m, projection => 'gini') i;
	CREATE MATERIALIZED VIEW profile AS SELECT year, p.region, p.krugman, p.leading_industry, p.status FROM matrices, kz_region_profile(m) p;
	CREATE UNIQUE INDEX ON profile (year, region COLLATE "C");
	CREATE MATERIALIZED VIEW inequality AS SELECT year, kz_gini(gva_mln_kzt) AS gini, kz_atkinson(gva_mln_kzt, 0.5) AS atkinson, kz_theil_between(gva_mln_kzt, section) AS between_sections FROM office.gva GROUP BY year;
	CREATE MATERIALIZED VIEW growth AS SELECT g.* FROM matrices a JOIN matrices b ON b.year = a.year + 1, kz_shift_share(a.m, b.m, by => 'industry') g;
	CREATE MATERIALIZED VIEW trend AS SELECT section, kz_trend(gva_mln_kzt, year, 'slope', 0.01) AS direction FROM (SELECT section, year, sum(gva_mln_kzt) AS gva_mln_kzt FROM office.gva GROUP BY 1, 2) s GROUP BY section;
	CREATE VIEW significant AS SELECT year, s.region, s.industry, kz_holm(s.poisson_p) OVER (PARTITION BY year) AS p
	FROM (SELECT year, kz_matrix_agg(region_code, section, round(gva_mln_kzt::numeric)::float8) AS m FROM office.gva GROUP BY year) y, kz_cell_significance(m) s;
	CREATE FUNCTION largest(matrix kz_matrix) RETURNS float8 IMMUTABLE BEGIN ATOMIC SELECT max(lq) FROM kz_coefficients(matrix); END;
	CREATE INDEX ON matrices (largest(m));
	CREATE AGGREGATE folded(kz_matrix) (SFUNC = kz_matrix_sum_transition, STYPE = kz_matrix, FINALFUNC = kz_matrix_final, COMBINEFUNC = kz_matrix_combine);
	CREATE MATERIALIZED VIEW all_years AS SELECT folded(m) AS m FROM matrices});
my $sum = checksum('source');
is(value('source', q{
	SELECT string_agg(region_name, ',' ORDER BY region) = (SELECT string_agg(name_kk, ',' ORDER BY region_code) FROM office.region WHERE region_code IN ('11', '35', '39', '55', '59', '63'))
	FROM "Study: industry".candidates WHERE year = 2023 AND industry = 'C'}), 't', 'a study works with an empty search_path');
like($sum, qr/^Study "all"\.candidates\|\d+\|/m, 'there is something to compare');

# Restores a dump by a command and checks that the copy equals the source and can be refreshed and dropped.
sub check
{
	my ($name, @command) = @_;
	value('postgres', 'DROP DATABASE IF EXISTS copy');
	value('postgres', 'CREATE DATABASE copy');
	$node->command_ok([@command], "$name: restores without an error");
	is(checksum('copy'), $sum, "$name: every view is the same");
	$node->safe_psql('copy', q{
		SET ROLE office;
		SET search_path = '';
		REFRESH MATERIALIZED VIEW CONCURRENTLY "Study: industry".coefficients;
		REFRESH MATERIALIZED VIEW CONCURRENTLY "Study: industry".clusters;
		REFRESH MATERIALIZED VIEW CONCURRENTLY "Made by hand".profile;
		REFRESH MATERIALIZED VIEW "Made by hand".inequality;
		SET search_path = pg_catalog, pg_temp;
		REFRESH MATERIALIZED VIEW "Made by hand".growth;
		REFRESH MATERIALIZED VIEW "Made by hand".trend;
		REFRESH MATERIALIZED VIEW "Made by hand".all_years});
	is(checksum('copy'), $sum, "$name: and is so after a refresh");
	$node->safe_psql('copy', q{SET ROLE office; SELECT "Kz.Cluster".kz_drop_study(n) FROM unnest(ARRAY['Study: industry', 'Study "all"']) n});
	is(value('copy', q{SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'Study%'}), '0', "$name: its studies can be dropped");
}

my $folder = PostgreSQL::Test::Utils::tempdir;
my @quiet = ('psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-o', '/dev/null');

$node->command_ok([ 'pg_dump', '-Fp', '-f', "$folder/plain.sql", 'source' ], 'plain dump');
check('plain', @quiet, '-d', 'copy', '-f', "$folder/plain.sql");
$node->command_ok([ 'pg_dump', '-Fc', '-f', "$folder/custom", 'source' ], 'custom dump');
check('custom', 'pg_restore', '-e', '-d', 'copy', "$folder/custom");
$node->command_ok([ 'pg_dump', '-Fd', '-j2', '-f', "$folder/directory", 'source' ], 'directory dump');
check('directory, two jobs', 'pg_restore', '-e', '-j2', '-d', 'copy', "$folder/directory");
$node->command_ok([ 'pg_dump', '-Fp', '--inserts', '-E', 'UTF8', '-f', "$folder/inserts.sql", 'source' ], 'dump as inserts');
check('inserts', @quiet, '-1', '-d', 'copy', '-f', "$folder/inserts.sql");

# schema and data apart: the views are empty until they are refreshed
$node->command_ok([ 'pg_dump', '-s', '-f', "$folder/schema.sql", 'source' ], 'schema dump');
$node->command_ok([ 'pg_dump', '-a', '-f', "$folder/data.sql", 'source' ], 'data dump');
value('postgres', 'DROP DATABASE copy');
value('postgres', 'CREATE DATABASE copy');
$node->command_ok([ @quiet, '-d', 'copy', '-f', "$folder/schema.sql" ], 'the schema restores');
$node->command_ok([ @quiet, '-c', 'SET session_replication_role = replica', '-d', 'copy', '-f', "$folder/data.sql" ], 'then the data');
$node->safe_psql('copy', q{
	SELECT format('REFRESH MATERIALIZED VIEW %I.%I', n, v) FROM unnest(ARRAY['Study: industry', 'Study "all"']) n, unnest(ARRAY['coefficients', 'clusters']) WITH ORDINALITY AS u (v, i) ORDER BY n, i \gexec
	SELECT format('REFRESH MATERIALIZED VIEW "Made by hand".%I', v) FROM unnest(ARRAY['profile', 'inequality', 'growth', 'trend', 'all_years']) v \gexec});
is(checksum('copy'), $sum, 'schema and data: every view is the same');

# to another owner
value('postgres', 'DROP DATABASE copy');
value('postgres', 'CREATE DATABASE copy');
$node->command_ok([ 'pg_restore', '-e', '--no-owner', '--no-privileges', '-d', 'copy', "$folder/custom" ], 'restores without owners');
is(value('copy', q{SELECT count(*), count(DISTINCT year) FROM "Study: industry".candidates}), value('source', q{SELECT count(*), count(DISTINCT year) FROM "Study: industry".candidates}), 'no owner: the candidates are there');

# without comments a study is no longer known as one, and is left alone
value('postgres', 'DROP DATABASE copy');
value('postgres', 'CREATE DATABASE copy');
$node->command_ok([ 'pg_restore', '-e', '--no-comments', '-d', 'copy', "$folder/custom" ], 'restores without comments');
my ($status, undef, $stderr) = $node->psql('copy', q{SELECT "Kz.Cluster".kz_drop_study('Study: industry')});
like($stderr, qr/schema "Study: industry" is not a study/, 'no comments: the schema is not taken for a study');

$node->stop;
done_testing();
