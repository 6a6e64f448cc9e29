# The demo as demo/run shows it: what it prints fits a terminal, its report is sound HTML that needs nothing else, and whatever
# rests on invented tables says so.
use strict;
use warnings;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use IPC::Run ();
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('demo');
$node->init;
$node->append_conf('postgresql.conf', $ENV{KZ_SERVER_CONF}) if $ENV{KZ_SERVER_CONF};
$node->append_conf('postgresql.conf', 'fsync = off');
$node->start;
$node->safe_psql('postgres', 'CREATE DATABASE demo');

# What psql prints of a file, as demo/run calls it.
sub said
{
	my ($file) = @_;
	my ($out, $err) = ('', '');
	my $ok = IPC::Run::run([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', $node->connstr('demo'), '-f', "demo/$file.sql" ], '>', \$out, '2>', \$err);
	ok($ok, "demo/$file.sql runs") or diag($err);
	is($err =~ s/^.*NOTICE: .*\nHINT: .*\n//mgr, '', "demo/$file.sql says nothing else");
	utf8::decode($out);
	return $out;
}

$node->safe_psql('demo', 'SET client_min_messages = warning; CREATE EXTENSION kzcluster CASCADE');
said($_) for qw(load illustrative study stages);
is($node->safe_psql('demo', q{SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
	AND relname LIKE 'illustrative%' AND obj_description(oid, 'pg_class') LIKE 'ILLUSTRATIVE, invented: %'}), '3', 'invented tables say so by name and comment');

my $shown = said('show');
my @long = grep { length > 120 } split /\n/, $shown;
is("@long", '', 'no line is longer than 120 characters');
cmp_ok($shown =~ tr/\n//, '<=', 75, 'two screens suffice');
like($shown, qr/^ *The three stages, 2025\. .*INVENTED, illustrative/m, 'the table of the stages says what is invented');
like($shown, qr/^ *comparing the 16 regions: correlation 0\.80/m, 'the link to development is shown');
like($shown, qr/kz_tile\(.*: \d{4,} bytes$/m, 'a tile is made');
like(said('map'), qr/\A<svg .*<\/svg>\s*\z/s, 'the map is an SVG document');

my $report = said('report');
like($report, qr/\A<!DOCTYPE html>\n<html lang="en">.*<\/html>\s*\z/s, 'the report is one HTML document');
unlike($report, qr/<script|<link|\ssrc=|\@import|url\(['"]?http/, 'it needs nothing else');
my %seen;
my @twice = grep { $seen{$_}++ } $report =~ /\sid="([^"]*)"/g;
is("@twice", '', 'no id is there twice');
my @dangling = grep { !$seen{$_} } $report =~ /href="#([^"]*)"/g;
is("@dangling", '', 'every link leads somewhere');
is(() = $report =~ /<table[^>]*>\s*(?!<caption>)(?!\s)/g, 0, 'every table has a caption');
unlike($report, qr/role="img" aria-label=""/, 'every picture has a name');
unlike($report, qr/%s|%\d\$s|NaN/, 'nothing is left unfilled');

# every element is closed by the tag that it should be closed by
my (@open, $wrong);
while (!$wrong && $report =~ /<(\/?)([a-zA-Z0-9]+)((?:"[^"]*"|'[^']*'|[^>"'])*?)(\/?)>/g)
{
	my ($end, $tag, $void) = ($1, $2, $4 || $2 =~ /^(?:meta|br)$/);
	if (!$end) { push @open, $tag unless $void }
	elsif (($open[-1] // '') eq $tag) { pop @open }
	else { $wrong = "</$tag> closes <" . ($open[-1] // '') . '>' }
}
is($wrong // "@open", '', 'every element is closed');

# what a section rests on is at its head
my %badge = (stages => 'invented', chain => 'invented', rules => 'mixed', life => 'mixed', map { $_ => 'real' } qw(branch-B branch-C branch-DE near growth profiles economy chance development));
for my $section ($report =~ /(<section.*?<\/section>)/gs)
{
	my ($id) = $section =~ /\sid="([^"]*)"/;
	my ($kind) = $section =~ /<\/h2>\s*<p class="badge (\w+)">/;
	is($kind, $badge{$id}, "section $id says what it rests on");
	delete $badge{$id};
}
is(join(' ', sort keys %badge), '', 'all sections are there');

done_testing();
