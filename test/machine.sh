# shellcheck shell=bash
# Set-up that demo/run, test/run and bench/run share; to be sourced by bash.
#
#   machine_up [PACKAGE...]  the packages that are missing, a private copy of the tree, a build,
#                            and a private server with the extension ready for CREATE EXTENSION
#   machine_as COMMAND...    runs a command in the private copy as the server's user
#   machine_run COMMAND...   runs a long command so that a signal to us ends it and its children
#
# Nothing is installed into the system's PostgreSQL: copy, build and server lie in one folder that
# goes, with the server, when the shell ends. After machine_up, psql and its kin find the server by
# PGHOST, PGPORT, PGUSER; KZ_ROOT is the tree, KZ_SRC the copy, KZ_BUILD_LOG what the compiler said,
# and KZ_SERVER_CONF the lines with which a test's own server finds the extension.
#
# Settings: PG_CONFIG=path (which PostgreSQL), KZ_PG=17 (which major to install), COPT=-O0 (more
# compiler options), KZ_SHARED=folder (reference values and figures that the project does not carry),
# KZ_KEEP=1 (leave the folder for a look).

KZ_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
export KZ_ROOT KZ_SHARED=${KZ_SHARED:-$KZ_ROOT/../shared}

# a folder that is gone, or that we may not enter, would disturb every program of PostgreSQL
[ -x . ] || cd "$KZ_ROOT"

# the caller's environment may be empty, or full of settings meant for another server
export PATH="${PATH:-/usr/local/bin:/usr/bin:/bin}:/usr/local/sbin:/usr/sbin:/sbin" LANG=C.UTF-8
for name in $(compgen -e); do
	case $name in
		PG_CONFIG) ;;
		PG* | LC_* | LANGUAGE | CDPATH | DESTDIR | MAKEFLAGS | MFLAGS | MAKELEVEL) unset "$name" ;;
	esac
done
unset name

machine_job=
machine_user=()

machine_say() { printf 'kzcluster: %s\n' "$*" >&2; }
machine_fail() { machine_say "$*"; exit 1; }

# Prints the bin folder of the newest installed PostgreSQL that extensions can be built for.
machine_newest_bin()
{
	local bin newest=
	for bin in $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V); do
		if [ -x "$bin/postgres" ] && [ -x "$bin/pg_config" ] && [ -f "$("$bin/pg_config" --pgxs)" ]; then
			newest=$bin
		fi
	done
	[ -z "$newest" ] || echo "$newest"
}

# Prints the major version to use: the one asked for, the one at hand, or the distribution's own.
machine_major()
{
	local major=${KZ_PG:-} bin
	if [ -n "${PG_CONFIG:-}" ]; then
		major=$("$PG_CONFIG" --version | sed 's/[^0-9]*\([0-9]*\).*/\1/')
	elif [ -z "$major" ]; then
		bin=$(machine_newest_bin)
		[ -n "$bin" ] || bin=$(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
		major=$(basename "$(dirname "$bin")")
		case $major in
			[0-9]*) ;;
			*) major=$(apt-cache depends postgresql 2>/dev/null | sed -n 's/.*Depends: postgresql-\([0-9]*\)$/\1/p') ;;
		esac
	fi
	echo "$major"
}

# Runs apt-get without questions, as root or through sudo; what it says is shown if it fails.
machine_apt()
{
	local sudo=''
	[ "$(id -u)" = 0 ] || sudo=sudo
	$sudo env DEBIAN_FRONTEND=noninteractive apt-get -y --no-install-recommends \
		-o DPkg::Lock::Timeout=300 "$@" </dev/null >>"$KZ_WORK/apt.log" 2>&1
}

# Installs those of the packages that are missing, without making a system-wide database cluster.
machine_install()
{
	local conf=/etc/postgresql-common/createcluster.d/kzcluster.conf sudo='' status=0
	machine_say "installing $*"
	if [ "$(id -u)" != 0 ]; then
		command -v sudo >/dev/null || machine_fail "that needs root or sudo"
		sudo=sudo
	fi
	$sudo mkdir -p "${conf%/*}"
	echo 'create_main_cluster = false' | $sudo tee "$conf" >/dev/null
	machine_apt install "$@" || { machine_apt update && machine_apt install "$@"; } || status=$?
	$sudo rm -f "$conf"
	$sudo rmdir --ignore-fail-on-non-empty "${conf%/*}"
	[ $status = 0 ] || { tail -n 20 "$KZ_WORK/apt.log" >&2; machine_fail "the packages could not be installed"; }
}

# Makes sure that everything to build and to test with is there.
machine_packages()
{
	command -v dpkg-query >/dev/null || return 0	# not Debian: the build will say what it misses
	local major package missing=() wanted=(make gcc libc6-dev libigraph-dev libgsl-dev "$@")
	major=$(machine_major)
	if [ -z "$major" ]; then
		machine_apt update || { tail -n 20 "$KZ_WORK/apt.log" >&2; machine_fail "apt-get update failed"; }
		major=$(machine_major)
		[ -n "$major" ] || machine_fail "no PostgreSQL is known to apt-get"
	fi
	case ${PG_CONFIG:-/usr/lib/postgresql/} in
		/usr/lib/postgresql/* | /usr/bin/*)
			wanted+=("postgresql-$major" "postgresql-server-dev-$major" "postgresql-$major-postgis-3") ;;
	esac
	for package in "${wanted[@]}"; do
		[ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
	done
	[ ${#missing[@]} = 0 ] || machine_install "${missing[@]}"
	[ -n "${PG_CONFIG:-}" ] || [ -z "${KZ_PG:-}" ] || PG_CONFIG=/usr/lib/postgresql/$KZ_PG/bin/pg_config
}

# Runs a command in the private copy as the user whom the files and the server belong to.
machine_as() { (cd "$KZ_SRC" && HOME=$KZ_WORK TMPDIR=$KZ_WORK exec "${machine_user[@]}" "$@"); }

# Runs a command in a process group of its own, which a signal to this shell ends.
machine_run()
{
	local status=0
	set -m
	"$@" </dev/null &
	machine_job=$!
	set +m
	wait "$machine_job" || status=$?
	machine_job=
	return $status
}

# Copies the tree, without anything built in it, and builds and installs the copy privately.
machine_build()
{
	local make=(make "PG_CONFIG=$PG_CONFIG")
	mkdir "$KZ_SRC" "$KZ_WORK/dest"
	tar -C "$KZ_ROOT" -c --exclude-vcs --exclude='*.o' --exclude='*.so' --exclude='*.bc' \
		--exclude='kzcluster--?.?.?.sql' --exclude=./results --exclude=./output_iso \
		--exclude=./tmp_check . | tar -C "$KZ_SRC" -x --no-same-owner
	if [ "$(id -u)" = 0 ]; then
		machine_user=(setpriv --reuid=postgres --regid=postgres --init-groups)
		chown -R postgres: "$KZ_WORK"
	fi
	export KZ_BUILD_LOG=$KZ_WORK/build.log
	if ! machine_run machine_as "${make[@]}" -j2 all >"$KZ_BUILD_LOG" 2>&1 ||
		! machine_as "${make[@]}" install "DESTDIR=$KZ_WORK/dest" >>"$KZ_BUILD_LOG" 2>&1; then
		grep -E '(error|warning): |[*]{3}' "$KZ_BUILD_LOG" | head -n 30 >&2 || tail -n 20 "$KZ_BUILD_LOG" >&2
		machine_fail "the build failed"
	fi
}

# Prints the settings that let a server find what machine_build installed.
machine_conf()
{
	if [ "$(machine_major)" -ge 18 ]; then
		echo "extension_control_path = '$KZ_WORK/dest$("$PG_CONFIG" --sharedir):\$system'"
		echo "dynamic_library_path = '$KZ_WORK/dest$("$PG_CONFIG" --pkglibdir):\$libdir'"
	else
		echo "extension_destdir = '$KZ_WORK/dest'"	# of Debian's PostgreSQL before 18
	fi
}

# Starts a server that only this machine's user sees: a socket in the private folder, no TCP.
machine_start()
{
	local data=$KZ_WORK/data
	KZ_SERVER_CONF=$(machine_conf)
	export KZ_SERVER_CONF
	machine_as initdb -D "$data" -U postgres -A trust --no-sync --locale=C.UTF-8 -E UTF8 \
		>"$KZ_WORK/initdb.log" 2>&1 || { tail "$KZ_WORK/initdb.log" >&2; machine_fail "initdb failed"; }
	machine_as tee -a "$data/postgresql.conf" >/dev/null <<-END
		$KZ_SERVER_CONF
		listen_addresses = ''
		unix_socket_directories = '$KZ_WORK'
		timezone = 'UTC'
		fsync = off
		full_page_writes = off
	END
	machine_as pg_ctl -D "$data" -l "$KZ_WORK/server.log" -w -t 60 start >/dev/null 2>&1 ||
		{ tail "$KZ_WORK/server.log" >&2 || true; machine_fail "the private server did not start"; }
	export PGHOST=$KZ_WORK PGPORT=5432 PGUSER=postgres PGDATABASE=postgres
}

# Ends whatever still runs, by the process ids of the servers in the private folder, and removes it.
machine_down()
{
	local status=$? file pid tries
	trap - EXIT
	trap '' INT TERM
	[ -z "$machine_job" ] || kill -TERM -- "-$machine_job" 2>/dev/null || true
	while read -r file; do
		pid=$(head -n 1 "$file" 2>/dev/null) || continue
		kill -INT "$pid" 2>/dev/null || continue
		for tries in $(seq 100); do
			kill -0 "$pid" 2>/dev/null || break
			[ "$tries" != 80 ] || kill -QUIT "$pid" 2>/dev/null || true
			sleep 0.1
		done
	done < <(find "$KZ_WORK" -name postmaster.pid 2>/dev/null)
	if [ -n "${KZ_KEEP:-}" ]; then
		machine_say "left for you: $KZ_WORK"
	else
		rm -rf "$KZ_WORK"
	fi
	exit $status
}

machine_up()
{
	umask 022
	KZ_WORK=$(mktemp -d -p /tmp)
	KZ_SRC=$KZ_WORK/src
	export KZ_WORK KZ_SRC
	trap machine_down EXIT
	trap 'exit 130' INT
	trap 'exit 143' TERM
	trap 'exit 129' HUP
	machine_packages "$@"
	if [ -z "${PG_CONFIG:-}" ]; then
		PG_CONFIG=$(machine_newest_bin)/pg_config
		[ -x "$PG_CONFIG" ] || machine_fail "no PostgreSQL server with its development files; set PG_CONFIG"
	fi
	export PG_CONFIG
	PATH=$("$PG_CONFIG" --bindir):$PATH
	machine_build
	machine_start
}
