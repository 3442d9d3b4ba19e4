#!/usr/bin/env python3
"""Makes the good files that OpenSSL writes in parts only, from those that make.sh made. Run it in this folder.

Needs openssl 3 and nothing beyond Python's own library. The password of everything is "password".
"""

import hashlib
import hmac
import os
import subprocess
import tempfile


def element(tag, *parts):
    content = b"".join(parts)
    size = len(content)
    octets = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag]) + (bytes([size]) if size < 128 else bytes([0x80 | len(octets)]) + octets) + content


def sequence(*parts):
    return element(0x30, *parts)


def oid(text):
    first, second, *rest = map(int, text.split("."))
    out = b""
    for arc in [first * 40 + second, *rest]:
        digits = [arc & 0x7F]
        while arc := arc >> 7:
            digits.append(arc & 0x7F | 0x80)
        out += bytes(reversed(digits))
    return element(6, out)


def number(value):
    return element(2, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def parts(der):
    """The elements of the content of the first one, each as (tag, content, whole)."""

    def one(at):
        size, start = der[at + 1], at + 2
        if size & 0x80:
            start += size & 0x7F
            size = int.from_bytes(der[at + 2 : start], "big")
        return start, start + size

    at, end = one(0)
    out = []
    while at < end:
        start, after = one(at)
        out.append((der[at], der[start:after], der[at:after]))
        at = after
    return out


def read(name):
    with open(name, "rb") as file:
        return file.read()


def write(name, content):
    with open(name, "wb") as file:
        file.write(content)


def openssl(*arguments, put=b""):
    return subprocess.run(["openssl", *arguments], input=put, check=True, capture_output=True).stdout


NULL = element(5)
ECDSA = sequence(oid("1.2.840.10045.4.3.2"))
scratch = tempfile.mkdtemp()
place = lambda name: os.path.join(scratch, name)
for name, options in [("ca.key", ["-nocerts"]), ("ca.pem", ["-clcerts", "-nokeys"])]:
    openssl("pkcs12", "-in", "pkcs12.p12", "-passin", "pass:password", "-nodes", *options, "-out", place(name))
openssl("pkey", "-inform", "DER", "-in", "pkcs8-ec.der", "-out", place("leaf.key"))
openssl("x509", "-inform", "DER", "-in", "certificate.der", "-out", place("leaf.pem"))


def signed(content):
    """The content, the algorithm and the authority's signature."""
    signature = openssl("dgst", "-sha256", "-sign", place("ca.key"), put=content)
    return sequence(content, ECDSA, element(3, b"\0", signature))


# Parts of certificates, and certificates of other kinds.
certificate = parts(read("small.der"))
tbs = parts(certificate[0][2])
issuer, subject, key = tbs[3][2], tbs[5][2], tbs[6][2]
write("tbs-certificate.der", certificate[0][2])
write("trust-anchor.der", sequence(key, element(4, bytes(range(20))), element(0x0C, b"An anchor")))
validity = sequence(element(0x18, b"20260101000000Z"), element(0x18, b"20270101000000Z"))
role = sequence(oid("2.5.4.72"), element(0x31, sequence(element(0xA1, element(0x86, b"urn:role")))))
holder = sequence(element(0xA0, sequence(element(0xA4, issuer)), number(7)))
form = element(0xA0, sequence(element(0xA4, subject)))
no_revocation = sequence(sequence(oid("2.5.29.56"), element(4, NULL)))
attributes = [number(1), holder, form, ECDSA, number(9), validity, sequence(role), no_revocation]
write("attribute-certificate.der", signed(sequence(*attributes)))
timestamp = b"\0" + bytes(range(32)) + (1_700_000_000_123).to_bytes(8, "big") + b"\0\0" + b"\4\3" + b"\0\x08" + bytes(8)
one = len(timestamp).to_bytes(2, "big") + timestamp
write("sct-list.bin", len(one * 2).to_bytes(2, "big") + one * 2)

# A list of what was revoked since list number 7.
config = """
[store]
database = {0}/index
crlnumber = {0}/crlnumber
default_md = sha256
default_crl_days = 30
crl_extensions = delta
[authority]
[delta]
authorityKeyIdentifier = keyid
2.5.29.27 = critical, ASN1:INT:7
"""
write(place("config"), config.format(scratch).encode())
write(place("index"), b"R\t360101000000Z\t260301000000Z,removeFromCRL\t04\tunknown\t/CN=d\n")
write(place("crlnumber"), b"08\n")
arguments = ["-config", place("config"), "-name", "store", "-gencrl", "-keyfile", place("ca.key")]
openssl("ca", *arguments, "-cert", place("ca.pem"), "-out", place("delta.pem"))
openssl("crl", "-in", place("delta.pem"), "-outform", "DER", "-out", "delta-crl.der")

# Requests as messages: CMC, CMP, CRMF.
request = element(0xA0, number(1), read("request.der"))
transaction = sequence(number(2), oid("1.3.6.1.5.5.7.7.5"), element(0x31, number(99)))
body = sequence(sequence(transaction), sequence(request), sequence(), sequence())
write(place("body"), body)
arguments = ["-in", place("body"), "-signer", place("leaf.pem"), "-inkey", place("leaf.key"), "-nodetach", "-binary"]
arguments += ["-econtent_type", "1.3.6.1.5.5.7.12.2", "-outform", "DER", "-out", "cmc-request.der"]
openssl("cms", "-sign", *arguments)
arguments = ["-cmd", "ir", "-use_mock_srv", "-srv_ref", "a name", "-srv_secret", "pass:password"]
arguments += ["-ref", "a name", "-secret", "pass:password", "-newkey", place("leaf.key"), "-subject", "/CN=www.example.com"]
arguments += ["-rsp_cert", place("leaf.pem"), "-reqout", place("ir") + "," + place("cc"), "-rspout", place("ip") + "," + place("pc")]
openssl("cmp", "-config", "", *arguments, "-certout", place("issued"))
write("cmp-request.der", read(place("ir")))
write("cmp-response.der", read(place("ip")))
write("crmf.der", parts(parts(read(place("ir")))[1][2])[0][2])

# A container under the integrity check of RFC 9579.
version, safe, _ = parts(read("pkcs12.p12"))
octets = parts(parts(safe[2])[1][2])[0][1]
salt, rounds = bytes(8), 1
derived = hashlib.pbkdf2_hmac("sha256", b"password", salt, rounds, 32)
hash_of = sequence(oid("1.2.840.113549.2.9"), NULL)
derivation = sequence(oid("1.2.840.113549.1.5.12"), sequence(element(4, salt), number(rounds), number(32), hash_of))
algorithm = sequence(oid("1.2.840.113549.1.5.14"), sequence(derivation, hash_of))
digest = element(4, hmac.new(derived, octets, "sha256").digest())
check = sequence(sequence(algorithm, digest), element(4, b"NOT USED"))
write("pkcs12-pbmac1.p12", sequence(version[2], safe[2], check))

write("secret.jwk", b'{"kty":"oct","kid":"a","alg":"HS256","k":"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr0"}\n')
