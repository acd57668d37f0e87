# كلمات النافذة كلها بالعربية. One key, one meaning; see en.ftl.
# المصطلحات: publisher الناشر · issue العدد · article المقال · bundle الحزمة · verdict نتيجة الفحص · code الرمز ·
# statement البيان · key المفتاح (على لوحة المفاتيح: الزر) · root keys المفاتيح الجذرية · revoked مُبطَل ·
# suspended معلَّق · contact بطاقة الناشر · note إشعار · copy نسخة · stick فلاشة · shelf الرف · editor محرر ·
# history سجل · star نجمة · stands قائم

## The program
app-name = ورق
app-sentence = اقرأ ما وُقّع، واعرف من وقّعه قبل أول كلمة.
promise-verdict = نتيجة الفحص أولًا: من وقّع، وهل تغيّر شيء، وما الناقص.
promise-network = بلا شبكة. ورق لا يتصل بأي مكان أبدًا.
promise-memory = لا يُكتب شيء على هذا الحاسوب ما لم تختر ذلك بنفسك.
memory-only = في الذاكرة فقط
no-display-title = varaq-reader: لم توجد شاشة، فلا يمكن فتح نافذة
no-display-hint = تلميح: في الطرفية اكتب `varaq check FILE` أو `varaq list FILE` أو `varaq show FILE ARTICLE`

## Actions: text, then hint
open-file = فتح ملف…
open-file-hint = اختيار حزمة أو بطاقة أو إشعار أو صورة من قائمة البرنامج نفسه
go-back = رجوع
go-back-hint = خطوة إلى الوراء
go-forward = إلى الأمام
go-forward-hint = خطوة إلى الأمام
leave = إغلاق
leave-hint = إغلاق ما في الأعلى، ثم خطوة إلى الوراء
find-in-page = بحث في الصفحة
find-in-page-hint = البحث عن كلمات في هذا المقال
find-next = التالي في البحث
find-next-hint = الانتقال إلى الموضع التالي
find-previous = السابق في البحث
find-previous-hint = الانتقال إلى الموضع السابق
text-larger = خط أكبر
text-larger-hint = تكبير خط المقال
text-smaller = خط أصغر
text-smaller-hint = تصغير خط المقال
text-normal = الحجم المعتاد
text-normal-hint = العودة إلى حجم الخط المعتاد
next-item = التالي
next-item-hint = المقال التالي في القائمة، أو خطوة إلى الأسفل
previous-item = السابق
previous-item-hint = المقال السابق في القائمة، أو خطوة إلى الأعلى
page-down = صفحة إلى الأسفل
page-down-hint = شاشة إلى الأسفل؛ وفي النهاية المقال التالي غير المقروء
page-up = صفحة إلى الأعلى
page-up-hint = شاشة إلى الأعلى
full-screen = ملء الشاشة
full-screen-hint = ملء الشاشة أو العودة منه
show-keys = الأزرار
show-keys-hint = عرض كل أزرار لوحة المفاتيح
quit = إغلاق ورق فورًا
quit-hint = يغلق النافذة ولا يسأل عن شيء
switch-language = اللغة
switch-language-hint = اختيار لغة النافذة
switch-theme = الألوان التالية
switch-theme-hint = فاتح وورقي وداكن وعالي التباين، واحدًا بعد آخر
copy-selection = نسخ
copy-selection-hint = نسخ النص المحدد
show-verdict = نتيجة الفحص
show-verdict-hint = عرض نتيجة فحص هذا الملف من جديد

## Start
start-drop = أدخل فلاشة، أو أفلت ملفًا هنا.
start-samples = عيّنات داخل هذا البرنامج
start-samples-note = صُنعت للتجربة فقط. تُفحص كل واحدة مثل أي ملف آخر.
start-no-samples = لا عيّنات في هذه النسخة من البرنامج.
pins-unread = تعذّرت قراءة قائمة الناشرين الذين تثق بهم، فوُضعت جانبًا. الجميع مجهولون إلى أن تتحقق من رموزهم من جديد.
checking = جارٍ الفحص…
checking-of = جارٍ الفحص… { $done } من { $total }
checking-text = لا يُعرض شيء قبل فحص التوقيع وكل البايتات.
skip-check = لا تنتظر فحص كل بايت
cancel = إلغاء
loading = جارٍ التحميل…
drop-here = أفلت للفتح
not-opened-title = تعذّر فتح الملف
not-opened-text = رفض النظام: { $cause }

seal-words = { $name } · { $verdict }

## List of files
files-title = اختر ملفًا
files-up = المجلد الأعلى
files-folder = مجلد
files-empty = لا شيء هنا يفتحه ورق، ولا مجلدات.
files-refused = لا يمكن قراءة هذا المجلد: { $cause }
files-more = تُعرض الملفات الأولى فقط، وعددها { $count }.

## Verdicts: title, text, seal, reason
verdict-verified-title = موثَّق
verdict-verified-text = وقّع { $publisher } هذا العدد ولم يتغير فيه شيء.
    لقد تحققت من رمز هذا الناشر بنفسك.
verdict-verified-seal = موثَّق
verdict-pinned-title = الناشر نفسه كما من قبل
verdict-pinned-text = وقّع { $publisher } هذا العدد ولم يتغير فيه شيء.
    لم يُتحقق من الرمز بعد.
verdict-pinned-seal = كما من قبل
verdict-unknown-title = ناشر مجهول
verdict-unknown-text = التوقيع صحيح، لكننا لا نعرف لمن هو.
    يستطيع أي شخص أن يسمّي نفسه بأي اسم.
verdict-unknown-seal = ناشر مجهول
verdict-bad-signature-title = مزوَّر أو معدَّل
verdict-bad-signature-text = هذا ليس ما وقّعه الناشر.
    لذلك لا يُعرض منه شيء.
verdict-bad-signature-seal = مزوَّر
verdict-bad-signature-reason = التوقيع لا يطابق المحتوى. هذا ليس عطبًا من الفلاشة.
verdict-bad-signature-works = الملفات الأخرى، ومنها ملفات الناشر نفسه، يُحكم على كل منها وحده.
verdict-below-threshold-title = التوقيعات أقل من اللازم
verdict-below-threshold-text = وقّعه محررون أقل مما يشترطه الناشر.
    لذلك لا يُعرض منه شيء.
verdict-below-threshold-text-count = يوجد { $have } من { $need } من التوقيعات المطلوبة.
    لذلك لا يُعرض منه شيء.
verdict-below-threshold-seal = توقيعات ناقصة
verdict-below-threshold-reason = يشترط الناشر توقيعات أكثر مما في هذا الملف.
verdict-below-threshold-works = الأعداد التي وقّعها عدد كافٍ من المحررين تُفتح كما من قبل.
verdict-unsigned-title = مسودة غير موقَّعة
verdict-unsigned-text = لم يوقّع أحد هذا الملف بعد.
    لذلك لا يُعرض منه شيء.
verdict-unsigned-seal = غير موقَّع
verdict-unsigned-reason = لا يحمل الملف أي توقيع.
verdict-unsigned-works = العدد الجاهز، متى وُقّع، يُفتح مثل أي عدد آخر.
verdict-impostor-title = يستعمل اسم ناشر تعرفه
verdict-impostor-text = له رمز آخر. ربما يريد أحد أن تخلط بينهما.
    لذلك لا يُعرض شيء بعد.
verdict-impostor-seal = اسم مستعار
verdict-impostor-reason = الاسم يشبه اسم ناشر تثق به، لكن الرمز مختلف.
verdict-impostor-works = ملفات الناشر الذي تعرفه تُفتح كما من قبل.
verdict-revoked-title = أُبطل المفتاح
verdict-revoked-text = أبطل الناشر مفتاحًا وُقّع به هذا الملف.
    لذلك لا يُعرض منه شيء.
verdict-revoked-seal = مفتاح مُبطَل
verdict-revoked-reason = يقول بيان من الناشر إن هذا المفتاح لم يعد يتكلم باسمه، ولا يذكر هذا العدد بين الأعداد التي تبقى صالحة.
verdict-revoked-works = الناشر نفسه ما زال موثوقًا: ما يوقّعه بمفاتيحه الأخرى يُفتح كما من قبل.
verdict-suspended-title = المفتاح معلَّق
verdict-suspended-text = أوقف الناشر مؤقتًا مفتاحًا وُقّع به هذا الملف.
    لذلك لا يُعرض منه شيء.
verdict-suspended-seal = مفتاح معلَّق
verdict-suspended-reason = طلب أحد حافظي المفاتيح الجذرية للناشر ألا يُعتمد على هذا المفتاح. ربما كان محرر في خطر.
verdict-suspended-works = الأعداد التي رأيتها قبل التعليق ما زالت تُقرأ. وإذا انتهى التعليق فُتح هذا الملف أيضًا.
verdict-window-title = استُعمل المفتاح خارج نطاقه
verdict-window-text = لم يسمح الناشر لهذه المفاتيح بتوقيع عدد بهذا الرقم.
    لذلك لا يُعرض منه شيء.
verdict-window-seal = خارج النطاق
verdict-window-reason = رقم العدد خارج ما منحه الناشر لهذه المفاتيح. هكذا ينكشف المفتاح المسروق.
verdict-window-works = الأعداد داخل النطاق تُفتح كما من قبل.
verdict-chain-title = أوراق الناشر ناقصة
verdict-chain-text = البيان الذي يستند إليه هذا العدد ليس في الملف، فلا يمكن القول من وقّعه.
    لذلك لا يُعرض منه شيء.
verdict-chain-seal = أوراق ناقصة
verdict-chain-reason = البيان الذي يذكره التوقيع غير موجود. ربما نزعه أحد.
verdict-chain-works = نسخة من العدد نفسه فيها كل البيانات تُفتح كالمعتاد.
verdict-split-title = سجلّان لناشر واحد
verdict-split-text = وُقّع سجلّان مختلفان باسم هذا الناشر، وهذا العدد معلّق بسجل غير قائم.
    لذلك لا يُعرض منه شيء.
verdict-split-seal = سجلّان
verdict-split-reason = بيانات الناشر نفسه يناقض بعضها بعضًا. ربما صارت مفاتيحه الجذرية في أيدٍ أخرى.
verdict-split-works = الأعداد السابقة للانقسام ما زالت تُقرأ.
verdict-conflict-title = عددان يحملان رقمًا واحدًا
verdict-conflict-text = هناك عدد آخر قائم بهذا الرقم. وهذا عدد ثانٍ.
    لذلك لا يُعرض منه شيء.
verdict-conflict-seal = عددان
verdict-conflict-reason = رأيت الآخر أولًا، أو قال الناشر إنه هو الصحيح.
verdict-conflict-works = العدد الآخر بهذا الرقم ما زال يُقرأ.
verdict-damaged-head-title = بداية الملف معطوبة
verdict-damaged-head-text = لا يمكن القول بعدُ من وقّعه.
    لذلك لا يُعرض شيء.
verdict-damaged-head-seal = معطوب
verdict-damaged-head-reason = بايتات في بداية الملف خاطئة أو مفقودة. يحدث هذا مع الفلاشات الرديئة.
verdict-damaged-head-works = قد تُفتح نسخة أخرى من العدد نفسه، أو الملف نفسه إذا نُسخ من جديد.
verdict-newer-title = يقول إنه لنسخة أحدث من ورق
verdict-newer-text = لم يوقّع ذلك أحد ممن تثق بهم. يستطيع أي شخص كتابته في ملف.
    لذلك لا يُعرض شيء.
verdict-newer-seal = صيغة أحدث، بلا دليل
verdict-newer-reason = رقم الصيغة في الملف أعلى مما يعرفه هذا البرنامج.
verdict-newer-works = كل الملفات بصيغة اليوم تُفتح كما من قبل.
verdict-newer-signed-title = صُنع لنسخة أحدث من ورق
verdict-newer-signed-text = هذا الملف بصيغة لاحقة لا يستطيع هذا البرنامج قراءتها.
    وقّع ناشر تثق به أن الأمر كذلك.
verdict-newer-signed-seal = صيغة أحدث
verdict-newer-signed-reason = صيغة الملف أحدث من هذا البرنامج.
verdict-newer-signed-works = كل الملفات بصيغة اليوم تُفتح كما من قبل.
verdict-not-a-bundle-title = ليس حزمة ورق
verdict-not-a-bundle-text = هذا الملف شيء آخر، أو ضاعت بايتاته الأولى.
verdict-not-a-bundle-seal = ليس حزمة
verdict-not-a-bundle-reason = لا يبدأ الملف كما تبدأ الحزمة.
verdict-not-a-bundle-works = لا عيب في هذا البرنامج ولا في ملفاتك الأخرى.
verdict-partial-title = ناقص لكنه أصيل
verdict-partial-text = يمكن قراءة { $whole } من { $total } من المقالات.
    كل ما يُعرض هو ما وقّعه الناشر.
verdict-partial-text-some = ليس كله هنا.
    كل ما يُعرض هو ما وقّعه الناشر.
verdict-partial-seal = ناقص
verdict-damaged-title = معطوب لكنه أصيل
verdict-damaged-text = يمكن قراءة { $whole } من { $total } من المقالات.
    كل ما يُعرض هو ما وقّعه الناشر.
verdict-damaged-text-some = ضاعت بعض البايتات.
    كل ما يُعرض هو ما وقّعه الناشر.
verdict-damaged-seal = معطوب

## What to do
steps-title = ماذا تفعل
step-forged-1 = لا تمرّر هذا الملف إلى أحد.
step-forged-1-more = الملفات الأخرى على الفلاشة نفسها تُفحص واحدًا واحدًا وقد تكون سليمة.
step-forged-2 = احصل على العدد نفسه من مكان آخر.
step-forged-2-more = من فلاشة أخرى أو صديق آخر. النسخة الصحيحة يُكتب هنا أنها «موثَّق».
step-forged-3 = أخبر من أعطاك إياه.
step-forged-3-more = ربما لا يعلم. لا يلزمك أن تثبت شيئًا.
step-few-2 = انتظر العدد الجاهز.
step-few-2-more = ربما مُرّر قبل أن يوقّع كل المحررين. العدد الجاهز له الرقم نفسه.
step-revoked-2 = ابحث عن العدد نفسه موقَّعًا من جديد.
step-revoked-2-more = من فلاشة أخرى أو صديق آخر. ربما وقّعه الناشر ثانيةً بمفتاح سليم.
step-revoked-3 = إن كنت قرأت هذا الملف من قبل، فشكّ فيما قاله.
step-revoked-3-more = ربما كتبه من أخذ المفتاح.
step-suspended-1 = احتفظ بالملف، لكن لا تمرّره.
step-suspended-1-more = قد يكون سليمًا. وقد يكون وقّعه من أخذ المفتاح.
step-suspended-2 = افتح الأعداد الأحدث من هذا الناشر متى وصلت.
step-suspended-2-more = فيها كلمة الناشر: هل انتهى التعليق، وأي الأعداد تبقى صالحة.
step-chain-1 = احصل على العدد نفسه من مكان آخر.
step-chain-1-more = قد تحمل نسخة أخرى كل البيانات.
step-chain-2 = لا تمرّر هذه النسخة.
step-chain-2-more = الملفات الأخرى على الفلاشة نفسها تُفحص واحدًا واحدًا وقد تكون سليمة.
step-split-1 = لا تختر بينهما بنفسك.
step-split-1-more = كلاهما موقَّع بمفاتيح هذا الناشر. لا يستطيع الملف أن يقول لك من يملكها اليوم.
step-split-2 = اسأل الناشر بطريق آخر.
step-split-2-more = الإذاعة أو الورق أو شخص تعرفه. بيان لاحق قد يحسم أي السجلين صحيح.
step-conflict-1 = احتفظ بالملفين.
step-conflict-1-more = هما معًا دليل على أن أحدًا وقّع عددين مختلفين برقم واحد.
step-conflict-2 = أخبر الناشر إن كان ذلك آمنًا لك.
step-conflict-2-more = ربما صار أحد مفاتيحه في أيدٍ أخرى. لا يلزمك أن تثبت شيئًا.
step-unproven-1 = لا تثبّت شيئًا بسبب هذا الملف.
step-unproven-1-more = الملف الذي يطلب برنامجًا آخر قد يكون فخًا.
step-damaged-1 = حاول نسخ الملف من جديد.
step-damaged-1-more = ربما ما زالت على الفلاشة التي جاء منها نسخة سليمة.
step-damaged-2 = احصل على العدد نفسه من مكان آخر.
step-damaged-2-more = أي نسخة كاملة تكفي.
step-newer-1 = خذ نسخة أحدث من ورق ممن تثق به.
step-newer-1-more = لا يستطيع هذا البرنامج البحث عنها؛ فهو بلا شبكة.
step-other-1 = اختر ملفًا آخر.
step-other-1-more = أسماء الحزم تنتهي بـ ‎.varaq

## Facts
fact-publisher = الناشر
fact-claimed-name = الاسم الذي يسمّي به نفسه
fact-claimed-quoted = «{ $name }»
fact-not-checked = لم يُتحقق منه
fact-number = العدد
fact-number-day = العدد واليوم
fact-number-day-value = { $number } · { $day }
fact-day = اليوم
fact-complete = الاكتمال
fact-new = الحداثة
fact-also = أيضًا
fact-reason = السبب
fact-works = ما زال يعمل
fact-file = الملف
fact-code = رمز الناشر
fact-code-checked = تحققت منه بنفسك
fact-code-unchecked = لم يُتحقق منه بعد
calls-itself = يسمّي نفسه { $name }
line-complete = كامل
line-complete-articles = { $count ->
    [zero] بلا مقالات
    [one] مقاله الوحيد
    [two] المقالان كلاهما
    [few] كل المقالات، وهي { $shown }
    [many] كل المقالات، وهي { $shown }
   *[other] كل المقالات، وهي { $shown }
}
line-listed = كل شيء مذكور
line-listed-more = لم يُقرأ كل بايت بعد
line-partial = ليس كله في هذه النسخة
line-partial-articles = يمكن قراءة { $whole } من { $total } من المقالات
line-damaged = بعض الأجزاء معطوبة
line-damaged-parts = { $count ->
    [zero] لا أجزاء
    [one] جزء واحد
    [two] جزءان
    [few] { $shown } أجزاء
    [many] { $shown } جزءًا
   *[other] { $shown } جزء
}
line-newest = أحدث ما رأيته
line-older = أقدم من العدد { $number } الذي رأيته
line-older-more = تاريخ ذاك { $day }
line-gap = ليس عندك العدد { $number }
line-gap-more = جاء قبل هذا العدد؛ ومما قبله عندك { $met }
line-stale = يُفترض أن يكون هناك عدد أحدث الآن
line-stale-more = كان موعده { $day }
line-clock = تبدو ساعة هذا الحاسوب خاطئة
line-clock-more = هي متأخرة عن { $day }؛ ولا يُقرَّر بها شيء
line-days = يومه خارج الأيام المخصصة لمفاتيحه
line-days-more = من { $from } إلى { $to }
line-extra = في الملف شيء زائد تُجوهِل
line-memory = في هذا الوضع لا تُحفظ الأعداد السابقة

banner-rival = شوهد سجل آخر لهذا الناشر
banner-rival-more = كتبه أحد بمفاتيح قديمة. لا يُلتفت إليه؛ هذا العدد من السجل القائم.
banner-frozen = سجلّان يدّعيان متابعة هذا الناشر
banner-frozen-more = هذا العدد أقدم منهما ويمكن قراءته. والأحدث يُرفض حتى يحسم الناشر أي السجلين صحيح. اسأل بطريق آخر: الإذاعة أو الورق أو شخص تعرفه.
banner-conflict = شوهد عدد آخر بهذا الرقم
banner-conflict-more = هذا هو القائم: رأيته أولًا، أو قال الناشر إنه الصحيح. احتفظ بالملفين، وأخبر الناشر إن كان ذلك آمنًا لك.
banner-suspended = عُلّق لاحقًا أحد مفاتيح هذا العدد
banner-suspended-more = رأيت العدد قبل ذلك، فما زال يُقرأ. وما يُوقَّع بهذا المفتاح بعد ذلك يُرفض.
banner-statements = تنقص بيانات أحدث لهذا الناشر
banner-statements-more = تذكر بطاقته البيان { $named }؛ وأحدث ما رأيته { $held }. ربما أبطل أحد البيانات الناقصة مفتاحًا. افتح عددًا أحدث.
banner-resembles = الاسم يشبه «{ $name }» الذي تثق به
banner-resembles-more = يختلف بحرف واحد، والرمز مختلف. هذا ليس الناشر الذي تعرفه.

note-trust = التوقيع يقول من نشر، لا أن كل سطر صحيح.

## The code
code-question = هل عندك رمز هذا الناشر؟
code-explain = خذه من غير هذه الفلاشة: الإذاعة أو الورق أو شخص تعرفه. البرنامج هو الذي يقارن.
code-group = المجموعة { $number } من الرمز
code-left = الأرقام الباقية: { $count }
code-compare = مقارنة الرمز
code-wrong = هذا ليس رمز ذلك الناشر. هو لناشر آخر، أو ليس لأحد.
code-waiting = جارٍ المقارنة…
code-no-memory = الذاكرة الحرة في هذا الحاسوب لا تكفي للمقارنة: يلزم ٦٤ ميغابايت. أغلق البرامج الأخرى وافتح الملف من جديد.
code-typo = لا يمكن أن يكون هذا رمزًا: أحد الأرقام خاطئ. انظر مرة أخرى.
code-check = التحقق من الرمز…
remember = تذكّر هذا الناشر
remember-more = يكتب رمز هذا الناشر على هذا الحاسوب، ولا شيء غيره.
remembered = حُفظ على هذا الحاسوب.
remember-failed = تعذّر حفظه: { $cause }
open-issue = فتح العدد
read-whole = قراءة المقالات السليمة ({ $count })
read-what-is-here = قراءة ما هو موجود
read-without-trusting = القراءة دون ثقة
read-without-trusting-note = يبقى شريط في كل صفحة يذكّرك بأن الناشر مجهول.
different-publisher = أعلم أنه ناشر آخر: اقرأ
strip-unknown = ناشر مجهول · قراءة دون ثقة
strip-older = أقدم من العدد { $number } الذي رأيته
strip-frozen = سجلّان يدّعيان متابعة هذا الناشر · هذا العدد أقدم منهما
strip-suspended = عُلّق لاحقًا أحد مفاتيح هذا العدد · رأيت العدد قبل ذلك
strip-different = ليس الناشر الذي تعرفه · ناشر آخر باسم مشابه
close = إغلاق
choose-other = اختيار ملف آخر…

## Front page
front-page = الصفحة الأولى
front-issue = العدد { $number }
front-articles = { $count ->
    [zero] لا مقالات
    [one] مقال واحد
    [two] مقالان
    [few] { $shown } مقالات
    [many] { $shown } مقالًا
   *[other] { $shown } مقال
}
minutes = { $count ->
    [zero] أقل من دقيقة
    [one] دقيقة واحدة
    [two] دقيقتان
    [few] { $shown } دقائق
    [many] { $shown } دقيقة
   *[other] { $shown } دقيقة
}
pictures = { $count ->
    [zero] لا صور
    [one] صورة واحدة
    [two] صورتان
    [few] { $shown } صور
    [many] { $shown } صورة
   *[other] { $shown } صورة
}
not-in-this-copy = ليس في هذه النسخة
damaged-word = معطوب
front-unreadable = لا يمكن قراءة قائمة المقالات في هذه النسخة.

## Article
in-this-article = في هذا المقال
opening = البداية
footnote-number = الحاشية { $number }
picture-missing = الصورة ليست في هذه النسخة.
picture-damaged = الصورة معطوبة.
picture-too-large = الصورة أكبر مما يرسمه هذا البرنامج.
article-missing = هذا المقال ليس في هذه النسخة.
article-missing-more = قد تحمله نسخة أخرى من العدد نفسه.
article-damaged = هذا المقال معطوب في هذه النسخة.
article-odd = لا يمكن عرض هذا المقال: فهو يخالف قواعد صيغته.
link-target = عنوان الرابط
link-note = يُعرض ولا يُفتح أبدًا.
link-copy = نسخ العنوان
copied = نُسخ.
find-hint = بحث في هذا المقال
find-count = { $at } من { $total }
find-none = لم يوجد شيء
next-article = التالي: { $title }
end-of-issue = نهاية العدد
table-word = جدول

## Keys sheet
keys-title = الأزرار

# Corrections and retractions
mark-corrected = صُحّح
mark-retracted = سحبه الناشر
mark-harm = مسحوب: يعرّض شخصًا للخطر
harm-folded = يطلب الناشر ألا يُقرأ هذا النص ولا يُمرَّر بعد الآن، لأنه يعرّض شخصًا للخطر. هو مطوي لا محذوف.
harm-show = عرض النص مع ذلك

## Publishers
show-publishers = الناشرون
show-publishers-hint = بمن تثق، وما المعروف عنهم
publishers-title = الناشرون
publishers-checked = تحققت من رموزهم
publishers-same = الناشر نفسه كما من قبل، لم يُتحقق من الرمز
publishers-awaited = رموز تنتظر أول حزمة
publishers-awaited-more = لم تصل حزمة منهم بعد. وحين تصل يقارن البرنامج بنفسه.
publishers-none = لا تثق بأي ناشر بعد
publishers-none-code = رمز الناشر ٢٤ رقمًا. لا يملك أحد غيره الرمز نفسه، ويبقى كما هو حين تتغير المفاتيح أو المحررون.
publishers-none-where = خذه بطريق غير الفلاشة التي تجلب الأخبار: من الإذاعة أو الورق أو شخص تعرفه.
publishers-none-how = اكتبه هنا، حتى قبل أن تصل أي حزمة، أو افتح الملف أو الصورة التي أعطيت لك. يقارن البرنامج مع كل حزمة تصل.
publisher-met = { $count ->
    [zero] لم تر أي عدد
    [one] رأيت عددًا واحدًا
    [two] رأيت عددين
    [few] رأيت { $shown } أعداد
    [many] رأيت { $shown } عددًا
   *[other] رأيت { $shown } عدد
}
publisher-met-none = لم تر أي عدد بعد
publisher-checked = تحققت من الرمز بنفسك
publisher-unchecked = الناشر نفسه كما من قبل؛ لم يُتحقق من الرمز
publisher-since = موثوق منذ { $day }
publisher-since-unknown = لم يُدوَّن منذ متى
publisher-code = الرمز، لتقرأه لغيرك أو لتقارنه
publisher-code-memory = الذاكرة الحرة في هذا الحاسوب لا تكفي لحساب الرمز: يلزم ٦٤ ميغابايت.
publisher-promise = الوعد
publisher-cadence = { $count ->
    [zero] عدد كل يوم
    [one] عدد كل يوم
    [two] عدد كل يومين
    [few] عدد كل { $shown } أيام
    [many] عدد كل { $shown } يومًا
   *[other] عدد كل { $shown } يوم
}
publisher-cadence-none = لا وعد
publisher-signatures = التوقيعات على كل عدد
publisher-signs = { $threshold } من { $of } من المحررين
publisher-issues = ما رأيته منه
publisher-split = سجلّان يدّعيان متابعة هذا الناشر. الأعداد التي تستند إلى أيهما تُرفض حتى يحسم الناشر أيهما صحيح. اسأل بطريق آخر: الإذاعة أو الورق أو شخص تعرفه.
publisher-rival = شوهد سجل آخر لهذا الناشر كُتب بمفاتيح قديمة. لا يُلتفت إليه.
publisher-stopped = المفتاح { $key } موقوف مؤقتًا: ما يوقّعه يُرفض. ربما كان محرر في خطر.
publisher-history = كيف وصل الأمر إلى هنا
publisher-statement = البيان { $number }
event-founded = بدأ الناشر: يقرر { $threshold } من { $of } من المفاتيح الجذرية
event-founded-recoverable = مفاتيح الاسترداد جاهزة
event-roots = تغيّرت المفاتيح الجذرية: من الآن يقرر { $threshold } من { $of }
event-recovered = استُعملت مفاتيح الاسترداد؛ وما جاء بعد البيان السابق باطل
event-granted = يوقّع المحررون الأعداد من { $first } إلى { $last }: يلزم { $threshold } من { $of }
event-revoked-stolen = أُبطل مفتاح: هو عند شخص آخر
event-revoked-retired = أُبطل مفتاح: انتهى زمنه
event-kept = { $count ->
    [zero] لا يبقى صالحًا أي عدد وقّعه
    [one] يبقى عدد واحد وقّعه صالحًا
    [two] يبقى عددان وقّعهما صالحين
    [few] تبقى { $shown } أعداد وقّعها صالحة
    [many] يبقى { $shown } عددًا وقّعها صالحة
   *[other] يبقى { $shown } عدد وقّعها صالحة
}
event-kept-none = لا يبقى صالحًا أي عدد يحتاج إلى توقيعه
event-cleared = المفتاح { $key } معتدّ به من جديد: انتهى إيقافه
event-settled = من عددين بالرقم { $number }، قال الناشر أيهما الصحيح
event-renamed = يسمّي نفسه من الآن { $names }
key-short = المفتاح { $key }
publisher-met-title = الأعداد التي رأيتها
issues-more = { $count ->
    [zero] لا أعداد أخرى قائمة
    [one] عدد آخر قائم
    [two] عددان آخران قائمان
    [few] { $shown } أعداد أخرى قائمة
    [many] { $shown } عددًا آخر قائمًا
   *[other] { $shown } عدد آخر قائم
}
standing-stands = قائم
standing-contested = قائم؛ وشوهد بعده عدد آخر بهذا الرقم
standing-lost = غير قائم: القائم عدد آخر بهذا الرقم
standing-void = باطل: قد يكون مزوَّرًا، وقد تكون قرأته
publisher-keys-change = المفاتيح تتغير، والرمز لا يتغير.
publisher-remove = إزالة هذا الناشر…
publisher-really = هل تريد حقًا إزالة هذا الناشر؟
publisher-really-more = يصير مجهولًا: تطلب أعداده الرمز من جديد، ولا ينبّهك شيء إلى من ينتحل اسمه. ويُنسى ما رُئي منه، ومنه المفاتيح المُبطَلة. ويُغلق الملف المفتوح.
publisher-keep = إبقاؤه
publisher-remove-now = إزالته
publisher-remove-failed = أُزيل إلى أن تغلق ورق، لكنه باقٍ في القائمة على هذا الحاسوب: { $cause }
publishers-type = كتابة رمز…
publishers-open = من صورة أو ملف…
publishers-awaited-forget = لا تنتظر { $code } بعد الآن
publishers-unkept = هذه القائمة في الذاكرة فقط: تُنسى حين يُغلق ورق.
publishers-remember = تذكّر القائمة على هذا الحاسوب
publisher-write-failed = يسري إلى أن تغلق ورق، لكن تعذّرت كتابته على هذا الحاسوب: { $cause }
type-title = كتابة رمز
type-explain = ٢٤ رقمًا سمعتها من الإذاعة أو قرأتها على ورق أو أخذتها من شخص تعرفه. حين تصل حزمة يقارن البرنامج.
type-take = قبول هذا الرمز
told-awaited = قُبل الرمز. أول حزمة صالحة تحمله تصير موثَّقة.
told-checked = هذا رمز { $name }. يُعدّ متحقَّقًا منه من الآن.
told-checked-before = هذا رمز { $name }، وقد تحققت منه من قبل.

## Files that are no bundles
searching-title = جارٍ البحث عن رمز QR…
searching-text = تُبحث الصورة على هذا الحاسوب. الصورة الكبيرة تستغرق بضع ثوانٍ.
contact-title = بطاقة ناشر
contact-text = يقول الملف من هو الناشر. يستطيع أي شخص أن يسمّي نفسه بأي اسم.
    قارن الرمز برمز جاء بطريق آخر: الإذاعة أو الورق أو شخص تعرفه.
contact-text-known = الملف من ناشر تثق به أصلًا.
    قبوله لا يغيّر شيئًا في الرمز ولا يأخذ منك شيئًا.
contact-proven = بياناته نفسها تحمل هذا الاسم
contact-known = معروف عندك باسم
contact-statements = البيانات
contact-newest = أحدث ما يذكره: { $number }
contact-statements-here = كلها في الملف وهي صحيحة
contact-statements-later = لا بد أن يأتي بها عدد ويثبت الاسم
contact-alike-more = له رمز آخر. هذا ليس الناشر الذي تعرفه؛ ربما يريد أحد أن تخلط بينهما.
contact-unchecked = إن لم تتحقق منه عُدّ من الآن «الناشر نفسه كما من قبل».
contact-take = إضافة إلى ناشريّ
contact-take-known = قبول الجديد
shown-code-title = رمز ناشر
shown-code-text = في الملف رمز ولا شيء غيره. هو كما لو أنك كتبته بنفسك.
    لا تقبله إلا إذا جاء بطريق غير الحزم: ملصق أو جريدة أو شخص تعرفه.
note-title = مفتاح يجب إيقافه
note-text = وقّع { $name } أن أحد مفاتيحه لا يُعتدّ به الآن.
    الإشعار يثبت نفسه، أيًا كان من أتى به. ربما كان محرر في خطر.
note-key = المفتاح
note-since = وقّعته
note-since-value = المفاتيح الجذرية للبيان { $number }
note-since-more = يسري من لحظة قبوله
note-effect = ما الذي يغيّره
note-effect-stops = الأعداد الجديدة بهذا المفتاح تُرفض حتى يبطله الناشر أو ينهي إيقافه. والأعداد التي رأيتها ما زالت تُقرأ مع تنبيه.
note-effect-known = لا شيء: كنت تعلم أن هذا المفتاح موقوف.
note-effect-over = لا شيء: أبطل الناشر المفتاح منذئذٍ أو أنهى إيقافه.
note-take = إيقاف هذا المفتاح
fault-no-code-title = لا رمز QR في الصورة
fault-no-code-text = لم يتبيّن أي رمز. صوّر من جديد: أقرب وأوضح، والرمز كله بحافته البيضاء.
    أو اكتب الأرقام الـ ٢٤ المكتوبة بجانبه.
fault-strange-title = ليس رمز QR لناشر
fault-strange-text = الرمز في الصورة يقول شيئًا آخر. لم يُفتح منه شيء.
    رمز الناشر بطاقة أو ٢٤ رقمًا أو إشعار عن مفتاح.
fault-several-title = عدة ناشرين في صورة واحدة
fault-several-text = قصّ الصورة بحيث يبقى رمز QR واحد، ثم افتحها من جديد.
fault-picture-damaged-title = الصورة معطوبة
fault-picture-damaged-text = هي مبتورة أو مكسورة. انسخها من جديد أو صوّرها من جديد.
fault-picture-large-title = الصورة كبيرة جدًا
fault-picture-large-text = يُبحث حتى ٣٢ ميغابايت و٣٢ مليون نقطة. قصّها أو صغّرها أو خذ لقطة شاشة منها.
fault-too-long-title = الملف طويل جدًا
fault-too-long-text = يبدأ كبطاقة أو إشعار، لكنه أطول منها جميعًا. لم يُقرأ.
fault-contact-damaged-title = بطاقة معطوبة
fault-contact-damaged-text = تبدأ كبطاقة ناشر، لكن أسطرًا ناقصة أو متغيرة. لم يُقبل شيء.
    خذ الملف من جديد، أو اكتب رمز الناشر.
fault-contact-false-title = البطاقة ليست ما تدّعيه
fault-contact-false-text = رمزها واسمها وبياناتها لا ينتمي بعضها إلى بعض. غيّرها أحد؛ ولم يُقبل شيء.
    لا تمرّرها إلى أحد.
fault-no-memory-title = الذاكرة الحرة قليلة
fault-no-memory-text = يلزم ٦٤ ميغابايت للتحقق من رمز البطاقة. أغلق البرامج الأخرى وافتح الملف من جديد.
fault-code-damaged-title = ليس رمزًا
fault-code-damaged-text = في الملف أرقام، لكنها لا يمكن أن تكون رمزًا: أحدها خاطئ أو ناقص. انظر من جديد حيث أتت.
fault-note-damaged-title = إشعار معطوب
fault-note-damaged-text = يبدأ كإشعار عن مفتاح، لكن شيئًا فيه ناقص أو كُتب خطأ. لم يُقبل شيء.
fault-note-damaged-group = المجموعة { $group } من حروفه كُتبت خطأ. استمع أو انظر من جديد؛ لم يُقبل شيء.
fault-note-newer-title = إشعار بشكل أحدث
fault-note-newer-text = لا يستطيع هذا البرنامج قراءته. ربما تقرؤه نسخة أحدث من ورق ممن تثق به.
fault-note-unknown-title = إشعار عن ناشر لا تعرفه
fault-note-unknown-text = يوقف مفتاحًا، لكن ليس لناشر رأيت بياناته وتثق به. لم يُقبل شيء.
    افتح أولًا عددًا من ذلك الناشر وثق به، ثم افتح الإشعار من جديد.
fault-note-ahead-title = الإشعار يسبق ما تعرفه
fault-note-ahead-text = يتحدث عن بيان أو مفتاح لم تره بعد. لم يُقبل شيء.
    افتح عددًا أحدث من ذلك الناشر، ثم الإشعار من جديد.
fault-note-forged-title = إشعار مزوَّر
fault-note-forged-text = لم توقّعه المفاتيح الجذرية للناشر. لم يُقبل شيء.
    لا تمرّره إلى أحد.
told-introduced = صار { $name } في القائمة. لم يُتحقق من رمزه بعد.
told-stopped = أحد مفاتيح { $name } موقوف من الآن.

## Handing a publisher on, and its name
pass-copy = نسخ الرمز
pass-show = عرضه صورةً
pass-hide = إخفاء الصورة
pass-picture = رمز QR لهذا الناشر
pass-drawing = تُرسم الصورة…
pass-failed = تعذّر رسم الصورة. اقرأ الرمز بصوت عالٍ بدلًا منها.
pass-contact = يقرؤها برنامج ورق آخر من صورة أو لقطة شاشة. فيها الاسم الذي يسمّي به الناشر نفسه ورمزه وأحدث بياناته: ولا شيء عنك.
pass-code = يقرؤها برنامج ورق آخر من صورة أو لقطة شاشة. فيها الرمز وحده، لأنه لم يُرَ بيان من هذا الناشر بعد.
name-yours = الاسم الذي وضعته له
name-own = الاسم الذي يسمّي به نفسه
name-change = تغيير…
name-more = أنت وحدك تراه. اتركه فارغًا ليظهر الاسم الذي يسمّي به الناشر نفسه.
name-taken = الناشر { $name } له هذا الاسم أو ما يشبهه. اختر اسمًا آخر.
name-save = سمّه هكذا

## Places
show-shelf = الرف
show-shelf-hint = الأعداد المحفوظة
show-search = بحث
show-search-hint = البحث في كل ما على الرف وفي الملف المفتوح
place-files = الفلاشات والملفات
star-article = نجمة
star-article-hint = وضع نجمة على هذا المقال أو رفعها
mark-read = مقروء أو لا
mark-read-hint = عدّ هذا المقال مقروءًا، أو غير مقروء من جديد
keep-issue = حفظ على الرف
keep-issue-hint = نسخ هذا العدد إلى الرف وتذكّر ناشره
remove-issue = إنزال من الرف
remove-issue-hint = إنزال العدد المختار من الرف؛ ويمكن إرجاعه
quit-short = إغلاق فوري

## Where things are kept: name, one line, explanation
mode-memory = في الذاكرة فقط
mode-memory-short = لا يكتب ورق شيئًا على هذا الحاسوب.
mode-memory-more = لا يكتب ورق شيئًا. حين تُغلق النافذة يُنسى الرف والنجوم والناشرون الموثوقون.
mode-portable = على الفلاشة
mode-portable-short = لا يكتب ورق إلا في مجلده بجانب البرنامج.
mode-portable-more = تبقى الأعداد والنجوم والناشرون الموثوقون في مجلد بجانب البرنامج. ولا يكتب ورق شيئًا على هذا الحاسوب.
mode-computer = على هذا الحاسوب
mode-computer-short = يُحفظ هنا الرف والنجوم والناشرون الموثوقون.
mode-computer-more = تبقى هنا الأعداد والنجوم ومواضع القراءة والناشرون الموثوقون. لحاسوب لك وحدك.

## First start
first-language = اللغة
first-mode = أين تُحفظ الأشياء؟
first-mode-note = قد يدوّن الحاسوب نفسه أن برنامجًا شُغّل أو فلاشة أُدخلت. لا يستطيع ورق منع ذلك.
first-code = رمز ناشر
first-optional = اختياري
first-code-more = الأرقام الـ ٢٤ التي سمعتها من الإذاعة أو رأيتها مطبوعة أو قرأها لك صديق. بأي أرقام كانت.
first-code-whole = حين تصل حزمة من هذا الناشر يقارن البرنامج بنفسه.
first-go = إلى الرف
first-failed = تعذّر الحفظ هناك: { $cause } اختر مكانًا آخر.

## Shelf
shelf-title = الرف
list-all = الكل
list-unread = غير المقروء
list-fresh = الجديد
list-starred = ذو النجمة
list-today = اليوم
unread = غير مقروء
starred = عليه نجمة
fresh = جديد
shelf-unread = { $count ->
    [zero] لا غير مقروء
    [one] واحد غير مقروء
    [two] اثنان غير مقروءين
    [few] { $shown } غير مقروءة
    [many] { $shown } غير مقروء
   *[other] { $shown } غير مقروء
}
shelf-issues = { $count ->
    [zero] لا أعداد
    [one] عدد واحد
    [two] عددان
    [few] { $shown } أعداد
    [many] { $shown } عددًا
   *[other] { $shown } عدد
}
shelf-all = عرض كل الأعداد ({ $count })
shelf-fewer = عرض أقل
read-all = مقروء
not-indexed = لم يُحسب بعد
cover-partial = ناقص · { $whole } من { $total }
gap-one = العدد { $number } ليس على هذا الرف
gap-many = الأعداد من { $first } إلى { $last } ليست على هذا الرف
indexing = في الفهرس كلمات { $done } من { $total } من الأعداد
none-unread = لا شيء غير مقروء
none-unread-more = الأعداد الجديدة تجلب ما يُقرأ. أدخل فلاشة أو افتح ملفًا.
none-fresh = لم يصل شيء بعد
none-fresh-more = ما تحفظه من الفلاشة القادمة يظهر هنا، حتى تأتي التي بعدها.
none-starred = لا نجوم بعد
none-starred-more = اضغط S في مقال لتجده هنا من جديد.
none-today = لا شيء من اليوم
none-today-more = كثيرًا ما تسافر الأعداد أيامًا. انظر في «الجديد» أو «غير المقروء».
closed-refused = { $count ->
    [zero] لا ملفات محفوظة مخفية.
    [one] ملف محفوظ واحد لا يُعرض: لم يعد ناشره موثوقًا أو أُبطل مفتاحه.
    [two] ملفان محفوظان لا يُعرضان: لم يعد ناشراهما موثوقين أو أُبطل مفتاحاهما.
    [few] { $shown } ملفات محفوظة لا تُعرض: لم يعد ناشروها موثوقين أو أُبطلت مفاتيحهم.
    [many] { $shown } ملفًا محفوظًا لا تُعرض: لم يعد ناشروها موثوقين أو أُبطلت مفاتيحهم.
   *[other] { $shown } ملف محفوظ لا تُعرض: لم يعد ناشروها موثوقين أو أُبطلت مفاتيحهم.
}
closed-unreadable = { $count ->
    [zero] كل الملفات المحفوظة تُقرأ.
    [one] ملف محفوظ واحد لا يمكن قراءته من القرص.
    [two] ملفان محفوظان لا يمكن قراءتهما من القرص.
    [few] { $shown } ملفات محفوظة لا يمكن قراءتها من القرص.
    [many] { $shown } ملفًا محفوظًا لا يمكن قراءتها من القرص.
   *[other] { $shown } ملف محفوظ لا يمكن قراءتها من القرص.
}
removed = أُنزل { $name } من الرف.
undo = إرجاع
reading-lost = تعذّرت قراءة ما قرأته وما وضعت عليه نجمة. وُضع جانبًا؛ ولم يضع أي عدد.
shelf-failed = تعذّر استعمال الرف: { $cause }
keep-waiting = { $name }: برنامج آخر يغيّر الرف. انتظار…
keep-copying = { $name }: نُسخ { $done } من { $total }
keep-checking = { $name }: أُعيدت قراءة { $done } من { $total }
keep-done = { $name } على الرف. أُعيدت قراءة كل بايت.
keep-known = { $name } على الرف أصلًا.
keep-cancelled = لم يُحفظ { $name }. لم يبق شيء نصف مكتوب.
keep-no-room = لم يُحفظ { $name }: يلزم { $needed } والحر { $free }. أنزل عددًا من الرف أو أفسح مكانًا على القرص.
keep-not-as-written = لم يُحفظ { $name }: ما قُرئ ليس ما كُتب. لا يمكن الاعتماد على هذا القرص.
keep-verdict = لم يُحفظ { $name }: { $verdict }
keep-unreadable = لم يُحفظ { $name }: لا يمكن قراءة الملف إلى آخره ({ $cause }). انسخه من جديد من حيث أتى.
keep-refused = لم يُحفظ { $name }: { $cause }

## Search
search-hint = بحث في كل المقالات
search-count = { $count ->
    [zero] لا مقالات
    [one] مقال واحد
    [two] مقالان
    [few] { $shown } مقالات
    [many] { $shown } مقالًا
   *[other] { $shown } مقال
}
search-count-more = أكثر من { $shown } مقال
scope-everywhere = في كل مكان
scope-shelf = الرف
scope-open = هذا الملف
publisher-all = كل الناشرين
language-all = كل اللغات
time-any = أي وقت
time-days = { $count ->
    [zero] اليوم
    [one] آخر يوم
    [two] آخر يومين
    [few] آخر { $shown } أيام
    [many] آخر { $shown } يومًا
   *[other] آخر { $shown } يوم
}
search-begin = عمّ تبحث؟
search-begin-more = يكفي حرفان. للعبارة بعينها ضعها «بين علامتي اقتباس».
searching = جارٍ البحث…
search-failed = فشل البحث: { $cause }
search-none = لم يوجد شيء عن «{ $words }»
search-none-more = جرّب كلمة أقل، أو كلمة أخرى للمعنى نفسه.
search-none-narrow = البحث مضيَّق. قد يكون هناك المزيد في أماكن أخرى.
search-everywhere = بحث في كل مكان
search-sections = في الأقسام
search-forgives = التشكيل وعلامات النبر وأنصاف المسافات والحروف الكبيرة وحروف لوحة مفاتيح أخرى لا تُحدث فرقًا.
search-not-searched = لا يُبحث في الملف المفتوح حتى تقرأه.
hit-places = { $count ->
    [zero] لا مواضع
    [one] موضع واحد
    [two] موضعان
    [few] { $shown } مواضع
    [many] { $shown } موضعًا
   *[other] { $shown } موضع
}
hits-more = عرض المزيد

## Settings
show-settings = الإعدادات
show-settings-hint = اللغة والألوان وصفحة المقالات ومكان الحفظ
set-theme = الألوان
theme-computer = مثل الحاسوب
theme-light = فاتح
theme-sepia = ورقي
theme-dark = داكن
theme-contrast = تباين عالٍ
set-reading = صفحة المقالات
set-size = حجم النص
set-lines = المسافة بين السطور
lines-tight = ضيقة
lines-normal = عادية
lines-loose = واسعة
set-measure = عرض العمود
measure-narrow = ضيق
measure-normal = عادي
measure-wide = عريض
set-justify = أواخر السطور
justify-off = حرة
justify-on = متساوية
set-sample = كان الضباب ما زال فوق الوادي صباحًا. وقف بضعة أشخاص عند فم القناة ينظرون بلا كلام إلى خيط الماء الخارج من العتمة.
set-elsewhere = الحفظ في مكان آخر…

## Palette, and putting away
show-palette = كل الأوامر
show-palette-hint = اختيار أمر باسمه
palette-hint = اسم الأمر
put-away = إخفاء كل شيء
put-away-hint = صفحة نص فارغة في الحال، ولا يبقى في الذاكرة شيء مما قُرئ. والمفتاح نفسه يعيد إلى الرف.

## Help: question, then answer
show-help = مساعدة
show-help-hint = معنى النتائج، وما لا يمكن الوعد به، وكيف تكون أكثر حذرًا
help-begin = كيف أبدأ؟
help-begin-text = أدخل فلاشة أو افتح ملفًا. قبل أن يُعرض شيء منه يقول البرنامج من وقّعه وهل تغيّر شيء.
    إذا قال «ناشر مجهول» فاكتب أرقام رمز الناشر الأربعة والعشرين إن كنت قد أخذتها من غير هذه الفلاشة.
help-verdict = ما معنى النتائج؟
help-verdict-text = تقول النتيجة من وقّع الملف وهل هو كما وُقّع. ولا تقول إن كل سطر فيه صحيح.
help-code = ما رمز الناشر؟
help-code-text = ٢٤ رقمًا تخص ناشرًا واحدًا ولا تتغير إذا تغيرت المفاتيح أو المحررون. خذها من غير الفلاشة: من الراديو أو الورق أو شخص تعرفه.
    البرنامج هو الذي يقارن؛ لا حاجة إلى التدقيق في الأرقام رقمًا رقمًا.
help-stick = كيف أوصل عددًا إلى غيري؟
help-stick-text = انسخ الملف إلى فلاشة أخرى كأي ملف: اسمه ومكانه لا يهمان. من يأخذه يرى النتيجة نفسها.
    انتظر حتى يهدأ ضوء الفلاشة ثم أخرجها. لا توصل ما هو مزوّر.
help-trace = ماذا يبقى على هذا الحاسوب؟
help-trace-text = في وضع «في الذاكرة فقط» لا يكتب ورق أي ملف. وعلى الفلاشة لا يكتب إلا في مجلده. وعلى الحاسوب يحفظ ما تحفظه وتقرؤه وتضع عليه نجمة.
    الحاسوب نفسه قد يسجل أن فلاشة أُدخلت وأن برنامجًا شُغّل. لا يستطيع ورق منع ذلك.
help-not = بماذا لا يستطيع ورق أن يعد؟
help-not-text = بألا يبقى أثر، أو بأن ملفًا محذوفًا قد زال، أو بألا يتعرف أحد على الحزمة. برنامج التجسس على الحاسوب يرى ما تراه.
    التوقيع يقول من نشر، لا أن المنشور صحيح.
help-caught = وماذا لو جاء أحد؟
help-caught-text = يغلق F9 النافذة في الحال ولا يسأل شيئًا. ويخفي F8 كل شيء ويعرض صفحة نص فارغة.
    ما على القرص أو الفلاشة يبقى هناك. أخرج الفلاشة إن استطعت.
help-broken = ملف لا يُفتح
help-broken-text = «تالف» يعني أن بايتات ضاعت في الطريق: انسخه مرة أخرى أو خذه من فلاشة أخرى. وما يُقرأ منه يبقى أصليًا.
    «مزوّر» يعني أن أحدًا غيّره: لا توصله.

## Sticks
drives-title = الفلاشات والأقراص
drive-free = المتاح { $free }
drive-computer = هذا الحاسوب
drive-read-only = للقراءة فقط
drives-none = لا فلاشة موصولة. كل فلاشة تصلها تظهر هنا من تلقاء نفسها.
stick-in = الفلاشة { $name } موصولة.
stick-look = عرض ما عليها
copy-command = نسخ إلى فلاشة
copy-command-hint = نسخ الملف المفتوح إلى فلاشة وقراءته منها من جديد
copy-choose = إلى أي فلاشة يُنسخ { $name }؟
copy-none = لا فلاشة موصولة يمكن الكتابة عليها. أدخل واحدة.
copy-writing = { $name }: كُتب { $done } من { $total }
copy-reading = { $name }: أُعيدت قراءة { $done } من { $total } من الفلاشة
copy-done = { $name } على الفلاشة، وما قُرئ منها هو ما كُتب. انتظر حتى يهدأ ضوؤها ثم أخرجها.
copy-there = { $name } على الفلاشة من قبل، بايتًا بايتًا.
copy-cancelled = لم يُنسخ { $name }. لم يبقَ شيء نصف مكتوب.
copy-no-room = لم يُنسخ { $name }: يحتاج إلى { $needed } والمتاح على الفلاشة { $free }.
copy-too-large = لم يُنسخ { $name }: هذه الفلاشة لا تقبل ملفًا من ٤ غيغابايت فأكثر. قسّمه بالأمر `varaq split`.
copy-not-as-written = لم يُنسخ { $name }: ما تعيده الفلاشة ليس ما كُتب. لعلها أصغر مما تقول أو مهترئة.
copy-other = لم يُنسخ { $name }: على الفلاشة ملف آخر بهذا الاسم.
copy-failed = لم يُنسخ { $name }: { $cause }

## Front page, article
copy-article = نسخ المقال كله
copy-article-hint = نسخ نص هذا المقال مع مصدره
copied-article = نُسخ المقال نصًا.
previous-article = السابق: { $title }
set-zoom = حجم كل ما في النافذة
percent = { $number }٪
mark-all-read = الكل مقروء
mark-all-read-hint = عدّ كل مقالات الصفحة الأولى أو القسم المعروض مقروءة
front-list = قائمة أو جريدة
front-list-hint = عرض الصفحة الأولى قائمةً أو جريدةً
show-contents = المحتويات
show-contents-hint = عناوين هذا المقال
related-title = المزيد من { $section }
list-latest = حسب اليوم
save-article = حفظ المقال نصًا
save-article-hint = كتابة هذا المقال مع مصدره ملفًا نصيًا على الفلاشة
