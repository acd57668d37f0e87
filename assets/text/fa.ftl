# همهٔ نوشته‌های پنجره به فارسی. One key, one meaning; see en.ftl.

## The program
app-name = ورق
app-sentence = آنچه امضا شده را بخوانید، و پیش از نخستین واژه ببینید چه کسی امضا کرده است.
promise-verdict = نخست نتیجهٔ بررسی می‌آید: چه کسی امضا کرده، چیزی عوض شده یا نه، چه کم است.
promise-network = بدون شبکه. ورق هیچ‌وقت به جایی وصل نمی‌شود.
promise-memory = چیزی روی این رایانه نوشته نمی‌شود، مگر خودتان بخواهید.
memory-only = فقط در حافظه
no-display-title = varaq-reader: صفحه‌نمایشی پیدا نشد و پنجره باز نمی‌شود
no-display-hint = راهنما: در پایانه بنویسید `varaq check FILE`، `varaq list FILE` و `varaq show FILE ARTICLE`

## Actions: text, then hint
open-file = باز کردن فایل…
open-file-hint = انتخاب بسته، شناسه، یادداشت یا تصویر از فهرست خود برنامه
go-back = بازگشت
go-back-hint = یک گام به عقب
go-forward = جلو
go-forward-hint = یک گام به جلو
leave = بستن
leave-hint = بستن آنچه رو است، سپس یک گام به عقب
find-in-page = یافتن در صفحه
find-in-page-hint = یافتن واژه در این مطلب
find-next = مورد بعدی
find-next-hint = رفتن به مورد بعدی
find-previous = مورد قبلی
find-previous-hint = رفتن به مورد قبلی
text-larger = نوشتهٔ درشت‌تر
text-larger-hint = درشت‌تر کردن نوشتهٔ مطلب
text-smaller = نوشتهٔ ریزتر
text-smaller-hint = ریزتر کردن نوشتهٔ مطلب
text-normal = اندازهٔ معمول
text-normal-hint = برگشت به اندازهٔ معمول نوشته
next-item = بعدی
next-item-hint = مطلب بعدی فهرست، یا یک گام پایین‌تر
previous-item = قبلی
previous-item-hint = مطلب قبلی فهرست، یا یک گام بالاتر
page-down = یک صفحه پایین
page-down-hint = یک صفحه پایین‌تر؛ در پایان، مطلب نخواندهٔ بعدی
page-up = یک صفحه بالا
page-up-hint = یک صفحه بالاتر
full-screen = تمام‌صفحه
full-screen-hint = پر کردن صفحه یا برگشت از آن
show-keys = کلیدها
show-keys-hint = نشان دادن همهٔ کلیدها
quit = بستن فوری ورق
quit-hint = پنجره را می‌بندد و چیزی نمی‌پرسد
switch-language = زبان
switch-language-hint = انتخاب زبان پنجره
switch-theme = رنگ بعدی
switch-theme-hint = روشن، کاهی، تیره، پرتضاد، یکی پس از دیگری
copy-selection = کپی
copy-selection-hint = کپی نوشتهٔ انتخاب‌شده
show-verdict = نتیجهٔ بررسی
show-verdict-hint = دیدن دوبارهٔ نتیجهٔ بررسی این فایل

## Start
start-drop = فلشی وصل کنید، یا فایلی را همین‌جا رها کنید.
start-samples = نمونه‌های درون برنامه
start-samples-note = فقط برای آزمایش ساخته شده‌اند. هر کدام مثل هر فایل دیگری بررسی می‌شود.
start-no-samples = این نسخه از برنامه نمونه‌ای ندارد.
pins-unread = فهرست ناشرانی که به آن‌ها اعتماد دارید خوانده نشد و کنار گذاشته شد. تا کدشان را دوباره بررسی نکنید همه ناشناس‌اند.
checking = در حال بررسی…
checking-of = در حال بررسی… { $done } از { $total }
checking-text = پیش از بررسی امضا و بایت‌ها چیزی نشان داده نمی‌شود.
skip-check = منتظر همهٔ بایت‌ها نمان
cancel = لغو
loading = در حال خواندن…
drop-here = برای باز شدن رها کنید
not-opened-title = فایل باز نشد
not-opened-text = سیستم آن را نداد: { $cause }

seal-words = { $name } · { $verdict }

## List of files
files-title = فایلی انتخاب کنید
files-up = پوشهٔ بالاتر
files-folder = پوشه
files-empty = این‌جا نه چیزی هست که ورق باز کند و نه پوشه‌ای.
files-refused = این پوشه خوانده نمی‌شود: { $cause }
files-more = فقط { $count } تای نخست فهرست شده است.

## Verdicts: title, text, seal, reason
verdict-verified-title = تأیید شد
verdict-verified-text = این شماره را { $publisher } امضا کرده است و چیزی در آن عوض نشده.
    کد این ناشر را خودتان بررسی کرده‌اید.
verdict-verified-seal = تأییدشده
verdict-pinned-title = همان ناشر قبلی
verdict-pinned-text = این شماره را { $publisher } امضا کرده است و چیزی در آن عوض نشده.
    کد این ناشر هنوز بررسی نشده است.
verdict-pinned-seal = همان ناشر قبلی
verdict-unknown-title = ناشر ناشناس
verdict-unknown-text = امضا درست است، اما نمی‌دانیم امضای چه کسی است.
    هر کسی می‌تواند هر نامی روی خودش بگذارد.
verdict-unknown-seal = ناشر ناشناس
verdict-bad-signature-title = جعلی یا دست‌کاری‌شده
verdict-bad-signature-text = این چیزی نیست که ناشر امضا کرده است.
    برای همین هیچ بخشی از آن نشان داده نمی‌شود.
verdict-bad-signature-seal = جعلی
verdict-bad-signature-reason = امضا با محتوای فایل نمی‌خواند. این خرابیِ فلش نیست.
verdict-bad-signature-works = فایل‌های دیگر، حتی از همین ناشر، جداگانه بررسی می‌شوند.
verdict-below-threshold-title = امضاها کافی نیست
verdict-below-threshold-text = کمتر از شماری که ناشر لازم دانسته امضا شده است.
    برای همین هیچ بخشی از آن نشان داده نمی‌شود.
verdict-below-threshold-text-count = { $have } از { $need } امضای لازم را دارد.
    برای همین هیچ بخشی از آن نشان داده نمی‌شود.
verdict-below-threshold-seal = امضای ناکافی
verdict-below-threshold-reason = ناشر بیش از این تعداد امضا لازم دانسته است.
verdict-below-threshold-works = شماره‌هایی که امضای کافی دارند مثل همیشه باز می‌شوند.
verdict-unsigned-title = پیش‌نویس بی‌امضا
verdict-unsigned-text = هنوز کسی این فایل را امضا نکرده است.
    برای همین هیچ بخشی از آن نشان داده نمی‌شود.
verdict-unsigned-seal = بی‌امضا
verdict-unsigned-reason = این فایل هیچ امضایی ندارد.
verdict-unsigned-works = شمارهٔ نهایی، وقتی امضا شود، مثل هر شمارهٔ دیگری باز می‌شود.
verdict-impostor-title = نام ناشر دیگری را برداشته است
verdict-impostor-text = کدش فرق دارد. شاید کسی می‌خواهد با او اشتباه گرفته شود.
    برای همین هنوز چیزی نشان داده نمی‌شود.
verdict-impostor-seal = نام عاریتی
verdict-impostor-reason = نامش شبیه ناشری است که به او اعتماد دارید، اما کدش یکی نیست.
verdict-impostor-works = فایل‌های ناشری که می‌شناسید مثل همیشه باز می‌شوند.
verdict-revoked-title = کلید باطل شده است
verdict-revoked-text = ناشر کلیدی را که این فایل با آن امضا شده پس گرفته است.
    برای همین هیچ بخشی از آن نشان داده نمی‌شود.
verdict-revoked-seal = کلید باطل
verdict-revoked-reason = ناشر گفته است که این کلید دیگر از سوی او نیست، و این شماره را جزو شماره‌هایی که معتبر می‌مانند نیاورده است.
verdict-revoked-works = خود ناشر همچنان مورد اعتماد است: هرچه با کلیدهای دیگرش امضا کند مثل همیشه باز می‌شود.
verdict-suspended-title = کلید تعلیق شده است
verdict-suspended-text = ناشر کلیدی را که این فایل با آن امضا شده فعلاً متوقف کرده است.
    برای همین هیچ بخشی از آن نشان داده نمی‌شود.
verdict-suspended-seal = کلید تعلیق‌شده
verdict-suspended-reason = کسی که کلیدهای ریشهٔ ناشر را نگه می‌دارد خواسته است که به این کلید تکیه نکنید. شاید ویراستاری در خطر باشد.
verdict-suspended-works = شماره‌هایی که پیش از توقف دیده بودید همچنان خوانده می‌شوند. اگر توقف برداشته شود، این فایل هم باز می‌شود.
verdict-window-title = کلید بیرون از بازهٔ خود به کار رفته
verdict-window-text = ناشر به این کلیدها اجازهٔ امضای شماره‌ای با این عدد را نداده است.
    برای همین هیچ بخشی از آن نشان داده نمی‌شود.
verdict-window-seal = بیرون از بازه
verdict-window-reason = عدد این شماره بیرون از چیزی است که ناشر به این کلیدها سپرده است. کلید دزدیده‌شده این‌طور لو می‌رود.
verdict-window-works = شماره‌های درون بازه مثل همیشه باز می‌شوند.
verdict-chain-title = مدارک ناشر کامل نیست
verdict-chain-text = گفته‌ای که این شماره بر آن تکیه دارد در فایل نیست و نمی‌شود گفت چه کسی امضا کرده.
    برای همین هیچ بخشی از آن نشان داده نمی‌شود.
verdict-chain-seal = مدارک ناقص
verdict-chain-reason = گفته‌ای که امضا از آن نام می‌برد این‌جا نیست. شاید کسی آن را برداشته باشد.
verdict-chain-works = نسخه‌ای از همین شماره که همهٔ گفته‌ها را دارد مثل همیشه باز می‌شود.
verdict-split-title = دو پیشینه برای یک ناشر
verdict-split-text = دو پیشینهٔ متفاوت به نام این ناشر امضا شده است، و این شماره به آنی آویخته که پابرجا نیست.
    برای همین هیچ بخشی از آن نشان داده نمی‌شود.
verdict-split-seal = دو پیشینه
verdict-split-reason = گفته‌های خود ناشر با هم نمی‌خواند. شاید کلیدهای ریشه‌اش به دست دیگری افتاده باشد.
verdict-split-works = شماره‌های پیش از دوپاره شدن همچنان خوانده می‌شوند.
verdict-conflict-title = دو شمارهٔ متفاوت با یک عدد
verdict-conflict-text = شمارهٔ دیگری با همین عدد پابرجاست. این یکی دومی است.
    برای همین هیچ بخشی از آن نشان داده نمی‌شود.
verdict-conflict-seal = دو شماره
verdict-conflict-reason = آن یکی را زودتر دیده بودید، یا ناشر گفته است که درست همان است.
verdict-conflict-works = شمارهٔ دیگری که همین عدد را دارد همچنان خوانده می‌شود.
verdict-damaged-head-title = سرِ فایل خراب است
verdict-damaged-head-text = هنوز نمی‌شود گفت چه کسی امضا کرده است.
    برای همین چیزی نشان داده نمی‌شود.
verdict-damaged-head-seal = خراب
verdict-damaged-head-reason = بایت‌های آغاز فایل نادرست یا گم‌شده‌اند. با فلش خراب پیش می‌آید.
verdict-damaged-head-works = شاید نسخهٔ دیگری از همین شماره، یا همین فایل اگر دوباره کپی شود، باز شود.
verdict-newer-title = می‌گوید برای ورقِ تازه‌تر است
verdict-newer-text = هیچ ناشری که به او اعتماد دارید این را امضا نکرده است. هر کسی می‌تواند آن را در فایلی بنویسد.
    برای همین چیزی نشان داده نمی‌شود.
verdict-newer-seal = قالب تازه‌تر، ثابت‌نشده
verdict-newer-reason = عدد قالب در این فایل بزرگ‌تر از آن است که این برنامه می‌شناسد.
verdict-newer-works = همهٔ فایل‌های قالب امروز مثل همیشه باز می‌شوند.
verdict-newer-signed-title = برای نسخهٔ تازه‌تر ورق ساخته شده
verdict-newer-signed-text = این فایل قالب تازه‌تری دارد که این برنامه نمی‌خواند.
    ناشری که به او اعتماد دارید امضا کرده که چنین است.
verdict-newer-signed-seal = قالب تازه‌تر
verdict-newer-signed-reason = قالب فایل از این برنامه تازه‌تر است.
verdict-newer-signed-works = همهٔ فایل‌های قالب امروز مثل همیشه باز می‌شوند.
verdict-not-a-bundle-title = این فایل بستهٔ ورق نیست
verdict-not-a-bundle-text = این فایل چیز دیگری است، یا نخستین بایت‌هایش از دست رفته است.
verdict-not-a-bundle-seal = بسته نیست
verdict-not-a-bundle-reason = آغاز این فایل مثل بستهٔ ورق نیست.
verdict-not-a-bundle-works = نه این برنامه ایرادی دارد و نه فایل‌های دیگرتان.
verdict-partial-title = ناقص است، اما اصل است
verdict-partial-text = { $whole } مطلب از { $total } تا سالم است و خوانده می‌شود.
    هرچه نشان داده شود همان است که ناشر امضا کرده.
verdict-partial-text-some = همهٔ آن این‌جا نیست.
    هرچه نشان داده شود همان است که ناشر امضا کرده.
verdict-partial-seal = ناقص
verdict-damaged-title = خراب شده، اما اصل است
verdict-damaged-text = { $whole } مطلب از { $total } تا سالم است و خوانده می‌شود.
    هرچه نشان داده شود همان است که ناشر امضا کرده.
verdict-damaged-text-some = بایت‌هایی از دست رفته است.
    هرچه نشان داده شود همان است که ناشر امضا کرده.
verdict-damaged-seal = خراب

## What to do
steps-title = چه کار کنید
step-forged-1 = این فایل را به کسی ندهید.
step-forged-1-more = فایل‌های دیگر همین فلش جداگانه بررسی می‌شوند و شاید سالم باشند.
step-forged-2 = همین شماره را از جای دیگری بگیرید.
step-forged-2-more = فلش یا دوستی دیگر. نسخهٔ درست، همین‌جا «تأیید شد» می‌گیرد.
step-forged-3 = به کسی که فایل را داده بگویید.
step-forged-3-more = شاید خودش نداند. لازم نیست چیزی ثابت کنید.
step-few-2 = منتظر شمارهٔ نهایی بمانید.
step-few-2-more = شاید پیش از امضای همهٔ ویراستاران دست به دست شده باشد. شمارهٔ نهایی همین عدد را دارد.
step-revoked-2 = دنبال همین شماره با امضای تازه بگردید.
step-revoked-2-more = از فلش یا دوستی دیگر. شاید ناشر آن را دوباره با کلیدی سالم امضا کرده باشد.
step-revoked-3 = اگر این فایل را پیش‌تر خوانده‌اید، به گفته‌هایش شک کنید.
step-revoked-3-more = شاید همان کسی که کلید را برداشته آن را نوشته باشد.
step-suspended-1 = فایل را نگه دارید، اما به کسی ندهید.
step-suspended-1-more = شاید درست باشد. شاید هم کسی که کلید را برداشته آن را امضا کرده باشد.
step-suspended-2 = شماره‌های تازه‌تر این ناشر را که رسید باز کنید.
step-suspended-2-more = حرف ناشر را با خود می‌آورند: آیا توقف برداشته شده و کدام شماره‌ها معتبر می‌مانند.
step-chain-1 = همین شماره را از جای دیگری بگیرید.
step-chain-1-more = شاید نسخهٔ دیگری همهٔ گفته‌ها را داشته باشد.
step-chain-2 = این نسخه را به کسی ندهید.
step-chain-2-more = فایل‌های دیگر همین فلش جداگانه بررسی می‌شوند و شاید سالم باشند.
step-split-1 = خودتان میان این دو یکی را انتخاب نکنید.
step-split-1-more = هر دو با کلیدهای همین ناشر امضا شده‌اند. فایل نمی‌تواند بگوید امروز کلیدها دست کیست.
step-split-2 = از راه دیگری از ناشر بپرسید.
step-split-2-more = رادیو، کاغذ یا آدمی که می‌شناسید. گفتهٔ بعدی ناشر می‌تواند روشن کند کدام پیشینه درست است.
step-conflict-1 = هر دو فایل را نگه دارید.
step-conflict-1-more = این دو با هم ثابت می‌کنند که کسی دو شمارهٔ متفاوت را با یک عدد امضا کرده است.
step-conflict-2 = اگر بی‌خطر است، به ناشر خبر بدهید.
step-conflict-2-more = شاید یکی از کلیدهایش به دست دیگری افتاده باشد. لازم نیست چیزی ثابت کنید.
step-unproven-1 = به خاطر این فایل هیچ برنامه‌ای نصب نکنید.
step-unproven-1-more = فایلی که برنامهٔ دیگری می‌خواهد ممکن است دام باشد.
step-damaged-1 = فایل را دوباره کپی کنید.
step-damaged-1-more = شاید فلشی که از آن آمده هنوز نسخهٔ سالم داشته باشد.
step-damaged-2 = همین شماره را از جای دیگری بگیرید.
step-damaged-2-more = هر نسخهٔ سالمی به کار می‌آید.
step-newer-1 = ورق تازه‌تر را از کسی که می‌شناسید بگیرید.
step-newer-1-more = این برنامه نمی‌تواند دنبالش بگردد؛ شبکه ندارد.
step-other-1 = فایل دیگری انتخاب کنید.
step-other-1-more = نام بسته‌ها به این پایان می‌رسد: ⁦.varaq⁩

## Facts
fact-publisher = ناشر
fact-claimed-name = نامی که خودش گفته
fact-claimed-quoted = «{ $name }»
fact-not-checked = بررسی نشده
fact-number = شماره
fact-number-day = شماره و روز
fact-number-day-value = { $number } · { $day }
fact-day = روز
fact-complete = کامل بودن
fact-new = تازگی
fact-also = نیز
fact-reason = دلیل
fact-works = هنوز برقرار است
fact-file = فایل
fact-code = کد ناشر
fact-code-checked = خودتان بررسی کرده‌اید
fact-code-unchecked = هنوز بررسی نشده
calls-itself = به خودش می‌گوید { $name }
line-complete = کامل
line-complete-articles = هر { $shown } مطلب
line-listed = همه چیز فهرست شده است
line-listed-more = هنوز همهٔ بایت‌ها خوانده نشده
line-partial = همهٔ آن در این نسخه نیست
line-partial-articles = { $whole } مطلب از { $total } تا خوانده می‌شود
line-damaged = بخش‌هایی خراب است
line-damaged-parts = { $shown } بخش
line-newest = تازه‌ترین شماره‌ای که دیده‌اید
line-older = قدیمی‌تر از شمارهٔ { $number } که دیده‌اید
line-older-more = آن یکی مالِ { $day } است
line-gap = شمارهٔ { $number } را ندارید
line-gap-more = پیش از این یکی آمده؛ از پیش از آن شمارهٔ { $met } را دارید
line-stale = باید تا حالا شمارهٔ تازه‌تری آمده باشد
line-stale-more = قولش برای { $day } بود
line-clock = ساعت این رایانه درست به نظر نمی‌رسد
line-clock-more = از { $day } عقب است؛ چیزی با آن تعیین نمی‌شود
line-days = روزش بیرون از روزهایی است که کلیدهایش برای آن‌ها بود
line-days-more = { $from } تا { $to }
line-extra = چیزی اضافه در فایل هست که خوانده نشد
line-memory = در این حالت شماره‌های پیشین به یاد نمی‌ماند

banner-rival = پیشینهٔ دیگری از این ناشر دیده شده است
banner-rival-more = کسی آن را با کلیدهای کهنه نوشته است. نادیده گرفته می‌شود؛ این شماره از پیشینه‌ای است که پابرجاست.
banner-frozen = دو پیشینه در ادامهٔ این ناشر آمده است
banner-frozen-more = این شماره از هر دو قدیمی‌تر است و خوانده می‌شود. شماره‌های تازه‌تر، تا ناشر روشن نکند کدام پیشینه درست است، پذیرفته نمی‌شوند. از راه دیگری بپرسید: رادیو، کاغذ یا آدمی که می‌شناسید.
banner-conflict = شمارهٔ دیگری با همین عدد دیده شده است
banner-conflict-more = این یکی پابرجاست: زودتر دیده بودیدش، یا ناشر گفته است که درست همین است. هر دو فایل را نگه دارید و اگر بی‌خطر است به ناشر خبر بدهید.
banner-suspended = یکی از کلیدهای این شماره بعداً تعلیق شده است
banner-suspended-more = شماره را پیش از آن دیده بودید، پس همچنان خوانده می‌شود. هرچه از آن پس با این کلید امضا شود پذیرفته نمی‌شود.
banner-statements = گفته‌های تازه‌ترِ این ناشر کم است
banner-statements-more = فایل تماس ناشر از گفتهٔ { $named } نام می‌برد؛ تازه‌ترین گفته‌ای که دیده‌اید { $held } است. شاید یکی از آن‌ها که نیست کلیدی را باطل کرده باشد. شماره‌ای تازه‌تر باز کنید.
banner-resembles = نامش شبیه «{ $name }» است که به او اعتماد دارید
banner-resembles-more = یک حرف فرق دارد و کدش هم یکی نیست. این ناشری نیست که می‌شناسید.

note-trust = امضا می‌گوید چه کسی منتشر کرده است، نه اینکه هر نوشته درست است.

## The code
code-question = کد این ناشر را دارید؟
code-explain = کد را از راهی جز همین فلش بگیرید: رادیو، کاغذ یا آدمی که می‌شناسید. برنامه خودش مقایسه می‌کند.
code-group = گروه { $number } کد
code-left = هنوز { $count } رقم مانده
code-compare = مقایسهٔ کد
code-wrong = این کد آن ناشر نیست. کد ناشر دیگری است، یا کد هیچ‌کس.
code-waiting = در حال مقایسه…
code-no-memory = حافظهٔ آزاد این رایانه برای مقایسه کم است: ۶۴ مگابایت لازم است. برنامه‌های دیگر را ببندید و پرونده را دوباره باز کنید.
code-typo = این نمی‌تواند کد باشد: رقمی نادرست است. دوباره ببینید.
code-check = بررسی کد…
remember = این ناشر را به یاد بسپار
remember-more = کد این ناشر روی این رایانه نوشته می‌شود و نه چیز دیگر.
remembered = روی این رایانه به یاد سپرده شد.
remember-failed = به یاد سپرده نشد: { $cause }
open-issue = باز کردن شماره
read-whole = خواندن { $count } مطلب سالم
read-what-is-here = خواندن آنچه هست
read-without-trusting = خواندن بدون اعتماد
read-without-trusting-note = نواری بالای هر صفحه می‌ماند و یادآوری می‌کند که ناشر ناشناس است.
different-publisher = می‌دانم ناشر دیگری است: خواندن
strip-unknown = ناشر ناشناس · خواندن بدون اعتماد
strip-older = قدیمی‌تر از شمارهٔ { $number } که دیده‌اید
strip-frozen = دو پیشینه در ادامهٔ این ناشر آمده است · این شماره از هر دو قدیمی‌تر است
strip-suspended = یکی از کلیدهای این شماره بعداً تعلیق شده · شماره را پیش از آن دیده بودید
strip-different = این ناشری نیست که می‌شناسید · ناشر دیگری با نامی شبیه
close = بستن
choose-other = انتخاب فایلی دیگر…

## Front page
front-page = صفحهٔ نخست
front-issue = شمارهٔ { $number }
front-articles = { $shown } مطلب
minutes = { $shown } دقیقه
pictures = { $shown } تصویر
not-in-this-copy = در این نسخه نیست
damaged-word = خراب
front-unreadable = فهرست مطلب‌ها در این نسخه خوانده نمی‌شود.

## Article
in-this-article = در این مطلب
opening = آغاز
footnote-number = پانویس { $number }
picture-missing = تصویر در این نسخه نیست.
picture-damaged = تصویر خراب است.
picture-too-large = تصویر بزرگ‌تر از آن است که این برنامه بکشد.
article-missing = این مطلب در این نسخه نیست.
article-missing-more = شاید نسخهٔ دیگری از همین شماره آن را داشته باشد.
article-damaged = این مطلب در این نسخه خراب است.
article-odd = این مطلب نشان داده نمی‌شود: قاعدهٔ قالب خود را رعایت نکرده است.
link-target = نشانی پیوند
link-note = فقط نشان داده می‌شود، باز نمی‌شود.
link-copy = کپی نشانی
copied = کپی شد.
find-hint = یافتن در این مطلب
find-count = { $at } از { $total }
find-none = چیزی پیدا نشد
next-article = بعدی: { $title }
end-of-issue = پایان شماره
table-word = جدول

## Keys sheet
keys-title = کلیدها

# Corrections and retractions
mark-corrected = تصحیح شده
mark-retracted = ناشر آن را پس گرفته است
mark-harm = پس گرفته شده: کسی را به خطر می‌اندازد
harm-folded = ناشر می‌خواهد که این نوشته دیگر خوانده و پخش نشود، زیرا کسی را به خطر می‌اندازد. متن بسته است، ولی پاک نشده است.
harm-show = با این همه متن را نشان بده

## Publishers
show-publishers = ناشران
show-publishers-hint = به چه کسانی اعتماد دارید و از آن‌ها چه می‌دانید
publishers-title = ناشران
publishers-checked = کدشان را بررسی کرده‌اید
publishers-same = همان ناشر قبلی، کد بررسی نشده
publishers-awaited = کدهایی که منتظر نخستین بسته‌اند
publishers-awaited-more = هنوز بسته‌ای از آن‌ها نرسیده است. وقتی رسید، برنامه خودش مقایسه می‌کند.
publishers-none = هنوز به هیچ ناشری اعتماد ندارید
publishers-none-code = کد ناشر ۲۴ رقم است. هیچ‌کس دیگری همان کد را ندارد، و با عوض شدن کلیدها یا ویراستاران عوض نمی‌شود.
publishers-none-where = کد را از راهی جز فلشی که خبر می‌آورد بگیرید: رادیو، کاغذ یا آدمی که می‌شناسید.
publishers-none-how = آن را همین‌جا بنویسید، حتی پیش از آن که بسته‌ای برسد، یا فایل یا تصویری را که به شما داده‌اند باز کنید. برنامه با هر بسته‌ای که برسد مقایسه می‌کند.
publisher-met = { $shown } شماره دیده‌اید
publisher-met-none = هنوز شماره‌ای ندیده‌اید
publisher-checked = کد را خودتان بررسی کرده‌اید
publisher-unchecked = همان ناشر قبلی؛ کد بررسی نشده است
publisher-since = مورد اعتماد از { $day }
publisher-since-unknown = روز آن یادداشت نشده است
publisher-code = کد، برای خواندن به دیگران یا مقایسه
publisher-code-memory = حافظهٔ آزاد این رایانه برای ساختن کد کم است: ۶۴ مگابایت لازم است.
publisher-promise = قول انتشار
publisher-cadence = { $count ->
    [1] هر روز یک شماره
   *[other] هر { $shown } روز یک شماره
}
publisher-cadence-none = قولی نداده است
publisher-signatures = امضای هر شماره
publisher-signs = { $threshold } از { $of } ویراستار
publisher-issues = دیده‌شده‌ها
publisher-split = دو پیشینه در ادامهٔ این ناشر آمده است. تا ناشر روشن نکند کدام درست است، شماره‌هایی که بر هر کدام تکیه دارند پذیرفته نمی‌شوند. از راه دیگری بپرسید: رادیو، کاغذ یا آدمی که می‌شناسید.
publisher-rival = پیشینهٔ دیگری از این ناشر دیده شده که با کلیدهای کهنه نوشته‌اند. نادیده گرفته می‌شود.
publisher-stopped = کلید { $key } فعلاً متوقف است: هرچه امضا کند پذیرفته نمی‌شود. شاید ویراستاری در خطر باشد.
publisher-history = چطور به اینجا رسید
publisher-statement = گفتهٔ { $number }
event-founded = آغاز کار ناشر: { $threshold } از { $of } کلید ریشه تصمیم می‌گیرند
event-founded-recoverable = کلیدهای بازیابی آماده‌اند
event-roots = کلیدهای ریشه عوض شدند: از این پس { $threshold } از { $of } تصمیم می‌گیرند
event-recovered = کلیدهای بازیابی به کار رفتند؛ هرچه پس از گفتهٔ پیشین آمده باطل است
event-granted = ویراستاران شماره‌های { $first } تا { $last } را امضا می‌کنند: { $threshold } از { $of } لازم است
event-revoked-stolen = کلیدی باطل شد: به دست دیگری افتاده است
event-revoked-retired = کلیدی باطل شد: زمانش به سر رسیده است
event-kept = { $shown } شماره که امضا کرده معتبر می‌ماند
event-kept-none = هیچ شماره‌ای که به امضایش نیاز دارد معتبر نمی‌ماند
event-cleared = کلید { $key } دوباره به حساب می‌آید: توقفش برداشته شد
event-settled = از دو شماره با عدد { $number }، ناشر گفت کدام درست است
event-renamed = از این پس به خودش می‌گوید { $names }
key-short = کلید { $key }
publisher-met-title = شماره‌هایی که دیده‌اید
issues-more = { $shown } شمارهٔ دیگر پابرجاست
standing-stands = پابرجاست
standing-contested = پابرجاست؛ شمارهٔ دیگری با همین عدد بعدتر دیده شده
standing-lost = پابرجا نیست: شمارهٔ دیگری با همین عدد پابرجاست
standing-void = باطل: شاید جعلی باشد، و شاید آن را خوانده باشید
publisher-keys-change = کلید عوض می‌شود، کد نه.
publisher-remove = برداشتن این ناشر…
publisher-really = این ناشر واقعاً برداشته شود؟
publisher-really-more = ناشناس می‌شود: شماره‌هایش دوباره کد می‌خواهند و کسی که نامش را بردارد دیگر لو نمی‌رود. هرچه از او دیده‌اید فراموش می‌شود، کلیدهای باطل هم. فایلی که باز است بسته می‌شود.
publisher-keep = بماند
publisher-remove-now = برداشته شود
publisher-remove-failed = تا بستن ورق برداشته شده است، اما در فهرست این رایانه مانده: { $cause }
publishers-type = نوشتن کد…
publishers-open = از تصویر یا فایل…
publishers-awaited-forget = دیگر منتظر { $code } نباش
publishers-unkept = این فهرست فقط در حافظه است و با بستن ورق فراموش می‌شود.
publishers-remember = فهرست را روی این رایانه به یاد بسپار
publisher-write-failed = تا بستن ورق برقرار است، اما روی این رایانه نوشته نشد: { $cause }
type-title = نوشتن کد
type-explain = ۲۴ رقمی که از رادیو شنیده‌اید، روی کاغذ خوانده‌اید یا از آدمی که می‌شناسید گرفته‌اید. وقتی بسته‌ای رسید، برنامه مقایسه می‌کند.
type-take = این کد را بپذیر
told-awaited = کد پذیرفته شد. نخستین بستهٔ سالمی که این کد را داشته باشد تأیید می‌شود.
told-checked = این کد { $name } است. از این پس کدش بررسی‌شده به حساب می‌آید.
told-checked-before = این کد { $name } است که پیش‌تر کدش را بررسی کرده بودید.

## Files that are no bundles
searching-title = جست‌وجوی کد QR…
searching-text = تصویر روی همین رایانه جست‌وجو می‌شود. عکس بزرگ چند ثانیه وقت می‌برد.
contact-title = شناسهٔ یک ناشر
contact-text = این فایل می‌گوید ناشری کیست. هر کسی می‌تواند هر نامی روی خودش بگذارد.
    کد را با کدی که از راه دیگری آمده بررسی کنید: رادیو، کاغذ یا آدمی که می‌شناسید.
contact-text-known = این فایل از ناشری است که به او اعتماد دارید.
    پذیرفتنش وضع کد را عوض نمی‌کند و هیچ‌چیز را از شما نمی‌گیرد.
contact-proven = گفته‌های خودش همین نام را دارند
contact-known = نزد شما
contact-statements = گفته‌ها
contact-newest = تازه‌ترین گفته‌ای که نام می‌برد: { $number }
contact-statements-here = همه در فایل‌اند و درست‌اند
contact-statements-later = باید با شماره‌ای بیایند و نام را ثابت کنند
contact-alike-more = کد دیگری دارد. این ناشری نیست که می‌شناسید؛ شاید کسی می‌خواهد با او اشتباه گرفته شود.
contact-unchecked = اگر بررسی نکنید، از این پس «همان ناشر قبلی» به حساب می‌آید.
contact-take = افزودن به ناشران من
contact-take-known = پذیرفتن چیزهای تازه
shown-code-title = کد یک ناشر
shown-code-text = در این فایل یک کد هست و نه چیز دیگر. مثل کدی است که خودتان نوشته باشید.
    فقط وقتی بپذیرید که از راهی جز بسته‌ها آمده باشد: پوستر، روزنامه یا آدمی که می‌شناسید.
note-title = کلیدی باید متوقف شود
note-text = { $name } با امضای خود گفته است که یکی از کلیدهایش فعلاً به حساب نیاید.
    هر که آورده باشد، خودش خودش را ثابت می‌کند. شاید ویراستاری در خطر باشد.
note-key = کلید
note-since = امضا از
note-since-value = کلیدهای ریشهٔ گفتهٔ { $number }
note-since-more = از لحظه‌ای که بپذیرید برقرار است
note-effect = چه عوض می‌شود
note-effect-stops = شماره‌های تازه با این کلید پذیرفته نمی‌شوند، تا ناشر کلید را باطل کند یا توقفش را بردارد. شماره‌هایی که دیده بودید با یک هشدار خوانده می‌شوند.
note-effect-known = هیچ: می‌دانستید که این کلید متوقف است.
note-effect-over = هیچ: ناشر این کلید را باطل کرده یا توقفش را برداشته است.
note-take = این کلید متوقف شود
fault-no-code-title = در تصویر کد QR نیست
fault-no-code-text = کدی در آن پیدا نشد. دوباره عکس بگیرید: نزدیک‌تر، واضح‌تر، همهٔ کد با لبهٔ سفیدش.
    یا ۲۴ رقمی را که کنارش نوشته‌اند بنویسید.
fault-strange-title = کد QR ناشر نیست
fault-strange-text = کد درون تصویر چیز دیگری می‌گوید. چیزی از آن باز نشد.
    کد QR ناشر یا شناسه است، یا ۲۴ رقم، یا یادداشتی دربارهٔ یک کلید.
fault-several-title = چند ناشر در یک تصویر
fault-several-text = تصویر را طوری ببرید که یک کد QR بماند، و دوباره باز کنید.
fault-picture-damaged-title = تصویر خراب است
fault-picture-damaged-text = ناتمام یا شکسته است. دوباره کپی کنید یا دوباره عکس بگیرید.
fault-picture-large-title = تصویر زیادی بزرگ است
fault-picture-large-text = تا ۳۲ مگابایت و ۳۲ میلیون نقطه جست‌وجو می‌شود. آن را ببرید یا کوچک کنید، یا از آن نماگرفت بگیرید.
fault-too-long-title = فایل زیادی بلند است
fault-too-long-text = مثل شناسه یا یادداشت آغاز می‌شود، اما از همهٔ آن‌ها بلندتر است. خوانده نشد.
fault-contact-damaged-title = شناسهٔ خراب
fault-contact-damaged-text = مثل شناسهٔ ناشر آغاز می‌شود، اما سطرهایی کم یا عوض شده‌اند. چیزی پذیرفته نشد.
    فایل را دوباره بگیرید، یا کد ناشر را بنویسید.
fault-contact-false-title = شناسه آن نیست که می‌گوید
fault-contact-false-text = کد، نام و گفته‌هایش به هم نمی‌خورند. کسی آن را عوض کرده است؛ چیزی پذیرفته نشد.
    آن را به کسی ندهید.
fault-no-memory-title = حافظهٔ آزاد کم است
fault-no-memory-text = برای بررسی کد این شناسه ۶۴ مگابایت لازم است. برنامه‌های دیگر را ببندید و فایل را دوباره باز کنید.
fault-code-damaged-title = این کد نیست
fault-code-damaged-text = فایل رقم دارد، اما کد نیست: رقمی نادرست است یا کم. جایی را که از آن آمده دوباره ببینید.
fault-note-damaged-title = یادداشت خراب
fault-note-damaged-text = مثل یادداشتی دربارهٔ یک کلید آغاز می‌شود، اما چیزی در آن کم است یا غلط نوشته شده. چیزی پذیرفته نشد.
fault-note-damaged-group = گروه { $group } از حرف‌هایش غلط نوشته شده است. دوباره گوش کنید یا ببینید؛ چیزی پذیرفته نشد.
fault-note-newer-title = یادداشتی به شکلی تازه‌تر
fault-note-newer-text = این برنامه آن را نمی‌خواند. شاید نسخهٔ تازه‌تر ورق از کسی که به او اعتماد دارید بخواند.
fault-note-unknown-title = یادداشتی دربارهٔ کسی که نمی‌شناسید
fault-note-unknown-text = کلیدی را متوقف می‌کند، اما نه از ناشری که گفته‌هایش را دیده‌اید و به او اعتماد دارید. چیزی پذیرفته نشد.
    نخست شماره‌ای از آن ناشر را باز کنید و به او اعتماد کنید، سپس یادداشت را دوباره باز کنید.
fault-note-ahead-title = یادداشت از دانستهٔ شما جلوتر است
fault-note-ahead-text = از گفته یا کلیدی حرف می‌زند که هنوز ندیده‌اید. چیزی پذیرفته نشد.
    شمارهٔ تازه‌تری از آن ناشر را باز کنید، سپس یادداشت را.
fault-note-forged-title = یادداشت جعلی
fault-note-forged-text = کلیدهای ریشهٔ ناشر آن را امضا نکرده‌اند. چیزی پذیرفته نشد.
    آن را به کسی ندهید.
told-introduced = { $name } در فهرست آمد. کدش هنوز بررسی نشده است.
told-stopped = از این پس یکی از کلیدهای { $name } متوقف است.

## Handing a publisher on, and its name
pass-copy = کپی کد
pass-show = نشان دادن تصویر
pass-hide = پنهان کردن تصویر
pass-picture = کد QR این ناشر
pass-drawing = تصویر کشیده می‌شود…
pass-failed = تصویر کشیده نشد. به جایش کد را بلند بخوانید.
pass-contact = ورقِ دیگری آن را از عکس یا نماگرفت می‌خواند. نامی که ناشر به خودش می‌دهد، کدش و تازه‌ترین گفته‌اش در آن است و هیچ چیز دربارهٔ شما.
pass-code = ورقِ دیگری آن را از عکس یا نماگرفت می‌خواند. فقط کد در آن است، چون هنوز گفته‌ای از این ناشر دیده نشده است.
name-yours = نامی که شما گذاشته‌اید
name-own = همان که خودش گفته
name-change = عوض کردن…
name-more = فقط شما آن را می‌بینید. برای نامی که ناشر به خودش می‌دهد خالی بگذارید.
name-taken = ناشر { $name } همین نام یا نامی مانند آن دارد. نام دیگری بگذارید.
name-save = همین نام باشد

## Places
show-shelf = قفسه
show-shelf-hint = شماره‌هایی که نگه داشته‌اید
show-search = جست‌وجو
show-search-hint = جست‌وجو در همهٔ قفسه و در فایلی که باز است
place-files = فلش‌ها و فایل‌ها
star-article = ستاره
star-article-hint = به این مطلب ستاره بدهید یا ستاره‌اش را بردارید
mark-read = خوانده یا نخوانده
mark-read-hint = این مطلب خوانده به شمار آید یا دوباره نخوانده
keep-issue = نگه داشتن در قفسه
keep-issue-hint = این شماره در قفسه کپی شود و ناشرش به یاد بماند
remove-issue = برداشتن از قفسه
remove-issue-hint = شمارهٔ انتخاب‌شده از قفسه برداشته شود؛ می‌شود آن را برگرداند
quit-short = بستن فوری

## Where things are kept: name, one line, explanation
mode-memory = فقط در حافظه
mode-memory-short = ورق چیزی روی این رایانه نمی‌نویسد.
mode-memory-more = ورق چیزی نمی‌نویسد. با بستن پنجره، قفسه و ستاره‌ها و ناشران مورد اعتماد فراموش می‌شوند.
mode-portable = روی فلش
mode-portable-short = ورق فقط در پوشهٔ کنار خودش می‌نویسد.
mode-portable-more = شماره‌ها، ستاره‌ها و ناشران مورد اعتماد در پوشه‌ای کنار برنامه می‌مانند. ورق چیزی روی این رایانه نمی‌نویسد.
mode-computer = روی این رایانه
mode-computer-short = قفسه، ستاره‌ها و ناشران مورد اعتماد همین‌جا می‌مانند.
mode-computer-more = شماره‌ها، ستاره‌ها، جای خواندن و ناشران مورد اعتماد همین‌جا می‌مانند. برای رایانه‌ای که فقط مال خودتان است.

## First start
first-language = زبان
first-mode = خوانده‌ها کجا بماند؟
first-mode-note = خودِ رایانه شاید اجرای برنامه یا وصل شدن فلش را جایی ثبت کند؛ این در اختیار ورق نیست.
first-code = کد ناشر
first-optional = اختیاری
first-code-more = کدی ۲۴ رقمی که از رادیو شنیده‌اید، جایی چاپ شده یا دوستی برایتان خوانده است. با هر رقمی که بنویسید می‌شود.
first-code-whole = هر وقت بسته‌ای از این ناشر برسد، برنامه خودش کدها را مقایسه می‌کند.
first-go = رفتن به قفسه
first-failed = آنجا نشد چیزی نگه داشت: { $cause } جای دیگری را انتخاب کنید.

## Shelf
shelf-title = قفسه
list-all = همه
list-unread = نخوانده
list-fresh = تازه
list-starred = ستاره‌دار
list-today = امروز
unread = نخوانده
starred = ستاره‌دار
fresh = تازه
shelf-unread = { $count ->
    [one] { $shown } نخوانده
   *[other] { $shown } نخوانده
}
shelf-issues = { $count ->
    [one] { $shown } شماره
   *[other] { $shown } شماره
}
shelf-all = نمایش هر { $count } شماره
shelf-fewer = نمایش کمتر
read-all = خوانده شد
not-indexed = هنوز شمرده نشده
cover-partial = ناقص · { $whole } از { $total }
gap-one = شمارهٔ { $number } در این قفسه نیست
gap-many = شماره‌های { $first } تا { $last } در این قفسه نیست
indexing = واژه‌های { $done } شماره از { $total } شماره در نمایه است
none-unread = چیزی نخوانده نمانده است
none-unread-more = شماره‌های تازه خواندنی می‌آورند. فلشی وصل کنید یا فایلی را باز کنید.
none-fresh = هنوز چیزی نرسیده است
none-fresh-more = آنچه از فلش بعدی نگه دارید، تا فلشِ پس از آن اینجا می‌ماند.
none-starred = چیزی ستاره ندارد
none-starred-more = در مطلب کلید S را بزنید تا آن را دوباره اینجا پیدا کنید.
none-today = چیزی از امروز نیست
none-today-more = شماره‌ها گاهی روزها در راه‌اند. «تازه» یا «نخوانده» را ببینید.
closed-refused = { $count ->
    [one] { $shown } فایلِ نگه‌داشته نشان داده نمی‌شود: دیگر به ناشرش اعتماد ندارید یا کلیدش باطل شده است.
   *[other] { $shown } فایلِ نگه‌داشته نشان داده نمی‌شود: دیگر به ناشرشان اعتماد ندارید یا کلیدشان باطل شده است.
}
closed-unreadable = { $count ->
    [one] { $shown } فایلِ نگه‌داشته از دیسک خوانده نمی‌شود.
   *[other] { $shown } فایلِ نگه‌داشته از دیسک خوانده نمی‌شود.
}
removed = { $name } از قفسه برداشته شد.
undo = برگرداندن
reading-lost = آنچه خوانده بودید و ستاره داشت خوانده نشد. کنار گذاشته شد؛ هیچ شماره‌ای از دست نرفته است.
shelf-failed = قفسه به کار نیامد: { $cause }
keep-waiting = { $name }: برنامهٔ دیگری دارد قفسه را عوض می‌کند. صبر می‌کنیم…
keep-copying = { $name }: کپی شدن { $done } از { $total }
keep-checking = { $name }: بازخوانی { $done } از { $total }
keep-done = { $name } در قفسه است. همهٔ بایت‌ها بازخوانی شد.
keep-known = { $name } از پیش در قفسه بود.
keep-cancelled = { $name } نگه داشته نشد. چیزِ نیمه‌نوشته‌ای نمانده است.
keep-no-room = { $name } نگه داشته نشد: { $needed } جا می‌خواهد و { $free } جا هست. شماره‌ای را از قفسه بردارید یا روی دیسک جا باز کنید.
keep-not-as-written = { $name } نگه داشته نشد: آنچه بازخوانی شد همان نیست که نوشته شده بود. به این دیسک نمی‌شود تکیه کرد.
keep-verdict = { $name } نگه داشته نشد: { $verdict }
keep-unreadable = { $name } نگه داشته نشد: فایل تا آخر خوانده نمی‌شود ({ $cause }). آن را دوباره از جایی که آمده کپی کنید.
keep-refused = { $name } نگه داشته نشد: { $cause }

## Search
search-hint = جست‌وجو در همهٔ مطلب‌ها
search-count = { $count ->
    [one] { $shown } مطلب
   *[other] { $shown } مطلب
}
search-count-more = بیش از { $shown } مطلب
scope-everywhere = همه‌جا
scope-shelf = قفسه
scope-open = این فایل
publisher-all = همهٔ ناشران
language-all = همهٔ زبان‌ها
time-any = هر زمان
time-days = { $count ->
    [one] روز گذشته
   *[other] { $shown } روز گذشته
}
search-begin = دنبال چه می‌گردید؟
search-begin-more = دو حرف بس است. برای خودِ یک عبارت آن را در «گیومه» بگذارید.
searching = در حال جست‌وجو…
search-failed = جست‌وجو نشد: { $cause }
search-none = چیزی برای «{ $words }» پیدا نشد
search-none-more = با یک واژه کمتر یا واژهٔ دیگری برای همان چیز بگردید.
search-none-narrow = جست‌وجو محدود است. شاید جای دیگر چیزی باشد.
search-everywhere = گشتن همه‌جا
search-sections = در بخش‌ها
search-forgives = ی و ي، ک و ك، نیم‌فاصله، اعراب و حرف‌های صفحه‌کلیدِ دیگر فرقی نمی‌کند.
search-not-searched = تا فایلِ باز را نخوانید، در آن جست‌وجو نمی‌شود.
hit-places = { $count ->
    [one] { $shown } جا
   *[other] { $shown } جا
}
hits-more = نمایش بیشتر

## Settings
show-settings = تنظیمات
show-settings-hint = زبان، رنگ، صفحهٔ مطلب‌ها و جای نگه داشتن
set-theme = رنگ
theme-computer = مانند رایانه
theme-light = روشن
theme-sepia = کاهی
theme-dark = تیره
theme-contrast = پرتضاد
set-reading = صفحهٔ مطلب‌ها
set-size = اندازهٔ متن
set-lines = فاصلهٔ سطرها
lines-tight = کم
lines-normal = معمولی
lines-loose = زیاد
set-measure = پهنای ستون
measure-narrow = باریک
measure-normal = معمولی
measure-wide = پهن
set-justify = ته سطرها
justify-off = آزاد
justify-on = هم‌تراز
set-sample = صبح هنوز مه روی دره بود. چند نفر کنار دهانهٔ قنات ایستاده بودند و بی‌حرف به باریکه‌ای نگاه می‌کردند که از تاریکی بیرون می‌آمد.
set-elsewhere = نگه داشتن در جای دیگر…

## Palette, and putting away
show-palette = همهٔ فرمان‌ها
show-palette-hint = فرمانی را با نامش انتخاب کنید
palette-hint = نام فرمان
put-away = همه‌چیز کنار برود
put-away-hint = فوری صفحه‌ای خالی از متن می‌آید و چیزی از خوانده‌ها در حافظه نمی‌ماند. همین کلید به قفسه برمی‌گرداند.

## Help: question, then answer
show-help = راهنما
show-help-hint = معنی هر نتیجه، آنچه نمی‌شود قول داد، و امن‌تر ماندن
help-begin = از کجا شروع کنم؟
help-begin-text = فلشی وصل کنید یا فایلی را باز کنید. پیش از آنکه چیزی از آن نشان داده شود، برنامه می‌گوید چه کسی آن را امضا کرده و آیا چیزی عوض شده است.
    اگر گفت «ناشر ناشناس»، کد ۲۴ رقمی ناشر را بنویسید، به شرط آنکه آن را از جایی جز همین فلش گرفته باشید.
help-verdict = نتیجه‌ها یعنی چه؟
help-verdict-text = نتیجه می‌گوید چه کسی فایل را امضا کرده و آیا همان است که امضا شده. نمی‌گوید هر سطرش راست است.
help-code = کد ناشر چیست؟
help-code-text = ۲۴ رقم که مال یک ناشر است و با عوض شدن کلیدها یا ویراستاران عوض نمی‌شود. آن را از جایی جز فلش بگیرید: رادیو، کاغذ، آدمی که می‌شناسید.
    مقایسه کار برنامه است؛ لازم نیست رقم‌ها را یکی‌یکی نگاه کنید.
help-stick = چطور شماره‌ای را به دیگری برسانم؟
help-stick-text = فایل را مثل هر فایلی روی فلش دیگری کپی کنید؛ نام و جایش مهم نیست. هر کس آن را بگیرد همین نتیجه را می‌بیند.
    پیش از کشیدن فلش صبر کنید چراغش آرام شود. چیزی را که جعلی است به کسی ندهید.
help-trace = چه چیزی روی این رایانه می‌ماند؟
help-trace-text = در حالت «فقط در حافظه» ورق هیچ فایلی نمی‌نویسد. روی فلش فقط در پوشهٔ خودش می‌نویسد. روی رایانه آنچه را نگه می‌دارید، می‌خوانید و ستاره می‌دهید نگه می‌دارد.
    خودِ رایانه شاید وصل شدن فلش و اجرای برنامه را ثبت کند؛ این در اختیار ورق نیست.
help-not = ورق چه چیزی را نمی‌تواند قول بدهد؟
help-not-text = اینکه ردی نماند، اینکه فایلِ پاک‌شده از بین رفته باشد، یا اینکه کسی بسته را نشناسد. برنامهٔ جاسوسی روی رایانه هرچه شما می‌بینید می‌بیند.
    امضا می‌گوید چه کسی منتشر کرده، نه اینکه راست است.
help-caught = اگر کسی سر رسید؟
help-caught-text = کلید F9 پنجره را فوری می‌بندد و چیزی نمی‌پرسد. کلید F8 همه‌چیز را کنار می‌گذارد و صفحه‌ای خالی نشان می‌دهد.
    آنچه روی دیسک یا فلش است همان‌جا می‌ماند. اگر می‌توانید فلش را بکشید.
help-broken = فایلی باز نمی‌شود
help-broken-text = «خراب» یعنی بایت‌هایی در راه گم شده: دوباره کپی کنید یا از فلش دیگری بگیرید. هرچه از آن خوانده شود همچنان اصل است.
    «جعلی» یعنی کسی آن را عوض کرده: آن را به کسی ندهید.

## Sticks
drives-title = فلش‌ها و دیسک‌ها
drive-free = { $free } جا دارد
drive-computer = این رایانه
drive-read-only = فقط خواندنی است
drives-none = فلشی وصل نیست. هر فلشی که وصل کنید خودش اینجا پیدا می‌شود.
stick-in = فلش { $name } وصل است.
stick-look = دیدن فلش
copy-command = کپی روی فلش
copy-command-hint = فایلِ باز روی فلش کپی و از همان‌جا بازخوانی شود
copy-choose = { $name } روی کدام فلش کپی شود؟
copy-none = فلشی که بشود رویش نوشت وصل نیست. یکی وصل کنید.
copy-writing = { $name }: نوشتن { $done } از { $total }
copy-reading = { $name }: بازخوانی از فلش { $done } از { $total }
copy-done = { $name } روی فلش است و آنچه بازخوانی شد همان است که نوشته شد. صبر کنید چراغ فلش آرام شود، بعد آن را جدا کنید.
copy-there = { $name } از پیش بایت به بایت روی فلش است.
copy-cancelled = { $name } کپی نشد. چیزِ نیمه‌نوشته‌ای نمانده است.
copy-no-room = { $name } کپی نشد: { $needed } جا می‌خواهد و روی فلش { $free } جا هست.
copy-too-large = { $name } کپی نشد: این فلش فایل ۴ گیگابایتی و بزرگ‌تر نمی‌گیرد. آن را با ‎`varaq split`‎ تکه کنید.
copy-not-as-written = { $name } کپی نشد: آنچه فلش پس می‌دهد همان نیست که نوشته شد. شاید کمتر از آنچه می‌گوید جا دارد یا فرسوده است.
copy-other = { $name } کپی نشد: فایل دیگری با همین نام روی فلش است.
copy-failed = { $name } کپی نشد: { $cause }

## Front page, article
copy-article = کپی همهٔ مطلب
copy-article-hint = متن این مطلب با نشانی‌اش کپی شود
copied-article = متن مطلب کپی شد.
previous-article = قبلی: { $title }
set-zoom = اندازهٔ همه‌چیز در پنجره
percent = { $number }٪
mark-all-read = همه خوانده
mark-all-read-hint = همهٔ مطلب‌های صفحهٔ اول یا بخشی که دیده می‌شود خوانده به شمار آید
front-list = فهرست یا روزنامه
front-list-hint = صفحهٔ اول مثل فهرست یا مثل روزنامه
show-contents = فهرست مطلب
show-contents-hint = عنوان‌های این مطلب
related-title = باز هم از { $section }
list-latest = به ترتیب روز
save-article = ذخیرهٔ مطلب به شکل متن
save-article-hint = این مطلب با نشانی‌اش در فایلی ساده روی فلش نوشته شود
