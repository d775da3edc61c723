//! The day on which the program runs: the one place where a clock is read.

use super::Failure;
use crate::config::Day;
use jiff::{Timestamp, tz::TimeZone};
use std::env;

/// Today in Coordinated Universal Time, or the day of SOURCE_DATE_EPOCH (seconds since 1970), by which a build is made repeatable.
pub(super) fn today() -> Result<Day, Failure> {
    let now = match env::var_os("SOURCE_DATE_EPOCH") {
        None => Timestamp::now(),
        Some(text) => {
            let seconds = text.to_str().and_then(|text| text.parse().ok());
            seconds.and_then(|seconds| Timestamp::from_second(seconds).ok()).ok_or_else(|| {
                let found = text.to_string_lossy();
                Failure::Usage(format!("expected SOURCE_DATE_EPOCH to be seconds since 1970, found `{found}`"))
            })?
        }
    };
    let date = now.to_zoned(TimeZone::UTC).date();
    let number = |part: i8| u8::try_from(part).unwrap_or_default();
    Ok(Day {
        year: u16::try_from(date.year()).unwrap_or_default(),
        month: number(date.month()),
        day: number(date.day()),
    })
}
