# A study that reads raw tables, with levels, vintages and a crosswalk, is dumped and restored like any other: the
# extension in a schema of its own, nothing in the search_path, the study made by a role without rights beyond its own.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('sources');
$node->init;
$node->append_conf('postgresql.conf', $ENV{KZ_SERVER_CONF}) if $ENV{KZ_SERVER_CONF};
$node->start;

sub value { my ($database, $query) = @_; return $node->safe_psql($database, $query) }

# everything in every view of the study, how the views are made, and what they say about themselves
sub contents
{
	return value(shift, q{
		SELECT format('SELECT %L, count(*), md5(string_agg(t::text, chr(10) ORDER BY t::text COLLATE "C")) FROM "Study: raw".%I AS t', relname, relname)
		FROM pg_class WHERE relnamespace = '"Study: raw"'::regnamespace AND relkind IN ('v', 'm') ORDER BY relname COLLATE "C" \gexec
		SELECT string_agg(concat_ws('|', relname, relkind, reloptions, relowner::regrole, obj_description(oid), pg_get_viewdef(oid)), chr(10) ORDER BY relname COLLATE "C")
		FROM pg_class WHERE relnamespace = '"Study: raw"'::regnamespace;
		SELECT "Kz.Cluster".kz_study_definition('Study: raw')});
}

value('postgres', 'CREATE ROLE office LOGIN; CREATE DATABASE source');
value('source', q{
	CREATE SCHEMA "Kz.Cluster";
	CREATE EXTENSION postgis;
	CREATE EXTENSION kzcluster SCHEMA "Kz.Cluster";
	CREATE SCHEMA office AUTHORIZATION office;
	GRANT CREATE ON DATABASE source TO office;
	GRANT USAGE ON SCHEMA "Kz.Cluster" TO office;
	ALTER DATABASE source SET search_path = '';
	SET ROLE office;
	SET search_path = office;
	CREATE TABLE "Raw" (day date, region text, industry text, value numeric, "Published" timestamptz);
	INSERT INTO "Raw" SELECT DATE '2020-12-31' + 365 * y, 'r' || r, i, y + r * length(i) + v, TIMESTAMPTZ '2021-01-01 00:00+05' + v * interval '1 day'
	FROM generate_series(0, 1) y, generate_series(1, 4) r, unnest('{IND,B,CC}'::text[]) i, generate_series(1, 3) v WHERE (y + r + length(i)) % v = 0;
	CREATE TABLE "Oked" (industry text, parent text);
	INSERT INTO "Oked" VALUES ('IND', NULL), ('B', 'IND'), ('CC', 'IND');
	CREATE TABLE successor ("from" text, "to" text, weight float8, day date);
	INSERT INTO successor SELECT 'r1', 'n' || n, 1 / 3.0, '2020-12-31' FROM generate_series(1, 3) n;
	SELECT "Kz.Cluster".kz_create_study('Study: raw', '"Raw"', period_column => 'day', classification => '"Oked"', parent_column => 'parent', level => 2,
		vintage_column => 'Published', vintage => '2021-01-03 12:00+05', crosswalk => 'successor', from_region_column => 'from', to_region_column => 'to',
		weight_column => 'weight', crosswalk_period_column => 'day');
	ALTER TABLE "Raw" RENAME region TO "Region";
	ALTER TABLE successor RENAME day TO since});
my $before = contents('source');
like($before, qr/^facts\|\d\d\|/m, 'the study has facts');
like($before, qr/^revisions\|\d\d\|/m, 'and revisions');

my $file = "$PostgreSQL::Test::Utils::tmp_check/sources.dump";
command_ok([ 'pg_dump', '-Fc', '-f', $file, $node->connstr('source') ], 'pg_dump');
value('postgres', 'CREATE DATABASE copy');
command_ok([ 'pg_restore', '--exit-on-error', '-d', $node->connstr('copy'), $file ], 'pg_restore');
is(contents('copy'), $before, 'everything is the same');
is(value('copy', q{SET ROLE office; SELECT object, rows FROM "Kz.Cluster".kz_refresh_study('Study: raw')}), 'coefficients|20', 'it can be refreshed');
is(contents('copy'), $before, 'and is the same again');
value('copy', q{UPDATE office.successor SET weight = 0.5});
my ($status, undef, $stderr) = $node->psql('copy', q{SET ROLE office; SELECT "Kz.Cluster".kz_refresh_study('Study: raw')});
like($stderr, qr/the weights of region "r1" of office.successor must sum to 1, not to 1.5 in period/, 'a refresh looks at the tables below');
value('copy', q{SET ROLE office; SELECT "Kz.Cluster".kz_drop_study('Study: raw')});
is(value('copy', q{SELECT count(*) FROM pg_namespace WHERE nspname = 'Study: raw'}), '0', 'it can be dropped');
done_testing;
