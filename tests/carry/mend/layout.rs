//! FORMAT.md sections 13.1 to 13.3 read by hand: another implementation of the code, and every byte of repair
//! data and of parts accounted for.

use varaq_carry::mend::SplitOptions;

use crate::{issue, parity_of, parts_of};

fn number(bytes: &[u8], at: usize, len: usize) -> usize {
    bytes[at..at + len]
        .iter()
        .fold(0, |sum, byte| sum << 8 | usize::from(*byte))
}

/// GF(2¹⁶) as section 13.3 has it.
struct Field {
    log: Vec<usize>,
    exp: Vec<u16>,
    cantor: Vec<u16>,
    back: Vec<u16>,
}

const BASIS: [u16; 16] = [
    0x0001, 0xacca, 0x3c0e, 0x163e, 0xc582, 0xed2e, 0x914c, 0x4012, 0x6c98, 0x10d8, 0x6a72, 0xb900,
    0xfdb8, 0xfb34, 0xff38, 0x991e,
];

impl Field {
    fn new() -> Field {
        let (mut log, mut exp) = (vec![0; 65_536], vec![0; 65_535]);
        let mut power = 1_u32;
        for (at, place) in exp.iter_mut().enumerate() {
            *place = power as u16;
            log[power as usize] = at;
            power <<= 1;
            if power & 0x10000 != 0 {
                power ^= 0x1002d;
            }
        }
        let of = |x: usize| {
            (0..16)
                .filter(|bit| x >> bit & 1 == 1)
                .fold(0, |sum, bit| sum ^ BASIS[bit])
        };
        let cantor: Vec<u16> = (0..65_536).map(of).collect();
        let mut back = vec![0; 65_536];
        for (at, x) in cantor.iter().enumerate() {
            back[usize::from(*x)] = at as u16;
        }
        Field {
            log,
            exp,
            cantor,
            back,
        }
    }

    fn times(&self, a: u16, b: u16) -> u16 {
        if a == 0 || b == 0 {
            return 0;
        }
        self.exp[(self.log[usize::from(a)] + self.log[usize::from(b)]) % 65_535]
    }

    fn over(&self, a: u16, b: u16) -> u16 {
        if a == 0 {
            0
        } else {
            self.exp[(self.log[usize::from(a)] + 65_535 - self.log[usize::from(b)]) % 65_535]
        }
    }

    /// Element `data[i]` belongs to point m + i; the spare elements are the sum of the polynomials
    /// through m points each, at the points 0, 1, ….
    fn spare(&self, data: &[u16], count: usize) -> Vec<u16> {
        let m = count.next_power_of_two();
        let point = |at: usize| self.cantor[at];
        let mut spare = vec![0; count];
        for (chunk, values) in data.chunks(m).enumerate() {
            let first = m * (chunk + 1);
            for (target, sum) in spare.iter_mut().enumerate() {
                for (at, value) in values.iter().enumerate() {
                    let mut weight = 1;
                    for other in (0..m).filter(|other| *other != at) {
                        let (x, xi, xj) = (point(target), point(first + at), point(first + other));
                        weight = self.times(weight, self.over(x ^ xj, xi ^ xj));
                    }
                    *sum ^= self.times(self.cantor[usize::from(*value)], weight);
                }
            }
        }
        spare
            .into_iter()
            .map(|x| self.back[usize::from(x)])
            .collect()
    }
}

/// Element `at` of a shard: in each 64 bytes, 32 low bytes and then 32 high ones.
fn element(shard: &[u8], at: usize) -> u16 {
    let place = at / 32 * 64 + at % 32;
    u16::from_le_bytes([shard[place], shard[place + 32]])
}

fn hold(data: &[Vec<u8>], spare: &[Vec<u8>]) {
    let field = Field::new();
    let elements = data[0].len() / 2;
    for at in [0, 1, 31, 32, 100, elements - 1] {
        let values: Vec<u16> = data.iter().map(|shard| element(shard, at)).collect();
        let found: Vec<u16> = spare.iter().map(|shard| element(shard, at)).collect();
        assert_eq!(field.spare(&values, spare.len()), found, "element {at}");
    }
}

#[test]
fn repair_data_is_what_the_format_says() {
    let bundle = issue(1, 40);
    for percent in [3, 10, 100] {
        let file = parity_of(&bundle, percent);
        assert_eq!(&file[..10], b"\x89VRT\r\n\x1a\n\0\x01");
        assert_eq!(number(&file, 10, 2), usize::from(percent));
        let (block, len) = (number(&file, 12, 4), number(&file, 16, 8));
        let (stripes, data, spare) = (
            number(&file, 24, 4),
            number(&file, 28, 4),
            number(&file, 32, 4),
        );
        let (head_len, table_len) = (number(&file, 36, 4), number(&file, 40, 8));
        assert_eq!((len, block, stripes), (bundle.len(), 512, 1));
        assert_eq!(data, len.div_ceil(512));
        assert_eq!(spare, (data * usize::from(percent)).div_ceil(100) + 1);
        let body_at = number(&bundle, 12, 8);
        let mut front = bundle[..head_len].to_vec();
        front.extend_from_slice(&bundle[body_at..body_at + table_len]);
        assert_eq!(file[192..192 + front.len()], front);
        assert_eq!(
            file[112..144],
            *blake3::hash(&bundle[..head_len]).as_bytes()
        );
        let check = blake3::derive_key("varaq 2026 repair-data v1", &file[..160]);
        assert_eq!(file[160..192], check);
        // Hashes: one page here.
        let at = 192 + front.len();
        let count = data + spare;
        let hashes = &file[at..at + 16 * (count + 1)];
        let mut page = blake3::Hasher::new_derive_key("varaq 2026 repair-page v1");
        page.update(&check)
            .update(&0_u64.to_be_bytes())
            .update(&hashes[16..]);
        assert_eq!(hashes[..16], page.finalize().as_bytes()[..16]);
        let mut padded = bundle.clone();
        padded.resize(data * block, 0);
        let shards: Vec<Vec<u8>> = padded.chunks(block).map(<[u8]>::to_vec).collect();
        let blocks_at = at + hashes.len();
        let blocks = &file[blocks_at..blocks_at + spare * block];
        let spares: Vec<Vec<u8>> = blocks.chunks(block).map(<[u8]>::to_vec).collect();
        for (shard, hash) in shards.iter().chain(&spares).zip(hashes[16..].chunks(16)) {
            assert_eq!(blake3::hash(shard).as_bytes()[..16], *hash);
        }
        let of_file = blake3::derive_key("varaq 2026 repair-file v1", &hashes[16..16 + 16 * data]);
        assert_eq!(file[80..112], of_file);
        // The first three once more, the other way round.
        let end = blocks_at + blocks.len();
        assert_eq!(file[end..end + hashes.len()], *hashes);
        assert_eq!(
            file[end + hashes.len()..end + hashes.len() + front.len()],
            front
        );
        let last = end + hashes.len() + front.len();
        assert_eq!((file.len() - last, number(&file, last + 144, 4)), (192, 1));
        assert_eq!(file[last..last + 144], file[..144]);
        if percent < 100 {
            hold(&shards, &spares);
        }
    }
}

#[test]
fn parts_are_what_the_format_says() {
    let bundle = issue(1, 10);
    let options = SplitOptions {
        parts: Some(7),
        need: Some(4),
        size: None,
    };
    let (_, parts) = parts_of(&bundle, options);
    let shard = bundle.len().div_ceil(4).next_multiple_of(64);
    let blocks = shard.div_ceil(4_096);
    let mut shards = Vec::new();
    for (part, at) in parts.iter().zip(0..) {
        assert_eq!(&part[..10], b"\x89VRP\r\n\x1a\n\0\x01");
        let numbers =
            [(10, at), (12, 7), (14, 4)].map(|(field, wanted)| (number(part, field, 2), wanted));
        assert!(numbers.iter().all(|(found, wanted)| found == wanted));
        let head_len = number(part, 32, 8);
        assert_eq!(
            (number(part, 16, 8), number(part, 24, 8)),
            (bundle.len(), shard)
        );
        assert_eq!(number(part, 40, 8), 4_096);
        let mut check = blake3::Hasher::new_derive_key("varaq 2026 part-header v1");
        check.update(&part[..160]).update(&part[192..192 + 7 * 32]);
        assert_eq!(part[160..192], *check.finalize().as_bytes());
        let hashes = &part[192 + 7 * 32..192 + 7 * 32 + 16 * blocks];
        let root = blake3::derive_key("varaq 2026 part v1", hashes);
        assert_eq!(part[192 + 32 * at..224 + 32 * at], root);
        let head_at = 192 + 7 * 32 + hashes.len();
        assert_eq!(part[head_at..head_at + head_len], bundle[..head_len]);
        let bytes = part[head_at + head_len..].to_vec();
        assert_eq!(bytes.len(), shard);
        for (block, hash) in bytes.chunks(4_096).zip(hashes.chunks(16)) {
            assert_eq!(blake3::hash(block).as_bytes()[..16], *hash);
        }
        shards.push(bytes);
    }
    let mut plain = shards[..4].concat();
    plain.truncate(bundle.len());
    assert!(plain == bundle);
    hold(&shards[..4], &shards[4..]);
}
