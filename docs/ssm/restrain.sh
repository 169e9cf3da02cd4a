#!/bin/sh
# Watchdog-Restrain, version 1. Caps one process or one crowd by a cgroup, ends one process, or takes a cap off again. What it prints is
# described in restrain-output.md. POSIX sh (dash, bash, busybox). Builtins wherever they will do: a fork may fail here.
action='{{ action }}'
pid='{{ pid }}'
start='{{ startTime }}'
percent='{{ cpuPercent }}'
reach='{{ reach }}'
operation='{{ operation }}'

PATH=$PATH:/usr/sbin:/usr/bin:/sbin:/bin
LC_ALL=C
export PATH LC_ALL
umask 077
set -f
state=unsupported why='it was cut off: the guest could start no further program' by= limit= tasks= procs= outside=0 home= used= root=
heir=
name=watchdog-restrain-$pid-$start
record=/run/$name

text() { # $1 as JSON text in out, at most 200 characters; what is neither plain nor a backslash becomes a question mark
  from=$1 out= n=0
  while [ -n "$from" ] && [ $n -lt 200 ]; do
    c=${from%"${from#?}"} from=${from#?} n=$((n + 1))
    case $c in '\') out=$out'\\' ;; [A-Za-z0-9_./@:=,\ -]) out=$out$c ;; *) out=$out'?' ;; esac
  done
}

answer() {
  trap - EXIT
  up=0; { read -r up rest < /proc/uptime; } 2>/dev/null
  text "$home"
  printf '{"v":1,"operation":"%s","action":"%s","state":"%s","why":"%s","pid":%s,"start":%s,"up":%s,"used":%s,"by":"%s","cpu":"%s","tasks":"%s","procs":%s,"outside":%s,"before":"%s","end":true}\n' \
    "$operation" "$action" "$state" "$why" "$pid" "$start" "$up" "${used:-null}" "$by" "$limit" "$tasks" "${procs:-null}" "$outside" "$out"
  exit 0
}

done_as() { state=$1 why=$2; answer; }
put() { { echo "$1" > "$2"; } 2>/dev/null; }
seconds() { up=0; { read -r up rest < /proc/uptime; } 2>/dev/null; up=${up%.*}; }

# Whether the named process is still that one.
same() { look "$pid" && [ "$began" = "$start" ]; }

# One process, by number, into the variables beneath; fails when it is gone, or dead and not yet buried.
look() {
  line=; { read -r line < "/proc/$1/stat"; } 2>/dev/null
  case $line in *\(*\)*) ;; *) return 1 ;; esac
  comm=${line#*\(}; comm=${comm%\)*}
  set -- ${line##*\) }
  [ $# -ge 20 ] || return 1
  mode=$1 parent=$2 session=$4 kernel=$(($7 / 2097152 % 2)) ticks=$((${12} + ${13})) began=${20}
  case $mode in Z | X) return 1 ;; esac
}

owner() { # uid of process $1
  uid=
  { while read -r key uid rest; do [ "$key" = Uid: ] && break; done < "/proc/$1/status"; } 2>/dev/null
}

# Why process $1, as just looked at, must be left alone. An SSM agent is known by its name only where it is root's: anybody may take the name.
untouchable() {
  case " $ancestors " in *" $1 "*) no='it is this command or started it'; return 0 ;; esac
  [ "$1" -gt 1 ] || { no='it is the first process'; return 0; }
  [ "$kernel" = 0 ] || { no='it is a thread of the kernel'; return 0; }
  case $comm in amazon-ssm-agen* | ssm-agent-worke* | ssm-document-wo* | ssm-session-wor*) owner "$1"; [ "$uid" != 0 ] || { no='it is the SSM agent'; return 0; } ;; esac
  return 1
}

# Where cgroups limit CPU and processes on this machine: root and crowds, the roots of the two trees; version 2 has but one.
trees() {
  unified= cpus= pids= version=0 root= crowds=
  { while read -r x where kind options rest; do
    case $kind in
      cgroup2) unified=$where ;;
      cgroup)
        case ,$options, in *,cpu,*) cpus=$where ;; esac
        case ,$options, in *,pids,*) pids=$where ;; esac ;;
    esac
  done < /proc/mounts; } 2>/dev/null
  has=; [ -z "$unified" ] || { read -r has < "$unified/cgroup.controllers"; } 2>/dev/null
  case " $has " in
    *" cpu "*) version=2 root=$unified; case " $has " in *" pids "*) crowds=$unified ;; esac ;;
    *) [ -z "$cpus" ] || version=1 root=$cpus crowds=$pids ;;
  esac
}

# The cgroups of process $1: paths beneath the two roots.
place() {
  at= at_pids=
  { while IFS=: read -r x kinds its; do
    case $version,$x,,$kinds, in
      2,0,,*) at=$its at_pids=$its ;;
      1,*,cpu,*) at=$its ;;
    esac
    case $version,,$kinds, in 1,*,pids,*) at_pids=$its ;; esac
  done < "/proc/$1/cgroup"; } 2>/dev/null
}

ours() { case $1 in */"$name" | */"$name.scope") return 0 ;; esac; return 1; }

# Our own cgroup, where there is one: group, and its fellow for processes.
find_ours() {
  group= fellow= by=
  [ -n "$root" ] || return 1
  if [ -d "$root/system.slice/$name.scope" ]; then group=$root/system.slice/$name.scope by=systemd
  elif [ -d "$root/$name" ]; then group=$root/$name by=v$version
  else return 1; fi
  if [ $version = 2 ]; then [ -z "$crowds" ] || fellow=$group
  elif [ -n "$crowds" ] && [ -d "$crowds/$name" ]; then fellow=$crowds/$name; fi
}

# systemd owns a tree of version 2: its own scope, delegated to us, is what it leaves alone.
by_systemd() {
  [ $version = 2 ] && [ -d /run/systemd/system ] && command -v busctl >/dev/null || return 1
  busctl call org.freedesktop.systemd1 /org/freedesktop/systemd1 org.freedesktop.systemd1.Manager StartTransientUnit 'ssa(sv)a(sa(sv))' \
    "$name.scope" fail 5 Description s 'Restrained by Watchdog' PIDs au 1 "$pid" CPUQuotaPerSecUSec t $((percent * 10000)) CPUAccounting b true Delegate b true \
    0 >/dev/null 2>&1 || return 1
  tries=0
  while [ $tries -lt 20 ]; do
    place "$pid"
    ! ours "$at" || return 0
    sleep 0.1 2>/dev/null || sleep 1
    tries=$((tries + 1))
  done
  return 1
}

by_hand() {
  [ -d "$root/$name" ] || mkdir "$root/$name" 2>/dev/null || return 1
  if [ $version = 2 ]; then
    [ -e "$root/$name/cpu.max" ] || put +cpu "$root/cgroup.subtree_control"
    [ -z "$crowds" ] || [ -e "$root/$name/pids.max" ] || put +pids "$root/cgroup.subtree_control"
  else
    [ -z "$crowds" ] || [ -d "$crowds/$name" ] || mkdir "$crowds/$name" 2>/dev/null
  fi
}

# The limits: $1 a quota in microseconds each 100 ms, or max; $2 how many processes, or max. systemd is told too, or it would put its own back.
limits() {
  if [ "$by" = systemd ]; then
    quota=; [ "$1" = max ] || quota=$(($1 / 1000))%
    most=$2; [ "$2" != max ] || most=infinity
    systemctl set-property --runtime "$name.scope" "CPUQuota=$quota" "TasksMax=$most" >/dev/null 2>&1
  fi
  if [ $version = 2 ]; then put "$1 100000" "$group/cpu.max"
  else
    put 100000 "$group/cpu.cfs_period_us"
    if [ "$1" = max ]; then put -1 "$group/cpu.cfs_quota_us"; else put "$1" "$group/cpu.cfs_quota_us"; fi
  fi
  [ -z "$fellow" ] || [ ! -e "$fellow/pids.max" ] || put "$2" "$fellow/pids.max"
}

read_limits() {
  limit= tasks= quota= period=
  if [ $version = 2 ]; then { read -r limit < "$group/cpu.max"; } 2>/dev/null
  else
    { read -r quota < "$group/cpu.cfs_quota_us"; read -r period < "$group/cpu.cfs_period_us"; } 2>/dev/null
    [ "$quota" != -1 ] || quota=max
    limit="$quota $period"
  fi
  [ -z "$fellow" ] || { read -r tasks < "$fellow/pids.max"; } 2>/dev/null
  procs=0
  { while read -r x; do procs=$((procs + 1)); done < "$group/cgroup.procs"; } 2>/dev/null
}

# Process $1 into our cgroups; where it was is recorded first.
take() {
  place "$1"
  if ! ours "$at"; then
    { echo "c $1 $at" >> "$record"; } 2>/dev/null && put "$1" "$group/cgroup.procs" || return 1
    moved=$((moved + 1))
  fi
  [ $version = 1 ] && [ -n "$fellow" ] && ! ours "$at_pids" || return 0
  { echo "p $1 $at_pids" >> "$record"; } 2>/dev/null && put "$1" "$fellow/cgroup.procs"
}

# Everything of the named one's owner that has its name or its session, again and again until a round finds nothing new.
gather() {
  crew=$its_comm bunch=$its_session round=0
  seconds; late=$((up + 8))
  while [ $round -lt 6 ]; do
    round=$((round + 1)) moved=0 outside=0 seen=0
    set +f; set -- /proc/[0-9]*; set -f
    for x do
      seen=$((seen + 1))
      [ $((seen % 200)) != 0 ] || { seconds; [ "$up" -le $late ] || { outside=$((outside + 1)); return; }; }
      id=${x#/proc/}
      look "$id" || continue
      [ "$comm" = "$crew" ] || { [ "$session" = "$bunch" ] && [ "$bunch" -gt 1 ]; } || continue
      owner "$id"
      [ "$uid" = "$its_uid" ] || continue
      ! untouchable "$id" || continue
      look "$id" && { take "$id" || outside=$((outside + 1)); }
    done
    [ $moved != 0 ] || return
  done
}

# The named one of a capped crowd is gone: one that is left stands for it.
heir() {
  heir=
  { while read -r x; do look "$x" && heir=$x && return 0; done < "$group/cgroup.procs"; } 2>/dev/null
  return 1
}

cap() {
  [ -n "$root" ] || done_as unsupported 'no cgroup here can limit CPU'
  if ! find_ours; then
    place "$pid"
    [ -n "$at" ] || done_as unsupported 'its cgroup cannot be read'
    { echo "c $pid $at" > "$record"; } 2>/dev/null || done_as unsupported 'there is no place to record its cgroup in'
    by_systemd || by_hand
    find_ours || { gone_record; done_as unsupported 'no cgroup can be made here'; }
  fi
  # A crowd may start nothing new; what dies is not replaced.
  if [ "$reach" = crowd ]; then limits $((percent * 1000)) 1; else limits $((percent * 1000)) max; fi
  read_limits
  case $limit in "$((percent * 1000)) 100000") ;; *) undo; limit= tasks= procs=; done_as unsupported 'the cgroup takes no CPU limit' ;; esac
  moved=0
  ! same || take "$pid"
  if [ "$reach" = crowd ]; then gather; fi
  read_limits
  while read -r x id path; do [ "$id" = "$pid" ] && home=$path && break; done < "$record"
  if ! same; then
    [ "$reach" = crowd ] && [ "$procs" != 0 ] && done_as capped ''
    undo; done_as gone ''
  fi
  used=$ticks
  place "$pid"
  ours "$at" || { undo; done_as unsupported 'the kernel did not move it'; }
  done_as capped ''
}

end() {
  [ "$reach" = process ] || done_as refused 'only one process can be ended'
  for signal in TERM KILL; do
    ! same || kill -$signal "$pid" 2>/dev/null
    seconds; late=$((up + 5))
    while same && [ "$up" -lt $late ]; do sleep 1; seconds; done
  done
  ! same || done_as unsupported "it does not end, in state $mode"
  undo
  done_as ended ''
}

gone_record() { [ ! -e "$record" ] || rm -f "$record" 2>/dev/null; }

# Back to where each came from; what was born here goes where the first one came from. Where a former cgroup is gone they stay, without limits.
undo() {
  find_ours || { gone_record; return 1; }
  limits max max
  first= first_pids=
  { while read -r kind id path; do
    case $kind in c) [ -n "$first" ] || first=$path ;; p) [ -n "$first_pids" ] || first_pids=$path ;; *) continue ;; esac
    place "$id"
    case $kind in
      c) ! ours "$at" || put "$id" "$root$path/cgroup.procs" ;;
      p) ! ours "$at_pids" || put "$id" "$crowds$path/cgroup.procs" ;;
    esac
  done < "$record"; } 2>/dev/null
  [ -z "$first" ] || rest_back "$group" "$root$first"
  [ $version = 2 ] || [ -z "$fellow" ] || [ -z "$first_pids" ] || rest_back "$fellow" "$crowds$first_pids"
  read_limits
  home=$first
  if [ "$by" != systemd ]; then
    rmdir "$group" 2>/dev/null
    [ $version = 2 ] || [ -z "$fellow" ] || rmdir "$fellow" 2>/dev/null
  fi
  gone_record
  return 0
}

rest_back() { # what is still in cgroup $1 to cgroup $2, and what it has started meanwhile
  for x in 1 2 3 4 5; do
    members=
    { while read -r id; do members="$members $id"; done < "$1/cgroup.procs"; } 2>/dev/null
    [ -n "$members" ] || return
    for id in $members; do put "$id" "$2/cgroup.procs"; done
  done
}

# The document's patterns have been checked by SSM already.
case $action in cap | end | lift) ;; *) exit 64 ;; esac
case $reach in process | crowd) ;; *) exit 64 ;; esac
for x in "$pid" "$start" "$percent"; do case $x in '' | 0* | *[!0-9]*) exit 64 ;; esac; done
[ "$percent" -le 99 ] || exit 64
case $operation in '' | *[!0-9a-f-]*) exit 64 ;; esac
trap answer EXIT

trees
if [ "$action" = lift ]; then
  if undo; then done_as lifted ''; fi
  look "$pid" || done_as gone ''
  same || done_as changed ''
  done_as lifted 'there was no cap'
fi
ancestors=$$ above=$$
while look "$above" && [ "$parent" -gt 0 ]; do above=$parent ancestors="$ancestors $above"; done
found=0
if same; then
  ! untouchable "$pid" || done_as refused "$no"
elif [ "$action" = cap ] && [ "$reach" = crowd ] && find_ours && heir; then
  :
else
  look "$pid" || found=$?
  undo
  [ $found != 0 ] || done_as changed 'another process has taken the number'
  done_as gone ''
fi
its_comm=$comm its_session=$session
[ -n "$heir" ] || used=$ticks
owner "${heir:-$pid}"; its_uid=$uid
if [ "$action" = end ]; then end; else cap; fi
