#!/usr/bin/env bash
# Brokers of Apache Kafka on this machine, for tests: from Maven's artefacts, with Java 17 or newer and mvn.
#   kafka.sh install           the jars, once, 44 MB
#   kafka.sh format DIR [N]    settings and storage of 1 or 3 nodes under DIR
#   kafka.sh start DIR ID      starts node ID; its pid in DIR/ID.pid
#   kafka.sh wait DIR ID       until it answers
#   kafka.sh kill DIR ID       SIGKILL
#   kafka.sh stop DIR ID       SIGTERM
# KAFKA_LIB: where the jars are; BASE: the port before that of the first node; HEAP of each. HOST, INNER: addresses for clients and
# among brokers, 127.0.0.1 where absent; % in them, and in INSIDE, a command that a node runs in, is the number of the node. PROTOCOL of
# clients, MORE lines of settings, SCRAM: users that are made, one a line.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
LIB=${KAFKA_LIB:-${XDG_CACHE_HOME:-$HOME/.cache}/minotaur/kafka-4.3.1}
HEAP=${HEAP:-256m} BASE=${BASE:-19090} HOST=${HOST:-127.0.0.1} INNER=${INNER:-127.0.0.1} INSIDE=${INSIDE:-}
# C1 alone and the serial collector: a broker that starts soon and leaves the processors to others.
JAVA=(-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto)
command=$1
shift
case $command in
install)
  [ -e "$LIB/done" ] && exit 0
  command -v java >/dev/null || { echo 'no java' >&2; exit 3; }
  command -v mvn >/dev/null || { echo 'no mvn' >&2; exit 3; }
  mkdir -p "$LIB"
  mvn -q -B -ntp -f "$here/pom.xml" dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory="$LIB"
  # A broker that ends as it should leaves an archive of classes: those after it start in half the time.
  once=$(mktemp -d)
  export BASE=17090
  bash "$0" format "$once"
  bash "$0" start "$once" 1
  bash "$0" wait "$once" 1
  bash "$0" stop "$once" 1
  while kill -0 "$(cat "$once/1.pid")" 2>/dev/null; do sleep 0.1; done
  rm -rf "$once"
  touch "$LIB/done"
  ;;
format)
  mkdir -p "$1"
  dir=$(cd "$1" && pwd) n=${2:-1} voters='' log=''
  for i in $(seq 1 "$n"); do voters+="$i@${INNER//%/$i}:$((BASE + 100 + i)),"; done
  id=$(head -c16 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=')
  # One that begins with a dash is taken for an option.
  id=${id/#-/A}
  copies=$((n >= 3 ? 3 : 1)) least=$((n >= 3 ? 2 : 1))
  log="$dir/log4j2.xml" scram=()
  while read -r user; do [ -z "$user" ] || scram+=(--add-scram "$user"); done <<<"${SCRAM:-}"
  cat >"$log" <<X
<Configuration status="WARN"><Appenders><Console name="C"><PatternLayout pattern="%d{HH:mm:ss.SSS} %p %c{1} %m%n"/></Console></Appenders>
<Loggers><Root level="WARN"><AppenderRef ref="C"/></Root></Loggers></Configuration>
X
  for i in $(seq 1 "$n"); do
    cat >"$dir/$i.properties" <<X
process.roles=broker,controller
node.id=$i
controller.quorum.voters=${voters%,}
listeners=CLIENTS://${HOST//%/$i}:$((BASE + i)),INNER://${INNER//%/$i}:$((BASE + 200 + i)),CONTROLLER://${INNER//%/$i}:$((BASE + 100 + i))
advertised.listeners=CLIENTS://${HOST//%/$i}:$((BASE + i)),INNER://${INNER//%/$i}:$((BASE + 200 + i))
controller.listener.names=CONTROLLER
inter.broker.listener.name=INNER
listener.security.protocol.map=CONTROLLER:PLAINTEXT,INNER:PLAINTEXT,CLIENTS:${PROTOCOL:-PLAINTEXT}
log.dirs=$dir/$i.data
auto.create.topics.enable=false
default.replication.factor=$copies
min.insync.replicas=$least
offsets.topic.replication.factor=$copies
offsets.topic.num.partitions=2
transaction.state.log.replication.factor=$copies
transaction.state.log.min.isr=$least
transaction.state.log.num.partitions=1
share.coordinator.state.topic.replication.factor=$copies
share.coordinator.state.topic.min.isr=$least
share.coordinator.state.topic.num.partitions=1
group.initial.rebalance.delay.ms=0
group.min.session.timeout.ms=1000
log.retention.check.interval.ms=1000
num.network.threads=2
num.io.threads=2
broker.session.timeout.ms=4000
broker.heartbeat.interval.ms=1000
log.cleaner.dedupe.buffer.size=16777216
${MORE:-}
X
    mkdir -p "$dir/$i.data"
    java "${JAVA[@]}" -XX:SharedArchiveFile="$LIB/classes.jsa" -Xmx128m -Dlog4j2.configurationFile="$log" -cp "$LIB/*" kafka.tools.StorageTool format -t "$id" -c "$dir/$i.properties" \
      "${scram[@]}" >/dev/null
  done
  ;;
start)
  archive=(-XX:SharedArchiveFile="$LIB/classes.jsa")
  [ -e "$LIB/classes.jsa" ] || archive=(-XX:ArchiveClassesAtExit="$LIB/classes.jsa")
  # shellcheck disable=SC2086 # a command of several words
  setsid nohup ${INSIDE//%/$2} java "${JAVA[@]}" "${archive[@]}" -Xms64m -Xmx"$HEAP" -Dlog4j2.configurationFile="$1/log4j2.xml" \
    -cp "$LIB/*" kafka.Kafka "$1/$2.properties" >>"$1/$2.log" 2>&1 </dev/null &
  echo $! >"$1/$2.pid"
  ;;
wait)
  for _ in $(seq 1 2400); do
    (exec 3<>"/dev/tcp/${HOST//%/$2}/$((BASE + $2))") 2>/dev/null && exit 0
    kill -0 "$(cat "$1/$2.pid")" 2>/dev/null || { tail -3 "$1/$2.log" >&2; exit 1; }
    sleep 0.05
  done
  echo "broker $2 does not answer" >&2
  exit 1
  ;;
kill) kill -9 "$(cat "$1/$2.pid")" ;;
stop) kill "$(cat "$1/$2.pid")" ;;
*)
  echo "unknown: $command" >&2
  exit 2
  ;;
esac
