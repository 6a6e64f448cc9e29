# shellcheck shell=bash
# The same rows in data.table, pandas and DuckDB, in their own native form; sourced by bench/run.
#
# Each program reads the rows from a file that the server wrote, then computes the sum of the quotients of all rows
# several times, and prints lines of: program, threads, load or the question (rows: by period; pooled: over all periods),
# milliseconds, answer.

# Runs a peer on a table for both questions: by period and over all of them; adds what it prints to peers.tsv.
peer()
{
	local table=$1 out=$KZ_WORK/bench/peer.out
	shift
	if machine_run machine_as "$@" "$KZ_WORK/bench/$table.csv" "$table" >"$out" 2>"$out.err"; then
		sed "s/^/$table\t/" "$out" >>"$KZ_WORK/bench/peers.tsv"
	else
		machine_say "$1 $2 failed: $(tail -n 1 "$out.err")"
	fi
}

# Installs a peer's packages, or says that it is left out.
peer_packages()
{
	local package
	for package; do
		[ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] ||
			(machine_install "$package") || { machine_say "left out: $package cannot be had"; return 1; }
	done
}

run_peers()
{
	local here=$KZ_SRC/bench/peers table began r='' python='' duckdb=''
	: >"$KZ_WORK/bench/peers.tsv"
	if peer_packages r-base-core r-cran-data.table; then r=1; fi
	if peer_packages python3-pandas; then python=1; fi
	if command -v npm >/dev/null && machine_as mkdir "$KZ_WORK/npm" && machine_as npm install --silent --no-audit --no-fund --ignore-scripts \
		--prefix "$KZ_WORK/npm" @duckdb/node-api >"$KZ_WORK/npm.log" 2>&1; then
		machine_as cp "$here/duckdb.mjs" "$KZ_WORK/npm/"
		duckdb=1
	else
		machine_say "left out: DuckDB cannot be had through npm"
	fi
	for table in unique several; do
		began=$(date +%s%N)
		psql -XAtqc "\\copy \"$table\" TO '$KZ_WORK/bench/$table.csv' (FORMAT csv, HEADER)"
		printf '%s\texport\t1\tload\t%s\t\n' "$table" $((($(date +%s%N) - began) / 1000000)) >>"$KZ_WORK/bench/peers.tsv"
		chmod a+r "$KZ_WORK/bench/$table.csv"
		[ -z "$r" ] || for threads in 1 2; do peer "$table" Rscript --vanilla "$here/datatable.R" $threads; done
		[ -z "$python" ] || for keys in strings categories; do peer "$table" /usr/bin/python3 "$here/peer_pandas.py" $keys; done
		[ -z "$duckdb" ] || for threads in 1 2; do peer "$table" node "$KZ_WORK/npm/duckdb.mjs" $threads; done
		rm -f "$KZ_WORK/bench/$table.csv"
	done
}
