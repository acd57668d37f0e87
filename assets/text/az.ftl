# Pəncərənin bütün sözləri azərbaycanca. One key, one meaning; see en.ftl.
# Terminlər: publisher naşir · issue buraxılış (onun sayı: nömrə) · article məqalə · bundle bağlama ·
# verdict yoxlama nəticəsi · code kod · statement bəyanat · key açar (klaviaturada: düymə) · root keys kök açarlar ·
# revoked ləğv edilib · suspended dayandırılıb · contact naşir kartı · note bildiriş · copy nüsxə · stick fləşkart ·
# shelf rəf · editor redaktor · history tarixçə · star ulduz · stands qüvvədədir

## The program
app-name = Varaq
app-sentence = İmzalanmış yazıları oxuyun və ilk sözdən əvvəl kimin imzaladığını görün.
promise-verdict = Əvvəlcə yoxlama nəticəsi gəlir: kim imzalayıb, nəsə dəyişdirilibmi, nə çatmır.
promise-network = Şəbəkə yoxdur. Varaq heç vaxt heç yerə qoşulmur.
promise-memory = Özünüz seçməsəniz, bu kompüterə heç nə yazılmır.
memory-only = Yalnız yaddaşda
no-display-title = varaq-reader: ekran tapılmadı, pəncərə açıla bilmir
no-display-hint = kömək: terminalda `varaq check FILE`, `varaq list FILE` və `varaq show FILE ARTICLE` yazın

## Actions: text, then hint
open-file = Fayl aç…
open-file-hint = Proqramın öz siyahısından bağlama, kart, bildiriş və ya şəkil seçin
go-back = Geri
go-back-hint = Bir addım geri
go-forward = İrəli
go-forward-hint = Bir addım irəli
leave = Bağla
leave-hint = Üstdəkini bağla, sonra bir addım geri
find-in-page = Səhifədə tap
find-in-page-hint = Bu məqalədə söz tapın
find-next = Növbəti tapıntı
find-next-hint = Növbəti tapıntıya keç
find-previous = Əvvəlki tapıntı
find-previous-hint = Əvvəlki tapıntıya keç
text-larger = Daha iri yazı
text-larger-hint = Məqalənin yazısını iriləşdir
text-smaller = Daha xırda yazı
text-smaller-hint = Məqalənin yazısını xırdalaşdır
text-normal = Adi ölçü
text-normal-hint = Yazının adi ölçüsünə qayıt
next-item = Növbəti
next-item-hint = Siyahıda növbəti məqalə və ya bir addım aşağı
previous-item = Əvvəlki
previous-item-hint = Siyahıda əvvəlki məqalə və ya bir addım yuxarı
page-down = Bir ekran aşağı
page-down-hint = Bir ekran aşağı; sonda növbəti oxunmamış məqalə
page-up = Bir ekran yuxarı
page-up-hint = Bir ekran yuxarı
full-screen = Tam ekran
full-screen-hint = Ekranı doldur və ya geri qaytar
show-keys = Düymələr
show-keys-hint = Bütün düymələri göstər
quit = Varaq-ı dərhal bağla
quit-hint = Pəncərəni bağlayır və heç nə soruşmur
switch-language = Dil
switch-language-hint = Pəncərənin dilini seçin
switch-theme = Növbəti rəng
switch-theme-hint = Açıq, sepiya, tünd, kontrast, bir-birinin ardınca
copy-selection = Kopyala
copy-selection-hint = Seçilmiş mətni kopyala
show-verdict = Yoxlama nəticəsi
show-verdict-hint = Bu faylın yoxlama nəticəsini yenidən göstər

## Start
start-drop = Fləşkart taxın və ya faylı bura buraxın.
start-samples = Proqramın içindəki nümunələr
start-samples-note = Yalnız sınamaq üçün düzəldilib. Hər biri başqa fayllar kimi yoxlanır.
start-no-samples = Bu yığımda nümunə yoxdur.
pins-unread = Etibar etdiyiniz naşirlərin siyahısı oxunmadı və kənara qoyuldu. Kodlarını yenidən yoxlayana qədər hamı naməlum sayılır.
checking = Yoxlanır…
checking-of = Yoxlanır… { $done } / { $total }
checking-text = İmza və baytlar yoxlanmadan heç nə göstərilmir.
skip-check = Hər baytı gözləmə
cancel = Ləğv et
loading = Yüklənir…
drop-here = Açmaq üçün buraxın
not-opened-title = Fayl açılmadı
not-opened-text = Sistem imtina etdi: { $cause }

seal-words = { $name } · { $verdict }

## List of files
files-title = Fayl seçin
files-up = Yuxarı qovluq
files-folder = Qovluq
files-empty = Burada Varaq-ın açdığı fayl və qovluq yoxdur.
files-refused = Bu qovluq oxunmur: { $cause }
files-more = Yalnız ilk { $count } fayl göstərilir.

## Verdicts: title, text, seal, reason
verdict-verified-title = Təsdiqləndi
verdict-verified-text = Bu buraxılışı { $publisher } imzalayıb və içində heç nə dəyişdirilməyib.
    Bu naşirin kodunu özünüz yoxlamısınız.
verdict-verified-seal = Təsdiqləndi
verdict-pinned-title = Əvvəlki naşirin özü
verdict-pinned-text = Bu buraxılışı { $publisher } imzalayıb və içində heç nə dəyişdirilməyib.
    Kod hələ yoxlanmayıb.
verdict-pinned-seal = Əvvəlki kimi
verdict-unknown-title = Naməlum naşir
verdict-unknown-text = İmza düzdür, amma kimin olduğunu bilmirik.
    Hər kəs özünə istədiyi adı verə bilər.
verdict-unknown-seal = Naməlum naşir
verdict-bad-signature-title = Saxta və ya dəyişdirilmiş
verdict-bad-signature-text = Bu, naşirin imzaladığı deyil.
    Ona görə heç bir hissəsi göstərilmir.
verdict-bad-signature-seal = Saxta
verdict-bad-signature-reason = İmza məzmuna uyğun gəlmir. Bu, fləşkartın zədəsi deyil.
verdict-bad-signature-works = Başqa fayllar, o cümlədən bu naşirin faylları ayrı-ayrılıqda yoxlanır.
verdict-below-threshold-title = İmza azdır
verdict-below-threshold-text = Naşirin tələb etdiyindən az redaktor imzalayıb.
    Ona görə heç bir hissəsi göstərilmir.
verdict-below-threshold-text-count = Lazım olan { $need } imzadan { $have } imza var.
    Ona görə heç bir hissəsi göstərilmir.
verdict-below-threshold-seal = İmza azdır
verdict-below-threshold-reason = Naşir bu faylda olandan çox imza tələb edir.
verdict-below-threshold-works = Kifayət qədər redaktorun imzaladığı buraxılışlar əvvəlki kimi açılır.
verdict-unsigned-title = İmzasız qaralama
verdict-unsigned-text = Bu faylı hələ heç kim imzalamayıb.
    Ona görə heç bir hissəsi göstərilmir.
verdict-unsigned-seal = İmzasız
verdict-unsigned-reason = Faylda heç bir imza yoxdur.
verdict-unsigned-works = Hazır buraxılış imzalanandan sonra başqaları kimi açılacaq.
verdict-impostor-title = Tanıdığınız naşirin adını işlədir
verdict-impostor-text = Kodu başqadır. Bəlkə kimsə onunla səhv salınmaq istəyir.
    Ona görə hələ heç nə göstərilmir.
verdict-impostor-seal = Özgə ad
verdict-impostor-reason = Ad etibar etdiyiniz naşirin adına oxşayır, amma kod başqadır.
verdict-impostor-works = Tanıdığınız naşirin faylları əvvəlki kimi açılır.
verdict-revoked-title = Açar ləğv edilib
verdict-revoked-text = Naşir bu faylı imzalayan açarı ləğv edib.
    Ona görə heç bir hissəsi göstərilmir.
verdict-revoked-seal = Açar ləğv edilib
verdict-revoked-reason = Naşirin bəyanatında deyilir ki, bu açar daha onun adından danışmır, və bu buraxılış qüvvədə qalanlar arasında yoxdur.
verdict-revoked-works = Naşirin özünə yenə etibar edilir: başqa açarları ilə imzaladığı əvvəlki kimi açılır.
verdict-suspended-title = Açar dayandırılıb
verdict-suspended-text = Naşir bu faylı imzalayan açarı hələlik dayandırıb.
    Ona görə heç bir hissəsi göstərilmir.
verdict-suspended-seal = Açar dayandırılıb
verdict-suspended-reason = Naşirin kök açarlarını saxlayan biri bu açara arxalanmamağı xahiş edib. Bəlkə redaktor təhlükədədir.
verdict-suspended-works = Dayandırmadan əvvəl gördüyünüz buraxılışlar yenə oxunur. Dayandırma bitsə, bu fayl da açılar.
verdict-window-title = Açar öz hüdudundan kənarda işlədilib
verdict-window-text = Naşir bu açarlara bu nömrəli buraxılışı imzalamağa icazə verməyib.
    Ona görə heç bir hissəsi göstərilmir.
verdict-window-seal = Hüduddan kənar
verdict-window-reason = Buraxılışın nömrəsi naşirin bu açarlara verdiyindən kənardadır. Oğurlanmış açar özünü belə ələ verir.
verdict-window-works = Hüdud daxilindəki buraxılışlar əvvəlki kimi açılır.
verdict-chain-title = Naşirin sənədləri natamamdır
verdict-chain-text = Bu buraxılışın dayandığı bəyanat faylda yoxdur, ona görə kimin imzaladığını demək olmur.
    Ona görə heç bir hissəsi göstərilmir.
verdict-chain-seal = Sənədlər natamamdır
verdict-chain-reason = İmzanın adını çəkdiyi bəyanat yoxdur. Bəlkə kimsə onu çıxarıb.
verdict-chain-works = Həmin buraxılışın bütün bəyanatları olan nüsxəsi adi qaydada açılır.
verdict-split-title = Bir naşirin iki tarixçəsi
verdict-split-text = Bu naşirin adından iki fərqli tarixçə imzalanıb və bu buraxılış qüvvədə olmayana bağlıdır.
    Ona görə heç bir hissəsi göstərilmir.
verdict-split-seal = İki tarixçə
verdict-split-reason = Naşirin öz bəyanatları bir-birinə ziddir. Kök açarları başqa əllərdə ola bilər.
verdict-split-works = Ayrılmadan əvvəlki buraxılışlar yenə oxunur.
verdict-conflict-title = İki buraxılış bir nömrə daşıyır
verdict-conflict-text = Bu nömrə ilə başqa buraxılış qüvvədədir. Bu, ikincisidir.
    Ona görə heç bir hissəsi göstərilmir.
verdict-conflict-seal = İki buraxılış
verdict-conflict-reason = O birini əvvəl görmüsünüz, ya da naşir düzgünün o olduğunu deyib.
verdict-conflict-works = Bu nömrəli o biri buraxılış yenə oxunur.
verdict-damaged-head-title = Faylın əvvəli zədələnib
verdict-damaged-head-text = Kimin imzaladığını hələ demək olmur.
    Ona görə heç nə göstərilmir.
verdict-damaged-head-seal = Zədəli
verdict-damaged-head-reason = Faylın əvvəlindəki baytlar səhvdir və ya itib. Pis fləşkartlarda belə olur.
verdict-damaged-head-works = Həmin buraxılışın başqa nüsxəsi və ya yenidən kopyalanmış həmin fayl açıla bilər.
verdict-newer-title = Daha yeni Varaq üçün olduğunu deyir
verdict-newer-text = Etibar etdiyiniz heç kim bunu imzalamayıb. Hər kəs bunu fayla yaza bilər.
    Ona görə heç nə göstərilmir.
verdict-newer-seal = Daha yeni format, sübutsuz
verdict-newer-reason = Fayldakı format nömrəsi bu proqramın bildiyindən yuxarıdır.
verdict-newer-works = Bugünkü formatda olan bütün fayllar əvvəlki kimi açılır.
verdict-newer-signed-title = Daha yeni Varaq üçün düzəldilib
verdict-newer-signed-text = Bu fayl bu proqramın oxuya bilmədiyi sonrakı formatdadır.
    Etibar etdiyiniz naşir bunun belə olduğunu imzalayıb.
verdict-newer-signed-seal = Daha yeni format
verdict-newer-signed-reason = Faylın formatı bu proqramdan yenidir.
verdict-newer-signed-works = Bugünkü formatda olan bütün fayllar əvvəlki kimi açılır.
verdict-not-a-bundle-title = Varaq bağlaması deyil
verdict-not-a-bundle-text = Bu fayl başqa bir şeydir, ya da ilk baytları itib.
verdict-not-a-bundle-seal = Bağlama deyil
verdict-not-a-bundle-reason = Fayl bağlama kimi başlamır.
verdict-not-a-bundle-works = Proqramda və başqa fayllarınızda qüsur yoxdur.
verdict-partial-title = Natamam, amma əsl
verdict-partial-text = { $total } məqalədən { $whole } məqalə oxuna bilər.
    Göstərilən hər şey naşirin imzaladığıdır.
verdict-partial-text-some = Hamısı burada deyil.
    Göstərilən hər şey naşirin imzaladığıdır.
verdict-partial-seal = Natamam
verdict-damaged-title = Zədəli, amma əsl
verdict-damaged-text = { $total } məqalədən { $whole } məqalə oxuna bilər.
    Göstərilən hər şey naşirin imzaladığıdır.
verdict-damaged-text-some = Bəzi baytlar itib.
    Göstərilən hər şey naşirin imzaladığıdır.
verdict-damaged-seal = Zədəli

## What to do
steps-title = Nə etməli
step-forged-1 = Bu faylı başqasına verməyin.
step-forged-1-more = Həmin fləşkartdakı başqa fayllar bir-bir yoxlanır və yaxşı ola bilər.
step-forged-2 = Həmin buraxılışı başqa yerdən alın.
step-forged-2-more = Başqa fləşkartdan və ya başqa dostdan. Düzgün nüsxə haqqında burada «Təsdiqləndi» yazılır.
step-forged-3 = Onu sizə verənə deyin.
step-forged-3-more = Bəlkə xəbəri yoxdur. Heç nə sübut etməli deyilsiniz.
step-few-2 = Hazır buraxılışı gözləyin.
step-few-2-more = Bəlkə bütün redaktorlar imzalamadan ötürülüb. Hazır buraxılışın nömrəsi eynidir.
step-revoked-2 = Həmin buraxılışın yenidən imzalanmışını axtarın.
step-revoked-2-more = Başqa fləşkartdan və ya başqa dostdan. Naşir onu yaxşı açarla yenidən imzalamış ola bilər.
step-revoked-3 = Bu faylı əvvəl oxumusunuzsa, dediklərinə şübhə edin.
step-revoked-3-more = Onu açarı ələ keçirən yazmış ola bilər.
step-suspended-1 = Faylı saxlayın, amma başqasına verməyin.
step-suspended-1-more = Yaxşı ola bilər. Açarı ələ keçirənin imzaladığı da ola bilər.
step-suspended-2 = Bu naşirin yeni buraxılışları gələndə açın.
step-suspended-2-more = Onlar naşirin sözünü gətirir: dayandırma bitirmi və hansı buraxılışlar qüvvədə qalır.
step-chain-1 = Həmin buraxılışı başqa yerdən alın.
step-chain-1-more = Başqa nüsxədə bütün bəyanatlar ola bilər.
step-chain-2 = Bu nüsxəni başqasına verməyin.
step-chain-2-more = Həmin fləşkartdakı başqa fayllar bir-bir yoxlanır və yaxşı ola bilər.
step-split-1 = İkisi arasında özünüz seçməyin.
step-split-1-more = Hər ikisi bu naşirin açarları ilə imzalanıb. Fayl bu gün onların kimdə olduğunu deyə bilməz.
step-split-2 = Naşirdən başqa yolla soruşun.
step-split-2-more = Radio, kağız və ya tanıdığınız adam. Sonrakı bəyanat hansı tarixçənin düzgün olduğunu həll edə bilər.
step-conflict-1 = Hər iki faylı saxlayın.
step-conflict-1-more = İkisi birlikdə sübut edir ki, kimsə bir nömrə ilə iki fərqli buraxılış imzalayıb.
step-conflict-2 = Sizin üçün təhlükəsizdirsə, naşirə xəbər verin.
step-conflict-2-more = Açarlarından biri başqa əllərdə ola bilər. Heç nə sübut etməli deyilsiniz.
step-unproven-1 = Bu fayla görə heç nə quraşdırmayın.
step-unproven-1-more = Başqa proqram istəyən fayl tələ ola bilər.
step-damaged-1 = Faylı yenidən kopyalamağa çalışın.
step-damaged-1-more = Gəldiyi fləşkartda yaxşı nüsxə qalmış ola bilər.
step-damaged-2 = Həmin buraxılışı başqa yerdən alın.
step-damaged-2-more = İstənilən bütöv nüsxə yarayır.
step-newer-1 = Etibar etdiyiniz adamdan daha yeni Varaq alın.
step-newer-1-more = Bu proqram onu axtara bilməz; şəbəkəsi yoxdur.
step-other-1 = Başqa fayl seçin.
step-other-1-more = Bağlamaların adı .varaq ilə bitir

## Facts
fact-publisher = Naşir
fact-claimed-name = Özünə verdiyi ad
fact-claimed-quoted = «{ $name }»
fact-not-checked = yoxlanmayıb
fact-number = Buraxılış
fact-number-day = Buraxılış və gün
fact-number-day-value = { $number } · { $day }
fact-day = Gün
fact-complete = Tamlıq
fact-new = Yenilik
fact-also = Həmçinin
fact-reason = Səbəb
fact-works = Yenə işləyən
fact-file = Fayl
fact-code = Naşirin kodu
fact-code-checked = özünüz yoxlamısınız
fact-code-unchecked = hələ yoxlanmayıb
calls-itself = özünə belə deyir: { $name }
line-complete = Tam
line-complete-articles = { $count ->
    [one] yeganə məqaləsi
   *[other] bütün { $shown } məqalə
}
line-listed = Hamısı siyahıdadır
line-listed-more = hələ hər bayt oxunmayıb
line-partial = Bu nüsxədə hamısı yoxdur
line-partial-articles = { $total } məqalədən { $whole } məqalə oxuna bilər
line-damaged = Bəzi hissələr zədəlidir
line-damaged-parts = { $count ->
    [one] { $shown } hissə
   *[other] { $shown } hissə
}
line-newest = Gördüklərinizin ən yenisi
line-older = Gördüyünüz { $number } nömrəli buraxılışdan köhnədir
line-older-more = onun günü: { $day }
line-gap = Sizdə { $number } nömrəli buraxılış yoxdur
line-gap-more = o, bundan əvvəl gəlmişdi; ondan əvvəlkilərdən sizdə { $met } var
line-stale = Artıq daha yeni buraxılış olmalı idi
line-stale-more = vəd edilən gün: { $day }
line-clock = Bu kompüterin saatı səhv görünür
line-clock-more = o, { $day } tarixindən geridədir; ona görə heç nəyə qərar verilmir
line-days = Günü açarları üçün nəzərdə tutulan günlərdən kənardır
line-days-more = { $from } – { $to }
line-extra = Fayldakı artıq bir şey nəzərə alınmadı
line-memory = bu rejimdə əvvəlki buraxılışlar yadda saxlanmır

banner-rival = Bu naşirin başqa tarixçəsi görünüb
banner-rival-more = Kimsə onu köhnə açarlarla yazıb. Nəzərə alınmır; bu buraxılış qüvvədə olan tarixçədəndir.
banner-frozen = Bu naşiri iki tarixçə davam etdirir
banner-frozen-more = Bu buraxılış hər ikisindən köhnədir və oxuna bilər. Naşir hansının düzgün olduğunu həll edənə qədər yeniləri qəbul edilmir. Başqa yolla soruşun: radio, kağız, tanıdığınız adam.
banner-conflict = Bu nömrə ilə başqa buraxılış da görünüb
banner-conflict-more = Bu qüvvədədir: onu əvvəl görmüsünüz, ya da naşir düzgünün bu olduğunu deyib. Hər iki faylı saxlayın və təhlükəsizdirsə, naşirə xəbər verin.
banner-suspended = Bu buraxılışın bir açarı sonradan dayandırılıb
banner-suspended-more = Buraxılışı ondan əvvəl görmüsünüz, ona görə yenə oxunur. Bu açarın ondan sonra imzaladığı qəbul edilmir.
banner-statements = Bu naşirin daha yeni bəyanatları çatmır
banner-statements-more = Kartında { $named } nömrəli bəyanatın adı çəkilir; gördüyünüzün ən yenisi { $held }. Çatmayanlardan biri açar ləğv etmiş ola bilər. Daha yeni buraxılış açın.
banner-resembles = Adı etibar etdiyiniz «{ $name }» adına oxşayır
banner-resembles-more = Bir hərflə fərqlənir və kodu da başqadır. Bu, tanıdığınız naşir deyil.

note-trust = İmza kimin dərc etdiyini deyir, hər sətrin doğru olduğunu yox.

## The code
code-question = Bu naşirin kodu sizdə varmı?
code-explain = Onu bu fləşkartdan yox, başqa yerdən alın: radio, kağız və ya tanıdığınız adam. Proqram özü tutuşdurur.
code-group = Kodun { $number } nömrəli qrupu
code-left = Qalan rəqəm: { $count }
code-compare = Kodu tutuşdur
code-wrong = Bu, həmin naşirin kodu deyil. Başqa naşirindir, ya da heç kimin.
code-waiting = Tutuşdurulur…
code-no-memory = Bu kompüterdə tutuşdurmaq üçün boş yaddaş azdır: 64 MB lazımdır. Başqa proqramları bağlayın və faylı yenidən açın.
code-typo = Bu, kod ola bilməz: bir rəqəm səhvdir. Yenə baxın.
code-check = Kodu yoxla…
remember = Bu naşiri yadda saxla
remember-more = Bu kompüterə bu naşirin kodunu yazır, başqa heç nə.
remembered = Bu kompüterdə yadda saxlandı.
remember-failed = Yadda saxlanmadı: { $cause }
open-issue = Buraxılışı aç
read-whole = Bütöv { $count } məqaləni oxu
read-what-is-here = Burada olanı oxu
read-without-trusting = Etibar etmədən oxu
read-without-trusting-note = Hər səhifədə bir zolaq qalır və naşirin naməlum olduğunu xatırladır.
different-publisher = Başqa naşir olduğunu bilirəm: oxu
strip-unknown = Naməlum naşir · etibar etmədən oxunur
strip-older = Gördüyünüz { $number } nömrəli buraxılışdan köhnədir
strip-frozen = Bu naşiri iki tarixçə davam etdirir · bu buraxılış hər ikisindən köhnədir
strip-suspended = Bu buraxılışın bir açarı sonradan dayandırılıb · buraxılışı əvvəl görmüsünüz
strip-different = Tanıdığınız naşir deyil · oxşar adlı başqası
close = Bağla
choose-other = Başqa fayl seç…

## Front page
front-page = Ön səhifə
front-issue = Buraxılış { $number }
front-articles = { $count ->
    [one] { $shown } məqalə
   *[other] { $shown } məqalə
}
minutes = { $count ->
    [one] { $shown } dəqiqə
   *[other] { $shown } dəqiqə
}
pictures = { $count ->
    [one] { $shown } şəkil
   *[other] { $shown } şəkil
}
not-in-this-copy = bu nüsxədə yoxdur
damaged-word = zədəli
front-unreadable = Bu nüsxədə məqalələrin siyahısı oxunmur.

## Article
in-this-article = Bu məqalədə
opening = Giriş
footnote-number = Qeyd { $number }
picture-missing = Şəkil bu nüsxədə yoxdur.
picture-damaged = Şəkil zədəlidir.
picture-too-large = Şəkil bu proqramın çəkə biləcəyindən böyükdür.
article-missing = Bu məqalə bu nüsxədə yoxdur.
article-missing-more = Həmin buraxılışın başqa nüsxəsində ola bilər.
article-damaged = Bu məqalə bu nüsxədə zədəlidir.
article-odd = Bu məqalə göstərilə bilmir: öz formatının qaydalarını pozur.
link-target = Keçidin ünvanı
link-note = Göstərilir, heç vaxt açılmır.
link-copy = Ünvanı kopyala
copied = Kopyalandı.
find-hint = Bu məqalədə tap
find-count = { $at } / { $total }
find-none = Heç nə tapılmadı
next-article = Növbəti: { $title }
end-of-issue = Buraxılışın sonu
table-word = Cədvəl

## Keys sheet
keys-title = Düymələr

# Corrections and retractions
mark-corrected = Düzəldilib
mark-retracted = Naşir geri götürüb
mark-harm = Geri götürülüb: kimisə təhlükəyə atır
harm-folded = Naşir bu mətnin daha oxunmamasını və ötürülməməsini xahiş edir, çünki kimisə təhlükəyə atır. Mətn bükülüb, silinməyib.
harm-show = Mətni yenə də göstər

## Publishers
show-publishers = Naşirlər
show-publishers-hint = Kimə etibar edirsiniz və onlar haqqında nə məlumdur
publishers-title = Naşirlər
publishers-checked = Kodunu yoxlamısınız
publishers-same = Əvvəlki naşirin özü, kod yoxlanmayıb
publishers-awaited = İlk bağlamanı gözləyən kodlar
publishers-awaited-more = Onlardan hələ bağlama gəlməyib. Gələndə proqram özü tutuşdurur.
publishers-none = Hələ heç bir naşirə etibar etmirsiniz
publishers-none-code = Naşirin kodu 24 rəqəmdir. Eyni kod heç kimdə ola bilməz və açarlar və ya redaktorlar dəyişəndə kod dəyişmir.
publishers-none-where = Onu xəbər gətirən fləşkartdan başqa yolla öyrənin: radiodan, kağızdan, tanıdığınız adamdan.
publishers-none-how = Onu burada yazın, hətta bağlama gəlməmişdən əvvəl, ya da sizə verilən faylı və ya şəkli açın. Proqram gələn hər bağlama ilə tutuşdurur.
publisher-met = { $count ->
    [one] { $shown } buraxılış görmüsünüz
   *[other] { $shown } buraxılış görmüsünüz
}
publisher-met-none = hələ buraxılış görməmisiniz
publisher-checked = Kodu özünüz yoxlamısınız
publisher-unchecked = Əvvəlki naşirin özü; kod yoxlanmayıb
publisher-since = Etibar edilən gün: { $day }
publisher-since-unknown = Nə vaxtdan olduğu qeyd edilməyib
publisher-code = Kod, başqalarına oxumaq və ya tutuşdurmaq üçün
publisher-code-memory = Bu kompüterdə kodu hesablamaq üçün boş yaddaş azdır: 64 MB lazımdır.
publisher-promise = Vəd
publisher-cadence = { $count ->
    [1] Hər gün bir buraxılış
    [one] Hər { $shown } gündə bir buraxılış
   *[other] Hər { $shown } gündə bir buraxılış
}
publisher-cadence-none = Yoxdur
publisher-signatures = Hər buraxılışdakı imzalar
publisher-signs = { $of } redaktordan { $threshold } redaktor
publisher-issues = Bu proqramda görülənlər
publisher-split = Bu naşiri iki tarixçə davam etdirir. Naşir hansının düzgün olduğunu həll edənə qədər onlara dayanan buraxılışlar qəbul edilmir. Başqa yolla soruşun: radio, kağız, tanıdığınız adam.
publisher-rival = Bu naşirin köhnə açarlarla yazılmış başqa tarixçəsi görünüb. Nəzərə alınmır.
publisher-stopped = { $key } açarı hələlik dayandırılıb: imzaladığı qəbul edilmir. Bəlkə redaktor təhlükədədir.
publisher-history = Buraya necə gəlib çıxdı
publisher-statement = bəyanat { $number }
event-founded = Naşir işə başladı: { $of } kök açardan { $threshold } açar qərar verir
event-founded-recoverable = bərpa açarları hazırlanıb
event-roots = Kök açarlar dəyişdi: bundan sonra { $of } açardan { $threshold } açar qərar verir
event-recovered = Bərpa açarları işlədildi; əvvəlki bəyanatdan sonra gələn etibarsızdır
event-granted = Redaktorlar { $first }–{ $last } nömrəli buraxılışları imzalayır: { $of } nəfərdən { $threshold } nəfər lazımdır
event-revoked-stolen = Açar ləğv edildi: başqasının əlindədir
event-revoked-retired = Açar ləğv edildi: vaxtı bitib
event-kept = { $count ->
    [one] imzaladığı { $shown } buraxılış qüvvədə qalır
   *[other] imzaladığı { $shown } buraxılış qüvvədə qalır
}
event-kept-none = onun imzasına ehtiyacı olan heç bir buraxılış qüvvədə qalmır
event-cleared = { $key } açarı yenidən sayılır: dayandırma bitdi
event-settled = { $number } nömrəli iki buraxılışdan hansının düzgün olduğunu naşir dedi
event-renamed = Bundan sonra özünə belə deyir: { $names }
key-short = açar { $key }
publisher-met-title = Gördüyünüz buraxılışlar
issues-more = { $count ->
    [one] daha { $shown } buraxılış qüvvədədir
   *[other] daha { $shown } buraxılış qüvvədədir
}
standing-stands = Qüvvədədir
standing-contested = Qüvvədədir; bu nömrə ilə başqası sonra görünüb
standing-lost = Qüvvədə deyil: bu nömrə ilə başqası qüvvədədir
standing-void = Etibarsız: saxta ola bilər və siz onu oxumuş ola bilərsiniz
publisher-keys-change = Açarlar dəyişir, kod dəyişmir.
publisher-remove = Bu naşiri çıxar…
publisher-really = Bu naşir həqiqətən çıxarılsın?
publisher-really-more = Naməlum olur: buraxılışları yenidən kod istəyir və onun adını götürən başqasından heç nə xəbərdar etmir. Ondan görülənlər unudulur, ləğv edilmiş açarlar da. Açıq fayl bağlanır.
publisher-keep = Qalsın
publisher-remove-now = Çıxar
publisher-remove-failed = Varaq bağlanana qədər çıxarılıb, amma bu kompüterdəki siyahıda qalıb: { $cause }
publishers-type = Kod yaz…
publishers-open = Şəkildən və ya fayldan…
publishers-awaited-forget = { $code } kodunu daha gözləmə
publishers-unkept = Bu siyahı yalnız yaddaşdadır: Varaq bağlananda unudulur.
publishers-remember = Siyahını bu kompüterdə yadda saxla
publisher-write-failed = Varaq bağlanana qədər qüvvədədir, amma bu kompüterə yazılmadı: { $cause }
type-title = Kod yaz
type-explain = Radioda eşitdiyiniz, kağızda oxuduğunuz və ya tanıdığınız adamdan aldığınız 24 rəqəm. Bağlama gələndə proqram tutuşdurur.
type-take = Bu kodu qəbul et
told-awaited = Kod qəbul edildi. Bu kodu daşıyan növbəti düzgün bağlama təsdiqlənir.
told-checked = Bu, { $name } naşirinin kodudur. Bundan sonra yoxlanmış sayılır.
told-checked-before = Bu, { $name } naşirinin kodudur; onu əvvəl yoxlamısınız.

## Files that are no bundles
searching-title = QR kod axtarılır…
searching-text = Şəkil bu kompüterdə axtarılır. Böyük şəkil bir neçə saniyə çəkir.
contact-title = Naşir kartı
contact-text = Fayl naşirin kim olduğunu deyir. Hər kəs özünə istədiyi adı verə bilər.
    Kodu başqa yolla gələnlə tutuşdurun: radio, kağız və ya tanıdığınız adam.
contact-text-known = Fayl artıq etibar etdiyiniz naşirindir.
    Onu qəbul etmək kodda heç nəyi dəyişmir və sizdən heç nə almır.
contact-proven = öz bəyanatları bu adı daşıyır
contact-known = Sizdə tanınan adı
contact-statements = Bəyanatlar
contact-newest = adını çəkdiyi ən yenisi: { $number }
contact-statements-here = hamısı fayldadır və düzgündür
contact-statements-later = buraxılış onları gətirməli və adı sübut etməlidir
contact-alike-more = Kodu başqadır. Bu, tanıdığınız naşir deyil; bəlkə kimsə onunla səhv salınmaq istəyir.
contact-unchecked = Yoxlanmasa, bundan sonra «əvvəlki naşirin özü» sayılır.
contact-take = Naşirlərimə əlavə et
contact-take-known = Yeni olanı qəbul et
shown-code-title = Naşirin kodu
shown-code-text = Faylda kod var, başqa heç nə. Özünüz yazmış kimi sayılır.
    Yalnız bağlamalardan başqa yolla gəlibsə qəbul edin: afişa, qəzet, tanıdığınız adam.
note-title = Açar dayandırılmalıdır
note-text = { $name } imzalayıb ki, açarlarından biri hələlik sayılmasın.
    Kim gətirməsindən asılı olmayaraq bildiriş özünü sübut edir. Bəlkə redaktor təhlükədədir.
note-key = Açar
note-since = İmzalayan
note-since-value = { $number } nömrəli bəyanatın kök açarları
note-since-more = qəbul etdiyiniz andan qüvvədədir
note-effect = Nəyi dəyişir
note-effect-stops = Naşir açarı ləğv edənə və ya dayandırmanı bitirənə qədər bu açarla yeni buraxılışlar qəbul edilmir. Gördüyünüz buraxılışlar xəbərdarlıqla oxunur.
note-effect-known = Heç nəyi: bu açarın dayandırıldığını bilirdiniz.
note-effect-over = Heç nəyi: naşir o vaxtdan açarı ləğv edib və ya dayandırmanı bitirib.
note-take = Bu açarı dayandır
fault-no-code-title = Şəkildə QR kod yoxdur
fault-no-code-text = Heç nə seçilmir. Yenidən çəkin: daha yaxından, daha aydın, kodun hamısı ağ kənarı ilə.
    Ya da yanında yazılan 24 rəqəmi yazın.
fault-strange-title = Naşirin QR kodu deyil
fault-strange-text = Şəkildəki kod başqa şey deyir. Ondan heç nə açılmadı.
    Naşirin kodu kart, 24 rəqəm və ya açar haqqında bildirişdir.
fault-several-title = Bir şəkildə bir neçə naşir
fault-several-text = Şəkli elə kəsin ki, bir QR kod qalsın, sonra yenidən açın.
fault-picture-damaged-title = Şəkil zədəlidir
fault-picture-damaged-text = Yarımçıq və ya pozulmuşdur. Yenidən kopyalayın və ya yenidən çəkin.
fault-picture-large-title = Şəkil çox böyükdür
fault-picture-large-text = 32 MB və 32 milyon nöqtəyə qədər axtarılır. Kəsin, kiçildin və ya ekran şəklini çəkin.
fault-too-long-title = Fayl çox uzundur
fault-too-long-text = Kart və ya bildiriş kimi başlayır, amma hamısından uzundur. Oxunmadı.
fault-contact-damaged-title = Zədəli kart
fault-contact-damaged-text = Naşir kartı kimi başlayır, amma sətirlər çatmır və ya dəyişib. Heç nə qəbul edilmədi.
    Faylı yenidən alın və ya naşirin kodunu yazın.
fault-contact-false-title = Kart dediyi kimi deyil
fault-contact-false-text = Kodu, adı və bəyanatları bir-birinə aid deyil. Kimsə onu dəyişib; heç nə qəbul edilmədi.
    Onu başqasına verməyin.
fault-no-memory-title = Boş yaddaş azdır
fault-no-memory-text = Kartın kodunu yoxlamaq üçün 64 MB lazımdır. Başqa proqramları bağlayın və faylı yenidən açın.
fault-code-damaged-title = Kod deyil
fault-code-damaged-text = Faylda rəqəmlər var, amma kod ola bilməz: biri səhvdir və ya çatmır. Gəldikləri yerə yenidən baxın.
fault-note-damaged-title = Zədəli bildiriş
fault-note-damaged-text = Açar haqqında bildiriş kimi başlayır, amma içində nəsə çatmır və ya səhv yazılıb. Heç nə qəbul edilmədi.
fault-note-damaged-group = Hərflərinin { $group } nömrəli qrupu səhv yazılıb. Yenidən dinləyin və ya baxın; heç nə qəbul edilmədi.
fault-note-newer-title = Daha yeni şəkilli bildiriş
fault-note-newer-text = Bu proqram onu oxuya bilmir. Etibar etdiyiniz adamdan alınan daha yeni Varaq oxuya bilər.
fault-note-unknown-title = Tanımadığınız naşir haqqında bildiriş
fault-note-unknown-text = Açarı dayandırır, amma bəyanatlarını gördüyünüz və etibar etdiyiniz naşirin açarını yox. Heç nə qəbul edilmədi.
    Əvvəlcə o naşirin buraxılışını açın və ona etibar edin, sonra bildirişi yenidən açın.
fault-note-ahead-title = Bildiriş bildiyinizdən irəlidədir
fault-note-ahead-text = Hələ görmədiyiniz bəyanat və ya açardan danışır. Heç nə qəbul edilmədi.
    O naşirin daha yeni buraxılışını açın, sonra bildirişi yenidən.
fault-note-forged-title = Saxta bildiriş
fault-note-forged-text = Naşirin kök açarları onu imzalamayıb. Heç nə qəbul edilmədi.
    Onu başqasına verməyin.
told-introduced = { $name } siyahıdadır. Kodu hələ yoxlanmayıb.
told-stopped = { $name } naşirinin bir açarı bundan sonra dayandırılıb.

## Handing a publisher on, and its name
pass-copy = Kodu kopyala
pass-show = Şəkil kimi göstər
pass-hide = Şəkli gizlət
pass-picture = Bu naşirin QR kodu
pass-drawing = Şəkil çəkilir…
pass-failed = Şəkil çəkilmədi. Əvəzinə kodu ucadan oxuyun.
pass-contact = Başqa Varaq onu foto və ya ekran şəklindən oxuyur. Naşirin özünə verdiyi ad, kodu və ən yeni bəyanatı içindədir: sizin haqqınızda heç nə.
pass-code = Başqa Varaq onu foto və ya ekran şəklindən oxuyur. İçində yalnız kod var, çünki bu naşirin bəyanatı hələ görünməyib.
name-yours = Sizin verdiyiniz ad
name-own = Özünə verdiyi ad
name-change = Dəyiş…
name-more = Onu yalnız siz görürsünüz. Naşirin özünə verdiyi ad üçün boş saxlayın.
name-taken = { $name } adlı naşirin adı belədir və ya buna oxşayır. Başqa ad seçin.
name-save = Belə adlandır

## Places
show-shelf = Rəf
show-shelf-hint = Saxlanmış buraxılışlar
show-search = Axtarış
show-search-hint = Rəfdəki hər şeydə və açıq faylda axtar
place-files = Fləş və fayllar
star-article = Ulduz
star-article-hint = Bu məqaləyə ulduz qoy və ya ulduzu götür
mark-read = Oxunub və ya yox
mark-read-hint = Bu məqaləni oxunmuş və ya yenidən oxunmamış say
keep-issue = Rəfdə saxla
keep-issue-hint = Bu buraxılışı rəfə kopyala və naşirini yadda saxla
remove-issue = Rəfdən götür
remove-issue-hint = Seçilmiş buraxılışı rəfdən götür; geri qoymaq olar
quit-short = Dərhal bağla

## Where things are kept: name, one line, explanation
mode-memory = Yalnız yaddaşda
mode-memory-short = Varaq bu kompüterə heç nə yazmır.
mode-memory-more = Varaq heç nə yazmır. Pəncərə bağlananda rəf, ulduzlar və etibar edilən naşirlər unudulur.
mode-portable = Fləşkartda
mode-portable-short = Varaq yalnız proqramın yanındakı öz qovluğuna yazır.
mode-portable-more = Buraxılışlar, ulduzlar və etibar edilən naşirlər proqramın yanındakı qovluqda qalır. Varaq bu kompüterə heç nə yazmır.
mode-computer = Bu kompüterdə
mode-computer-short = Rəf, ulduzlar və etibar edilən naşirlər burada saxlanır.
mode-computer-more = Buraxılışlar, ulduzlar, məqalələrdəki yerlər və etibar edilən naşirlər burada qalır. Yalnız sizə məxsus kompüter üçün.

## First start
first-language = Dil
first-mode = Hər şey harada saxlansın?
first-mode-note = Kompüterin özü proqramın başladıldığını və ya fləşkartın taxıldığını qeyd edə bilər. Varaq buna mane ola bilməz.
first-code = Naşirin kodu
first-optional = istəyə görə
first-code-more = Radioda eşitdiyiniz, çapda gördüyünüz və ya dostun oxuduğu 24 rəqəm. İstənilən rəqəmlərlə.
first-code-whole = Bu naşirin bağlaması gələndə proqram özü tutuşdurur.
first-go = Rəfə keç
first-failed = Orada saxlamaq olmadı: { $cause } Başqa yer seçin.

## Shelf
shelf-title = Rəf
list-all = Hamısı
list-unread = Oxunmamış
list-fresh = Yeni
list-starred = Ulduzlu
list-today = Bu gün
unread = oxunmayıb
starred = ulduzlu
fresh = yeni
shelf-unread = { $count ->
    [one] { $shown } oxunmamış
   *[other] { $shown } oxunmamış
}
shelf-issues = { $count ->
    [one] { $shown } buraxılış
   *[other] { $shown } buraxılış
}
shelf-all = Bütün { $count } buraxılışı göstər
shelf-fewer = Daha az göstər
read-all = oxunub
not-indexed = hələ sayılmayıb
cover-partial = natamam · { $whole } / { $total }
gap-one = { $number } nömrəli buraxılış bu rəfdə yoxdur
gap-many = { $first }–{ $last } nömrəli buraxılışlar bu rəfdə yoxdur
indexing = { $total } buraxılışdan { $done } buraxılışın sözləri göstəricidədir
none-unread = Oxunmamış heç nə yoxdur
none-unread-more = Yeni buraxılışlar oxumağa nəsə gətirir. Fləşkart taxın və ya fayl açın.
none-fresh = Hələ heç nə gəlməyib
none-fresh-more = Növbəti fləşkartdan saxladığınız burada durur, ondan sonrakı gələnə qədər.
none-starred = Ulduzlu heç nə yoxdur
none-starred-more = Məqaləni burada yenidən tapmaq üçün onun içində S basın.
none-today = Bu günə aid heç nə yoxdur
none-today-more = Buraxılışlar çox vaxt günlərlə yolda olur. «Yeni» və ya «Oxunmamış» bölməsinə baxın.
closed-refused = { $count ->
    [one] Saxlanmış { $shown } fayl göstərilmir: naşirinə daha etibar edilmir və ya açarı ləğv edilib.
   *[other] Saxlanmış { $shown } fayl göstərilmir: naşirlərinə daha etibar edilmir və ya açarları ləğv edilib.
}
closed-unreadable = { $count ->
    [one] Saxlanmış { $shown } fayl diskdən oxunmur.
   *[other] Saxlanmış { $shown } fayl diskdən oxunmur.
}
removed = { $name } rəfdən götürüldü.
undo = Geri qoy
reading-lost = Oxuduqlarınız və ulduzladıqlarınız oxunmadı. Kənara qoyuldu; heç bir buraxılış itməyib.
shelf-failed = Rəfdən istifadə etmək olmadı: { $cause }
keep-waiting = { $name }: rəfi başqa proqram dəyişir. Gözlənilir…
keep-copying = { $name }: kopyalanır, { $done } / { $total }
keep-checking = { $name }: yenidən oxunur, { $done } / { $total }
keep-done = { $name } rəfdədir. Hər bayt yenidən oxundu.
keep-known = { $name } artıq rəfdə idi.
keep-cancelled = { $name } saxlanmadı. Yarımçıq heç nə qalmayıb.
keep-no-room = { $name } saxlanmadı: { $needed } lazımdır, { $free } boşdur. Rəfdən buraxılış götürün və ya diskdə yer açın.
keep-not-as-written = { $name } saxlanmadı: oxunan yazılan deyil. Bu diskə arxalanmaq olmaz.
keep-verdict = { $name } saxlanmadı: { $verdict }
keep-unreadable = { $name } saxlanmadı: fayl sonuna qədər oxunmur ({ $cause }). Gəldiyi yerdən yenidən kopyalayın.
keep-refused = { $name } saxlanmadı: { $cause }

## Search
search-hint = Bütün məqalələrdə axtar
search-count = { $count ->
    [one] { $shown } məqalə
   *[other] { $shown } məqalə
}
search-count-more = { $shown } məqalədən çox
scope-everywhere = Hər yerdə
scope-shelf = Rəf
scope-open = Bu fayl
publisher-all = Bütün naşirlər
language-all = Bütün dillər
time-any = İstənilən vaxt
time-days = { $count ->
    [1] Son gün
    [one] Son { $shown } gün
   *[other] Son { $shown } gün
}
search-begin = Nə axtarırsınız?
search-begin-more = İki hərf bəsdir. Dəqiq ifadəni «dırnaq içində» yazın.
searching = Axtarılır…
search-failed = Axtarış alınmadı: { $cause }
search-none = «{ $words }» üzrə heç nə tapılmadı
search-none-more = Bir söz az yazın və ya eyni şey üçün başqa söz yoxlayın.
search-none-narrow = Axtarış daraldılıb. Başqa yerdə daha çox ola bilər.
search-everywhere = Hər yerdə axtar
search-sections = Bölmələrdə
search-forgives = Vurğular, sait işarələri, yarımboşluqlar, böyük hərflər və başqa klaviaturanın hərfləri fərq etmir.
search-not-searched = Açıq fayl siz onu oxuyana qədər axtarılmır.
hit-places = { $count ->
    [one] { $shown } yer
   *[other] { $shown } yer
}
hits-more = Daha çox göstər

## Settings
show-settings = Ayarlar
show-settings-hint = Dil, rəng, məqalələrin səhifəsi və saxlanma yeri
set-theme = Rəng
theme-computer = Kompüterdəki kimi
theme-light = Açıq
theme-sepia = Sepiya
theme-dark = Tünd
theme-contrast = Yüksək kontrast
set-reading = Məqalələrin səhifəsi
set-size = Mətnin ölçüsü
set-lines = Sətirlərin arası
lines-tight = Dar
lines-normal = Adi
lines-loose = Geniş
set-measure = Sütunun eni
measure-narrow = Ensiz
measure-normal = Orta
measure-wide = Enli
set-justify = Sətirlərin sonu
justify-off = Sərbəst
justify-on = Düz
set-sample = Səhər dərənin üstündə hələ duman vardı. Kəhrizin ağzında bir neçə adam dayanıb qaranlıqdan çıxan nazik suya səssizcə baxırdı.
set-elsewhere = Başqa yerdə saxla…

## Palette, and putting away
show-palette = Bütün əmrlər
show-palette-hint = Əmri adına görə seç
palette-hint = Əmrin adı
put-away = Hər şeyi yığışdır
put-away-hint = Dərhal boş mətn səhifəsi; oxunandan yaddaşda heç nə qalmır. Elə həmin düymə rəfə qaytarır.

## Help: question, then answer
show-help = Kömək
show-help-hint = Nəticələr nə deməkdir, nəyə söz vermək olmaz, necə ehtiyatlı olmalı
help-begin = Nədən başlayım?
help-begin-text = Fləşkart taxın və ya fayl açın. Ondan nəsə göstərilməzdən əvvəl proqram onu kimin imzaladığını və nəyinsə dəyişib-dəyişmədiyini deyir.
    «Naməlum naşir» yazılıbsa, naşirin kodunun 24 rəqəmini yazın, əgər onu bu fləşkartdan yox, başqa yerdən almısınızsa.
help-verdict = Nəticələr nə deməkdir?
help-verdict-text = Nəticə faylı kimin imzaladığını və imzalandığı kimi qalıb-qalmadığını deyir. Hər sətrin doğru olduğunu demir.
help-code = Naşirin kodu nədir?
help-code-text = Bir naşirə məxsus olan və açarlar və ya redaktorlar dəyişəndə dəyişməyən 24 rəqəm. Onu fləşkartdan başqa yerdən alın: radiodan, kağızdan, tanıdığınız adamdan.
    Proqram müqayisə edir; rəqəmlərə tək-tək baxmaq lazım deyil.
help-stick = Buraxılışı necə ötürüm?
help-stick-text = Faylı istənilən fayl kimi başqa fləşkarta köçürün: adı və yeri vacib deyil. Kim alsa, eyni nəticəni görəcək.
    Fləşkartın işığı sönənə qədər gözləyin, sonra çıxarın. Saxta olanı ötürməyin.
help-trace = Bu kompüterdə nə qalır?
help-trace-text = «Yalnız yaddaşda» rejimində Varaq heç bir fayl yazmır. Fləşkartda yalnız öz qovluğuna yazır. Kompüterdə saxladığınızı, oxuduğunuzu və ulduzladığınızı saxlayır.
    Kompüterin özü fləşkartın taxıldığını və proqramın işə salındığını qeyd edə bilər. Varaq buna mane ola bilməz.
help-not = Varaq nəyə söz verə bilməz?
help-not-text = İz qalmayacağına, silinmiş faylın yox olduğuna və ya faylı heç kimin tanımayacağına. Kompüterdəki casus proqram sizin gördüyünüzü görür.
    İmza kimin dərc etdiyini deyir, bunun doğru olduğunu yox.
help-caught = Birdən kimsə gəlsə?
help-caught-text = F9 pəncərəni dərhal bağlayır və heç nə soruşmur. F8 hər şeyi yığışdırır və boş mətn səhifəsi göstərir.
    Diskdə və ya fləşkartda olan orada qalır. Bacarırsınızsa, fləşkartı çıxarın.
help-broken = Fayl açılmır
help-broken-text = «Zədəli» o deməkdir ki, yolda baytlar itib: yenidən köçürün və ya başqa fləşkartdan alın. Oxunan hissə yenə də əsldir.
    «Saxta» o deməkdir ki, kimsə onu dəyişib: ötürməyin.

## Sticks
drives-title = Fləşkartlar və disklər
drive-free = { $free } boşdur
drive-computer = Bu kompüter
drive-read-only = yalnız oxunur
drives-none = Fləşkart taxılmayıb. Taxdığınız burada özü görünəcək.
stick-in = { $name } fləşkartı taxılıb.
stick-look = İçindəkilərə bax
copy-command = Fləşkarta köçür
copy-command-hint = Açıq faylı fləşkarta köçür və oradan geri oxu
copy-choose = { $name } hansı fləşkarta köçürülsün?
copy-none = Yazıla bilən fləşkart taxılmayıb. Birini taxın.
copy-writing = { $name }: { $total } həcmdən { $done } yazılıb
copy-reading = { $name }: fləşkartdan { $total } həcmdən { $done } geri oxunub
copy-done = { $name } fləşkartdadır və geri oxunan yazılanın eynisidir. İşıq sönənə qədər gözləyin, sonra fləşkartı çıxarın.
copy-there = { $name } artıq bayt-bayt fləşkartdadır.
copy-cancelled = { $name } köçürülmədi. Yarımçıq heç nə qalmayıb.
copy-no-room = { $name } köçürülmədi: { $needed } lazımdır, fləşkartda { $free } boşdur.
copy-too-large = { $name } köçürülmədi: bu fləşkart 4 GB və daha böyük fayl götürmür. Onu `varaq split` ilə bölün.
copy-not-as-written = { $name } köçürülmədi: fləşkart yazılanı yox, başqasını qaytarır. Ola bilsin, dediyindən az yeri var və ya köhnəlib.
copy-other = { $name } köçürülmədi: fləşkartda bu adda başqa fayl var.
copy-failed = { $name } köçürülmədi: { $cause }

## Front page, article
copy-article = Bütün məqaləni köçür
copy-article-hint = Məqalənin mətnini mənbəyi ilə köçür
copied-article = Məqalə mətn kimi köçürüldü.
previous-article = Əvvəlki: { $title }
set-zoom = Pəncərədəki hər şeyin ölçüsü
percent = { $number } %
mark-all-read = Hamısı oxundu
mark-all-read-hint = Ön səhifənin və ya göstərilən bölmənin bütün məqalələrini oxunmuş say
front-list = Siyahı və ya qəzet
front-list-hint = Ön səhifəni siyahı və ya qəzet kimi göstər
show-contents = Mündəricat
show-contents-hint = Bu məqalənin başlıqları
related-title = { $section } bölməsindən daha
list-latest = Günlərə görə
save-article = Məqaləni mətn kimi saxla
save-article-hint = Bu məqaləni mənbəyi ilə sadə mətn faylı kimi fləşkarta yaz
