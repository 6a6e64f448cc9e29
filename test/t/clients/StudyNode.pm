# A server with studies for clients to read, and what they must see of them.
package StudyNode;
use strict;
use warnings;
use Exporter 'import';
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

our @EXPORT = qw(study_node study_views write_queries compare_views);

# A server that listens on TCP too, with database demo: the demo's studies, and one with a name full of quotes and of
# Kazakh letters, whose coefficients cs and pc, and what follows from them, are NULL. install_path: of another PostgreSQL,
# where the extension is installed.
sub study_node
{
	my ($name, %old) = @_;
	my $node = PostgreSQL::Test::Cluster->new($name, %old);
	$node->init;
	$node->append_conf('postgresql.conf', $ENV{KZ_SERVER_CONF}) if $ENV{KZ_SERVER_CONF} && !%old;
	$node->append_conf('postgresql.conf', "fsync = off\ntimezone = 'UTC'\nlisten_addresses = '127.0.0.1'");
	$node->start;
	$node->safe_psql('postgres', 'CREATE DATABASE demo');
	$node->psql('demo', "CREATE EXTENSION kzcluster CASCADE;\n\\i demo/load.sql\n\\i demo/study.sql\n", on_error_die => 1);
	$node->safe_psql('demo', q{SELECT kz_create_study('Өңір "x"', 'gva', 'region', period_column => 'year', region_column => 'region_code',
		industry_column => 'section', value_column => 'gva_mln_kzt', region_name_column => 'name_kk')});
	return $node;
}

# The views of all studies, but for those that say what the study was made of: name, query, columns as [name, type, whether it has values], and their rows as text: doubles as the
# eight bytes of their binary form, NULL as \N, everything else as PostgreSQL prints it.
sub study_views
{
	my ($node) = @_;
	my @views;
	for my $view (split /\n/, $node->safe_psql('demo', q{
		SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE obj_description(n.oid, 'pg_namespace') LIKE 'kzcluster study%' AND c.relkind IN ('v', 'm') AND c.relname NOT LIKE 'definition%' ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"}))
	{
		my @columns = map { [ split /\t/ ] } split /\n/, $node->safe_psql('demo', qq{
			SELECT concat_ws(E'\\t', quote_ident(attname), regexp_replace(format_type(atttypid, NULL), '^.*geometry\$', 'geometry'))
			FROM pg_attribute WHERE attrelid = '@{[ $view =~ s/'/''/gr ]}'::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum});
		my @texts = map {
			my ($name, $type) = @$_;
			my $text = $type eq 'double precision' ? "encode(float8send(t.$name), 'hex')" : "t.$name\::text";
			"coalesce($text, '\\N')" } @columns;
		my $known = $node->safe_psql('demo', 'SELECT concat_ws(E\'\t\', ' . join(', ', map { "count(t.$_->[0]) > 0" } @columns) . ") FROM $view AS t");
		my @known = split /\t/, $known;
		$columns[$_][2] = $known[$_] eq 't' for 0 .. $#columns;
		push @views, {
			name => $view, columns => \@columns, query => qq{SELECT * FROM $view AS t ORDER BY t::text COLLATE "C"},
			rows => $node->safe_psql('demo', "SELECT concat_ws('|', " . join(', ', @texts) . qq{) FROM $view AS t ORDER BY t::text COLLATE "C"}) };
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
