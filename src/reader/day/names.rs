//! Names of days and months in each language, in the case that follows a number.
use crate::words::Language;

/// From Monday on.
const WEEK_PERSIAN: [&str; 7] = [
    "دوشنبه",
    "سه‌شنبه",
    "چهارشنبه",
    "پنج‌شنبه",
    "جمعه",
    "شنبه",
    "یکشنبه",
];
/// From Monday on.
const WEEK_SORANI: [&str; 7] = [
    "دووشەممە",
    "سێشەممە",
    "چوارشەممە",
    "پێنجشەممە",
    "هەینی",
    "شەممە",
    "یەکشەممە",
];
/// From Monday on.
const WEEK_ARABIC: [&str; 7] = [
    "الاثنين",
    "الثلاثاء",
    "الأربعاء",
    "الخميس",
    "الجمعة",
    "السبت",
    "الأحد",
];
/// From Monday on.
const WEEK_AZERI: [&str; 7] = [
    "bazar ertəsi",
    "çərşənbə axşamı",
    "çərşənbə",
    "cümə axşamı",
    "cümə",
    "şənbə",
    "bazar",
];
/// From Monday on.
const WEEK_RUSSIAN: [&str; 7] = [
    "понедельник",
    "вторник",
    "среда",
    "четверг",
    "пятница",
    "суббота",
    "воскресенье",
];
/// From Monday on.
const WEEK_ENGLISH: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];
/// Gregorian, from January on.
const MONTHS_SORANI: [&str; 12] = [
    "کانوونی دووەم",
    "شوبات",
    "ئازار",
    "نیسان",
    "ئایار",
    "حوزەیران",
    "تەمووز",
    "ئاب",
    "ئەیلوول",
    "تشرینی یەکەم",
    "تشرینی دووەم",
    "کانوونی یەکەم",
];
/// Gregorian, from January on.
const MONTHS_ARABIC: [&str; 12] = [
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "مايو",
    "يونيو",
    "يوليو",
    "أغسطس",
    "سبتمبر",
    "أكتوبر",
    "نوفمبر",
    "ديسمبر",
];
/// Gregorian, from January on.
const MONTHS_AZERI: [&str; 12] = [
    "yanvar", "fevral", "mart", "aprel", "may", "iyun", "iyul", "avqust", "sentyabr", "oktyabr",
    "noyabr", "dekabr",
];
/// Gregorian, from January on.
const MONTHS_RUSSIAN: [&str; 12] = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
];
/// Gregorian, from January on.
const MONTHS_ENGLISH: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
/// Gregorian, short, in Latin letters.
const SHORT: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];
/// Jalali, from Nowruz on.
const JALALI_PERSIAN: [&str; 12] = [
    "فروردین",
    "اردیبهشت",
    "خرداد",
    "تیر",
    "مرداد",
    "شهریور",
    "مهر",
    "آبان",
    "آذر",
    "دی",
    "بهمن",
    "اسفند",
];
/// Jalali, from Nowruz on.
const JALALI_SORANI: [&str; 12] = [
    "خاکەلێوە",
    "گوڵان",
    "جۆزەردان",
    "پووشپەڕ",
    "گەلاوێژ",
    "خەرمانان",
    "ڕەزبەر",
    "گەڵاڕێزان",
    "سەرماوەز",
    "بەفرانبار",
    "ڕێبەندان",
    "ڕەشەمە",
];
/// Jalali, from Nowruz on.
const JALALI_AZERI: [&str; 12] = [
    "Fərvərdin",
    "Ordibeheşt",
    "Xordad",
    "Tir",
    "Mordad",
    "Şəhrivər",
    "Mehr",
    "Aban",
    "Azər",
    "Dey",
    "Bəhmən",
    "Esfənd",
];
/// Jalali, from Nowruz on.
const JALALI_ENGLISH: [&str; 12] = [
    "Farvardin",
    "Ordibehesht",
    "Khordad",
    "Tir",
    "Mordad",
    "Shahrivar",
    "Mehr",
    "Aban",
    "Azar",
    "Dey",
    "Bahman",
    "Esfand",
];

/// The day of the week; 0 = Monday.
pub(super) fn weekday(language: Language, day: i8) -> &'static str {
    let names = match language {
        Language::Persian => WEEK_PERSIAN,
        Language::Sorani => WEEK_SORANI,
        Language::Arabic => WEEK_ARABIC,
        Language::Azeri => WEEK_AZERI,
        Language::Russian => WEEK_RUSSIAN,
        Language::English => WEEK_ENGLISH,
    };
    let at = usize::from(day.unsigned_abs());
    names.get(at).copied().unwrap_or_default()
}

/// A Gregorian month, 1-12. Persian has the English names: it counts by another calendar.
pub(super) fn month(language: Language, month: u8) -> &'static str {
    numbered(
        match language {
            Language::Sorani => MONTHS_SORANI,
            Language::Arabic => MONTHS_ARABIC,
            Language::Azeri => MONTHS_AZERI,
            Language::Russian => MONTHS_RUSSIAN,
            Language::Persian | Language::English => MONTHS_ENGLISH,
        },
        month,
    )
}

/// A Gregorian month in three Latin letters.
pub(super) fn short(month: u8) -> &'static str {
    numbered(SHORT, month)
}

/// A Jalali month, 1-12.
pub(super) fn jalali(language: Language, month: u8) -> &'static str {
    numbered(
        match language {
            Language::Persian => JALALI_PERSIAN,
            Language::Sorani => JALALI_SORANI,
            Language::Azeri => JALALI_AZERI,
            Language::Arabic | Language::Russian | Language::English => JALALI_ENGLISH,
        },
        month,
    )
}

fn numbered(names: [&'static str; 12], month: u8) -> &'static str {
    let at = usize::from(month).wrapping_sub(1);
    names.get(at).copied().unwrap_or_default()
}
