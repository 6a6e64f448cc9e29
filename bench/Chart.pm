# Curves as SVG: small panels side by side, both axes logarithmic, colours that the colour-blind can tell apart (Okabe and Ito).
package Chart;
use strict;
use warnings;
use List::Util qw(min max);

my ($width, $height, $left, $top, $gap) = (250, 200, 62, 64, 76);

sub log10 { return log(shift) / log(10) }

# A number as people write it.
sub number
{
	my $n = sprintf '%.0f', shift;
	return $n / 1_000_000 . ' M' if $n >= 1_000_000 && $n % 100_000 == 0;
	1 while $n =~ s/^(\d+)(\d{3})/$1,$2/;
	return $n;
}

# The shape that marks a point, so that colour is not needed.
sub mark
{
	my ($shape, $x, $y, $colour) = @_;
	return sprintf '<circle cx="%.1f" cy="%.1f" r="3.2" fill="%s"/>', $x, $y, $colour if $shape eq 'circle';
	return sprintf '<rect x="%.1f" y="%.1f" width="6" height="6" fill="%s"/>', $x - 3, $y - 3, $colour if $shape eq 'square';
	return sprintf '<path d="M%.1f %.1fl3.8 6.6h-7.6z" fill="%s"/>', $x, $y - 4.2, $colour if $shape eq 'triangle';
	return sprintf '<path d="M%.1f %.1fl4 4l-4 4l-4 -4z" fill="%s"/>', $x, $y - 4, $colour;
}

# One panel at a place: title, x label, curves by name as lists of [x, y].
sub panel
{
	my ($x0, $y0, $y_range, $title, $x_label, $curves, $style) = @_;
	my @x = map { $_->[0] } map { @$_ } values %$curves;
	my ($x_low, $x_high) = (log10(min(@x)), log10(max(@x)));
	my ($y_low, $y_high) = @$y_range;
	my $at_x = sub { $x0 + (log10(shift) - $x_low) / (($x_high - $x_low) || 1) * $width };
	my $at_y = sub { $y0 + $height - (log10(shift) - $y_low) / ($y_high - $y_low) * $height };
	my @svg = sprintf '<text x="%d" y="%d" class="title">%s</text>', $x0, $y0 - 10, $title;
	for my $power (int($y_low) .. int($y_high)) {
		for my $step (1, 2, 5) {
			my $value = $step * 10**$power;
			next if log10($value) < $y_low - 1e-9 || log10($value) > $y_high + 1e-9;
			push @svg, sprintf '<path d="M%.1f %.1fh%d" class="grid"/><text x="%.1f" y="%.1f" class="y">%s</text>', $x0, $at_y->($value), $width, $x0 - 6, $at_y->($value) + 4, number($value);
		}
	}
	my %seen;
	my @ticks = sort { $a <=> $b } grep { !$seen{$_}++ } @x;
	my $last = -1e9;
	for my $value (@ticks) {
		my $at = $at_x->($value);
		next if $at - $last < 34;
		$last = $at;
		push @svg, sprintf '<path d="M%.1f %.1fv4" class="axis"/><text x="%.1f" y="%.1f" class="x">%s</text>', $at, $y0 + $height, $at, $y0 + $height + 17, number($value);
	}
	push @svg, sprintf '<path d="M%.1f %.1fv%dh%d" class="axis"/><text x="%.1f" y="%.1f" class="x">%s</text>', $x0, $y0, $height, $width, $x0 + $width / 2, $y0 + $height + 36, $x_label;
	for my $name (sort keys %$curves) {
		my ($colour, $shape) = @{ $style->{$name} };
		my @point = sort { $a->[0] <=> $b->[0] } @{ $curves->{$name} };
		push @svg, sprintf '<path d="M%s" fill="none" stroke="%s" stroke-width="1.8"/>', join('L', map { sprintf '%.1f %.1f', $at_x->($_->[0]), $at_y->($_->[1]) } @point), $colour;
		push @svg, map { mark($shape, $at_x->($_->[0]), $at_y->($_->[1]), $colour) } @point;
	}
	return @svg;
}

# The whole picture: panels as [title, x label, {name => [[x, y], ...]}], two in a row; names as [key, words, colour, shape].
sub draw
{
	my ($title, $y_label, $panels, $names) = @_;
	my %style = map { $_->[0] => [ @$_[ 2, 3 ] ] } @$names;
	my @y = map { $_->[1] } map { @$_ } map { values %{ $_->[2] } } @$panels;
	my $range = [ log10(min(@y)) - 0.05, log10(max(@y)) + 0.05 ];
	my $lines = int((@$panels + 1) / 2);
	my ($w, $h) = ($left + 2 * $width + $gap + 34, $top + $lines * ($height + 74) - 20);
	my @svg = (
		sprintf('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img" aria-label="%s">', $w, $h, $w, $h, $title),
		"<title>$title</title>",
		'<style>text{font:12px sans-serif;fill:#222}.title{font-weight:bold}.x{text-anchor:middle;font-size:11px}.y{text-anchor:end;font-size:11px}.grid{stroke:#ddd}.axis{stroke:#444;fill:none}</style>',
		sprintf('<rect width="%d" height="%d" fill="#fff"/>', $w, $h));
	my $x = $left;
	for (@$names) {
		my ($key, $words, $colour, $shape) = @$_;
		push @svg, sprintf('<path d="M%d 18h22" stroke="%s" stroke-width="1.8"/>', $x, $colour), mark($shape, $x + 11, 18, $colour), sprintf('<text x="%d" y="22">%s</text>', $x + 28, $words);
		$x += 48 + 6.2 * length $words;
	}
	for my $i (0 .. $#$panels) {
		push @svg, panel($left + ($i % 2) * ($width + $gap), $top + int($i / 2) * ($height + 74), $range, @{ $panels->[$i] }, \%style);
	}
	push @svg, sprintf '<text transform="translate(14 %d) rotate(-90)" class="x">%s</text>', $top + ($lines * ($height + 74) - 74) / 2, $y_label;
	return join("\n", @svg, '</svg>') . "\n";
}

1;
