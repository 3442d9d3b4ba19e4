//! Parameters of algorithms: what follows the object identifier in an AlgorithmIdentifier, and domain parameters alone.
//!
//! Leaves out private keys, which share some of these shapes.

use super::{Member, Type};

/// The type of an algorithm's parameters.
pub(crate) fn by_algorithm(oid: &str) -> Option<&'static Type> {
    Some(match oid {
        "1.2.840.113549.1.1.10" => &PSS,
        "1.2.840.113549.1.1.7" => &OAEP,
        "1.2.840.113549.1.1.9" => &Type::Octets,
        "1.2.840.10045.2.1" | "1.3.132.1.12" | "1.3.132.1.13" => &EC,
        "1.2.840.10040.4.1" => &DSA,
        "1.2.840.113549.1.3.1" => &DH,
        "1.2.840.10046.2.1" => &X942,
        "1.2.840.113549.1.5.13" => &PBES2,
        "1.2.840.113549.1.5.12" => &PBKDF2,
        "1.2.840.113549.1.5.14" => &PBMAC1,
        "1.3.6.1.4.1.11591.4.11" => &SCRYPT,
        "1.2.840.113533.7.66.13" => &PASSWORD_MAC,
        "1.2.840.113549.3.2" => &RC2,
        "1.2.840.113549.1.9.16.3.18" => &Type::Octets,
        oid if NESTED.contains(&oid) => &Type::Algorithm,
        oid if oid.starts_with("1.2.840.113549.1.5.") || oid.starts_with("1.2.840.113549.1.12.1.") => &PBE,
        oid if oid.starts_with("2.16.840.1.101.3.4.1.") => match oid.rsplit('.').next() {
            Some("6" | "7" | "9" | "26" | "27" | "29" | "46" | "47" | "49") => &AUTHENTICATED,
            _ => &Type::Octets,
        },
        oid if VECTORS.contains(&oid) => &Type::Octets,
        "1.2.643.2.2.21" => &GOST_CIPHER,
        oid if oid.starts_with("1.2.643.2.2.19") || oid.starts_with("1.2.643.7.1.1.1.") => &GOST,
        _ => return None,
    })
}

/// Algorithms whose parameters are another algorithm: mask, key wrap, hash.
const NESTED: [&str; 14] = [
    "1.2.840.113549.1.1.8",
    "1.2.840.113549.1.9.16.3.9",
    "1.2.840.113549.1.9.16.3.5",
    "1.2.840.113549.1.9.16.3.10",
    "1.2.840.10045.4.3",
    "1.3.133.16.840.63.0.2",
    "1.3.133.16.840.63.0.3",
    "1.3.133.16.840.63.0.16",
    "1.3.132.1.11.0",
    "1.3.132.1.11.1",
    "1.3.132.1.11.2",
    "1.3.132.1.11.3",
    "1.3.132.1.14.1",
    "1.3.132.1.14.2",
];

/// Ciphers outside of the AES family whose only parameter is the initial vector.
const VECTORS: [&str; 11] = [
    "1.3.14.3.2.7",
    "1.2.840.113549.3.7",
    "1.2.410.200004.1.4",
    "1.2.392.200011.61.1.1.1.2",
    "1.2.392.200011.61.1.1.1.3",
    "1.2.392.200011.61.1.1.1.4",
    "1.2.410.200046.1.1.2",
    "1.2.410.200046.1.1.7",
    "1.2.410.200046.1.1.12",
    "1.2.156.10197.1.104.2",
    "1.3.6.1.4.1.188.7.1.1.2",
];

static PSS: Type = Type::Sequence(&[
    Member::new("hash", "Hash", &Type::Algorithm).explicit(0).optional(),
    Member::new("mask", "Mask", &Type::Algorithm).explicit(1).optional(),
    Member::new("salt-length", "Salt length", &Type::Integer).explicit(2).optional(),
    Member::new("trailer", "Trailer", &Type::Integer).explicit(3).optional(),
]);
static OAEP: Type = Type::Sequence(&[
    Member::new("hash", "Hash", &Type::Algorithm).explicit(0).optional(),
    Member::new("mask", "Mask", &Type::Algorithm).explicit(1).optional(),
    Member::new("label-source", "Label", &Type::Algorithm).explicit(2).optional(),
]);

static FIELD: Type = Type::Sequence(&[
    Member::new("field-type", "Field", &Type::Oid),
    Member::new("field-parameters", "Parameters", &FIELD_PARAMETERS),
]);
static FIELD_PARAMETERS: Type = Type::Choice(&[
    Member::new("prime", "Prime", &Type::Number),
    Member::new("characteristic-two", "characteristic two", &Type::Any),
]);
static CURVE: Type = Type::Sequence(&[
    Member::new("a", "a", &Type::Octets),
    Member::new("b", "b", &Type::Octets),
    Member::new("seed", "Seed", &Type::Bits).optional(),
]);
/// `SpecifiedECDomain` of SEC 1.
pub(crate) static SPECIFIED_CURVE: Type = Type::Sequence(&[
    Member::new("version", "Version", &Type::Integer),
    Member::new("field", "Field", &FIELD),
    Member::new("curve", "Curve", &CURVE),
    Member::new("base-point", "Base point", &Type::Octets),
    Member::new("order", "Order", &Type::Number),
    Member::new("cofactor", "Cofactor", &Type::Integer).optional(),
    Member::new("hash", "Hash", &Type::Algorithm).optional(),
]);
static EC: Type = Type::Choice(&[
    Member::new("curve-name", "Curve", &Type::Oid),
    Member::new("specified-curve", "specified curve", &SPECIFIED_CURVE),
    Member::new("implicit-curve", "the issuer's curve", &Type::Null),
]);

/// `Dss-Parms` of RFC 3279; a Diffie-Hellman group with an exponent length looks the same but for its values.
pub(crate) static DSA: Type = Type::Sequence(&[
    Member::new("prime", "Prime (p)", &Type::Number),
    Member::new("subprime", "Subprime (q)", &Type::Number),
    Member::new("generator", "Generator (g)", &Type::Number),
]);
/// `DHParameter` of PKCS#3.
pub(crate) static DH: Type = Type::Sequence(&[
    Member::new("prime", "Prime (p)", &Type::Number),
    Member::new("generator", "Generator (g)", &Type::Number),
    Member::new("exponent-length", "Length of the private value in bits", &Type::Integer).optional(),
]);
static VALIDATION: Type = Type::Sequence(&[
    Member::new("seed", "Seed", &Type::Bits),
    Member::new("counter", "Counter", &Type::Integer),
]);
/// `DomainParameters` of X9.42.
pub(crate) static X942: Type = Type::Sequence(&[
    Member::new("prime", "Prime (p)", &Type::Number),
    Member::new("generator", "Generator (g)", &Type::Number),
    Member::new("subprime", "Subprime (q)", &Type::Number),
    Member::new("factor", "Factor (j)", &Type::Number).optional(),
    Member::new("validation", "Validation", &VALIDATION).optional(),
]);

static PBES2: Type = Type::Sequence(&[
    Member::new("key-derivation", "Key derivation", &Type::Algorithm),
    Member::new("encryption", "Encryption", &Type::Algorithm),
]);
static PBMAC1: Type = Type::Sequence(&[
    Member::new("key-derivation", "Key derivation", &Type::Algorithm),
    Member::new("authentication", "Authentication", &Type::Algorithm),
]);
static SALT: Type = Type::Choice(&[
    Member::new("salt", "Salt", &Type::Octets),
    Member::new("salt-source", "Salt from", &Type::Algorithm),
]);
static PBKDF2: Type = Type::Sequence(&[
    Member::new("salt", "Salt", &SALT),
    Member::new("iterations", "Iterations", &Type::Integer),
    Member::new("key-length", "Length of the key", &Type::Integer).optional(),
    Member::new("pseudorandom-function", "Pseudorandom function", &Type::Algorithm).optional(),
]);
static SCRYPT: Type = Type::Sequence(&[
    Member::new("salt", "Salt", &Type::Octets),
    Member::new("cost", "Cost", &Type::Integer),
    Member::new("block-size", "Block size", &Type::Integer),
    Member::new("parallelization", "Parallelisation", &Type::Integer),
    Member::new("key-length", "Length of the key", &Type::Integer).optional(),
]);
static PBE: Type = Type::Sequence(&[
    Member::new("salt", "Salt", &Type::Octets),
    Member::new("iterations", "Iterations", &Type::Integer),
]);
static PASSWORD_MAC: Type = Type::Sequence(&[
    Member::new("salt", "Salt", &Type::Octets),
    Member::new("hash", "Hash", &Type::Algorithm),
    Member::new("iterations", "Iterations", &Type::Integer),
    Member::new("authentication", "Authentication", &Type::Algorithm),
]);
static RC2_FULL: Type = Type::Sequence(&[
    Member::new("version", "Version", &Type::Integer).optional(),
    Member::new("vector", "Initial vector", &Type::Octets),
]);
static RC2: Type = Type::Choice(&[
    Member::new("vector", "Initial vector", &Type::Octets),
    Member::new("rc2", "effective key length and initial vector", &RC2_FULL),
    Member::new("key-bits", "Key length", &Type::Integer),
]);
static AUTHENTICATED: Type = Type::Sequence(&[
    Member::new("nonce", "Nonce", &Type::Octets),
    Member::new("tag-length", "Length of the tag", &Type::Integer).optional(),
]);
static GOST: Type = Type::Sequence(&[
    Member::new("key-parameters", "Key parameters", &Type::Oid),
    Member::new("digest-parameters", "Digest parameters", &Type::Oid).optional(),
    Member::new("cipher-parameters", "Cipher parameters", &Type::Oid).optional(),
]);
static GOST_CIPHER: Type = Type::Sequence(&[
    Member::new("vector", "Initial vector", &Type::Octets),
    Member::new("cipher-parameters", "Parameters", &Type::Oid),
]);
