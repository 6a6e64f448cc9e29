# What is measured: the lines of the benchmark, what each asks of kzcluster and of plain SQL.
package Contenders;
use strict;
use warnings;

# The tables: the period's column (none where there is one period only), and whether a cell has one row only.
our %table = (
	unique   => { period => 'period', single => 1 },
	several  => { period => 'period', single => 0 },
	ordered  => { period => 'period', single => 1 },
	integers => { period => 'period', single => 1 },
	county   => { period => undef,    single => 1 },
	cbp      => { period => 'period', single => 1 },
);

# The table on which forms of plain SQL are tried: a tenth of the rows of a large one.
our %trial = (unique => 'unique_tenth', several => 'several_tenth');
$table{ $trial{$_} } = $table{$_} for keys %trial;
sub trial { my $table = shift; return $ENV{KZ_QUICK} ? $table : $trial{$table} // $table }

sub name { my $table = shift; return qq{"$table"} }

# Floor: what reading the table's values costs.
sub floor_of { my $table = name(shift); return "SELECT sum(value) AS answer FROM $table" }

# The forms of kzcluster. Each returns one number, by which the contenders are compared.
my %kz = (
	matrix => sub {
		my $t = name(shift);
		return "SELECT kz_total(m) AS answer FROM (SELECT kz_matrix_agg(region, industry, value) AS m FROM $t) x";
	},
	matrices => sub {
		my $t = name(shift);
		return "SELECT sum(kz_total(m)) AS answer FROM (SELECT kz_matrix_agg(region, industry, value) AS m FROM $t GROUP BY period) x";
	},
	lookup => sub {
		my $t = name(shift);
		return "SELECT sum(kz_location_quotient((SELECT kz_matrix_agg(region, industry, value) FROM $t), region, industry)) AS answer FROM $t";
	},
	lookup_period => sub {
		my $t = name(shift);
		return "SELECT sum(kz_location_quotient(m, region, industry)) AS answer FROM $t
			JOIN (SELECT period, kz_matrix_agg(region, industry, value) AS m FROM $t GROUP BY period) x USING (period)";
	},
	window => sub {
		my $table = shift;
		my $over = $table{$table}{period} ? 'PARTITION BY period' : '';
		my $t = name($table);
		return "SELECT sum(q) AS answer FROM (SELECT kz_location_quotient(region, industry, value) OVER ($over) AS q FROM $t) x";
	},
	coefficients => sub {
		my $table = shift;
		my $group = $table{$table}{period} ? 'GROUP BY period' : '';
		my $t = name($table);
		return "SELECT sum(lq) AS answer FROM (SELECT kz_matrix_agg(region, industry, value) AS m FROM $t $group) x, kz_coefficients(m)";
	},
);

# What the executor alone takes for the same rows: its groups with a sum in each, its partitions with a count in each.
my %alone = (
	matrices => sub {
		my $t = name(shift);
		return "SELECT sum(s) AS answer FROM (SELECT sum(value) AS s FROM $t GROUP BY period) x";
	},
	window => sub {
		my $table = shift;
		my $over = $table{$table}{period} ? 'PARTITION BY period' : '';
		my $t = name($table);
		return "SELECT sum(value) + 0 * sum(n) AS answer FROM (SELECT count(value) OVER ($over) AS n, region, industry, value FROM $t OFFSET 0) x";
	},
);

# The quotient of cell c from the margins r, i and n.
my $lq = '(%s / nullif(r.s, 0)) / nullif(i.s / nullif(n.s, 0), 0)';

# A list of columns with the period in front, if there is one.
sub keys_of { my ($period, @keys) = @_; return join ', ', grep { defined } $period, @keys }

# Joins a relation on its keys, or on nothing where there are none.
sub joined
{
	my ($relation, $keys) = @_;
	return $keys eq '' ? "CROSS JOIN $relation" : "JOIN $relation USING ($keys)";
}

# A subquery that sums a column by keys.
sub summed
{
	my ($column, $from, $keys) = @_;
	return $keys eq '' ? "SELECT sum($column) AS s FROM $from" : "SELECT $keys, sum($column) AS s FROM $from GROUP BY $keys";
}

# The forms of plain SQL for the quotient of every row (or every cell), by period or over all.
sub quotient_forms
{
	my ($table, %how) = @_;
	my $period = $how{pooled} ? undef : $table{$table}{period};
	my $single = $table{$table}{single} && !($how{pooled} && $table{$table}{period});
	my $t      = name($table);
	my ($pr, $pi, $p, $pri) = (keys_of($period, 'region'), keys_of($period, 'industry'), keys_of($period), keys_of($period, 'region', 'industry'));
	my $margins = joined('r', $pr) . ' ' . joined('i', $pi) . ' ' . joined('n', $p);
	my $of = sub { sprintf $lq, shift };
	my @form;

	# GROUP BYs, joined
	if ($single) {
		push @form, [ 'joins', "WITH r AS (" . summed('value', $t, $pr) . "), i AS (" . summed('value', $t, $pi) . "), n AS (" . summed('value', $t, $p) . ")
			SELECT sum(" . $of->('f.value') . ") AS answer FROM $t f $margins" ];
	} else {
		my $cells = "c AS MATERIALIZED (" . summed('value', $t, $pri) . "), r AS (" . summed('s', 'c', $pr) . "), i AS (" . summed('s', 'c', $pi) . "), n AS (" . summed('s', 'c', $p) . ")";
		push @form, [ 'joins', $how{cells}
			? "WITH $cells SELECT sum(" . $of->('c.s') . ") AS answer FROM c $margins"
			: "WITH $cells, q AS (SELECT $pri, " . $of->('c.s') . " AS lq FROM c $margins)
				SELECT sum(lq) AS answer FROM $t JOIN q USING ($pri)" ];
	}

	# temporary tables of margins, analysed
	my @temporary = $single ? ([ 'r', 'value', $t, $pr ], [ 'i', 'value', $t, $pi ], [ 'n', 'value', $t, $p ])
		: ([ 'c', 'value', $t, $pri ], [ 'r', 's', 'c', $pr ], [ 'i', 's', 'c', $pi ], [ 'n', 's', 'c', $p ]);
	my @steps = map { my ($name, $column, $from, $keys) = @$_; ("CREATE TEMP TABLE $name AS " . summed($column, $from, $keys), "ANALYZE $name") } @temporary;
	if ($single) {
		push @steps, "SELECT sum(" . $of->('f.value') . ") AS answer FROM $t f $margins";
	} elsif ($how{cells}) {
		push @steps, "SELECT sum(" . $of->('c.s') . ") AS answer FROM c $margins";
	} else {
		push @steps, "CREATE TEMP TABLE q AS SELECT $pri, " . $of->('c.s') . " AS lq FROM c $margins", 'ANALYZE q',
			"SELECT sum(lq) AS answer FROM $t JOIN q USING ($pri)";
	}
	push @form, [ 'temporary tables', @steps ];

	# GROUPING SETS, read several times
	my @sets = ($pr, $pi, $p);
	unshift @sets, $pri unless $single;
	my $sets = "g AS MATERIALIZED (SELECT $pri, grouping(region, industry) AS level, sum(value) AS s FROM $t GROUP BY GROUPING SETS (" . join(', ', map { "($_)" } @sets) . "))";
	my $side = sub { my ($level, $keys) = @_; return '(SELECT ' . ($keys eq '' ? '' : "$keys, ") . "s FROM g WHERE level = $level)" };
	my $sides = joined($side->(1, $pr) . ' r', $pr) . ' ' . joined($side->(2, $pi) . ' i', $pi) . ' ' . joined($side->(3, $p) . ' n', $p);
	my $level0 = $side->(0, $pri);
	push @form, [ 'grouping sets', "WITH $sets" . ($single ? " SELECT sum(" . $of->('f.value') . ") AS answer FROM $t f $sides"
		: $how{cells} ? " SELECT sum(" . $of->('c.s') . ") AS answer FROM $level0 c $sides"
		: ", q AS (SELECT $pri, " . $of->('c.s') . " AS lq FROM $level0 c $sides) SELECT sum(lq) AS answer FROM $t JOIN q USING ($pri)") ];

	# window functions
	my $over = sub { my $keys = shift; return 'sum(value) OVER (' . ($keys eq '' ? '' : "PARTITION BY $keys") . ')' };
	my $source = $how{cells} && !$single ? "(SELECT $pri, sum(value) AS value FROM $t GROUP BY $pri) c" : $t;
	my $value = $single || $how{cells} ? 'value' : $over->($pri);
	push @form, [ 'windows', "SELECT sum((v / nullif(r, 0)) / nullif(i / nullif(n, 0), 0)) AS answer
		FROM (SELECT $value AS v, " . $over->($pr) . " AS r, " . $over->($pi) . " AS i, " . $over->($p) . " AS n FROM $source) x" ];
	return @form;
}

# The forms of plain SQL for each work; the name says what is computed.
my %sql = (
	matrix        => sub { my $t = name(shift); return [ 'group by', "SELECT sum(s) AS answer FROM (SELECT sum(value) AS s FROM $t GROUP BY region, industry) x" ] },
	matrices      => sub { my $t = name(shift); return [ 'group by', "SELECT sum(s) AS answer FROM (SELECT sum(value) AS s FROM $t GROUP BY period, region, industry) x" ] },
	lookup        => sub { return quotient_forms(shift, pooled => 1) },
	lookup_period => sub { return quotient_forms(shift) },
	window        => sub { return quotient_forms(shift) },
	coefficients  => sub { my $table = shift; return quotient_forms($table, cells => 1) },
);

# Works whose plain SQL is the same question share its measurement.
sub question
{
	my ($work, $table) = @_;
	return $work if $work eq 'matrix' || $work eq 'matrices';
	return 'pooled' if $work eq 'lookup' && $table{$table}{period};
	return 'cells'  if $work eq 'coefficients' && !$table{$table}{single};
	return 'rows';
}

# The lines of the main table: title, work, table, workers, goal (a ratio to the floor; or 'serial': faster than without workers), and what
# stands in the way where it is missed.
my $random = 'In random order each row is a cache miss in the slots and one in the cells of its state, and each new cell is new memory; batches hide only part of it. Of a matrix a period, the grouping is the executor\'s.';
my $read = 'The executor reads the table twice and calls two functions a row; what is above that is hashing the labels and one cache miss a row for the value of the cell, which nothing can be asked for ahead. Tried: ranks in place of a bisection (kept), one dictionary a call site for the look-ups too (slower).';
my $spool = 'The sort by period and the copy of all rows into the window\'s tuplestore are the executor\'s (the column "executor alone"); no window function can avoid them, and each argument of a row is fetched from the tuplestore on its own.';
my $combine = 'Each worker builds states of all its rows and sends them to the leader, which adds them cell by cell: with unique rows that is as much work as the rows were.';
my $rows_out = 'Forming a tuple of fifteen columns for each row in the function\'s tuplestore, after the aggregate itself.';
our @line = (
	[ 'One matrix of everything, unique rows', 'matrix', 'unique', 0, 2.2, $random ],
	[ 'One matrix of everything, several rows a cell', 'matrix', 'several', 0, 2.6, $random ],
	[ 'A matrix a period, unique rows', 'matrices', 'unique', 0, 3.0, $random ],
	[ 'A matrix a period, unique rows, 2 workers', 'matrices', 'unique', 2, 'serial', $combine ],
	[ 'A matrix a period, unique rows in order of the period', 'matrices', 'ordered', 0, undef ],
	[ 'A matrix a period, several rows a cell', 'matrices', 'several', 0, 3.0, $random ],
	[ 'A matrix a period, several rows a cell, 2 workers', 'matrices', 'several', 2, 'serial', $combine ],
	[ 'Look-up, unique rows', 'lookup', 'unique', 0, 2.9, $read ],
	[ 'Look-up, unique rows, 2 workers', 'lookup', 'unique', 2, 2.1, $read ],
	[ 'Look-up, unique rows in order of the period', 'lookup', 'ordered', 0, undef ],
	[ 'Look-up, several rows a cell', 'lookup', 'several', 0, 2.9, $read ],
	[ 'Look-up, several rows a cell, 2 workers', 'lookup', 'several', 2, 2.1, $read ],
	[ "Look-up in the matrix of the row's period, unique rows", 'lookup_period', 'unique', 0, undef ],
	[ "Look-up in the matrix of the row's period, several rows a cell", 'lookup_period', 'several', 0, undef ],
	[ 'Window by period, unique rows', 'window', 'unique', 0, 7.5, $spool ],
	[ 'Window by period, unique rows in order of the period', 'window', 'ordered', 0, undef ],
	[ 'Window by period, several rows a cell', 'window', 'several', 0, 7.5, $spool ],
	[ 'kz_coefficients, unique rows', 'coefficients', 'unique', 0, 6.0, $rows_out ],
	[ 'kz_coefficients, unique rows in order of the period', 'coefficients', 'ordered', 0, undef ],
	[ 'kz_coefficients, several rows a cell', 'coefficients', 'several', 0, 6.0, $rows_out ],
	[ 'Integer keys: one matrix of everything', 'matrix', 'integers', 0, 2.2, $random ],
	[ 'Integer keys: a matrix a period', 'matrices', 'integers', 0, 3.0, $random ],
	[ 'Integer keys: look-up', 'lookup', 'integers', 0, 2.9, $read ],
	[ 'Integer keys: window by period', 'window', 'integers', 0, 7.5, $spool ],
	[ 'Integer keys: kz_coefficients', 'coefficients', 'integers', 0, 6.0, $rows_out ],
	[ 'Many regions, one period: one matrix of everything', 'matrix', 'county', 0, 2.2, $random ],
	[ 'Many regions: look-up', 'lookup', 'county', 0, 2.9, $read ],
	[ 'Many regions: look-up, 2 workers', 'lookup', 'county', 2, 2.1, $read ],
	[ 'Many regions: window OVER ()', 'window', 'county', 0, 7.5, $spool ],
	[ 'Many regions: kz_coefficients', 'coefficients', 'county', 0, 6.0, $rows_out ],
	[ 'County Business Patterns: one matrix of everything', 'matrix', 'cbp', 0, 2.2, $random ],
	[ 'County Business Patterns: a matrix a year', 'matrices', 'cbp', 0, 3.0, $random ],
	[ 'County Business Patterns: look-up', 'lookup', 'cbp', 0, 2.9, $read ],
	[ 'County Business Patterns: look-up, 2 workers', 'lookup', 'cbp', 2, 2.1, $read ],
	[ 'County Business Patterns: window by year', 'window', 'cbp', 0, 7.5, $spool ],
	[ 'County Business Patterns: kz_coefficients', 'coefficients', 'cbp', 0, 6.0, $rows_out ],
);

sub kz { my ($work, $table) = @_; return $kz{$work}->($table) }
sub sql { my ($work, $table) = @_; return $sql{$work}->($table) }
sub alone { my ($work, $table) = @_; return $alone{$work} && $alone{$work}->($table) }

1;
