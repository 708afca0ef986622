# preamble.sh - what every flow's cmd may use; read by sh before it.
# shellcheck shell=sh

# Run a command; say how it ended, unless all is well.
try() {
    "$@"
    ended=$?
    [ $ended = 0 ] || echo "exit $ended"
}

# Run a command without root's right to pass by the modes of files.
as_user() {
    if [ "$(id -u)" = 0 ]; then
        setpriv --bounding-set=-dac_override,-dac_read_search "$@"
    else
        "$@"
    fi
}

skip() {
    echo "skipped: $*"
    exit 77
}
