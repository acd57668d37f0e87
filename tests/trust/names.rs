//! Which names an eye takes for another (FORMAT.md section 7, IMPOSTOR_NAME).

use varaq_trust::look_alike;

/// Each pair must be noticed.
const ALIKE: [(&str, &str); 52] = [
    // the same keyboard accident in Persian and Arabic
    ("صدای مردم", "صداي مردم"),
    ("صدای مردم", "صداى مردم"),
    ("یک خبر", "يك خبر"),
    ("کیهان", "كيهان"),
    ("کردستان", "ڪردستان"),
    ("خانه", "خانة"),
    ("خانه", "خانە"),
    ("خانه", "خانہ"),
    ("خانه", "خانھ"),
    ("نامهٔ ما", "نامه ما"),
    ("نامۀ ما", "نامه ما"),
    ("آزادی", "ازادی"),
    ("أخبار", "اخبار"),
    ("إيران", "ایران"),
    ("ٱلأخبار", "الاخبار"),
    ("مؤسسه", "موسسه"),
    ("مسئول", "مسیول"),
    ("خَبَر", "خبر"),
    ("خبــر", "خبر"),
    ("مُلّا", "ملا"),
    ("می‌نویسد", "می نویسد"),
    ("می‌نویسد", "مینویسد"),
    ("خبر\u{200d}نامه", "خبرنامه"),
    ("خبر\u{200f}نامه", "خبرنامه"),
    ("خبر ۲۴", "خبر 24"),
    ("خبر ٢٤", "خبر ۲۴"),
    ("کانال ۱", "کانال ١"),
    ("دهنگی کورد", "دەنگی کورد"),
    ("رۆژ", "رۆژ\u{640}"),
    ("کوردستان", "كوردستان"),
    ("هەولێر", "ههولیر"),
    ("ﺧﺒﺮ", "خبر"),
    // Latin
    ("Iran Wire", "lran Wire"),
    ("Iran Wire", "IranWire"),
    ("Iran Wire", "IRAN WIRE"),
    ("Iran Wire", "Iran-Wire"),
    ("Iran Wire", "Iran\u{a0}Wire"),
    ("Iran Wire", " Iran  Wire. "),
    ("Iran Wire", "1ran Wire"),
    ("Iran Wire", "|ran Wire"),
    ("Iran Wire", "Ｉｒａｎ Ｗｉｒｅ"),
    ("Iran Wire", "Ir\u{430}n Wire"),
    ("Iran Wire", "Iran W\u{456}re"),
    ("Iran Wire", "𝐈𝐫𝐚𝐧 𝐖𝐢𝐫𝐞"),
    ("Iran Wire", "Irán Wire"),
    ("Iran Wire", "Iran Wire ✅"),
    ("News 0", "News O"),
    ("modern", "rnodern"),
    // Cyrillic and Greek
    ("Новая газета", "Hовая газета"),
    ("Новая газета", "НОВАЯ ГАЗЕТА"),
    ("Медуза", "Mедуза"),
    ("Еврейский", "Евреискии"),
];

/// Each pair is two names, and calling one an impostor would be a false alarm.
const DIFFERENT: [(&str, &str); 30] = [
    ("ایران", "ایرانی"),
    ("ایران", "عراق"),
    ("صدای مردم", "صدای زنان"),
    ("خبر", "خیر"),
    ("شب", "سب"),
    ("پارس", "بارس"),
    ("چرا", "جرا"),
    ("گاه", "کاه"),
    ("خبر ۲۴", "خبر ۲۵"),
    ("کانال ۱", "کانال ۷"),
    ("ژیان", "زیان"),
    ("دەنگ", "رەنگ"),
    ("الحرة", "الحرب"),
    ("فردا", "فرد"),
    ("ایران وایر", "ایران"),
    ("Iran", "Iraq"),
    ("Iran Wire", "Iran Wires"),
    ("Iran Wire", "Iran"),
    ("iran", "lran"),
    ("Ali News", "All News"),
    ("Radio One", "Radio Two"),
    ("BBC", "CBC"),
    ("The Times", "The Tides"),
    ("News 1", "News 2"),
    ("Новая газета", "Новый мир"),
    ("Медуза", "Медиазона"),
    ("Meduza", "Mediazona"),
    ("★", "☆"),
    ("हिन्दी", "हिन्दू"),
    ("A", "B"),
];

#[test]
fn names_that_look_alike_are_noticed() {
    let missed: Vec<_> = ALIKE
        .iter()
        .filter(|(one, two)| !look_alike(one, two))
        .collect();
    assert!(missed.is_empty(), "{missed:?}");
}

#[test]
fn names_that_differ_raise_no_false_alarm() {
    let alarms: Vec<_> = DIFFERENT
        .iter()
        .filter(|(one, two)| look_alike(one, two))
        .collect();
    assert!(alarms.is_empty(), "{alarms:?}");
}

#[test]
fn every_name_looks_like_itself_and_likeness_goes_both_ways() {
    for (one, two) in ALIKE.iter().chain(&DIFFERENT) {
        assert!(look_alike(one, one) && look_alike(two, two));
        assert_eq!(look_alike(one, two), look_alike(two, one));
    }
}
