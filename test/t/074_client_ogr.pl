# GDAL reads the maps of a study with their reference system and integer key, and its tiles.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::Bin/clients";
use JSON::PP;
use PostgreSQL::Test::Utils;
use StudyNode;
use Test::More;

plan skip_all => 'no ogr2ogr (gdal-bin); test/long clients installs it' unless system('ogr2ogr --version >/dev/null 2>&1') == 0;

my $node = study_node('ogr');
my $folder = PostgreSQL::Test::Utils::tempdir;
my $source = 'PG:' . $node->connstr('demo');

# What a command prints, with no error and no warning.
sub said
{
	my @command = @_;
	my ($out, $err) = run_command(\@command);
	is($err, '', "no warning: $command[0] " . join(' ', grep { !/^PG:/ } @command[1 .. $#command]));
	return $out;
}
sub json { my $path = shift; open my $in, '<', $path or die "$path: $!"; local $/; return decode_json(<$in>) }
sub value { return $node->safe_psql('demo', shift) }

my %fields = (
	candidates_map => 'year: Integer, region: String, region_name: String, industry: String, value: Real, lq: Real, cs: Real, pc: Real, score: Real, rank: Integer, change: Real, direction: String, status: String',
	clusters_map => 'year: Integer, industry: String, members: Integer, region_names: String, value: Real, share: Real, lq: Real, cs: Real, pc: Real, status: String');
for my $view (sort keys %fields)
{
	my $count = value("SELECT count(*) FROM kazakhstan.$view");

	# a view has no primary key for GDAL to find: its name is given
	said('ogr2ogr', '-f', 'GPKG', "$folder/$view.gpkg", '--config', 'PGSQL_OGR_FID', 'id', $source, "kazakhstan.$view");
	my $info = said('ogrinfo', '-so', "$folder/$view.gpkg", "kazakhstan.$view");
	like($info, qr/^Geometry: Multi Polygon$/m, "GeoPackage, $view: type of the geometry");
	like($info, qr/^Feature Count: $count$/m, "GeoPackage, $view: every feature");
	like($info, qr/^\s*ID\["EPSG",4326\]\]$/m, "GeoPackage, $view: reference system");
	like($info, qr/^FID Column = id$/m, "GeoPackage, $view: integer key");
	my ($list) = $info =~ /^Geometry Column = geom\n(.*)\z/ms;
	is(join(', ', map { s/ \(.*//r } split /\n/, $list), $fields{$view}, "GeoPackage, $view: types of the columns");

	said('ogr2ogr', '-f', 'GeoJSON', "$folder/$view.json", $source, "kazakhstan.$view", '-lco', 'ID_FIELD=id', '-lco', 'COORDINATE_PRECISION=15');
	my $features = json("$folder/$view.json")->{features};
	is(scalar @$features, $count, "GeoJSON, $view: every feature");
	is_deeply([ sort { $a <=> $b } map { $_->{id} } @$features ], [ 1 .. $count ], "GeoJSON, $view: integer key");
	# GDAL writes numbers so that 15 digits hold; NULL is null
	my %rows = map { my $p = $_->{properties}; ($_->{id} => [ @$p{qw(year industry value lq cs pc)} ]) } @$features;
	my $wrong = 0;
	for my $row (map { [ split /\|/ ] } split /\n/, value("SELECT id, year, industry, value, lq, cs, pc FROM kazakhstan.$view"))
	{
		my ($id, $year, $industry, @numbers) = @$row;
		my ($y, $i, @read) = @{ $rows{$id} // [] };
		$wrong++ if $y != $year || $i ne $industry || grep { abs($read[$_] / $numbers[$_] - 1) > 1e-15 } 0 .. $#numbers;
	}
	is($wrong, 0, "GeoJSON, $view: every row is the same");
	is(scalar(grep { !defined $_->{properties}{change} } @$features), value("SELECT count(*) FROM kazakhstan.$view WHERE change IS NULL"), "GeoJSON, $view: NULLs") if $view eq 'candidates_map';
}

# all that a study with every part consists of: a field for every column of its type, every row
my %type = ('integer' => 'Integer', 'bigint' => 'Integer64', 'double precision' => 'Real', 'text' => 'String', 'boolean' => 'Integer(Boolean)',
	'text[]' => 'StringList', map { $_ => 'String' } qw(kz_matrix regclass));
for my $view (study_relations($node, qr/^(full|live)$/))
{
	my ($info, $err) = run_command([ 'ogrinfo', '-so', $source, "$view->{study}.$view->{object}" ]);
	like($err, qr/^(Warning 1: Multi-column primary key in '\w+' detected but not supported\.)?$/, "ogrinfo, $view->{name}: no other warning");
	my ($count) = $info =~ /^Feature Count: (\d+)$/m;
	is($count, value("SELECT count(*) FROM $view->{name}"), "ogrinfo, $view->{name}: every row");
	my ($fields) = $info =~ /^Layer SRS WKT:\n.*?((?:^\w+: \w+(?:\(\w+\))? \(\d+\.\d+\)[^\n]*\n?)*)\z/ms;
	# a single column of integers that is a primary key is the feature's id
	my $key = $info =~ /^FID Column = (.*)$/m ? $1 : '';
	is_deeply([ map { s/ \(\d.*//r } split /\n/, $fields ], [ map { ($_->[0] =~ s{^"|"$}{}gr) . ": $type{$_->[1]}" } grep { $_->[1] ne 'geometry' && $_->[0] ne $key } @{ $view->{columns} } ],
		"ogrinfo, $view->{name}: types");
}

# part of a map: the filter goes to the server, as it does in QGIS
said('ogr2ogr', '-f', 'GeoJSON', "$folder/part.json", $source, 'kazakhstan.candidates_map', '-spat', 50, 44, 52, 46, '-where', "year = 2023 AND industry = 'B'");
is(join(',', sort map { $_->{properties}{region_name} } @{ json("$folder/part.json")->{features} }),
	value(q{SELECT string_agg(region_name, ',' ORDER BY region_name COLLATE "C") FROM kazakhstan.candidates_map WHERE year = 2023 AND industry = 'B' AND geom && ST_MakeEnvelope(50, 44, 52, 46, 4326)}),
	'a window and a condition');

# a study whose name must be quoted
my ($out) = run_command([ 'ogrinfo', '-so', $source, 'Өңір "x".clusters_map' ]);
like($out, qr/^Feature Count: [1-9]/m, 'a study of any name');

# tiles as a map client decodes them
SKIP: {
	skip 'this GDAL reads no vector tiles', 6 unless said('ogrinfo', '--formats') =~ /^\s*MVT /m;
	for my $z (4, 6)
	{
		my ($x, $y) = $z == 4 ? (10, 5) : (42, 21);
		open my $tile, '>:raw', "$folder/$y.pbf" or die;
		print $tile pack 'H*', value("SELECT encode(kz_tile('kazakhstan', $z, $x, $y, period => '2023'), 'hex')");
		close $tile;
		my $where = "year = 2023 AND ST_Intersects(ST_Transform(geom, 3857), ST_TileEnvelope($z, $x, $y))";
		said('ogr2ogr', '-f', 'GeoJSON', "$folder/tile$z.json", "$folder/$y.pbf", 'candidates', '-oo', "X=$x", '-oo', "Y=$y", '-oo', "Z=$z", '-oo', 'METADATA_FILE=', '-oo', 'CLIP=YES',
			'-t_srs', 'EPSG:4326', '-lco', 'COORDINATE_PRECISION=15');
		my $features = json("$folder/tile$z.json")->{features};
		my %rows = map { my $p = $_->{properties}; ($p->{mvt_id} => join '|', @$p{qw(year region region_name industry rank)}, map { unpack 'H*', pack 'd>', $_ } @$p{qw(value lq)}) } @$features;
		is(join("\n", map { "$_|$rows{$_}" } sort { $a <=> $b } keys %rows),
			value("SELECT concat_ws('|', id, year, region, region_name, industry, rank, encode(float8send(value), 'hex'), encode(float8send(lq), 'hex')) FROM kazakhstan.candidates_map WHERE $where ORDER BY id"),
			"tile $z/$x/$y: the features in it, with id and attributes");
	}
}

$node->stop;
done_testing();
