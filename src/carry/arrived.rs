//! A publisher whose code was typed in before any bundle of it was seen.

use varaq_bundle::Day;
use varaq_trust::{Code, Pin, Pins, Publisher};

/// The pins with this publisher pinned and checked, if its code is among the awaited
/// ones. `None` if it is not, or is pinned already. Only then is a code computed, which
/// takes 64 MiB and some tenths of a second.
#[must_use]
pub fn arrived(pins: &Pins, publisher: Option<&Publisher>, day: Option<Day>) -> Option<Pins> {
    let publisher = publisher.filter(|publisher| publisher.pin.is_none())?;
    pins.awaited().next()?;
    // Without the memory for a code the publisher stays unknown, which is safe.
    let code = Code::of(&publisher.id).ok()?;
    let mut pins = pins.clone();
    pins.forget_code(&code).then(|| {
        pins.add(Pin::new(publisher.id, &publisher.names, true, day));
        pins
    })
}
