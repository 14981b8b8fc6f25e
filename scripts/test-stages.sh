# Part of ./test: runs stages, adds up what they counted, and prints the last line.
# A stage NAME leaves NAME.log, and "status seconds" in NAME.end; a test runner's results are in NAME.trx or NAME.junit.xml.

passed=0 failed=0 skipped=0
failures=() # one text each: the name, then its message indented
lanes=()    # process groups that may still run

# fail NAME MESSAGE: counts one failure that is not a test of its own, such as a build that broke.
fail() {
    failed=$((failed + 1))
    failures+=("$1"$'\n'"$(sed 's/^/    /' <<<"$2")")
}

# run NAME COMMAND...: runs one stage, with its output in its log.
run() {
    local name=$1 begin=$SECONDS status
    shift
    "$@" >"$results/$name.log" 2>&1 </dev/null
    status=$?
    echo "$status $((SECONDS - begin))" >"$results/$name.end.part" && mv "$results/$name.end.part" "$results/$name.end"
}

# side_by_side LANE...: a lane is a list of names; its stages run one after the other, and the lanes at the same time.
# run_stage NAME has to run one. Succeeds unless a stage without tests of its own failed.
side_by_side() {
    local lane name still pending left result=0
    # A process group for each lane: an interrupt ends all of it, and nothing that a stage left behind outlives it.
    set -m
    for lane in "$@"; do
        (for name in $lane; do run_stage "$name"; done) &
        lanes+=($!)
    done
    set +m

    read -r -a pending <<<"$*"
    while [ ${#pending[@]} -gt 0 ]; do
        still=
        for lane in "${lanes[@]}"; do ! kill -0 "$lane" 2>/dev/null || still=yes; done
        left=()
        for name in "${pending[@]}"; do
            [ -e "$results/$name.end" ] || [ -n "$still" ] || echo "137 0" >"$results/$name.end"
            if [ -e "$results/$name.end" ]; then report "$name" || result=1; else left+=("$name"); fi
        done
        pending=(${left[@]+"${left[@]}"})
        [ ${#pending[@]} -eq 0 ] || { show_progress "${pending[@]}"; sleep 0.2; }
    done
    end_lanes
    return "$result"
}

end_lanes() {
    local lane
    for lane in ${lanes[@]+"${lanes[@]}"}; do kill -TERM -- "-$lane" 2>/dev/null; done
    wait
    lanes=()
}

# stage NAME COMMAND...: one stage by itself, in the foreground, so that it can ask for a password.
stage() {
    run "$@"
    report "$1"
}

# report NAME: counts what an ended stage says, and prints its line. Fails when a stage without tests of its own failed.
report() {
    local name=$1 status seconds outcome result=0
    read -r status seconds <"$results/$name.end"
    if results_of "$name" >/dev/null; then
        count_tests "$name" "$status"
    elif [ "$status" -eq 0 ]; then
        outcome=ok
    else
        outcome=FAILED result=1
        fail "$name" "status $status, full output in artifacts/test-results/$name.log"$'\n'"$(errors_in "$results/$name.log")"
    fi
    clear_progress
    printf '%-36s %-24s %4s s\n' "$name" "$outcome" "$seconds"
    return "$result"
}

# count_tests NAME STATUS: adds up a runner's results; leaves $outcome.
count_tests() {
    local name=$1 status=$2 log="$results/$1.log" counts text
    text=$(node scripts/read-results.mjs "$(results_of "$name")" "$name" 2>&1) || text=$'0 0 0\n'
    read -r -a counts <<<"${text%%$'\n'*}"
    passed=$((passed + counts[0])) failed=$((failed + counts[1])) skipped=$((skipped + counts[2]))
    [ "${counts[1]}" -eq 0 ] || failures+=("${text#*$'\n'}")

    # A runner that crashed may have taken tests with it that nobody counted.
    if [ "$status" -ne 0 ] && { [ "${counts[1]}" -eq 0 ] || grep -q 'Test Run Aborted' "$log"; }; then
        text=$(grep -m 1 -A 4 -F 'test run was aborted' "$log" || tail -n 20 "$log")
        fail "$name" "the runner ended with status $status, output in artifacts/test-results/$name.log"$'\n'"$text"
        outcome=CRASHED
    elif [ $((counts[0] + counts[1])) -eq 0 ]; then
        fail "$name" "no test was executed, output in artifacts/test-results/$name.log"
        outcome="NO TESTS"
    else
        outcome="${counts[0]} passed, ${counts[1]} failed"
    fi
}

errors_in() {
    local errors
    errors=$(grep -E '(^|[^[:alpha:]])error [A-Z]+[0-9]+' "$1" | sed "s|$root/||g; s/^ *//" | sort -u | head -n 20)
    echo "${errors:-$(tail -n 20 "$1")}"
}

# finish: the failures, the one last line, the exit status.
finish() {
    [ $((passed + failed)) -gt 0 ] || fail "./test" "no test was executed"
    if [ "$failed" -gt 0 ]; then
        printf '\nFailed:\n'
        printf '\n%s\n' "${failures[@]}"
    fi
    printf '\n%d passed, %d failed' "$passed" "$failed"
    [ "$skipped" -eq 0 ] || printf ', %d skipped' "$skipped"
    printf '\n'
    [ "$failed" -eq 0 ]
    exit
}
