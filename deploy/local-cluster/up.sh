#!/usr/bin/env bash
# Starts a cluster of real processes on this machine: HDFS (a NameNode, two DataNodes) and Spark standalone (a
# master, two workers). Returns when all are ready, prints their addresses; deploy/local-cluster/down.sh stops it.
#   --secure   with authentication and encryption (conf/spark-defaults.secure.conf) and a secret of its own
set -euo pipefail
# shellcheck source=deploy/local-cluster/settings.sh
source "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/settings.sh"

case "${1:-}" in
  --secure | '') secure=${1:-} ;;
  *)
    echo "usage: deploy/local-cluster/up.sh [--secure]" >&2
    exit 2
    ;;
esac
if compgen -G "$cluster/pids/*.pid" >/dev/null; then
  echo "a cluster runs already, or did not stop cleanly ($cluster/pids): deploy/local-cluster/down.sh" >&2
  exit 2
fi
for port in $name_node_port $name_node_http $master_port $master_http; do
  if (: <"/dev/tcp/$host/$port") 2>/dev/null; then
    echo "port $port of $host is taken, expected it free" >&2
    exit 2
  fi
done

"$root/bin/pathwise" --version >/dev/null # builds what is not built
if [[ ! -d $root/target/local-cluster/hdfs ]]; then
  (cd "$root" && mvn -q -B -ntp -Plocal-cluster -pl spark-jobs -am -Dmaven.test.skip=true package >&2)
fi

rm -rf "$cluster"/{conf,data,logs,pids,spark,work}
mkdir -p "$cluster"/{conf,data,logs,pids,spark/jars,work}
# What a Spark distribution holds: three of its jars are on our own list too.
ln -s "$dist"/spark/*.jar "$dist"/lib/{slf4j-api,janino,commons-compiler}-*.jar "$cluster/spark/jars/"
cp "$root/conf/log4j2.properties" "$cluster/conf/"
(
  umask 077
  cat "$root/conf/spark-defaults.conf" >"$properties"
  if [[ -n $secure ]]; then
    cat "$root/conf/spark-defaults.secure.conf"
    echo "spark.authenticate.secret $(od -An -N32 -tx1 /dev/urandom | tr -d ' \n')"
  fi >>"$properties"
)

property() { echo "<property><name>$1</name><value>$2</value></property>"; }

{
  echo '<configuration>'
  property fs.defaultFS "hdfs://$host:$name_node_port"
  echo '</configuration>'
} >"$cluster/conf/core-site.xml"
{
  echo '<configuration>'
  property dfs.replication 2
  property dfs.namenode.name.dir "file://$cluster/data/name"
  property dfs.namenode.http-address "$host:$name_node_http"
  property dfs.namenode.rpc-bind-host "$host"
  property dfs.permissions.superusergroup "$(id -gn)"
  # A DataNode that dies is replaced by none: there are two.
  property dfs.client.block.write.replace-datanode-on-failure.policy NEVER
  # Noticed dead in 10 s rather than in 10 minutes.
  property dfs.heartbeat.interval 1
  property dfs.namenode.heartbeat.recheck-interval 4000
  echo '</configuration>'
} >"$cluster/conf/hdfs-site.xml"

# Starts a process in the background: its name, a class path, a class, arguments.
start() {
  local name=$1
  shift
  become_java "$@" >"$cluster/logs/$name.log" 2>&1 &
  echo $! >"$cluster/pids/$name.pid"
}

# Waits until a page of a port contains a pattern: what for, port, page, pattern.
await() {
  for ((second = 0; second < 120; second++)); do
    if get "$2" "$3" | grep -Eq "$4"; then return; fi
    for pid in "$cluster"/pids/*.pid; do
      if ! kill -0 "$(<"$pid")" 2>/dev/null; then
        echo "$(basename "$pid" .pid) has ended, see $cluster/logs:" >&2
        tail -n 5 "$cluster/logs/$(basename "$pid" .pid).log" >&2
        "$root/deploy/local-cluster/down.sh" >&2
        exit 1
      fi
    done
    sleep 1
  done
  echo "$1 is not ready after 120 s, see $cluster/logs" >&2
  "$root/deploy/local-cluster/down.sh" >&2
  exit 1
}

hdfs=org.apache.hadoop.hdfs.server
(become_java "$hdfs_jars" $hdfs.namenode.NameNode -format -nonInteractive) >"$cluster/logs/format.log" 2>&1 || {
  tail -n 5 "$cluster/logs/format.log" >&2
  exit 1
}
# What Spark may assign as GPUs, looked up once; nothing on a machine without an OpenCL device.
resources=()
if "$root/deploy/gpu/discover.sh" | grep -q '"0"'; then
  echo '[{"id": {"componentName": "spark.worker", "resourceName": "gpu"}, "addresses": ["0"]}]' \
    >"$cluster/conf/gpus.json"
  resources=(-Dspark.worker.resource.gpu.amount=1 "-Dspark.worker.resourcesFile=$cluster/conf/gpus.json")
fi

start name-node "$hdfs_jars" -Xmx256m $hdfs.namenode.NameNode
start master "$spark_jars" -Xmx512m org.apache.spark.deploy.master.Master \
  --host $host --port $master_port --webui-port $master_http --properties-file "$properties"
for n in "${workers[@]}"; do
  start "data-node-$n" "$hdfs_jars" -Xmx256m "-Ddfs.datanode.data.dir=file://$cluster/data/$n" \
    $hdfs.datanode.DataNode -D "dfs.datanode.data.dir=file://$cluster/data/$n" \
    -D "dfs.datanode.address=$host:0" -D "dfs.datanode.http.address=$host:0" \
    -D "dfs.datanode.ipc.address=$host:0"
  start "worker-$n" "$spark_jars" -Xmx512m ${resources[@]+"${resources[@]}"} org.apache.spark.deploy.worker.Worker \
    --properties-file "$properties" --host $host --cores $worker_cores --memory $worker_memory -d "$cluster/work/$n" \
    "spark://$host:$master_port"
done
await "HDFS" $name_node_http "/jmx?qry=Hadoop:service=NameNode,name=FSNamesystemState" \
  "\"NumLiveDataNodes\" : ${#workers[@]}"
await "Spark" $master_http "/json/" "\"aliveworkers\" : ${#workers[@]}"
echo "hdfs://$host:$name_node_port"
echo "spark://$host:$master_port"
