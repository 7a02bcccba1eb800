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
    leaf: Leaf,
    /// The whole name of the innermost element, where it is more than one letter.
    name: Vec<u8>,
    /// The whole name of the element of a string, and how long its texts are together.
    string: Vec<u8>,
    length: usize,
}

/// The innermost element, which holds nothing but text.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Leaf {
    #[default]
    None,
    /// The value of a cell, `v`.
    Value,
    /// A text, `t`.
    Text,
    /// A value under a longer name.
    NamedValue,
    /// A text under a longer name.
    NamedText,
    /// What a name stands for.
    Name,
}

impl Open {
    #[inline]
    pub(super) fn is_leaf(&self) -> bool {
        self.leaf != Leaf::None
    }

    #[inline]
    pub(super) fn is_value(&self) -> bool {
        matches!(self.leaf, Leaf::Value | Leaf::NamedValue)
    }

    #[inline]
    pub(super) fn is_name(&self) -> bool {
        self.leaf == Leaf::Name
    }

    /// Takes note of a tag that begins a leaf or a string; `name` is its local name.
    #[inline]
    pub(super) fn start(&mut self, name: &[u8], tag: &[u8]) {
        // Nearly every name is bare, and a cell has two of them.
        match tag {
            b"v" => self.leaf = Leaf::Value,
            b"t" => self.leaf = Leaf::Text,
            _ if tag.ends_with(b"/") => {}
            _ => self.start_named(name, tags::whole_name(tag)),
        }
    }

    fn start_named(&mut self, name: &[u8], whole: &[u8]) {
        self.leaf = match name {
            b"v" => Leaf::NamedValue,
            b"t" => Leaf::NamedText,
            b"definedName" => Leaf::Name,
            _ => {
                if self.string.is_empty() {
                    self.string.extend_from_slice(whole);
                    self.length = 0;
                }
                return;
            }
        };
        self.name.clear();
        self.name.extend_from_slice(whole);
    }

    /// Takes note of a tag that ends an element, given without its slash.
    #[inline]
    pub(super) fn end(&mut self, tag: &[u8]) -> Result<(), FileProblem> {
        let is_end = match self.leaf {
            Leaf::None => {
                if !self.string.is_empty() && self.string == tags::whole_name(tag) {
                    self.string.clear();
                }
                return Ok(());
            }
            Leaf::Value => tag == b"v" || tags::whole_name(tag) == b"v",
            Leaf::Text => tag == b"t" || tags::whole_name(tag) == b"t",
            Leaf::NamedValue | Leaf::NamedText | Leaf::Name => tags::whole_name(tag) == self.name,
        };
        if !is_end {
            return Err(FileProblem::Unsafe(Hazard::ValueInPieces));
        }
        self.leaf = Leaf::None;
        Ok(())
    }

    /// Takes note of text, of which one may have so many bytes.
    #[inline]
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
