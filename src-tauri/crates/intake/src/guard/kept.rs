//! What the parser keeps of a workbook besides its cells and texts, reckoned from the tags it keeps.
//!
//! Told by what an element is called and not by the part it stands in, since a workbook chooses which part is which.

/// What a pair of texts in a table takes beside its bytes.
const EACH_PAIR: u64 = 200;
/// What a font, a pattern, a border or a style takes beside its texts.
const EACH_STYLE: u64 = 400;

/// What is kept so far.
#[derive(Debug, Default)]
pub(super) struct Kept {
    /// In bytes of memory.
    pub(super) bytes: u64,
    /// The longest number format, which is copied into every style that uses it.
    format: u64,
    /// And the longest name of a font.
    font: u64,
    /// The longest reference, which is copied for every sheet that uses it.
    reference: u64,
}

impl Kept {
    /// Returns what an element with a tag of this length costs; nothing for nearly all of them.
    pub(super) fn cost(&mut self, name: &[u8], length: u64) -> u64 {
        match name {
            b"numFmt" => {
                self.format = self.format.max(length);
                EACH_PAIR + length
            }
            b"name" => {
                self.font = self.font.max(length);
                length
            }
            b"Relationship" => {
                self.reference = self.reference.max(length);
                EACH_PAIR + length
            }
            b"sheet" => EACH_PAIR + 2 * length + self.reference,
            b"definedName" => EACH_PAIR + length,
            b"font" | b"fill" | b"border" => EACH_STYLE,
            b"xf" => EACH_STYLE + self.format + self.font,
            _ => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_costs_as_much_as_the_longest_texts_it_can_copy() {
        let mut kept = Kept::default();
        assert_eq!(kept.cost(b"c", 9), 0, "cells are not kept");
        assert_eq!(kept.cost(b"xf", 9), EACH_STYLE);
        kept.cost(b"numFmt", 5_000);
        kept.cost(b"name", 300);
        assert_eq!(kept.cost(b"xf", 9), EACH_STYLE + 5_300);
        kept.cost(b"Relationship", 700);
        assert_eq!(kept.cost(b"sheet", 50), EACH_PAIR + 100 + 700);
    }
}
