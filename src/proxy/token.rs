//! The secret of one start, which tells the companion's own page from any other. It is kept in memory only and is not shown by `Debug`.

use std::fmt;

use subtle::ConstantTimeEq;

/// 192 bits.
const LENGTH: usize = 24;

/// 192 bits from the operating system, written as 48 hexadecimal digits.
#[derive(Clone)]
pub struct Token(String);

impl Token {
    /// Draws a new token.
    ///
    /// # Errors
    /// The operating system gives no random bytes.
    pub fn generate() -> Result<Self, getrandom::Error> {
        let mut bytes = [0; LENGTH];
        getrandom::fill(&mut bytes)?;
        Ok(Self(bytes.iter().map(|byte| format!("{byte:02x}")).collect()))
    }

    /// Compares in a time that does not depend on where the two differ.
    pub fn matches(&self, presented: &[u8]) -> bool {
        self.0.as_bytes().ct_eq(presented).into()
    }

    /// The digits, for the URL's fragment.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(redacted)")
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn each_start_has_a_token_of_192_bits() {
        let (one, other) = (Token::generate().unwrap(), Token::generate().unwrap());
        assert_eq!(one.reveal().len() * 4, 192);
        assert_ne!(one.reveal(), other.reveal());
    }

    #[test]
    fn only_the_whole_token_matches() {
        let token = Token::generate().unwrap();
        let digits = token.reveal();
        assert!(token.matches(digits.as_bytes()));
        for wrong in ["", &digits[1..], &format!("{digits}0"), &digits.replace(&digits[..1], "x")] {
            assert!(!token.matches(wrong.as_bytes()), "{wrong}");
        }
    }

    #[test]
    fn debug_does_not_show_the_digits() {
        let token = Token::generate().unwrap();
        assert!(!format!("{token:?}").contains(token.reveal()));
    }
}
