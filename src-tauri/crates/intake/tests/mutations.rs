//! Files changed at random: whatever they have become, there is an answer. A few thousand each time; as many as wanted by
//!
//!     INTAKE_MUTATIONS=1000000 cargo test --release --package intake --test mutations
//!
//! They begin from a kept corpus, which is every fixture. What is found is reproduced by its number alone
//! (`INTAKE_MUTATION=…`).
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test may fail where it stands"
)]

#[path = "../testing/book.rs"]
mod book;

use intake::snapshot::Snapshot;
use intake::{candidates, recognise, team, users};
use std::fs;
use std::io::{Cursor, Read as _, Write as _};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use zip::{CompressionMethod, ZipArchive, ZipWriter, write::SimpleFileOptions};

/// So many are tried unless said otherwise.
const USUAL: u64 = 2_000;
/// Larger files tell nothing that small ones do not, and take longer.
const LARGEST: u64 = 16 * 1024;

/// Random numbers that are the same for the same seed.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end.max(1)).unwrap()).unwrap()
    }
}

/// What a mutation may put in: what readers look for, and what they may stumble over.
const WORDS: &[&[u8]] = &[
    b"\"",
    b"'",
    b"\"\"",
    b",",
    b";",
    b"\t",
    b"\r\n",
    b"\n",
    b"\0",
    b"\xEF\xBB\xBF",
    b"\xFF\xFE",
    b"\xC3",
    b"sep=;\n",
    b"User ID",
    b"=\"7\"",
    b"4.00012E+12",
    b"9007199254740993",
    b"-1",
    b"{\"",
    b"}",
    b"[",
    b"]",
    b":",
    b"\\u0000",
    b"\\uD800",
    b"<",
    b">",
    b"</",
    b"/>",
    b"<!",
    b"<!--",
    b"-->",
    b"<![CDATA[",
    b"]]>",
    b"<?",
    b"?>",
    b"&",
    b"&amp;",
    b"&#0;",
    b"&#x10FFFF;",
    b"<row r=\"1048576\">",
    b"<row r=\"0\">",
    b"<row>",
    b"</row>",
    b"<c r=\"A1\" t=\"s\">",
    b"<c t=\"inlineStr\">",
    b"<c r=\"XFD1\">",
    b"<c r=\"\">",
    b"</c>",
    b"<v>",
    b"</v>",
    b"<is>",
    b"</is>",
    b"<t>",
    b"</t>",
    b"<r>",
    b"<rPh>",
    b"<si>",
    b"</si>",
    b"<f t=\"shared\" si=\"0\" ref=\"A1:A9\">",
    b"</f>",
    b"<dimension ref=\"A1:XFD1048576\"/>",
    b"uniqueCount=\"7\"",
    b"t=\"d\"",
    b"t=\"b\"",
    b"t=\"e\"",
    b"s=\"4294967295\"",
    b"date1904=\"1\"",
    b"_x000D_",
    b"_xD800_",
    b"r:id=\"rId1\"",
    b"Target=\"../../x.xml\"",
    b"state=\"veryHidden\"",
];

/// One file of the corpus: its bytes, or its parts where it is a workbook.
enum Seed {
    Flat(Vec<u8>),
    Parts(Vec<(String, Vec<u8>)>),
}

fn corpus() -> Vec<Seed> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures");
    let mut seeds = Vec::new();
    for folder in ["spreadsheets", "exports", "team", "candidates"] {
        let mut paths: Vec<_> = fs::read_dir(fixtures.join(folder))
            .unwrap()
            .map(|it| it.unwrap().path())
            .collect();
        paths.sort();
        let small = |path: &Path| path.is_file() && path.metadata().unwrap().len() <= LARGEST;
        for path in paths.iter().filter(|path| small(path)) {
            let bytes = fs::read(path).unwrap();
            seeds.extend(parts(&bytes).map(Seed::Parts));
            seeds.push(Seed::Flat(bytes));
        }
    }
    let rows = book::people();
    seeds.push(Seed::Parts(book::Book::of(&rows, None).parts));
    seeds
}

/// Unpacks a workbook that is whole and small.
fn parts(bytes: &[u8]) -> Option<Vec<(String, Vec<u8>)>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).ok()?;
        let name = part.name().ok()?.into_owned();
        let mut inside = Vec::new();
        (&mut part)
            .take(4 * LARGEST)
            .read_to_end(&mut inside)
            .ok()?;
        parts.push((name, inside));
    }
    Some(parts)
}

/// Changes some bytes: flips, cuts, doubles, or puts a word in.
fn mutate(bytes: &mut Vec<u8>, dice: &mut Dice) {
    for _ in 0..=dice.below(4) {
        let at = dice.below(bytes.len() + 1);
        let end = (at + 1 + dice.below(40)).min(bytes.len());
        match dice.below(6) {
            0 if at < bytes.len() => bytes[at] ^= 1 << dice.below(8),
            1 if at < end => drop(bytes.drain(at..end)),
            2 if at < end => {
                let again = bytes[at..end].to_vec();
                bytes.splice(at..at, again);
            }
            3 if at < bytes.len() => bytes[at] = u8::try_from(dice.below(256)).unwrap(),
            4 if dice.below(20) == 0 => bytes.truncate(at),
            _ => {
                let word = WORDS[dice.below(WORDS.len())];
                bytes.splice(at..at, word.iter().copied());
            }
        }
    }
}

/// Packs parts without squeezing them, which takes longer than reading does.
fn packed(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, part) in parts {
        if zip.start_file(name.as_str(), options).is_ok() {
            zip.write_all(part).unwrap();
        }
    }
    zip.finish().unwrap().into_inner()
}

/// Makes the mutation of this number.
fn mutation(seeds: &[Seed], number: u64) -> Vec<u8> {
    let mut dice = Dice(number.wrapping_mul(0xA076_1D64_78BD_642F));
    match &seeds[dice.below(seeds.len())] {
        Seed::Flat(bytes) => {
            let mut bytes = bytes.clone();
            mutate(&mut bytes, &mut dice);
            bytes
        }
        Seed::Parts(parts) => {
            let mut parts = parts.clone();
            for _ in 0..=dice.below(2) {
                let index = dice.below(parts.len());
                mutate(&mut parts[index].1, &mut dice);
            }
            packed(&parts)
        }
    }
}

/// Reads bytes as everything they could be; whatever the answer is, it must have its sentences.
fn read_all(bytes: &[u8]) {
    let snapshot = || Snapshot::of(Path::new("any"), bytes.to_vec());
    let told = [
        users::read_each(snapshot(), &mut |_| ControlFlow::Continue(())).err(),
        candidates::read_each(snapshot(), &mut |_| ControlFlow::Continue(())).err(),
        team::read(snapshot()).err(),
        recognise::look(snapshot()).err(),
    ];
    for problem in told.into_iter().flatten() {
        let words = problem.explain();
        assert!(
            !words.what.is_empty() && !words.now.is_empty(),
            "{problem:?}"
        );
    }
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

#[test]
fn changed_files_have_an_answer() {
    let seeds = corpus();
    let (from, count) = match number("INTAKE_MUTATION") {
        Some(one) => (one, 1),
        None => (
            number("INTAKE_MUTATIONS_FROM").unwrap_or(0),
            number("INTAKE_MUTATIONS").unwrap_or(USUAL),
        ),
    };
    let begin = std::time::Instant::now();
    for it in from..from + count {
        let bytes = mutation(&seeds, it);
        let read = catch_unwind(AssertUnwindSafe(|| read_all(&bytes)));
        assert!(
            read.is_ok(),
            "mutation {it}, of {} bytes, has no answer",
            bytes.len()
        );
    }
    println!(
        "{count} mutations of {} files in {:.0?}",
        seeds.len(),
        begin.elapsed()
    );
}
