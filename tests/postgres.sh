# A PostgreSQL of one's own in $scratch/postgres, for tests and measurements; sourced, not run.
# It runs as an unprivileged user, on a free port of the loopback address, and promises no durability.
postgres_started=
as_database_user() { "$@"; }

pg_folder() {
    local newest
    newest=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1 || true)
    if [[ -n $newest && -x $newest/postgres ]]; then echo "$newest"
    elif command -v pg_ctl >/dev/null && command -v initdb >/dev/null; then dirname "$(command -v pg_ctl)"
    fi
}

start_postgres() {
    pg_bin=$(pg_folder)
    local home=$scratch/postgres
    mkdir "$home"
    if ((EUID == 0)); then
        # PostgreSQL refuses to run as root.
        database_user=nobody
        ! id postgres >/dev/null 2>&1 || database_user=postgres
        chmod 755 "$scratch"
        chown "$database_user" "$home"
        as_database_user() { (cd "$scratch/postgres" && exec runuser -u "$database_user" -- "$@"); }
    fi
    as_database_user "$pg_bin/initdb" -D "$home/data" -U plumbline -A trust -E UTF8 --locale=C --no-sync >"$scratch/initdb.log" 2>&1 \
        || { cat "$scratch/initdb.log" >&2; exit 1; }

    local options attempt
    for attempt in 1 2 3 4 5; do
        port=$((20000 + RANDOM % 20000))
        options="-p $port -k $home -h 127.0.0.1 -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200 -c shared_buffers=128MB"
        if as_database_user "$pg_bin/pg_ctl" -D "$home/data" -l "$home/log" -w -t 60 -s -o "$options" start >/dev/null 2>&1; then
            postgres_started=1
            export PLUMBLINE_TEST_POSTGRES="Host=127.0.0.1;Port=$port;Username=plumbline"
            return
        fi
    done
    echo "PostgreSQL did not start:" >&2
    tail -20 "$home/log" >&2
    exit 1
}

postgres_version() { "$pg_bin/postgres" --version | grep -o '[0-9.]*' | head -1; }

stop_postgres() {
    [[ -z $postgres_started ]] || as_database_user "$pg_bin/pg_ctl" -D "$scratch/postgres/data" -m immediate -s stop >/dev/null 2>&1 || true
    postgres_started=
}
