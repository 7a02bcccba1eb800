//! The elements whose inside the parser gathers until they end: a value, a text, what a name stands for, and a string
//! of several texts.
//!
//! They end here exactly where they end for the parser, which goes by the whole name of a tag. What stands inside one
//! and is no text would be gathered without end, or be left out so that an id reads as another one.

use super::tags;
use crate::problem::{FileProblem, Hazard};

/// A string may have this many times the bytes of a text: its runs, and how they are pronounced.
const RUNS: usize = 8;

/// What is open.
#[derive(Debug, Default)]
pub(super) struct Open {
    /// The name of the innermost element, which holds nothing but text; empty where none is open.
    leaf: Vec<u8>,
    kind: Kind,
    /// The name of the element of a string, and how long its texts are together.
    string: Vec<u8>,
    length: usize,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// The value of a cell.
    Value,
    /// What a name stands for.
    Name,
    #[default]
    Text,
}

impl Open {
    pub(super) fn is_value(&self) -> bool {
        self.kind == Kind::Value && !self.leaf.is_empty()
    }

    pub(super) fn is_name(&self) -> bool {
        self.kind == Kind::Name && !self.leaf.is_empty()
    }

    /// Takes note of a tag that begins an element.
    pub(super) fn start(&mut self, name: &[u8], tag: &[u8]) -> Result<(), FileProblem> {
        if !self.leaf.is_empty() {
            return Err(FileProblem::Unsafe(Hazard::ValueInPieces));
        }
        if tag.ends_with(b"/") {
            return Ok(());
        }
        self.kind = match name {
            b"v" => Kind::Value,
            b"t" => Kind::Text,
            b"definedName" => Kind::Name,
            b"si" | b"is" if self.string.is_empty() => {
                self.string.extend_from_slice(tags::whole_name(tag));
                self.length = 0;
                return Ok(());
            }
            _ => return Ok(()),
        };
        self.leaf.extend_from_slice(tags::whole_name(tag));
        Ok(())
    }

    /// Takes note of a tag that ends an element, given without its slash.
    pub(super) fn end(&mut self, tag: &[u8]) -> Result<(), FileProblem> {
        let name = tags::whole_name(tag);
        if !self.leaf.is_empty() {
            if self.leaf != name {
                return Err(FileProblem::Unsafe(Hazard::ValueInPieces));
            }
            self.leaf.clear();
        } else if self.string == name {
            self.string.clear();
        }
        Ok(())
    }

    /// Takes note of text, of which one may have so many bytes.
    pub(super) fn text(&mut self, length: usize, most: usize) -> Result<(), FileProblem> {
        if self.string.is_empty() {
            return Ok(());
        }
        self.length += length;
        if self.length <= most * RUNS {
            Ok(())
        } else {
            Err(FileProblem::Unsafe(Hazard::EndlessText))
        }
    }
}
