//! Names of parts, and references to them, brought into the form in which the parser compares them.
//!
//! Some programs call a part `\xl\workbook.xml`, or refer to one as `../xl/worksheets/sheet1.xml`. Where a workbook is
//! written so, the parts tables are made of are copied, packed as they are, into another one under plain names. Nothing is
//! believed of the copy: it is checked as every workbook is.

use super::aside::Entry;
use super::section::SECTIONS;
use super::{archive_problem, tags};
use crate::problem::{FileProblem, Hazard};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read as _, Write as _};
use std::ops::Range;
use zip::{CompressionMethod, ZipArchive, ZipWriter, write::SimpleFileOptions};

/// The most bytes of a part that lists references; beyond, its references are left as they are.
const MOST_REFERENCES: u64 = 1024 * 1024;

/// Writes the name of a part from the root, with slashes, and without what only leads around. One that leads out of the
/// root stays as it is.
pub(super) fn plain(name: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in name.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." if parts.pop().is_none() => return name.to_owned(),
            ".." => {}
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

/// Refuses two parts of one name: which of them is meant depends on who reads it.
pub(super) fn unique(bytes: &[u8], entries: &[Entry]) -> Result<(), FileProblem> {
    let archive = ZipArchive::new(Cursor::new(bytes)).map_err(archive_problem)?;
    let mut names = BTreeSet::new();
    let mut of_tables = entries.iter().filter(|it| it.is_of_tables());
    if !archive.has_duplicate_names() && of_tables.all(|it| names.insert(it.usual())) {
        Ok(())
    } else {
        Err(FileProblem::Unsafe(Hazard::NamedTwice))
    }
}

/// Copies what tables are made of under plain names; nothing where all names and references are plain.
pub(super) fn copied(bytes: &[u8], entries: &[Entry]) -> Result<Option<Vec<u8>>, FileProblem> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(archive_problem)?;
    let mut references = BTreeMap::new();
    for (index, entry) in entries.iter().enumerate() {
        if entry.is_of_tables()
            && let Some(part) = plain_references(&mut archive, index, &entry.plain())?
        {
            references.insert(index, part);
        }
    }
    let mut of_tables = entries.iter().filter(|it| it.is_of_tables());
    if references.is_empty() && of_tables.all(Entry::is_plain) {
        return Ok(None);
    }
    copy(&mut archive, bytes.len() as u64, entries, &references).map(Some)
}

fn copy(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    length: u64,
    entries: &[Entry],
    references: &BTreeMap<usize, Vec<u8>>,
) -> Result<Vec<u8>, FileProblem> {
    let of_tables = || entries.iter().enumerate().filter(|it| it.1.is_of_tables());
    // Parts that lie over each other would make the copy larger than the file.
    let packed = of_tables().fold(0u64, |sum, (_, entry)| sum.saturating_add(entry.packed()));
    if packed > length {
        return Err(FileProblem::Damaged);
    }
    let room = usize::try_from(packed).unwrap_or(0);
    let mut copy = ZipWriter::new(Cursor::new(Vec::with_capacity(room)));
    for (index, entry) in of_tables() {
        let copied = match references.get(&index) {
            Some(part) => {
                let stored = SimpleFileOptions::default();
                let stored = stored.compression_method(CompressionMethod::Stored);
                copy.start_file(entry.plain(), stored)
                    .and_then(|()| Ok(copy.write_all(part)?))
            }
            None => archive
                .by_index_raw(index)
                .and_then(|part| copy.raw_copy_file_rename(part, entry.plain())),
        };
        copied.map_err(archive_problem)?;
    }
    Ok(copy.finish().map_err(archive_problem)?.into_inner())
}

/// Returns a part that lists references with plain ones; nothing where it lists none, or all are plain.
fn plain_references(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    index: usize,
    name: &str,
) -> Result<Option<Vec<u8>>, FileProblem> {
    let Some(folder) = folder_of_references(name) else {
        return Ok(None);
    };
    let part = archive.by_index(index).map_err(archive_problem)?;
    let mut references = Vec::new();
    part.take(MOST_REFERENCES + 1)
        .read_to_end(&mut references)
        .map_err(|_| FileProblem::Damaged)?;
    if references.len() as u64 > MOST_REFERENCES {
        return Ok(None);
    }
    Ok(rewritten(&references, folder))
}

/// Returns the folder that the references in `xl/_rels/workbook.xml.rels` begin at, which is `xl/`.
fn folder_of_references(name: &str) -> Option<&str> {
    let (folder, file) = name.rsplit_once('/')?;
    let is_list = file.to_ascii_lowercase().ends_with(".rels");
    let at = folder.len().checked_sub("_rels".len())?;
    let (folder, last) = folder.split_at_checked(at)?;
    (is_list && last.eq_ignore_ascii_case("_rels")).then_some(folder)
}

fn rewritten(references: &[u8], folder: &str) -> Option<Vec<u8>> {
    let mut plain = Vec::with_capacity(references.len());
    let (mut at, mut seen) = (0, 0);
    while let Some(tag) = next_tag(references, at) {
        at = tag.end;
        let change = references
            .get(tag.clone())
            .and_then(|inside| plain_target(inside, folder));
        let Some((place, target)) = change else {
            continue;
        };
        plain.extend_from_slice(references.get(seen..tag.start + place.start)?);
        plain.extend_from_slice(target.as_bytes());
        seen = tag.start + place.end;
    }
    if seen == 0 {
        return None;
    }
    plain.extend_from_slice(references.get(seen..)?);
    Some(plain)
}

/// Returns where the next tag is, without its brackets, that begins at or behind this byte.
fn next_tag(xml: &[u8], mut at: usize) -> Option<Range<usize>> {
    loop {
        at += memchr::memchr(b'<', xml.get(at..)?)? + 1;
        let rest = xml.get(at..)?;
        let Some(section) = SECTIONS.iter().find(|it| rest.starts_with(it.begin)) else {
            break;
        };
        at += section.begin.len();
        at += memchr::memmem::find(xml.get(at..)?, section.end)? + section.end.len();
    }
    let end = tags::tag_end(xml.get(at..)?, &mut None)?;
    Some(at..at + end)
}

/// Returns the plain form of a reference, from the root, and where in its tag it stands; nothing where the parser reads
/// it right as it is, or it refers to no part.
fn plain_target(tag: &[u8], folder: &str) -> Option<(Range<usize>, String)> {
    if tags::local_name(tag) != b"Relationship" {
        return None;
    }
    let mode = tags::attribute(tag, b"TargetMode").unwrap_or_default();
    let value = tags::attribute(tag, b"Target")?;
    let target = std::str::from_utf8(value).ok()?;
    if mode.eq_ignore_ascii_case(b"External") || target.is_empty() {
        return None;
    }
    let from_root = target.starts_with(['/', '\\']);
    let whole = if from_root {
        target.get(1..)?.to_owned()
    } else {
        format!("{folder}{target}")
    };
    let plain = plain(&whole);
    // A scheme, a place in a part, and whatever would have to be written otherwise in an attribute.
    let is_other = plain.contains([':', '#', '?', '&', '<', '>', '"', '\'']);
    if is_other || plain.eq_ignore_ascii_case(&whole) && !target.starts_with('\\') {
        return None;
    }
    let start = value.as_ptr().addr() - tag.as_ptr().addr();
    Some((start..start + value.len(), format!("/{plain}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_written_from_the_root() {
        for (name, expected) in [
            ("xl/workbook.xml", "xl/workbook.xml"),
            ("/xl/Workbook.xml", "xl/Workbook.xml"),
            ("\\xl\\workbook.xml", "xl/workbook.xml"),
            ("./xl//./workbook.xml", "xl/workbook.xml"),
            ("xl/../xl/workbook.xml", "xl/workbook.xml"),
            ("../xl/workbook.xml", "../xl/workbook.xml"),
            ("xl/../../tmp/a.xml", "xl/../../tmp/a.xml"),
        ] {
            assert_eq!(plain(name), expected, "{name}");
        }
    }

    #[test]
    fn references_are_rewritten_and_nothing_else_is() {
        let check = |target: &str, expected: Option<&str>| {
            let of = |target: &str| {
                format!(
                    "<?a Target='<'?><!-- <Relationship Target='./b'/> --><Relationships>\
                     <Relationship Id='1' Target=\"styles.xml\"/><Relationship Id='2' Target='{target}'/>\
                     <Relationship Id='3' Target='./c' TargetMode='External'/></Relationships>"
                )
            };
            let found = rewritten(of(target).as_bytes(), "xl/");
            let found = found.map(|it| String::from_utf8(it).unwrap());
            assert_eq!(found, expected.map(of), "{target}");
        };
        let sheet = Some("/xl/worksheets/sheet1.xml");
        check("./worksheets/sheet1.xml", sheet);
        check("../xl/worksheets/sheet1.xml", sheet);
        check("worksheets\\sheet1.xml", sheet);
        check("\\xl\\worksheets\\sheet1.xml", sheet);
        check("//xl/worksheets/sheet1.xml", sheet);
        for fine in [
            "worksheets/sheet1.xml",
            "/xl/worksheets/sheet1.xml",
            "WorkSheets/Sheet1.xml",
            "../../worksheets/sheet1.xml",
            "./mailto:a@example.com",
            "./a&amp;b.xml",
            "",
        ] {
            check(fine, None);
        }
    }

    #[test]
    fn references_begin_at_the_folder_of_who_refers() {
        for (name, folder) in [
            ("_rels/.rels", Some("")),
            ("xl/_rels/workbook.xml.rels", Some("xl/")),
            ("XL/_RELS/WORKBOOK.XML.RELS", Some("XL/")),
            ("xl/workbook.xml", None),
            ("a_rels/b.xml", None),
            (".rels", None),
        ] {
            assert_eq!(folder_of_references(name), folder, "{name}");
        }
    }
}
