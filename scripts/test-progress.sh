# Part of ./test: shows that it lives. At a terminal one line that is written over, elsewhere a line now and then.

progress_every=15
[ ! -t 1 ] || progress_every=1
progress_shown=0

# show_progress NAME...: the stages that have not been reported; those that have begun have a log.
show_progress() {
    [ $((SECONDS - progress_shown)) -ge "$progress_every" ] || return 0
    progress_shown=$SECONDS
    local name here sum=$passed what=
    for name in "$@"; do
        [ -e "$results/$name.log" ] || continue
        here=$(grep -c -E '^ *(Passed|✔) ' "$results/$name.log")
        sum=$((sum + here))
        what+="${what:+, }$name"
        [ "$here" -eq 0 ] || what+=" $here"
    done
    if [ -t 1 ]; then
        printf '\r\033[K%s' "$(cut -c "1-$((${COLUMNS:-80} - 1))" <<<"$sum passed, $SECONDS s: $what")"
    else
        echo "  ... $sum passed after $SECONDS s; running: $what"
    fi
}

clear_progress() { [ ! -t 1 ] || printf '\r\033[K'; }
