//! How fast text is folded, and how fast a question is put to an article.

#![allow(missing_docs)] // criterion's macros write functions without any

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use varaq_article::fold::{Query, words};

const TEXTS: [(&str, &str); 5] = [
    (
        "Persian",
        "روزنامه‌نگاران در شهرهای کوچک هر هفته دفترچه‌ای کوچک چاپ می‌کنند و آن را دست به دست می‌رسانند، زیرا شبکه همیشه در دسترس نیست و خبر باید برسد. ",
    ),
    (
        "English",
        "Journalists in small towns print a small booklet every week and pass it from hand to hand, for the network isn't always within reach and the news has to arrive. ",
    ),
    (
        "Arabic",
        "يطبع الصحفيون في المدن الصغيرة كتيبًا صغيرًا كل أسبوع ويتناقلونه من يد إلى يد، لأن الشبكة ليست متاحة دائمًا ويجب أن يصل الخبر. ",
    ),
    (
        "Russian",
        "Журналисты в небольших городах каждую неделю печатают маленькую книжку и передают её из рук в руки: сеть доступна не всегда, а новость должна дойти. ",
    ),
    (
        "Azeri",
        "Kiçik şəhərlərdə jurnalistlər hər həftə kiçik bir kitabça çap edir və onu əldən-ələ ötürürlər, çünki şəbəkə həmişə əlçatan deyil, xəbər isə çatmalıdır. ",
    ),
];

fn folding(c: &mut Criterion) {
    for (name, text) in TEXTS {
        let text = text.repeat(400);
        let mut group = c.benchmark_group("fold");
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(name, |b| {
            b.iter(|| {
                let mut bytes = 0;
                words(&text, |_, word| bytes += word.len());
                black_box(bytes)
            });
        });
        group.finish();
    }
}

fn asking(c: &mut Criterion) {
    c.bench_function("parse a question of three words", |b| {
        b.iter(|| Query::parse(black_box("روزنامه‌نگاران شهر میرسان"), true));
    });
    let article = TEXTS[0].1.repeat(40); // 1,000 words
    let query = Query::parse("روزنامه‌نگاران شهر میرسان", true);
    c.bench_function("hits in an article of 1,000 words", |b| {
        b.iter(|| black_box(query.hits(&article)));
    });
}

criterion_group!(benches, folding, asking);
criterion_main!(benches);
