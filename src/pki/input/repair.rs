//! What had to be put right before something could be read.
//!
//! A repair is not a fault of the object itself; defects of certificates are not named here.

use std::fmt;

/// One thing that was put right while reading.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Repair {
    /// The text was UTF-16.
    Utf16,
    /// The text began with a byte order mark.
    ByteOrderMark,
    /// The label was `NEW CERTIFICATE REQUEST`.
    NewCertificateRequestLabel,
    /// The label was an older name of the usual one.
    OldLabel(String),
    /// The label named another kind of object than the one inside.
    WrongLabel(String),
    /// BEGIN and END carried different labels.
    LabelMismatch {
        /// The label after BEGIN.
        begin: String,
        /// The label after END.
        end: String,
    },
    /// Lines were indented.
    Indented,
    /// Lines were quoted, as in a mail, a comment or source code.
    Quoted,
    /// Line ends were written as `\n`.
    EscapedNewlines,
    /// Lines were numbered, as in a listing.
    LineNumbers,
    /// The text was percent-encoded, as in an address or a header of HTTP.
    UrlEncoded,
    /// The text was marked up, as in HTML, XML or RTF.
    Markup,
    /// The text had characters that cannot be seen, or that only look like a space.
    Invisible,
    /// Line ends were missing or the lines had an unusual length.
    OneLine,
    /// There was base64 without BEGIN and END lines.
    NoArmor,
    /// The text was hexadecimal.
    Hex,
    /// The text was a hexadecimal dump with offsets.
    HexDump,
    /// The bytes were written as decimal numbers, as in source code.
    Numbers,
    /// The text was base64 of something that is itself text.
    Base64Twice,
    /// The BEGIN line was missing.
    MissingBegin,
    /// The END line was missing.
    MissingEnd,
    /// The dashes around BEGIN or END were damaged.
    Dashes,
    /// Other text stood around the object.
    ProseAround,
    /// Header lines stood between BEGIN and the base64.
    Headers,
    /// The base64 used the alphabet for URLs.
    Base64Url,
    /// The base64 lacked its padding.
    Unpadded,
    /// The text was quoted-printable.
    QuotedPrintable,
    /// Characters that do not belong to base64 were left out.
    StrayCharacters,
    /// Bytes behind the object were left out.
    TrailingBytes(usize),
}

impl Repair {
    /// A stable name for scripts.
    #[must_use]
    pub const fn id(&self) -> &'static str {
        match self {
            Repair::Utf16 => "utf-16",
            Repair::ByteOrderMark => "byte-order-mark",
            Repair::NewCertificateRequestLabel | Repair::OldLabel(_) => "old-label",
            Repair::WrongLabel(_) => "wrong-label",
            Repair::LabelMismatch { .. } => "label-mismatch",
            Repair::Indented => "indented",
            Repair::Quoted => "quoted",
            Repair::EscapedNewlines => "escaped-newlines",
            Repair::LineNumbers => "line-numbers",
            Repair::UrlEncoded => "url-encoded",
            Repair::Markup => "markup",
            Repair::Invisible => "invisible-characters",
            Repair::OneLine => "one-line",
            Repair::NoArmor => "no-armor",
            Repair::Hex => "hex",
            Repair::HexDump => "hex-dump",
            Repair::Numbers => "numbers",
            Repair::Base64Twice => "base64-twice",
            Repair::MissingBegin => "missing-begin",
            Repair::MissingEnd => "missing-end",
            Repair::Dashes => "dashes",
            Repair::ProseAround => "prose-around",
            Repair::Headers => "headers",
            Repair::Base64Url => "base64-url",
            Repair::Unpadded => "unpadded",
            Repair::QuotedPrintable => "quoted-printable",
            Repair::StrayCharacters => "stray-characters",
            Repair::TrailingBytes(_) => "trailing-bytes",
        }
    }
}

impl fmt::Display for Repair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Repair::Utf16 => write!(f, "the text was UTF-16"),
            Repair::ByteOrderMark => write!(f, "the text began with a byte order mark"),
            Repair::NewCertificateRequestLabel => {
                write!(f, "the label was NEW CERTIFICATE REQUEST")
            }
            Repair::OldLabel(label) => write!(f, "the label was {label}"),
            Repair::WrongLabel(label) => write!(f, "the label {label} did not fit the content"),
            Repair::LabelMismatch { begin, end } => {
                write!(f, "BEGIN said {begin} but END said {end}")
            }
            Repair::Indented => write!(f, "lines were indented"),
            Repair::Quoted => write!(f, "lines were quoted"),
            Repair::EscapedNewlines => write!(f, "line ends were written as \\n"),
            Repair::LineNumbers => write!(f, "lines were numbered"),
            Repair::UrlEncoded => write!(f, "the text was percent-encoded"),
            Repair::Markup => write!(f, "the text was marked up"),
            Repair::Invisible => write!(f, "invisible characters stood in it"),
            Repair::OneLine => write!(f, "line ends were missing or lines were long"),
            Repair::NoArmor => write!(f, "BEGIN and END lines were missing"),
            Repair::Hex => write!(f, "the text was hexadecimal"),
            Repair::HexDump => write!(f, "the text was a hexadecimal dump"),
            Repair::Numbers => write!(f, "the bytes were written as numbers"),
            Repair::Base64Twice => write!(f, "it was once more encoded in base64"),
            Repair::MissingBegin => write!(f, "the BEGIN line was missing, the length agrees"),
            Repair::MissingEnd => write!(f, "the END line was missing, the length agrees"),
            Repair::Dashes => write!(f, "the dashes around BEGIN or END were damaged"),
            Repair::ProseAround => write!(f, "other text stood around it"),
            Repair::Headers => write!(f, "header lines stood before the base64"),
            Repair::Base64Url => write!(f, "the base64 used the alphabet for URLs"),
            Repair::Unpadded => write!(f, "the base64 lacked its padding"),
            Repair::QuotedPrintable => write!(f, "the text was quoted-printable"),
            Repair::StrayCharacters => write!(f, "stray characters stood in the base64"),
            Repair::TrailingBytes(count) => write!(f, "{count} bytes behind it were left out"),
        }
    }
}
