//! Workbooks put together from parts, as wrong as a test or a measurement wants them. Everybody in them is made up.
#![allow(dead_code, reason = "each of those who share it uses a part of it")]

use std::io::{Cursor, Write as _};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

pub const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const KINDS: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";
const DECLARATION: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;

/// A workbook of one sheet, part by part.
#[derive(Clone)]
pub struct Book {
    pub parts: Vec<(String, Vec<u8>)>,
    pub method: CompressionMethod,
}

impl Book {
    /// A workbook whose only sheet has these rows, and whose shared strings are these items.
    pub fn of(rows: &str, shared: Option<&str>) -> Self {
        let sheet = format!(
            r#"{DECLARATION}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>"#
        );
        let mut book = Self::with_sheet(&sheet);
        if let Some(items) = shared {
            book.put(
                "xl/sharedStrings.xml",
                format!(r#"{DECLARATION}<sst xmlns="{MAIN}">{items}</sst>"#),
            );
        }
        book
    }

    /// A workbook whose only sheet is this part.
    pub fn with_sheet(sheet: &str) -> Self {
        let mut book = Self {
            parts: Vec::new(),
            method: CompressionMethod::Deflated,
        };
        let types = format!(
            r#"{DECLARATION}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{KINDS}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="{KINDS}.worksheet+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="{KINDS}.sharedStrings+xml"/></Types>"#
        );
        book.put("[Content_Types].xml", types);
        let relation = |id: &str, kind: &str, target: &str| {
            format!(r#"<Relationship Id="{id}" Type="{OFFICE}/{kind}" Target="{target}"/>"#)
        };
        let relations = |inner: String| {
            format!(
                r#"{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">{inner}</Relationships>"#
            )
        };
        book.put(
            "_rels/.rels",
            relations(relation("rId1", "officeDocument", "xl/workbook.xml")),
        );
        book.put(
            "xl/workbook.xml",
            format!(r#"{DECLARATION}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="Users" sheetId="1" r:id="rId1"/></sheets></workbook>"#),
        );
        book.put(
            "xl/_rels/workbook.xml.rels",
            relations(
                relation("rId1", "worksheet", "worksheets/sheet1.xml")
                    + &relation("rId2", "sharedStrings", "sharedStrings.xml")
                    + &relation("rId3", "styles", "styles.xml"),
            ),
        );
        book.put("xl/worksheets/sheet1.xml", sheet);
        book
    }

    /// Adds a part, or replaces it.
    pub fn put(&mut self, name: &str, part: impl Into<Vec<u8>>) {
        self.parts.retain(|(known, _)| known != name);
        self.parts.push((name.to_owned(), part.into()));
    }

    /// Changes a part that is there.
    pub fn change(&mut self, name: &str, change: impl FnOnce(String) -> String) {
        let (_, part) = self
            .parts
            .iter_mut()
            .find(|(known, _)| known == name)
            .unwrap();
        *part = change(String::from_utf8(part.clone()).unwrap()).into_bytes();
    }

    /// Packs the parts into a file.
    pub fn pack(&self) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default().compression_method(self.method);
        for (name, part) in &self.parts {
            zip.start_file(name.as_str(), options).unwrap();
            zip.write_all(part).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }
}

/// A row of texts in their cells, without addresses.
pub fn inline(texts: &[&str]) -> String {
    let cells: String = texts
        .iter()
        .map(|text| format!(r#"<c t="inlineStr"><is><t>{text}</t></is></c>"#))
        .collect();
    format!("<row>{cells}</row>")
}

/// The rows of a small export that is as it should be.
pub fn people() -> String {
    inline(&["User ID", "Name", "Email"])
        + &inline(&["4000101", "Ana Vega", "ana.vega@example.com"])
        + &inline(&["4000102", "Bo Lind", "bo.lind@example.com"])
}
