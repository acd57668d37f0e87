//! Codes that came before any bundle.

use varaq_trust::{Code, Pin, Pins, PublisherId};

#[test]
fn awaited_codes_are_kept_beside_pins() {
    let code = Code::of(&PublisherId([3; 32])).unwrap();
    let mut pins = Pins::new();
    pins.add(Pin {
        other_names: Vec::new(),
        ..Pin::new(PublisherId([9; 32]), &[], false, None)
    });
    pins.await_code(code);
    let mut kept = Pins::decode(&pins.encode()).unwrap();
    assert_eq!(kept.awaited().collect::<Vec<_>>(), [&code]);
    assert_eq!(kept.len(), 1);
    assert!(kept.forget_code(&code));
    assert!(!kept.forget_code(&code));
    assert_eq!(Pins::decode(&kept.encode()).unwrap().awaited().count(), 0);
}
