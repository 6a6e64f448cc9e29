# What an office types into psql: \d+ with comments, \crosstabview, \o into a file, CSV and HTML.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/clients";
use PostgreSQL::Test::Utils;
use StudyNode;
use Test::More;

my $node = study_node('psql');
my $folder = PostgreSQL::Test::Utils::tempdir;

# What psql prints, with no error.
sub said
{
	my ($script) = @_;
	my ($status, $out, $err) = $node->psql('demo', $script, on_error_die => 1, extra_params => [ '-P', 'pager=off' ]);
	is($err, '', "no error: " . ($script =~ s/\n.*//sr));
	return $out;
}
sub slurp { my $path = shift; open my $in, '<', $path or die "$path: $!"; local $/; return <$in> }

my $described = said("\\pset tuples_only off\n\\d+ kazakhstan.candidates");
like($described, qr/^score\|double precision\|.*\|the weakest of lq, cs, pc$/m, '\d+ shows a column with its comment');
like($described, qr/^year\|integer\|.*\|period: year of public\.gva$/m, '\d+ says where the period comes from');
like($described, qr/^View definition:.*FROM kazakhstan\.coefficients c/ms, '\d+ shows how a view is made');
like($described, qr/^Options: security_invoker=true$/m, '\d+ shows whose rights count');
unlike($described, qr/\|\s*$/m, '\d+: no column is without a comment');
like(said('\dn+ kazakhstan'), qr/kzcluster study of public\.gva/, '\dn+ tells a study from other schemas');
like(said('\dv+ kazakhstan.*'), qr/^kazakhstan\|clusters_map\|view\|.*\|The clusters as last refreshed/m, '\dv+ lists the views with their comments');
like(said('\dm+ kazakhstan.*'), qr/^kazakhstan\|coefficients\|materialized view\|/m, '\dm+ lists the materialized views');
like(said('\df+ kz_tile'), qr/Mapbox vector tile/, '\df+ shows the comment of a function');
like(said('\dx+ kzcluster'), qr/function kz_tile\(text,integer,integer,integer,text,text,text\)/, '\dx+ lists what the extension has');

my $cross = said(q{\pset tuples_only off
\pset footer off
SELECT region_name, industry, round(score::numeric, 2) FROM kazakhstan.candidates WHERE year = 2023 ORDER BY region_name COLLATE "C", industry
\crosstabview region_name industry});
is($cross, q{region_name|C|DE|B
Akmola|1.68|1.19|
Aktobe||1.06|
Atyrau|||1.87
East Kazakhstan|1.19||
Karaganda|1.42||
Kostanay|1.62||
Mangystau||1.40|1.73
North Kazakhstan|1.01|1.03|
Pavlodar|1.28|2.69|
West Kazakhstan|||1.86}, '\crosstabview turns candidates into a table of regions by industries');

said(qq{\\o $folder/candidates.csv
\\pset format csv
\\pset tuples_only off
SELECT year, region, region_name, industry, lq, change FROM kazakhstan.candidates ORDER BY 1, 2, 4;
\\o $folder/candidates.html
\\pset format html
SELECT region_name, lq FROM kazakhstan.candidates WHERE year = 2023 ORDER BY rank;
\\o});
my @csv = split /\n/, slurp("$folder/candidates.csv");
is($csv[0], 'year,region,region_name,industry,lq,change', '\o writes CSV with a header');
is(@csv - 1, $node->safe_psql('demo', 'SELECT count(*) FROM kazakhstan.candidates'), '\o writes every row');
like(slurp("$folder/candidates.html"), qr{<td align="left">Pavlodar</td>\s*<td align="right">2\.69\d+</td>}, '\o writes HTML');
# what is written so comes back as it was
is(said(qq{CREATE TEMPORARY TABLE back (year integer, region text, region_name text, industry text, lq float8, change float8);
\\copy back FROM '$folder/candidates.csv' (FORMAT csv, HEADER)
SELECT count(*) FROM (SELECT * FROM back EXCEPT SELECT year, region, region_name, industry, lq, change FROM kazakhstan.candidates) d}), '0', 'CSV comes back to the last bit');

# every relation of a study with all parts: described with a comment on each column, and read
for my $view (study_relations($node, qr/^(full|live)$/))
{
	my $text = said("\\pset tuples_only off\n\\d+ $view->{name}");
	my ($columns) = $text =~ /^Column\|.*\n((?:.*\|.*\n)+)/m;
	is(scalar(grep { !/\|$/ } split /\n/, $columns // ''), scalar @{ $view->{columns} }, "\\d+ $view->{name}: every column with a comment");
	cmp_ok(length said($view->{query}), '>', 0, "$view->{name} is read");
}

like(said('\sf kz_drop_study'), qr/CREATE OR REPLACE FUNCTION public\.kz_drop_study/, '\sf shows a function');
like(said('\sv kazakhstan.candidates_map'), qr/CREATE OR REPLACE VIEW kazakhstan\.candidates_map/, '\sv shows a view');
is(said(q{SELECT format('SELECT count(*) FROM %I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
	WHERE n.nspname = 'Өңір "x"' AND c.relkind IN ('v', 'm') ORDER BY c.relname \gexec}) =~ tr/\n//, 6, '\gexec reads every view of a study with any name');

$node->stop;
done_testing();
