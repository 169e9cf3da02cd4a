#!/bin/sh
# Watchdog-Notify, version 1. Tells who is logged in, by wall and by the message of the day, that this VM is about to be stopped, or that it
# is not. The texts are these and no others. What it prints is described in notify-output.md. POSIX sh (dash, bash, busybox).
code='{{ code }}'
minutes='{{ minutes }}'
operation='{{ operation }}'

PATH=$PATH:/usr/sbin:/usr/bin:/sbin:/bin
LC_ALL=C
export PATH LC_ALL
umask 022
folder=/run/motd.d
file=$folder/50-watchdog

# The document's patterns have been checked by SSM already.
case $minutes in 0) ;; '' | 0* | *[!0-9]*) exit 64 ;; esac
[ "$minutes" -le 1440 ] || exit 64
case $operation in '' | *[!0-9a-f-]*) exit 64 ;; esac
keep='To keep it running, use it, or ask your provider for a hold.'
lost='Its disks are kept; what is only in its memory is lost.'
case $code in
  idle) text="This VM seems unused and will be stopped in about $minutes minutes. $lost $keep" ;;
  schedule) text="This VM will be stopped by its schedule in about $minutes minutes. $lost $keep" ;;
  cancelled) text='The stop of this VM that was announced has been called off.' ;;
  *) exit 64 ;;
esac

# A file of our own, gone with the next boot. Whoever put a link or a folder there keeps it.
motd=false
if [ "$code" = cancelled ]; then
  if [ ! -e "$file" ] && [ ! -h "$file" ]; then motd=true
  elif [ -f "$file" ] && [ ! -h "$file" ] && rm -f "$file" 2>/dev/null; then motd=true; fi
elif [ ! -h "$folder" ] && { [ -d "$folder" ] || mkdir "$folder" 2>/dev/null; }; then
  new=$folder/.watchdog-$operation
  rm -f "$new" 2>/dev/null
  if { set -C; echo "$text" > "$new"; } 2>/dev/null && [ ! -d "$file" ] && mv -f "$new" "$file" 2>/dev/null; then motd=true; else rm -f "$new" 2>/dev/null; fi
  set +C
fi

# A terminal that is held up must not hold this up.
wall=false
if command -v wall >/dev/null 2>&1; then
  if command -v timeout >/dev/null 2>&1; then echo "$text" | timeout 10 wall >/dev/null 2>&1 && wall=true
  else echo "$text" | wall >/dev/null 2>&1 && wall=true; fi
fi

state=unsupported
if [ $motd = true ] || [ $wall = true ]; then state=told; fi
printf '{"v":1,"operation":"%s","code":"%s","minutes":%s,"state":"%s","wall":%s,"motd":%s,"end":true}\n' \
  "$operation" "$code" "$minutes" "$state" "$wall" "$motd"
