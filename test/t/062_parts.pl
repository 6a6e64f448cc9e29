# An incremental study with every part is, to the last bit, what a plain one of the same facts is: after changes, after a
# refresh, with tables and columns renamed, and after a dump and a restore, when it goes on.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/clients";
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use StudyNode;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('parts');
$node->init;
$node->append_conf('postgresql.conf', $ENV{KZ_SERVER_CONF}) if $ENV{KZ_SERVER_CONF};
$node->append_conf('postgresql.conf', "fsync = off\njit = off");
$node->start;

# What a query in a database returns, as text.
sub value
{
	my ($query, $database) = @_;
	return $node->safe_psql($database // 'demo', $query);
}

# a part of the demo, with fewer corners, so that all of it can be compared often
value('CREATE DATABASE demo', 'postgres');
$node->psql('demo', "CREATE EXTENSION kzcluster CASCADE;\n\\i demo/load.sql\n\\i demo/illustrative.sql\n", on_error_die => 1);
value(q{UPDATE region SET geom = ST_Multi(ST_SimplifyPreserveTopology(geom, 0.3));
	CREATE TABLE late AS SELECT * FROM gva WHERE year > 2022 AND region_code < '50';
	DELETE FROM illustrative_factor WHERE region_code > '50'; ANALYZE});
full_study($node, 'demo', 'full', 'late', 'false');
full_study($node, 'demo', 'live', 'late', 'true');
my @names = map { $_->{object} } grep { $_->{object} ne 'definition' } study_relations($node, qr/^full$/);
my @materialized = split /\n/, value(q{SELECT object FROM kz_study_relations('live'::regnamespace) WHERE kind = 'MATERIALIZED VIEW' ORDER BY depth, object});
cmp_ok(scalar @names, '>', 20, 'there are parts to compare');

# A sum of everything in every relation that a plain study has, but for what says what it was made of.
sub checksum
{
	my ($study, $database) = @_;
	return value(join(' UNION ALL ', map { qq{SELECT '$_ ' || count(*) || ' ' || md5(coalesce(string_agg(t::text, chr(10) ORDER BY t::text COLLATE "C"), '')) FROM "$study".$_ AS t} } @names), $database);
}

# Refreshes the plain study, and what is materialized of the incremental one, whose log is left alone, and compares.
sub same
{
	my ($name, $database) = @_;
	value(join(';', q{SELECT kz_refresh_study('full')}, map { "REFRESH MATERIALIZED VIEW live.$_" } @materialized), $database);
	my $plain = checksum('full', $database);
	is(checksum('live', $database), $plain, "$name: every relation of the incremental study is that of the plain one");
	return $plain;
}

# figures changed, one suppressed, cells gone and come, a period moved, a statement undone; rules are data of each study
value(q{UPDATE late SET gva_mln_kzt = gva_mln_kzt / 3 WHERE section = 'C' AND region_code < '40'});
value(q{UPDATE late SET gva_mln_kzt = NULL WHERE section = 'B' AND region_code = '47' AND year = 2024});
value(q{DELETE FROM late WHERE section = 'DE' AND region_code IN ('11', '39')});
value(q{INSERT INTO late SELECT 2026, region_code, section, gva_mln_kzt * 1.1 FROM late WHERE year = 2025});
value(q{UPDATE late SET year = 2021 WHERE year = 2023});
value(q{BEGIN; DELETE FROM late; ROLLBACK});
value(qq{UPDATE $_.factor_rules SET threshold = 1.2, weight = 2 WHERE factor = 'wage'; UPDATE $_.rules SET threshold = threshold * 1.1 WHERE measure = 'lq'}) for '"full"', 'live';
my $changed = same('changed');

# folded, renamed, moved, and changed again
value(q{SELECT kz_refresh_study('live')});
is(value('SELECT count(*) FROM live.log'), '0', 'a refresh folds the log');
value(q{ALTER TABLE late RENAME gva_mln_kzt TO "The ""Value"""; ALTER TABLE late RENAME section TO swap; ALTER TABLE late RENAME region_code TO section;
	ALTER TABLE late RENAME swap TO region_code; CREATE SCHEMA "Moved away"; ALTER TABLE late SET SCHEMA "Moved away"; ALTER TABLE "Moved away".late RENAME TO "Facts of 'all'";
	ALTER TABLE illustrative_factor RENAME factor TO what; ALTER TABLE illustrative_actor RENAME TO actor; ALTER TABLE region RENAME name_kk TO "Атауы"});
is(value(q{SELECT facts || ' ' || value_column || ' ' || region_name_column FROM live.definition}), q{"Moved away"."Facts of 'all'" The "Value" Атауы}, 'the definition has the names of now');
value(q{UPDATE "Moved away"."Facts of 'all'" SET "The ""Value""" = 7 WHERE region_code = 'C' AND section = '11'});
my $renamed = same('folded, renamed and changed');
isnt($renamed, $changed, 'the change is seen');

# dumped with something in the log, restored by two jobs, which refreshes what is materialized; then it goes on
cmp_ok(value('SELECT count(*) FROM live.log'), '>', 0, 'there is a log to dump');
my $file = PostgreSQL::Test::Utils::tempdir . '/dump';
value('CREATE DATABASE copy', 'postgres');
$node->command_ok([ 'pg_dump', '-Fc', '-f', $file, 'demo' ], 'a dump');
$node->command_ok([ 'pg_restore', '-e', '-j2', '-d', 'copy', $file ], 'restores without an error');
is(checksum('live', 'copy'), $renamed, 'restored: the incremental study is the same');
is(value(q{SELECT facts FROM live.definition}, 'copy'), q{"Moved away"."Facts of 'all'"}, 'restored: the definition is the same');
value(q{INSERT INTO "Moved away"."Facts of 'all'" SELECT 2027, section, region_code, 1.5 FROM "Moved away"."Facts of 'all'" WHERE year = 2026}, 'copy');
value(q{SELECT kz_refresh_study('live')}, 'copy');
isnt(same('restored, changed and refreshed', 'copy'), $renamed, 'the change is seen');
value(q{SELECT kz_drop_study('live'), kz_drop_study('full')}, 'copy');
is(value(q{SELECT count(*) FROM pg_trigger WHERE tgname LIKE 'kz%'}, 'copy'), '0', 'dropped without a trace');

$node->stop;
done_testing();
