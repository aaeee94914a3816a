#!/usr/bin/env bash
# Real servers for tests and benchmarks, on ports of the loopback and in a directory of their own:
#   servers.sh install                 what is missing, from Debian's packages (as root) and PyPI
#   servers.sh start NAME DIRECTORY    prints NAME=VALUE lines of what a client has to know; exit code 3: cannot be had here
#   servers.sh stop NAME DIRECTORY
# NAME is postgres, redis, s3 or slurm. Nothing here is a server's usual place, and none is started by the system.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
venv=$here/out/servers/venv

missing() { printf '%s\n' "$1" >&2; exit 3; }
# Below those that the system gives to whoever asks for any, so that nobody has it by the time that a server wants it.
free_port() {
  node -e 'const next = () => {
    const port = 23000 + Math.floor(9000 * Math.random());
    const s = require("net").createServer().on("error", next).listen(port, "127.0.0.1", () => s.close(() => console.log(port)));
  };
  next()'
}
# Empty where there is none.
postgres_bin() { ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1 || true; }
# PostgreSQL refuses to run as root.
as_postgres() { if [ "$(id -u)" = 0 ]; then setpriv --reuid=postgres --regid=postgres --clear-groups env HOME="$dir" "$@"; else "$@"; fi; }
# Until a command does it, for 30 seconds at most.
until_it() { for _ in $(seq 150); do "$@" >/dev/null 2>&1 && return; sleep 0.2; done; printf 'not up after 30 s: %s\n' "$*" >&2; exit 1; }

install_all() {
  local packages=()
  [ -n "$(postgres_bin)" ] || packages+=(postgresql)
  command -v redis-server >/dev/null || packages+=(redis-server)
  command -v slurmctld >/dev/null || packages+=(slurm-wlm)
  if [ ${#packages[@]} -gt 0 ]; then
    # They start nothing: a policy that forbids it is asked first.
    local policy=/usr/sbin/policy-rc.d
    [ -e $policy ] || { printf '#!/bin/sh\nexit 101\n' >$policy; chmod +x $policy; trap "rm -f $policy" EXIT; }
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}"
  fi
  if ! "$venv/bin/python" -c 'import moto, duckdb, polars, pandas, pyarrow' 2>/dev/null; then
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet -r "$here/test/servers-requirements.txt"
  fi
}

start_postgres() {
  local bin; bin=$(postgres_bin)
  [ -n "$bin" ] || missing 'no PostgreSQL server (scripts/servers.sh install)'
  [ "$(id -u)" != 0 ] || id postgres >/dev/null 2>&1 || missing 'no user postgres to run a server as'
  local port; port=$(free_port)
  mkdir -p "$dir/sockets"
  [ "$(id -u)" != 0 ] || chown -R postgres "$dir"
  as_postgres "$bin/initdb" -D "$dir/data" -U minotaur -A trust -E UTF8 --locale=C >"$dir/initdb.log"
  as_postgres "$bin/pg_ctl" -D "$dir/data" -l "$dir/log" -w -t 60 \
    -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$dir/sockets" start >/dev/null
  echo "url=postgres://minotaur@127.0.0.1:$port/postgres"
}
stop_postgres() { as_postgres "$(postgres_bin)/pg_ctl" -D "$dir/data" -m immediate -w stop >/dev/null; }

start_redis() {
  command -v redis-server >/dev/null || missing 'no redis-server (scripts/servers.sh install)'
  local port; port=$(free_port)
  redis-server --port "$port" --bind 127.0.0.1 --dir "$dir" --save '' --daemonize yes --pidfile "$dir/pid" --logfile "$dir/log" >/dev/null
  until_it redis-cli -p "$port" ping
  echo "url=redis://127.0.0.1:$port"
}
stop_redis() { kill "$(cat "$dir/pid")"; }

# An object store with the S3 interface that keeps all in memory.
start_s3() {
  [ -x "$venv/bin/moto_server" ] || missing 'no object store (scripts/servers.sh install)'
  local port; port=$(free_port)
  AWS_ACCESS_KEY_ID=none AWS_SECRET_ACCESS_KEY=none setsid "$venv/bin/moto_server" -H 127.0.0.1 -p "$port" >"$dir/log" 2>&1 </dev/null &
  echo $! >"$dir/pid"
  until_it bash -c "exec 3<>/dev/tcp/127.0.0.1/$port"
  echo "url=http://127.0.0.1:$port"
}
stop_s3() { kill "$(cat "$dir/pid")"; }

# A controller and one node on this host. Who may do what is not asked: both listen to the loopback alone.
start_slurm() {
  command -v slurmctld >/dev/null && command -v slurmd >/dev/null || missing 'no Slurm (scripts/servers.sh install)'
  [ "$(id -u)" = 0 ] || missing 'Slurm runs jobs as their users, which takes root'
  local host controller node; host=$(hostname -s); controller=$(free_port); node=$(free_port)
  mkdir -p "$dir/state" "$dir/spool"
  cat >"$dir/slurm.conf" <<CONF
ClusterName=minotaur
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$controller
SlurmdPort=$node
SlurmUser=root
AuthType=auth/none
CredType=cred/none
ProctrackType=proctrack/pgid
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
ReturnToService=2
MaxArraySize=10001
SchedulerParameters=sched_interval=1,sched_min_interval=100000,batch_sched_delay=0
StateSaveLocation=$dir/state
SlurmdSpoolDir=$dir/spool
SlurmctldPidFile=$dir/slurmctld.pid
SlurmdPidFile=$dir/slurmd.pid
SlurmctldLogFile=$dir/slurmctld.log
SlurmdLogFile=$dir/slurmd.log
NodeName=$host NodeAddr=127.0.0.1 CPUs=$(nproc) State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
CONF
  # No control groups: a container may not make them.
  printf 'CgroupPlugin=cgroup/v1\nCgroupAutomount=no\n' >"$dir/cgroup.conf"
  export SLURM_CONF=$dir/slurm.conf
  setsid slurmctld -c >/dev/null 2>&1 </dev/null
  setsid slurmd >/dev/null 2>&1 </dev/null
  until_it bash -c "sinfo -h -o %t | grep -q idle"
  echo "SLURM_CONF=$dir/slurm.conf"
}
stop_slurm() { for name in slurmd slurmctld; do kill "$(cat "$dir/$name.pid")"; done; }

case "${1-} ${2-}" in
  'install ') install_all ;;
  'start postgres' | 'start redis' | 'start s3' | 'start slurm' | 'stop postgres' | 'stop redis' | 'stop s3' | 'stop slurm')
    dir=$(realpath -m "$3"); mkdir -p "$dir"
    "$1_$2"
    ;;
  *) sed -n '2,7p' "$0" >&2; exit 2 ;;
esac
