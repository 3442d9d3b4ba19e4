//! Tests of the calendar and of DER times.
//!
//! Leaves out times inside certificates.
#![allow(clippy::unwrap_used, clippy::expect_used)]
use super::*;

fn at(y: i32, m: u8, d: u8, h: u8, mi: u8, s: u8) -> UnixTime {
    UnixTime::from_civil(y, m, d, h, mi, s).unwrap()
}

#[test]
fn known_moments_have_known_seconds() {
    for (seconds, text) in [
        (0, "1970-01-01 00:00:00 UTC"),
        (-1, "1969-12-31 23:59:59 UTC"),
        (951_782_400, "2000-02-29 00:00:00 UTC"),
        (1_795_449_917, "2026-11-23 16:05:17 UTC"),
        (253_402_300_799, "9999-12-31 23:59:59 UTC"),
        (-62_167_219_200, "0000-01-01 00:00:00 UTC"),
    ] {
        assert_eq!(UnixTime(seconds).to_string(), text);
        let c = UnixTime(seconds).civil();
        assert_eq!(at(c.year, c.month, c.day, c.hour, c.minute, c.second), UnixTime(seconds));
    }
}

#[test]
fn every_day_of_eight_centuries_survives_the_calendar() {
    for day in -150_000..150_000 {
        let time = UnixTime(day * DAY);
        let c = time.civil();
        assert_eq!(at(c.year, c.month, c.day, 0, 0, 0), time);
    }
}

#[test]
fn extreme_seconds_do_not_overflow() {
    for seconds in [i64::MIN, i64::MAX] {
        assert!(UnixTime(seconds).to_der().is_err());
        assert!(!UnixTime(seconds).to_string().is_empty());
    }
}

#[test]
fn the_der_form_changes_in_1950_and_2050() {
    for (time, der) in [
        (at(1949, 12, 31, 0, 0, 0), &b"\x18\x0f19491231000000Z"[..]),
        (at(1950, 1, 1, 0, 0, 0), b"\x17\x0d500101000000Z"),
        (at(2049, 12, 31, 23, 59, 59), b"\x17\x0d491231235959Z"),
        (at(2050, 1, 1, 0, 0, 0), b"\x18\x0f20500101000000Z"),
    ] {
        assert_eq!(time.to_der().unwrap(), der);
        assert_eq!(UnixTime::from_der(der).unwrap(), time);
    }
}

#[test]
fn odd_times_are_read_and_impossible_ones_refused() {
    for (der, time) in [
        (&b"\x17\x0b0001010000Z"[..], Some(at(2000, 1, 1, 0, 0, 0))),
        (b"\x17\x110001010000+0130", None),
        (b"\x17\x0f0001010000+0130", Some(at(1999, 12, 31, 22, 30, 0))),
        (b"\x18\x1320000101000000.123Z", Some(at(2000, 1, 1, 0, 0, 0))),
        (b"\x17\x0d000230000000Z", None),
        (b"\x17\x0d000101000060Z", None),
        (b"\x17\x0c000101000000", None),
        (b"\x04\x0d000101000000Z", None),
    ] {
        assert_eq!(UnixTime::from_der(der).ok(), time, "{der:?}");
    }
}

#[test]
fn years_are_added_by_the_calendar() {
    assert_eq!(at(2024, 2, 29, 1, 2, 3).plus_years(1).date(), "2025-02-28");
    assert_eq!(at(2024, 2, 29, 1, 2, 3).plus_years(4).date(), "2028-02-29");
    assert_eq!(at(2024, 1, 1, 0, 0, 0).days_until(at(2025, 1, 1, 0, 0, 0)), 366);
    assert_eq!(at(2024, 1, 2, 0, 0, 0).days_until(at(2024, 1, 1, 23, 0, 0)), -1);
}
