#!/bin/sh
# What a build on a watched runner might do, good and bad, each deed once. $1: a word that is nowhere else; it is in every
# name that is told. Needs WORK (a folder), PORT (of listeners on 127.0.0.1 and ::1), TOKEN and PYTHON.
set -eu
word=$1

# Programs with arguments, one of them a secret.
/usr/bin/env printf '%s %s\n' "$word" 'two  words' >/dev/null
/usr/bin/env printf 'token=%s of %s\n' "$TOKEN" "$word" >/dev/null

# Connections. Nobody needs to answer: a try is told too.
"$PYTHON" -c "
import socket
for family, address in ((socket.AF_INET, '127.0.0.1'), (socket.AF_INET6, '::1')):
    with socket.socket(family) as client:
        client.connect((address, $PORT))
"

# Names: of the C library (which looks into files alone), and in messages to a port 53 of a network that is this command's own.
getent -s files ahosts "$word.library.invalid" >/dev/null || true
unshare --net sh -c "ip link set lo up && exec $PYTHON -c \"
import socket
def question(name):
    labels = b''.join(bytes([len(label)]) + label.encode() for label in name.split('.'))
    return bytes(12) + labels + bytes([0, 0, 1, 0, 1])
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
    server.bind(('127.0.0.1', 53))
    client.sendto(question('$word.sent.invalid'), ('127.0.0.1', 53))
    client.connect(('127.0.0.1', 53))
    client.send(question('$word.connected.invalid'))
    __import__('os').write(client.fileno(), question('$word.written.invalid'))
    client.sendmsg([question('$word.message.invalid')])
\""

# Files: written, renamed to a telling name, read, and named so as to deceive.
home="$WORK/$word"
mkdir -p "$home/.aws"
echo true >>"$home/.bashrc"
echo true >"$home/new" && mv "$home/new" "$home/.profile"
echo '{}' >"$home/.credentials"
cat "$home/.credentials" >/dev/null
printf x >"$home/.aws/a\",\"type\":\"exit\",\"pid\":1,\"host\":\"other
\"}"
printf x >"$home/.aws/$(printf 'caf\303\251\377')"

# Another process's memory: as a file, by a call, and as a debugger.
sleep 600 &
other=$!
trap 'kill $other' EXIT
"$PYTHON" - "$other" <<'END'
import ctypes, os, sys
other = int(sys.argv[1])
libc = ctypes.CDLL(None, use_errno=True)
class Part(ctypes.Structure):
    _fields_ = [('base', ctypes.c_void_p), ('length', ctypes.c_size_t)]
with open(f'/proc/{other}/maps') as maps:
    start = int(maps.readline().split('-')[0], 16)
with open(f'/proc/{other}/mem', 'rb', 0) as memory:
    memory.seek(start)
    assert memory.read(4) == b'\x7fELF'
room = ctypes.create_string_buffer(4)
here, there = Part(ctypes.addressof(room), 4), Part(start, 4)
assert libc.process_vm_readv(other, ctypes.byref(here), 1, ctypes.byref(there), 1, 0) == 4
assert room.raw == b'\x7fELF'
assert libc.ptrace(16, other, 0, 0) == 0
os.waitpid(other, 0x40000000)
assert libc.ptrace(17, other, 0, 0) == 0
END
echo "$other"
