//! The current date. The clock is read nowhere else.

use super::Failure;
use crate::{config::Day, source::Timestamp};
use std::{env, time::SystemTime};

/// Today in Coordinated Universal Time, or the day of SOURCE_DATE_EPOCH (seconds since 1970), which makes builds reproducible.
pub(super) fn today() -> Result<Day, Failure> {
    let given = env::var_os("SOURCE_DATE_EPOCH");
    let seconds = match &given {
        None => SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs().try_into().ok(),
        Some(text) => text.to_str().and_then(|text| text.parse().ok()),
    };
    let Timestamp { year, month, day, .. } = seconds.and_then(Timestamp::from_unix).ok_or_else(|| {
        let found = given.unwrap_or_default();
        let found = found.to_string_lossy();
        Failure::Usage(format!("expected SOURCE_DATE_EPOCH to be seconds since 1970, found `{found}`"))
    })?;
    Ok(Day { year, month, day })
}
