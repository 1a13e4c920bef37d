# shellcheck shell=bash disable=SC2034
# Sourced by the scripts beside it: where the cluster lives, its ports, and how its processes start.
#   PATHWISE_CLUSTER_DIR   logs, pid files, data (default: target/local-cluster)

root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." && pwd)
cluster=${PATHWISE_CLUSTER_DIR:-$root/target/local-cluster}
dist=$root/target/dist
host=127.0.0.1
name_node_port=19000
name_node_http=19870
master_port=17077
master_http=17080
driver_http=17040
workers=(1 2)
worker_cores=2
worker_memory=2g

hdfs_jars="$cluster/conf:$cluster/spark/jars/*:$root/target/local-cluster/hdfs/*"
spark_jars="$cluster/conf:$cluster/spark/jars/*"

# shellcheck source=bin/java.sh
source "$root/bin/java.sh"
export SPARK_LOCAL_IP=$host SPARK_SCALA_VERSION=2.13 SPARK_HOME=$cluster/spark HADOOP_CONF_DIR=$cluster/conf

# What drivers, master and workers read; with a secret where the cluster was started with --secure.
properties=$cluster/conf/spark.conf

# Becomes a JVM: a class path, then options, a class and its arguments. Call it in a subshell.
become_java() {
  local path=$1
  shift
  exec "$java" "@$root/conf/jvm-options" -cp "$path" "$@"
}

# The body of an HTTP answer of a port of this machine, without a tool for it.
get() {
  exec 8<>"/dev/tcp/$host/$1" || return 1
  printf 'GET %s HTTP/1.0\r\nHost: %s\r\n\r\n' "$2" "$host" >&8
  cat <&8
  exec 8>&-
} 2>/dev/null
