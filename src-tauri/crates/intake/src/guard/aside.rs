//! Parts that no table is made of: which they are, and how they are closed to the parser.
//!
//! A workbook may refer to any of its parts as if it were a sheet. A part is closed by marking it, in the directory of
//! the archive, as packed in a way nobody knows: names stay as they are, so nothing else changes its meaning.

use super::{Caps, archive_problem, plain::plain};
use crate::problem::{FileProblem, Hazard};
use std::io::{Cursor, Read};
use zip::{CompressionMethod, ZipArchive, read::ZipFile};

/// The longest name of a part in bytes; the archive, the parser and this module each keep it.
const LONGEST_NAME: usize = 1_024;
/// Where in its entry in the directory it stands how a part is packed.
const METHOD: std::ops::Range<usize> = 10..12;
const METHODS: [CompressionMethod; 2] = [CompressionMethod::Stored, CompressionMethod::Deflated];
const SIGNATURE: &[u8] = b"PK\x01\x02";

/// How the names of parts begin that no table is made of, in small letters.
const FOREIGN: &[&str] = &[
    "[trash]/",
    "_xmlsignatures/",
    "customui/",
    "customxml/",
    "docmetadata/",
    "docprops/",
    "xl/activex/",
    "xl/calcchain.xml",
    "xl/charts/",
    "xl/comments",
    "xl/connections.xml",
    "xl/ctrlprops/",
    "xl/customproperty/",
    "xl/diagrams/",
    "xl/drawings/",
    "xl/embeddings/",
    "xl/externallinks/",
    "xl/featurepropertybag/",
    "xl/media/",
    "xl/metadata.xml",
    "xl/model/",
    "xl/persons/",
    "xl/pivotcache/",
    "xl/pivottables/",
    "xl/printersettings/",
    "xl/querytables/",
    "xl/revisions/",
    "xl/richdata/",
    "xl/slicercaches/",
    "xl/slicers/",
    "xl/threadedcomments/",
    "xl/timelinecaches/",
    "xl/timelines/",
    "xl/volatiledependencies.xml",
    "xl/webextensions/",
    "xl/worksheets/_rels/",
    "xl/xmlmaps.xml",
];

/// Pictures, fonts and the like, which may lie anywhere.
const ENDINGS: &[&str] = &[
    "png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "emf", "wmf", "wdp", "svg", "bin", "odttf",
    "fntdata",
];

/// A part as the directory of the archive has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    name: Vec<u8>,
    /// Whether it is put aside: not looked at, and closed.
    pub(super) aside: bool,
    /// How it is packed, where that is known.
    method: Option<CompressionMethod>,
    checksum: u32,
    packed: u64,
    /// Where the part begins, where its bytes begin, and where its entry in the directory does.
    places: (u64, u64, u64),
}

impl Entry {
    pub(super) fn of<R: Read + ?Sized>(part: &ZipFile<'_, R>) -> Result<Self, FileProblem> {
        let name = part.name_raw();
        if name.len() > LONGEST_NAME {
            return Err(FileProblem::Unsafe(Hazard::EndlessText));
        }
        Ok(Self {
            aside: is_aside(name),
            name: name.to_vec(),
            method: Some(part.compression()).filter(|it| METHODS.contains(it)),
            checksum: part.crc32(),
            packed: part.compressed_size(),
            places: (
                part.header_start(),
                part.data_start().ok_or(FileProblem::Damaged)?,
                part.central_header_start(),
            ),
        })
    }

    /// Returns how many bytes it may inflate to, beside what all parts may.
    pub(super) fn most_bytes(&self, caps: &Caps) -> u64 {
        if self.aside {
            caps.binary_part
        } else if usual(&self.name).ends_with("theme1.xml") {
            caps.theme
        } else {
            u64::MAX
        }
    }

    /// Whether tables may be made of it: it is looked at, and no folder.
    pub(super) fn is_of_tables(&self) -> bool {
        !self.aside && !self.name.ends_with(b"/") && !self.name.ends_with(b"\\")
    }

    /// Returns its name in the form in which two are compared.
    pub(super) fn usual(&self) -> String {
        usual(&self.name)
    }

    /// Returns its name as others refer to it.
    pub(super) fn plain(&self) -> String {
        plain(&String::from_utf8_lossy(&self.name))
    }

    /// Whether the parser finds it under its plain name.
    pub(super) fn is_plain(&self) -> bool {
        String::from_utf8_lossy(&self.name).replace('\\', "/") == self.plain()
    }

    /// Returns how many bytes it says it takes in the file.
    pub(super) fn packed(&self) -> u64 {
        self.packed
    }

    /// Returns where its bytes begin in the file.
    pub(super) fn begin(&self) -> u64 {
        self.places.1
    }

    fn end(&self) -> u64 {
        self.places.1.saturating_add(self.packed)
    }

    /// The same part, as it is once it is closed.
    fn closed(&self) -> Self {
        let mut closed = self.clone();
        if self.aside {
            closed.method = None;
        }
        closed
    }
}

/// Writes a name as the parser compares names.
fn usual(name: &[u8]) -> String {
    plain(&String::from_utf8_lossy(name)).to_ascii_lowercase()
}

/// Whether no table is made of a part, by its name. It is closed for that, so another name gains nothing.
fn is_aside(name: &[u8]) -> bool {
    let name = usual(name);
    let ending = name.rsplit('.').next().unwrap_or_default();
    FOREIGN.iter().any(|begin| name.starts_with(begin)) || ENDINGS.contains(&ending)
}

/// Closes the parts that are put aside. Where the file is put together so that this could change anything else, it is
/// refused.
pub(super) fn close(bytes: &mut [u8], entries: &[Entry]) -> Result<(), FileProblem> {
    let aside = || entries.iter().filter(|entry| entry.aside);
    if aside().next().is_none() {
        return Ok(());
    }
    let end = entries.iter().map(Entry::end).max().unwrap_or(0);
    for entry in aside() {
        let at = usize::try_from(entry.places.2).map_err(|_| FileProblem::Damaged)?;
        let place = bytes.get_mut(at..).filter(|it| it.starts_with(SIGNATURE));
        let method = place.and_then(|place| place.get_mut(METHOD));
        match method {
            Some(method) if entry.places.2 >= end => method.fill(0xFF),
            _ => return Err(FileProblem::Damaged),
        }
    }
    let expected = entries.iter().map(Entry::closed);
    if directory(bytes)?.into_iter().eq(expected) {
        Ok(())
    } else {
        Err(FileProblem::Damaged)
    }
}

/// Reads the directory as the parser will.
fn directory(bytes: &[u8]) -> Result<Vec<Entry>, FileProblem> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(archive_problem)?;
    (0..archive.len())
        .map(|index| Entry::of(&archive.by_index_raw(index).map_err(archive_problem)?))
        .collect()
}
