# A server with studies for clients to read, and what they must see of them.
package StudyNode;
use strict;
use warnings;
use Exporter 'import';
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

our @EXPORT = qw(study_node full_study study_relations study_views write_queries compare_views);

# A server that listens on TCP too, with database demo: the demo's studies; one with a name full of quotes and of Kazakh
# letters, whose coefficients cs and pc, and what follows from them, are NULL; one of a raw table; and two with every part that a study can have,
# full and the incremental live, of the last years, with something in the log. install_path: of another PostgreSQL, where the extension is
# installed.
sub study_node
{
	my ($name, %old) = @_;
	my $node = PostgreSQL::Test::Cluster->new($name, %old);
	$node->init;
	$node->append_conf('postgresql.conf', $ENV{KZ_SERVER_CONF}) if $ENV{KZ_SERVER_CONF} && !%old;
	$node->append_conf('postgresql.conf', "fsync = off\njit = off\ntimezone = 'UTC'\nlisten_addresses = '127.0.0.1'");
	$node->start;
	$node->safe_psql('postgres', 'CREATE DATABASE demo');
	$node->psql('demo', "CREATE EXTENSION kzcluster CASCADE;\n\\i demo/load.sql\n\\i demo/study.sql\n\\i demo/illustrative.sql\n", on_error_die => 1);
	$node->safe_psql('demo', q{SELECT kz_create_study('Өңір "x"', 'gva', 'region', period_column => 'year', region_column => 'region_code',
		industry_column => 'section', value_column => 'gva_mln_kzt', region_name_column => 'name_kk')});
	$node->safe_psql('demo', 'CREATE TABLE late AS SELECT * FROM gva WHERE year > 2020; ALTER TABLE late ADD PRIMARY KEY (year, region_code, section)');
	$node->psql('demo', "\\set study raw\n\\set facts late\n\\i test/raw_study.sql\n", on_error_die => 1);
	full_study($node, 'demo', 'full', 'late', 'false');
	full_study($node, 'demo', 'live', 'late', 'true');
	$node->safe_psql('demo', "UPDATE late SET gva_mln_kzt = $_ WHERE year = 2024 AND region_code = '35'") for 'gva_mln_kzt * 2', 'gva_mln_kzt / 2';
	return $node;
}

# Makes a study with every part in a database with the demo's tables.
sub full_study
{
	my ($node, $database, $study, $facts, $incremental) = @_;
	$node->psql($database, "\\set study '$study'\n\\set facts $facts\n\\set incremental $incremental\n\\i test/full_study.sql\n", on_error_die => 1);
}

# All that the studies of a database, or those whose name matches, consist of, from the schemas themselves, without
# definition_columns, which has no rows: name, study, object, kind, query, columns as [name, type].
sub study_relations
{
	my ($node, $which) = @_;
	return grep { !$which || $_->{study} =~ $which } map {
		my ($view, $study, $object, $kind, @columns) = split /\t/;
		{ name => $view, study => $study, object => $object, kind => $kind, columns => [ map { [ split /\n/ ] } @columns ], query => qq{SELECT * FROM $view AS t ORDER BY t::text COLLATE "C"} }
	} split /\0/, pack 'H*', $node->safe_psql('demo', q{
		SELECT encode(string_agg(convert_to(l.line, 'UTF8'), '\x00' ORDER BY l.study COLLATE "C", l.object COLLATE "C"), 'hex') FROM (
			SELECT n.nspname AS study, c.relname AS object, concat_ws(E'\t', format('%I.%I', n.nspname, c.relname), n.nspname, c.relname, c.relkind,
				string_agg(quote_ident(a.attname) || E'\n' || regexp_replace(format_type(a.atttypid, NULL), '^.*\.', ''), E'\t' ORDER BY a.attnum)) AS line
			FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
			WHERE obj_description(n.oid, 'pg_namespace') LIKE 'kzcluster study%' AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.relname <> 'definition_columns'
			GROUP BY n.nspname, c.relname, c.relkind) AS l});
}

# The same with their rows as text: doubles as the eight bytes of their binary form, NULL as \N, everything else as PostgreSQL
# prints it; and, of each column, whether it has values.
sub study_views
{
	my ($node, $which) = @_;
	my @views = study_relations($node, $which);
	for my $view (@views)
	{
		my @texts = map {
			my ($name, $type) = @$_;
			my $text = $type eq 'double precision' ? "encode(float8send(t.$name), 'hex')" : "t.$name\::text";
			"coalesce($text, '\\N')" } @{ $view->{columns} };
		# both from one reading
		my ($rows, @known) = split /\t/, $node->safe_psql('demo', "SELECT encode(convert_to(coalesce(string_agg(concat_ws('|', " . join(', ', @texts)
			. qq{), chr(10) ORDER BY t::text COLLATE "C"), ''), 'UTF8'), 'hex') || E'\\t' || concat_ws(E'\\t', } . join(', ', map { "count(t.$_->[0]) > 0" } @{ $view->{columns} }) . ") FROM $view->{name} AS t");
		$view->{rows} = pack 'H*', $rows;
		$view->{columns}[$_][2] = $known[$_] eq 't' for 0 .. $#known;
	}
	return @views;
}

# Writes a file with a query a line, for a client to run.
sub write_queries
{
	my ($path, @views) = @_;
	open my $out, '>', $path or die "$path: $!";
	print $out "$_->{query}\n" for @views;
	close $out or die "$path: $!";
}

# Compares what a client printed with the views: for each, a line of the types of its columns, as the client names those of
# PostgreSQL, then its rows.
sub compare_views
{
	my ($client, $types, $said, @views) = @_;
	my @said = split /^# /m, $said;
	shift @said;
	is(scalar @said, scalar @views, "$client: reads every view");
	for my $i (0 .. $#views)
	{
		my ($view, $text) = ($views[$i], $said[$i] // '');
		$text =~ s/\A(.*)\n//;
		my $named = $1 // '';
		is($named, join(' ', map { $types->($_->[1], $_->[2]) } @{ $view->{columns} }), "$client: $view->{name} has the right types");
		my @want = split /\n/, $view->{rows};
		my @have = split /\n/, $text;
		my ($at) = grep { ($want[$_] // '') ne ($have[$_] // '') } 0 .. ($#want > $#have ? $#want : $#have);
		ok(@want > 0 && !defined $at, "$client: $view->{name} is the same to the last bit")
		  or diag(defined $at ? "row $at\nhave " . ($have[$at] // 'none') . "\nwant " . ($want[$at] // 'none') : 'no rows');
	}
}

1;
