#!/bin/sh
# Makes one good file of each kind, small and with cheap key derivation, for the tests that damage them byte by byte.
# Run it in an empty folder; needs openssl 3, ssh-keygen, keytool, zip and tar. The password of everything is "password".
set -eu
umask 022

cat > config <<'END'
[req]
distinguished_name = dn
attributes = asked
prompt = no
[dn]
C = DE
O = Example
CN = www.example.com
[ca]
basicConstraints = critical, CA:true, pathlen:1
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[leaf]
basicConstraints = CA:false
keyUsage = critical, digitalSignature, keyAgreement
extendedKeyUsage = serverAuth, clientAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid, issuer
subjectAltName = DNS:www.example.com, DNS:*.example.com, IP:192.0.2.1, IP:2001:db8::1, email:a@example.com, URI:https://example.com/, otherName:1.3.6.1.4.1.311.20.2.3;UTF8:alice@example.com, dirName:dn
issuerAltName = DNS:ca.example.com
crlDistributionPoints = URI:http://example.com/ca.crl
authorityInfoAccess = OCSP;URI:http://ocsp.example.com/, caIssuers;URI:http://example.com/ca.cer
certificatePolicies = 2.23.140.1.2.2, @policy
policyMappings = 2.23.140.1.2.2:1.2.3.4
policyConstraints = requireExplicitPolicy:3
inhibitAnyPolicy = 2
nameConstraints = permitted;DNS:example.com, excluded;IP:10.0.0.0/255.0.0.0
tlsfeature = status_request
nsCertType = server
nsComment = "made for a test"
1.3.6.1.4.1.11129.2.4.3 = ASN1:NULL
1.2.3.4.5 = DER:0c:02:68:69
[policy]
policyIdentifier = 1.3.5.8
CPS.1 = http://example.com/cps
userNotice.1 = @text
[text]
explicitText = UTF8:A notice
organization = Example
noticeNumbers = 1, 2
[asked-extensions]
basicConstraints = CA:false
subjectAltName = DNS:www.example.com
[asked]
challengePassword = secret
unstructuredName = Example
[crl]
authorityKeyIdentifier = keyid
issuingDistributionPoint = critical, @point
[point]
fullname = URI:http://example.com/ca.crl
[authority]
default_ca = store
[store]
database = index
crlnumber = crlnumber
default_md = sha256
default_crl_days = 30
crl_extensions = crl
[tsa]
default_tsa = stamp
[stamp]
serial = tsserial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ordering = yes
tsa_name = yes
END

# Keys, one of each form.
openssl ecparam -name prime256v1 -out ec-parameters.pem
openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out ca.key 2>/dev/null
openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out leaf.key 2>/dev/null
openssl pkey -in leaf.key -outform DER -out pkcs8-ec.der
openssl ec -in leaf.key -outform DER -out sec1.der 2>/dev/null
openssl pkey -in leaf.key -pubout -outform DER -out spki-ec.der
openssl genpkey -algorithm ED25519 -outform DER -out pkcs8-ed25519.der
openssl genrsa -out rsa.key 1024 2>/dev/null
openssl rsa -in rsa.key -traditional -outform DER -out pkcs1.der 2>/dev/null
openssl rsa -in rsa.key -RSAPublicKey_out -outform DER -out pkcs1-public.der 2>/dev/null
openssl rsa -in rsa.key -traditional -aes128 -passout pass:password -out dek-info.pem 2>/dev/null
openssl pkcs8 -topk8 -in leaf.key -passout pass:password -v2 aes256 -iter 1 -outform DER -out encrypted-pbes2.der
openssl pkcs8 -topk8 -in leaf.key -passout pass:password -scrypt -scrypt_N 2 -scrypt_r 1 -scrypt_p 1 -outform DER -out encrypted-scrypt.der
openssl pkcs8 -topk8 -in leaf.key -passout pass:password -v1 PBE-SHA1-3DES -iter 1 -outform DER -out encrypted-pbes1.der
openssl dsaparam -outform DER -out dsa-parameters.der 1024 2>/dev/null
openssl dhparam -outform DER -out dh-parameters.der 512 2>/dev/null
ssh-keygen -q -t ed25519 -N '' -C 'alice@example.com' -f openssh
ssh-keygen -q -t ed25519 -N password -a 1 -C 'alice@example.com' -f openssh-locked
ssh-keygen -q -s openssh -I name -n alice -V 20260101:20270101 openssh-locked.pub
ssh-keygen -e -f openssh.pub > ssh2.pub

# Certificates and what goes with them.
openssl req -x509 -new -key ca.key -config config -subj '/C=DE/O=Example/CN=Root' -extensions ca -days 3650 -out ca.pem
openssl req -new -key leaf.key -config config -reqexts asked-extensions -out request.pem
openssl req -in request.pem -outform DER -out request.der
openssl x509 -req -in request.pem -CA ca.pem -CAkey ca.key -set_serial 0x0102030405060708090a -days 365 -extfile config -extensions leaf -out leaf.pem 2>/dev/null
openssl x509 -in leaf.pem -outform DER -out certificate.der
openssl x509 -in ca.pem -outform DER -out small.der
openssl x509 -in ca.pem -text -out certificate-text.pem
openssl x509 -in ca.pem -trustout -addtrust serverAuth -setalias 'a name' -out trusted.pem
openssl spkac -key rsa.key -challenge hello -out spkac.txt 2>/dev/null
cat ca.pem leaf.key request.pem > bundle.pem
openssl crl2pkcs7 -nocrl -certfile leaf.pem -certfile ca.pem -outform DER -out pkcs7.der
printf 'the text' > content
openssl cms -sign -in content -signer leaf.pem -inkey leaf.key -certfile ca.pem -nodetach -outform DER -out cms-signed.der
openssl cms -sign -in content -signer ca.pem -inkey ca.key -nodetach -stream -outform DER -out cms-signed.ber
openssl cms -encrypt -in content -aes128 -outform DER -out cms-enveloped.der leaf.pem
openssl cms -data_create -in content -outform DER -out cms-data.der

# Revocation.
printf 'R\t360101000000Z\t260101000000Z,keyCompromise\t0102\tunknown\t/CN=a\nR\t360101000000Z\t260201000000Z,holdInstruction,1.2.840.10040.2.3\t03\tunknown\t/CN=b\nV\t360101000000Z\t\t0102030405060708090A\tunknown\t/CN=c\n' > index
echo 07 > crlnumber
openssl ca -config config -name store -gencrl -keyfile ca.key -cert ca.pem -out crl.pem 2>/dev/null
openssl crl -in crl.pem -outform DER -out crl.der
openssl ocsp -issuer ca.pem -cert leaf.pem -reqout ocsp-request.der
openssl ocsp -index index -CA ca.pem -rsigner ca.pem -rkey ca.key -reqin ocsp-request.der -ndays 7 -respout ocsp-response.der >/dev/null 2>&1

# Time stamps.
openssl req -new -key ca.key -config config -subj /CN=TSA -out tsa.csr
printf 'extendedKeyUsage = critical, timeStamping\n' > tsa.ext
openssl x509 -req -in tsa.csr -CA ca.pem -CAkey ca.key -set_serial 9 -days 3650 -extfile tsa.ext -out tsa.pem 2>/dev/null
echo 01 > tsserial
openssl ts -query -data content -cert -sha256 -out timestamp-request.der 2>/dev/null
openssl ts -reply -config config -section stamp -queryfile timestamp-request.der -signer tsa.pem -inkey ca.key -out timestamp-response.der 2>/dev/null

# Containers.
openssl pkcs12 -export -in ca.pem -inkey ca.key -certfile leaf.pem -name 'a name' -passout pass:password -iter 1 -out pkcs12.p12
openssl pkcs12 -export -legacy -in ca.pem -inkey ca.key -name 'a name' -passout pass:password -iter 1 -noiter -nomaciter -out pkcs12-legacy.p12
openssl pkcs12 -in pkcs12-legacy.p12 -legacy -passin pass:password -nodes -out bag-attributes.pem 2>/dev/null
openssl pkcs12 -export -in ca.pem -inkey ca.key -name 'a name' -passout pass:password -iter 1 -out pkcs12-small.p12
keytool -importkeystore -noprompt -srckeystore pkcs12-small.p12 -srcstoretype PKCS12 -srcstorepass password -destkeystore store.jks -deststoretype JKS -deststorepass password 2>/dev/null
keytool -importkeystore -noprompt -srckeystore store.jks -srcstorepass password -destkeystore store.jceks -deststoretype JCEKS -deststorepass password -J-Djdk.jceks.iterationCount=10000 2>/dev/null
printf '{"keys":[{"kty":"OKP","kid":"a","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}\n' > keys.jwks

# Text and archives.
iconv -f ASCII -t UTF-16 ca.pem > utf16.pem
printf 'apiVersion: v1\nkind: Secret\ndata:\n  tls.crt: %s\n  tls.key: %s\n' "$(base64 -w0 ca.pem)" "$(base64 -w0 leaf.key)" > secret.yaml
od -A x -t x1 small.der > certificate.od
printf 'From: a@example.com\nContent-Type: multipart/mixed; boundary="b1"\n\n--b1\nContent-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n\n%s\n--b1\nContent-Disposition: attachment; filename="a.cer"\nContent-Transfer-Encoding: base64\n\n%s\n--b1--\n' "$(sed 's/=/=3D/g' request.pem)" "$(base64 small.der)" > mail.eml
touch -d '2026-01-01' small.der secret.yaml
zip -q -X archive.zip small.der secret.yaml
tar --owner=0 --group=0 --mtime=2026-01-01 -czf archive.tar.gz small.der secret.yaml

rm -f pkcs12-small.p12 config ca.key leaf.key rsa.key ca.pem leaf.pem content index index.* crlnumber crlnumber.* tsa.csr tsa.ext tsa.pem tsserial tsserial.* crl.pem openssh.pub openssh-locked.pub
