# Part of ./test: runs its stages, adds up what they counted, and prints the last line.

passed=0 failed=0 skipped=0
failures=() # one text each: the name, then its message indented

# fail NAME MESSAGE: counts one failure that is not a test of its own, such as a build that broke.
fail() {
    failed=$((failed + 1))
    failures+=("$1"$'\n'"$(sed 's/^/    /' <<<"$2")")
}

# run_logged TITLE LOG COMMAND...: runs it with its output in a log; leaves $status and $seconds.
run_logged() {
    local title=$1 log="$results/$2.log" begin=$SECONDS
    shift 2
    printf '%-36s ' "$title"
    "$@" >"$log" 2>&1 </dev/null
    status=$?
    seconds=$((SECONDS - begin))
}

# stage TITLE LOG COMMAND...: a step that passes or fails as a whole, and counts only when it fails.
stage() {
    run_logged "$@"
    if [ "$status" -eq 0 ]; then
        printf '%-24s %4s s\n' "ok" "$seconds"
        return 0
    fi
    printf '%-24s %4s s\n' "FAILED" "$seconds"
    local errors
    errors=$(grep -E '(^|[^[:alpha:]])error [A-Z]+[0-9]+' "$results/$2.log" | sed "s|$root/||g; s/^ *//" | sort -u | head -n 20)
    fail "$1" "status $status, full output in artifacts/test-results/$2.log"$'\n'"${errors:-$(tail -n 20 "$results/$2.log")}"
    return 1
}

# test_stage TITLE LOG RESULT_FILE COMMAND...: a test runner that leaves its results in a file.
test_stage() {
    local title=$1 log=$2 file=$3 counts ran report
    shift 3
    run_logged "$title" "$log" "$@"

    report=$(node scripts/read-results.mjs "$file" "$title" 2>&1) || report=$'0 0 0\n'
    read -r -a counts <<<"${report%%$'\n'*}"
    passed=$((passed + counts[0])) failed=$((failed + counts[1])) skipped=$((skipped + counts[2]))
    ran=$((counts[0] + counts[1]))
    [ "${counts[1]}" -eq 0 ] || failures+=("${report#*$'\n'}")

    # A runner that crashed may have taken tests with it that nobody counted.
    if [ "$status" -ne 0 ] && { [ "${counts[1]}" -eq 0 ] || grep -q 'Test Run Aborted' "$results/$log.log"; }; then
        report=$(grep -m 1 -A 4 -F 'test run was aborted' "$results/$log.log" || tail -n 20 "$results/$log.log")
        fail "$title" "the runner ended with status $status, output in artifacts/test-results/$log.log"$'\n'"$report"
        printf '%-24s %4s s\n' "CRASHED" "$seconds"
    elif [ "$ran" -eq 0 ]; then
        fail "$title" "no test was executed, output in artifacts/test-results/$log.log"
        printf '%-24s %4s s\n' "NO TESTS" "$seconds"
    else
        printf '%-24s %4s s\n' "${counts[0]} passed, ${counts[1]} failed" "$seconds"
    fi
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
