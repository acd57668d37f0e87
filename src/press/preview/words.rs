//! What a draft is called, in the languages of our readers.

/// Says on every page that nobody has signed this; none of its words is the bundle's.
pub(super) fn draft(language: &str) -> (&'static str, &'static str) {
    let primary = language.split('-').next().unwrap_or_default();
    match primary {
        "fa" => ("fa", "پیش‌نویس. هیچ‌کس آن را امضا نکرده است."),
        "ckb" => ("ckb", "ڕەشنووس. کەس واژووی نەکردووە."),
        "ar" => ("ar", "مسودة. لم يوقّعها أحد."),
        "az" => ("az", "Qaralama. Heç kim imzalamayıb."),
        "ru" => ("ru", "Черновик. Его никто не подписал."),
        _ => ("en", "Draft. Nobody has signed it."),
    }
}

/// Whether a language is written from right to left, for our own words.
pub(super) fn is_rtl(language: &str) -> bool {
    matches!(language, "fa" | "ckb" | "ar")
}
