#!/bin/sh
# Watchdog-FleetInspect, version 1. Reads, and changes nothing. Prints what fleet-inspect-output.md describes, key by key, so that a text that is
# cut anywhere still says something. POSIX sh (dash, bash, busybox) and any awk. The shell's builtins read the beginning,
# one awk in the shell's place the rest; where processes are so many that a fork may fail, nothing is forked at all.
PATH=$PATH:/usr/sbin:/usr/bin:/sbin:/bin
LC_ALL=C
export PATH LC_ALL

full() { # keeps the fullest of current $1 and limit $2
  case $1$2 in *[!0-9]*) return ;; esac
  if [ -n "$1" ] && [ "${2:-0}" -gt 0 ] && [ $(($1 * max)) -gt $((cur * $2)) ]; then cur=$1 max=$2; fi
}

read -r up rest < /proc/uptime
while read -r key a b c d e f g h rest; do
  case $key in
    cpu) user=$((a + b)) system=$((c + f + g)) idle=$d iowait=$e steal=${h:-0} ;;
    btime) boot=$a ;;
    processes) forks=$a; break ;;
  esac
done < /proc/stat
read -r l1 l5 l15 entities rest < /proc/loadavg
printf '{"v":1,"at":%s,"up":%s,"load":[%s,%s,%s],' $((boot + ${up%.*})) "$up" "$l1" "$l5" "$l15"

cur=0 max=4194304
for group in /sys/fs/cgroup /sys/fs/cgroup/*/ /sys/fs/cgroup/*/*/ /sys/fs/cgroup/*/*/*/ /sys/fs/cgroup/*/*/*/*/; do
  [ -e "$group/pids.max" ] || continue
  n= m=; read -r n 2>/dev/null < "$group/pids.current"; read -r m 2>/dev/null < "$group/pids.max"; full "$n" "$m"
done
set -- /proc/[0-9]*
procs=$#

# A crowd beyond the length of a command line: the oldest numbers stand for all.
[ $# -le 20000 ] || set -- /proc/[0-9] /proc/[0-9][0-9] /proc/[0-9][0-9][0-9] /proc/[0-9][0-9][0-9][0-9]
exec awk -v self=$$ -v began="$up" -v before="$user $system $idle $iowait $steal $forks" -v cur=$cur -v max=$max -v procs=$procs -v entities="${entities#*/}" '
function number(file,  line) {
  line = ""
  if ((getline line < file) <= 0) line = ""
  close(file)
  return line + 0
}

# The limits of the kernel beside those of cgroups. A shell that reads by bytes gets but the first byte of a sysctl file.
function limits(  file, i, m) {
  split("/proc/sys/kernel/pid_max /proc/sys/kernel/threads-max", file, " ")
  for (i = 1; i <= 2; i++) {
    m = number(file[i])
    if (m > 0 && entities / m > cur / max) { cur = entities + 0; max = m }
  }
  choked = cur >= 0.8 * max
}

# A second, by the one fork of sleep; choked, or where that fails, by reading the clock.
function wait_a_second() {
  if (!choked && system("sleep 1") != 0) choked = 1
  while (number("/proc/uptime") < began + 1) continue
}

function percent(part) { return part <= 0 ? "0.0" : sprintf("%.1f", 100 * part / all) }

function rates(  line, was, now, n, user, system_time, iowait, steal) {
  split(before, was, " ")
  while ((getline line < "/proc/stat") > 0) {
    split(line, now, " ")
    if (now[1] == "cpu") {
      user = now[2] + now[3] - was[1]; system_time = now[4] + now[7] + now[8] - was[2]
      iowait = now[6] - was[4]; steal = now[9] - was[5]
      all = user + system_time + iowait + steal + now[5] - was[3]
      if (all < 1) all = 1
    }
    if (now[1] == "processes") { n = now[2] - was[6]; break }
  }
  close("/proc/stat")
  up = number("/proc/uptime")
  printf "\"cpu\":{\"user\":%s,\"system\":%s,\"steal\":%s,\"iowait\":%s},", percent(user), percent(system_time), percent(steal), percent(iowait)
  printf "\"forks\":%.1f,\"procs\":%d,\"threads\":%d,\"pids\":{\"cur\":%d,\"max\":%d},", n / (up > began ? up - began : 1), procs, entities, cur, max
}

function huge(  line, part, kib, total, free) {
  while ((getline line < "/proc/meminfo") > 0) {
    split(line, part, " ")
    if (part[1] == "HugePages_Total:") total = part[2]
    if (part[1] == "HugePages_Free:") free = part[2]
    if (part[1] == "Hugepagesize:") kib = part[2]
  }
  close("/proc/meminfo")
  total = (total - free) * kib / 2048
  line = "/sys/kernel/mm/hugepages/hugepages-1048576kB/"
  if (kib != 1048576) total += (number(line "nr_hugepages") - number(line "free_hugepages")) * 512
  kib = (getline line < "/sys/module/msr/initstate")
  printf "\"huge\":%d,\"msr\":%s,", total, (kib > 0 ? "true" : "false")
  fflush()
}

# One process, by number, into the variables beneath; 0 when it is gone.
function look(pid,  file, line, at, part) {
  file = "/proc/" pid "/stat"
  at = (getline line < file)
  close(file)
  if (at <= 0 || !match(line, /.*\)/)) return 0
  at = index(line, "(")
  comm = substr(line, at + 1, RLENGTH - at - 1)
  split(substr(line, RLENGTH + 2), part, " ")
  parent = part[2]; kernel = int(part[7] / 2097152) % 2
  cpu = (part[12] + part[13]) / 100; threads = part[18]; start = part[20]; age = up - start / 100
  if (age < 0.01) age = 0.01
  return 1
}

# The best of a board, the highest first.
function rank(board, most, pid, value,  i) {
  if (count[board] == most && value <= best[board, most]) return
  i = count[board] < most ? ++count[board] : most
  for (; i > 1 && best[board, i - 1] < value; i--) { best[board, i] = best[board, i - 1]; whose[board, i] = whose[board, i - 1] }
  best[board, i] = value; whose[board, i] = pid
}

function list(pid) {
  if (!(pid in listed) && tops < 40) { listed[pid] = 1; top[++tops] = pid }
}

# JSON text: quotes, backslashes and control characters escaped, bytes that are no UTF-8 replaced.
function json(s, most,  i, n, c, o, need, k, p, out) {
  s = substr(s, 1, most)
  if (s !~ /[^ !#-Z^-~]/) return s
  n = length(s)
  for (i = 1; i <= n; i++) {
    c = substr(s, i, 1); o = ord[c] + 0
    if (c == "\"" || c == "\\") out = out "\\" c
    else if (o < 32 || o == 127) out = out sprintf("\\u%04x", o)
    else if (o < 128) out = out c
    else {
      need = o >= 194 && o <= 223 ? 1 : o >= 224 && o <= 239 ? 2 : o >= 240 && o <= 244 ? 3 : 0
      for (k = 1; k <= need; k++) {
        p = ord[substr(s, i + k, 1)] + 0
        if (p < 128 || p > 191 || k == 1 && (o == 224 && p < 160 || o == 237 && p > 159 || o == 240 && p < 144 || o == 244 && p > 143)) need = 0
      }
      if (need) { out = out substr(s, i, need + 1); i += need } else out = out "?"
    }
  }
  return out
}

# Text without what was given in confidence. Wallets and pools stay: they are evidence.
function masked(s,  out, word) {
  gsub(/A[KS]IA[0-9A-Z][0-9A-Z][0-9A-Z][0-9A-Z][0-9A-Z][0-9A-Z][0-9A-Z][0-9A-Z][0-9A-Z][0-9A-Z][0-9A-Z][0-9A-Z][0-9A-Z]+/, "AKIA***", s)
  gsub(/(ghp_|gho_|github_pat_|glpat-|xox[abp]-|eyJ)[A-Za-z0-9_.-]+/, "***", s)
  while (match(s, /:\/\/[^\/ @:]*:[^\/ @*][^\/ @]*@/)) {
    word = substr(s, RSTART + 3, RLENGTH - 4)
    s = substr(s, 1, RSTART + 2) substr(word, 1, index(word, ":")) "***" substr(s, RSTART + RLENGTH - 1)
  }
  while (match(tolower(s), secret "[a-z0-9_-]*(\"?[=:][\"=: ]*| +)(bearer +|basic +)?")) {
    word = substr(s, 1, RSTART + RLENGTH - 1)
    out = out word "***"
    s = substr(s, RSTART + RLENGTH)
    # A value of an option ends with its argument, one in a script with its word.
    if (out ~ /^-[^ ]*\*\*\*$/) s = ""
    else sub(/^[^ ;&|"]+/, "", s)
  }
  return out s
}

# A command line: arguments joined by spaces.
function spoken(text, name,  n, i, part, out, hide) {
  n = split(text, part, "\037")
  for (i = 1; i <= n; i++) {
    if (hide && part[i] !~ /^-/) part[i] = "***"
    hide = i > 1 && tolower(part[i]) ~ "^-" "[a-z0-9_-]*" secret "[a-z0-9_-]*$"
    if (name ~ /^(mysql|mariadb|sshpass)/) sub(/^-p.+/, "-p***", part[i])
    out = out (i > 1 ? " " : "") masked(part[i])
  }
  sub(/ +$/, "", out)
  return out
}

function place(dir) {
  if (dir ~ /^\/(home|root)(\/|$)/) return "home"
  if (dir ~ /^(\/var)?\/tmp(\/|$)/) return "tmp"
  if (dir ~ /^\/dev\/shm(\/|$)/) return "shm"
  if (dir ~ /^\/((usr|etc|var|opt|bin|sbin|lib|lib64|run|proc|sys)(\/|$)|$)/) return "system"
  return "other"
}

# An element of a list, while the text has room for it.
function add(element, room) {
  if (said + length(element) + 1 > room) return
  printf "%s%s", comma, element
  said += length(element) + 1
  comma = ","
}

function open_list(key) { printf "\"%s\":[", key; comma = "" }
function close_list() { printf "],"; fflush() }

function links(command,  line, part, pid) {
  while ((command | getline line) > 0) {
    if (!match(line, /\/proc\/[0-9]+\/(exe|cwd|fd\/[0-9]+) -> /)) continue
    found = 1
    split(substr(line, RSTART, RLENGTH), part, "/")
    pid = part[3]; line = substr(line, RSTART + RLENGTH)
    if (part[4] ~ /^exe/) { if (!(pid in exe)) exe[pid] = line }
    else if (part[4] ~ /^cwd/) { if (!(pid in cwd)) cwd[pid] = line }
    else if (line ~ /^socket:\[[0-9]+\]$/) holder[substr(line, 9, length(line) - 9)] = pid
  }
  close(command)
}

# What forks: executables, folders and sockets by one ls, command lines by one head.
function deepen(  i, paths, lines, pid, line, way) {
  # A way to the command lines that no command line can foretell: what head prints between them cannot be forged in one.
  srand(up * 100 + self)
  way = "/proc/" self "/../"
  for (i = int(rand() * 60); i > 0; i--) way = way "./"
  for (i = 1; i <= tops; i++) {
    paths = paths " /proc/" top[i] "/exe /proc/" top[i] "/cwd"
    if (i <= 14) paths = paths " /proc/" top[i] "/fd/*"
    lines = lines " " way top[i] "/cmdline"
  }
  links("ls -ldq" paths " 2>/dev/null")
  if (!found) links("ls -ld" paths " 2>/dev/null")
  lines = "head -c 700 /dev/null" lines " 2>/dev/null | tr \"\\000\" \"\\037\""
  pid = 0
  while ((lines | getline line) > 0) {
    if (index(line, "==> " way) == 1) pid = substr(line, length(way) + 5) + 0
    else args[pid] = args[pid] (args[pid] == "" ? "" : " ") line
  }
  close(lines)
}

function processes(  i, pid, path, text, line, field, uid, rss, gone) {
  open_list("p")
  for (i = 1; i <= tops; i++) {
    pid = top[i]
    if (!look(pid)) continue
    uid = -1; rss = 0
    while ((getline line < ("/proc/" pid "/status")) > 0) {
      split(line, field, /[ \t]+/)
      if (field[1] == "Uid:") uid = field[2]
      if (field[1] == "VmRSS:") { rss = field[2]; break }
    }
    close("/proc/" pid "/status")
    path = exe[pid]
    gone = sub(/ \(deleted\)$/, "", path)
    text = "{\"pid\":" pid ",\"ppid\":" parent (uid < 0 ? "" : ",\"uid\":" uid) ",\"comm\":\"" json(comm, 64) "\",\"exe\":\"" json(path, 200) "\""
    text = text ",\"args\":\"" json(spoken(args[pid], comm), i <= 20 ? 400 : 120) "\",\"age\":" sprintf("%.1f,\"cpu\":%.1f", age, cpu)
    text = text ",\"start\":" start ",\"thr\":" threads ",\"rss\":" rss (gone ? ",\"del\":true" : "") (pid in cwd ? ",\"cwd\":\"" place(cwd[pid]) "\"" : "") "}"
    add(text, 12500)
  }
  close_list()
}

function hex(s,  i, v) {
  s = toupper(s)
  for (i = 1; i <= length(s); i++) v = v * 16 + index("0123456789ABCDEF", substr(s, i, 1)) - 1
  return v
}

function dotted(s) { return hex(substr(s, 7, 2)) "." hex(substr(s, 5, 2)) "." hex(substr(s, 3, 2)) "." hex(substr(s, 1, 2)) }

# The kernel writes each 32 bits of an address in the byte order of the machine: little-endian.
function address(s,  i, w, out) {
  if (length(s) == 8) return dotted(s)
  if (substr(s, 1, 24) == "0000000000000000FFFF0000") return dotted(substr(s, 25))
  for (i = 0; i < 4; i++) {
    w = tolower(substr(s, i * 8 + 1, 8))
    out = out (i ? ":" : "") substr(w, 7, 2) substr(w, 5, 2) ":" substr(w, 3, 2) substr(w, 1, 2)
  }
  return out
}

function connections(  round, file, n, line, part, here, there, pid, listening, got, i) {
  open_list("c")
  for (round = 1; round <= 2; round++) {
    file = round == 1 ? "/proc/net/tcp" : "/proc/net/tcp6"
    for (n = 0; n < 8000 && (getline line < file) > 0; n++) {
      split(line, part, " ")
      if (part[4] != "0A" && part[4] != "01") continue
      split(part[2], here, ":"); split(part[3], there, ":")
      if (part[4] == "0A") listening[here[2]] = 1
      else {
        pid = part[10] in holder ? holder[part[10]] : 0
        # Those of the listed processes first.
        got[pid ? ++mine : 1000000 + ++others] = pid " " address(there[1]) " " hex(there[2]) " " hex(here[2]) " " here[2]
      }
    }
    close(file)
  }
  for (i = 1; i <= mine + others && i <= 80; i++) {
    split(got[i <= mine ? i : 1000000 + i - mine], part, " ")
    add("{" (part[1] ? "\"pid\":" part[1] "," : "") "\"ip\":\"" part[2] "\",\"port\":" part[3] ",\"lport\":" part[4] ",\"out\":" (part[5] in listening ? "false" : "true") "}", 16500)
  }
  close_list()
}

# who prints its columns in three ways: coreutils by locale, busybox with the idle time third.
function sessions(  line, f, n, idle, t, from, s) {
  open_list("s")
  while (!choked && ("who -u 2>/dev/null" | getline line) > 0) {
    n = split(line, f, " ")
    if (n < 3 || f[1] == "USER" && f[2] == "TTY") continue
    idle = f[3] ~ /^(\.|\?|old|[0-9][0-9]:[0-9][0-9])$/ ? f[3] : f[3] ~ /^[0-9]+-/ ? f[5] : f[6]
    from = f[n] ~ /^\(.*\)$/ ? substr(f[n], 2, length(f[n]) - 2) : f[3] == idle && n > 6 ? f[n] : ""
    s = idle == "." ? "0" : idle == "old" ? "86400" : idle ~ /^[0-9]+:[0-9]+$/ && split(idle, t, ":") ? t[1] * 3600 + t[2] * 60 : ""
    add("{\"user\":\"" json(f[1], 32) "\",\"tty\":\"" json(f[2], 24) "\",\"from\":\"" json(from, 64) "\"" (s == "" ? "" : ",\"idle\":" s) "}", 17300)
  }
  close_list()
}

# The last lines of a command that speak of something, bounded.
function said_by(key, command, pattern, most, room,  line, kept, n, i) {
  open_list(key)
  while (!choked && (command | getline line) > 0)
    if (line ~ pattern) kept[++n] = line
  close(command)
  for (i = n > most ? n - most + 1 : 1; i <= n; i++) add("\"" json(kept[i], 160) "\"", room)
  close_list()
}

BEGIN {
  secret = "(password|passwd|passphrase|pwd|pass|secret|token|api[-_]?key|access[-_]?key|credential|private[-_]?key|authorization|bearer)"
  for (i = 1; i < 256; i++) ord[sprintf("%c", i)] = i
  limits()
  wait_a_second()
  rates()
  huge()
  began = up
  for (i = 1; i < ARGC; i++) {
    pid = substr(ARGV[i], 7)
    # Time-boxed: beyond this many processes the rest is more of the same.
    if (i % 500 == 0 && number("/proc/uptime") - began > 1.2) break
    if (pid == self || !look(pid) || kernel) continue
    users++
    if (++named[comm] > named[crowd]) crowd = comm
    rank("time", 14, pid, cpu)
    if (age >= 1) rank("share", 10, pid, cpu / age)
  }
  # More than half of many have one name: the list shows the crowd as it is.
  crowded = users > 150 && named[crowd] * 2 > users
  for (i = 1; i <= (crowded ? 7 : count["time"]); i++) list(whose["time", i])
  for (i = 1; i <= (crowded ? 4 : count["share"]); i++) list(whose["share", i])
  for (i = 1; i <= 6 && !crowded; i++) if (look(top[i]) && parent > 2) list(parent)
  for (i = 1; i < ARGC && crowded && tops < 40; i++) {
    pid = substr(ARGV[i], 7)
    if (look(pid) && comm == crowd) list(pid)
  }
  if (!choked) deepen()
  processes()
  connections()
  sessions()
  box = choked || system("command -v timeout >/dev/null 2>&1") ? "" : "timeout 1 "
  said_by("gpu", "command -v nvidia-smi >/dev/null 2>&1 && " box "nvidia-smi --query-compute-apps=pid,process_name,used_memory --format=csv,noheader 2>/dev/null", "^[0-9]", 8, 18200)
  said_by("k", box "dmesg 2>/dev/null", "Kernel panic|Oops|BUG: |soft lockup|detected stalls|blocked for more than|Out of memory|Killed process|oom-kill|fork rejected by pids|EXT4-fs error|Buffer I/O error|Shutting down filesystem|Hardware Error|divide error|Unable to mount root", 12, 19600)
  print "\"end\":true}"
}
' "$@"
