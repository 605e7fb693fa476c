#!/usr/bin/env python3
"""An ssh-agent with one security key that is made of software: soft_agent.py SOCKET KEY.pem FLAGS-FILE

The file holds the flags byte as a number: 1 touched, 5 touched and PIN given, 0 neither.  The line of the
public key is printed; then it serves until it is killed."""
import base64
import hashlib
import os
import socket
import struct
import subprocess
import sys

TYPE = b"sk-ssh-ed25519@openssh.com"
counter = 0


def string(data):
    return struct.pack(">I", len(data)) + data


def take(data):
    (size,) = struct.unpack(">I", data[:4])
    return data[4:4 + size], data[4 + size:]


def openssl(*words):
    return subprocess.run(["openssl", *words], check=True, capture_output=True).stdout


def sign(key, data, flags):
    global counter
    counter += 1
    tail = struct.pack(">BI", flags, counter)
    with open(key + ".msg", "wb") as f:
        f.write(hashlib.sha256(b"ssh:").digest() + tail + hashlib.sha256(data).digest())
    proof = openssl("pkeyutl", "-sign", "-rawin", "-inkey", key, "-in", key + ".msg")
    return string(TYPE) + string(proof) + tail


def answer(message, key, blob, flags_file):
    if message[0] == 11:
        return b"\x0c" + struct.pack(">I", 1) + string(blob) + string(b"security key")
    if message[0] == 13:
        wanted, rest = take(message[1:])
        data, rest = take(rest)
        with open(flags_file) as f:
            flags = int(f.read())
        if wanted == blob:
            return b"\x0e" + string(sign(key, data, flags))
    return b"\x05"


def main():
    path, key, flags_file = sys.argv[1:]
    point = openssl("pkey", "-in", key, "-pubout", "-outform", "DER")[-32:]
    blob = string(TYPE) + string(point) + string(b"ssh:")
    server = socket.socket(socket.AF_UNIX)
    server.bind(path)
    server.listen(8)
    print(TYPE.decode(), base64.b64encode(blob).decode(), flush=True)
    sys.stdout.close()
    os.close(1)
    while True:
        peer, _ = server.accept()
        with peer, peer.makefile("rwb") as stream:
            while len(head := stream.read(4)) == 4:
                reply = answer(stream.read(struct.unpack(">I", head)[0]), key, blob, flags_file)
                stream.write(string(reply))
                stream.flush()


main()
