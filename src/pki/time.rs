//! Seconds since 1970 as the only notion of time, its calendar and its two DER forms.
//!
//! Leaves out clocks and time zones: now is an argument, and everything is UTC.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};
use crate::tlv::{self, Tlv};

const DAY: i64 = 86_400;

/// A moment, in seconds since 1970-01-01 00:00:00 UTC, without leap seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct UnixTime(pub i64);

/// A moment in the proleptic Gregorian calendar, UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Civil {
    /// The year, 0 being 1 BC.
    pub year: i32,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 59.
    pub second: u8,
}

impl UnixTime {
    /// Makes a moment from calendar fields; `None` when there is no such moment.
    pub fn from_civil(year: i32, month: u8, day: u8, hour: u8, minute: u8, second: u8) -> Option<Self> {
        let exists = (1..=12).contains(&month)
            && (1..=days_in_month(year, month)).contains(&day)
            && hour < 24
            && minute < 60
            && second < 60;
        exists.then(|| {
            let seconds = i64::from(hour) * 3600 + i64::from(minute) * 60 + i64::from(second);
            Self(days_from_civil(year, month, day) * DAY + seconds)
        })
    }

    /// The calendar fields of this moment; years beyond ±2 billion saturate.
    pub fn civil(self) -> Civil {
        let (year, month, day) = civil_from_days(self.0.div_euclid(DAY));
        let second = self.0.rem_euclid(DAY);
        Civil {
            year,
            month,
            day,
            hour: (second / 3600) as u8,
            minute: (second / 60 % 60) as u8,
            second: (second % 60) as u8,
        }
    }

    /// The moment this many days later, saturating.
    #[must_use]
    pub const fn plus_days(self, days: i64) -> Self {
        Self(self.0.saturating_add(days.saturating_mul(DAY)))
    }

    /// The moment this many seconds later, saturating.
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds))
    }

    /// The same day and time this many years later; 29 February becomes 28 February when needed.
    #[must_use]
    pub fn plus_years(self, years: i32) -> Self {
        let civil = self.civil();
        let year = civil.year.saturating_add(years);
        let day = civil.day.min(days_in_month(year, civil.month));
        Self(days_from_civil(year, civil.month, day) * DAY + self.0.rem_euclid(DAY))
    }

    /// The whole days from this moment to a later one; negative when it is earlier.
    pub const fn days_until(self, later: Self) -> i64 {
        later.0.saturating_sub(self.0).div_euclid(DAY)
    }

    /// The date alone, `2026-11-23`.
    pub fn date(self) -> String {
        let Civil { year, month, day, .. } = self.civil();
        format!("{year:04}-{month:02}-{day:02}")
    }

    /// Writes the DER `Time` of [RFC 5280 section 4.1.2.5]: UTCTime for 1950 to 2049, else GeneralizedTime.
    ///
    /// # Errors
    /// [`ErrorKind::BadTime`] outside the years 0 to 9999.
    ///
    /// [RFC 5280 section 4.1.2.5]: https://datatracker.ietf.org/doc/html/rfc5280#section-4.1.2.5
    pub fn to_der(self) -> Result<Vec<u8>> {
        if (1950..=2049).contains(&self.civil().year) {
            let text = self.digits()?;
            return Ok(tlv::write(tlv::UTC_TIME, &text.as_bytes()[2..]));
        }
        self.to_generalized_der()
    }

    /// Writes a DER GeneralizedTime, whatever the year.
    ///
    /// # Errors
    /// [`ErrorKind::BadTime`] outside the years 0 to 9999.
    pub fn to_generalized_der(self) -> Result<Vec<u8>> {
        Ok(tlv::write(tlv::GENERALIZED_TIME, self.digits()?.as_bytes()))
    }

    fn digits(self) -> Result<String> {
        let c = self.civil();
        if !(0..=9999).contains(&c.year) {
            return Err(ErrorKind::BadTime.into());
        }
        Ok(format!("{:04}{:02}{:02}{:02}{:02}{:02}Z", c.year, c.month, c.day, c.hour, c.minute, c.second))
    }

    /// Reads a UTCTime or GeneralizedTime.
    ///
    /// Laxer than RFC 5280, as X.690 BER is: seconds may be missing, fractions are dropped, and
    /// an offset from UTC is applied.
    ///
    /// # Errors
    /// [`ErrorKind::BadDer`] when the bytes are no such time.
    pub fn from_der(der: &[u8]) -> Result<Self> {
        let mut cursor = tlv::Cursor::new(der);
        let element = cursor.any("time")?;
        cursor.end()?;
        Self::from_tlv(&element)
    }

    pub(crate) fn from_tlv(element: &Tlv<'_>) -> Result<Self> {
        let parsed = match element.tag {
            tlv::UTC_TIME => parse(element.content, 2),
            tlv::GENERALIZED_TIME => parse(element.content, 4),
            _ => None,
        };
        parsed.ok_or_else(|| Error::der("time", element.range()))
    }
}

impl fmt::Display for UnixTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let c = self.civil();
        write!(
            f,
            "{:04}-{:02}-{:02} {:02}:{:02}:{:02} UTC",
            c.year, c.month, c.day, c.hour, c.minute, c.second
        )
    }
}

/// Digits taken from the front of a time's text.
struct Digits<'a>(&'a [u8]);

impl Digits<'_> {
    fn number(&mut self, count: usize) -> Option<u16> {
        let (head, rest) = self.0.split_at_checked(count)?;
        let mut value = 0;
        for octet in head {
            value = value * 10 + u16::from((*octet as char).to_digit(10)? as u8);
        }
        self.0 = rest;
        Some(value)
    }

    fn pair(&mut self) -> Option<u8> {
        self.number(2).map(|value| value as u8)
    }

    fn starts_with_digit(&self) -> bool {
        self.0.first().is_some_and(u8::is_ascii_digit)
    }
}

fn parse(text: &[u8], year_digits: usize) -> Option<UnixTime> {
    let mut digits = Digits(text);
    let year = i32::from(digits.number(year_digits)?);
    let year = match (year_digits, year) {
        (2, 0..=49) => year + 2000,
        (2, _) => year + 1900,
        _ => year,
    };
    let (month, day, hour, minute) = (digits.pair()?, digits.pair()?, digits.pair()?, digits.pair()?);
    let second = if digits.starts_with_digit() { digits.pair()? } else { 0 };
    if let [b'.' | b',', rest @ ..] = digits.0 {
        let fraction = rest.iter().take_while(|octet| octet.is_ascii_digit()).count();
        if fraction == 0 {
            return None;
        }
        digits.0 = &rest[fraction..];
    }
    let time = UnixTime::from_civil(year, month, day, hour, minute, second)?;
    match digits.0 {
        b"Z" => Some(time),
        [sign @ (b'+' | b'-'), rest @ ..] => {
            let mut digits = Digits(rest);
            let offset = i64::from(digits.pair()?) * 3600 + i64::from(digits.pair()?) * 60;
            let offset = if *sign == b'+' { -offset } else { offset };
            digits.0.is_empty().then_some(time.plus_seconds(offset))
        }
        _ => None,
    }
}

const fn is_leap(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

const fn days_in_month(year: i32, month: u8) -> u8 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from 1970-01-01, counting years from 1 March so that the leap day comes last.
fn days_from_civil(year: i32, month: u8, day: u8) -> i64 {
    let year = i64::from(year) - i64::from(month <= 2);
    let months = (i64::from(month) + 9) % 12;
    let day_of_year = (153 * months + 2) / 5 + i64::from(day) - 1;
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    // 719,468 days lie between 0000-03-01 and 1970-01-01.
    year * 365 + leap_days + day_of_year - 719_468
}

fn civil_from_days(days: i64) -> (i32, u8, u8) {
    const ERA: i64 = 146_097;
    let days = days + 719_468;
    let (era, day) = (days.div_euclid(ERA), days.rem_euclid(ERA));
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day_of_year = day - (365 * year + year / 4 - year / 100);
    let months = (5 * day_of_year + 2) / 153;
    let month = if months < 10 { months + 3 } else { months - 9 };
    let year = era * 400 + year + i64::from(month <= 2);
    let year = year.clamp(i64::from(i32::MIN), i64::from(i32::MAX)) as i32;
    let day = day_of_year - (153 * months + 2) / 5 + 1;
    (year, month as u8, day as u8)
}

#[cfg(test)]
mod tests;
