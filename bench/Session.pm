# One timed run in a session of its own, and arithmetic on the times.
package Session;
use strict;
use warnings;
use Exporter 'import';
our @EXPORT = qw(run_sql timed note median spread same_answer);

my $script = "$ENV{KZ_WORK}/bench/session.$$.sql";
END { unlink $script }

# Runs statements in a new session; returns what was printed, or undef when one of them failed.
sub run_sql
{
	open my $file, '>', $script or die "$script: $!\n";
	print $file "\\set ON_ERROR_STOP 1\n\\set QUIET 1\n", map { /^\\|\\gset$/ ? "$_\n" : "$_;\n" } @_;
	close $file;
	my $said = qx(psql -XAtq -F '|' -f $script 2>$script.err);
	my $failed = $?;
	if ($failed) {
		open my $error, '<', "$script.err";
		local $/;
		our $last_error = <$error>;
		close $error;
	}
	unlink "$script.err";
	return $failed ? undef : $said;
}

# The settings of a run as SET statements.
sub settings
{
	my %set = (work_mem => '256MB', jit => 'off', max_parallel_workers_per_gather => 0, @_);
	return map { "SET $_ = '$set{$_}'" } sort keys %set;
}

# Runs a contender: before => [...] and after the loading of the library, untimed; timed => [...]; answer => a query asked
# afterwards, otherwise the last timed statement gives it; set => {...}. Returns milliseconds and the answer, or nothing.
sub timed
{
	my %run = @_;
	my @timed = @{ $run{timed} };
	my @last = $run{answer} ? () : (pop(@timed) . " \\gset");
	s/\s+/ /g for @timed, @last;
	my $said = run_sql(
		settings(%{ $run{set} // {} }),
		@{ $run{before} // [] },
		'\o /dev/null',
		q(SELECT kz_dims('{"rows":[],"cols":[],"cells":[]}')),
		'\o',
		'SELECT extract(epoch FROM clock_timestamp()) AS began \gset',
		@timed, @last,
		'SELECT (extract(epoch FROM clock_timestamp()) - :began) * 1000 AS ms \gset',
		($run{answer} ? "$run{answer} \\gset" : ()),
		q(\echo :ms :answer));
	return unless defined $said;
	my ($ms, $answer) = $said =~ /([0-9.]+) (\S+)\s*$/ or die "unexpected: $said";
	return ($ms, $answer);
}

# Says what is going on.
sub note { printf STDERR "kzcluster: %s\n", join '', @_ }

sub median
{
	my @sorted = sort { $a <=> $b } @_;
	return @sorted % 2 ? $sorted[ @sorted / 2 ] : ($sorted[ @sorted / 2 - 1 ] + $sorted[ @sorted / 2 ]) / 2;
}

sub spread { my @sorted = sort { $a <=> $b } @_; return @sorted[ 0, -1 ] }

sub same_answer
{
	my ($a, $b) = @_;
	return abs($a - $b) <= 1e-9 * abs($b);
}

1;
