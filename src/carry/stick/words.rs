//! The start page in six languages. The names of verdicts are those of the window.

/// The texts of one language.
pub(super) struct Words {
    pub(super) tag: &'static str,
    pub(super) direction: &'static str,
    /// Its own name.
    pub(super) language: &'static str,
    pub(super) title: &'static str,
    /// Before the programs.
    pub(super) click: &'static str,
    /// Before a command.
    pub(super) terminal: &'static str,
    /// Before the command for a stick that lets nothing start.
    pub(super) refused: &'static str,
    /// Before the systems that have no program.
    pub(super) missing: &'static str,
    /// Instead of programs.
    pub(super) none: &'static str,
    /// Before the folder of bundles.
    pub(super) open: &'static str,
    pub(super) keep: &'static str,
    /// Before the folder of contacts.
    pub(super) contacts: &'static str,
    /// Before the verdicts.
    pub(super) says: &'static str,
    pub(super) verdicts: [(&'static str, &'static str); 5],
    pub(super) light: &'static str,
}

pub(super) const LANGUAGES: [Words; 6] = [FA, CKB, AR, AZ, RU, EN];

const FA: Words = Words {
    tag: "fa",
    direction: "rtl",
    language: "فارسی",
    title: "از اینجا شروع کنید",
    click: "برنامهٔ این رایانه را باز کنید:",
    terminal: "در همین پوشه ترمینال باز کنید و بنویسید",
    refused: "اگر اجازه نداد، بنویسید",
    missing: "برنامهٔ این سیستم‌ها روی این فلش نیست:",
    none: "روی این فلش برنامه‌ای نیست. فایل‌ها با برنامهٔ خواندنی که دارید باز می‌شوند.",
    open: "در برنامه، فایلی از این پوشه انتخاب کنید:",
    keep: "روی رایانه‌ای که مال شما نیست، جواب دهید که چیزی نگه داشته نشود.",
    contacts: "فایل‌های این پوشه ناشری را معرفی می‌کنند؛ در برنامه بازشان کنید و کد را با کسی که می‌شناسید مقایسه کنید:",
    says: "برنامه پیش از خواندن، دربارهٔ هر فایل یکی از این‌ها را می‌گوید:",
    verdicts: [
        (
            "تأیید شد · همان ناشر قبلی",
            "اصل است و چیزی در آن عوض نشده.",
        ),
        (
            "ناشر ناشناس",
            "امضا درست است، اما نمی‌دانیم امضای چه کسی است. ۲۴ رقم کد را با کسی که می‌شناسید مقایسه کنید.",
        ),
        (
            "ناقص است، اما اصل است",
            "آنچه هست اصل است. بقیه را در نسخهٔ دیگری پیدا کنید.",
        ),
        (
            "خراب شده، اما اصل است",
            "آنچه خوانده می‌شود اصل است. نسخهٔ بهتری پیدا کنید.",
        ),
        ("جعلی یا دست‌کاری‌شده", "باور نکنید و به کسی ندهید."),
    ],
    light: "پیش از جدا کردن فلش: برنامه را ببندید، صبر کنید چراغ فلش آرام شود، بعد آن را جدا کنید.",
};

const CKB: Words = Words {
    tag: "ckb",
    direction: "rtl",
    language: "کوردی",
    title: "لێرەوە دەست پێ بکە",
    click: "بەرنامەی ئەم کۆمپیوتەرە بکەرەوە:",
    terminal: "لەم بوخچەیەدا تێرمیناڵ بکەرەوە و بنووسە",
    refused: "ئەگەر ڕێگەی نەدا، بنووسە",
    missing: "بەرنامەی ئەم سیستمانە لەسەر ئەم فلاشە نییە:",
    none: "هیچ بەرنامەیەک لەسەر ئەم فلاشە نییە. فایلەکان بەو بەرنامەی خوێندنەوەیە دەکرێنەوە کە هەتە.",
    open: "لە بەرنامەکەدا فایلێک لەم بوخچەیە هەڵبژێرە:",
    keep: "لەسەر کۆمپیوتەرێک کە هی خۆت نییە، وەڵام بدەرەوە کە هیچ هەڵنەگیرێت.",
    contacts: "فایلەکانی ئەم بوخچەیە بڵاوکەرەوەیەک دەناسێنن؛ لە بەرنامەکەدا بیانکەرەوە و کۆدەکە لەگەڵ کەسێک بەراورد بکە کە دەیناسیت:",
    says: "بەرنامەکە پێش خوێندنەوە لەبارەی هەر فایلێکەوە یەکێک لەمانە دەڵێت:",
    verdicts: [
        (
            "پشتڕاستکراوە · هەمان بڵاوکەرەوەی پێشوو",
            "ڕەسەنە و هیچی تێدا نەگۆڕاوە.",
        ),
        (
            "بڵاوکەرەوەی نەناسراو",
            "واژۆکە دروستە، بەڵام نازانین هی کێیە. ٢٤ ژمارەی کۆدەکە لەگەڵ کەسێک بەراورد بکە کە دەیناسیت.",
        ),
        (
            "ناتەواو، بەڵام ڕەسەن",
            "ئەوەی هەیە ڕەسەنە. باقییەکەی لە کۆپییەکی تردا بدۆزەرەوە.",
        ),
        (
            "زیانلێکەوتوو، بەڵام ڕەسەن",
            "ئەوەی دەخوێنرێتەوە ڕەسەنە. کۆپییەکی باشتر بدۆزەرەوە.",
        ),
        ("ساختە یان گۆڕدراو", "باوەڕی پێ مەکە و مەیدە بە کەس."),
    ],
    light: "پێش دەرهێنانی فلاشەکە: بەرنامەکە دابخە، چاوەڕێ بکە تا ڕووناکییەکەی ئارام دەبێتەوە، پاشان دەریبهێنە.",
};

const AR: Words = Words {
    tag: "ar",
    direction: "rtl",
    language: "العربية",
    title: "ابدأ من هنا",
    click: "افتح البرنامج المناسب لهذا الحاسوب:",
    terminal: "افتح طرفية في هذا المجلد واكتب",
    refused: "إن لم يُسمح بذلك فاكتب",
    missing: "لا يوجد على هذه الفلاشة برنامج لهذه الأنظمة:",
    none: "لا يوجد برنامج على هذه الفلاشة. تُفتح الملفات ببرنامج القراءة الذي لديك.",
    open: "في البرنامج، اختر ملفًا من المجلد:",
    keep: "على حاسوب ليس لك، أجب بألا يُحفظ شيء.",
    contacts: "ملفات هذا المجلد تعرّف بناشر؛ افتحها في البرنامج وقارن الرمز مع شخص تعرفه:",
    says: "يقول البرنامج عن كل ملف قبل قراءته واحدًا من هذه:",
    verdicts: [
        ("موثَّق · الناشر نفسه كما من قبل", "أصيل، ولم يتغير فيه شيء."),
        (
            "ناشر مجهول",
            "التوقيع صحيح، لكننا لا نعرف لمن هو. قارن أرقام الرمز الأربعة والعشرين مع شخص تعرفه.",
        ),
        (
            "ناقص لكنه أصيل",
            "الموجود أصيل. ابحث عن الباقي في نسخة أخرى.",
        ),
        ("معطوب لكنه أصيل", "ما يُقرأ منه أصيل. ابحث عن نسخة أفضل."),
        ("مزوَّر أو معدَّل", "لا تصدّقه ولا تنقله إلى غيرك."),
    ],
    light: "قبل إخراج الفلاشة: أغلق البرنامج، وانتظر حتى يهدأ ضوؤها، ثم أخرجها.",
};

const AZ: Words = Words {
    tag: "az",
    direction: "ltr",
    language: "Azərbaycanca",
    title: "Buradan başlayın",
    click: "Bu kompüterin proqramını açın:",
    terminal: "bu qovluqda terminal açıb yazın:",
    refused: "İcazə verilməsə, yazın:",
    missing: "Bu fləşkartda bu sistemlər üçün proqram yoxdur:",
    none: "Bu fləşkartda proqram yoxdur. Fayllar sizdə olan oxu proqramı ilə açılır.",
    open: "Proqramda bu qovluqdan fayl seçin:",
    keep: "Sizin olmayan kompüterdə cavab verin ki, heç nə saxlanmasın.",
    contacts: "Bu qovluqdakı fayllar naşiri tanıdır; proqramda açın və kodu tanıdığınız adamla tutuşdurun:",
    says: "Proqram oxumazdan əvvəl hər fayl haqqında bunlardan birini deyir:",
    verdicts: [
        (
            "Təsdiqləndi · Əvvəlki naşirin özü",
            "Əsldir və içində heç nə dəyişdirilməyib.",
        ),
        (
            "Naməlum naşir",
            "İmza düzdür, amma kimin olduğunu bilmirik. Kodun 24 rəqəmini tanıdığınız adamla tutuşdurun.",
        ),
        (
            "Natamam, amma əsl",
            "Olan hissə əsldir. Qalanını başqa nüsxədə axtarın.",
        ),
        (
            "Zədəli, amma əsl",
            "Oxunan hissə əsldir. Daha yaxşı nüsxə axtarın.",
        ),
        (
            "Saxta və ya dəyişdirilmiş",
            "İnanmayın və başqasına ötürməyin.",
        ),
    ],
    light: "Fləşkartı çıxarmazdan əvvəl: proqramı bağlayın, işıq sönənə qədər gözləyin, sonra fləşkartı çıxarın.",
};

const RU: Words = Words {
    tag: "ru",
    direction: "ltr",
    language: "Русский",
    title: "Начните здесь",
    click: "Откройте программу для этого компьютера:",
    terminal: "откройте терминал в этой папке и введите",
    refused: "Если в доступе отказано, введите",
    missing: "Для этих систем программы на флешке нет:",
    none: "Программы на этой флешке нет. Файлы открываются программой для чтения, которая у вас есть.",
    open: "В программе выберите файл из папки:",
    keep: "На чужом компьютере ответьте, что хранить ничего не нужно.",
    contacts: "Файлы в этой папке представляют издателя; откройте их в программе и сверьте код с тем, кого знаете:",
    says: "Прежде чем читать, программа говорит о файле одно из этого:",
    verdicts: [
        (
            "Проверено · Тот же издатель, что и раньше",
            "Подлинно, ничего не изменено.",
        ),
        (
            "Неизвестный издатель",
            "Подпись верна, но мы не знаем, чья она. Сверьте 24 цифры кода с тем, кого знаете.",
        ),
        (
            "Неполно, но подлинно",
            "То, что есть, подлинно. Остальное поищите в другой копии.",
        ),
        (
            "Повреждено, но подлинно",
            "То, что читается, подлинно. Поищите копию получше.",
        ),
        (
            "Подделано или изменено",
            "Не верьте и не передавайте дальше.",
        ),
    ],
    light: "Перед тем как вынуть флешку: закройте программу, дождитесь, пока огонёк погаснет, и извлеките её.",
};

const EN: Words = Words {
    tag: "en",
    direction: "ltr",
    language: "English",
    title: "Start here",
    click: "Open the program for this computer:",
    terminal: "open a terminal in this folder and type",
    refused: "If that is refused, type",
    missing: "There is no program on this stick for:",
    none: "There is no program on this stick. The files open with the reading program that you have.",
    open: "In the program, choose a file from the folder:",
    keep: "On a computer that is not yours, answer that nothing is to be kept.",
    contacts: "The files in this folder introduce a publisher; open them in the program and compare the code with somebody you know:",
    says: "Before you read it, the program says one of these of each file:",
    verdicts: [
        (
            "Verified · Same publisher as before",
            "It is genuine, and nothing in it was changed.",
        ),
        (
            "Unknown publisher",
            "The signature is right, but we do not know whose it is. Compare the 24 digits of the code with somebody you know.",
        ),
        (
            "Incomplete, but genuine",
            "What is there is genuine. Look for the rest in another copy.",
        ),
        (
            "Damaged, but genuine",
            "What can be read is genuine. Look for a better copy.",
        ),
        (
            "Forged or altered",
            "Do not believe it, and do not pass it on.",
        ),
    ],
    light: "Before you take the stick out: close the program, wait until the stick’s light is still, then eject it.",
};
