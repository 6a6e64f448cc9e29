# pg_upgrade, by copy and by link, of a server with studies, to another server of this version, or from the one that
# KZ_OLD_PG names (its folder, with the extension installed): test/long upgrade.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/clients";
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use StudyNode;
use Test::More;

my @old = $ENV{KZ_OLD_PG} ? (install_path => $ENV{KZ_OLD_PG}) : ();
my $old = study_node('old', @old);
chomp(my $bin = `pg_config --bindir`);
my $old_bin = $ENV{KZ_OLD_PG} ? "$ENV{KZ_OLD_PG}/bin" : $bin;

# what a matrix may be part of, besides the views
$old->safe_psql('demo', q{
	CREATE TABLE stored (year integer PRIMARY KEY, m kz_matrix NOT NULL DEFAULT '{"rows":[],"cols":[],"cells":[]}', list kz_matrix[]);
	INSERT INTO stored SELECT year, kz_matrix_agg(region_code, section, gva_mln_kzt), ARRAY[kz_matrix_agg(region_code, section, 1)] FROM gva GROUP BY year;
	CREATE MATERIALIZED VIEW total AS SELECT year, kz_total(m) AS total, m FROM stored;
	CREATE UNIQUE INDEX ON total (year);
	CREATE INDEX ON stored ((kz_total(m)))});
my $stored = q{SELECT md5(string_agg(s::text || t::text, ',' ORDER BY year)) FROM stored s JOIN total t USING (year)};
my $catalog = q{SELECT string_agg(concat_ws('|', n.nspname, c.relname, c.relkind, c.reloptions, obj_description(c.oid), a.attname, format_type(a.atttypid, a.atttypmod), col_description(c.oid, a.attnum)), chr(10)
	ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C", a.attnum)
	FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
	WHERE obj_description(n.oid, 'pg_namespace') LIKE 'kzcluster study%'};
my @views = study_views($old);
my %before = map { $_ => $old->safe_psql('demo', $_) } $stored, $catalog;
$old->stop;

for my $mode ('copy', 'link')
{
	my $new = PostgreSQL::Test::Cluster->new($mode);
	$new->init;
	$new->append_conf('postgresql.conf', $ENV{KZ_SERVER_CONF}) if $ENV{KZ_SERVER_CONF};
	my $folder = PostgreSQL::Test::Utils::tempdir_short;
	chdir $folder;
	command_ok([ 'pg_upgrade', ($mode eq 'link' ? '--link' : ()), '-d', $old->data_dir, '-D', $new->data_dir, '-b', $old_bin, '-B', $bin,
		'-p', $old->port, '-P', $new->port, '-s', $new->host ], "$mode: pg_upgrade");
	$new->start;
	my @now = study_views($new);
	is(join("\n", map { $_->{name} } @now), join("\n", map { $_->{name} } @views), "$mode: every view is there");
	is(scalar(grep { $now[$_]{rows} ne $views[$_]{rows} } 0 .. $#views), 0, "$mode: and the same to the last bit");
	is($new->safe_psql('demo', $catalog), $before{$catalog}, "$mode: kinds, options, types and comments are the same");
	is($new->safe_psql('demo', $stored), $before{$stored}, "$mode: stored matrices are the same");
	# an update of PostGIS, which goes through all of its functions even where the version stays
	$new->safe_psql('demo', q{SELECT postgis_extensions_upgrade()});
	$new->safe_psql('demo', q{
		SELECT kz_refresh_study(n) FROM unnest(ARRAY['kazakhstan', 'full', 'live']) n;
		REFRESH MATERIALIZED VIEW CONCURRENTLY total;
		REINDEX TABLE stored});
	# PostGIS may join and measure areas otherwise after an update: shapes, and distances and densities to the last digits; everything else stays
	my @fresh = $mode eq 'copy' ? study_views($new) : ();
	my $numbers = sub { my $view = shift; $view->{columns}[-1][1] eq 'geometry' ? $view->{rows} =~ s/\|[^|]*$//mgr : $view->{rows} };
	for my $i (grep { $views[$_]{name} =~ /^(kazakhstan|"full"|live)\./ && $views[$_]{name} ne 'live.log' && (!@old || $views[$_]{object} !~ /^actor/) } 0 .. $#fresh)
	{
		is($numbers->($fresh[$i]), $numbers->($views[$i]), "$mode: $views[$i]{name} is the same after a refresh");
	}
	# the triggers of an incremental study go on
	$new->safe_psql('demo', q{UPDATE late SET gva_mln_kzt = 2 * gva_mln_kzt WHERE section = 'C' AND region_code < '40'; DELETE FROM late WHERE year = 2022});
	is($new->safe_psql('demo', q{SELECT count(*) > 0 FROM live.log; SELECT count(*) > 0 FROM kz_refresh_study('full');
		SELECT count(*) FROM (SELECT * FROM live.coefficients EXCEPT ALL SELECT * FROM "full".coefficients) AS d}), "t\nt\n0", "$mode: facts are logged, and the incremental study is the plain one");
	is($new->safe_psql('demo', q{SELECT kz_tile('kazakhstan', 4, 10, 5, period => '2023') <> ''}), 't', "$mode: tiles");
	is($new->safe_psql('demo', q{SELECT kz_drop_study(nspname) FROM pg_namespace WHERE obj_description(oid) LIKE 'kzcluster study%'; SELECT count(*) FROM pg_namespace WHERE nspname IN ('kazakhstan', 'full', 'live')}) =~ s/\s//gr, '0', "$mode: studies can be dropped");
	$new->stop;
}
done_testing();
