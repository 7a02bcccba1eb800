//! How long a large user export takes to read, and how much memory, against the floor of unpacking it and walking its
//! XML once. Prints figures as text for an issue; decides nothing.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a measurement ends where it fails, and prints"
)]

use intake::snapshot::Snapshot;
use intake::users;
use quick_xml::events::Event;
use std::fmt::Write as _;
use std::fs;
use std::io::{Cursor, Read as _, Write as _};
use std::path::Path;
use std::time::{Duration, Instant};
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

const USERS: u32 = 20_000;
/// Each figure is the best of so many.
const TRIES: u32 = 5;

fn main() {
    let bytes = workbook(USERS);
    let inflated: usize = parts(&bytes).iter().map(Vec::len).sum();
    let read = || users::read(Snapshot::of(Path::new("export.xlsx"), bytes.clone())).unwrap();
    // First, while little memory has been used and kept.
    let memory = peak(|| drop(read()));
    let count = read().users.len();
    assert_eq!(count, usize::try_from(USERS).unwrap(), "everybody is read");
    let unpack = best(|| parts(&bytes).len());
    let floor = best(|| events(&bytes));
    let took = best(|| read().users.len());
    let build = if cfg!(debug_assertions) {
        "debug"
    } else {
        "release"
    };
    println!("Reading a Greenhouse user export of {USERS} users ({build} build)\n");
    println!("| what | time | of the floor |\n|---|---|---|");
    for (what, time) in [
        ("unpack every part", unpack),
        ("floor: and walk its XML once", floor),
        ("read it: guard, parse, header, rows", took),
    ] {
        println!(
            "| {what} | {:.1} ms | {:.2} |",
            millis(time),
            millis(time) / millis(floor)
        );
    }
    println!(
        "\nThe workbook has {} KB, unpacked {} KB.",
        bytes.len() / 1000,
        inflated / 1000
    );
    match memory {
        Some((before, highest)) => println!(
            "Memory: {before} KB before; at most {highest} KB while reading, {:.1} times the unpacked bytes more.",
            f64::from(highest.saturating_sub(before)) * 1024.0
                / f64::from(u32::try_from(inflated).unwrap())
        ),
        None => println!("Memory: this system does not tell."),
    }
}

fn best<T>(mut work: impl FnMut() -> T) -> Duration {
    let timed = (0..TRIES).map(|_| {
        let begin = Instant::now();
        std::hint::black_box(work());
        begin.elapsed()
    });
    timed.min().unwrap_or_default()
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// Inflates every part of a workbook.
fn parts(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let count = archive.len();
    let inflate = |index| {
        let mut part = Vec::new();
        archive
            .by_index(index)
            .unwrap()
            .read_to_end(&mut part)
            .unwrap();
        part
    };
    (0..count).map(inflate).collect()
}

/// Walks the XML of every part, and returns how many events there are.
fn events(bytes: &[u8]) -> u64 {
    let mut count = 0;
    for part in parts(bytes) {
        let mut reader = quick_xml::Reader::from_reader(part.as_slice());
        while !matches!(reader.read_event().unwrap(), Event::Eof) {
            count += 1;
        }
    }
    count
}

/// Returns the resident memory before some work and the most during it, in KiB, where the system tells.
fn peak(work: impl FnOnce()) -> Option<(u32, u32)> {
    // "5" forgets the highest mark so far.
    fs::write("/proc/self/clear_refs", "5").ok()?;
    let before = status("VmRSS:")?;
    work();
    Some((before, status("VmHWM:")?))
}

fn status(name: &str) -> Option<u32> {
    let text = fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_whitespace().next()?.parse().ok()
}

/// Writes a workbook as Excel does: texts shared, ids as numbers. Everybody in it is made up.
fn workbook(users: u32) -> Vec<u8> {
    let mut shared = Shared::default();
    let mut rows = String::new();
    let header = [
        "User ID",
        "First Name",
        "Last Name",
        "Email",
        "Status",
        "Site Admin",
        "Role",
        "Office",
    ];
    row(&mut rows, 1, None, &header.map(|it| shared.index(it)));
    for number in 0..users {
        let last = format!("Surname {}", number % 5000);
        let email = format!("user{number}@example.com");
        let status = if number % 9 == 0 {
            "Deactivated"
        } else {
            "Active"
        };
        let admin = if number % 50 == 0 { "Yes" } else { "No" };
        let texts = [
            "Given",
            &last,
            &email,
            status,
            admin,
            "Job Admin",
            "Utrecht",
        ];
        let texts = texts.map(|it| shared.index(it));
        row(&mut rows, number + 2, Some(4_000_000 + number), &texts);
    }
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006";
    let kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    zipped(&[
        (
            "[Content_Types].xml",
            format!(
                r#"<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="{kinds}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kinds}.worksheet+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="{kinds}.sharedStrings+xml"/></Types>"#
            ),
        ),
        (
            "_rels/.rels",
            format!(
                r#"<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                r#"<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="Users" sheetId="1" r:id="rId1"/></sheets></workbook>"#
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                r#"<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{office}/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!(r#"<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>"#),
        ),
        ("xl/sharedStrings.xml", shared.part(main)),
    ])
}

/// Writes a row: an id as a number, where there is one, and texts by their index.
fn row(xml: &mut String, number: u32, id: Option<u32>, texts: &[usize]) {
    write!(xml, r#"<row r="{number}">"#).unwrap();
    let mut letters = 'A'..='Z';
    if let Some(id) = id {
        let letter = letters.next().unwrap();
        write!(xml, r#"<c r="{letter}{number}"><v>{id}</v></c>"#).unwrap();
    }
    for (letter, text) in letters.zip(texts) {
        write!(xml, r#"<c r="{letter}{number}" t="s"><v>{text}</v></c>"#).unwrap();
    }
    xml.push_str("</row>");
}

/// The texts of a workbook, each once.
#[derive(Default)]
struct Shared {
    known: std::collections::BTreeMap<String, usize>,
    items: String,
}

impl Shared {
    fn index(&mut self, text: &str) -> usize {
        if let Some(index) = self.known.get(text) {
            return *index;
        }
        let index = self.known.len();
        self.known.insert(text.to_owned(), index);
        write!(self.items, "<si><t>{text}</t></si>").unwrap();
        index
    }

    fn part(&self, main: &str) -> String {
        let count = self.known.len();
        format!(
            r#"<sst xmlns="{main}" count="{count}" uniqueCount="{count}">{}</sst>"#,
            self.items
        )
    }
}

fn zipped(parts: &[(&str, String)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(part.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
