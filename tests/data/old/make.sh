#!/usr/bin/env bash
# A certificate as of twenty years ago: version 1, serial number 0, SHA-1, RSA with 1024 bits, no names. The keys are thrown away.
set -euo pipefail
cd "$(dirname "$0")"
keys=$(mktemp -d)
trap 'rm -rf "$keys"' EXIT
openssl req -x509 -newkey rsa:2048 -nodes -keyout "$keys/ca.key" -subj "/CN=Old CA" -days 30 -out "$keys/ca.pem"
openssl req -new -newkey rsa:1024 -nodes -keyout "$keys/old.key" -subj "/CN=old.example.test" -out "$keys/old.csr"
openssl x509 -req -in "$keys/old.csr" -CA "$keys/ca.pem" -CAkey "$keys/ca.key" -set_serial 0 -sha1 -days 30 -outform DER -out old.der
